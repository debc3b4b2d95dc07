"""The register with the texts and links of every entry, for papers and sheets that carry all of it.

The number of queries is the same for any size; screens ask ``insight.register`` for one entry at a time.
"""

from collections import defaultdict
from collections.abc import Collection
from typing import Any, NamedTuple

from peewee import JOIN

from tui_plan.insight.gate import meeting_words
from tui_plan.insight.register import EntryLine, register_entries
from tui_plan.model.base import rows
from tui_plan.model.meeting import Meeting
from tui_plan.model.plan import Action, DevelopmentArea, OutcomeMeasure, StepObjective
from tui_plan.model.register import EntryLink, RegisterEntry
from tui_plan.model.stage import Stage
from tui_plan.model.vocabulary import Candour, EntryKind

_TEXTS = ("evidence", "cause", "effect", "outcome")


class LinkedTo(NamedTuple):
    """What an entry names, in words: "A-12 Train the wardens (in progress)". ``candid`` may not leave the house."""

    words: str
    candid: bool


class WholeEntry(NamedTuple):
    """An entry with everything. ``words`` holds what was said of it by field: the texts, stage, meeting and area."""

    line: EntryLine
    words: dict[str, str]
    links: tuple[LinkedTo, ...]

    @property
    def candid(self) -> bool:
        """Whether it may not leave the house."""
        return self.line.candour == Candour.CANDID


def whole_register(plan: str | None = None, kinds: Collection[EntryKind] = ()) -> list[WholeEntry]:
    """Return entries of a plan (of all, if None) whole, in the order of ``register_entries``."""
    words, links = _words(plan), _links(plan)
    return [
        WholeEntry(line, words.get(line.uid, {}), tuple(links.get(line.uid, ())))
        for line in register_entries(plan, kinds)
    ]


def _words(plan: str | None) -> dict[str, dict[str, str]]:
    texts = [RegisterEntry._meta.fields[name] for name in _TEXTS]
    query = (
        RegisterEntry.select(
            RegisterEntry.uid,
            *texts,
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
    )
    found: dict[str, dict[str, str]] = {}
    for uid, *said, stage, meeting, start, number, area in rows(_of(query, plan)):
        named = (stage or "", meeting_words(meeting, start), f"D-{number} {area}" if number else "")
        found[uid] = dict(zip((*_TEXTS, "stage", "meeting", "area"), (*said, *named), strict=True))
    return found


def _links(plan: str | None) -> dict[str, list[LinkedTo]]:
    other, measured = RegisterEntry.alias(), Action.alias()
    query = (
        EntryLink.select(
            EntryLink.entry,
            Action.number,
            Action.title,
            Action.status,
            StepObjective.number,
            StepObjective.title,
            measured.number,
            OutcomeMeasure.statement,
            other.number,
            other.title,
            other.candour,
        )
        .join(RegisterEntry, on=(EntryLink.entry == RegisterEntry.uid))
        .switch(EntryLink)
        .join(Action, JOIN.LEFT_OUTER, on=(EntryLink.action == Action.uid))
        .switch(EntryLink)
        .join(StepObjective, JOIN.LEFT_OUTER, on=(EntryLink.objective == StepObjective.uid))
        .switch(EntryLink)
        .join(OutcomeMeasure, JOIN.LEFT_OUTER, on=(EntryLink.measure == OutcomeMeasure.uid))
        .join(measured, JOIN.LEFT_OUTER, on=(OutcomeMeasure.action == measured.uid))
        .switch(EntryLink)
        .join(other, JOIN.LEFT_OUTER, on=(EntryLink.other == other.uid))
        .order_by(Action.number, StepObjective.number, measured.number, other.number)
    )
    found: dict[str, list[LinkedTo]] = defaultdict(list)
    for entry, *values in rows(_of(query, plan)):
        found[entry].append(_linked(*values))
    return found


def _linked(*values: Any) -> LinkedTo:
    action, title, status, objective, step, measured, statement, other, entry, candour = values
    if action:
        return LinkedTo(f"A-{action} {title} ({status})", candid=False)
    if objective:
        return LinkedTo(f"S-{objective} {step}".rstrip(), candid=False)
    if measured:
        return LinkedTo(f"A-{measured}, measured by: {statement}", candid=False)
    return LinkedTo(f"R-{other} {entry}", candour == Candour.CANDID)


def _of(query: Any, plan: str | None) -> Any:
    """Keep the entries of a plan, and those that name none: they belong to every plan."""
    return query if plan is None else query.where((RegisterEntry.plan == plan) | RegisterEntry.plan.is_null())
