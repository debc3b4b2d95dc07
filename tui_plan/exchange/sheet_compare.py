"""Comparing a changed file with the plan that came from it, three ways: the cells as last imported, the plan as it
stands now, and the new file. The command line prints the differences and, when asked, ``sheet_apply`` writes them.

A table that we wrote ourselves and that comes back for the first time is compared with what we would write today. Where
the file did not change since, the plan's own value stays. Where both changed, that is a clash: the plan's value stays
unless the file is preferred. Nothing is removed, and nothing is written here.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from tui_plan.exchange.sheet_additions import known_parties
from tui_plan.exchange.sheet_changes import FieldChange, ThreeWays, touched_fields
from tui_plan.exchange.sheet_columns import ColumnMap, Field, recognise
from tui_plan.exchange.sheet_file import Sheet
from tui_plan.exchange.sheet_layout import SheetRow
from tui_plan.exchange.sheet_match import Matches, match_rows
from tui_plan.exchange.sheet_parts import Parts, parts_of
from tui_plan.exchange.sheet_plan import ReadAction, ReadPlan, Rows
from tui_plan.exchange.sheet_reading import READ_PLAINLY, ReadOptions, read_plan
from tui_plan.exchange.sheet_rows import is_own_export, plan_sheet
from tui_plan.exchange.sheet_stored import StoredAction, StoredPlan, StoredSheet, stored_plan
from tui_plan.insight.whole_plan import whole_plan
from tui_plan.model.clean import name_key
from tui_plan.model.vocabulary import Status


class DifferenceKind(StrEnum):
    """What a row of the changed file, or its absence, means for the plan."""

    ADDED = "new"
    CHANGED = "changed"
    RENAMED = "renamed?"
    MISSING = "no longer in the file"


@dataclass(frozen=True, slots=True)
class Difference:
    """One action that differs. ``row`` is None for one that is missing; ``action`` is empty for a new one.

    ``version`` is the one that was compared: whoever changes the action in between wins.
    """

    kind: DifferenceKind
    row: int | None
    action: str
    reference: str
    title: str
    version: int = 0
    changes: tuple[FieldChange, ...] = ()


@dataclass(frozen=True, slots=True)
class Comparison:
    """All differences between a file and a plan, with what is needed to write them.

    ``matched`` leads from rows to actions, ``ways`` from actions to the three values of their fields.
    """

    read: ReadPlan
    stored: StoredPlan
    matched: Mapping[int, str]
    ways: Mapping[str, ThreeWays]
    differences: tuple[Difference, ...]

    @property
    def clashes(self) -> int:
        """How many fields were changed in the file and in the plan."""
        return sum(change.clash for difference in self.differences for change in difference.changes)

    @property
    def kept_notes(self) -> Rows:
        """The rows that have a note no longer, which the plan keeps."""
        return tuple(sorted(ways.new.row for ways in self.ways.values() if ways.keeps_notes()))


def compare_with_plan(
    read: ReadPlan, plan: str, source: str = "", options: ReadOptions = READ_PLAINLY, *, today: date
) -> Comparison:
    """Compare ``read`` with a plan, and with its sheet ``source`` as last imported; both are uids.

    ``options`` are those by which ``read`` was read.
    """
    stored = stored_plan(plan, source)
    then = replace(options, mapping={}, as_kinds={}, today=None, roster=known_parties())
    before = _Before.of(stored.sheet or _as_exported(read, plan, today), then)
    matches = match_rows({action.row: action for action in read.actions}, stored.actions, before.actions)
    parts = {action.row.uid: parts_of(action) for action in whole_plan(plan, today).actions}
    ways = _three_ways(read, stored, before, matches, parts)
    differences = (*_in_the_file(read, matches, ways), *_missing(stored, before.actions, matches))
    return Comparison(read, stored, matches.actions, ways, differences)


@dataclass(frozen=True, slots=True)
class _Before:
    """What the file said before it was changed: its columns, the actions by uid, and the uids by row."""

    columns: ColumnMap | None
    actions: Mapping[str, ReadAction]
    rows: Mapping[int, str]

    @classmethod
    def of(cls, sheet: StoredSheet | None, then: ReadOptions) -> "_Before":
        """Read the cells of then again by the mapping of then."""
        if sheet is None or not sheet.actions:
            return cls(None, {}, {})
        columns = recognise(sheet.headings, {}, sheet.mapping)
        read = read_plan(Sheet("", sheet.headings, sheet.rows, 1), columns, then)
        actions = {sheet.actions[action.row]: action for action in read.actions if action.row in sheet.actions}
        return cls(columns, actions, sheet.actions)


def _as_exported(read: ReadPlan, plan: str, today: date) -> StoredSheet | None:
    """Return the table that we would write now, if ``read`` is such a one."""
    if not is_own_export(read.headings):
        return None
    sheet = plan_sheet(plan, today)
    lines = [tuple(cell if isinstance(cell, str) else cell.isoformat() for cell in row) for row in sheet.rows]
    rows = tuple(SheetRow(number, cells) for number, cells in enumerate(lines, start=2))
    uids = (action.row.uid for action in whole_plan(plan, today).actions)
    return StoredSheet("", sheet.headings, {}, rows, {}, dict(enumerate(uids, start=2)))


def _three_ways(
    read: ReadPlan,
    stored: StoredPlan,
    before: _Before,
    matches: Matches,
    parts: Mapping[str, Mapping[str, Parts]],
) -> dict[str, ThreeWays]:
    roster = known_parties()
    ways: dict[str, ThreeWays] = {}
    for new in read.actions:
        uid = matches.actions.get(new.row)
        if uid is not None:
            old = before.actions.get(uid)
            touched = touched_fields(new, read.report.columns, old, before.columns)
            now = stored.actions[uid]
            ways[uid] = ThreeWays(new, old, now, touched, parts[uid], roster, matches.actions, before.rows)
    return ways


def _in_the_file(read: ReadPlan, matches: Matches, ways: Mapping[str, ThreeWays]) -> Iterator[Difference]:
    placed = any(read.report.columns.all_of(column) for column in (Field.AREA, Field.OBJECTIVE))
    for action in read.actions:
        uid = matches.actions.get(action.row)
        if uid is None:
            yield Difference(DifferenceKind.ADDED, action.row, "", "", action.title)
            continue
        kind = DifferenceKind.RENAMED if action.row in matches.renamed else DifferenceKind.CHANGED
        moved = _moved(ways[uid]) if placed else None
        changes = (*([moved] if moved else []), *ways[uid].changes())
        if changes:
            yield _about(kind, ways[uid].stored, action.row, changes)


def _missing(stored: StoredPlan, base: Mapping[str, ReadAction], matches: Matches) -> Iterator[Difference]:
    matched = set(matches.actions.values())
    for uid in base:
        action = stored.actions.get(uid)
        if action and uid not in matched and action.values["status"] != Status.WITHDRAWN:
            yield _about(DifferenceKind.MISSING, action, None, ())


def _about(kind: DifferenceKind, stored: StoredAction, row: int | None, changes: tuple[FieldChange, ...]) -> Difference:
    title = stored.values["title"]
    return Difference(kind, row, stored.uid, f"A-{stored.number}", title, stored.version, changes)


def _moved(ways: ThreeWays) -> FieldChange | None:
    """The change of area or objective that the file asks for, if any."""
    before = _place(ways.base) if ways.base else None
    present, after = _place(ways.stored), _place(ways.new)
    if _key(after) in {_key(before), _key(present)}:
        return None
    clash = before is not None and _key(before) != _key(present)
    return FieldChange("place", " › ".join(before or ()), " › ".join(present), " › ".join(after), clash)


def _place(action: ReadAction | StoredAction) -> tuple[str, ...]:
    return tuple(title for title in (action.area, action.objective) if title)


def _key(place: tuple[str, ...] | None) -> tuple[str, ...] | None:
    return None if place is None else tuple(map(name_key, place))
