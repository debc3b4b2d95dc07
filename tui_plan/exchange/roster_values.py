"""What single texts of a roster mean: kinds of record, ways to reach somebody, their order, and uids.

The readers of sheets and of vCards call it. It looks nothing up.
"""

import re
from collections.abc import Sequence
from datetime import date

from tui_plan.exchange.sheet_parties import names_nobody
from tui_plan.model.clean import clean, name_key
from tui_plan.model.dates import iso_date
from tui_plan.model.vocabulary import ContactKind, GroupKind, PartyKind

Way = tuple[str, str]
"""A way to reach somebody: a word of ``ContactKind``, and the value."""

_UID = re.compile(r"(?:urn:uuid:)?([0-9a-f]{8})-?([0-9a-f]{4})-?([0-9a-f]{4})-?([0-9a-f]{4})-?([0-9a-f]{12})")
_EMAILS = re.compile(r"[\n;,]")
_PHONES = re.compile(r"\n|;\s")
_ADDRESSES = re.compile(r"\n\s*\n")
_FEWEST_DIGITS = 5
_KINDS = {
    "individual": (PartyKind.PERSON, ""),
    "people": (PartyKind.PERSON, ""),
    "position": (PartyKind.POST, ""),
    "organization": (PartyKind.ORGANISATION, ""),
    "org": (PartyKind.ORGANISATION, ""),
    "partner": (PartyKind.ORGANISATION, ""),
} | {kind.value: (PartyKind.GROUP, kind.value) for kind in GroupKind}


def as_uid(text: str) -> str:
    """Return the 32 hexadecimal digits of a uid, or of a UUID in any of its usual forms; nothing for another text."""
    match = _UID.fullmatch(text.strip().casefold())
    return "".join(match.groups()) if match else ""


def kind_of(text: str) -> tuple[PartyKind, str] | None:
    """Return the kind of record and of group that a cell says; an empty one means a person, another word None."""
    word = name_key(text)
    if word in _KINDS or not word:
        return _KINDS.get(word, (PartyKind.PERSON, ""))
    return next(((kind, "") for kind in PartyKind if kind == word), None)


def contact_values(kind: ContactKind, cell: str) -> list[str]:
    """Return each way to reach somebody that a cell of one kind holds, as it stands there.

    Addresses for e-mail may be parted by marks, since they hold none; a number that is parted must be one in each part.
    """
    if kind is ContactKind.ADDRESS:
        pieces = [", ".join(filter(None, map(clean, piece.split("\n")))) for piece in _ADDRESSES.split(cell)]
    elif kind is ContactKind.EMAIL:
        pieces = _EMAILS.split(cell)
    elif kind in {ContactKind.PHONE, ContactKind.MOBILE}:
        pieces = [each for piece in cell.split("\n") for each in _numbers(piece)]
    else:
        pieces = cell.split("\n")
    return list(dict.fromkeys(value for piece in pieces if (value := clean(piece)) and not names_nobody(value)))


def in_wanted_order(ways: Sequence[Way], wanted: str) -> list[Way]:
    """Return ``ways`` in the order of the kinds that ``wanted`` lists; those it does not reach follow as they stood."""
    left = list(ways)
    found: list[Way] = []
    for word in map(name_key, wanted.split(",")):
        way = next((each for each in left if each[0] == word), None)
        if way is not None:
            left.remove(way)
            found.append(way)
    return found + left


def verified_days(text: str, ways: Sequence[Way]) -> dict[Way, date] | None:
    """Return the day on which each way was verified, where ``text`` has a line for each; None where it has not.

    A line is the kind, the value and the day, such as "email ana@example.org 2026-01-31".
    """
    found: dict[Way, date] = {}
    lines = {f"{kind} {value}": (kind, value) for kind, value in ways}
    for line in filter(None, map(clean, text.split("\n"))):
        about, _, day = line.rpartition(" ")
        verified = iso_date(day)
        if verified is None or about not in lines:
            return None
        found[lines[about]] = verified
    return found


def _numbers(line: str) -> list[str]:
    pieces = _PHONES.split(line)
    apart = all(sum(map(str.isdecimal, piece)) >= _FEWEST_DIGITS for piece in pieces if piece.strip())
    return pieces if apart else [line]
