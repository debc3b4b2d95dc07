"""The board of columns: cards of three lines under titles with counts, a cursor among them, columns that scroll alone.

One widget draws all of it and asks only for cards in view. Where the columns do not all fit, those around the cursor
are wide and the others narrow strips. Screens give it columns and hear its messages; it reads no database.
"""

from collections.abc import Sequence

from textual import events, work
from textual.strip import Strip

from tui_plan.widgets.board_view import (
    CARD_LINES,
    CARD_STEP,
    GAP,
    HEADING_STEP,
    BoardColumn,
    CardGroup,
    CardLine,
    CardView,
    Slot,
    find_card,
    slots_for,
)
from tui_plan.widgets.cursor import CursorView
from tui_plan.widgets.lines import Piece, Role, fit_pieces, pieces_of
from tui_plan.widgets.rows import Rows
from tui_plan.widgets.text import width_of, wrap

LEAST_DATE = 16
"""Cells that a card's date or state may always take, such as "! 4 months late"."""

HEAD = 2
"""The lines above the cards: the columns' titles, and a rule."""


class Board(CursorView):
    """Columns of cards under one cursor, which stays on its card by key when the columns are given again."""

    def __init__(self, *, empty: str = "Nothing here.", id: str | None = None, classes: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id, classes=classes)
        self._empty = empty
        self._columns: tuple[BoardColumn, ...] = ()
        self._at = 0
        self._cursors: list[int] = []
        self._tops: list[int] = []
        self._first_wide = 0

    # What the screen reads

    @property
    def cursor_key(self) -> str | None:
        """The key of the card under the cursor, or None in an empty column."""
        return self._key_in(self._at)

    @property
    def column_key(self) -> str | None:
        """The key of the column that the cursor is in, or None without columns."""
        return self._columns[self._at].key if self._columns else None

    @property
    def columns(self) -> tuple[BoardColumn, ...]:
        """The columns it shows."""
        return self._columns

    def set_empty(self, sentence: str) -> None:
        """Change what stands there when no column has a card: say which key to press."""
        if sentence != self._empty:
            self._empty = sentence
            self.update_lines()

    def place_of(self, key: str) -> tuple[int, int]:
        """Return the column and the place of ``key``."""
        return find_card(self._columns, key) or (-1, -1)

    # What the screen does

    async def show(self, columns: Sequence[BoardColumn], *, key: str | None = None) -> None:
        """Show ``columns``, cards in view read first; the cursor goes to card ``key``, or stays on its card."""
        lines = max(1, self.size.height)
        for at, column in enumerate(columns):
            start = self._tops[at] // CARD_STEP if at < len(self._tops) else 0
            await column.rows.read(max(0, start - 1), start + lines // CARD_STEP + 2)
        self.set_columns(columns, key=key)

    def set_columns(self, columns: Sequence[BoardColumn], *, key: str | None = None) -> None:
        """Show ``columns`` at once; the cursor follows its card to another column, else stays in its place."""
        before = self.cursor_key
        wanted = key or before
        self._columns = tuple(columns)
        self._cursors = [self._kept(self._cursors, at) for at in range(len(columns))]
        self._tops = [self._tops[at] if at < len(self._tops) else 0 for at in range(len(columns))]
        self._at = max(0, min(self._at, len(columns) - 1))
        found = find_card(self._columns, wanted) if wanted is not None else None
        if found is not None:
            self._at, self._cursors[self._at] = found
        self._settle()
        self.set_marked(frozenset(each for each in self._marked if any(one.rows.holds(each) for one in columns)))
        self.update_lines()
        self._read_missing()
        if before != self.cursor_key or before is None:
            self.tell_highlighted()

    def move_to(self, key: str) -> None:
        """Put the cursor on the card with ``key``, if it is here."""
        if (found := find_card(self._columns, key)) is not None:
            self._go(*found)

    # Keys and mouse

    def action_move(self, step: int) -> None:
        """Move the cursor by ``step`` cards."""
        if self._columns:
            self._go(self._at, self._cursors[self._at] + step)

    def action_sideways(self, step: int) -> None:
        """Move the cursor to a neighbouring column, to the card it was on there."""
        target = self._at + step
        if 0 <= target < len(self._columns):
            self._go(target, self._cursors[target])

    def action_page(self, pages: float) -> None:
        """Move the cursor by a part of the cards in view."""
        self.action_move(int(max(1, self._page // CARD_STEP * abs(pages))) * (1 if pages > 0 else -1))

    def action_go(self, index: int) -> None:
        """Go to the first card of the column, or with -1 to the last."""
        if self._columns:
            self._go(self._at, index if index >= 0 else len(self._columns[self._at].rows) - 1)

    def on_click(self, event: events.Click) -> None:
        """Put the cursor on the clicked card; a second click opens it."""
        for at, slot in enumerate(self._slots()):
            if slot.x <= event.x < slot.x + slot.width:
                entry = self._columns[at].entry_at(self._tops[at] + event.y - HEAD) if event.y >= HEAD else None
                self._go(at, entry.place if isinstance(entry, CardLine) and not slot.narrow else self._cursors[at])
        if event.chain == 2:
            self.action_open()

    def on_resize(self) -> None:
        """Keep the cursor in view."""
        self._settle()
        self.update_lines()
        self._read_missing()

    # Drawing

    def line_at(self, y: int) -> Strip:
        """Return one line across all columns."""
        if y >= HEAD and not any(len(column.rows) for column in self._columns):
            return self._empty_line(y - HEAD - 1)
        strips: list[Strip] = []
        space = Strip.blank(GAP, self.style_of(Role.PLAIN))
        for at, slot in enumerate(self._slots()):
            strip = self._narrow_line(at, y, slot.width) if slot.narrow else self._wide_line(at, y, slot.width)
            strips += [strip, space]
        return Strip.join(strips[:-1]).adjust_cell_length(self.size.width, self.style_of(Role.PLAIN))

    def _empty_line(self, y: int) -> Strip:
        """Return a line of the sentence that stands there when no column has a card."""
        lines = wrap(self._empty, max(2, min(72, self.size.width - 4)))
        text = lines[y] if 0 <= y < len(lines) else ""
        return self.strip_of([Piece(f"  {text}", Role.DIM)], self.size.width)

    def _wide_line(self, at: int, y: int, width: int) -> Strip:
        if y < HEAD:
            return self.strip_of(self._title(at, width) if y == 0 else [Piece("─" * width, Role.DIM)], width)
        column = self._columns[at]
        entry = column.entry_at(self._tops[at] + y - HEAD)
        if isinstance(entry, CardGroup):
            return self.strip_of([Piece(f" {entry.title}", Role.STRONG), Piece(f" {entry.size}", Role.DIM)], width)
        if entry is None:
            return self._space(" –" if not len(column.rows) and y == HEAD else "", width)
        index, line = entry
        return self._card_line(at, index, line, width)

    def _space(self, text: str, width: int) -> Strip:
        return self.strip_once((text, width), lambda: self.strip_of([Piece(text, Role.DIM)], width))

    def _card_line(self, at: int, index: int, line: int, width: int) -> Strip:
        rows = self._columns[at].rows
        on_cursor = at == self._at and index == self._cursors[at]
        marked = rows.key_at(index) in self._marked
        card = rows.row(index)

        def draw() -> Strip:
            gutter = Piece("›" if on_cursor and line == 0 else "*" if marked and line == 0 else " ")
            over = Role.CURSOR if on_cursor else (Role.MARKED if marked else None)
            return self.strip_of([gutter, *_card_pieces(card, line, width - 1)], width, over)

        return self.strip_once((card, line, on_cursor, marked, width), draw)

    def _title(self, at: int, width: int) -> Sequence[Piece]:
        column = self._columns[at]
        count = len(column.rows)
        place = f"{self._cursors[at] + 1}/{count}" if at == self._at and count else str(count)
        role = Role.TITLE if at == self._at and self.has_focus else Role.HEADING
        head = fit_pieces(Piece(f" {column.sign} {column.title} ", role), max(0, width - len(place) - 1))
        return [*head, Piece(" "), Piece(place, Role.DIM)]

    def _narrow_line(self, at: int, y: int, width: int) -> Strip:
        column = self._columns[at]
        if y == 0:
            return self.strip_of([Piece(f" {column.sign}{len(column.rows):>4}", Role.HEADING)], width)
        if y < HEAD:
            return self._space("─" * 6, width)
        return self._space(f"  {column.title[y - HEAD : y - HEAD + 1]}", width)

    # Where things are

    @property
    def _page(self) -> int:
        return max(1, self.size.height - HEAD)

    def _slots(self) -> list[Slot]:
        slots, _ = slots_for(len(self._columns), self._at, self._first_wide, self.size.width)
        return slots

    def _key_in(self, at: int) -> str | None:
        if not self._columns or not len(self._columns[at].rows):
            return None
        return self._columns[at].rows.key_at(self._cursors[at])

    def _kept(self, cursors: Sequence[int], at: int) -> int:
        index = cursors[at] if at < len(cursors) else 0
        return max(0, min(index, len(self._columns[at].rows) - 1))

    def _go(self, at: int, index: int) -> None:
        before = (self._at, self._cursors[at], self._at, self._cursors[self._at])
        target = max(0, min(index, len(self._columns[at].rows) - 1))
        if (at, target) == (self._at, self._cursors[at]):
            return
        touched = self._lines_of_cursor()
        self._at, self._cursors[at] = at, target
        if self._settle() or before[0] != at:
            self.update_lines()
            self._read_missing()
        else:
            self.update_lines([0, *touched, *self._lines_of_cursor()])
        self.tell_highlighted()

    def _lines_of_cursor(self) -> list[int]:
        start = self._columns[self._at].line_of(self._cursors[self._at]) - self._tops[self._at] + HEAD
        return list(range(start, start + CARD_LINES))

    def _settle(self) -> bool:
        """Open the cursor's column and scroll every column so that its own cursor is in view; say if any moved."""
        before = (self._first_wide, tuple(self._tops))
        if self._columns and self.size.width:
            _, self._first_wide = slots_for(len(self._columns), self._at, self._first_wide, self.size.width)
        for at, column in enumerate(self._columns):
            self._tops[at] = self._top_for(column, self._cursors[at], self._tops[at])
        return before != (self._first_wide, tuple(self._tops))

    def _top_for(self, column: BoardColumn, index: int, top: int) -> int:
        """Return the first visible line of ``column``: half a page further when its cursor is out of view."""
        line = column.line_of(index)
        heading = HEADING_STEP if column.groups else 0
        if line - heading < top or line + CARD_LINES > top + self._page:
            half = self._page // 2 // CARD_STEP * CARD_STEP
            top = line - heading - half
        return max(0, min(top, column.height - self._page))

    def _read_missing(self) -> None:
        if not self.is_mounted:
            return
        for at, (column, slot) in enumerate(zip(self._columns, self._slots(), strict=True)):
            start = max(0, self._tops[at] // CARD_STEP - len(column.groups))
            stop = min(len(column.rows), self._tops[at] // CARD_STEP + self._page // CARD_STEP + 2)
            if not slot.narrow and any(column.rows.row(index) is None for index in range(start, stop)):
                self._read(column.rows, start, stop)

    @work(group="cards")
    async def _read(self, rows: Rows[CardView], start: int, stop: int) -> None:
        await rows.read(start, stop)
        self.update_lines()


def _card_pieces(card: CardView | None, line: int, width: int) -> list[Piece]:
    """Return one of a card's lines: reference, owner and date above two lines of title."""
    if card is None:
        return [Piece("…" if line == 0 else "", Role.DIM)]
    if line == 0:
        return _card_head(card, width)
    titles = wrap(card.title, width, most=2)
    return [Piece(titles[line - 1] if line <= len(titles) else "")]


def _card_head(card: CardView, width: int) -> list[Piece]:
    """Return the reference, the owner as far as there is room, and on the right the date, at most half of it."""
    ref, date = pieces_of(card.ref), pieces_of(card.date)
    taken = min(sum(width_of(piece.text) for piece in date), max(width // 2, LEAST_DATE))
    head = fit_pieces((*ref, Piece(" "), Piece(card.owner, Role.DIM)), max(0, width - taken - 1))
    return [*head, Piece(" "), *fit_pieces(date, taken)]
