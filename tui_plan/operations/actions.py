"""Actions: adding, editing, progress on somebody's word, moving dates and places, several at once, removing."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date, timedelta
from typing import Any, TypedDict, Unpack

from tui_plan.model.base import Record, rows
from tui_plan.model.checklist import NextAction
from tui_plan.model.errors import InvalidInput, Refused
from tui_plan.model.places import next_position, quoted, stored_row
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
from tui_plan.model.register import EntryLink
from tui_plan.model.source import SourceRow
from tui_plan.model.store import Author, Writer, change
from tui_plan.model.vocabulary import Candour, Channel, Confidence, Status
from tui_plan.operations.checking import (
    Rule,
    as_day,
    checked,
    day,
    line,
    looked_at,
    order_problems,
    paragraph,
    reference,
    refuse,
    word,
    yes_no,
)
from tui_plan.operations.lapsing import day_of, lapsing_by_roles


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
    core: bool


ACTION_RULES: dict[str, Rule] = {
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
    "core": yes_no,
}
_PARTS: tuple[type[Record], ...] = (Role, Checkpoint, Resource, Note, EntryLink, NextAction)


def add_action(author: Author, objective: str, *, today: date, **values: Unpack[ActionValues]) -> str:
    """Add an action at the end of a step objective and return its uid."""
    kept = checked_action({"title": "", **values}, {}, today)
    with change(author, f"Added the action {quoted(Action, kept)}") as writer:
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
    with change(author, "Edited an action") as writer:
        row = stored_row(Action, uid)
        writer.summary = f"Edited {quoted(Action, row)}"
        return _write(writer, row, checked_action(values, row, today), version_seen, merge)


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
    with change(author, "Progress on an action") as writer:
        row = stored_row(Action, uid)
        writer.summary = f"Progress on {quoted(Action, row)}"
        _write(writer, row, checked_action(values, row, today), version_seen, merge)
        if note:
            write_note(writer, author, plan_of_action(uid), uid, note, candour, said_on or today)
        return writer.wrote


def set_status(author: Author, uids: Sequence[str], status: Status, *, today: date) -> int:
    """Give several actions a status in one change; return how many really changed."""
    return change_actions(author, uids, today=today, status=status.value)


def change_actions(author: Author, uids: Sequence[str], *, today: date, **values: Unpack[ActionValues]) -> int:
    """Give several actions the same values in one change; return how many really changed."""
    with change(author, "Edited actions") as writer:
        writer.summary = _summary(uids, values)
        found = [stored_row(Action, uid) for uid in dict.fromkeys(uids)]
        return sum(_write(writer, row, _checked_of_many(values, row, today, len(found))) for row in found)


def move_dates(author: Author, uids: Sequence[str], days: int) -> int:
    """Move what is expected of several open actions by ``days``; the agreed date and the baseline stay.

    Actions without a date, or that are closed, are left alone; return how many moved. ``Refused`` if none did.
    """
    moved = 0
    with change(author, "Moved dates") as writer:
        writer.summary = f"Moved {_count(uids)} by {days:+d} days"
        for uid in dict.fromkeys(uids):
            row = stored_row(Action, uid)
            expected = as_day(row["forecast"] or row["agreed"])
            if expected is None or row["status"] in {Status.COMPLETE, Status.WITHDRAWN}:
                continue
            later = {"forecast": _later(expected, days)}
            moved += _write(writer, row, _checked_of_many(later, row, date.max, len(uids)))
    if not moved:
        raise Refused("There is no date to move: give the action a target date first.")
    return moved


def move_actions(author: Author, uids: Sequence[str], objective: str) -> int:
    """Move actions to the end of another step objective in one change; return how many moved.

    Who carries them has new duties where that objective is of another plan, or of an area that a rule asks for.
    """
    moved = 0
    with change(author, "Moved actions") as writer, lapsing_by_roles(writer, uids, day_of(author)):
        writer.summary = f"Moved {_count(uids)} to another step objective"
        position = next_position(Action, Action.objective == objective)
        for uid in dict.fromkeys(uids):
            if stored_row(Action, uid)["objective"] != objective:
                moved += writer.update(Action, uid, {"objective": objective, "position": position + moved})
    return moved


def remove_actions(author: Author, uids: Sequence[str]) -> None:
    """Remove actions with all that hangs on them, in one change; undo brings everything back.

    To show that partners dropped an action, withdraw it instead: removing is for mistakes.
    """
    with change(author, "Removed actions") as writer:
        writer.summary = f"Removed {_count(uids)}"
        for uid in dict.fromkeys(uids):
            _remove(writer, uid)


def write_note(
    writer: Writer, author: Author, plan: str, action: str | None, text: str, candour: Candour, said_on: date
) -> str:
    """Write a note on the author's word within a change, and return its uid."""
    said = {
        "text": text,
        "candour": candour,
        "said_on": said_on,
        "said_by": author.said_by,
        "said_by_name": author.said_by_name,
        "channel": author.channel,
    }
    return writer.create(Note, plan=plan, action=action, **checked(said, _SAID_RULES))


