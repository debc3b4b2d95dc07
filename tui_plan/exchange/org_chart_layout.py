"""Where the boxes of an org chart stand, and the lines between them: geometry alone, for ``org_chart_svg``.

A small branch hangs in a column below its head; a larger one is spread in rows beneath it. Lengths are in pixels,
positions count from the left and the top.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import product
from typing import NamedTuple

from tui_plan.insight.org_chart import ChartNode

BOX_WIDTH = 208
PAGE_WIDTH, PAGE_HEIGHT = 1_270, 860
"""About what stands on a sheet of A4 across with letters that can still be read."""

_ROOMS = (PAGE_WIDTH, 1_560, 1_950, 2_400)
_BESIDE, _BELOW, _STACKED, _INDENT, _BETWEEN = 22, 34, 12, 26, 44
_HANGING = (4, 6, 8, 11, 14, 18, 24)
"""So many boxes may hang in one column before a branch is spread. All are tried, in rooms of several widths, and what
fits a page best is taken."""

_DEEPEST = 12
"""Levels that are told apart: what lies deeper stands on the last of them."""


class Point(NamedTuple):
    """A place on the chart."""

    x: float
    y: float


class Box(NamedTuple):
    """A node with the place of its upper left corner and its height."""

    node: ChartNode
    x: float
    y: float
    height: float


@dataclass(slots=True)
class Block:
    """A part of the chart by itself. ``entry`` is where the line from above comes in, measured from the left."""

    width: float
    height: float
    entry: float
    boxes: list[Box] = field(default_factory=list)
    lines: list[tuple[Point, ...]] = field(default_factory=list)

    def take(self, other: "Block", x: float, y: float) -> None:
        """Take another block in at a place within this one."""
        self.boxes += [box._replace(x=box.x + x, y=box.y + y) for box in other.boxes]
        self.lines += [tuple(Point(point.x + x, point.y + y) for point in line) for line in other.lines]
        self.width = max(self.width, x + other.width)
        self.height = max(self.height, y + other.height)


@dataclass(slots=True)
class _Branch:
    node: ChartNode
    height: float
    size: int = 1
    below: list["_Branch"] = field(default_factory=list)


def chart_layout(nodes: Sequence[ChartNode], heights: Sequence[float]) -> Block:
    """Return the whole chart laid out; ``heights`` are those of the boxes, in the order of the nodes."""
    branches = _branches(nodes, heights)
    return min((_whole(branches, room, most) for room, most in product(_ROOMS, _HANGING)), key=_pages)


def _whole(branches: Sequence[_Branch], room: float, most: int) -> Block:
    blocks = [_laid_out(branch, room, most) for branch in branches]
    whole = Block(0, 0, 0)
    for x, y, block in _in_rows(blocks, room, beside=_BETWEEN, below=_BETWEEN):
        whole.take(block, x, y)
    return whole


def _pages(block: Block) -> float:
    """Return by how much a block must shrink to stand on one page."""
    return max(block.width / PAGE_WIDTH, block.height / PAGE_HEIGHT)


def _branches(nodes: Sequence[ChartNode], heights: Sequence[float]) -> list[_Branch]:
    roots: list[_Branch] = []
    path: list[_Branch] = []
    for node, height in zip(nodes, heights, strict=True):
        branch = _Branch(node, height)
        path = path[: min(node.depth, _DEEPEST)]
        for above in path:
            above.size += 1
        (path[-1].below if path else roots).append(branch)
        path.append(branch)
    return roots


def _laid_out(branch: _Branch, room: float, most: int) -> Block:
    hangs = branch.size <= most or room < 2 * BOX_WIDTH
    return _hanging(branch) if hangs else _spread(branch, room, most)


def _hanging(branch: _Branch) -> Block:
    """Lay a branch out as a column, what lies below each box set in beneath it."""
    block = Block(BOX_WIDTH, branch.height, BOX_WIDTH / 2, [Box(branch.node, 0, 0, branch.height)])
    trunk = _INDENT / 2
    for below in branch.below:
        y = block.height + _STACKED
        middle = y + below.height / 2
        block.lines.append((Point(trunk, branch.height), Point(trunk, middle), Point(_INDENT, middle)))
        block.take(_hanging(below), _INDENT, y)
    return block


def _spread(branch: _Branch, room: float, most: int) -> Block:
    """Lay a branch out with its head above, and what lies below it side by side in as many rows as it takes."""
    blocks = [_laid_out(below, room - _INDENT, most) for below in branch.below]
    placed = list(_in_rows(blocks, room - _INDENT, beside=_BESIDE, below=_BELOW))
    first = [x + block.entry for x, y, block in placed if y == 0]
    several = len(first) < len(placed)
    left, top = (_INDENT if several else 0), branch.height + _BELOW
    entry = max((first[0] + first[-1]) / 2 + left, BOX_WIDTH / 2)
    spread = Block(BOX_WIDTH, branch.height, entry, [Box(branch.node, entry - BOX_WIDTH / 2, 0, branch.height)])
    for x, y, block in placed:
        spread.take(block, x + left, y + top)
        down = x + left + block.entry
        bus = y + top - _BELOW / 2
        spread.lines.append((*_from_head(entry, branch.height, bus, several), Point(down, bus), Point(down, y + top)))
    return spread


def _from_head(entry: float, bottom: float, bus: float, several: bool) -> tuple[Point, ...]:
    """Return the way from a head to the line above a row: straight down, for later rows around by the left."""
    first = bottom + _BELOW / 2
    around = (Point(_INDENT / 2, first), Point(_INDENT / 2, bus)) if several and bus > first else ()
    return (Point(entry, bottom), Point(entry, first), *around)


def _in_rows(
    blocks: Sequence[Block], room: float, *, beside: float, below: float
) -> Iterator[tuple[float, float, Block]]:
    """Yield blocks with their places, side by side as far as there is room, then in the next row."""
    x = y = height = 0.0
    for block in blocks:
        if x and x + block.width > room:
            x, y, height = 0.0, y + height + below, 0.0
        yield x, y, block
        x, height = x + block.width + beside, max(height, block.height)
