"""The keys of one party that are not the list's own: its dialogs, and going to what its page names.

The roster is such a screen. Each dialog is loaded by the key that opens it.
"""

from collections.abc import Callable
from typing import Any, ClassVar

from textual.binding import BindingType

from tui_plan.insight.roster import RosterRow
from tui_plan.keys import bind
from tui_plan.screens.explaining import flow
from tui_plan.screens.partnership import PartnershipScreen


class PartyScreen(PartnershipScreen):
    """A main screen whose cursor is on a party. Subclasses give ``current`` and ``go_to``."""

    BINDINGS: ClassVar[list[BindingType]] = [
        bind("party.contacts", "contacts", show=True),
        bind("party.holders", "holders", show=True),
        bind("party.members", "members", show=True),
        bind("party.call_down", "call_down", show=True),
        bind("party.log", "log"),
        bind("party.checklists", "checklists"),
        bind("party.register", "support"),
        bind("party.follow", "follow"),
    ]

    def current(self) -> RosterRow | None:
        """Return what the cursor is on, or nothing."""
        raise NotImplementedError

    def go_to(self, uid: str) -> None:
        """Put the cursor on a party."""
        raise NotImplementedError

    @flow
    async def action_contacts(self) -> None:
        """Show the ways to reach somebody."""
        from tui_plan.screens.contacts import ContactsDialog

        await self._open(ContactsDialog)

    @flow
    async def action_holders(self) -> None:
        """Show who holds a post, or the posts that a person holds."""
        from tui_plan.screens.holders import HoldersDialog

        await self._open(HoldersDialog)

    @flow
    async def action_members(self) -> None:
        """Show who sits in a group."""
        from tui_plan.screens.members import MembersDialog

        await self._open(MembersDialog)

    @flow
    async def action_log(self) -> None:
        """Show when they were heard from and told something."""
        from tui_plan.screens.told import LogDialog

        await self._open(LogDialog)

    @flow
    async def action_checklists(self) -> None:
        """Show the checklists about them."""
        from tui_plan.screens.checklists import ChecklistsDialog

        await self._open(ChecklistsDialog)

    @flow
    async def action_support(self) -> None:
        """Show how they stand to the plan."""
        from tui_plan.screens.support import SupportDialog

        await self._open(SupportDialog)

    @flow
    async def action_call_down(self) -> None:
        """Show whom to call of a group."""
        from tui_plan.screens.call_down import CallDownDialog

        await self._open(CallDownDialog)

    @flow
    async def action_follow(self) -> None:
        """Go to an action, or to a party, that the page names."""
        from tui_plan.screens.page_links import follow

        if (row := self.current()) is not None:
            await follow(self, row)

    async def _open(self, dialog: Callable[[Any, str, str], Any]) -> None:
        if (row := self.current()) is not None:
            await self.app.push_screen_wait(dialog(self, row.uid, row.name))
            await self.read_again()
