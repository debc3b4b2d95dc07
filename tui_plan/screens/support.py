"""How one party stands to the plan over time: who champions it, who is against it, and by what that shows."""

from tui_plan.insight.party_page import RegisterLine, register_of
from tui_plan.model.date_words import distance, show_date
from tui_plan.model.vocabulary import EntryKind
from tui_plan.operations.register import remove_entry
from tui_plan.screens.forms_action import choice_form
from tui_plan.screens.records_dialog import DetailedDialog
from tui_plan.screens.register_asking import ask_edited_entry, ask_entry
from tui_plan.screens.register_words import level_sign
from tui_plan.widgets.columns import Column
from tui_plan.widgets.detail import Block, Labelled, Paragraph
from tui_plan.widgets.fields import Option
from tui_plan.widgets.lines import Piece, Role
from tui_plan.widgets.rows import Reader, RowView

_KINDS = (
    Option(EntryKind.SUPPORT, "how they stand to the plan"),
    Option(EntryKind.CHAMPION, "that they speak for it"),
)


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
            blocks.append(Labelled("Support", (level_sign(item.kind, item.level), Piece(f" {item.level}"))))
        return item.ref, [*blocks, *([Labelled("Evidence", item.evidence)] if item.evidence else [])]

    async def add_item(self) -> None:
        """Ask for a new entry and keep it."""
        kind = await self._owner.ask_form(choice_form("New in the register", self._heading, "It says", _KINDS))
        if kind is not None:
            about, plan = {"party": self._about}, self._owner.app.plan
            self._added = await ask_entry(self._owner, EntryKind(kind), plan=plan, values=about)

    async def edit_item(self, item: RegisterLine) -> None:
        """Ask for new values and keep them."""
        await ask_edited_entry(self._owner, item.uid)

    async def remove_item(self, item: RegisterLine) -> None:
        """Remove an entry that was made by mistake, after asking."""
        if await self.sure(f"Remove {item.ref} “{item.title}”?"):
            await self._owner.run_change(remove_entry, self._owner.author(), item.uid)


def _view(line: RegisterLine, style: str) -> RowView:
    words = line.level or ("champion" if line.kind == EntryKind.CHAMPION else "")
    return RowView(
        (
            (level_sign(line.kind, line.level), Piece(f" {show_date(line.on, style)}")),
            Piece(line.title),
            Piece(words, Role.DIM),
        )
    )
