"""Finding what the references of a TOML file lead to, once all its tables have been read.

Only the TOML reader calls this. Parties that the file does not list stay ``Unlisted`` for the import to look for.
"""

from dataclasses import dataclass, field
from typing import Any

from tui_plan.exchange.toml_layout import EXPECTED_KINDS
from tui_plan.exchange.toml_names import Named, PartyNames, QuotedNames, Unlisted, uid_in
from tui_plan.exchange.toml_problems import Problems
from tui_plan.exchange.toml_quoted import missing_words, names_in, target_of
from tui_plan.exchange.toml_table import once
from tui_plan.model.base import Record
from tui_plan.model.checklist import ChecklistRun, NextAction
from tui_plan.model.partnership import MembershipRule
from tui_plan.model.people import Alternate, Party
from tui_plan.model.plan import Dependency, PlanPartner, Role
from tui_plan.model.register import EntryLink, RegisterEntry
from tui_plan.model.vocabulary import PartyKind

Row = dict[str, Any]
_ARTICLES = {
    PartyKind.ORGANISATION: "an organisation",
    PartyKind.GROUP: "a group",
    PartyKind.POST: "a post",
    PartyKind.PERSON: "a person",
}
_LISTED = (PlanPartner, Dependency, Role, Alternate, NextAction, EntryLink)
"""What is written as a list of references; the same one twice in it is one."""

_ASKS_BY_KIND = (ChecklistRun, RegisterEntry)
"""What would be asked for a reference that is there but leads nowhere: of that one sentence was said."""


@dataclass(frozen=True)
class Pending:
    """A reference still in words: ``row[name]`` is to become what ``text`` means."""

    model: type[Record]
    row: Row
    name: str
    text: str
    where: str

    @property
    def found(self) -> bool:
        """Whether it leads somewhere by now."""
        return self.row[self.name] is not None

    @property
    def kind(self) -> str:
        """The one kind of party that it may lead to, or an empty text."""
        return EXPECTED_KINDS.get((self.model, self.name), "")


@dataclass
class Draft:
    """What has been read so far: rows with their places in the file, and references that wait.

    ``quoted`` are those to what has a number, ``parties`` those to people.
    ``unsound`` are the uids of rows with a problem of their own, about which nothing more is asked.
    """

    rows: dict[type[Record], list[Row]]
    places: dict[int, str] = field(default_factory=dict)
    parties: list[Pending] = field(default_factory=list)
    quoted: list[Pending] = field(default_factory=list)
    unsound: set[str] = field(default_factory=set)

    def add(self, model: type[Record], row: Row, where: str) -> None:
        """Keep a row and remember where it stands."""
        self.rows[model].append(row)
        self.places[id(row)] = where

    def where(self, row: Row) -> str:
        """Return where a row stands in the file."""
        return self.places[id(row)]


def resolve(draft: Draft, problems: Problems) -> None:
    """Put uids in the place of all words, and note what leads nowhere or to several."""
    _resolve_homes(draft)
    names = _names(draft)
    for pending in draft.parties:
        if pending.row[pending.name] is None:
            pending.row[pending.name] = _party(names, pending, problems)
    quoted = names_in(draft.rows)
    for pending in draft.quoted:
        target = target_of(pending.model, pending.name)
        pending.row[pending.name] = _pointed(quoted[target], target, pending, problems)
    waiting = (*draft.parties, *draft.quoted)
    draft.unsound |= {each.row["uid"] for each in waiting if each.model in _ASKS_BY_KIND and not each.found}
    _drop_repeated(draft)


def _resolve_homes(draft: Draft) -> None:
    """Find the organisations first: other references may name somebody by them, and they one another."""
    waiting = [pending for pending in draft.parties if (pending.model, pending.name) == (Party, "organisation")]
    for _ in range(3):
        names = _names(draft)
        for pending in waiting:
            found = names.find(pending.text, pending.kind)
            if len(found) == 1 and names.kind(found[0]) == pending.kind:
                pending.row[pending.name] = found[0]
        waiting = [pending for pending in waiting if pending.row[pending.name] is None]
        if not waiting:
            return


def _names(draft: Draft) -> PartyNames:
    return PartyNames(
        Named(row["uid"], row["kind"], row["name"] or "", row["organisation"] or "") for row in draft.rows[Party]
    )


def _party(names: PartyNames, pending: Pending, problems: Problems) -> str | Unlisted | None:
    found = names.find(pending.text, pending.kind)
    if not found:
        return Unlisted(pending.text, pending.kind, pending.where)
    if len(found) > 1:
        problems.add(
            pending.where,
            f"“{_short(pending.text)}” can be {len(found)} of the people in this file: put the organisation, or the "
            "uid in square brackets, behind the name.",
        )
        return None
    if pending.kind and names.kind(found[0]) != pending.kind:
        problems.add(pending.where, f"“{_short(pending.text)}” must be {_ARTICLES[PartyKind(pending.kind)]}.")
        return None
    return found[0]


def _pointed(names: QuotedNames, target: type[Record], pending: Pending, problems: Problems) -> str | None:
    """Return the uid of what is pointed at: in this file, or, where it is in no file, in the database."""
    found = names.find(pending.text)
    elsewhere = None if found or pending.model is MembershipRule else uid_in(pending.text)
    if elsewhere or len(found) == 1:
        return elsewhere or found[0]
    problems.add(pending.where, missing_words(target, pending.text, len(found)))
    return None


def _drop_repeated(draft: Draft) -> None:
    """Two ways of writing one reference in one list are one reference."""
    for model in _LISTED:
        draft.rows[model] = once(model, draft.rows[model])


def _short(text: str) -> str:
    return text if len(text) <= 60 else text[:59].rstrip() + "…"
