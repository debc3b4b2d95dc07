"""The open risks by likelihood and impact: a grid of five by five, and the risks in the field under the cursor.

It is left with the uid of the risk that was opened, or with nothing.
"""

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType

from tui_plan.insight.register import EntryLine, register_entries, risk_level, risk_matrix
from tui_plan.keys import bind
from tui_plan.model.date_words import show_date
from tui_plan.model.vocabulary import EntryKind
from tui_plan.screens.changing import ChangingScreen
from tui_plan.screens.list_dialog import ListDialog
from tui_plan.screens.register_rows import entry_day
from tui_plan.screens.register_words import HARD, LEVEL_ROLES, LEVEL_SIGNS, LIKELY, score_piece, state_words
from tui_plan.widgets.columns import Column
from tui_plan.widgets.cursor import CursorView
from tui_plan.widgets.line_list import LineList
from tui_plan.widgets.lines import Piece, Role
from tui_plan.widgets.matrix import SIDE, Matrix
from tui_plan.widgets.rows import ItemRows, Reader, RowView

_EMPTY = "No open risk lies here."
_COLUMNS = (
    Column("Risk", least=22, share=3),
    Column("Owner", least=14, share=1, drop=2),
    Column("Day", width=11, drop=1),
    Column("State", width=16),
)


class MatrixDialog(ListDialog[EntryLine]):
    """The grid, and below it the risks of one field; Enter goes to the list, and there to the risk's page."""

    NAME = "Matrix"
    TALL = True
    HELP = (
        "Likelihood from bottom to top, impact from left to right; every open risk stands by its reference. ↑ high: 15 "
        "to 25, · medium: 5 to 12, ↓ low: 1 to 4. h j k l go from field to field, Enter and Tab to the list below."
    )
    BINDINGS: ClassVar[list[BindingType]] = [bind("screen.next_pane", "other_pane", show=True)]

    def __init__(self, owner: ChangingScreen, plan: str, name: str) -> None:
        super().__init__(owner, name or "All plans")
        self._plan = plan
        self._risks: dict[tuple[int, int], list[EntryLine]] = {}

    def compose_list(self) -> ComposeResult:
        """Yield the grid, and the list."""
        yield Matrix(LIKELY, HARD, corner="Likelihood, impact", id="matrix")
        yield LineList(_COLUMNS, title=" ", empty=_EMPTY, markable=False, id="risks")

    def first_pane(self) -> CursorView:
        """Return the grid, with its cursor on the gravest risk."""
        if self._risks:
            self._grid.go_to(*max(self._risks, key=lambda place: (place[0] * place[1], place)))
        return self._grid

    async def read_again(self) -> None:
        """Show the open risks as they are now."""
        found = await self._owner.ask(register_entries, self._plan or None, [EntryKind.RISK])
        self._risks = risk_matrix(found)
        fields = {place: [_ref(line) for line in lines] for place, lines in self._risks.items()}
        every = [(row, column) for row in range(1, SIDE + 1) for column in range(1, SIDE + 1)]
        self._grid.show(fields, {place: _score(place) for place in every})
        self._show_field()

    @on(CursorView.Highlighted, "#matrix")
    def _show_field(self) -> None:
        place = self._grid.at
        lines, today, style = self._risks.get(place, []), self._owner.app.today, self._owner.date_style
        reader = Reader[EntryLine, RowView](
            key=lambda line: line.uid,
            view=lambda line, _: RowView(
                (
                    (Piece(f"{line.ref} ", Role.DIM), Piece(line.title)),
                    Piece(line.party_name, Role.DIM),
                    show_date(entry_day(line), style),
                    state_words(line, today),
                )
            ),
        )
        listed = self.query_one("#risks", LineList)
        listed.set_rows(ItemRows[EntryLine, RowView](lines, reader))
        listed.set_title(f"{place[0]} × {place[1]}: {score_piece(place[0] * place[1]).text}")

    @on(CursorView.Activated, "#matrix")
    def action_other_pane(self) -> None:
        """Go from the grid to the list, or back."""
        listed = self.query_one("#risks", LineList)
        (self._grid if listed.has_focus else listed).focus()

    def opened(self) -> None:
        """Leave, and say which risk was opened."""
        if (line := self.current()) is not None:
            self.dismiss(line.uid)

    @property
    def _grid(self) -> Matrix:
        return self.query_one(Matrix)


def _ref(line: EntryLine) -> Piece:
    return Piece(line.ref, LEVEL_ROLES[risk_level(line.score or 0)])


def _score(place: tuple[int, int]) -> Piece:
    score = place[0] * place[1]
    return Piece(f"{LEVEL_SIGNS[risk_level(score)][0]} {score}", Role.DIM)
