"""Who has been silent for longer than agreed: the queue of people to call, the longest silence first."""

from collections.abc import Container
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType

from tui_plan.insight.heard import Last
from tui_plan.insight.silent import SilentLine, silent
from tui_plan.keys import bind
from tui_plan.model.date_words import show_date
from tui_plan.model.vocabulary import Direction
from tui_plan.screens.changing import ChangingScreen
from tui_plan.screens.explaining import flow
from tui_plan.screens.list_dialog import UndoingDialog
from tui_plan.screens.namesakes import name_cell, said_twice
from tui_plan.screens.searching_dialog import SearchingDialog
from tui_plan.screens.signs import OVERDUE_SIGN
from tui_plan.widgets.columns import Column
from tui_plan.widgets.line_list import LineList
from tui_plan.widgets.lines import Piece, Role
from tui_plan.widgets.rows import ItemRows, Reader, RowView

_EMPTY = (
    "Nobody has been silent for longer than agreed. Who carries something open is asked after 90 days, unless another "
    "number of days stands with them (e on the roster)."
)
_COLUMNS = (
    Column("Who", least=18, share=2),
    Column("Where", least=16, share=2, drop=2),
    Column("Silent", width=6, right=True),
    Column("Every", width=5, right=True),
    Column("Last heard", width=20, drop=1),
    Column("Last told", width=20, drop=3),
    Column("Open", width=4, right=True),
    Column("Late", width=5, right=True),
)


class SilentDialog(SearchingDialog[SilentLine], UndoingDialog[SilentLine]):
    """The queue; what is heard from those marked, or from the one under the cursor, is recorded here."""

    NAME = "Silent"
    TALL = True
    HELP = (
        "Days since anything was heard from them: a report, a note, an answer, a call. Every: how often it was agreed "
        "to hear from them. Open and late: the actions that they carry. c shows how to reach "
        "them, w records that you heard from or told them."
    )
    CHANGING = frozenset({"told", "undo", "redo"})
    BINDINGS: ClassVar[list[BindingType]] = [
        bind("party.told", "told", show=True),
        bind("party.contacts", "contacts", show=True),
        bind("marked.change", "told"),
    ]

    def __init__(self, owner: ChangingScreen, plan: str | None, name: str) -> None:
        super().__init__(owner, name)
        self._plan = plan

    def compose_panes(self) -> ComposeResult:
        """Yield the list."""
        yield LineList(_COLUMNS, title="Silent", empty=_EMPTY)

    async def read_again(self) -> None:
        """Show who is silent now."""
        found = await self._owner.ask(silent, self._owner.app.today, self._plan)
        style, twice = self._owner.date_style, said_twice(line.name for line in found)
        reader = Reader[SilentLine, RowView](
            key=lambda line: line.uid,
            view=lambda line, _: _view(line, style, twice),
            text=lambda line: f"{line.name} {line.where}",
        )
        self.show_items(found, reader)
        owners = sum(line.owner for line in found)
        self.listed.set_title(
            f"{len(found)} silent, {owners} of them with something open" if found else "Nobody silent"
        )

    def opened(self) -> None:
        """Record what was heard from the one that was opened, if that is allowed."""
        if self.can_do("told"):
            self.action_told()

    @flow
    async def action_told(self) -> None:
        """Record that those marked, or the one under the cursor, were heard from or told something."""
        from tui_plan.screens.told import record_told

        if chosen := self.targets():
            parties, names = tuple(line.uid for line in chosen), tuple(line.name for line in chosen)
            await record_told(self._owner, parties, names, direction=Direction.HEARD)
            await self.read_again()

    @flow
    async def action_contacts(self) -> None:
        """Show how to reach whom the cursor is on."""
        from tui_plan.screens.contacts import ContactsDialog

        if (line := self.current()) is not None:
            await self.app.push_screen_wait(ContactsDialog(self._owner, line.uid, line.name))

    def copied_text(self) -> tuple[str, str]:
        """Return the names in the queue."""
        rows = self.listed.rows
        names = [line.name for line in rows.items] if isinstance(rows, ItemRows) else []
        if not names:
            return "", "Nobody is silent: there is nothing to copy."
        return "\n".join(names), f"Copied {len(names)} name{'' if len(names) == 1 else 's'}."


def _view(line: SilentLine, style: str, twice: Container[str]) -> RowView:
    late = Piece(f"{OVERDUE_SIGN} {line.late}", Role.BAD) if line.late else Piece("")
    return RowView(
        (
            name_cell(line.name, line.where, twice, Role.STRONG),
            Piece(line.where, Role.DIM),
            Piece(str(line.days) if line.days is not None else "never", Role.WARN),
            Piece(str(line.every), Role.DIM),
            Piece(_last(line.heard, style)),
            Piece(_last(line.told, style), Role.DIM),
            str(line.open or ""),
            late,
        )
    )


def _last(last: Last | None, style: str) -> str:
    return f"{show_date(last.on, style)} {last.channel}" if last is not None else "never"
