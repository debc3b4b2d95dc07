"""Bringing people in from a file: everything in one change, or nothing. The command line and the screens call it.

``rehearse_roster`` says what ``import_roster`` would do, from the same steps. Whoever is on the roster gets only what
they lack; where the file says something else, the roster stands and the outcome tells of it.
"""

from collections.abc import Iterator
from contextlib import ExitStack
from datetime import date
from typing import Any

from peewee import fn

from tui_plan.exchange.roster_entries import RosterOutcome, RosterReading
from tui_plan.exchange.roster_fit import Parties
from tui_plan.exchange.roster_now import RosterNow, Standing, Way
from tui_plan.exchange.roster_places import check_days, fit_posts, fit_seats, homes_first
from tui_plan.exchange.sheet_import import by_import
from tui_plan.model.base import rows
from tui_plan.model.clean import name_key
from tui_plan.model.people import ContactMethod, Membership, Party, Tenure
from tui_plan.model.store import Author, Writer, change
from tui_plan.model.vocabulary import PartyKind
from tui_plan.operations.lapsing import lapsing

_LAST_RANK = 99
Row = dict[str, Any]


def rehearse_roster(reading: RosterReading, *, today: date) -> RosterOutcome:
    """Return what ``import_roster`` would do on that day, problems included, without writing."""
    return _fitted(reading, today)[1].outcome


def import_roster(author: Author, reading: RosterReading, *, today: date) -> RosterOutcome:
    """Write what a file brings in one change and return what was done.

    ``today`` is the day on which somebody named beside a post holds it, where the file says no day. Raises
    ImportProblem with every problem when the file needs mending first; then nothing has been written.
    """
    with change(by_import(author), f"Brought people in from {reading.name}") as writer, ExitStack() as lapsings:
        order, parties = _fitted(reading, today)
        outcome = parties.outcome
        outcome.require_sound(reading.name)
        writer.summary = f"Brought people in from {reading.name}: {len(outcome.new):,} new"
        for day in _days_of_duties(parties.now, today):
            lapsings.enter_context(lapsing(writer, day))
        _write(writer, order, parties.now)
    return outcome


def _days_of_duties(now: RosterNow, today: date) -> list[date]:
    """Return the days on which somebody can have new duties: today, and when a holder to come begins."""
    new = (span.start for spans in now.spans.values() for span in spans if span.number)
    return sorted({today, *(start for start in new if start is not None and start > today)})


def _fitted(reading: RosterReading, today: date) -> tuple[list[str], Parties]:
    """Return the order in which organisations can be written, and everybody as they would stand."""
    outcome = RosterOutcome(reading.unit, looks=list(reading.looks), problems=list(reading.problems))
    parties = Parties(RosterNow(), outcome)
    parties.fit(reading.entries)
    fit_posts(parties, today)
    fit_seats(parties, parted=reading.unit == "row")
    check_days(parties)
    order = homes_first(parties)
    for told in (outcome.new, outcome.known, outcome.additions, outcome.differences):
        told.sort(key=lambda one: one.number)
    outcome.looks.sort()
    outcome.problems.sort()
    return order, parties


def _write(writer: Writer, order: list[str], now: RosterNow) -> None:
    """Write records table by table, what others lean on first."""
    others = [PartyKind.POST, PartyKind.PERSON, PartyKind.GROUP]
    parties = [*(now.by_uid[uid] for uid in order), *now.everybody(*others)]
    writer.create_many(Party, [_party_row(one) for one in parties if one.stored is None])
    for one in parties:
        if one.stored is not None and one.stored != one.values:
            writer.update(Party, one.uid, one.values)
    writer.create_many(ContactMethod, [row for one in parties for row in _new_ways(one)])
    for way in (way for one in parties for way in one.ways if way.newly_verified):
        writer.update(ContactMethod, way.uid, {"verified_on": way.verified_on})
    _write_places(writer, now)


def _write_places(writer: Writer, now: RosterNow) -> None:
    spans = [(post, span) for post, spans in now.spans.items() for span in spans if span.number]
    writer.create_many(
        Tenure,
        [
            {"post": post, "person": span.person, "start": span.start, "end": span.end, "acting": span.acting}
            for post, span in spans
        ],
    )
    writer.create_many(Membership, list(_new_seats(now)))


def _party_row(party: Standing) -> Row:
    return {
        "uid": party.uid,
        "kind": party.kind.value,
        "name": party.name,
        "name_key": name_key(party.name),
        **party.values,
    }


def _new_ways(party: Standing) -> Iterator[Row]:
    fresh = [way for way in party.ways if not way.uid]
    for rank, way in enumerate(fresh, party.last_rank + 1):
        yield {"party": party.uid, "rank": min(rank, _LAST_RANK), **_way_values(way)}


def _way_values(way: Way) -> Row:
    return {"kind": way.kind, "value": way.value, "verified_on": way.verified_on}


def _new_seats(now: RosterNow) -> Iterator[Row]:
    """Yield new seats, each behind those that its group has."""
    last = dict(rows(Membership.select(Membership.group, fn.MAX(Membership.position)).group_by(Membership.group)))
    for group, seats in now.seats.items():
        fresh = [(member, seat.seat) for member, seat in seats.items() if seat.number]
        for position, (member, seat) in enumerate(fresh, last.get(group, -1) + 1):
            yield {"group": group, "member": member, "seat": seat, "position": position}
