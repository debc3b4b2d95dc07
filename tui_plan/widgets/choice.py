"""A choice among a few options that are all in view, and a line of buttons. Each is one widget that draws lines."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from textual import events
from textual.binding import BindingType
from textual.geometry import Size
from textual.message import Message
from textual.strip import Strip

from tui_plan.keys import bind
from tui_plan.widgets.fields import Option
from tui_plan.widgets.lines import LineView, Piece, Role
from tui_plan.widgets.text import width_of

CHOSEN, OTHER = ("[", "]"), (" ", " ")
"""What stands around an option: brackets around the chosen one, so that no colour is needed to see it."""

BUTTON_GAP = 2
_TABS = {"tab": 1, "shift+tab": -1}


class Choice(LineView, can_focus=True):
    """Options in as many lines as they need; arrows or an option's first letter choose."""

    BINDINGS: ClassVar[list[BindingType]] = [
        bind("choice.previous", "step(-1)"),
        bind("choice.next", "step(1)"),
    ]

    @dataclass
    class Changed(Message):
        """Another option was chosen."""

        choice: "Choice"
        key: str

    def __init__(self, options: Sequence[Option], chosen: str, *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self._options = tuple(options)
        self._chosen = chosen

    @property
    def chosen(self) -> str:
        """The key of the chosen option."""
        return self._chosen

    def choose(self, key: str) -> None:
        """Choose the option with ``key``, and tell it if it was another."""
        if key != self._chosen:
            self._chosen = key
            self.update_lines()
            self.post_message(self.Changed(self, key))

    def action_step(self, step: int) -> None:
        """Choose the neighbouring option, around the ends."""
        keys = [option.key for option in self._options]
        at = keys.index(self._chosen) if self._chosen in keys else 0
        self.choose(keys[(at + step) % len(keys)])

    def on_key(self, event: events.Key) -> None:
        """Choose by first letter, the next one of those that share it."""
        letter = (event.character or "").casefold()
        starting = [option.key for option in self._options if _initial(option) == letter]
        if not letter.isalnum() or not starting or letter in "hjkl":
            return
        event.stop()
        at = starting.index(self._chosen) + 1 if self._chosen in starting else 0
        self.choose(starting[at % len(starting)])

    def on_click(self, event: events.Click) -> None:
        """Choose what was clicked."""
        x = 0
        lines = self._lines(self.size.width)
        for option in lines[event.y] if event.y < len(lines) else ():
            x += _taken(option)
            if event.x < x:
                self.choose(option.key)
                return

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """Return the lines that the options need."""
        del container, viewport
        return len(self._lines(width))

    def line_at(self, y: int) -> Strip:
        """Return the options on line ``y``."""
        lines = self._lines(self.size.width)
        pieces: list[Piece] = []
        for option in lines[y] if y < len(lines) else ():
            chosen = option.key == self._chosen
            role = Role.PLAIN if not chosen else Role.CURSOR if self.has_focus else Role.STRONG
            before, after = CHOSEN if chosen else OTHER
            pieces += [Piece(f"{before}{option.label}{after}", role), Piece(" ")]
        return self.strip_of(pieces, self.size.width)

    def _lines(self, width: int) -> list[list[Option]]:
        lines: list[list[Option]] = [[]]
        room = width + 1
        for option in self._options:
            if lines[-1] and _taken(option) > room:
                lines.append([])
                room = width + 1
            lines[-1].append(option)
            room -= _taken(option)
        return lines


class Buttons(LineView, can_focus=True):
    """Buttons in a line; the first has the focus at the start, arrows and Tab go on, Enter presses."""

    BINDINGS: ClassVar[list[BindingType]] = [
        bind("choice.previous", "step(-1)"),
        bind("choice.next", "step(1)"),
        bind("list.open", "press"),
    ]

    @dataclass
    class Pressed(Message):
        """A button was pressed."""

        key: str

    def __init__(self, options: Sequence[Option]) -> None:
        super().__init__()
        self._options = tuple(options)
        self._at = 0

    def action_step(self, step: int) -> None:
        """Go to the neighbouring button."""
        self._at = (self._at + step) % len(self._options)
        self.update_lines()

    def action_press(self) -> None:
        """Press the button that has the focus."""
        self.post_message(self.Pressed(self._options[self._at].key))

    def on_key(self, event: events.Key) -> None:
        """Let Tab go from button to button, as it does in other programs, and past the last to what else there is."""
        if (step := _TABS.get(event.key)) is None:
            return
        if self._at + step in range(len(self._options)) or len(self.screen.focus_chain) == 1:
            event.stop()
            self.action_step(step)

    def on_click(self, event: events.Click) -> None:
        """Press what was clicked."""
        x = 0
        for at, option in enumerate(self._options):
            x += width_of(option.label) + 4 + BUTTON_GAP
            if event.x < x:
                self._at = at
                self.action_press()
                return

    def line_at(self, y: int) -> Strip:
        """Return the line of buttons."""
        pieces: list[Piece] = []
        for at, option in enumerate(self._options if y == 0 else ()):
            role = Role.CURSOR if at == self._at else Role.PLAIN
            pieces += [Piece(f"[ {option.label} ]", role), Piece(" " * BUTTON_GAP)]
        return self.strip_of(pieces, self.size.width)


def _initial(option: Option) -> str:
    """Return the first letter of an option, after its sign."""
    return next((each.casefold() for each in option.label if each.isalnum()), "")


def _taken(option: Option) -> int:
    """Return the cells an option takes: its label, what stands around it, and a space."""
    return width_of(option.label) + 3
