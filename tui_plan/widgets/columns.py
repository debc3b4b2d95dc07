"""How a list's columns share its width. Plain arithmetic, used by ``line_list``."""

from collections.abc import Sequence
from typing import NamedTuple

GAP = 2


class Column(NamedTuple):
    """One column: ``width`` in cells, or 0 to share what is left by ``share``; numbers stand ``right``.

    Where the screen is narrow, columns with the highest ``drop`` leave first, until the sharing ones have ``least``.
    """

    title: str = ""
    width: int = 0
    right: bool = False
    share: int = 1
    least: int = 24
    drop: int = 0


def shared_widths(columns: Sequence[Column], room: int) -> list[int]:
    """Return the width of each column in ``room`` cells; 0 for one that does not fit."""
    kept = set(range(len(columns)))
    while _needed(columns, kept) > room:
        leaving = max(kept, key=lambda index: (columns[index].drop, index))
        if columns[leaving].drop == 0:
            break
        kept.remove(leaving)
    return _spread(columns, kept, room)


def _needed(columns: Sequence[Column], kept: set[int]) -> int:
    return sum(columns[index].width or columns[index].least for index in kept) + GAP * (len(kept) - 1)


def _spread(columns: Sequence[Column], kept: set[int], room: int) -> list[int]:
    fixed = sum(columns[index].width for index in kept) + GAP * (len(kept) - 1)
    sharing = [index for index in sorted(kept) if not columns[index].width]
    shares = sum(columns[index].share for index in sharing)
    left = max(0, room - fixed)
    widths = [columns[index].width if index in kept else 0 for index in range(len(columns))]
    for index in sharing:
        widths[index] = left * columns[index].share // shares
    if sharing:
        widths[sharing[0]] += left - sum(widths[index] for index in sharing)
    return widths
