"""Where a list or a board gets its rows: all in memory with a tree's folding and a filter, or read by windows.

Screens build these from plain values; widgets ask them for visible rows only. Nothing here draws or reads a database.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Awaitable, Callable, Mapping, Sequence
from enum import StrEnum
from typing import Any, Generic, NamedTuple, Protocol, TypeVar

from tui_plan.model.clean import search_key
from tui_plan.widgets.lines import Cell

T = TypeVar("T")
V = TypeVar("V")
V_co = TypeVar("V_co", covariant=True)

WINDOW = 64


class Fold(StrEnum):
    """Whether a row has rows beneath it, and whether they show."""

    LEAF = " "
    OPEN = "▾"
    CLOSED = "▸"


class RowView(NamedTuple):
    """How one row of a list looks: a cell per column; ``indent`` and ``fold`` shift and mark the first of them."""

    cells: tuple[Cell, ...]
    indent: int = 0
    fold: Fold | None = None


class Rows(Protocol[V_co]):
    """Rows in an order, each with a key that stays the same when the rows are read again."""

    def __len__(self) -> int: ...

    def key_at(self, index: int) -> str:
        """Return the key of the row at ``index``."""
        ...

    def index_of(self, key: str) -> int | None:
        """Return where the row with ``key`` is, or None."""
        ...

    def holds(self, key: str) -> bool:
        """Return whether ``key`` is among all the rows, shown or hidden by a filter or a closed branch."""
        ...

    def row(self, index: int) -> V_co | None:
        """Return what to draw at ``index``, or None while it is not read yet."""
        ...

    def next_match(self, index: int, step: int) -> int | None:
        """Return the nearest row from ``index`` in direction ``step`` (1 or -1) that the filter found, wrapping."""
        ...

    async def read(self, start: int, stop: int) -> None:
        """Bring in the rows from ``start`` up to ``stop``."""
        ...


def _no_text(item: Any) -> str:
    del item
    return ""


def _no_depth(item: Any) -> int:
    del item
    return 0


class Reader(NamedTuple, Generic[T, V]):
    """How to read one item: its key, what to draw, the text a filter searches, and its depth in a tree."""

    key: Callable[[T], str]
    view: Callable[[T, Fold], V]
    text: Callable[[T], str] = _no_text
    depth: Callable[[T], int] = _no_depth


class ItemRows(Generic[T, V]):
    """Items in memory, in order (a tree in pre-order); closed branches and what a filter rejects are left out."""

    def __init__(
        self,
        items: Sequence[T],
        reader: Reader[T, V],
        *,
        closed: frozenset[str] = frozenset(),
        wanted: str = "",
        like: "ItemRows[T, V] | None" = None,
    ) -> None:
        """``like`` are rows of the same items: what was worked out of their texts is not worked out again."""
        self.items = items
        self.reader = reader
        self.closed = closed
        self.wanted = search_key(wanted)
        self._texts: list[str] | None = like._texts if like is not None else None
        self._depths = [reader.depth(item) for item in items]
        self._matches: list[int] = []
        self._visible = self._matching() if self.wanted else self._unfolded()
        self._index = {reader.key(items[place]): index for index, place in enumerate(self._visible)}
        self._all: frozenset[str] | None = None
        self._views: dict[int, V] = {}

    def __len__(self) -> int:
        return len(self._visible)

    @property
    def found(self) -> int:
        """How many items the filter found, without the branches shown around them."""
        return len(self._matches) if self.wanted else len(self._visible)

    def key_at(self, index: int) -> str:
        """Return the key of the row at ``index``."""
        return self.reader.key(self.item_at(index))

    def item_at(self, index: int) -> T:
        """Return the item shown at ``index``."""
        return self.items[self._visible[index]]

    def item_of(self, key: str) -> T | None:
        """Return the shown item with ``key``, or None."""
        index = self._index.get(key)
        return None if index is None else self.item_at(index)

    def index_of(self, key: str) -> int | None:
        """Return where the row with ``key`` is, or None if it is not shown."""
        return self._index.get(key)

    def holds(self, key: str) -> bool:
        """Return whether ``key`` is among all the items."""
        if key in self._index:
            return True
        if self._all is None:
            self._all = frozenset(self.reader.key(item) for item in self.items)
        return key in self._all

    def row(self, index: int) -> V | None:
        """Return what to draw at ``index``, worked out once."""
        if index not in self._views:
            self._views[index] = self.reader.view(self.item_at(index), self.fold_at(index))
        return self._views[index]

    def fold_at(self, index: int) -> Fold:
        """Return whether the row at ``index`` is a branch, and whether it is open."""
        place = self._visible[index]
        if not self._is_branch(place):
            return Fold.LEAF
        closed = not self.wanted and self.reader.key(self.items[place]) in self.closed
        return Fold.CLOSED if closed else Fold.OPEN

    def folded(self, key: str, *, closed: bool) -> "ItemRows[T, V]":
        """Return the same rows with the branch ``key`` closed or open."""
        keys = self.closed | {key} if closed else self.closed - {key}
        return ItemRows(self.items, self.reader, closed=keys, wanted=self.wanted, like=self)

    def filtered(self, wanted: str) -> "ItemRows[T, V]":
        """Return the same items, only those whose text holds ``wanted`` and the branches that lead to them."""
        return ItemRows(self.items, self.reader, closed=self.closed, wanted=wanted, like=self)

    def found_near(self, key: str | None) -> str | None:
        """Return ``key`` where the filter found it or there is none, else the first key that the filter found."""
        if not self._matches or (key is not None and self._index.get(key) in self._matches):
            return key
        return self.key_at(self._matches[0])

    def parent_of(self, index: int) -> int | None:
        """Return the row that the row at ``index`` lies under, or None at the top."""
        depth = self._depths[self._visible[index]]
        above = (at for at in range(index - 1, -1, -1) if self._depths[self._visible[at]] < depth)
        return next(above, None)

    def next_match(self, index: int, step: int) -> int | None:
        """Return the nearest row from ``index`` in direction ``step`` that the filter found, wrapping at the ends."""
        if not self._matches:
            return None
        if step > 0:
            return self._matches[bisect_right(self._matches, index) % len(self._matches)]
        return self._matches[bisect_left(self._matches, index) - 1]

    async def read(self, start: int, stop: int) -> None:
        """Do nothing: the rows are here."""

    def _is_branch(self, place: int) -> bool:
        return place + 1 < len(self._depths) and self._depths[place + 1] > self._depths[place]

    def _unfolded(self) -> list[int]:
        if not self.closed:
            return list(range(len(self.items)))
        visible: list[int] = []
        shut_at: int | None = None
        for place, item in enumerate(self.items):
            depth = self._depths[place]
            if shut_at is not None and depth > shut_at:
                continue
            shut_at = depth if self.reader.key(item) in self.closed else None
            visible.append(place)
        return visible

    def _matching(self) -> list[int]:
        if self._texts is None:
            self._texts = [search_key(self.reader.text(item)) for item in self.items]
        found = {place for place, text in enumerate(self._texts) if self.wanted in text}
        shown = set(found)
        path: list[int] = []
        for place in range(len(self.items)):
            while path and self._depths[path[-1]] >= self._depths[place]:
                path.pop()
            if place in found:
                shown.update(path)
            path.append(place)
        visible = sorted(shown)
        self._matches = [index for index, place in enumerate(visible) if place in found]
        return visible


class WindowRows(Generic[V]):
    """Keys in memory, rows read in windows of ``WINDOW`` when they come into view; for lists of thousands."""

    def __init__(self, keys: Sequence[str], fetch: Callable[[Sequence[str]], Awaitable[Mapping[str, V]]]) -> None:
        self._keys = keys
        self._fetch = fetch
        self._index = {key: index for index, key in enumerate(keys)}
        self._known: dict[str, V] = {}

    def __len__(self) -> int:
        return len(self._keys)

    def key_at(self, index: int) -> str:
        """Return the key of the row at ``index``."""
        return self._keys[index]

    def index_of(self, key: str) -> int | None:
        """Return where the row with ``key`` is, or None."""
        return self._index.get(key)

    def holds(self, key: str) -> bool:
        """Return whether ``key`` is among the keys."""
        return key in self._index

    def row(self, index: int) -> V | None:
        """Return the row at ``index`` if its window was read."""
        return self._known.get(self._keys[index])

    def next_match(self, index: int, step: int) -> int | None:
        """Return the neighbouring row: keys are already only those that were found."""
        return (index + step) % len(self._keys) if self._keys else None

    async def read(self, start: int, stop: int) -> None:
        """Read the windows that cover ``start`` to ``stop``, in one question."""
        first = start // WINDOW * WINDOW
        missing = [key for key in self._keys[first : -(-stop // WINDOW) * WINDOW] if key not in self._known]
        if missing:
            self._known.update(await self._fetch(missing))
