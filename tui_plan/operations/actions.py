"""Actions: adding, editing, progress on somebody's word, moving dates and places, several at once, removing."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any, TypedDict, Unpack

from tui_plan.model.base import Record, rows
from tui_plan.model.errors import InvalidInput, Refused
from tui_plan.model.plan import (
    Action,
    Checkpoint,
    Dependency,
    DevelopmentArea,
    Note,
    OutcomeMeasure,
    Reading,
    Resource,
    Role,
    StepObjective,
)
from tui_plan.model.source import SourceRow
from tui_plan.model.store import Author, Writer, change, stored_row
from tui_plan.model.vocabulary import Candour, Channel, Confidence, Status
from tui_plan.operations.checking import Rule, checked, day, in_order, line, paragraph, word, yes_no
from tui_plan.operations.plans import as_day, next_position


class ActionValues(TypedDict, total=False):
    """What a coordinator may say of an action. The baseline follows from the first agreed date, and then stays."""

    title: str
    purpose: str
    description: str
    status: str
    confidence: str
    confidence_reason: str
    start: date | None
    baseline: date | None
    agreed: date | None
    forecast: date | None
    actual: date | None
    timescale_note: str
    milestone: bool


_RULES: dict[str, Rule] = {
    "title": line("The action's title", required=True, limit=1_000),
    "purpose": paragraph("The purpose"),
    "description": paragraph("The description"),
    "status": word(Status, "The status"),
    "confidence": word(Confidence, "The confidence", optional=True),
    "confidence_reason": line("The reason", limit=1_000),
    "start": day("The start"),
    "baseline": day("The baseline"),
    "agreed": day("The agreed date"),
    "forecast": day("The forecast"),
    "actual": day("The actual date"),
    "timescale_note": line("The timescale note", limit=1_000),
    "milestone": yes_no,
}
_PARTS: tuple[type[Record], ...] = (Role, Checkpoint, Resource, Note)


def add_action(author: Author, objective: str, *, today: date, **values: Unpack[ActionValues]) -> str:
    """Add an action at the end of a step objective and return its uid."""
    kept = checked_action({"title": "", **values}, {}, today)
    with change(author, f"Added the action “{kept['title']}”") as writer:
        position = next_position(Action, Action.objective == objective)
        return writer.create(Action, objective=objective, position=position, **kept)


def edit_action(
    author: Author,
    uid: str,
    *,
    today: date,
    version_seen: int | None = None,
    merge: bool = False,
    **values: Unpack[ActionValues],
) -> bool:
    """Change an action; return whether anything changed."""
    row = stored_row(Action, uid)
    kept = checked_action(values, row, today)
    with change(author, f"Edited {quoted(row)}") as writer:
        return writer.update(Action, uid, kept, version=version_seen, merge=merge)


def record_progress(
    author: Author,
    uid: str,
    *,
    today: date,
    note: str = "",
    candour: Candour = Candour.SHAREABLE,
    said_on: date | None = None,
    version_seen: int | None = None,
    merge: bool = False,
    **values: Unpack[ActionValues],
) -> bool:
    """Record what somebody said of an action: status, confidence, dates and a note, in one change.

    ``author`` says on whose word and by which channel; ``said_on`` when, today unless said. Return whether anything
    changed.
    """
    row = stored_row(Action, uid)
    kept = checked_action(values, row, today)
    with change(author, f"Progress on {quoted(row)}") as writer:
        writer.update(Action, uid, kept, version=version_seen, merge=merge)
        if note:
            write_note(writer, author, plan_of_action(uid), uid, note, candour, said_on or today)
        return writer.wrote


def set_status(author: Author, uids: Sequence[str], status: Status, *, today: date) -> int:
    """Give several actions a status in one change; return how many really changed."""
    return change_actions(author, uids, today=today, status=status.value)


def change_actions(author: Author, uids: Sequence[str], *, today: date, **values: Unpack[ActionValues]) -> int:
    """Give several actions the same values in one change; return how many really changed."""
    changed = 0
    with change(author, _summary(uids, values)) as writer:
        for uid in uids:
            changed += writer.update(Action, uid, checked_action(values, stored_row(Action, uid), today))
    return changed


def move_dates(author: Author, uids: Sequence[str], days: int) -> int:
    """Move what is expected of several open actions by ``days``; the agreed date and the baseline stay.

    Actions without a date, or that are closed, are left alone; return how many moved. ``Refused`` if none did.
    """
    moved = 0
    with change(author, f"Moved {_count(uids)} by {days:+d} days") as writer:
        for uid in uids:
            row = stored_row(Action, uid)
            expected = as_day(row["forecast"] or row["agreed"])
            if expected is None or row["status"] in {Status.COMPLETE, Status.WITHDRAWN}:
                continue
            later = expected + timedelta(days=days)
            in_order(("the start", as_day(row["start"])), ("The forecast", later), "forecast")
            moved += writer.update(Action, uid, {"forecast": ACTION_RULES["forecast"](later)})
    if not moved:
        raise Refused("There is no date to move: give the action a target date first.")
    return moved


def move_action(author: Author, uid: str, objective: str) -> bool:
    """Move an action to the end of another step objective; return whether it moved."""
    row = stored_row(Action, uid)
    if row["objective"] == objective:
        return False
    with change(author, f"Moved {quoted(row)} to another step objective") as writer:
        position = next_position(Action, Action.objective == objective)
        return writer.update(Action, uid, {"objective": objective, "position": position})


def remove_actions(author: Author, uids: Sequence[str]) -> None:
    """Remove actions with all that hangs on them, in one change; undo brings everything back.

    To show that partners dropped an action, withdraw it instead: removing is for mistakes.
    """
    with change(author, f"Removed {_count(uids)}") as writer:
        for uid in uids:
            _remove(writer, uid)


def add_dependency(author: Author, action: str, needs: str) -> str:
    """Record that ``action`` needs another to be complete first; circles are refused with the chain's references."""
    chain = _chain(needs, action)
    if chain:
        names = " → ".join(f"A-{stored_row(Action, uid)['number']}" for uid in [action, *chain])
        raise InvalidInput(f"That would make a circle: {names}.", "needs")
    if Dependency.select().where((Dependency.action == action) & (Dependency.needs == needs)).exists():
        raise InvalidInput("That dependency is already there.", "needs")
    first, second = stored_row(Action, action), stored_row(Action, needs)
    with change(author, f"A-{first['number']} now needs A-{second['number']} first") as writer:
        return writer.create(Dependency, action=action, needs=needs)


