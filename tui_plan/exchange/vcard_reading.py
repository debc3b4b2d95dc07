"""Reading vCards (2.1, 3.0 and 4.0) as a roster. ``roster_reading`` and the command line call ``read_vcards``.

A broken card or line is told of with its number, and the others are read all the same; so is what a roster has no
place for. Files of cards come from address books and cannot be mended by hand, so nothing in them keeps the rest out.
"""

from collections.abc import Iterator

from tui_plan.exchange.roster_checks import contact_problem, entry_problems
from tui_plan.exchange.roster_entries import EntryContact, EntryPost, RosterEntry, RosterReading, Told
from tui_plan.exchange.roster_values import as_uid, kind_of
from tui_plan.exchange.sheet_csv import decoded
from tui_plan.exchange.sheet_layout import LARGEST_FILE
from tui_plan.exchange.vcard_lines import Card, Property, read_cards
from tui_plan.model.clean import clean
from tui_plan.model.errors import ImportProblem
from tui_plan.model.vocabulary import ContactKind, PartyKind

_MOBILE = frozenset({"CELL", "MOBILE", "IPHONE"})
_NO_VOICE = ("FAX", "PAGER", "MODEM", "TELEX")
_OTHER_WAYS = ("X-CONTACT", "IMPP", "URL", "X-SKYPE", "X-JABBER")
_TAKEN = frozenset(
    {"FN", "N", "UID", "KIND", "X-ABSHOWAS", "ORG", "TITLE", "EMAIL", "TEL", "ADR", "CATEGORIES", "NICKNAME", "NOTE"}
    | {*_OTHER_WAYS}
)
_BOOKKEEPING = frozenset(
    {"VERSION", "REV", "PRODID", "SORT-STRING", "PROFILE", "SOURCE", "CLASS", "X-ABLABEL", "X-ABADR", "X-ABUID"}
)


def read_vcards(data: bytes, name: str) -> RosterReading:
    """Read the content of a file of vCards called ``name``.

    Raises ImportProblem when it is no text, too large, or holds no card; what is wrong in it stands in the reading.
    """
    file = clean(name)
    if len(data) > LARGEST_FILE:
        raise ImportProblem(f"{file} is larger than {LARGEST_FILE // 1_000_000} MB: split it.")
    text, encoding = decoded(data, file)
    cards, looks = read_cards(text)
    if not cards:
        raise ImportProblem(f"{file} holds no vCard: a card begins with a line BEGIN:VCARD.")
    entries = []
    for card in cards:
        if (entry := _entry(card)) is not None:
            entries.append(entry)
        looks += [Told(card.number, look) for look in card.looks]
    remark = f"Read as {encoding}, {len(cards):,} card{'s' if len(cards) > 1 else ''}"
    return RosterReading(file, "card", tuple(entries), remarks=(remark,), looks=tuple(looks))


def _entry(card: Card) -> RosterEntry | None:
    """Return what a card says, or None where it cannot be kept; the card's looks then tell why."""
    kind = _kind(card)
    home = _home(card)
    name = card.first("FN") or _full_name(card) or (home if kind is PartyKind.ORGANISATION else "")
    if kind is None or not name:
        why = "has no name" if not name else f"is of the kind “{card.first('KIND')[:40]}”"
        card.looks.append(f"the card that begins in line {card.line} {why}, and is left out.")
        return None
    is_person = kind is PartyKind.PERSON
    entry = RosterEntry(
        number=card.number,
        kind=kind,
        name=name,
        uid=as_uid(card.first("UID")),
        organisation=home if is_person else "",
        posts=tuple(_posts(card)) if is_person else (),
        contacts=tuple(_contacts(card)),
        groups=tuple(_groups(card)),
        short_name=card.first("NICKNAME"),
        remarks="\n".join(clean("".join(note.pieces("")), lines=True) for note in card.all_of("NOTE")).strip("\n"),
    )
    _tell_left_out(card, is_person)
    problems = entry_problems(entry)
    card.looks += [f"{problem} The card is left out." for problem in problems]
    return None if problems else entry


