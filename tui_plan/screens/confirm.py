"""The question before something that cannot simply be undone. The No button has the focus."""

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.screen import ModalScreen

from tui_plan.keys import bind
from tui_plan.resources import style_file
from tui_plan.widgets.choice import Buttons
from tui_plan.widgets.fields import Option
from tui_plan.widgets.lines import Piece, Role
from tui_plan.widgets.text_line import TextLine


class Confirm(ModalScreen[bool]):
    """Asks a question; dismissed with True for yes. ``y`` and ``n`` answer too."""

    CSS_PATH = [style_file("forms.tcss")]
    BINDINGS: ClassVar[list[BindingType]] = [
        bind("confirm.yes", "answer(True)"),
        bind("confirm.no", "answer(False)"),
    ]

    def __init__(self, question: str, detail: str = "", *, yes: str = "Yes", no: str = "No") -> None:
        super().__init__(classes="dialog")
        self._question = question
        self._detail = detail
        self._options = (Option("no", no), Option("yes", yes))

    def compose(self) -> ComposeResult:
        """Yield the question, what it means, and the buttons."""
        with Vertical(classes="dialog-box -small"):
            yield TextLine(Piece(self._question, Role.STRONG))
            yield TextLine(Piece(self._detail, Role.DIM))
            yield Buttons(self._options)

    @on(Buttons.Pressed)
    def _pressed(self, event: Buttons.Pressed) -> None:
        self.dismiss(event.key == "yes")

    def action_answer(self, answer: bool) -> None:
        """Answer by key."""
        self.dismiss(answer)
