"""Yardstick for ``export ics``: the icalendar library writing the same entries, with nothing else to do.

Run it with a JSON file of entries (see ``entries_of``) and the path of the calendar to write.
"""

import json
import sys
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from icalendar import Calendar, Event, vRecur

_MOMENTS = ("DTSTAMP", "CREATED", "LAST-MODIFIED", "DTSTART", "DTEND", "RECURRENCE-ID")
_TEXTS = ("UID", "SUMMARY", "DESCRIPTION", "TRANSP", "STATUS", "LOCATION", "CLASS", "URL")


def entries_of(calendar: bytes) -> list[dict[str, Any]]:
    """Return each event of a calendar as plain values by property name."""
    return [_values(event) for event in Calendar.from_ical(calendar).walk("VEVENT")]


def _values(event: Any) -> dict[str, Any]:
    values: dict[str, Any] = {}
    for name in event:
        if name in _MOMENTS:
            values[name] = _plain(event[name].dt)
        elif name in {"SEQUENCE", "PRIORITY"}:
            values[name] = int(event[name])
        elif name in _TEXTS:
            values[name] = str(event[name])
        elif name == "RRULE":
            values[name] = event[name].to_ical().decode()
    return values


def _plain(moment: Any) -> str:
    return str((moment.astimezone(UTC) if getattr(moment, "tzinfo", None) else moment).isoformat())


def write(entries: list[dict[str, Any]], target: Path) -> None:
    """Write the entries as one calendar."""
    calendar = Calendar()
    calendar.add("PRODID", "-//yardstick//EN")
    calendar.add("VERSION", "2.0")
    for values in entries:
        event = Event()
        for name, value in values.items():
            event.add(name, _typed(name, value))
        calendar.add_component(event)
    target.write_bytes(calendar.to_ical())


def _typed(name: str, value: Any) -> Any:
    if name == "RRULE":
        return vRecur.from_ical(value)
    if name not in _MOMENTS:
        return value
    return date.fromisoformat(value) if len(value) == 10 else datetime.fromisoformat(value)


if __name__ == "__main__":
    write(json.loads(Path(sys.argv[1]).read_text(encoding="utf-8")), Path(sys.argv[2]))
