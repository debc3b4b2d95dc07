"""The meetings of a calendar: series by their rule with what differs from it, and single meetings.

Called by the calendar export. A cancelled occurrence is skipped; one that was held or moved otherwise than the rule
says is written as moved; one that the rule no longer gives stands by itself.
"""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

from tui_plan.exchange.calendar_entries import Gathering, Moved
from tui_plan.exchange.calendar_ledger import Moments, moments
from tui_plan.exchange.calendar_scope import Scope
from tui_plan.model.base import rows
from tui_plan.model.meeting import Meeting, MeetingSeries
from tui_plan.model.people import Party
from tui_plan.model.plan import Plan
from tui_plan.model.recurrence import occurrences
from tui_plan.model.vocabulary import MeetingStatus


class _Series(NamedTuple):
    """A series as a calendar shows it."""

    uid: str
    number: int
    title: str
    kind: str
    start_day: date
    start_time: str
    minutes: int
    timezone: str
    rule: str
    place: str
    description: str
    sequence: int
    group: str | None
    plan: str

    @property
    def start(self) -> datetime:
        return first_start(self.start_day, self.start_time)


class _Meeting(NamedTuple):
    """A meeting as a calendar shows it; ``original`` is its start by the rule of its series."""

    uid: str
    series: str | None
    number: int
    title: str
    kind: str
    original: datetime | None
    start: datetime
    minutes: int
    timezone: str
    place: str
    status: str
    sequence: int
    plan: str


def gatherings(scope: Scope, today: date) -> Iterator[Gathering]:
    """Yield the series and the single meetings; a cancelled single meeting only while it lies ahead."""
    of_series = Meeting.series.in_(MeetingSeries.select(MeetingSeries.uid).where(scope.series))
    chosen = of_series | (scope.meetings & Meeting.series.is_null())
    known = moments(MeetingSeries, MeetingSeries.uid, scope.series) | moments(Meeting, Meeting.uid, chosen)
    meetings: dict[str | None, list[_Meeting]] = defaultdict(list)
    for meeting in _meetings(chosen):
        meetings[meeting.series].append(meeting)
    for series in _series(scope):
        within, apart = _split(series, meetings[series.uid])
        yield _repeating(series, within, known)
        meetings[None].extend(apart)
    for meeting in meetings[None]:
        cancelled = meeting.status == MeetingStatus.CANCELLED
        if not cancelled or meeting.start.date() >= today:
            yield _single(meeting, known[meeting.uid], cancelled=cancelled)


def first_start(day: date, clock: str) -> datetime:
    """Return the first start of a series, naive and local, from its day and its time as HH:MM."""
    return datetime.combine(day, time.fromisoformat(clock))


def _series(scope: Scope) -> list[_Series]:
    query = (
        MeetingSeries.select(
            MeetingSeries.uid,
            MeetingSeries.number,
            MeetingSeries.title,
            MeetingSeries.kind,
            MeetingSeries.start_day,
            MeetingSeries.start_time,
            MeetingSeries.minutes,
            MeetingSeries.timezone,
            MeetingSeries.rule,
            MeetingSeries.place,
            MeetingSeries.description,
            MeetingSeries.sequence,
            Party.name,
            Plan.name,
        )
        .join(Plan)
        .left_outer_join(Party, on=(MeetingSeries.group == Party.uid))
        .where(scope.series)
    )
    return [_Series(*row) for row in rows(query)]


def _meetings(condition: object) -> list[_Meeting]:
    query = (
        Meeting.select(
            Meeting.uid,
            Meeting.series,
            Meeting.number,
            Meeting.title,
            Meeting.kind,
            Meeting.original_start,
            Meeting.start,
            Meeting.minutes,
            Meeting.timezone,
            Meeting.place,
            Meeting.status,
            Meeting.sequence,
            Plan.name,
        )
        .join(Plan)
        .where(condition)
        .order_by(Meeting.number)
    )
    return [_Meeting(*row) for row in rows(query)]


def _split(series: _Series, meetings: list[_Meeting]) -> tuple[list[_Meeting], list[_Meeting]]:
    """Part the meetings that stand at a start of the rule from those that it no longer gives."""
    originals = [meeting.original for meeting in meetings if meeting.original is not None]
    if not originals:
        return [], meetings
    given = set(occurrences(series.rule, series.start, min(originals), max(originals)))
    within = [meeting for meeting in meetings if meeting.original in given]
    return within, [meeting for meeting in meetings if meeting.original not in given]


def _repeating(series: _Series, meetings: list[_Meeting], known: dict[str, Moments]) -> Gathering:
    at = known[series.uid].with_later(*(known[meeting.uid].changed for meeting in meetings))
    cancelled = [meeting for meeting in meetings if meeting.status == MeetingStatus.CANCELLED]
    others = [meeting for meeting in meetings if meeting.status != MeetingStatus.CANCELLED]
    return Gathering(
        uid=series.uid,
        title=series.title,
        start=series.start,
        zone=series.timezone,
        duration=timedelta(minutes=series.minutes),
        changed_at=at.changed,
        created_at=at.created,
        sequence=series.sequence,
        rule=series.rule,
        skipped=tuple(meeting.original for meeting in cancelled if meeting.original is not None),
        moved=tuple(moved for meeting in others for moved in _moved(series, meeting, known[meeting.uid])),
        place=series.place,
        description="\n".join(part for part in (_heading(series, series.group), series.description) if part),
        categories=(series.kind.capitalize(),),
    )


def _moved(series: _Series, meeting: _Meeting, at: Moments) -> Iterator[Moved]:
    """Yield the occurrence as it differs from the series; nothing, where it was held just as the rule says."""
    start = _in_zone(meeting.start, meeting.timezone, series.timezone)
    as_ruled = (meeting.original, series.minutes, series.title, series.place)
    if meeting.original is None or (start, meeting.minutes, meeting.title, meeting.place) == as_ruled:
        return
    yield Moved(
        original_start=meeting.original,
        start=start,
        duration=timedelta(minutes=meeting.minutes),
        title=meeting.title,
        changed_at=at.changed,
        sequence=meeting.sequence,
        place=meeting.place,
    )


def _single(meeting: _Meeting, at: Moments, *, cancelled: bool) -> Gathering:
    return Gathering(
        uid=meeting.uid,
        title=meeting.title,
        start=meeting.start,
        zone=meeting.timezone,
        duration=timedelta(minutes=meeting.minutes),
        changed_at=at.changed,
        created_at=at.created,
        sequence=meeting.sequence,
        place=meeting.place,
        description=_heading(meeting, None),
        categories=(meeting.kind.capitalize(),),
        cancelled=cancelled,
    )


def _heading(meeting: _Series | _Meeting, group: str | None) -> str:
    return ", ".join(part for part in (f"M-{meeting.number}", meeting.plan, group) if part)


def _in_zone(moment: datetime, zone: str, wanted: str) -> datetime:
    if zone == wanted:
        return moment
    return moment.replace(tzinfo=ZoneInfo(zone)).astimezone(ZoneInfo(wanted)).replace(tzinfo=None)
