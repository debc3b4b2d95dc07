"""Taking a written date apart, to see that it is whole before dateutil, which fills gaps in silence, may read it.

Only ``model.dates`` calls this. English names alone are known, as in dateutil.
"""

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime

from tui_plan.model.date_words import LONG_WEEKDAYS

_MONTH = re.compile(
    r"jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?"
    r"|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?"
)
_WEEKDAY = re.compile(
    r"mon(?:day)?|tue(?:s(?:day)?)?|wed(?:nesday)?|thu(?:r(?:s(?:day)?)?)?|fri(?:day)?|sat(?:urday)?|sun(?:day)?"
)
_ORDINAL = re.compile(r"(?<=[0-9])(?:st|nd|rd|th)\b")
_TOKEN = re.compile(r"[a-z]+|[0-9]+|[^\sa-z0-9]")
_NUMERIC = re.compile(r"([0-9]{1,4})([./-])([0-9]{1,2})\2([0-9]{1,4})")
_FILLERS = frozenset({"the", "of", ",", ".", "/", "-"})


@dataclass(frozen=True, slots=True)
class DateParts:
    """The parts of a text in which everything belongs to a date.

    ``rest`` is what dateutil is to read; ``numbers`` stand in the order of the text; ``year`` is None unless day, month
    and a year of four digits are all there; ``weekday`` counts from Monday, 0.
    """

    rest: str
    numbers: tuple[int, ...]
    year: int | None
    numeric: bool
    weekday: int | None

    @property
    def lack(self) -> str:
        """What keeps the parts from being a date, to follow the text in a sentence."""
        if len(self.numbers) == (3 if self.numeric else 2):
            return "gives no year of four digits: write it in full"
        return "lacks its day, month or year: write all three"


def date_parts(text: str) -> DateParts | None:
    """Return the parts of ``text``, which is casefolded, or None when it holds anything that belongs to no date."""
    found: list[str] = _TOKEN.findall(_ORDINAL.sub("", text))
    weekdays = [token for token in found if _WEEKDAY.fullmatch(token)]
    others = [token for token in found if token not in weekdays]
    months = [token for token in others if _MONTH.fullmatch(token)]
    numbers = [token for token in others if token.isdecimal()]
    unknown = [token for token in others if token not in {*months, *numbers, *_FILLERS}]
    if unknown or not numbers or len(weekdays) > 1 or len(months) > 1 or any(len(number) > 4 for number in numbers):
        return None
    numeric = "".join(others).strip(",.")
    if not months and not _NUMERIC.fullmatch(numeric):
        return None
    years = [int(number) for number in numbers if len(number) == 4]
    return DateParts(
        rest=" ".join(token for token in others if token not in _FILLERS) if months else numeric,
        numbers=tuple(int(number) for number in numbers),
        year=years[0] if len(years) == 1 and len(numbers) + len(months) == 3 else None,
        numeric=not months,
        weekday=weekday_number(weekdays[0]) if weekdays else None,
    )


def weekday_number(name: str) -> int | None:
    """Return 0 for ``mon`` or ``monday`` … 6 for Sunday, or None; ``name`` is casefolded."""
    if not _WEEKDAY.fullmatch(name):
        return None
    return next(number for number, day in enumerate(LONG_WEEKDAYS) if day.casefold().startswith(name[:3]))


def read_by_dateutil(text: str, *, day_first: bool) -> date | None:
    """Return what dateutil reads whatever it is given to fill gaps with, or None when it fails or differs."""
    from dateutil import parser

    found: set[date] = set()
    for default in (datetime(2000, 1, 1, tzinfo=UTC), datetime(2001, 2, 2, tzinfo=UTC)):
        try:
            found.add(parser.parse(text, default=default, dayfirst=day_first).date())
        except (parser.ParserError, OverflowError):
            return None
    return found.pop() if len(found) == 1 else None
