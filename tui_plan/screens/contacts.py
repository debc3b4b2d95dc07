"""The ways to reach one party, in the order in which they like to be reached: verified, edited, reordered, copied."""

from typing import Any, ClassVar

from textual.binding import BindingType

from tui_plan.insight.details import record_values
from tui_plan.insight.party_page import ReachLine, reach_of
from tui_plan.keys import bind
from tui_plan.model.date_words import show_date
from tui_plan.operations.contacts import (
    ContactValues,
    add_contact,
    edit_contact,
    prefer_contact,
    remove_contact,
    verify_contacts,
)
from tui_plan.screens.explaining import step
from tui_plan.screens.forms_people import contact_form
from tui_plan.screens.records_dialog import RecordsDialog
from tui_plan.widgets.columns import Column
from tui_plan.widgets.lines import Piece, Role
from tui_plan.widgets.rows import Reader, RowView
from tui_plan.widgets.text import shown


class ContactsDialog(RecordsDialog[ReachLine]):
    """A modal list of ways to reach somebody, the preferred one first."""

    NAME = "How to reach them"
    TITLE = "How to reach them"
    EMPTY = "No way to reach them yet. Press a to add an e-mail address, a number, or where they live."
    HELP = (
        "The first one is tried first; K and J change the order. v marks all as verified today, after a call or a mail "
        "that came through. One that is changed counts as unverified until it is tried."
    )
    COLUMNS = (Column(least=28), Column(width=8), Column(width=22))
    CHANGING = RecordsDialog.CHANGING | {"prefer", "verify"}
    BINDINGS: ClassVar[list[BindingType]] = [
        bind("contact.verify", "verify", show=True),
        bind("record.up", "prefer(-1)"),
        bind("record.down", "prefer(1)"),
        bind("program.copy", "copy", show=True),
    ]

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Hide what needs a way to reach them while there is none."""
        if action in {"prefer", "verify", "copy"} and not self._items:
            return False
        return super().check_action(action, parameters)

    async def read_again(self) -> None:
        """Show the ways to reach them as they are now."""
        lines = await self._owner.ask(reach_of, self._about)
        reader = Reader[ReachLine, RowView](
            key=lambda line: line.uid, view=lambda line, _: _view(line, lines.index(line) + 1, self._owner.date_style)
        )
        self.show_items(lines, reader)

    async def add_item(self) -> None:
        """Ask for a new way to reach them and keep it."""

        async def submit(values: ContactValues) -> None:
            self._added = await self._owner.ask(add_contact, self._owner.author(), self._about, **values)

        spec = contact_form({}, self._heading, self._owner.understand)
        await self._owner.ask_kept(spec, submit, about=f"contact-of:{self._about}")

    async def edit_item(self, item: ReachLine) -> None:
        """Ask for new values and keep them."""
        values: dict[str, Any] = await self._owner.ask(record_values, "contact_method", item.uid)
        version = int(values["row_version"])

        async def submit(typed: ContactValues) -> None:
            await self._owner.ask(edit_contact, self._owner.author(), item.uid, version_seen=version, **typed)

        spec = contact_form(values, self._heading, self._owner.understand)
        await self._owner.ask_kept(spec, submit, about=f"contact:{item.uid}", version=version)

    async def remove_item(self, item: ReachLine) -> None:
        """Remove one, after asking."""
        if await self.sure(f"Remove “{item.value}”?"):
            await self._owner.run_change(remove_contact, self._owner.author(), item.uid)

    @step
    async def action_prefer(self, steps: int) -> None:
        """Move the one under the cursor in their order of preference."""
        if (item := self.current()) is not None:
            await self._owner.run_change(prefer_contact, self._owner.author(), item.uid, steps)
            await self.read_again()

    @step
    async def action_verify(self) -> None:
        """Record that all of them were found right today."""
        today = self._owner.app.today
        count = await self._owner.run_change(verify_contacts, self._owner.author(), self._about, today)
        await self.read_again()
        self.say("All of these count as verified today." if count else "All of these were verified today already.")

    def action_copy(self) -> None:
        """Copy the address or number under the cursor."""
        if (item := self.current()) is not None:
            self.app.copy_to_clipboard(shown(item.value))
            self.say(f"Copied: {item.value}")


def _view(line: ReachLine, place: int, style: str) -> RowView:
    if line.verified_on is None:
        verified = (Piece("? ", Role.WARN), Piece("not verified", Role.WARN))
    else:
        verified = (Piece("✓ ", Role.GOOD), Piece(f"verified {show_date(line.verified_on, style)}", Role.DIM))
    return RowView(((Piece(f"{place} ", Role.DIM), Piece(line.value)), Piece(line.kind, Role.DIM), verified))