def remove_dependency(author: Author, action: str, needs: str) -> None:
    """Take a dependency away."""
    with change(author, "Removed a dependency") as writer:
        found = Dependency.select(Dependency.uid).where((Dependency.action == action) & (Dependency.needs == needs))
        for (uid,) in rows(found):
            writer.delete(Dependency, uid)


def write_note(
    writer: Writer, author: Author, plan: str, action: str | None, text: str, candour: Candour, said_on: date
) -> str:
    """Write a note on the author's word within a change, and return its uid."""
    kept = checked({"text": text, "candour": candour, "channel": author.channel}, NOTE_RULES)
    return writer.create(
        Note,
        plan=plan,
        action=action,
        said_on=said_on,
        said_by=author.said_by or None,
        said_by_name=author.said_by_name,
        **kept,
    )


NOTE_RULES: dict[str, Rule] = {
    "text": paragraph("The note", required=True),
    "candour": word(Candour, "A note"),
    "channel": word(Channel, "The channel", optional=True),
}


def plan_of_action(uid: str) -> str:
    """Return the uid of the plan that an action belongs to."""
    found = Action.select(DevelopmentArea.plan).join(StepObjective).join(DevelopmentArea).where(Action.uid == uid)
    return str(rows(found)[0][0])


def checked_action(values: Any, standing: dict[str, Any], today: date) -> dict[str, Any]:
    """Return an action's values as they are kept, with what follows from them.

    The first agreed date becomes the baseline; a complete action has an actual date, today unless said, and an
    action that is no longer complete has none.
    """
    kept = checked(values, ACTION_RULES)
    both = standing | kept
    if both.get("agreed") and not both.get("baseline"):
        kept["baseline"] = both["agreed"]
    if "status" in kept and "actual" not in kept:
        kept["actual"] = (as_day(both.get("actual")) or today) if kept["status"] == Status.COMPLETE else None
    elif kept.get("actual") and "status" not in kept:
        kept["status"] = Status.COMPLETE.value
    check_dates(standing | kept, today)
    return kept


