"""Whether what a cell was read to mean still stands in the plan. Only ``sheet_as_imported`` calls this.

A cell that stands is given back as it was typed; any other gives the plan's present value for its column.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from tui_plan.exchange.plan_words import names_of, period_words
from tui_plan.exchange.sheet_columns import Column, ColumnMap, Field
from tui_plan.exchange.sheet_plan import ReadAction, ReadPlan
from tui_plan.exchange.sheet_reading import ROLE_FIELDS
from tui_plan.exchange.sheet_rows import Cell, joined, monitoring_cell, outcomes_cell, resources_cell, roles_cell
from tui_plan.exchange.sheet_sources import SourceSheet
from tui_plan.insight.whole_plan import WholeAction, shareable
from tui_plan.model.clean import name_key
from tui_plan.model.dates import DateStyle, iso_date
from tui_plan.model.vocabulary import Priority, RoleKind

_DATES = {
    Field.START: "start",
    Field.TIMESCALE: "agreed",
    Field.BASELINE: "baseline",
    Field.REVISED: "forecast",
    Field.ACTUAL: "actual",
}
_AS_TYPED = {None, Field.IGNORE, Field.REF, Field.AREA, Field.OBJECTIVE}


@dataclass(frozen=True, slots=True)
class Names:
    """What the words of a sheet lead to: parties (uids) by key, actions by row, and how the sheet calls an action.

    ``priorities`` are those that the sheet gives an area, by the area's key.
    """

    parties: Mapping[str, str]
    actions: Mapping[int, str]
    called: Mapping[str, str]
    priorities: Mapping[str, str]

    @classmethod
    def of(
        cls, source: SourceSheet, read: ReadPlan, present: Mapping[str, WholeAction], parties: Mapping[str, str]
    ) -> "Names":
        """Collect the names of a sheet."""
        refs = {source.actions[one.row]: one.ref for one in read.actions if one.ref and one.row in source.actions}
        called = {uid: refs.get(uid) or action.row.title for uid, action in present.items()}
        priorities = {name_key(area.title): area.priority or Priority.MEDIUM for area in read.areas}
        return cls(parties, source.actions, called, priorities)


def standing_cells(
    columns: ColumnMap, cells: tuple[str, ...], read: ReadAction, action: WholeAction, names: Names
) -> list[Cell]:
    """Return the cells of an action's row: as typed where they stand, else as the plan has it now."""
    typed = _Typed(columns, cells, read, action, names)
    return [typed.cell(column) for column in columns.columns]


def new_cells(columns: ColumnMap, action: WholeAction) -> list[Cell]:
    """Return the cells of an action that the sheet does not know yet."""
    return [_present(column, columns, action) for column in columns.columns]


@dataclass(frozen=True, slots=True)
class _Typed:
    columns: ColumnMap
    cells: tuple[str, ...]
    read: ReadAction
    action: WholeAction
    names: Names

    def cell(self, column: Column) -> Cell:
        """Return what goes into the cell of ``column``."""
        typed = self.cells[column.index]
        if column.field is Field.NOTE:
            return self._note(column, typed)
        if column.field is Field.DEPENDS_ON and not self._stands(column, typed):
            return ", ".join(self.names.called.get(one.uid, f"A-{one.number}") for one in self.action.parts.needs)
        if not self._stands(column, typed):
            return _present(column, self.columns, self.action)
        return (iso_date(typed) or typed) if column.field in _DATES else typed

    def _stands(self, column: Column, typed: str) -> bool:
        field = column.field
        if field in _AS_TYPED:
            return True
        if field in _DATES:
            return self._date_stands(field, typed)
        if field in ROLE_FIELDS:
            return self._roles_stand(_kinds_in(field, self.columns))
        if field is Field.PRIORITY:
            return self.names.priorities.get(name_key(self.read.area)) == self.action.area.priority
        if field is Field.DEPENDS_ON:
            meant = {self.names.actions.get(row) for row in self.read.depends_on}
            return meant == {needed.uid for needed in self.action.parts.needs}
        meaning, present = _PLAIN[field]
        return bool(meaning(self.read) == present(self.action))

    def _date_stands(self, field: Field, typed: str) -> bool:
        meant, now = getattr(self.read.dates, _DATES[field]), _date_now(self.action, field)
        if meant != now:
            return False
        if field is Field.TIMESCALE and meant and self.columns.index_of(Field.START) is None:
            return self.read.dates.start == self.action.row.start
        return meant is not None or typed in self.action.row.timescale_note

    def _roles_stand(self, kinds: tuple[RoleKind, ...]) -> bool:
        """A column speaks for its own kind; for one that has no column only if its cell did (Accountable: …)."""
        spoken = {kinds[0], *(role.kind for role in self.read.roles if role.kind in kinds)}
        meant = {(role.kind, self.names.parties.get(name_key(role.party))) for role in self.read.roles}
        now = {(role.kind, role.party) for role in self.action.parts.roles}
        return {one for one in meant if one[0] in spoken} == {one for one in now if one[0] in spoken}

    def _note(self, column: Column, typed: str) -> str:
        """A note that was taken back or became candid goes; new ones stand in the first column of notes."""
        now = [note.text for note in shareable(self.action.parts.notes)]
        first = column == self.columns.all_of(Field.NOTE)[0]
        added = [text for text in now if text not in self.read.notes] if first else []
        return joined([typed if typed in now else "", *added])


