"""What each partner promised and what came of it, in one form for all, on a paper that is shown to all; and as CSV.

Called by the command line and the screens, which hand the value to a writer of ``document``. Names and dates are here,
and nothing of what the coordinator thinks of anybody.
"""

from collections.abc import Iterator, Sequence
from datetime import date

from tui_plan.exchange.document import Document, Row, Section, Table, paper
from tui_plan.exchange.sheet_writing import csv_text
from tui_plan.insight.partners import OUTCOMES, PartnerLine, PartnersReport, Promise, partners, promises_by_partner
from tui_plan.model.date_words import DateStyle, show_date

_COUNTS = {
    "Promised": "promised",
    "First date": "first_date",
    "Re-agreed": "agreed_date",
    "Done late": "done_late",
    "Late": "late",
    "Under way": "under_way",
    "Deferred": "deferred",
    "Withdrawn": "withdrawn",
}
"""The counts of a partner by the headings of the table."""

_LEGEND = (
    "First date: kept on the date first planned. Re-agreed: kept on the date that was agreed later. Done late: done "
    "after both. Late: still open, its date passed. Deferred and withdrawn: by agreement."
)
_NO_PARTNERS = "No partners are named in this plan yet."


def partners_paper(plan: str, today: date, style: str = DateStyle.ISO) -> Document:
    """Return what all partners of a plan promised and kept; ``NotFound`` if the plan is gone."""
    report, promised = partners(plan, today), promises_by_partner(plan, today)
    rows = tuple(Row((line.name, *(str(getattr(line, count)) for count in _COUNTS.values()))) for line in report.lines)
    whole = Section("All partners", _LEGEND if rows else _NO_PARTNERS, Table(("Partner", *_COUNTS), rows))
    parts = (_partner(line, promised.get(line.uid, ()), style) for line in report.lines)
    return paper(f"What partners promised and kept: {report.name}", _facts(report, today, style), (whole, *parts))


def partners_csv(plan: str, today: date) -> bytes:
    """Return the counts as CSV, one row for each partner."""
    headings = ["Partner", *(OUTCOMES.get(count, heading).capitalize() for heading, count in _COUNTS.items())]
    headings += ["In the convening group", "Last heard from"]
    lines = (
        [line.name, *(str(getattr(line, count)) for count in _COUNTS.values()), "; ".join(line.seats), line.heard or ""]
        for line in partners(plan, today).lines
    )
    return csv_text([headings, *lines])


def promises_csv(plan: str, today: date) -> bytes:
    """Return the promises as CSV, one row for each partner and action."""
    promised = promises_by_partner(plan, today)
    lines = (
        [line.name, one.ref, one.title, one.day or "", one.outcome]
        for line in partners(plan, today).lines
        for one in promised.get(line.uid, ())
    )
    return csv_text([["Partner", "Action", "Title", "Day", "What came of it"], *lines])


def _facts(report: PartnersReport, today: date, style: str) -> Iterator[tuple[str, str]]:
    yield "Convening group", report.group
    yield "Chair", report.chair
    yield "Deputy", report.deputy
    yield "Date", show_date(today, style)


def _partner(line: PartnerLine, promised: Sequence[Promise], style: str) -> Section:
    """The same words and columns for everybody, so that nobody is shown in another light."""
    seats = f"In the convening group: {'; '.join(line.seats) or 'nobody'}."
    heard = f"Last heard from: {show_date(line.heard, style) or 'never'}."
    rows = tuple(_promise(one, style) for one in promised)
    nothing = "" if rows else " Nothing in this plan rests on it."
    return Section(line.name, f"{seats} {heard}{nothing}", Table(("Day", "Action", "What came of it"), rows))


def _promise(one: Promise, style: str) -> Row:
    day = show_date(one.day, style) or "no date"
    return Row((day, f"{one.ref} {one.title}", one.outcome), marked=one.outcome == OUTCOMES["late"])
