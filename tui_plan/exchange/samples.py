"""The sample plans that travel with the program, moved so that today lies in their middle, with their history.

``load_samples`` imports each plan as it stood at its start, and then replays what its file tells, each on its own day
and on the word of whoever said it: so the ledger of the samples is one that a coordinator could have written.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from typing import Any

from tui_plan.exchange.samples_people import as_at_start, people_steps
from tui_plan.exchange.samples_stages import later_actions, stage_steps, stages_at_start
from tui_plan.exchange.samples_steps import Row, Step, Telling
from tui_plan.exchange.toml_importing import import_toml
from tui_plan.exchange.toml_reading import PlanDocument, read_toml
from tui_plan.model.base import DayField, MomentField, Record, database
from tui_plan.model.errors import Refused
from tui_plan.model.meeting import Meeting, MeetingSeries
from tui_plan.model.plan import Action, Checkpoint, Note, Plan, Reading
from tui_plan.model.recurrence import occurrences
from tui_plan.model.store import Author
from tui_plan.model.vocabulary import Candour, Channel, Status
from tui_plan.operations.actions import edit_action, record_progress
from tui_plan.operations.meetings import set_occurrence
from tui_plan.operations.parts import add_note, add_reading, edit_checkpoint
from tui_plan.resources import resource_folder

SAMPLES = ("community-resilience", "university-quality", "district-partner-schools")
_WEEK = timedelta(weeks=1)
_MORNING, _LATER = time(7, 30), time(15, 0)
_AT_THE_START: dict[str, Any] = {
    "status": Status.NOT_STARTED.value,
    "confidence": "",
    "confidence_reason": "",
    "forecast": None,
    "actual": None,
}


def sample_document(name: str, today: date) -> PlanDocument:
    """Return a sample plan with all dates moved by whole weeks, so that ``today`` is in its middle."""
    document = read_toml((resource_folder("sample_data") / f"{name}.toml").read_bytes())
    middle = document.plan["start"] + (document.plan["end"] - document.plan["start"]) / 2
    weeks = (today - middle) // _WEEK * _WEEK
    moved = {model: [_moved(model, row, weeks) for row in many] for model, many in document.rows.items()}
    return replace(document, rows=moved)


def load_samples(author: Author, today: date) -> list[str]:
    """Write all sample plans with their history into the open, empty database; return the plans' uids.

    Raises ``Refused`` where there are plans already.
    """
    if Plan.select().exists():
        raise Refused("There are plans here already. Open the samples in a database of their own: 'tui-plan demo'.")
    stories = [_Story(author, sample_document(name, today), today) for name in SAMPLES]
    steps = sorted((step for story in stories for step in story.steps()), key=lambda step: step.at)
    with database.atomic():
        for step in steps:
            step.take()
    return [story.document.plan["uid"] for story in stories]


class _Story:
    """What one document tells, as steps: the plan as it began, and each thing that was said or done since."""

    def __init__(self, author: Author, document: PlanDocument, today: date) -> None:
        self.document = document
        self._author = author
        self._today = today
        self._made: dict[str, str] = {}
        self._notes: dict[str | None, list[Row]] = {}
        for note in document.rows[Note]:
            self._notes.setdefault(note.get("action"), []).append(note)

    def steps(self) -> Iterator[Step]:
        """Yield all steps, in no order; those of one day keep the order in which they come."""
        rows = self.document.rows
        yield self._begin()
        for action in rows[Action]:
            yield from self._of_action(action)
        for note in self._notes.get(None, []):
            yield self._plan_note(note)
        for checkpoint in rows[Checkpoint]:
            if checkpoint["held_on"]:
                yield self._held(checkpoint)
        for reading in rows[Reading]:
            yield self._read(reading)
        for meeting in rows[Meeting]:
            if meeting.get("series"):
                yield self._met(meeting)
        telling = Telling(self.document, self._author, self._today, self._made)
        yield from people_steps(telling)
        yield from stage_steps(telling)

    def _begin(self) -> Step:
        rows: dict[type[Record], Sequence[Row]] = dict(self.document.rows)
        later = later_actions(self.document)
        there = [row for row in rows[Action] if row["uid"] not in later]
        rows[Action] = [row | _AT_THE_START | {"agreed": row["baseline"]} for row in there]
        rows[Checkpoint] = [row | {"held_on": None, "result": ""} for row in rows[Checkpoint]]
        rows[Meeting] = [row for row in rows[Meeting] if not row.get("series")]
        rows |= as_at_start(self.document) | stages_at_start(self.document)
        rows[Note] = rows[Reading] = []
        at = datetime.combine(self.document.plan["start"], _MORNING)
        document = replace(self.document, rows=rows)
        author = replace(self._author, at=at)
        return Step(at, lambda: import_toml(author, document, today=self._today))

    def _of_action(self, action: Row) -> Iterator[Step]:
        if action["agreed"] != action["baseline"]:
            day = min(action["baseline"] - _WEEK, self._today - _WEEK)
            author = self._coordinator(day)
            yield self._on_action(author, edit_action, action["uid"], today=day, agreed=action["agreed"])
        status, notes = action["status"], self._notes.get(action["uid"], [])
        last = max((note["said_on"] for note in notes), default=self._today - _WEEK)
        told: dict[date, Row] = {}
        if status in {Status.IN_PROGRESS, Status.COMPLETE}:
            told[action["start"] or self.document.plan["start"]] = {"status": Status.IN_PROGRESS.value}
        if action["confidence"] or action["forecast"]:
            names = ("confidence", "confidence_reason", "forecast")
            told.setdefault(last, {}).update({name: action[name] for name in names if action[name]})
        if status == Status.COMPLETE:
            told[action["actual"]] = {"status": status, "actual": action["actual"]}
        elif status in {Status.DEFERRED, Status.WITHDRAWN}:
            told.setdefault(last, {})["status"] = status
        yield from self._progress(action["uid"], told, notes)

    def _progress(self, action: str, told: dict[date, Row], notes: list[Row]) -> Iterator[Step]:
        """Yield one step for each day on which something was told; what changed came with the first note of its day."""
        for note in notes:
            day = note["said_on"]
            values = told.pop(day, {}) | {"note": note["text"], "candour": Candour(note["candour"]), "said_on": day}
            author = self._speaker(note)
            yield self._on_action(author, record_progress, action, today=day, **values)
        for day, values in told.items():
            author = self._coordinator(day)
            yield self._on_action(author, record_progress, action, today=day, **values)

    def _plan_note(self, note: Row) -> Step:
        author, candour = self._speaker(note), Candour(note["candour"])
        return self._step(
            author, add_note, author, note["text"], today=note["said_on"], plan=note["plan"], candour=candour
        )

    def _held(self, checkpoint: Row) -> Step:
        author = self._coordinator(checkpoint["held_on"], _LATER)
        values = {name: checkpoint[name] for name in ("held_on", "result")}
        return self._step(author, edit_checkpoint, author, checkpoint["uid"], **values)

    def _read(self, reading: Row) -> Step:
        author = self._coordinator(reading["taken_on"], _LATER)
        values = {name: reading[name] for name in ("taken_on", "value", "remark", "evidence")}
        return self._step(author, add_reading, author, reading["measure"], **values)

    def _met(self, meeting: Row) -> Step:
        """A meeting was held on its day; that it would move or not take place was said a week before."""
        held = meeting["status"] == "held"
        day = meeting["start"].date() if held else meeting["original_start"].date() - _WEEK
        author = self._coordinator(min(day, self._today - timedelta(days=1)), _LATER)
        values = {name: meeting[name] for name in ("start", "place", "status")}
        return self._step(author, set_occurrence, author, meeting["series"], meeting["original_start"], **values)

    def _speaker(self, note: Row) -> Author:
        return replace(
            self._author,
            said_by=note["said_by"] or "",
            said_by_name=note["said_by_name"],
            channel=note["channel"],
            at=datetime.combine(note["said_on"], _LATER),
        )

    def _coordinator(self, day: date, hour: time = _MORNING) -> Author:
        return replace(self._author, channel=Channel.OWN, at=datetime.combine(day, hour) + timedelta(hours=1))

    def _on_action(self, author: Author, operation: Callable[..., object], action: str, **named: Any) -> Step:
        """Return the step about an action, which may have another uid by the time it is taken."""
        assert author.at is not None
        return Step(author.at, lambda: operation(author, self._made.get(action, action), **named))

    def _step(self, author: Author, operation: Callable[..., object], *values: Any, **named: Any) -> Step:
        assert author.at is not None
        return Step(author.at, lambda: operation(*values, **named))


def _moved(model: type[Record], row: Row, weeks: timedelta) -> Row:
    fields = model._meta.fields
    moved = {
        name: value + weeks
        for name, value in row.items()
        if value is not None and isinstance(fields[name], DayField | MomentField)
    }
    if model is MeetingSeries:
        moved["start_day"] = _on_rule(row | moved)
    return row | moved


def _on_rule(series: Row) -> date:
    """Return the first day of a series that its rule allows, which a move by weeks may have left (the first Friday)."""
    start = datetime.combine(series["start_day"], time.fromisoformat(series["start_time"]))
    return occurrences(series["rule"], start, start, start + timedelta(days=366), 1)[0].date()
