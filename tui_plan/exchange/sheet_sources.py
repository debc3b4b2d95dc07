"""The sheets from which a plan was brought in, as they were typed: two queries. The writers of sheets ask here."""

import json
from collections import defaultdict
from dataclasses import dataclass

from tui_plan.exchange.sheet_columns import ColumnMap, recognise
from tui_plan.exchange.sheet_layout import SheetRow
from tui_plan.model.base import rows
from tui_plan.model.source import Source, SourceRow


@dataclass(frozen=True, slots=True)
class SourceSheet:
    """A sheet with its columns as they were understood, its rows as last imported, and the action (uid) of each row."""

    uid: str
    name: str
    columns: ColumnMap
    rows: tuple[SheetRow, ...]
    actions: dict[int, str]

    @property
    def headings(self) -> tuple[str, ...]:
        """The headings in their order."""
        return tuple(column.heading for column in self.columns.columns)


def source_sheets(plan: str) -> list[SourceSheet]:
    """Return the sheets of a plan, by name."""
    typed: dict[str, list[SheetRow]] = defaultdict(list)
    actions: dict[str, dict[int, str]] = defaultdict(dict)
    query = (
        SourceRow.select(SourceRow.source, SourceRow.row, SourceRow.action, SourceRow.cells)
        .join(Source)
        .where(Source.plan == plan)
        .order_by(SourceRow.row)
    )
    for source, row, action, cells in rows(query):
        typed[source].append(SheetRow(row, tuple(json.loads(cells))))
        if action:
            actions[source][row] = action
    sources = Source.select(Source.uid, Source.name, Source.headings, Source.mapping).where(Source.plan == plan)
    return [
        SourceSheet(uid, name, _columns(headings, mapping), tuple(typed[uid]), actions[uid])
        for uid, name, headings, mapping in rows(sources.order_by(Source.name, Source.uid))
    ]


def _columns(headings: str, mapping: str) -> ColumnMap:
    return recognise(tuple(json.loads(headings)), {}, json.loads(mapping))
