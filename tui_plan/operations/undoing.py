"""Undo and redo: a change is turned back by a new change, never by taking ledger entries away.

The undo of a change names it in ``undoes``, a redo names the undo, and so on; a change stands unless something that
names it stands.
"""

import json
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from tui_plan.model.base import Record, rows
from tui_plan.model.errors import InvalidInput, NotFound, Refused
from tui_plan.model.ledger import Change, Entry, local_time
from tui_plan.model.places import noun_of, quoted, stored_row
from tui_plan.model.register import RegisterEntry
from tui_plan.model.schema import RECORD_BY_TABLE
from tui_plan.model.stage import Stage
from tui_plan.model.store import Author, Writer, change
from tui_plan.model.vocabulary import Gate
from tui_plan.operations.standing import check_standing

_AT_ONCE = 200


@dataclass(frozen=True)
class Undone:
    """What was turned back (or done again): the change's id and its words."""

    change: int
    summary: str


@dataclass(frozen=True)
class _Past:
    """One ledger entry that is to be turned back."""

    model: type[Record]
    record: str
    before: dict[str, Any] | None
    after: dict[str, Any] | None


def undo(author: Author, change_id: int | None = None) -> Undone:
    """Turn back a change: the author's latest that still stands, or the one named.

    Raises ``Refused`` with the reason when a record has been changed since, or there is nothing to undo.
    """
    with change(author, "Undid") as writer:
        target = change_id if change_id is not None else _last_standing(author.login)
        if target is None:
            raise Refused("There is nothing of yours to undo.")
        return _turn_back(writer, target)


def redo(author: Author) -> Undone:
    """Do again what the author's latest undo turned back, unless they have changed something else since."""
    with change(author, "Redid") as writer:
        target = _last_undo(author.login)
        if target is None:
            raise Refused("There is nothing to redo: you have changed something since, or you have undone nothing.")
        return _turn_back(writer, target)


def _turn_back(writer: Writer, target: int) -> Undone:
    chain = _chain(target)
    if target in _turned_back({target}):
        raise Refused("That change has been undone already.")
    first, summary = chain[-1]
    writer.undoes = target
    writer.summary = f"{'Undid' if len(chain) % 2 else 'Redid'}: {summary}"
    entries = _entries(target)
    for (model, gone), group in groupby(entries, key=lambda past: (past.model, past.after is None)):
        if gone:
            _bring_back(writer, model, list(group))
        else:
            for past in group:
                _revert(writer, past, past.after or {}, target)
    _check_what_stands(entries)
    return Undone(first, summary)


def _chain(target: int) -> list[tuple[int, str]]:
    """Return a change and what it turns back, and so on to the change that people made, with their words."""
    chain: list[tuple[int, str]] = []
    here: int | None = target
    while here is not None:
        found = rows(Change.select(Change.summary, Change.undoes).where(Change.id == here))
        if not found:
            raise NotFound(f"There is no change number {target}. 'tui-plan history' lists them.")
        chain.append((here, found[0][0]))
        here = found[0][1]
    return chain


def _entries(target: int) -> list[_Past]:
    found = rows(
        Entry.select(Entry.noun, Entry.record, Entry.before, Entry.after)
        .where(Entry.change == target)
        .order_by(Entry.id.desc())
    )
    return [_Past(RECORD_BY_TABLE[noun], record, _values(old), _values(new)) for noun, record, old, new in found]


def _revert(writer: Writer, past: _Past, after: dict[str, Any], target: int) -> None:
    try:
        row = stored_row(past.model, past.record)
    except NotFound as problem:
        raise Refused(f"It cannot be undone: {_since(past, target)} removed the {past.model.noun}.") from problem
    if any(row[name] != value for name, value in after.items()):
        raise Refused(f"It cannot be undone: {_since(past, target)} changed {_words(past, row)}.")
    try:
        if past.before is None:
            writer.delete(past.model, past.record)
        else:
            writer.update(past.model, past.record, past.before)
    except (NotFound, Refused) as problem:
        raise Refused(f"It cannot be undone. {problem}") from problem


def _bring_back(writer: Writer, model: type[Record], gone: list[_Past]) -> None:
    try:
        writer.restore(model, [{**(past.before or {}), "uid": past.record} for past in gone])
    except (NotFound, Refused, InvalidInput) as problem:
        raise Refused(f"It cannot be undone. {problem}") from problem


def _check_what_stands(entries: list[_Past]) -> None:
    """Refuse what was allowed once but not beside what others have changed since."""
    created = {past.record for past in entries if past.before is None}
    for past in entries:
        if past.record in created:
            _check_what_goes(past)
            continue
        try:
            check_standing(past.model, stored_row(past.model, past.record), (past.before or {}).keys())
        except (InvalidInput, Refused) as problem:
            raise Refused(f"It cannot be undone beside what was changed since. {problem}") from problem


def _check_what_goes(past: _Past) -> None:
    """Refuse to take back that a gate was overridden, as long as its stage is there: it is shown for ever."""
    after = past.after or {}
    if past.model is RegisterEntry and after["gate"] == Gate.OVERRIDDEN:
        with suppress(NotFound):
            stage = quoted(Stage, stored_row(Stage, after["stage"]))
            raise Refused(f"It cannot be undone: that the gate of {stage} was overridden stays. Decide anew there.")


def _words(past: _Past, row: dict[str, Any]) -> str:
    return quoted(past.model, row) if past.model.stands_alone else f"the {noun_of(past.model, row)}"


def _since(past: _Past, target: int) -> str:
    """Return who changed the record after the change, when, and what it was, as the subject of a sentence."""
    found = rows(
        Change.select(Change.typed_by, Change.at, Change.summary)
        .join(Entry)
        .where((Entry.record == past.record) & (Entry.change > target))
        .order_by(Entry.id.desc())
        .limit(1)
    )
    if not found:
        return "somebody"
    login, at, summary = found[0]
    return f"{login} (on {local_time(at)}, {summary})"


def _last_standing(login: str) -> int | None:
    """Return the latest change by ``login`` that is no undo or redo and still stands."""
    for group in _changes_of(login):
        own = [made for made, undoes in group if undoes is None]
        gone = _turned_back(set(own))
        for made in own:
            if made not in gone:
                return made
    return None


def _last_undo(login: str) -> int | None:
    """Return the latest undo by ``login`` that still stands, if nothing new was done after it."""
    for group in _changes_of(login):
        gone = _turned_back({made for made, _ in group})
        for made, undoes in group:
            if undoes is None:
                return None
            if made not in gone and len(_chain(made)) % 2 == 0:
                return made
    return None


def _changes_of(login: str) -> Iterator[list[tuple[int, int | None]]]:
    """Yield the changes by ``login`` with what each turns back, newest first, some at a time."""
    query = Change.select(Change.id, Change.undoes).where(Change.typed_by == login).order_by(Change.id.desc())
    group = rows(query.limit(_AT_ONCE))
    while group:
        yield [(made, undoes) for made, undoes in group]
        group = rows(query.where(Change.id < group[-1][0]).limit(_AT_ONCE))


def _turned_back(changes: set[int]) -> set[int]:
    """Return those of ``changes`` that do not stand: some change that names them stands itself."""
    if not changes:
        return set()
    naming = rows(Change.select(Change.id, Change.undoes).where(Change.undoes.in_(changes)))
    fallen = _turned_back({made for made, _ in naming})
    return {undoes for made, undoes in naming if made not in fallen}


def _values(text: str | None) -> dict[str, Any] | None:
    if text is None:
        return None
    found: dict[str, Any] = json.loads(text)
    return found
