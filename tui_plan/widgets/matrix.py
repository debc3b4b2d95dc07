"""A grid of five by five with a cursor: what lies in each field, told in short words. It reads no database."""

from collections.abc import Mapping, Sequence

from textual.geometry import Size
from textual.strip import Strip

from tui_plan.widgets.cursor import CursorView
from tui_plan.widgets.lines import Piece, Role, fit_pieces
from tui_plan.widgets.text import width_of

SIDE = 5
LABELS = 19
BETWEEN = 1
HEAD = 1


class Matrix(CursorView):
    """Fields ``(row, column)`` from 1 to 5, the highest row on top; the key of a field is such as ``4x5``."""

    def __init__(
        self,
        rows: Mapping[int, str],
        columns: Mapping[int, str],
        *,
        corner: str = "",
        id: str | None = None,  # noqa: A002
    ) -> None:
        """``rows`` and ``columns`` are the labels by number; ``corner`` says what both are."""
        super().__init__(markable=False, id=id)
        self._row_labels, self._column_labels, self._corner = rows, columns, corner
        self._fields: Mapping[tuple[int, int], Sequence[Piece]] = {}
        self._empty: Mapping[tuple[int, int], Piece] = {}
        self._at = (SIDE, SIDE)

    @property
    def at(self) -> tuple[int, int]:
        """The field under the cursor: row and column."""
        return self._at

    @property
    def cursor_key(self) -> str:
        """The key of the field under the cursor."""
        return f"{self._at[0]}x{self._at[1]}"

    def show(self, fields: Mapping[tuple[int, int], Sequence[Piece]], empty: Mapping[tuple[int, int], Piece]) -> None:
        """Show the words that lie in each field, and what stands in a field without any."""
        self._fields, self._empty = fields, empty
        self.update_lines()
        self.tell_highlighted()

    def place_of(self, key: str) -> tuple[int, int]:
        """Return where a field is."""
        row, column = key.split("x")
        return int(row), int(column)

    def go_to(self, row: int, column: int) -> None:
        """Put the cursor on a field, held within the grid."""
        at = (max(1, min(row, SIDE)), max(1, min(column, SIDE)))
        if at != self._at:
            self._at = at
            self.update_lines()
            self.tell_highlighted()

    def action_move(self, step: int) -> None:
        """Move down by ``step``: what lies lower has the lower number."""
        self.go_to(self._at[0] - step, self._at[1])

    def action_sideways(self, step: int) -> None:
        """Move to the left or right."""
        self.go_to(self._at[0], self._at[1] + step)

    def action_page(self, pages: float) -> None:
        """Move to the lowest or the highest row."""
        self.go_to(1 if pages > 0 else SIDE, self._at[1])

    def action_go(self, index: int) -> None:
        """Go to the highest field, or with -1 to the lowest."""
        self.go_to(*((SIDE, SIDE) if index >= 0 else (1, 1)))

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """Return the lines of the labels and the rows; two for each row where there is room."""
        del container, width
        return HEAD + SIDE * (2 if viewport.height >= 34 else 1)

    def line_at(self, y: int) -> Strip:
        """Return the labels of the columns, or a line of a row."""
        width = self.size.width
        wide = max(4, (width - LABELS - 2) // SIDE - BETWEEN)
        if y < HEAD:
            return self._head_line(width, wide)
        tall = max(1, (self.size.height - HEAD) // SIDE)
        row, line = SIDE - (y - HEAD) // tall, (y - HEAD) % tall
        label = self._row_labels[row] if line == 0 else ""
        pieces: list[Piece] = [Piece(" "), *fit_pieces(Piece(label, Role.DIM), LABELS)]
        for column in range(1, SIDE + 1):
            pieces += [*self._cell(row, column, line, tall, wide), Piece(" " * BETWEEN)]
        return self.strip_of(pieces, width)

    def _head_line(self, width: int, wide: int) -> Strip:
        pieces: list[Piece] = [Piece(" "), *fit_pieces(Piece(self._corner, Role.HEADING), LABELS)]
        for column in range(1, SIDE + 1):
            pieces += [*fit_pieces(Piece(f" {self._column_labels[column]}", Role.HEADING), wide), Piece(" " * BETWEEN)]
        return self.strip_of(pieces, width)

    def _cell(self, row: int, column: int, line: int, tall: int, wide: int) -> list[Piece]:
        """Return one line of a field, in brackets where the cursor is on it, so that no colour is needed to see it."""
        inner = self._inner((row, column), line, tall, wide - 2)
        if (row, column) != self._at:
            return [Piece(" "), *inner, Piece(" ")]
        text = "".join(piece.text for piece in inner)
        return [Piece(f"[{text}]" if line == 0 else f" {text} ", Role.CURSOR)]

    def _inner(self, place: tuple[int, int], line: int, tall: int, room: int) -> list[Piece]:
        words = list(self._fields.get(place, ()))
        if not words:
            return fit_pieces(self._empty.get(place, Piece("")) if line == 0 else Piece(""), room)
        lines = _wrapped(words, room, tall)
        return fit_pieces(tuple(lines[line]) if line < len(lines) else Piece(""), room)


def _wrapped(words: Sequence[Piece], room: int, tall: int) -> list[list[Piece]]:
    """Return words on at most ``tall`` lines of ``room`` cells; the last says how many more there are."""
    lines: list[list[Piece]] = [[]]
    for at, word in enumerate(words):
        last, left = len(lines) == tall, len(words) - at
        taken = sum(width_of(piece.text) for piece in lines[-1])
        spare = len(f"+{left - 1} ") if last and left > 1 else 0
        if lines[-1] and taken + width_of(word.text) + spare > room:
            if last:
                return [*lines[:-1], [*lines[-1], Piece(f"+{left}", Role.DIM)]]
            lines.append([])
        lines[-1] += [word, Piece(" ")]
    return lines
