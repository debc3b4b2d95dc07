"""Plans, their partners, development areas and step objectives: adding, editing, ordering and removing them."""

from collections.abc import Collection, Mapping
from contextlib import ExitStack
from datetime import UTC, date, datetime
from typing import Any, TypedDict, Unpack

from tui_plan.insight.people_on import PeopleOn
from tui_plan.model.base import Record, rows
from tui_plan.model.errors import InvalidInput
from tui_plan.model.places import next_position, quoted, stored_row
from tui_plan.model.plan import Action, Baseline, DevelopmentArea, Plan, PlanPartner, StepObjective
from tui_plan.model.register import EntryLink
from tui_plan.model.schema import RECORD_BY_TABLE
from tui_plan.model.store import Author, Writer, change
from tui_plan.model.vocabulary import PartyKind, Priority
from tui_plan.operations.checking import (
    checked,
    day,
    line,
    looked_at,
    order_problems,
    paragraph,
    reference,
    refuse,
    word,
)
from tui_plan.operations.lapsing import day_of, lapse_version, lapsing, lapsing_by_roles
from tui_plan.operations.people import require_kind


class PlanValues(TypedDict, total=False):
    """What a coordinator may say of a plan; ``owner`` and ``convening_group`` are uids of parties."""

    name: str
    vision: str
    scope: str
    start: date | None
    end: date | None
    version: str
    agreed_on: date | None
    owner: str | None
    convening_group: str | None


class AreaValues(TypedDict, total=False):
    """What a coordinator may say of a development area."""

    title: str
    description: str
    priority: str


class ObjectiveValues(TypedDict, total=False):
    """What a coordinator may say of a step objective."""

    title: str
    description: str


PLAN_RULES = {
    "name": line("The plan's name", required=True),
    "vision": paragraph("The vision"),
    "scope": paragraph("The scope"),
    "start": day("The start"),
    "end": day("The end"),
    "version": line("The version", required=True, limit=40),
    "agreed_on": day("The day of agreement"),
    "owner": reference,
    "convening_group": reference,
}
AREA_RULES = {
    "title": line("The development area's title", required=True),
    "description": paragraph("The description"),
    "priority": word(Priority, "The priority"),
}
OBJECTIVE_RULES = {
    "title": line("The step objective's title", limit=1_000),
    "description": paragraph("The description"),
}


def add_plan(author: Author, **values: Unpack[PlanValues]) -> str:
    """Add a plan and return its uid."""
    kept = _checked_plan({"name": "", **values}, {})
    with change(author, f"Added the plan {quoted(Plan, kept)}") as writer:
        return writer.create(Plan, **kept)


def edit_plan(
    author: Author, uid: str, *, version_seen: int | None = None, merge: bool = False, **values: Unpack[PlanValues]
) -> bool:
    """Change a plan; return whether anything changed. With a new major version the agreements to it lapse."""
    with change(author, "Edited a plan") as writer, ExitStack() as stack:
        row = stored_row(Plan, uid)
        writer.summary = f"Edited {quoted(Plan, row)}"
        kept = _checked_plan(values, row)
        group = kept.get("convening_group")
        if group and group != row["convening_group"]:
            among = PeopleOn(day_of(author)).signers(group)
            stack.enter_context(lapsing(writer, day_of(author), among=among))
        wrote = writer.update(Plan, uid, kept, version=version_seen, merge=merge)
        if merge:
            refuse(plan_problems(stored_row(Plan, uid), kept))
        if "version" in kept:
            lapse_version(writer, uid, kept["version"])
        return wrote


def name_baseline(author: Author, plan: str, name: str) -> str:
    """Name the plan as it stands now, to compare with later, and return the baseline's uid."""
    kept = checked({"name": name}, {"name": line("The baseline's name", required=True, limit=80)})
    with change(author, f"Named the baseline “{kept['name']}”") as writer:
        if Baseline.select().where((Baseline.plan == plan) & (Baseline.name == kept["name"])).exists():
            raise InvalidInput(f"There is already a baseline named “{kept['name']}”.", "name")
        moment = author.at or datetime.now(UTC).replace(tzinfo=None)
        return writer.create(Baseline, plan=plan, name=kept["name"], at=moment)


def set_partners(author: Author, plan: str, organisations: list[str]) -> bool:
    """Make ``organisations`` (uids, in order) the plan's partners; return whether anything changed."""
    with change(author, "Set the plan's partners") as writer:
        for uid in organisations:
            require_kind(uid, PartyKind.ORGANISATION, "A partner", "partners")
        found = PlanPartner.select(PlanPartner.organisation, PlanPartner.uid).where(PlanPartner.plan == plan)
        standing = dict(rows(found))
        for organisation in standing.keys() - set(organisations):
            writer.delete(PlanPartner, standing[organisation])
        for position, organisation in enumerate(dict.fromkeys(organisations)):
            if organisation in standing:
                writer.update(PlanPartner, standing[organisation], {"position": position})
            else:
                writer.create(PlanPartner, plan=plan, organisation=organisation, position=position)
        return writer.wrote


