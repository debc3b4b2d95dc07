"""The gate out of a stage: what it asks for, what is lacking, and what was decided. Nothing here is stored.

It asks the latest finished assessment by consensus, the lessons of the stage, and the description of what comes next.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from typing import NamedTuple

from tui_plan.insight.stages import StageLine, stage_line, stages
from tui_plan.model.base import rows
from tui_plan.model.checklist import ChecklistItem, ChecklistRun, NextAction
from tui_plan.model.meeting import Meeting
from tui_plan.model.people import Party
from tui_plan.model.register import RegisterEntry
from tui_plan.model.vocabulary import EntryKind, Gate, Rating, StageKind

_SHOWN = 3


class Criterion(NamedTuple):
    """One thing that the gate asks for, and what is lacking: short words for each, none where it is met."""

    words: str
    lacking: tuple[str, ...] = ()

    @property
    def met(self) -> bool:
        """Whether nothing is lacking."""
        return not self.lacking


class GateDecision(NamedTuple):
    """What was decided once: an entry of the register. ``meeting`` says which, ``by`` is a name; both may be empty."""

    uid: str
    number: int
    gate: str
    on: date
    by: str
    because: str
    conditions: str
    meeting: str

    @property
    def ref(self) -> str:
        """The reference that people quote."""
        return f"R-{self.number}"


class GateView(NamedTuple):
    """The gate of one stage. ``decisions`` come the latest first; ``run`` is the assessment it goes by, or nothing."""

    stage: StageLine
    run: str
    criteria: tuple[Criterion, ...]
    decisions: tuple[GateDecision, ...]

    @property
    def lacking(self) -> tuple[str, ...]:
        """What is lacking, in short sentences."""
        return tuple(_sentence(criterion) for criterion in self.criteria if not criterion.met)

    @property
    def state(self) -> Gate:
        """What was decided last; before that, whether it is open."""
        if self.decisions:
            return Gate(self.decisions[0].gate)
        return Gate.CLOSED if self.lacking else Gate.OPEN

    @property
    def overridden(self) -> tuple[GateDecision, ...]:
        """Every overriding that there ever was: it is shown whatever was decided later."""
        return tuple(decision for decision in self.decisions if decision.gate == Gate.OVERRIDDEN)


class _Item(NamedTuple):
    uid: str
    run: str
    section: str
    text: str
    rating: str
    evidence: str
    next_steps: str
    position: int


def gate_of(stage: str) -> GateView:
    """Return the gate of one stage; ``NotFound`` if the stage is gone."""
    line = stage_line(stage)
    return gates([line], stages(line.plan))[stage]


def gates_of(plan: str) -> dict[str, GateView]:
    """Return the gates of all stages of a plan, by the stage's uid."""
    found = stages(plan)
    return gates(found, found)


def gates(lines: Sequence[StageLine], of_plan: Sequence[StageLine]) -> dict[str, GateView]:
    """Return the gate of each of ``lines``; ``of_plan`` are all stages of their plan. A fixed number of questions."""
    uids = [line.uid for line in lines]
    runs = _deciding_runs(uids)
    items = _items(runs.values())
    acted = _with_action(items)
    lessons, decisions = _lessons(uids), _decisions(uids)
    return {
        line.uid: GateView(
            line,
            runs.get(line.uid, ""),
            tuple(_criteria(line, runs.get(line.uid, ""), items, acted, lessons.get(line.uid, []), of_plan)),
            tuple(decisions.get(line.uid, ())),
        )
        for line in lines
    }


def _criteria(
    line: StageLine,
    run: str,
    items: dict[str, list[_Item]],
    acted: set[str],
    lessons: list[str],
    of_plan: Sequence[StageLine],
) -> Iterator[Criterion]:
    mine = of_stage(items.get(run, []), line.kind)
    none = () if run else ("no assessment by consensus was finished",)
    yield Criterion("Every quality is rated", none or tuple(item.text for item in mine if not item.rating))
    if run:  # before that nothing is known of the other two
        yield from _of_ratings(mine, acted)
    yield Criterion("Lessons are to be kept, changed or dropped", tuple(lessons))
    if line.kind == StageKind.PILOTING:
        yield Criterion("What full implementation will mean is written down", _undescribed(line, of_plan))


