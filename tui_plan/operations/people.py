"""Parties: organisations, persons, posts, groups; how to reach them, who holds a post, who sits in a group."""

from collections.abc import Mapping
from datetime import date
from typing import Any, TypedDict, Unpack

from tui_plan.model.base import rows
from tui_plan.model.clean import name_key
from tui_plan.model.errors import InvalidInput, Refused
from tui_plan.model.ledger import Change
from tui_plan.model.people import ContactMethod, Membership, Party, Tenure
from tui_plan.model.places import next_position, stored_row
from tui_plan.model.store import Author, change
from tui_plan.model.vocabulary import ContactKind, GroupKind, PartyKind
from tui_plan.operations.checking import (
    Rule,
    checked,
    day,
    line,
    looked_at,
    order_problems,
    paragraph,
    reference,
    refuse,
    whole,
    word,
    yes_no,
)


class PartyValues(TypedDict, total=False):
    """What may be said of a party; ``organisation`` is the uid of one, ``group_kind`` a word of ``GroupKind``."""

    name: str
    short_name: str
    organisation: str | None
    group_kind: str
    login: str
    remarks: str


class ContactValues(TypedDict, total=False):
    """A way to reach a person."""

    kind: str
    value: str
    rank: int
    verified_on: date | None


PARTY_RULES: dict[str, Rule] = {
    "name": line("The name", required=True),
    "short_name": line("The short name", limit=40),
    "organisation": reference,
    "group_kind": word(GroupKind, "The kind of group", optional=True),
    "login": line("The login", limit=64),
    "remarks": paragraph("The remarks"),
}
CONTACT_RULES: dict[str, Rule] = {
    "kind": word(ContactKind, "The kind of contact"),
    "value": line("The address or number", required=True),
    "rank": whole("The order of preference", 1, 99),
    "verified_on": day("The day it was verified"),
}
TENURE_RULES: dict[str, Rule] = {"start": day("The start"), "end": day("The end"), "acting": yes_no}
SEAT_RULES = {"seat": line("The seat", limit=80)}


def add_party(author: Author, kind: PartyKind, **values: Unpack[PartyValues]) -> str:
    """Add a person, post, organisation or group and return its uid.

    Two persons may share a name; two organisations, groups, or posts of one organisation may not.
    """
    kept = checked({"name": "", **values}, PARTY_RULES)
    kept["name_key"] = name_key(kept["name"])
    with change(author, f"Added the {kind} “{kept['name']}”") as writer:
        uid = writer.create(Party, kind=kind.value, **kept)
        check_party(stored_row(Party, uid))
        return uid


def edit_party(
    author: Author, uid: str, *, version_seen: int | None = None, merge: bool = False, **values: Unpack[PartyValues]
) -> bool:
    """Change a party; return whether anything changed. Its kind stays."""
    kept = checked(values, PARTY_RULES)
    if "name" in kept:
        kept["name_key"] = name_key(kept["name"])
    with change(author, "Edited a party") as writer:
        row = stored_row(Party, uid)
        writer.summary = f"Edited the {row['kind']} “{row['name']}”"
        wrote = writer.update(Party, uid, kept, version=version_seen, merge=merge)
        if kept.keys() & {"name", "organisation"}:
            check_party(stored_row(Party, uid))
        return wrote


def remove_party(author: Author, uid: str) -> None:
    """Remove a party that nothing refers to, with its contact methods; ``Refused`` otherwise."""
    with change(author, "Removed a party") as writer:
        row = stored_row(Party, uid)
        writer.summary = f"Removed the {row['kind']} “{row['name']}”"
        if Change.select().where(Change.said_by == uid).exists():
            raise Refused(f"“{row['name']}” cannot be removed: changes in the history rest on their word.")
        for (contact,) in rows(ContactMethod.select(ContactMethod.uid).where(ContactMethod.party == uid)):
            writer.delete(ContactMethod, contact)
        writer.delete(Party, uid)


def add_contact(author: Author, party: str, **values: Unpack[ContactValues]) -> str:
    """Add a way to reach a person or post and return its uid."""
    kept = checked({"kind": "", "value": "", **values}, CONTACT_RULES)
    if kept["kind"] == ContactKind.EMAIL and "@" not in kept["value"][1:-1]:
        refuse({"value": f"“{kept['value']}” is no address for e-mail: write one such as ana@example.org."})
    with change(author, "Added a way to reach them") as writer:
        return writer.create(ContactMethod, party=party, **kept)


def add_tenure(
    author: Author, post: str, person: str, *, start: date | None, end: date | None = None, acting: bool = False
) -> str:
    """Record that a person holds a post, and return the tenure's uid."""
    values = {"start": start, "end": end, "acting": acting}
    kept, problems = looked_at(values, TENURE_RULES)
    refuse(order_problems(kept, ("start", "the start"), ("end", "The end"), kept) | problems)
    with change(author, "Recorded who holds the post") as writer:
        require_kind(post, PartyKind.POST, "What is held", "post")
        require_kind(person, PartyKind.PERSON, "A holder", "person")
        return writer.create(Tenure, post=post, person=person, **kept)


def add_member(author: Author, group: str, member: str, seat: str = "member") -> str:
    """Give a party a seat in a group, and return the membership's uid; groups may not hold each other in a circle."""
    kept = checked({"seat": seat}, SEAT_RULES)
    with change(author, "Added a member to the group") as writer:
        require_kind(group, PartyKind.GROUP, "What has members", "group")
        position = next_position(Membership, Membership.group == group)
        uid = writer.create(Membership, group=group, member=member, position=position, **kept)
        check_member(group, member)
        return uid


def check_member(group: str, member: str) -> None:
    """Raise ``InvalidInput`` when a kept seat is there twice or makes a group its own member."""
    if Membership.select().where((Membership.group == group) & (Membership.member == member)).count() > 1:
        raise InvalidInput("They are in this group already.", "member")
    inside = {member}
    edge = inside
    while edge and group not in inside:
        edge = {uid for (uid,) in rows(Membership.select(Membership.member).where(Membership.group.in_(edge)))} - inside
        inside = inside | edge
    if group in inside:
        raise InvalidInput("A group cannot be a member of itself, directly or through another group.", "member")


def require_kind(uid: str, kind: PartyKind, what: str, field: str) -> None:
    """Raise ``InvalidInput`` for ``field`` unless the party is of that kind."""
    if stored_row(Party, uid)["kind"] != kind:
        raise InvalidInput(f"{what} must be {_ARTICLES[kind]} {kind}.", field)


_ARTICLES = {PartyKind.PERSON: "a", PartyKind.POST: "a", PartyKind.ORGANISATION: "an", PartyKind.GROUP: "a"}


def check_party(row: Mapping[str, Any]) -> None:
    """Raise ``InvalidInput`` when a kept party's name is taken, or what it belongs to is no organisation."""
    kind = PartyKind(row["kind"])
    if row["organisation"]:
        require_kind(row["organisation"], PartyKind.ORGANISATION, "Where it belongs", "organisation")
    if kind == PartyKind.PERSON:
        return
    same = Party.select(Party.uid).where(
        (Party.kind == kind.value) & (Party.name_key == row["name_key"]) & (Party.uid != row["uid"])
    )
    if kind == PartyKind.POST:
        home = row["organisation"]
        same = same.where(Party.organisation == home if home else Party.organisation.is_null())
    if same.exists():
        raise InvalidInput(f"There is already {_ARTICLES[kind]} {kind} named “{row['name']}”.", "name")