NOTE_RULES: dict[str, Rule] = {
    "text": paragraph("The note", required=True),
    "candour": word(Candour, "A note"),
    "channel": word(Channel, "The channel", optional=True),
}
_SAID_RULES: dict[str, Rule] = NOTE_RULES | {
    "said_on": day("The day it was said"),
    "said_by": reference,
    "said_by_name": line("The name of who said it"),
}


def plan_of_action(uid: str) -> str:
    """Return the uid of the plan that an action belongs to."""
    found = Action.select(DevelopmentArea.plan).join(StepObjective).join(DevelopmentArea).where(Action.uid == uid)
    return str(rows(found)[0][0])


def checked_action(values: Any, standing: dict[str, Any], today: date) -> dict[str, Any]:
    """Return an action's values as they are kept, with what follows from them.

    The first agreed date becomes the baseline; a complete action has an actual date, today unless said, and an
    action that is no longer complete has none. Raises one ``InvalidInput`` for all that is wrong.
    """
    kept, problems = looked_at(values, ACTION_RULES)
    both = standing | kept
    if both.get("agreed") and not both.get("baseline"):
        kept["baseline"] = both["agreed"]
    if "status" in kept and "actual" not in values:
        kept["actual"] = (as_day(both.get("actual")) or today) if kept["status"] == Status.COMPLETE else None
    elif kept.get("actual") and "status" not in values:
        kept["status"] = Status.COMPLETE.value
    refuse(action_problems(standing | kept, kept, today) | problems)
    return kept


def action_problems(row: Mapping[str, Any], touched: Collection[str], today: date | None = None) -> dict[str, str]:
    """Return a sentence by field for what cannot stand together in an action, as far as ``touched`` fields bear on it.

    Without ``today`` a day in the future counts as fine.
    """
    start = ("start", "the start")
    problems = order_problems(row, start, ("agreed", "The agreed date"), touched)
    problems |= order_problems(row, start, ("forecast", "The forecast"), touched)
    actual = as_day(row.get("actual"))
    if actual and today and "actual" in touched and actual > today:
        problems["actual"] = f"The actual date ({actual.isoformat()}) lies in the future; use the forecast."
    elif actual and row.get("status") not in {None, Status.COMPLETE} and {"actual", "status"} & set(touched):
        problems["actual"] = "Only a complete action has an actual date."
    reasoned = {"confidence", "confidence_reason"} & set(touched)
    if reasoned and row.get("confidence_reason") and not row.get("confidence"):
        problems["confidence"] = "Choose a confidence for that reason."
    return problems


def check_dates(row: dict[str, Any], today: date) -> None:
    """Raise ``InvalidInput`` where an action's dates, status and confidence contradict each other."""
    refuse(action_problems(row, row, today))


def _write(
    writer: Writer, row: dict[str, Any], kept: dict[str, Any], version: int | None = None, merge: bool = False
) -> bool:
    """Write an action's values; what a merge brought together must stand together."""
    wrote = writer.update(Action, row["uid"], kept, version=version, merge=merge)
    if wrote and merge:
        refuse(action_problems(stored_row(Action, row["uid"]), kept))
    return wrote


def _checked_of_many(values: Any, row: dict[str, Any], today: date, many: int) -> dict[str, Any]:
    """Return ``checked_action``; among several actions, a sentence names the one that it is about."""
    try:
        return checked_action(values, row, today)
    except InvalidInput as problem:
        if many > 1:
            refuse({field: f"A-{row['number']}: {sentence}" for field, sentence in problem.problems.items()})
        raise


def _later(expected: date, days: int) -> date:
    try:
        return expected + timedelta(days=days)
    except OverflowError as problem:
        raise InvalidInput("That is too far to move a date.", "forecast") from problem


def _remove(writer: Writer, uid: str) -> None:
    leaning = Dependency.select(Dependency.uid).where((Dependency.action == uid) | (Dependency.needs == uid))
    measures = [
        found for (found,) in rows(OutcomeMeasure.select(OutcomeMeasure.uid).where(OutcomeMeasure.action == uid))
    ]
    _delete_all(writer, Dependency, leaning)
    _delete_all(writer, Reading, Reading.select(Reading.uid).where(Reading.measure.in_(measures)))
    _delete_all(writer, EntryLink, EntryLink.select(EntryLink.uid).where(EntryLink.measure.in_(measures)))
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


def _count(uids: Sequence[str]) -> str:
    if len(uids) == 1:
        return quoted(Action, stored_row(Action, uids[0]))
    return f"{len(uids)} actions"


def _summary(uids: Sequence[str], values: ActionValues) -> str:
    said = values.get("status")
    return f"{_count(uids)} → {said}" if said else f"Edited {_count(uids)}"
