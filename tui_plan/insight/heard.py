"""When somebody was last heard from and last told something, per channel: asked of the records, kept nowhere.

Heard: what was recorded on their word in the ledger, notes that they gave, answers about a plan, being reached in a
drill, and communications. Told: communications, being asked about a plan, being reached in a drill.
"""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
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
_ONCE_SAID = {AgreementState.LAPSED.value: "agreed, lapsed since"}


class Last(NamedTuple):
    """The last day on which somebody was heard from, or told something, and by which channel."""

    on: date
    channel: str


class Contacted(NamedTuple):
    """When somebody was last heard from and last told; None for never.

    ``channels`` holds direction, channel and last day, where one party was asked about.
    """

    heard: Last | None = None
    told: Last | None = None
    channels: tuple[tuple[str, str, date], ...] = ()


class ContactLine(NamedTuple):
    """One contact with somebody: the day, heard or told, the channel, in words.

    ``communication`` is the uid of the record where it was recorded by hand, else empty.
    """

    on: date
    direction: str
    channel: str
    words: str
    communication: str = ""


_DAY, _MOMENT = 10, 19
"""How many characters a day and a moment have as ISO text."""


def last_heard(day: date) -> dict[str, Last]:
    """Return by party when it was last heard from, up to ``day``; who never was is not among them."""
    return _lasts(day, Direction.HEARD)


def last_contacts(day: date) -> dict[str, Contacted]:
    """Return by party when it was last heard from and told, up to ``day``; who never was is not among them."""
    heard, told = _lasts(day, Direction.HEARD), _lasts(day, Direction.TOLD)
    return {party: Contacted(heard.get(party), told.get(party)) for party in heard.keys() | told.keys()}


def contacted(party: str, day: date) -> Contacted:
    """Return when one party was last heard from and told, up to ``day``, over all and by each channel."""
    last: dict[str, Last] = {}
    days: dict[tuple[str, str], date] = {}
    for direction in Direction:
        for text in sorted(text for who, text in _facts(day, direction, party) if who == party):
            last[direction] = _last(text)
            days[direction, last[direction].channel] = last[direction].on
    channels = tuple((direction, channel, on) for (direction, channel), on in sorted(days.items()))
    return Contacted(last.get(Direction.HEARD), last.get(Direction.TOLD), channels)


def contact_log(party: str) -> list[ContactLine]:
    """Return every contact with a party that was recorded, the latest first."""
    whose = [uid for uid, became in _merged().items() if became == party]
    said = Change.select(Change.at, Change.channel, Change.summary).where(_spoken([party, *whose]))
    found = [ContactLine(_local(at).date(), Direction.HEARD, how, words) for at, how, words in rows(said)]
    fields = (Communication.on, Communication.direction, Communication.channel, Communication.words, Communication.uid)
    found += [ContactLine(*row) for row in rows(Communication.select(*fields).where(Communication.party == party))]
    found += _agreement_lines(party) + _drill_lines(party)
    return sorted(found, key=lambda line: line.on, reverse=True)


def _agreement_lines(party: str) -> list[ContactLine]:
    query = Agreement.select(Agreement.on, Agreement.channel, Agreement.state, Plan.name, Agreement.version)
    told = _answered() | (Agreement.state == AgreementState.ASKED.value)
    return [
        ContactLine(on, _direction(state), channel, f"{_ONCE_SAID.get(state, state)}: {plan}, version {version}")
        for on, channel, state, plan, version in rows(query.join(Plan).where(told & (Agreement.party == party)))
        if on
    ]


def _drill_lines(party: str) -> list[ContactLine]:
    query = ChecklistItem.select(ChecklistItem.at, ChecklistItem.channel, ChecklistRun.title).join(ChecklistRun)
    found = rows(query.where((ChecklistItem.party == party) & (ChecklistItem.rating == Rating.IN_PLACE.value)))
    return [ContactLine(at.date(), Direction.HEARD, how, f"reached: {title}") for at, how, title in found if at]


def _lasts(day: date, direction: Direction) -> dict[str, Last]:
    latest: dict[str, str] = {}
    for party, text in _facts(day, direction):
        if text > latest.get(party, ""):
            latest[party] = text
    return {party: _last(text) for party, text in latest.items()}


def _facts(day: date, direction: Direction, party: str | None = None) -> Iterator[tuple[str, str]]:
    """Yield a party and a text for the latest fact of each kind up to ``day``; of one party the latest by each channel.

    A text is the local day or moment in ISO form with the channel behind it, so that the later text is the later fact.
    """
    if direction is Direction.HEARD:
        yield from _words(day, party)
        yield from rows(_notes(day, party))
    yield from rows(_communications(day, direction, party))
    yield from rows(_asked_and_answered(day, direction, party))
    yield from rows(_reached(day, party))


