"""Screen 3: everybody and everything on the roster beside the page of what the cursor is on, found by typing.

Forms, dialogs and operations are loaded by the key that needs them, so that the screen itself comes up at once.
"""

from asyncio import Future, ensure_future
from contextlib import suppress
from typing import TYPE_CHECKING, Any, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal

from tui_plan.insight.party_page import party_page
from tui_plan.insight.roster import RosterRow, roster
from tui_plan.keys import bind
from tui_plan.model.errors import NotFound
from tui_plan.model.vocabulary import PartyKind
from tui_plan.screens import roster_rows
from tui_plan.screens.beside import BesideScreen
from tui_plan.screens.explaining import flow
from tui_plan.screens.party_blocks import party_blocks
from tui_plan.screens.party_screen import PartyScreen
from tui_plan.widgets.detail import DetailView
from tui_plan.widgets.line_list import LineList

if TYPE_CHECKING:
    from tui_plan.screens.forms_party import PartyChoice

_KINDS_FOR = {
    "holders": (PartyKind.PERSON, PartyKind.POST),
    "members": (PartyKind.GROUP,),
    "call_down": (PartyKind.GROUP,),
    "handover": (PartyKind.PERSON, PartyKind.POST),
    "support": (PartyKind.PERSON, PartyKind.ORGANISATION),
}
_OF_ONE = frozenset(
    {"edit", "remove", "contacts", "checklists", "told", "log", "merge", "history", "page", "follow", *_KINDS_FOR}
)


