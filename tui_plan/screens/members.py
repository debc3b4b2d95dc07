"""Who is in a group: seats by name, and rules by which people are in it without being named."""

from dataclasses import dataclass
from typing import Any, ClassVar

from textual.binding import BindingType

from tui_plan.insight.choosing import area_choices
from tui_plan.insight.details import record_values
from tui_plan.insight.group_rules import GroupMembers, RuleLine, SeatHolder, members_of
from tui_plan.keys import bind
from tui_plan.model.date_words import show_date
from tui_plan.model.errors import Refused
from tui_plan.model.vocabulary import PartyKind
from tui_plan.operations.groups import (
    RuleValues,
    add_member,
    add_rule,
    edit_member,
    edit_rule,
    remove_member,
    remove_rule,
)
from tui_plan.screens.choices import place_options
from tui_plan.screens.explaining import flow
from tui_plan.screens.forms_people import SeatChoice, rule_form, seat_form
from tui_plan.screens.records_dialog import DetailedDialog
from tui_plan.screens.signs import OVERDUE_SIGN
from tui_plan.widgets.columns import Column
from tui_plan.widgets.detail import Block, Item, Labelled, Paragraph
from tui_plan.widgets.lines import Piece, Role
from tui_plan.widgets.rows import Fold, Reader, RowView

NOBODY_TODAY = "This rule matches nobody today. It stays, and whoever comes to fit it is in."


@dataclass(frozen=True, slots=True)
class MemberItem:
    """One line: a seat by name, a rule, or a person (uid and name) who is in by that rule."""

    seat: SeatHolder | None = None
    rule: RuleLine | None = None
    person: tuple[str, str] | None = None
    named: bool = False

    @property
    def key(self) -> str:
        """A key that stays while the list is read again."""
        if self.seat is not None:
            return self.seat.membership
        rule = self.rule.uid if self.rule is not None else ""
        return f"{rule}:{self.person[0]}" if self.person is not None else rule


class MembersDialog(DetailedDialog[MemberItem]):
    """A modal list of a group's seats and rules; under each rule whom it matches today."""

    NAME = "Members"
    TITLE = "Members"
    EMPTY = "Nobody is in this group yet. Press a to give somebody a seat, or r to let all who fit a rule be in it."
    HELP = (
        "A seat is given by name; a rule lets everybody in who fits it, by the day. Where a post has a seat its holder "
        "sits there. The chair and deputies stand first."
    )
    COLUMNS = (Column(least=30), Column(width=18), Column(width=26, drop=1))
    CHANGING = DetailedDialog.CHANGING | {"rule"}
    BINDINGS: ClassVar[list[BindingType]] = [bind("group.rule", "rule", show=True)]

    async def read_again(self) -> None:
        """Show seats and rules as they are now."""
        found = await self._owner.ask(members_of, self._about, self._owner.app.today)
        reader = Reader[MemberItem, RowView](
            key=lambda item: item.key,
            view=lambda item, fold: _view(item, fold, self._owner.date_style),
            depth=lambda item: int(item.person is not None),
        )
        self.show_items(_items(found), reader)

    def in_full(self, item: MemberItem) -> tuple[str, list[Block]]:
        """Return all of a seat, or of a rule with whom it matches."""
        if item.seat is not None:
            return "Seat", _seat_blocks(item.seat, self._owner.date_style)
        return ("Rule", _rule_blocks(item)) if item.rule is not None else ("", [])

    async def add_item(self) -> None:
        """Ask who gets a seat, and keep it."""

        async def submit(choice: SeatChoice) -> None:
            if choice.member is not None:
                member = await self._owner.party_uid(choice.member)
                author = self._owner.author()
                self._added = await self._owner.ask_if_sure(add_member, author, self._about, member, choice.seat)

        others = tuple(option for option in await self.parties() if option.key != self._about)
        await self._owner.ask_kept(seat_form(self._heading, others), submit, about=f"seat-in:{self._about}")

    async def edit_item(self, item: MemberItem) -> None:
        """Ask as what somebody sits there, or for what a rule says, and keep it."""
        if item.seat is not None:
            await self._edit_seat(item.seat)
        elif item.rule is not None:
            await self._ask_rule(item.rule)

    async def remove_item(self, item: MemberItem) -> None:
        """Take a seat away or remove a rule, after asking; who is in by a rule is not removed by name."""
        author = self._owner.author()
        if item.seat is not None:
            if await self.sure(f"Take the seat of “{item.seat.name}” away?"):
                await self._owner.run_change(remove_member, author, item.seat.membership)
        elif item.person is not None:
            raise Refused(f"{item.person[1]} is in by the rule above: edit or remove the rule.")
        elif item.rule is not None and await self.sure("Remove this rule?", f"{item.rule.words}. Undo brings it back."):
            await self._owner.run_change(remove_rule, author, item.rule.uid)

    @flow
    async def action_rule(self) -> None:
        """Add a rule."""
        await self._ask_rule(None)
        await self.read_again()

    async def _edit_seat(self, seat: SeatHolder) -> None:
        values: dict[str, Any] = await self._owner.ask(record_values, "membership", seat.membership)
        version = int(values["row_version"])

        async def submit(choice: SeatChoice) -> None:
            await self._owner.ask(edit_member, self._owner.author(), seat.membership, choice.seat, version_seen=version)

        spec = seat_form(self._heading, name=seat.name, seat=str(values["seat"]))
        await self._owner.ask_kept(spec, submit, about=f"seat:{seat.membership}", version=version)

    async def _ask_rule(self, rule: RuleLine | None) -> None:
        author = self._owner.author()

        async def submit(values: RuleValues) -> None:
            if rule is None:
                self._added = await self._owner.ask_if_sure(add_rule, author, self._about, **values)
            else:
                await self._owner.ask_if_sure(edit_rule, author, rule.uid, version_seen=rule.row_version, **values)

        values = rule._asdict() if rule is not None else {}
        areas = place_options(await self._owner.ask(area_choices))
        organisations = await self.parties(PartyKind.ORGANISATION)
        spec = rule_form(values, self._heading, organisations, await self.plans(), areas)
        about = f"rule:{rule.uid}" if rule is not None else f"rule-of:{self._about}"
        await self._owner.ask_kept(spec, submit, about=about, version=rule.row_version if rule is not None else 0)


