"""Help for any screen, made from its bindings and its HELP text, never kept by hand."""

from collections.abc import Iterable, Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.screen import ModalScreen, Screen

from tui_plan.keys import GROUPS, KEYS, bind, key_sign
from tui_plan.resources import style_file
from tui_plan.widgets.detail import Block, DetailView, Gap, Heading, KeyRow, Paragraph
from tui_plan.widgets.key_line import KeyLine

HelpRow = tuple[str, str, str]
"""A group, the keys as people write them, and the sentence."""


def help_rows(screen: Screen[object]) -> list[HelpRow]:
    """Return what every active binding of ``screen`` does, in the order of the key table, its keys joined."""
    keys: dict[str, list[str]] = {}
    for key, active in screen.active_bindings.items():
        if active.binding.id in KEYS:
            keys.setdefault(active.binding.id, []).append(key_sign(key))
    return [
        (KEYS[key_id].group, " ".join(dict.fromkeys(keys[key_id])), KEYS[key_id].sentence)
        for key_id in KEYS
        if key_id in keys
    ]


class Help(ModalScreen[None]):
    """Shows what a screen is for and all its keys, grouped and in line."""

    CSS_PATH = [style_file("forms.tcss")]
    BINDINGS: ClassVar[list[BindingType]] = [bind("help.close", "close", show=True)]

    def __init__(self, title: str, text: str, rows: Sequence[HelpRow]) -> None:
        super().__init__(classes="dialog")
        self._title = title
        self._text = text
        self._rows = rows

    def compose(self) -> ComposeResult:
        """Yield the help and the keys to leave it."""
        with Vertical(classes="dialog-box -list"):
            yield DetailView(title=f"Help: {self._title}")
            yield KeyLine()

    def on_mount(self) -> None:
        """Fill the help in."""
        detail = self.query_one(DetailView)
        detail.show(self._title, f"Help: {self._title}", list(self._blocks()))
        detail.focus()

    def action_close(self) -> None:
        """Leave the help."""
        self.dismiss(None)

    def _blocks(self) -> Iterable[Block]:
        if self._text:
            yield Gap()
            yield Paragraph(self._text)
        for group in GROUPS:
            rows = [(keys, sentence) for of, keys, sentence in self._rows if of == group]
            if rows:
                yield Heading(group)
            for keys, sentence in rows:
                yield KeyRow(keys, sentence)
