"""The base of every widget that draws itself line by line, and the roles that its text may play.

A frame is compared with the one before it, and only the cells that differ are sent to the terminal: over a slow
line that is the difference between following the keys and lagging behind them. Widgets inherit; screens use ``Piece``.
"""

from collections.abc import Callable, Hashable, Iterable
from enum import StrEnum
from typing import NamedTuple

from rich.segment import Segment
from rich.style import Style
from textual.geometry import Region, Size
from textual.strip import Strip
from textual.style import Style as Colours
from textual.widget import Widget

from tui_plan.widgets.text import fit, shown, width_of


class Role(StrEnum):
    """What a piece of text means; the theme decides how that looks. A sign must always say the same."""

    PLAIN = "plain"
    DIM = "dim"
    STRONG = "strong"
    GOOD = "good"
    WARN = "warn"
    BAD = "bad"
    ACCENT = "accent"
    TITLE = "title"
    HEADING = "heading"
    CURSOR = "cursor"
    MARKED = "marked"


ROLE_STYLES: dict[Role, str] = {
    Role.PLAIN: "",
    Role.DIM: "$foreground-muted",
    Role.STRONG: "bold",
    Role.GOOD: "$text-success",
    Role.WARN: "$text-warning",
    Role.BAD: "bold $text-error",
    Role.ACCENT: "$text-accent",
    Role.TITLE: "bold $block-cursor-foreground on $block-cursor-background",
    Role.HEADING: "bold $foreground-muted",
    Role.CURSOR: "bold $block-cursor-blurred-foreground on $block-cursor-blurred-background",
    Role.MARKED: "bold $text-accent",
}
"""The theme's variables for each role. Component classes in a style sheet would say the same, but Textual works all of
them out again for every widget at every change of style: a tenth of the start."""

FOCUSED_CURSOR = "bold $block-cursor-foreground on $block-cursor-background"


class Piece(NamedTuple):
    """A run of text in one role."""

    text: str
    role: Role = Role.PLAIN


Pieces = tuple[Piece, ...]
Cell = str | Piece | Pieces
"""What one cell of a table, or one line, holds: plain text, one piece, or several."""


def pieces_of(cell: Cell) -> Pieces:
    """Return ``cell`` as pieces, whichever of its three forms it has."""
    if isinstance(cell, str):
        return (Piece(cell),)
    return (cell,) if isinstance(cell, Piece) else cell


def fit_pieces(cell: Cell, width: int, *, right: bool = False) -> list[Piece]:
    """Return ``cell`` in exactly ``width`` cells, shortened with an ellipsis where it must be."""
    fitted: list[Piece] = []
    room = width
    for text, role in pieces_of(cell):
        if room <= 0:
            break
        safe = shown(text)
        taken = safe if width_of(safe) <= room else fit(safe, room)
        fitted.append(Piece(taken, role))
        room -= width_of(taken)
    padding = Piece(" " * room)
    if room <= 0:
        return fitted
    return [padding, *fitted] if right else [*fitted, padding]


MOST_STRIPS = 1_000
"""How many drawn rows a widget keeps at most."""


