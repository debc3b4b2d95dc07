"""Records that may be of one person or one body, side by side; merged by hand alone, after asking which stays."""

from collections.abc import Iterator
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType

from tui_plan.insight.duplicates import DuplicatePair, DuplicateSide, duplicates
from tui_plan.insight.finding import party_choices
from tui_plan.insight.party_page import party_page
from tui_plan.keys import bind
from tui_plan.model.vocabulary import PartyKind
from tui_plan.operations.merging import merge_parties
from tui_plan.screens.both_sides import BothSides
from tui_plan.screens.changing import ChangingScreen
from tui_plan.screens.choices import party_options
from tui_plan.screens.explaining import flow
from tui_plan.screens.list_dialog import UndoingDialog
from tui_plan.screens.searching_dialog import SearchingDialog
from tui_plan.widgets.columns import Column
from tui_plan.widgets.detail import Beside, Block, DetailView, Labelled
from tui_plan.widgets.line_list import LineList
from tui_plan.widgets.lines import Piece, Role
from tui_plan.widgets.rows import Reader, RowView

_EMPTY = "Nobody seems to be on the roster twice. M on the roster merges two records that you know to be one."
_COLUMNS = (Column("This", least=20), Column("and this", least=20), Column("Because", least=22))


class DuplicatesDialog(SearchingDialog[DuplicatePair], UndoingDialog[DuplicatePair]):
    """The pairs, and below them the one under the cursor side by side."""

    NAME = "Duplicates"
    TALL = True
    HELP = (
        "Records of one kind that share a name, an address or a number. That is only a hint: two people may share one. "
        "M asks which of the two stays; nothing is ever merged by itself."
    )
    CHANGING = frozenset({"merge", "undo", "redo"})
    BINDINGS: ClassVar[list[BindingType]] = [
        bind("party.merge", "merge", show=True),
        bind("screen.next_pane", "other_pane"),
    ]

    def __init__(self, owner: ChangingScreen) -> None:
        super().__init__(owner, "Records that may be one")

    def compose_panes(self) -> ComposeResult:
        """Yield the pairs, and the one under the cursor side by side."""
        yield LineList(_COLUMNS, title="Duplicates", empty=_EMPTY, markable=False)
        yield DetailView(classes="below -large")

    async def read_again(self) -> None:
        """Show the pairs as they are now."""
        pairs = await self._owner.ask(duplicates, self._owner.app.today)
        reader = Reader[DuplicatePair, RowView](
            key=_key,
            view=lambda pair, _: _view(pair),
            text=lambda pair: f"{pair.one.name} {pair.other.name} {' '.join(pair.reasons)}",
        )
        self.show_items(pairs, reader)
        self._show_detail()
        self.refresh_bindings()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Hide what needs a pair while there is none."""
        return (action != "merge" or self.current() is not None) and super().check_action(action, parameters)

    @on(LineList.Highlighted)
    def _show_detail(self) -> None:
        detail, pair = self.query_one(DetailView), self.current()
        detail.display = pair is not None
        if pair is not None:
            detail.show(_key(pair), "Side by side", list(_blocks(pair)))

    def opened(self) -> None:
        """Ask which of the pair stays, if that is allowed."""
        if self.can_do("merge"):
            self.action_merge()

    @flow
    async def action_merge(self) -> None:
        """Ask which of the pair under the cursor stays, and merge the other into it."""
        if (pair := self.current()) is not None:
            said = await merged(self._owner, pair.one.uid, pair.other.uid)
            await self.read_again()
            self.say(said)

    def copied_text(self) -> tuple[str, str]:
        """Return both names of the pair under the cursor."""
        pair = self.current()
        return (f"{pair.one.name}\n{pair.other.name}", "Copied both names.") if pair is not None else ("", "")


async def merge_with(screen: ChangingScreen, party: str, name: str) -> None:
    """Ask for the other record of a party, show both side by side, and merge them; call it from a flow."""
    from tui_plan.screens.forms_action import pick_form

    choices = await screen.ask(party_choices)
    kind = next(PartyKind(choice.kind) for choice in choices if choice.uid == party)
    others = party_options([choice for choice in choices if choice.uid != party], kind)
    spec = pick_form("Merge with another record", name, f"The other {kind}", others, add_new=False)
    other = await screen.ask_form(spec)
    if other is not None and (said := await merged(screen, party, other.key)):
        screen.say(said)


async def merged(screen: ChangingScreen, one: str, other: str) -> str:
    """Show two records (uids) side by side, merge them into the one that stays, and return a sentence that says so.

    It is empty when they were left apart, also because agreements would lapse.
    """
    today = screen.app.today
    pages = [await screen.ask(party_page, uid, today) for uid in (one, other)]
    kept = await screen.app.push_screen_wait(BothSides(pages[0], pages[1], today, screen.date_style))
    if kept is None:
        return ""
    gone = other if kept == one else one
    if not await screen.sure_of_lapses(merge_parties, screen.author(), kept, gone):
        return ""
    moved = await screen.run_change(merge_parties, screen.author(), kept, gone)
    what = (
        "nothing else named it" if not moved else f"{moved} {'record names' if moved == 1 else 'records name'} it now"
    )
    return f"Merged: {what}. {screen.app.key_of('change.undo')} takes it back."


def _view(pair: DuplicatePair) -> RowView:
    names = (Piece(side.name, Role.STRONG) for side in (pair.one, pair.other))
    return RowView((*names, Piece(", ".join(pair.reasons), Role.DIM)))


def _blocks(pair: DuplicatePair) -> Iterator[Block]:
    yield Labelled("Because", ", ".join(pair.reasons))
    for label, one, other in zip(_LABELS, _told(pair.one), _told(pair.other), strict=True):
        if one or other:
            yield Beside(label, one or "–", other or "–")


_LABELS = ("Name", "Belongs to", "Posts", "Reached by", "Roles", "Changed")


def _told(side: DuplicateSide) -> tuple[str, ...]:
    changed = f"{side.changed:%Y-%m-%d}" if side.changed is not None else ""
    roles = f"in {side.roles} {'action' if side.roles == 1 else 'actions'}" if side.roles else ""
    return (side.name, side.organisation, "\n".join(side.posts), "\n".join(side.contacts), roles, changed)


def _key(pair: DuplicatePair) -> str:
    return f"{pair.one.uid}/{pair.other.uid}"
