"""The history of the people in a sample plan: who came and left, agreed, was told and heard, and was brought in.

Only ``samples`` calls this. A document tells how everything stands in the end; ``as_at_start`` takes away what had not
happened when the plan began, and ``people_steps`` gives it back, each on its own day, through the operations. That an
agreement lapsed is not told again: the operations find it out.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, time, timedelta
from typing import Any

from tui_plan.exchange.samples_steps import Row, Step, Telling
from tui_plan.exchange.toml_reading import PlanDocument
from tui_plan.model.base import Record, rows
from tui_plan.model.checklist import ChecklistItem, ChecklistRun
from tui_plan.model.partnership import Agreement, Communication
from tui_plan.model.people import ContactMethod, Party, Tenure
from tui_plan.model.plan import Plan
from tui_plan.model.vocabulary import AgreementState, ChecklistKind, Direction, Rating
from tui_plan.operations.agreements import record_agreement
from tui_plan.operations.checklists import (
    About,
    Template,
    TemplateItem,
    finish_checklist,
    say_item,
    start_checklist,
    start_drill,
    tick_item,
)
from tui_plan.operations.communications import record_communication
from tui_plan.operations.contacts import edit_contact
from tui_plan.operations.lapsing import major
from tui_plan.operations.people import edit_party
from tui_plan.operations.plans import edit_plan
from tui_plan.operations.posts import add_tenure, edit_tenure

_WEEK = timedelta(weeks=1)
_ANNOUNCED = timedelta(weeks=26)
"""How long before somebody leaves a post they say so."""

_MORNING, _NOON, _LATER, _EVENING = time(8, 30), time(12, 0), time(15, 30), time(17, 0)
_ANSWER = ("state", "on", "channel", "evidence", "reservations")
_SAID = ("direction", "on", "channel", "words", "plan")
_ITEM = ("rating", "at", "channel", "successes", "challenges", "next_steps")
_LATER_RECORDS: tuple[type[Record], ...] = (Agreement, Communication, ChecklistRun, ChecklistItem)


def as_at_start(document: PlanDocument) -> dict[type[Record], Sequence[Row]]:
    """Return the rows of a document about people as they stood when its plan began."""
    start = document.plan["start"]

    def until(day: date, model: type[Record], name: str) -> list[Row]:
        return [row | {name: None} if _after(row[name], day) else row for row in document.rows[model]]

    found: dict[type[Record], Sequence[Row]] = {model: [] for model in _LATER_RECORDS}
    held, first = until(start + _ANNOUNCED, Tenure, "end"), _first_version(document)
    begun = {} if first == document.plan["version"] else {"version": first, "agreed_on": None}
    return found | {
        Plan: [document.plan | begun],
        Party: until(start, Party, "left_on"),
        ContactMethod: until(start, ContactMethod, "verified_on"),
        Tenure: [row for row in held if not _after(row["start"], start)],
    }


def people_steps(telling: Telling) -> Iterator[Step]:
    """Yield everything that happened to the people of a plan since it began, in no order."""
    document = telling.document
    story = _PeopleStory(document, telling.author, telling.today, telling.made)
    if _first_version(document) != document.plan["version"]:
        yield story.edition()
    for answers in _alike(document.rows[Agreement], ("version", *_ANSWER)):
        yield story.answered(answers)
    for many in _alike(document.rows[Communication], _SAID):
        yield story.communicated(many)
    for run in document.rows[ChecklistRun]:
        if not run["stage"]:
            yield from story.checked(run)
    yield from story.came_and_went()


def _first_version(document: PlanDocument) -> str:
    """Return the edition with which the plan began: the earliest that anybody was asked about."""
    asked = [row["version"] for row in document.rows[Agreement]]
    earlier = [version for version in asked if major(version) != major(document.plan["version"])]
    return min(earlier, default=str(document.plan["version"]))


def _after(day: date | None, start: date) -> bool:
    return day is not None and day > start


def _alike(many: Iterable[Row], names: Sequence[str]) -> list[list[Row]]:
    """Return the rows in lists of those that say the same: they were written in one change."""
    found: dict[tuple[Any, ...], list[Row]] = defaultdict(list)
    for row in many:
        found[tuple(row[name] for name in names)].append(row)
    return list(found.values())


@dataclass
class _PeopleStory(Telling):
    """Makes the steps of one plan about its people; ``_runs`` and ``_items`` are those of checklists begun."""

    _items: dict[str, str] = field(default_factory=dict)
    _runs: dict[str, str] = field(default_factory=dict)

    def edition(self) -> Step:
        """The partners agreed on the present edition."""
        plan, day = self.document.plan, self.document.plan["agreed_on"]
        author = self.on(day, _MORNING)
        return self.step(author, edit_plan, author, plan["uid"], version=plan["version"], agreed_on=day)

    def answered(self, answers: list[Row]) -> Step:
        """Officials who gave the same answer on the same day; what lapsed later was agreed to first."""
        values = {name: answers[0][name] for name in _ANSWER}
        if values["state"] == AgreementState.LAPSED:
            given = AgreementState.RESERVED if values["reservations"] else AgreementState.AGREED
            values["state"] = given.value
        said = values["state"] != AgreementState.ASKED
        parties = [row["party"] for row in answers]
        author = self.on(values["on"], _NOON, parties if said else (), values["channel"])
        return self.step(author, record_agreement, author, answers[0]["plan"], parties, today=values["on"], **values)

    def communicated(self, many: list[Row]) -> Step:
        """Several people were told the same, or somebody was heard from."""
        parties, values = [row["party"] for row in many], {name: many[0][name] for name in _SAID[1:]}
        direction = Direction(many[0]["direction"])
        heard = parties if direction is Direction.HEARD else ()
        author = self.on(values["on"], _LATER, heard, values["channel"])
        return self.step(author, record_communication, author, parties, direction, today=values["on"], **values)

    def checked(self, run: Row) -> Iterator[Step]:
        """A checklist was begun, gone through, and perhaps finished."""
        items = [item for item in self.document.rows[ChecklistItem] if item["run"] == run["uid"]]
        yield self.step(self.on(run["started_on"], _MORNING), self._begin, run, items)
        for item in items:
            if item["rating"]:
                yield self.step(self.on(self._said_on(item, run), _NOON), self._say, run, item)
        if run["finished_on"]:
            yield self.step(self.on(run["finished_on"], _EVENING), self._finish, run)

    def came_and_went(self) -> Iterator[Step]:
        """Who took over or left a post, who left the partnership, and whose address was tried and found right."""
        start, latest = self.document.plan["start"], self.today - _WEEK
        for row in self.document.rows[Tenure]:
            if _after(row["start"], start):
                author = self.on(min(row["start"], latest), _LATER)
                values = {name: row[name] for name in ("start", "end", "acting")}
                yield self.step(author, add_tenure, author, row["post"], row["person"], **values)
            elif _after(row["end"], start + _ANNOUNCED):
                author = self.on(min(row["end"] - _ANNOUNCED, latest), _NOON)
                yield self.step(author, edit_tenure, author, row["uid"], end=row["end"])
        for party in self.document.rows[Party]:
            if _after(party["left_on"], start):
                author = self.on(min(party["left_on"], latest), _EVENING)
                yield self.step(author, edit_party, author, party["uid"], left_on=party["left_on"])

        for contact in self.document.rows[ContactMethod]:
            if _after(contact["verified_on"], start):
                author = self.on(contact["verified_on"], _EVENING)
                yield self.step(author, edit_contact, author, contact["uid"], verified_on=contact["verified_on"])

    def _begin(self, run: Row, items: list[Row]) -> None:
        author = self.on(run["started_on"], _MORNING)
        if run["kind"] == ChecklistKind.DRILL:
            called = [item["party"] for item in items]
            made = start_drill(author, run["group"], called, on=run["started_on"], plan=run["plan"])
        else:
            lines = tuple(TemplateItem(item["key"], item["text"], item["section"]) for item in items)
            days = (run["due"] - run["started_on"]).days if run["due"] else None
            template = Template(run["template"], run["title"], ChecklistKind(run["kind"]), lines, days=days)
            about = About(*(run[name] for name in About._fields))
            made = start_checklist(author, template, about, on=run["started_on"])
        found = rows(
            ChecklistItem.select(ChecklistItem.uid).where(ChecklistItem.run == made).order_by(ChecklistItem.position)
        )
        self._runs[run["uid"]] = made
        self._items |= {item["uid"]: uid for item, (uid,) in zip(items, found, strict=True)}

    def _say(self, run: Row, item: Row) -> None:
        author, uid = self.on(self._said_on(item, run), _NOON), self._items[item["uid"]]
        values = {name: item[name] for name in _ITEM if item[name]}
        if values["rating"] == Rating.IN_PLACE and values.keys() <= {"rating", "at", "channel"} and item["at"]:
            tick_item(author, uid, at=item["at"], channel=item["channel"])
        else:
            say_item(author, uid, **values)

    def _finish(self, run: Row) -> None:
        author = self.on(run["finished_on"], _EVENING)
        finish_checklist(author, self._runs[run["uid"]], on=run["finished_on"], remarks=run["remarks"] or None)

    def _said_on(self, item: Row, run: Row) -> date:
        day: date = run["finished_on"] or min(run["due"] or run["started_on"], self.today - _WEEK)
        return item["at"].date() if item["at"] else day
