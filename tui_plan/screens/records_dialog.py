"""What the modal lists about one party or one checklist share: rows, the pane below, and what forms choose from."""

from collections.abc import Sequence
from typing import ClassVar, TypeVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType

from tui_plan.insight.choosing import plan_choices
from tui_plan.insight.finding import party_choices
from tui_plan.keys import bind
from tui_plan.model.vocabulary import PartyKind
from tui_plan.screens.changing import ChangingScreen
from tui_plan.screens.choices import party_options, place_options
from tui_plan.screens.confirm import Confirm
from tui_plan.screens.list_dialog import EditingDialog
from tui_plan.widgets.columns import Column
from tui_plan.widgets.detail import Block, DetailView
from tui_plan.widgets.fields import Option
from tui_plan.widgets.line_list import LineList
from tui_plan.widgets.rows import ItemRows, Reader, RowView

T = TypeVar("T")


class RecordsDialog(EditingDialog[T]):
    """A modal list of records about one thing, ``about`` (a uid); its ``name`` stands above."""

    COLUMNS: ClassVar[tuple[Column, ...]] = (Column(),)
    TITLE: ClassVar[str] = ""
    EMPTY: ClassVar[str] = ""
    LACKING: ClassVar[frozenset[str]] = frozenset()
    """The actions of other lists that this one does not have."""

    def __init__(self, owner: ChangingScreen, about: str, name: str) -> None:
        super().__init__(owner, name)
        self._about = about
        self._items: Sequence[T] = ()
        self._added: str | None = None
        """The key of what was added, to which the cursor goes when it is shown first."""

    def compose_list(self) -> ComposeResult:
        """Yield the list."""
        yield LineList(self.COLUMNS, title=self.TITLE, empty=self.EMPTY, markable=False)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Hide what this list does not have, and what needs an item while there is none."""
        if action in self.LACKING or (action in {"edit", "remove"} and not self._items):
            return False
        return super().check_action(action, parameters)

    def show_items(self, items: Sequence[T], reader: Reader[T, RowView], *, key: str | None = None) -> None:
        """Show ``items``, closed branches as they are; the cursor stays, or goes to ``key``."""
        view = self.query_one(LineList)
        closed = view.rows.closed if isinstance(view.rows, ItemRows) else frozenset()
        self._items = items
        view.set_rows(ItemRows[T, RowView](items, reader, closed=closed), key=key or self._added)
        self._added = None
        self.refresh_bindings()

    async def parties(self, *kinds: PartyKind) -> tuple[Option, ...]:
        """Return who is on the roster, those of these kinds, to choose from."""
        return party_options(await self._owner.ask(party_choices), *kinds)

    async def plans(self) -> tuple[Option, ...]:
        """Return the plans to choose from."""
        return place_options(await self._owner.ask(plan_choices))

    async def sure(self, question: str, detail: str = "Undo brings it back.") -> bool:
        """Ask before something is removed."""
        return await self._owner.app.push_screen_wait(Confirm(question, detail))


class DetailedDialog(RecordsDialog[T]):
    """A modal list with the item under the cursor in full below it; subclasses give ``in_full``."""

    TALL = True
    PANE: ClassVar[str] = "below"
    """The classes of the pane."""

    BINDINGS: ClassVar[list[BindingType]] = [bind("screen.next_pane", "other_pane")]

    def in_full(self, item: T) -> tuple[str, list[Block]]:
        """Return the title and the blocks that tell all of an item."""
        raise NotImplementedError

    def compose_list(self) -> ComposeResult:
        """Yield the list, and the pane below it."""
        yield from super().compose_list()
        yield DetailView(classes=self.PANE)

    def show_items(self, items: Sequence[T], reader: Reader[T, RowView], *, key: str | None = None) -> None:
        """Show ``items``, and the one under the cursor as it is now."""
        super().show_items(items, reader, key=key)
        self.show_in_full()

    @on(LineList.Highlighted)
    def show_in_full(self) -> None:
        """Show the item under the cursor below the list."""
        item, pane = self.current(), self.query_one(DetailView)
        pane.display = item is not None
        if item is not None:
            title, blocks = self.in_full(item)
            pane.show(self.query_one(LineList).cursor_key or "", title, blocks)
