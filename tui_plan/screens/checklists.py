"""The checklists about one party: onboarding, drills, instructions and assessments, begun here and opened."""

from datetime import date
from typing import ClassVar

from textual.binding import BindingType

from tui_plan.insight.checklists import RunLine, checklist_runs
from tui_plan.insight.details import record_values
from tui_plan.keys import bind
from tui_plan.model.date_words import distance, show_date
from tui_plan.model.errors import Refused
from tui_plan.model.vocabulary import ChecklistKind, PartyKind
from tui_plan.operations.checklists import About, remove_checklist, start_checklist
from tui_plan.screens.changing import ChangingScreen
from tui_plan.screens.checklist_run import RunDialog
from tui_plan.screens.explaining import flow
from tui_plan.screens.forms_checklist import Start, start_form
from tui_plan.screens.records_dialog import RecordsDialog
from tui_plan.screens.signs import OVERDUE_SIGN
from tui_plan.widgets.columns import Column
from tui_plan.widgets.lines import Piece, Role
from tui_plan.widgets.rows import Reader, RowView

_BEGUN_ELSEWHERE = frozenset({ChecklistKind.DRILL, ChecklistKind.STAGE})


class ChecklistsDialog(RecordsDialog[RunLine]):
    """A modal list of checklists about somebody, those still open first; Enter opens one."""

    NAME = "Checklists"
    TITLE = "Checklists"
    EMPTY = "No checklist yet. Press a to begin one from a template, such as the welcome of somebody new."
    HELP = (
        "Each is a dated run of a template and keeps its wording. A finished one stays as it is; begin a new one to go "
        "through the same list again. A drill is begun from the call-down of a group, an assessment from the stages."
    )
    COLUMNS = (Column(least=30), Column(width=5, right=True), Column(width=20))
    LACKING = frozenset({"edit"})
    BINDINGS: ClassVar[list[BindingType]] = [bind("list.open", "open_run", show=True)]

    async def read_again(self) -> None:
        """Show the checklists as they are now."""
        today = self._owner.app.today
        runs = await self._owner.ask(checklist_runs, self._about)
        reader = Reader[RunLine, RowView](
            key=lambda run: run.uid,
            view=lambda run, _: RowView((self._name_of(run, today), _share(run), self._state(run, today))),
        )
        self.show_items(runs, reader)

    def opened(self) -> None:
        """Open the one under the cursor."""
        self.action_open_run()

    @flow
    async def action_open_run(self) -> None:
        """Open the checklist under the cursor."""
        if (run := self.current()) is not None:
            await self.app.push_screen_wait(run_dialog(self._owner, run.uid, run.kind))
            await self.read_again()

    async def add_item(self) -> None:
        """Ask from which template a checklist begins, begin it, and open it."""
        from tui_plan.exchange.checklist_templates import templates

        kind = (await self._owner.ask(record_values, "party", self._about))["kind"]
        known = [each for each in (await self._owner.ask(templates)).usable if each.kind not in _BEGUN_ELSEWHERE]
        if not known:
            raise Refused("There are no templates of checklists: the program's own were removed.")
        begun: list[str] = []

        async def submit(start: Start) -> None:
            author, about = self._owner.author(), _about(PartyKind(kind), self._about)
            begun.append(
                await self._owner.ask(start_checklist, author, start.template, about, on=start.on, title=start.title)
            )

        wanted = ChecklistKind.ONBOARDING if kind == PartyKind.PERSON else ChecklistKind.INSTRUCTIONS
        first = next((each.key for each in known if each.kind == wanted), "")
        spec = start_form(self._heading, known, first, self._owner.app.today, self._owner.understand)
        await self._owner.ask_kept(spec, submit, about=f"checklist-of:{self._about}")
        if begun:
            await self._owner.app.push_screen_wait(RunDialog(self._owner, begun[0]))

    async def remove_item(self, item: RunLine) -> None:
        """Remove one that was begun by mistake, after asking."""
        detail = "This is for one begun by mistake, with all that was said in it. Undo brings it back."
        if await self.sure(f"Remove {item.ref} “{item.title}”?", detail):
            await self._owner.run_change(remove_checklist, self._owner.author(), item.uid)

    def _name_of(self, run: RunLine, today: date) -> tuple[Piece, ...]:
        about = run.about if run.about != self._heading else ""
        if run.finished_on is not None:
            return (Piece("✓ ", Role.GOOD), Piece(f"{run.ref} {run.title}", Role.DIM), _also(about))
        sign = Piece(f"{OVERDUE_SIGN} ", Role.BAD) if run.overdue(today) else Piece("◐ ")
        return (sign, Piece(f"{run.ref} {run.title}", Role.STRONG), _also(about))

    def _state(self, run: RunLine, today: date) -> Piece:
        style = self._owner.date_style
        if run.finished_on is not None:
            return Piece(f"finished {show_date(run.finished_on, style)}", Role.DIM)
        if run.due is None:
            return Piece(f"begun {show_date(run.started_on, style)}", Role.DIM)
        if run.overdue(today):
            return Piece(f"{OVERDUE_SIGN} {distance(run.due, today, past='late')}", Role.BAD)
        return Piece(f"due {show_date(run.due, style)}")


def run_dialog(owner: ChangingScreen, run: str, kind: str) -> RunDialog:
    """Return the dialog that shows a run (a uid) of this kind of checklist."""
    if kind == ChecklistKind.STAGE:
        from tui_plan.screens.assessment_run import AssessmentDialog

        return AssessmentDialog(owner, run)
    return RunDialog(owner, run)


def _about(kind: PartyKind, party: str) -> About:
    if kind == PartyKind.POST:
        return About(post=party)
    return About(group=party) if kind == PartyKind.GROUP else About(party=party)


def _also(about: str) -> Piece:
    return Piece(f" · {about}" if about else "", Role.DIM)


def _share(run: RunLine) -> Piece:
    return Piece(f"{run.settled}/{run.items}", Role.GOOD if run.settled == run.items else Role.PLAIN)
