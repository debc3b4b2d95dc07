"""Parties: adding, editing and removing organisations, persons, posts and groups.

How to reach them stands in ``contacts``, who holds a post in ``posts``, who sits in a group in ``groups``.
"""

from collections.abc import Mapping
from contextlib import nullcontext
from datetime import date
from typing import Any, TypedDict, Unpack

from tui_plan.model.base import rows
from tui_plan.model.clean import name_key
from tui_plan.model.errors import InvalidInput, Refused
from tui_plan.model.ledger import Change
from tui_plan.model.people import ContactMethod, Party
from tui_plan.model.places import merged_words, stored_row
from tui_plan.model.store import Author, Writer, change
from tui_plan.model.vocabulary import Audience, GroupKind, PartyKind
from tui_plan.operations.checking import (
    Rule,
    checked,
    day,
    line,
    order_problems,
    paragraph,
    reference,
    refuse,
    whole,
    word,
)
from tui_plan.operations.lapsing import day_of, lapsing_by_rules


class PartyValues(TypedDict, total=False):
    """What may be said of a party.

    ``organisation`` is the uid of one, ``reports_to`` that of a post; ``group_kind`` is a word of ``GroupKind``,
    ``audience`` one of ``Audience``; ``hear_every`` is in days.
    """

    name: str
    short_name: str
    organisation: str | None
    group_kind: str
    login: str
    remarks: str
    reports_to: str | None
    audience: str
    hear_every: int | None
    joined_on: date | None
    left_on: date | None


PARTY_RULES: dict[str, Rule] = {
    "name": line("The name", required=True),
    "short_name": line("The short name", limit=40),
    "organisation": reference,
    "group_kind": word(GroupKind, "The kind of group", optional=True),
    "login": line("The login", limit=64),
    "remarks": paragraph("The remarks"),
    "reports_to": reference,
    "audience": word(Audience, "The audience", optional=True),
    "hear_every": whole("How often to hear from them, in days,", 1, 999, optional=True),
    "joined_on": day("The day they joined"),
    "left_on": day("The day they left"),
}


def add_party(author: Author, kind: PartyKind, **values: Unpack[PartyValues]) -> str:
    """Add a person, post, organisation or group and return its uid.

    Two persons may share a name; two organisations, groups, or posts of one organisation may not.
    """
    with change(author, f"Added the {kind} “{values.get('name', '')}”") as writer:
        return write_party(writer, kind, values)


def write_party(writer: Writer, kind: PartyKind, values: PartyValues) -> str:
    """Within a change, add a party and return its uid."""
    kept = checked({"name": "", **values}, PARTY_RULES)
    kept["name_key"] = name_key(kept["name"])
    uid = writer.create(Party, kind=kind.value, **kept)
    check_party(stored_row(Party, uid))
    return uid


def edit_party(
    author: Author, uid: str, *, version_seen: int | None = None, merge: bool = False, **values: Unpack[PartyValues]
) -> bool:
    """Change a party; return whether anything changed. Its kind stays.

    Who comes into a group by it, since that group has a rule, has new duties, so that an agreement of theirs lapses.
    """
    kept = checked(values, PARTY_RULES)
    if "name" in kept:
        kept["name_key"] = name_key(kept["name"])
    ruled = kept.keys() & _ASKED_BY_RULES
    with (
        change(author, "Edited a party") as writer,
        lapsing_by_rules(writer, day_of(author)) if ruled else nullcontext(),
    ):
        row = stored_row(Party, uid)
        writer.summary = f"Edited the {row['kind']} “{row['name']}”"
        refuse_merged(row)
        wrote = writer.update(Party, uid, kept, version=version_seen, merge=merge)
        if wrote:
            check_party(stored_row(Party, uid))
        return wrote


def remove_party(author: Author, uid: str) -> None:
    """Remove a party that nothing refers to, with its contact methods and what was merged into it; else ``Refused``."""
    with change(author, "Removed a party") as writer:
        row = stored_row(Party, uid)
        writer.summary = f"Removed the {row['kind']} “{row['name']}”"
        merged = [each for (each,) in rows(Party.select(Party.uid).where(Party.merged_into == uid))]
        if Change.select().where(Change.said_by.in_([uid, *merged])).exists():
            raise Refused(f"“{row['name']}” cannot be removed: changes in the history rest on their word.")
        for (contact,) in rows(ContactMethod.select(ContactMethod.uid).where(ContactMethod.party == uid)):
            writer.delete(ContactMethod, contact)
        for each in (*merged, uid):
            writer.delete(Party, each)


def require_kind(uid: str, kind: PartyKind, what: str, field: str) -> None:
    """Raise ``InvalidInput`` for ``field`` unless the party is of that kind."""
    if stored_row(Party, uid)["kind"] != kind:
        raise InvalidInput(f"{what} must be {with_article(kind)}.", field)


def refuse_merged(row: Mapping[str, Any], field: str = "") -> None:
    """Raise ``InvalidInput`` for a party that was merged into another: it shows only in the history."""
    if row["merged_into"]:
        raise InvalidInput(merged_words(row), field)


def with_article(kind: str) -> str:
    """Return a kind of party or entry with its article: an organisation, a post."""
    return f"an {kind}" if kind[0] in "aeiou" else f"a {kind}"


_ASKED_BY_RULES = {"audience", "organisation", "left_on"}


def check_party(row: Mapping[str, Any]) -> None:
    """Raise ``InvalidInput`` when a kept party's name is taken, or what it belongs to is no organisation."""
    kind = PartyKind(row["kind"])
    refuse(order_problems(row, ("joined_on", "the day they joined"), ("left_on", "The day they left"), row))
    if row["organisation"]:
        require_kind(row["organisation"], PartyKind.ORGANISATION, "Where it belongs", "organisation")
        _check_circle(row["uid"], "organisation", "This organisation would belong to itself in the end.")
    if row["reports_to"]:
        require_kind(row["uid"], PartyKind.POST, "What reports to a post", "reports_to")
        require_kind(row["reports_to"], PartyKind.POST, "What it reports to", "reports_to")
        _check_circle(row["uid"], "reports_to", "This post would report to itself in the end; choose another.")
    if kind != PartyKind.PERSON and not row["merged_into"]:
        _check_name(kind, row)


def _check_name(kind: PartyKind, row: Mapping[str, Any]) -> None:
    same = Party.select(Party.uid).where(
        (Party.kind == kind.value) & (Party.name_key == row["name_key"]) & (Party.uid != row["uid"])
    )
    same = same.where(Party.merged_into.is_null())
    if kind == PartyKind.POST:
        home = row["organisation"]
        same = same.where(Party.organisation == home if home else Party.organisation.is_null())
    if same.exists():
        raise InvalidInput(f"There is already {with_article(kind)} named “{row['name']}”.", "name")


def _check_circle(uid: str, field: str, sentence: str) -> None:
    """Raise ``InvalidInput`` when the references in ``field`` lead from a party back to itself."""
    column: Any = Party._meta.fields[field]
    seen = {uid}
    above = stored_row(Party, uid)[field]
    while above:
        if above in seen:
            raise InvalidInput(sentence, field)
        seen.add(above)
        above = rows(Party.select(column).where(Party.uid == above))[0][0]
