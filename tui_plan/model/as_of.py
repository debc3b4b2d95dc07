"""The plan as it was: for the length of a block every read answers as the records stood at an earlier moment.

The records are copied into memory and what the ledger tells of later changes is turned back there; the file is only
read. Any headless layer may call it, on the thread that owns the database. Versions and sequences are bookkeeping of
today: the ledger does not keep them, so they are not turned back.
"""

import json
from collections import defaultdict
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any

from peewee import SqliteDatabase, Table, fn

from tui_plan.model.base import Record, database, execute_many
from tui_plan.model.database import BUSY_SECONDS, database_path
from tui_plan.model.ledger import Change, Entry
from tui_plan.model.schema import RECORD_BY_TABLE, RECORDS, SCHEMA_VERSION, table_name
from tui_plan.model.store import full_row

Values = Mapping[str, Any]

_LEDGER_UNTIL = (
    "CREATE TEMP VIEW ledger_change AS SELECT * FROM live.ledger_change WHERE id <= (SELECT change FROM until)",
    # The plus keeps SQLite from choosing this range instead of the index that a question needs.
    "CREATE TEMP VIEW ledger_entry AS SELECT * FROM live.ledger_entry WHERE +change_id <= (SELECT change FROM until)",
)


@contextmanager
def as_of(moment: datetime) -> Iterator[None]:
    """Make every read answer as it would have at ``moment`` (naive UTC, included); nothing can be written meanwhile.

    The first change made after the moment and all that follow it are turned back, whatever their own clocks said.
    """
    live, file, last = database.obj, database_path(), _last_change(moment)
    past = SqliteDatabase(":memory:", uri=True, timeout=BUSY_SECONDS)
    database.initialize(past)
    try:
        database.connect()
        _fill(file, last)
        yield
    finally:
        past.close()
        database.initialize(live)


def _last_change(moment: datetime) -> int:
    later = Change.select(fn.MIN(Change.id)).where(Change.at > moment).scalar()
    newest = Change.select(fn.MAX(Change.id)).scalar() or 0
    return int(newest if later is None else later - 1)


def _fill(file: Path, last: int) -> None:
    """Fill the database in memory with the records as the change ``last`` left them, and with the ledger until then."""
    database.execute_sql("ATTACH DATABASE ? AS live", (f"{file.as_uri()}?mode=ro",))
    with database.atomic():
        database.create_tables(RECORDS, safe=False)
        for model in RECORDS:
            _copy(model)
        for noun, records in _turned_back(last).items():
            _write_back(RECORD_BY_TABLE[noun], records)
    database.execute_sql("CREATE TEMP TABLE until (change INTEGER)")
    database.execute_sql("INSERT INTO until VALUES (?)", (last,))
    for view in _LEDGER_UNTIL:
        database.execute_sql(view)
    database.execute_sql(f"PRAGMA user_version = {SCHEMA_VERSION}")
    database.execute_sql("PRAGMA query_only = 1")


def _copy(model: type[Record]) -> None:
    names = [column.column_name for column in model._meta.sorted_fields]
    live = Table(table_name(model), schema="live")
    model.insert_from(
        live.select(*(getattr(live.c, name) for name in names)), fields=model._meta.sorted_fields
    ).execute()


def _turned_back(last: int) -> dict[str, dict[str, Values | None]]:
    """Return by table and uid what each record changed since held then: some fields, all, or None if it was not yet."""
    entry = Table(table_name(Entry), schema="live")
    later = entry.select(entry.c.noun, entry.c.record, entry.c.before, entry.c.after).where(entry.c.change_id > last)
    found: dict[str, dict[str, Values | None]] = defaultdict(dict)
    for noun, record, before, after in database.execute(later.order_by(entry.c.id.desc())).fetchall():
        records = found[noun]
        if before is None:
            records[record] = None
        elif after is None:
            records[record] = json.loads(before)
        else:
            records[record] = {**(records.get(record) or {}), **json.loads(before)}
    return found


def _write_back(model: type[Record], records: Mapping[str, Values | None]) -> None:
    columns = [column.name for column in model._meta.sorted_fields]
    standing = {row[0]: row for row in database.execute(model.select()).fetchall() if row[0] in records}
    kept = []
    for uid, before in records.items():
        if before is not None:
            now = dict(zip(columns, standing[uid], strict=True)) if uid in standing else full_row(model, {"uid": uid})
            kept.append(tuple({**now, **before}[name] for name in columns))
    execute_many(model.delete().where(model.uid == ""), [(uid,) for uid in standing])
    if kept:
        execute_many(model.insert_many(kept[:1], fields=model._meta.sorted_fields), kept)
