"""The one way to write. ``change`` opens a transaction, and its ``Writer`` enters every change in the ledger.

Called by ``operations`` (and by imports through them); nothing else may insert, update or delete a record.
"""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from peewee import BooleanField, DatabaseError, IntegrityError

from tui_plan.model.base import BOOKKEEPING, Record, database, new_uid, rows
from tui_plan.model.errors import Conflict, DatabaseProblem, NotFound, Refused
from tui_plan.model.ledger import Change, Counter, Entry
from tui_plan.model.schema import LETTERS, SCHEMA_VERSION, table_name

Values = Mapping[str, Any]


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
class _Place:
    """Where a record belongs: the record that people open to see it, and its plan."""

    subject: str
    plan: str


@dataclass
class Writer:
    """Writes records within one change. Values are by field name; references are uids."""

    _entries: list[tuple[str, str, str, str, str | None, str | None, int]] = field(default_factory=list)
    _places: dict[tuple[str, str], _Place] = field(default_factory=dict)

    @property
    def wrote(self) -> bool:
        """Whether this change has touched any record so far."""
        return bool(self._entries)

    def create(self, model: type[Record], **values: Any) -> str:
        """Insert a record and return its uid. A quoted record without a number gets the next one."""
        return self.create_many(model, [values])[0]

    def create_many(self, model: type[Record], many: Sequence[Values]) -> list[str]:
        """Insert many records of one table at once; like ``create`` for each."""
        if not many:
            return []
        stored = [_full_row(model, row) for row in self._numbered(model, many)]
        columns = model._meta.sorted_fields
        _insert_rows(model, [tuple(row[column.name] for column in columns) for row in stored])
        for row in stored:
            self._enter(model, row["uid"], None, _without_bookkeeping(row), row["row_version"], row)
        return [row["uid"] for row in stored]

    def update(
        self, model: type[Record], uid: str, values: Values, *, version: int | None = None, merge: bool = False
    ) -> bool:
        """Change the fields that differ from ``values``; return whether any did.

        With ``version``, raise ``Conflict`` if the record has moved on since; with ``merge`` as well, write what
        differs from that version all the same, unless the other change touched the same fields.
        """
        row = stored_row(model, uid)
        wanted: Values = _as_stored(model, values)
        if version is not None and row["row_version"] != version:
            wanted = _merged(model, row, wanted, version, merge)
        after = {name: value for name, value in wanted.items() if value != row[name]}
        if not after:
            return False
        before = {name: row[name] for name in after}
        self._write(model, row, after)
        self._enter(model, uid, before, after, row["row_version"] + 1, row | after)
        return True

    def delete(self, model: type[Record], uid: str, *, version: int | None = None) -> None:
        """Delete a record; ``Refused`` while other records lean on it, ``Conflict`` as for ``update``."""
        row = stored_row(model, uid)
        if version is not None and row["row_version"] != version:
            raise Conflict(_moved_on(model, uid, version))
        gone = _without_bookkeeping(row) | ({"sequence": row["sequence"]} if "sequence" in row else {})
        self._enter(model, uid, gone, None, row["row_version"], row)
        try:
            with database.atomic():
                model.delete().where(model.uid == uid).execute()
        except IntegrityError as problem:
            raise Refused(f"This {model.noun} cannot be removed while other records refer to it.") from problem

    def raise_sequence(self, model: type[Record], uid: str) -> None:
        """Raise a record's calendar sequence where a part of it changed; that is bookkeeping and enters no ledger."""
        row = stored_row(model, uid)
        self._write(model, row, {}, raised=True)

    def restore(self, model: type[Record], uid: str, row: Values, version: int) -> None:
        """Bring a deleted record back under its own uid with the next version; only undo calls this."""
        self.create_many(model, [dict(row) | {"uid": uid, "row_version": version}])

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
        changed = (
            model.update({**after, **kept})
            .where((model.uid == row["uid"]) & (model.row_version == row["row_version"]))
            .execute()
        )
        if changed != 1:
            raise Conflict(_moved_on(model, row["uid"], row["row_version"]))

    def _enter(
        self, model: type[Record], uid: str, before: Values | None, after: Values | None, version: int, row: Values
    ) -> None:
        place = self._place(model, uid, row)
        texts = [None if part is None else json.dumps(part, ensure_ascii=False) for part in (before, after)]
        self._entries.append((table_name(model), uid, place.subject, place.plan, texts[0], texts[1], version))

    def _place(self, model: type[Record], uid: str, row: Values | None = None) -> _Place:
        key = (table_name(model), uid)
        known = self._places.get(key)
        if known is None:
            known = self._places[key] = self._find_place(model, uid, row or stored_row(model, uid))
        return known

    def _find_place(self, model: type[Record], uid: str, row: Values) -> _Place:
        leads_to = "action" if row.get("action") else model.parent
        if not leads_to:
            return _Place(uid, uid if table_name(model) == "plan" else "")
        above = self._place(model._meta.fields[leads_to].rel_model, row[leads_to])
        return _Place(uid if model.stands_alone else above.subject, above.plan)


