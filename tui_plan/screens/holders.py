"""Who holds and held a post and who stands in for it; for a person, the posts they hold and held."""

from dataclasses import dataclass
from datetime import date
from typing import Any, ClassVar

from textual.binding import BindingType

from tui_plan.insight.details import record_values
from tui_plan.insight.holders import Holders, StandIn, holders
from tui_plan.insight.party_page import HoldingLine
from tui_plan.insight.vacancies import Vacancy
from tui_plan.keys import bind
from tui_plan.model.date_words import show_date
from tui_plan.model.errors import Refused
from tui_plan.model.vocabulary import PartyKind
from tui_plan.operations.posts import add_tenure, edit_tenure, remove_tenure, set_alternates
from tui_plan.screens.explaining import flow
from tui_plan.screens.forms_people import TenureChoice, alternates_form, tenure_form
from tui_plan.screens.records_dialog import RecordsDialog
from tui_plan.screens.signs import OVERDUE_SIGN
from tui_plan.widgets.columns import Column
from tui_plan.widgets.fields import Picked
from tui_plan.widgets.line_list import LineList
from tui_plan.widgets.lines import Piece, Role
from tui_plan.widgets.rows import Reader, RowView

_NTH = ("1st", "2nd", "3rd")
_AT_THE_POST = "Who stands in for a post is said at the post: open it in the roster."
_EMPTY = {
    PartyKind.POST: "",
    PartyKind.PERSON: "They hold no post, and never held one. Press a to say which they hold.",
}


@dataclass(frozen=True, slots=True)
class HolderItem:
    """One line: somebody holding a post, days on which nobody did, or somebody who stands in."""

    holding: HoldingLine | None = None
    vacancy: Vacancy | None = None
    stand_in: StandIn | None = None

    @property
    def key(self) -> str:
        """A key that stays while the list is read again."""
        if self.holding is not None:
            return self.holding.uid
        return f"in:{self.stand_in.uid}" if self.stand_in is not None else f"vacant:{self.vacancy}"


