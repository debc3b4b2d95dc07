"""What the ledger says the tables hold, worked out from its first entry on: the measure for everything that is written.

Written apart from the program on purpose: it shares nothing with ``model.as_of`` or ``operations.upkeep``.
"""

import json
from functools import cache
from typing import Any

from peewee import Model

from tui_plan.model.base import database
from tui_plan.model.schema import RECORDS, TABLES


@cache
def whole(model: type[Model]) -> str:
    """Return the statement that reads a whole table."""
    return str(model.select().sql()[0])


Content = dict[str, dict[str, dict[str, Any]]]
BOOKKEEPING = {"uid", "row_version", "sequence"}


def tables() -> Content:
    """Return by table and uid what every record holds, but for its bookkeeping."""
    found: Content = {}
    for model in RECORDS:
        columns = [column.name for column in model._meta.sorted_fields]
        name = model._meta.table_name
        found[name] = {}
        for row in database.execute_sql(whole(model)).fetchall():
            values = dict(zip(columns, row, strict=True))
            uid = values["uid"]
            found[name][uid] = {field: value for field, value in values.items() if field not in BOOKKEEPING}
    return found


def replayed() -> Content:
    """Return the same from the ledger alone, and insist that each entry fits what came before it."""
    found: Content = {model._meta.table_name: {} for model in RECORDS}
    versions: dict[str, int] = {}
    for noun, uid, before, after, version in database.execute_sql(
        "SELECT noun, record, before, after, row_version FROM ledger_entry ORDER BY id"
    ).fetchall():
        records = found[noun]
        old, new = json.loads(before or "{}"), json.loads(after or "{}")
        if before is None:
            assert uid not in records
            assert version == versions.get(uid, 0) + 1
            records[uid] = new
        elif after is None:
            assert versions[uid] <= version
            assert records.pop(uid) == {field: value for field, value in old.items() if field not in BOOKKEEPING}
        else:
            assert old.keys() == new.keys()
            assert {field: records[uid][field] for field in old} == old
            assert version == versions[uid] + 1 or (noun == "meeting_series" and version > versions[uid])
            records[uid] |= new
        versions[uid] = version
    return found


def everything() -> list[Any]:
    """Return the whole database, bookkeeping, ledger and counters included."""
    return [database.execute_sql(whole(model)).fetchall() for model in TABLES]
