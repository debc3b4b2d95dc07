"""The register: dated entries about the plan and its people, each kind with what it asks for, and what they lead to."""

from collections.abc import Mapping
from datetime import date
from typing import Any, NamedTuple, TypedDict, Unpack

from tui_plan.model.base import rows
from tui_plan.model.entry_kinds import KINDS, foreign_fields
from tui_plan.model.errors import InvalidInput, Refused
from tui_plan.model.places import quoted, shortened, stored_row
from tui_plan.model.register import EntryLink, RegisterEntry
from tui_plan.model.stage import Stage
from tui_plan.model.store import Author, Writer, change
from tui_plan.model.vocabulary import (
    Candour,
    Disposition,
    EntryKind,
    Fidelity,
    Gate,
    Manner,
    Response,
    Support,
)
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
)
from tui_plan.operations.meetings import MeetingAt, write_meeting_at
from tui_plan.operations.people import with_article


class EntryValues(TypedDict, total=False):
    """One entry; references are uids, words are those of the vocabularies. ``entry_kinds`` says what a kind asks."""

    kind: str
    title: str
    on: date | None
    party: str | None
    plan: str | None
    level: str
    evidence: str
    cause: str
    effect: str
    outcome: str
    due: date | None
    closed_on: date | None
    likelihood: int | None
    impact: int | None
    residual_likelihood: int | None
    residual_impact: int | None
    response: str
    manner: str
    fidelity: str
    disposition: str
    gate: str
    intended: int | None
    active: int | None
    stage: str | None
    meeting: str | None
    area: str | None
    candour: str


class Leads(NamedTuple):
    """What an entry is linked to, by uid: actions, step objectives, outcome measures, and other entries."""

    actions: tuple[str, ...] = ()
    objectives: tuple[str, ...] = ()
    measures: tuple[str, ...] = ()
    others: tuple[str, ...] = ()


NO_LEADS = Leads()

ENTRY_RULES: dict[str, Rule] = {
    "kind": word(EntryKind, "The kind of entry"),
    "title": line("The entry", required=True, limit=1_000),
    "on": day("The day", required=True),
    "party": reference,
    "plan": reference,
    "level": word(Support, "The support", optional=True),
    "evidence": line("The evidence", limit=1_000),
    "cause": paragraph("Why"),
    "effect": paragraph("The effect"),
    "outcome": paragraph("What came of it"),
    "due": day("The day to look at it again"),
    "closed_on": day("The day it was settled"),
    "likelihood": whole("The likelihood", 1, 5, optional=True),
    "impact": whole("The impact", 1, 5, optional=True),
    "residual_likelihood": whole("The likelihood after the response", 1, 5, optional=True),
    "residual_impact": whole("The impact after the response", 1, 5, optional=True),
    "response": word(Response, "The response", optional=True),
    "manner": word(Manner, "An adaptation", optional=True),
    "fidelity": word(Fidelity, "The fidelity", optional=True),
    "disposition": word(Disposition, "What to do with a lesson", optional=True),
    "gate": word(Gate, "What was decided at a gate", optional=True),
    "intended": whole("How many are meant to take part", 0, 10_000_000, optional=True),
    "active": whole("How many take part", 0, 10_000_000, optional=True),
    "stage": reference,
    "meeting": reference,
    "area": reference,
    "candour": word(Candour, "An entry"),
}
_HOUSE_KINDS = frozenset({EntryKind.CHAMPION, EntryKind.SUPPORT})
"""Words about people stay in the house unless somebody says otherwise."""
_OF_GATES = frozenset({"evidence"})
"""What may still be said of a decision at a gate."""
_AT_THE_GATE = "What is decided at a gate is written down at the gate, on the screen of the stages."
_LINKED = ("action", "objective", "measure", "other")
LINKED_TO_ITSELF = "An entry cannot be linked to itself."


def add_entry(
    author: Author, leads: Leads = NO_LEADS, *, at: MeetingAt | None = None, **values: Unpack[EntryValues]
) -> str:
    """Add an entry to the register, linked to what it leads to, and return its uid.

    ``at`` names the meeting also where only the rule of a series gives it.
    """
    kept = checked_entry(values)
    with change(author, f"Added to the register: {kept['kind']} “{shortened(kept['title'])}”") as writer:
        return write_entry(writer, kept | _held_at(writer, at), leads)


def edit_entry(
    author: Author,
    uid: str,
    *,
    version_seen: int | None = None,
    merge: bool = False,
    leads: Leads | None = None,
    at: MeetingAt | None = None,
    **values: Unpack[EntryValues],
) -> bool:
    """Change an entry, and what it is linked to where ``leads`` is given; return whether anything changed.

    ``at`` names the meeting also where only the rule of a series gives it.

    Raises ``Refused`` for what was decided at a gate: that stays as it was said, and can be decided anew.
    """
    kept = checked(values, ENTRY_RULES)
    with change(author, "Edited the register") as writer:
        row = stored_row(RegisterEntry, uid)
        writer.summary = f"Edited {quoted(RegisterEntry, row)}"
        kept |= _held_at(writer, at)
        if row["gate"] and kept.keys() - _OF_GATES:
            refuse_gate(row)
        if kept.get("gate"):
            raise Refused(_AT_THE_GATE)
        refuse(entry_problems(row | kept))
        if writer.update(RegisterEntry, uid, kept, version=version_seen, merge=merge) and merge:
            refuse(entry_problems(stored_row(RegisterEntry, uid)))
        if leads is not None:
            _write_links(writer, uid, leads)
        return writer.wrote


