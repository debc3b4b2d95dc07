"""What the outline and the board share: the keys that change actions, and the flow behind each.

A subclass says which actions a key is for. Each flow asks with a form, runs one operation, and reads the rows again.
Forms and operations are loaded by the key that needs them, so that the screen itself comes up at once.
"""

from typing import TYPE_CHECKING, ClassVar

from textual.binding import BindingType

from tui_plan.insight.details import ActionDetail, action_detail
from tui_plan.keys import bind
from tui_plan.model.vocabulary import PartyKind, Status
from tui_plan.screens.changing import ChangingScreen
from tui_plan.screens.explaining import flow, step

if TYPE_CHECKING:
    from tui_plan.operations.actions import ActionValues
    from tui_plan.screens.forms_action import Report, RoleChoice
    from tui_plan.widgets.fields import Option, Picked

WEEK = 7
_FOR_ACTIONS = frozenset(
    {"progress", "status", "roles", "shift", "note", "needs", "place", "change_marked", "handover"}
    | {"notes", "parts", "measures"}
)
_CHANGE = (_FOR_ACTIONS | {"edit", "remove"}) - {"notes", "parts", "measures"}


class ActionScreen(ChangingScreen):
    """A main screen about the actions of one plan. Subclasses give ``targets``."""

    CHANGING = ChangingScreen.CHANGING | _CHANGE
    FOR_ACTIONS: ClassVar[frozenset[str]] = _FOR_ACTIONS
    """The actions (keys) that need an action under the cursor, or a mark."""

    BINDINGS: ClassVar[list[BindingType]] = [
        bind("record.edit", "edit", show=True),
        bind("record.done", "progress(True)", show=True),
        bind("record.progress", "progress(False)", show=True),
        bind("record.status", "status"),
        bind("record.owner", "roles", show=True),
        bind("record.handover", "handover"),
        bind("record.later", "shift(1)"),
        bind("record.earlier", "shift(-1)"),
        bind("record.note", "note"),
        bind("record.notes", "notes"),
        bind("record.resources", "parts('resources')"),
        bind("record.checkpoints", "parts('checkpoints')"),
        bind("record.measures", "measures"),
        bind("record.depends", "needs"),
        bind("record.place", "place"),
        bind("record.remove", "remove"),
        bind("marked.change", "change_marked"),
    ]

    def targets(self) -> tuple[str, ...]:
        """Return the actions that a key is for: the marked ones, else the one under the cursor."""
        raise NotImplementedError

    def why_not(self, action: str, parameters: tuple[object, ...]) -> str:
        """Say what needs an action under the cursor, or a mark."""
        if sentence := super().why_not(action, parameters):
            return sentence
        if action in self.FOR_ACTIONS and not self.targets():
            return "This key is for an action: put the cursor on one first."
        return ""

    # One action

    @flow
    async def action_edit(self) -> None:
        """Edit the action under the cursor."""
        if (detail := await self._only_target()) is not None:
            await self.edit_one(detail)

    async def edit_one(self, detail: ActionDetail) -> None:
        """Show the form of an action and keep what was changed."""
        from tui_plan.operations.actions import edit_action
        from tui_plan.screens.forms_action import action_form

        version = int(detail.values["row_version"])

        async def submit(values: "ActionValues") -> None:
            await self.change_merging(
                edit_action, self.author(), detail.uid, today=self.app.today, version_seen=version, **values
            )

        spec = action_form(detail.values, detail.objective, self.understand)
        await self.ask_kept(spec, submit, about=f"action:{detail.uid}", version=version)

    @flow
    async def action_progress(self, done: bool) -> None:
        """Record progress on somebody's word; with several marked, complete them all."""
        if done and len(self.targets()) > 1:
            await self.complete_all()
        elif (detail := await self._only_target()) is not None:
            await self.report(detail, done=done)

    async def report(self, detail: ActionDetail, *, done: bool) -> None:
        """Show the form of progress on an action and keep what was reported."""
        from tui_plan.operations.actions import record_progress
        from tui_plan.screens.forms_action import progress_form

        people = await self.parties(PartyKind.PERSON)
        version = int(detail.values["row_version"])

        async def submit(report: "Report") -> None:
            changed = await self.change_merging(
                record_progress,
                self.author(report.word),
                detail.uid,
                today=self.app.today,
                note=report.note,
                candour=report.candour,
                version_seen=version,
                **report.values,
            )
            if not changed:
                self.say("Nothing was different, so nothing was recorded.")

        spec = progress_form(detail.values, self.app.today, self.understand, people, done=done)
        await self.ask_kept(spec, submit, about=f"progress:{detail.uid}", version=version)

    async def complete_all(self) -> None:
        """Complete the actions today, after asking."""
        from tui_plan.operations.actions import set_status

        targets = self.targets()
        if await self._sure(f"Complete {len(targets)} actions?", "Each is done today. Undo takes it all back."):
            await self.run_change(set_status, self.author(), targets, Status.COMPLETE, today=self.app.today)

    @flow
    async def action_note(self) -> None:
        """Write down what somebody said."""
        from tui_plan.operations.parts import add_note
        from tui_plan.screens.forms_action import note_form

        if (detail := await self._only_target()) is None:
            return
        people = await self.parties(PartyKind.PERSON)

        async def submit(report: "Report") -> None:
            await self.ask(
                add_note,
                self.author(report.word),
                report.note,
                today=self.app.today,
                action=detail.uid,
                candour=report.candour,
            )

        await self.ask_kept(note_form(str(detail.values["title"]), people), submit, about=f"note:{detail.uid}")

    @flow
    async def action_notes(self) -> None:
        """Show what was said of an action, and whether each note may leave the house."""
        from tui_plan.screens.notes import NotesDialog

        if (detail := await self._only_target()) is not None:
            await self.app.push_screen_wait(NotesDialog(self, detail.uid, f"{detail.ref} {detail.values['title']}"))
            await self.read_again()

    @flow
    async def action_roles(self) -> None:
        """Say who is responsible: the whole RACI of one action, or one more role in all that are marked."""
        if len(self.targets()) > 1:
            from tui_plan.screens.marked import give_role

            await give_role(self, self.targets())
        elif (detail := await self._only_target()) is not None:
            await self._set_roles(detail)

    async def _set_roles(self, detail: ActionDetail) -> None:
        from tui_plan.operations.parts import set_roles
        from tui_plan.screens.forms_action import roles_form

        parties = await self.parties()

        async def submit(choice: "RoleChoice") -> None:
            roles = [(kind, await self.party_uid(pick)) for kind, pick in choice.roles]
            await self.ask_if_sure(set_roles, self.author(), detail.uid, roles, today=self.app.today)

        await self.ask_form(roles_form(str(detail.values["title"]), detail.roles, parties), submit)

    @flow
    async def action_handover(self) -> None:
        """Hand over what rests on an owner of the action: the only one, or the one that is chosen."""
        from tui_plan.screens.choices import owner_options
        from tui_plan.screens.forms_action import pick_form
        from tui_plan.screens.handover import hand_over_to

        if (detail := await self._only_target()) is None:
            return
        owners = owner_options(detail.roles)
        if not owners:
            self.say("No person or post is accountable or responsible for it: o says who is.", wrong=True)
            return
        chosen = owners[0].key
        if len(owners) > 1:
            title = str(detail.values["title"])
            pick = await self.ask_form(pick_form("Hand over from", title, "Who hands over", owners, add_new=False))
            chosen = pick.key if pick is not None else ""
        if chosen:
            await hand_over_to(self, chosen)

    @flow
    async def action_parts(self, kind: str) -> None:
        """Show the resources or checkpoints of an action, to add, edit and remove them."""
        from tui_plan.screens.parts import PartsScreen

        if (detail := await self._only_target()) is not None:
            await self.app.push_screen_wait(PartsScreen(self, detail, kind))
            await self.read_again()

    @flow
    async def action_measures(self) -> None:
        """Show the outcome measures of an action with their readings, to add, edit and remove them."""
        from tui_plan.screens.measures import MeasuresDialog

        if (detail := await self._only_target()) is not None:
            await self.app.push_screen_wait(MeasuresDialog(self, detail.uid, f"{detail.ref} {detail.values['title']}"))
            await self.read_again()

    @flow
    async def action_needs(self) -> None:
        """Say what must be complete first."""
        from tui_plan.insight.outline import outline
        from tui_plan.operations.dependencies import set_needs
        from tui_plan.screens.choices import action_options
        from tui_plan.screens.forms_action import needs_form

        if (detail := await self._only_target()) is None:
            return
        actions = action_options(await self.ask(outline, detail.plan, self.app.today), without=detail.uid)

        async def submit(needs: tuple[str, ...]) -> None:
            await self.ask(set_needs, self.author(), detail.uid, needs)

        needs = tuple(line.uid for line in detail.needs)
        await self.ask_form(needs_form(str(detail.values["title"]), needs, actions), submit)

    # One or several

    @flow
    async def action_status(self) -> None:
        """Give the actions a status."""
        await self.choose_status()

    async def choose_status(self) -> None:
        """Ask for a status and give it to the actions."""
        if not (targets := self.targets()):
            return
        from tui_plan.operations.actions import set_status
        from tui_plan.screens.forms_action import STATUSES, choice_form

        async def submit(status: str) -> None:
            await self.ask(set_status, self.author(), targets, Status(status), today=self.app.today)

        await self.ask_form(choice_form("Status", how_many(targets), "Now", STATUSES), submit)

    @step
    async def action_shift(self, weeks: int) -> None:
        """Move what is expected by weeks; the agreed date stays."""
        if targets := self.targets():
            await self.shift_days(targets, weeks * WEEK)

    async def shift_days(self, targets: tuple[str, ...], days: int) -> None:
        """Move what is expected of the actions by days."""
        from tui_plan.operations.actions import move_dates

        await self.run_change(move_dates, self.author(), targets, days)

    @flow
    async def action_place(self) -> None:
        """Move the actions to another step objective."""
        await self.choose_place()

    async def choose_place(self) -> None:
        """Ask for another step objective and move the actions there."""
        if not (targets := self.targets()):
            return
        from tui_plan.insight.outline import outline
        from tui_plan.operations.actions import move_actions
        from tui_plan.screens.choices import objective_options
        from tui_plan.screens.forms_action import pick_form

        places = objective_options(await self.ask(outline, self.plan_uid, self.app.today))

        async def submit(pick: "Picked | None") -> None:
            if pick is not None:
                await self.ask(move_actions, self.author(), targets, pick.key)

        await self.ask_form(pick_form("Move to", how_many(targets), "Step objective", places, add_new=False), submit)

    @flow
    async def action_remove(self) -> None:
        """Remove the actions, after asking."""
        await self.remove_actions()

    async def remove_actions(self) -> None:
        """Ask, and remove the actions that the key is for."""
        if not (targets := self.targets()):
            return
        from tui_plan.operations.actions import remove_actions

        detail = "Removing is for mistakes; withdraw what partners dropped. Undo brings it back."
        what = how_many(targets)
        if len(targets) == 1:
            only = await self.ask(action_detail, targets[0], self.app.today)
            what = f"{only.ref} “{only.values['title']}”"
        if await self._sure(f"Remove {what}?", detail):
            await self.run_change(remove_actions, self.author(), targets)

    @flow
    async def action_change_marked(self) -> None:
        """Change everything that is marked."""
        from tui_plan.screens.marked import change_marked

        await change_marked(self, self.targets())

    async def _only_target(self) -> ActionDetail | None:
        targets = self.targets()
        if len(targets) > 1:
            self.say("This key is for one action; Esc drops the marks, x changes all that are marked.")
            return None
        return await self.ask(action_detail, targets[0], self.app.today) if targets else None

    async def _sure(self, question: str, detail: str) -> bool:
        from tui_plan.screens.confirm import Confirm

        return await self.app.push_screen_wait(Confirm(question, detail))

    async def parties(self, *kinds: PartyKind) -> "tuple[Option, ...]":
        """Return who is on the roster, those of these kinds, to choose from."""
        from tui_plan.insight.finding import party_choices
        from tui_plan.screens.choices import party_options

        return party_options(await self.ask(party_choices), *kinds)


def how_many(targets: tuple[str, ...]) -> str:
    """Return how many actions there are, in words."""
    return "1 action" if len(targets) == 1 else f"{len(targets)} actions"
