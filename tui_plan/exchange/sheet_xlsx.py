"""Reading the worksheets of an XLSX file as text, merged cells filled in. Only ``sheet_file`` calls this.

openpyxl is loaded here and nowhere earlier: most commands never read a workbook.
"""

import io
import warnings
import zipfile
import zlib
from collections.abc import Iterator
from datetime import date, datetime, time
from typing import TYPE_CHECKING

from tui_plan.exchange.sheet_layout import LARGEST_FILE, MOST_COLUMNS, MOST_ROWS, RawSheet
from tui_plan.model.errors import ImportProblem

if TYPE_CHECKING:
    from openpyxl.workbook import Workbook
    from openpyxl.worksheet.worksheet import Worksheet

LARGEST_UNPACKED = 3 * LARGEST_FILE


def read_worksheets(content: bytes, file: str) -> list[RawSheet]:
    """Return each worksheet of ``content`` as lines of text, not yet cleaned; formulas give their stored values.

    Raises ImportProblem when it is no workbook, is too large unpacked, or formulas hold no stored value.
    """
    formulas = _check_archive(content, file)
    book = _load(content, file, values=True)
    if formulas:
        _check_formulas(book, _load(content, file, values=False), file)
    return [RawSheet(str(sheet.title), _lines(sheet, file)) for sheet in book.worksheets]


def _check_archive(content: bytes, file: str) -> bool:
    """Check the unpacked size, which the zip file declares and is held to; tell whether there are formulas."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            if sum(member.file_size for member in archive.infolist()) > LARGEST_UNPACKED:
                raise ImportProblem(f"{file} is too large when it is unpacked: split it.")
            sheets = [
                name for name in archive.namelist() if name.startswith("xl/worksheets/") and name.endswith(".xml")
            ]
            if not sheets:
                raise ImportProblem(f"{file} is not an Excel workbook: save it as .xlsx or as CSV.")
            return any(b"<f>" in data or b"<f " in data for data in map(archive.read, sheets))
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, OSError, zlib.error) as error:
        raise ImportProblem(f"{file} is damaged: open it in your spreadsheet program and save it again.") from error


def _load(content: bytes, file: str, *, values: bool) -> "Workbook":
    import openpyxl
    from openpyxl.utils.exceptions import InvalidFileException

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return openpyxl.load_workbook(io.BytesIO(content), data_only=values, keep_links=False)
    except (InvalidFileException, KeyError, ValueError, TypeError, AttributeError, IndexError, SyntaxError) as error:
        raise ImportProblem(f"{file} is not a workbook that can be read: save it again as .xlsx or as CSV.") from error


def _check_formulas(book: "Workbook", formulas: "Workbook", file: str) -> None:
    """A workbook written by another program than a spreadsheet may hold formulas that nothing has worked out."""
    problems = [
        f"{sheet.title} {cell.coordinate} holds a formula without a value"
        for sheet in formulas.worksheets
        for row in sheet.iter_rows()
        for cell in row
        if cell.data_type == "f" and book[sheet.title][cell.coordinate].value is None
    ]
    if problems:
        raise ImportProblem(
            f"{file} has formulas that were never worked out ({problems[0]}): save it in a spreadsheet program.",
            tuple(problems),
        )


def _lines(sheet: "Worksheet", file: str) -> tuple[tuple[str, ...], ...]:
    """Formatting reaches far beyond what is written, so empty lines and columns at the end are left out."""
    if (sheet.max_row or 0) > 2 * MOST_ROWS or (sheet.max_column or 0) > 100 * MOST_COLUMNS:
        raise ImportProblem(f"{file}: the worksheet {sheet.title} is too large: remove its unused rows and columns.")
    lines = [[_text(value) for value in row] for row in sheet.iter_rows(values_only=True)]
    for row, column, text in _merged(sheet):
        lines[row][column] = text
    lines = [line[: _last_filled(line)] for line in lines]
    while lines and not lines[-1]:
        lines.pop()
    return tuple(map(tuple, lines))


def _last_filled(line: list[str]) -> int:
    return next((at for at in range(len(line), 0, -1) if line[at - 1]), 0)


def _merged(sheet: "Worksheet") -> Iterator[tuple[int, int, str]]:
    """Yield row and column (from 0) and the text of each cell that a merge downwards has emptied.

    Sideways nothing is repeated: a title across the sheet is one text, not one for each column.
    """
    for area in sheet.merged_cells.ranges:
        text = _text(sheet.cell(area.min_row, area.min_col).value)
        for row in range(area.min_row + 1, area.max_row + 1):
            yield row - 1, area.min_col - 1, text


def _text(value: object) -> str:
    """Return a cell's value as it would be typed: dates in ISO, whole numbers without a point."""
    if value is None:
        return ""
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time() else value.isoformat(" ", "minutes")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() else repr(value)
    return str(value)
