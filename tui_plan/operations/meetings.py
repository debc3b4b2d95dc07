"""Meeting series and the occurrences that differ from their rule: held, moved or cancelled."""

import re
from datetime import date, datetime, time
from functools import cache
from typing import Any, NamedTuple, TypedDict, Unpack
from zoneinfo import available_timezones

from tui_plan.model.base import rows
from tui_plan.model.errors import InvalidInput
from tui_plan.model.meeting import Meeting, MeetingSeries
from tui_plan.model.places import quoted, stored_row
from tui_plan.model.store import Author, Writer, change
from tui_plan.model.vocabulary import MeetingKind, MeetingStatus
from tui_plan.operations.checking import Rule, as_day, checked, day, line, paragraph, reference, whole, word

_CLOCK = re.compile(r"([01]\d|2[0-3]):[0-5]\d", re.ASCII)


class SeriesValues(TypedDict, total=False):
    """What may be said of a series; ``start_time`` is HH:MM, ``rule`` an RFC 5545 RRULE value."""

    title: str
    kind: str
    group: str | None
    start_day: date | None
    start_time: str
    minutes: int
    timezone: str
    rule: str
    place: str
    description: str


class MeetingValues(TypedDict, total=False):
    """What may be said of one meeting; ``start`` is naive and local to ``timezone``."""

    title: str
    kind: str
    start: datetime
    minutes: int
    timezone: str
    place: str
    status: str


class MeetingAt(NamedTuple):
    """One meeting: by its own uid, or as what the rule of a series gives at ``original`` (naive, local)."""

    meeting: str = ""
    series: str = ""
    original: datetime | None = None


def _clock(value: Any) -> str:
    if not isinstance(value, str) or not _CLOCK.fullmatch(value):
        raise InvalidInput("The time is hours and minutes, such as 09:30.")
    return value


@cache
def _zones() -> set[str]:
    """The time zones of this machine: finding them looks through hundreds of files."""
    return available_timezones()


def _zone(value: Any) -> str:
    if value not in _zones():
        raise InvalidInput(f"There is no time zone “{value}”; write one such as Europe/London or America/New_York.")
    return str(value)


def _moment(value: Any) -> datetime:
    if not isinstance(value, datetime) or value.tzinfo is not None or not 1900 <= value.year <= 2200:
        raise InvalidInput("The start is a day and a time, such as 2026-12-31 09:30.")
    return value.replace(second=0, microsecond=0)


_SHARED: dict[str, Rule] = {
    "title": line("The title", required=True),
    "kind": word(MeetingKind, "The kind of meeting"),
    "minutes": whole("The length in minutes", 5, 7 * 24 * 60),
    "timezone": _zone,
    "place": line("The place"),
}
SERIES_RULES: dict[str, Rule] = _SHARED | {
    "group": reference,
    "start_day": day("The first meeting", required=True),
    "start_time": _clock,
    "rule": line("The rule", required=True),
    "description": paragraph("The description"),
}
MEETING_RULES: dict[str, Rule] = _SHARED | {"start": _moment, "status": word(MeetingStatus, "The status")}


def add_series(author: Author, plan: str, **values: Unpack[SeriesValues]) -> str:
    """Add a meeting series to a plan and return its uid. The first meeting must follow the rule."""
    wanted = {"title": "", "kind": MeetingKind.REVIEW, "start_day": None, "timezone": "", "rule": "", **values}
    kept = checked(wanted, SERIES_RULES)
    check_series(kept)
    with change(author, f"Added the series {quoted(MeetingSeries, kept)}") as writer:
        return writer.create(MeetingSeries, plan=plan, **kept)


def edit_series(author: Author, uid: str, *, version_seen: int | None = None, **values: Unpack[SeriesValues]) -> bool:
    """Change a series; return whether anything changed."""
    kept = checked(values, SERIES_RULES)
    with change(author, "Edited a meeting series") as writer:
        row = stored_row(MeetingSeries, uid)
        writer.summary = f"Edited {quoted(MeetingSeries, row)}"
        check_series(row | kept)
        return writer.update(MeetingSeries, uid, kept, version=version_seen)


