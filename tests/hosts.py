"""The smallest application that can show one widget or one modal, and what its screen says."""

from collections.abc import Callable
from typing import Any

from textual.app import App, ComposeResult
from textual.screen import Screen
from textual.widget import Widget

from tui_plan.resources import style_file
from tui_plan.widgets.lines import LineView


class WidgetHost(App[None]):
    """Shows one widget, with the program's styles, and keeps the messages it sent."""

    CSS_PATH = style_file("app.tcss")

    def __init__(self, widget: Widget, fill: Callable[[], None] = lambda: None) -> None:
        super().__init__()
        self._widget = widget
        self._fill = fill

    def compose(self) -> ComposeResult:
        yield self._widget

    def on_mount(self) -> None:
        self._fill()
        if self._widget.can_focus:
            self._widget.focus()


class ModalHost(App[None]):
    """Pushes one modal and keeps what it gave back."""

    CSS_PATH = style_file("app.tcss")
    NOTHING_YET = object()

    def __init__(self, modal: Screen[Any]) -> None:
        super().__init__()
        self._modal = modal
        self.result: object = self.NOTHING_YET

    def on_mount(self) -> None:
        self.push_screen(self._modal, self._keep)

    def _keep(self, result: object) -> None:
        self.result = result


def lines_of(view: LineView) -> list[str]:
    """Return the text of every visible line of ``view``, without the space at its end."""
    return [view.render_line(y).text.rstrip() for y in range(view.size.height)]
