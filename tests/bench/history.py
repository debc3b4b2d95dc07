"""The ledger of past months: what people said of the actions, written in bulk as ``model.store`` would have written it.

``store.change`` reads each record before it changes it, which takes minutes for a million entries. So changes of
actions are worked out here and written with ``executemany``: the same UPDATE with ``row_version + 1``, which the
database's own triggers check, and the same ledger rows. A test replays the ledger and compares it with the tables.
Notes and meetings of each month go through the store itself.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from itertools import groupby
from random import Random
from typing import Any

from tests.bench import words
from tests.bench.plans import MadeAction, MadePlan
from tests.bench.roster import COORDINATORS, uid
from tui_plan.model.base import database
from tui_plan.model.ledger import Change
from tui_plan.model.plan import Action
from tui_plan.model.vocabulary import Channel, Confidence, Status

QUARTER = timedelta(days=91)
_BATCH = 50_000
_Event = tuple[datetime, MadeAction, str]
_CHANGE = (
    "INSERT INTO ledger_change (id, uid, at, typed_by, said_by, said_by_name, channel, summary) "
    "VALUES (?, ?, ?, ?, ?, '', ?, ?)"
)
_ENTRY = (
    "INSERT INTO ledger_entry (change_id, noun, record, subject, plan, before, after, row_version) "
    "VALUES (?, 'action', ?, ?, ?, ?, ?, ?)"
)
_UPDATE = (
    "UPDATE action SET status = ?, confidence = ?, confidence_reason = ?, forecast = ?, actual = ?, sequence = ?, "
    "row_version = row_version + 1 WHERE uid = ?"
)


@dataclass
class _Batch:
    """Rows that wait to be written together."""

    next_change: int
    changes: list[tuple[Any, ...]] = field(default_factory=list)
    entries: list[tuple[Any, ...]] = field(default_factory=list)
    updates: list[tuple[Any, ...]] = field(default_factory=list)

    def write(self) -> None:
        cursor = database.cursor()
        for statement, many in ((_CHANGE, self.changes), (_ENTRY, self.entries), (_UPDATE, self.updates)):
            cursor.executemany(statement, many)
            many.clear()


def fated(actions: list[MadeAction]) -> int:
    """Return how many changes the actions' fates and last dates alone need."""
    return sum(len(_fates(action)) for action in actions)


def events(rng: Random, plans: list[MadePlan], count: int, today: date) -> list[_Event]:
    """Return ``count`` moments at which something was said of an action, in order, those of its fate among them."""
    actions = [action for plan in plans for action in plan.actions]
    began = min(plan.began for plan in plans)
    found = [
        (_moment(rng, began, today, action, late=place), action, kind)
        for action in actions
        for place, kind in enumerate(_fates(action))
    ]
    chatty = [rng.expovariate(1) for _ in actions]
    for action in rng.choices(actions, chatty, k=max(0, count - len(found))):
        found.append((_moment(rng, began, today, action), action, "said"))
    return sorted(found, key=lambda event: event[0])


def write_events(rng: Random, found: list[_Event]) -> None:
    """Write changes of actions at their moments; what is said of one plan within a day may be one change."""
    batch = _Batch((Change.select(Change.id).order_by(Change.id.desc()).limit(1).scalar() or 0) + 1)
    for moment, together in _changes(rng, found):
        first = together[0][0]
        batch.changes.append(_change_row(rng, batch.next_change, moment, first, len(together)))
        for action, kind in together:
            _tell(rng, batch, action, kind, moment.date())
        batch.next_change += 1
        if len(batch.entries) >= _BATCH:
            batch.write()
    batch.write()


def _changes(rng: Random, found: list[_Event]) -> Iterator[tuple[datetime, list[tuple[MadeAction, str]]]]:
    """Join what is said of one plan within a day into changes of a few actions, each action once."""
    for _, of_day in groupby(found, key=lambda event: event[0].date()):
        by_plan = sorted(of_day, key=lambda event: event[1].plan)
        changes = []
        for _, of_plan in groupby(by_plan, key=lambda event: event[1].plan):
            waiting = list(of_plan)
            while waiting:
                together, waiting = _split(waiting, rng.randrange(1, 9))
                changes.append((together[-1][0], [(action, kind) for _, action, kind in together]))
        yield from sorted(changes, key=lambda change: change[0])


