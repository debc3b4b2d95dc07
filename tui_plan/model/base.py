"""What all records share: a random uid, a version that rises by one with each change, and the fields that hold values.

Only ``model`` defines tables. Layers above read them, and write only through ``model.store``.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from functools import cache
from typing import TYPE_CHECKING, Any, ClassVar
from uuid import uuid4

from peewee import DatabaseProxy, Field, ForeignKeyField, IntegerField, Model, TextField

_AT_ONCE = 5_000

database = DatabaseProxy()
"""The open database; ``model.database`` sets it. One process has one database open."""


def new_uid() -> str:
    """Return a random identity of 32 hexadecimal digits: it is never reused, unlike SQLite's row ids."""
    return uuid4().hex


if TYPE_CHECKING:
    _Days = Field[date | None]
    _Moments = Field[datetime | None]
    _Amounts = Field[Decimal | None]
else:
    _Days = _Moments = _Amounts = Field


class DayField(_Days):
    """A calendar day, stored as ISO text so that it sorts and compares alike on every engine."""

    field_type = "TEXT"

    def db_value(self, value: date | str | None) -> str | None:
        return value.isoformat() if isinstance(value, date) else value

    def python_value(self, value: str | None) -> date | None:
        return date.fromisoformat(value) if value else None


class MomentField(_Moments):
    """A naive moment to the second, UTC or local as the field says, stored as ISO text."""

    field_type = "TEXT"

    def db_value(self, value: datetime | str | None) -> str | None:
        return value.isoformat(timespec="seconds") if isinstance(value, datetime) else value

    def python_value(self, value: str | None) -> datetime | None:
        return datetime.fromisoformat(value) if value else None


class AmountField(_Amounts):
    """An exact decimal, stored as the text of its plain digits: money is never a float."""

    field_type = "TEXT"

    def db_value(self, value: Decimal | str | None) -> str | None:
        return format(value, "f") if isinstance(value, Decimal) else value

    def python_value(self, value: str | None) -> Decimal | None:
        return Decimal(value) if value is not None else None


class Record(Model):
    """A row with an identity for ever. ``noun`` names it in sentences and in the ledger.

    ``parent`` is the field that leads to the record it belongs to; ``stands_alone`` tells whether people open it by
    itself, so that the ledger files changes of its parts under it. ``calendar_fields`` are those whose change
    raises ``sequence`` (RFC 5545, 3.8.7.4), also that of the record in the field ``calendar_part_of``: an exception
    changes its series.
    """

    noun: ClassVar[str] = "record"
    parent: ClassVar[str] = ""
    stands_alone: ClassVar[bool] = False
    calendar_fields: ClassVar[frozenset[str]] = frozenset()
    calendar_part_of: ClassVar[str] = ""

    uid = TextField(primary_key=True, default=new_uid)
    row_version = IntegerField(default=1)

    class Meta:
        database = database
        legacy_table_names = False


BOOKKEEPING = frozenset({"uid", "row_version", "sequence"})
"""Fields that the store keeps itself: they are no part of what a person changed, and undo never turns them back."""


def part_of(target: Any, **options: Any) -> "ForeignKeyField[Any]":
    """Return a required reference to ``target``; what is referred to cannot be deleted."""
    return ForeignKeyField(target, on_delete="RESTRICT", backref="+", **options)


def may_name(target: Any, **options: Any) -> "ForeignKeyField[Any]":
    """Return an optional reference to ``target``."""
    return part_of(target, null=True, **options)


def portions(uids: Iterable[str]) -> Iterator[list[str]]:
    """Yield ``uids`` in order, as many at a time as one question may hold; nothing where there are none."""
    wanted = sorted(uids)
    for start in range(0, len(wanted), _AT_ONCE):
        yield wanted[start : start + _AT_ONCE]


def rows(query: Any) -> list[tuple[Any, ...]]:
    """Run a query and return all its rows: an unfinished cursor would block writers.

    The values are those that Peewee gives, but whole columns are converted at once, and only those that need it.
    """
    cursor = query.tuples().execute()
    cursor.initialize()
    found: list[tuple[Any, ...]] = cursor.cursor.fetchall()
    if not found or not any(map(_changes, cursor.converters)):
        return found
    columns = [
        [convert(value) for value in column] if _changes(convert) else column
        for column, convert in zip(zip(*found, strict=True), cursor.converters, strict=True)
    ]
    return list(zip(*columns, strict=True))


def _changes(convert: Any) -> bool:
    """Whether a column's conversion makes anything else of what SQLite holds: texts and numbers stay as they are."""
    return convert is not None and not isinstance(getattr(convert, "__self__", None), _AS_STORED)


_AS_STORED = (TextField, IntegerField, ForeignKeyField)


def insert_many(model: type[Model], columns: "Sequence[Field[Any]]", many: list[tuple[Any, ...]]) -> None:
    """Insert rows whose values are as stored, in the order of ``columns``; the driver's own errors come out."""
    statement = _insert_statement(model, tuple(columns), type(database.obj).__name__)
    database.cursor().executemany(statement, many)


def insert_one(model: type[Model], values: Mapping[str, Any]) -> int:
    """Insert one row, its values by field name, and return its row id; the driver's own errors come out."""
    columns = tuple(model._meta.fields[name] for name in values)
    statement = _insert_statement(model, columns, type(database.obj).__name__)
    cursor = database.cursor()
    cursor.execute(statement, [column.db_value(values[column.name]) for column in columns])
    return int(database.last_insert_id(cursor))


@cache
def _insert_statement(model: type[Model], columns: "tuple[Field[Any], ...]", engine: str) -> str:
    """Return the statement that inserts one row: wording it takes Peewee longer than SQLite takes to insert."""
    statement, _ = model.insert_many([(None,) * len(columns)], fields=columns).sql()
    return str(statement)


def execute_many(query: Any, many: list[tuple[Any, ...]]) -> None:
    """Run the SQL that Peewee makes for one row over ``many``: five times as fast as binding each.

    The driver's own errors come out, not Peewee's.
    """
    statement, _ = query.sql()
    database.cursor().executemany(statement, many)
