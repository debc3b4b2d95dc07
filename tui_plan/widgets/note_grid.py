"""Short notes in a grid, over as many lines as there is room for; what does not fit is counted in the last place.

Screens give it pieces of plain values, the most urgent first. It reads no database.
"""

from collections.abc import Sequence

from textual.geometry import Size
from textual.strip import Strip

from tui_plan.widgets.lines import LineView, Piece, Pieces, Role, fit_pieces
from tui_plan.widgets.text import width_of

BETWEEN = 2
WIDEST = 34
MOST_SHORT, MOST_TALL, TALL_FROM = 2, 4, 34
"""Lines that it takes at most: on a short screen, on a tall one, and how many lines make a screen tall."""


class NoteGrid(LineView):
    """Notes in columns of one width."""

    def __init__(self, *, id: str | None = None, classes: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id, classes=classes)
        self._notes: tuple[Pieces, ...] = ()
        self._more = ""

    def show(self, notes: Sequence[Pieces], more: str) -> None:
        """Show ``notes``; ``more`` says, behind the number of those left out, how to see them."""
        self._notes, self._more = tuple(notes), more
        self.display = bool(notes)
        self.refresh(layout=True)
        self.update_lines()

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """Return the lines that the notes need, as far as they may."""
        del container
        most = MOST_TALL if viewport.height >= TALL_FROM else MOST_SHORT
        return max(1, min(most, -(-len(self._notes) // self._columns(width))))

    def line_at(self, y: int) -> Strip:
        """Return the notes on line ``y``."""
        width = self.size.width
        columns, room = self._columns(width), self.size.height * self._columns(width)
        notes = list(self._notes)
        if len(notes) > room:
            notes[room - 1 :] = [(Piece(f"+{len(notes) - room + 1} {self._more}", Role.DIM),)]
        pieces: list[Piece] = [Piece(" ")]
        for note in notes[y * columns : (y + 1) * columns]:
            pieces += [*fit_pieces(note, min(self._wide(), width)), Piece(" " * BETWEEN)]
        return self.strip_of(pieces, width)

    def _columns(self, width: int) -> int:
        return max(1, (width - 1 + BETWEEN) // (self._wide() + BETWEEN))

    def _wide(self) -> int:
        """Return the cells of the widest note, and of the one that counts the rest."""
        widths = [sum(width_of(piece.text) for piece in note) for note in self._notes]
        return min(max([*widths, len(self._more) + 4]), WIDEST)
