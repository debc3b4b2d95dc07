"""What each partner promised and what came of it, in one form for all; and whether the convening group is whole."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from datetime import date
from typing import NamedTuple

from tui_plan.insight.action_rows import ActionRow, action_rows, of_plan
from tui_plan.insight.agreement import of_one_plan, partners_of
from tui_plan.insight.heard import last_heard
from tui_plan.insight.people_on import Head, PeopleOn, Seat
from tui_plan.model.base import rows
from tui_plan.model.plan import Action, Plan
from tui_plan.model.vocabulary import PartyKind, Status

CHAIR, DEPUTY = "chair", "deputy"


class PartnerLine(NamedTuple):
    """One partner. ``seats`` names who sits for it in the convening group, empty for a gap.

    The counts are of the actions for which it is accountable or responsible: ``promised`` all of them; done by the
    date first planned, by the date agreed later, or after it; open past the agreed date; withdrawn; deferred.
    ``heard`` is the last day on which anybody of it was heard from.
    """

    uid: str
    name: str
    seats: tuple[str, ...]
    promised: int
    first_date: int
    agreed_date: int
    done_late: int
    late: int
    withdrawn: int
    deferred: int
    heard: date | None

    @property
    def done(self) -> int:
        """How many are complete."""
        return self.first_date + self.agreed_date + self.done_late

    @property
    def under_way(self) -> int:
        """How many are open and not late."""
        return self.promised - self.done - self.late - self.withdrawn - self.deferred


class PartnersReport(NamedTuple):
    """The partners of a plan in their order, and its convening group: who leads it, and what is wrong with it."""

    plan: str
    name: str
    group: str
    chair: str
    deputy: str
    gaps: tuple[str, ...]
    lines: tuple[PartnerLine, ...]


class Promise(NamedTuple):
    """One action that a partner promised, and what came of it in words."""

    ref: str
    title: str
    outcome: str
    day: date | None


OUTCOMES = {
    "first_date": "kept on the first date",
    "agreed_date": "kept after re-agreement",
    "done_late": "done late",
    "late": "late",
    "withdrawn": "withdrawn by agreement",
    "deferred": "deferred",
    "under_way": "under way",
}
"""What came of a promise, by the name of its count."""


def partners(plan: str, today: date) -> PartnersReport:
    """Return what each partner of a plan promised and kept, and how the convening group stands, on ``today``."""
    return partners_of_plans([plan], today)[0]


def partners_of_plans(plans: Iterable[str], today: date) -> list[PartnersReport]:
    """Return the same of several plans; the roster, and who was heard from, is read once for all."""
    people = PeopleOn(today)
    heard = _heard(people, today)
    return [_report(plan, people, heard) for plan in plans]


def _report(plan: str, people: PeopleOn, heard: dict[str, date]) -> PartnersReport:
    name, group = of_one_plan(plan, Plan.name, Plan.convening_group)
    named = partners_of(plan)
    found = _outcomes(plan, people, people.day)
    counts = {uid: Counter(outcome for outcome, _ in many) for uid, many in found.items()}
    seats = _seats(group, people)
    lines = tuple(
        _line(uid, partner, _sitting(uid, seats, people), counts.get(uid, Counter()), heard.get(uid))
        for uid, partner in named.items()
    )
    chair, deputy = (_leading(seats, word, people) for word in (CHAIR, DEPUTY))
    gaps = tuple(_gaps(group, seats, people, {line.name: line.seats for line in lines}))
    return PartnersReport(plan, name, people.name(group), chair, deputy, gaps, lines)


def convening_gaps(plan: str, people: PeopleOn) -> list[str]:
    """Return what is wrong with the convening group of a plan, in sentences: no group, no chair, no deputy, a gap."""
    (group,) = of_one_plan(plan, Plan.convening_group)
    seats = _seats(group, people)
    sitting = {name: _sitting(uid, seats, people) for uid, name in partners_of(plan).items()}
    return list(_gaps(group, seats, people, sitting))


def promises(plan: str, partner: str, today: date) -> list[Promise]:
    """Return what one partner (an organisation's uid) promised in a plan, with what came of each."""
    return promises_by_partner(plan, today).get(partner, [])


def promises_by_partner(plan: str, today: date) -> dict[str, list[Promise]]:
    """Return what each organisation (uid) promised in a plan, with what came of each."""
    return {
        home: [
            Promise(row.ref, row.title, OUTCOMES[outcome], row.actual or row.agreed or row.forecast)
            for outcome, row in found
        ]
        for home, found in _outcomes(plan, PeopleOn(today), today).items()
    }


def _outcomes(plan: str, people: PeopleOn, today: date) -> dict[str, list[tuple[str, ActionRow]]]:
    """Return by organisation the actions that rest on it or on anybody of it, each once, with what came of them."""
    baselines = dict(rows(of_plan(Action.select(Action.uid, Action.baseline), plan)))
    found: dict[str, list[tuple[str, ActionRow]]] = defaultdict(list)
    for row in action_rows(plan):
        outcome = _outcome(row, baselines[row.uid], today)
        for home in {home for owner in row.owners for home in _homes(owner.uid, people)}:
            found[home].append((outcome, row))
    return found


def _homes(party: str, people: PeopleOn) -> Iterator[str]:
    """Yield the organisations behind a party; behind a group those of its members."""
    yield from people.homes(party)
    head = people.parties.get(party)
    if head is not None and head.kind == PartyKind.GROUP:
        for member in people.signers(party):
            yield from people.homes(member)


def _outcome(row: ActionRow, baseline: date | None, today: date) -> str:
    if row.status == Status.WITHDRAWN:
        return "withdrawn"
    if row.status == Status.DEFERRED:
        return "deferred"
    if row.status != Status.COMPLETE:
        due = row.agreed or row.forecast
        return "late" if due is not None and due < today else "under_way"
    first, agreed = baseline or row.agreed, row.agreed or baseline
    if row.actual is None or first is None or row.actual <= first:
        return "first_date"
    return "agreed_date" if agreed is not None and row.actual <= agreed else "done_late"


def _line(uid: str, name: str, seats: tuple[str, ...], counts: Counter[str], heard: date | None) -> PartnerLine:
    return PartnerLine(
        uid,
        name,
        seats,
        counts.total(),
        counts["first_date"],
        counts["agreed_date"],
        counts["done_late"],
        counts["late"],
        counts["withdrawn"],
        counts["deferred"],
        heard,
    )


def _heard(people: PeopleOn, today: date) -> dict[str, date]:
    """Return by organisation the last day on which it, or anybody of it, was heard from."""
    found: dict[str, date] = {}
    for uid, heard in last_heard(today).items():
        for home in people.homes(uid):
            found[home] = max(found.get(home, date.min), heard.on)
    return found


def _seats(group: str | None, people: PeopleOn) -> tuple[Seat, ...]:
    """Return the seats of a convening group; those who sit in a group within it stand in that one's place."""
    found: list[Seat] = []
    for seat in people.seats(group) if group else ():
        head = people.parties.get(seat.member)
        inside = people.persons(seat.member) if head is not None and head.kind == PartyKind.GROUP else ()
        found += [Seat(person, "member", "") for person in inside] or [seat]
    return tuple(found)


def _sitting(partner: str, seats: tuple[Seat, ...], people: PeopleOn) -> tuple[str, ...]:
    """Return who sits for a partner, each once: persons, the holder of a post, or the partner itself."""
    mine = [seat.member for seat in seats if partner in people.homes(seat.member) and _is_filled(seat, people)]
    sitting = {people.signers(member): _seated(member, people) for member in mine}
    return tuple(sitting.values())


def _is_filled(seat: Seat, people: PeopleOn) -> bool:
    head = people.parties.get(seat.member)
    if head is None:
        return False
    carriers = people.persons(seat.member) if head.kind in {PartyKind.POST, PartyKind.GROUP} else (seat.member,)
    return any(not people.parties[uid].is_gone(people.day) for uid in carriers if uid in people.parties)


def _seated(member: str, people: PeopleOn) -> str:
    name = people.name(member)
    return f"{people.holder_words(member)}, {name}" if people.parties[member].kind == PartyKind.POST else name


def _why_empty(head: Head, people: PeopleOn) -> str:
    if head.kind == PartyKind.GROUP:
        return "nobody is in that group"
    held = people.holdings.get(head.uid, ())
    if head.kind == PartyKind.POST and not held:
        return "it is vacant"
    gone = people.parties[held[0].person] if held else head
    return f"{gone.name if held else 'they'} left on {gone.left_on}"


def _leading(seats: tuple[Seat, ...], word: str, people: PeopleOn) -> str:
    return next(
        (_seated(seat.member, people) for seat in seats if _is_seat(seat, word) and _is_filled(seat, people)), ""
    )


def _is_seat(seat: Seat, word: str) -> bool:
    """Whether a seat is that of the chair, or of the deputy: "Deputy chair" is a deputy, "chair, deputy" is both."""
    parts = seat.seat.casefold().split(",")
    return any((DEPUTY in part or "vice" in part) if word == DEPUTY else _is_chair(part) for part in parts)


def _is_chair(words: str) -> bool:
    return CHAIR in words and DEPUTY not in words and "vice" not in words


def _gaps(
    group: str | None, seats: tuple[Seat, ...], people: PeopleOn, sitting: dict[str, tuple[str, ...]]
) -> Iterator[str]:
    if not group:
        yield "No convening group: choose or add one for the plan, with e in the terminal."
        return
    for word in (CHAIR, DEPUTY):
        if not _leading(seats, word, people):
            yield f"{word.capitalize()}: nobody. Give a seat the word “{word}”."
    for seat in seats:
        head = people.parties.get(seat.member)
        if head is not None and not _is_filled(seat, people):
            yield f"The seat of {head.name} is not filled: {_why_empty(head, people)}."
    yield from (f"{partner} has nobody in the group." for partner, names in sitting.items() if not names)
