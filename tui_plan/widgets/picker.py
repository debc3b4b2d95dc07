"""Choosing from a long list by typing part of a name: the line in a form, and the modal list it opens."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.events import Key
from textual.message import Message
from textual.screen import ModalScreen
from textual.strip import Strip
from textual.widgets import Input

from tui_plan.keys import bind
from tui_plan.model.clean import clean, search_key
from tui_plan.resources import style_file
from tui_plan.widgets.columns import Column
from tui_plan.widgets.fields import NEW_MARK, Option, PickField
from tui_plan.widgets.key_line import KeyLine
from tui_plan.widgets.line_list import LineList
from tui_plan.widgets.lines import LineView, Piece, Role
from tui_plan.widgets.rows import Fold, ItemRows, Reader, RowView

_NEW_KEY = "new"
_EMPTY = "Nothing on the list has these words."


class PickList(ModalScreen[tuple[str, ...] | None]):
    """A searched list; gives back the chosen lines (a key, or ``+`` and a new name), or None when left."""

    CSS_PATH = [style_file("forms.tcss")]
    BINDINGS: ClassVar[list[BindingType]] = [
        bind("pick.move_down", "move(1)", show=True, priority=True),
        bind("pick.move_up", "move(-1)", priority=True),
        bind("pick.take", "take", show=True, priority=True),
        bind("pick.mark", "mark", show=True, priority=True),
        bind("form.cancel", "leave", show=True),
    ]

    def __init__(self, owner: PickField, chosen: Sequence[str], typed: str = "") -> None:
        super().__init__(classes="dialog")
        self._owner = owner
        self._chosen = list(chosen)
        self._typed = typed
        self._searched = [(option, search_key(f"{option.label} {option.hint}")) for option in owner.options]

    def compose(self) -> ComposeResult:
        """Yield the search line, the list, and the keys."""
        with Vertical(classes="dialog-box -list"):
            yield Input(self._typed, placeholder="type part of a name", select_on_focus=False)
            yield LineList((Column(least=20), Column(width=26, drop=1)), title=self._owner.label, empty=_EMPTY)
            yield KeyLine()

    def on_mount(self) -> None:
        """Show all options, without a blinking cursor in the search line."""
        search = self.query_one(Input)
        search.cursor_blink = False
        search.focus()
        self._show_rows()

    def type_more(self, letters: str) -> None:
        """Search for ``letters`` too, which were typed before the search line could take them."""
        for search in self.query(Input):
            search.insert_text_at_cursor(letters)
            return
        self._typed += letters

    def on_key(self, event: Key) -> None:
        """Take what is typed while the search line does not have the focus."""
        if event.character is not None and event.is_printable:
            event.stop()
            self.type_more(event.character)

    @on(Input.Changed)
    def _search(self) -> None:
        self._show_rows()

    @on(LineList.Activated)
    def _take_clicked(self) -> None:
        self.action_take()

    def action_move(self, step: int) -> None:
        """Move the list's cursor while the search line keeps the focus."""
        self.query_one(LineList).action_move(step)

    def action_mark(self) -> None:
        """Choose or drop the row, where several may be chosen."""
        line = self._line_under_cursor()
        if line is None:
            return
        self._chosen = [each for each in self._chosen if each != line] + ([line] if line not in self._chosen else [])
        self.query_one(Input).value = ""
        self._show_rows()

    def action_take(self) -> None:
        """Give back the row under the cursor; where several may be chosen, what is chosen, or else that row."""
        line = self._line_under_cursor()
        if self._owner.many and self._chosen:
            searched = bool(self.query_one(Input).value.strip())
            extra = [line] if searched and line is not None and line not in self._chosen else []
            self.dismiss((*self._chosen, *extra))
        elif line is not None:
            self.dismiss((line,))

    def action_leave(self) -> None:
        """Leave without choosing."""
        self.dismiss(None)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer to choose several only where that is meant."""
        del parameters
        return self._owner.many if action == "mark" else True

    def _line_under_cursor(self) -> str | None:
        key = self.query_one(LineList).cursor_key
        if key != _NEW_KEY:
            return key
        return NEW_MARK + clean(self.query_one(Input).value)

    def _show_rows(self) -> None:
        typed = clean(self.query_one(Input).value)
        options = self._matching(typed)
        named = any(search_key(option.label) == search_key(typed) for option in self._owner.options)
        if self._owner.add_new and typed and not named:
            options.append(Option(_NEW_KEY, f"Add “{typed}”", "new"))
        rows = ItemRows(options, Reader(key=lambda option: option.key, view=self._view))
        self.query_one(LineList).set_rows(rows, key=options[0].key if options else None)

    def _matching(self, typed: str) -> list[Option]:
        words = search_key(typed).split()
        new = [Option(line, line[1:], "new") for line in self._chosen if line.startswith(NEW_MARK)]
        found = [option for option, key in self._searched if all(word in key for word in words)]
        return found + [option for option in new if all(word in search_key(option.label) for word in words)]

    def _view(self, option: Option, fold: Fold) -> RowView:
        del fold
        sign = ("✓ " if option.key in self._chosen else "  ") if self._owner.many else ""
        role = Role.ACCENT if option.key == _NEW_KEY else Role.PLAIN
        return RowView(((Piece(sign, Role.GOOD), Piece(option.label, role)), Piece(option.hint, Role.DIM)))


class Picker(LineView, can_focus=True):
    """One line of a form that shows what is picked, and opens the list on Enter or on the first letter typed."""

    BINDINGS: ClassVar[list[BindingType]] = [
        bind("pick.open", "open_list", show=True),
        bind("pick.clear", "clear", show=True),
    ]

    @dataclass
    class Changed(Message):
        """Something else was picked."""

        picker: "Picker"
        raw: str

    def __init__(self, owner: PickField, raw: str) -> None:
        super().__init__()
        self._owner = owner
        self._raw = raw
        self._opened: PickList | None = None

    @property
    def raw(self) -> str:
        """What is picked, one a line."""
        return self._raw

    @raw.setter
    def raw(self, raw: str) -> None:
        if raw != self._raw:
            self._raw = raw
            self.update_lines()
            self.post_message(self.Changed(self, raw))

    def action_open_list(self, typed: str = "") -> None:
        """Open the list, searching for what was typed already; one that is opening takes it too."""
        if self._opened is not None:
            self._opened.type_more(typed)
            return
        self._opened = PickList(self._owner, [line for line in self._raw.split("\n") if line], typed)
        self._take_from(self._opened)

    @work
    async def _take_from(self, opened: PickList) -> None:
        try:
            lines = await self.app.push_screen_wait(opened)
        finally:
            self._opened = None
        if lines is not None:
            self.raw = "\n".join(lines)

    def action_clear(self) -> None:
        """Pick nothing."""
        self.raw = ""

    def on_key(self, event: Key) -> None:
        """Open the list with the letter that was typed; while it opens, any letter is for it."""
        if event.character is not None and (event.character.isalnum() or (self._opened and event.is_printable)):
            event.stop()
            self.action_open_list(event.character)

    def on_click(self) -> None:
        """Open the list."""
        self.action_open_list()

    def line_at(self, y: int) -> Strip:
        """Return what is picked, or how to pick."""
        labels = [picked.label if picked.key else f"{picked.label} (new)" for picked in self._owner.picked(self._raw)]
        text = Piece(" · ".join(labels)) if labels else Piece("none yet: Enter opens the list", Role.DIM)
        over = Role.CURSOR if self.has_focus else None
        return self.strip_of([Piece(" "), text if y == 0 else Piece("")], self.size.width, over)