class HoldersDialog(RecordsDialog[HolderItem]):
    """A modal list of who holds a post, or of the posts of a person: the present first, then the latest."""

    NAME = "Who holds a post"
    TITLE = "Held"
    HELP = (
        "Roles that are given to a post follow its holder, by the day. Whoever leaves gets a last day with e, or hands "
        "everything over with H in the roster; Del is for what was typed by mistake."
    )
    COLUMNS = (Column(least=24), Column(width=13), Column(width=26))
    CHANGING = RecordsDialog.CHANGING | {"alternates"}
    BINDINGS: ClassVar[list[BindingType]] = [bind("post.alternates", "alternates", show=True, priority=True)]

    _found: Holders | None = None

    @property
    def _of_post(self) -> bool:
        return self._found is not None and self._found.kind == PartyKind.POST

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Hide what only posts have."""
        if action == "alternates" and not self._of_post:
            return False
        return super().check_action(action, parameters)

    async def read_again(self) -> None:
        """Show who holds what as it is now."""
        today = self._owner.app.today
        self._found = found = await self._owner.ask(holders, self._about, today)
        view = self.query_one(LineList)
        view.set_title("Who holds it" if self._of_post else "Posts")
        view.set_empty(_EMPTY[PartyKind(found.kind)])
        reader = Reader[HolderItem, RowView](
            key=lambda item: item.key,
            view=lambda item, _: _view(item, today, self._owner.date_style, of_post=self._of_post),
        )
        self.show_items(_items(found, today), reader)

    async def add_item(self) -> None:
        """Ask who holds the post, or which post they hold, and keep it."""
        await self._add()

    async def edit_item(self, item: HolderItem) -> None:
        """Ask for new days; on days without a holder for one, on a stand-in for all of them."""
        if item.holding is not None:
            await self._edit(item.holding)
        elif item.vacancy is not None:
            await self._add(item.vacancy)
        elif self._of_post:
            await self._ask_alternates()
        else:
            raise Refused(_AT_THE_POST)

    async def remove_item(self, item: HolderItem) -> None:
        """Remove what was typed by mistake, after asking."""
        if item.holding is not None:
            await self._remove(item.holding)
        elif item.stand_in is not None and self._of_post:
            left = [each.uid for each in self._stand_ins if each.uid != item.stand_in.uid]
            if await self.sure(f"Should {item.stand_in.name} no longer stand in?"):
                await self._owner.run_change(set_alternates, self._owner.author(), self._about, left)
        elif item.stand_in is not None:
            raise Refused(_AT_THE_POST)
        else:
            raise Refused("There is nobody to remove: a says who holds it.")

    @flow
    async def action_alternates(self) -> None:
        """Say who stands in for the post."""
        await self._ask_alternates()
        await self.read_again()

    @property
    def _stand_ins(self) -> tuple[StandIn, ...]:
        return self._found.stand_ins if self._found is not None else ()

    async def _add(self, gap: Vacancy | None = None) -> None:
        kind, label = (PartyKind.PERSON, "Who") if self._of_post else (PartyKind.POST, "Post")

        async def submit(choice: TenureChoice) -> None:
            if choice.who is None:
                return
            other = await self._owner.party_uid(choice.who, kind)
            post, person = (self._about, other) if self._of_post else (other, self._about)
            self._added = await self._owner.ask_if_sure(add_tenure, self._owner.author(), post, person, **choice.values)

        days = {"start": self._owner.app.today}
        if gap is not None and gap.start is not None and gap.end is not None:
            days = {"start": gap.start, "end": gap.end}
        spec = tenure_form(days, label, await self.parties(kind), self._heading, self._owner.understand)
        await self._owner.ask_kept(spec, submit, about=f"tenure-of:{self._about}")

    async def _edit(self, line: HoldingLine) -> None:
        values: dict[str, Any] = await self._owner.ask(record_values, "tenure", line.uid)
        version = int(values["row_version"])

        async def submit(choice: TenureChoice) -> None:
            await self._owner.ask_if_sure(
                edit_tenure, self._owner.author(), line.uid, version_seen=version, **choice.values
            )

        spec = tenure_form(values, "", (), f"{line.person_name}, {line.post_name}", self._owner.understand)
        await self._owner.ask_kept(spec, submit, about=f"tenure:{line.uid}", version=version)

    async def _remove(self, line: HoldingLine) -> None:
        detail = "This is for mistakes: whoever leaves a post gets a last day instead, with e. Undo brings it back."
        if await self.sure(f"Remove {line.person_name} as holder of “{line.post_name}”?", detail):
            await self._owner.run_change(remove_tenure, self._owner.author(), line.uid)

    async def _ask_alternates(self) -> None:
        async def submit(picks: tuple[Picked, ...]) -> None:
            persons = [await self._owner.party_uid(pick, PartyKind.PERSON) for pick in picks]
            await self._owner.ask(set_alternates, self._owner.author(), self._about, persons)

        standing = [each.uid for each in self._stand_ins]
        spec = alternates_form(self._heading, standing, await self.parties(PartyKind.PERSON))
        await self._owner.ask_kept(spec, submit, about=f"alternates:{self._about}")


def _items(found: Holders, today: date) -> list[HolderItem]:
    """Return who holds it now (or that nobody does), who stands in, then what was and will be, the latest first."""
    holding = [HolderItem(holding=line) for line in found.holdings]
    vacant = [HolderItem(vacancy=gap) for gap in found.vacant]
    now = [item for item in (*holding, *vacant) if _runs(item, today)]
    rest = [item for item in (*holding, *vacant) if not _runs(item, today)]
    rest.sort(key=lambda item: _start(item) or date.min, reverse=True)
    return [*now, *(HolderItem(stand_in=each) for each in found.stand_ins), *rest]


def _span_of(item: HolderItem) -> HoldingLine | Vacancy | None:
    return item.holding or item.vacancy


def _runs(item: HolderItem, today: date) -> bool:
    span = _span_of(item)
    return span is not None and span.runs_on(today)


def _start(item: HolderItem) -> date | None:
    span = _span_of(item)
    return span.start if span is not None else None


def _view(item: HolderItem, today: date, style: str, *, of_post: bool) -> RowView:
    if item.stand_in is not None:
        what = f"stands in {_NTH[item.stand_in.rank - 1]}"
        return RowView(((Piece("↷ ", Role.DIM), Piece(item.stand_in.name)), Piece(what, Role.DIM), ""))
    now = _runs(item, today)
    if item.vacancy is not None:
        role = Role.WARN if now else Role.DIM
        head = (Piece(f"{OVERDUE_SIGN} " if now else "  ", role), Piece("nobody", role))
        return RowView((head, Piece("vacant", role), Piece(_days(item.vacancy, style) or "never held", role)))
    line = item.holding
    if line is None:
        return RowView(("",))
    sign = Piece("● ", Role.GOOD) if now else Piece("○ ", Role.DIM)
    name = Piece(line.person_name if of_post else line.post_name, Role.STRONG if now else Role.PLAIN)
    return RowView(((sign, name), _what(line, today), Piece(_days(line, style), Role.PLAIN if now else Role.DIM)))


def _what(line: HoldingLine, today: date) -> Piece:
    if line.acting:
        return Piece("acting", Role.WARN if line.runs_on(today) else Role.DIM)
    if line.runs_on(today):
        return Piece("holds it")
    return Piece("comes" if line.start is not None and line.start > today else "held it", Role.DIM)


def _days(span: HoldingLine | Vacancy, style: str) -> str:
    start, end = show_date(span.start, style), show_date(span.end, style)
    if start and end:
        return f"{start} – {end}"
    return f"since {start}" if start else f"until {end}" if end else ""
