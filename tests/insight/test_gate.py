"""The gate out of a stage: what it asks for, against a plain count of the rows; open exactly when nothing lacks."""

from collections.abc import Mapping
from contextlib import suppress
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.assessing_steps import PILOT_KEYS, assess, item_of
from tests.model.replay import Content, tables
from tests.people_world import TODAY, PeopleWorld, taken_back, typed
from tests.properties import IN_A_WORLD
from tui_plan.insight.gate import gate_of, gates_of
from tui_plan.insight.stages import stages
from tui_plan.model.as_of import as_of
from tui_plan.model.checklist import NextAction
from tui_plan.model.errors import InvalidInput, NotFound, Refused
from tui_plan.model.store import change
from tui_plan.model.vocabulary import Disposition, EntryKind, Gate, Rating, StageKind
from tui_plan.operations.checklists import finish_checklist
from tui_plan.operations.meetings import MeetingAt, add_meeting
from tui_plan.operations.register import add_entry, edit_entry
from tui_plan.operations.stages import add_stage, decide_gate, edit_stage

ME = typed(TODAY)
BEGAN = date(2026, 1, 12)
IN_PLACE, PARTLY, NOT_YET, NOT_APPLICABLE = (rating.value for rating in Rating)
SHOWN = {"rating": IN_PLACE, "evidence": "Minutes"}

said = st.fixed_dictionaries(
    {
        "rating": st.sampled_from([IN_PLACE, IN_PLACE, PARTLY, NOT_YET, NOT_APPLICABLE, ""]),
        "evidence": st.sampled_from(["Minutes", "Minutes", ""]),
        "next_steps": st.sampled_from(["Ask", ""]),
    }
)
runs = st.lists(
    st.tuples(
        st.integers(0, 9),
        st.booleans(),
        st.booleans(),
        st.dictionaries(st.sampled_from(PILOT_KEYS), said),
        st.booleans(),
    ),
    max_size=4,
    unique_by=(lambda run: run[:2],),
)
"""Days before today, whether a partner's, whether finished, what is said, whether a step has become an action."""
lessons = st.lists(st.sampled_from(["", *Disposition]), max_size=2)
described = st.none() | st.fixed_dictionaries(
    {name: st.sampled_from(["Words", "Words", ""]) for name in ("scope", "leadership", "success")}
)


@pytest.fixture
def pilot(world: PeopleWorld) -> str:
    return add_stage(ME, world.plan, kind=StageKind.PILOTING, started_on=BEGAN)


@pytest.fixture
def full(world: PeopleWorld) -> str:
    """Full implementation is written down."""
    return add_stage(ME, world.plan, kind=StageKind.FULL, scope="All", leadership="The mayor", success="300")


@pytest.fixture
def meeting(world: PeopleWorld) -> MeetingAt:
    start = datetime.fromisoformat("2026-03-10T10:00")
    return MeetingAt(add_meeting(ME, world.plan, title="Review", start=start, timezone="Europe/London"))


def lacking(stage: str) -> dict[str, tuple[str, ...]]:
    return {criterion.words: criterion.lacking for criterion in gate_of(stage).criteria if not criterion.met}


def test_nothing_is_open_before_anything_was_said(pilot: str) -> None:
    assert lacking(pilot) == {
        "Every quality is rated": ("no assessment by consensus was finished",),
        "What full implementation will mean is written down": (
            "attempt 1 has no full implementation yet: add that stage and describe it",
        ),
    }
    assert (gate_of(pilot).state, gate_of(pilot).run) == (Gate.CLOSED, "")
    with pytest.raises(NotFound, match="This stage is no longer there"):
        gate_of("nothing")


def test_each_criterion_names_what_is_lacking(pilot: str, full: str) -> None:
    run = assess(pilot, {"leaders": {"rating": IN_PLACE}, "staff": {"rating": PARTLY}})
    assert gate_of(pilot).run == run
    assert lacking(pilot) == {
        "Every quality is rated": ("Data shows whether it works",),
        "What is in place has evidence": ("Leaders stand behind the pilot",),
        "The rest has a next step": ("Staff know what to do",),
    }
    assert gate_of(pilot).lacking == (
        "Every quality is rated: Data shows whether it works",
        "What is in place has evidence: Leaders stand behind the pilot",
        "The rest has a next step: Staff know what to do",
    )
    assert "What full implementation will mean is written down" not in lacking(full), "only the pilot asks for it"


