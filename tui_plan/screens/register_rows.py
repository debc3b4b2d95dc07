"""The rows of the register: a heading for each kind, the entries below it, and first what slips and was not assessed.

Plain values of ``insight`` in, rows out. The register's screen uses it.
"""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import NamedTuple

from tui_plan.insight.register import EntryLine
from tui_plan.insight.slips import Slip
from tui_plan.model.date_words import show_date
from tui_plan.model.entry_kinds import KINDS
from tui_plan.model.vocabulary import EntryKind
from tui_plan.screens.register_words import ORDER, behind_words, candid_piece, entry_sign, state_words, title_of
from tui_plan.screens.signs import OVERDUE_SIGN
from tui_plan.widgets.columns import Column
from tui_plan.widgets.lines import Cell, Piece, Role
from tui_plan.widgets.rows import Fold, ItemRows, Reader, RowView

COLUMNS = (
    Column("What", least=30, share=3),
    Column("Who", width=13, drop=2),
    Column("Day", width=11, drop=1),
    Column("State", width=16),
)


TO_ASSESS = "to assess"
"""What stands in place of a kind before the slips that nobody has assessed."""


class RegisterItem(NamedTuple):
    """One row: an entry, a slip, or the heading of ``kind`` with how many there are and how many of them are open."""

    kind: str
    entry: EntryLine | None = None
    slip: Slip | None = None
    many: int = 0
    open: int = 0
    depth: int = 0

    @property
    def key(self) -> str:
        """The uid of the entry; of a slip and of a heading what tells them apart."""
        if self.slip is not None:
            return f"slip:{self.slip.action}"
        return self.entry.uid if self.entry is not None else f"kind:{self.kind}"


def list_title(kind: str, plan: str, *, only_attention: bool) -> str:
    """Return what the list says above its rows: the kind shown alone, and the name of the plan."""
    return " · ".join(filter(None, (title_of(kind), plan, "only what needs a look" if only_attention else "")))


def heading_of(kind: str) -> str:
    """Return what a kind is called above its entries."""
    return "To assess" if kind == TO_ASSESS else title_of(kind)


def slip_items(slips: Sequence[Slip]) -> Iterator[RegisterItem]:
    """Yield the slips that nobody has assessed, below a heading."""
    if slips:
        yield RegisterItem(TO_ASSESS, many=len(slips))
        yield from (RegisterItem(TO_ASSESS, slip=slip, depth=1) for slip in slips)


def register_items(entries: Sequence[EntryLine], *, headed: bool) -> Iterator[RegisterItem]:
    """Yield the rows in the order shown: kind by kind, ``headed`` by what each kind is called."""
    for kind in ORDER:
        mine = sorted((line for line in entries if line.kind == kind), key=_gravest_first)
        if headed and mine:
            yield RegisterItem(kind, many=len(mine), open=sum(line.is_open for line in mine))
        yield from (RegisterItem(kind, line, depth=int(headed)) for line in mine)


def register_rows(
    items: Sequence[RegisterItem], today: date, style: str, wanted: str = "", closed: frozenset[str] = frozenset()
) -> ItemRows[RegisterItem, RowView]:
    """Return the rows of a list; a filter looks at references, words and owners."""
    reader = Reader[RegisterItem, RowView](
        key=lambda item: item.key,
        view=lambda item, fold: _view(item, fold, today, style),
        text=_searched,
        depth=lambda item: item.depth,
    )
    return ItemRows[RegisterItem, RowView](items, reader, closed=closed, wanted=wanted)


def size_words(entries: Sequence[EntryLine], today: date) -> str:
    """Return how much is in the register, and how much of it needs a look."""
    looks = sum(bool(line.problem(today)) for line in entries)
    if not looks:
        return f"{len(entries)} {'entry' if len(entries) == 1 else 'entries'}"
    return f"{OVERDUE_SIGN} {looks} of {len(entries)} need{'s' if looks == 1 else ''} a look"


def entry_day(line: EntryLine) -> date:
    """Return the day that counts: when it was settled, else when it is looked at next, else what it was said of."""
    return line.closed_on or line.due or line.on


def _gravest_first(line: EntryLine) -> tuple[bool, int]:
    """What is open before what is settled, and of risks the gravest first; else the order stays."""
    return line.closed_on is not None, -(line.score or 0)


def _searched(item: RegisterItem) -> str:
    line = item.entry
    if item.slip is not None:
        return f"{item.slip.ref} {item.slip.title} {' '.join(item.slip.owners)}"
    return f"{line.ref} {line.kind} {line.title} {line.party_name}" if line is not None else ""


def _view(item: RegisterItem, fold: Fold, today: date, style: str) -> RowView:
    if item.entry is not None:
        return _entry_view(item.entry, item.depth, today, style)
    if item.slip is not None:
        return _slip_view(item.slip, today, style)
    settles = item.kind != TO_ASSESS and KINDS[EntryKind(item.kind)].closed
    told = f"  {item.open} open of {item.many}" if settles else f"  {item.many}"
    return RowView(((Piece(heading_of(item.kind), Role.STRONG), Piece(told, Role.DIM)),), fold=fold)


def _slip_view(slip: Slip, today: date, style: str) -> RowView:
    head = (Piece(OVERDUE_SIGN, Role.WARN), Piece(f" {slip.ref} ", Role.DIM), Piece(slip.title))
    more = f" +{len(slip.owners) - 1}" if len(slip.owners) > 1 else ""
    who = f"{slip.owners[0]}{more}" if slip.owners else "nobody"
    cells = (
        head,
        Piece(who, Role.DIM),
        Piece(show_date(slip.expected, style)),
        Piece(behind_words(slip, today), Role.WARN),
    )
    return RowView(cells, indent=1)


def _entry_view(line: EntryLine, depth: int, today: date, style: str) -> RowView:
    settled = line.closed_on is not None
    due = line.due is not None and not settled
    candid = candid_piece(line.candour)
    state = state_words(line, today)
    told: Cell = state
    if candid.text:
        told = (state, Piece(" "), candid) if state.text else (candid, Piece(" candid", Role.DIM))
    cells = (
        (entry_sign(line), Piece(f" {line.ref} ", Role.DIM), Piece(line.title, Role.DIM if settled else Role.PLAIN)),
        Piece(line.party_name, Role.DIM),
        Piece(show_date(entry_day(line), style), Role.PLAIN if due else Role.DIM),
        told,
    )
    return RowView(cells, indent=depth)
