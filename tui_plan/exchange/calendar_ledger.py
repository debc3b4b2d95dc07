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
from tui_plan.model.plan import Plan
from tui_plan.model.schema import table_name


class Moments(NamedTuple):
    """When a record was made and when it was last changed, in naive UTC."""

    created: datetime
    changed: datetime

    def with_later(self, *changes: datetime | None) -> "Moments":
        """Return these with the latest of all changes; None is no change."""
        return Moments(self.created, max([self.changed, *(change for change in changes if change is not None)]))


@dataclass(frozen=True)
class Removed:
    """A record that is gone: its fields as they were stored, and when it was removed."""

    model: type[Record]
    uid: str
    values: dict[str, Any]
    at: datetime


def moments(model: type[Record], key: Any, condition: Any) -> dict[str, Moments]:
    """Return the moments of the records of ``model`` that meet ``condition``, gathered by its column ``key``."""
    # The ends of each history are found in the index of the ledger alone; only they are then looked up.
    ends = (
        model.select(key.alias("key"), fn.MIN(Entry.id).alias("first"), fn.MAX(Entry.id).alias("last"))
        .join(Entry, on=(Entry.record == model.uid))
        .where(condition)
        .group_by(key)
    )
    first, last, made, changed = Entry.alias(), Entry.alias(), Change.alias(), Change.alias()
    query = (
        first.select(ends.c.key, made.at, changed.at)
        .join(ends, on=(first.id == ends.c.first))
        .join(last, on=(last.id == ends.c.last))
        .join(made, on=(made.id == first.change))
        .join(changed, on=(changed.id == last.change))
    )
    return {uid: Moments(*pair) for uid, *pair in rows(query)}


def removed(models: Sequence[type[Record]], plan: str) -> list[Removed]:
    """Return the records of ``models`` that were removed and did not come back, the latest first.

    ``plan`` limits them to one plan, unless it is empty.
    """
    by_name = {table_name(model): model for model in models}
    absent = [(Entry.noun == name) & Entry.record.not_in(model.select(model.uid)) for name, model in by_name.items()]
    # The index of removals is by plan: naming all plans finds them without reading the whole ledger.
    within = Entry.plan == plan if plan else Entry.plan.in_(Plan.select(Plan.uid))
    query = (
        Entry.select(Entry.noun, Entry.record, Entry.before, Change.at)
        .join(Change)
        .where(within & Entry.after.is_null() & reduce(or_, absent))
        .order_by(Entry.id.desc())
    )
    found: dict[str, Removed] = {}
    for noun, record, before, at in rows(query):
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
