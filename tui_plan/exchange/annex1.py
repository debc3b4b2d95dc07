"""Annex 1: a plan in the seven columns of the example format, as plain values that each writer only has to lay out.

Called by the command line and the screens, which pass the value to ``annex1_markdown``, ``annex1_html`` or
``annex1_sheet``. What is candid is never here; ``withheld`` says how much that was.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from tui_plan.exchange.candour import withheld_as_candid
from tui_plan.exchange.plan_words import checkpoint_words, measure_words, party_words, period_words, resource_words
from tui_plan.insight.action_rows import ActionRow
from tui_plan.insight.outline import AreaLine, ObjectiveLine
from tui_plan.insight.whole_plan import WholeAction, WholePlan, shareable, whole_plan
from tui_plan.model.clean import clean
from tui_plan.model.dates import DateStyle, show_date
from tui_plan.model.vocabulary import RoleKind, Status

COLUMNS = (
    "Step objectives",
    "Actions",
    "Responsibility and involvement",
    "Timescale",
    "Resources, inc support",
    "Monitoring",
    "Outcomes",
)
TIMESCALE = COLUMNS.index("Timescale")
UNTITLED = "(no title)"
"""Where an empty cell would be taken for the step objective above."""
MOST_NOTES = 3
"""So many of the latest notes stand beside an action's checkpoints: a paper is no archive."""

Cell = tuple[str, ...]
"""A cell's paragraphs, each on one line."""

_RACI = (RoleKind.ACCOUNTABLE, RoleKind.RESPONSIBLE, RoleKind.CONSULTED, RoleKind.INFORMED)


@dataclass(frozen=True, slots=True)
class AnnexRow:
    """Seven cells. ``spans`` counts the rows that a step objective takes: 0 in all but its first, whose cell names it.

    ``day`` is the timescale where that is one date and nothing else.
    """

    cells: tuple[Cell, ...]
    spans: int
    day: date | None = None


@dataclass(frozen=True, slots=True)
class AnnexArea:
    """One development area: its rank from 1, its title, its priority, and its rows."""

    place: str
    title: str
    priority: str
    rows: tuple[AnnexRow, ...]

    @property
    def heading(self) -> str:
        """The line above the table."""
        return f"Development area {self.place}: {self.title}"

    @property
    def priority_line(self) -> str:
        """The line between the heading and the table."""
        return f"Priority: {self.priority}"


@dataclass(frozen=True, slots=True)
class Annex:
    """A plan for paper. ``facts`` are label and text for the head of it; ``withheld`` is a sentence, or empty."""

    name: str
    facts: tuple[tuple[str, str], ...]
    areas: tuple[AnnexArea, ...]
    withheld: str


def annex(plan: str, today: date, style: str = DateStyle.ISO) -> Annex:
    """Return a plan as Annex 1 has it, as it stands today; dates are written in ``style``."""
    whole = whole_plan(plan, today)
    areas = tuple(_area(whole, area, style) for area in whole.areas)
    return Annex(
        clean(whole.header.values["name"]),
        _facts(whole, today, style),
        areas,
        withheld_as_candid(notes=whole.candid_notes),
    )


def _facts(whole: WholePlan, today: date, style: str) -> tuple[tuple[str, str], ...]:
    values = whole.header.values
    version = str(values["version"])
    if values["agreed_on"]:
        version += f", agreed {show_date(values['agreed_on'], style)}"
    facts = (
        ("Version", version),
        ("Vision", values["vision"]),
        ("Scope", values["scope"]),
        ("Period", period_words(values["start"], values["end"], style)),
        ("Partners", "; ".join(name for _, name in whole.header.partners)),
        ("Convened by", whole.header.convening_group),
        ("Date", show_date(today, style)),
    )
    return tuple((label, clean(text)) for label, text in facts if text)


def _area(whole: WholePlan, area: AreaLine, style: str) -> AnnexArea:
    rows = [row for objective in area.objectives for row in _objective_rows(whole, area, objective, style)]
    return AnnexArea(area.place, clean(area.title), area.priority, tuple(rows))


def _objective_rows(whole: WholePlan, area: AreaLine, objective: ObjectiveLine, style: str) -> Iterator[AnnexRow]:
    named = _paragraphs([objective.title or ("" if objective is area.objectives[0] else UNTITLED)])
    actions = whole.actions_of(area, objective)
    if not actions:
        yield AnnexRow((named, *((),) * (len(COLUMNS) - 1)), 1)
    for index, action in enumerate(actions):
        yield AnnexRow(
            (() if index else named, *_cells(action, style)),
            0 if index else len(actions),
            _only_day(action.row),
        )


def _cells(action: WholeAction, style: str) -> tuple[Cell, ...]:
    parts = action.parts
    return (
        _paragraphs(_what(action)),
        _paragraphs(_who(action)),
        _paragraphs(_when(action.row, style)),
        _paragraphs(resource_words(resource) for resource in parts.resources),
        _paragraphs(
            [*(checkpoint_words(checkpoint, style) for checkpoint in parts.checkpoints), *_notes(action, style)]
        ),
        _paragraphs(measure_words(measure, style) for measure in parts.measures),
    )


def _what(action: WholeAction) -> Iterator[str]:
    row = action.row
    yield f"{row.ref} {row.title}"
    yield action.texts.purpose
    yield action.texts.description
    if action.parts.needs:
        yield f"Needs first: {', '.join(f'A-{needed.number}' for needed in action.parts.needs)}"
    signs = ["milestone"] if row.milestone else []
    signs += [row.status] if row.status != Status.NOT_STARTED else []
    yield ", ".join(signs).capitalize()


def _who(action: WholeAction) -> Iterator[str]:
    for kind in _RACI:
        names = [party_words(role) for role in action.parts.roles if role.kind == kind]
        if names:
            yield f"{kind.capitalize()}: {', '.join(names)}"


def _when(row: ActionRow, style: str) -> Iterator[str]:
    yield period_words(row.start, row.agreed, style)
    if row.forecast and row.forecast != row.agreed:
        yield f"{'now expected' if row.agreed else 'expected'} {show_date(row.forecast, style)}"
    if row.actual:
        yield f"done {show_date(row.actual, style)}"
    yield row.timescale_note


def _only_day(row: ActionRow) -> date | None:
    alone = row.start is None and row.forecast in {None, row.agreed} and row.actual is None and not row.timescale_note
    return row.agreed if alone else None


def _notes(action: WholeAction, style: str) -> Iterator[str]:
    notes = shareable(action.parts.notes)
    for note in notes[-MOST_NOTES:]:
        origin = ", ".join(filter(None, [show_date(note.said_on, style), note.said_by]))
        yield f"Note ({origin}): {note.text}" if origin else f"Note: {note.text}"
    if len(notes) > MOST_NOTES:
        yield f"and {len(notes) - MOST_NOTES} earlier"


def _paragraphs(texts: Iterator[str] | list[str]) -> Cell:
    return tuple(line for text in texts for line in clean(text, lines=True).split("\n") if line)