def _items(found: GroupMembers) -> list[MemberItem]:
    named = {seat.member for seat in found.seats}
    items = [MemberItem(seat=seat) for seat in found.seats]
    for rule in found.rules:
        items.append(MemberItem(rule=rule))
        items += [MemberItem(rule=rule, person=person, named=person[0] in named) for person in rule.fitting]
    return items


def _view(item: MemberItem, fold: Fold, style: str) -> RowView:
    if item.seat is not None:
        return _seat_view(item.seat, style)
    if item.person is not None:
        return RowView(
            (Piece(item.person[1]), Piece("also by name" if item.named else "by rule", Role.DIM), ""), indent=2
        )
    rule = item.rule
    if rule is None:
        return RowView(("",))
    count = Piece(f"{rule.matches} today" if rule.matches else "nobody today", Role.DIM if rule.matches else Role.WARN)
    return RowView((Piece(rule.words), count, Piece("rule", Role.DIM)), fold=fold)


def _seat_view(seat: SeatHolder, style: str) -> RowView:
    special = seat.seat not in {"", "member"}
    name = (Piece("  "), Piece(seat.name), Piece(f" ({seat.behind})" if seat.behind else "", _behind_role(seat)))
    where = Piece(f"left {show_date(seat.left_on, style)}", Role.BAD) if seat.left_on else Piece(seat.where, Role.DIM)
    return RowView((name, Piece(seat.seat or "member", Role.STRONG if special else Role.DIM), where))


def _behind_role(seat: SeatHolder) -> Role:
    return Role.WARN if seat.behind == "vacant" else Role.DIM


def _seat_blocks(seat: SeatHolder, style: str) -> list[Block]:
    blocks: list[Block] = [Paragraph(seat.name, Role.STRONG), Labelled("Sits there as", seat.seat or "member")]
    if seat.behind:
        vacant = seat.behind == "vacant"
        words = f"{OVERDUE_SIGN} nobody: the post is vacant" if vacant else seat.behind
        blocks.append(Labelled("Filled by", Piece(words, _behind_role(seat) if vacant else Role.PLAIN)))
    if seat.where:
        blocks.append(Labelled("Belongs to", seat.where))
    if seat.left_on:
        blocks.append(Labelled("Left", Piece(show_date(seat.left_on, style), Role.BAD)))
    return blocks


def _rule_blocks(item: MemberItem) -> list[Block]:
    rule = item.rule
    if rule is None:
        return []
    blocks: list[Block] = [Paragraph(f"{rule.words}.", Role.STRONG)]
    if not rule.matches:
        return [*blocks, Paragraph(NOBODY_TODAY, Role.WARN)]
    return [*blocks, *(Item(name) for _, name in rule.fitting)]
