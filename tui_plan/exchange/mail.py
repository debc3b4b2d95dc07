"""Notices by mail to many: a ``mailto:`` link, or a draft as an .eml file, with everybody in Bcc.

The screens and the command line call it; nothing is sent from here. Only ``email.message`` writes headers.
"""

import re
from collections.abc import Iterable, Sequence
from datetime import datetime
from email.headerregistry import Address, Group
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from typing import NamedTuple
from urllib.parse import quote

from tui_plan.insight.call_down import CallDown
from tui_plan.model.base import rows
from tui_plan.model.clean import clean
from tui_plan.model.errors import InvalidInput
from tui_plan.model.people import ContactMethod, Party
from tui_plan.model.vocabulary import ContactKind

LONGEST_LINK = 2_000
"""Characters after which many mail programs cut a link, and with it the list of those who would be written to."""

_LONGEST_ADDRESS = 254  # RFC 5321, 4.5.3.1.3
_LOCAL = re.compile(r"[\w!#$%&'*+/=?^`{|}~-]+(\.[\w!#$%&'*+/=?^`{|}~-]+)*", re.ASCII)
_LABEL = re.compile(r"[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?", re.IGNORECASE | re.ASCII)


class Addressees(NamedTuple):
    """To whom a notice can go: ``addresses`` each once; ``without`` names who has no e-mail on the roster.

    ``unusable`` holds a sentence for each whose address no mail can carry.
    """

    addresses: tuple[str, ...]
    without: tuple[str, ...]
    unusable: tuple[str, ...]


def addressees(sheet: CallDown) -> Addressees:
    """Return the preferred e-mail address of everybody on a call-down sheet, and who cannot be written to."""
    return addressees_of(sheet.called)


def addressees_of(persons: Sequence[str]) -> Addressees:
    """Return the preferred e-mail address of each person (uids, whose order stays), and who cannot be written to."""
    names, emails = _names(persons), _emails(persons)
    addresses: list[str] = []
    unusable: list[str] = []
    for person in persons:
        if person in emails:
            try:
                addresses.append(checked_address(emails[person]))
            except InvalidInput as problem:
                unusable.append(f"{names[person]}: {problem}")
    without = tuple(names[person] for person in persons if person not in emails)
    return Addressees(tuple(dict.fromkeys(addresses)), without, tuple(unusable))


def mailto(addresses: Iterable[str], subject: str, body: str = "") -> str:
    """Return a link by which a mail program opens a message with all addresses in Bcc (RFC 6068).

    Raises ``InvalidInput`` as ``checked_address`` does. ``long_link_words`` says whether mail programs would cut it.
    """
    to_all = ",".join(quote(address, safe="@") for address in _checked(addresses))
    fields = [f"bcc={to_all}", f"subject={quote(clean(subject), safe='')}"]
    if body:
        fields.append(f"body={quote(_lines(body), safe='')}")
    return "mailto:?" + "&".join(fields)


def long_link_words(link: str) -> str:
    """Return a sentence when a link is longer than many mail programs take, or nothing."""
    if len(link) <= LONGEST_LINK:
        return ""
    return (
        f"This link has {len(link):,} characters, and many mail programs cut it at {LONGEST_LINK:,}: "
        "write the notice as an .eml file instead."
    )


def notice(addresses: Iterable[str], subject: str, body: str, *, on: datetime) -> bytes:
    """Return a message as the content of an .eml file that mail programs open as a draft, everybody in Bcc alone.

    ``on`` is its date; a naive one counts as UTC. Raises ``InvalidInput`` as ``checked_address`` does.
    """
    message = EmailMessage(policy=SMTP)
    message["X-Unsent"] = "1"
    message["Date"] = format_datetime(on)
    message["To"] = Group("undisclosed-recipients", ())
    message["Bcc"] = [Address(addr_spec=address) for address in _checked(addresses)]
    message["Subject"] = clean(subject)
    message.set_content(clean(body, lines=True) + "\n")
    return message.as_bytes()


def checked_address(address: str) -> str:
    """Return an address as mail carries it everywhere: its domain in ASCII, as ``xn--…`` where it has other letters.

    Raises ``InvalidInput`` with a sentence for anything that is no single plain address.
    """
    if any(character in address for character in "\r\n"):
        raise InvalidInput(f"The address “{_shown(address)}” has a line break in it; write it on one line.", "address")
    local, _, domain = address.strip().rpartition("@")
    if not local.isascii():
        raise InvalidInput(
            f"The address “{_shown(address)}” has letters before the @ that many mail servers refuse; "
            "ask them for one in plain letters.",
            "address",
        )
    plain = f"{local}@{_ascii_domain(domain, address)}"
    if not _LOCAL.fullmatch(local) or len(plain) > _LONGEST_ADDRESS:
        raise _no_address(address)
    return plain


def _checked(addresses: Iterable[str]) -> list[str]:
    found = list(dict.fromkeys(map(checked_address, addresses)))
    if not found:
        raise InvalidInput("There is nobody to write to: none of them has an e-mail address.", "addresses")
    return found


def _ascii_domain(domain: str, address: str) -> str:
    """Return a domain in ASCII; one that would become another on the way (ß to ss) must be written in ASCII."""
    try:
        plain = domain if domain.isascii() else domain.encode("idna").decode()
        same = domain.isascii() or plain.encode().decode("idna") == domain.lower()
    except UnicodeError as problem:
        raise _no_address(address) from problem
    if not same:
        raise InvalidInput(
            f"The domain of “{_shown(address)}” can be read in two ways; write it in its plain form (xn--…).", "address"
        )
    if not all(_LABEL.fullmatch(label) for label in plain.split(".")):
        raise _no_address(address)
    return plain


def _no_address(address: str) -> InvalidInput:
    return InvalidInput(f"“{_shown(address)}” is no address for e-mail: write one such as ana@example.org.", "address")


def _shown(address: str) -> str:
    return clean(address)[:60]


def _lines(body: str) -> str:
    return clean(body, lines=True).replace("\n", "\r\n")


def _names(persons: Sequence[str]) -> dict[str, str]:
    return dict(rows(Party.select(Party.uid, Party.name).where(Party.uid.in_(persons))))


def _emails(persons: Sequence[str]) -> dict[str, str]:
    """Return by person the address that they prefer."""
    query = ContactMethod.select(ContactMethod.party, ContactMethod.value).where(
        (ContactMethod.kind == ContactKind.EMAIL.value) & ContactMethod.party.in_(persons)
    )
    return dict(rows(query.order_by(ContactMethod.rank.desc(), ContactMethod.uid.desc())))
