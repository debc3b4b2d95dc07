"""Telling in plain text what was read from a sheet: what a dry run prints. The command line calls it.

The texts were cleaned when they were read; whoever prints the lines cleans them again.
"""

from collections.abc import Callable, Collection, Iterable, Sequence
from textwrap import wrap

from tui_plan.exchange.sheet_columns import Column, Field
from tui_plan.exchange.sheet_plan import ReadReport, Rows, rows_in_words
from tui_plan.model.dates import show_date
from tui_plan.model.vocabulary import PartyKind

WIDTH = 80
Measure = Callable[[str], int]
_NAMES = {
    Field.AREA: "development area",
    Field.OBJECTIVE: "step objective",
    Field.TIMESCALE: "timescale (agreed date, or words)",
    Field.REVISED: "forecast date",
    Field.REF: "reference",
    Field.IGNORE: "left out of the plan",
}


def report_lines(report: ReadReport, measure: Measure = len) -> list[str]:
    """Return the whole report as lines of at most 80 characters, without colour.

    ``measure`` tells how many cells a text takes where the lines are printed.
    """
    sections = (
        _head(report),
        _section("Columns", _columns(report.columns.columns)),
        _section("Who is named", _parties(report, measure)),
        _section("Dates", _dates(report, measure)),
        _section("Words, kept as timescale notes", _texts_with_rows(report.words)),
        _section("Revised dates, the first date kept as baseline", _revised(report)),
        _section("Needs a look", _looks(report.looks)),
        _section("To be mended first", [line for text in report.problems for line in wrapped(text)]),
        _section("Row by row", [short(f"  {line.row:>5}  {line.text}") for line in report.lines]),
    )
    return [line for section in sections for line in section]


def _head(report: ReadReport) -> list[str]:
    areas, objectives, actions = report.counts
    lines = [short(report.name)]
    tree = (_count(actions, "action"), _count(objectives, "step objective"), _count(areas, "development area"))
    lines += wrapped(f"{' in '.join(tree)}; headings in row {report.heading_row}.")
    return lines + [line for remark in report.remarks for line in wrapped(f"{remark}.")]


def _section(title: str, lines: Sequence[str]) -> list[str]:
    return ["", title, *lines] if lines else []


def _columns(columns: Sequence[Column]) -> list[str]:
    told = [(column.heading or f"Column {column.index + 1}", _became(column)) for column in columns]
    width = min(max((len(heading) for heading, _ in told), default=0), 36)
    return [short(f"  {short(heading, width):<{width}}  → {became}") for heading, became in told]


def _became(column: Column) -> str:
    if column.field is not None:
        return _NAMES.get(column.field, column.field)
    return "kept beside the action" + (f" ({column.remark})" if column.remark else "")


def _parties(report: ReadReport, measure: Measure) -> list[str]:
    lines: list[str] = []
    for kind in PartyKind:
        for party in report.parties:
            if party.kind is kind:
                lines += _columned(f"{kind}", 12, party.name, _count(len(party.rows), "row"), measure)
    if lines:
        lines += wrapped("A person or a post? Say so: --as 'Name=person', or --as '*=person' for all.")
    if any(party.kind is PartyKind.ORGANISATION for party in report.parties):
        lines += wrapped("Organisations become partners of the plan.")
    return lines


def _dates(report: ReadReport, measure: Measure) -> list[str]:
    by_day = sorted(report.dates, key=lambda one: one[1])
    return [
        line
        for text, day, rows in by_day
        for line in _columned(show_date(day), 10, text, _count(len(rows), "row"), measure)
    ]


def _texts_with_rows(texts: Iterable[tuple[str, Rows]]) -> list[str]:
    return [line for text, rows in texts for line in wrapped(f"“{text}”: {rows_in_words(rows)}")]


def _revised(report: ReadReport) -> list[str]:
    return [
        f"  {f'row {row}':<10}  {show_date(first) or 'no date':<10} → {show_date(revised)}"
        for row, first, revised in report.revised
    ]


def trouble_lines(report: ReadReport, rows: Collection[int]) -> list[str]:
    """Return what ``report`` says needs a look in these ``rows``, and all that must be mended first."""
    found = ((sentence, tuple(row for row in of_look if row in rows)) for sentence, of_look in report.looks)
    looks = _looks([look for look in found if look[1]])
    mend = [line for text in report.problems for line in wrapped(text)]
    return [*_section("Needs a look", looks), *_section("To be mended first", mend)]


def _looks(looks: Iterable[tuple[str, Rows]]) -> list[str]:
    lines: list[str] = []
    for sentence, rows in looks:
        if rows == (0,):
            lines += wrapped(sentence)
        else:
            lines += wrapped(f"{_count(len(rows), 'row')} {_for_many(sentence, len(rows))}: {rows_in_words(rows)}")
    return lines


def _for_many(sentence: str, count: int) -> str:
    """Findings are told of one row, "names nobody"; their first word is put into the plural for several."""
    first, _, rest = sentence.partition(" ")
    plurals = {"has": "have", "is": "are", "says": "say"}
    return sentence if count == 1 else f"{plurals.get(first, first.removesuffix('s'))} {rest}"


def _columned(first: str, width: int, text: str, last: str, measure: Measure) -> list[str]:
    """Three columns; a long text goes on below itself, so that every name can be read whole."""
    room = WIDTH - width - 14
    pieces = wrap(text, room if measure(text) == len(text) else room // 2) or [""]
    head = f"  {first:<{width}}  {pieces[0]}{' ' * (room - measure(pieces[0]))}{last:>10}"
    return [head, *(f"{'':<{width + 4}}{piece}" for piece in pieces[1:])]


def _count(number: int, noun: str) -> str:
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"


def wrapped(text: str, width: int = WIDTH) -> list[str]:
    """Return ``text`` as indented lines, those after the first a little further."""
    return wrap(text, width, initial_indent="  ", subsequent_indent="    ")


def short(text: str, width: int = WIDTH) -> str:
    """Return ``text`` cut to ``width`` characters, with a sign that it was."""
    return text if len(text) <= width else text[: max(width - 1, 0)] + "…"
