"""What papers about people say in the same words: the state of an action, notes, posts held, and who else is there.

The personal page, the handover note and the like call it. Only names come out of here, and no note that is candid.
"""

from collections import defaultdict
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import NamedTuple

from tui_plan.exchange.document import Item, more_words
from tui_plan.exchange.plan_words import party_words
from tui_plan.insight.action_parts import ActionParts, NoteLine
from tui_plan.insight.action_rows import ActionRow
from tui_plan.insight.people_on import PeopleOn, Seat
from tui_plan.model.date_words import distance, show_date
from tui_plan.model.vocabulary import Candour, PartyKind

_MOST_REFS = 5
_LONGEST_NOTE = 200


class ToldNote(NamedTuple):
    """A shareable note with the reference of the action that it is about."""

    ref: str
    note: NoteLine


def action_state(row: ActionRow, parts: ActionParts, today: date) -> str:
    """Return "in progress, 4 days late, waits for A-1"."""
    words = [row.status]
    if row.expected and row.overdue(today):
        words.append(distance(row.expected, today, past="late"))
    if row.blocked:
        words.append(f"waits for {', '.join(f'A-{needed.number}' for needed in parts.needs if not needed.settled)}")
    return ", ".join(words)


def post_words(post: str, person: str, people: PeopleOn, style: str) -> str:
    """Return "Registrar (acting, since 2026-01-03)" of a post that a person holds."""
    held = next(each for each in people.holdings[post] if each.person == person)
    details = [*(["acting"] if held.acting else []), *([f"since {show_date(held.start, style)}"] if held.start else [])]
    return people.name(post) + (f" ({', '.join(details)})" if details else "")


def seated_name(seat: Seat, people: PeopleOn) -> str:
    """Return who sits there: a name, of a post with its holder."""
    head = people.parties.get(seat.member)
    if head is None or head.kind != PartyKind.POST:
        return people.name(seat.member)
    return f"{head.name} ({people.holder_words(seat.member)})"


def others_in(
    actions: Iterable[ActionRow], parts: Mapping[str, ActionParts], without: Container[str]
) -> Iterator[Item]:
    """Yield who has a role in these actions, by name, who is in most of them first; ``without`` are parties (uids)."""
    found: dict[str, list[str]] = defaultdict(list)
    for row in actions:
        for role in parts.get(row.uid, ActionParts()).roles:
            refs = found[party_words(role)]
            if role.party not in without and row.ref not in refs:
                refs.append(row.ref)
    for name, refs in sorted(found.items(), key=lambda pair: (-len(pair[1]), pair[0])):
        if refs:
            yield Item(f"{name}: {few(refs, _MOST_REFS)}")


def few(words: Sequence[str], most: int) -> str:
    """Return words in a row, at most so many, and how many more there are."""
    return ", ".join(filter(None, [*words[:most], more_words(len(words) - most)]))


def latest_notes(
    actions: Iterable[ActionRow], parts: Mapping[str, ActionParts], since: date = date.min
) -> tuple[list[ToldNote], int]:
    """Return the last shareable notes said on or after ``since``, latest first, and how many notes are candid."""
    told: list[ToldNote] = []
    candid = 0
    for row in actions:
        notes = parts.get(row.uid, ActionParts()).notes
        candid += sum(note.candour == Candour.CANDID for note in notes)
        told += [
            ToldNote(row.ref, note)
            for note in notes
            if note.candour == Candour.SHAREABLE and (note.said_on or date.min) >= since
        ]
    return sorted(told, key=lambda each: (each.note.said_on or date.min, each.note.uid), reverse=True), candid


def note_items(told: Iterable[ToldNote], style: str) -> Iterator[Item]:
    """Yield notes as lines: "A-1, 2026-03-16, Cleo: They like the draft"."""
    for ref, note in told:
        origin = ", ".join(filter(None, [ref, show_date(note.said_on, style), note.said_by]))
        text = note.text if len(note.text) <= _LONGEST_NOTE else f"{note.text[:_LONGEST_NOTE].rstrip()}…"
        yield Item(f"{origin}: {text}")
