"""Where a record stands: its stored row, the record that people open to see it, its plan, and the words for it.

``model.store`` and ``operations`` ask here; nothing here writes.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from peewee import BooleanField, fn

from tui_plan.model.base import Record, database, portions, rows
from tui_plan.model.errors import NotFound
from tui_plan.model.ledger import Change, Entry, local_time
from tui_plan.model.people import Party
from tui_plan.model.schema import LETTERS, RECORDS, table_name

_SHOWN_TITLE = 60
_SHOWN_REFERENCES = 3


@dataclass(frozen=True)
class Place:
    """The record that people open to see this one (itself, if it stands alone), and its plan's uid or nothing."""

    model: type[Record]
    subject: str
    plan: str


@dataclass
class Places:
    """Finds the places of records and remembers them for the length of one change."""

    _known: dict[tuple[str, str], Place] = field(default_factory=dict)

    def of(self, model: type[Record], uid: str, row: Mapping[str, Any] | None = None) -> Place:
        """Return the place of a record; ``row`` holds its fields where the caller knows them."""
        key = (table_name(model), uid)
        known = self._known.get(key)
        if known is None:
            known = self._known[key] = self._find(model, uid, row or stored_row(model, uid))
        return known

    def _find(self, model: type[Record], uid: str, row: Mapping[str, Any]) -> Place:
        leads_to = "action" if row.get("action") else model.parent
        if not (leads_to and row[leads_to]):
            return Place(model, uid, uid if table_name(model) == "plan" else "")
        above = self.of(model._meta.fields[leads_to].rel_model, row[leads_to])
        return Place(model, uid, above.plan) if model.stands_alone else above


def stored_row(model: type[Record], uid: str) -> dict[str, Any]:
    """Return the record's fields as the database holds them (days as ISO text); ``NotFound`` if it is gone."""
    row = database.execute_sql(_by_uid(model, type(database.obj).__name__), (uid,)).fetchone()
    if row is None:
        raise NotFound(_gone(model, uid))
    return {
        column.name: bool(value) if isinstance(column, BooleanField) else value
        for column, value in zip(model._meta.sorted_fields, row, strict=True)
    }


def quoted(model: type[Record], row: Mapping[str, Any]) -> str:
    """Return a record's reference with the beginning of its title or name: A-12 “Train the wardens”."""
    short = shortened(str(row.get("title") or row.get("name") or ""))
    reference = f"{LETTERS[model]}-{row['number']}" if model in LETTERS and "number" in row else ""
    return " ".join(filter(None, (reference, f"“{short}”" if short else ""))) or model.noun


def shortened(words: str) -> str:
    """Return the beginning of words that are too long to be quoted in a sentence."""
    return words if len(words) <= _SHOWN_TITLE else words[: _SHOWN_TITLE - 1].rstrip() + "…"


def noun_of(model: type[Record], row: Mapping[str, Any]) -> str:
    """Return what people call the record: a party goes by its kind."""
    return str(row["kind"]) if model is Party else model.noun


def still_named_by(model: type[Record], uid: str) -> str:
    """Return words for the records that refer to this one, such as "A-12 “Train the wardens” and 4 more"."""
    found: list[str] = []
    total = 0
    places = Places()
    for other in RECORDS:
        for reference, target in other._meta.refs.items():
            if target is not model:
                continue
            leaning = other.select(other.uid).where(reference == uid)
            total += leaning.count()
            if len(found) < _SHOWN_REFERENCES:
                found += [_shown(other, one, places) for (one,) in rows(leaning.limit(_SHOWN_REFERENCES))]
    shown = list(dict.fromkeys(found))[:_SHOWN_REFERENCES]
    more = total - len(shown)
    return ", ".join(shown) + (f" and {more} more" if more else "")


def missing_reference(model: type[Record], row: Mapping[str, Any]) -> str:
    """Return the noun of the first record that ``row`` names and that is not there, or nothing."""
    for reference, target in model._meta.refs.items():
        uid = row[reference.name]
        if uid is not None and not target.select().where(target.uid == uid).exists():
            return str(target.noun)
    return ""


@cache
def party_fields(model: type[Record]) -> frozenset[str]:
    """Return the fields in which a record names a party."""
    return frozenset(reference.name for reference, target in model._meta.refs.items() if target is Party)


def merged_among(named: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """Yield a sentence, and the field, for each of these parties (field by uid) that was merged into another."""
    for some in portions(named):
        merged = Party.select(Party.uid).where(Party.uid.in_(some) & Party.merged_into.is_null(False))
        for (uid,) in rows(merged):
            yield merged_words(stored_row(Party, uid)), named[uid]


def merged_words(row: Mapping[str, Any]) -> str:
    """Return the sentence that leads from a merged party to what it became."""
    return (
        f"{quoted(Party, row)} was merged into {quoted(Party, stored_row(Party, row['merged_into']))}: choose that one."
    )


def next_position(model: Any, among: Any) -> int:
    """Return the position after the last record ``among`` siblings."""
    last = model.select(fn.MAX(model.position)).where(among).scalar()
    return 0 if last is None else int(last) + 1


def _shown(model: type[Record], uid: str, places: Places) -> str:
    place = places.of(model, uid)
    label = quoted(place.model, stored_row(place.model, place.subject))
    return label if place.model is model else f"{model.noun} in {label}"


@cache
def _by_uid(model: type[Record], engine: str) -> str:
    """Return the statement that reads one record: Peewee takes ten times as long to word it as SQLite to answer."""
    statement, _ = model.select().where(model.uid == "").sql()
    return str(statement)


def _gone(model: type[Record], uid: str) -> str:
    removed = (
        Change.select(Change.typed_by, Change.at)
        .join(Entry)
        .where((Entry.record == uid) & Entry.after.is_null())
        .order_by(Entry.id.desc())
        .limit(1)
    )
    for login, at in rows(removed):
        return f"This {model.noun} is no longer there: {login} removed it on {local_time(at)}."
    return f"There is no such {model.noun} in this database."
