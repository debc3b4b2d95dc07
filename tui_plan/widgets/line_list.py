"""The one list of the program: outlines, plans, people to pick from, history.

Screens give it rows and hear its messages. One widget draws all of it and asks only for rows in view, so 20,000 rows
cost what 20 do; a cursor key repaints two rows and the position sign. It reads no database.
"""

from collections.abc import Sequence
from typing import Any, ClassVar

from textual import events, work
from textual.binding import BindingType
from textual.strip import Strip

from tui_plan.keys import bind
from tui_plan.widgets.columns import GAP, Column, shared_widths
from tui_plan.widgets.cursor import CursorView
from tui_plan.widgets.lines import Cell, Piece, Role, fit_pieces, pieces_of
from tui_plan.widgets.rows import Fold, ItemRows, Rows, RowView
from tui_plan.widgets.text import wrap

GUTTER = 2
NOT_FOUND = "Nothing here holds these words. Press Esc to see everything again."
"""What stands there instead of rows when the filter found none."""


class LineList(CursorView):
    """A list with a title line, an optional line of headings, and rows under a cursor that stays on its key."""

    BINDINGS: ClassVar[list[BindingType]] = [
        bind("list.next", "match(1)"),
        bind("list.previous", "match(-1)"),
    ]

    def __init__(
        self,
        columns: Sequence[Column] = (Column(),),
        *,
        title: str = "",
        empty: str = "Nothing here yet.",
        markable: bool = True,
        opens: bool = True,
        id: str | None = None,  # noqa: A002
        classes: str | None = None,
    ) -> None:
        """With ``opens`` false, Enter does nothing here, and the last line does not offer it."""
        super().__init__(markable=markable, id=id, classes=classes)
        self._columns = tuple(columns)
        self._title = title
        self._empty = empty
        self._opens = opens
        self._rows: Rows[RowView] | None = None
        self._cursor = 0
        self._top = 0

    # What the screen reads

    @property
    def rows(self) -> Rows[RowView] | None:
        """The rows it shows, or None before the first were given."""
        return self._rows

    @property
    def cursor_key(self) -> str | None:
        """The key of the row under the cursor, or None without rows."""
        return self._rows.key_at(self._cursor) if self._rows is not None and len(self._rows) else None

    def place_of(self, key: str) -> tuple[int, int]:
        """Return where ``key`` is shown."""
        index = self._rows.index_of(key) if self._rows is not None else None
        return 0, -1 if index is None else index

    # What the screen does

    async def show(self, rows: Rows[RowView], *, key: str | None = None) -> None:
        """Show ``rows``, those in view read first; the cursor goes to ``key``, or stays on the key it is on."""
        place = self._place_of(rows, key or self.cursor_key)
        await rows.read(max(0, place - self._page), place + self._page)
        self.set_rows(rows, key=key)

    def set_rows(self, rows: Rows[RowView], *, key: str | None = None) -> None:
        """Show ``rows`` at once; the cursor goes to ``key``, or stays on the key, else the place, that it is on.

        It keeps its line on the screen; where ``key`` is in view, the view stays and the cursor moves.
        """
        before = self.cursor_key
        on_line = self._cursor - self._top
        self._cursor = self._place_of(rows, key or before)
        self._rows = rows
        if key in {None, before} or not 0 <= self._cursor - self._top < self._page:
            self._top = self._cursor - on_line
        self._keep_in_view()
        self.set_marked(frozenset(each for each in self._marked if rows.holds(each)))
        self.update_lines()
        self._read_missing()
        if before != self.cursor_key or before is None:
            self.tell_highlighted()

    def search(self, wanted: str) -> None:
        """Show only what holds ``wanted``; the cursor stays where that was found, or goes to the first that was."""
        if isinstance(self._rows, ItemRows):
            rows = self._rows.filtered(wanted)
            self.set_rows(rows, key=rows.found_near(self.cursor_key))

    def set_title(self, title: str) -> None:
        """Change the title line."""
        self._title = title
        self.update_lines([0])

    def set_columns(self, columns: Sequence[Column]) -> None:
        """Change the columns, where what they stand for changes with the rows; the rows come next."""
        if tuple(columns) != self._columns:
            self._columns = tuple(columns)
            self._strips.clear()
            self.update_lines()

    def set_empty(self, sentence: str) -> None:
        """Change what stands there when there are no rows: say which key to press."""
        if sentence != self._empty:
            self._empty = sentence
            self.update_lines()

    def move_to(self, key: str) -> None:
        """Put the cursor on the row with ``key``, if it is shown."""
        index = self._rows.index_of(key) if self._rows is not None else None
        if index is not None:
            self.go_to(index)

    def go_to(self, index: int) -> None:
        """Put the cursor on the row at ``index``, held within the rows."""
        count = len(self._rows) if self._rows is not None else 0
        target = max(0, min(index, count - 1))
        if count == 0 or target == self._cursor:
            return
        old, self._cursor = self._cursor, target
        if self._keep_in_view():
            self.update_lines()
            self._read_missing()
        else:
            self.update_lines([0, self._line_of(old), self._line_of(target)])
        self.tell_highlighted()

    # Keys and mouse

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Hide Enter where nothing opens."""
        return (self._opens or action != "open") and super().check_action(action, parameters)

    def action_move(self, step: int) -> None:
        """Move the cursor by ``step`` rows."""
        self.go_to(self._cursor + step)

    def action_page(self, pages: float) -> None:
        """Move the cursor and the view by a part of the visible page."""
        step = int(self._page * pages)
        self._top = max(0, self._top + step)
        self.go_to(self._cursor + step)

    def action_go(self, index: int) -> None:
        """Go to the first row, or with -1 to the last."""
        self.go_to(index if index >= 0 else len(self._rows or ()) - 1)

    def action_match(self, step: int) -> None:
        """Go to the next row that the filter found."""
        if self._rows is not None and (index := self._rows.next_match(self._cursor, step)) is not None:
            self.go_to(index)

    def action_sideways(self, step: int) -> None:
        """Open or close the branch under the cursor, or go to its first row or to what it lies under."""
        if not isinstance(rows := self._rows, ItemRows) or not len(rows):
            return
        if step > 0:
            self._open_branch(rows)
        else:
            self._close_branch(rows)

    def _close_branch(self, rows: ItemRows[Any, RowView]) -> None:
        if rows.fold_at(self._cursor) is Fold.OPEN and not rows.wanted:
            self.set_rows(rows.folded(rows.key_at(self._cursor), closed=True))
        elif (parent := rows.parent_of(self._cursor)) is not None:
            self.go_to(parent)

    def _open_branch(self, rows: ItemRows[Any, RowView]) -> None:
        fold = rows.fold_at(self._cursor)
        if fold is Fold.CLOSED:
            self.set_rows(rows.folded(rows.key_at(self._cursor), closed=False))
        elif fold is Fold.OPEN:
            self.action_move(1)

    def on_click(self, event: events.Click) -> None:
        """Put the cursor on the clicked row; a second click opens it."""
        index = self._top + event.y - self._head
        if event.y < self._head or self._rows is None or index >= len(self._rows):
            return
        self.go_to(index)
        if event.chain == 2:
            self.action_open()

    def on_resize(self) -> None:
        """Keep the cursor in view."""
        if self._keep_in_view():
            self.update_lines()
        self._read_missing()

    # Drawing

    def line_at(self, y: int) -> Strip:
        """Return the title, the headings, a row, or the sentence for no rows."""
        width = self.size.width
        if y == 0 and self._has_title:
            return self._title_line(width)
        if y == self._head - 1 and self._has_headings:
            return self._heading_line(width)
        index = self._top + y - self._head
        if self._rows is not None and index < len(self._rows):
            return self._row_line(index, width)
        if self._rows is not None and not len(self._rows):
            return self._empty_line(y - self._head - 1, width)
        return Strip.blank(width, self.style_of(Role.PLAIN))

    def _title_line(self, width: int) -> Strip:
        position = self._position()
        role = Role.TITLE if self.has_focus else Role.HEADING
        room = width - len(position) - 2
        head = fit_pieces((Piece(" "), Piece(self._title, role)), max(0, room))
        return self.strip_of([*head, Piece(" "), Piece(position, Role.DIM), Piece(" ")], width)

    def _position(self) -> str:
        count = len(self._rows) if self._rows is not None else 0
        place = f"{self._cursor + 1}/{count}" if count else ""
        return " · ".join(filter(None, (self._marks_told(), place)))

    def _marks_told(self) -> str:
        """Return how many are marked, and how many of them a filter or a closed branch hides."""
        hidden = sum(self._rows.index_of(key) is None for key in self._marked) if self._rows is not None else 0
        told = f"{len(self._marked)} marked" if self._marked else ""
        return f"{told}, {hidden} of them not shown" if hidden else told

    def _heading_line(self, width: int) -> Strip:
        cells = tuple(Piece(column.title, Role.HEADING) for column in self._columns)
        return self.strip_of([Piece(" " * GUTTER), *self._fitted(cells, width)], width)

    def _row_line(self, index: int, width: int) -> Strip:
        rows = self._rows
        view = rows.row(index) if rows is not None else None
        on_cursor = index == self._cursor
        marked = rows is not None and rows.key_at(index) in self._marked

        def draw() -> Strip:
            signs = ("›" if on_cursor else " ") + ("*" if marked else " ")
            cells = _first_shifted(view) if view is not None else (Piece("…", Role.DIM),)
            over = Role.CURSOR if on_cursor else (Role.MARKED if marked else None)
            gutter = Piece(signs, Role.MARKED if marked else Role.PLAIN)
            return self.strip_of([gutter, *self._fitted(cells, width)], width, over)

        return self.strip_once((view, on_cursor, marked, width), draw)

    def _fitted(self, cells: Sequence[Cell], width: int) -> list[Piece]:
        pieces: list[Piece] = []
        widths = shared_widths(self._columns, width - GUTTER - 1)
        for column, cell, room in zip(self._columns, cells, widths, strict=False):
            if room:
                pieces += [Piece(" " * GAP), *fit_pieces(cell, room, right=column.right)]
        return pieces[1:]

    def _empty_line(self, y: int, width: int) -> Strip:
        wanted = isinstance(self._rows, ItemRows) and self._rows.wanted and self._rows.items
        lines = wrap(NOT_FOUND if wanted else self._empty, max(2, width - 2 * GUTTER))
        text = lines[y] if 0 <= y < len(lines) else ""
        return self.strip_of([Piece(" " * GUTTER), Piece(text, Role.DIM)], width)

    # Where things are

    @property
    def _has_title(self) -> bool:
        return bool(self._title)

    @property
    def _has_headings(self) -> bool:
        return any(column.title for column in self._columns)

    @property
    def _head(self) -> int:
        return int(self._has_title) + int(self._has_headings)

    @property
    def _page(self) -> int:
        return max(1, self.size.height - self._head)

    def _line_of(self, index: int) -> int:
        return index - self._top + self._head

    def _place_of(self, rows: Rows[RowView], key: str | None) -> int:
        index = rows.index_of(key) if key is not None else None
        return index if index is not None else max(0, min(self._cursor, len(rows) - 1))

    def _keep_in_view(self) -> bool:
        """Scroll by half a page when the cursor left the view, so that most keys scroll nothing; say if it did."""
        before = self._top
        if self._cursor < self._top or self._cursor >= self._top + self._page:
            self._top = self._cursor - self._page // 2
        count = len(self._rows) if self._rows is not None else 0
        self._top = max(0, min(self._top, count - self._page))
        return self._top != before

    def _read_missing(self) -> None:
        rows = self._rows
        if rows is None or not self.is_mounted:
            return
        stop = min(self._top + self._page, len(rows))
        if any(rows.row(index) is None for index in range(self._top, stop)):
            self._read(rows, self._top, stop)

    @work(group="rows", exclusive=True)
    async def _read(self, rows: Rows[RowView], start: int, stop: int) -> None:
        await rows.read(start, stop)
        if rows is self._rows:
            self.update_lines()


def _first_shifted(view: RowView) -> tuple[Cell, ...]:
    """Return the cells of ``view`` with indent and fold sign before the first of them."""
    if not view.cells or (view.fold is None and not view.indent):
        return view.cells
    lead = Piece("  " * view.indent + (f"{view.fold} " if view.fold is not None else ""), Role.DIM)
    return ((lead, *pieces_of(view.cells[0])), *view.cells[1:])
