"""Rules by which meetings repeat: RFC 5545 recurrence rules, checked and worked out with dateutil.

Any layer may call it. Occurrences are computed here whenever they are asked for and are kept nowhere. Times are naive
and local to the series; its time zone is none of this module's business. dateutil is loaded at the first call.

A kept rule holds no time of day beside the start's own, so its last day is written ``UNTIL=20261231`` or as a local
time ``UNTIL=20261231T093000``, never in UTC.
"""

import calendar
import re
from collections.abc import Iterator
from datetime import MAXYEAR, date, datetime, time, timedelta
from itertools import islice, takewhile
from typing import TYPE_CHECKING, Final

from tui_plan.model.errors import InvalidInput

if TYPE_CHECKING:
    from dateutil.rrule import rrule

MOST_OCCURRENCES: Final = 10_000
MOST_YEARS: Final = 100
LONGEST_RULE: Final = 300
WEEKDAYS: Final = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
FREQUENCIES: Final = ("DAILY", "WEEKLY", "MONTHLY", "YEARLY")

_COMMON_YEAR = 2025
_DAY_END = time(23, 59, 59)
_DAYS_OF: Final = {"DAILY": 1, "WEEKLY": 7}
_FINER = ("HOURLY", "MINUTELY", "SECONDLY")
_DAY = re.compile(r"([+-]?[1-9][0-9]?)?(MO|TU|WE|TH|FR|SA|SU)")
_NUMBER = re.compile(r"[+-]?[0-9]{1,4}")
_UNTIL = re.compile(r"[0-9]{8}(T[0-9]{6})?")
_RANGES = {
    "INTERVAL": 999,
    "COUNT": 9999,
    "BYMONTH": 12,
    "BYMONTHDAY": 31,
    "BYYEARDAY": 366,
    "BYWEEKNO": 53,
    "BYSETPOS": 366,
}
_POSITIVE = frozenset({"INTERVAL", "COUNT", "BYMONTH"})
_SINGLE = frozenset({"FREQ", "INTERVAL", "COUNT", "UNTIL", "WKST"})
_ORDER = (
    "FREQ",
    "UNTIL",
    "COUNT",
    "INTERVAL",
    "BYDAY",
    "BYMONTHDAY",
    "BYYEARDAY",
    "BYWEEKNO",
    "BYMONTH",
    "BYSETPOS",
    "WKST",
)
_CHOOSING = ("BYDAY", "BYMONTHDAY", "BYYEARDAY", "BYWEEKNO", "BYMONTH")

Parts = dict[str, tuple[str, ...]]


def rule_parts(text: str) -> Parts:
    """Return the parts of a rule by their names in capitals, each with its values: ``{"BYDAY": ("-1FR",)}``.

    Raises InvalidInput for anything that RFC 5545 does not know, or that no meeting of a plan needs.
    """
    if len(text) > LONGEST_RULE:
        raise _wrong("A repeat rule is at most 300 characters long.")
    parts: Parts = {}
    for piece in text.strip().upper().removeprefix("RRULE:").split(";"):
        name, equals, values = piece.partition("=")
        if not equals or not values:
            raise _wrong(
                f"“{piece}” is no part of a repeat rule: each part is NAME=VALUE, as in FREQ=MONTHLY;BYDAY=-1FR."
            )
        if name in parts:
            raise _wrong(f"{name} stands twice in the repeat rule: keep one.")
        parts[name] = tuple(values.split(","))
        _check_part(name, parts[name])
    _check_together(parts)
    return parts


def check_rule(text: str, start: datetime) -> None:
    """Raise InvalidInput unless ``text`` is a rule for a series whose first meeting is at ``start``."""
    parts = rule_parts(text)
    _check_last_day(parts, start)
    _check_month_ends(parts, start)
    first = _first_fitting(parts, start)
    if first is None:
        raise _wrong("This repeat rule never falls on any day.")
    if first != start:
        raise _wrong(
            f"The first meeting on {start:%Y-%m-%d} does not fit the repeat rule: "
            f"the next day that does is {first:%Y-%m-%d}."
        )


