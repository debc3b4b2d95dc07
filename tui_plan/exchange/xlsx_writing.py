"""How our workbooks look, and how a value becomes a cell. Only the writers of sheets and of Annex 1 call it.

Import it only where a workbook is really made: it loads openpyxl.
"""

import io
from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.properties import PageSetupProperties

from tui_plan.exchange.sheet_file import guard_cell
from tui_plan.model.clean import clean

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

CellValue = str | date
LONGEST_CELL = 32_767
"""What a spreadsheet program can hold in one cell."""

_CUT = "… (cut here: the CSV file has it whole)"
_LINE = Side(style="thin", color="C9CED6")
_BORDER = Border(left=_LINE, right=_LINE, top=_LINE, bottom=_LINE)
_TOP = Alignment(wrap_text=True, vertical="top")
_HEADING = Font(bold=True, color="FFFFFF")
_HEADING_FILL = PatternFill("solid", fgColor="1F5A8C")
_TITLE = Font(bold=True, size=14)
_LABEL = Font(bold=True, color="565D66")
_A4 = 9


def new_book(title: str) -> Workbook:
    """Return a workbook without any sheet."""
    book = Workbook()
    for sheet in book.worksheets:
        book.remove(sheet)
    book.properties.title = title
    book.properties.creator = "tui-plan"
    return book


def put_row(sheet: "Worksheet", row: int, values: Sequence[CellValue], *, dates: str = "yyyy-mm-dd") -> None:
    """Write one row of a table: texts as texts, whatever they begin with, and days as real dates."""
    for column, value in enumerate(values, 1):
        cell = sheet.cell(row, column)
        cell.alignment = _TOP
        cell.border = _BORDER
        if isinstance(value, str):
            if value:
                put_text(sheet, row, column, value)
        else:
            cell.value = value
            cell.number_format = dates


def put_headings(sheet: "Worksheet", row: int, headings: Sequence[str], widths: Sequence[float]) -> None:
    """Write the headings of a table, set the widths (in characters), and let them stay in view and on each page."""
    for column, (heading, width) in enumerate(zip(headings, widths, strict=True), 1):
        put_text(sheet, row, column, heading)
        cell = sheet.cell(row, column)
        cell.font, cell.fill, cell.alignment, cell.border = _HEADING, _HEADING_FILL, _TOP, _BORDER
        sheet.column_dimensions[get_column_letter(column)].width = width
    sheet.freeze_panes = f"A{row + 1}"
    sheet.print_title_rows = f"{row}:{row}"


def put_title(sheet: "Worksheet", row: int, text: str) -> None:
    """Write a title."""
    put_text(sheet, row, 1, text)
    sheet.cell(row, 1).font = _TITLE


def put_fact(sheet: "Worksheet", row: int, label: str, text: str) -> None:
    """Write a label and its text."""
    put_text(sheet, row, 1, label)
    put_text(sheet, row, 2, text)
    sheet.cell(row, 1).font = _LABEL
    sheet.cell(row, 1).alignment = sheet.cell(row, 2).alignment = _TOP


def put_text(sheet: "Worksheet", row: int, column: int, text: str) -> None:
    """Write a text so that it stays one: not a formula, an error or a number."""
    guarded = guard_cell(clean(text, lines=True))
    cell = sheet.cell(row, column)
    cell.value = guarded if len(guarded) <= LONGEST_CELL else guarded[: LONGEST_CELL - len(_CUT)] + _CUT
    cell.data_type = "s"


def set_page(sheet: "Worksheet", footer: str) -> None:
    """Make the sheet print on A4 paper across, as wide as one page, with page numbers."""
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = _A4
    sheet.page_setup.fitToWidth = 1
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    if sheet.oddFooter is not None:
        sheet.oddFooter.left.text = footer.replace("&", "&&")[:200]
        sheet.oddFooter.right.text = "&P / &N"


def book_bytes(book: Workbook) -> bytes:
    """Return the workbook as a file's content."""
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()
