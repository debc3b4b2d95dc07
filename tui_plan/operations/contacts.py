"""Ways to reach a person, post or organisation, in their order of preference, and whether each was verified."""

import re
from collections.abc import Mapping
from datetime import date
from typing import Any, TypedDict, Unpack

from peewee import fn

from tui_plan.model.base import rows
from tui_plan.model.people import ContactMethod, Party
from tui_plan.model.places import quoted, stored_row
from tui_plan.model.store import Author, change
from tui_plan.model.vocabulary import ContactKind
from tui_plan.operations.checking import Rule, checked, day, line, refuse, whole, word

_EMAIL = re.compile(r"[^\s@<>(),;:\"\\]+@[^\s@<>(),;:\"\\]+")
_LONGEST_EMAIL = 254  # RFC 5321, 4.5.3.1.3
_CALLED = (ContactKind.PHONE, ContactKind.MOBILE)


class ContactValues(TypedDict, total=False):
    """A way to reach somebody; ``rank`` counts from 1, the preferred one."""

    kind: str
    value: str
    rank: int
    verified_on: date | None


CONTACT_RULES: dict[str, Rule] = {
    "kind": word(ContactKind, "The kind of contact"),
    "value": line("The address or number", required=True),
    "rank": whole("The order of preference", 1, 99),
    "verified_on": day("The day it was verified"),
}


def add_contact(author: Author, party: str, **values: Unpack[ContactValues]) -> str:
    """Add a way to reach somebody, behind those they have unless ``rank`` says otherwise, and return its uid."""
    kept = checked({"kind": "", "value": "", **values}, CONTACT_RULES)
    refuse(contact_problems(kept))
    with change(author, "Added a way to reach them") as writer:
        row = stored_row(Party, party)
        writer.summary = f"Added a way to reach {quoted(Party, row)}"
        if "rank" not in kept:
            last = ContactMethod.select(fn.MAX(ContactMethod.rank)).where(ContactMethod.party == party).scalar()
            kept["rank"] = min((last or 0) + 1, 99)
        return writer.create(ContactMethod, party=party, **kept)


def edit_contact(author: Author, uid: str, *, version_seen: int | None = None, **values: Unpack[ContactValues]) -> bool:
    """Change a way to reach somebody; return whether anything changed. What is no longer the same is unverified."""
    kept = checked(values, CONTACT_RULES)
    with change(author, "Edited a way to reach them") as writer:
        row = stored_row(ContactMethod, uid)
        writer.summary = f"Edited a way to reach {quoted(Party, stored_row(Party, row['party']))}"
        refuse(contact_problems(row | kept))
        if kept.get("value", row["value"]) != row["value"] and "verified_on" not in kept:
            kept["verified_on"] = None
        return writer.update(ContactMethod, uid, kept, version=version_seen)


def verify_contacts(author: Author, party: str, on: date) -> int:
    """Record that every way to reach a party was found right on a day; return how many were not marked so before."""
    kept = checked({"verified_on": on}, CONTACT_RULES)
    with change(author, "Verified how to reach them") as writer:
        writer.summary = f"Verified how to reach {quoted(Party, stored_row(Party, party))}"
        found = rows(ContactMethod.select(ContactMethod.uid).where(ContactMethod.party == party))
        return sum(writer.update(ContactMethod, uid, kept) for (uid,) in found)


def prefer_contact(author: Author, uid: str, steps: int) -> bool:
    """Move a way to reach somebody up (negative) or down in their order of preference; return whether it moved."""
    with change(author, "Reordered how to reach them") as writer:
        party = stored_row(ContactMethod, uid)["party"]
        writer.summary = f"Reordered how to reach {quoted(Party, stored_row(Party, party))}"
        query = ContactMethod.select(ContactMethod.uid).where(ContactMethod.party == party)
        order = [found for (found,) in rows(query.order_by(ContactMethod.rank, ContactMethod.kind, ContactMethod.uid))]
        place = order.index(uid)
        order.insert(max(0, min(place + steps, len(order) - 1)), order.pop(place))
        for rank, each in enumerate(order[:99], 1):
            writer.update(ContactMethod, each, {"rank": rank})
        return writer.wrote


def remove_contact(author: Author, uid: str) -> None:
    """Remove a way to reach somebody."""
    with change(author, "Removed a way to reach them") as writer:
        party = stored_row(ContactMethod, uid)["party"]
        writer.summary = f"Removed a way to reach {quoted(Party, stored_row(Party, party))}"
        writer.delete(ContactMethod, uid)


def contact_problems(row: Mapping[str, Any]) -> dict[str, str]:
    """Return a sentence where the value is none of its kind: e-mail needs one @ and no spaces, a phone a digit."""
    value = str(row["value"])
    if row["kind"] == ContactKind.EMAIL and not (_EMAIL.fullmatch(value) and len(value) <= _LONGEST_EMAIL):
        return {"value": f"“{value[:60]}” is no address for e-mail: write one such as ana@example.org."}
    if row["kind"] in _CALLED and not any(character.isdecimal() for character in value):
        return {"value": f"“{value[:60]}” is no number to call: write its digits, in any form."}
    return {}
