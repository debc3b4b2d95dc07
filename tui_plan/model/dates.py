"""Understanding the dates that people type and write, and showing them. Forms, command line and imports all come here.

Nothing is guessed: a text that lacks its day, month or year stays words, and a day and month that could be either way
round are ambiguous until somebody chooses the order. dateutil does the reading and is loaded only when a text is
neither ISO nor one of the short forms; it fills gaps in silence, so a text is let through to it only when it is whole.
"""

import calendar
import re
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from tui_plan.model.clean import clean
from tui_plan.model.date_parts import DateParts, date_parts, read_by_dateutil, weekday_number
from tui_plan.model.date_words import LONG_MONTHS, LONG_WEEKDAYS, DateStyle, distance, show_date, weekday
from tui_plan.model.errors import InvalidInput

__all__ = [
    "Ambiguous",
    "DateOrder",
    "DateStyle",
    "Impossible",
    "Period",
    "Words",
    "Written",
    "distance",
    "iso_date",
    "show_date",
    "typed_date",
    "weekday",
    "written_date",
    "written_period",
]

FIRST_YEAR, LAST_YEAR = 1900, 2200
LONGEST_WRITTEN = 60
TYPED_FORMS = "2026-12-31, 31 Dec 2026, today, fri, +2w or eom"

_ISO = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})")
_SHIFT = re.compile(r"([+-])([0-9]{1,4})([dwmy])")
_CLOCK = re.compile(
    r"(?:t|,?\s+)[0-9]{1,2}:[0-9]{2}(?::[0-9]{2}(?:\.[0-9]{1,6})?)?\s?(?:[ap]\.?m\.?)?\s?(?:z|[+-][0-9]{2}:?[0-9]{2})?$"
)
_BETWEEN = re.compile(r"\s+(?:-|to|until|till|through)\s+|\s*[–—]\s*", re.IGNORECASE)


class DateOrder(StrEnum):
    """Which of two numbers comes first when a date is written as 03/04/2026."""

    DAY_MONTH = "day-month"
    MONTH_DAY = "month-day"


@dataclass(frozen=True, slots=True)
class Words:
    """Text that is no date and is kept as it stands; ``hint`` says what a near miss lacks, or is empty."""

    text: str
    hint: str = ""


@dataclass(frozen=True, slots=True)
class Ambiguous:
    """A date whose day and month could be either way round."""

    text: str
    day_first: date
    month_first: date

    @property
    def sentence(self) -> str:
        """Name both readings and how to choose."""
        either = f"{_long(self.day_first)} or {_long(self.month_first)}"
        return (
            f"{self.text} can be {either}: write {self.day_first.isoformat()} or {self.month_first.isoformat()}, "
            "or set date_order to day-month or month-day in the configuration."
        )


@dataclass(frozen=True, slots=True)
class Impossible:
    """Text that is plainly meant as a date and is none; ``sentence`` says why."""

    sentence: str


@dataclass(frozen=True, slots=True)
class Period:
    """Two dates written as one: "1 Jan 2020 to 31 March 2020". The end may lie before the start: ask."""

    start: date
    end: date


Written = date | Words | Ambiguous | Impossible


def iso_date(text: str) -> date | None:
    """Return the date of ``YYYY-MM-DD`` in ASCII digits, years 1900 to 2200, or None for anything else."""
    match = _ISO.fullmatch(text)
    if match is None or not FIRST_YEAR <= int(match[1]) <= LAST_YEAR:
        return None
    try:
        return date(int(match[1]), int(match[2]), int(match[3]))
    except ValueError:
        return None


def typed_date(text: str, today: date, order: DateOrder | None = None) -> date:
    """Return the date that somebody typed into a form or after an option.

    Besides written dates: ``today``, ``tomorrow``, ``yesterday``; a weekday such as ``fri``, which is the next one
    after today; ``+10d``, ``+2w``, ``+3m``, ``+1y`` and the same with ``-``, counted from today, month ends kept;
    ``eom``, ``eoq``, ``eoy``, the last day of today's month, quarter and year. Raises InvalidInput.
    """
    short = clean(text).casefold()
    day = _named_day(short, today) or _shifted_day(short, today)
    if day is None:
        return _only_date(written_date(text, order))
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise InvalidInput(f"{clean(text)} leads to the year {day.year}: choose one between {_years()}.")
    return day


