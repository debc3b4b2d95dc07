"""One record with all that hangs on it, as the detail pane and the edit forms need it. A fixed number of queries."""

from datetime import date, datetime
from typing import Any, NamedTuple

from tui_plan.insight.action_parts import (
    ActionParts,
    CheckpointLine,
    MeasureLine,
    NeededLine,
    NoteLine,
    ReadingLine,
    ResourceLine,
    RoleLine,
    holders_of,
    notes_by,
    parts_of,
)
from tui_plan.model.base import rows
from tui_plan.model.errors import NotFound
from tui_plan.model.ledger import Change, Entry
from tui_plan.model.people import Party
from tui_plan.model.plan import Action, DevelopmentArea, Note, PlanPartner, StepObjective

__all__ = [
    "ActionDetail",
    "CheckpointLine",
    "LastHeard",
    "MeasureLine",
    "NeededLine",
    "NoteLine",
    "PlanDetail",
    "ReadingLine",
    "ResourceLine",
    "RoleLine",
    "action_detail",
    "holders_of",
    "last_heard",
    "plan_detail",
    "record_values",
]
from tui_plan.model.schema import RECORD_BY_TABLE


class LastHeard(NamedTuple):
    """The last change on somebody's word: when (UTC), who said it, by which channel, who typed it."""

    at: datetime
    said_by: str
    channel: str
    typed_by: str


class ActionDetail(NamedTuple):
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


def record_values(noun: str, uid: str) -> dict[str, Any]:
    """Return a record's fields by name, with references as uids and days as dates; ``NotFound`` if it is gone.

    ``noun`` is the table's name, as the ledger has it.
    """
    model: Any = RECORD_BY_TABLE[noun]
    found = list(model.select().where(model.uid == uid).dicts())
    if not found:
        raise NotFound(f"This {model.noun} is no longer there: somebody removed it.")
    values: dict[str, Any] = found[0]
    return values


def action_detail(uid: str, today: date) -> ActionDetail:
    """Return an action with its roles, parts, dependencies and notes; ``NotFound`` if it is gone."""
    values = record_values("action", uid)
    plan, area, objective = rows(
        StepObjective.select(DevelopmentArea.plan, DevelopmentArea.title, StepObjective.title)
        .join(DevelopmentArea)
        .where(StepObjective.uid == values["objective"])
    )[0]
    parts = parts_of(Action.select(Action.uid).where(Action.uid == uid), today).get(uid, ActionParts())
    return ActionDetail(
        uid,
        f"A-{values['number']}",
        plan,
        area,
        objective,
        values,
        parts.roles,
        parts.needs,
        parts.needed_by,
        parts.resources,
        parts.checkpoints,
        parts.measures,
        parts.notes,
        last_heard(uid),
    )


class PlanDetail(NamedTuple):
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
    values = record_values("plan", uid)
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
        tuple(notes_by(Note.plan, (Note.plan == uid) & Note.action.is_null()).get(uid, ())),
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