def normal_rule(text: str) -> str:
    """Return a valid rule in capitals with its parts in the order of RFC 5545 and without an interval of one.

    Raises InvalidInput as ``rule_parts`` does.
    """
    parts = rule_parts(text)
    if parts.get("INTERVAL", ("",))[0].lstrip("+0") == "1":
        del parts["INTERVAL"]
    return ";".join(f"{name}={','.join(parts[name])}" for name in _ORDER if name in parts)


def occurrences(
    rule: str, start: datetime, first: datetime, last: datetime, limit: int = MOST_OCCURRENCES
) -> list[datetime]:
    """Return the starts from ``first`` to ``last``, both included, in order, and no more than ``limit`` of them.

    Exceptions are not considered. An empty ``rule`` means the one meeting at ``start``.
    """
    if not rule:
        return [start] if first <= start <= last and limit > 0 else []
    parts = rule_parts(rule)
    wanted = takewhile(lambda moment: moment <= last, _starts(parts, _nearer_start(parts, start, first), first))
    return list(islice(wanted, limit))


def last_start(rule: str, start: datetime) -> datetime | None:
    """Return the start of the last meeting that the rule's UNTIL allows, or None for a rule without UNTIL."""
    until = until_of(rule_parts(rule))
    if until is None:
        return None
    return _expansion(rule_parts(rule), start).before(until, inc=True) or start


def until_of(parts: Parts) -> datetime | None:
    """Return the latest moment that UNTIL allows, in local time; a bare day counts to its end."""
    if "UNTIL" not in parts:
        return None
    text = parts["UNTIL"][0]
    try:
        day = date(int(text[:4]), int(text[4:6]), int(text[6:8]))
        clock = time(int(text[9:11]), int(text[11:13]), int(text[13:15])) if "T" in text else _DAY_END
    except ValueError:
        raise _wrong(f"UNTIL={text} is no day of the calendar: write it as UNTIL=20261231.") from None
    return datetime.combine(day, clock)


def _starts(parts: Parts, start: datetime, first: datetime) -> Iterator[datetime]:
    return iter(_expansion(parts, start).xafter(first, inc=True))


