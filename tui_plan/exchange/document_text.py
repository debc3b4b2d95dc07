"""A paper as text for a terminal, a mail or a printer, in lines of at most 80 cells.

Takes the value of ``document``.
"""

from collections.abc import Iterator

from tui_plan.exchange.document import Document, Item, Section, Table
from tui_plan.exchange.fixed_width import beside, cells, fit, wrapped

PAPER_WIDTH = 80
MARK = "!"
_INDENT = 2
_NARROWEST = 3
_MANY_COLUMNS = 7
_SHORT = 16
"""Cells as short as a date are kept on one line where that can be."""

_LONG = 40
"""Cells that are longer than this do not make a column wider still: a single one shall not press the others."""


def document_text(paper: Document, width: int = PAPER_WIDTH) -> str:
    """Return the paper as lines of at most ``width`` cells; what is marked has an exclamation mark before it."""
    blocks = [list(_head(paper, width)), *(list(_section(section, width)) for section in paper.sections)]
    blocks.append(wrapped(paper.withheld, width))
    return "\n\n".join("\n".join(block) for block in blocks if block) + "\n"


def _head(paper: Document, width: int) -> Iterator[str]:
    if paper.warning:
        yield from wrapped(paper.warning, width)
        yield ""
    yield from wrapped(paper.title, width)
    yield "=" * min(cells(paper.title), width)
    room = max((cells(label) for label, _ in paper.facts), default=0) + 1
    for label, text in paper.facts:
        yield from beside([[f"{label}:"], wrapped(text, width - room - 1)], [room, width - room - 1])


def _section(section: Section, width: int) -> Iterator[str]:
    if section.title:
        yield from wrapped(section.title.upper(), width)
    yield from _indented(section.words, width)
    for item in section.items:
        yield from _item(item, width)
    if section.table and section.table.rows:
        yield from ("",) if section.words else ()
        yield from _table(section.table, width)
    yield from _indented(section.more, width)


def _indented(words: str, width: int) -> Iterator[str]:
    for line in wrapped(words, width - _INDENT):
        yield " " * _INDENT + line


def _item(item: Item, width: int) -> Iterator[str]:
    sign = MARK if item.marked else "-"
    yield from beside([[sign], wrapped(item.text, width - _INDENT)], [1, width - _INDENT])
    for line in item.inside:
        yield from beside([[""], ["-"], wrapped(line, width - 2 * _INDENT)], [1, 1, width - 2 * _INDENT])


def _table(table: Table, width: int) -> Iterator[str]:
    gap = "  " if len(table.headings) < _MANY_COLUMNS else " "
    widths = _widths(table, width - _INDENT - len(gap) * (len(table.headings) - 1))
    numeric = [table.is_numeric(column) for column in range(len(table.headings))]

    def laid_out(texts: tuple[str, ...], sign: str = "") -> Iterator[str]:
        columns = (
            [fit(line, room, right=right) for line in wrapped(text, room)]
            for text, room, right in zip(texts, widths, numeric, strict=True)
        )
        for line in beside(list(columns), widths, gap):
            yield f"{sign:<{_INDENT}}{line}".rstrip()
            sign = ""

    yield from laid_out(table.headings)
    yield from laid_out(tuple("-" * room for room in widths))
    for row in table.rows:
        yield from laid_out(row.cells, MARK if row.marked else "")


def _widths(table: Table, room: int) -> list[int]:
    """Return the widths of the columns: as wide as what stands there, or else so that few lines are needed."""
    columns = [_widths_of_words(table, column) for column in range(len(table.headings))]
    natural = [max(whole) for whole, _ in columns]
    limit = max(natural, default=0)
    least = [max(whole) if max(whole) <= _SHORT else max(words) for whole, words in columns]
    while limit > _NARROWEST and sum(min(one, limit) for one in least) > room:
        limit -= 1
    found = [min(one, limit) for one in least]
    weights = [sum(whole) * min(max(whole), _LONG) for whole, _ in columns]
    for _ in range(min(room, sum(natural)) - sum(found)):
        wanting = [column for column, width in enumerate(found) if width < natural[column]]
        found[max(wanting, key=lambda column: weights[column] / found[column] ** 2)] += 1
    return found


def _widths_of_words(table: Table, column: int) -> tuple[list[int], list[int]]:
    """Return how wide the cells of a column are, and their words; a heading above numbers may break."""
    heading = table.headings[column]
    numeric = table.is_numeric(column)
    parts = heading.replace("-", "- ").split()
    texts = [row.cells[column] for row in table.rows]
    whole = [*map(cells, texts), *map(cells, parts if numeric else [heading])]
    return whole, [cells(word) for text in (*texts, *parts) for word in text.split()] or [1]
