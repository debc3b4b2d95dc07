"""The register as lists show it: one line for each entry, one entry whole, the matrix of risks, what leads where."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from datetime import date
from typing import Any, NamedTuple

from peewee import fn

from tui_plan.insight.action_rows import expected_day
from tui_plan.insight.gate import meeting_words
from tui_plan.model.base import rows
from tui_plan.model.checklist import ChecklistItem, ChecklistRun, NextAction
from tui_plan.model.date_words import distance
from tui_plan.model.entry_kinds import KINDS
from tui_plan.model.errors import NotFound
from tui_plan.model.meeting import Meeting
from tui_plan.model.people import Party
from tui_plan.model.plan import Action, DevelopmentArea, OutcomeMeasure, Plan, StepObjective
from tui_plan.model.register import EntryLink, RegisterEntry
from tui_plan.model.stage import Stage
from tui_plan.model.vocabulary import EntryKind, Response

MEDIUM_FROM, HIGH_FROM = 5, 15
"""The scores from which a risk is medium, and high; below them it is low."""


class EntryLine(NamedTuple):
    """One entry in a list. ``plan`` and ``party`` are uids or None, with names; ``actions`` counts linked actions."""

    uid: str
    number: int
    kind: str
    title: str
    on: date
    plan: str | None
    plan_name: str
    party: str | None
    party_name: str
    level: str
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
    candour: str
    area: str | None
    row_version: int
    actions: int

    @property
    def ref(self) -> str:
        """The reference that people quote."""
        return f"R-{self.number}"

    @property
    def score(self) -> int | None:
        """Likelihood times impact, from 1 to 25; None for what is no risk."""
        return self.likelihood * self.impact if self.likelihood and self.impact else None

    @property
    def residual(self) -> int | None:
        """The same after the response has worked; None where nobody said."""
        known = self.residual_likelihood and self.residual_impact
        return self.residual_likelihood * self.residual_impact if known else None  # type: ignore[operator]

    @property
    def is_open(self) -> bool:
        """Whether it can be settled, and is not yet."""
        return bool(KINDS[EntryKind(self.kind)].closed) and self.closed_on is None

    @property
    def settled_word(self) -> str:
        """What became of it where it is settled: closed, resolved, promoted …"""
        return "promoted" if self.area else KINDS[EntryKind(self.kind)].closed

    def overdue(self, today: date) -> bool:
        """Whether it should have been looked at, decided or checked by now."""
        return self.is_open and self.due is not None and self.due < today

    def problem(self, today: date) -> str:
        """Return why it needs a look, in a word or two, or nothing."""
        if self.overdue(today) and self.due is not None:
            return distance(self.due, today, past="late")
        if self.is_open and self.kind == EntryKind.RISK and self.response == Response.TREAT and not self.actions:
            return "no mitigation"
        if self.kind == EntryKind.LESSON and not self.disposition:
            return "undecided"
        return "to celebrate" if self.is_open and self.kind == EntryKind.ACHIEVEMENT else ""


class Lead(NamedTuple):
    """What an entry names, or what names it: action, step objective, measure or entry. ``day`` is when it is due."""

    uid: str
    noun: str
    ref: str
    title: str
    status: str
    day: date | None


class EntryDetail(NamedTuple):
    """An entry whole: its line, its texts, what it names by words, what it leads to and what leads to it."""

    line: EntryLine
    evidence: str
    cause: str
    effect: str
    outcome: str
    stage: str
    meeting: str
    area: str
    leads: tuple[Lead, ...]
    led_from: tuple[Lead, ...]


def register_entries(plan: str | None = None, kinds: Collection[EntryKind] = (), where: Any = None) -> list[EntryLine]:
    """Return entries of a plan (of all, if None), newest first: what is open before what is settled.

    ``kinds`` keeps only some; entries that name no plan belong to every plan.
    """
    query = _lines()
    if plan is not None:
        query = query.where((RegisterEntry.plan == plan) | RegisterEntry.plan.is_null())
    if kinds:
        query = query.where(RegisterEntry.kind.in_([kind.value for kind in kinds]))
    if where is not None:
        query = query.where(where)
    found = [_line(row) for row in rows(query)]
    return sorted(found, key=lambda line: (line.closed_on is not None, -line.on.toordinal(), -line.number))


def owned_by(party: str) -> Any:
    """Return the condition for the open risks and issues that a party owns, to use in a query."""
    kinds = [EntryKind.RISK.value, EntryKind.ISSUE.value]
    return (RegisterEntry.party == party) & RegisterEntry.kind.in_(kinds) & RegisterEntry.closed_on.is_null()


def entry_detail(uid: str) -> EntryDetail:
    """Return one entry whole; ``NotFound`` if it is gone."""
    found = rows(_lines().where(RegisterEntry.uid == uid))
    if not found:
        raise NotFound("This entry is no longer there: somebody removed it.")
    query = (
        RegisterEntry.select(
            RegisterEntry.evidence,
            RegisterEntry.cause,
            RegisterEntry.effect,
            RegisterEntry.outcome,
            Stage.title,
            Meeting.title,
            Meeting.start,
            DevelopmentArea.number,
            DevelopmentArea.title,
        )
        .left_outer_join(Stage, on=(RegisterEntry.stage == Stage.uid))
        .switch(RegisterEntry)
        .left_outer_join(Meeting, on=(RegisterEntry.meeting == Meeting.uid))
        .switch(RegisterEntry)
        .left_outer_join(DevelopmentArea, on=(RegisterEntry.area == DevelopmentArea.uid))
        .where(RegisterEntry.uid == uid)
    )
    *texts, stage, meeting, start, number, area = rows(query)[0]
    named = (stage or "", meeting_words(meeting, start), f"D-{number} {area}" if number else "")
    return EntryDetail(*(_line(found[0]), *texts, *named, _leads(EntryLink.entry == uid), _led_from(uid)))


def lessons_of(stage: str) -> list[EntryLine]:
    """Return what was learned in a stage, newest first."""
    return register_entries(None, [EntryKind.LESSON], RegisterEntry.stage == stage)


def risk_level(score: int) -> str:
    """Return in a word how grave a risk is whose likelihood times impact is ``score``: low, medium or high."""
    return "high" if score >= HIGH_FROM else "medium" if score >= MEDIUM_FROM else "low"


def risk_matrix(entries: Iterable[EntryLine]) -> dict[tuple[int, int], list[EntryLine]]:
    """Return the open risks by likelihood and impact; a field without a risk is left out."""
    found: dict[tuple[int, int], list[EntryLine]] = defaultdict(list)
    for line in entries:
        if line.kind == EntryKind.RISK and line.is_open and line.likelihood and line.impact:
            found[line.likelihood, line.impact].append(line)
    return found


def named_by(action: str) -> list[Lead]:
    """Return what an action came of, or what names it: entries of the register, and assessments with a next step."""
    entries = (
        EntryLink.select(*_entry_fields())
        .join(RegisterEntry, on=(EntryLink.entry == RegisterEntry.uid))
        .where(EntryLink.action == action)
        .order_by(RegisterEntry.number)
    )
    items = (
        NextAction.select(ChecklistRun.uid, ChecklistRun.number, ChecklistItem.text, ChecklistRun.started_on)
        .join(ChecklistItem, on=(NextAction.item == ChecklistItem.uid))
        .join(ChecklistRun, on=(ChecklistItem.run == ChecklistRun.uid))
        .where(NextAction.action == action)
        .order_by(ChecklistRun.number)
    )
    steps = [Lead(uid, "assessment", f"C-{number}", text, "", on) for uid, number, text, on in rows(items)]
    return [_entry_lead(row) for row in rows(entries)] + steps


def links_of(uid: str) -> dict[str, tuple[str, ...]]:
    """Return the uids that an entry is linked to, by field: action, objective, measure, other."""
    fields = ("action", "objective", "measure", "other")
    columns = [EntryLink._meta.fields[name] for name in fields]
    found = rows(EntryLink.select(*columns).where(EntryLink.entry == uid))
    return {name: tuple(row[at] for row in found if row[at]) for at, name in enumerate(fields)}


def _leads(where: Any) -> tuple[Lead, ...]:
    return (*_linked_actions(where), *_linked_objectives(where), *_linked_measures(where), *_linked_entries(where))


def _linked_actions(where: Any) -> list[Lead]:
    query = EntryLink.select(Action.uid, Action.number, Action.title, Action.status, expected_day()).join(
        Action, on=(EntryLink.action == Action.uid)
    )
    return [
        Lead(uid, "action", f"A-{number}", title, status, day)
        for uid, number, title, status, day in rows(query.where(where).order_by(Action.number))
    ]


def _linked_objectives(where: Any) -> list[Lead]:
    query = EntryLink.select(StepObjective.uid, StepObjective.number, StepObjective.title).join(
        StepObjective, on=(EntryLink.objective == StepObjective.uid)
    )
    found = rows(query.where(where).order_by(StepObjective.number))
    return [Lead(uid, "step objective", f"S-{number}", title, "", None) for uid, number, title in found]


def _linked_measures(where: Any) -> list[Lead]:
    query = (
        EntryLink.select(OutcomeMeasure.uid, Action.number, OutcomeMeasure.statement)
        .join(OutcomeMeasure, on=(EntryLink.measure == OutcomeMeasure.uid))
        .join(Action, on=(OutcomeMeasure.action == Action.uid))
    )
    found = rows(query.where(where).order_by(Action.number))
    return [Lead(uid, "outcome measure", f"A-{number}", title, "", None) for uid, number, title in found]


def _linked_entries(where: Any) -> list[Lead]:
    query = EntryLink.select(*_entry_fields()).join(RegisterEntry, on=(EntryLink.other == RegisterEntry.uid))
    return [_entry_lead(row) for row in rows(query.where(where).order_by(RegisterEntry.number))]


def _led_from(uid: str) -> tuple[Lead, ...]:
    query = EntryLink.select(*_entry_fields()).join(RegisterEntry, on=(EntryLink.entry == RegisterEntry.uid))
    return tuple(_entry_lead(row) for row in rows(query.where(EntryLink.other == uid).order_by(RegisterEntry.number)))


def _entry_fields() -> tuple[Any, ...]:
    return (
        RegisterEntry.uid,
        RegisterEntry.kind,
        RegisterEntry.number,
        RegisterEntry.title,
        RegisterEntry.closed_on,
        RegisterEntry.due,
    )


def _entry_lead(row: tuple[Any, ...]) -> Lead:
    uid, kind, number, title, closed_on, due = row
    closed = KINDS[EntryKind(kind)].closed
    return Lead(uid, kind, f"R-{number}", title, "" if not closed else closed if closed_on else "open", due)


def _lines() -> Any:
    named = {"plan_name": Plan.name, "party_name": Party.name, "actions": fn.COUNT(EntryLink.action)}
    fields = [named.get(name) or RegisterEntry._meta.fields[name] for name in EntryLine._fields]
    return (
        RegisterEntry.select(*fields)
        .left_outer_join(Plan, on=(RegisterEntry.plan == Plan.uid))
        .switch(RegisterEntry)
        .left_outer_join(Party, on=(RegisterEntry.party == Party.uid))
        .switch(RegisterEntry)
        .left_outer_join(EntryLink, on=(EntryLink.entry == RegisterEntry.uid))
        .group_by(RegisterEntry.uid)
    )


def _line(row: tuple[Any, ...]) -> EntryLine:
    line = EntryLine(*row)
    return line._replace(plan_name=line.plan_name or "", party_name=line.party_name or "")