def test_a_latter_assessment_by_consensus_goes_before_and_a_partners_never(
    world: PeopleWorld, pilot: str, full: str
) -> None:
    assert full
    assess(pilot, dict.fromkeys(PILOT_KEYS, SHOWN), party=world.college)
    assert gate_of(pilot).state == Gate.CLOSED
    assess(pilot, dict.fromkeys(PILOT_KEYS, SHOWN), on=TODAY - timedelta(days=9))
    assert gate_of(pilot).state == Gate.OPEN
    run = assess(pilot, {}, on=TODAY - timedelta(days=5), finished=False)
    assert gate_of(pilot).state == Gate.OPEN, "what is not finished yet changes nothing"
    last = assess(pilot, {}, on=TODAY)
    assert run != gate_of(pilot).run == last
    assert gate_of(pilot).state == Gate.CLOSED


def test_what_was_finished_last_counts_though_it_was_begun_first(pilot: str, full: str) -> None:
    assert full
    long = assess(pilot, dict.fromkeys(PILOT_KEYS, SHOWN), on=TODAY - timedelta(days=9), finished=False)
    assess(pilot, {}, on=TODAY - timedelta(days=1))
    assert gate_of(pilot).state == Gate.CLOSED
    finish_checklist(ME, long, on=TODAY)
    assert (gate_of(pilot).state, gate_of(pilot).run) == (Gate.OPEN, long)


def test_each_attempt_writes_down_its_own_full_implementation(world: PeopleWorld, pilot: str, full: str) -> None:
    assert full
    again = add_stage(ME, world.plan, kind=StageKind.PILOTING, cycle=2)
    for stage in (pilot, again):
        assess(stage, dict.fromkeys(PILOT_KEYS, SHOWN))
    assert gate_of(pilot).state == Gate.OPEN
    (sentence,) = gate_of(again).lacking
    assert "attempt 2 has no full implementation yet" in sentence


def test_a_whole_assessment_is_asked_only_for_what_is_under_the_stage(pilot: str, full: str) -> None:
    assess(pilot, dict.fromkeys(PILOT_KEYS, SHOWN), whole=True)
    assert gate_of(pilot).state == Gate.OPEN
    assess(full, dict.fromkeys(PILOT_KEYS, SHOWN), whole=True)
    assert lacking(full) == {"Every quality is rated": ("All sites take part",)}


def test_an_action_stands_for_a_next_step_and_a_lesson_waits_for_its_disposition(
    world: PeopleWorld, pilot: str, full: str
) -> None:
    assert full
    run = assess(pilot, {"leaders": SHOWN, "data": {"rating": NOT_APPLICABLE}, "staff": {"rating": NOT_YET}})
    assert lacking(pilot) == {"The rest has a next step": ("Staff know what to do",)}
    with change(ME, "Linked") as writer:
        writer.create(NextAction, item=item_of(run, "staff"), action=world.train)
    assert gate_of(pilot).state == Gate.OPEN
    lesson = add_entry(ME, kind=EntryKind.LESSON, title="Ask early", on=TODAY, stage=pilot)
    add_entry(ME, kind=EntryKind.LESSON, title="Of no stage", on=TODAY)
    assert lacking(pilot) == {"Lessons are to be kept, changed or dropped": ("Ask early",)}
    edit_entry(ME, lesson, disposition=Disposition.DROP)
    assert gate_of(pilot).state == Gate.OPEN


def test_what_is_lacking_is_said_in_few_words(world: PeopleWorld, pilot: str, full: str) -> None:
    assert full
    assess(pilot, dict.fromkeys(PILOT_KEYS, SHOWN))
    for place in range(5):
        add_entry(ME, kind=EntryKind.LESSON, title=f"{place} " + "words " * 20, on=TODAY, stage=pilot)
    (sentence,) = gate_of(pilot).lacking
    assert sentence.count("…") == 3
    assert sentence.endswith(" and 2 more")
    assert len(sentence) < 250


def test_all_gates_of_a_plan_are_those_of_its_stages(world: PeopleWorld, pilot: str, full: str) -> None:
    assess(pilot, dict.fromkeys(PILOT_KEYS, SHOWN))
    assess(full, {})
    assert gates_of(world.plan) == {line.uid: gate_of(line.uid) for line in stages(world.plan)}


def test_the_latest_decision_counts_and_the_last_written_of_one_day(pilot: str, meeting: MeetingAt) -> None:
    first = decide_gate(ME, pilot, Gate.NOT_PASSED, on=TODAY, meeting=meeting)
    second = decide_gate(ME, pilot, Gate.NOT_PASSED, on=TODAY, meeting=meeting)
    earlier = decide_gate(ME, pilot, Gate.NOT_PASSED, on=BEGAN, meeting=meeting)
    assert [one.uid for one in gate_of(pilot).decisions] == [second, first, earlier]
    assert gate_of(pilot).overridden == ()


