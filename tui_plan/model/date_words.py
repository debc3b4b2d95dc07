"""Showing dates in words: what lists, papers and the command line print. It reads no text and loads next to nothing.

``model.dates`` understands what people type and write.
"""

from datetime import date
from enum import StrEnum

LONG_MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
LONG_WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


class DateStyle(StrEnum):
    """How dates are shown: 2026-12-31, or 31 Dec 2026."""

    ISO = "iso"
    DAY_MONTH = "day-month"


def show_date(day: date | None, style: str = DateStyle.ISO) -> str:
    """Return ``day`` as 2026-12-31 or, in the style day-month, as 31 Dec 2026; nothing for None."""
    if day is None:
        return ""
    return f"{day.day} {LONG_MONTHS[day.month - 1][:3]} {day.year}" if style == DateStyle.DAY_MONTH else day.isoformat()


def weekday(day: date) -> str:
    """Return the English weekday in three letters."""
    return LONG_WEEKDAYS[day.weekday()][:3]


def distance(day: date, today: date, *, past: str = "ago") -> str:
    """Return how far ``day`` lies from ``today``: "today", "in 3 days", "2 weeks ago"; ``past`` may be "late"."""
    days = (day - today).days
    if days == 0:
        return "today"
    amount = _amount(abs(days))
    if days > 0:
        return "tomorrow" if days == 1 else f"in {amount}"
    return "yesterday" if days == -1 and past == "ago" else f"{amount} {past}"


def _amount(days: int) -> str:
    """Whole units, rounded down, so that nothing sounds further away than it is."""
    for unit, size, least in (("year", 365, 730), ("month", 30, 60), ("week", 7, 14), ("day", 1, 0)):
        if days >= least:
            count = days // size
            return f"{count} {unit}" if count == 1 else f"{count} {unit}s"
    raise AssertionError(days)
