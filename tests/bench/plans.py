"""Generated plans: areas, objectives and actions with their parts, as a sheet would bring them in, dirt included.

What happened to them afterwards is written by ``history``.
"""

from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from random import Random
from typing import Any

from tests.bench import words
from tests.bench.measures import make_measure
from tests.bench.roster import Roster, make_group, uid
from tui_plan.model.base import Record
from tui_plan.model.plan import (
    Action,
    Checkpoint,
    Dependency,
    DevelopmentArea,
    OutcomeMeasure,
    Plan,
    PlanPartner,
    Reading,
    Resource,
    Role,
    StepObjective,
)
from tui_plan.model.store import Writer
from tui_plan.model.vocabulary import GroupKind, Priority, ResourceKind, RoleKind, Status

_FATES = {
    Status.COMPLETE: 0.15,
    Status.IN_PROGRESS: 0.30,
    Status.DEFERRED: 0.05,
    Status.WITHDRAWN: 0.03,
    Status.NOT_STARTED: 0.47,
}
_PARTS: tuple[type[Record], ...] = (Role, Resource, Checkpoint, OutcomeMeasure, Reading, Dependency)


@dataclass
class MadeAction:
    """An action as it stands, with what it will come to: ``fate`` its status, ``expected`` its last date.

    ``quiet`` actions hear nothing in the last quarter; ``speaker`` is the person who speaks for it, or "".
    """

    uid: str
    plan: str
    title: str
    agreed: date | None
    expected: date | None
    fate: Status
    quiet: bool
    speaker: str
    status: str = Status.NOT_STARTED
    confidence: str = ""
    confidence_reason: str = ""
    forecast: date | None = None
    actual: date | None = None
    sequence: int = 0
    row_version: int = 1
    settled: bool = False


@dataclass
class MadePlan:
    """A plan's uid, its actions and objectives, the group that steers it and the day from which it was kept here."""

    uid: str
    group: str
    began: date
    objectives: list[str] = field(default_factory=list)
    actions: list[MadeAction] = field(default_factory=list)


def make_plan(
    writer: Writer, rng: Random, index: int, actions: int, roster: Roster, days: int, today: date
) -> MadePlan:
    """Write a plan with ``actions`` actions that began ``days`` before ``today``."""
    partners = rng.sample(roster.organisations, min(len(roster.organisations), rng.randrange(3, 15)))
    name = words.plan_name(rng, index)
    seats = rng.sample(roster.posts, 3) + rng.sample(roster.persons, min(6, len(roster.persons)))
    group = make_group(writer, rng, f"{name}: steering group", GroupKind.CONVENING, seats)
    began = today - timedelta(days=days)
    plan = MadePlan(_plan_row(writer, rng, name, group, rng.choice(roster.posts), began), group, began)
    writer.create_many(
        PlanPartner,
        [
            {"uid": uid(rng), "plan": plan.uid, "organisation": partner, "position": position}
            for position, partner in enumerate(partners)
        ],
    )
    plan.objectives = _objectives(writer, rng, plan.uid, actions)
    _make_actions(writer, rng, plan, actions, roster, today)
    return plan


def _plan_row(writer: Writer, rng: Random, name: str, group: str, owner: str, began: date) -> str:
    return writer.create(
        Plan,
        uid=uid(rng),
        name=name,
        vision=words.text(rng, 200),
        scope=words.text(rng, 150),
        start=began,
        end=began + timedelta(days=3 * 365),
        agreed_on=began,
        owner=owner,
        convening_group=group,
    )


