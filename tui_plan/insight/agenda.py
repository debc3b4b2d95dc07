"""What comes: target dates, checkpoints and meetings by day, and the next actions that can be worked on."""

from datetime import date, time
from typing import Any, NamedTuple

from tui_plan.insight.action_rows import ActionRow, action_rows, expected_day, is_open, of_plan
from tui_plan.insight.gatherings import gatherings
from tui_plan.model.base import rows
from tui_plan.model.plan import Action, Checkpoint, DevelopmentArea, Plan, Role
from tui_plan.model.vocabulary import RoleKind, Status


class AgendaLine(NamedTuple):
    """One thing on a day. ``kind`` is target, milestone, checkpoint or a kind of meeting; ``at`` only for meetings.

    ``note`` is what else to know: "moved from 2026-03-05", "cancelled", or a checkpoint's method.
    """

    day: date
    at: time | None
    kind: str
    uid: str
    ref: str
    title: str
    plan: str
    note: str


def agenda(first: date, last: date, plan: str | None = None) -> list[AgendaLine]:
    """Return what lies between two days, both included, by day and time."""
    names = dict(rows(Plan.select(Plan.uid, Plan.name)))
    found = [*_targets(first, last, plan), *_checkpoints(first, last, plan), *_meetings(first, last, plan)]
    named = [AgendaLine(*(*line[:6], names[line[6]], line[7])) for line in found]
    return sorted(named, key=lambda line: (line.day, line.at or time.min, line.kind, line.title))


def next_actions(today: date, plan: str | None = None, party: str | None = None) -> list[ActionRow]:
    """Return open actions that nothing blocks, the most urgent first; those without a date come last.

    With ``party``, only those where it is accountable or responsible: itself, by a post held today, or by a group.
    """
    where = is_open()
    if party is not None:
        where = where & Action.uid.in_(actions_of(party, today))
    unblocked = [row for row in action_rows(plan, where) if not row.blocked]
    return sorted(unblocked, key=lambda row: (row.expected or date.max, row.number))


def actions_of(party: str, today: date) -> Any:
    """Return the query of actions (uid) where a party carries responsibility, itself or by post or group."""
    from tui_plan.insight.people_on import PeopleOn  # ``status`` asks this module too, but of nobody in particular

    return Role.select(Role.action).where(
        Role.kind.in_([RoleKind.ACCOUNTABLE.value, RoleKind.RESPONSIBLE.value])
        & Role.party.in_(PeopleOn(today).reached_by(party))
    )


_Found = tuple[date, time | None, str, str, str, str, str, str]


def _meetings(first: date, last: date, plan: str | None) -> list[_Found]:
    return [
        (
            meeting.start.date(),
            meeting.start.time(),
            meeting.kind,
            meeting.meeting or meeting.series,
            meeting.ref,
            meeting.title,
            meeting.plan,
            meeting.difference,
        )
        for meeting in gatherings(first, last, plan)
    ]


def _targets(first: date, last: date, plan: str | None) -> list[_Found]:
    expected = expected_day()
    wanted = Action.status.in_([Status.NOT_STARTED.value, Status.IN_PROGRESS.value, Status.DEFERRED.value])
    query = of_plan(
        Action.select(expected, Action.milestone, Action.uid, Action.number, Action.title, DevelopmentArea.plan), plan
    ).where(wanted & expected.between(first.isoformat(), last.isoformat()))
    return [
        (day, None, "milestone" if milestone else "target", uid, f"A-{number}", title, of, "")
        for day, milestone, uid, number, title, of in rows(query)
    ]


def _checkpoints(first: date, last: date, plan: str | None) -> list[_Found]:
    query = (
        of_plan(
            Action.select(
                Checkpoint.due, Action.uid, Action.number, Action.title, DevelopmentArea.plan, Checkpoint.method
            ),
            plan,
        )
        .switch(Action)
        .join(Checkpoint, on=(Checkpoint.action == Action.uid))
        .where(Checkpoint.due.between(first, last) & Checkpoint.held_on.is_null())
        .where(Action.status != Status.WITHDRAWN.value)
    )
    return [
        (day, None, "checkpoint", uid, f"A-{number}", title, of, method)
        for day, uid, number, title, of, method in rows(query)
    ]
