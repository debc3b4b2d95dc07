"""The terminal's screens and modals, one file each. They ask operations and insight; they never touch a table."""
