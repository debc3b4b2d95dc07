"""The call-down of a group: whom to call in which order and two ways to reach each, as a numbered sheet.

From here a drill is begun, and the sheet is handed out. All of it is contact data, and its heading says so.
"""

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType

from tui_plan.exchange.people_papers import CALL_DOWN_PAPERS, mail_link
from tui_plan.insight.call_down import CallDown, CallLine, Way, call_down
from tui_plan.keys import bind
from tui_plan.model.date_words import show_date
from tui_plan.screens.changing import ChangingScreen
from tui_plan.screens.confirm import Confirm
from tui_plan.screens.explaining import flow
from tui_plan.screens.list_dialog import UndoingDialog
from tui_plan.screens.signs import OVERDUE_SIGN
from tui_plan.screens.way_blocks import way_blocks
from tui_plan.widgets.columns import Column
from tui_plan.widgets.detail import Block, DetailView, Labelled
from tui_plan.widgets.line_list import LineList
from tui_plan.widgets.lines import Cell, Piece, Role
from tui_plan.widgets.rows import ItemRows, Reader, RowView
from tui_plan.widgets.text_line import TextLine

UNVERIFIED = "?"
_SENSITIVE = "SENSITIVE: only for those who call.  ? before what nobody has verified."
_EMPTY = "Nobody is on this list today. Esc, then m on the group gives it members by name or by a rule."
_COLUMNS = (
    Column("No", width=3, right=True),
    Column("Who", least=18, share=2),
    Column("As what", least=24, share=2, drop=1),
    Column("  First", least=20, share=2),
    Column("  Else", least=20, share=2),
)


class CallDownDialog(UndoingDialog[CallLine]):
    """The numbered sheet of a group, and below it the one under the cursor in full."""

    NAME = "Call-down"
    TALL = True
    HELP = (
        "Holders of posts are called, and where a post is vacant those who stand in for it. D begins a drill: whom you "
        "reached is then ticked off with the time. y copies a link by which your mail program writes to all in Bcc."
    )
    CHANGING = frozenset({"drill", "undo", "redo"})
    BINDINGS: ClassVar[list[BindingType]] = [
        bind("call.drill", "drill", show=True),
        bind("plan.export", "export", show=True),
        bind("program.copy", "copy", show=True),
        bind("screen.next_pane", "other_pane"),
    ]

    def __init__(self, owner: ChangingScreen, group: str, name: str) -> None:
        super().__init__(owner, name)
        self._group = group
        self._group_name = name
        self._sheet: CallDown | None = None

    def compose_list(self) -> ComposeResult:
        """Yield the warning, the sheet, and the one under the cursor in full."""
        yield TextLine(Piece(_SENSITIVE, Role.WARN), most=2)
        yield LineList(_COLUMNS, title="Call-down", empty=_EMPTY, markable=False, opens=False)
        yield DetailView(classes="below")

    async def read_again(self) -> None:
        """Show whom to call today."""
        self._sheet = sheet = await self._owner.ask(call_down, self._group, self._owner.app.today)
        order = {_key(line): number for number, line in enumerate(sheet.lines, 1)}
        reader = Reader[CallLine, RowView](key=_key, view=lambda line, _: _view(order[_key(line)], line))
        view = self.query_one(LineList)
        view.set_rows(ItemRows[CallLine, RowView](sheet.lines, reader))
        view.set_title(f"{len(sheet.called)} to call, {show_date(sheet.day, self._owner.date_style)}")
        self.query_one(DetailView).display = bool(sheet.lines)
        self._show_detail()
        self.refresh_bindings()

    def why_not(self, action: str, parameters: tuple[object, ...]) -> str:
        """Say that there must be somebody to call first."""
        nobody = self._sheet is not None and not self._sheet.called
        if nobody and action in {"drill", "export", "copy"}:
            return "Nobody is on this list today: there is nobody to call."
        return super().why_not(action, parameters)

    @on(LineList.Highlighted)
    def _show_detail(self) -> None:
        if (line := self.current()) is not None:
            blocks = _blocks(line, self._owner.date_style)
            self.query_one(DetailView).show(_key(line), line.name, blocks)

    @flow
    async def action_drill(self) -> None:
        """Begin a drill that calls everybody, and open it to tick off who was reached."""
        from tui_plan.operations.checklists import start_drill
        from tui_plan.screens.checklist_run import RunDialog

        if (sheet := self._sheet) is None:
            return
        question = f"Begin a drill that calls {_people(len(sheet.called))}?"
        detail = (
            "Each is ticked off with the time when they were reached. The drill is kept as a checklist of the group."
        )
        if await self.app.push_screen_wait(Confirm(question, detail, yes="Begin", no="Not now")):
            today = self._owner.app.today
            run = await self._owner.run_change(start_drill, self._owner.author(), self._group, sheet.called, on=today)
            await self.app.push_screen_wait(RunDialog(self._owner, run))
            await self.read_again()

    @flow
    async def action_export(self) -> None:
        """Write the sheet, address cards, or a draft of a mail to all."""
        from tui_plan.screens.export import hand_out

        await hand_out(self._owner, self._group, self._group_name, CALL_DOWN_PAPERS)

    @flow
    async def action_copy(self) -> None:
        """Copy the link that opens a mail to all in Bcc."""
        if self._sheet is not None:
            link, but = await self._owner.ask(mail_link, self._sheet)
            self.app.copy_to_clipboard(link)
            self.say(f"Copied a link that opens a mail to all, in Bcc. {but}".strip())


def _view(number: int, line: CallLine) -> RowView:
    if not line.uid:
        return RowView((str(number), Piece(f"{OVERDUE_SIGN} {line.name}", Role.WARN), Piece(line.capacity, Role.DIM)))
    ways = [_way(way) for way in line.ways] or [Piece(f"{OVERDUE_SIGN} no way known", Role.WARN)]
    return RowView((str(number), Piece(line.name, Role.STRONG), Piece(_as_what(line), Role.DIM), *ways))


def _way(way: Way) -> Cell:
    sign = Piece("  ") if way.verified_on is not None else Piece(f"{UNVERIFIED} ", Role.WARN)
    return (sign, Piece(way.value))


def _blocks(line: CallLine, style: str) -> list[Block]:
    blocks: list[Block] = [Labelled("As", _as_what(line))] if _as_what(line) else []
    return [*blocks, *(way_blocks(line.ways, style) if line.uid else ())]


def _as_what(line: CallLine) -> str:
    return ", ".join(filter(None, (line.capacity, line.where)))


def _key(line: CallLine) -> str:
    """Two vacant posts may have one name: their organisations tell them apart."""
    return line.uid or f"{line.name}/{line.where}"


def _people(count: int) -> str:
    return "1 person" if count == 1 else f"{count} people"
