"""What a changed row means for one action, field by field and three ways. Only the re-import of sheets calls this.

A field counts as changed by the file when a cell that feeds it reads differently than at the last import. It is a clash
when the plan's own value has moved on since as well. Of an action that was never imported it is not known who changed
what: its row is taken, but for texts that stand for several parts of the action.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from tui_plan.exchange.sheet_additions import action_values
from tui_plan.exchange.sheet_columns import ColumnMap, Field
from tui_plan.exchange.sheet_parts import PartEdits, Parts, cell_of, part_edits
from tui_plan.exchange.sheet_plan import ReadAction, rows_in_words
from tui_plan.exchange.sheet_stored import COLUMNS, StoredAction
from tui_plan.model.clean import name_key
from tui_plan.model.dates import show_date
from tui_plan.model.vocabulary import RoleKind

_ROLES = (Field.ACCOUNTABLE, Field.RESPONSIBLE, Field.CONSULTED, Field.INFORMED)
_FEEDING: dict[str, tuple[Field, ...]] = {
    "title": (Field.ACTION,),
    "purpose": (Field.PURPOSE,),
    "description": (Field.DESCRIPTION, Field.ACTION),
    "status": (Field.STATUS, Field.ACTUAL),
    "confidence": (Field.CONFIDENCE,),
    "start": (Field.START, Field.TIMESCALE),
    "agreed": (Field.TIMESCALE,),
    "forecast": (Field.REVISED,),
    "actual": (Field.ACTUAL, Field.STATUS),
    "timescale_note": (Field.TIMESCALE, Field.TIMESCALE_NOTE, Field.START, Field.REVISED, Field.ACTUAL),
    "milestone": (Field.MILESTONE,),
    "core": (Field.CORE,),
    "roles": _ROLES,
    "monitoring": (Field.MONITORING,),
    "outcome": (Field.OUTCOME,),
    "resources": (Field.RESOURCES,),
    "notes": (Field.NOTE, Field.STATUS, Field.CONFIDENCE, Field.MILESTONE, Field.CORE, Field.ACTUAL, Field.DEPENDS_ON),
    "needs": (Field.DEPENDS_ON,),
}
"""The columns from which a field of an action comes. A column that the new file lacks changes nothing."""


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One field in words: as last imported, as it stands, as the new file has it; ``clash`` when both changed it.

    ``left`` are lines that stand for more than words: what the file says of them is not taken.
    """

    field: str
    before: str
    present: str
    after: str
    clash: bool = False
    left: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Members:
    """What a changed row adds to, and takes from, a set of roles, notes or needed actions."""

    added: frozenset[Any]
    removed: frozenset[Any]


