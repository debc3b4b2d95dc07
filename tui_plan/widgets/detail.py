"""The pane beside a list that shows one record in full: labelled fields, paragraphs, headings and lists.

Screens give it blocks of plain values. It repaints only lines that changed. It reads no database.
"""

from collections.abc import Iterable, Sequence
from itertools import zip_longest
from typing import ClassVar, NamedTuple

from textual import events
from textual.binding import BindingType
from textual.geometry import Size
from textual.strip import Strip

from tui_plan.keys import bind
from tui_plan.widgets.lines import Cell, LineView, Piece, Pieces, Role, fit_pieces, pieces_of
from tui_plan.widgets.text import fit, width_of, wrap

LABEL_LEAST = 11
"""Cells that every section gives its labels, so that short ones line up from section to section."""

LABEL_MOST = 18
KEYS_MOST = 30
MARGIN = 1
BETWEEN = 2
POINT = Piece("·", Role.DIM)


class Labelled(NamedTuple):
    """A label in the label column and its value beside it, wrapped there when it is plain text or one piece."""

    label: str
    value: Cell


class Heading(NamedTuple):
    """A heading with a space above it."""

    text: str
    note: str = ""


class Paragraph(NamedTuple):
    """Text wrapped over the whole width; its own line ends are kept."""

    text: str
    role: Role = Role.PLAIN


class Item(NamedTuple):
    """One entry of a list: a sign, then wrapped text, then a dim note on the last line if it fits."""

    text: str
    sign: Piece = POINT
    note: str = ""


class KeyRow(NamedTuple):
    """Keys in a column of their own, and what they do."""

    keys: str
    sentence: str


class Beside(NamedTuple):
    """A label and two values side by side, each wrapped in its half; dim where they say the same."""

    label: str
    one: str
    other: str


class Gap(NamedTuple):
    """An empty line."""


Block = Labelled | Heading | Paragraph | Item | KeyRow | Beside | Gap


class DetailView(LineView, can_focus=True):
    """One record in full; scrolls by keys when it is longer than its pane."""

    BINDINGS: ClassVar[list[BindingType]] = [
        bind("list.down", "scroll_by(1)"),
        bind("list.up", "scroll_by(-1)"),
        bind("list.page_down", "scroll_pages(1.0)"),
        bind("list.page_up", "scroll_pages(-1.0)"),
        bind("list.half_down", "scroll_pages(0.5)"),
        bind("list.half_up", "scroll_pages(-0.5)"),
        bind("list.first", "scroll_by(-100000)"),
        bind("list.bottom", "scroll_by(100000)"),
    ]

    def __init__(
        self,
        *,
        title: str = "",
        empty: str = "",
        id: str | None = None,  # noqa: A002
        classes: str | None = None,
    ) -> None:
        super().__init__(id=id, classes=classes)
        self._title = title
        self._empty = empty
        self._blocks: tuple[Block, ...] = ()
        self._about = ""
        self._top = 0
        self._lines: list[Pieces] = []
        self._made_for = 0

    @property
    def about(self) -> str:
        """The key of the record it shows, or nothing."""
        return self._about

    def show(self, about: str, title: str, blocks: Sequence[Block]) -> None:
        """Show the record with key ``about``; the place it was scrolled to is kept while the record is the same."""
        made = tuple(blocks)
        if (about, title, made) == (self._about, self._title, self._blocks):
            return
        if about != self._about:
            self._top = 0
        self._about, self._title, self._blocks = about, title, made
        self._made_for = 0
        self._make_lines()
        self.update_lines()

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """Return the lines of the title and the record, for a view whose height follows what it shows."""
        del container, viewport
        return 1 + len(_laid_out(self._blocks, max(4, width - 2 * MARGIN)))

    def action_scroll_by(self, lines: int) -> None:
        """Scroll by ``lines``, as far as there is more."""
        top = max(0, min(self._top + lines, len(self._lines) - self._page))
        if top != self._top:
            self._top = top
            self.update_lines()

    def action_scroll_pages(self, pages: float) -> None:
        """Scroll by a part of the visible page."""
        self.action_scroll_by(int(self._page * pages))

    def on_mouse_scroll_down(self, event: events.MouseScrollDown) -> None:
        """Scroll down."""
        event.stop()
        self.action_scroll_by(3)

    def on_mouse_scroll_up(self, event: events.MouseScrollUp) -> None:
        """Scroll up."""
        event.stop()
        self.action_scroll_by(-3)

    def line_at(self, y: int) -> Strip:
        """Return the title, a line of the record, or the sentence for no record."""
        width = self.size.width
        self._make_lines()
        if y == 0:
            return self.strip_of(self._title_pieces(width), width)
        index = self._top + y - 1
        pieces = self._lines[index] if index < len(self._lines) else ()
        return self.strip_of([Piece(" " * MARGIN), *pieces], width)

    @property
    def _page(self) -> int:
        return max(1, self.size.height - 1)

    def _title_pieces(self, width: int) -> list[Piece]:
        role = Role.TITLE if self.has_focus else Role.STRONG
        below = len(self._lines) - self._top - self._page
        more = f" ↓{below} " if below > 0 else " "
        head = fit_pieces((Piece(" "), Piece(self._title, role)), width - len(more))
        return [*head, Piece(more, Role.DIM)]

    def _make_lines(self) -> None:
        """Lay the blocks out for the present width, once."""
        if self._made_for == self.size.width:
            return
        self._made_for = self.size.width
        width = max(4, self.size.width - 2 * MARGIN)
        if self._blocks or not self._empty:
            self._lines = _laid_out(self._blocks, width)
        else:
            self._lines = [(Piece(line, Role.DIM),) for line in wrap(self._empty, width)]
        self._top = max(0, min(self._top, len(self._lines) - self._page))