@contextmanager
def change(author: Author, summary: str, *, undoes: int | None = None) -> Iterator[Writer]:
    """Open the transaction of one change: all of it is written with its ledger entries, or nothing.

    A change that touches no record leaves no trace. Raises ``DatabaseProblem`` when the file cannot be written.
    """
    writer = Writer()
    try:
        with database.atomic():
            _check_schema()
            yield writer
            _close(writer, author, summary, undoes)
    except IntegrityError:
        raise
    except DatabaseError as problem:
        raise DatabaseProblem(_cannot_write(problem)) from problem


def stored_row(model: type[Record], uid: str) -> dict[str, Any]:
    """Return the record's fields as the database holds them (days as ISO text); ``NotFound`` if it is gone."""
    row = database.execute(model.select().where(model.uid == uid)).fetchone()
    if row is None:
        raise NotFound(f"This {model.noun} is no longer there: somebody removed it.")
    return {
        column.name: bool(value) if isinstance(column, BooleanField) else value
        for column, value in zip(model._meta.sorted_fields, row, strict=True)
    }


def _close(writer: Writer, author: Author, summary: str, undoes: int | None) -> None:
    if not writer._entries:
        return
    made = Change.create(
        uid=new_uid(),
        at=author.at or datetime.now(UTC).replace(tzinfo=None),
        typed_by=author.login,
        said_by=author.said_by,
        said_by_name=author.said_by_name,
        channel=author.channel,
        summary=summary,
        undoes=undoes,
    )
    fields = [Entry.change, Entry.noun, Entry.record, Entry.subject, Entry.plan, Entry.before, Entry.after]
    _execute_many(
        Entry.insert_many([(made.id, *writer._entries[0])], fields=[*fields, Entry.row_version]),
        [(made.id, *entry) for entry in writer._entries],
    )


def _insert_rows(model: type[Record], many: list[tuple[Any, ...]]) -> None:
    _execute_many(model.insert_many(many[:1], fields=model._meta.sorted_fields), many)


def _execute_many(query: Any, many: list[tuple[Any, ...]]) -> None:
    """Run the SQL that Peewee makes for one row over ``many``: five times as fast as binding each."""
    statement, _ = query.sql()
    statement = statement.split(" RETURNING ")[0]
    database.cursor().executemany(statement, many)


def _full_row(model: type[Record], values: Values) -> dict[str, Any]:
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


def _merged(model: type[Record], row: Values, wanted: Values, version: int, merge: bool) -> Values:
    """Return what ``wanted`` changes of the record as it stood at ``version``; ``Conflict`` if others changed that."""
    since = (
        Entry.select(Entry.before)
        .where((Entry.record == row["uid"]) & (Entry.row_version > version) & Entry.before.is_null(False))
        .order_by(Entry.id.desc())
    )
    theirs: dict[str, Any] = {}
    for (before,) in rows(since):
        theirs |= json.loads(before)
    base = {**row, **theirs}
    mine = {name: value for name, value in wanted.items() if value != base[name]}
    disjoint = all(name not in theirs or value == row[name] for name, value in mine.items())
    if not (merge and disjoint):
        raise Conflict(_moved_on(model, row["uid"], version), mergeable=disjoint)
    return mine


def _moved_on(model: type[Record], uid: str, version: int) -> str:
    later = (
        Change.select(Change.typed_by, Change.at, Change.summary)
        .join(Entry)
        .where((Entry.record == uid) & (Entry.row_version > version))
        .order_by(Entry.id.desc())
        .limit(1)
        .tuples()
        .first()
    )
    if later is None:
        return f"This {model.noun} has changed since you opened it. Open it again to see it."
    login, at, summary = later
    return (
        f"{login} changed this {model.noun} at {at:%H:%M} UTC on {at:%Y-%m-%d} ({summary}). Look at it, then try again."
    )


def _check_schema() -> None:
    if database.execute_sql("PRAGMA user_version").fetchone()[0] != SCHEMA_VERSION:
        raise DatabaseProblem("The database was migrated while this session was open. Leave and start tui-plan again.")


def _cannot_write(problem: DatabaseError) -> str:
    text = str(problem)
    if "readonly" in text or "read-only" in text:
        return "You may read this database but not change it. Ask its owner for write permission."
    if "locked" in text:
        return "Somebody else is writing to the database for a long time. Nothing was changed; try again."
    if "full" in text:
        return "The disk is full. Nothing was changed; free some space and try again."
    return f"The database refused the change: {text}. Nothing was changed; run 'tui-plan check'."
