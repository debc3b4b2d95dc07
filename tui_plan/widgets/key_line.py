"""The last line of a screen: the few keys that matter now, made from the bindings; repainted only when they change."""

from textual.screen import Screen
from textual.strip import Strip

from tui_plan.keys import KEYS, key_sign
from tui_plan.widgets.lines import LineView, Piece, Role
from tui_plan.widgets.text import width_of

_PLACES = {key_id: place for place, key_id in enumerate(KEYS)}


class KeyLine(LineView):
    """Shows the bindings of the focused widget and its screen that ask to be shown, as many as fit."""

    def __init__(self) -> None:
        super().__init__()
        self._shown: tuple[tuple[str, str, bool], ...] = ()

    def on_mount(self) -> None:
        """Follow the screen's bindings."""
        self.screen.bindings_updated_signal.subscribe(self, self._follow)
        self._follow(self.screen)

    def _follow(self, screen: Screen[object]) -> None:
        shown: dict[str, tuple[str, str, bool]] = {}
        for active in screen.active_bindings.values():
            binding = active.binding
            if binding.show and binding.id not in shown:
                shown[binding.id or binding.action] = (key_sign(binding.key), binding.description, active.enabled)
        ordered = tuple(shown[key_id] for key_id in sorted(shown, key=_place))
        if ordered != self._shown:
            self._shown = ordered
            self.update_lines()

    def line_at(self, y: int) -> Strip:
        """Return the keys that fit; the last ones give way."""
        pieces: list[Piece] = [Piece(" ")]
        room = self.size.width - 1
        for sign, word, enabled in self._shown if y == 0 else ():
            taken = width_of(sign) + 1 + width_of(word) + 2
            if taken - 2 > room:
                break
            room -= taken
            pieces += [Piece(f"{sign} ", Role.ACCENT if enabled else Role.DIM), Piece(f"{word}  ", Role.DIM)]
        return self.strip_of(pieces, self.size.width)


def _place(key_id: str) -> int:
    """Return where a binding stands in the table of keys, so that every screen shows them in the same order."""
    return _PLACES.get(key_id, len(_PLACES))
