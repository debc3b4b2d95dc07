"""Gathering all records of one plan, with the people that it uses, in a number of questions that does not grow.

The writers of TOML and JSON call this; nothing is written. Parties that were merged into others are named by nothing.
Checklists and entries of the register come along where they are about the plan, or about no plan and somebody who
comes along; those about other plans stay, and so do rules of groups about other plans.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from tui_plan.exchange.toml_quoted import Quoted, columns_of, pointed_at, quoted_of
from tui_plan.insight.action_parts import as_taken
from tui_plan.model.base import Record, portions, rows
from tui_plan.model.checklist import ChecklistItem, ChecklistRun, NextAction
from tui_plan.model.meeting import Meeting, MeetingSeries
from tui_plan.model.partnership import Agreement, Communication, MembershipRule
from tui_plan.model.people import Alternate, ContactMethod, Membership, Party, Tenure
from tui_plan.model.places import party_fields
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
from tui_plan.model.vocabulary import Candour

Row = dict[str, Any]
Rows = dict[type[Record], list[Row]]
_OF_THE_PLAN: tuple[Any, ...] = (
    PlanPartner,
    DevelopmentArea,
    Note,
    MeetingSeries,
    Meeting,
    Source,
    Agreement,
    Communication,
    Stage,
    ChecklistRun,
    RegisterEntry,
)
_OF_ACTIONS: tuple[Any, ...] = (Dependency, Resource, Checkpoint, Role, OutcomeMeasure)


@dataclass(frozen=True)
class Gathered:
    """The rows by table, and how many rules of the groups among them are left out: they are about other plans."""

    rows: Rows
    left_out_rules: int


def gather(plan: str, *, candid: bool = True) -> Gathered:
    """Return every row that belongs to the plan, and the parties it uses with all that is kept of them.

    Without ``candid`` whom only a candid note or entry names does not come along.
    """
    found = _plan_rows(plan)
    roster = _Roster(plan, {row["uid"] for row in found[DevelopmentArea]})
    naming = ((row, model) for model, many in found.items() for row in many if candid or not is_withheld(model, row))
    used = roster.used({row[name] for row, model in naming for name in party_fields(model)})
    for model, many in roster.kept_of(used).items():
        found.setdefault(model, []).extend(many)
    for some in portions(used):
        found[ContactMethod] += _rows(ContactMethod, ContactMethod.party.in_(some))
        found[Communication] += _rows(Communication, Communication.party.in_(some) & Communication.plan.is_null())
    return Gathered(found, sum(group in used for group in roster.rules_elsewhere))


def is_withheld(model: type[Record], row: Row) -> bool:
    """Whether a row stays in the house altogether; of a candid item of a checklist only the words do."""
    return model in {Note, RegisterEntry} and row["candour"] == Candour.CANDID


def quoted_elsewhere(
    found: Rows, here: Mapping[type[Record], Mapping[str, Quoted]]
) -> dict[type[Record], dict[str, Quoted]]:
    """Return how the records of other plans are quoted at which those ``found`` point; ``here`` are the plan's own."""
    wanted: dict[type[Record], set[str]] = defaultdict(set)
    for model, uid in pointed_at(found):
        if uid not in here[model]:
            wanted[model].add(uid)
    return {model: _quoted(model, uids) for model, uids in wanted.items()}


def _quoted(model: type[Record], uids: Iterable[str]) -> dict[str, Quoted]:
    names = ("uid", *columns_of(model))
    query = model.select(*(model._meta.fields[name] for name in names))
    many = [row for some in portions(uids) for row in rows(query.where(model.uid.in_(some)))]
    return {row[0]: quoted_of(model, dict(zip(names, row, strict=True))) for row in many}


def _plan_rows(plan: str) -> Rows:
    areas = DevelopmentArea.select(DevelopmentArea.uid).where(DevelopmentArea.plan == plan)
    objectives = StepObjective.select(StepObjective.uid).where(StepObjective.area.in_(areas))
    actions = Action.select(Action.uid).where(Action.objective.in_(objectives))
    measures = OutcomeMeasure.select(OutcomeMeasure.uid).where(OutcomeMeasure.action.in_(actions))
    sources = Source.select(Source.uid).where(Source.plan == plan)
    runs = ChecklistRun.select(ChecklistRun.uid).where(ChecklistRun.plan == plan)
    items = ChecklistItem.select(ChecklistItem.uid).where(ChecklistItem.run.in_(runs))
    entries = RegisterEntry.select(RegisterEntry.uid).where(RegisterEntry.plan == plan)
    wanted: list[tuple[Any, Any]] = [
        (Plan, Plan.uid == plan),
        (StepObjective, StepObjective.area.in_(areas)),
        (Action, Action.objective.in_(objectives)),
        (SourceRow, SourceRow.source.in_(sources)),
        (ChecklistItem, ChecklistItem.run.in_(runs)),
        (NextAction, NextAction.item.in_(items)),
        (EntryLink, EntryLink.entry.in_(entries)),
    ]
    wanted += [(model, model.plan == plan) for model in _OF_THE_PLAN]
    wanted += [(model, model.action.in_(actions)) for model in _OF_ACTIONS]
    found = {model: _rows(model, condition) for model, condition in wanted}
    taken = as_taken(Reading.select().where(Reading.measure.in_(measures)))
    return found | {Reading: _named(Reading, taken), ContactMethod: []}


