"""What hangs on an action: roles, resources, checkpoints, outcome measures with readings, and notes."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any, TypedDict, Unpack

from tui_plan.model.base import Record, rows
from tui_plan.model.errors import InvalidInput
from tui_plan.model.people import Party
from tui_plan.model.places import Places, next_position, quoted, stored_row
from tui_plan.model.plan import Action, Checkpoint, Note, OutcomeMeasure, Plan, Reading, Resource, Role
from tui_plan.model.register import EntryLink
from tui_plan.model.schema import RECORD_BY_TABLE
from tui_plan.model.store import Author, Writer, change
from tui_plan.model.vocabulary import Candour, ResourceKind, RoleKind
from tui_plan.operations.actions import NOTE_RULES, plan_of_action, write_note
from tui_plan.operations.checking import (
    Rule,
    amount,
    checked,
    currency,
    day,
    line,
    paragraph,
    reference,
    whole,
    word,
    yes_no,
)
from tui_plan.operations.lapsing import day_of, lapsing_by_roles


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
    every: int | None


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
        "every": whole("Every how many months data is due", 1, 120, optional=True),
    },
    Reading: {
        "taken_on": day("The reading", required=True),
        "value": amount("The value", negative=True),
        "remark": line("The remark", limit=1_000),
        "evidence": line("The evidence", limit=1_000),
    },
}


def set_roles(author: Author, action: str, roles: Sequence[tuple[RoleKind, str]], *, today: date | None = None) -> bool:
    """Make ``roles`` (kind and party, in order) the whole RACI of an action; return whether anything changed.

    At most one party is accountable. Reviewers belong to checkpoints and are left alone. Agreements of those who get
    duties by it lapse; ``today`` says who holds a post, the day of writing if it is None.
    """
    with (
        change(author, "Set who is responsible") as writer,
        lapsing_by_roles(writer, [action], today or day_of(author)),
    ):
        writer.summary = f"Set who is responsible for {quoted(Action, stored_row(Action, action))}"
        return write_roles(writer, action, None, roles, _standing_roles(action))


def add_role(author: Author, actions: Sequence[str], kind: RoleKind, party: str, *, today: date | None = None) -> int:
    """Give a party a role in several actions in one change; return how many actions that changed.

    A new accountable party takes the place of the one before. Agreements lapse as by ``set_roles``.
    """
    changed = 0
    with change(author, "Gave a role") as writer, lapsing_by_roles(writer, actions, today or day_of(author)):
        name = stored_row(Party, party)["name"]
        where = quoted(Action, stored_row(Action, actions[0])) if len(actions) == 1 else f"{len(actions)} actions"
        writer.summary = f"Made “{name}” {kind} for {where}"
        for action in dict.fromkeys(actions):
            standing = _standing_roles(action)
            keep = [
                (RoleKind(found), holder)
                for _, found, holder in standing
                if not (kind == found == RoleKind.ACCOUNTABLE)
            ]
            changed += write_roles(writer, action, None, [*keep, (kind, party)], standing)
    return changed


def check_accountable(action: str) -> None:
    """Raise ``InvalidInput`` when an action has more than one accountable party."""
    kinds = [RoleKind(kind) for _, kind, _ in _standing_roles(action)]
    if kinds.count(RoleKind.ACCOUNTABLE) > 1:
        raise InvalidInput("Exactly one party is accountable; make the others responsible.", "accountable")


def write_roles(
    writer: Writer,
    action: str,
    checkpoint: str | None,
    wanted: Sequence[tuple[RoleKind, str]],
    standing: Sequence[tuple[Any, ...]],
) -> bool:
    """Within a change, turn the ``standing`` roles (uid, kind, party) into the ``wanted`` ones."""
    there = {(kind, party): uid for uid, kind, party in standing}
    named = {(kind.value, party): position for position, (kind, party) in enumerate(dict.fromkeys(wanted))}
    gone = [uid for uid, kind, party in standing if (kind, party) not in named]
    for uid in gone:
        writer.delete(Role, uid)
    touched = bool(gone)
    for (kind, party), position in named.items():
        if (kind, party) in there:
            touched |= writer.update(Role, there[kind, party], {"position": position})
        else:
            writer.create(Role, action=action, checkpoint=checkpoint, kind=kind, party=party, position=position)
            touched = True
    check_accountable(action)
    return touched


def add_resource(author: Author, action: str, **values: Unpack[ResourceValues]) -> str:
    """Add a resource to an action and return its uid."""
    return _add(author, Resource, action, {"kind": ResourceKind.OTHER, **values})


def add_checkpoint(
    author: Author, action: str, *, reviewers: Sequence[str] = (), **values: Unpack[CheckpointValues]
) -> str:
    """Add a checkpoint with its reviewers to an action and return its uid; it needs a day or a method."""
    if not (values.get("due") or values.get("method")):
        raise InvalidInput("A checkpoint needs a day, or words that say how it is reviewed.", "due")
    kept = checked({**values}, PART_RULES[Checkpoint])
    with change(author, "Added a checkpoint") as writer:
        writer.summary = f"Added a checkpoint to {quoted(Action, stored_row(Action, action))}"
        position = next_position(Checkpoint, Checkpoint.action == action)
        uid = writer.create(Checkpoint, action=action, position=position, **kept)
        _write_reviewers(writer, action, uid, reviewers)
        return uid


def add_measure(author: Author, action: str, **values: Unpack[MeasureValues]) -> str:
    """Add an outcome measure to an action and return its uid."""
    return _add(author, OutcomeMeasure, action, {"statement": "", **values})


def add_reading(author: Author, measure: str, **values: Unpack[ReadingValues]) -> str:
    """Add a reading to an outcome measure and return its uid; it needs a value or a remark."""
    if values.get("value") is None and not values.get("remark"):
        raise InvalidInput("A reading needs a value or a remark.", "value")
    kept = checked({"taken_on": None, **values}, PART_RULES[Reading])
    with change(author, "Added a reading") as writer:
        writer.summary = f"Added a reading to {_of_action(OutcomeMeasure, measure)}"
        return writer.create(Reading, measure=measure, **kept)


def edit_resource(
    author: Author, uid: str, *, version_seen: int | None = None, merge: bool = False, **values: Unpack[ResourceValues]
) -> bool:
    """Change a resource; return whether anything changed."""
    return _edit(author, Resource, uid, {**values}, version_seen, merge)


def edit_checkpoint(
    author: Author,
    uid: str,
    *,
    version_seen: int | None = None,
    merge: bool = False,
    reviewers: Sequence[str] | None = None,
    **values: Unpack[CheckpointValues],
) -> bool:
    """Change a checkpoint, and its reviewers unless they are None; return whether anything changed."""
    kept = checked({**values}, PART_RULES[Checkpoint])
    with change(author, "Edited a checkpoint") as writer:
        writer.summary = f"Edited a checkpoint of {_of_action(Checkpoint, uid)}"
        writer.update(Checkpoint, uid, kept, version=version_seen, merge=merge)
        if reviewers is not None:
            _write_reviewers(writer, stored_row(Checkpoint, uid)["action"], uid, reviewers)
        return writer.wrote


def edit_measure(
    author: Author, uid: str, *, version_seen: int | None = None, merge: bool = False, **values: Unpack[MeasureValues]
) -> bool:
    """Change an outcome measure; return whether anything changed."""
    return _edit(author, OutcomeMeasure, uid, {**values}, version_seen, merge)


def edit_reading(
    author: Author, uid: str, *, version_seen: int | None = None, merge: bool = False, **values: Unpack[ReadingValues]
) -> bool:
    """Change a reading; return whether anything changed."""
    return _edit(author, Reading, uid, {**values}, version_seen, merge)


_LEANING: dict[type[Record], tuple[tuple[Any, Any], ...]] = {
    Checkpoint: ((Role, Role.checkpoint),),
    OutcomeMeasure: ((Reading, Reading.measure), (EntryLink, EntryLink.measure)),
}


def remove_part(author: Author, noun: str, uid: str) -> None:
    """Remove a resource, checkpoint, outcome_measure, reading or note, with what hangs on it."""
    model = RECORD_BY_TABLE[noun]
    with change(author, f"Removed a {model.noun}") as writer:
        writer.summary = f"Removed a {model.noun} of {_of_action(model, uid)}"
        for part, points_at in _LEANING.get(model, ()):
            for (found,) in rows(part.select(part.uid).where(points_at == uid)):
                writer.delete(part, found)
        writer.delete(model, uid)


def add_note(
    author: Author, text: str, *, today: date, plan: str = "", action: str = "", candour: Candour = Candour.SHAREABLE
) -> str:
    """Write down what somebody said of an action, or of a plan, and return the note's uid.

    Give either ``action`` or ``plan``. ``author`` says on whose word and by which channel.
    """
    with change(author, "Wrote a note") as writer:
        about = quoted(Action, stored_row(Action, action)) if action else quoted(Plan, stored_row(Plan, plan))
        writer.summary = f"Note on {about}"
        return write_note(writer, author, plan or plan_of_action(action), action or None, text, candour, today)


def edit_note(
    author: Author, uid: str, *, text: str, candour: Candour, version_seen: int | None = None, merge: bool = False
) -> bool:
    """Correct a note, or change whether it may leave the house; the ledger keeps what it said before."""
    kept = checked({"text": text, "candour": candour}, NOTE_RULES)
    return _write(author, Note, uid, kept, version_seen, merge)


def _write_reviewers(writer: Writer, action: str, checkpoint: str, reviewers: Sequence[str]) -> None:
    wanted = [(RoleKind.REVIEWER, party) for party in reviewers]
    write_roles(writer, action, checkpoint, wanted, _standing_roles(action, checkpoint))


def _add(author: Author, model: Any, action: str, values: dict[str, Any]) -> str:
    kept = checked(values, PART_RULES[model])
    with change(author, f"Added a {model.noun}") as writer:
        writer.summary = f"Added a {model.noun} to {quoted(Action, stored_row(Action, action))}"
        position = next_position(model, model.action == action)
        return writer.create(model, action=action, position=position, **kept)


def _edit(
    author: Author, model: type[Record], uid: str, values: dict[str, Any], version: int | None, merge: bool
) -> bool:
    return _write(author, model, uid, checked(values, PART_RULES[model]), version, merge)


def _write(
    author: Author, model: type[Record], uid: str, kept: dict[str, Any], version: int | None, merge: bool
) -> bool:
    with change(author, f"Edited a {model.noun}") as writer:
        writer.summary = f"Edited a {model.noun} of {_of_action(model, uid)}"
        return writer.update(model, uid, kept, version=version, merge=merge)


def _of_action(model: type[Record], uid: str) -> str:
    """Return the words for the record that people open to see this part."""
    place = Places().of(model, uid)
    return quoted(place.model, stored_row(place.model, place.subject))


def _standing_roles(action: str, checkpoint: str | None = None) -> list[tuple[Any, ...]]:
    among = Role.checkpoint == checkpoint if checkpoint else Role.checkpoint.is_null()
    found = Role.select(Role.uid, Role.kind, Role.party).where((Role.action == action) & among)
    return rows(found.order_by(Role.position, Role.uid))
