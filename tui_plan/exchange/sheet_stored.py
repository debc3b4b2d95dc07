"""What a plan and the sheet it came from look like now, as plain values, for the comparison with a changed file.

Only the re-import of sheets calls this. A fixed number of queries, whatever the size of the plan.
"""

import json
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from tui_plan.exchange.sheet_layout import SheetRow
from tui_plan.model.base import rows
from tui_plan.model.clean import name_key
from tui_plan.model.plan import (
    Action,
    Checkpoint,
    Dependency,
    DevelopmentArea,
    Note,
    OutcomeMeasure,
    PlanPartner,
    Resource,
    Role,
    StepObjective,
)
from tui_plan.model.source import Source, SourceRow

COLUMNS = (
    "title",
    "purpose",
    "description",
    "status",
    "confidence",
    "start",
    "agreed",
    "forecast",
    "actual",
    "timescale_note",
    "milestone",
    "core",
)
"""The fields of an action that a sheet can change; the baseline stays as it was first set."""


@dataclass(slots=True)
class StoredAction:
    """An action as it stands. Roles are kind and party; needs are actions."""

    uid: str
    number: int
    version: int
    area: str
    objective: str
    values: dict[str, Any]
    roles: dict[tuple[str, str], str] = field(default_factory=dict)
    notes: set[str] = field(default_factory=set)
    needs: dict[str, str] = field(default_factory=dict)


@dataclass(slots=True)
class StoredSheet:
    """A source as last imported; rows lead to their uids and actions by row number."""

    uid: str
    headings: tuple[str, ...]
    mapping: dict[str, str]
    rows: tuple[SheetRow, ...]
    row_uids: dict[int, str]
    actions: dict[int, str]


@dataclass(slots=True)
class StoredPlan:
    """A plan as it stands, with keys and positions as ``Additions`` wants them."""

    uid: str
    actions: dict[str, StoredAction]
    areas: dict[str, str]
    objectives: dict[tuple[str, str], str]
    positions: Counter[str]
    partners: set[str]
    sheet: StoredSheet | None


def find_source(name: str, plan: str = "") -> tuple[str, str] | None:
    """Return plan and source (uids) of the sheet that came from a file of this name, in ``plan`` if that is given."""
    query = Source.select(Source.plan, Source.uid).where(Source.name == name)
    found = rows(query.where(Source.plan == plan) if plan else query)
    return found[-1] if found else None


def remembered_mapping(source: str) -> dict[str, str]:
    """Return what each heading of a source became: heading → field."""
    found = rows(Source.select(Source.mapping).where(Source.uid == source))
    mapping: dict[str, str] = json.loads(found[0][0]) if found else {}
    return mapping


def stored_plan(plan: str, source: str = "") -> StoredPlan:
    """Return the plan as it stands, and the sheet ``source`` as last imported."""
    areas = rows(
        DevelopmentArea.select(DevelopmentArea.uid, DevelopmentArea.title, DevelopmentArea.position).where(
            DevelopmentArea.plan == plan
        )
    )
    objectives = rows(
        StepObjective.select(StepObjective.uid, StepObjective.area, StepObjective.title, StepObjective.position)
        .join(DevelopmentArea)
        .where(DevelopmentArea.plan == plan)
    )
    positions: Counter[str] = Counter({plan: _after(position for *_, position in areas)})
    for uid, *_ in areas:
        positions[uid] = _after(position for _, area, _, position in objectives if area == uid)
    actions = _actions(plan, {uid: title for uid, title, _ in areas}, positions)
    _add_parts(plan, actions, positions)
    partners = {uid for (uid,) in rows(PlanPartner.select(PlanPartner.organisation).where(PlanPartner.plan == plan))}
    positions[f"{plan} partners"] = len(partners)
    return StoredPlan(
        plan,
        actions,
        {name_key(title): uid for uid, title, _ in areas},
        {(area, name_key(title)): uid for uid, area, title, _ in objectives},
        positions,
        partners,
        _sheet(source) if source else None,
    )


def _after(positions: Iterable[int]) -> int:
    return max(positions, default=-1) + 1


def _actions(plan: str, areas: dict[str, str], positions: Counter[str]) -> dict[str, StoredAction]:
    columns = [Action._meta.fields[name] for name in COLUMNS]
    query = (
        Action.select(
            Action.uid,
            Action.number,
            Action.row_version,
            Action.position,
            StepObjective.uid,
            StepObjective.title,
            StepObjective.area,
            *columns,
        )
        .join(StepObjective)
        .join(DevelopmentArea)
        .where(DevelopmentArea.plan == plan)
        .order_by(Action.number)
    )
    found: dict[str, StoredAction] = {}
    for uid, number, version, position, objective, title, area, *values in rows(query):
        positions[objective] = max(positions[objective], position + 1)
        own = dict(zip(COLUMNS, values, strict=True))
        found[uid] = StoredAction(uid, number, version, areas[area], title, own)
    return found


def _add_parts(plan: str, actions: dict[str, StoredAction], positions: Counter[str]) -> None:
    """Fill in what hangs on each action, table by table."""
    for action, kind, party, uid in _of_plan(plan, Role, Role.kind, Role.party, Role.uid):
        actions[action].roles[kind, party] = uid
    for action, needs, uid in _of_plan(plan, Dependency, Dependency.needs, Dependency.uid):
        actions[action].needs[needs] = uid
    for action, text in _of_plan(plan, Note, Note.text):
        actions[action].notes.add(text)
    for what, model in (("checkpoints", Checkpoint), ("measures", OutcomeMeasure), ("resources", Resource)):
        for action, position in _of_plan(plan, model, model.position):
            positions[f"{action} {what}"] = max(positions[f"{action} {what}"], position + 1)


def _of_plan(plan: str, model: Any, *columns: Any) -> list[tuple[Any, ...]]:
    """Return the action and some columns of every part of the plan's actions; roles of checkpoints stay out."""
    query = (
        model.select(model.action, *columns)
        .join(Action, on=model.action == Action.uid)
        .join(StepObjective)
        .join(DevelopmentArea)
        .where(DevelopmentArea.plan == plan)
    )
    return rows(query.where(Role.checkpoint.is_null()) if model is Role else query)


def _sheet(source: str) -> StoredSheet:
    ((headings, mapping),) = rows(Source.select(Source.headings, Source.mapping).where(Source.uid == source))
    kept = rows(
        SourceRow.select(SourceRow.uid, SourceRow.action, SourceRow.row, SourceRow.cells)
        .where(SourceRow.source == source)
        .order_by(SourceRow.row)
    )
    return StoredSheet(
        source,
        tuple(json.loads(headings)),
        json.loads(mapping),
        tuple(SheetRow(row, tuple(json.loads(cells))) for _, _, row, cells in kept),
        {row: uid for uid, _, row, _ in kept},
        {row: action for _, action, row, _ in kept if action},
    )