def _of_ratings(items: Sequence[_Item], acted: set[str]) -> Iterator[Criterion]:
    rest = {Rating.PARTLY.value, Rating.NOT_YET.value}
    in_place = [item for item in items if item.rating == Rating.IN_PLACE]
    yield Criterion("What is in place has evidence", tuple(item.text for item in in_place if not item.evidence))
    yield Criterion(
        "The rest has a next step",
        tuple(item.text for item in items if item.rating in rest and not item.next_steps and item.uid not in acted),
    )


def of_stage(items: Sequence[_Item], kind: str) -> list[_Item]:
    """Return the items of a run that are about one kind of stage: those under its heading, all where there is none."""
    under = [item for item in items if item.section.casefold() == kind]
    return under or list(items)


def _undescribed(line: StageLine, of_plan: Sequence[StageLine]) -> tuple[str, ...]:
    full = [other for other in of_plan if other.kind == StageKind.FULL and other.cycle == line.cycle]
    if not full:
        return (f"attempt {line.cycle} has no full implementation yet: add that stage and describe it",)
    lacking = {"scope": full[0].scope, "leadership": full[0].leadership, "success measures": full[0].success}
    return tuple(f"{words} of {full[0].title}" for words, text in lacking.items() if not text)


def _deciding_runs(stages_: Sequence[str]) -> dict[str, str]:
    """Return by stage the latest finished assessment by consensus."""
    query = (
        ChecklistRun.select(ChecklistRun.stage, ChecklistRun.uid)
        .where(ChecklistRun.stage.in_(stages_) & ChecklistRun.party.is_null() & ChecklistRun.finished_on.is_null(False))
        .order_by(ChecklistRun.finished_on, ChecklistRun.number)
    )
    return dict(rows(query))


def _items(runs: Iterable[str]) -> dict[str, list[_Item]]:
    fields = [ChecklistItem._meta.fields[name] for name in _Item._fields]
    query = ChecklistItem.select(*fields).where(ChecklistItem.run.in_(list(runs))).order_by(ChecklistItem.position)
    found: dict[str, list[_Item]] = defaultdict(list)
    for row in rows(query):
        found[row[1]].append(_Item(*row))
    return found


def _with_action(items: dict[str, list[_Item]]) -> set[str]:
    uids = [item.uid for many in items.values() for item in many]
    return {uid for (uid,) in rows(NextAction.select(NextAction.item).where(NextAction.item.in_(uids)))}


def _lessons(stages_: Sequence[str]) -> dict[str, list[str]]:
    """Return by stage the titles of its lessons about which nothing was settled."""
    open_ = (RegisterEntry.kind == EntryKind.LESSON.value) & (RegisterEntry.disposition == "")
    query = (
        RegisterEntry.select(RegisterEntry.stage, RegisterEntry.title)
        .where(RegisterEntry.stage.in_(stages_) & open_)
        .order_by(RegisterEntry.number)
    )
    found: dict[str, list[str]] = defaultdict(list)
    for stage, title in rows(query):
        found[stage].append(title)
    return found


def _decisions(stages_: Sequence[str]) -> dict[str, list[GateDecision]]:
    query = (
        RegisterEntry.select(
            RegisterEntry.stage,
            RegisterEntry.uid,
            RegisterEntry.number,
            RegisterEntry.gate,
            RegisterEntry.on,
            Party.name,
            RegisterEntry.cause,
            RegisterEntry.outcome,
            Meeting.title,
            Meeting.start,
        )
        .left_outer_join(Party, on=(RegisterEntry.party == Party.uid))
        .switch(RegisterEntry)
        .left_outer_join(Meeting, on=(RegisterEntry.meeting == Meeting.uid))
        .where(RegisterEntry.stage.in_(stages_) & (RegisterEntry.gate != ""))
        .order_by(RegisterEntry.on.desc(), RegisterEntry.number.desc())
    )
    found: dict[str, list[GateDecision]] = defaultdict(list)
    for stage, *head, by, because, conditions, title, start in rows(query):
        found[stage].append(GateDecision(*(*head, by or "", because, conditions, meeting_words(title, start))))
    return found


def meeting_words(title: str | None, start: datetime | None) -> str:
    """Return how a meeting is named in a line: its title and day; nothing where there is none."""
    return f"{title} of {start:%Y-%m-%d}" if title and start is not None else ""


def _sentence(criterion: Criterion) -> str:
    shown = ", ".join(f"“{text[:50].rstrip()}…”" if len(text) > 50 else text for text in criterion.lacking[:_SHOWN])
    more = len(criterion.lacking) - _SHOWN
    return f"{criterion.words}: {shown}" + (f" and {more} more" if more > 0 else "")
