"""A paper as plain values: head, sections, tables and lists, which each writer only has to lay out.

Whoever makes a paper about people builds one and hands it to ``document_text``, ``document_markdown`` or
``document_html``. All texts in it are cleaned here, on one line each.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import NamedTuple

from tui_plan.model.clean import clean


class Row(NamedTuple):
    """A row of a table. One that is ``marked`` wants attention: some word in it says why."""

    cells: tuple[str, ...]
    marked: bool = False


class Table(NamedTuple):
    """Rows of as many cells as there are headings."""

    headings: tuple[str, ...]
    rows: tuple[Row, ...]

    def is_numeric(self, column: int) -> bool:
        """Whether a column holds nothing but numbers and what stands for them, so that it is set to the right."""
        cells = [row.cells[column] for row in self.rows if row.cells[column]]
        return bool(cells) and all(map(_is_number, cells))

    def filled(self) -> "Table":
        """Return the table without the columns in which nothing stands."""
        kept = [column for column in range(len(self.headings)) if any(row.cells[column] for row in self.rows)]
        rows = tuple(Row(tuple(row.cells[column] for column in kept), row.marked) for row in self.rows)
        return Table(tuple(self.headings[column] for column in kept), rows)


class Item(NamedTuple):
    """A line of a list, with lines that belong to it."""

    text: str
    inside: tuple[str, ...] = ()
    marked: bool = False


class Section(NamedTuple):
    """A part of a paper: a title, words, a table, a list, and what was left out at its end; each may be empty."""

    title: str
    words: str = ""
    table: Table | None = None
    items: tuple[Item, ...] = ()
    more: str = ""

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing below the title."""
        return not (self.words or self.items or (self.table and self.table.rows))


@dataclass(frozen=True, slots=True)
class Document:
    """A whole paper. ``facts`` are label and text for its head; ``warning`` stands above all else.

    ``withheld`` is a sentence about what may not leave the house, or empty.
    """

    title: str
    facts: tuple[tuple[str, str], ...]
    sections: tuple[Section, ...]
    warning: str = ""
    withheld: str = ""


def paper(
    title: str,
    facts: Iterable[tuple[str, str]],
    sections: Iterable[Section],
    *,
    warning: str = "",
    withheld: str = "",
) -> Document:
    """Return a paper with all texts cleaned, without the facts and sections that say nothing."""
    return Document(
        clean(title),
        tuple((label, clean(text)) for label, text in facts if clean(text)),
        tuple(_cleaned(section) for section in sections if not section.is_empty),
        warning,
        withheld,
    )


def shortened(items: Iterable[Item], most: int) -> tuple[tuple[Item, ...], str]:
    """Return at most so many items, and in words how many more there are."""
    found = tuple(items)
    return found[:most], more_words(len(found) - most)


def more_words(count: int) -> str:
    """Return "and 12 more", or nothing where there are none."""
    return f"and {count:,} more" if count > 0 else ""


def gathered(pairs: Iterable[tuple[str, str]]) -> Iterator[Item]:
    """Yield an item for each heading, with the lines below it; the pairs of one heading stand together."""
    for heading, lines in groupby(pairs, key=lambda pair: pair[0]):
        yield Item(heading, tuple(line for _, line in lines))


def _cleaned(section: Section) -> Section:
    table = section.table and section.table._replace(
        rows=tuple(Row(tuple(map(clean, row.cells)), row.marked) for row in section.table.rows)
    )
    items = tuple(Item(clean(item.text), tuple(map(clean, item.inside)), item.marked) for item in section.items)
    return section._replace(title=clean(section.title), words=clean(section.words), table=table, items=items)


def _is_number(cell: str) -> bool:
    return cell in {"–", "n/a"} or cell.removesuffix(" %").replace(",", "").isdecimal()