def remove_series(author: Author, uid: str) -> None:
    """Remove a series with what was moved, held or cancelled of it; calendars still tell of its cancellation."""
    with change(author, "Removed a meeting series") as writer:
        writer.summary = f"Removed the series “{stored_row(MeetingSeries, uid)['title']}”"
        for (meeting,) in rows(Meeting.select(Meeting.uid).where(Meeting.series == uid)):
            writer.delete(Meeting, meeting)
        writer.delete(MeetingSeries, uid)


def add_meeting(author: Author, plan: str, **values: Unpack[MeetingValues]) -> str:
    """Add a single meeting and return its uid."""
    wanted = {"title": "", "kind": MeetingKind.REVIEW, "start": None, "timezone": "", **values}
    kept = checked(wanted, MEETING_RULES)
    with change(author, f"Added the meeting {quoted(Meeting, kept)}") as writer:
        return writer.create(Meeting, plan=plan, **kept)


def edit_meeting(author: Author, uid: str, *, version_seen: int | None = None, **values: Unpack[MeetingValues]) -> bool:
    """Change a meeting, or an occurrence that differs from its series; return whether anything changed."""
    kept = checked(values, MEETING_RULES)
    with change(author, "Edited a meeting") as writer:
        writer.summary = f"Edited {quoted(Meeting, stored_row(Meeting, uid))}"
        return writer.update(Meeting, uid, kept, version=version_seen)


def set_occurrence(author: Author, series: str, original: datetime, **values: Unpack[MeetingValues]) -> str:
    """Record that one occurrence of a series was moved, held or cancelled, and return the meeting's uid.

    ``original`` is the naive local start that the rule gives.
    """
    kept = checked(values, MEETING_RULES)
    with change(author, "Changed one meeting of a series") as writer:
        row = stored_row(MeetingSeries, series)
        writer.summary = f"Changed the meeting of {original:%Y-%m-%d} of {quoted(MeetingSeries, row)}"
        return _write_occurrence(writer, row, original, kept)


def write_meeting_at(writer: Writer, at: MeetingAt | None) -> str | None:
    """Within a change, return the uid of a meeting that something happened at; one that only a rule gave is kept."""
    if at is None or not (at.meeting or at.series):
        return None
    if at.meeting:
        return str(stored_row(Meeting, at.meeting)["uid"])
    if at.original is None:
        raise InvalidInput("Say which meeting of the series.", "meeting")
    return _write_occurrence(writer, stored_row(MeetingSeries, at.series), at.original, {})


def _write_occurrence(writer: Writer, row: dict[str, Any], original: datetime, kept: dict[str, Any]) -> str:
    at_that_time = (Meeting.series == row["uid"]) & (Meeting.original_start == original)
    for (known,) in rows(Meeting.select(Meeting.uid).where(at_that_time)):
        writer.update(Meeting, known, kept)
        return str(known)
    _require_occurrence(row, original)
    shared = {name: row[name] for name in ("plan", "title", "kind", "minutes", "timezone", "place")}
    return writer.create(Meeting, series=row["uid"], original_start=original, **(shared | {"start": original} | kept))


def _require_occurrence(row: dict[str, Any], original: datetime) -> None:
    from tui_plan.model.recurrence import occurrences

    if original not in occurrences(row["rule"], _first_start(row), original, original):
        raise InvalidInput(f"The series has no meeting at {original:%Y-%m-%d %H:%M}.", "original")


def check_series(row: dict[str, Any]) -> None:
    """Raise ``InvalidInput`` unless a series' first meeting follows its rule."""
    from tui_plan.model.recurrence import check_rule

    check_rule(row["rule"], _first_start(row))


def _first_start(row: dict[str, Any]) -> datetime:
    first = as_day(row["start_day"])
    if first is None:
        raise InvalidInput("The first meeting needs a date, such as 2026-12-31.", "start_day")
    return datetime.combine(first, time.fromisoformat(row.get("start_time", "09:00")))
