"""Screen 7: the register of the plan in hand, kind by kind, beside the page of what the cursor is on.

Forms, dialogs and operations are loaded by the key that needs them, so that the screen itself comes up at once.
"""

from collections.abc import Mapping, Sequence
from contextlib import suppress
from types import MappingProxyType
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal

from tui_plan.insight.choosing import plan_choices
from tui_plan.insight.register import EntryDetail, EntryLine, entry_detail, register_entries
from tui_plan.insight.slips import Slip, slips
from tui_plan.keys import bind
from tui_plan.model.errors import NotFound
from tui_plan.model.vocabulary import EntryKind
from tui_plan.screens import register_rows, register_words
from tui_plan.screens.beside import BesideScreen
from tui_plan.screens.explaining import flow, step
from tui_plan.screens.progress_screen import ProgressScreen
from tui_plan.screens.register_blocks import entry_blocks, heading_blocks, slip_blocks
from tui_plan.screens.register_rows import RegisterItem
from tui_plan.widgets.detail import DetailView
from tui_plan.widgets.line_list import LineList
from tui_plan.widgets.rows import ItemRows

_NO_WORDS: Mapping[str, str] = MappingProxyType({})
_OF_AN_ENTRY = frozenset({"edit", "remove", "history", "settle", "answer", "promote", "candour", "follow"})


