"""The queue of what was achieved and not celebrated yet, and below it what was: when, how, and who was thanked."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import ClassVar, NamedTuple

from textual import on
from textual.binding import BindingType

from tui_plan.insight.celebrating import Celebrated, Good, celebrated, to_celebrate
from tui_plan.insight.details import plan_detail
from tui_plan.insight.finding import party_choices
from tui_plan.insight.register import entry_detail
from tui_plan.keys import bind
from tui_plan.model.date_words import distance, show_date
from tui_plan.model.vocabulary import Candour, EntryKind
from tui_plan.operations.register import Leads, add_entry
from tui_plan.screens.changing import ChangingScreen
from tui_plan.screens.choices import party_options
from tui_plan.screens.explaining import flow
from tui_plan.screens.forms_settling import Celebration, celebrate_form
from tui_plan.screens.page_links import open_in_plan
from tui_plan.screens.records_dialog import DetailedDialog
from tui_plan.screens.register_asking import ask_edited_entry, ask_entry, ask_removal, ask_settled
from tui_plan.screens.register_words import SETTLED_SIGN, in_house_piece
from tui_plan.screens.signs import MILESTONE_SIGN
from tui_plan.widgets.columns import Column
from tui_plan.widgets.detail import Block, Labelled, Paragraph
from tui_plan.widgets.line_list import LineList
from tui_plan.widgets.lines import Piece, Role
from tui_plan.widgets.rows import Fold, Reader, RowView

_WAITING, _DONE = "To celebrate", "Celebrated"
_SIGNS = {"milestone": MILESTONE_SIGN}
_LINKS = {"action": "actions", "objective": "objectives", "measure": "measures"}


class Deed(NamedTuple):
    """One row: something achieved that waits, or that was celebrated; else a heading with how many there are."""

    heading: str
    many: int = 0
    good: Good | None = None
    done: Celebrated | None = None

    @property
    def key(self) -> str:
        """What tells it from the others."""
        if self.good is not None:
            return f"{self.good.field}:{self.good.target}"
        return self.done.uid if self.done is not None else self.heading

    @property
    def entry(self) -> str:
        """The uid of its entry in the register, or nothing."""
        if self.good is not None:
            return self.good.target if self.good.field == "entry" else ""
        return self.done.uid if self.done is not None else ""


async def open_celebrating(owner: ChangingScreen, plan: str) -> None:
    """Show what was achieved in a plan (a uid; in all, if empty) over a main screen; go to what was chosen there."""
    name = str((await owner.ask(plan_detail, plan)).values["name"]) if plan else "All plans"
    good: Good | None = await owner.app.push_screen_wait(CelebratingDialog(owner, plan, name))
    if good is not None:
        await open_in_plan(owner, good.plan, good.uid)


class CelebratingDialog(DetailedDialog[Deed]):
    """What waits first; Enter says how it was celebrated. Left with what to go to in its plan, or with nothing."""

    NAME = "Celebrate"
    TITLE = "What was achieved"
    EMPTY = (
        "Nothing waits to be celebrated, and nothing was. Milestones, step objectives and first outcomes come here "
        "when they are finished; a adds another achievement."
    )
    HELP = (
        "What was finished comes here of itself: milestones, step objectives, the first outcome of each area, and "
        "achievements of the register. Enter writes down how it was celebrated and who was thanked; that is kept in "
        "the register. On what was celebrated, d takes it back and e changes its words. f goes to what was finished."
    )
    CHANGING = DetailedDialog.CHANGING | {"settle"}
    COLUMNS = (
        Column("What", least=28, share=3),
        Column("Kind", width=14, drop=1),
        Column("Day", width=11),
        Column("Thanked", least=14, drop=2),
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        bind("entry.settle", "settle", show=True),
        bind("finished.follow", "follow"),
    ]

    async def read_again(self) -> None:
        """Show what waits, and what was celebrated."""
        plan = self._about or None
        waiting = await self._owner.ask(to_celebrate, self._owner.app.today, plan)
        done = await self._owner.ask(celebrated, plan)
        reader = Reader[Deed, RowView](
            key=lambda deed: deed.key,
            view=lambda deed, fold: _view(deed, fold, self._owner.date_style),
            depth=lambda deed: int(deed.many == 0),
        )
        deeds = list(_deeds(waiting, done))
        at_first = not self._items and bool(deeds)
        self.show_items(deeds, reader)
        if at_first:
            self.query_one(LineList).move_to(deeds[1].key)  # not on the heading

    def why_not(self, action: str, parameters: tuple[object, ...]) -> str:
        """Say what needs something that was achieved, and what an entry of the register."""
        if sentence := super().why_not(action, parameters):
            return sentence
        deed = self.current() if self._items else None
        if action in {"settle", "edit", "remove"} and (deed is None or deed.many):
            return "Put the cursor on something that was achieved first."
        if action in {"edit", "remove"} and deed is not None and not deed.entry:
            return "It is no entry of the register yet: Enter writes down how it was celebrated."
        if action == "follow" and (deed is None or deed.good is None or deed.entry):
            return "This key is for what was finished in a plan and waits: an entry stands on screen 7."
        return ""

    def opened(self) -> None:
        """Say how it was celebrated; change the words of what was."""
        deed = self.current()
        if deed is None or deed.many:
            return
        if deed.done is not None and self.can_do("edit"):
            self.action_edit()
        elif deed.done is None and self.can_do("settle"):
            self.action_settle()

    def in_full(self, item: Deed) -> tuple[str, list[Block]]:
        """Return all that is known of it."""
        today, style = self._owner.app.today, self._owner.date_style
        if item.good is not None:
            return item.good.ref, list(_good_blocks(item.good, today, style))
        if item.done is not None:
            return item.done.ref, list(_done_blocks(item.done, style))
        return item.heading, []

    @on(LineList.Highlighted)
    def _keys_follow(self) -> None:
        self.refresh_bindings()

    def action_follow(self) -> None:
        """Leave, and say what to go to."""
        if (deed := self.current()) is not None and deed.good is not None:
            self.dismiss(deed.good)

    @flow
    async def action_settle(self) -> None:
        """Write down how the one under the cursor was celebrated, or take that back."""
        deed = self.current()
        if deed is None or deed.many:
            return
        if deed.entry:
            line = (await self._owner.ask(entry_detail, deed.entry)).line
            await ask_settled(self._owner, line)
        elif deed.good is not None:
            await self._celebrate(deed.good)
        await self.read_again()

    async def add_item(self) -> None:
        """Ask for another achievement and keep it."""
        if made := await ask_entry(self._owner, EntryKind.ACHIEVEMENT, plan=self._about):
            self._added = f"entry:{made}"

    async def edit_item(self, item: Deed) -> None:
        """Ask for new words and keep them."""
        await ask_edited_entry(self._owner, item.entry)

    async def remove_item(self, item: Deed) -> None:
        """Remove an achievement that was written down by mistake, after asking."""
        await ask_removal(self._owner, (await self._owner.ask(entry_detail, item.entry)).line)

    async def _celebrate(self, good: Good) -> None:
        owner = self._owner

        async def submit(typed: Celebration) -> None:
            party = await owner.party_uid(typed.party) if typed.party is not None else None
            self._added = await owner.ask(
                add_entry,
                owner.author(),
                Leads()._replace(**{_LINKS[good.field]: (good.target,)}),
                kind=EntryKind.ACHIEVEMENT.value,
                title=typed.title,
                on=good.on,
                plan=good.plan,
                party=party,
                outcome=typed.outcome,
                closed_on=typed.on,
                candour=typed.candour,
            )

        parties = party_options(await owner.ask(party_choices))
        about = f"{good.ref}, {good.noun}, {show_date(good.on, owner.date_style)}"
        spec = celebrate_form(good.title, about, parties, owner.app.today, owner.understand)
        await owner.ask_kept(spec, submit, about=f"celebrate:{good.target}")


def _deeds(waiting: Sequence[Good], done: Sequence[Celebrated]) -> Iterator[Deed]:
    if waiting:
        yield Deed(_WAITING, len(waiting))
        yield from (Deed(_WAITING, good=good) for good in waiting)
    if done:
        yield Deed(_DONE, len(done))
        yield from (Deed(_DONE, done=one) for one in done)


def _view(deed: Deed, fold: Fold, style: str) -> RowView:
    if deed.good is not None:
        good = deed.good
        sign = Piece(_SIGNS.get(good.noun, "○"), Role.ACCENT)
        head = (sign, Piece(f" {good.ref} ", Role.DIM), Piece(good.title))
        return RowView((head, Piece(good.noun, Role.DIM), show_date(good.on, style)), indent=1)
    if deed.done is not None:
        done = deed.done
        head = (Piece(SETTLED_SIGN, Role.GOOD), Piece(f" {done.ref} ", Role.DIM), Piece(done.title, Role.DIM))
        day, thanked = Piece(show_date(done.celebrated_on, style), Role.DIM), Piece(done.thanked, Role.DIM)
        return RowView((head, Piece("celebrated", Role.DIM), day, thanked), indent=1)
    return RowView(((Piece(deed.heading, Role.STRONG), Piece(f"  {deed.many}", Role.DIM)),), fold=fold)


def _good_blocks(good: Good, today: date, style: str) -> Iterator[Block]:
    yield Paragraph(good.title, Role.STRONG)
    yield Labelled("Kind", good.noun)
    yield Labelled("Finished", f"{show_date(good.on, style)}, {distance(good.on, today)}")
    yield Labelled("Plan", good.plan_name or Piece("none", Role.DIM))
    yield Labelled("Thanked", Piece("nobody yet: Enter says who was, and how it was celebrated", Role.WARN))


def _done_blocks(done: Celebrated, style: str) -> Iterator[Block]:
    yield Paragraph(done.title, Role.STRONG)
    yield Labelled("Finished", show_date(done.on, style))
    yield Labelled("Celebrated on", show_date(done.celebrated_on, style))
    yield Labelled("Who was thanked", done.thanked or Piece("nobody is named", Role.DIM))
    if done.how:
        yield Labelled("How", done.how)
    if done.candour == Candour.CANDID:
        yield Labelled("This entry is", in_house_piece(done.candour))
