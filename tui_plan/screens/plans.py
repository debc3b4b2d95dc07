"""Screen 1: every plan with its health, and beside it what the plan is. Enter opens a plan's outline.

It is what the program starts with, so forms and operations are loaded by the key that needs them.
"""

from contextlib import suppress
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal
from textual.timer import Timer

from tui_plan.insight.details import plan_detail
from tui_plan.insight.health import PlanHealth
from tui_plan.keys import bind
from tui_plan.model.date_words import show_date
from tui_plan.model.errors import NotFound, PlanError
from tui_plan.model.shares import whole_percent
from tui_plan.model.vocabulary import PartyKind
from tui_plan.screens.beside import DETAIL_AFTER
from tui_plan.screens.detail_blocks import plan_blocks
from tui_plan.screens.explaining import flow
from tui_plan.screens.partnership import PartnershipScreen
from tui_plan.screens.progress_screen import ProgressScreen
from tui_plan.screens.signs import late_cell, share_bar
from tui_plan.widgets.columns import Column
from tui_plan.widgets.detail import DetailView
from tui_plan.widgets.line_list import LineList
from tui_plan.widgets.lines import Piece, Role
from tui_plan.widgets.rows import ItemRows, Reader, RowView

if TYPE_CHECKING:
    from tui_plan.insight.plan_standing import PlanStanding
    from tui_plan.operations.plans import PlanValues
    from tui_plan.widgets.fields import Picked

_COLUMNS = (
    Column("Plan", least=28),
    Column("Actions", width=7, right=True, drop=3),
    Column("Done", width=6, right=True),
    Column("", width=10, drop=1),
    Column("Late", width=10),
    Column("Soon", width=4, right=True, drop=2),
    Column("Next date", width=11, drop=4),
)
_EMPTY = (
    "No plan yet. Press a to add one, or leave with q and bring in a spreadsheet: "
    "tui-plan import your-plan.csv shows what it recognises before anything is kept."
)


_OF_A_PLAN = frozenset(
    {"open", "edit", "partners", "meetings", "history", "export", "agreements", "convening"}
    | {"notes", "evaluation", "celebrate", "fidelity"}
)