def _nearer_start(parts: Parts, start: datetime, first: datetime) -> datetime:
    """Return a start from which the rule gives the same meetings from ``first`` on, so that old series cost no more.

    It lies whole intervals after ``start``. A rule that counts its meetings, or whose day the nearer month or year
    might not have, keeps its own.
    """
    if "COUNT" in parts or start.day > 28:
        return start
    interval = int(parts.get("INTERVAL", ("1",))[0])
    frequency = parts["FREQ"][0]
    if frequency in _DAYS_OF:
        period = _DAYS_OF[frequency] * interval
        whole = max(0, (first - start).days // period - 1)
        return start + timedelta(days=whole * period)
    months = (first.year - start.year) * 12 + first.month - start.month
    period = interval if frequency == "MONTHLY" else 12 * interval
    ahead = start.month - 1 + max(0, months // period - 1) * period
    return start.replace(year=start.year + ahead // 12, month=ahead % 12 + 1)


def _expansion(parts: Parts, start: datetime) -> "rrule":
    from dateutil.rrule import rrule, rrulestr

    until = until_of(parts)
    values = dict(parts) if until is None else parts | {"UNTIL": (f"{until:%Y%m%dT%H%M%S}",)}
    expanded = rrulestr(";".join(f"{name}={','.join(value)}" for name, value in values.items()), dtstart=start)
    assert isinstance(expanded, rrule)
    return expanded


def _first_fitting(parts: Parts, start: datetime) -> datetime | None:
    # The calendar repeats itself every 400 years. Asked about the last of them before the year 9999, dateutil finds
    # out at once that a rule never falls on any day; asked about today it would search eight thousand years.
    shift = (MAXYEAR - start.year) // 400 * 400
    endless: Parts = {name: values for name, values in parts.items() if name not in {"UNTIL", "COUNT"}}
    for found in _expansion(endless, start.replace(year=start.year + shift)):
        return found.replace(year=found.year - shift)
    return None


def _check_part(name: str, values: tuple[str, ...]) -> None:
    if name not in _ORDER:
        raise _wrong(f"{name} is not known in a repeat rule here: use {', '.join(_ORDER)}.")
    if name in _SINGLE and len(values) > 1:
        raise _wrong(f"{name} takes one value, not {len(values)}.")
    for value in values:
        if name in _RANGES:
            _check_number(name, value)
        elif name == "FREQ":
            _check_frequency(value)
        elif name == "UNTIL":
            _check_until(value)
        elif not _DAY.fullmatch(value) or (name == "WKST" and len(value) != 2):
            raise _wrong(f"{name}={value} names no day: use MO, TU, WE, TH, FR, SA, SU, or -1FR for the last Friday.")


def _check_frequency(value: str) -> None:
    if value in _FINER:
        raise _wrong("A series of meetings repeats daily at most: use FREQ=DAILY, WEEKLY, MONTHLY or YEARLY.")
    if value not in FREQUENCIES:
        raise _wrong(f"FREQ={value} is not known: use FREQ=DAILY, WEEKLY, MONTHLY or YEARLY.")


def _check_until(value: str) -> None:
    if not _UNTIL.fullmatch(value):
        raise _wrong(f"UNTIL={value} is not understood: give the last day as UNTIL=20261231, in local time.")
    until_of({"UNTIL": (value,)})


def _check_number(name: str, value: str) -> None:
    most = _RANGES[name]
    number = int(value) if _NUMBER.fullmatch(value) else 0
    if number == 0 or abs(number) > most or (name in _POSITIVE and number < 0):
        lowest = "1" if name in _POSITIVE else f"-{most} to -1 or 1"
        raise _wrong(f"{name}={value} is not possible: it is a number from {lowest} to {most}.")


def _check_together(parts: Parts) -> None:
    """Refuse what RFC 5545 forbids to combine (section 3.3.10)."""
    frequency = parts.get("FREQ", ("",))[0]
    if not frequency:
        raise _wrong("A repeat rule needs FREQ=DAILY, WEEKLY, MONTHLY or YEARLY.")
    if "COUNT" in parts and "UNTIL" in parts:
        raise _wrong("A repeat rule ends by COUNT or by UNTIL, not by both: keep one.")
    numbered = any(len(day) > 2 for day in parts.get("BYDAY", ()))
    if numbered and (frequency not in {"MONTHLY", "YEARLY"} or "BYWEEKNO" in parts):
        raise _wrong("A numbered day such as -1FR goes with FREQ=MONTHLY or FREQ=YEARLY.")
    if "BYMONTHDAY" in parts and frequency == "WEEKLY":
        raise _wrong("BYMONTHDAY does not go with FREQ=WEEKLY: use FREQ=MONTHLY.")
    for name in ("BYWEEKNO", "BYYEARDAY"):
        if name in parts and frequency != "YEARLY":
            raise _wrong(f"{name} goes with FREQ=YEARLY alone.")
    if "BYSETPOS" in parts and not any(name in parts for name in _CHOOSING):
        raise _wrong("BYSETPOS chooses among days that another part names: add BYDAY, for example.")


def _check_last_day(parts: Parts, start: datetime) -> None:
    until = until_of(parts)
    if until is not None and until < start:
        raise _wrong(f"The series ends on {until:%Y-%m-%d}, before its first meeting on {start:%Y-%m-%d}.")
    if until is not None and until.year > start.year + MOST_YEARS:
        raise _wrong(f"A series runs for {MOST_YEARS} years at most: give an earlier last day, or none.")


def _check_month_ends(parts: Parts, start: datetime) -> None:
    """A month without such a day is left out without a word, by every calendar program."""
    frequency = parts["FREQ"][0]
    if frequency not in {"MONTHLY", "YEARLY"} or any(
        name in parts for name in ("BYDAY", "BYYEARDAY", "BYWEEKNO", "BYSETPOS")
    ):
        return
    days = [int(day) for day in parts.get("BYMONTHDAY", (str(start.day),))]
    for day in days:
        if abs(day) > _shortest_month(parts, start):
            raise _wrong(f"Not every month has a day {abs(day)}: write BYMONTHDAY=-1 for the last day of the month.")


def _shortest_month(parts: Parts, start: datetime) -> int:
    every_month = parts["FREQ"][0] == "MONTHLY" or "BYMONTHDAY" in parts
    months = [int(month) for month in parts.get("BYMONTH", ())] or (
        list(range(1, 13)) if every_month else [start.month]
    )
    return min(calendar.monthrange(_COMMON_YEAR, month)[1] for month in months)


def _wrong(sentence: str) -> InvalidInput:
    return InvalidInput(sentence, "rule")