def _laid_out(blocks: Sequence[Block], width: int) -> list[Pieces]:
    keys = [width_of(block.keys) for block in blocks if isinstance(block, KeyRow)]
    key_width = min(max(keys, default=0), KEYS_MOST) + 2
    lines: list[Pieces] = []
    for section in _sections(blocks):
        labels = [width_of(block.label) for block in section if isinstance(block, Labelled | Beside)]
        label_width = min(max([LABEL_LEAST, *labels]), LABEL_MOST) + 2
        lines += [line for block in section for line in _block_lines(block, width, label_width, key_width)]
    return lines


def _sections(blocks: Sequence[Block]) -> list[list[Block]]:
    """Return the blocks from each heading to the next: long labels widen only their own section."""
    sections: list[list[Block]] = [[]]
    for block in blocks:
        if isinstance(block, Heading):
            sections.append([])
        sections[-1].append(block)
    return sections


def _block_lines(block: Block, width: int, label_width: int, key_width: int) -> Iterable[Pieces]:
    match block:
        case Labelled(label, value):
            return _labelled_lines(label, value, width, label_width)
        case Heading() | Paragraph() | Gap():
            return _text_lines(block, width)
        case Item():
            return _item_lines(block, width)
        case KeyRow(keys, sentence):
            return _key_lines(keys, sentence, width, key_width)
        case Beside(label, one, other):
            return _beside_lines(label, one, other, (width - label_width - BETWEEN) // 2, label_width)


def _text_lines(block: Heading | Paragraph | Gap, width: int) -> list[Pieces]:
    match block:
        case Heading(text, note):
            return [(), (Piece(text, Role.HEADING), Piece(f"  {note}" if note else "", Role.DIM))]
        case Paragraph(text, role):
            return [(Piece(line, role),) for line in wrap(text, width)]
        case Gap():
            return [()]


def _labelled_lines(label: str, value: Cell, width: int, label_width: int) -> list[Pieces]:
    head = Piece(fit(label, label_width), Role.DIM)
    pieces = pieces_of(value)
    if len(pieces) != 1:
        return [(head, *pieces)]
    lines = wrap(pieces[0].text, max(2, width - label_width)) or [""]
    role = pieces[0].role
    rest = [(Piece(" " * label_width), Piece(line, role)) for line in lines[1:]]
    return [(head, Piece(lines[0], role)), *rest]


def _beside_lines(label: str, one: str, other: str, half: int, label_width: int) -> list[Pieces]:
    role = Role.DIM if one == other else Role.PLAIN
    sides = zip_longest(*(wrap(text, max(2, half)) or [""] for text in (one, other)), fillvalue="")
    return [
        (
            Piece(fit(label if at == 0 else "", label_width), Role.DIM),
            Piece(fit(left, half + BETWEEN), role),
            Piece(right, role),
        )
        for at, (left, right) in enumerate(sides)
    ]


def _key_lines(keys: str, sentence: str, width: int, key_width: int) -> list[Pieces]:
    lines = wrap(sentence, max(2, width - key_width)) or [""]
    rest = [(Piece(" " * key_width), Piece(line)) for line in lines[1:]]
    return [(Piece(fit(keys, key_width), Role.ACCENT), Piece(lines[0])), *rest]


def _item_lines(item: Item, width: int) -> list[Pieces]:
    lines = wrap(item.text, max(2, width - 2)) or [""]
    made: list[Pieces] = [(item.sign, Piece(" "), Piece(lines[0]))]
    made += [(Piece("  "), Piece(line)) for line in lines[1:]]
    if not item.note:
        return made
    if width_of(lines[-1]) + width_of(item.note) + 4 <= width:
        made[-1] = (*made[-1], Piece(f"  {item.note}", Role.DIM))
        return made
    return [*made, *[(Piece("  "), Piece(line, Role.DIM)) for line in wrap(item.note, max(2, width - 2))]]
