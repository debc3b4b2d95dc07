"""What partners were told, and when they were heard from, where no other record says it."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from tui_plan.model.errors import InvalidInput
from tui_plan.model.partnership import Communication
from tui_plan.model.people import Party
from tui_plan.model.places import quoted, stored_row
from tui_plan.model.store import Author, change
from tui_plan.model.vocabulary import Channel, Direction
from tui_plan.operations.checking import Rule, checked, day, paragraph, reference, word

COMMUNICATION_RULES: dict[str, Rule] = {
    "direction": word(Direction, "A communication"),
    "on": day("The day", required=True),
    "channel": word(Channel, "The channel", optional=True),
    "words": paragraph("What was said"),
    "plan": reference,
}


def record_communication(
    author: Author,
    parties: Sequence[str],
    direction: Direction,
    *,
    on: date,
    today: date,
    channel: str = "",
    words: str = "",
    plan: str | None = None,
) -> list[str]:
    """Record that parties were told something, or heard from, on a day; return the uids of the records."""
    said: dict[str, Any] = {"direction": direction, "on": on, "channel": channel, "words": words, "plan": plan}
    kept = checked(said, COMMUNICATION_RULES)
    if on > today:
        raise InvalidInput(f"{on.isoformat()} lies in the future; record it when it has happened.", "on")
    each = list(dict.fromkeys(parties))
    if not each:
        raise InvalidInput("Say who was told, or who was heard from.", "parties")
    with change(author, "Recorded a communication") as writer:
        verb = "Told" if direction == Direction.TOLD else "Heard from"
        whom = quoted(Party, stored_row(Party, each[0])) if len(each) == 1 else f"{len(each)} people"
        writer.summary = f"{verb} {whom}"
        return writer.create_many(Communication, [{"party": party, **kept} for party in each])


def remove_communication(author: Author, uid: str) -> None:
    """Remove a communication that was recorded by mistake."""
    with change(author, "Removed a communication") as writer:
        row = stored_row(Communication, uid)
        writer.summary = f"Removed a communication with {quoted(Party, stored_row(Party, row['party']))}"
        writer.delete(Communication, uid)
