"""What a calendar asks the ledger: when its records were made and last changed, and which were removed.

Called by the calendar export. It reads alone, with a fixed number of queries.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import reduce
from operator import or_
from typing import Any, NamedTuple

from peewee import fn

from tui_plan.model.base import Record, rows
from tui_plan.model.ledger import Change, Entry
from tui_plan.model.schema import table_name


class Moments(NamedTuple):
    """When a record was made and when it was last changed, in naive UTC."""

    created: datetime
    changed: datetime

    def latest(self, other: "Moments") -> "Moments":
        """Return these with the later of the two changes."""
        return Moments(self.created, max(self.changed, other.changed))


@dataclass(frozen=True)
class Removed:
    """A record that is gone: its fields as they were stored, and when it was removed."""

    model: type[Record]
    uid: str
    values: dict[str, Any]
    at: datetime


def moments(models: Sequence[type[Record]], by: Any, chosen: Any) -> dict[str, Moments]:
    """Return the moments of the entries about ``models``, gathered by a column of ``Entry``.

    ``chosen`` is the query of the uids to look for in that column.
    """
    query = (
        Entry.select(by, fn.MIN(Change.at), fn.MAX(Change.at))
        .join(Change)
        .where(by.in_(chosen) & Entry.noun.in_([table_name(model) for model in models]))
        .group_by(by)
    )
    return {uid: Moments(first, last) for uid, first, last in rows(query)}


def removed(models: Sequence[type[Record]], plan: str) -> list[Removed]:
    """Return the records of ``models`` that were removed and did not come back, the latest first.

    ``plan`` limits them to one plan, unless it is empty.
    """
    by_name = {table_name(model): model for model in models}
    absent = [(Entry.noun == name) & Entry.record.not_in(model.select(model.uid)) for name, model in by_name.items()]
    query = (
        Entry.select(Entry.noun, Entry.record, Entry.before, Change.at)
        .join(Change)
        .where(Entry.after.is_null() & reduce(or_, absent))
        .order_by(Entry.id.desc())
    )
    found: dict[str, Removed] = {}
    for noun, record, before, at in rows(query.where(Entry.plan == plan) if plan else query):
        found.setdefault(record, Removed(by_name[noun], record, json.loads(before), at))
    return list(found.values())


def last_known(records: Any, fields: Sequence[str]) -> dict[str, str]:
    """Return the text that the first of ``fields`` last held before it was emptied, by record; others are left out.

    ``records`` is the query of the uids.
    """
    query = (
        Entry.select(Entry.record, Entry.before)
        .where(Entry.record.in_(records) & Entry.before.is_null(False) & Entry.after.is_null(False))
        .order_by(Entry.id.desc())
    )
    found: dict[str, str] = {}
    for record, before in rows(query):
        values = json.loads(before)
        text = next((values[name] for name in fields if values.get(name)), None)
        if text and record not in found:
            found[record] = text
    return found
