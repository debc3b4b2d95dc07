"""What rests on somebody beside their actions: open risks and issues, data to collect. ``personal_page`` calls it."""

from collections.abc import Collection, Iterator
from datetime import date, timedelta
from typing import NamedTuple

from tui_plan.exchange.candour import shareable_of
from tui_plan.exchange.document import Row, Section, Table
from tui_plan.insight.evaluation import evaluation
from tui_plan.insight.register import EntryLine, register_entries, risk_level
from tui_plan.model.base import rows
from tui_plan.model.date_words import show_date
from tui_plan.model.plan import OutcomeMeasure
from tui_plan.model.register import RegisterEntry
from tui_plan.model.vocabulary import EntryKind


class Owned(NamedTuple):
    """Open risks and issues as a section, and how many of them are candid and left out."""

    section: Section
    withheld: int


def owned_entries(parties: Collection[str], title: str, today: date, style: str) -> Owned:
    """Return the open risks and issues that one of these parties (uids) owns, what is due first before the rest."""
    mine = RegisterEntry.party.in_(sorted(parties)) & RegisterEntry.closed_on.is_null()
    found = register_entries(None, (EntryKind.RISK, EntryKind.ISSUE), mine)
    told = shareable_of(found, candid=False)
    ordered = sorted(told, key=lambda line: (line.due or date.max, line.number))
    table = Table(("Day", "What", "State"), tuple(_entry(line, today, style) for line in ordered))
    return Owned(Section(title, table=table), len(found) - len(told))


def _entry(line: EntryLine, today: date, style: str) -> Row:
    score = f"{risk_level(line.score)}, {line.likelihood} × {line.impact}" if line.score else ""
    wanted = "look at it again" if line.kind == EntryKind.RISK else "needs a decision"
    state = ", ".join(filter(None, [line.kind, score, wanted if line.due else ""]))
    return Row((show_date(line.due, style) or "no date", f"{line.ref} {line.title}", state), line.overdue(today))


def data_to_collect(parties: Collection[str], title: str, today: date, weeks: int, style: str) -> Section:
    """Return the measures for which one of these parties (uids) is to collect data by then, the first due first."""
    query = OutcomeMeasure.select(OutcomeMeasure.uid)
    mine = {uid for (uid,) in rows(query.where(OutcomeMeasure.collector.in_(sorted(parties))))}
    lines = sorted(_due(mine, today, today + timedelta(weeks=weeks), style)) if mine else []
    table = Table(("Day", "Measure", "How"), tuple(row for *_, row in lines)).filled()
    return Section(title, table=table)


def _due(mine: Collection[str], today: date, last: date, style: str) -> Iterator[tuple[date, int, Row]]:
    for one in evaluation(today):
        if one.uid in mine and one.next_due is not None and one.next_due <= last:
            what = f"{one.action_ref} {one.statement}"
            row = Row((show_date(one.next_due, style), what, one.method), one.overdue(today))
            yield one.next_due, one.action_number, row
