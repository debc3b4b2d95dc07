"""Collecting the records that a sheet adds, and writing them at once. The import and the re-import of sheets call it.

Everything goes through the writer of one change, table by table, so that an import of hundreds of actions is quick.
"""

import json
from collections import Counter
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from tui_plan.exchange.sheet_columns import ColumnMap
from tui_plan.exchange.sheet_plan import ReadAction, ReadParty
from tui_plan.model.base import Record, new_uid, rows
from tui_plan.model.clean import name_key
from tui_plan.model.errors import ImportProblem, InvalidInput
from tui_plan.model.people import Party
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
from tui_plan.model.source import SourceRow
from tui_plan.model.store import Writer
from tui_plan.model.vocabulary import Candour, Channel, PartyKind, Priority, ResourceKind
from tui_plan.operations.actions import check_dates

_ORDER: tuple[type[Record], ...] = (
    Party,
    PlanPartner,
    DevelopmentArea,
    StepObjective,
    Action,
    Dependency,
    Resource,
    Checkpoint,
    Role,
    OutcomeMeasure,
    Note,
    SourceRow,
)


@dataclass(slots=True)
class Additions:
    """Records of a plan that wait to be written; ``areas``, ``objectives``, ``parties`` know those that are there.

    Areas and parties are known by the key of their title or name, objectives by area and key; ``actions`` by row, old
    and new alike. ``strangers`` are organisations that are no partners of the plan yet.
    ``positions`` counts the children of each parent.
    """

    plan: str
    today: date
    parties: dict[str, str]
    strangers: set[str]
    areas: dict[str, str] = field(default_factory=dict)
    objectives: dict[tuple[str, str], str] = field(default_factory=dict)
    positions: Counter[str] = field(default_factory=Counter)
    actions: dict[int, str] = field(default_factory=dict)
    waiting: dict[type[Record], list[dict[str, Any]]] = field(default_factory=dict)

    def add(self, model: type[Record], **values: Any) -> str:
        """Let a record wait, and return the uid that it will have."""
        uid = new_uid()
        self.waiting.setdefault(model, []).append({"uid": uid, **values})
        return uid

    def party(self, read: ReadParty) -> None:
        """Add somebody, unless the roster knows the name or the short name; an organisation becomes a partner."""
        key = name_key(read.name)
        if key not in self.parties:
            uid = self.add(Party, kind=read.kind.value, name=read.name, name_key=key)
            self.parties[key] = uid
            if read.kind is PartyKind.ORGANISATION:
                self.strangers.add(uid)
        if self.parties[key] in self.strangers:
            self.strangers.remove(self.parties[key])
            position = self._next(f"{self.plan} partners")
            self.add(PlanPartner, plan=self.plan, organisation=self.parties[key], position=position)

    def party_of(self, name: str) -> str:
        """Return the uid of somebody who has been added or was known before."""
        return self.parties[name_key(name)]

    def area(self, title: str, priority: Priority | None = None) -> str:
        """Return the area with this title, added if need be."""
        key = name_key(title)
        if key not in self.areas:
            given = {"priority": priority.value} if priority else {}
            position = self._next(self.plan)
            self.areas[key] = self.add(DevelopmentArea, plan=self.plan, title=title, position=position, **given)
        return self.areas[key]

    def objective(self, area: str, title: str) -> str:
        """Return the objective with this title under the area, added if need be."""
        key = (area, name_key(title))
        if key not in self.objectives:
            self.objectives[key] = self.add(StepObjective, area=area, title=title, position=self._next(area))
        return self.objectives[key]

    def place(self, read: ReadAction) -> dict[str, Any]:
        """Return the objective of an action, and the position at its end."""
        objective = self.objective(self.area(read.area), read.objective)
        return {"objective": objective, "position": self._next(objective)}

    def action(self, read: ReadAction) -> None:
        """Add an action with all that its row says, but for what it depends on. Raises ImportProblem."""
        values = action_values(read)
        check_action(read, values, self.today)
        uid = self.add(Action, **self.place(read), **values)
        self.actions[read.row] = uid
        for position, role in enumerate(read.roles):
            self.role(uid, role.kind, role.party, position)
        self.checkpoint(uid, read.monitoring)
        self.measure(uid, read.outcome)
        self.resource(uid, read.resources)
        for text in read.notes:
            self.note(uid, text)

    def role(self, action: str, kind: str, party: str, position: int) -> None:
        """Add a role of a named party."""
        self.add(Role, action=action, kind=str(kind), party=self.party_of(party), position=position)

    def checkpoint(self, action: str, text: str) -> None:
        """Add the words of monitoring as a checkpoint without a date."""
        if text:
            self.add(Checkpoint, action=action, method=text, position=self._next(f"{action} checkpoints"))

    def measure(self, action: str, text: str) -> None:
        """Add the words of an outcome as a measure without figures."""
        if text:
            self.add(OutcomeMeasure, action=action, statement=text, position=self._next(f"{action} measures"))

    def resource(self, action: str, text: str) -> None:
        """Add the words of a resource, of no kind in particular."""
        if text:
            position = self._next(f"{action} resources")
            self.add(Resource, action=action, kind=ResourceKind.OTHER.value, description=text, position=position)

    def note(self, action: str, text: str) -> None:
        """Add a note that a sheet which went round the partners held: it may leave the house again."""
        where = {"plan": self.plan, "action": action}
        self.add(Note, **where, text=text, candour=Candour.SHAREABLE.value, channel=Channel.IMPORT.value)

    def source_row(self, source: str, row: int, cells: tuple[str, ...]) -> None:
        """Keep a row verbatim, with the action that it became."""
        self.add(SourceRow, source=source, action=self.actions.get(row), row=row, cells=cells_text(cells))

    def write(self, writer: Writer) -> None:
        """Write all that waits, parents before what leans on them."""
        for model in _ORDER:
            writer.create_many(model, self.waiting.pop(model, []))

    def _next(self, parent: str) -> int:
        self.positions[parent] += 1
        return self.positions[parent] - 1


