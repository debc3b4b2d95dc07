"""Outcome measures in a list and in full: their course, how far they have come, when data is due. Plain values in.

The measures of an action, the evaluation of a plan and the detail of an action use it.
"""

from datetime import date
from decimal import Decimal

from tui_plan.insight.action_parts import ReadingLine
from tui_plan.insight.evaluation import MeasureRow, sparkline
from tui_plan.model.date_words import distance, show_date
from tui_plan.model.shares import whole_percent
from tui_plan.screens.signs import OVERDUE_SIGN
from tui_plan.widgets.columns import Column
from tui_plan.widgets.detail import Block, Heading, Item, Labelled, Paragraph
from tui_plan.widgets.lines import Cell, Piece, Role

SPARKS = 12
"""Cells that the course of a measure takes at most in a list."""
REACHED_SIGN = "✓"

COLUMNS = (
    Column("Outcome measure", least=28),
    Column("Course", width=SPARKS, drop=2),
    Column("Now / target", width=13, right=True),
    Column("Way", width=6, right=True, drop=1),
    Column("Data due", width=15),
)


def measure_cells(row: MeasureRow, today: date, style: str, title: Cell) -> tuple[Cell, ...]:
    """Return a measure as cells below ``COLUMNS``, ``title`` first."""
    return (
        title,
        Piece(sparkline(row.values, SPARKS), Role.ACCENT),
        _now_cell(row),
        way_piece(row),
        due_piece(row, today, style),
    )


def reading_cells(reading: ReadingLine, style: str) -> tuple[Cell, ...]:
    """Return a reading as cells below ``COLUMNS``: its day with what was remarked, its value."""
    remark = " · ".join(part for part in (reading.remark, reading.evidence) if part)
    title = (Piece(show_date(reading.taken_on, style)), Piece(f"  {remark}" if remark else "", Role.DIM))
    return (title, "", Piece(amount_words(reading.value) or "–"), "", "")


def way_piece(row: MeasureRow) -> Piece:
    """Return the share of the way from baseline to target that is done, such as ``62%``; a sign once it was reached."""
    if row.reached:
        return Piece(f"{REACHED_SIGN} {_share(row)}".rstrip(), Role.GOOD)
    return Piece(_share(row))


def due_piece(row: MeasureRow, today: date, style: str) -> Piece:
    """Return when data is due next, marked where it should be there by now; nothing where none is."""
    if row.next_due is None:
        return Piece("")
    if row.overdue(today):
        return Piece(f"{OVERDUE_SIGN} {distance(row.next_due, today, past='late')}", Role.BAD)
    return Piece(show_date(row.next_due, style))


def measure_sign(row: MeasureRow, today: date) -> Piece:
    """Return the sign of a measure: its data is overdue, its target was reached, or neither."""
    if row.overdue(today):
        return Piece(OVERDUE_SIGN, Role.BAD)
    return Piece(REACHED_SIGN, Role.GOOD) if row.reached else Piece("·", Role.DIM)


def measure_note(row: MeasureRow, today: date, style: str) -> str:
    """Return what an action's detail says below a measure: from what to what, where it is, when data is due."""
    latest = row.latest
    way = _share(row)
    facts = (
        ends_words(row),
        f"now {amount_words(latest.value)}" if latest is not None else "no reading yet",
        sparkline(row.values, SPARKS) if len(row.values) > 1 else "",
        "reached" if row.reached else f"{way} of the way" if way else "",
        due_words(row, today, style),
    )
    return " · ".join(fact for fact in facts if fact)


def due_words(row: MeasureRow, today: date, style: str) -> str:
    """Return when data is due next in words."""
    if row.next_due is None:
        return ""
    day = show_date(row.next_due, style)
    if row.overdue(today):
        return f"data was due on {day}, {distance(row.next_due, today, past='late')}"
    return f"data due on {day}"


def measure_blocks(row: MeasureRow, today: date, style: str) -> list[Block]:
    """Return a measure in full with its readings, the latest first: what asks to be done before what was arranged."""
    blocks: list[Block] = [Paragraph(row.statement, Role.STRONG)]
    if words := due_words(row, today, style):
        late = row.overdue(today)
        blocks.append(Labelled("Data", Piece(f"{OVERDUE_SIGN} {words}", Role.BAD) if late else words))
    if len(row.values) > 1:
        blocks.append(Labelled("Course", Piece(sparkline(row.values), Role.ACCENT)))
    every = f", every {row.every} month{'' if row.every == 1 else 's'}" if row.every else ""
    facts = (
        ("Way", ends_words(row)),
        ("Action", f"{row.action_ref} {row.action_title}"),
        ("Collector", row.collector),
        ("Method", row.method),
        ("First due", f"{show_date(row.due, style)}{every}" if row.due is not None else ""),
    )
    blocks += [Labelled(label, words) for label, words in facts if words]
    blocks.append(Heading("Readings"))
    if not row.readings:
        blocks.append(Paragraph("None yet: R writes the first one down.", Role.DIM))
    return [*blocks, *(_reading_item(reading, row.unit, style) for reading in reversed(row.readings))]


def reading_blocks(row: MeasureRow, reading: ReadingLine, style: str) -> list[Block]:
    """Return one reading in full, with where its evidence lies."""
    return [
        Paragraph(row.statement, Role.STRONG),
        Labelled("Taken on", show_date(reading.taken_on, style)),
        Labelled("Value", f"{amount_words(reading.value)} {row.unit}".strip() if reading.value is not None else "none"),
        Labelled("Remark", reading.remark or "none"),
        Labelled("Evidence", reading.evidence or Piece("none yet: e to say where it lies", Role.DIM)),
    ]


def ends_words(row: MeasureRow) -> str:
    """Return from which baseline to which target a measure goes, such as ``10 → 40 %``; nothing where none is known."""
    if row.baseline is None and row.target is None:
        return ""
    if row.target is None:
        return f"from {amount_words(row.baseline)} {row.unit}".strip()
    return f"{amount_words(row.baseline)} → {amount_words(row.target)} {row.unit}".strip()


def amount_words(value: Decimal | None) -> str:
    """Return an amount for people: 1,200 or 3.5; nothing where it is not known."""
    return f"{value.normalize():,f}" if value is not None else ""


def _now_cell(row: MeasureRow) -> Cell:
    now = amount_words(row.latest.value) if row.latest is not None else "–"
    return (Piece(now), Piece(f" / {amount_words(row.target)}" if row.target is not None else "", Role.DIM))


def _reading_item(reading: ReadingLine, unit: str, style: str) -> Item:
    value = f"{amount_words(reading.value)} {unit}".strip() if reading.value is not None else "no value"
    evidence = f"evidence: {reading.evidence}" if reading.evidence else "no evidence"
    text = f"{show_date(reading.taken_on, style)}  {value}"
    return Item(text, note=" · ".join(part for part in (reading.remark, evidence) if part))


def _share(row: MeasureRow) -> str:
    return f"{whole_percent(row.share)}%" if row.share is not None else ""
