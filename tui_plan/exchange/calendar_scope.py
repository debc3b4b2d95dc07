"""What a calendar covers: a whole plan, a development area, or what concerns a person, post, group or organisation.

Called by the calendar export. It reads the records and decides which of them belong in; it knows no file format.
"""

from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from tui_plan.insight.people_on import PeopleOn
from tui_plan.model.base import rows
from tui_plan.model.errors import NotFound
from tui_plan.model.meeting import Meeting, MeetingSeries
from tui_plan.model.people import Party
from tui_plan.model.places import merged_words, stored_row
from tui_plan.model.plan import Action, Checkpoint, DevelopmentArea, Plan, Role, StepObjective
from tui_plan.model.vocabulary import PartyKind


@dataclass(frozen=True)
class Scope:
    """The record that a calendar is for, by ``uid`` and ``name``, and conditions on the tables that it draws from.

    ``area`` and ``parties`` say the same of records that are gone and are found in the ledger alone; ``plan`` is
    empty for a party's calendar over all plans.
    """

    uid: str
    name: str
    actions: Any
    checkpoints: Any
    series: Any
    meetings: Any
    plan: str = ""
    area: str = ""
    parties: frozenset[str] = frozenset()


def plan_scope(plan: str) -> Scope:
    """Return everything in a plan; ``NotFound`` if it is gone."""
    actions = Action.objective.in_(_objectives(DevelopmentArea.plan == plan))
    return Scope(
        plan,
        _name(Plan, Plan.name, plan),
        actions=actions,
        checkpoints=_checkpoints_of(actions),
        series=MeetingSeries.plan == plan,
        meetings=Meeting.plan == plan,
        plan=plan,
    )


def area_scope(area: str) -> Scope:
    """Return the dates of a development area; meetings belong to the plan. ``NotFound`` if it is gone."""
    found = rows(
        DevelopmentArea.select(DevelopmentArea.title, DevelopmentArea.plan, Plan.name)
        .join(Plan)
        .where(DevelopmentArea.uid == area)
    )
    if not found:
        raise NotFound("This development area is no longer there: somebody removed it.")
    title, plan, plan_name = found[0]
    actions = Action.objective.in_(_objectives(DevelopmentArea.uid == area))
    return Scope(
        area,
        f"{title} ({plan_name})",
        actions=actions,
        checkpoints=_checkpoints_of(actions),
        series=MeetingSeries.uid.is_null(),
        meetings=Meeting.uid.is_null(),
        plan=plan,
        area=area,
    )


def party_scope(party: str, today: date, plan: str = "", people: PeopleOn | None = None) -> Scope:
    """Return what concerns a party, in one plan or in all; ``NotFound`` if it is gone, or merged into another.

    These are the actions in which it holds a role and the checkpoints that it reviews: directly, for a person also
    through the posts held ``today``, for an organisation through its people and posts, and for all through groups in
    which they sit ``today``. The meetings are those of its groups. ``people`` is the roster on that day, for who has
    read it already.
    """
    found = rows(Party.select(Party.name, Party.kind, Party.merged_into).where(Party.uid == party))
    if not found:
        raise NotFound("This person, post, group or organisation is no longer there: somebody removed it.")
    name, kind, became = found[0]
    if became:
        raise NotFound(merged_words(stored_row(Party, party)))
    parties = _acting_as(party, kind, people or PeopleOn(today))
    held = Role.select(Role.action).where(Role.party.in_(parties) & Role.checkpoint.is_null())
    reviewed = Role.select(Role.checkpoint).where(Role.party.in_(parties) & Role.checkpoint.is_null(False))
    groups = MeetingSeries.group.in_(parties)
    scope = Scope(
        party,
        name,
        actions=Action.uid.in_(held),
        checkpoints=Checkpoint.action.in_(held) | Checkpoint.uid.in_(reviewed),
        series=groups,
        meetings=Meeting.series.in_(MeetingSeries.select(MeetingSeries.uid).where(groups)),
        parties=parties,
    )
    return _narrowed(scope, plan) if plan else scope


def _narrowed(scope: Scope, plan: str) -> Scope:
    whole = plan_scope(plan)
    return replace(
        scope,
        name=f"{scope.name} ({whole.name})",
        actions=scope.actions & whole.actions,
        checkpoints=scope.checkpoints & whole.checkpoints,
        series=scope.series & whole.series,
        meetings=scope.meetings & whole.meetings,
        plan=plan,
    )


def _objectives(condition: Any) -> Any:
    return StepObjective.select(StepObjective.uid).join(DevelopmentArea).where(condition)


def _checkpoints_of(actions: Any) -> Any:
    return Checkpoint.action.in_(Action.select(Action.uid).where(actions))


def _name(model: Any, field: Any, uid: str) -> str:
    found = rows(model.select(field).where(model.uid == uid))
    if not found:
        raise NotFound(f"This {model.noun} is no longer there: somebody removed it.")
    return str(found[0][0])


def _acting_as(party: str, kind: str, people: PeopleOn) -> frozenset[str]:
    """Return the party with all the parties through which a role reaches it."""
    if kind == PartyKind.ORGANISATION:
        belonging = frozenset(uid for uid, head in people.parties.items() if head.organisation == party)
        return belonging.union(people.reached_by(party))
    return frozenset(people.reached_by(party))
