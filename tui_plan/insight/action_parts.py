"""What hangs on actions, for one or for many at once: roles, dependencies, resources, checkpoints, measures, notes.

``details`` asks for one action, ``whole_plan`` for all of a plan: the number of queries is the same.
"""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple

from peewee import fn

from tui_plan.insight.action_rows import SETTLED
from tui_plan.insight.people_on import holding_on
from tui_plan.model.base import Record, rows
from tui_plan.model.ledger import Entry
from tui_plan.model.people import Party, Tenure
from tui_plan.model.plan import Action, Checkpoint, Dependency, Note, OutcomeMeasure, Reading, Resource, Role
from tui_plan.model.vocabulary import PartyKind, RoleKind

_RACI = tuple(RoleKind)


class RoleLine(NamedTuple):
    """A party's role. ``holders`` are the persons who hold a post today; empty for a vacant post."""

    kind: str
    party: str
    party_kind: str
    name: str
    holders: tuple[str, ...]


class NeededLine(NamedTuple):
    """An action that another one needs first (or that waits for it)."""

    uid: str
    number: int
    title: str
    status: str

    @property
    def settled(self) -> bool:
        """Whether it is done with, so that nothing waits for it."""
        return self.status in SETTLED


class ResourceLine(NamedTuple):
    """What the action takes."""

    uid: str
    kind: str
    description: str
    quantity: Decimal | None
    unit: str
    cost: Decimal | None
    currency: str
    secured: bool
    row_version: int


class CheckpointLine(NamedTuple):
    """A fixed point of review with the names of its reviewers."""

    uid: str
    due: date | None
    method: str
    held_on: date | None
    result: str
    row_version: int
    reviewers: tuple[RoleLine, ...]


class ReadingLine(NamedTuple):
    """One value of an outcome measure."""

    uid: str
    taken_on: date
    value: Decimal | None
    remark: str
    evidence: str
    row_version: int


class MeasureLine(NamedTuple):
    """An outcome measure with its readings, oldest first. ``collector`` is a uid, ``every`` a number of months."""

    uid: str
    statement: str
    unit: str
    baseline: Decimal | None
    target: Decimal | None
    method: str
    collector: str | None
    due: date | None
    every: int | None
    row_version: int
    readings: tuple[ReadingLine, ...]


class NoteLine(NamedTuple):
    """What somebody said, newest first."""

    uid: str
    text: str
    candour: str
    said_on: date | None
    said_by: str
    channel: str
    row_version: int


class ActionParts(NamedTuple):
    """All that hangs on one action."""

    roles: tuple[RoleLine, ...] = ()
    needs: tuple[NeededLine, ...] = ()
    needed_by: tuple[NeededLine, ...] = ()
    resources: tuple[ResourceLine, ...] = ()
    checkpoints: tuple[CheckpointLine, ...] = ()
    measures: tuple[MeasureLine, ...] = ()
    notes: tuple[NoteLine, ...] = ()


def parts_of(actions: Any, today: date) -> dict[str, ActionParts]:
    """Return what hangs on each action of the query ``actions`` (of uids); actions with nothing are left out."""
    roles, reviewers = _roles(actions, today)
    needs = _needed(Dependency.action, Dependency.needs, actions)
    needed_by = _needed(Dependency.needs, Dependency.action, actions)
    resources = _by_action(ResourceLine, _part_rows(Resource, ResourceLine, actions))
    checkpoints = _checkpoints(actions, reviewers)
    measures = _measures(actions)
    notes = notes_by(Note.action, Note.action.in_(actions))
    found = (roles, needs, needed_by, resources, checkpoints, measures, notes)
    uids = {uid for lines in found for uid in lines}
    return {uid: ActionParts(*(tuple(lines.get(uid, ())) for lines in found)) for uid in uids}


def notes_by(group: Any, where: Any) -> dict[str, list[NoteLine]]:
    """Return the notes that ``where`` chooses, by the column ``group``, newest first."""
    query = (
        Note.select(
            group,
            Note.uid,
            Note.text,
            Note.candour,
            Note.said_on,
            Party.name,
            Note.said_by_name,
            Note.channel,
            Note.row_version,
        )
        .left_outer_join(Party, on=(Note.said_by == Party.uid))
        .where(where)
        .order_by(Note.said_on.desc(), Note.uid)
    )
    found: dict[str, list[NoteLine]] = defaultdict(list)
    for key, uid, text, candour, day, name, said, channel, version in rows(query):
        found[key].append(NoteLine(uid, text, candour, day, name or said or "", channel, version))
    return found