def _split(events: list[_Event], most: int) -> tuple[list[_Event], list[_Event]]:
    """Cut off the first events, up to ``most`` and before an action comes up again."""
    seen: set[str] = set()
    for place, (_, action, _) in enumerate(events[:most]):
        if action.uid in seen:
            return events[:place], events[place:]
        seen.add(action.uid)
    return events[:most], events[most:]


def _fates(action: MadeAction) -> list[str]:
    moved = ["moved"] if action.expected != action.agreed else []
    return (
        moved
        + {
            Status.NOT_STARTED: [],
            Status.IN_PROGRESS: ["begun"],
            Status.DEFERRED: ["ended"],
            Status.WITHDRAWN: ["ended"],
            Status.COMPLETE: ["begun", "ended"],
        }[action.fate]
    )


def _moment(rng: Random, began: date, today: date, action: MadeAction, late: int | None = None) -> datetime:
    """Return when something was said; the steps of a fate come one after the other, towards the end."""
    last = today - QUARTER if action.quiet else today
    span = (last - began).days
    share = rng.random() if late is None else 0.5 + (late + rng.random()) / 6
    seconds = rng.randrange(8 * 3600, 18 * 3600)
    return datetime.combine(began + timedelta(days=int(span * share)), time()) + timedelta(seconds=seconds)


def _change_row(rng: Random, number: int, at: datetime, action: MadeAction, many: int) -> tuple[Any, ...]:
    summary = f"Progress on “{action.title}”" if many == 1 else f"Changed {many} actions"
    said_by = action.speaker if many == 1 else ""
    channel = rng.choice(list(Channel)) if said_by else Channel.OWN
    return (number, uid(rng), at.isoformat(timespec="seconds"), rng.choice(COORDINATORS), said_by, channel, summary)


def _tell(rng: Random, batch: _Batch, action: MadeAction, kind: str, day: date) -> None:
    wanted = _wanted(rng, action, kind, day)
    after = {name: value for name, value in wanted.items() if value != getattr(action, name)} or _confidence(
        rng, action
    )
    before = {name: getattr(action, name) for name in after}
    for name, value in after.items():
        setattr(action, name, value)
    if Action.calendar_fields & after.keys():
        action.sequence += 1
    action.row_version += 1
    texts = [
        json.dumps({name: _plain(value) for name, value in part.items()}, ensure_ascii=False)
        for part in (before, after)
    ]
    batch.entries.append((batch.next_change, action.uid, action.uid, action.plan, *texts, action.row_version))
    batch.updates.append(
        (
            action.status,
            action.confidence,
            action.confidence_reason,
            _plain(action.forecast),
            _plain(action.actual),
            action.sequence,
            action.uid,
        )
    )


def _wanted(rng: Random, action: MadeAction, kind: str, day: date) -> dict[str, Any]:
    """Return the fields that this event gives new values."""
    if kind == "moved":
        action.settled = True
        return {"forecast": action.expected}
    if kind == "begun" and action.status == Status.NOT_STARTED:
        return {"status": Status.IN_PROGRESS}
    if kind == "ended":
        ended = {"status": action.fate}
        return ended | {"actual": day} if action.fate == Status.COMPLETE else ended
    known = action.forecast or action.agreed
    if known and not action.settled and action.expected != action.agreed and rng.random() < 0.5:
        return {"forecast": known + timedelta(days=rng.choice((7, 14, 30, 61)))}
    return _confidence(rng, action)


def _confidence(rng: Random, action: MadeAction) -> dict[str, Any]:
    reason = words.reason(rng)
    while reason == action.confidence_reason:
        reason = words.reason(rng)
    confidence = rng.choice(list(Confidence))
    changed = {"confidence": confidence} if confidence != action.confidence else {}
    return changed | {"confidence_reason": reason}


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value
