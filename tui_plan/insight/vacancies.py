"""When a post was held by nobody: the gaps between those who held it. Plain arithmetic over spans of days."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import NamedTuple

_DAY = timedelta(days=1)


class Vacancy(NamedTuple):
    """Days on which nobody held a post, both included. No ``start`` means that nobody ever had; no ``end``, still."""

    start: date | None
    end: date | None

    def runs_on(self, day: date) -> bool:
        """Whether the post was vacant on that day."""
        return (self.start is None or self.start <= day) and (self.end is None or self.end >= day)


def vacancies(spans: Iterable[tuple[date | None, date | None]], today: date) -> list[Vacancy]:
    """Return the gaps between ``spans`` (start and end, either open), the latest first.

    Before the first holder a post counts as vacant only where that holder is still to come on ``today``.
    """
    ordered = sorted(spans, key=lambda span: span[0] or date.min)
    if not ordered:
        return [Vacancy(None, None)]
    found: list[Vacancy] = []
    first = ordered[0][0]
    if first is not None and first > today:
        found.append(Vacancy(None, first - _DAY))
    held_until = ordered[0][1] or date.max
    for start, end in ordered[1:]:
        if start is not None and start - _DAY > held_until:
            found.append(Vacancy(held_until + _DAY, start - _DAY))
        held_until = max(held_until, end or date.max)
    if held_until < today:
        found.append(Vacancy(held_until + _DAY, None))
    return found[::-1]
