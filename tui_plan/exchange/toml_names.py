"""How a TOML file refers to people and actions: by the words that people use, with a uid where those are not enough.

A party is referred to by its name; where several share it, as "Principal (Alder School)" with the organisation; where
that is not enough, or to be quite sure, as "Ana Silva [0123…]" with the uid. An action (or whatever else has a number)
is referred to by its reference, with any words after it ("A-12 Agree the alert tree"), or by its title. Writer and
reader share these rules.
"""

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from tui_plan.model.clean import name_key

UID = re.compile(r"[0-9a-f]{32}", re.ASCII)
_WITH_UID = re.compile(r".*\[([0-9a-f]{32})\]", re.ASCII | re.DOTALL)
_REFERENCE = re.compile(r"([A-Z])-([0-9]{1,10})(?![0-9A-Za-z-]).*", re.ASCII | re.DOTALL)
_TITLE_SHOWN = 60


@dataclass(frozen=True, slots=True)
class Named:
    """A party as far as references need it; ``organisation`` is the uid of one, or empty."""

    uid: str
    kind: str
    name: str
    organisation: str = ""


class PartyNames:
    """The parties of a file, or of a database, found by what people write."""

    def __init__(self, parties: Iterable[Named]) -> None:
        self._parties = {party.uid: party for party in parties}
        self._found: dict[str, set[str]] = defaultdict(set)
        for party in self._parties.values():
            for label in self._labels(party):
                self._found[name_key(label)].add(party.uid)

    def label(self, uid: str) -> str:
        """Return the shortest reference that leads to this party alone."""
        party = self._parties[uid]
        for label in self._labels(party):
            if uid_in(label) is None and self._found[name_key(label)] == {uid}:
                return label
        return f"{party.name} [{uid}]"

    def find(self, text: str, kind: str = "") -> list[str]:
        """Return the uids of all parties that ``text`` may mean; ``kind`` decides between namesakes."""
        uid = uid_in(text)
        if uid is not None and uid in self._parties:
            return [uid]
        found = sorted(self._found.get(name_key(text), ()))
        fitting = [uid for uid in found if self._parties[uid].kind == kind]
        return fitting if kind and len(fitting) == 1 else found

    def kind(self, uid: str) -> str:
        """Return the kind of the party with this uid, or an empty text if it is not among them."""
        party = self._parties.get(uid)
        return party.kind if party else ""

    def _labels(self, party: Named) -> list[str]:
        home = self._parties.get(party.organisation)
        return [party.name, f"{party.name} ({home.name})"] if home else [party.name]


def uid_in(text: str) -> str | None:
    """Return the uid that a reference is, or ends with in brackets, or None."""
    if UID.fullmatch(text):
        return text
    match = _WITH_UID.fullmatch(text)
    return match[1] if match else None


def quoted_label(letter: str, number: int, title: str) -> str:
    """Return the reference of an action, area … with the beginning of its title, if it has one."""
    shown = title if len(title) <= _TITLE_SHOWN else title[: _TITLE_SHOWN - 1].rstrip() + "…"
    return f"{letter}-{number} {shown}".rstrip()


class QuotedNames:
    """The actions (or areas …) of a file as (uid, number, titles), found by reference, by uid or by a title."""

    def __init__(self, letter: str, records: Iterable[tuple[str, int | None, tuple[str, ...]]]) -> None:
        self._letter = letter
        self._uids: set[str] = set()
        self._numbers: dict[int, str] = {}
        self._titles: dict[str, list[str]] = defaultdict(list)
        for uid, number, titles in records:
            self._uids.add(uid)
            for title in titles:
                self._titles[name_key(title)].append(uid)
            if number is not None:
                self._numbers[number] = uid

    def find(self, text: str) -> list[str]:
        """Return the uids of all records that ``text`` may mean."""
        match = _REFERENCE.fullmatch(text)
        if match and match[1] == self._letter and int(match[2]) in self._numbers:
            return [self._numbers[int(match[2])]]
        uid = uid_in(text)
        return [uid] if uid in self._uids else self._titles.get(name_key(text), [])


@dataclass(frozen=True, slots=True)
class Unlisted:
    """A party that a file names without listing it: it must be in the database. ``where`` says who asks."""

    text: str
    kind: str
    where: str
