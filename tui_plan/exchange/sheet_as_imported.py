"""Giving a sheet back under the headings with which it came: each cell as typed while what it says still stands.

The command line calls ``sheet_as_imported``. What a cell was read to mean is found by reading the kept rows again; what
stands now is the plan's. Whether a cell stands is decided in ``sheet_standing``; here the rows are put in their order.
"""

from dataclasses import dataclass, replace
from datetime import date

from tui_plan.exchange.candour import withheld_as_candid
from tui_plan.exchange.sheet_additions import known_parties
from tui_plan.exchange.sheet_columns import Field
from tui_plan.exchange.sheet_file import Sheet
from tui_plan.exchange.sheet_plan import ReadAction, ReadPlan
from tui_plan.exchange.sheet_reading import ReadOptions, read_plan
from tui_plan.exchange.sheet_rows import Cell, PlanSheet, is_own_export
from tui_plan.exchange.sheet_sources import SourceSheet, source_sheets
from tui_plan.exchange.sheet_standing import Names, new_cells, standing_cells
from tui_plan.exchange.sheet_tree import UNTITLED_AREA
from tui_plan.insight.whole_plan import WholeAction, whole_plan
from tui_plan.model.clean import name_key
from tui_plan.model.dates import DateOrder
from tui_plan.model.errors import InvalidInput, NotFound

_Place = tuple[str, str]
"""The keys of an area and a step objective, as the reader of sheets finds them in a row."""


@dataclass(slots=True)
class _Entry:
    """One row to be written: its action, or None for a row that never was one; cells of area and objective as typed."""

    action: WholeAction | None
    cells: list[Cell]


def sheet_as_imported(plan: str, today: date, name: str = "") -> PlanSheet:
    """Return a plan under the headings of the sheet ``name``, or of the only one that it came from.

    Tables that we wrote, and that came back with changes, are none that it came from, unless there is no other.

    Actions that were added since follow the others of their step objective; removed ones are left out. A column that
    the sheet lacks is not added. Raises NotFound when there is no such sheet, InvalidInput when there are several.
    """
    source = _chosen(source_sheets(plan), name)
    whole = whole_plan(plan, today)
    present = {action.row.uid: action for action in whole.actions}
    read = _read_again(source, present)
    entries = _typed_entries(source, read, present)
    for action in present.values():
        if action.row.uid not in source.actions.values():
            entries.insert(_place_for(action, entries), _Entry(action, new_cells(source.columns, action)))
    _settle_places(source, entries)
    lines = tuple(tuple(entry.cells) for entry in entries)
    return PlanSheet(source.name, source.headings, lines, withheld_as_candid(notes=whole.candid_notes))


def _chosen(sources: list[SourceSheet], name: str) -> SourceSheet:
    if not sources:
        raise NotFound("This plan did not come from a sheet: export it with all columns.")
    others = [source for source in sources if not is_own_export(source.headings)] or sources[:1]
    fits = [source for source in sources if name_key(source.name) == name_key(name)] if name else others
    names = ", ".join(f"“{source.name}”" for source in sources)
    if not fits:
        raise NotFound(f"This plan did not come from a sheet “{name}”: choose one of {names}.")
    if len(fits) > 1 and not name:
        raise InvalidInput(f"This plan came from several sheets: choose one of {names}.")
    return fits[-1]


def _read_again(source: SourceSheet, present: dict[str, WholeAction]) -> ReadPlan:
    """Read the kept rows; where their dates are ambiguous, in the order that agrees with most dates of the plan."""
    sheet = Sheet(source.name, source.headings, source.rows, 1)
    plainly = ReadOptions(roster=known_parties())
    read = read_plan(sheet, source.columns, plainly)
    if not read.report.problems:
        return read
    readings = [read, *(read_plan(sheet, source.columns, replace(plainly, order=order)) for order in DateOrder)]
    return max(readings, key=lambda one: sum(_agrees(action, source, present) for action in one.actions))


def _agrees(action: ReadAction, source: SourceSheet, present: dict[str, WholeAction]) -> bool:
    there = present.get(source.actions.get(action.row, ""))
    return there is not None and action.dates.agreed == there.row.agreed


def _typed_entries(source: SourceSheet, read: ReadPlan, present: dict[str, WholeAction]) -> list[_Entry]:
    names = Names.of(source, read, present, known_parties())
    meant = {action.row: action for action in read.actions}
    entries: list[_Entry] = []
    for row in source.rows:
        action = present.get(source.actions.get(row.number, ""))
        if row.number not in meant:
            entries.append(_Entry(None, list(row.cells)))
        elif action is not None:
            entries.append(_Entry(action, standing_cells(source.columns, row.cells, meant[row.number], action, names)))
    return entries


def _place_for(action: WholeAction, entries: list[_Entry]) -> int:
    """Return where a new row goes: behind the last of the same objective, else of the same area, else at the end."""
    after_area = len(entries)
    for at in range(len(entries), 0, -1):
        other = entries[at - 1].action
        if other is not None and other.objective.uid == action.objective.uid:
            return at
        if other is not None and other.area.uid == action.area.uid and after_area == len(entries):
            after_area = at
    return after_area


def _settle_places(source: SourceSheet, entries: list[_Entry]) -> None:
    """Write area and objective out where what was typed, or a blank that repeats the row above, leads elsewhere."""
    places = (source.columns.index_of(Field.AREA), source.columns.index_of(Field.OBJECTIVE))
    above: _Place = ("", "")
    for entry in entries:
        typed = tuple("" if place is None else str(entry.cells[place]) for place in places)
        area, objective = typed
        if entry.action is not None:
            titles = entry.action.area.title, entry.action.objective.title
            area, objective = _fitting(above, typed, titles, places)
            for place, text in zip(places, (area, objective), strict=True):
                if place is not None:
                    entry.cells[place] = text
        if entry.action is not None or area or objective:
            above = _resolved(above, area, objective)


def _fitting(
    above: _Place, typed: tuple[str, ...], titles: tuple[str, str], places: tuple[int | None, int | None]
) -> tuple[str, str]:
    """Return the cells that lead to ``titles``, keeping what was typed where it does."""
    wanted = tuple(name_key(title) for title in titles)
    there = [index for index, place in enumerate(places) if place is not None]
    for area in (typed[0], titles[0]):
        for objective in (typed[1], titles[1]):
            found = _resolved(above, area, objective)
            if all(found[index] == wanted[index] for index in there):
                return area, objective
    return titles


def _resolved(above: _Place, area: str, objective: str) -> _Place:
    """Return where the reader of sheets puts a row, by the same rules as ``sheet_tree``."""
    area_key = name_key(area) or above[0] or name_key(UNTITLED_AREA)
    repeated = above[1] if area_key == above[0] else ""
    return area_key, name_key(objective) or repeated
