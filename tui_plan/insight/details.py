"""One record with all that hangs on it, as the detail pane and the edit forms need it. A fixed number of queries."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from tui_plan.insight.action_rows import SETTLED
from tui_plan.model.base import Record, rows
from tui_plan.model.errors import NotFound
from tui_plan.model.ledger import Change, Entry
from tui_plan.model.people import Party, Tenure
from tui_plan.model.plan import (
    Action,
    Checkpoint,
    Dependency,
    DevelopmentArea,
    Note,
    OutcomeMeasure,
    Plan,
    PlanPartner,
    Reading,
    Resource,
    Role,
    StepObjective,
)


@dataclass(frozen=True, slots=True)
class RoleLine:
    """A party's role. ``holders`` are the persons who hold a post today; empty for a vacant post."""

    kind: str
    party: str
    party_kind: str
    name: str
    holders: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class NeededLine:
    """An action that another one needs first (or that waits for it)."""

    uid: str
    number: int
    title: str
    status: str

    @property
    def settled(self) -> bool:
        """Whether it is done with, so that nothing waits for it."""
        return self.status in SETTLED


@dataclass(frozen=True, slots=True)
class ResourceLine:
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


@dataclass(frozen=True, slots=True)
class CheckpointLine:
    """A fixed point of review with the names of its reviewers."""

    uid: str
    due: date | None
    method: str
    held_on: date | None
    result: str
    row_version: int
    reviewers: tuple[RoleLine, ...]


@dataclass(frozen=True, slots=True)
class ReadingLine:
    """One value of an outcome measure."""

    uid: str
    taken_on: date
    value: Decimal | None
    remark: str
    evidence: str
    row_version: int


@dataclass(frozen=True, slots=True)
class MeasureLine:
    """An outcome measure with its readings, oldest first."""

    uid: str
    statement: str
    unit: str
    baseline: Decimal | None
    target: Decimal | None
    method: str
    due: date | None
    row_version: int
    readings: tuple[ReadingLine, ...]


@dataclass(frozen=True, slots=True)
class NoteLine:
    """What somebody said, newest first."""

    uid: str
    text: str
    candour: str
    said_on: date | None
    said_by: str
    channel: str
    row_version: int


@dataclass(frozen=True, slots=True)
class LastHeard:
    """The last change on somebody's word: when (UTC), who said it, by which channel, who typed it."""

    at: datetime
    said_by: str
    channel: str
    typed_by: str


@dataclass(frozen=True, slots=True)
class ActionDetail:
    """An action whole. ``values`` are its own fields by name, for forms; ``row_version`` is among them."""

    uid: str
    ref: str
    plan: str
    area: str
    objective: str
    values: dict[str, Any]
    roles: tuple[RoleLine, ...]
    needs: tuple[NeededLine, ...]
    needed_by: tuple[NeededLine, ...]
    resources: tuple[ResourceLine, ...]
    checkpoints: tuple[CheckpointLine, ...]
    measures: tuple[MeasureLine, ...]
    notes: tuple[NoteLine, ...]
    last_heard: LastHeard | None


def record_values(model: Any, uid: str) -> dict[str, Any]:
    """Return a record's fields by name, with references as uids and days as dates; ``NotFound`` if it is gone."""
    found = list(model.select().where(model.uid == uid).dicts())
    if not found:
        raise NotFound(f"This {model.noun} is no longer there: somebody removed it.")
    values: dict[str, Any] = found[0]
    return values


def action_detail(uid: str, today: date) -> ActionDetail:
    """Return an action with its roles, parts, dependencies and notes; ``NotFound`` if it is gone."""
    values = record_values(Action, uid)
    plan, area, objective = rows(
        StepObjective.select(DevelopmentArea.plan, DevelopmentArea.title, StepObjective.title)
        .join(DevelopmentArea)
        .where(StepObjective.uid == values["objective"])
    )[0]
    roles = _roles(uid, today)
    return ActionDetail(
        uid,
        f"A-{values['number']}",
        plan,
        area,
        objective,
        values=values,
        roles=tuple(line for checkpoint, line in roles if checkpoint is None),
        needs=_needed(Dependency.needs, Dependency.action == uid),
        needed_by=_needed(Dependency.action, Dependency.needs == uid),
        resources=_resources(uid),
        checkpoints=_checkpoints(uid, roles),
        measures=_measures(uid),
        notes=_notes(Note.action == uid),
        last_heard=last_heard(uid),
    )


@dataclass(frozen=True, slots=True)
class PlanDetail:
    """A plan's header whole: its own fields, its partners by name, what was noted about it as a whole."""

    uid: str
    ref: str
    values: dict[str, Any]
    owner: str
    convening_group: str
    partners: tuple[tuple[str, str], ...]
    notes: tuple[NoteLine, ...]


