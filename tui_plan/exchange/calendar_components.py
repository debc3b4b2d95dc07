"""One entry of a calendar as the components that iCalendar makes of it: VEVENT, VTODO, VALARM.

Called by ``calendar_writing`` alone. Values are set as icalendar's own types: ten thousand entries are written at
icalendar's own pace, without a second pass over them.
"""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from icalendar import Alarm, Event, Todo, vCategory, vDate, vDatetime, vDDDLists, vDuration, vInt, vRecur

from tui_plan.exchange.calendar_entries import Deadline, DeadlineKind, Entry, Gathering, Moved
from tui_plan.exchange.calendar_text import Text, categories, many_lines, one_line
from tui_plan.exchange.calendar_zones import is_utc
from tui_plan.model.recurrence import last_start, rule_parts
from tui_plan.model.vocabulary import Status

CANCELLED_PREFIX = "Cancelled: "
TASK_ENDING = "-task"
"""What the uid of a task carries behind the uid of its deadline: the same uid in two files would be one record."""

_TASK_STATUS = {
    Status.NOT_STARTED: "NEEDS-ACTION",
    Status.IN_PROGRESS: "IN-PROCESS",
    Status.COMPLETE: "COMPLETED",
    Status.DEFERRED: "CANCELLED",
    Status.WITHDRAWN: "CANCELLED",
}
_DONE = {DeadlineKind.TARGET: "Done", DeadlineKind.MILESTONE: "Milestone done"}
_DAY = timedelta(days=1)
_WHOLE_DAY = {"VALUE": "DATE"}


def deadline_event(deadline: Deadline, *, shared: bool, alarm: timedelta | None) -> Event:
    """Return the day as an event of its whole length that keeps nobody busy."""
    event = Event()
    _fill(event, deadline, deadline.uid, _titled(deadline), shared=shared)
    event["DTSTART"] = _date_value(deadline.day)
    event["DTEND"] = _date_value(deadline.day + _DAY)
    event["TRANSP"] = Text("TRANSPARENT")
    event["STATUS"] = Text("CANCELLED" if deadline.cancelled else "CONFIRMED")
    if alarm is not None and not deadline.cancelled and deadline.status != Status.COMPLETE:
        event.add_component(_alarm(deadline.title, alarm))
    return event


def deadline_task(deadline: Deadline, *, shared: bool, alarm: timedelta | None) -> Todo | None:
    """Return the deadline as a task with a due day and no start, or None where there is nothing to tick off."""
    if deadline.kind is DeadlineKind.START:
        return None
    todo = Todo()
    _fill(todo, deadline, deadline.uid + TASK_ENDING, deadline.title, shared=shared)
    todo["DUE"] = _date_value(deadline.day)
    todo["STATUS"] = Text("CANCELLED" if deadline.cancelled else _TASK_STATUS[deadline.status])
    if deadline.status == Status.COMPLETE:
        todo["PERCENT-COMPLETE"] = vInt(100)
    elif alarm is not None and not deadline.cancelled:
        todo.add_component(_alarm(deadline.title, alarm, related="END"))
    return todo


def gathering_events(gathering: Gathering, *, shared: bool, alarm: timedelta | None) -> Iterator[Event]:
    """Yield the meeting or series itself, then an event for each of its meetings that was moved."""
    event = Event()
    _fill(event, gathering, gathering.uid, gathering.title, shared=shared)
    _place_in_time(event, gathering, gathering.start, gathering.duration)
    if gathering.rule:
        event["RRULE"] = _rule_value(gathering)
        skipped = [_skip_value(gathering, start) for start in sorted(gathering.skipped)]
        if skipped:
            event["EXDATE"] = skipped
    _finish(event, gathering, gathering.place, alarm)
    yield event
    for moved in sorted(gathering.moved, key=lambda one: one.original_start):
        yield _moved_event(gathering, moved, shared=shared, alarm=alarm)


def _moved_event(gathering: Gathering, moved: Moved, *, shared: bool, alarm: timedelta | None) -> Event:
    event = Event()
    _fill(event, gathering, gathering.uid, moved.title or gathering.title, shared=shared)
    event["DTSTAMP"] = event["LAST-MODIFIED"] = _moment_value(max(moved.changed_at, gathering.changed_at))
    event["SEQUENCE"] = vInt(max(moved.sequence, gathering.sequence))
    event["RECURRENCE-ID"] = _start_value(gathering, moved.original_start)
    _place_in_time(event, gathering, moved.start, moved.duration)
    _finish(event, gathering, moved.place or gathering.place, alarm)
    return event