def holders_of(posts: Any, today: date) -> dict[str, tuple[str, ...]]:
    """Return the names of the persons who hold each of ``posts`` (uids or a query) today; acting ones are marked."""
    query = (
        Tenure.select(Tenure.post, Party.name, Tenure.acting)
        .join(Party, on=(Tenure.person == Party.uid))
        .where(Tenure.post.in_(posts) & holding_on(today))
        .order_by(Tenure.acting, Tenure.start)
    )
    found: dict[str, tuple[str, ...]] = {}
    for post, name, acting in rows(query):
        found[post] = (*found.get(post, ()), f"{name} (acting)" if acting else name)
    return found


def _roles(actions: Any, today: date) -> tuple[dict[str, list[RoleLine]], dict[str, list[RoleLine]]]:
    """Return the roles by action, and the reviewers by checkpoint."""
    query = (
        Role.select(Role.action, Role.checkpoint, Role.kind, Party.uid, Party.kind, Party.name)
        .join(Party, on=(Role.party == Party.uid))
        .where(Role.action.in_(actions))
        .order_by(Role.position, Role.uid)
    )
    found = sorted(rows(query), key=lambda row: _RACI.index(row[2]))
    holders = holders_of(sorted({row[3] for row in found if row[4] == PartyKind.POST}), today)
    roles: dict[str, list[RoleLine]] = defaultdict(list)
    reviewers: dict[str, list[RoleLine]] = defaultdict(list)
    for action, checkpoint, kind, party, party_kind, name in found:
        line = RoleLine(kind, party, party_kind, name, holders.get(party, ()))
        (reviewers[checkpoint] if checkpoint else roles[action]).append(line)
    return roles, reviewers


def _needed(one: Any, other: Any, actions: Any) -> dict[str, list[NeededLine]]:
    query = (
        Dependency.select(one, Action.uid, Action.number, Action.title, Action.status)
        .join(Action, on=(other == Action.uid))
        .where(one.in_(actions))
        .order_by(Action.number)
    )
    return _by_action(NeededLine, rows(query))


def _checkpoints(actions: Any, reviewers: dict[str, list[RoleLine]]) -> dict[str, list[CheckpointLine]]:
    found: dict[str, list[CheckpointLine]] = defaultdict(list)
    for action, uid, *values in _part_rows(Checkpoint, CheckpointLine, actions):
        found[action].append(CheckpointLine(*(uid, *values, tuple(reviewers.get(uid, ())))))
    return found


def as_taken(readings: Any) -> Any:
    """Return a query of readings with the oldest first; of one day, as they were entered."""
    entered = Entry.select(fn.MIN(Entry.id)).where(Entry.record == Reading.uid)
    return readings.order_by(Reading.taken_on, entered)


def _measures(actions: Any) -> dict[str, list[MeasureLine]]:
    taken = as_taken(
        Reading.select(Reading.measure, *_columns(Reading, ReadingLine))
        .join(OutcomeMeasure)
        .where(OutcomeMeasure.action.in_(actions))
    )
    readings = _by_action(ReadingLine, rows(taken))
    found: dict[str, list[MeasureLine]] = defaultdict(list)
    for action, uid, *values in _part_rows(OutcomeMeasure, MeasureLine, actions):
        found[action].append(MeasureLine(*(uid, *values, tuple(readings.get(uid, ())))))
    return found


def _part_rows(model: Any, line: Any, actions: Any) -> list[tuple[Any, ...]]:
    """Return the action and the columns that ``line`` names, in the order in which people put them."""
    query = model.select(model.action, *_columns(model, line))
    return rows(query.where(model.action.in_(actions)).order_by(model.position, model.uid))


def _columns(model: type[Record], line: Any) -> list[Any]:
    fields = model._meta.fields
    return [fields[name] for name in line._fields if name in fields]


def _by_action(line: Any, found: Iterable[tuple[Any, ...]]) -> dict[str, list[Any]]:
    grouped: dict[str, list[Any]] = defaultdict(list)
    for key, *values in found:
        grouped[key].append(line(*values))
    return grouped
