"""Undo and redo: a change is turned back by a new change, never by taking ledger entries away."""

import json
from dataclasses import dataclass
from typing import Any

from tui_plan.model.base import rows
from tui_plan.model.errors import NotFound, Refused
from tui_plan.model.ledger import Change, Entry
from tui_plan.model.schema import RECORD_BY_TABLE
from tui_plan.model.store import Author, Writer, change, stored_row

_LOOK_BACK = 400


@dataclass(frozen=True)
class Undone:
    """What was turned back (or done again): the change's id and its words."""

    change: int
    summary: str


def undo(author: Author, change_id: int | None = None) -> Undone:
    """Turn back a change: the author's latest that still stands, or the one named.

    Raises ``Refused`` with the reason when a record has been changed since, or there is nothing to undo.
    """
    target = change_id if change_id is not None else _last_standing(author.login)
    if target is None:
        raise Refused("There is nothing of yours to undo.")
    return _turn_back(author, target, "Undid: ")


def redo(author: Author) -> Undone:
    """Do again what the author's latest undo turned back, unless they have changed something else since."""
    target = _last_undo(author.login)
    if target is None:
        raise Refused("There is nothing to do again: you have changed something else since, or undone nothing.")
    return _turn_back(author, target, "Did again: ")


def _turn_back(author: Author, target: int, words: str) -> Undone:
    found = rows(Change.select(Change.summary, Change.typed_by, Change.undoes).where(Change.id == target))
    if not found:
        raise NotFound(f"There is no change number {target}. 'history' lists them.")
    if Change.select().where(Change.undoes == target).order_by(Change.id.desc()).exists() and _is_undone(target):
        raise Refused("That change has been undone already.")
    summary = _plain(found[0][0])
    entries = rows(
        Entry.select(Entry.noun, Entry.record, Entry.before, Entry.after, Entry.row_version)
        .where(Entry.change == target)
        .order_by(Entry.id.desc())
    )
    with change(author, words + summary, undoes=target) as writer:
        for noun, record, before, after, version in entries:
            _revert(writer, noun, record, _values(before), _values(after), version)
    return Undone(target, summary)


def _revert(
    writer: Writer, noun: str, record: str, before: dict[str, Any] | None, after: dict[str, Any] | None, version: int
) -> None:
    model = RECORD_BY_TABLE[noun]
    if after is None:
        writer.restore(model, record, before or {}, version + 1)
        return
    try:
        row = stored_row(model, record)
    except NotFound as problem:
        raise Refused(f"It cannot be undone: the {model.noun} has been removed since.") from problem
    if any(row[name] != value for name, value in after.items()):
        raise Refused(f"It cannot be undone: {_who_since(record, version)} changed the {model.noun} since.")
    if before is None:
        _check_untouched(model.noun, record, row["row_version"], version)
        writer.delete(model, record)
    else:
        writer.update(model, record, before)


def _check_untouched(noun: str, record: str, now: int, then: int) -> None:
    if now != then and not _net_nothing(record, then):
        raise Refused(f"It cannot be undone: {_who_since(record, then)} changed the {noun} since.")


def _net_nothing(record: str, version: int) -> bool:
    """Whether all that was done to the record since ``version`` has been turned back again."""
    since = Entry.select(Entry.change).where((Entry.record == record) & (Entry.row_version > version))
    changes = {found for (found,) in rows(since)}
    return all(_is_undone(found) or _undoes_something(found) for found in changes)


def _undoes_something(change_id: int) -> bool:
    return bool(rows(Change.select(Change.id).where((Change.id == change_id) & Change.undoes.is_null(False))))


def _who_since(record: str, version: int) -> str:
    found = rows(
        Change.select(Change.typed_by, Change.at, Change.summary)
        .join(Entry)
        .where((Entry.record == record) & (Entry.row_version > version))
        .order_by(Entry.id.desc())
        .limit(1)
    )
    if not found:
        return "somebody"
    login, at, summary = found[0]
    return f"{login} ({at:%Y-%m-%d %H:%M} UTC, {summary})"


def _last_standing(login: str) -> int | None:
    """Return the id of the latest change by ``login`` that is no undo and has not been undone."""
    mine = (
        Change.select(Change.id)
        .where((Change.typed_by == login) & Change.undoes.is_null())
        .order_by(Change.id.desc())
        .limit(_LOOK_BACK)
    )
    return next((found for (found,) in rows(mine) if not _is_undone(found)), None)


def _last_undo(login: str) -> int | None:
    """Return the id of the latest undo by ``login`` that stands, if nothing new was done after it."""
    mine = (
        Change.select(Change.id, Change.undoes)
        .where(Change.typed_by == login)
        .order_by(Change.id.desc())
        .limit(_LOOK_BACK)
    )
    for found, undoes in rows(mine):
        if undoes is None:
            return None
        if not _undoes_something(undoes) and not _is_undone(found):
            return int(found)
    return None


def _is_undone(change_id: int) -> bool:
    """Whether a change is turned back by an undo that itself stands."""
    turned = rows(Change.select(Change.id).where(Change.undoes == change_id))
    return any(not _is_undone(found) for (found,) in turned)


def _plain(summary: str) -> str:
    return summary.removeprefix("Undid: ").removeprefix("Did again: ")


def _values(text: str | None) -> dict[str, Any] | None:
    if text is None:
        return None
    found: dict[str, Any] = json.loads(text)
    return found
