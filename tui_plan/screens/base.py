"""What every main screen shares: the first and last line, the common keys, reading rows again, and how a change is run.

A key travels so: guard, ask with a modal, run one operation in the database thread, show what is wrong or read the
rows again. A colleague's change arrives by that last step alone.
"""

from collections.abc import Callable
from typing import ClassVar, ParamSpec, TypeVar

from textual import work
from textual.app import ComposeResult
from textual.binding import BindingType

from tui_plan.app import Changed
from tui_plan.keys import KEYS, bind
from tui_plan.model.errors import PlanError
from tui_plan.screens.explaining import Explaining
from tui_plan.widgets.cursor import CursorView
from tui_plan.widgets.filter_line import FilterLine
from tui_plan.widgets.key_line import KeyLine
from tui_plan.widgets.text import shown
from tui_plan.widgets.top_line import TopLine

P = ParamSpec("P")
T = TypeVar("T")


class PlanScreen(Explaining):
    """A main screen. Subclasses give ``NAME``, ``HELP``, ``compose_body`` and ``refresh_rows``."""

    NAME: ClassVar[str] = ""
    """The word of its mode in the first line."""

    HELP: ClassVar[str | None] = None
    HORIZONTAL_BREAKPOINTS: list[tuple[int, str]] | None = [(0, "-narrow"), (110, "-wide")]
    BINDINGS: ClassVar[list[BindingType]] = [
        bind("screen.filter", "filter"),
        bind("screen.back", "back"),
        bind("program.copy", "copy"),
        bind("program.help", "app.help", show=True),
    ]

    def __init__(self) -> None:
        super().__init__()
        self._seen = -1

    # For subclasses to give

    def compose_body(self) -> ComposeResult:
        """Yield what stands between the first and the last line."""
        raise NotImplementedError

    async def refresh_rows(self) -> None:
        """Ask for the rows again and show them, the cursor kept by key; called often, so it must be idempotent."""
        raise NotImplementedError

    def filter_changed(self, wanted: str) -> None:
        """Show only what holds ``wanted``; called as it is typed, and with nothing when the filter is left."""
        del wanted

    def copied_text(self) -> str:
        """Return what ``y`` copies, or nothing."""
        return ""

    def go_back(self) -> None:
        """Do what Esc does when there is no filter and no mark to drop."""

    # For subclasses to use

    async def ask(self, function: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Run a question of ``insight`` in the database thread."""
        return await self.app.ask(function, *args, **kwargs)

    async def run_change(self, operation: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Run an operation and read the rows again; raises PlanError, which ``flow`` and ``step`` say.

        Under a modal they are read when this screen comes up again: the key in the modal need not wait for them.
        """
        result = await self.app.ask(operation, *args, **kwargs)
        self.app.count_change()
        if self.app.screen is self:  # Textual calls a screen current that shows through behind a modal
            await self.read_again()
        return result

    @work(group="refresh", exclusive=True)
    async def read_soon(self) -> None:
        """Read the rows again in a worker; a newer order takes the place of one that still waits."""
        await self.read_again()

    async def read_again(self) -> None:
        """Read the rows again now."""
        self._seen = self.app.changes
        try:
            await self.refresh_rows()
        finally:
            self.app.paint_first()

    async def plan_in_hand(self) -> str:
        """Return the uid of the plan that the coordinator works on: the one there is, else the first; or nothing."""
        if not self.app.plan:
            from tui_plan.insight.finding import find_plan
            from tui_plan.insight.health import plan_health

            try:
                self.app.plan = await self.ask(find_plan)
            except PlanError:
                found = await self.ask(plan_health, self.app.today)
                self.app.plan = found[0].uid if found else ""
        return self.app.plan

    def set_about(self, about: str) -> None:
        """Change the text at the right end of the first line."""
        self.query_one(TopLine).set_about(about)

    # What all screens do

    def compose(self) -> ComposeResult:
        """Yield the first line, the body, the filter when it is open, and the last line."""
        yield TopLine(self._modes(), self.NAME)
        yield from self.compose_body()
        yield FilterLine()
        yield KeyLine()

    def _modes(self) -> list[tuple[str, str]]:
        return [(self.app.key_of(f"go.{mode}"), KEYS[f"go.{mode}"].word) for mode in self.app.MODES]

    def on_screen_resume(self) -> None:
        """Read the rows when they were never read, or something has changed since."""
        self.app.tell_first()
        if self._seen != self.app.changes:
            self.read_soon()

    def on_changed(self, event: Changed) -> None:
        """Read the rows again: a colleague has changed something."""
        event.stop()
        self.read_soon()

    async def action_filter(self) -> None:
        """Open the line for the filter."""
        await self.query_one(FilterLine).open()

    def on_filter_line_changed(self, event: FilterLine.Changed) -> None:
        """Pass the filter on as it is typed."""
        event.stop()
        self.filter_changed(event.wanted)

    def action_back(self) -> None:
        """Drop the filter, else the marks, else go back."""
        if self.query_one(FilterLine).close():
            return
        marked = [view for view in self.query(CursorView) if view.marked]
        for view in marked:
            view.clear_marks()
        if not marked:
            self.go_back()

    def action_copy(self) -> None:
        """Copy to the clipboard of the terminal, also over SSH."""
        if text := self.copied_text():
            self.app.copy_to_clipboard(shown(text, lines=True))
            self.say(f"Copied: {text.splitlines()[0]}")
