"""What a board shows, as plain values, and where its columns and cards stand. Arithmetic only; ``board`` draws it."""

from bisect import bisect_right
from collections.abc import Sequence
from itertools import accumulate
from typing import NamedTuple

from tui_plan.widgets.lines import Cell
from tui_plan.widgets.rows import Rows

CARD_LINES = 3
CARD_STEP = CARD_LINES + 1
"""A card's lines and the space beneath it."""

HEADING_STEP = 2
"""A heading's line and the space beneath it."""

NARROW = 6
LEAST_WIDE = 28
GAP = 1


class CardView(NamedTuple):
    """How a card looks: its reference, owner and date (with its sign) on one line, its title on the next two."""

    ref: Cell
    title: str
    owner: str = ""
    date: Cell = ""


class CardGroup(NamedTuple):
    """A heading within a column, over the next ``size`` of its cards."""

    title: str
    size: int


class CardLine(NamedTuple):
    """A line of a card: the card's place in its column, and which of its lines."""

    place: int
    line: int


class BoardColumn:
    """One column: its key, title and sign, its cards in order, and how groups divide them (none: no headings)."""

    def __init__(
        self, key: str, title: str, rows: Rows[CardView], sign: str = "", groups: tuple[CardGroup, ...] = ()
    ) -> None:
        self.key = key
        self.title = title
        self.rows = rows
        self.sign = sign
        self.groups = groups
        self._starts = [0, *accumulate(group.size for group in groups)]

    def line_of(self, index: int) -> int:
        """Return the line, from the column's first, on which the card at ``index`` begins."""
        headings = bisect_right(self._starts[:-1], index) if self.groups else 0
        return index * CARD_STEP + headings * HEADING_STEP

    def entry_at(self, line: int) -> "CardGroup | CardLine | None":
        """Return what is on ``line``: a group's heading, a line of a card, or None for space."""
        if not self.groups:
            return self._card_at(line, 0, len(self.rows))
        group = self._group_at(line)
        start = self._starts[group]
        within = line - (start * CARD_STEP + group * HEADING_STEP)
        if within < HEADING_STEP:
            return self.groups[group] if within == 0 else None
        return self._card_at(within - HEADING_STEP, start, start + self.groups[group].size)

    @property
    def height(self) -> int:
        """How many lines all its cards and headings take."""
        return len(self.rows) * CARD_STEP + len(self.groups) * HEADING_STEP

    def _group_at(self, line: int) -> int:
        low, high = 0, len(self.groups) - 1
        while low < high:
            middle = (low + high + 1) // 2
            if self._starts[middle] * CARD_STEP + middle * HEADING_STEP <= line:
                low = middle
            else:
                high = middle - 1
        return low

    @staticmethod
    def _card_at(line: int, start: int, stop: int) -> CardLine | None:
        index, within = start + line // CARD_STEP, line % CARD_STEP
        return CardLine(index, within) if index < stop and within < CARD_LINES else None


class Slot(NamedTuple):
    """Where a column stands: its first cell and its width; a narrow one shows only its title and count."""

    x: int
    width: int
    narrow: bool


def slots_for(count: int, current: int, first_wide: int, width: int) -> tuple[list[Slot], int]:
    """Return the slot of each of ``count`` columns, and the first wide one so that ``current`` is wide.

    As many neighbours are wide as have ``LEAST_WIDE`` cells; the others are narrow strips beside them.
    """
    wide = _wide_columns(count, width)
    first = min(max(first_wide, current - wide + 1, 0), current, count - wide)
    room = width - GAP * (count - 1) - NARROW * (count - wide)
    slots: list[Slot] = []
    x = 0
    for index in range(count):
        is_wide = first <= index < first + wide
        share = room // wide + (1 if index - first < room % wide else 0)
        slots.append(Slot(x, share if is_wide else NARROW, not is_wide))
        x += slots[-1].width + GAP
    return slots, first


def _wide_columns(count: int, width: int) -> int:
    for wide in range(count, 1, -1):
        if wide * LEAST_WIDE + (count - wide) * NARROW + GAP * (count - 1) <= width:
            return wide
    return min(1, count)


def find_card(columns: Sequence[BoardColumn], key: str) -> tuple[int, int] | None:
    """Return the column and place of the card with ``key``, or None."""
    for at, column in enumerate(columns):
        if (index := column.rows.index_of(key)) is not None:
            return at, index
    return None
