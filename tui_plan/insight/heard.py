"""When somebody was last heard from and last told something, per channel: asked of the records, kept nowhere.

Heard: what was recorded on their word in the ledger, notes that they gave, answers about a plan, being reached in a
drill, and communications. Told: communications, being asked about a plan, being reached in a drill.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime
from typing import Any, NamedTuple

from peewee import fn

from tui_plan.model.base import rows
from tui_plan.model.checklist import ChecklistItem, ChecklistRun
from tui_plan.model.ledger import Change
from tui_plan.model.partnership import Agreement, Communication
from tui_plan.model.people import Party
from tui_plan.model.plan import Note, Plan
from tui_plan.model.vocabulary import AgreementState, Channel, Direction, Rating

ANSWERS = (AgreementState.AGREED, AgreementState.RESERVED, AgreementState.DECLINED)


class Last(NamedTuple):
    """The last day on which somebody was heard from, or told something, and by which channel."""

    on: date
    channel: str


class Contacted(NamedTuple):
    """When somebody was last heard from and last told; None for never. ``channels`` holds the days per channel."""

    heard: Last | None = None
    told: Last | None = None
    channels: tuple[tuple[str, str, date], ...] = ()


class ContactLine(NamedTuple):
    """One contact with somebody: the day, heard or told, the channel, in words, and who typed it (or nothing)."""

    on: date
    direction: str
    channel: str
    words: str
    communication: str = ""


_Fact = tuple[str, str, date, str]
"""A party, the direction, the day and the channel."""


def contacts_until(day: date, parties: Iterable[str] | None = None) -> dict[str, Contacted]:
    """Return by party (all, or those named) when it was last heard from and told, up to ``day``."""
    chosen = None if parties is None else set(parties)
    latest: dict[str, dict[tuple[str, str], date]] = defaultdict(dict)
    for party, direction, on, channel in _facts(chosen):
        if on <= day and (chosen is None or party in chosen):
            known = latest[party].get((direction, channel))
            latest[party][direction, channel] = on if known is None else max(on, known)
    return {party: _contacted(found) for party, found in latest.items()}


def contact_log(party: str) -> list[ContactLine]:
    """Return every contact with a party that was recorded, the latest first."""
    said = Change.select(Change.at, Change.channel, Change.summary, Change.id).where(Change.said_by == party)
    undone = _undone()
    found = [
        ContactLine(_day(at), "heard", how, words) for at, how, words, number in rows(said) if number not in undone
    ]
    fields = (Communication.on, Communication.direction, Communication.channel, Communication.words, Communication.uid)
    found += [ContactLine(*row) for row in rows(Communication.select(*fields).where(Communication.party == party))]
    found += _agreement_lines(party) + _drill_lines(party)
    return sorted(found, key=lambda line: line.on, reverse=True)


def _agreement_lines(party: str) -> list[ContactLine]:
    query = Agreement.select(Agreement.on, Agreement.channel, Agreement.state, Plan.name, Agreement.version)
    lines = []
    for on, channel, state, plan, version in rows(query.join(Plan).where(Agreement.party == party)):
        direction = _direction(state)
        if on and direction:
            lines.append(ContactLine(on, direction, channel, f"{state}: {plan}, version {version}"))
    return lines


def _drill_lines(party: str) -> list[ContactLine]:
    query = ChecklistItem.select(ChecklistItem.at, ChecklistItem.channel, ChecklistRun.title).join(ChecklistRun)
    found = rows(query.where((ChecklistItem.party == party) & (ChecklistItem.rating == Rating.IN_PLACE.value)))
    return [ContactLine(at.date(), Direction.HEARD, how, f"reached: {title}") for at, how, title in found if at]


def _facts(chosen: set[str] | None) -> Iterator[_Fact]:
    merged = dict(rows(Party.select(Party.uid, Party.merged_into).where(Party.merged_into.is_null(False))))
    few = None if chosen is None else [*chosen, *(uid for uid, into in merged.items() if into in chosen)]
    for party, direction, on, channel in (*_ledger(few), *_notes(few), *_communications(few), *_answers(few)):
        yield merged.get(party, party), direction, on, channel
    for party, at, channel in rows(_reached(few)):
        if at:
            yield party, Direction.HEARD, at.date(), channel
            yield party, Direction.TOLD, at.date(), channel


def _ledger(few: list[str] | None) -> Iterator[_Fact]:
    undone = _undone()
    query = Change.select(Change.said_by, Change.channel, fn.MAX(Change.at)).where(
        (Change.said_by != "") & (Change.channel != Channel.IMPORT.value) & Change.id.not_in(sorted(undone))
    )
    for party, channel, at in rows(_of(query, Change.said_by, few).group_by(Change.said_by, Change.channel)):
        yield party, Direction.HEARD, _day(at), channel


def _notes(few: list[str] | None) -> Iterator[_Fact]:
    query = Note.select(Note.said_by, Note.channel, fn.MAX(Note.said_on)).where(
        Note.said_by.is_null(False) & Note.said_on.is_null(False)
    )
    for party, channel, on in rows(_of(query, Note.said_by, few).group_by(Note.said_by, Note.channel)):
        yield party, Direction.HEARD, on, channel


def _communications(few: list[str] | None) -> Iterator[_Fact]:
    by = (Communication.party, Communication.direction, Communication.channel)
    query = Communication.select(*by, fn.MAX(Communication.on))
    for party, direction, channel, on in rows(_of(query, Communication.party, few).group_by(*by)):
        yield party, direction, on, channel


def _answers(few: list[str] | None) -> Iterator[_Fact]:
    query = Agreement.select(Agreement.party, Agreement.state, Agreement.channel, Agreement.on)
    for party, state, channel, on in rows(_of(query.where(Agreement.on.is_null(False)), Agreement.party, few)):
        if direction := _direction(state):
            yield party, direction, on, channel


def _reached(few: list[str] | None) -> Any:
    query = ChecklistItem.select(ChecklistItem.party, ChecklistItem.at, ChecklistItem.channel).where(
        ChecklistItem.party.is_null(False) & (ChecklistItem.rating == Rating.IN_PLACE.value)
    )
    return _of(query, ChecklistItem.party, few)


def _of(query: Any, party: Any, few: list[str] | None) -> Any:
    return query if few is None else query.where(party.in_(few))


def _direction(state: str) -> str:
    """An answer was heard; a question was told; of what lapsed the ledger tells."""
    if state in ANSWERS:
        return Direction.HEARD
    return Direction.TOLD if state == AgreementState.ASKED else ""


def _undone() -> set[int]:
    """Return the changes that were turned back: what they say was not said."""
    gone: set[int] = set()
    query = Change.select(Change.id, Change.undoes).where(Change.undoes.is_null(False))
    for number, target in rows(query.order_by(Change.id.desc())):
        if number not in gone:
            gone.add(target)
    return gone


def _contacted(found: dict[tuple[str, str], date]) -> Contacted:
    last: dict[str, Last] = {}
    for (direction, channel), on in sorted(found.items(), key=lambda item: item[1]):
        last[direction] = Last(on, channel)
    channels = tuple((direction, channel, on) for (direction, channel), on in sorted(found.items()))
    return Contacted(last.get(Direction.HEARD), last.get(Direction.TOLD), channels)


def _day(at: datetime) -> date:
    return at.replace(tzinfo=UTC).astimezone().date()