class RosterScreen(BesideScreen[RosterRow], PartyScreen):
    """The roster as one list, with the page of one party beside it."""

    NAME = "Roster"
    HELP = (
        "People ·, posts ◇, organisations □ and groups ≡. / finds by name, post, organisation or number; b shows one "
        "kind, ! only what needs a look. The key that changes a part of a page stands behind its heading; f goes to an "
        "action, or to somebody, that the page names."
    )
    CHANGING = PartyScreen.CHANGING | {"add", "edit", "remove", "told", "handover", "merge"}
    BINDINGS: ClassVar[list[BindingType]] = [
        bind("record.add", "add", show=True),
        bind("record.edit", "edit", show=True),
        bind("party.told", "told", show=True),
        bind("record.handover", "handover", show=True),
        bind("party.chart", "chart"),
        bind("party.duplicates", "duplicates"),
        bind("party.merge", "merge"),
        bind("roster.kind", "next_kind"),
        bind("roster.attention", "attention"),
        bind("record.remove", "remove"),
        bind("record.history", "history"),
        bind("plan.export", "page"),
    ]

    def __init__(self) -> None:
        super().__init__()
        self._rows: list[RosterRow] = []
        self._kind = ""
        self._only_attention = False
        self._ahead: Future[list[RosterRow]] | None = None

    def compose_body(self) -> ComposeResult:
        """Yield the list and the page, while the database thread begins to read the rows."""
        self._ahead = ensure_future(self.ask(roster, self.app.today))
        with Horizontal():
            yield LineList(roster_rows.COLUMNS, title=roster_rows.KIND_TITLES[""], empty=roster_rows.EMPTY, id="roster")
            yield DetailView(id="detail", classes="beside")

    async def refresh_rows(self) -> None:
        """Ask for the roster again and show it, kind and filter kept."""
        ahead, self._ahead = self._ahead, None
        self._rows = await (ahead or self.ask(roster, self.app.today))
        self._show_rows()
        await self.show_detail()

    def copied_text(self) -> str:
        """Return the name of what the cursor is on, with the way to reach it."""
        row = self.current()
        return f"{row.name} <{row.reach}>" if row is not None and row.reach else row.name if row is not None else ""

    def go_back(self) -> None:
        """Go back to the list from the page; show everything again."""
        if self.left_page():
            return
        if self._only_attention or self._kind:
            self._only_attention, self._kind = False, ""
            self._show_rows()

    def why_not(self, action: str, parameters: tuple[object, ...]) -> str:
        """Say which keys are for which kind."""
        if sentence := super().why_not(action, parameters):
            return sentence
        row = self.current()
        if action in _OF_ONE and row is None:
            return "Put the cursor on somebody first."
        kinds = _KINDS_FOR.get(action, ())
        if row is not None and kinds and row.kind not in kinds:
            return f"This key is for {' or '.join(roster_rows.ARTICLES[kind] for kind in kinds)}."
        return ""

    def current_party(self) -> str:
        """Return the uid of what the cursor is on."""
        return row.uid if (row := self.current()) is not None else ""

    def go_to(self, uid: str) -> None:
        """Put the cursor on a party, showing all kinds where it is not among those shown."""
        if self._list.place_of(uid)[1] < 0:
            self._kind, self._only_attention = "", False
            self._show_rows()
        self._list.move_to(uid)

    # What the cursor is on

    @on(LineList.Activated)
    def _opened(self) -> None:
        self.action_other_pane()

    async def show_detail(self) -> None:
        """Show the page of the party under the cursor."""
        view, row = self.query_one(DetailView), self.current()
        self.refresh_bindings()
        self._asked = row.uid if row is not None else ""
        if row is None:
            view.show("", "", [])
            return
        with suppress(NotFound):  # a colleague has removed it; the rows will be read again at once
            page = await self.ask(party_page, row.uid, self.app.today)
            view.show(row.uid, row.kind.capitalize(), party_blocks(page, self.app.today, self.date_style))

    # Changes

    @flow
    async def action_add(self) -> None:
        """Add a person, post, organisation or group."""
        from tui_plan.screens.choices import PARTY_KINDS
        from tui_plan.screens.forms_action import choice_form

        first = self._kind or PartyKind.PERSON.value
        kind = await self.ask_form(choice_form("New on the roster", "", "This is a", PARTY_KINDS, first))
        if kind is not None:
            await self._add(PartyKind(kind))

    async def _add(self, kind: PartyKind) -> None:
        from tui_plan.operations.people import add_party

        made: list[str] = []

        async def submit(choice: "PartyChoice") -> None:
            values = await self._with_home(choice)
            made.append(await self.ask(add_party, self.author(), kind, **values))

        await self.ask_kept(await self._form(kind, {}), submit, about=f"party:new-{kind}")
        if made:
            self.go_to(made[0])
            if known := roster_rows.namesake_of(self._rows, made[0]):
                both, merge = self.app.key_of("party.duplicates"), self.app.key_of("party.merge")
                self.say(f"{known} was on the roster already. {both} shows who may be one, {merge} makes one of two.")

    @flow
    async def action_edit(self) -> None:
        """Edit what the cursor is on."""
        from tui_plan.insight.details import record_values
        from tui_plan.operations.people import edit_party

        if (row := self.current()) is None:
            return
        values = await self.ask(record_values, "party", row.uid)
        version = int(values["row_version"])

        async def submit(choice: "PartyChoice") -> None:
            typed = await self._with_home(choice)
            await self.merge_if_sure(edit_party, self.author(), row.uid, version_seen=version, **typed)

        spec = await self._form(PartyKind(row.kind), values)
        await self.ask_kept(spec, submit, about=f"party:{row.uid}", version=version)

    @flow
    async def action_remove(self) -> None:
        """Remove what the cursor is on, after asking; what is in use says by what."""
        from tui_plan.operations.people import remove_party
        from tui_plan.screens.confirm import Confirm

        if (row := self.current()) is None:
            return
        detail = "Removing is for mistakes; whoever leaves is handed over with H. Undo brings it back."
        if await self.app.push_screen_wait(Confirm(f"Remove “{row.name}”?", detail)):
            await self.run_change(remove_party, self.author(), row.uid)

    @flow
    async def action_told(self) -> None:
        """Record that the marked ones, or the one under the cursor, were told something or heard from."""
        from tui_plan.screens.told import record_told

        rows = [row for row in self._rows if row.uid in self._list.targets]
        await record_told(self, tuple(row.uid for row in rows), tuple(row.name for row in rows))

    @flow
    async def action_handover(self) -> None:
        """Hand over what rests on a person, or a post."""
        from tui_plan.screens.handover import hand_over_to

        if (row := self.current()) is not None:
            await hand_over_to(self, row.uid)

    @flow
    async def action_merge(self) -> None:
        """Merge another record into the one under the cursor."""
        from tui_plan.screens.duplicates import merge_with

        if (row := self.current()) is not None:
            await merge_with(self, row.uid, row.name)

    # Dialogs

    @flow
    async def action_chart(self) -> None:
        """Show the posts as a tree: of the organisation under the cursor, or of all."""
        from tui_plan.screens.org_chart import OrgChartDialog

        row = self.current()
        one = row is not None and row.kind == PartyKind.ORGANISATION
        organisation, name = (row.uid, row.name) if row is not None and one else (None, "")
        chosen = await self.app.push_screen_wait(OrgChartDialog(self, organisation, name))
        await self.read_again()
        if chosen:
            self.go_to(chosen)

    @flow
    async def action_duplicates(self) -> None:
        """Show records that may be of one person."""
        from tui_plan.screens.duplicates import DuplicatesDialog

        await self.app.push_screen_wait(DuplicatesDialog(self))
        await self.read_again()

    @flow
    async def action_page(self) -> None:
        """Write the personal page, or the calendar, of what the cursor is on."""
        from tui_plan.exchange.people_papers import PAGE_PAPERS
        from tui_plan.screens.export import hand_out

        if (row := self.current()) is not None:
            await hand_out(self, row.uid, row.name, PAGE_PAPERS)

    def action_history(self) -> None:
        """Show what was changed in what the cursor is on."""
        from tui_plan.screens.history import HistoryScreen

        if (row := self.current()) is not None:
            self.app.push_screen(HistoryScreen(self, row.name, subject=row.uid))

    # Views

    def action_next_kind(self) -> None:
        """Show the next kind alone, and in the end everything."""
        kinds = list(roster_rows.KIND_TITLES)
        self._kind = kinds[(kinds.index(self._kind) + 1) % len(kinds)]
        self._show_rows()

    def action_attention(self) -> None:
        """Show only what needs a look, or everything again."""
        self._only_attention = not self._only_attention
        self._show_rows()

    async def _form(self, kind: PartyKind, values: dict[str, Any]) -> Any:
        from tui_plan.insight.finding import party_choices
        from tui_plan.screens.choices import party_options
        from tui_plan.screens.forms_party import party_form

        choices = await self.ask(party_choices)
        organisations = party_options(choices, PartyKind.ORGANISATION)
        return party_form(kind, values, organisations, party_options(choices, PartyKind.POST), self.understand)

    async def _with_home(self, choice: "PartyChoice") -> Any:
        """Return the values, with the organisation put on the roster where its name is new."""
        values = choice.values
        if choice.home is not None and not choice.home.key:
            values["organisation"] = await self.party_uid(choice.home, PartyKind.ORGANISATION)
        return values

    def _show_rows(self) -> None:
        today = self.app.today
        shown = [row for row in self._rows if self._kind in {"", row.kind}]
        if self._only_attention:
            shown = [row for row in shown if row.problem(today)]
        self._list.set_empty(
            roster_rows.empty_words(self._kind if self._rows else "", only_attention=self._only_attention)
        )
        self._list.set_rows(roster_rows.roster_rows(shown, today, self.date_style, self._wanted))
        self._list.set_title(roster_rows.list_title(self._kind, only_attention=self._only_attention))
        self.set_about(roster_rows.size_words(self._rows, today))
