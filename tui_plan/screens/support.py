"""How one party stands to the plan over time: who champions it, who is against it, and by what that shows."""

from typing import Any

from tui_plan.insight.details import record_values
from tui_plan.insight.party_page import RegisterLine, register_of
from tui_plan.model.date_words import distance, show_date
from tui_plan.model.vocabulary import EntryKind, Support
from tui_plan.operations.register import EntryValues, add_entry, edit_entry, remove_entry
from tui_plan.screens.forms_records import support_form
from tui_plan.screens.records_dialog import DetailedDialog
from tui_plan.widgets.columns import Column
from tui_plan.widgets.detail import Block, Labelled, Paragraph
from tui_plan.widgets.lines import Piece, Role
from tui_plan.widgets.rows import Reader, RowView

_LEVELS = {
    Support.OPPOSED: ("×", Role.BAD),
    Support.SCEPTICAL: ("▼", Role.WARN),
    Support.NEUTRAL: ("·", Role.PLAIN),
    Support.SUPPORTIVE: ("▲", Role.GOOD),
    Support.CHAMPION: ("★", Role.GOOD),
}


class SupportDialog(DetailedDialog[RegisterLine]):
    """A modal list of the register's entries about somebody's support, the newest first."""

    NAME = "Support"
    TITLE = "How they stand to the plan"
    EMPTY = "Nothing is known of how they stand to the plan. Press a to write down what they said or did, and when."
    HELP = "One entry for each time that something showed how they stand: the list tells how it changed."
    COLUMNS = (Column(width=13), Column(least=30), Column(width=12, drop=1))

    async def read_again(self) -> None:
        """Show the entries as they are now."""
        lines = await self._owner.ask(register_of, self._about)
        reader = Reader[RegisterLine, RowView](
            key=lambda line: line.uid, view=lambda line, _: _view(line, self._owner.date_style)
        )
        self.show_items(lines, reader)

    def in_full(self, item: RegisterLine) -> tuple[str, list[Block]]:
        """Return all of an entry."""
        day = f"{show_date(item.on, self._owner.date_style)}, {distance(item.on, self._owner.app.today)}"
        blocks: list[Block] = [Paragraph(item.title, Role.STRONG), Labelled("On", day)]
        if item.kind == EntryKind.CHAMPION:
            blocks.append(Labelled("Champion", "speaks for the plan"))
        if item.level:
            blocks.append(Labelled("Support", (level_sign(item), Piece(item.level))))
        return item.ref, [*blocks, *([Labelled("Evidence", item.evidence)] if item.evidence else [])]

    async def add_item(self) -> None:
        """Ask for a new entry and keep it."""
        await self._ask("", {})

    async def edit_item(self, item: RegisterLine) -> None:
        """Ask for new values and keep them."""
        await self._ask(item.uid, await self._owner.ask(record_values, "register_entry", item.uid))

    async def remove_item(self, item: RegisterLine) -> None:
        """Remove an entry that was made by mistake, after asking."""
        if await self.sure(f"Remove {item.ref} “{item.title}”?"):
            await self._owner.run_change(remove_entry, self._owner.author(), item.uid)

    async def _ask(self, uid: str, values: dict[str, Any]) -> None:
        version = int(values.get("row_version", 0))

        async def submit(typed: EntryValues) -> None:
            if uid:
                await self._owner.ask(edit_entry, self._owner.author(), uid, version_seen=version, **typed)
            else:
                typed["party"] = self._about
                self._added = await self._owner.ask(add_entry, self._owner.author(), **typed)

        app = self._owner.app
        spec = support_form(values, self._heading, await self.plans(), app.today, self._owner.understand, plan=app.plan)
        await self._owner.ask_kept(spec, submit, about=f"support:{uid or self._about}", version=version)


def level_sign(line: RegisterLine) -> Piece:
    """Return the sign of how somebody stands, with a space behind it; that of a champion where no level was said."""
    level = line.level or (Support.CHAMPION if line.kind == EntryKind.CHAMPION else "")
    sign, role = _LEVELS[Support(level)] if level else ("·", Role.DIM)
    return Piece(f"{sign} ", role)


def _view(line: RegisterLine, style: str) -> RowView:
    words = line.level or ("champion" if line.kind == EntryKind.CHAMPION else "")
    return RowView(((level_sign(line), Piece(show_date(line.on, style))), Piece(line.title), Piece(words, Role.DIM)))
