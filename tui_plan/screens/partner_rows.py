"""How what partners promised and kept looks: the table in one form for all, the convening group, a partner's promises.

Plain values in, pieces and blocks out. It is shown to all partners: nothing candid stands here.
"""

from collections import Counter
from collections.abc import Sequence

from tui_plan.insight.partners import OUTCOMES, PartnerLine, PartnersReport, Promise
from tui_plan.model.date_words import show_date
from tui_plan.model.vocabulary import SIGNS, Status
from tui_plan.screens.signs import OVERDUE_SIGN
from tui_plan.widgets.columns import Column
from tui_plan.widgets.detail import Block, Item, Labelled
from tui_plan.widgets.lines import Piece, Role
from tui_plan.widgets.rows import RowView
from tui_plan.widgets.text import shown

PARTNER_COLUMNS = (
    Column("Partner", least=17, share=3),
    Column("Sits for it", least=18, share=3, drop=4),
    Column("Promised", width=8, right=True),
    Column("1st date", width=8, right=True),
    Column("Re-agreed", width=9, right=True),
    Column("Done late", width=9, right=True),
    Column("Late", width=4, right=True),
    Column("Withdrawn", width=9, right=True, drop=2),
    Column("Last heard", width=10, drop=3),
)
PROMISE_COLUMNS = (Column("", width=6), Column("Promised", least=24), Column("", width=25), Column("Day", width=11))
_SIGNS = {
    OUTCOMES["first_date"]: Piece(SIGNS[Status.COMPLETE], Role.GOOD),
    OUTCOMES["agreed_date"]: Piece(SIGNS[Status.COMPLETE], Role.GOOD),
    OUTCOMES["done_late"]: Piece(SIGNS[Status.COMPLETE], Role.WARN),
    OUTCOMES["late"]: Piece(OVERDUE_SIGN, Role.BAD),
    OUTCOMES["withdrawn"]: Piece(SIGNS[Status.WITHDRAWN], Role.DIM),
    OUTCOMES["deferred"]: Piece(SIGNS[Status.DEFERRED], Role.DIM),
}


def partner_view(line: PartnerLine, style: str) -> RowView:
    """Return the row of a partner: the same counts for each, nothing left out."""
    late = Piece(f"{OVERDUE_SIGN} {line.late}", Role.BAD) if line.late else _number(0)
    return RowView(
        (
            Piece(line.name, Role.STRONG),
            Piece("; ".join(line.seats) or f"{OVERDUE_SIGN} nobody", Role.PLAIN if line.seats else Role.WARN),
            _number(line.promised),
            _number(line.first_date),
            _number(line.agreed_date),
            _number(line.done_late),
            late,
            _number(line.withdrawn),
            Piece(show_date(line.heard, style) or "never", Role.PLAIN if line.heard else Role.WARN),
        )
    )


def group_blocks(report: PartnersReport) -> list[Block]:
    """Return how the convening group stands: its gaps first, then who leads it."""
    blocks: list[Block] = [Item(gap, Piece(OVERDUE_SIGN, Role.WARN)) for gap in report.gaps]
    if not report.group:
        return blocks
    if not blocks:
        blocks.append(Item("Every partner has a seat that is filled.", Piece(SIGNS[Status.COMPLETE], Role.GOOD)))
    leading = (("Chair", report.chair), ("Deputy", report.deputy))
    return blocks + [Labelled(label, words) for label, words in leading if words]


def outcome_words(promises: Sequence[Promise]) -> str:
    """Return what came of a partner's promises, all counts that are not nought in words."""
    counted = Counter(promise.outcome for promise in promises)
    told = ", ".join(f"{counted[words]} {words}" for words in OUTCOMES.values() if counted[words])
    return f"{len(promises)} promised: {told}" if told else "nothing promised yet"


def promise_view(promise: Promise, style: str) -> RowView:
    """Return the row of one promise."""
    sign = _SIGNS.get(promise.outcome, Piece(SIGNS[Status.IN_PROGRESS]))
    outcome = (sign, Piece(f" {promise.outcome}", sign.role))
    return RowView((Piece(promise.ref, Role.DIM), promise.title, outcome, show_date(promise.day, style)))


def copied_table(lines: Sequence[PartnerLine], style: str) -> str:
    """Return the whole table as text, its columns parted by tabs, as spreadsheets take it."""
    titles = "\t".join(column.title for column in PARTNER_COLUMNS)
    rows = (
        (
            line.name,
            "; ".join(line.seats),
            *map(str, (line.promised, line.first_date, line.agreed_date, line.done_late, line.late, line.withdrawn)),
            show_date(line.heard, style),
        )
        for line in lines
    )
    return "\n".join([titles, *("\t".join(map(shown, row)) for row in rows)])


def _number(count: int) -> Piece:
    return Piece(str(count), Role.PLAIN if count else Role.DIM)
