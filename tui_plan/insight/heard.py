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
    """One contact with somebody: the day, heard or told, the channel, in words, and who typed it (or nothing)."""

    on: date
    direction: str
    channel: str
    words: str
    communication: str = ""


_Fact = tuple[str, str, str, str]
"""A party, the direction, the local day or moment as ISO text, and the channel."""

_DAY, _MOMENT = 10, 19
"""How many characters a day and a moment have as ISO text."""


def last_contacts(day: date) -> dict[str, Contacted]:
    """Return by party when it was last heard from and told, up to ``day``; who never was is not among them."""
    latest: dict[tuple[str, str], tuple[str, str]] = {}
    for party, direction, when, channel in _facts(day):
        known = latest.get((party, direction))
        if known is None or known < (when, channel):
            latest[party, direction] = when, channel
    lasts = {key: _last(*found) for key, found in latest.items()}
    parties = {party for party, _ in lasts}
    return {uid: Contacted(lasts.get((uid, Direction.HEARD)), lasts.get((uid, Direction.TOLD))) for uid in parties}


def contacted(party: str, day: date) -> Contacted:
    """Return when one party was last heard from and told, up to ``day``, over all and by each channel."""
    facts = sorted((when, channel, direction) for who, direction, when, channel in _facts(day, party) if who == party)
    last = {direction: _last(when, channel) for when, channel, direction in facts}
    days = {(direction, channel): _last(when, channel).on for when, channel, direction in facts}
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
    return [
        ContactLine(on, _direction(state), channel, f"{_ONCE_SAID.get(state, state)}: {plan}, version {version}")
        for on, channel, state, plan, version in rows(query.join(Plan).where(_answered() & (Agreement.party == party)))
        if on
    ]


def _drill_lines(party: str) -> list[ContactLine]:
    query = ChecklistItem.select(ChecklistItem.at, ChecklistItem.channel, ChecklistRun.title).join(ChecklistRun)
    found = rows(query.where((ChecklistItem.party == party) & (ChecklistItem.rating == Rating.IN_PLACE.value)))
    return [ContactLine(at.date(), Direction.HEARD, how, f"reached: {title}") for at, how, title in found if at]


def _facts(day: date, party: str | None = None) -> Iterator[_Fact]:
    """Yield the latest fact of each kind up to ``day``: of all in each direction, or of one party by each channel."""
    merged = _merged()
    whose = [party, *(uid for uid, became in merged.items() if became == party)] if party is not None else None
    for who, text in rows(_ledger(day, whose)):
        when = _local(datetime.fromisoformat(text[:_MOMENT]))
        yield merged.get(who, who), Direction.HEARD, when.isoformat(timespec="seconds"), text[_MOMENT:]
    for who, text in rows(_notes(day, party)):
        yield who, Direction.HEARD, text[:_DAY], text[_DAY:]
    for who, direction, text in rows(_communications(day, party)):
        yield who, direction, text[:_DAY], text[_DAY:]
    for who, state, text in rows(_answers(day, party)):
        yield who, _direction(state), text[:_DAY], text[_DAY:]
    for who, text in rows(_reached(day, party)):
        for direction in Direction:
            yield who, direction, text[:_MOMENT], text[_MOMENT:]


def _ledger(day: date, whose: list[str] | None) -> Any:
    over = datetime.combine(day + timedelta(days=1), time()).astimezone(UTC).replace(tzinfo=None)
    query = _latest((Change.said_by,), Change.at, Change.channel, by_channel=whose is not None)
    return query.where(_spoken(whose) & (Change.at < over))


def _notes(day: date, party: str | None) -> Any:
    query = _latest((Note.said_by,), Note.said_on, Note.channel, by_channel=party is not None)
    return query.where(_of(Note.said_by, party) & (Note.said_on <= day))


def _communications(day: date, party: str | None) -> Any:
    by = (Communication.party, Communication.direction)
    query = _latest(by, Communication.on, Communication.channel, by_channel=party is not None)
    return query.where(_of(Communication.party, party) & (Communication.on <= day))


def _answers(day: date, party: str | None) -> Any:
    by = (Agreement.party, Agreement.state)
    query = _latest(by, Agreement.on, Agreement.channel, by_channel=party is not None)
    return query.where(_of(Agreement.party, party) & _answered() & (Agreement.on <= day))


def _reached(day: date, party: str | None) -> Any:
    over = datetime.combine(day + timedelta(days=1), time())
    query = _latest((ChecklistItem.party,), ChecklistItem.at, ChecklistItem.channel, by_channel=party is not None)
    in_place = ChecklistItem.rating == Rating.IN_PLACE.value
    return query.where(_of(ChecklistItem.party, party) & in_place & (ChecklistItem.at < over))


def _latest(by: tuple[Any, ...], when: Any, channel: Any, *, by_channel: bool) -> Any:
    """The query of the latest moment with its channel behind it in one text: so one pass finds both."""
    query = by[0].model.select(*by, fn.MAX(when.concat(channel)))
    return query.group_by(*by, *((channel,) if by_channel else ()))


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
    return sorted(words & _undone()) if words else []


def _merged() -> dict[str, str]:
    return dict(rows(Party.select(Party.uid, Party.merged_into).where(Party.merged_into.is_null(False))))


def _answered() -> Any:
    """The expression for an agreement that tells of a question or an answer, be it one that a change made lapse."""
    told = Agreement.state.in_([state.value for state in (*ANSWERS, AgreementState.ASKED)])
    return told | ((Agreement.state == AgreementState.LAPSED.value) & (Agreement.lapsed_because != ""))


def _direction(state: str) -> str:
    return Direction.TOLD if state == AgreementState.ASKED else Direction.HEARD


def _undone() -> set[int]:
    """Return the changes that were turned back."""
    gone: set[int] = set()
    query = Change.select(Change.id, Change.undoes).where(Change.undoes.is_null(False))
    for number, target in rows(query.order_by(Change.id.desc())):
        if number not in gone:
            gone.add(target)
    return gone


def _last(when: str, channel: str) -> Last:
    return Last(date.fromisoformat(when[:_DAY]), channel)


def _local(at: datetime) -> datetime:
    return at.replace(tzinfo=UTC).astimezone().replace(tzinfo=None)
