"""The days of a calendar: target dates, milestones, starts and checkpoints, read from the plan.

Called by the calendar export. What was dropped stays while its day lies ahead, marked as cancelled: importing a file
never takes anything out of a calendar. No contact data, notes or reasons of confidence are read here.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import Any, NamedTuple

from tui_plan.exchange.calendar_entries import Deadline, DeadlineKind
from tui_plan.exchange.calendar_ledger import Moments, Removed, last_known, moments
from tui_plan.exchange.calendar_scope import Scope
from tui_plan.model.base import rows
from tui_plan.model.people import Party
from tui_plan.model.plan import Action, Checkpoint, DevelopmentArea, Plan, Role, StepObjective
from tui_plan.model.vocabulary import Confidence, RoleKind, Status

START_ENDING = "-start"
"""What the uid of an action's start carries behind the uid of the action."""

_DROPPED = (Status.DEFERRED, Status.WITHDRAWN)
_OWNERS = [RoleKind.ACCOUNTABLE.value, RoleKind.RESPONSIBLE.value]
_REVIEWERS = [RoleKind.REVIEWER.value]


class _Action(NamedTuple):
    """An action as a calendar shows it."""

    uid: str
    number: int
    title: str
    purpose: str
    status: str
    confidence: str
    start: date | None
    agreed: date | None
    forecast: date | None
    actual: date | None
    milestone: bool
    sequence: int
    objective: str
    area: str
    plan: str

    @property
    def expected(self) -> date | None:
        return self.forecast or self.agreed


class _Checkpoint(NamedTuple):
    """A checkpoint as a calendar shows it."""

    uid: str
    action: str
    due: date
    method: str
    held_on: date | None
    sequence: int


_COLUMNS = (
    Action.uid,
    Action.number,
    Action.title,
    Action.purpose,
    Action.status,
    Action.confidence,
    Action.start,
    Action.agreed,
    Action.forecast,
    Action.actual,
    Action.milestone,
    Action.sequence,
    StepObjective.title,
    DevelopmentArea.title,
    Plan.name,
)


def action_deadlines(scope: Scope, today: date, gone: Sequence[Removed], *, starts: bool) -> Iterator[Deadline]:
    """Yield the expected day of each action, and with ``starts`` the day on which it begins.

    ``gone`` are removed records: losing its owner changes an action.
    """
    known = moments(Action, Action.uid, scope.actions)
    of_roles = _role_changes(Role.action, _OWNERS, scope.actions, gone)
    people = _names(Role.action, _OWNERS, scope.actions)
    emptied = _emptied_days(scope)
    for action in _actions(scope.actions):
        facts = known[action.uid].with_later(of_roles.get(action.uid)), tuple(people[action.uid])
        day = action.expected or emptied.get(action.uid)
        if day is not None and (not _is_dropped(action) or day >= today):
            yield _target(action, day, *facts)
        if starts and action.start is not None and (action.status not in _DROPPED or action.start >= today):
            yield _begin(action, action.start, *facts)


def checkpoint_deadlines(scope: Scope, today: date, gone: Sequence[Removed]) -> Iterator[Deadline]:
    """Yield the day of each checkpoint; those of a dropped action that lie ahead are cancelled with it."""
    of_checkpoints = Action.uid.in_(Checkpoint.select(Checkpoint.action).where(scope.checkpoints))
    known = moments(Checkpoint, Checkpoint.uid, scope.checkpoints)
    of_actions = moments(Action, Action.uid, of_checkpoints)
    of_roles = _role_changes(Role.checkpoint, _REVIEWERS, scope.checkpoints, gone)
    actions = {action.uid: action for action in _actions(of_checkpoints)}
    reviewers = _names(Role.checkpoint, _REVIEWERS, scope.checkpoints)
    for checkpoint in _checkpoints(scope):
        action = actions[checkpoint.action]
        if action.status not in _DROPPED or checkpoint.due >= today:
            at = known[checkpoint.uid].with_later(of_actions[action.uid].changed, of_roles.get(checkpoint.uid))
            yield _review(checkpoint, action, at, tuple(reviewers[checkpoint.uid]))


def _role_changes(by: Any, kinds: list[str], condition: Any, gone: Sequence[Removed]) -> dict[str, datetime]:
    """Return when the roles in an action or a checkpoint last changed, or one of them was taken away."""
    held = _roles(by, kinds, condition).select(Role.uid)
    found = {uid: at.changed for uid, at in moments(Role, by, Role.uid.in_(held)).items()}
    for role in gone:
        if role.model is Role and role.values["kind"] in kinds:
            uid = role.values[by.name]
            found[uid] = max(role.at, found.get(uid, role.at))
    return found


