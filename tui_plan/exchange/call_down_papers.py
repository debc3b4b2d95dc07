"""The call-down sheet of a group on paper: as text with room to write, as Markdown and HTML, and as CSV.

Takes the value of ``insight.call_down``; the screen shows the same text. All of it is contact data: the files are for
their owner alone.
"""

from collections.abc import Iterator
from datetime import date

from tui_plan.exchange.document import Document, Row, Section, Table, paper
from tui_plan.exchange.document_html import document_html
from tui_plan.exchange.document_markdown import document_markdown
from tui_plan.exchange.document_text import PAPER_WIDTH
from tui_plan.exchange.fixed_width import beside, fit, wrapped
from tui_plan.exchange.sheet_writing import csv_text
from tui_plan.insight.call_down import WAYS, CallDown, CallLine, Way
from tui_plan.model.clean import clean
from tui_plan.model.date_words import DateStyle, show_date

SENSITIVE = "SENSITIVE: contact details. Only for those who call; destroy this sheet when a newer one comes."
UNVERIFIED = "?"
LEGEND = "? before a number or address: nobody has verified it yet."
NOBODY = "Nobody is on this list."
NO_WAY = "no number or e-mail known"
_NARROWEST = 60
_NUMBER, _TIME, _INITIALS = 3, 5, 5
_LINE = "_"


def call_down_text(sheet: CallDown, width: int = PAPER_WIDTH, style: str = DateStyle.ISO) -> str:
    """Return the sheet in lines of at most ``width`` cells (60 at least), with a line to write on beside each name."""
    width = max(width, _NARROWEST)
    lines = [*wrapped(SENSITIVE, width), "", *wrapped(clean(sheet.name), width), *wrapped(_when(sheet, style), width)]
    if sheet.lines:
        lines += [*wrapped(LEGEND, width), "", *_table(sheet, width)]
    return "\n".join(lines) + "\n"


def call_down_markdown(sheet: CallDown, style: str = DateStyle.ISO) -> bytes:
    """Return the sheet as Markdown with a table."""
    return document_markdown(_paper(sheet, style))


def call_down_html(sheet: CallDown, style: str = DateStyle.ISO) -> bytes:
    """Return the sheet as an HTML document to print, with room to write."""
    return document_html(_paper(sheet, style))


def call_down_csv(sheet: CallDown) -> bytes:
    """Return the sheet as CSV, one row for each person: empty columns for the time and the initials are the last."""
    ways = [f"{heading} {place}" for place in range(1, WAYS + 1) for heading in ("Way", "Reach", "Verified on")]
    headings = ["Number", "Name", "As what", "Organisation", *ways, "Time", "Initials"]
    return csv_text([headings, *(_cells(number, line) for number, line in enumerate(sheet.lines, 1))])


def _when(sheet: CallDown, style: str) -> str:
    vacant = len(sheet.lines) - len(sheet.called)
    people = "1 person" if len(sheet.called) == 1 else f"{len(sheet.called):,} people"
    counted = f"{people} to call" + (f", {vacant} vacant" if vacant else "")
    return f"{show_date(sheet.day, style)}: {counted if sheet.lines else NOBODY}"


def _table(sheet: CallDown, width: int) -> Iterator[str]:
    room = width - _NUMBER - _TIME - _INITIALS - 4
    who, reach = room // 2 - 1, room - room // 2 + 1
    widths = (_NUMBER, who, reach, _TIME, _INITIALS)
    yield from beside([[fit("No", _NUMBER, right=True)], ["Who"], ["  How to reach them"], ["Time"], ["Init."]], widths)
    yield from beside([["-" * one] for one in widths], widths)
    for number, line in enumerate(sheet.lines, 1):
        to_write = ([_LINE * _TIME], [_LINE * _INITIALS]) if line.uid else ([], [])
        columns = ([fit(str(number), _NUMBER, right=True)], _who(line, who), _reach(line, reach), *to_write)
        yield from ("",) if number > 1 else ()
        yield from beside(columns, widths)


def _who(line: CallLine, width: int) -> list[str]:
    return [*wrapped(clean(line.name), width), *wrapped(clean(_as_what(line)), width)]


def _as_what(line: CallLine) -> str:
    return ", ".join(filter(None, [line.capacity, line.where]))


def _reach(line: CallLine, width: int) -> list[str]:
    """Two cells before each way hold its mark."""
    if not line.ways:
        return [f"  {words}" for words in wrapped(NO_WAY if line.uid else "", width - 2)]
    found: list[str] = []
    for way in line.ways:
        sign = " " if way.verified_on else UNVERIFIED
        found += beside([[sign], wrapped(clean(way.value), width - 2)], (1, width - 2))
    return found


def _paper(sheet: CallDown, style: str) -> Document:
    headings = ("No", "Who", "As what", "How to reach them", "Time", "Initials")
    rows = tuple(
        Row((str(number), line.name, _as_what(line), _ways(line), "", ""), marked=not line.uid)
        for number, line in enumerate(sheet.lines, 1)
    )
    return paper(
        sheet.name,
        [("Call-down", _when(sheet, style))],
        [Section("", LEGEND, Table(headings, rows)) if rows else Section("", NOBODY)],
        warning=SENSITIVE,
    )


def _ways(line: CallLine) -> str:
    """Return the ways in one line, the mark before each that is unverified."""
    words = (way.value if way.verified_on else f"{UNVERIFIED} {way.value}" for way in line.ways)
    return " or ".join(words) or (NO_WAY if line.uid else "")


def _cells(number: int, line: CallLine) -> list[str | date]:
    ways = [cell for way in line.ways for cell in _way_cells(way)]
    return [str(number), line.name, line.capacity, line.where, *ways, *[""] * (3 * (WAYS - len(line.ways))), "", ""]


def _way_cells(way: Way) -> tuple[str, str, str | date]:
    return way.kind, way.value, way.verified_on or "not verified"
