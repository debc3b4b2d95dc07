"""What the outline and the board say when an action slips or is completed, and the key that takes a risk or an issue.

Nothing is asked then: in a meeting the next action waits. A key writes the risk or the issue down when there is time;
what was finished waits to be celebrated.
"""

from collections.abc import Awaitable, Iterable, Sequence
from typing import ClassVar

from textual.binding import BindingType

from tui_plan.insight.action_rows import ActionRow
from tui_plan.insight.details import ActionDetail
from tui_plan.keys import bind
from tui_plan.model.vocabulary import EntryKind, RoleKind, Status
from tui_plan.screens.action_screen import ActionScreen
from tui_plan.screens.explaining import flow
from tui_plan.screens.lead_blocks import ASSESSING
from tui_plan.screens.slip_words import slip_words, slips_from
from tui_plan.widgets.text import crop

_TITLE_CELLS = 60


class SlippingScreen(ActionScreen):
    """A screen about the actions of one plan that tells slips and what is finished; subclasses give ``rows_of``."""

    CHANGING = ActionScreen.CHANGING | {"risk"}
    FOR_ACTIONS = ActionScreen.FOR_ACTIONS | {"risk"}
    BINDINGS: ClassVar[list[BindingType]] = [bind("record.risk", "risk")]

    def rows_of(self, uids: Iterable[str]) -> list[ActionRow]:
        """Return those of the actions that were read last."""
        raise NotImplementedError

    async def edit_one(self, detail: ActionDetail) -> None:
        """Edit an action, and say when it slips by that."""
        await self.tell_after((detail.uid,), super().edit_one(detail))

    async def report(self, detail: ActionDetail, *, done: bool) -> None:
        """Record progress on an action, and say when it slips by that, or what is finished now."""
        await self.tell_after((detail.uid,), super().report(detail, done=done))

    async def complete_all(self) -> None:
        """Complete the actions, and say what is finished now."""
        await self.tell_after(self.targets(), super().complete_all())

    async def choose_status(self) -> None:
        """Give the actions a status, and say what is finished now."""
        await self.tell_after(self.targets(), super().choose_status())

    async def shift_days(self, targets: tuple[str, ...], days: int) -> None:
        """Move what is expected, and say what slips by that."""
        await self.tell_after(targets, super().shift_days(targets, days))

    @flow
    async def action_risk(self) -> None:
        """Write down a risk or an issue that bears on the action under the cursor."""
        from tui_plan.screens.forms_action import choice_form
        from tui_plan.screens.register_asking import ask_entry
        from tui_plan.widgets.fields import Option

        if (detail := await self._only_target()) is None:
            return
        kinds = tuple(Option(kind, kind) for kind in ASSESSING)
        about = f"{detail.ref} {detail.values['title']}"
        kind = await self.ask_form(choice_form("Write down", about, "It is a", kinds))
        if kind is not None:
            known = _known(EntryKind(kind), detail)
            await ask_entry(self, EntryKind(kind), plan=detail.plan, actions=(detail.uid,), values=known)

    async def tell_after(self, uids: Sequence[str], changing: Awaitable[object]) -> None:
        """Await a change of actions (uids), then say which of them slip by it, or what it finished."""
        self.say("")  # what was said of the last move may no longer hold
        before = {row.uid: row for row in self.rows_of(uids)}
        await changing
        after = [(row, before[row.uid]) for row in self.rows_of(uids) if row.uid in before]
        await self._tell_slips([now for now, was in after if slips_from(now, was.expected)])
        await self._tell_finished([now for now, was in after if _is_done(now) and not _is_done(was)])

    async def _tell_finished(self, done: Sequence[ActionRow]) -> None:
        if done:
            from tui_plan.screens.achieving import tell_finished

            await tell_finished(self, self.plan_uid, {uid for row in done for uid in (row.uid, row.objective)})

    async def _tell_slips(self, slipped: Sequence[ActionRow]) -> None:
        if len(slipped) == 1:
            self.say(await self._slip_words(slipped[0]))
        elif slipped:
            key = self.app.key_of("record.risk")
            self.say(
                f"{len(slipped)} actions slip past their agreed dates. {key} on one writes down a risk or an issue."
            )

    async def _slip_words(self, row: ActionRow) -> str:
        from tui_plan.insight.register import named_by

        known = [lead.ref for lead in await self.ask(named_by, row.uid) if lead.noun in ASSESSING]
        slip = f"{row.ref} slips {slip_words(row.agreed, row.expected)}"
        if known:
            return f"{slip}; {' and '.join(known)} {'is' if len(known) == 1 else 'are'} written down for it."
        return f"{slip}. {self.app.key_of('record.risk')} writes down a risk or an issue."


def _is_done(row: ActionRow) -> bool:
    return row.status == Status.COMPLETE


def _known(kind: EntryKind, detail: ActionDetail) -> dict[str, str]:
    """Return with what the form begins: what is at stake in a few words, and who carries the action."""
    what = f"{detail.ref} “{crop(str(detail.values['title']), _TITLE_CELLS)}”"
    happens = "may not happen as agreed" if kind is EntryKind.RISK else "does not happen as agreed"
    carrying = {role.kind: role.party for role in reversed(detail.roles)}
    owner = carrying.get(RoleKind.ACCOUNTABLE) or carrying.get(RoleKind.RESPONSIBLE) or ""
    return {"title": f"{what} {happens}", "party": owner}
