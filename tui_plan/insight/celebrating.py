"""What was achieved and is still to be celebrated, and what was: milestones, step objectives, first outcomes, entries.

What was finished counts by itself; once an achievement in the register names it, that entry stands for it.
"""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from typing import Any, NamedTuple

from peewee import Case, fn

from tui_plan.insight.action_rows import of_plan
from tui_plan.insight.evaluation import MeasureRow, evaluation
from tui_plan.insight.register import EntryLine, register_entries
from tui_plan.model.base import rows
from tui_plan.model.people import Party
from tui_plan.model.plan import Action, DevelopmentArea, Plan, StepObjective
from tui_plan.model.register import EntryLink, RegisterEntry
from tui_plan.model.vocabulary import EntryKind, Status

FRESH_DAYS = 180
"""What was finished longer ago is no longer offered to be celebrated."""


class Good(NamedTuple):
    """Something that was achieved. ``noun`` is milestone, step objective, first outcome or achievement.

    ``uid`` is what people open to see it (of an outcome, the action that it measures), ``on`` the day it was finished.
    ``field`` and ``target`` say by what an achievement is linked to it: action, objective or measure; of an entry of
    the register they are "entry" and the entry itself. ``candour`` is the entry's; what a plan shows is shareable.
    """

    noun: str
    uid: str
    ref: str
    title: str
    on: date
    plan: str
    plan_name: str
    field: str
    target: str
    candour: str = ""


class Celebrated(NamedTuple):
    """An achievement that was celebrated: when, who was thanked (a name) and how; the last two may be empty."""

    uid: str
    ref: str
    title: str
    on: date
    celebrated_on: date
    thanked: str
    how: str
    candour: str = ""


class News(NamedTuple):
    """What was ``achieved`` since a day, celebrated or not, and what of all is still ``uncelebrated``, latest first."""

    achieved: tuple[Good, ...]
    uncelebrated: tuple[Good, ...]


def to_celebrate(today: date, plan: str | None = None) -> list[Good]:
    """Return what is still to be celebrated in a plan (in all, if None), the latest first. A fixed number of questions.

    An entry that names no plan belongs to every plan.
    """
    return list(good_news(today, today, plan).uncelebrated)


def good_news(since: date, today: date, plan: str | None = None, measures: Sequence[MeasureRow] | None = None) -> News:
    """Return what was achieved from ``since`` until ``today``, and what is still to be celebrated.

    ``measures`` are those of ``evaluation``, for who has read them already.
    """
    known = evaluation(today, plan) if measures is None else measures
    unnamed = list(_unnamed(plan, known))
    entries = register_entries(plan, (EntryKind.ACHIEVEMENT,))
    waiting = [_entry(line) for line in entries if line.is_open]
    return News(
        _latest_first([*unnamed, *map(_entry, entries)], since, today),
        _latest_first([*unnamed, *waiting], today - timedelta(days=FRESH_DAYS), today),
    )


def celebrated(plan: str | None = None, since: date | None = None) -> list[Celebrated]:
    """Return what was celebrated in a plan (in all, if None), from a day on, the latest first."""
    query = RegisterEntry.select(
        RegisterEntry.uid,
        RegisterEntry.number,
        RegisterEntry.title,
        RegisterEntry.on,
        RegisterEntry.closed_on,
        Party.name,
        RegisterEntry.outcome,
        RegisterEntry.candour,
    ).left_outer_join(Party, on=(RegisterEntry.party == Party.uid))
    wanted = (RegisterEntry.kind == EntryKind.ACHIEVEMENT.value) & RegisterEntry.closed_on.is_null(False)
    if plan is not None:
        wanted = wanted & ((RegisterEntry.plan == plan) | RegisterEntry.plan.is_null())
    if since is not None:
        wanted = wanted & (RegisterEntry.closed_on >= since)
    found = rows(query.where(wanted).order_by(RegisterEntry.closed_on.desc(), RegisterEntry.number.desc()))
    return [
        Celebrated(uid, f"R-{number}", title, on, closed, thanked or "", how, candour)
        for uid, number, title, on, closed, thanked, how, candour in found
    ]


def _latest_first(found: list[Good], since: date, today: date) -> tuple[Good, ...]:
    """Keep what was finished between two days; of one day milestones come first, entries of the register last."""
    kept = (good for good in found if since <= good.on <= today)
    return tuple(sorted(kept, key=lambda good: good.on, reverse=True))


def _unnamed(plan: str | None, measures: Sequence[MeasureRow]) -> Iterator[Good]:
    """Yield what was finished and is named by no achievement."""
    named = _named()
    for good in (*_milestones(plan), *_objectives(plan), *_outcomes(measures)):
        if good.target not in named:
            yield good


def _named() -> set[str]:
    """Return all (uid) that an achievement names."""
    query = EntryLink.select(EntryLink.action, EntryLink.objective, EntryLink.measure).join(
        RegisterEntry, on=(EntryLink.entry == RegisterEntry.uid)
    )
    found = rows(query.where(RegisterEntry.kind == EntryKind.ACHIEVEMENT.value))
    return {uid for links in found for uid in links if uid}


def _milestones(plan: str | None) -> Iterator[Good]:
    query = of_plan(Action.select(Action.uid, Action.number, Action.title, Action.actual, Plan.uid, Plan.name), plan)
    joined = query.join(Plan, on=(DevelopmentArea.plan == Plan.uid)).order_by(Action.number)
    done = (Action.status == Status.COMPLETE.value) & Action.actual.is_null(False)
    for uid, number, title, on, of, name in rows(joined.where(Action.milestone & done)):
        yield Good("milestone", uid, f"A-{number}", title, on, of, name, "action", uid)


def _objectives(plan: str | None) -> Iterator[Good]:
    """Yield the step objectives of which all is complete that was not withdrawn; finished on the last of those days."""
    for uid, number, title, of, name, on in rows(_finished(plan)):
        if on:
            yield Good("step objective", uid, f"S-{number}", title, _day(on), of, name, "objective", uid)


def _finished(plan: str | None) -> Any:
    left = Action.status.not_in([Status.COMPLETE.value, Status.WITHDRAWN.value])
    last = fn.MAX(Case(None, [(Action.status == Status.COMPLETE.value, Action.actual)], None))
    query = of_plan(
        Action.select(StepObjective.uid, StepObjective.number, StepObjective.title, Plan.uid, Plan.name, last), plan
    ).join(Plan, on=(DevelopmentArea.plan == Plan.uid))
    none_left = fn.SUM(Case(None, [(left, 1)], 0)) == 0
    return query.group_by(StepObjective.uid).having(none_left).order_by(StepObjective.number)


def _day(value: date | str) -> date:
    return value if isinstance(value, date) else date.fromisoformat(value)


def _outcomes(measures: Sequence[MeasureRow]) -> Iterator[Good]:
    """Yield for each area the measure that moved first from its baseline towards its target."""
    first: dict[str, tuple[date, MeasureRow]] = {}
    for measure in measures:
        moved = measure.first_moved
        if moved and (measure.area not in first or moved.taken_on < first[measure.area][0]):
            first[measure.area] = (moved.taken_on, measure)
    for on, measure in first.values():
        place = (measure.plan, measure.plan_name, "measure", measure.uid)
        yield Good("first outcome", measure.action, measure.action_ref, measure.statement, on, *place)


def _entry(line: EntryLine) -> Good:
    place = (line.plan or "", line.plan_name, "entry", line.uid)
    return Good("achievement", line.uid, line.ref, line.title, line.on, *place, line.candour)
