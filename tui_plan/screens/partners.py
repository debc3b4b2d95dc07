"""What each partner promised and kept, in one form for all, and whether the convening group is whole.

It is meant to be shown to all partners. Which organisations take part is said elsewhere: with ``o`` on the plans.
"""

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType

from tui_plan.insight.partners import PartnerLine, PartnersReport, Promise, partners, promises
from tui_plan.keys import bind
from tui_plan.screens.changing import ChangingScreen
from tui_plan.screens.explaining import flow
from tui_plan.screens.list_dialog import ListDialog
from tui_plan.screens.partner_rows import (
    PARTNER_COLUMNS,
    PROMISE_COLUMNS,
    copied_table,
    group_blocks,
    outcome_words,
    partner_view,
    promise_view,
)
from tui_plan.widgets.detail import DetailView
from tui_plan.widgets.line_list import LineList
from tui_plan.widgets.lines import Piece, Role
from tui_plan.widgets.rows import ItemRows, Reader, RowView
from tui_plan.widgets.text_line import TextLine

_EMPTY = "No organisation takes part yet. Esc, then o on the plan, says which do."
_NOTHING = "They have promised nothing in this plan yet: give actions to them or to their people with o in the outline."


class PartnersDialog(ListDialog[PartnerLine]):
    """The convening group with its gaps, and under it the partners; Enter shows what one of them promised."""

    NAME = "What partners kept"
    TALL = True
    HELP = (
        "Promised is every action for which a partner, or anybody of it, is accountable or responsible. 1st date: done "
        "by the date first planned. Re-agreed: done by the date agreed later. Late: open past its date."
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        bind("screen.next_pane", "other_pane"),
        bind("plan.export", "export", show=True),
        bind("program.copy", "copy", show=True),
    ]

    def __init__(self, owner: ChangingScreen, plan: str, name: str) -> None:
        super().__init__(owner, name)
        self._plan = plan
        self._report: PartnersReport | None = None

    def compose_list(self) -> ComposeResult:
        """Yield the convening group and the table."""
        yield DetailView(classes="above")
        yield LineList(PARTNER_COLUMNS, title="What partners promised and kept", empty=_EMPTY, markable=False)

    async def read_again(self) -> None:
        """Show what was promised and kept by now."""
        self._report = report = await self._owner.ask(partners, self._plan, self._owner.app.today)
        style = self._owner.date_style
        detail = self.query_one(DetailView)
        detail.show(report.group, f"Convening group: {report.group or 'none'}", group_blocks(report))
        detail.refresh(layout=True)
        reader = Reader[PartnerLine, RowView](key=lambda line: line.uid, view=lambda line, _: partner_view(line, style))
        self.query_one(LineList).set_rows(ItemRows[PartnerLine, RowView](report.lines, reader))

    def opened(self) -> None:
        """Show what the partner under the cursor promised."""
        self._show_promises()

    @flow
    async def _show_promises(self) -> None:
        if (line := self.current()) is not None:
            await self.app.push_screen_wait(PromisesDialog(self._owner, self._plan, line))

    @flow
    async def action_export(self) -> None:
        """Write what all partners promised and kept, to print or as a spreadsheet."""
        from tui_plan.exchange.people_papers import PARTNER_PAPERS
        from tui_plan.screens.export import hand_out

        if self._report is not None:
            await hand_out(self._owner, self._plan, self._report.name, PARTNER_PAPERS)

    def action_copy(self) -> None:
        """Copy the table to the clipboard of the terminal, for a spreadsheet or a letter."""
        if self._report is not None and self._report.lines:
            self.app.copy_to_clipboard(copied_table(self._report.lines, self._owner.date_style))
            self.say("Copied the whole table.")


class PromisesDialog(ListDialog[Promise]):
    """What one partner promised, with what came of each."""

    NAME = "Promises"
    TALL = True
    HEADING_LINES = 2
    HELP = "Every action for which this partner, or anybody of it, is accountable or responsible, and what came of it."

    def __init__(self, owner: ChangingScreen, plan: str, line: PartnerLine) -> None:
        super().__init__(owner, "")
        self._plan = plan
        self._line = line

    def compose_list(self) -> ComposeResult:
        """Yield the list."""
        yield LineList(PROMISE_COLUMNS, title=self._line.name, empty=_NOTHING, markable=False, opens=False)

    async def read_again(self) -> None:
        """Show what came of each promise by now, counted above."""
        found = await self._owner.ask(promises, self._plan, self._line.uid, self._owner.app.today)
        self.query(TextLine).first().say(Piece(outcome_words(found), Role.DIM))
        style = self._owner.date_style
        reader = Reader[Promise, RowView](key=lambda each: each.ref, view=lambda each, _: promise_view(each, style))
        self.query_one(LineList).set_rows(ItemRows[Promise, RowView](found, reader))
