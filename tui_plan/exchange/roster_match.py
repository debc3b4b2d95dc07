"""Which person of the roster a row or card is about: by uid, by e-mail address, or by name and organisation.

Only the import of rosters calls this. Where it cannot be told, nobody is taken: the row needs a look.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from tui_plan.exchange.roster_entries import RosterEntry
from tui_plan.exchange.roster_now import RosterNow, Standing
from tui_plan.insight.person_names import likeness, name_parts
from tui_plan.model.clean import name_key
from tui_plan.model.vocabulary import ContactKind, PartyKind

BY_UID, BY_EMAIL, BY_HOME, BY_NAME = "uid", "e-mail address", "name and organisation", "name"


class Match(NamedTuple):
    """Who it is and by what; with nobody in ``party``, ``look`` says why it cannot be told, or is empty: a new one."""

    party: Standing | None
    by: str = ""
    look: str = ""


NEW = Match(None)
MOST_SHARING = 50
"""An address that more rows of the file give than these is an office's, and tells nobody from another."""


class Matcher:
    """Finds the persons of a file; ``entries`` are all of them, since namesakes in the file count as well.

    What is decided must not turn on the order of the rows, nor on what the rows themselves bring: bringing the same
    file in again has to find the same persons.
    """

    def __init__(self, now: RosterNow, entries: Sequence[RosterEntry]) -> None:
        self._now = now
        self._homes: dict[str, set[str]] = defaultdict(set)
        self._emails: dict[tuple[str, str], list[set[str]]] = defaultdict(list)
        self._uids: dict[tuple[str, ...], set[str]] = defaultdict(set)
        given = Counter(email for entry in entries for email in emails_of(entry))
        self._of_offices = {email for email, count in given.items() if count > MOST_SHARING}
        for entry in entries:
            for key in _name_keys(entry) if entry.uid else ():
                self._uids[key].add(entry.uid)
            if entry.organisation:
                self._homes[name_key(entry.name)].add(name_key(entry.organisation))
                self._emails[_place(entry)].append(emails_of(entry))

    def find(self, entry: RosterEntry) -> Match:
        """Return who a row is about, as far as the roster stands now."""
        known = self._now.known_as(entry.uid) if entry.uid else None
        if known is not None:
            return Match(known, BY_UID)
        by_email = self._now.reached_by(emails_of(entry) - self._of_offices)
        reached = _open((one for one in by_email if likeness(one.name, entry.name)), entry)
        same = _open(self._now.named(PartyKind.PERSON, entry.name), entry)
        if self._has_rivals(entry):
            return Match(None, look=_rivals(entry)) if reached or same else NEW
        if reached:
            return Match(reached[0], BY_EMAIL) if len(reached) == 1 else Match(None, look=_several(entry, len(reached)))
        home = self._now.meant(PartyKind.ORGANISATION, entry.organisation) if entry.organisation else None
        here = [one for one in same if home is not None and one.home == home.uid]
        if here:
            return self._of_this_home(entry, here)
        loose = [one for one in same if one.home is None] if entry.organisation else same
        return self._by_name(entry, loose) if loose else NEW

    def _has_rivals(self, entry: RosterEntry) -> bool:
        """Whether the file knows somebody with much the same name by another uid, who may be meant as well."""
        return bool(entry.uid) and any(self._uids[key] - {entry.uid} for key in _name_keys(entry))

    def _of_this_home(self, entry: RosterEntry, here: list[Standing]) -> Match:
        if len(here) > 1:
            return Match(None, look=_several(entry, len(here)))
        emails = emails_of(entry)
        apart = emails and any(other and emails.isdisjoint(other) for other in self._emails[_place(entry)])
        return Match(None, look=_two_rows(entry)) if apart else Match(here[0], BY_HOME)

    def _by_name(self, entry: RosterEntry, loose: list[Standing]) -> Match:
        namesakes = max(len(loose), len(self._homes[name_key(entry.name)]) if entry.organisation else 1)
        if namesakes > 1:
            return Match(None, look=_several(entry, namesakes))
        emails, theirs = emails_of(entry), loose[0].emails
        apart = emails and theirs and emails.isdisjoint(theirs)
        return Match(None, look=_other_email(entry, loose[0])) if apart else Match(loose[0], BY_NAME)


def emails_of(entry: RosterEntry) -> set[str]:
    """Return the addresses of an entry, casefolded."""
    return {contact.value.casefold() for contact in entry.contacts if contact.kind == ContactKind.EMAIL}


def in_order_of_certainty(entries: Sequence[RosterEntry]) -> list[RosterEntry]:
    """Return entries with an organisation first, then those with an e-mail address, last those with a name alone.

    Whom a name alone means can only be told once all others stand.
    """
    return sorted(entries, key=lambda entry: (not entry.organisation, not emails_of(entry)))


def _open(found: Iterable[Standing], entry: RosterEntry) -> list[Standing]:
    """Leave out those whom the file knows by another uid: two uids are two persons, whatever else they share."""
    return [one for one in found if not (entry.uid and one.claimed_by and one.claimed_by != entry.uid)]


def _name_keys(entry: RosterEntry) -> tuple[tuple[str, ...], tuple[str, ...]]:
    parts = name_parts(entry.name)
    return ("initial", parts.family, parts.initial), ("words", *parts.sorted_words)


def _place(entry: RosterEntry) -> tuple[str, str]:
    return name_key(entry.name), name_key(entry.organisation)


def _several(entry: RosterEntry, count: int) -> str:
    number = "two" if count <= 2 else str(count)
    return (
        f"there are {number} persons named “{entry.name[:60]}”: give the organisation or the e-mail address by which "
        "the roster tells them apart, or the UID. It is left out."
    )


def _rivals(entry: RosterEntry) -> str:
    return (
        f"the file has several persons named much like “{entry.name[:60]}”, each with its own UID, and the roster has "
        "one such name: add by hand whoever is missing. It is left out."
    )


def _two_rows(entry: RosterEntry) -> str:
    return (
        f"“{entry.name[:60]}” of this organisation stands in the file with another e-mail address as well: give both "
        "rows the same address if they are one person, or add the second by hand. It is left out."
    )


def _other_email(entry: RosterEntry, known: Standing) -> str:
    return (
        f"there is one “{entry.name[:60]}” with the e-mail address {min(known.emails)}: give that address or the "
        "UID if it is the same person, or the organisation if it is another. It is left out."
    )
