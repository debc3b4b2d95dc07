"""The last line of a screen: the few keys that matter now, made from the bindings, or for a while what must be said.

A message stands here rather than over the rows, so that it never covers what the coordinator is looking at.
"""

from typing import NamedTuple

from textual.geometry import Size
from textual.screen import Screen
from textual.strip import Strip
from textual.timer import Timer

from tui_plan.keys import KEYS, key_sign
from tui_plan.widgets.lines import LineView, Piece, Role
from tui_plan.widgets.text import width_of, wrap

SAID_FOR = 6.0
WRONG_FOR = 12.0
"""Seconds that a message stands; one about something wrong twice as long."""

MOST_LINES = 4
ALWAYS = frozenset({"program.help", "dialog.close"})
"""The keys that never give way: one leads to all the others, one leads out."""

_PLACES = {key_id: place for place, key_id in enumerate(KEYS)}


class _Shown(NamedTuple):
    """One key of the line."""

    key_id: str
    sign: str
    word: str
    enabled: bool

    @property
    def width(self) -> int:
        """The cells it takes, with the space behind it."""
        return width_of(self.sign) + width_of(self.word) + 3


class KeyLine(LineView):
    """Shows the bindings of the focused widget and its screen that ask to be shown, as many as fit."""

    def __init__(self) -> None:
        super().__init__()
        self._shown: tuple[_Shown, ...] = ()
        self._said = Piece("")
        self._silence: Timer | None = None

    @property
    def said(self) -> str:
        """The message that stands here now, or nothing."""
        return self._said.text

    def say(self, sentence: str, *, wrong: bool = False) -> None:
        """Show a message for a while, taken literally, over as many lines as it needs; nothing shows the keys again."""
        if self._silence is not None:
            self._silence.stop()
        self._said = Piece(f"✗ {sentence}" if wrong and sentence else sentence, Role.BAD if wrong else Role.STRONG)
        if sentence:
            self._silence = self.set_timer(WRONG_FOR if wrong else SAID_FOR, lambda: self.say(""))
        if self._lines_in(self.size.width) != self.size.height:
            self.repaint_all()
            self.refresh(layout=True)
        self.update_lines()

    def on_mount(self) -> None:
        """Follow the screen's bindings."""
        self.screen.bindings_updated_signal.subscribe(self, self._follow)
        self._follow(self.screen)

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """Return one line for keys, or what the message needs."""
        del container, viewport
        return self._lines_in(width)

    def line_at(self, y: int) -> Strip:
        """Return a line of the message, or the keys that fit."""
        width = self.size.width
        if self._said.text:
            lines = wrap(self._said.text, width - 2, MOST_LINES)
            return self.strip_of([Piece(" "), Piece(lines[y] if y < len(lines) else "", self._said.role)], width)
        pieces: list[Piece] = []
        for each in self._fitting(width - 1) if y == 0 else ():
            pieces += [Piece("  " if pieces else " ")]
            pieces += [Piece(f"{each.sign} ", Role.ACCENT if each.enabled else Role.DIM), Piece(each.word, Role.DIM)]
        return self.strip_of(pieces, width)

    def _lines_in(self, width: int) -> int:
        return max(1, len(wrap(self._said.text, width - 2, MOST_LINES)))

    def _fitting(self, room: int) -> list[_Shown]:
        """Return the keys that fit into ``room`` cells: the last ones give way, but not the one for help."""
        always = [each for each in self._shown if each.key_id in ALWAYS]
        room -= sum(each.width for each in always) - 2
        fitting: list[_Shown] = []
        for each in self._shown:
            room -= 0 if each in always else each.width
            if room >= 0 or each in always:
                fitting.append(each)
        return fitting

    def _follow(self, screen: Screen[object]) -> None:
        shown: dict[str, _Shown] = {}
        for active in screen.active_bindings.values():
            binding = active.binding
            key_id = binding.id or binding.action
            if binding.show and key_id not in shown:
                shown[key_id] = _Shown(key_id, key_sign(binding.key), binding.description, active.enabled)
        ordered = tuple(shown[key_id] for key_id in sorted(shown, key=_place))
        if ordered != self._shown:
            self._shown = ordered
            self.update_lines()


def _place(key_id: str) -> int:
    """Return where a binding stands in the table of keys, so that every screen shows them in the same order."""
    return _PLACES.get(key_id, len(_PLACES))
