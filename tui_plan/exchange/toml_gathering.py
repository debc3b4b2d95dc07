"""Gathering all records of one plan, with the parties that it uses, in a number of questions that does not grow.

Only the TOML writer calls this; nothing is written.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from peewee import chunked

from tui_plan.exchange.toml_layout import party_fields
from tui_plan.model.base import Record, rows
from tui_plan.model.meeting import Meeting, MeetingSeries
from tui_plan.model.people import ContactMethod, Membership, Party, Tenure
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
from tui_plan.model.source import Source, SourceRow

Row = dict[str, Any]
Rows = dict[type[Record], list[Row]]
_AT_ONCE = 5_000


def gather(plan: str) -> Rows:
    """Return every row that belongs to the plan, and the parties it uses with their contacts, holders and members."""
    found = _plan_rows(plan)
    used = _used(found)
    found[Party] = _fetch(Party, Party.uid, used)
    found[ContactMethod] = _fetch(ContactMethod, ContactMethod.party, used)
    found[Tenure] = _fetch(Tenure, Tenure.post, used)
    found[Membership] = _fetch(Membership, Membership.group, used)
    return found


def actions_by_uid(uids: Iterable[str]) -> dict[str, tuple[int, str]]:
    """Return number and title of actions of any plan."""
    wanted = sorted(uids)
    query = Action.select(Action.uid, Action.number, Action.title)
    found = [row for some in chunked(wanted, _AT_ONCE) for row in rows(query.where(Action.uid.in_(some)))]
    return {uid: (number, title) for uid, number, title in found}


def _plan_rows(plan: str) -> Rows:
    areas = DevelopmentArea.select(DevelopmentArea.uid).where(DevelopmentArea.plan == plan)
    objectives = StepObjective.select(StepObjective.uid).where(StepObjective.area.in_(areas))
    actions = Action.select(Action.uid).where(Action.objective.in_(objectives))
    measures = OutcomeMeasure.select(OutcomeMeasure.uid).where(OutcomeMeasure.action.in_(actions))
    sources = Source.select(Source.uid).where(Source.plan == plan)
    wanted: list[tuple[Any, Any]] = [
        (Plan, Plan.uid == plan),
        (StepObjective, StepObjective.area.in_(areas)),
        (Action, Action.objective.in_(objectives)),
        (Reading, Reading.measure.in_(measures)),
        (SourceRow, SourceRow.source.in_(sources)),
    ]
    wanted += [(model, model.plan == plan) for model in (PlanPartner, DevelopmentArea, Note)]
    wanted += [(model, model.plan == plan) for model in (MeetingSeries, Meeting, Source)]
    wanted += [(model, model.action.in_(actions)) for model in (Dependency, Resource, Checkpoint, Role, OutcomeMeasure)]
    return {model: _rows(model, condition) for model, condition in wanted}


def _used(found: Mapping[type[Record], list[Row]]) -> set[str]:
    """Return the uids of the parties that the plan names, and of those without whom they would not be understood.

    An organisation for whoever belongs to it, the holders of a post and the posts of a person, the members of a
    group, and each group whose members are all here (such as a notification list).
    """
    used: set[str] = set()
    fresh = {row[name] for model, many in found.items() for row in many for name in party_fields(model) if row[name]}
    while fresh:
        used |= fresh
        beside = _homes(fresh) | _holders_and_posts(fresh) | _members(fresh)
        fresh = (beside - used) or (_whole_groups(used) - used)
    return used


def _homes(uids: set[str]) -> set[str]:
    return {row["organisation"] for row in _fetch(Party, Party.uid, uids) if row["organisation"]}


def _holders_and_posts(uids: set[str]) -> set[str]:
    tenures = _fetch(Tenure, Tenure.post, uids) + _fetch(Tenure, Tenure.person, uids)
    return {row[end] for row in tenures for end in ("post", "person")}


def _members(groups: set[str]) -> set[str]:
    return {row["member"] for row in _fetch(Membership, Membership.group, groups)}


def _whole_groups(used: set[str]) -> set[str]:
    near = {row["group"] for row in _fetch(Membership, Membership.member, used)}
    outside = {row["group"] for row in _fetch(Membership, Membership.group, near) if row["member"] not in used}
    return near - outside


def _fetch(model: type[Record], field: Any, uids: Iterable[str]) -> list[Row]:
    """Return the rows whose ``field`` is one of ``uids``."""
    return [row for some in chunked(sorted(uids), _AT_ONCE) for row in _rows(model, field.in_(some))]


def _rows(model: type[Record], condition: Any) -> list[Row]:
    names = [column.name for column in model._meta.sorted_fields]
    return [dict(zip(names, row, strict=True)) for row in rows(model.select().where(condition))]