def _kind(card: Card) -> PartyKind | None:
    if card.first("X-ABSHOWAS").casefold() == "company":
        return PartyKind.ORGANISATION
    found = kind_of(card.first("KIND"))
    return found[0] if found else None


def _full_name(card: Card) -> str:
    """Return the parts of the structured name in the order in which they are spoken."""
    for line in card.all_of("N"):
        family, given, additional, prefix, suffix = ([clean(each) for each in line.pieces(";")] + [""] * 5)[:5]
        return clean(" ".join((prefix, given, additional, family, suffix)))
    return ""


def _tied(card: Card) -> dict[str, Property]:
    """Return by group the organisation of a title that shares the group, where a card has several organisations."""
    titled = {title.group for title in card.all_of("TITLE")} - {""}
    named = card.all_of("ORG")
    return {one.group: one for one in named if one.group in titled} if len(named) > 1 else {}


def _home(card: Card) -> str:
    tied = {id(one) for one in _tied(card).values()}
    return next((name for one in card.all_of("ORG") if id(one) not in tied and (name := _organisation(one))), "")


def _organisation(line: Property) -> str:
    return clean(line.pieces(";")[0])


def _posts(card: Card) -> Iterator[EntryPost]:
    tied = _tied(card)
    for title in card.all_of("TITLE"):
        if title.text:
            home = tied.get(title.group)
            yield EntryPost(title.text, _organisation(home) if home else None)


def _groups(card: Card) -> Iterator[str]:
    for line in card.all_of("CATEGORIES"):
        yield from filter(None, map(clean, line.pieces(",")))


def _contacts(card: Card) -> Iterator[EntryContact]:
    """Yield the ways to reach somebody that can be kept; of each kind the preferred one comes first."""
    seen: set[EntryContact] = set()
    for contact in (*_electronic(card), *_addresses(card), *_others(card)):
        problem = contact_problem(contact)
        if problem and contact.value:
            card.looks.append(f"{problem} It is left out.")
        elif contact.value and contact not in seen:
            seen.add(contact)
            yield contact


def _electronic(card: Card) -> Iterator[EntryContact]:
    for line in card.all_of("EMAIL"):
        yield EntryContact(ContactKind.EMAIL.value, _without_scheme(line.text, "mailto:"))
    for line in card.all_of("TEL"):
        number = _without_scheme(line.text, "tel:")
        silent = next((word for word in _NO_VOICE if word in line.marks), "")
        if silent and number:
            yield EntryContact(ContactKind.OTHER.value, f"{silent.capitalize()}: {number}")
        else:
            yield EntryContact((ContactKind.MOBILE if line.marks & _MOBILE else ContactKind.PHONE).value, number)


def _addresses(card: Card) -> Iterator[EntryContact]:
    for line in card.all_of("ADR"):
        parts = (clean(piece) for part in line.pieces(";") for piece in part.split("\n"))
        yield EntryContact(ContactKind.ADDRESS.value, ", ".join(filter(None, parts)))


def _others(card: Card) -> Iterator[EntryContact]:
    for line in card.all_of(*_OTHER_WAYS):
        yield EntryContact(ContactKind.OTHER.value, line.text)


def _without_scheme(text: str, scheme: str) -> str:
    return text[len(scheme) :] if text.casefold().startswith(scheme) else text


def _tell_left_out(card: Card, is_person: bool) -> None:
    """Tell what the card holds and a roster does not."""
    units = [clean(" ".join(line.pieces(";")[1:])) for line in card.all_of("ORG")]
    left = [f"the unit “{unit[:60]}”" for unit in units if unit]
    left += sorted(card.properties.keys() - _TAKEN - _BOOKKEEPING)
    left += [] if is_person or "TITLE" not in card.properties else ["TITLE"]
    if left:
        card.looks.append(f"left out, since a roster has no place for it: {', '.join(left)}.")