def plan_detail(uid: str) -> PlanDetail:
    """Return a plan's header; partners are pairs of uid and name."""
    values = record_values(Plan, uid)
    named = dict(
        rows(Party.select(Party.uid, Party.name).where(Party.uid.in_([values["owner"], values["convening_group"]])))
    )
    partners = rows(
        PlanPartner.select(Party.uid, Party.name)
        .join(Party)
        .where(PlanPartner.plan == uid)
        .order_by(PlanPartner.position)
    )
    return PlanDetail(
        uid,
        f"P-{values['number']}",
        values,
        named.get(values["owner"], ""),
        named.get(values["convening_group"], ""),
        tuple((party, name) for party, name in partners),
        _notes((Note.plan == uid) & Note.action.is_null()),
    )


def last_heard(subject: str) -> LastHeard | None:
    """Return the latest change to a record on somebody's word, or None."""
    found = rows(
        Change.select(Change.at, Change.said_by_name, Party.name, Change.channel, Change.typed_by)
        .join(Entry)
        .left_outer_join(Party, on=(Change.said_by == Party.uid))
        .where((Entry.subject == subject) & ((Change.said_by != "") | (Change.said_by_name != "")))
        .order_by(Entry.id.desc())
        .limit(1)
    )
    if not found:
        return None
    at, said_name, party_name, channel, typed_by = found[0]
    return LastHeard(at, said_name or party_name or "", channel, typed_by)


def holders_of(posts: list[str], today: date) -> dict[str, tuple[str, ...]]:
    """Return the names of the persons who hold each of these posts today; acting holders are marked."""
    current = (Tenure.start.is_null() | (Tenure.start <= today)) & (Tenure.end.is_null() | (Tenure.end >= today))
    query = (
        Tenure.select(Tenure.post, Party.name, Tenure.acting)
        .join(Party, on=(Tenure.person == Party.uid))
        .where(Tenure.post.in_(posts) & current)
        .order_by(Tenure.acting, Tenure.start)
    )
    found: dict[str, tuple[str, ...]] = {}
    for post, name, acting in rows(query):
        found[post] = (*found.get(post, ()), f"{name} (acting)" if acting else name)
    return found


def _roles(action: str, today: date) -> list[tuple[str | None, RoleLine]]:
    query = (
        Role.select(Role.checkpoint, Role.kind, Party.uid, Party.kind, Party.name)
        .join(Party, on=(Role.party == Party.uid))
        .where(Role.action == action)
        .order_by(Role.kind, Role.position)
    )
    found = rows(query)
    holders = holders_of([uid for _, _, uid, kind, _ in found if kind == "post"], today)
    return [
        (checkpoint, RoleLine(role, uid, kind, name, holders.get(uid, ())))
        for checkpoint, role, uid, kind, name in found
    ]


def _needed(other: Any, where: Any) -> tuple[NeededLine, ...]:
    query = (
        Dependency.select(Action.uid, Action.number, Action.title, Action.status)
        .join(Action, on=(other == Action.uid))
        .where(where)
        .order_by(Action.number)
    )
    return tuple(NeededLine(*row) for row in rows(query))


def _resources(action: str) -> tuple[ResourceLine, ...]:
    return tuple(ResourceLine(*row) for row in rows(_parts(Resource, ResourceLine, action)))


def _checkpoints(action: str, roles: list[tuple[str | None, RoleLine]]) -> tuple[CheckpointLine, ...]:
    names = ("uid", "due", "method", "held_on", "result", "row_version")
    query = Checkpoint.select(*(Checkpoint._meta.fields[name] for name in names)).where(Checkpoint.action == action)
    return tuple(
        CheckpointLine(*(*row, tuple(line for checkpoint, line in roles if checkpoint == row[0])))
        for row in rows(query.order_by(Checkpoint.position))
    )


def _measures(action: str) -> tuple[MeasureLine, ...]:
    readings: dict[str, list[ReadingLine]] = {}
    taken = (
        Reading.select(
            Reading.measure,
            Reading.uid,
            Reading.taken_on,
            Reading.value,
            Reading.remark,
            Reading.evidence,
            Reading.row_version,
        )
        .join(OutcomeMeasure)
        .where(OutcomeMeasure.action == action)
        .order_by(Reading.taken_on)
    )
    for measure, *values in rows(taken):
        readings.setdefault(measure, []).append(ReadingLine(*values))
    names = ("uid", "statement", "unit", "baseline", "target", "method", "due", "row_version")
    query = OutcomeMeasure.select(*(OutcomeMeasure._meta.fields[name] for name in names))
    found = rows(query.where(OutcomeMeasure.action == action).order_by(OutcomeMeasure.position))
    return tuple(MeasureLine(*(*row, tuple(readings.get(row[0], ())))) for row in found)


def _notes(where: Any) -> tuple[NoteLine, ...]:
    query = (
        Note.select(
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
    return tuple(
        NoteLine(uid, text, candour, day, name or said or "", channel, version)
        for uid, text, candour, day, name, said, channel, version in rows(query)
    )


def _parts(model: type[Record], line: Any, action: str) -> Any:
    fields: dict[str, Any] = model._meta.fields
    return (
        model.select(*(fields[name] for name in line.__dataclass_fields__))
        .where(fields["action"] == action)
        .order_by(fields["position"])
    )
