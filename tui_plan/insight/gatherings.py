"""Meetings that come or were: what the rules of series give, and what was moved, held, cancelled or stands alone.

Occurrences are computed here each time they are asked for; none is ever stored as a copy.
"""

from collections.abc import Iterator
from datetime import date, datetime, time
from typing import NamedTuple

from tui_plan.model.base import rows
from tui_plan.model.meeting import Meeting, MeetingSeries
from tui_plan.model.people import Party
from tui_plan.model.vocabulary import MeetingStatus

MOST_OCCURRENCES = 400


class SeriesLine(NamedTuple):
    """A meeting series; ``start`` is its first meeting, naive and local to ``timezone``; ``group`` a name or empty."""

    uid: str
    plan: str
    number: int
    title: str
    kind: str
    rule: str
    start: datetime
    minutes: int
    timezone: str
    place: str
    group: str

    @property
    def ref(self) -> str:
        """The reference that people quote."""
        return f"M-{self.number}"


class Occurrence(NamedTuple):
    """One meeting. ``series`` and ``meeting`` are uids; ``meeting`` is empty where the rule alone gives it.

    ``original`` is when the rule has it, None for a meeting that stands alone; times are naive and local.
    """

    plan: str
    series: str
    meeting: str
    number: int
    title: str
    kind: str
    original: datetime | None
    start: datetime
    minutes: int
    place: str
    status: str

    @property
    def ref(self) -> str:
        """The reference that people quote."""
        return f"M-{self.number}"

    @property
    def difference(self) -> str:
        """How it differs from the rule: cancelled, held, moved from a day; or nothing."""
        if self.status != MeetingStatus.PLANNED:
            return self.status
        if self.original is None or self.original == self.start:
            return ""
        return f"moved from {self.original:%Y-%m-%d}"


def series_of(plan: str | None = None) -> list[SeriesLine]:
    """Return the meeting series of a plan (of all plans, if None), by number."""
    fields = (
        MeetingSeries.uid,
        MeetingSeries.plan,
        MeetingSeries.number,
        MeetingSeries.title,
        MeetingSeries.kind,
        MeetingSeries.rule,
        MeetingSeries.start_day,
        MeetingSeries.start_time,
        MeetingSeries.minutes,
        MeetingSeries.timezone,
        MeetingSeries.place,
        Party.name,
    )
    query = MeetingSeries.select(*fields).left_outer_join(Party, on=(MeetingSeries.group == Party.uid))
    chosen = query.where(MeetingSeries.plan == plan) if plan else query
    return [
        SeriesLine(*(*row[:6], datetime.combine(row[6], time.fromisoformat(row[7])), *row[8:11], row[11] or ""))
        for row in rows(chosen.order_by(MeetingSeries.number))
    ]


def gatherings(first: date, last: date, plan: str | None = None) -> list[Occurrence]:
    """Return the meetings between two days, both included, by their start."""
    changed = _changed(first, last, plan)
    replaced = {(meeting.series, meeting.original) for meeting in changed}
    by_rule = (each for line in series_of(plan) for each in _by_rule(line, first, last))
    found = [each for each in by_rule if (each.series, each.original) not in replaced]
    found += [meeting for meeting in changed if first <= meeting.start.date() <= last]
    return sorted(found, key=lambda meeting: (meeting.start, meeting.number))


def _by_rule(line: SeriesLine, first: date, last: date) -> Iterator[Occurrence]:
    from tui_plan.model.recurrence import occurrences

    earliest, latest = datetime.combine(first, time.min), datetime.combine(last, time.max)
    for start in occurrences(line.rule, line.start, earliest, latest, MOST_OCCURRENCES):
        yield Occurrence(
            line.plan,
            line.uid,
            "",
            line.number,
            line.title,
            line.kind,
            start,
            start,
            line.minutes,
            line.place,
            "planned",
        )


def _changed(first: date, last: date, plan: str | None) -> list[Occurrence]:
    """Return the meetings that lie between two days, or that the rule had put there."""
    earliest, latest = datetime.combine(first, time.min), datetime.combine(last, time.max)
    query = Meeting.select(
        Meeting.plan,
        Meeting.series,
        Meeting.uid,
        Meeting.number,
        Meeting.title,
        Meeting.kind,
        Meeting.original_start,
        Meeting.start,
        Meeting.minutes,
        Meeting.place,
        Meeting.status,
    )
    near = Meeting.start.between(earliest, latest) | Meeting.original_start.between(earliest, latest)
    found = rows(query.where(near & (Meeting.plan == plan) if plan else near))
    return [Occurrence(*(of, series or "", *rest)) for of, series, *rest in found]
