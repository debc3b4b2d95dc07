"""The history of the stages and the register in a sample plan: assessments, what came of them, gates and entries.

Only ``samples`` calls this. A document tells how everything stands in the end; ``stages_at_start`` takes away what had
not happened when the plan began, and ``stage_steps`` gives it back, each on its own day, through the operations.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, time
from functools import cached_property
from typing import Any

from tui_plan.exchange.samples_steps import Row, Step, Telling
from tui_plan.exchange.toml_reading import PlanDocument
from tui_plan.model.base import Record, rows
from tui_plan.model.checklist import ChecklistItem, ChecklistRun, NextAction
from tui_plan.model.meeting import Meeting
from tui_plan.model.plan import Action, DevelopmentArea, Role
from tui_plan.model.register import EntryLink, RegisterEntry
from tui_plan.model.stage import Stage
from tui_plan.model.store import Author
from tui_plan.model.vocabulary import GATE_LEADS_ON, ChecklistKind, EntryKind, Gate
from tui_plan.operations.actions import edit_action
from tui_plan.operations.assessing import start_assessment
from tui_plan.operations.checklists import Template, TemplateItem, finish_checklist, say_item
from tui_plan.operations.following_up import Wanted, promote_idea, step_to_action
from tui_plan.operations.meetings import MeetingAt
from tui_plan.operations.plans import name_baseline
from tui_plan.operations.register import ENTRY_RULES, Leads, add_entry, close_entry, edit_entry
from tui_plan.operations.stages import add_stage, decide_gate, edit_stage

_MORNING, _NOON, _LATER, _EVENING, _THEN = time(8, 15), time(12, 0), time(15, 30), time(17, 0), time(17, 30)
_SETTLED, _DECIDED, _ENDED, _NAMED = time(17, 45), time(18, 0), time(18, 30), time(19, 0)
_ITEM = ("rating", "successes", "challenges", "next_steps", "evidence", "candour")
_STAGE = ("kind", "title", "cycle", "skipped_because", "scope", "leadership", "success")
_OTHERWISE = frozenset({"stage", "meeting", "area", "gate", "closed_on"})
_ENTRY = tuple(name for name in ENTRY_RULES if name not in _OTHERWISE)
_LINKED = ("action", "objective", "measure", "other")
_OF_STEP = ("purpose", "description", "start", "milestone", "core")


def stages_at_start(document: PlanDocument) -> dict[type[Record], Sequence[Row]]:
    """Return the rows of a document that are others, or fewer, when its plan began: nothing was assessed by then.

    Actions that came of a next step, and areas that came of an idea, are not there yet.
    """
    later, promoted = later_actions(document), {row["area"] for row in document.rows[RegisterEntry]}
    none: dict[type[Record], Sequence[Row]] = {
        model: [] for model in (Stage, ChecklistRun, ChecklistItem, NextAction, RegisterEntry, EntryLink)
    }
    return none | {
        Role: [row for row in document.rows[Role] if row["action"] not in later],
        DevelopmentArea: [row for row in document.rows[DevelopmentArea] if row["uid"] not in promoted],
    }


def later_actions(document: PlanDocument) -> set[str]:
    """Return the uids of the actions that came of a next step."""
    return {row["action"] for row in document.rows[NextAction]}


def stage_steps(telling: Telling) -> Iterator[Step]:
    """Yield what was assessed, decided and written into the register of a plan since it began, in no order."""
    story = _StageStory(telling.document, telling.author, telling.today, telling.made)
    yield story.named()
    for stage in telling.document.rows[Stage]:
        yield from story.staged(stage)
    for run in telling.document.rows[ChecklistRun]:
        if run["stage"]:
            yield from story.assessed(run)
    for entry in telling.document.rows[RegisterEntry]:
        yield from story.gate(entry) if entry["gate"] else story.entered(entry)


@dataclass
class _StageStory(Telling):
    """Makes the steps of one plan about its stages and its register."""

    @cached_property
    def _meetings(self) -> dict[str, MeetingAt]:
        return {row["uid"]: _meeting_at(row) for row in self.document.rows[Meeting]}

    @cached_property
    def _links(self) -> dict[str, list[Row]]:
        return _by("entry", self.document.rows[EntryLink])

    @cached_property
    def _items(self) -> dict[str, list[Row]]:
        return _by("run", self.document.rows[ChecklistItem])

    @cached_property
    def _next(self) -> dict[str, list[Row]]:
        return _by("item", self.document.rows[NextAction])

    def named(self) -> Step:
        """The plan was named as it was agreed."""
        plan = self.document.plan
        author = self.on(plan["agreed_on"], _NAMED)
        return self.step(author, name_baseline, author, plan["uid"], f"Edition {plan['version']}")

    def staged(self, stage: Row) -> Iterator[Step]:
        """A stage was written down with its attempt, was begun, and ended where no gate ended it."""
        first, plan = self._attempt_began(stage), self.document.plan["uid"]
        values = {name: stage[name] for name in _STAGE}
        yield self._making(self.on(first, _MORNING), stage["uid"], add_stage, plan, **values)
        if stage["started_on"]:
            author = self.on(stage["started_on"], _MORNING)
            yield self.step(author, self._say_day, author, stage, "started_on")
        if stage["ended_on"] and not self._ended_by_gate(stage):
            author = self.on(stage["ended_on"], _ENDED)
            yield self.step(author, self._say_day, author, stage, "ended_on")

    def assessed(self, run: Row) -> Iterator[Step]:
        """A stage was assessed, quality by quality, and actions were made of the next steps."""
        ended = run["finished_on"] or run["started_on"]
        author = self.on(run["started_on"], _MORNING, (run["party"],) if run["party"] else ())
        yield self.step(author, self._begin, author, run)
        for item in self._items[run["uid"]]:
            if any(item[name] for name in _ITEM if name != "candour"):
                author = self.on(ended, _NOON)
                yield self.step(author, self._say, author, item)
        if run["finished_on"]:
            author = self.on(ended, _EVENING)
            yield self.step(author, self._finish, author, run)
        for item in self._items[run["uid"]]:
            for link in self._next.get(item["uid"], ()):
                author = self.on(ended, _THEN)
                yield self.step(author, self._act, author, item["uid"], link["action"])

    def gate(self, entry: Row) -> Iterator[Step]:
        """Something was decided at the gate out of a stage."""
        author = self.on(entry["on"], _DECIDED)
        yield self.step(author, self._decide, author, entry)

    def entered(self, entry: Row) -> Iterator[Step]:
        """Something was written into the register, and perhaps settled later."""
        author = self.on(entry["on"], _LATER)
        yield self.step(author, self._enter, author, entry)
        if entry["closed_on"]:
            author = self.on(entry["closed_on"], _SETTLED)
            yield self.step(author, self._settle, author, entry)

    def _attempt_began(self, stage: Row) -> date:
        started = [row["started_on"] for row in self.document.rows[Stage] if row["cycle"] == stage["cycle"]]
        first: date = min((day for day in started if day), default=self.today)
        return first

    def _ended_by_gate(self, stage: Row) -> bool:
        decided = [row["gate"] for row in self.document.rows[RegisterEntry] if row["stage"] == stage["uid"]]
        return any(gate in GATE_LEADS_ON for gate in decided)

    def _say_day(self, author: Author, stage: Row, name: str) -> None:
        edit_stage(author, self.real(stage["uid"]), **{name: stage[name]})

    def _making(self, author: Author, uid: str, operation: Any, *values: Any, **named: Any) -> Step:
        """Return the step whose operation makes the record that the document calls ``uid``."""

        def make() -> None:
            self.made[uid] = operation(author, *values, **named)

        return self.step(author, make)

    def _begin(self, author: Author, run: Row) -> None:
        items = self._items[run["uid"]]
        lines = tuple(TemplateItem(item["key"], item["text"], item["section"]) for item in items)
        days = (run["due"] - run["started_on"]).days if run["due"] else None
        template = Template(run["template"], run["title"], ChecklistKind(run["kind"]), lines, days=days)
        made = start_assessment(
            author,
            template,
            self.real(run["stage"]),
            on=run["started_on"],
            party=run["party"],
            meeting=self._meeting(run),
            whole=True,
        )
        self.made[run["uid"]] = made
        found = ChecklistItem.select(ChecklistItem.uid).where(ChecklistItem.run == made)
        for item, (uid,) in zip(items, rows(found.order_by(ChecklistItem.position)), strict=True):
            self.made[item["uid"]] = uid

    def _say(self, author: Author, item: Row) -> None:
        say_item(author, self.real(item["uid"]), **{name: item[name] for name in _ITEM})

    def _finish(self, author: Author, run: Row) -> None:
        finish_checklist(author, self.real(run["uid"]), on=run["finished_on"], remarks=run["remarks"] or None)

    def _act(self, author: Author, item: str, uid: str) -> None:
        """Make an action of a next step, and say at once what else the document tells of it."""
        action = next(row for row in self.document.rows[Action] if row["uid"] == uid)
        party = next(row["party"] for row in self.document.rows[Role] if row["action"] == uid)
        assert author.at is not None
        wanted = Wanted(action["objective"], action["title"], party, action["agreed"])
        self.made[uid] = step_to_action(author, self.real(item), wanted, today=author.at.date())
        more = {name: action[name] for name in _OF_STEP if action[name]}
        edit_action(author, self.made[uid], today=author.at.date(), **more)
        for entry in self.document.rows[RegisterEntry]:
            naming = any(link.get("action") == uid for link in self._links.get(entry["uid"], ()))
            if naming and entry["uid"] in self.made:
                edit_entry(author, self.real(entry["uid"]), leads=self._leads(entry))

    def _decide(self, author: Author, entry: Row) -> None:
        self.made[entry["uid"]] = decide_gate(
            author,
            self.real(entry["stage"]),
            Gate(entry["gate"]),
            on=entry["on"],
            by=entry["party"],
            because=entry["cause"],
            conditions=entry["outcome"],
            meeting=self._meeting(entry),
        )

    def _enter(self, author: Author, entry: Row) -> None:
        values = {name: entry[name] for name in _ENTRY if not (entry["closed_on"] and name in self._only_then(entry))}
        stage = self.real(entry["stage"]) if entry["stage"] else None
        leads = self._leads(entry)
        self.made[entry["uid"]] = add_entry(author, leads, at=self._meeting(entry), stage=stage, **values)

    def _settle(self, author: Author, entry: Row) -> None:
        uid = self.real(entry["uid"])
        if entry["area"]:
            area = next(row for row in self.document.rows[DevelopmentArea] if row["uid"] == entry["area"])
            self.made[entry["area"]] = promote_idea(author, uid, on=entry["closed_on"], title=area["title"])
        else:
            said = {name: entry[name] or None for name in self._only_then(entry)}
            close_entry(author, uid, on=entry["closed_on"], **said)

    @staticmethod
    def _only_then(entry: Row) -> tuple[str, ...]:
        """Return what of an entry was said only when it was settled; of an idea that became an area, nothing."""
        if entry["area"]:
            return ()
        return ("outcome", "party") if entry["kind"] == EntryKind.ACHIEVEMENT else ("outcome",)

    def _leads(self, entry: Row) -> Leads:
        """Return what an entry is linked to, as far as it is there: an action may come of a later next step."""
        not_yet = later_actions(self.document) - self.made.keys()
        named = [(name, link[name]) for link in self._links.get(entry["uid"], ()) for name in _LINKED if link.get(name)]
        there = [(name, self.real(uid)) for name, uid in named if uid not in not_yet]
        return Leads(*(tuple(uid for field, uid in there if field == name) for name in _LINKED))

    def _meeting(self, row: Row) -> MeetingAt | None:
        return self._meetings[row["meeting"]] if row["meeting"] else None


def _meeting_at(row: Row) -> MeetingAt:
    if row.get("series"):
        return MeetingAt(series=row["series"], original=row["original_start"])
    return MeetingAt(meeting=row["uid"])


def _by(name: str, many: Iterable[Row]) -> dict[str, list[Row]]:
    found: dict[str, list[Row]] = defaultdict(list)
    for row in many:
        found[row[name]].append(row)
    return found