def close_entry(author: Author, uid: str, *, on: date, outcome: str | None = None, party: str | None = None) -> None:
    """Settle an entry: close a risk, resolve an issue, check an adaptation, celebrate an achievement.

    ``outcome`` tells what came of it, ``party`` who was thanked; what is None stays as it is.
    """
    said = {"closed_on": on, "outcome": outcome, "party": party}
    kept = checked({name: value for name, value in said.items() if value is not None}, ENTRY_RULES)
    with change(author, "Settled an entry") as writer:
        row = stored_row(RegisterEntry, uid)
        closed = KINDS[EntryKind(row["kind"])].closed
        if not closed:
            raise Refused(f"{with_article(row['kind']).capitalize()} is never settled; it stands as it is.")
        writer.summary = f"{quoted(RegisterEntry, row)} {closed}"
        refuse(entry_problems(row | kept))
        writer.update(RegisterEntry, uid, kept)


def reopen_entry(author: Author, uid: str) -> None:
    """Take an entry up again that was settled."""
    with change(author, "Reopened an entry") as writer:
        writer.summary = f"{quoted(RegisterEntry, stored_row(RegisterEntry, uid))} open again"
        writer.update(RegisterEntry, uid, {"closed_on": None})


def remove_entry(author: Author, uid: str) -> None:
    """Remove an entry that was made by mistake; ``Refused`` for what was decided at a gate."""
    with change(author, "Removed from the register") as writer:
        row = stored_row(RegisterEntry, uid)
        writer.summary = f"Removed {quoted(RegisterEntry, row)}"
        refuse_gate(row)
        leading = EntryLink.select(EntryLink.uid).where((EntryLink.entry == uid) | (EntryLink.other == uid))
        for (link,) in rows(leading):
            writer.delete(EntryLink, link)
        writer.delete(RegisterEntry, uid)


def checked_entry(values: Mapping[str, Any]) -> dict[str, Any]:
    """Return a new entry's values as they are kept; words about people stay in the house unless said otherwise."""
    default = {"kind": "", "title": "", "on": None, "candour": candour_of_entry(values.get("kind"))}
    kept, problems = looked_at({**default, **values}, ENTRY_RULES)
    refuse((entry_problems(kept) if "kind" in kept else {}) | problems)
    if kept.get("gate"):
        raise Refused(_AT_THE_GATE)
    return kept


def candour_of_entry(kind: str | None) -> Candour:
    """Return whether an entry of a kind may leave the house while nobody says so."""
    return Candour.CANDID if kind in _HOUSE_KINDS else Candour.SHAREABLE


def write_entry(writer: Writer, kept: Mapping[str, Any], leads: Leads = NO_LEADS) -> str:
    """Within a change, add an entry with its links and return its uid."""
    uid = writer.create(RegisterEntry, **kept)
    _write_links(writer, uid, leads)
    return uid


def entry_problems(row: Mapping[str, Any]) -> dict[str, str]:
    """Return a sentence by field where an entry lacks what its kind needs, or holds what its kind does not ask for."""
    kind = EntryKind(row["kind"])
    asks = KINDS[kind]
    problems = {
        asked.field: asked.missing for asked in asks.asks if asked.missing and row.get(asked.field) in {None, ""}
    }
    for name in foreign_fields(row):
        problems[name] = f"{with_article(kind).capitalize()} has no {name.replace('_', ' ')}: leave it empty."
    problems |= _more_active(row) | _half_residual(row) | _kept_in_the_house(row)
    on = ("on", "the day it was written down for")
    return problems | order_problems(row, on, ("closed_on", asks.label("closed_on")), row)


def refuse_gate(row: Mapping[str, Any]) -> None:
    """Raise ``Refused`` where an entry says what was decided at a gate."""
    if row["gate"]:
        stage = quoted(Stage, stored_row(Stage, row["stage"]))
        raise Refused(f"{quoted(RegisterEntry, row)} was decided at the gate of {stage} and stays: decide anew there.")


def _held_at(writer: Writer, at: MeetingAt | None) -> dict[str, Any]:
    return {"meeting": write_meeting_at(writer, at)} if at is not None else {}


def _more_active(row: Mapping[str, Any]) -> dict[str, str]:
    intended, active = row.get("intended"), row.get("active")
    if intended is None or active is None or active <= intended:
        return {}
    return {"active": f"More take part ({active}) than are meant to ({intended}): mend one of the two numbers."}


def _kept_in_the_house(row: Mapping[str, Any]) -> dict[str, str]:
    if not row.get("gate") or row.get("candour") != Candour.CANDID:
        return {}
    return {"candour": "What was decided at a gate is shareable: it is shown for ever."}


def _half_residual(row: Mapping[str, Any]) -> dict[str, str]:
    known = [name for name in ("residual_likelihood", "residual_impact") if row.get(name) is not None]
    if len(known) != 1:
        return {}
    lacking = "residual_impact" if known[0] == "residual_likelihood" else "residual_likelihood"
    return {lacking: "Say both, likelihood and impact after the response, or neither."}


def _write_links(writer: Writer, uid: str, leads: Leads) -> None:
    wanted = {(field, target) for field, targets in zip(_LINKED, leads, strict=True) for target in targets}
    if ("other", uid) in wanted:
        raise InvalidInput(LINKED_TO_ITSELF, "other")
    fields = [EntryLink._meta.fields[name] for name in _LINKED]
    standing = {
        (field, target): link
        for link, *targets in rows(EntryLink.select(EntryLink.uid, *fields).where(EntryLink.entry == uid))
        for field, target in zip(_LINKED, targets, strict=True)
        if target
    }
    for pair, link in standing.items():
        if pair not in wanted:
            writer.delete(EntryLink, link)
    writer.create_many(EntryLink, [{"entry": uid, field: target} for field, target in sorted(wanted - standing.keys())])
