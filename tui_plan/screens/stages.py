"""Screen 4: the stages of a plan with their gates, and what each assessment said of every quality over time.

Forms, dialogs and operations are loaded by the key that needs them, so that the screen itself comes up at once.
"""

from collections.abc import Sequence
from contextlib import suppress
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal

from tui_plan.insight.assessments import Assessment, Said, said_of
from tui_plan.insight.progress import StageProgress, progress
from tui_plan.insight.register import lessons_of
from tui_plan.insight.stages import current_stage
from tui_plan.keys import bind
from tui_plan.model.date_words import show_date
from tui_plan.model.errors import NotFound
from tui_plan.screens import stage_rows
from tui_plan.screens.beside import BesideScreen
from tui_plan.screens.explaining import flow
from tui_plan.screens.progress_screen import ProgressScreen
from tui_plan.screens.stage_blocks import MOST_SAID, quality_blocks, stage_blocks
from tui_plan.screens.stage_rows import StageItem
from tui_plan.widgets.detail import DetailView
from tui_plan.widgets.line_list import LineList

_ANOTHER = "another"
_OF_A_STAGE = frozenset({"edit", "remove", "history", "assess", "gate"})
_OF_A_QUALITY = frozenset({"make_action", "follow"})


class StagesScreen(ProgressScreen, BesideScreen[StageItem]):
    """The stages of the plan that the coordinator works on, with the page of one stage or quality beside them."""

    NAME = "Stages"
    HELP = (
        "Each stage with its gate; under it its qualities, the assessments from left to right as they were made: ● by "
        "consensus (◌ not finished), a letter for a partner's view (a small one: not finished); │ parts the attempts. "
        "✓ in place, ◐ partly, ○ not yet, – not applicable, · not rated. s assesses together, d looks at the gate, m "
        "makes an action of a next step, D shows where partners differ."
    )
    CHANGING = ProgressScreen.CHANGING | {"add", "edit", "remove", "assess", "make_action"}
    BINDINGS: ClassVar[list[BindingType]] = [
        bind("stage.assess", "assess", show=True),
        bind("stage.gate", "gate", show=True),
        bind("step.action", "make_action", show=True),
        bind("record.add", "add", show=True),
        bind("record.edit", "edit", show=True),
        bind("stage.compare", "compare", show=True),
        bind("stage.differ", "differ"),
        bind("stage.runs", "runs"),
        bind("stage.view", "next_view"),
        bind("stage.attention", "attention"),
        bind("stage.follow", "follow"),
        bind("record.remove", "remove"),
        bind("record.history", "history"),
        bind("plan.export", "export"),
    ]

    def __init__(self) -> None:
        super().__init__()
        self._found: list[StageProgress] = []
        self._opened_for = ""
        """The plan whose stages were opened and closed as they begin."""

        self._view = ""
        self._only_attention = False
        self._said: list[Said] = []
        """What was said of the quality whose page is shown."""

    def compose_body(self) -> ComposeResult:
        """Yield the list and the page."""
        with Horizontal():
            yield LineList(
                stage_rows.columns_for((), ""), title="Stages", empty=stage_rows.EMPTY, markable=False, id="stages"
            )
            yield DetailView(id="detail", classes="beside")

    async def refresh_rows(self) -> None:
        """Ask for the stages again and show them, view and filter kept."""
        plan = await self.plan_in_hand()
        self._found = await self.ask(progress, plan) if plan else []
        self._show_rows()
        await self.show_detail()

    def copied_text(self) -> str:
        """Return the stage or quality under the cursor, with how it stands."""
        if (item := self.current()) is None:
            return ""
        if item.quality is None:
            return f"{item.stage.stage.ref} {item.stage.stage.title}: {item.stage.gate.state}"
        return f"{item.quality.quality.text}: {item.quality.now or 'not rated'}"

    def go_back(self) -> None:
        """Go back to the list from the page; show everything again."""
        if self.left_page():
            return
        if self._only_attention or self._view:
            self._only_attention, self._view = False, ""
            self._show_rows()

    def why_not(self, action: str, parameters: tuple[object, ...]) -> str:
        """Say which keys need a stage, and which a quality."""
        if sentence := super().why_not(action, parameters):
            return sentence
        if not self.app.plan:
            return "There is no plan yet: press 1, then a to add one."
        item = self.current()
        if action in _OF_A_STAGE and item is None:
            return "Put the cursor on a stage first." if self._found else "There is no stage yet: press a to add one."
        if action == "assess" and item is not None and item.stage.stage.skipped_because:
            return "This stage was skipped, so that there is nothing to assess: e takes that back."
        if action in _OF_A_QUALITY and (item is None or item.quality is None):
            return "Put the cursor on a quality under a stage first."
        return ""

    # What the cursor is on

    @on(LineList.Activated)
    def _opened(self) -> None:
        self.action_other_pane()

    async def show_detail(self) -> None:
        """Show the stage or the quality under the cursor in full."""
        view, item = self.query_one(DetailView), self.current()
        self.refresh_bindings()
        self._asked = item.key if item is not None else ""
        self._said = []
        today, style = self.app.today, self.date_style
        if item is None:
            view.show("", "", [])
        elif item.quality is not None:
            line = item.quality
            with suppress(NotFound):  # a colleague has removed it; the rows will be read again at once
                self._said = await self.ask(said_of, line.asked[-MOST_SAID:], line.quality.key)
                view.show(
                    line.key,
                    line.quality.section or item.stage.stage.title,
                    quality_blocks(line, self._said, today, style),
                )
        else:
            lessons = await self.ask(lessons_of, item.stage.stage.uid)
            view.show(item.key, item.stage.stage.ref, stage_blocks(item.stage, lessons, today, style))

    # Changes

    @flow
    async def action_add(self) -> None:
        """Add a stage."""
        from tui_plan.screens.assessing import edit_stage_form

        if made := await edit_stage_form(self, self.app.plan):
            self._list.move_to(made)

    @flow
    async def action_edit(self) -> None:
        """Edit the stage that the cursor is on or in: its days, what it means, or that it is skipped."""
        from tui_plan.screens.assessing import edit_stage_form

        if (item := self.current()) is not None:
            await edit_stage_form(self, self.app.plan, item.stage.stage.uid)

    @flow
    async def action_remove(self) -> None:
        """Remove a stage that was added by mistake, after asking."""
        from tui_plan.operations.stages import remove_stage
        from tui_plan.screens.confirm import Confirm

        if (item := self.current()) is None:
            return
        line = item.stage.stage
        detail = "Removing is for mistakes. A stage that was assessed or decided about stays."
        if await self.app.push_screen_wait(Confirm(f"Remove the stage “{line.title}”?", detail)):
            await self.run_change(remove_stage, self.author(), line.uid)

    @flow
    async def action_assess(self) -> None:
        """Go on with the assessment of the stage that is not finished, or begin one."""
        from tui_plan.screens.assessing import begin_assessment, open_assessment

        if (item := self.current()) is None:
            return
        running = stage_rows.running(self._found, item.stage.stage.uid)
        chosen = await self._going_on(running) if running else _ANOTHER
        if chosen == _ANOTHER:
            await begin_assessment(self, self.app.plan, item.stage.stage.uid)
        elif chosen is not None:
            await open_assessment(self, chosen, self._key_in_hand())
        await self.read_again()

    @flow
    async def action_gate(self) -> None:
        """Show what the gate out of the stage asks for, and decide there."""
        from tui_plan.screens.assessing import open_gate

        if (item := self.current()) is not None:
            await open_gate(self, item.stage.stage.uid)
            await self.read_again()

    @flow
    async def action_make_action(self) -> None:
        """Make an action of the next step that was said last of the quality under the cursor."""
        from tui_plan.screens.assessing import make_step_action

        await self.show_detail()  # the cursor may have gone on since
        said = next((each for each in reversed(self._said) if each.next_steps), None)
        if said is None:
            self.say(
                "No assessment names a next step here: s assesses, and there e on the quality writes it down.",
                wrong=True,
            )
            return
        await make_step_action(self, said.item)

    # Dialogs

    @flow
    async def action_compare(self) -> None:
        """Show what any two assessments say."""
        from tui_plan.screens.comparing import open_compare

        await open_compare(self, self.app.plan, self._key_in_hand())

    @flow
    async def action_differ(self) -> None:
        """Show where partners differ most about the stage that the cursor is on or in."""
        from tui_plan.screens.divergence import open_divergence

        item = self.current()
        await open_divergence(self, self.app.plan, item.stage.stage.uid if item is not None else "")

    @flow
    async def action_runs(self) -> None:
        """Show every assessment, running and finished."""
        from tui_plan.screens.assessing import open_runs

        await open_runs(self, self.app.plan)
        await self.read_again()

    @flow
    async def action_follow(self) -> None:
        """Go to an action that came of a next step of the quality under the cursor."""
        from tui_plan.screens.page_links import follow_actions

        await self.show_detail()  # the cursor may have gone on since
        actions = [action for said in reversed(self._said) for action in said.actions]
        await follow_actions(self, [(action.uid, f"{action.ref} {action.title}", action.status) for action in actions])

    @flow
    async def action_export(self) -> None:
        """Write an assessment, or all of them over time, to print or to send."""
        from tui_plan.screens.assessing import export_assessment

        item = self.current()
        await export_assessment(self, self.app.plan, item.stage.stage.uid if item is not None else "")

    def action_history(self) -> None:
        """Show what was changed in the stage."""
        from tui_plan.screens.history import HistoryScreen

        if (item := self.current()) is not None:
            line = item.stage.stage
            self.app.push_screen(HistoryScreen(self, f"{line.ref} {line.title}", subject=line.uid))

    # Views

    def action_next_view(self) -> None:
        """Show the assessments of the next view alone: by consensus, of each partner, and in the end all."""
        views = stage_rows.views_of(self._found)
        place = views.index(self._view) if self._view in views else 0
        self._view = views[(place + 1) % len(views)]
        self._show_rows()

    def action_attention(self) -> None:
        """Show only what is not in place by consensus, or everything again."""
        self._only_attention = not self._only_attention
        self._show_rows()

    def _key_in_hand(self) -> str:
        item = self.current()
        return item.quality.quality.key if item is not None and item.quality is not None else ""

    async def _going_on(self, running: Sequence[Assessment]) -> str | None:
        """Return which of the assessments under way to go on with, or that another is begun; None where it is left."""
        from tui_plan.screens.forms_action import choice_form
        from tui_plan.widgets.fields import Option

        options = [Option(run.uid, f"{run.who}, {show_date(run.started_on, self.date_style)}") for run in running]
        spec = choice_form(
            "Assess", running[-1].stage_title, "Go on with", (*options, Option(_ANOTHER, "another")), running[-1].uid
        )
        return await self.ask_form(spec)

    def _show_rows(self) -> None:
        lines = [each.stage for each in self._found]
        current = current_stage(lines)
        closed, key = self._folded, None
        if self._opened_for != self.app.plan:
            self._opened_for = self.app.plan
            closed = stage_rows.closed_at_first(self._found, current)
            key = current.uid if current is not None else None
        items = stage_rows.stage_items(self._found, only_attention=self._only_attention)
        self._list.set_empty(stage_rows.EMPTY if self.app.plan else stage_rows.NO_PLAN)
        self._list.set_columns(stage_rows.columns_for(self._found, self._view))
        self._list.set_rows(
            stage_rows.stage_rows(items, self._view, self.date_style, closed=closed, wanted=self._wanted), key=key
        )
        self._list.set_title(stage_rows.list_title(self._view, only_attention=self._only_attention))
        self.set_about(stage_rows.size_words(self._found, current))
