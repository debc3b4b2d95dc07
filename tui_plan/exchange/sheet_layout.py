"""Finding the table among the lines of a sheet: the row of headings, the titles above it, and the blocks of Annex 1.

Annex 1 sets each development area out by itself: a line "Development area 1: …", a line "Priority", the seven headings,
and the rows. Such blocks become one table with the area and its priority as columns in front.
Only the readers of sheet files call this.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from tui_plan.exchange.sheet_columns import Field, field_count, field_named
from tui_plan.model.errors import ImportProblem

LARGEST_FILE = 20_000_000
MOST_ROWS = 100_000
MOST_COLUMNS = 200
TITLE_LINES = 50
MOST_TITLE_PARTS = 4
AREA_HEADING, PRIORITY_HEADING = "Development area", "Priority"

_AREA_TITLE = re.compile(r"(?:priority )?development area\b\s*[0-9]*\s*[:.–—-]?\s*(.*)", re.IGNORECASE)
_PRIORITY_TITLE = re.compile(r"priority\b\s*[:.–—-]?\s*(.*)", re.IGNORECASE)

Line = Sequence[str]


@dataclass(frozen=True, slots=True)
class RawSheet:
    """What stands in a file: a worksheet's or the file's name, all lines from the first, remarks about the reading."""

    name: str
    lines: tuple[tuple[str, ...], ...]
    remarks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class SheetRow:
    """One row as it stands: its number in the spreadsheet, from 1, and one cell for each heading."""

    number: int
    cells: tuple[str, ...]

    @property
    def blank(self) -> bool:
        """Whether no cell holds anything."""
        return not any(self.cells)


@dataclass(frozen=True, slots=True)
class Table:
    """Headings and rows found among the lines; ``heading_row`` counts from 1."""

    headings: tuple[str, ...]
    rows: tuple[SheetRow, ...]
    heading_row: int
    remarks: tuple[str, ...]


def find_table(lines: Sequence[Line], mapping: Mapping[str, str]) -> Table | None:
    """Return the table that stands in ``lines``, or None when no line can be recognised as headings.

    Raises ImportProblem when the blocks of Annex 1 differ in their headings.
    """
    start = _heading_line(lines, mapping)
    if start is None:
        return None
    width = max(_filled_width(line) for line in lines[start:])
    if any(_area_title(line) is not None for line in lines[:start]):
        return _table_of_blocks(lines, _padded(lines[start], width), start, mapping)
    first, start, headings = _joined_headings(lines, start, width, mapping)
    above = [
        cell for line in lines[:start] for cell in line if cell and not (line is lines[first] and cell in headings)
    ]
    rows = tuple(SheetRow(at + 1, _padded(lines[at], width)) for at in range(start + 1, len(lines)))
    return Table(headings, rows, start + 1, _above(above))


def _heading_line(lines: Sequence[Line], mapping: Mapping[str, str]) -> int | None:
    """The line that names most fields, two at least (in Annex 1 the first such), else the first that names the action.

    "What", "Who" and "When" may stand as groups above the headings themselves; those name more.
    """
    counts = [field_count(tuple(line), mapping) for line in lines[:TITLE_LINES]]
    first = next((at for at, count in enumerate(counts) if count > 1), None)
    if first is not None:
        blocks = any(_area_title(line) is not None for line in lines[:first])
        return first if blocks else counts.index(max(counts))
    mapped = {heading.casefold() for heading, field in mapping.items() if field == Field.ACTION}
    for at, line in enumerate(lines[:TITLE_LINES]):
        if any(field_named(cell) is Field.ACTION or cell.casefold() in mapped for cell in line if cell):
            return at
    return None


def _joined_headings(
    lines: Sequence[Line], start: int, width: int, mapping: Mapping[str, str]
) -> tuple[int, int, tuple[str, ...]]:
    """Return the first and the last line of headings, and the headings: of two lines where those name more together.

    The lower of two lines tells more exactly what a column holds ("Start" and "End" below "Dates").
    """
    best = (start, start, _padded(lines[start], width))
    for upper in (start, start - 1):
        if 0 <= upper < len(lines) - 1:
            both = zip(_padded(lines[upper + 1], width), _padded(lines[upper], width), strict=True)
            headings = tuple(below or above for below, above in both)
            if field_count(headings, mapping) > field_count(best[2], mapping):
                best = (upper, upper + 1, headings)
    return best


def _table_of_blocks(lines: Sequence[Line], headings: tuple[str, ...], start: int, mapping: Mapping[str, str]) -> Table:
    """Read blocks of Annex 1: each line is a title, the repeated headings, or a row of the area last titled."""
    area = priority = ""
    above: list[str] = []
    rows: list[SheetRow] = []
    titled = False
    for at, line in enumerate(lines):
        cells = _padded(line, len(headings))
        if (title := _area_title(line)) is not None:
            (area, priority), titled = title, True
        elif cells == headings:
            titled = False
        elif titled and (found := _priority_title(line)) is not None:
            priority = found
        elif at < start:
            above += filter(None, line)
        elif titled and field_count(cells, mapping) > 1:
            raise ImportProblem(
                f"The headings in row {at + 1} differ from those in row {start + 1}: make them the same."
            )
        else:
            rows.append(SheetRow(at + 1, ("", "", *cells) if not any(cells) else (area, priority, *cells)))
    return Table((AREA_HEADING, PRIORITY_HEADING, *headings), tuple(rows), start + 1, _above(above))


def _area_title(line: Line) -> tuple[str, str] | None:
    """Return area and priority of a line such as "Development area 1: Protocols", or None for any other line."""
    parts = _parts(line)
    match = _AREA_TITLE.fullmatch(parts[0]) if 0 < len(parts) <= MOST_TITLE_PARTS else None
    if match is None:
        return None
    rest = parts[1:]
    area = match[1] or (rest.pop(0) if rest and not _PRIORITY_TITLE.fullmatch(rest[0]) else "")
    return area, _priority_title(rest) or ""


def _priority_title(line: Line) -> str | None:
    """Return the priority of a line such as "Priority: high", or None for any other line."""
    parts = _parts(line)
    match = _PRIORITY_TITLE.fullmatch(parts[0]) if 0 < len(parts) <= MOST_TITLE_PARTS else None
    if match is None:
        return None
    return match[1] or " ".join(parts[1:])


def _parts(line: Line) -> list[str]:
    return [part.strip() for cell in line for part in cell.split("\n") if part.strip()]


def _padded(line: Line, width: int) -> tuple[str, ...]:
    return (*line[:width], *("",) * (width - len(line)))


def _filled_width(line: Line) -> int:
    """How many cells there are up to the last that holds anything."""
    return next((at for at in range(len(line), 0, -1) if line[at - 1]), 0)


def _above(texts: list[str]) -> tuple[str, ...]:
    return (f"Above the headings, not taken into the plan: {'; '.join(texts)}",) if texts else ()