def test_a_gate_can_be_looked_at_as_it_was(world: PeopleWorld, pilot: str, full: str) -> None:
    assert full
    assess(pilot, dict.fromkeys(PILOT_KEYS, SHOWN))
    later = typed(TODAY + timedelta(days=3))
    decide_gate(later, pilot, Gate.OVERRIDDEN, on=TODAY, by=world.ben, because="The money ends")
    edit_stage(later, pilot, scope="Two sites")
    add_entry(later, kind=EntryKind.LESSON, title="Ask early", on=TODAY, stage=pilot)
    now = gate_of(pilot)
    with as_of(datetime.fromisoformat("2026-03-17T12:00")):
        then = gate_of(pilot)
    assert (then.state, now.state) == (Gate.OPEN, Gate.OVERRIDDEN)
    assert (then.stage.ended_on, then.stage.scope, then.decisions) == (None, "", ())
    assert len(now.lacking) == 1
    assert gate_of(pilot) == now


@settings(IN_A_WORLD, max_examples=30)
@given(runs, lessons, described)
def test_the_criteria_are_a_plain_count_of_the_rows(
    world: PeopleWorld,
    pilot: str,
    meeting: MeetingAt,
    assessed: list[tuple[int, bool, bool, dict[str, dict[str, str]], bool]],
    learned: list[str],
    words: dict[str, str] | None,
) -> None:
    with taken_back():
        build(world, pilot, assessed, learned, words)
        now = tables()
        found = [len(criterion.lacking) for criterion in gate_of(pilot).criteria]
        assert found == naive(now, pilot)
        assert (gate_of(pilot).state == Gate.OPEN) == (sum(found) == 0)
        passed = False
        with suppress(Refused):
            decide_gate(ME, pilot, Gate.PASSED, on=TODAY, meeting=meeting)
            passed = True
        assert passed == (sum(found) == 0)
        assert passed or tables() == now


@settings(IN_A_WORLD, max_examples=20)
@given(st.dictionaries(st.sampled_from(PILOT_KEYS), said), st.sampled_from(PILOT_KEYS))
def test_saying_more_never_closes_a_gate(
    world: PeopleWorld, pilot: str, full: str, first: dict[str, dict[str, str]], key: str
) -> None:
    with taken_back():
        assert full
        assess(pilot, first, on=TODAY - timedelta(days=1))
        before = sum(len(criterion.lacking) for criterion in gate_of(pilot).criteria)
        assess(pilot, {**first, key: {**SHOWN, "next_steps": "Ask"}})
        assert sum(len(criterion.lacking) for criterion in gate_of(pilot).criteria) <= before


def build(
    world: PeopleWorld,
    pilot: str,
    assessed: list[tuple[int, bool, bool, dict[str, dict[str, str]], bool]],
    learned: list[str],
    words: Mapping[str, str] | None,
) -> None:
    """Write the assessments, the lessons and what full implementation will mean."""
    for ago, partner, finished, spoken, acted in assessed:
        on = TODAY - timedelta(days=ago)
        with suppress(InvalidInput):
            run = assess(pilot, spoken, party=world.college if partner else None, on=on, finished=finished, whole=acted)
            if acted:
                with change(ME, "Linked") as writer:
                    writer.create(NextAction, item=item_of(run, "staff"), action=world.train)
    for disposition in learned:
        add_entry(ME, kind=EntryKind.LESSON, title="Learned", on=TODAY, stage=pilot, disposition=disposition)
    if words is not None:
        add_stage(ME, world.plan, kind=StageKind.FULL, **words)  # type: ignore[arg-type]


def naive(now: Content, stage: str) -> list[int]:
    """Count what is lacking from the rows, criterion by criterion."""
    by_all = [
        (row["finished_on"], row["number"], uid)
        for uid, row in now["checklist_run"].items()
        if row["stage"] == stage and row["party"] is None and row["finished_on"]
    ]
    items: list[dict[str, Any]] = []
    if by_all:
        run = max(by_all)[2]
        items = [
            {**row, "acted": any(step["item"] == uid for step in now["next_action"].values())}
            for uid, row in now["checklist_item"].items()
            if row["run"] == run and row["section"] == "Piloting"
        ]
    full = [row for row in now["stage"].values() if row["kind"] == "full implementation" and row["cycle"] == 1]
    of_ratings = [
        sum(item["rating"] == "in place" and item["evidence"] == "" for item in items),
        sum(
            item["rating"] in {"partly in place", "not yet"} and item["next_steps"] == "" and not item["acted"]
            for item in items
        ),
    ]
    return [
        sum(item["rating"] == "" for item in items) if by_all else 1,
        *(of_ratings if by_all else []),
        sum(row["stage"] == stage and row["disposition"] == "" for row in now["register_entry"].values()),
        sum(full[0][name] == "" for name in ("scope", "leadership", "success")) if full else 1,
    ]
