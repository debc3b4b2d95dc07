"""Actions as lists show them: one row each, with its owners and what follows from dates and dependencies.

Every list of actions (outline, board, status, agenda) comes from here, with the same number of queries for any size.
"""

from collections import defaultdict
from datetime import date, timedelta
from typing import Any, NamedTuple

from peewee import SQL, fn

from tui_plan.model.base import rows
from tui_plan.model.people import Party
from tui_plan.model.plan import Action, Dependency, DevelopmentArea, Role, StepObjective
from tui_plan.model.vocabulary import OPEN_STATUSES, RoleKind, Status

DUE_SOON_DAYS = 14
SETTLED = (Status.COMPLETE, Status.WITHDRAWN)
"""What somebody waiting for an action may see as done with."""


class Owner(NamedTuple):
    """A party with a role in an action, as lists need it."""

    uid: str
    name: str
    short_name: str
    kind: str
    role: str

    @property
    def label(self) -> str:
        """The short name, where there is one."""
        return self.short_name or self.name


class ActionRow(NamedTuple):
    """One action in a list. ``owners`` are the accountable party first, then the responsible ones.

    ``blocked`` means that it is open and needs another action which is not done with.
    """

    uid: str
    number: int
    title: str
    objective: str
    area: str
    status: str
    confidence: str
    start: date | None
    agreed: date | None
    forecast: date | None
    actual: date | None
    timescale_note: str
    milestone: bool
    core: bool
    owners: tuple[Owner, ...]
    blocked: bool
    row_version: int

    @property
    def ref(self) -> str:
        """The reference that people quote."""
        return f"A-{self.number}"

    @property
    def expected(self) -> date | None:
        """The day it is now expected: the forecast, or else the agreed date."""
        return self.forecast or self.agreed

    @property
    def is_open(self) -> bool:
        """Whether it is still to be done."""
        return self.status in OPEN_STATUSES

    def overdue(self, today: date) -> bool:
        """Whether it is open and its expected day has passed."""
        return self.is_open and self.expected is not None and self.expected < today

    def due_soon(self, today: date) -> bool:
        """Whether it is open and expected within the next two weeks."""
        last = today + timedelta(days=DUE_SOON_DAYS)
        return self.is_open and self.expected is not None and today <= self.expected <= last


def expected_day() -> Any:
    """The expression for an action's expected day, as ISO text."""
    return fn.COALESCE(Action.forecast, Action.agreed)


def is_open() -> Any:
    """The expression for an action that is still to be done."""
    return Action.status.in_([status.value for status in OPEN_STATUSES])


def is_live() -> Any:
    """The expression for an action that still binds somebody: not complete, and not withdrawn."""
    return Action.status.not_in([status.value for status in SETTLED])


def is_waiting() -> Any:
    """The expression for an action that needs another which is not done with; it looks at that action's own rows."""
    needed = Action.alias()
    return fn.EXISTS(
        Dependency.select(SQL("1"))
        .join(needed, on=(Dependency.needs == needed.uid))
        .where((Dependency.action == Action.uid) & needed.status.not_in([status.value for status in SETTLED]))
    )


def is_owned() -> Any:
    """The expression for an action for which somebody is accountable or responsible."""
    carrying = [RoleKind.ACCOUNTABLE.value, RoleKind.RESPONSIBLE.value]
    return fn.EXISTS(Role.select(SQL("1")).where((Role.action == Action.uid) & Role.kind.in_(carrying)))


def action_rows(plan: str | None = None, where: Any = None) -> list[ActionRow]:
    """Return the actions of a plan (of all plans, if None) in plan order; ``where`` narrows them further."""
    found = rows(_in_plan_order(plan, where))
    owners = _owners(plan, where)
    stuck = of_plan(Action.select(Action.uid).where(is_open(), is_waiting()), plan)
    blocked = {uid for (uid,) in rows(stuck if where is None else stuck.where(where))}
    return [_row(values, owners, blocked) for values in found]


def of_plan(query: Any, plan: str | None) -> Any:
    """Join a query on ``Action`` to its objective and area, and keep those of ``plan``."""
    joined = query.join(StepObjective, on=(Action.objective == StepObjective.uid)).join(
        DevelopmentArea, on=(StepObjective.area == DevelopmentArea.uid)
    )
    return joined if plan is None else joined.where(DevelopmentArea.plan == plan)


def _in_plan_order(plan: str | None, where: Any) -> Any:
    query = of_plan(
        Action.select(
            Action.uid,
            Action.number,
            Action.title,
            Action.objective,
            StepObjective.area,
            Action.status,
            Action.confidence,
            Action.start,
            Action.agreed,
            Action.forecast,
            Action.actual,
            Action.timescale_note,
            Action.milestone,
            Action.core,
            Action.row_version,
        ),
        plan,
    )
    if where is not None:
        query = query.where(where)
    return query.order_by(
        DevelopmentArea.plan,
        DevelopmentArea.position,
        DevelopmentArea.number,
        StepObjective.position,
        StepObjective.number,
        Action.position,
        Action.number,
    )


def _row(values: tuple[Any, ...], owners: dict[str, list[Owner]], blocked: set[str]) -> ActionRow:
    *head, version = values
    uid = head[0]
    return ActionRow(*(*head, tuple(owners.get(uid, ())), uid in blocked, version))


def _owners(plan: str | None, where: Any) -> dict[str, list[Owner]]:
    query = (
        Role.select(Role.action, Party.uid, Party.name, Party.short_name, Party.kind, Role.kind)
        .join(Party, on=(Role.party == Party.uid))
        .where(Role.kind.in_([RoleKind.ACCOUNTABLE.value, RoleKind.RESPONSIBLE.value]))
        .order_by(Role.kind, Role.position)
    )
    found: dict[str, list[Owner]] = defaultdict(list)
    for action, *rest in rows(_of_actions(query, Role.action, plan, where)):
        if all(owner.uid != rest[0] for owner in found[action]):
            found[action].append(Owner(*rest))
    return found


def _of_actions(query: Any, action: Any, plan: str | None, where: Any) -> Any:
    """Keep the rows of a query whose ``action`` column is an action of ``plan`` that ``where`` lets through."""
    if plan is None and where is None:
        return query
    chosen = of_plan(Action.select(Action.uid), plan)
    return query.where(action.in_(chosen if where is None else chosen.where(where)))
