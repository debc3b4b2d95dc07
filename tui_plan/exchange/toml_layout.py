"""How a plan is laid out in TOML: which table holds which record, its fields in order, and the lists of references.

``toml_writing`` and ``toml_reading`` both follow this one description, so that neither can know a field that the other
does not. Nothing here reads or writes.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache, cached_property
from typing import Any

from peewee import ForeignKeyField

from tui_plan.model.base import Record
from tui_plan.model.meeting import Meeting, MeetingSeries
from tui_plan.model.people import ContactMethod, Membership, Party, Tenure
from tui_plan.model.plan import (
    Action,
    Checkpoint,
    Dependency,
    DevelopmentArea,
    Note,
    OutcomeMeasure,
    Plan,
    PlanPartner,
    Reading,
    Resource,
    Role,
    StepObjective,
)
from tui_plan.model.source import Source, SourceRow
from tui_plan.model.vocabulary import Candour, MeetingKind, PartyKind, ResourceKind, RoleKind
from tui_plan.operations.actions import ACTION_RULES, NOTE_RULES
from tui_plan.operations.checking import Rule, day, line, reference, whole
from tui_plan.operations.contacts import CONTACT_RULES
from tui_plan.operations.groups import SEAT_RULES
from tui_plan.operations.meetings import MEETING_RULES, SERIES_RULES
from tui_plan.operations.parts import PART_RULES
from tui_plan.operations.people import PARTY_RULES
from tui_plan.operations.plans import AREA_RULES, OBJECTIVE_RULES, PLAN_RULES
from tui_plan.operations.posts import TENURE_RULES

FORM = 1
FORM_KEY, WITHHELD_KEY = "tui_plan", "withheld_candid_notes"
LARGEST_NUMBER = 1_000_000_000


@dataclass(frozen=True)
class Link:
    """A list of references under one key, kept as records of their own: ``partners``, ``responsible``, ``needs`` …

    Each record of ``model`` holds the table's uid in ``owner``, what is referred to in ``target``, and ``fixed``.
    ``single`` is written as one text where the list has one reference.
    """

    key: str
    model: type[Record]
    owner: str
    target: str
    fixed: Mapping[str, Any] = field(default_factory=dict)
    single: bool = False


@dataclass(frozen=True)
class Table:
    """One kind of table: its key, its record, and the rule of each field in the order of writing.

    ``inside`` is the field with the uid of the table around it; ``order`` are the fields by which equal ones are
    sorted; ``fixed`` holds for every record of it; ``given`` is what a missing field means where the record itself
    has no default; ``inherits`` are fields that a missing key takes from the table around it.
    """

    key: str
    model: type[Record]
    rules: Mapping[str, Rule]
    inside: str = ""
    order: tuple[str, ...] = ("position", "uid")
    parts: tuple["Table", ...] = ()
    links: tuple[Link, ...] = ()
    fixed: Mapping[str, Any] = field(default_factory=dict)
    given: Mapping[str, Any] = field(default_factory=dict)
    inherits: tuple[str, ...] = ()
    kept: tuple[str, ...] = ("number", "sequence", "uid")

    @cached_property
    def keys(self) -> frozenset[str]:
        """All keys that may stand in such a table."""
        return frozenset(
            [*self.rules, *self.bookkeeping, *(part.key for part in self.parts), *(link.key for link in self.links)]
        )

    @cached_property
    def bookkeeping(self) -> tuple[str, ...]:
        """The keys at the end of a table by which a record is known again."""
        return tuple(name for name in self.kept if name in self.model._meta.fields)

    @cached_property
    def defaults(self) -> Mapping[str, Any]:
        """What missing fields mean; a field without an entry here must be given or may be empty."""
        return {**self.model._meta.get_default_dict(), **self.given}  # type: ignore[no-untyped-call]


@cache
def party_fields(model: type[Record]) -> frozenset[str]:
    """Return the fields of a record that refer to a party."""
    return frozenset(name for name, kind in model._meta.fields.items() if _leads_to(kind, Party))


@cache
def references(model: type[Record]) -> frozenset[str]:
    """Return the fields of a record that refer to any other."""
    return frozenset(name for name, kind in model._meta.fields.items() if isinstance(kind, ForeignKeyField))


EXPECTED_KINDS: Mapping[tuple[type[Record], str], PartyKind] = {
    (Plan, "convening_group"): PartyKind.GROUP,
    (PlanPartner, "organisation"): PartyKind.ORGANISATION,
    (Party, "organisation"): PartyKind.ORGANISATION,
    (Tenure, "person"): PartyKind.PERSON,
}
"""Where a reference must lead to one kind of party."""


def _leads_to(kind: Any, model: type[Record]) -> bool:
    return isinstance(kind, ForeignKeyField) and kind.rel_model is model


def _role(kind: RoleKind) -> Link:
    return Link(kind.value, Role, "action", "party", {"kind": kind.value}, single=kind is RoleKind.ACCOUNTABLE)


_NOTE_FIELDS: dict[str, Rule] = {
    **NOTE_RULES,
    "said_on": day("The day it was said"),
    "said_by": reference,
    "said_by_name": line("The name"),
}
_NOTE_ORDER = ("said_on", "text", "uid")

READING = Table("reading", Reading, PART_RULES[Reading], "measure", ("taken_on", "uid"))
MEASURE = Table("measure", OutcomeMeasure, PART_RULES[OutcomeMeasure], "action", parts=(READING,))
RESOURCE = Table("resource", Resource, PART_RULES[Resource], "action", given={"kind": ResourceKind.OTHER.value})
REVIEWERS = Link("reviewers", Role, "checkpoint", "party", {"kind": RoleKind.REVIEWER.value})
CHECKPOINT = Table("checkpoint", Checkpoint, PART_RULES[Checkpoint], "action", links=(REVIEWERS,))
ACTION_NOTE = Table("note", Note, _NOTE_FIELDS, "action", _NOTE_ORDER, given={"candour": Candour.SHAREABLE.value})
NEEDS = Link("needs", Dependency, "action", "needs")
NEEDS_ELSEWHERE = Link("needs_of_other_plans", Dependency, "action", "needs")
RACI = tuple(_role(kind) for kind in RoleKind if kind is not RoleKind.REVIEWER)
ACTION = Table(
    "action",
    Action,
    ACTION_RULES,
    "objective",
    ("position", "number"),
    (RESOURCE, CHECKPOINT, MEASURE, ACTION_NOTE),
    (*RACI, NEEDS, NEEDS_ELSEWHERE),
)
OBJECTIVE = Table("objective", StepObjective, OBJECTIVE_RULES, "area", ("position", "number"), (ACTION,))
AREA = Table("area", DevelopmentArea, AREA_RULES, "plan", ("position", "number"), (OBJECTIVE,))
PARTNERS = Link("partners", PlanPartner, "plan", "organisation")
PLAN = Table("plan", Plan, PLAN_RULES, links=(PARTNERS,))
PLAN_NOTE = Table("note", Note, _NOTE_FIELDS, "plan", _NOTE_ORDER, given={"candour": Candour.SHAREABLE.value})

_MEETING_GIVEN = {"kind": MeetingKind.REVIEW.value}
OCCURRENCE = Table(
    "meeting",
    Meeting,
    {"original_start": MEETING_RULES["start"], **MEETING_RULES},
    "series",
    ("original_start", "number"),
    inherits=("title", "kind", "minutes", "timezone", "place"),
)
SERIES = Table(
    "series", MeetingSeries, SERIES_RULES, "plan", ("start_day", "number"), (OCCURRENCE,), given=_MEETING_GIVEN
)
MEETING = Table("meeting", Meeting, MEETING_RULES, "plan", ("start", "number"), given=_MEETING_GIVEN)

CONTACT = Table("contact", ContactMethod, CONTACT_RULES, "party", ("rank", "kind", "value", "uid"))
HOLDER = Table("holder", Tenure, {"person": reference, **TENURE_RULES}, "post", ("start", "end", "uid"))
MEMBER = Table("member", Membership, {"member": reference, **SEAT_RULES}, "group", ("position", "member"), kept=())


def _parties(kind: PartyKind, *parts: Table) -> Table:
    rules = dict(PARTY_RULES)
    return Table(kind.value, Party, rules, "", ("name_key", "uid"), (CONTACT, *parts), fixed={"kind": kind.value})


PARTIES = (
    _parties(PartyKind.ORGANISATION),
    _parties(PartyKind.GROUP, MEMBER),
    _parties(PartyKind.POST, HOLDER),
    _parties(PartyKind.PERSON),
)


def _as_it_stands(value: Any) -> Any:
    return value


SOURCE_ROW = Table(
    "row",
    SourceRow,
    {"row": whole("The row", 1, LARGEST_NUMBER), "action": reference, "cells": _as_it_stands},
    "source",
    ("row", "cells"),
    kept=(),
)
SOURCE = Table(
    "source",
    Source,
    {"name": line("The sheet's name"), "headings": _as_it_stands, "mapping": _as_it_stands},
    "plan",
    ("name", "uid"),
    (SOURCE_ROW,),
)

ROOT = (AREA, SERIES, MEETING, PLAN_NOTE, *PARTIES, SOURCE)
"""The tables that stand beside ``[plan]``, in the order of writing."""
