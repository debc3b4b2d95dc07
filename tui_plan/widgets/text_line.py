"""One line, or a few wrapped ones, of our own or of a person's text."""

from textual.geometry import Size
from textual.strip import Strip

from tui_plan.widgets.lines import LineView, Piece
from tui_plan.widgets.text import wrap


class TextLine(LineView):
    """A piece of text, wrapped over as many lines as it needs."""

    def __init__(self, piece: Piece, *, id: str | None = None, classes: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id, classes=classes)
        self._piece = piece

    def say(self, piece: Piece) -> None:
        """Show another text."""
        lines = len(wrap(self._piece.text, self.size.width or 1))
        self._piece = piece
        if max(1, lines) != max(1, len(wrap(piece.text, self.size.width or 1))):
            self.repaint_all()
            self.refresh(layout=True)
        self.update_lines()

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """Return the lines the text needs, at least one."""
        del container, viewport
        return max(1, len(wrap(self._piece.text, width)))

    def line_at(self, y: int) -> Strip:
        """Return line ``y`` of the wrapped text."""
        lines = wrap(self._piece.text, self.size.width)
        text = lines[y] if y < len(lines) else ""
        return self.strip_of([Piece(text, self._piece.role)], self.size.width)
