"""What the main screens with one list share: the page of what the cursor is on beside it, and going there and back.

The page follows the cursor once it rests. On a narrow screen one of the two panes shows at a time.
"""

from typing import ClassVar, Generic, TypeVar

from textual import on
from textual.binding import BindingType
from textual.timer import Timer

from tui_plan.keys import bind
from tui_plan.screens.changing import ChangingScreen
from tui_plan.widgets.detail import DetailView
from tui_plan.widgets.line_list import LineList
from tui_plan.widgets.rows import ItemRows

T = TypeVar("T")

DETAIL_AFTER = 0.08
"""Seconds after the last cursor key until the detail follows: a held key paints the list alone."""


class BesideScreen(ChangingScreen, Generic[T]):
    """A main screen with a list of items beside the page of one; subclasses give ``show_detail``.

    They put a ``LineList`` and a ``DetailView`` with the class ``beside`` into their body.
    """

    BINDINGS: ClassVar[list[BindingType]] = [bind("screen.next_pane", "other_pane")]

    def __init__(self) -> None:
        super().__init__()
        self._detail_timer: Timer | None = None
        self._asked = ""
        """The key of the item whose page was asked for last: ``show_detail`` notes it."""

    async def show_detail(self) -> None:
        """Ask for the page of the item under the cursor and show it."""
        raise NotImplementedError

    def current(self) -> T | None:
        """Return the item under the cursor; nothing before the rows were read."""
        for view in self.query(LineList):
            rows: object = view.rows
            return rows.item_of(view.cursor_key) if isinstance(rows, ItemRows) and view.cursor_key else None
        return None

    def filter_changed(self, wanted: str) -> None:
        """Show only what holds ``wanted``."""
        self._list.search(wanted)

    def action_other_pane(self) -> None:
        """Go to the other pane; on a narrow screen it takes the place of this one."""
        detail = self.query_one(DetailView)
        to_detail = self.focused is not detail
        self.set_class(to_detail, "-detail")
        (detail if to_detail else self._list).focus()

    def left_page(self) -> bool:
        """Go back to the list from the page; return whether the focus was there."""
        there = self.focused is self.query_one(DetailView)
        if there:
            self.action_other_pane()
        return there

    def detail_soon(self) -> None:
        """Show the page once the cursor rests."""
        if self._detail_timer is not None:
            self._detail_timer.stop()
        self._detail_timer = self.set_timer(DETAIL_AFTER, self.show_detail)

    @on(LineList.Highlighted)
    def _follow_cursor(self) -> None:
        if self._list.cursor_key != self._asked:
            self.detail_soon()

    @property
    def _wanted(self) -> str:
        """What the filter looks for, or nothing."""
        rows = self._list.rows
        return rows.wanted if isinstance(rows, ItemRows) else ""

    @property
    def _folded(self) -> frozenset[str]:
        """The keys of the branches that are closed."""
        rows = self._list.rows
        return rows.closed if isinstance(rows, ItemRows) else frozenset()

    @property
    def _list(self) -> LineList:
        return self.query_one(LineList)
