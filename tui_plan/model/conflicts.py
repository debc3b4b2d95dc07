"""Two people at one record: what a form changed of the version it had seen, and who came between.

Only ``model.store`` calls this, within its transaction.
"""

import json
from collections.abc import Mapping
from typing import Any

from tui_plan.model.base import BOOKKEEPING, Record, rows
from tui_plan.model.errors import Conflict
from tui_plan.model.ledger import Change, Entry, local_time
from tui_plan.model.places import noun_of

Values = Mapping[str, Any]


def own_changes(model: type[Record], row: Values, wanted: Values, version: int, merge: bool) -> Values:
    """Return what ``wanted`` changes of the record as it stood at ``version``, which others have moved on from.

    Raises ``Conflict`` when others changed the same fields, or changed anything and ``merge`` is false. A field that
    others changed and put back counts as unchanged.
    """
    seen = _as_it_stood(row, version)
    theirs = {name for name, value in row.items() if name not in BOOKKEEPING and value != seen[name]}
    mine = {name: value for name, value in wanted.items() if value != seen[name]}
    apart = all(name not in theirs or value == row[name] for name, value in mine.items())
    if theirs and not (merge and apart):
        raise Conflict(moved_on(model, row, version), mergeable=apart)
    return mine


def moved_on(model: type[Record], row: Values, version: int) -> str:
    """Return the sentence that says who changed the record after ``version``."""
    later = (
        Change.select(Change.typed_by, Change.at, Change.summary)
        .join(Entry)
        .where((Entry.record == row["uid"]) & (Entry.row_version > version))
        .order_by(Entry.id.desc())
        .limit(1)
    )
    for login, at, summary in rows(later):
        return (
            f"{login} changed this {noun_of(model, row)} on {local_time(at)} ({summary}). Look at it, then try again."
        )
    return f"This {noun_of(model, row)} has changed since you opened it. Open it again to see it."


def _as_it_stood(row: Values, version: int) -> dict[str, Any]:
    since = (
        Entry.select(Entry.before)
        .where((Entry.record == row["uid"]) & (Entry.row_version > version) & Entry.before.is_null(False))
        .order_by(Entry.id.desc())
    )
    seen = dict(row)
    for (before,) in rows(since):
        seen |= json.loads(before)
    return seen
