"""Fitting the entries of a file to the roster: who is new, what those who are there lack, and what must be mended.

Only ``roster_import`` calls this, for a dry run and for the import alike. Nobody's record is overwritten.
"""

from collections.abc import Sequence
from datetime import date
from typing import Any

from tui_plan.exchange.roster_entries import (
    Addition,
    Difference,
    KnownParty,
    NewParty,
    RosterEntry,
    RosterOutcome,
    Told,
)
from tui_plan.exchange.roster_match import BY_NAME, BY_UID, NEW, Match, Matcher, in_order_of_certainty
from tui_plan.exchange.roster_now import RosterNow, Standing, way_of
from tui_plan.model.clean import name_key
from tui_plan.model.date_words import show_date
from tui_plan.model.vocabulary import PartyKind
from tui_plan.operations.checking import looked_at
from tui_plan.operations.people import PARTY_RULES

_WORDS = {
    "short_name": "short name",
    "group_kind": "kind of group",
    "login": "login",
    "remarks": "remarks",
    "audience": "audience",
    "joined_on": "joined on",
    "left_on": "left on",
}
_SHOWN = 60
_MOST_ROUNDS = 25
_AGAIN = "whom it is about only shows when the others have been brought in: bring the file in a second time."
Fitted = list[tuple[RosterEntry, Standing]]