class LineView(Widget, can_focus=False):
    """A widget made of lines; a subclass gives ``line_at`` and calls ``update_lines`` when something changed."""

    def __init__(self, *, id: str | None = None, classes: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id, classes=classes)
        self._styles_by_role: dict[Role, Style] = {}
        self._painted: dict[int, Strip] = {}
        self._strips: dict[Hashable, Strip] = {}
        self._painted_size = Size(0, 0)

    def line_at(self, y: int) -> Strip:
        """Return line ``y`` of the visible part, ``self.size.width`` cells wide."""
        raise NotImplementedError

    def style_of(self, role: Role) -> Style:
        """Return the theme's style for ``role``."""
        style = self._styles_by_role.get(role)
        if style is None:
            words = FOCUSED_CURSOR if role is Role.CURSOR and self.has_focus else ROLE_STYLES[role]
            own = Colours.parse(words, self.app.theme_variables) if words else Colours()
            style = self._styles_by_role[role] = (self.visual_style + own).rich_style
        return style

    def strip_of(self, pieces: Iterable[Piece], width: int, over: Role | None = None) -> Strip:
        """Return ``pieces`` as a strip of ``width`` cells; the role ``over`` replaces theirs (the cursor's line)."""
        segments: list[Segment] = []
        for text, role in fit_pieces(tuple(pieces), width):
            style = self.style_of(over or role)
            if segments and _looks_blank(text, style, segments[-1].style):
                segments[-1] = Segment(segments[-1].text + text, segments[-1].style)
            else:
                segments.append(Segment(text, style))
        return Strip(segments, width).simplify()

    def strip_once(self, about: Hashable, make: Callable[[], Strip]) -> Strip:
        """Return what ``make`` draws, drawn once for equal ``about``: after a change most rows are as they were."""
        strip = self._strips.get(about)
        if strip is None:
            if len(self._strips) >= MOST_STRIPS:
                self._strips.clear()
            strip = self._strips[about] = make()
        return strip

    def update_lines(self, lines: Iterable[int] | None = None) -> None:
        """Paint again those of ``lines`` (all when None) that look different now."""
        if not self.is_mounted or self._painted_size != self.size:
            self.repaint_all()  # also what was painted before it was hidden: it may come up again as large as it was
            return
        changed = [
            region
            for y in (range(self.size.height) if lines is None else lines)
            if 0 <= y < self.size.height and (region := self._changed_region(y)) is not None
        ]
        if changed:
            self.refresh(*changed)

    def render_line(self, y: int) -> Strip:
        """Return line ``y``, made only if it is not known yet."""
        if self._painted_size != self.size:
            self._painted.clear()
            self._painted_size = self.size
        strip = self._painted.get(y)
        if strip is None:
            strip = self._painted[y] = self.line_at(y)
        return strip

    def notify_style_update(self) -> None:
        """Forget what was painted: the theme, the focus or a class has changed."""
        self._styles_by_role.clear()
        self._strips.clear()
        self._painted.clear()
        super().notify_style_update()

    def repaint_all(self) -> None:
        """Paint every line again, after a change that ``update_lines`` cannot see."""
        self._painted.clear()
        self.refresh()

    def _changed_region(self, y: int) -> Region | None:
        old = self._painted.get(y)
        new = self.line_at(y)
        if old is None:
            self._painted[y] = new
            return Region(0, y, self.size.width, 1)
        if old == new:
            return None
        self._painted[y] = new
        start, end = _changed_span(list(old), list(new), self.size.width)
        return Region(start, y, max(1, end - start), 1)


def _looks_blank(text: str, style: Style, before: Style | None) -> bool:
    """Return whether ``text`` is space that can go on in the style before it: each change of style costs 40 bytes."""
    return text.isspace() and before is not None and before.bgcolor == style.bgcolor


def _changed_span(old: list[Segment], new: list[Segment], width: int) -> tuple[int, int]:
    """Return the first and one past the last cell in which two lines of ``width`` cells differ."""
    start = 0
    while old and new and old[0] == new[0]:
        start += old.pop(0).cell_length
        new.pop(0)
    end = width
    while old and new and old[-1] == new[-1]:
        end -= old.pop().cell_length
        new.pop()
    if len(old) == len(new) == 1 and old[0].style == new[0].style:
        start += _same_beginning(old[0].text, new[0].text)
    return start, end


def _same_beginning(old: str, new: str) -> int:
    """Return how many leading cells two plain ASCII texts share."""
    if not (old.isascii() and new.isascii()):
        return 0
    for index, (before, after) in enumerate(zip(old, new, strict=False)):
        if before != after:
            return index
    return min(len(old), len(new))
