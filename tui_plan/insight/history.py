"""The ledger in words: who changed what, when, on whose word, and what it was before."""

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from peewee import fn

from tui_plan.model.base import Record, rows
from tui_plan.model.ledger import Change, Entry
from tui_plan.model.people import Party
from tui_plan.model.plan import (
    Checkpoint,
    Dependency,
    Note,
    OutcomeMeasure,
    PlanPartner,
    Reading,
    Resource,
    Role,
)
from tui_plan.model.schema import LETTERS, RECORD_BY_TABLE, table_name
from tui_plan.model.source import Source, SourceRow

VERBATIM = (table_name(Source), table_name(SourceRow))
"""What is kept of an imported sheet as it was typed: no news beside the records that came of it."""

_TELLING: dict[type[Record], tuple[str, ...]] = {
    PlanPartner: ("organisation",),
    Role: ("party", "kind"),
    Dependency: ("needs",),
    Resource: ("description", "kind"),
    Checkpoint: ("method", "due"),
    OutcomeMeasure: ("statement",),
    Reading: ("taken_on", "value", "remark"),
    Note: ("text",),
}
_HIDDEN = frozenset({"name_key", "position", "number", "cells", "headings", "mapping"})


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One field of one record, before and after, as words; empty where there was or is nothing."""

    what: str
    field: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class HistoryLine:
    """One change: who typed it, on whose word, by which channel, when (UTC), and what it did.

    ``undoes`` is the number of the change that it turned back, or None. ``more`` counts fields that are not listed.
    """

    number: int
    at: datetime
    typed_by: str
    said_by: str
    channel: str
    summary: str
    undoes: int | None
    fields: tuple[FieldChange, ...]
    more: int


def history(
    subject: str | None = None,
    plan: str | None = None,
    *,
    limit: int = 50,
    before: int | None = None,
    most_fields: int = 40,
) -> list[HistoryLine]:
    """Return changes of a record (with its parts), of a plan, or of everything, newest first.

    ``before`` is the number of a change: only older ones follow, so that lists can be read on.
    """
    chosen = _chosen(subject, plan, limit, before)
    if not chosen:
        return []
    entries: dict[int, list[tuple[Any, ...]]] = defaultdict(list)
    for change, *rest in rows(_entries([row[0] for row in chosen], subject, plan)):
        entries[change].append(tuple(rest))
    names = names_referred_to(entry for group in entries.values() for entry in group)
    return [_line(row, entries[row[0]], names, most_fields) for row in chosen]


def _chosen(subject: str | None, plan: str | None, limit: int, before: int | None) -> list[tuple[Any, ...]]:
    query = Change.select(
        Change.id,
        Change.at,
        Change.typed_by,
        fn.COALESCE(Party.name, Change.said_by_name),
        Change.channel,
        Change.summary,
        Change.undoes,
    ).left_outer_join(Party, on=(Change.said_by == Party.uid))
    if before is not None:
        query = query.where(Change.id < before)
    if subject is not None or plan is not None:
        mine = Entry.select(Entry.change).where(Entry.subject == subject if subject else Entry.plan == plan)
        if before is not None:
            mine = mine.where(Entry.change < before)
        newest = mine.distinct().order_by(Entry.change.desc()).limit(limit)
        query = query.where(Change.id.in_([found for (found,) in rows(newest)]))
    return rows(query.order_by(Change.id.desc()).limit(limit))


def _entries(changes: list[int], subject: str | None, plan: str | None) -> Any:
    query = Entry.select(Entry.change, Entry.noun, Entry.before, Entry.after)
    query = query.where(Entry.change.in_(changes) & Entry.noun.not_in(VERBATIM))
    if subject is not None:
        query = query.where(Entry.subject == subject)
    elif plan is not None:
        query = query.where(Entry.plan == plan)
    return query.order_by(Entry.id)


def _line(row: tuple[Any, ...], entries: list[tuple[Any, ...]], names: dict[str, str], most: int) -> HistoryLine:
    number, at, typed_by, said_by, channel, summary, undoes = row
    fields = [change for entry in entries for change in field_changes(*entry, names=names)]
    shown = tuple(fields[:most])
    return HistoryLine(number, at, typed_by, said_by or "", channel, summary, undoes, shown, len(fields) - len(shown))


def field_changes(noun: str, before: str | None, after: str | None, *, names: dict[str, str]) -> list[FieldChange]:
    """Return what an entry changed, field by field, leaving out bookkeeping and what was and stays empty."""
    model = RECORD_BY_TABLE[noun]
    old: dict[str, Any] = json.loads(before) if before else {}
    new: dict[str, Any] = json.loads(after) if after else {}
    what = f"{LETTERS[model]}-{new.get('number', old.get('number'))}" if "number" in {**old, **new} else model.noun
    whole = before is None or after is None
    return [
        FieldChange(
            what, label(name), _words(model, name, old.get(name), names), _words(model, name, new.get(name), names)
        )
        for name in {**old, **new}
        if name not in _HIDDEN
        and (old.get(name) or new.get(name))
        and not (whole and _gone(model, name, {**old, **new}[name], names))
    ]


def part_words(noun: str, values: Mapping[str, Any], names: Mapping[str, str]) -> str:
    """Return what tells a part of an action or a plan from others: who, which, or its first words."""
    model = RECORD_BY_TABLE[noun]
    found = (_words(model, name, values.get(name), names) for name in _TELLING.get(model, ()))
    return ", ".join(" ".join(words.split()) for words in found if words)


def label(field: str) -> str:
    """Return a field's name as people say it."""
    return _LABELS.get(field, field.replace("_", " "))


_LABELS = {"actual": "done on", "agreed": "agreed date", "baseline": "baseline date", "forecast": "forecast date"}


def _gone(model: type[Record], field: str, value: Any, names: Mapping[str, str]) -> bool:
    """Whether a field of a record that came or went leads to one that is gone: that says nothing of its own."""
    return value not in names and any(reference.name == field for reference in model._meta.refs)


def _words(model: type[Record], field: str, value: Any, names: Mapping[str, str]) -> str:
    if value is None or value == "":
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    refers_to = {reference.name: reference.rel_model for reference in model._meta.refs}
    if field not in refers_to:
        return str(value)
    return names.get(value) or f"removed {refers_to[field].noun}"


def names_referred_to(entries: Iterable[tuple[Any, ...]]) -> dict[str, str]:
    """Return readable names, by uid, of what entries (noun, before, after) refer to: one query per kind of record."""
    wanted: dict[type[Record], set[str]] = defaultdict(set)
    for noun, *texts in entries:
        references = RECORD_BY_TABLE[noun]._meta.refs
        for values in [json.loads(text) for text in texts if text]:
            for field in references:
                if values.get(field.name):
                    wanted[field.rel_model].add(values[field.name])
    found: dict[str, str] = {}
    for model, uids in wanted.items():
        found |= _names_of(model, sorted(uids))
    return found


def _names_of(model: Any, uids: list[str]) -> dict[str, str]:
    fields = model._meta.fields
    name = fields.get("name") or fields.get("title") or fields.get("statement")
    if "number" in fields:
        query = model.select(model.uid, model.number).where(model.uid.in_(uids))
        return {uid: f"{LETTERS[model]}-{number}" for uid, number in rows(query)}
    if name is None:
        return dict.fromkeys(uids, model.noun)
    return dict(rows(model.select(model.uid, name).where(model.uid.in_(uids))))
