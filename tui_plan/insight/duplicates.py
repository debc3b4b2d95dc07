"""Who may stand on the roster twice: pairs of parties with the same address, number or name, both sides to compare.

Nothing is merged here; ``operations.merging`` does that by hand. The roster and the command line ask.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from datetime import date, datetime
from itertools import combinations, pairwise
from typing import NamedTuple

from peewee import fn

from tui_plan.insight.people_on import Head, PeopleOn
from tui_plan.insight.person_names import fits_initials, likeness, name_parts
from tui_plan.model.base import rows
from tui_plan.model.clean import name_key
from tui_plan.model.ledger import Change, Entry
from tui_plan.model.people import ContactMethod
from tui_plan.model.plan import Role
from tui_plan.model.vocabulary import ContactKind, PartyKind

MOST_SHARING = 3
"""A number or address that more parties have than these is a switchboard's or an office's, and tells nothing."""

_TOLD_DIGITS = 9
_FEWEST_DIGITS = 6
_ALL_PAIRS = 4

Pair = tuple[str, str]
Contacts = dict[str, list[tuple[str, str]]]


class DuplicateSide(NamedTuple):
    """One of two records. ``contacts`` are ways to reach it in order, such as "email ana@example.org".

    ``posts`` are those held on the day; ``roles`` counts its roles in actions; ``changed`` is the last change to it or
    its parts in the ledger (naive UTC).
    """

    uid: str
    kind: str
    name: str
    organisation: str
    posts: tuple[str, ...]
    contacts: tuple[str, ...]
    roles: int
    changed: datetime | None


class DuplicatePair(NamedTuple):
    """Two records that may be one, and why, in words."""

    one: DuplicateSide
    other: DuplicateSide
    reasons: tuple[str, ...]


def duplicates(day: date) -> list[DuplicatePair]:
    """Return the pairs of parties of one kind that may be one, those with most reasons first."""
    people = PeopleOn(day)
    contacts = _contacts()
    found = _reasons(people, contacts)
    sides = _Sides(people, contacts, sorted({uid for pair in found for uid in pair}))
    pairs = [DuplicatePair(sides.of(one), sides.of(other), tuple(why)) for (one, other), why in found.items()]
    return sorted(pairs, key=lambda pair: (-len(pair.reasons), name_key(pair.one.name), pair.one.uid, pair.other.uid))


def reach_key(kind: str, value: str) -> str:
    """Return what makes two ways to reach somebody the same: the address, or the last nine digits; else nothing."""
    if kind == ContactKind.EMAIL:
        return value.casefold()
    digits = "".join(filter(str.isdecimal, value))
    called = kind in {ContactKind.PHONE, ContactKind.MOBILE} and len(digits) >= _FEWEST_DIGITS
    return digits[-_TOLD_DIGITS:] if called else ""


def _reasons(people: PeopleOn, contacts: Contacts) -> dict[Pair, list[str]]:
    """Return every pair (in the order of the roster) with its reasons, each once."""
    place = {uid: number for number, uid in enumerate(people.parties)}
    found: dict[Pair, list[str]] = defaultdict(list)
    for reason, one, other in (*_by_contact(people, contacts), *_by_name(people)):
        first, second = sorted((one, other), key=place.__getitem__)
        if reason not in found[first, second]:
            found[first, second].append(reason)
    return found


def _by_contact(people: PeopleOn, contacts: Contacts) -> Iterator[tuple[str, str, str]]:
    sharing: dict[str, dict[str, str]] = defaultdict(dict)
    for uid in people.parties:
        for kind, value in contacts.get(uid, ()):
            if key := reach_key(kind, value):
                sharing[key].setdefault(uid, value)
    for having in sharing.values():
        kinds = Counter(people.parties[uid].kind for uid in having)
        if 1 < len(having) <= MOST_SHARING:
            for one, other in combinations(having, 2):
                kind = people.parties[one].kind
                if kind == people.parties[other].kind and not _is_the_office(kind, kinds):
                    value = having[one]
                    yield f"same {'e-mail address' if '@' in value else 'number'} {value}", one, other


def _is_the_office(kind: str, kinds: Counter[str]) -> bool:
    """Whether a way to reach is an organisation's own, which its people give as well."""
    return kind != PartyKind.ORGANISATION and PartyKind.ORGANISATION in kinds


