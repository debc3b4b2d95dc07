"""The evaluation plan on paper: overdue data first, every measure by area with its course, first outcomes, quick wins.

Called by the command line and the screens, which hand the value to a writer of ``document``.
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from decimal import Decimal
from itertools import groupby

from tui_plan.exchange.document import Document, Item, Row, Section, Table, paper
from tui_plan.insight.evaluation import (
    FirstOutcome,
    MeasureRow,
    QuickWin,
    evaluation,
    first_outcomes,
    quick_wins,
    sparkline,
)
from tui_plan.model.base import rows
from tui_plan.model.date_words import DateStyle, distance, show_date
from tui_plan.model.errors import NotFound
from tui_plan.model.plan import Plan
from tui_plan.model.shares import whole_percent

_MOST_SIGNS = 12


def evaluation_paper(plan: str, today: date, style: str = DateStyle.ISO) -> Document:
    """Return how a plan is evaluated and what was seen so far; ``NotFound`` if the plan is gone."""
    found = rows(Plan.select(Plan.name).where(Plan.uid == plan))
    if not found:
        raise NotFound("This plan is no longer there: somebody removed it.")
    measures = evaluation(today, plan)
    sections = (
        Section("Overdue data", items=tuple(overdue_items(measures, today, style))),
        *_areas(measures, today, style),
        Section("First outcomes", items=tuple(_first(one, style) for one in first_outcomes(today, plan))),
        *_wins(quick_wins(today, plan), style),
    )
    return paper(f"Evaluation: {found[0][0]}", _facts(measures, today, style), sections)


def overdue_items(measures: Iterable[MeasureRow], today: date, style: str) -> Iterator[Item]:
    """Yield a line for each measure whose data should be there by now: since when, and who collects it."""
    for one in measures:
        if one.next_due and one.overdue(today):
            who = f", {one.collector}" if one.collector else ", nobody collects it"
            late = distance(one.next_due, today, past="late")
            text = f"{one.action_ref} {one.statement}: due {show_date(one.next_due, style)}, {late}{who}"
            yield Item(text, marked=True)


def amount(value: Decimal | None) -> str:
    """Return a number with thousands set apart and no idle noughts behind the point."""
    if value is None:
        return ""
    text = f"{value:,f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def _facts(measures: Sequence[MeasureRow], today: date, style: str) -> Iterator[tuple[str, str]]:
    reached = sum(one.reached for one in measures)
    late = sum(one.overdue(today) for one in measures)
    yield "Measures", f"{len(measures):,}, {reached:,} at the target" if measures else "none yet"
    yield "Data overdue", f"{late:,}" if late else ""
    yield "Date", show_date(today, style)


def _areas(measures: Iterable[MeasureRow], today: date, style: str) -> Iterator[Section]:
    headings = ("Measure", "Aim", "Latest", "Course", "Data due", "Collected by")
    for (_, title), many in groupby(measures, key=lambda one: (one.area, one.area_title)):
        lines = tuple(_measure(one, today, style) for one in many)
        yield Section(title, table=Table(headings, lines).filled())


def _measure(one: MeasureRow, today: date, style: str) -> Row:
    latest = one.latest
    seen = f"{amount(latest.value)} on {show_date(latest.taken_on, style)}" if latest else ""
    state = "at the target" if one.reached else "" if one.share is None else f"{_percent(one.share)} of the way"
    every = f"every {one.every} months" if one.every and one.every > 1 else "every month" if one.every else ""
    collected = ", ".join(filter(None, [one.collector, one.method]))
    due = ", ".join(filter(None, [show_date(one.next_due, style), every]))
    cells = (
        f"{one.action_ref} {one.statement}",
        _aim(one),
        ", ".join(filter(None, [seen, state])),
        sparkline(one.values, _MOST_SIGNS),
        due,
        collected,
    )
    return Row(cells, one.overdue(today))


def _percent(share: float) -> str:
    return f"{whole_percent(share)} %" if share >= 0 else "none"


def _aim(one: MeasureRow) -> str:
    first = f"from {amount(one.baseline)}" if one.baseline is not None else ""
    last = f"to {amount(one.target)}" if one.target is not None else ""
    return " ".join(filter(None, [first, last, one.unit if first or last else ""]))


def _first(one: FirstOutcome, style: str) -> Item:
    statement = one.measure.statement if one.measure else ""
    if one.seen:
        value = f"{amount(one.seen.value)} {one.measure.unit if one.measure else ''}".strip()
        return Item(f"{one.ref} {one.title}: {show_date(one.seen.taken_on, style)}, {statement} ({value})")
    if one.expected:
        return Item(f"{one.ref} {one.title}: expected {show_date(one.expected, style)}, {statement}")
    return Item(f"{one.ref} {one.title}: nothing is measured or due yet")


def _wins(wins: dict[int, tuple[QuickWin, ...]], style: str) -> Iterator[Section]:
    for days, many in wins.items():
        items = tuple(
            Item(f"{win.action.ref} {win.action.title}: {show_date(win.action.expected, style)}, shows: {win.shows}")
            for win in many
        )
        yield Section(f"Quick wins within {days} days", items=items)
