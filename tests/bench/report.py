"""What the benchmark says: one row for each budget, with its yardstick and the verdict, as an aligned table."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass

_HEADINGS = ("what", "data", "tui-plan", "yardstick", "", "figure", "budget", "verdict")


class NotMeasured(Exception):
    """The program did not do what was to be measured; the message says what it said."""


@dataclass(frozen=True)
class Row:
    """One measurement: ``figure`` is held against ``budget``, both in ``unit`` (× of the yardstick, bytes …)."""

    what: str
    data: str
    ours: str
    yardstick: str
    beside: str
    figure: float
    budget: float
    unit: str

    @property
    def verdict(self) -> str:
        return "fine" if self.figure <= self.budget else "OVER"

    def cells(self) -> tuple[str, ...]:
        """Return the row as it is printed."""
        figures = (f"{figure:.4g}{self.unit}" for figure in (self.figure, self.budget))
        return (self.what, self.data, self.ours, self.yardstick, self.beside, *figures, self.verdict)


def ratio(what: str, data: str, ours: float, yardstick: float, beside: str, budget: float, unit: str = "ms") -> Row:
    """Return the row of a quantity that may be at most ``budget`` times its yardstick."""
    return Row(what, data, f"{ours:.1f} {unit}", f"{yardstick:.1f} {unit}", beside, ours / yardstick, budget, "×")


def table(rows: Sequence[Row]) -> str:
    """Return all rows below their headings, in columns; figures stand to the right."""
    cells = [_HEADINGS, *(row.cells() for row in rows)]
    widths = [max(len(line[place]) for line in cells) for place in range(len(_HEADINGS))]
    right = {2, 3, 5, 6}
    lines = [
        "  ".join(
            cell.rjust(width) if place in right else cell.ljust(width)
            for place, (cell, width) in enumerate(zip(line, widths, strict=True))
        ).rstrip()
        for line in cells
    ]
    return "\n".join(lines)


def plain(rows: Sequence[Row]) -> list[dict[str, object]]:
    """Return the rows as JSON takes them."""
    return [asdict(row) | {"verdict": row.verdict} for row in rows]