def _words(day: date, party: str | None) -> Iterator[tuple[str, str]]:
    merged = _merged()
    whose = [party, *(uid for uid, became in merged.items() if became == party)] if party is not None else None
    for who, text in rows(_ledger(day, whose)):
        when = _local(datetime.fromisoformat(text[:_MOMENT]))
        yield merged.get(who, who), f"{when.isoformat(timespec='seconds')}{text[_MOMENT:]}"


def _ledger(day: date, whose: list[str] | None) -> Any:
    over = datetime.combine(day + timedelta(days=1), time()).astimezone(UTC).replace(tzinfo=None)
    query = _latest(Change.said_by, Change.at, Change.channel, by_channel=whose is not None)
    return query.where(_spoken(whose) & (Change.at < over))


def _notes(day: date, party: str | None) -> Any:
    query = _latest(Note.said_by, Note.said_on, Note.channel, by_channel=party is not None)
    return query.where(_of(Note.said_by, party) & (Note.said_on <= day))


def _communications(day: date, direction: Direction, party: str | None) -> Any:
    query = _latest(Communication.party, Communication.on, Communication.channel, by_channel=party is not None)
    here = Communication.direction == direction.value
    return query.where(_of(Communication.party, party) & here & (Communication.on <= day))


def _asked_and_answered(day: date, direction: Direction, party: str | None) -> Any:
    query = _latest(Agreement.party, Agreement.on, Agreement.channel, by_channel=party is not None)
    here = _answered() if direction is Direction.HEARD else Agreement.state == AgreementState.ASKED.value
    return query.where(_of(Agreement.party, party) & here & (Agreement.on <= day))


def _reached(day: date, party: str | None) -> Any:
    over = datetime.combine(day + timedelta(days=1), time())
    query = _latest(ChecklistItem.party, ChecklistItem.at, ChecklistItem.channel, by_channel=party is not None)
    in_place = ChecklistItem.rating == Rating.IN_PLACE.value
    return query.where(_of(ChecklistItem.party, party) & in_place & (ChecklistItem.at < over))


def _latest(party: Any, when: Any, channel: Any, *, by_channel: bool) -> Any:
    """The query of the latest moment with its channel behind it in one text: so one pass finds both."""
    query = party.model.select(party, fn.MAX(when.concat(channel)))
    return query.group_by(party, channel) if by_channel else query.group_by(party)


def _of(column: Any, party: str | None) -> Any:
    return column.is_null(False) if party is None else column == party


def _spoken(whose: list[str] | None) -> Any:
    """The expression for a change on somebody's word that stands, and that came by no file."""
    said = Change.said_by != "" if whose is None else Change.said_by.in_(whose)
    return said & (Change.channel != Channel.IMPORT.value) & Change.id.not_in(_undone_words())


def _undone_words() -> list[int]:
    """Return the changes on somebody's word that were turned back: what they say was not said."""
    back = Change.alias()
    said = Change.select(Change.id).join(back, on=(back.undoes == Change.id)).where(Change.said_by != "")
    words = {number for (number,) in rows(said)}
    return sorted(words & undone_changes()) if words else []


def _merged() -> dict[str, str]:
    return dict(rows(Party.select(Party.uid, Party.merged_into).where(Party.merged_into.is_null(False))))


def _answered() -> Any:
    """The expression for an agreement that tells of an answer, be it one that a change made lapse."""
    lapsed = (Agreement.state == AgreementState.LAPSED.value) & (Agreement.lapsed_because != "")
    return Agreement.state.in_([state.value for state in ANSWERS]) | lapsed


def _direction(state: str) -> str:
    return Direction.TOLD if state == AgreementState.ASKED else Direction.HEARD


def undone_changes() -> set[int]:
    """Return the changes that were turned back."""
    return {target for _, target in standing_undoings()}


def standing_undoings() -> list[tuple[int, int]]:
    """Return the changes that turned another one back and were not turned back themselves, each with that other."""
    gone: set[int] = set()
    query = Change.select(Change.id, Change.undoes).where(Change.undoes.is_null(False))
    found = [(number, target) for number, target in rows(query.order_by(Change.id.desc()))]
    for number, target in found:
        if number not in gone:
            gone.add(target)
    return [pair for pair in found if pair[0] not in gone]


def _last(text: str) -> Last:
    width = _MOMENT if text[_DAY : _DAY + 1] == "T" else _DAY
    return Last(date.fromisoformat(text[:_DAY]), text[width:])


def _local(at: datetime) -> datetime:
    return at.replace(tzinfo=UTC).astimezone().replace(tzinfo=None)
