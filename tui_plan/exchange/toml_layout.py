"""How a plan is laid out in TOML: which table holds which record, its fields in order, and the lists of references.

``toml_writing`` and ``toml_reading`` both follow this one description, so that neither can know a field that the other
does not. Nothing here reads or writes.
"""

from collections.abc import Mapping
from typing import Any

from tui_plan.exchange.toml_table import Link, Table
from tui_plan.model.base import Record
from tui_plan.model.checklist import ChecklistItem, ChecklistRun, NextAction
from tui_plan.model.meeting import Meeting, MeetingSeries
from tui_plan.model.partnership import Agreement, Communication, MembershipRule
from tui_plan.model.people import Alternate, ContactMethod, Membership, Party, Tenure
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
from tui_plan.model.register import EntryLink, RegisterEntry
from tui_plan.model.source import Source, SourceRow
from tui_plan.model.stage import Stage
from tui_plan.model.vocabulary import Candour, MeetingKind, PartyKind, ResourceKind, RoleKind
from tui_plan.operations.actions import ACTION_RULES, NOTE_RULES
from tui_plan.operations.agreements import AGREEMENT_RULES
from tui_plan.operations.checking import Rule, day, line, reference, whole
from tui_plan.operations.checklists import ITEM_RULES, RUN_RULES
from tui_plan.operations.communications import COMMUNICATION_RULES
from tui_plan.operations.contacts import CONTACT_RULES
from tui_plan.operations.groups import RULE_RULES, SEAT_RULES
from tui_plan.operations.meetings import MEETING_RULES, SERIES_RULES
from tui_plan.operations.parts import PART_RULES
from tui_plan.operations.people import PARTY_RULES
from tui_plan.operations.plans import AREA_RULES, OBJECTIVE_RULES, PLAN_RULES
from tui_plan.operations.posts import TENURE_RULES
from tui_plan.operations.register import ENTRY_RULES
from tui_plan.operations.stages import STAGE_RULES

FORM = 1
FORM_KEY, LEFT_OUT_KEY = "tui_plan", "left_out_rules"
WITHHELD_KEYS = ("withheld_candid_notes", "withheld_candid_entries", "withheld_candid_items")
"""The keys of the head that count what is ``Withheld``, field by field."""
LARGEST_NUMBER = 1_000_000_000


EXPECTED_KINDS: Mapping[tuple[type[Record], str], PartyKind] = {
    (Plan, "convening_group"): PartyKind.GROUP,
    (PlanPartner, "organisation"): PartyKind.ORGANISATION,
    (Party, "organisation"): PartyKind.ORGANISATION,
    (Party, "reports_to"): PartyKind.POST,
    (Tenure, "person"): PartyKind.PERSON,
    (Alternate, "person"): PartyKind.PERSON,
    (MembershipRule, "organisation"): PartyKind.ORGANISATION,
    (ChecklistRun, "post"): PartyKind.POST,
    (ChecklistRun, "group"): PartyKind.GROUP,
}
"""Where a reference must lead to one kind of party."""


def _role(kind: RoleKind) -> Link:
    return Link(kind.value, Role, "action", "party", {"kind": kind.value}, single=kind is RoleKind.ACCOUNTABLE)


_NOTE_FIELDS: dict[str, Rule] = {
    **NOTE_RULES,
    "said_on": day("The day it was said"),
    "said_by": reference,
    "said_by_name": line("The name"),
}
_NOTE_ORDER = ("said_on", "text", "uid")

READING = Table("reading", Reading, PART_RULES[Reading], "measure", ("taken_on",))
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
PLAN_NOTE = Table(
    "note", Note, _NOTE_FIELDS, "plan", _NOTE_ORDER, fixed={"action": None}, given={"candour": Candour.SHAREABLE.value}
)

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
MEETING = Table(
    "meeting", Meeting, MEETING_RULES, "plan", ("start", "number"), fixed={"series": None}, given=_MEETING_GIVEN
)


