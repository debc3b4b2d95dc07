"""What hangs on an action: roles, resources, checkpoints, outcome measures with readings, and notes."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any, TypedDict, Unpack

from tui_plan.model.base import Record, rows
from tui_plan.model.errors import InvalidInput
from tui_plan.model.plan import Action, Checkpoint, Note, OutcomeMeasure, Reading, Resource, Role
from tui_plan.model.store import Author, Writer, change, stored_row
from tui_plan.model.vocabulary import Candour, ResourceKind, RoleKind
from tui_plan.operations.actions import plan_of_action, quoted, write_note
from tui_plan.operations.checking import Rule, amount, checked, currency, day, line, paragraph, reference, word, yes_no
from tui_plan.operations.plans import next_position


class ResourceValues(TypedDict, total=False):
    """What an action takes."""

    kind: str
    description: str
    quantity: Decimal | None
    unit: str
    cost: Decimal | None
    currency: str
    secured: bool


class CheckpointValues(TypedDict, total=False):
    """A fixed point of review."""

    due: date | None
    method: str
    held_on: date | None
    result: str


class MeasureValues(TypedDict, total=False):
    """How the partnership will know; ``collector`` is the uid of a party."""

    statement: str
    unit: str
    baseline: Decimal | None
    target: Decimal | None
    method: str
    collector: str | None
    due: date | None


class ReadingValues(TypedDict, total=False):
    """One value of a measure, on a day."""

    taken_on: date | None
    value: Decimal | None
    remark: str
    evidence: str


PART_RULES: dict[type[Record], dict[str, Rule]] = {
    Resource: {
        "kind": word(ResourceKind, "The kind of resource"),
        "description": line("The description", limit=1_000),
        "quantity": amount("The quantity"),
        "unit": line("The unit", limit=40),
        "cost": amount("The cost"),
        "currency": currency,
        "secured": yes_no,
    },
    Checkpoint: {
        "due": day("The review day"),
        "method": line("How it is reviewed", limit=1_000),
        "held_on": day("The day it was held"),
        "result": paragraph("The result"),
    },
    OutcomeMeasure: {
        "statement": line("The outcome", required=True, limit=1_000),
        "unit": line("The unit", limit=40),
        "baseline": amount("The baseline", negative=True),
        "target": amount("The target", negative=True),
        "method": line("The method", limit=1_000),
        "collector": reference,
        "due": day("The due day"),
    },
    Reading: {
        "taken_on": day("The reading", required=True),
        "value": amount("The value", negative=True),
        "remark": line("The remark", limit=1_000),
        "evidence": line("The evidence", limit=1_000),
    },
}


def set_roles(author: Author, action: str, roles: Sequence[tuple[RoleKind, str]]) -> bool:
    """Make ``roles`` (kind and party, in order) the whole RACI of an action; return whether anything changed.

    At most one party is accountable. Reviewers belong to checkpoints and are left alone.
    """
    with change(author, f"Set who is responsible for {quoted(stored_row(Action, action))}") as writer:
        standing = rows(
            Role.select(Role.uid, Role.kind, Role.party).where((Role.action == action) & Role.checkpoint.is_null())
        )
        write_roles(writer, action, None, list(dict.fromkeys(roles)), standing)
        return writer.wrote


def set_reviewers(author: Author, checkpoint: str, parties: Sequence[str]) -> bool:
    """Make ``parties`` the reviewers of a checkpoint; return whether anything changed."""
    action = stored_row(Checkpoint, checkpoint)["action"]
    with change(author, "Set who reviews") as writer:
        standing = rows(Role.select(Role.uid, Role.kind, Role.party).where(Role.checkpoint == checkpoint))
        wanted = [(RoleKind.REVIEWER, party) for party in dict.fromkeys(parties)]
        write_roles(writer, action, checkpoint, wanted, standing)
        return writer.wrote


def add_role(author: Author, actions: Sequence[str], kind: RoleKind, party: str) -> int:
    """Give a party a role in several actions in one change; return how many actions that changed.

    A new accountable party takes the place of the one before.
    """
    changed = 0
    with change(author, f"Made somebody {kind} for {len(actions)} action{'s' if len(actions) != 1 else ''}") as writer:
        for action in actions:
            standing = rows(
                Role.select(Role.uid, Role.kind, Role.party).where((Role.action == action) & Role.checkpoint.is_null())
            )
            keep = [
                (RoleKind(found), holder)
                for _, found, holder in standing
                if not (kind == found == RoleKind.ACCOUNTABLE)
            ]
            changed += write_roles(writer, action, None, list(dict.fromkeys([*keep, (kind, party)])), standing)
    return changed


def write_roles(
    writer: Writer,
    action: str,
    checkpoint: str | None,
    wanted: Sequence[tuple[RoleKind, str]],
    standing: Sequence[tuple[Any, ...]],
) -> bool:
    """Within a change, turn the ``standing`` roles (uid, kind, party) into the ``wanted`` ones."""
    if sum(kind == RoleKind.ACCOUNTABLE for kind, _ in wanted) > 1:
        raise InvalidInput("Exactly one party is accountable; make the others responsible.", "accountable")
    there = {(kind, party): uid for uid, kind, party in standing}
    gone = [uid for pair, uid in there.items() if pair not in {(kind.value, party) for kind, party in wanted}]
    for uid in gone:
        writer.delete(Role, uid)
    touched = bool(gone)
    for position, (kind, party) in enumerate(wanted):
        uid = there.get((kind.value, party))
        if uid is None:
            writer.create(Role, action=action, checkpoint=checkpoint, kind=kind.value, party=party, position=position)
            touched = True
        else:
            touched |= writer.update(Role, uid, {"position": position})
    return touched


def add_resource(author: Author, action: str, **values: Unpack[ResourceValues]) -> str:
    """Add a resource to an action and return its uid."""
    return _add(author, Resource, action, {"kind": ResourceKind.OTHER, **values})


def add_checkpoint(author: Author, action: str, **values: Unpack[CheckpointValues]) -> str:
    """Add a checkpoint to an action and return its uid; it needs a day or a method."""
    if not (values.get("due") or values.get("method")):
        raise InvalidInput("A checkpoint needs a day, or words that say how it is reviewed.", "due")
    return _add(author, Checkpoint, action, {**values})


def add_measure(author: Author, action: str, **values: Unpack[MeasureValues]) -> str:
    """Add an outcome measure to an action and return its uid."""
    return _add(author, OutcomeMeasure, action, {"statement": "", **values})


def add_reading(author: Author, measure: str, **values: Unpack[ReadingValues]) -> str:
    """Add a reading to an outcome measure and return its uid; it needs a value or a remark."""
    if values.get("value") is None and not values.get("remark"):
        raise InvalidInput("A reading needs a value or a remark.", "value")
    kept = checked({"taken_on": None, **values}, PART_RULES[Reading])
    with change(author, "Added a reading") as writer:
        return writer.create(Reading, measure=measure, **kept)


def edit_resource(
    author: Author, uid: str, *, version_seen: int | None = None, **values: Unpack[ResourceValues]
) -> bool:
    """Change a resource; return whether anything changed."""
    return _edit(author, Resource, uid, {**values}, version_seen)


def edit_checkpoint(
    author: Author, uid: str, *, version_seen: int | None = None, **values: Unpack[CheckpointValues]
) -> bool:
    """Change a checkpoint; return whether anything changed."""
    return _edit(author, Checkpoint, uid, {**values}, version_seen)


def edit_measure(author: Author, uid: str, *, version_seen: int | None = None, **values: Unpack[MeasureValues]) -> bool:
    """Change an outcome measure; return whether anything changed."""
    return _edit(author, OutcomeMeasure, uid, {**values}, version_seen)


def edit_reading(author: Author, uid: str, *, version_seen: int | None = None, **values: Unpack[ReadingValues]) -> bool:
    """Change a reading; return whether anything changed."""
    return _edit(author, Reading, uid, {**values}, version_seen)


def remove_part(author: Author, model: type[Record], uid: str) -> None:
    """Remove a resource, checkpoint, outcome measure, reading or note, with what hangs on it."""
    with change(author, f"Removed a {model.noun}") as writer:
        leaning = {
            Checkpoint: (Role, Role.checkpoint),
            OutcomeMeasure: (Reading, Reading.measure),
        }.get(model)
        if leaning is not None:
            part, points_at = leaning
            for (found,) in rows(part.select(part.uid).where(points_at == uid)):
                writer.delete(part, found)
        writer.delete(model, uid)


def add_note(
    author: Author, text: str, *, today: date, plan: str = "", action: str = "", candour: Candour = Candour.SHAREABLE
) -> str:
    """Write down what somebody said of an action, or of a plan, and return the note's uid.

    Give either ``action`` or ``plan``. ``author`` says on whose word and by which channel.
    """
    where = quoted(stored_row(Action, action)) if action else "the plan"
    with change(author, f"Note on {where}") as writer:
        return write_note(writer, author, plan or plan_of_action(action), action or None, text, candour, today)


def edit_note(author: Author, uid: str, *, text: str, candour: Candour, version_seen: int | None = None) -> bool:
    """Correct a note, or change whether it may leave the house; the ledger keeps what it said before."""
    rules: dict[str, Rule] = {"text": paragraph("The note", required=True), "candour": word(Candour, "A note")}
    with change(author, "Edited a note") as writer:
        return writer.update(Note, uid, checked({"text": text, "candour": candour}, rules), version=version_seen)


def _add(author: Author, model: Any, action: str, values: dict[str, Any]) -> str:
    kept = checked(values, PART_RULES[model])
    with change(author, f"Added a {model.noun} to {quoted(stored_row(Action, action))}") as writer:
        position = next_position(model, model.action == action)
        return writer.create(model, action=action, position=position, **kept)


def _edit(author: Author, model: type[Record], uid: str, values: dict[str, Any], version: int | None) -> bool:
    kept = checked(values, PART_RULES[model])
    with change(author, f"Edited a {model.noun}") as writer:
        return writer.update(model, uid, kept, version=version)