class Parties:
    """Finds or adds the party of each entry, and fills in what it lacks; ``fitted`` pairs those that were told."""

    def __init__(self, now: RosterNow, outcome: RosterOutcome) -> None:
        self.now = now
        self.outcome = outcome
        self.fitted: Fitted = []
        self._known: set[str] = set()

    def fit(self, entries: Sequence[RosterEntry]) -> None:
        """Take in all entries: first what others go by, organisations and groups, then posts, then persons."""
        for kind in (PartyKind.ORGANISATION, PartyKind.GROUP, PartyKind.POST):
            some = [entry for entry in entries if entry.kind is kind]
            for entry in sorted(some, key=lambda entry: entry.uid not in self.now.by_uid):
                self._settle(entry, self._thing(entry))
        for entry, party in self.fitted:
            if entry.kind is not PartyKind.POST:
                self._fill_home(entry, party)
        self._persons([entry for entry in entries if entry.kind is PartyKind.PERSON])

    def organisation(self, name: str, number: int) -> Standing | None:
        """Return the organisation of this name, new if need be; None where there is no name."""
        found = self._organisation_there(name)
        return found if found is not None or not name else self.new(PartyKind.ORGANISATION, name, number)

    def new(self, kind: PartyKind, name: str, number: int, uid: str = "", home: Standing | None = None) -> Standing:
        """Add a party and tell of it, also where its name cannot be kept."""
        for sentence in looked_at({"name": name}, PARTY_RULES)[1].values():
            self.outcome.problems.append(Told(number, f"{kind.value} “{name[:_SHOWN]}”: {sentence}"))
        if not uid and (other := self._of_other_kind(kind, name)):
            self.outcome.looks.append(Told(number, other))
        party = self.now.add(kind, name, uid, home.uid if home else None)
        self.outcome.new.append(NewParty(party.uid, kind.value, name, home.name if home else "", number))
        return party

    def tell_addition(self, party: Standing, what: str, number: int) -> None:
        """Tell what somebody gets who was there."""
        if party.stored is not None:
            self.outcome.additions.append(Addition(party.uid, party.name, what, number))

    def tell_difference(self, party: Standing, what: str, in_file: str, on_roster: str, number: int) -> None:
        """Tell where the file says something else."""
        shown = (in_file[:_SHOWN], on_roster[:_SHOWN])
        self.outcome.differences.append(Difference(party.uid, party.name, what, *shown, number))

    def _of_other_kind(self, kind: PartyKind, name: str) -> str:
        """Return what to look at where a body is both an organisation and a group by its name."""
        shown = f"“{name[:_SHOWN]}”"
        if kind is PartyKind.ORGANISATION and self.now.named(PartyKind.GROUP, name):
            return (
                f"{shown} is a group already, and becomes an organisation of that name beside it; if one is meant, "
                "write it in the column of groups."
            )
        if kind is PartyKind.GROUP and self.now.named(PartyKind.ORGANISATION, name):
            return f"{shown} is an organisation already, and becomes a group of that name beside it."
        return ""

    def _organisation_there(self, name: str) -> Standing | None:
        return self.now.meant(PartyKind.ORGANISATION, name) if name else None

    def _thing(self, entry: RosterEntry) -> Match:
        """Return the organisation, group or post that an entry is about."""
        known = self.now.known_as(entry.uid) if entry.uid else None
        if known is not None:
            return Match(known, BY_UID)
        if entry.kind is PartyKind.POST:
            home = self.organisation(entry.organisation, entry.number)
            found = self.now.post(entry.name, home.uid if home else None)
        else:
            found = next(iter(self.now.named(entry.kind, entry.name)), None)
        if found is None:
            return NEW
        if entry.uid and found.claimed_by:
            self._problem(entry, f"another row has the name “{entry.name[:_SHOWN]}” as well: rename one of the two.")
        return Match(found, BY_NAME)

    def _persons(self, entries: Sequence[RosterEntry]) -> None:
        """Take in the persons. A row that cannot be told is tried again once the others have brought what they know."""
        matcher = Matcher(self.now, entries)
        waiting = sorted(in_order_of_certainty(entries), key=lambda entry: entry.uid not in self.now.by_uid)
        for _ in range(_MOST_ROUNDS):
            left = [entry for entry in waiting if not self._settle(entry, matcher.find(entry))]
            stuck = len(left) == len(waiting)
            waiting = left
            if stuck:
                break
        for entry in waiting:
            self.outcome.looks.append(Told(entry.number, matcher.find(entry).look or _AGAIN))

    def _settle(self, entry: RosterEntry, match: Match) -> bool:
        """Take in an entry, if it can be told whom it is about; return whether it could."""
        if match.look:
            return False
        party = match.party
        if party is None:
            belongs = entry.kind in {PartyKind.PERSON, PartyKind.POST}
            home = self.organisation(entry.organisation, entry.number) if belongs else None
            party = self.new(entry.kind, entry.name, entry.number, entry.uid, home)
        elif party.kind is not entry.kind:
            self._problem(
                entry, f"its UID is that of the {party.kind} “{party.name[:_SHOWN]}”: mend it or take it out."
            )
            return True
        elif party.stored is not None and party.uid not in self._known:
            self._known.add(party.uid)
            self.outcome.known.append(KnownParty(party.uid, party.kind.value, party.name, match.by, entry.number))
        if entry.uid:
            self.now.claim(party, entry.uid)
        self._fill(entry, party)
        self.fitted.append((entry, party))
        return True

    def _fill(self, entry: RosterEntry, party: Standing) -> None:
        if name_key(entry.name) != name_key(party.name):
            self.tell_difference(party, "name", entry.name, party.name, entry.number)
        for field, what in _WORDS.items():
            self._fill_field(party, field, what, getattr(entry, field), entry.number)
        if entry.kind in {PartyKind.PERSON, PartyKind.POST}:
            self._fill_home(entry, party)
        self._fill_ways(entry, party)

    def _fill_field(self, party: Standing, field: str, what: str, value: Any, number: int) -> None:
        if not value or party.values[field] == value:
            return
        if party.values[field]:
            self.tell_difference(party, what, _shown(value), _shown(party.values[field]), number)
            return
        party.values[field] = value
        if field == "short_name":
            self.now.shorten(party, value)
        self.tell_addition(party, f"{what} {_shown(value)}", number)

    def _fill_home(self, entry: RosterEntry, party: Standing) -> None:
        if not entry.organisation or entry.kind is PartyKind.GROUP:
            return
        if party.home is None and entry.kind is not PartyKind.POST:
            home = self.organisation(entry.organisation, entry.number)
            if home is not None:
                party.values["organisation"] = home.uid
                self.tell_addition(party, f"organisation {home.name}", entry.number)
            return
        wanted = self._organisation_there(entry.organisation)
        if wanted is None or wanted.uid != party.home:
            name = self.now.by_uid[party.home].name if party.home else "none"
            self.tell_difference(party, "organisation", entry.organisation, name, entry.number)

    def _fill_ways(self, entry: RosterEntry, party: Standing) -> None:
        """Add the ways to reach somebody that they lack; one entry may give a number twice, as phone and as mobile."""
        numbers = {way.key: way for way in party.ways}
        there = {(way.kind, way.key): way for way in party.ways}
        for contact in entry.contacts:
            way = way_of(contact)
            same = there.get((way.kind, way.key)) or numbers.get(way.key)
            if same is None:
                self.now.add_way(party, way)
                self.tell_addition(party, f"{way.kind} {way.value}", entry.number)
            elif way.verified_on and same.verified_on is None:
                same.verified_on, same.newly_verified = way.verified_on, True
                self.tell_addition(party, f"{same.kind} {same.value} verified on {way.verified_on}", entry.number)
            elif way.verified_on and way.verified_on != same.verified_on:
                what = f"when {way.kind} {same.value} was verified"
                self.tell_difference(party, what, _shown(way.verified_on), _shown(same.verified_on), entry.number)

    def _problem(self, entry: RosterEntry, sentence: str) -> None:
        self.outcome.problems.append(Told(entry.number, sentence))


def _shown(value: Any) -> str:
    return show_date(value) if isinstance(value, date) else str(value)[:_SHOWN]