@dataclass(frozen=True, slots=True)
class ThreeWays:
    """One action in the new file, as last imported (None if it came from elsewhere), and as it stands.

    ``parts`` are the checkpoints, measures and resources as they stand, by the name of their column. ``roster`` leads
    from names to parties; ``needed_new`` and ``needed_before`` from rows to actions.
    """

    new: ReadAction
    base: ReadAction | None
    stored: StoredAction
    touched: frozenset[str]
    parts: Mapping[str, Parts]
    roster: Mapping[str, str]
    needed_new: Mapping[int, str]
    needed_before: Mapping[int, str]

    def changes(self) -> Iterator[FieldChange]:
        """Yield every field that the new file changes and that does not stand so already."""
        after, before = action_values(self.new), action_values(self.base) if self.base else {}
        for name in COLUMNS:
            if name in self.touched and after[name] not in {before.get(name, _NOTHING), self.stored.values[name]}:
                yield self._change(name, before.get(name, _NOTHING), self.stored.values[name], after[name])
        for name in ("monitoring", "outcome", "resources"):
            edits = self.part_edits(name)
            if edits:
                old, new = getattr(self.base, name, ""), getattr(self.new, name)
                yield FieldChange(name, old, cell_of(self.parts[name]), new, edits.clash, tuple(edits.left))
        for name in ("roles", "notes", "needs"):
            members = self.members(name)
            if members.added or members.removed:
                words = self._words(name, self.base) if self.base else ""
                clash = name == "roles" and self.base is not None and bool(self.rivals())
                present = "somebody else accountable" if clash else ""
                yield FieldChange(name, words, present, self._words(name, self.new), clash)

    def part_edits(self, name: str) -> PartEdits:
        """Return what the new file changes in checkpoints, measures or resources, line by line."""
        if name not in self.touched:
            return PartEdits()
        return part_edits(getattr(self.base, name, None), getattr(self.new, name), self.parts[name])

    def members(self, name: str) -> Members:
        """Return what the new file adds to and removes from roles, notes or needs; a note is never removed."""
        if name not in self.touched:
            return Members(frozenset(), frozenset())
        present = {"roles": self.stored.roles, "notes": self.stored.notes, "needs": self.stored.needs}[name]
        new, old = self._set(name, self.new, self.needed_new), frozenset[Any]()
        if self.base:
            old = self._set(name, self.base, self.needed_before)
        removed = frozenset() if name == "notes" else (old - new) & frozenset(present)
        if name == "notes":
            told = _lines(self.stored.notes)
            new = frozenset(text for text in new if not _lines([text]) <= told)
        return Members((new - old) - frozenset(present), removed)

    def keeps_notes(self) -> bool:
        """Whether the new file leaves out words of a note that stand in the plan: there they stay."""
        if self.base is None or "notes" not in self.touched:
            return False
        return bool((_lines(self.base.notes) - _lines(self.new.notes)) & _lines(self.stored.notes))

    def rivals(self) -> frozenset[Any]:
        """Return the role of whoever became accountable in the plan, where the new file names another."""
        members = self.members("roles")
        if not any(kind == RoleKind.ACCOUNTABLE for kind, _ in members.added):
            return frozenset()
        return frozenset(key for key in self.stored.roles if key[0] == RoleKind.ACCOUNTABLE) - members.removed

    def _set(self, name: str, action: ReadAction, needed: Mapping[int, str]) -> frozenset[Any]:
        if name == "notes":
            return frozenset(action.notes)
        if name == "needs":
            return frozenset(needed.get(row, f"row {row}") for row in action.depends_on)
        keys = ((role.kind.value, name_key(role.party)) for role in action.roles)
        return frozenset((kind, self.roster.get(key, key)) for kind, key in keys)

    def _words(self, name: str, action: ReadAction) -> str:
        if name == "notes":
            return "; ".join(action.notes)
        if name == "needs":
            return rows_in_words(action.depends_on) if action.depends_on else ""
        return ", ".join(f"{role.party} ({role.kind})" for role in action.roles)

    def _change(self, name: str, before: Any, present: Any, after: Any) -> FieldChange:
        moved_on = before is not _NOTHING and before != present
        return FieldChange(name, _shown(before), _shown(present), _shown(after), moved_on)


def touched_fields(
    new: ReadAction, columns: ColumnMap, base: ReadAction | None, base_columns: ColumnMap | None
) -> frozenset[str]:
    """Return the fields fed by a cell that reads differently than at the last import."""
    after = _texts(columns, new.source_cells)
    before = _texts(base_columns, base.source_cells) if base and base_columns else {}
    there = {column.field for column in columns.columns}
    differ = {one for one in there if one is not None and after.get(one, "") != before.get(one, "")}
    return frozenset(name for name, feeding in _FEEDING.items() if differ & set(feeding))


_NOTHING = object()


def _texts(columns: ColumnMap, cells: tuple[str, ...]) -> dict[Field, str]:
    texts: dict[Field, str] = {}
    for column in columns.columns:
        if column.field is not None and column.index < len(cells) and cells[column.index]:
            texts[column.field] = "\n".join(filter(None, (texts.get(column.field), cells[column.index])))
    return texts


def _lines(texts: Iterable[str]) -> set[str]:
    return {line for text in texts for line in text.split("\n")}


def _shown(value: Any) -> str:
    if value is None or value is _NOTHING:
        return ""
    if isinstance(value, date):
        return show_date(value)
    return ("yes" if value else "no") if isinstance(value, bool) else str(value)
