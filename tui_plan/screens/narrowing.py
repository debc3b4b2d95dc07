"""What the outline and the board share in narrowing what they show: only what is overdue, or only what has stalled.

What has stalled is asked for only while nothing else is shown: it reads the ledger, which the start must not.
"""

from enum import StrEnum
from typing import ClassVar

from textual.binding import BindingType

from tui_plan.keys import bind
from tui_plan.screens.explaining import step
from tui_plan.screens.progress_screen import ProgressScreen
from tui_plan.screens.slipping import SlippingScreen


class Only(StrEnum):
    """What alone is shown, in the words for the top of the screen."""

    ALL = ""
    OVERDUE = "only what is overdue"
    STALLED = "only what has stalled"


NOTHING = {
    Only.OVERDUE: "Nothing is overdue. Press ! to see everything again.",
    Only.STALLED: (
        "Nothing has stalled: every step objective has an open action with an owner and a date, and was heard of. "
        "Press # to see everything again."
    ),
}
"""What stands there instead of rows."""


class NarrowingScreen(SlippingScreen, ProgressScreen):
    """A screen about the actions of one plan that can show some of them alone; subclasses give ``show_rows``.

    They bind the key for what is overdue as well: one of them shows it in the last line, one does not.
    """

    BINDINGS: ClassVar[list[BindingType]] = [bind("screen.stalled", "stalled")]

    def __init__(self) -> None:
        super().__init__()
        self.only = Only.ALL
        self.stalled: frozenset[str] = frozenset()
        """The stalled step objectives (uids) as they were read last; none unless they alone are shown."""

    def show_rows(self) -> None:
        """Show what was read last, as narrow as ``only`` says."""
        raise NotImplementedError

    async def read_stalled(self) -> None:
        """Ask what has stalled, if that alone is shown."""
        self.stalled = await self._ask_stalled() if self.only is Only.STALLED else frozenset()

    def widen(self) -> bool:
        """Show everything again; return whether there was less."""
        narrow = self.only is not Only.ALL
        if narrow:
            self.only, self.stalled = Only.ALL, frozenset()
            self.show_rows()
        return narrow

    def action_overdue(self) -> None:
        """Show only what is overdue, or everything again."""
        if self.only is Only.OVERDUE:
            self.widen()
            return
        self.only = Only.OVERDUE
        self.show_rows()

    @step
    async def action_stalled(self) -> None:
        """Show only what has stalled, or everything again."""
        if self.only is Only.STALLED:
            self.widen()
            return
        self.stalled = await self._ask_stalled()
        self.only = Only.STALLED
        self.show_rows()

    async def _ask_stalled(self) -> frozenset[str]:
        from tui_plan.insight.stalled import stalled

        return frozenset(line.uid for line in await self.ask(stalled, self.app.today, self.plan_uid))
