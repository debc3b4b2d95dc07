"""How a plan travels: calendars, TOML, CSV and XLSX, documents. The only layer that knows icalendar and openpyxl."""
