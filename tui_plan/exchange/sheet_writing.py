"""Writing the table of a plan as CSV (RFC 4180) or as a workbook. Takes the value that ``sheet_rows`` makes.

The writer of Annex 1 as CSV uses ``csv_text`` as well. Bytes come back; ``files.write_file`` puts them into place.
"""

import codecs
import csv
import io
from collections.abc import Iterable, Sequence
from datetime import date

from tui_plan.exchange.sheet_file import guard_cell
from tui_plan.exchange.sheet_rows import Cell, PlanSheet
from tui_plan.model.clean import clean

_NARROW, _WIDE, _DAY = 16.0, 44.0, 12.0


def sheet_csv(sheet: PlanSheet, *, bom: bool = False) -> bytes:
    """Return the table as CSV in UTF-8; ``bom`` puts the mark before it by which Excel knows UTF-8."""
    return csv_text([sheet.headings, *sheet.rows], bom=bom)


def csv_text(lines: Iterable[Sequence[Cell]], *, bom: bool = False) -> bytes:
    """Return lines of cells as CSV: lines end in CR LF, days are ISO, and no cell can be taken for a formula."""
    text = io.StringIO(newline="")
    csv.writer(text).writerows([_typed(cell) for cell in line] for line in lines)
    return (codecs.BOM_UTF8 if bom else b"") + text.getvalue().encode()


def sheet_xlsx(sheet: PlanSheet, *, page_name: str = "Plan") -> bytes:
    """Return the table as a workbook with one sheet: real dates, headings that stay in view, a filter on each."""
    from tui_plan.exchange.xlsx_writing import book_bytes, new_book, put_headings, put_row, set_page

    book = new_book(sheet.name)
    page = book.create_sheet(page_name)
    put_headings(page, 1, sheet.headings, [_width(sheet, column) for column in range(len(sheet.headings))])
    for row, cells in enumerate(sheet.rows, 2):
        put_row(page, row, cells)
    page.auto_filter.ref = page.dimensions
    set_page(page, " · ".join(filter(None, [sheet.name, sheet.withheld])))
    return book_bytes(book)


def _typed(cell: Cell) -> str:
    return cell.isoformat() if isinstance(cell, date) else guard_cell(clean(cell, lines=True))


def _width(sheet: PlanSheet, column: int) -> float:
    """Return a width in characters: as wide as what stands there, within what reads well."""
    cells = [row[column] for row in sheet.rows]
    if any(isinstance(cell, date) for cell in cells):
        return _DAY
    longest = max((len(line) for cell in cells if isinstance(cell, str) for line in cell.split("\n")), default=0)
    return min(max(float(longest), len(sheet.headings[column]) + 4.0, 8.0), _WIDE if longest > 60 else 28.0)
