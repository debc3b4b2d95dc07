"""Annex 1 as CSV and XLSX, in the blocks that our own reader of sheets recognises. Takes the value of ``annex1``."""

import re
from typing import TYPE_CHECKING

from tui_plan.exchange.annex1 import COLUMNS, TIMESCALE, Annex, AnnexArea, AnnexRow, Cell
from tui_plan.exchange.sheet_writing import csv_text

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

    from tui_plan.exchange.xlsx_writing import CellValue

_WIDTHS = (24, 40, 28, 18, 24, 28, 28)
_NOT_IN_NAMES = re.compile(r"[\[\]:*?/\\]")
_LONGEST_NAME = 31


def annex_csv(annex: Annex, *, bom: bool = False) -> bytes:
    """Return the annex as CSV: the head of the plan, then a block for each development area."""
    lines = [["Plan", annex.name], *([label, text] for label, text in _facts(annex))]
    for area in annex.areas:
        lines += [[], [area.heading], [area.priority_line], list(COLUMNS)]
        lines += [[_joined(cell) for cell in row.cells] for row in area.rows]
    return csv_text(lines, bom=bom)


def annex_xlsx(annex: Annex) -> bytes:
    """Return the annex as a workbook: a sheet with the head of the plan, and one for each development area."""
    from tui_plan.exchange.xlsx_writing import book_bytes, new_book, put_fact, put_title

    book = new_book(annex.name)
    head = book.create_sheet("Plan")
    put_title(head, 1, annex.name)
    head.column_dimensions["A"].width, head.column_dimensions["B"].width = 16, 100
    for row, (label, text) in enumerate(_facts(annex), 3):
        put_fact(head, row, label, text)
    for area in annex.areas:
        _fill(book.create_sheet(_sheet_name(area)), annex, area)
    return book_bytes(book)


def _facts(annex: Annex) -> list[tuple[str, str]]:
    """A line below the tables would be read as a row of the last one, so what was withheld stands above."""
    return [*annex.facts, *([("Withheld", annex.withheld)] if annex.withheld else [])]


def _fill(sheet: "Worksheet", annex: Annex, area: AnnexArea) -> None:
    from tui_plan.exchange.xlsx_writing import put_headings, put_row, put_text, put_title, set_page

    put_title(sheet, 1, area.heading)
    put_text(sheet, 2, 1, area.priority_line)
    put_headings(sheet, 4, COLUMNS, _WIDTHS)
    for row, content in enumerate(area.rows, 5):
        put_row(sheet, row, _values(content))
    set_page(sheet, " · ".join(filter(None, [annex.name, area.title, annex.withheld])))


def _values(row: AnnexRow) -> "list[CellValue]":
    values: list[CellValue] = [_joined(cell) for cell in row.cells]
    if row.day is not None:
        values[TIMESCALE] = row.day
    return values


def _sheet_name(area: AnnexArea) -> str:
    """Return a name that spreadsheet programs allow: short and without certain characters; its rank makes it unique."""
    plain = _NOT_IN_NAMES.sub(" ", area.title)
    return " ".join([area.place, *plain.split()])[:_LONGEST_NAME].rstrip("' ")


def _joined(cell: Cell) -> str:
    return "\n".join(cell)
