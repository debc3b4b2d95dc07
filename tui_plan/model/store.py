"""The one way to write. ``change`` opens a transaction, and its ``Writer`` enters every change in the ledger.

Called by ``operations`` (and by imports through them); nothing else may insert, update or delete a record.
"""

import json
import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from peewee import DatabaseError, IntegrityError, fn

from tui_plan.model.base import BOOKKEEPING, Record, database, insert_many, insert_one, new_uid, rows
from tui_plan.model.clean import clean
from tui_plan.model.conflicts import moved_on, own_changes
from tui_plan.model.errors import Conflict, DatabaseProblem, InvalidInput, NotFound, Refused
from tui_plan.model.ledger import Change, Counter, Entry
from tui_plan.model.places import (
    Places,
    merged_among,
    missing_reference,
    noun_of,
    party_fields,
    quoted,
    still_named_by,
    stored_row,
)
from tui_plan.model.schema import LETTERS, SCHEMA_VERSION, table_name

Values = Mapping[str, Any]
_AT_ONCE = 5_000


@dataclass(frozen=True)
class Author:
    """Who typed a change, on whose word, and by which channel they heard it.

    ``said_by`` is the uid of a person on the roster, or empty with ``said_by_name`` for anybody else. ``at`` is the
    naive UTC moment; now, if it is None.
    """

    login: str
    said_by: str = ""
    said_by_name: str = ""
    channel: str = ""
    at: datetime | None = None


