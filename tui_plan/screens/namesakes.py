"""Names in a list that two have: each is shown with where they belong, however narrow the list is."""

from collections import Counter
from collections.abc import Container, Iterable

from tui_plan.widgets.lines import Cell, Piece, Role


def said_twice(names: Iterable[str]) -> frozenset[str]:
    """Return the names that come more than once."""
    return frozenset(name for name, times in Counter(names).items() if times > 1)


def name_cell(name: str, place: str, twice: Container[str], role: Role) -> Cell:
    """Return the cell of a name, with its place behind it where the name is among ``twice``."""
    return (Piece(name, role), Piece(f", {place}", Role.DIM)) if place and name in twice else Piece(name, role)
