"""What was removed from the plan and may still stand in somebody's calendar: it is written once more, as cancelled.

Called by the calendar export. Removed records live in the ledger alone, so what a calendar covers is asked of them
here by their last values.
"""

from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta
from typing import Any, NamedTuple

from tui_plan.exchange.calendar_deadlines import START_ENDING
from tui_plan.exchange.calendar_entries import Deadline, DeadlineKind, Gathering
from tui_plan.exchange.calendar_ledger import Removed, removed
from tui_plan.exchange.calendar_meetings import first_start
from tui_plan.exchange.calendar_scope import Scope
from tui_plan.model.base import rows
from tui_plan.model.meeting import Meeting, MeetingSeries
from tui_plan.model.plan import Action, Checkpoint, Role, StepObjective
from tui_plan.model.recurrence import occurrences

_FAR = timedelta(days=36_525)
_WORDS = "This was removed from the plan."


class Gone(NamedTuple):
    """The entries that cancel what was removed."""

    deadlines: list[Deadline]
    gatherings: list[Gathering]


def removed_records(scope: Scope) -> list[Removed]:
    """Return all that was removed from the plan of ``scope``, or from all plans, and that a calendar may show."""
    return removed((Action, Checkpoint, Role, StepObjective, Meeting, MeetingSeries), scope.plan)


def removed_entries(scope: Scope, today: date, gone: Sequence[Removed], *, starts: bool) -> Gone:
    """Return what of ``gone`` stood in the calendar of ``scope`` and lies ahead, all of it cancelled."""
    if not gone:
        return Gone([], [])
    actions = {one.uid: one for one in _actions(scope, gone)}
    deadlines = [entry for one in actions.values() for entry in _of_action(one, starts=starts)]
    deadlines += _of_checkpoints(scope, [one for one in gone if one.model is Checkpoint], actions)
    meetings = [_of_series(one) for one in gone if one.model is MeetingSeries and _concerns_meeting(scope, one.values)]
    meetings += [_of_meeting(one) for one in gone if one.model is Meeting and _concerns_single(scope, one.values)]
    return Gone(
        [entry for entry in deadlines if entry.day >= today],
        [meeting for meeting in meetings if _lies_ahead(meeting, today)],
    )


def _actions(scope: Scope, gone: Sequence[Removed]) -> list[Removed]:
    actions = [one for one in gone if one.model is Action]
    if scope.area:
        within = {
            uid for (uid,) in rows(StepObjective.select(StepObjective.uid).where(StepObjective.area == scope.area))
        }
        within |= {one.uid for one in gone if one.model is StepObjective and one.values["area"] == scope.area}
        return [one for one in actions if one.values["objective"] in within]
    if scope.parties:
        roles = [one.values for one in gone if one.model is Role]
        held = {role["action"] for role in roles if role["party"] in scope.parties and not role["checkpoint"]}
        return [one for one in actions if one.uid in held]
    return actions


def _of_action(one: Removed, *, starts: bool) -> Iterator[Deadline]:
    day = one.values["forecast"] or one.values["agreed"]
    if day:
        kind = DeadlineKind.MILESTONE if one.values["milestone"] else DeadlineKind.TARGET
        yield _cancelled(one, one.uid, kind, day, one.values["title"])
    if starts and one.values["start"]:
        yield _cancelled(one, one.uid + START_ENDING, DeadlineKind.START, one.values["start"], one.values["title"])


def _of_checkpoints(scope: Scope, gone: list[Removed], actions: dict[str, Removed]) -> list[Deadline]:
    dated = [one for one in gone if one.values["due"]]
    titles = {uid: action.values["title"] for uid, action in actions.items()}
    if any(one.values["action"] not in titles for one in dated):
        titles |= dict(rows(Action.select(Action.uid, Action.title).where(scope.actions)))
    return [
        _cancelled(one, one.uid, DeadlineKind.CHECKPOINT, one.values["due"], titles[one.values["action"]])
        for one in dated
        if one.values["action"] in titles
    ]


def _cancelled(one: Removed, uid: str, kind: DeadlineKind, day: str, title: str) -> Deadline:
    return Deadline(
        uid=uid,
        kind=kind,
        day=date.fromisoformat(day),
        title=title,
        changed_at=one.at,
        sequence=one.values["sequence"] + 1,
        description=_WORDS,
        cancelled=True,
    )


def _of_series(one: Removed) -> Gathering:
    values = one.values
    start = first_start(date.fromisoformat(values["start_day"]), values["start_time"])
    return _called_off(one, start, rule=values["rule"])


def _of_meeting(one: Removed) -> Gathering:
    return _called_off(one, datetime.fromisoformat(one.values["start"]))


def _called_off(one: Removed, start: datetime, rule: str = "") -> Gathering:
    return Gathering(
        uid=one.uid,
        title=one.values["title"],
        start=start,
        zone=one.values["timezone"],
        duration=timedelta(minutes=one.values["minutes"]),
        changed_at=one.at,
        sequence=one.values["sequence"] + 1,
        rule=rule,
        description=_WORDS,
        cancelled=True,
    )


def _concerns_meeting(scope: Scope, series: dict[str, Any]) -> bool:
    return not scope.area and (not scope.parties or series["group"] in scope.parties)


def _concerns_single(scope: Scope, meeting: dict[str, Any]) -> bool:
    return not scope.area and not scope.parties and not meeting["series"]


def _lies_ahead(meeting: Gathering, today: date) -> bool:
    midnight = datetime.combine(today, datetime.min.time())
    return bool(occurrences(meeting.rule, meeting.start, midnight, midnight + _FAR, limit=1))