def written_date(text: str, order: DateOrder | None = None) -> Written:
    """Return what ``text``, as people write it in English, says: a date, words, an ambiguous or an impossible date.

    ``order`` settles 03/04/2026; a date that contradicts it is impossible. A time of day after the date is passed over.
    """
    day = iso_date(text)
    if day is not None:
        return day
    plain = clean(text)
    if not plain.isascii() or len(plain) > LONGEST_WRITTEN:
        return Words(plain)
    bare = _CLOCK.sub("", plain.casefold())
    parts = date_parts(bare)
    if parts is None:
        return Words(plain)
    if parts.year is None:
        return Words(plain, f"{plain} {parts.lack}.")
    if not FIRST_YEAR <= parts.year <= LAST_YEAR:
        return Impossible(f"{plain} lies too far away: choose a year between {_years()}.")
    return _checked_weekday(_read_numbers(plain, parts, order) if parts.numeric else _read_month(plain, parts), parts)


def written_period(text: str, order: DateOrder | None = None) -> Written | Period:
    """Return the period that ``text`` gives from one date to another, else what ``written_date`` makes of it all."""
    plain = clean(text)
    halves = _BETWEEN.split(re.sub(r"^(?:from|between)\s+", "", plain, flags=re.IGNORECASE))
    if len(halves) != 2 or len(plain) > 2 * LONGEST_WRITTEN:
        return written_date(text, order)
    start, end = (written_date(half, order) for half in halves)
    if isinstance(start, date) and isinstance(end, date):
        return Period(start, end)
    if isinstance(start, Words) or isinstance(end, Words):
        return Words(plain)
    return end if isinstance(start, date) else start


def _named_day(short: str, today: date) -> date | None:
    if short in {"today", "tomorrow", "yesterday"}:
        return today + timedelta(days={"today": 0, "tomorrow": 1, "yesterday": -1}[short])
    if short in {"eom", "eoq", "eoy"}:
        month = {"eom": today.month, "eoq": (today.month + 2) // 3 * 3, "eoy": 12}[short]
        return date(today.year, month, calendar.monthrange(today.year, month)[1])
    wanted = weekday_number(short)
    return None if wanted is None else today + timedelta(days=(wanted - today.weekday() - 1) % 7 + 1)


def _shifted_day(short: str, today: date) -> date | None:
    match = _SHIFT.fullmatch(short)
    if match is None:
        return None
    from dateutil.relativedelta import relativedelta

    count = int(match[1] + match[2])
    unit = match[3]
    step = relativedelta(
        days=count if unit == "d" else 0,
        weeks=count if unit == "w" else 0,
        months=count if unit == "m" else 0,
        years=count if unit == "y" else 0,
    )
    try:
        return today + step
    except (ValueError, OverflowError) as error:
        raise InvalidInput(f"{short} leads out of the calendar: choose a date between {_years()}.") from error


def _only_date(written: Written) -> date:
    if isinstance(written, date):
        return written
    if isinstance(written, Words):
        shown = written.text if len(written.text) <= 40 else written.text[:39] + "…"
        raise InvalidInput(written.hint or f"“{shown}” is not a date: write {TYPED_FORMS}.")
    raise InvalidInput(written.sentence)


def _read_month(plain: str, parts: DateParts) -> Written:
    day = read_by_dateutil(parts.rest, day_first=True)
    if day is None or sorted((day.day, day.year)) != sorted(parts.numbers):
        return Impossible(_no_such_day(plain))
    return day


def _read_numbers(plain: str, parts: DateParts, order: DateOrder | None) -> Written:
    first, second, third = parts.numbers
    if first == parts.year:
        day = iso_date(f"{first:04}-{second:02}-{third:02}")
        return day or Impossible(_no_such_day(plain))
    if third != parts.year:
        return Words(plain)
    day_first, month_first = (read_by_dateutil(parts.rest, day_first=choice) for choice in (True, False))
    if day_first is None or month_first is None:
        return Impossible(_no_such_day(plain))
    if order is None:
        return day_first if day_first == month_first else Ambiguous(plain, day_first, month_first)
    day = day_first if order is DateOrder.DAY_MONTH else month_first
    # dateutil swaps the two in silence when only the other order makes a date
    fits = (day.day, day.month) == ((first, second) if order is DateOrder.DAY_MONTH else (second, first))
    return day if fits else Impossible(f"{plain} is no date in the order {order}: correct it, or choose the other.")


def _checked_weekday(written: Written, parts: DateParts) -> Written:
    if isinstance(written, Ambiguous) and parts.weekday is not None:
        fitting = {day for day in (written.day_first, written.month_first) if day.weekday() == parts.weekday}
        return fitting.pop() if len(fitting) == 1 else written
    if not isinstance(written, date) or parts.weekday in {None, written.weekday()}:
        return written
    right = LONG_WEEKDAYS[written.weekday()]
    return Impossible(f"{_long(written)} is a {right}: correct the weekday or the date.")


def _no_such_day(plain: str) -> str:
    return f"{plain} does not exist: correct the day or the month."


def _long(day: date) -> str:
    return f"{day.day} {LONG_MONTHS[day.month - 1]} {day.year}"


def _years() -> str:
    return f"{FIRST_YEAR} and {LAST_YEAR}"