class _Roster:
    """Everybody with what ties them together and what is kept of them outside all plans.

    ``rules_elsewhere`` are the groups of rules about other plans, one for each rule.
    """

    def __init__(self, plan: str, areas: set[str]) -> None:
        self._parties = _rows(Party, Party.merged_into.is_null())
        self._ties = {model: _rows(model) for model in (Tenure, Alternate, Membership)}
        self._rules: list[Row] = []
        self.rules_elsewhere: list[str] = []
        for row in _rows(MembershipRule):
            if row["plan"] in {None, plan} and row["area"] in {None, *areas}:
                self._rules.append(row)
            else:
                self.rules_elsewhere.append(row["group"])
        self._runs = _rows(ChecklistRun, ChecklistRun.plan.is_null())
        outside = ChecklistRun.select(ChecklistRun.uid).where(ChecklistRun.plan.is_null())
        self._items = _rows(ChecklistItem, ChecklistItem.run.in_(outside))
        items = ChecklistItem.select(ChecklistItem.uid).where(ChecklistItem.run.in_(outside))
        self._steps = _rows(NextAction, NextAction.item.in_(items))
        self._entries = _rows(RegisterEntry, RegisterEntry.plan.is_null())
        entries = RegisterEntry.select(RegisterEntry.uid).where(RegisterEntry.plan.is_null())
        self._links = _rows(EntryLink, EntryLink.entry.in_(entries))
        self._beside = self._neighbours()

    def used(self, named: set[Any]) -> set[str]:
        """Return the parties named, and those without whom they would not be understood.

        An organisation for whoever belongs to it, the post above a post, the holders and alternates of a post and the
        posts of a person, the members of a group and the organisations of its rules, who is named by a checklist
        about somebody, and each group whose members are all here (such as a notification list).
        """
        used: set[str] = set()
        fresh = named - {None}
        while fresh:
            used |= fresh
            near = {there for here in fresh for there in self._beside[here]}
            fresh = (near - used) or (self._whole_groups(used) - used)
        return used

    def kept_of(self, used: set[str]) -> Rows:
        """Return the rows of these parties and of what is kept of them, but for contacts and communications."""
        runs = [row for row in self._runs if _whose(row) in used]
        items = _under(self._items, "run", runs)
        entries = [row for row in self._entries if row["party"] in used]
        return {
            Party: [row for row in self._parties if row["uid"] in used],
            Tenure: [row for row in self._ties[Tenure] if row["post"] in used],
            Alternate: [row for row in self._ties[Alternate] if row["post"] in used],
            Membership: [row for row in self._ties[Membership] if row["group"] in used],
            MembershipRule: [row for row in self._rules if row["group"] in used],
            ChecklistRun: runs,
            ChecklistItem: items,
            NextAction: _under(self._steps, "item", items),
            RegisterEntry: entries,
            EntryLink: _under(self._links, "entry", entries),
        }

    def _neighbours(self) -> Mapping[str, set[Any]]:
        beside: dict[str, set[Any]] = defaultdict(set)
        for row in self._parties:
            beside[row["uid"]] |= {row["organisation"], row["reports_to"]}
        for row in self._ties[Tenure]:
            beside[row["post"]].add(row["person"])
            beside[row["person"]].add(row["post"])
        for model, here, there in ((Alternate, "post", "person"), (Membership, "group", "member")):
            for row in self._ties[model]:
                beside[row[here]].add(row[there])
        for row in self._rules:
            beside[row["group"]].add(row["organisation"])
        whose = {row["uid"]: _whose(row) for row in self._runs}
        for row in self._runs:
            beside[whose[row["uid"]]] |= {row["post"], row["group"]}
        for row in self._items:
            beside[whose[row["run"]]].add(row["party"])
        for many in beside.values():
            many.discard(None)
        return beside

    def _whole_groups(self, used: set[str]) -> set[str]:
        audiences = {row["audience"] for row in self._parties if row["uid"] in used}
        near = {row["group"] for row in self._ties[Membership] if row["member"] in used}
        near |= {row["group"] for row in self._rules if _is_near(row, used, audiences)}
        return near - {row["group"] for row in self._ties[Membership] if row["member"] not in used}


def _is_near(rule: Row, used: set[str], audiences: set[str]) -> bool:
    """Whether a rule is about this plan, about somebody who is here, or about a role in any plan."""
    if rule["plan"] or rule["area"]:
        return True
    if rule["organisation"]:
        return rule["organisation"] in used
    return not rule["audience"] or rule["audience"] in audiences


def _under(many: list[Row], owner: str, owners: list[Row]) -> list[Row]:
    """Return those of ``many`` that belong to one of ``owners``."""
    uids = {row["uid"] for row in owners}
    return [row for row in many if row[owner] in uids]


def _whose(run: Row) -> str:
    """Whom a checklist outside all plans is about, or the group that it calls; nobody, if it names neither."""
    return run["party"] or run["group"] or ""


def _rows(model: type[Record], condition: Any = None) -> list[Row]:
    """Return the rows of a table for which the condition holds; all, if it is None."""
    return _named(model, model.select() if condition is None else model.select().where(condition))


def _named(model: type[Record], query: Any) -> list[Row]:
    """Return what a query of whole rows finds, each value by its field."""
    names = [column.name for column in model._meta.sorted_fields]
    return [dict(zip(names, row, strict=True)) for row in rows(query)]
