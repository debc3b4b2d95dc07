"""Every assessment of a plan, running and finished: opened, compared with the one before, and removed from here."""

from typing import ClassVar

from textual.binding import BindingType

from tui_plan.insight.assessing import AssessmentLine, assessment_lines
from tui_plan.keys import bind
from tui_plan.model.date_words import show_date
from tui_plan.operations.checklists import remove_checklist
from tui_plan.screens.explaining import flow
from tui_plan.screens.records_dialog import RecordsDialog
from tui_plan.widgets.columns import Column
from tui_plan.widgets.lines import Piece, Role
from tui_plan.widgets.rows import Reader, RowView


class AssessmentsDialog(RecordsDialog[AssessmentLine]):
    """A modal list of a plan's assessments, those still running first; Enter opens one."""

    NAME = "Assessments"
    TITLE = "Assessments"
    EMPTY = "No assessment yet. Press a to assess a stage together, quality by quality."
    HELP = (
        "Each is a dated run of a checklist and keeps its wording. A running one can be gone on with or removed; a "
        "finished one stays as it is. c lays it beside the one before by the same view."
    )
    COLUMNS = (
        Column(least=22, share=5),
        Column(least=12, share=3),
        Column(width=6, right=True, drop=1),
        Column(width=16),
    )
    LACKING = frozenset({"edit"})
    BINDINGS: ClassVar[list[BindingType]] = [
        bind("list.open", "open_run", show=True),
        bind("stage.compare", "compare", show=True),
    ]

    def why_not(self, action: str, parameters: tuple[object, ...]) -> str:
        """Say that there must be an assessment first."""
        if sentence := super().why_not(action, parameters):
            return sentence
        return "No assessment yet: a begins one." if action in {"open_run", "compare"} and not self._items else ""

    async def read_again(self) -> None:
        """Show the assessments as they are now."""
        lines = await self._owner.ask(assessment_lines, self._about)
        self.show_items(lines, Reader(key=lambda line: line.run.uid, view=lambda line, _: self._view(line)))

    def opened(self) -> None:
        """Open the one under the cursor."""
        self.action_open_run()

    @flow
    async def action_open_run(self) -> None:
        """Open the assessment under the cursor."""
        from tui_plan.screens.assessing import open_assessment

        if (line := self.current()) is not None:
            await open_assessment(self._owner, line.run.uid)
            await self.read_again()

    @flow
    async def action_compare(self) -> None:
        """Lay the assessment under the cursor beside the one before it."""
        from tui_plan.screens.comparing import open_compare

        if (line := self.current()) is not None:
            await open_compare(self._owner, self._about, right=line.run.uid)

    async def add_item(self) -> None:
        """Begin an assessment, and open it."""
        from tui_plan.screens.assessing import begin_assessment

        await begin_assessment(self._owner, self._about)

    async def remove_item(self, item: AssessmentLine) -> None:
        """Remove one that was begun by mistake, after asking."""
        detail = "This is for one begun by mistake, with all that was said in it. Undo brings it back."
        if await self.sure(f"Remove {item.run.ref} “{item.run.title}”?", detail):
            await self._owner.run_change(remove_checklist, self._owner.author(), item.run.uid)

    def _view(self, line: AssessmentLine) -> RowView:
        run, style = line.run, self._owner.date_style
        going = run.finished_on is None
        title = Piece(f"{run.ref} {run.stage_title or run.title}", Role.STRONG if going else Role.PLAIN)
        sign = Piece("◐ ") if going else Piece("✓ ", Role.GOOD)
        since = f"since {show_date(run.started_on, style)}"
        state = Piece(since) if going else Piece(f"done {show_date(run.finished_on, style)}", Role.DIM)
        role = Role.GOOD if line.rated == line.items else Role.PLAIN
        return RowView(((sign, title), Piece(run.who), Piece(f"{line.rated}/{line.items}", role), state))
