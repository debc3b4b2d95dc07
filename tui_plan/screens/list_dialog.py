"""What the modal lists share: an action's parts, a plan's meetings, a history. Each is one list with keys of its own.

They change nothing themselves: the main screen below them, their owner, runs each change.
"""

from typing import Any, ClassVar, Generic, TypeVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.screen import ModalScreen

from tui_plan.app import READ_ONLY, Changed
from tui_plan.keys import bind
from tui_plan.model.errors import NotFound
from tui_plan.operations.undoing import redo, undo
from tui_plan.resources import style_file
from tui_plan.screens.changing import ChangingScreen
from tui_plan.screens.explaining import Explaining, flow, step
from tui_plan.widgets.cursor import CursorView
from tui_plan.widgets.detail import DetailView
from tui_plan.widgets.key_line import KeyLine
from tui_plan.widgets.line_list import LineList
from tui_plan.widgets.lines import Piece, Role
from tui_plan.widgets.rows import ItemRows
from tui_plan.widgets.text_line import TextLine

T = TypeVar("T")


class ListDialog(ModalScreen[Any], Explaining, Generic[T]):
    """A modal list of items of one kind; subclasses give ``heading``, ``compose_list`` and ``read_again``.

    Most are left with nothing; a subclass that gives something back says what.
    """

    NAME: ClassVar[str] = ""
    TALL: ClassVar[bool] = False
    HEADING_LINES: ClassVar[int] = 1
    CHANGING: ClassVar[frozenset[str]] = frozenset({"undo", "redo"})
    """The actions that change something, which who may only read cannot do."""

    CSS_PATH = [style_file("forms.tcss")]
    BINDINGS: ClassVar[list[BindingType]] = [
        bind("program.help", "app.help", show=True),
        bind("dialog.close", "leave", show=True),
    ]

    def __init__(self, owner: ChangingScreen, heading: str) -> None:
        super().__init__(classes="dialog")
        self._owner = owner
        self._heading = heading
        self._seen: int | None = None
        """The number of changes (``app.changes``) when the items were read, None before that."""

    def compose_list(self) -> ComposeResult:
        """Yield the list, and what belongs with it."""
        raise NotImplementedError

    def compose(self) -> ComposeResult:
        """Yield what it is about, the list, and the keys."""
        with Vertical(classes="dialog-box -list -tall" if self.TALL else "dialog-box -list"):
            yield TextLine(Piece(self._heading, Role.DIM), most=self.HEADING_LINES)
            yield from self.compose_list()
            yield KeyLine()

    async def on_mount(self) -> None:
        """Show the items."""
        await self.catch_up()
        self.first_pane().focus()

    def first_pane(self) -> CursorView:
        """Return what has the focus at first."""
        return self.query_one(LineList)

    def why_not(self, action: str, parameters: tuple[object, ...]) -> str:
        """Say what only who may write can do."""
        if action in self.CHANGING and not self._owner.app.writable:
            return READ_ONLY
        return super().why_not(action, parameters)

    async def on_changed(self, event: Changed) -> None:
        """Read the items again: a colleague has changed something."""
        event.stop()
        await self.catch_up()

    async def on_screen_resume(self) -> None:
        """Read the items again when something has changed while another screen was on top."""
        if self._seen is not None and self._seen != self._owner.app.changes:
            await self.catch_up()

    async def catch_up(self) -> None:
        """Read the items again; leave when what they are about was removed or merged meanwhile, and say so."""
        self._seen = self._owner.app.changes
        try:
            await self.read_again()
        except NotFound as gone:
            if self.is_current:
                self.dismiss(None)
            self.say(str(gone), wrong=True)

    @on(LineList.Activated)
    def _open(self) -> None:
        self.opened()

    def opened(self) -> None:
        """Do what Enter does."""

    def can_do(self, action: str) -> bool:
        """Return whether ``action`` can be done now; say why not."""
        sentence = self.why_not(action, ())
        if sentence:
            self.say(sentence, wrong=True)
        return not sentence

    def action_other_pane(self) -> None:
        """Go to the pane beside the list, to scroll there, or back; a list that has such a pane binds the key."""
        pane, view = self.query_one(DetailView), self.query_one(LineList)
        (view if pane.has_focus else pane).focus()

    def action_leave(self) -> None:
        """Go back."""
        self.dismiss(None)

    def current(self) -> T | None:
        """Return the item under the cursor."""
        view = self.query_one(LineList)
        rows: object = view.rows
        return rows.item_of(view.cursor_key) if isinstance(rows, ItemRows) and view.cursor_key else None


class UndoingDialog(ListDialog[T]):
    """A modal list from which something is changed, and undone."""

    BINDINGS: ClassVar[list[BindingType]] = [
        bind("change.undo", "undo", show=True),
        bind("change.redo", "redo"),
    ]

    @step
    async def action_undo(self) -> None:
        """Turn back the coordinator's latest change."""
        undone = await self._owner.run_change(undo, self._owner.author())
        await self.catch_up()
        self.say(f"Undone: {undone.summary}")

    @step
    async def action_redo(self) -> None:
        """Do again what was undone last."""
        done = await self._owner.run_change(redo, self._owner.author())
        await self.catch_up()
        self.say(f"Done again: {done.summary}")


class EditingDialog(UndoingDialog[T]):
    """A modal list whose items are added, edited and removed; Enter edits."""

    CHANGING = frozenset({"add", "edit", "remove", "undo", "redo"})
    BINDINGS: ClassVar[list[BindingType]] = [
        bind("record.add", "add", show=True),
        bind("record.edit", "edit", show=True),
        bind("record.remove", "remove", show=True),
    ]

    async def add_item(self) -> None:
        """Ask for a new item and keep it."""
        raise NotImplementedError

    async def edit_item(self, item: T) -> None:
        """Ask for the item's new values and keep them."""
        raise NotImplementedError

    async def remove_item(self, item: T) -> None:
        """Remove the item, after asking."""
        raise NotImplementedError

    def opened(self) -> None:
        """Edit what was opened, if that is allowed."""
        if self.can_do("edit"):
            self.action_edit()

    @flow
    async def action_add(self) -> None:
        """Add one."""
        await self.add_item()
        await self.read_again()

    @flow
    async def action_edit(self) -> None:
        """Edit the one under the cursor."""
        if (item := self.current()) is not None:
            await self.edit_item(item)
            await self.read_again()

    @flow
    async def action_remove(self) -> None:
        """Remove the one under the cursor."""
        if (item := self.current()) is not None:
            await self.remove_item(item)
            await self.read_again()
