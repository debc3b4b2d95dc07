"""The call-down of a group: whom to call in which order, and two ways to reach each."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from tui_plan.insight.people_on import PeopleOn, Seat
from tui_plan.model.base import rows
from tui_plan.model.errors import NotFound
from tui_plan.model.people import Alternate, ContactMethod
from tui_plan.model.vocabulary import PartyKind

WAYS = 2
CALLED_FIRST = ("mobile", "phone", "email")


class Way(NamedTuple):
    """A way to reach somebody, and when it was verified."""

    kind: str
    value: str
    verified_on: date | None


class CallLine(NamedTuple):
    """One person to call. ``uid`` is empty for a post that nobody holds and nobody stands in for.

    ``capacity`` says as what they are on the list: their post, their seat, standing in for a post.
    """

    uid: str
    name: str
    where: str
    capacity: str
    ways: tuple[Way, ...]


class CallDown(NamedTuple):
    """A group's call-down on a day, in the order of its seats. ``lines`` is empty where nobody is on it."""

    group: str
    name: str
    day: date
    lines: tuple[CallLine, ...]

    @property
    def called(self) -> tuple[str, ...]:
        """The persons who can be called, each once."""
        return tuple(line.uid for line in self.lines if line.uid)


def call_down(group: str, today: date) -> CallDown:
    """Return whom to call of a group on ``today``; ``NotFound`` if there is no such group.

    The holders of a post are called; where it is vacant or they have left, its alternates in their order.
    """
    people = PeopleOn(today)
    head = people.parties.get(group)
    if head is None or head.kind != PartyKind.GROUP:
        raise NotFound("There is no such group on the roster; it may have been merged or removed.")
    found: dict[tuple[str, ...], CallLine] = {}
    ways = _ways()
    for line in _lines(group, people, _alternates(), {group}):
        found.setdefault((line.uid,) if line.uid else line[:3], line._replace(ways=_two(line, ways)))
    return CallDown(group, head.name, today, tuple(found.values()))


def _lines(group: str, people: PeopleOn, alternates: dict[str, list[str]], seen: set[str]) -> Iterator[CallLine]:
    for seat in people.seats(group):
        head = people.parties.get(seat.member)
        if head is None or head.is_gone(people.day):
            continue
        if head.kind == PartyKind.GROUP and seat.member not in seen:
            yield from _lines(seat.member, people, alternates, seen | {seat.member})
        elif head.kind == PartyKind.POST:
            yield from _of_post(seat.member, people, alternates)
        elif head.kind != PartyKind.GROUP:
            yield CallLine(seat.member, head.name, _where(seat.member, people), _capacity(seat, people), ())


def _of_post(post: str, people: PeopleOn, alternates: dict[str, list[str]]) -> Iterator[CallLine]:
    name, where = people.name(post), people.name(people.parties[post].organisation)
    held = [each for each in people.holdings.get(post, ()) if _is_here(each.person, people)]
    for holding in held:
        acting = " (acting)" if holding.acting else ""
        yield CallLine(holding.person, people.name(holding.person), where, f"{name}{acting}", ())
    if held:
        return
    standing_in = [uid for uid in alternates.get(post, []) if _is_here(uid, people)]
    for uid in standing_in:
        yield CallLine(uid, people.name(uid), where, f"stands in for {name}", ())
    if not standing_in:
        yield CallLine("", f"{name}: vacant", where, "nobody stands in", ())


def _is_here(person: str, people: PeopleOn) -> bool:
    head = people.parties.get(person)
    return head is not None and not head.is_gone(people.day)


def _capacity(seat: Seat, people: PeopleOn) -> str:
    posts = ", ".join(people.name(post) for post in people.posts.get(seat.member, ()))
    return posts or (seat.seat if seat.seat not in {"member", "by rule"} else "")


def _where(party: str, people: PeopleOn) -> str:
    head = people.parties[party]
    return people.name(head.organisation) or ", ".join(
        dict.fromkeys(people.name(people.parties[post].organisation) for post in people.posts.get(party, ()))
    )


def _two(line: CallLine, ways: dict[str, list[Way]]) -> tuple[Way, ...]:
    """Return two ways in the order that they prefer; an address is no way to call somebody down."""
    return tuple(way for way in ways.get(line.uid, []) if way.kind in CALLED_FIRST)[:WAYS]


def _ways() -> dict[str, list[Way]]:
    fields = (ContactMethod.party, ContactMethod.kind, ContactMethod.value, ContactMethod.verified_on)
    query = ContactMethod.select(*fields).order_by(ContactMethod.rank, ContactMethod.kind, ContactMethod.uid)
    found: dict[str, list[Way]] = defaultdict(list)
    for party, *way in rows(query):
        found[party].append(Way(*way))
    return found


def _alternates() -> dict[str, list[str]]:
    found: dict[str, list[str]] = defaultdict(list)
    for post, person in rows(Alternate.select(Alternate.post, Alternate.person).order_by(Alternate.rank)):
        found[post].append(person)
    return found