@dataclass
class Writer:
    """Writes records within one change. Values are by field name; references are uids.

    ``summary`` is the line of the history; an operation may word it once it has seen the records.
    """

    summary: str
    undoes: int | None = None
    _entries: list[tuple[str, str, str, str, str | None, str | None, int]] = field(default_factory=list)
    _places: Places = field(default_factory=Places)
    _created: set[str] = field(default_factory=set)
    _named: dict[str, str] = field(default_factory=dict)

    @property
    def wrote(self) -> bool:
        """Whether this change has touched any record so far."""
        return bool(self._entries)

    def create(self, model: type[Record], **values: Any) -> str:
        """Insert a record and return its uid. A quoted record without a number gets the next one."""
        return self.create_many(model, [values])[0]

    def create_many(self, model: type[Record], many: Sequence[Values]) -> list[str]:
        """Insert many records of one table at once; like ``create`` for each.

        Raises ``NotFound`` when one names a record that is not there.
        """
        if not many:
            return []
        stored = [full_row(model, row) for row in self._numbered(model, many)]
        _insert_rows(model, stored)
        self._created.update(row["uid"] for row in stored)
        for row in stored:
            self._enter(model, None, _without_bookkeeping(row), row["row_version"], row)
        return [row["uid"] for row in stored]

    def update(
        self, model: type[Record], uid: str, values: Values, *, version: int | None = None, merge: bool = False
    ) -> bool:
        """Change the fields that differ from ``values``; return whether any did.

        With ``version``, raise ``Conflict`` if others have changed the record since; with ``merge`` as well, write
        what differs from that version all the same, unless they touched the same fields.
        """
        row = stored_row(model, uid)
        wanted: Values = _as_stored(model, values)
        if version is not None and row["row_version"] != version:
            wanted = own_changes(model, row, wanted, version, merge)
        after = {name: value for name, value in wanted.items() if value != row[name]}
        if not after:
            return False
        before = {name: row[name] for name in after}
        self._write(model, row, after)
        self._enter(model, before, after, row["row_version"] + 1, row | after)
        return True

    def delete(self, model: type[Record], uid: str, *, version: int | None = None) -> None:
        """Delete a record; ``Refused`` while other records refer to it, ``Conflict`` as for ``update``."""
        row = stored_row(model, uid)
        if version is not None and row["row_version"] != version:
            own_changes(model, row, {}, version, merge=False)
        try:
            with database.atomic():
                model.delete().where(model.uid == uid).execute()
        except IntegrityError as problem:
            raise Refused(
                f"This {noun_of(model, row)} cannot be removed while it is in use: {still_named_by(model, uid)}."
            ) from problem
        gone = _without_bookkeeping(row) | ({"sequence": row["sequence"]} if "sequence" in row else {})
        self._enter(model, gone, None, row["row_version"], row)

    def restore(self, model: type[Record], gone: Sequence[Values]) -> None:
        """Bring deleted records back under their own uids with the next version; only undo calls this.

        Each holds its ``uid`` and what the ledger kept of it.
        """
        for start in range(0, len(gone), _AT_ONCE):
            some = gone[start : start + _AT_ONCE]
            last = Entry.select(Entry.record, fn.MAX(Entry.row_version)).group_by(Entry.record)
            versions = dict(rows(last.where(Entry.record.in_([row["uid"] for row in some]))))
            self.create_many(model, [_next_of(row, versions[row["uid"]]) for row in some])

    def _numbered(self, model: type[Record], many: Sequence[Values]) -> Iterable[Values]:
        letter = LETTERS.get(model)
        if letter is None:
            return many
        lacking = sum("number" not in row for row in many)
        highest = max((row["number"] for row in many if "number" in row), default=0)
        numbers = iter(_next_numbers(letter, lacking, highest))
        return [row if "number" in row else {**row, "number": next(numbers)} for row in many]

    def _write(self, model: type[Record], row: Values, after: Values, *, raised: bool = False) -> None:
        kept = {"row_version": row["row_version"] + 1}
        if raised or model.calendar_fields & after.keys():
            kept["sequence"] = row["sequence"] + 1
        standing = (model.uid == row["uid"]) & (model.row_version == row["row_version"])
        try:
            changed = model.update({**after, **kept}).where(standing).execute()
        except IntegrityError as problem:
            raise _not_insertable(model, [{**row, **after}], problem) from problem
        if changed != 1:
            raise Conflict(moved_on(model, row, row["row_version"]))

    def _enter(
        self, model: type[Record], before: Values | None, after: Values | None, version: int, row: Values
    ) -> None:
        self._named |= {after[name]: name for name in party_fields(model) if after and after.get(name)}
        place = self._places.of(model, row["uid"], row)
        texts = [None if part is None else json.dumps(part, ensure_ascii=False) for part in (before, after)]
        self._entries.append((table_name(model), row["uid"], place.subject, place.plan, texts[0], texts[1], version))
        self._touch_calendar(model, {**(before or {}), **(after or {})}, row)

    def _touch_calendar(self, model: type[Record], touched: Values, row: Values) -> None:
        """Raise the sequence of the record whose calendar entry this one is part of; no ledger entry tells of that.

        What this change itself created has stood in no calendar yet.
        """
        whole = row[model.calendar_part_of] if model.calendar_part_of else None
        if whole and whole not in self._created and model.calendar_fields & touched.keys():
            above: type[Record] = model._meta.fields[model.calendar_part_of].rel_model
            self._write(above, stored_row(above, whole), {}, raised=True)


@contextmanager
def change(author: Author, summary: str, *, undoes: int | None = None) -> Iterator[Writer]:
    """Open the transaction of one change: all of it is written with its ledger entries, or nothing.

    A change that touches no record leaves no trace. Raises ``InvalidInput`` where it names a party that was merged into
    another, and ``DatabaseProblem`` when the file cannot be written.
    """
    writer = Writer(summary, undoes)
    try:
        with database.atomic():
            _check_schema()
            yield writer
            _close(writer, author)
    except (DatabaseError, sqlite3.DatabaseError) as problem:
        raise DatabaseProblem(_cannot_write(problem)) from problem


