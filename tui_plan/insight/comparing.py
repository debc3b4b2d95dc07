"""What changed in a plan between two moments, net: changes that were turned back between them do not show."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from tui_plan.insight.history import VERBATIM, FieldChange, field_changes, names_referred_to, part_words
from tui_plan.model.base import BOOKKEEPING, Record, rows
from tui_plan.model.errors import NotFound
from tui_plan.model.ledger import Change, Entry
from tui_plan.model.plan import Baseline, Plan
from tui_plan.model.schema import LETTERS, RECORD_BY_TABLE, table_name

_Entry = tuple[str, str, str | None, str | None]
Was = dict[str, dict[str, Any] | None]
"""What records held, by uid; None for one that was not there."""


@dataclass(frozen=True, slots=True)
class RecordChange:
    """What became of one record: added, removed or changed, with its fields. ``subject`` is what people open.

    ``words`` tell a part of the subject from others, such as "Ana Ruiz, responsible"; they are empty for the subject.
    """

    what: str
    noun: str
    ref: str
    title: str
    subject: str
    words: str
    fields: tuple[FieldChange, ...]


@dataclass(frozen=True, slots=True)
class NamedMoment:
    """A named baseline."""

    name: str
    at: datetime


def baselines(plan: str) -> list[NamedMoment]:
    """Return a plan's named baselines, oldest first."""
    query = Baseline.select(Baseline.name, Baseline.at).where(Baseline.plan == plan).order_by(Baseline.at)
    return [NamedMoment(name, at) for name, at in rows(query)]


def moment_named(plan: str, name: str) -> datetime:
    """Return the moment of a named baseline; ``NotFound`` with the names there are."""
    there = baselines(plan)
    for baseline in there:
        if baseline.name.casefold() == name.casefold():
            return baseline.at
    known = ", ".join(baseline.name for baseline in there) or "none yet"
    raise NotFound(f"There is no baseline “{name}” (known: {known}). Give its name, or a date such as 2026-03-31.")


def end_of(day: date) -> datetime:
    """Return the last moment of a local day as naive UTC, to the second."""
    local = datetime.combine(day + timedelta(days=1), time.min).astimezone()
    return local.astimezone(UTC).replace(tzinfo=None) - timedelta(seconds=1)


def compare(plan: str, since: datetime, until: datetime) -> list[RecordChange]:
    """Return what differs in a plan between two moments (naive UTC), in the order in which it first changed."""
    by_record = _by_record(plan, since, until, Entry.noun.not_in(VERBATIM))
    titles = _titles(by_record)
    names = names_referred_to((noun, *texts) for entries in by_record.values() for noun, _, *texts in entries)
    found = [_net_change(entries, titles, names) for entries in by_record.values()]
    return [change for change in found if change is not None]


def was_then(plan: str, since: datetime, models: Iterable[type[Record]]) -> dict[type[Record], Was]:
    """Return by kind and uid what the records of a plan that changed after a moment (naive UTC) held at that moment.

    The values are as the ledger keeps them: of a record that is gone all of them, of one that stands those that
    changed, and None for one that was not there yet.
    """
    found: dict[type[Record], Was] = {model: {} for model in models}
    nouns = Entry.noun.in_([table_name(model) for model in found])
    for record, entries in _by_record(plan, since, None, nouns).items():
        was = _state([before for _, _, before, _ in reversed(entries)])
        found[RECORD_BY_TABLE[entries[0][0]]][record] = was
    return found


def _by_record(plan: str, since: datetime, until: datetime | None, nouns: Any) -> dict[str, list[_Entry]]:
    """Return what changed by record: noun, subject, before and after, in the order in which it was written."""
    query = (
        Entry.select(Entry.record, Entry.noun, Entry.subject, Entry.before, Entry.after)
        .join(Change)
        .where((Entry.plan == plan) & (Change.at > since) & nouns)
        .order_by(Entry.id)
    )
    found: dict[str, list[_Entry]] = {}
    for record, *entry in rows(query if until is None else query.where(Change.at <= until)):
        found.setdefault(record, []).append((entry[0], entry[1], entry[2], entry[3]))
    return found


def _net_change(
    entries: list[_Entry], titles: dict[str, tuple[str, str]], names: dict[str, str]
) -> RecordChange | None:
    was = _state([before for _, _, before, _ in reversed(entries)])
    now = _state([after for _, _, _, after in entries])
    if was == now:
        return None
    noun, subject = entries[0][:2]
    before, after = _differing(was, now), _differing(now, was)
    what = "added" if was is None else "removed" if now is None else "changed"
    return RecordChange(
        what,
        RECORD_BY_TABLE[noun].noun,
        *(*titles.get(subject, ("", "")), subject),
        words=part_words(noun, now or was or {}, names),
        fields=tuple(field_changes(noun, before, after, names=names)),
    )


def _state(parts: list[str | None]) -> dict[str, Any] | None:
    """Lay the parts over each other; a part that is None means that the record was not there."""
    state: dict[str, Any] | None = {}
    for part in parts:
        state = None if part is None else {**(state or {}), **json.loads(part)}
    return None if state is None else {name: value for name, value in state.items() if name not in BOOKKEEPING}


def _differing(one: dict[str, Any] | None, other: dict[str, Any] | None) -> str | None:
    if one is None:
        return None
    return json.dumps({name: value for name, value in one.items() if other is None or other.get(name) != value})


def _titles(by_record: dict[str, list[_Entry]]) -> dict[str, tuple[str, str]]:
    """Return reference and title of all that people open, by uid; of what is gone, as its removal tells them."""
    found = {record: gone for record, entries in by_record.items() if (gone := _last_title(entries))}
    subjects = {entries[0][1] for entries in by_record.values()}
    for model in LETTERS:
        table: Any = model
        title = table.name if model is Plan else table.title
        for uid, number, words in rows(table.select(table.uid, table.number, title).where(table.uid.in_(subjects))):
            found[uid] = (f"{LETTERS[model]}-{number}", words)
    return found


def _last_title(entries: list[_Entry]) -> tuple[str, str] | None:
    noun, _, before, after = entries[-1]
    letter = LETTERS.get(RECORD_BY_TABLE[noun])
    if letter is None or before is None or after is not None:
        return None
    values = json.loads(before)
    return f"{letter}-{values['number']}", values["name" if "name" in values else "title"]