class PlansScreen(PartnershipScreen, ProgressScreen):
    """The list of plans."""

    NAME = "Plans"
    HELP = "Every plan with how it stands. Late, soon and done are counted from the actions; nothing here is typed."
    CHANGING = PartnershipScreen.CHANGING | {"add", "edit", "partners"}
    BINDINGS: ClassVar[list[BindingType]] = [
        bind("list.open", "open", show=True),
        bind("record.add", "add", show=True),
        bind("record.edit", "edit", show=True),
        bind("plan.partners", "partners"),
        bind("plan.meetings", "meetings", show=True),
        bind("record.notes", "notes"),
        bind("record.history", "history", show=True),
        bind("plan.export", "export", show=True),
    ]

    def __init__(self) -> None:
        super().__init__()
        self._plans: dict[str, PlanHealth] = {}
        self._detail_timer: Timer | None = None

    @property
    def plan_uid(self) -> str:
        """The plan under the cursor; the one in hand while there is no row."""
        plan = self._current()
        return plan.uid if plan is not None else self.app.plan

    def compose_body(self) -> ComposeResult:
        """Yield the list and the detail."""
        with Horizontal():
            yield LineList(_COLUMNS, title="Plans", empty=_EMPTY, markable=False, id="plans")
            yield DetailView(title="", id="detail", classes="beside")

    async def refresh_rows(self) -> None:
        """Ask for every plan's health again."""
        first = not self._plans
        found = await self.app.ask_plans()
        self._plans = {plan.uid: plan for plan in found}
        reader = Reader[PlanHealth, RowView](
            key=lambda plan: plan.uid,
            view=lambda plan, _: self._view(plan),
            text=lambda plan: f"{plan.ref} {plan.name}",
        )
        rows = ItemRows[PlanHealth, RowView](found, reader)
        self.query_one("#plans", LineList).set_rows(rows, key=await self._first_plan())
        await self._show_detail(whole=not first)  # at first the cursor's coming to the list shows the rest
        self.refresh_bindings()

    def filter_changed(self, wanted: str) -> None:
        """Show only plans whose name holds ``wanted``."""
        self.query_one("#plans", LineList).search(wanted)

    def copied_text(self) -> str:
        """Return the plan's reference and name."""
        plan = self._current()
        return f"{plan.ref} {plan.name}" if plan is not None else ""

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Hide what needs a plan while there is none."""
        if action in _OF_A_PLAN and not self._plans:
            return False
        return super().check_action(action, parameters)

    @on(LineList.Activated, "#plans")
    def action_open(self) -> None:
        """Open the outline of the plan under the cursor."""
        from tui_plan.screens.outline import OutlineScreen

        if (plan := self._current()) is not None:
            self.app.plan = plan.uid
            self.app.push_screen(OutlineScreen(plan.uid))

    @on(LineList.Highlighted, "#plans")
    def _detail_soon(self) -> None:
        if (plan := self._current()) is not None:
            self.app.plan = plan.uid
        if self._detail_timer is not None:
            self._detail_timer.stop()
        self._detail_timer = self.set_timer(DETAIL_AFTER, self._show_detail)

    @flow
    async def action_add(self) -> None:
        """Add a plan."""
        from tui_plan.insight.finding import party_choices
        from tui_plan.operations.plans import add_plan
        from tui_plan.screens.choices import party_options
        from tui_plan.screens.forms_plan import plan_form

        choices = await self.ask(party_choices)

        async def submit(values: "PlanValues") -> None:
            self.app.plan = await self.ask(add_plan, self.author(), **values)

        people = party_options(choices, PartyKind.PERSON, PartyKind.POST)
        spec = plan_form({}, self.understand, people, party_options(choices, PartyKind.GROUP))
        if await self.ask_kept(spec, submit, about="plan:new") is not None:
            self.query_one("#plans", LineList).move_to(self.app.plan)

    @flow
    async def action_edit(self) -> None:
        """Edit the plan under the cursor."""
        from tui_plan.insight.finding import party_choices
        from tui_plan.operations.plans import edit_plan
        from tui_plan.screens.choices import party_options
        from tui_plan.screens.forms_plan import plan_form

        if (plan := self._current()) is None:
            return
        values = (await self.ask(plan_detail, plan.uid)).values
        choices = await self.ask(party_choices)
        version = int(values["row_version"])

        async def submit(typed: "PlanValues") -> None:
            await self.merge_if_sure(edit_plan, self.author(), plan.uid, version_seen=version, **typed)

        people = party_options(choices, PartyKind.PERSON, PartyKind.POST)
        spec = plan_form(values, self.understand, people, party_options(choices, PartyKind.GROUP))
        await self.ask_kept(spec, submit, about=f"plan:{plan.uid}", version=version)

    @flow
    async def action_partners(self) -> None:
        """Say which organisations take part."""
        from tui_plan.insight.finding import party_choices
        from tui_plan.operations.plans import set_partners
        from tui_plan.screens.choices import party_options
        from tui_plan.screens.forms_plan import partners_form

        if (plan := self._current()) is None:
            return
        detail = await self.ask(plan_detail, plan.uid)
        organisations = party_options(await self.ask(party_choices), PartyKind.ORGANISATION)

        async def submit(picks: "tuple[Picked, ...]") -> None:
            partners = [await self.party_uid(pick, PartyKind.ORGANISATION) for pick in picks]
            await self.ask(set_partners, self.author(), plan.uid, partners)

        standing = tuple(uid for uid, _ in detail.partners)
        await self.ask_form(partners_form(plan.name, standing, organisations), submit)

    @flow
    async def action_meetings(self) -> None:
        """Show the plan's meeting series, to add and edit them."""
        from tui_plan.screens.meetings import MeetingsScreen

        if (plan := self._current()) is not None:
            await self.app.push_screen_wait(MeetingsScreen(self, plan.uid, plan.name))
            await self.read_again()

    @flow
    async def action_notes(self) -> None:
        """Show what was said of the plan as a whole."""
        from tui_plan.screens.notes import NotesDialog

        if (plan := self._current()) is not None:
            await self.app.push_screen_wait(NotesDialog(self, plan.uid, f"{plan.ref} {plan.name}", of_plan=True))
            await self.read_again()

    def action_history(self) -> None:
        """Show what was changed in the plan."""
        from tui_plan.screens.history import HistoryScreen

        if (plan := self._current()) is not None:
            self.app.push_screen(HistoryScreen(self, plan.name, plan=plan.uid))

    @flow
    async def action_export(self) -> None:
        """Write a calendar, a paper or a file of the plan."""
        from tui_plan.screens.export import export_plan

        if (plan := self._current()) is not None:
            await export_plan(self, plan.uid, plan.name)

    async def _first_plan(self) -> str | None:
        """Return the plan to start on: the one named by ``--plan``, else where the cursor is."""
        if not self.app.plan:
            return None
        if self.app.plan not in self._plans:
            from tui_plan.insight.finding import find_plan

            try:
                self.app.plan = await self.ask(find_plan, self.app.plan)
            except PlanError as problem:
                self.app.plan = ""
                self.say(str(problem), wrong=True)
        return self.app.plan or None

    async def _show_detail(self, *, whole: bool = True) -> None:
        """Show the plan under the cursor; not ``whole`` while the program starts: what else stands there costs more."""
        if (plan := self._current()) is None:
            self.query_one(DetailView).show("", "", [])
            return
        with suppress(NotFound):  # a colleague has removed it; the rows will be read again at once
            detail = await self.ask(plan_detail, plan.uid)
            standing = await self._standing(plan.uid) if whole else None
            blocks = plan_blocks(detail, plan.counts, self.date_style, standing)
            self.query_one(DetailView).show(plan.uid if whole else "", plan.ref, blocks)

    async def _standing(self, plan: str) -> "PlanStanding":
        from tui_plan.insight.plan_standing import plan_standing

        return await self.ask(plan_standing, plan, self.app.today)

    def _current(self) -> PlanHealth | None:
        return self._plans.get(self.query_one("#plans", LineList).cursor_key or "")

    def _view(self, plan: PlanHealth) -> RowView:
        counts = plan.counts
        share = counts.share_complete
        return RowView(
            (
                Piece(plan.name, Role.STRONG),
                str(counts.actions),
                f"{whole_percent(share)}%" if share is not None else "–",
                share_bar(counts, 10),
                late_cell(counts),
                Piece(str(counts.due_soon or ""), Role.ACCENT),
                show_date(plan.next_day, self.date_style),
            )
        )