def _close(writer: Writer, author: Author) -> None:
    if not writer.wrote:
        return
    for sentence, name in merged_among(writer._named):
        raise InvalidInput(sentence, name)
    values = {
        "uid": new_uid(),
        "at": author.at or datetime.now(UTC).replace(tzinfo=None),
        "typed_by": clean(author.login),
        "said_by": author.said_by,
        "said_by_name": clean(author.said_by_name),
        "channel": author.channel,
        "summary": clean(writer.summary),
        "undoes": writer.undoes,
    }
    made = insert_one(Change, values)
    entries = [(made, *entry) for entry in writer._entries]
    fields: tuple[Any, ...] = (Entry.change, Entry.noun, Entry.record, Entry.subject, Entry.plan, Entry.before)
    insert_many(Entry, (*fields, Entry.after, Entry.row_version), entries)


def _next_of(gone: Values, version: int) -> Values:
    raised = {"sequence": gone["sequence"] + 1} if "sequence" in gone else {}
    return {**gone, **raised, "row_version": version + 1}


def _insert_rows(model: type[Record], stored: Sequence[Values]) -> None:
    columns = model._meta.sorted_fields
    many = [tuple(row[column.name] for column in columns) for row in stored]
    try:
        with database.atomic():
            insert_many(model, columns, many)
    except sqlite3.IntegrityError as problem:
        raise _not_insertable(model, stored, problem) from problem


def _not_insertable(model: type[Record], stored: Sequence[Values], problem: Exception) -> Exception:
    """Return the error in the coordinator's words for rows that the database refused."""
    for row in stored:
        missing = missing_reference(model, row)
        if missing:
            return NotFound(f"The {missing} that this {model.noun} names is not in this database. Choose another.")
    if "UNIQUE" in str(problem):
        return _taken(model, stored)
    return problem


def _taken(model: type[Record], stored: Sequence[Values]) -> Exception:
    for row in stored:
        if model.select().where(model.uid == row["uid"]).exists():
            return Refused(f"This {model.noun} is already there.")
    numbers: Any = model._meta.fields["number"]
    taken = next((row for row in stored if model.select().where(numbers == row["number"]).exists()), stored[0])
    return InvalidInput(f"There is already a {model.noun} with the number of {quoted(model, taken)}.", "number")


def full_row(model: type[Record], values: Values) -> dict[str, Any]:
    """Return the row that the database holds for a new record with these values, the defaults filled in."""
    defaults: dict[str, Any] = model._meta.get_default_dict()  # type: ignore[no-untyped-call]
    return _as_stored(
        model, {column.name: defaults.get(column.name) for column in model._meta.sorted_fields} | {**values}
    )


def _as_stored(model: type[Record], values: Values) -> dict[str, Any]:
    fields = model._meta.fields
    return {name: fields[name].db_value(value) for name, value in values.items()}


def _without_bookkeeping(row: Values) -> dict[str, Any]:
    return {name: value for name, value in row.items() if name not in BOOKKEEPING}


def _next_numbers(letter: str, count: int, highest: int) -> range:
    """Reserve ``count`` numbers; numbers up to ``highest`` came from a file and are taken as well."""
    last = Counter.select(Counter.last).where(Counter.letter == letter).scalar()
    if last is None:
        Counter.insert(letter=letter, last=0).execute()
        last = 0
    first = max(last, highest) + 1
    Counter.update(last=first + count - 1).where(Counter.letter == letter).execute()
    return range(first, first + count)


def _check_schema() -> None:
    if database.execute_sql("PRAGMA user_version").fetchone()[0] != SCHEMA_VERSION:
        raise DatabaseProblem("The database was migrated while this session was open. Leave and start tui-plan again.")


def _cannot_write(problem: Exception) -> str:
    text = str(problem)
    if "readonly" in text or "read-only" in text:
        return "You may read this database but not change it. Ask its owner for write permission."
    if "locked" in text:
        return "Somebody else is writing to the database for a long time. Nothing was changed; try again."
    if "full" in text:
        return "The disk is full. Nothing was changed; free some space and try again."
    return f"The database refused the change: {text}. Nothing was changed; run 'tui-plan check'."
