"""Reading a CSV or XLSX file into one plain table of cleaned text, and the guard of cells that look like formulas.

``operations`` and the command line call ``read_sheet``; the writers of CSV and XLSX call ``guard_cell``. What the
columns mean is not decided here. Whatever is wrong with the file comes out as ImportProblem.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from tui_plan.exchange.sheet_columns import names_actions
from tui_plan.exchange.sheet_csv import read_lines
from tui_plan.exchange.sheet_layout import LARGEST_FILE, MOST_COLUMNS, MOST_ROWS, RawSheet, SheetRow, find_table
from tui_plan.model.clean import MANY_LINES, clean
from tui_plan.model.errors import ImportProblem, NotFound

_GUARDED = re.compile(r"'(?='*[=+\-@\t\r＝＋－＠])")
_DANGEROUS = re.compile(r"'*[=+\-@\t\r＝＋－＠]")
_OLD_EXCEL = b"\xd0\xcf\x11\xe0"


@dataclass(frozen=True, slots=True)
class Sheet:
    """The table of a file: headings, and rows of as many cells; row numbers are those the spreadsheet shows.

    ``name`` is the file's name without its folder.
    """

    name: str
    headings: tuple[str, ...]
    rows: tuple[SheetRow, ...]
    heading_row: int
    remarks: tuple[str, ...] = ()


def read_sheet(path: Path, sheet: str | None = None, mapping: Mapping[str, str] | None = None) -> Sheet:
    """Read the table of a CSV or XLSX file; its kind is seen from its content, not from its name.

    ``sheet`` names the worksheet of an XLSX file; without it the only one that names actions is taken.
    ``mapping`` (heading → field) makes further headings recognisable. Raises NotFound and ImportProblem.
    """
    return _chosen(path.name, raw_sheets(content_of(path), path.name), sheet, mapping or {})


def raw_sheets(content: bytes, file: str) -> list[RawSheet]:
    """Return the lines of a CSV file, or of each worksheet of an XLSX file, cleaned. Raises ImportProblem."""
    if content.startswith(_OLD_EXCEL):
        raise ImportProblem(f"{file} is an old or a locked Excel file: save it as .xlsx without a password.")
    if content.startswith(b"PK\x03\x04"):
        from tui_plan.exchange.sheet_xlsx import read_worksheets

        return [_cleaned(raw, file) for raw in read_worksheets(content, file)]
    return [_cleaned(read_lines(content, file), file)]


def guard_cell(text: str) -> str:
    """Return ``text`` so that no spreadsheet takes it for a formula: with a leading ``'`` where it starts like one."""
    return "'" + text if _DANGEROUS.match(text) else text


def unguard_cell(text: str) -> str:
    """Return ``text`` without the ``'`` that ``guard_cell`` has put before it."""
    return text[1:] if _GUARDED.match(text) else text


def content_of(path: Path) -> bytes:
    """Return what a file holds, 20 MB at most. Raises NotFound, and ImportProblem when it is empty or too large."""
    try:
        size = path.stat().st_size
        if size > LARGEST_FILE:
            raise ImportProblem(f"{path.name} is larger than {LARGEST_FILE // 1_000_000} MB: split it.")
        content = path.read_bytes()
    except FileNotFoundError as error:
        raise NotFound(f"There is no file {path}.") from error
    except OSError as error:
        raise ImportProblem(f"{path} cannot be read: {error.strerror}.") from error
    if not content.strip():
        raise ImportProblem(f"{path.name} is empty.")
    return content


def _cleaned(raw: RawSheet, file: str) -> RawSheet:
    """Check the size, then clean every cell: nothing unclean goes further than this."""
    width = max(map(len, raw.lines), default=0)
    if len(raw.lines) > MOST_ROWS:
        raise ImportProblem(f"{file} has more than {MOST_ROWS:,} rows: split it.")
    if width > MOST_COLUMNS:
        raise ImportProblem(f"{file} has more than {MOST_COLUMNS} columns: remove those that are not needed.")
    problems: list[str] = []
    lines = [tuple(unguard_cell(clean(cell, lines=True)) for cell in line) for line in raw.lines]
    for number, line in enumerate(lines, start=1):
        for column, cell in enumerate(line, start=1):
            if len(cell) > MANY_LINES:
                problems.append(f"Row {number}, column {column} holds {len(cell):,} characters: shorten it to 10,000.")
    if problems:
        raise ImportProblem(f"{file} has cells that are too long: {problems[0]}", tuple(problems))
    return RawSheet(clean(raw.name), tuple(lines), raw.remarks)


def _chosen(file: str, sheets: list[RawSheet], wanted: str | None, mapping: Mapping[str, str]) -> Sheet:
    sheets = named_sheets(sheets, wanted)
    tables = [(raw, table) for raw in sheets if (table := find_table(raw.lines, mapping)) is not None]
    tables = [(raw, table) for raw, table in tables if names_actions(table.headings, mapping)] or tables
    if not tables:
        raise ImportProblem(
            f"{file} has no row of headings that could be recognised: give it one with at least “Action”, or say "
            "--map 'Heading=action'."
        )
    if len(tables) > 1:
        names = ", ".join(f"“{raw.name}”" for raw, _ in tables)
        raise ImportProblem(f"{file} has several worksheets that look like plans: choose one with --sheet: {names}.")
    raw, table = tables[0]
    worksheet = (f"From the worksheet “{raw.name}”",) if raw.name != clean(file) else ()
    return Sheet(clean(file), table.headings, table.rows, table.heading_row, (*raw.remarks, *worksheet, *table.remarks))


def named_sheets(sheets: list[RawSheet], wanted: str | None) -> list[RawSheet]:
    """Return the worksheet called ``wanted``, or all if that is None. Raises ImportProblem when there is none."""
    found = [raw for raw in sheets if wanted is None or raw.name.casefold() == clean(wanted).casefold()]
    if not found:
        names = ", ".join(f"“{raw.name}”" for raw in sheets)
        raise ImportProblem(f"There is no worksheet “{clean(wanted or '')}”: choose one of {names}.")
    return found
