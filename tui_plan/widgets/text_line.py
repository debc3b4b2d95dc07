"""One line, or a few wrapped ones, of our own or of a person's text."""

from textual.geometry import Size
from textual.strip import Strip

from tui_plan.widgets.lines import LineView, Piece
from tui_plan.widgets.text import wrap


class TextLine(LineView):
    """A piece of text, wrapped over as many lines as it needs."""

    def __init__(
        self,
        piece: Piece,
        *,
        most: int = 0,
        id: str | None = None,  # noqa: A002
        classes: str | None = None,
    ) -> None:
        """With ``most`` it takes at most that many lines; the last of them then ends in an ellipsis."""
        super().__init__(id=id, classes=classes)
        self._piece = piece
        self._most = most

    def say(self, piece: Piece) -> None:
        """Show another text."""
        before = self.lines_in(self.size.width)
        self._piece = piece
        if before != self.lines_in(self.size.width):
            self.repaint_all()
            self.refresh(layout=True)
        self.update_lines()

    def lines_in(self, width: int) -> int:
        """Return how many lines it takes in ``width`` cells."""
        return max(1, len(wrap(self._piece.text, width or 1, self._most)))

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """Return the lines the text needs, at least one."""
        del container, viewport
        return self.lines_in(width)

    def line_at(self, y: int) -> Strip:
        """Return line ``y`` of the wrapped text."""
        lines = wrap(self._piece.text, self.size.width, self._most)
        text = lines[y] if y < len(lines) else ""
        return self.strip_of([Piece(text, self._piece.role)], self.size.width)
