"""Who must agree to a plan, how each of them stands to it, the share that has agreed, and who is missing, on paper.

Called by the command line and the screens, which hand the value to a writer of ``document``. Reservations are there to
be shared; how an answer came, and who typed it, stays in the house.
"""

from collections.abc import Iterator
from datetime import date

from tui_plan.exchange.document import Document, Item, Row, Section, Table, paper
from tui_plan.exchange.sheet_writing import csv_text
from tui_plan.insight.agreement import AgreementLine, AgreementReport, Coverage, agreements
from tui_plan.model.date_words import DateStyle, show_date
from tui_plan.model.shares import whole_percent
from tui_plan.model.vocabulary import AgreementState

_NOBODY = "n/a: nobody has to agree yet, since nothing in the plan rests on anybody"


def agreements_paper(plan: str, today: date, style: str = DateStyle.ISO) -> Document:
    """Return how everybody who must agree stands to the plan's present version; ``NotFound`` if the plan is gone."""
    report = agreements(plan, today)
    required = [line for line in report.lines if line.required]
    others = [line for line in report.lines if not line.required]
    sections = (
        Section("By partner", table=_coverage(report)),
        Section("Who must agree", table=_table(required, style)),
        Section("Still missing", items=tuple(_missing(report))),
        Section("Reservations", items=tuple(_reservations(report))),
        Section("On record, though nothing rests on them now", table=_table(others, style)),
    )
    return paper(f"Agreement to the plan: {report.name}", _facts(report, today, style), sections)


def agreements_csv(plan: str, today: date) -> bytes:
    """Return the agreements as CSV, one row for each official."""
    headings = ["Name", "Partners", "Must agree", "Answers for", "State", "On", "Reservations", "Remark"]
    lines = (
        [
            line.name,
            "; ".join(line.partners),
            "yes" if line.required else "no",
            line.why,
            line.state,
            line.on or "",
            line.reservations,
            _remark(line),
        ]
        for line in agreements(plan, today).lines
    )
    return csv_text([headings, *lines])


def share_words(coverage: Coverage) -> str:
    """Return the share that has agreed in per cent, 100 only when all have; n/a where nobody is required."""
    if coverage.share is None:
        return "n/a"
    return f"{whole_percent(coverage.share)} %"


def _facts(report: AgreementReport, today: date, style: str) -> Iterator[tuple[str, str]]:
    whole = report.whole
    told = f"{whole.agreed} of {whole.required} who must, {share_words(whole)}" if whole.required else _NOBODY
    yield "Version", report.version
    yield "Agreed", told
    yield "Date", show_date(today, style)


def _coverage(report: AgreementReport) -> Table:
    rows = (Row((one.name, str(one.required), str(one.agreed), share_words(one))) for one in report.partners)
    return Table(("Partner", "Must agree", "Agreed", "Share"), tuple(rows))


def _table(lines: list[AgreementLine], style: str) -> Table:
    rows = (
        Row((_who(line), line.why, _stands(line), show_date(line.on, style)), line.required and not line.stands)
        for line in lines
    )
    return Table(("Who", "Answers for", "State", "On"), tuple(rows)).filled()


def _who(line: AgreementLine) -> str:
    homes = ", ".join(partner for partner in line.partners if partner != line.name)
    return f"{line.name} ({homes})" if homes else line.name


def _stands(line: AgreementLine) -> str:
    return ", ".join(filter(None, [line.state, _remark(line)]))


def _remark(line: AgreementLine) -> str:
    because = f"because of {line.because}" if line.because and line.state == AgreementState.LAPSED else ""
    return ", ".join(filter(None, [because, line.note]))


def _missing(report: AgreementReport) -> Iterator[Item]:
    for line in report.missing:
        yield Item(f"{_who(line)}: {_stands(line)}")


def _reservations(report: AgreementReport) -> Iterator[Item]:
    for line in report.lines:
        if line.state == AgreementState.RESERVED:
            yield Item(f"{line.name}: {line.reservations}")