class RegisterScreen(ProgressScreen, BesideScreen[RegisterItem]):
    """The register as one list by kind, with the page of one entry beside it."""

    NAME = "Register"
    HELP = (
        "What may happen, what stands in the way, what was decided, changed, learned and achieved. First stands what "
        "slips while nobody has said what that puts at risk: Enter writes it down. Risks: ↑ high (15 to 25), · medium "
        "(5 to 12), ↓ low (1 to 4). ✓ is settled, ◈ stays in the house. d settles, m makes the action that answers it."
    )
    CHANGING = ProgressScreen.CHANGING | {"add", "edit", "remove", "settle", "answer", "promote", "candour"}
    BINDINGS: ClassVar[list[BindingType]] = [
        bind("record.add", "add", show=True),
        bind("record.edit", "edit", show=True),
        bind("entry.settle", "settle", show=True),
        bind("entry.action", "answer", show=True),
        bind("register.matrix", "matrix", show=True),
        bind("register.kind", "next_kind", show=True),
        bind("register.attention", "attention"),
        bind("entry.promote", "promote"),
        bind("item.candour", "candour"),
        bind("entry.follow", "follow"),
        bind("record.remove", "remove"),
        bind("record.history", "history"),
        bind("plan.export", "export"),
    ]

    def __init__(self) -> None:
        super().__init__()
        self._entries: list[EntryLine] = []
        self._slips: list[Slip] = []
        self._plan_name = ""
        self._kind = ""
        self._only_attention = False
        self._detail: EntryDetail | None = None
        """The entry under the cursor as its page shows it."""

    def compose_body(self) -> ComposeResult:
        """Yield the list and the page."""
        with Horizontal():
            title, empty = register_words.title_of(""), register_words.EMPTY
            yield LineList(register_rows.COLUMNS, title=title, empty=empty, markable=False, id="register")
            yield DetailView(id="detail", classes="beside")

    async def refresh_rows(self) -> None:
        """Ask for the register again and show it, kind, filter and folds kept."""
        plan = await self.plan_in_hand()
        self._entries = await self.ask(register_entries, plan or None)
        found = await self.ask(slips, self.app.today, plan) if plan else []
        self._slips = [slip for slip in found if not slip.assessed]
        names = {choice.uid: choice.name for choice in await self.ask(plan_choices)}
        self._plan_name = names.get(plan, "")
        self._show_rows()
        await self.show_detail()

    def copied_text(self) -> str:
        """Return reference and words of what the cursor is on."""
        item = self.current()
        about = (item.entry or item.slip) if item is not None else None
        return f"{about.ref} {about.title}" if about is not None else ""

    def go_back(self) -> None:
        """Go back to the list from the page; show everything again."""
        if self.left_page():
            return
        if self._only_attention or self._kind:
            self._only_attention, self._kind = False, ""
            self._show_rows()

    def why_not(self, action: str, parameters: tuple[object, ...]) -> str:
        """Say which keys need an entry, and an entry of which kind."""
        if sentence := super().why_not(action, parameters):
            return sentence
        if action not in _OF_AN_ENTRY:
            return ""
        line = self.entry()
        return register_words.not_for(action, line) if line is not None else "Put the cursor on an entry first."

    def entry(self) -> EntryLine | None:
        """Return the entry that the cursor is on; nothing before the rows were read."""
        item = self.current()
        return item.entry if item is not None else None

    def go_to(self, uid: str) -> None:
        """Put the cursor on an entry, showing everything where it is not among what is shown."""
        if self._list.place_of(uid)[1] < 0:
            self._kind, self._only_attention = "", False
            self._show_rows()
            self._open_branches()
        self._list.move_to(uid)

    # What the cursor is on

    @on(LineList.Activated)
    def _opened(self) -> None:
        """Show an entry's page; open or close a kind; write down what a slip puts at risk."""
        item, rows = self.current(), self._list.rows
        if item is None or not isinstance(rows, ItemRows):
            return
        if item.slip is not None:
            if sentence := self.why_not("add", ()):
                self.say(sentence, wrong=True)
            else:
                self.action_add()
        elif item.entry is not None:
            self.action_other_pane()
        elif not rows.wanted:
            self._list.set_rows(rows.folded(item.key, closed=item.key not in rows.closed))

    async def show_detail(self) -> None:
        """Show the entry, the slip or the kind under the cursor in full."""
        view, item = self.query_one(DetailView), self.current()
        self.refresh_bindings()
        self._asked = item.key if item is not None else ""
        self._detail = None
        today, style = self.app.today, self.date_style
        if item is None:
            view.show("", "", [])
        elif item.slip is not None:
            view.show(item.key, item.slip.ref, slip_blocks(item.slip, today, style))
        elif item.entry is None:
            view.show(item.key, register_rows.heading_of(item.kind), heading_blocks(item.kind))
        else:
            with suppress(NotFound):  # a colleague has removed it; the rows will be read again at once
                self._detail = await self.ask(entry_detail, item.entry.uid)
                title = f"{item.entry.kind.capitalize()} {item.entry.ref}"
                view.show(item.key, title, entry_blocks(self._detail, today, style))

    # Changes

    @flow
    async def action_add(self) -> None:
        """Add an entry of a kind; on what slips, a risk or an issue that is linked to it."""
        item = self.current()
        if item is not None and item.slip is not None:
            await self._assess(item.slip)
            return
        kind = self._kind or await self._ask_kind(tuple(register_words.ORDER), item.kind if item is not None else "")
        if kind:
            await self._add(EntryKind(kind), self.app.plan)

    async def _assess(self, slip: Slip) -> None:
        about = f"{slip.ref} {slip.title}"
        if kind := await self._ask_kind((EntryKind.RISK, EntryKind.ISSUE), "", f"{about}: it slips"):
            cause = f"{about}: {register_words.behind_words(slip, self.app.today)}"
            await self._add(EntryKind(kind), slip.plan, actions=(slip.action,), values={"cause": cause})

    async def _add(
        self, kind: EntryKind, plan: str, *, actions: Sequence[str] = (), values: Mapping[str, str] = _NO_WORDS
    ) -> None:
        from tui_plan.screens.register_asking import ask_entry

        if made := await ask_entry(self, kind, plan=plan, actions=actions, values=values):
            self.go_to(made)

    async def _ask_kind(self, kinds: Sequence[EntryKind], first: str, intro: str = "") -> str:
        from tui_plan.screens.forms_action import choice_form
        from tui_plan.widgets.fields import Option

        options = tuple(Option(kind, kind) for kind in kinds)
        known = first if first in kinds else kinds[0]
        return await self.ask_form(choice_form("New in the register", intro, "This is", options, known)) or ""

    @flow
    async def action_edit(self) -> None:
        """Edit the entry under the cursor."""
        from tui_plan.screens.register_asking import ask_edited_entry

        if (line := self.entry()) is not None:
            await ask_edited_entry(self, line.uid)

    @flow
    async def action_settle(self) -> None:
        """Settle the entry under the cursor, or take it up again."""
        from tui_plan.screens.register_asking import ask_settled

        if (line := self.entry()) is not None:
            await ask_settled(self, line)

    @flow
    async def action_answer(self) -> None:
        """Make the action that answers the entry under the cursor."""
        from tui_plan.screens.register_asking import ask_answer

        if (line := self.entry()) is not None:
            await ask_answer(self, line)

    @flow
    async def action_promote(self) -> None:
        """Make a development area of the idea under the cursor."""
        from tui_plan.screens.register_asking import ask_promotion

        if (line := self.entry()) is not None:
            await ask_promotion(self, line)

    @step
    async def action_candour(self) -> None:
        """Keep the entry under the cursor in the house, or let it leave."""
        from tui_plan.model.vocabulary import Candour
        from tui_plan.operations.register import edit_entry

        if (line := self.entry()) is None:
            return
        now = Candour(line.candour).other
        await self.run_change(edit_entry, self.author(), line.uid, candour=now)
        self.say(f"{line.ref} is {now} now.")

    @flow
    async def action_remove(self) -> None:
        """Remove the entry under the cursor, after asking."""
        from tui_plan.screens.register_asking import ask_removal

        if (line := self.entry()) is not None:
            await ask_removal(self, line)

    # Dialogs

    @flow
    async def action_matrix(self) -> None:
        """Show the open risks by likelihood and impact, and go to the one that was opened."""
        from tui_plan.screens.matrix import MatrixDialog

        chosen = await self.app.push_screen_wait(MatrixDialog(self, self.app.plan, self._plan_name))
        await self.read_again()
        if chosen:
            self.go_to(chosen)

    @flow
    async def action_follow(self) -> None:
        """Go to an action, or to an entry, that the page names."""
        from tui_plan.screens.register_links import follow_entry

        await self.show_detail()  # the cursor may have gone on since
        if self._detail is not None:
            await follow_entry(self, self._detail)

    @flow
    async def action_export(self) -> None:
        """Write the register, to print or as a spreadsheet."""
        from tui_plan.exchange.progress_papers import REGISTER_PAPERS
        from tui_plan.screens.export import hand_out

        await hand_out(self, self.app.plan, self._plan_name or "All plans", REGISTER_PAPERS)

    def action_history(self) -> None:
        """Show what was changed in the entry under the cursor."""
        from tui_plan.screens.history import HistoryScreen

        if (line := self.entry()) is not None:
            self.app.push_screen(HistoryScreen(self, f"{line.ref} {line.title}", subject=line.uid))

    # Views

    def action_next_kind(self) -> None:
        """Show the next kind alone, and in the end everything."""
        kinds = ["", *register_words.ORDER]
        self._kind = kinds[(kinds.index(self._kind) + 1) % len(kinds)]
        self._show_rows()

    def action_attention(self) -> None:
        """Show only what needs a look, or everything again."""
        self._only_attention = not self._only_attention
        self._show_rows()

    def _open_branches(self) -> None:
        if isinstance(rows := self._list.rows, ItemRows) and rows.closed:
            self._list.set_rows(ItemRows(rows.items, rows.reader))

    def _show_rows(self) -> None:
        today, at_first = self.app.today, self._list.rows is None
        entries = [line for line in self._entries if self._kind in {"", line.kind}]
        if self._only_attention:
            entries = [line for line in entries if line.problem(today)]
        slipping = [] if self._kind else self._slips
        items = [*register_rows.slip_items(slipping), *register_rows.register_items(entries, headed=not self._kind)]
        self._list.set_empty(register_words.empty_words(self._kind, only_attention=self._only_attention))
        first = next((item.key for item in items if item.depth), None) if at_first else None
        shown = register_rows.register_rows(items, today, self.date_style, self._wanted, self._folded)
        self._list.set_rows(shown)
        if first is not None:
            self._list.move_to(first)  # not on a heading
        only = self._only_attention
        self._list.set_title(register_rows.list_title(self._kind, self._plan_name, only_attention=only))
        self.set_about(register_rows.size_words(self._entries, today))
