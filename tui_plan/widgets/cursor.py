"""What a list and a board have in common: a cursor on a key, marks, their keys and their messages."""

from time import monotonic
from typing import ClassVar

from textual import events
from textual.binding import BindingType
from textual.message import Message

from tui_plan.keys import bind
from tui_plan.widgets.lines import LineView

TWICE_WITHIN = 0.8
"""Seconds within which the second ``g`` must follow."""


class CursorView(LineView, can_focus=True):
    """A widget with a cursor on a row or card; subclasses say where the cursor goes and how it looks."""

    BINDINGS: ClassVar[list[BindingType]] = [
        bind("list.down", "move(1)"),
        bind("list.up", "move(-1)"),
        bind("list.left", "sideways(-1)"),
        bind("list.right", "sideways(1)"),
        bind("list.top", "top"),
        bind("list.first", "go(0)"),
        bind("list.bottom", "go(-1)"),
        bind("list.page_down", "page(1.0)"),
        bind("list.page_up", "page(-1.0)"),
        bind("list.half_down", "page(0.5)"),
        bind("list.half_up", "page(-0.5)"),
        bind("list.open", "open", show=True),
        bind("list.mark", "mark"),
    ]

    class _About(Message):
        """What the messages share: ``view`` sent it, about the row or card with ``key``."""

        def __init__(self, view: "CursorView", key: str) -> None:
            super().__init__()
            self.view = view
            self.key = key

        @property
        def control(self) -> "CursorView":
            """The widget that sent it, for ``@on(…, "#id")``."""
            return self.view

    class Highlighted(_About):
        """The cursor is on another key; ``key`` is empty when there is nothing to be on."""

    class Activated(_About):
        """Enter or a second click."""

    class Marked(_About):
        """The set of marked keys has changed; ``view.marked`` is the new one, ``key`` the one under the cursor."""

    def __init__(self, *, markable: bool = True, id: str | None = None, classes: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id, classes=classes)
        self._markable = markable
        self._marked: frozenset[str] = frozenset()
        self._top_pressed = 0.0

    @property
    def cursor_key(self) -> str | None:
        """The key under the cursor, or None when there is nothing."""
        raise NotImplementedError

    @property
    def marked(self) -> frozenset[str]:
        """The marked keys."""
        return self._marked

    @property
    def targets(self) -> tuple[str, ...]:
        """What a change is for: the marked keys in the order shown, else the one under the cursor, else nothing."""
        if self._marked:
            return tuple(sorted(self._marked, key=self.place_of))
        return (self.cursor_key,) if self.cursor_key is not None else ()

    def place_of(self, key: str) -> tuple[int, int]:
        """Return what to sort ``key`` by to get the order shown; negative when it is not shown."""
        raise NotImplementedError

    def clear_marks(self) -> bool:
        """Unmark everything; return whether anything was marked."""
        had_some = bool(self._marked)
        self.set_marked(frozenset())
        self.update_lines()
        return had_some

    def set_marked(self, keys: frozenset[str]) -> None:
        """Mark exactly ``keys``, and tell it; the caller repaints."""
        if keys != self._marked:
            self._marked = keys
            self.post_message(self.Marked(self, self.cursor_key or ""))

    def action_move(self, step: int) -> None:
        """Move the cursor by ``step``."""
        raise NotImplementedError

    def action_sideways(self, step: int) -> None:
        """Move to the left or right."""
        raise NotImplementedError

    def action_page(self, pages: float) -> None:
        """Move the cursor by a part of what is in view."""
        raise NotImplementedError

    def action_go(self, index: int) -> None:
        """Go to the first place, or with -1 to the last."""
        raise NotImplementedError

    def action_top(self) -> None:
        """Go to the first place when pressed twice."""
        now = monotonic()
        if now - self._top_pressed < TWICE_WITHIN:
            self.action_go(0)
        self._top_pressed = now

    def action_open(self) -> None:
        """Tell that what is under the cursor was opened."""
        if (key := self.cursor_key) is not None:
            self.post_message(self.Activated(self, key))

    def action_mark(self) -> None:
        """Mark or unmark what is under the cursor, and go on to the next."""
        if (key := self.cursor_key) is None or not self._markable:
            return
        self.set_marked(self._marked ^ {key})
        self.update_lines()
        self.action_move(1)

    def tell_highlighted(self) -> None:
        """Tell where the cursor is now."""
        self.post_message(self.Highlighted(self, self.cursor_key or ""))

    def on_mouse_scroll_down(self, event: events.MouseScrollDown) -> None:
        """Move down."""
        event.stop()
        self.action_move(1)

    def on_mouse_scroll_up(self, event: events.MouseScrollUp) -> None:
        """Move up."""
        event.stop()
        self.action_move(-1)