def quoted(row: dict[str, Any]) -> str:
    """Return an action's reference with the beginning of its title, for a line of the history."""
    title = row["title"] if len(row["title"]) <= 60 else row["title"][:59].rstrip() + "…"
    return f"A-{row['number']} “{title}”"


def check_dates(row: dict[str, Any], today: date) -> None:
    """Raise ``InvalidInput`` where an action's dates, status and confidence contradict each other."""
    start = ("the start", as_day(row.get("start")))
    in_order(start, ("The agreed date", as_day(row.get("agreed"))), "agreed")
    in_order(start, ("The forecast", as_day(row.get("forecast"))), "forecast")
    actual = as_day(row.get("actual"))
    if actual and actual > today:
        raise InvalidInput(f"The actual date ({actual.isoformat()}) lies in the future; use the forecast.", "actual")
    if actual and row.get("status") != Status.COMPLETE:
        raise InvalidInput("Only a complete action has an actual date.", "actual")
    if row.get("confidence_reason") and not row.get("confidence"):
        raise InvalidInput("Choose a confidence for that reason.", "confidence")


def _remove(writer: Writer, uid: str) -> None:
    leaning = Dependency.select(Dependency.uid).where((Dependency.action == uid) | (Dependency.needs == uid))
    measures = [
        found for (found,) in rows(OutcomeMeasure.select(OutcomeMeasure.uid).where(OutcomeMeasure.action == uid))
    ]
    _delete_all(writer, Dependency, leaning)
    _delete_all(writer, Reading, Reading.select(Reading.uid).where(Reading.measure.in_(measures)))
    for measure in measures:
        writer.delete(OutcomeMeasure, measure)
    for part in _PARTS:
        action: Any = part._meta.fields["action"]
        _delete_all(writer, part, part.select(part.uid).where(action == uid))
    for (source_row,) in rows(SourceRow.select(SourceRow.uid).where(SourceRow.action == uid)):
        writer.update(SourceRow, source_row, {"action": None})
    writer.delete(Action, uid)


def _delete_all(writer: Writer, model: type[Record], found: Any) -> None:
    for (uid,) in rows(found):
        writer.delete(model, uid)


def _chain(start: str, goal: str) -> list[str]:
    """Return the actions from ``start`` along what each needs to ``goal``, or nothing."""
    trail: dict[str, str | None] = {start: None}
    waiting = [start]
    while waiting:
        here = waiting.pop(0)
        if here == goal:
            return _walk_back(trail, here)
        for (needed,) in rows(Dependency.select(Dependency.needs).where(Dependency.action == here)):
            if needed not in trail:
                trail[needed] = here
                waiting.append(needed)
    return []


def _walk_back(trail: dict[str, str | None], end: str) -> list[str]:
    steps: list[str] = []
    here: str | None = end
    while here is not None:
        steps.insert(0, here)
        here = trail[here]
    return steps


def _count(uids: Sequence[str]) -> str:
    if len(uids) == 1:
        return quoted(stored_row(Action, uids[0]))
    return f"{len(uids)} actions"


def _summary(uids: Sequence[str], values: ActionValues) -> str:
    said = values.get("status")
    return f"{_count(uids)} → {said}" if said else f"Edited {_count(uids)}"