def _fill(component: Event | Todo, entry: Entry, uid: str, title: str, *, shared: bool) -> None:
    prefix = CANCELLED_PREFIX if entry.cancelled else ""
    component["UID"] = Text(uid)
    component["DTSTAMP"] = component["LAST-MODIFIED"] = _moment_value(entry.changed_at)
    if entry.created_at is not None:
        component["CREATED"] = _moment_value(entry.created_at)
    component["SEQUENCE"] = vInt(entry.sequence)
    component["SUMMARY"] = one_line(prefix + title)
    description = many_lines(_description(entry, shared=shared))
    if description:
        component["DESCRIPTION"] = description
    labels = _category_value(entry.categories)
    if labels is not None:
        component["CATEGORIES"] = labels


def _titled(deadline: Deadline) -> str:
    if deadline.cancelled:
        return deadline.title
    done = _DONE.get(deadline.kind) if deadline.status == Status.COMPLETE else None
    return f"{done or deadline.kind}: {deadline.title}"


def _description(entry: Entry, *, shared: bool) -> str:
    if shared or not entry.people:
        return entry.description
    reviewed = isinstance(entry, Deadline) and entry.kind is DeadlineKind.CHECKPOINT
    return f"{entry.description}\n{'Reviewed by' if reviewed else 'Responsible'}: {', '.join(entry.people)}"


def _place_in_time(event: Event, gathering: Gathering, start: datetime, duration: timedelta) -> None:
    event["DTSTART"] = _start_value(gathering, start)
    if gathering.all_day:
        event["DTEND"] = _start_value(gathering, start + max(_DAY, duration))
    elif duration > timedelta():
        event["DTEND"] = _start_value(gathering, start + duration)


def _finish(event: Event, gathering: Gathering, place: str, alarm: timedelta | None) -> None:
    if place:
        event["LOCATION"] = one_line(place)
    event["STATUS"] = Text("CANCELLED" if gathering.cancelled else "CONFIRMED")
    if alarm is not None and not gathering.cancelled:
        event.add_component(_alarm(gathering.title, alarm))


def _start_value(gathering: Gathering, start: datetime) -> vDate | vDatetime:
    if gathering.all_day:
        return _date_value(start.date())
    if is_utc(gathering.zone):
        return vDatetime(start.replace(tzinfo=UTC))
    value = vDatetime(start)
    # Set by hand: icalendar would take the first of a zone's names, which need not be the one that was chosen.
    value.params["TZID"] = gathering.zone
    return value


def _skip_value(gathering: Gathering, start: datetime) -> vDDDLists:
    value = _start_value(gathering, start)
    return vDDDLists([value.dt], params=dict(value.params))


def _rule_value(gathering: Gathering) -> vRecur:
    parts = rule_parts(gathering.rule)
    last = last_start(gathering.rule, gathering.start)
    if last is not None:
        parts = parts | {"UNTIL": (_until_text(gathering, last),)}
    return vRecur(";".join(f"{name}={','.join(values)}" for name, values in parts.items()))


def _until_text(gathering: Gathering, last: datetime) -> str:
    if gathering.all_day:
        return f"{last:%Y%m%d}"
    return f"{last.replace(tzinfo=ZoneInfo(gathering.zone)).astimezone(UTC):%Y%m%dT%H%M%SZ}"


def _alarm(title: str, before: timedelta, related: str = "") -> Alarm:
    alarm = Alarm()
    alarm["ACTION"] = Text("DISPLAY")
    alarm["DESCRIPTION"] = one_line(title)
    alarm["TRIGGER"] = vDuration(-before, params={"RELATED": related} if related else None)
    return alarm


def _date_value(day: date) -> vDate:
    return vDate(day, params=_WHOLE_DAY)


@lru_cache(maxsize=4096)
def _category_value(names: tuple[str, ...]) -> vCategory | None:
    """An area's name is the category of all its entries."""
    kept = categories(names)
    return vCategory(kept) if kept else None


@lru_cache(maxsize=4096)
def _moment_value(moment: datetime) -> vDatetime:
    """Many entries come from one import and share their moment."""
    return vDatetime(moment.replace(tzinfo=UTC))