def _present(column: Column, columns: ColumnMap, action: WholeAction) -> Cell:
    """Return what the plan says now for a column; where it starts, only if the sheet has no column for that."""
    field = column.field
    if field is Field.TIMESCALE:
        start = action.row.start if columns.index_of(Field.START) is None else None
        whole = period_words(start, action.row.agreed, DateStyle.ISO) if action.row.agreed else ""
        return iso_date(whole) or whole or action.row.timescale_note
    if field in _DATES:
        return _date_now(action, field) or ""
    if field in ROLE_FIELDS:
        return _roles_now(action, _kinds_in(field, columns))
    if field in _OTHERS:
        return _OTHERS[field](action)
    return str(_PLAIN[field][1](action)) if field in _PLAIN else ""


def _date_now(action: WholeAction, field: Field) -> date | None:
    if field is Field.BASELINE:
        return action.texts.baseline
    day: date | None = getattr(action.row, _DATES[field])
    return day


def _kinds_in(field: Field, columns: ColumnMap) -> tuple[RoleKind, ...]:
    """Return the kinds of role that stand in a column: its own, and in the first one those without a column."""
    there = [column.field for column in columns.columns if column.field in ROLE_FIELDS]
    others = [kind for one, kind in ROLE_FIELDS.items() if one not in there] if field is there[0] else []
    return (ROLE_FIELDS[field], *others)


def _roles_now(action: WholeAction, kinds: tuple[RoleKind, ...]) -> str:
    """Roles of another kind than the column's own are labelled, as the reader understands it."""
    others = [(kind, names_of(action.parts.roles, kind)) for kind in kinds[1:]]
    labelled = [f"{kind.capitalize()}: {', '.join(names)}" for kind, names in others if names]
    return joined([roles_cell(action, kinds[0]), *labelled])


_PLAIN: dict[Field | None, tuple[Callable[[ReadAction], Any], Callable[[WholeAction], Any]]] = {
    Field.ACTION: (lambda read: read.title, lambda action: action.row.title),
    Field.PURPOSE: (lambda read: read.purpose, lambda action: action.texts.purpose),
    Field.DESCRIPTION: (lambda read: read.description, lambda action: action.texts.description),
    Field.STATUS: (lambda read: read.status, lambda action: action.row.status),
    Field.CONFIDENCE: (lambda read: read.confidence or "", lambda action: action.row.confidence),
    Field.MILESTONE: (lambda read: "yes" if read.milestone else "", lambda action: _yes(action.row.milestone)),
    Field.CORE: (lambda read: "yes" if read.core else "", lambda action: _yes(action.row.core)),
    Field.TIMESCALE_NOTE: (lambda read: read.dates.note, lambda action: action.row.timescale_note),
    Field.RESOURCES: (lambda read: read.resources, resources_cell),
    Field.MONITORING: (lambda read: read.monitoring, monitoring_cell),
    Field.OUTCOME: (lambda read: read.outcome, outcomes_cell),
}
_OTHERS: dict[Field | None, Callable[[WholeAction], str]] = {
    Field.REF: lambda action: action.row.ref,
    Field.AREA: lambda action: action.area.title,
    Field.OBJECTIVE: lambda action: action.objective.title,
    Field.PRIORITY: lambda action: action.area.priority,
    Field.NOTE: lambda action: joined(note.text for note in shareable(action.parts.notes)),
    Field.DEPENDS_ON: lambda action: ", ".join(needed.title for needed in action.parts.needs),
}


def _yes(ticked: bool) -> str:
    return "yes" if ticked else ""