def _but(rules: Mapping[str, Rule], *left_out: str) -> dict[str, Rule]:
    return {name: rule for name, rule in rules.items() if name not in left_out}


_ON_ORDER = ("on", "uid")
_RUN_ORDER = ("started_on", "number")
AGREEMENT = Table(
    "agreement",
    Agreement,
    {
        "party": reference,
        "version": line("The version", required=True, limit=40),
        **AGREEMENT_RULES,
        "lapsed_because": line("What made it lapse"),
    },
    "plan",
    ("version", "on", "uid"),
)
STAGE = Table("stage", Stage, STAGE_RULES, "plan", ("cycle", "number"))
_CANDOUR_FOLLOWS = {"candour": None}
"""Where nothing is said, ``operations`` know what may leave the house."""

NEXT_ACTIONS = Link("actions", NextAction, "item", "action")
ITEM = Table("item", ChecklistItem, _but(ITEM_RULES, "position"), "run", links=(NEXT_ACTIONS,), given=_CANDOUR_FOLLOWS)
RUN = Table("checklist", ChecklistRun, RUN_RULES, "plan", _RUN_ORDER, (ITEM,))
RUN_OF_PARTY = Table(
    "checklist", ChecklistRun, _but(RUN_RULES, "party"), "party", _RUN_ORDER, (ITEM,), fixed={"plan": None}
)
RUN_OF_GROUP = Table(
    "drill",
    ChecklistRun,
    _but(RUN_RULES, "party", "group"),
    "group",
    _RUN_ORDER,
    (ITEM,),
    fixed={"plan": None, "party": None},
)
LEADS = tuple(
    Link(key, EntryLink, "entry", target)
    for key, target in (
        ("actions", "action"),
        ("objectives", "objective"),
        ("measures", "measure"),
        ("entries", "other"),
    )
)


def _entries(inside: str, *left_out: str, fixed: Mapping[str, Any]) -> Table:
    rules, order = _but(ENTRY_RULES, "plan", *left_out), ("on", "number")
    return Table("entry", RegisterEntry, rules, inside, order, links=LEADS, fixed=fixed, given=_CANDOUR_FOLLOWS)


ENTRY = _entries("plan", fixed={})
ENTRY_OF_PARTY = _entries("party", "party", fixed={"plan": None})

CONTACT = Table("contact", ContactMethod, CONTACT_RULES, "party", ("rank", "kind", "value", "uid"))
COMMUNICATION = Table(
    "communication", Communication, _but(COMMUNICATION_RULES, "plan"), "party", _ON_ORDER, asks_plan=True
)
HOLDER = Table("holder", Tenure, {"person": reference, **TENURE_RULES}, "post", ("start", "end", "uid"))
ALTERNATES = Link("alternates", Alternate, "post", "person", ranked=True)
MEMBER = Table("member", Membership, {"member": reference, **SEAT_RULES}, "group", ("position", "member"), kept=())
RULE = Table("rule", MembershipRule, _but(RULE_RULES, "plan"), "group", ("role", "audience", "uid"), asks_plan=True)


def _parties(kind: PartyKind, *parts: Table, links: tuple[Link, ...] = ()) -> Table:
    nested = (CONTACT, *parts, COMMUNICATION, RUN_OF_PARTY, ENTRY_OF_PARTY)
    return Table(kind.value, Party, PARTY_RULES, "", ("name_key", "uid"), nested, links, fixed={"kind": kind.value})


PARTIES = (
    _parties(PartyKind.ORGANISATION),
    _parties(PartyKind.GROUP, MEMBER, RULE, RUN_OF_GROUP),
    _parties(PartyKind.POST, HOLDER, links=(ALTERNATES,)),
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

ROOT = (AREA, SERIES, MEETING, PLAN_NOTE, AGREEMENT, STAGE, RUN, ENTRY, *PARTIES, SOURCE)
"""The tables that stand beside ``[plan]``, in the order of writing."""
