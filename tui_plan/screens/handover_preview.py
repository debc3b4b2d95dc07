"""What a handover would do, before it is done: all that moves, by kind; what ends at nobody; what lapses; what begins.

``screens.handover`` shows it. It is left with True to do it, with None to go back to the form.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType

from tui_plan.keys import bind
from tui_plan.model.date_words import show_date
from tui_plan.model.vocabulary import SIGNS, AgreementState
from tui_plan.operations.checklists import Template
from tui_plan.operations.handover import Handover, Move, moving_at_once
from tui_plan.operations.rehearsing import Lapse
from tui_plan.screens.changing import ChangingScreen
from tui_plan.screens.explaining import flow
from tui_plan.screens.list_dialog import ListDialog
from tui_plan.screens.signs import OVERDUE_SIGN
from tui_plan.widgets.columns import Column
from tui_plan.widgets.line_list import LineList
from tui_plan.widgets.lines import Piece, Role
from tui_plan.widgets.rows import ItemRows, Reader, RowView

FOLLOWS = "↳"
KINDS = {
    "post": "Posts",
    "role": "Roles in actions",
    "review": "Reviews still to come",
    "seat": "Seats in groups",
    "entry": "Risks and issues they own",
    "plan": "Plans they look after",
    "measure": "Measures they collect",
    "alternate": "Posts they stand in for",
}
_COLUMNS = (
    Column("What", least=30, share=3),
    Column("From", least=20, share=2, drop=1),
    Column("To", least=20, share=2),
)


@dataclass(frozen=True)
class Look:
    """What there is to look at. ``leaver`` and ``to`` are names, ``to`` empty for nobody."""

    order: Handover
    leaver: str
    to: str
    moves: tuple[Move, ...]
    lapses: tuple[Lapse, ...]
    template: Template | None
    newcomer: str = ""
    """The name of who takes over, where it is not on the roster yet."""


@dataclass(frozen=True, slots=True)
class LookItem:
    """One line: the heading of a kind, or something of that kind."""

    key: str
    depth: int
    view: RowView


class HandoverPreview(ListDialog[LookItem]):
    """All that a handover would do."""

    NAME = "Handover"
    TALL = True
    HEADING_LINES = 2
    HELP = (
        "Nothing is handed over yet. Everything here happens in one change, and one undo takes it back; what is over "
        "keeps the old name, and so does a risk or an issue that nobody takes. ↳ stands before what rests on the post "
        "and goes with it of itself."
    )
    CHANGING = frozenset({"hand_over"})
    BINDINGS: ClassVar[list[BindingType]] = [
        bind("handover.do", "hand_over", show=True),
        bind("plan.export", "export", show=True),
    ]

    def __init__(self, owner: ChangingScreen, look: Look) -> None:
        super().__init__(owner, _sentence(look, owner.date_style))
        self._look = look

    def compose_list(self) -> ComposeResult:
        """Yield the list."""
        yield LineList(_COLUMNS, title=_title(self._look), markable=False, opens=False)

    async def read_again(self) -> None:
        """Show what was found; it is looked at again when it is done."""
        items = list(_items(self._look, self._owner.date_style, self._owner.app.today))
        reader = Reader[LookItem, RowView](
            key=lambda item: item.key,
            view=lambda item, fold: item.view._replace(fold=fold if item.depth == 0 else None),
            depth=lambda item: item.depth,
        )
        self.query_one(LineList).set_rows(ItemRows[LookItem, RowView](items, reader))

    def action_hand_over(self) -> None:
        """Agree to all of it."""
        self.dismiss(True)

    @flow
    async def action_export(self) -> None:
        """Write the note that goes with the handover."""
        from tui_plan.exchange.handover_papers import Foreseen, handover_papers
        from tui_plan.screens.export import hand_out

        look = self._look
        foreseen = Foreseen(self._owner.author(), look.order, look.moves, look.template, look.newcomer)
        await hand_out(self._owner, look.order.leaver, look.leaver, handover_papers(foreseen))


def _sentence(look: Look, style: str) -> str:
    day = show_date(look.order.on, style)
    to = f"{look.to}{' (acting)' if look.order.acting else ''}" if look.to else "nobody"
    return f"From {look.leaver} to {to} on {day}.  {FOLLOWS} goes with the post."


def _title(look: Look) -> str:
    lost = sum(not move.to for move in look.moves)
    moved = len(look.moves) - lost
    parts = [f"{moved} {'thing moves' if moved == 1 else 'things move'}"] if moved or not lost else []
    parts += [f"{OVERDUE_SIGN} {lost} to nobody"] if lost else []
    parts += [f"{SIGNS[AgreementState.LAPSED]} {len(look.lapses)} lapse"] if look.lapses else []
    return " · ".join(parts)


def _items(look: Look, style: str, today: date) -> Iterator[LookItem]:
    for kind, title in KINDS.items():
        found = [move for move in look.moves if move.kind == kind]
        yield from _group(kind, title, [_moving(move, look) for move in found])
    yield from _group("lapse", "Agreements that lapse", [_lapsing(lapse) for lapse in look.lapses])
    yield from _group("rest", "And", list(_rest(look, style, today)))


def _group(key: str, title: str, views: Sequence[RowView]) -> Iterator[LookItem]:
    if views:
        head = (Piece(title, Role.HEADING), Piece(f"  {len(views)}", Role.DIM))
        yield LookItem(key, 0, RowView((head,)))
        for place, view in enumerate(views):
            yield LookItem(f"{key}:{place}", 1, view)


def _moving(move: Move, look: Look) -> RowView:
    sign = Piece(f"{FOLLOWS} " if move.follows else "  ", Role.DIM)
    ref = Piece(f"{move.ref} " if move.ref else "", Role.DIM)
    to = Piece(move.to) if move.to else Piece(f"{OVERDUE_SIGN} nobody", Role.WARN)
    return RowView(((sign, ref, Piece(move.what)), Piece(look.leaver, Role.DIM), to), indent=1)


def _lapsing(lapse: Lapse) -> RowView:
    sign = Piece(f"{SIGNS[AgreementState.LAPSED]} ", Role.WARN)
    return RowView(((sign, Piece(f"{lapse.name}: {lapse.plan}")), "", Piece(lapse.because, Role.DIM)), indent=1)


def _rest(look: Look, style: str, today: date) -> Iterator[RowView]:
    """Yield what happens besides: what does not wait for the day, a checklist begins, somebody leaves."""
    if moving_at_once(look.order, look.moves, today):
        wait = f"until {show_date(look.order.on, style)}"
        yield RowView(
            ((Piece(f"{OVERDUE_SIGN} ", Role.WARN), Piece("Only the posts wait")), "all else moves now", wait), indent=1
        )
    if look.template is not None:
        items = f"{len(look.template.items)} items"
        yield RowView(((Piece("+ ", Role.ACCENT), Piece(f"{look.template.title} begins")), items, look.to), indent=1)
    if look.order.leaves:
        last = f"last day {show_date(look.order.last_day, style)}"
        yield RowView(((Piece("× ", Role.DIM), Piece(f"{look.leaver} leaves")), "", last), indent=1)
