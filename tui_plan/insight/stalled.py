"""Step objectives that do not get on, each with the reasons: nobody and no date, no update, days moved again and again.

A step objective counts while something of it is neither complete nor withdrawn, and while it has no action at all. Word
is waited for once the first of its open actions was to begin.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import UTC, date
from typing import Any, NamedTuple

from peewee import Case, fn

from tui_plan.insight.action_rows import SETTLED, expected_day, is_open, is_owned
from tui_plan.insight.cadences import USUAL_CADENCE, cadences
from tui_plan.insight.moved_dates import Moved, moved_later
from tui_plan.model.base import portions, rows
from tui_plan.model.ledger import Change, Entry
from tui_plan.model.plan import Action, DevelopmentArea, Plan, StepObjective
from tui_plan.model.vocabulary import Status

CADENCES_MISSED = 2
"""After so many cadences without an update a step objective is stalled."""
SLIPS = 2
"""Once the day of one of its actions was moved later so often, a step objective is stalled."""
_SLIPS_SHOWN = 3


class StalledObjective(NamedTuple):
    """A step objective that is stalled. ``area`` is a title, ``plan`` a uid with its name.

    ``reasons`` are short sentences; ``actions`` counts what is open; ``heard`` is the day of the last update.
    """

    uid: str
    number: int
    title: str
    area: str
    plan: str
    plan_name: str
    reasons: tuple[str, ...]
    actions: int
    heard: date | None

    @property
    def ref(self) -> str:
        """The reference that people quote."""
        return f"S-{self.number}"


class _Objective(NamedTuple):
    uid: str
    number: int
    title: str
    area: str
    plan: str
    plan_name: str
    actions: int
    begins: str | None
    live: int
    open: int
    carried: int

    def silence(self, heard: date | None, today: date) -> int:
        """How many days it should have been heard of and was not: nobody waits for word before there is work."""
        begins = date.fromisoformat(self.begins) if self.begins else date.min
        return (today - max(heard, begins)).days if heard is not None else 0


def stalled(today: date, plan: str | None = None, objective: str | None = None) -> list[StalledObjective]:
    """Return the stalled step objectives of a plan (of all, if None) in plan order. A fixed number of questions.

    With ``objective`` (a uid) only that one is looked at, which costs next to nothing.
    """
    found_lines = rows(_narrowed(_objectives(), plan, objective))
    unfinished = [line for line in (_Objective(*row) for row in found_lines) if _is_unfinished(line)]
    if not unfinished:
        return []
    every = cadences(today, plan)
    heard = _last_updates(plan, objective)
    slipped = _slipped(plan, objective)
    found = []
    for line in unfinished:
        day = heard.get(line.uid)
        reasons = tuple(_reasons(line, day, every.get(line.plan, USUAL_CADENCE), slipped.get(line.uid, ()), today))
        if reasons:
            place = (line.uid, line.number, line.title, line.area, line.plan, line.plan_name)
            found.append(StalledObjective(*place, reasons, line.open, day))
    return found


def _is_unfinished(line: _Objective) -> bool:
    return line.live > 0 or line.actions == 0


def _reasons(line: _Objective, heard: date | None, every: int, slipped: Sequence[Moved], today: date) -> Iterator[str]:
    if not line.actions:
        yield "No action yet"
    elif not line.open:
        yield "What is left to do is deferred"
    elif not line.carried:
        yield "No open action has both an owner and a date"
    if heard is not None and line.silence(heard, today) > CADENCES_MISSED * every:
        yield f"No update for {(today - heard).days} days (the plan looks every {every})"
    for moved in slipped[:_SLIPS_SHOWN]:
        times = "twice" if moved.times == SLIPS else f"{moved.times} times"
        yield f"{moved.ref} slipped {times}: from {moved.first} to {moved.now}"
    if len(slipped) > _SLIPS_SHOWN:
        yield f"{len(slipped) - _SLIPS_SHOWN} more actions slipped twice or more"


def _objectives() -> Any:
    """The query of step objectives in plan order with how many actions they have, and what becomes of those."""
    counted = (
        Action.status.not_in([status.value for status in SETTLED]),
        is_open(),
        is_open() & is_owned() & expected_day().is_null(False),
    )
    begins = [
        (Action.status == Status.IN_PROGRESS.value, ""),
        (Action.status == Status.NOT_STARTED.value, fn.COALESCE(Action.start, "")),
    ]
    return (
        StepObjective.select(
            StepObjective.uid,
            StepObjective.number,
            StepObjective.title,
            DevelopmentArea.title,
            Plan.uid,
            Plan.name,
            fn.COUNT(Action.uid),
            fn.MIN(Case(None, begins, None)),
            *(fn.SUM(Case(None, [(condition, 1)], 0)) for condition in counted),
        )
        .join(DevelopmentArea)
        .join(Plan)
        .switch(StepObjective)
        .left_outer_join(Action, on=(Action.objective == StepObjective.uid))
        .group_by(StepObjective.uid)
        .order_by(
            Plan.number,
            DevelopmentArea.position,
            DevelopmentArea.number,
            StepObjective.position,
            StepObjective.number,
        )
    )


def _narrowed(query: Any, plan: str | None, objective: str | None) -> Any:
    """Keep of a query on step objectives and their areas those of a plan, or one."""
    if plan is not None:
        query = query.where(DevelopmentArea.plan == plan)
    return query if objective is None else query.where(StepObjective.uid == objective)


def _slipped(plan: str | None, objective: str | None) -> dict[str, list[Moved]]:
    found: dict[str, list[Moved]] = defaultdict(list)
    for moved in moved_later(plan, objective):
        if moved.times >= SLIPS:
            found[moved.objective].append(moved)
    return found


def _last_updates(plan: str | None, objective: str | None) -> dict[str, date]:
    """Return by step objective the local day on which it, one of its actions or their parts was changed last."""
    last: dict[str, int] = {}
    for query in (_entries_of_actions(), _entries_of_objectives()):
        for uid, entry in rows(_narrowed(query, plan, objective)):
            last[uid] = max(entry or 0, last.get(uid, 0))
    days: dict[int, date] = {}
    for some in portions({str(entry) for entry in last.values()}):
        query = Entry.select(Entry.id, Change.at).join(Change).where(Entry.id.in_([int(entry) for entry in some]))
        days |= {entry: at.replace(tzinfo=UTC).astimezone().date() for entry, at in rows(query)}
    return {uid: days[entry] for uid, entry in last.items() if entry in days}


def _entries_of_actions() -> Any:
    """The query of step objectives with the last ledger entry of each action: one look into the index of subjects."""
    query = StepObjective.select(StepObjective.uid, _last_entry(Action)).join(DevelopmentArea)
    return query.switch(StepObjective).join(Action, on=(Action.objective == StepObjective.uid))


def _entries_of_objectives() -> Any:
    return StepObjective.select(StepObjective.uid, _last_entry(StepObjective)).join(DevelopmentArea)


def _last_entry(record: Any) -> Any:
    return Entry.select(fn.MAX(Entry.id)).where(Entry.subject == record.uid)
