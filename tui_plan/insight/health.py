"""How plans stand: counts that are computed, never typed. The first screen and ``status`` ask here."""

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from typing import Any, NamedTuple

from peewee import Case, fn

from tui_plan.insight.action_rows import DUE_SOON_DAYS, ActionRow, expected_day, is_open, is_owned, is_waiting, of_plan
from tui_plan.model.base import rows
from tui_plan.model.plan import Action, DevelopmentArea, Plan
from tui_plan.model.vocabulary import Confidence, Status


class Counts(NamedTuple):
    """How many actions are what. ``undated`` and ``unowned`` count open actions only."""

    actions: int = 0
    not_started: int = 0
    in_progress: int = 0
    complete: int = 0
    deferred: int = 0
    withdrawn: int = 0
    overdue: int = 0
    due_soon: int = 0
    blocked: int = 0
    unowned: int = 0
    undated: int = 0
    red: int = 0
    amber: int = 0

    @property
    def open(self) -> int:
        """How many are still to be done."""
        return self.not_started + self.in_progress

    @property
    def share_complete(self) -> float | None:
        """Complete actions among all but the withdrawn, from 0 to 1; None where there are none."""
        live = self.actions - self.withdrawn
        return self.complete / live if live else None


class PlanHealth(NamedTuple):
    """A plan with its counts. ``next_day`` is the next expected day of an open action, from today on."""

    uid: str
    number: int
    name: str
    version: str
    start: date | None
    end: date | None
    areas: int
    counts: Counts
    next_day: date | None

    @property
    def ref(self) -> str:
        """The reference that people quote."""
        return f"P-{self.number}"

    @property
    def needs_attention(self) -> bool:
        """Whether something is overdue or in red."""
        return bool(self.counts.overdue or self.counts.red)


def plan_health(today: date, plan: str | None = None) -> list[PlanHealth]:
    """Return every plan (or one) with its health, in the order of their numbers."""
    chosen = Plan.select(Plan.uid, Plan.number, Plan.name, Plan.version, Plan.start, Plan.end)
    areas = DevelopmentArea.select(DevelopmentArea.plan, fn.COUNT(DevelopmentArea.uid)).group_by(DevelopmentArea.plan)
    counted = _counts(today, DevelopmentArea.plan, plan)
    how_many = dict(rows(areas))
    plans = rows((chosen.where(Plan.uid == plan) if plan else chosen).order_by(Plan.number))
    return [_health(head, how_many.get(head[0], 0), *counted.get(head[0], (Counts(), None))) for head in plans]


def area_counts(today: date, plan: str) -> dict[str, Counts]:
    """Return the counts of each development area of a plan, by uid; empty areas are left out."""
    return {uid: counts for uid, (counts, _) in _counts(today, DevelopmentArea.uid, plan).items()}


def counts_of(actions: Sequence[ActionRow], today: date) -> Counts:
    """Return the counts of actions that were read already, the same that the questions above give."""
    of_status = Counter(action.status for action in actions)
    live = [action for action in actions if action.is_open]
    confidence = Counter(action.confidence for action in live)
    follows = (
        sum(action.overdue(today) for action in live),
        sum(action.due_soon(today) for action in live),
        sum(action.blocked for action in live),
        sum(not action.owners for action in live),
        sum(action.expected is None for action in live),
        confidence[Confidence.RED],
        confidence[Confidence.AMBER],
    )
    return Counts(*(len(actions), *(of_status[status] for status in Status), *follows))


def sum_of(counts: Iterable[Counts]) -> Counts:
    """Return the sums of several counts."""
    return Counts(*map(sum, zip(*counts, strict=True)))


def _health(head: tuple[Any, ...], areas: int, counts: Counts, next_day: date | None) -> PlanHealth:
    return PlanHealth(*(*head, areas, counts, next_day))


def _counts(today: date, by: Any, plan: str | None) -> dict[str, tuple[Counts, date | None]]:
    first, last = today.isoformat(), (today + timedelta(days=DUE_SOON_DAYS)).isoformat()
    expected, open_ = expected_day(), is_open()
    sums = [
        *(Action.status == status.value for status in Status),
        open_ & (expected < first),
        open_ & expected.between(first, last),
        open_ & is_waiting(),
        open_ & ~is_owned(),
        open_ & expected.is_null(),
        open_ & (Action.confidence == Confidence.RED.value),
        open_ & (Action.confidence == Confidence.AMBER.value),
    ]
    query = of_plan(
        Action.select(
            by,
            fn.COUNT(Action.uid),
            *(fn.SUM(Case(None, [(condition, 1)], 0)) for condition in sums),
            fn.MIN(Case(None, [(open_ & (expected >= first), expected)], None)),
        ),
        plan,
    ).group_by(by)
    return {uid: (Counts(*numbers), date.fromisoformat(day) if day else None) for uid, *numbers, day in rows(query)}