def _actions(condition: Any) -> list[_Action]:
    query = Action.select(*_COLUMNS).join(StepObjective).join(DevelopmentArea).join(Plan).where(condition)
    return [_Action(*row) for row in rows(query)]


def _checkpoints(scope: Scope) -> list[_Checkpoint]:
    columns = (
        Checkpoint.uid,
        Checkpoint.action,
        Checkpoint.due,
        Checkpoint.method,
        Checkpoint.held_on,
        Checkpoint.sequence,
    )
    query = Checkpoint.select(*columns).where(scope.checkpoints & Checkpoint.due.is_null(False))
    return [_Checkpoint(*row) for row in rows(query)]


def _roles(by: Any, kinds: list[str], condition: Any) -> Any:
    return (
        Role.select(by, Party.name)
        .join(Party, on=(Role.party == Party.uid))
        .join(Action, on=(Role.action == Action.uid))
        .left_outer_join(Checkpoint, on=(Role.checkpoint == Checkpoint.uid))
        .where(condition & Role.kind.in_(kinds))
    )


def _names(by: Any, kinds: list[str], condition: Any) -> dict[str, list[str]]:
    """Return the names of parties by what they have a role in, the accountable one first."""
    found: dict[str, list[str]] = defaultdict(list)
    for uid, name in rows(_roles(by, kinds, condition).order_by(Role.kind, Role.position, Role.uid)):
        if name not in found[uid]:
            found[uid].append(name)
    return found


def _emptied_days(scope: Scope) -> dict[str, date]:
    """Return the last expected day of each action that has none any more: calendars may still show it."""
    without = Action.forecast.is_null() & Action.agreed.is_null() & (Action.sequence > 0)
    found = last_known(Action.select(Action.uid).where(scope.actions & without), ("forecast", "agreed"))
    return {uid: date.fromisoformat(day) for uid, day in found.items()}


def _is_dropped(action: _Action) -> bool:
    return action.status in _DROPPED or action.expected is None


def _target(action: _Action, day: date, at: Moments, people: tuple[str, ...]) -> Deadline:
    return Deadline(
        uid=action.uid,
        kind=DeadlineKind.MILESTONE if action.milestone else DeadlineKind.TARGET,
        day=day,
        title=action.title,
        changed_at=at.changed,
        created_at=at.created,
        sequence=action.sequence,
        description=_about(action),
        people=people,
        categories=(action.area,),
        status=Status(action.status),
        cancelled=_is_dropped(action),
    )


def _begin(action: _Action, day: date, at: Moments, people: tuple[str, ...]) -> Deadline:
    return replace(
        _target(action, day, at, people),
        uid=action.uid + START_ENDING,
        kind=DeadlineKind.START,
        cancelled=action.status in _DROPPED,
    )


def _review(checkpoint: _Checkpoint, action: _Action, at: Moments, people: tuple[str, ...]) -> Deadline:
    method = [f"How: {checkpoint.method}"] if checkpoint.method else []
    held = [f"Held on {checkpoint.held_on.isoformat()}"] if checkpoint.held_on else []
    return Deadline(
        uid=checkpoint.uid,
        kind=DeadlineKind.CHECKPOINT,
        day=checkpoint.due,
        title=action.title,
        changed_at=at.changed,
        created_at=at.created,
        # Dropping the action cancels its checkpoints too; the sum never falls, whichever of the two changes.
        sequence=checkpoint.sequence + action.sequence,
        description="\n".join([*_place(action), *method, *held]),
        people=people,
        categories=(action.area,),
        status=Status.COMPLETE if checkpoint.held_on else Status.NOT_STARTED,
        cancelled=action.status in _DROPPED,
    )


def _about(action: _Action) -> str:
    lines = _place(action)
    if action.purpose:
        lines.append(f"Purpose: {action.purpose}")
    if action.forecast and action.agreed and action.forecast != action.agreed:
        lines.append(f"Agreed for {action.agreed.isoformat()}, now expected {action.forecast.isoformat()}")
    status = f"Status: {action.status}"
    if action.actual:
        status += f" on {action.actual.isoformat()}"
    if action.confidence:
        status += f"; confidence: {Confidence(action.confidence)}"
    return "\n".join([*lines, status])


def _place(action: _Action) -> list[str]:
    path = " › ".join(part for part in (action.area, action.objective) if part)
    return [f"A-{action.number}, {action.plan}", path]
