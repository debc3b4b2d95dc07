"""The roster as vCards 3.0 (RFC 2426), which every address book reads. The command line and the screens call it.

Remarks and logins stay in the house. vobject words each card and is loaded here and by the reader alone.
"""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

import vobject

from tui_plan.exchange.roster_columns import ACTING
from tui_plan.exchange.roster_entries import EntryContact
from tui_plan.exchange.roster_sheet import contacts_by_party, groups_by_member
from tui_plan.insight.people_on import Head, PeopleOn
from tui_plan.insight.person_names import spoken_parts
from tui_plan.model.vocabulary import ContactKind, PartyKind

_ROOM = 75
"""Octets of a line before it is folded (RFC 2426, 2.6)."""

_UNFOLDED = 1_000_000
_PROPERTIES = {
    ContactKind.EMAIL: ("email", ("INTERNET",)),
    ContactKind.PHONE: ("tel", ("VOICE", "WORK")),
    ContactKind.MOBILE: ("tel", ("CELL", "VOICE")),
    ContactKind.ADDRESS: ("adr", ("WORK",)),
    ContactKind.OTHER: ("x-contact", ()),
}


def roster_vcards(parties: Sequence[str], today: date) -> bytes:
    """Return a card for each of ``parties`` (uids), in the order in which they are given.

    A post or a group stands for the persons behind it on that day. The same roster gives the same bytes.
    """
    people = PeopleOn(today)
    writer = _CardWriter(people)
    return b"".join(writer.card(uid) for uid in dict.fromkeys(_carded(people, parties)))


def _carded(people: PeopleOn, parties: Sequence[str]) -> Iterator[str]:
    for party in parties:
        head = people.parties.get(party)
        if head is not None and head.kind == PartyKind.ORGANISATION:
            yield party
        else:
            yield from people.persons(party)


class _CardWriter:
    """Knows what stands beside the parties themselves."""

    def __init__(self, people: PeopleOn) -> None:
        self._people = people
        self._contacts = contacts_by_party()
        self._groups = groups_by_member(people)

    def card(self, uid: str) -> bytes:
        """Return the card of a person or an organisation."""
        head = self._people.parties[uid]
        card: Any = vobject.vCard()
        card.add("uid").value = uid
        card.add("fn").value = head.name
        card.add("n").value = _name(head)
        if head.short_name:
            card.add("nickname").value = head.short_name
        self._add_places(card, head)
        for kind, property_name, marks, contact in _ranked(self._contacts.get(uid, [])):
            _add_contact(card, kind, property_name, marks, contact)
        groups = [self._people.name(group) for group, _ in self._groups.get(uid, ())]
        if listed := [name for name in groups if "," not in name]:
            card.add("categories").value = listed
        return _folded(card.serialize(lineLength=_UNFOLDED))

    def _add_places(self, card: Any, head: Head) -> None:
        """Add where somebody works, and their posts; a post of another organisation shares a group with its name."""
        if head.kind == PartyKind.ORGANISATION:
            card.add("org").value = [head.name]
            card.add("x-abshowas").value = "COMPANY"
            return
        if head.organisation:
            card.add("org").value = [self._people.name(head.organisation)]
        for number, (post, acting) in enumerate(self._posts(head.uid), 1):
            title = card.add("title")
            title.value = f"{post.name} {ACTING}" if acting else post.name
            if post.organisation and post.organisation != head.organisation:
                elsewhere = card.add("org")
                elsewhere.value = [self._people.name(post.organisation)]
                title.group = elsewhere.group = f"post{number}"

    def _posts(self, person: str) -> Iterator[tuple[Head, bool]]:
        for post in self._people.posts.get(person, ()):
            for held in self._people.holdings[post]:
                if held.person == person:
                    yield self._people.parties[post], held.acting


def _name(head: Head) -> Any:
    if head.kind == PartyKind.ORGANISATION:
        return vobject.vcard.Name(family=head.name)
    given, family = spoken_parts(head.name)
    return vobject.vcard.Name(family=family, given=given)


def _ranked(contacts: Sequence[EntryContact]) -> Iterator[tuple[ContactKind, str, list[str], EntryContact]]:
    """Yield each way to reach somebody with its property and types; the first of each property is the preferred one."""
    seen: set[str] = set()
    for contact in contacts:
        name, types = _PROPERTIES[ContactKind(contact.kind)]
        yield ContactKind(contact.kind), name, [*types, *(() if name in seen else ("PREF",))], contact
        seen.add(name)


def _add_contact(card: Any, kind: ContactKind, name: str, marks: list[str], contact: EntryContact) -> None:
    line = card.add(name)
    is_address = kind is ContactKind.ADDRESS
    line.value = vobject.vcard.Address(street=contact.value) if is_address else contact.value
    if kind is not ContactKind.OTHER:
        line.type_paramlist = marks


def _folded(text: str) -> bytes:
    """Fold by octets; vobject counts characters to see whether a line is long."""
    return b"".join(_folded_line(line) for line in text.split("\r\n") if line)


def _folded_line(line: str) -> bytes:
    pieces, room = [b""], _ROOM
    for character in map(str.encode, line):
        if len(pieces[-1]) + len(character) > room:
            pieces.append(b"")
            room = _ROOM - 1
        pieces[-1] += character
    return b"\r\n ".join(pieces) + b"\r\n"