def add_area(author: Author, plan: str, **values: Unpack[AreaValues]) -> str:
    """Add a development area at the end of a plan and return its uid."""
    kept = checked({"title": "", **values}, AREA_RULES)
    with change(author, f"Added the development area {quoted(DevelopmentArea, kept)}") as writer:
        position = next_position(DevelopmentArea, DevelopmentArea.plan == plan)
        return writer.create(DevelopmentArea, plan=plan, position=position, **kept)


def edit_area(
    author: Author, uid: str, *, version_seen: int | None = None, merge: bool = False, **values: Unpack[AreaValues]
) -> bool:
    """Change a development area; return whether anything changed."""
    kept = checked(values, AREA_RULES)
    with change(author, "Edited a development area") as writer:
        writer.summary = f"Edited {quoted(DevelopmentArea, stored_row(DevelopmentArea, uid))}"
        return writer.update(DevelopmentArea, uid, kept, version=version_seen, merge=merge)


def add_objective(author: Author, area: str, **values: Unpack[ObjectiveValues]) -> str:
    """Add a step objective at the end of an area and return its uid. Only an import leaves the title empty."""
    kept = checked({"title": "", **values}, OBJECTIVE_RULES)
    _require_title(kept)
    with change(author, f"Added the step objective {quoted(StepObjective, kept)}") as writer:
        position = next_position(StepObjective, StepObjective.area == area)
        return writer.create(StepObjective, area=area, position=position, **kept)


def edit_objective(
    author: Author, uid: str, *, version_seen: int | None = None, merge: bool = False, **values: Unpack[ObjectiveValues]
) -> bool:
    """Change a step objective; return whether anything changed."""
    kept = checked(values, OBJECTIVE_RULES)
    with change(author, "Edited a step objective") as writer:
        row = stored_row(StepObjective, uid)
        writer.summary = f"Edited {quoted(StepObjective, row)}"
        if row["title"]:
            _require_title(row | kept)
        return writer.update(StepObjective, uid, kept, version=version_seen, merge=merge)


def move_in_order(author: Author, noun: str, uid: str, steps: int) -> bool:
    """Move a development_area, step_objective or action ``steps`` places down (up if negative) among its siblings.

    Stops at the ends; return whether it moved.
    """
    model = RECORD_BY_TABLE[noun]
    with change(author, f"Moved the {model.noun}") as writer:
        row = stored_row(model, uid)
        siblings = _siblings(model, row)
        here = siblings.index(uid)
        there = max(0, min(len(siblings) - 1, here + steps))
        writer.summary = f"Moved {quoted(model, row)} {'down' if there > here else 'up'}"
        siblings.insert(there, siblings.pop(here))
        if there != here:
            _number(writer, model, siblings)
        return writer.wrote


def move_objective(author: Author, uid: str, area: str) -> bool:
    """Move a step objective, with its actions, to the end of another development area."""
    actions = [action for (action,) in rows(Action.select(Action.uid).where(Action.objective == uid))]
    with change(author, "Moved a step objective") as writer, lapsing_by_roles(writer, actions, day_of(author)):
        row = stored_row(StepObjective, uid)
        writer.summary = f"Moved {quoted(StepObjective, row)} to another development area"
        if row["area"] == area:
            return False
        position = next_position(StepObjective, StepObjective.area == area)
        return writer.update(StepObjective, uid, {"area": area, "position": position})


def remove_area(author: Author, uid: str) -> None:
    """Remove an empty development area; ``Refused`` while it has step objectives."""
    _remove(author, DevelopmentArea, uid)


def remove_objective(author: Author, uid: str) -> None:
    """Remove an empty step objective; ``Refused`` while it has actions."""
    _remove(author, StepObjective, uid)


def plan_problems(row: Mapping[str, Any], touched: Collection[str]) -> dict[str, str]:
    """Return a sentence by field for what cannot stand together in a plan, as far as ``touched`` fields bear on it."""
    return order_problems(row, ("start", "the start"), ("end", "The end"), touched)


def _siblings(model: Any, row: dict[str, Any]) -> list[str]:
    parent = {DevelopmentArea: "plan", StepObjective: "area", Action: "objective"}[model]
    among = model.select(model.uid).where(model._meta.fields[parent] == row[parent])
    return [uid for (uid,) in rows(among.order_by(model.position, model.number))]


def _number(writer: Writer, model: type[Record], uids: list[str]) -> None:
    for position, uid in enumerate(uids):
        writer.update(model, uid, {"position": position})


def _remove(author: Author, model: type[Record], uid: str) -> None:
    with change(author, f"Removed a {model.noun}") as writer:
        writer.summary = f"Removed {quoted(model, stored_row(model, uid))}"
        if model is StepObjective:
            for (link,) in rows(EntryLink.select(EntryLink.uid).where(EntryLink.objective == uid)):
                writer.delete(EntryLink, link)
        writer.delete(model, uid)


def _require_title(row: Mapping[str, Any]) -> None:
    if not row["title"]:
        raise InvalidInput("The step objective's title cannot be empty.", "title")


def _checked_plan(values: Any, standing: dict[str, Any]) -> dict[str, Any]:
    kept, problems = looked_at(values, PLAN_RULES)
    refuse(plan_problems(standing | kept, kept) | problems)
    if kept.get("convening_group"):
        require_kind(kept["convening_group"], PartyKind.GROUP, "The convening group", "convening_group")
    return kept
