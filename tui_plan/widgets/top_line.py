"""The first line of a main screen: the modes with their keys, and what the screen is about."""

from collections.abc import Sequence

from textual.strip import Strip

from tui_plan.widgets.lines import LineView, Piece, Role
from tui_plan.widgets.text import fit, width_of


class TopLine(LineView):
    """Shows the modes, the current one set off, and on the right a text such as the plan's name."""

    def __init__(self, modes: Sequence[tuple[str, str]], current: str) -> None:
        super().__init__()
        self._modes = tuple(modes)
        self._current = current
        self._about = ""

    def set_about(self, about: str) -> None:
        """Change the text on the right."""
        self._about = about
        self.update_lines()

    def line_at(self, y: int) -> Strip:
        """Return the line."""
        width = self.size.width
        pieces: list[Piece] = []
        for key, word in self._modes if y == 0 else ():
            role = Role.TITLE if word == self._current else Role.DIM
            pieces += [Piece(f" {key} {word} ", role), Piece(" ")]
        room = width - sum(width_of(piece.text) for piece in pieces) - 1
        about = fit(self._about, max(0, room), right=True)
        return self.strip_of([*pieces, Piece(about, Role.DIM), Piece(" ")], width)
