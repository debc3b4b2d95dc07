"""The evaluation of a plan as rows: each area with its first outcome and its measures, then what shows soon."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from tui_plan.insight.evaluation import FirstOutcome, MeasureRow, QuickWin
from tui_plan.model.date_words import distance, show_date
from tui_plan.screens.measure_rows import COLUMNS, amount_words, due_words, measure_blocks, measure_cells
from tui_plan.screens.signs import MILESTONE_SIGN, owner_cell
from tui_plan.widgets.detail import Block, Labelled, Paragraph
from tui_plan.widgets.lines import Piece, Role
from tui_plan.widgets.rows import Fold, RowView

_REST = ("",) * (len(COLUMNS) - 1)


@dataclass(frozen=True, slots=True)
class EvaluationItem:
    """One line: a heading (an area with its first outcome, or a number of days), a measure, or a quick win."""

    key: str
    title: str
    first: FirstOutcome | None = None
    measure: MeasureRow | None = None
    win: QuickWin | None = None

    @property
    def words(self) -> str:
        """What a filter looks at: also the action that a measure is of."""
        if self.measure is not None:
            return f"{self.measure.action_ref} {self.title} {self.measure.action_title} {self.measure.collector}"
        return f"{self.win.action.ref} {self.title}" if self.win is not None else self.title

    @property
    def depth(self) -> int:
        """0 for a heading, 1 for what stands below one."""
        return int(self.measure is not None or self.win is not None)


def evaluation_items(
    measures: Iterable[MeasureRow],
    outcomes: Iterable[FirstOutcome],
    wins: dict[int, tuple[QuickWin, ...]],
    today: date,
    *,
    only_overdue: bool = False,
) -> list[EvaluationItem]:
    """Return the lines in order: by area, overdue data first; then the quick wins.

    Nothing at all where nothing is measured; an area without a measure is left out only among what is overdue.
    """
    by_area = {area: list(rows) for area, rows in groupby(measures, key=lambda row: row.area)}
    items: list[EvaluationItem] = []
    if not by_area:
        return items
    for outcome in outcomes:
        rows = [row for row in by_area.get(outcome.area, ()) if not only_overdue or row.overdue(today)]
        if rows or not only_overdue:
            rows.sort(key=lambda row: (not row.overdue(today), row.next_due if row.overdue(today) else date.min))
            items.append(EvaluationItem(outcome.area, outcome.title, first=outcome))
            items += [EvaluationItem(row.uid, row.statement, measure=row) for row in rows]
    return items if only_overdue else [*items, *_win_items(wins)]


def _win_items(wins: dict[int, tuple[QuickWin, ...]]) -> Iterator[EvaluationItem]:
    for days, some in wins.items():
        if some:
            yield EvaluationItem(f"within:{days}", f"Quick wins within {days} days")
            yield from (EvaluationItem(f"win:{win.action.uid}", win.action.title, win=win) for win in some)


def evaluation_view(item: EvaluationItem, fold: Fold, today: date, style: str) -> RowView:
    """Return how a line looks."""
    if item.measure is not None:
        told = (Piece(f"{item.measure.action_ref} ", Role.DIM), Piece(item.title))
        return RowView(measure_cells(item.measure, today, style, told), indent=1, fold=Fold.LEAF)
    if item.win is not None:
        action = item.win.action
        sign = Piece(f"{MILESTONE_SIGN} " if action.milestone else "", Role.ACCENT)
        title = (sign, Piece(f"{action.ref} {action.title}"), Piece(f"  {owner_cell(action).text}", Role.DIM))
        return RowView((title, *_REST[:-1], Piece(show_date(action.expected, style))), indent=1, fold=Fold.LEAF)
    words, when = _first_cells(item, style)
    return RowView(((Piece(item.title, Role.STRONG), words), *_REST[:-1], when), fold=fold)


def _first_cells(item: EvaluationItem, style: str) -> tuple[Piece, Piece]:
    """Return what stands beside the title of an area, and the day on which its first outcome was seen, or is due."""
    first = item.first
    if first is None:
        return Piece(""), Piece("")
    if first.seen is not None:
        return Piece("  first outcome", Role.DIM), Piece(f"seen {show_date(first.seen.taken_on, style)}", Role.DIM)
    if first.expected is not None:
        return Piece("  first outcome", Role.DIM), Piece(f"by {show_date(first.expected, style)}", Role.DIM)
    return Piece("  no outcome yet", Role.DIM), Piece("none due", Role.DIM)


def first_words(outcome: FirstOutcome, style: str) -> str:
    """Return when the first outcome of an area was seen, or is expected, in words."""
    if outcome.seen is not None:
        return f"first outcome seen on {show_date(outcome.seen.taken_on, style)}"
    if outcome.expected is not None:
        return f"first outcome expected by {show_date(outcome.expected, style)}"
    return "no first outcome yet, and no data due"


def evaluation_blocks(item: EvaluationItem, today: date, style: str) -> list[Block]:
    """Return a line in full: a measure with its readings, what shows first in an area, or a quick win."""
    if item.measure is not None:
        return measure_blocks(item.measure, today, style)
    if item.win is not None:
        return _win_blocks(item.win, today, style)
    blocks: list[Block] = [Paragraph(item.title, Role.STRONG)]
    if item.first is None:
        return [*blocks, Paragraph("Open actions that nothing holds up, and that lead to something visible.", Role.DIM)]
    return [*blocks, *_first_blocks(item.first, today, style)]


def _first_blocks(outcome: FirstOutcome, today: date, style: str) -> Iterator[Block]:
    yield Labelled("Outcome", first_words(outcome, style))
    if (row := outcome.measure) is not None:
        yield Labelled("Shown by", f"{row.statement} ({row.action_ref} {row.action_title})")
        if outcome.seen is not None:
            yield Labelled("Reading", f"{amount_words(outcome.seen.value)} {row.unit}".strip())
        elif words := due_words(row, today, style):
            yield Labelled("Data", words)


def _win_blocks(win: QuickWin, today: date, style: str) -> list[Block]:
    action = win.action
    expected = f"{show_date(action.expected, style)}, {distance(action.expected, today)}" if action.expected else ""
    return [
        Paragraph(f"{action.ref} {action.title}", Role.STRONG),
        Labelled("Shows", win.shows),
        Labelled("Expected", expected),
        Labelled("Owner", ", ".join(owner.name for owner in action.owners) or "nobody"),
    ]