def action_values(read: ReadAction) -> dict[str, Any]:
    """Return an action's own fields as a row gives them."""
    return {
        "title": read.title,
        "purpose": read.purpose,
        "description": read.description,
        "status": read.status.value,
        "confidence": read.confidence.value if read.confidence else "",
        "start": read.dates.start,
        "baseline": read.dates.baseline,
        "agreed": read.dates.agreed,
        "forecast": read.dates.forecast,
        "actual": read.dates.actual,
        "timescale_note": read.dates.note,
        "milestone": read.milestone,
        "core": read.core,
    }


def check_action(read: ReadAction, values: dict[str, Any], today: date) -> None:
    """Hold the action to the rules that hold for one typed by hand; raise ImportProblem with its row."""
    try:
        check_dates(values, today)
    except InvalidInput as problem:
        raise ImportProblem(f"Row {read.row}: {problem}") from problem


def known_parties() -> dict[str, str]:
    """Return the uids of everybody on the roster by the key of the short name, and of the name, which goes first.

    The names of what was merged lead to what it became, where nobody else is called so.
    """
    found = rows(Party.select(Party.uid, Party.name_key, Party.short_name, Party.merged_into).order_by(Party.uid))
    merged = {key: became for _, key, _, became in found if became}
    short = {name_key(name): uid for uid, _, name, became in found if name and not became}
    return merged | short | {key: uid for uid, key, _, became in found if not became}


def organisations() -> set[str]:
    """Return the uids of all organisations on the roster."""
    kind = (Party.kind == PartyKind.ORGANISATION) & Party.merged_into.is_null()
    return {uid for (uid,) in rows(Party.select(Party.uid).where(kind))}


def cells_text(cells: tuple[str, ...]) -> str:
    """Return the cells of a row as they are kept."""
    return json.dumps(cells, ensure_ascii=False)


def kept_mapping(columns: ColumnMap) -> str:
    """Return what each heading became as JSON, for the next import of the same sheet."""
    return json.dumps(
        {column.heading: column.field.value for column in columns.columns if column.field and column.heading},
        ensure_ascii=False,
    )