def _by_name(people: PeopleOn) -> Iterator[tuple[str, str, str]]:
    named: dict[tuple[str, ...], list[Head]] = defaultdict(list)
    for head in people.parties.values():
        for key in _name_keys(head):
            named[head.kind, *key].append(head)
    for heads in named.values():
        for one, other in _paired(heads):
            if reason := _name_reason(one, other):
                yield reason, one.uid, other.uid
    yield from _by_initials([head for head in people.parties.values() if head.kind == PartyKind.PERSON])


def _name_keys(head: Head) -> set[tuple[str, ...]]:
    """Return what to look a party up by; posts of one name are many, so each only with its organisation."""
    if head.kind == PartyKind.PERSON:
        return {name_parts(head.name).sorted_words}
    if head.kind == PartyKind.POST:
        return {(name_key(head.name), head.organisation or "")}
    return {(name_key(name),) for name in (head.name, head.short_name) if name}


def _name_reason(one: Head, other: Head) -> str:
    if one.kind == PartyKind.PERSON:
        return likeness(one.name, other.name)
    return "same name" if name_key(one.name) == name_key(other.name) else "same name or short name"


def _by_initials(persons: Sequence[Head]) -> Iterator[tuple[str, str, str]]:
    """Pair "A. Ruiz" with the full names that fit, unless the two work in different organisations."""
    full: dict[tuple[str, str], list[Head]] = defaultdict(list)
    short: dict[tuple[str, str], list[Head]] = defaultdict(list)
    for head in persons:
        parts = name_parts(head.name)
        (short if parts.has_initials else full)[parts.family, parts.initial].append(head)
    for key, shortened in short.items():
        for one, other in _crossed(shortened, full.get(key, [])):
            homes = {one.organisation, other.organisation} - {None}
            if len(homes) < 2 and fits_initials(name_parts(one.name), name_parts(other.name)):
                yield "same name, one with initials", one.uid, other.uid


def _crossed(some: Sequence[Head], others: Sequence[Head]) -> Iterator[tuple[Head, Head]]:
    """Yield the pairs across two lists; of long ones each has only so many partners that time stays in proportion."""
    yield from ((one, other) for one in some for other in others[:_ALL_PAIRS])
    yield from ((one, other) for other in others[_ALL_PAIRS:] for one in some[:_ALL_PAIRS])


def _paired(heads: Sequence[Head]) -> Iterator[tuple[Head, Head]]:
    """Yield all pairs of a few, and of many each with the next: once two are merged, the rest show again."""
    return combinations(heads, 2) if len(heads) <= _ALL_PAIRS else pairwise(heads)


def _contacts() -> Contacts:
    query = ContactMethod.select(ContactMethod.party, ContactMethod.kind, ContactMethod.value)
    found: Contacts = defaultdict(list)
    for party, *way in rows(query.order_by(ContactMethod.rank, ContactMethod.kind, ContactMethod.uid)):
        found[party].append((way[0], way[1]))
    return found


class _Sides:
    """Both sides of all pairs, with what is counted for them alone."""

    def __init__(self, people: PeopleOn, contacts: Contacts, uids: Sequence[str]) -> None:
        self._people = people
        self._contacts = contacts
        counts = Role.select(Role.party, fn.COUNT(Role.uid)).where(Role.party.in_(uids)).group_by(Role.party)
        self._roles = dict(rows(counts))
        last = Entry.select(fn.MAX(Entry.id)).where(Entry.subject.in_(uids)).group_by(Entry.subject)
        self._changed = dict(rows(Entry.select(Entry.subject, Change.at).join(Change).where(Entry.id.in_(last))))

    def of(self, uid: str) -> DuplicateSide:
        """Return a party as it is shown beside the other."""
        head = self._people.parties[uid]
        return DuplicateSide(
            uid,
            head.kind,
            head.name,
            self._people.name(head.organisation),
            tuple(map(self._people.name, self._people.posts.get(uid, ()))),
            tuple(f"{kind} {value}" for kind, value in self._contacts.get(uid, ())),
            self._roles.get(uid, 0),
            self._changed.get(uid),
        )
