"""A plan as one table: a row for each action, under headings that our own reader recognises.

The command line calls ``plan_sheet`` and passes the value to ``sheet_writing``. ``sheet_as_imported`` makes the same
value under the headings of a sheet that was brought in. Candid notes never go into either.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date

from tui_plan.exchange.candour import withheld_as_candid
from tui_plan.exchange.plan_words import checkpoint_words, measure_words, names_of, resource_words
from tui_plan.exchange.sheet_columns import Field
from tui_plan.exchange.sheet_sources import SourceSheet, source_sheets
from tui_plan.insight.whole_plan import WholeAction, shareable, whole_plan
from tui_plan.model.dates import DateStyle
from tui_plan.model.vocabulary import RoleKind

Cell = str | date
"""What a cell holds: a real date where the plan has one."""


@dataclass(frozen=True, slots=True)
class PlanSheet:
    """A table: as many cells in each row as there are headings. ``withheld`` is a sentence, or empty."""

    name: str
    headings: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    withheld: str


def plan_sheet(plan: str, today: date) -> PlanSheet:
    """Return a plan with all that it knows, and with the columns of its sources that no field took in."""
    whole = whole_plan(plan, today)
    extra = _columns_beside(source_sheets(plan), {action.row.uid: action.row.ref for action in whole.actions})
    lines = [
        (*(cell(action) for cell in _COLUMNS.values()), *(cells.get(action.row.uid, "") for cells in extra.values()))
        for action in whole.actions
    ]
    name = str(whole.header.values["name"])
    return PlanSheet(name, (*_COLUMNS, *extra), tuple(lines), withheld_as_candid(notes=whole.candid_notes))


def joined(words: Iterable[str]) -> str:
    """Return texts as one cell, each on its own line."""
    return "\n".join(filter(None, words))


def monitoring_cell(action: WholeAction) -> str:
    """Return the checkpoints of an action as one cell."""
    return joined(checkpoint_words(one, DateStyle.ISO) for one in action.parts.checkpoints)


def outcomes_cell(action: WholeAction) -> str:
    """Return the outcome measures of an action as one cell."""
    return joined(measure_words(one, DateStyle.ISO) for one in action.parts.measures)


def resources_cell(action: WholeAction) -> str:
    """Return the resources of an action as one cell."""
    return joined(map(resource_words, action.parts.resources))


def roles_cell(action: WholeAction, kind: RoleKind) -> str:
    """Return the parties with a role, in the form that the reader of sheets takes apart again."""
    return joined(names_of(action.parts.roles, kind))


def is_own_export(headings: tuple[str, ...]) -> bool:
    """Return whether a sheet with these headings is a table of ours, though columns were taken out or moved."""
    return set(_TELLING) <= set(headings)


def _columns_beside(sources: list[SourceSheet], refs: dict[str, str]) -> dict[str, dict[str, str]]:
    """Return, by heading, what the sources say of each action (uid) in columns that are not among ours.

    References of the source are such a column too, unless they are the plan's own, ``refs``.
    """
    found: dict[str, dict[str, str]] = {}
    for source in sources:
        typed = {source.actions[row.number]: row.cells for row in source.rows if row.number in source.actions}
        for column in source.columns.columns:
            if column.field not in {None, Field.IGNORE, Field.REF}:
                continue
            cells = {uid: row[column.index] for uid, row in typed.items() if row[column.index]}
            if column.field is Field.REF and all(refs.get(uid, ref) == ref for uid, ref in cells.items()):
                continue
            heading = column.heading or f"Column {column.index + 1}"
            if cells:
                found.setdefault(f"{heading} (as imported)" if heading in _COLUMNS else heading, {}).update(cells)
    return found


_COLUMNS: dict[str, Callable[[WholeAction], Cell]] = {
    "Ref": lambda action: action.row.ref,
    "Priority": lambda action: action.area.priority,
    "Development area": lambda action: action.area.title,
    "Step objective": lambda action: action.objective.title,
    "Action": lambda action: action.row.title,
    "Purpose": lambda action: action.texts.purpose,
    "Description": lambda action: action.texts.description,
    "Status": lambda action: action.row.status,
    "Confidence": lambda action: action.row.confidence,
    "Accountable": lambda action: roles_cell(action, RoleKind.ACCOUNTABLE),
    "Responsible": lambda action: roles_cell(action, RoleKind.RESPONSIBLE),
    "Consulted": lambda action: roles_cell(action, RoleKind.CONSULTED),
    "Informed": lambda action: roles_cell(action, RoleKind.INFORMED),
    "Start": lambda action: action.row.start or "",
    "Baseline": lambda action: action.texts.baseline or "",
    "Agreed date": lambda action: action.row.agreed or "",
    "Forecast": lambda action: action.row.forecast or "",
    "Done on": lambda action: action.row.actual or "",
    "Timescale note": lambda action: action.row.timescale_note,
    "Milestone": lambda action: "yes" if action.row.milestone else "",
    "Core component": lambda action: "yes" if action.row.core else "",
    "Depends on": lambda action: ", ".join(f"A-{needed.number}" for needed in action.parts.needs),
    "Resources": resources_cell,
    "Monitoring": monitoring_cell,
    "Outcomes": outcomes_cell,
    "Notes": lambda action: joined(note.text for note in shareable(action.parts.notes)),
}
_TELLING = ("Ref", "Development area", "Step objective", "Action", "Agreed date")