def _objectives(writer: Writer, rng: Random, plan: str, actions: int) -> list[str]:
    """Write three to nine areas, and an objective for about every five actions; return the objectives in order."""
    areas = [
        {
            "uid": uid(rng),
            "plan": plan,
            "title": f"Area {position + 1}: {words.title(rng)}",
            "priority": rng.choice(list(Priority)),
            "position": position,
        }
        for position in range(min(9, 3 + actions // 60))
    ]
    writer.create_many(DevelopmentArea, areas)
    count = max(len(areas), actions // 5)
    rows = [
        {
            "uid": uid(rng),
            "area": areas[place * len(areas) // count]["uid"],
            "title": words.title(rng),
            "position": place,
        }
        for place in range(count)
    ]
    return writer.create_many(StepObjective, rows)


def _make_actions(writer: Writer, rng: Random, plan: MadePlan, count: int, roster: Roster, today: date) -> None:
    lonely = rng.uniform(0.2, 0.5)
    persons = frozenset(roster.persons)
    rows: list[dict[str, Any]] = []
    parts: dict[type[Record], list[dict[str, Any]]] = {model: [] for model in _PARTS}
    for index in range(count):
        row = _action_row(rng, plan.objectives[index * len(plan.objectives) // count], index, plan.began, today)
        expected = _slipped(rng, row["agreed"])
        fate = rng.choices(list(_FATES), list(_FATES.values()))[0]
        roles = _roles(rng, row["uid"], roster, lonely)
        responsible = (role["party"] for role in roles if role["kind"] == RoleKind.RESPONSIBLE)
        speaker = next((party for party in responsible if party in persons), "")
        rows.append(row)
        parts[Role] += roles
        _add_parts(rng, row["uid"], row["agreed"] or today, today, parts)
        if rng.random() < 0.3:
            due = row["agreed"] or today
            measure, readings = make_measure(rng, row["uid"], due, roster.persons, (plan.began, today))
            parts[OutcomeMeasure].append(measure)
            parts[Reading] += readings
        if plan.actions and rng.random() < 0.15:
            needed = plan.actions[rng.randrange(max(0, index - 10), index)].uid
            parts[Dependency].append({"uid": uid(rng), "action": row["uid"], "needs": needed})
        quiet = rng.random() < 0.6
        plan.actions.append(
            MadeAction(row["uid"], plan.uid, row["title"], row["agreed"], expected, fate, quiet, speaker)
        )
    writer.create_many(Action, rows)
    for model, many in parts.items():
        writer.create_many(model, many)


def _action_row(rng: Random, objective: str, position: int, began: date, today: date) -> dict[str, Any]:
    dated = rng.random() < 0.88
    agreed = _expected(rng, began, today) if dated else None
    return {
        "uid": uid(rng),
        "objective": objective,
        "title": words.title(rng),
        "purpose": words.text(rng) if rng.random() < 0.8 else "",
        "description": words.text(rng, 80) if rng.random() < 0.4 else "",
        "start": agreed - timedelta(days=rng.randrange(20, 200)) if agreed and rng.random() < 0.5 else None,
        "baseline": agreed,
        "agreed": agreed,
        "timescale_note": rng.choice(("quarterly", "ongoing every 24 months", "end of term")) if not dated else "",
        "milestone": dated and rng.random() < 0.08,
        "core": rng.random() < 0.15,
        "position": position,
    }


def _expected(rng: Random, began: date, today: date) -> date:
    """Return a target date within the plan. Many fall in one month: after the slips, a third of all are due then."""
    if rng.random() < 0.45:
        month = (today + timedelta(days=90)).replace(day=1)
        return month + timedelta(days=rng.randrange(28))
    return began + timedelta(days=rng.randrange(60, (today - began).days + 400))


def _slipped(rng: Random, agreed: date | None) -> date | None:
    """Return what will be expected in the end: two in five dates slip."""
    if agreed is None or rng.random() > 0.4:
        return agreed
    return agreed + timedelta(days=rng.choice((14, 30, 60, 120)))


def _roles(rng: Random, action: str, roster: Roster, lonely: float) -> list[dict[str, Any]]:
    """Return who has a part in an action; ``lonely`` is the share of actions without an owner or with one who left."""
    kinds = [RoleKind.INFORMED] if rng.random() < 0.3 else []
    drawn = rng.random()
    owners = rng.choice((roster.persons, roster.posts))
    if drawn < lonely / 3 and roster.left:
        owners = roster.left
    if drawn < lonely / 3 or drawn >= lonely:
        kinds += [RoleKind.ACCOUNTABLE, RoleKind.RESPONSIBLE, *rng.choices(list(RoleKind)[1:4], k=rng.randrange(2))]
    return [
        {
            "uid": uid(rng),
            "action": action,
            "kind": kind,
            "party": rng.choice(
                owners if kind in {RoleKind.ACCOUNTABLE, RoleKind.RESPONSIBLE} else roster.organisations
            ),
            "position": position,
        }
        for position, kind in enumerate(kinds)
    ]


def _add_parts(
    rng: Random, action: str, due: date, today: date, parts: dict[type[Record], list[dict[str, Any]]]
) -> None:
    if rng.random() < 0.5:
        parts[Resource].append(_resource(rng, action))
    if rng.random() < 0.4:
        held = due if due < today and rng.random() < 0.5 else None
        parts[Checkpoint].append(
            {
                "uid": uid(rng),
                "action": action,
                "due": due,
                "method": words.title(rng),
                "held_on": held,
                "result": words.reason(rng) if held else "",
            }
        )


def _resource(rng: Random, action: str) -> dict[str, Any]:
    money = rng.random() < 0.4
    return {
        "uid": uid(rng),
        "action": action,
        "kind": ResourceKind.MONEY if money else rng.choice(list(ResourceKind)),
        "description": words.reason(rng),
        "quantity": None if money else Decimal(rng.randrange(1, 60)),
        "unit": "" if money else "days",
        "cost": Decimal(rng.randrange(1000, 900_000)) / 100 if money else None,
        "currency": "EUR" if money else "",
        "secured": rng.random() < 0.5,
    }
