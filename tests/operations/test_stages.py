"""Stages: added, described, skipped, and decided on at their gates; an overridden gate is shown for ever."""

from datetime import date, datetime

import pytest

from tests.assessing_steps import PILOT_KEYS, assess
from tests.model.replay import tables
from tests.operations.conftest import Refusal
from tests.people_world import TODAY, PeopleWorld, typed
from tui_plan.insight.gate import GateView, gate_of
from tui_plan.insight.stages import StageLine, stage_line, stages
from tui_plan.model.base import rows
from tui_plan.model.errors import Conflict, Refused
from tui_plan.model.ledger import Change
from tui_plan.model.meeting import Meeting
from tui_plan.model.vocabulary import Gate, PartyKind, Rating, StageKind
from tui_plan.operations.meetings import MeetingAt, add_meeting, add_series, remove_series
from tui_plan.operations.merging import merge_parties
from tui_plan.operations.people import add_party, remove_party
from tui_plan.operations.register import add_entry, edit_entry, remove_entry
from tui_plan.operations.stages import add_stage, decide_gate, edit_stage, remove_stage, skip_stage
from tui_plan.operations.undoing import redo, undo

ME = typed(TODAY)
BEGAN = date(2026, 1, 12)
FIRST = datetime.fromisoformat("2026-03-10T10:00")
SECOND = datetime.fromisoformat("2026-03-17T10:00")
SHOWN = {"rating": Rating.IN_PLACE, "evidence": "Minutes"}


@pytest.fixture
def pilot(world: PeopleWorld) -> str:
    """The pilot of the plan, which has begun."""
    return add_stage(ME, world.plan, kind=StageKind.PILOTING, started_on=BEGAN)


@pytest.fixture
def meeting(world: PeopleWorld) -> MeetingAt:
    return MeetingAt(add_meeting(ME, world.plan, title="Review", start=FIRST, timezone="Europe/London"))


@pytest.fixture
def series(world: PeopleWorld) -> str:
    values = {"title": "Steering", "start_day": FIRST.date(), "start_time": "10:00", "timezone": "Europe/London"}
    return add_series(ME, world.plan, rule="FREQ=WEEKLY;BYDAY=TU", **values)


@pytest.fixture
def opened(world: PeopleWorld, pilot: str) -> str:
    """The pilot, with all that its gate asks for."""
    add_stage(ME, world.plan, kind=StageKind.FULL, scope="All sites", leadership="The mayor", success="300 taught")
    assess(pilot, dict.fromkeys(PILOT_KEYS, SHOWN))
    return pilot


def line(uid: str) -> StageLine:
    return stage_line(uid)


def gate(uid: str) -> GateView:
    return gate_of(uid)


def last() -> int:
    return int(rows(Change.select(Change.id).order_by(Change.id.desc()).limit(1))[0][0])


def summary() -> str:
    return str(rows(Change.select(Change.summary).where(Change.id == last()))[0][0])


def test_stages_come_in_attempts_with_titles_of_their_own(world: PeopleWorld, pilot: str) -> None:
    full = add_stage(ME, world.plan, kind=StageKind.FULL)
    again = add_stage(ME, world.plan, kind=StageKind.FULL)
    reflection = add_stage(ME, world.plan, kind=StageKind.REFLECTION, title="Looking back")
    assert [(line(uid).ref, line(uid).title, line(uid).cycle) for uid in (pilot, full, again, reflection)] == [
        ("T-1", "Piloting", 1),
        ("T-2", "Full implementation", 1),
        ("T-3", "Full implementation, attempt 2", 2),
        ("T-4", "Looking back", 2),
    ]
    assert summary() == "Added the stage “Looking back”"
    assert [line(uid).state for uid in (pilot, full)] == ["under way", "to come"]


def test_what_a_stage_cannot_be(world: PeopleWorld, pilot: str, refused: Refusal) -> None:
    assert refused(add_stage, ME, world.plan) == {
        "kind": "The kind of stage is one of: piloting, full implementation, reflection."
    }
    assert refused(add_stage, ME, world.plan, kind=StageKind.PILOTING, cycle=1) == {
        "cycle": "T-1 “Piloting” is attempt 1 of piloting already: choose another."
    }
    assert refused(add_stage, ME, world.plan, kind=StageKind.FULL, cycle=100, title=" ") == {
        "cycle": "The attempt is a whole number from 1 to 99.",
        "title": "The stage's title cannot be empty.",
    }
    assert refused(add_stage, ME, "nowhere", kind=StageKind.FULL) == {"": "There is no such plan in this database."}
    assert refused(add_stage, ME, world.plan, kind=StageKind.FULL, ended_on=TODAY) == {
        "started_on": "Say when it began, since it has an end."
    }
    assert refused(edit_stage, ME, pilot, ended_on=date(2026, 1, 11)) == {
        "ended_on": "The end (2026-01-11) comes before the start (2026-01-12)."
    }
    assert refused(edit_stage, ME, pilot, started_on=date(1066, 1, 1)) == {
        "started_on": "The start must be a date between 1900 and 2200."
    }
    assert refused(edit_stage, ME, "nothing", title="T") == {"": "There is no such stage in this database."}
    second = add_stage(ME, world.plan, kind=StageKind.PILOTING)
    assert refused(edit_stage, ME, second, cycle=1) == {
        "cycle": "T-1 “Piloting” is attempt 1 of piloting already: choose another."
    }


def test_an_edit_tells_whether_anything_changed_and_sees_a_colleague(pilot: str) -> None:
    assert edit_stage(ME, pilot, scope="Two sites", version_seen=1)
    assert not edit_stage(ME, pilot, scope="Two sites")
    before = tables()
    with pytest.raises(Conflict):
        edit_stage(typed(TODAY, login="ben"), pilot, scope="Three sites", version_seen=1)
    assert tables() == before


def test_only_a_pilot_that_has_not_begun_is_skipped(world: PeopleWorld, refused: Refusal) -> None:
    pilot = add_stage(ME, world.plan, kind=StageKind.PILOTING)
    full = add_stage(ME, world.plan, kind=StageKind.FULL, started_on=BEGAN)
    skip_stage(ME, pilot, "Two partners have done it before")
    assert summary() == "Skipped T-1 “Piloting”"
    assert (line(pilot).state, line(pilot).skipped_because) == ("skipped", "Two partners have done it before")
    assert [one.uid for one in stages(world.plan)] == [pilot, full], "what was skipped comes before what came of it"
    assert refused(edit_stage, ME, pilot, started_on=TODAY) == {
        "skipped_because": "This stage has begun, so that it was not skipped: leave one of the two empty."
    }
    assert refused(skip_stage, ME, full, "No time") == {
        "skipped_because": "Only piloting can be skipped: leave the reason empty, or remove the stage."
    }
    skip_stage(ME, pilot, "  ")
    assert summary() == "T-1 “Piloting” is not skipped"
    assess(pilot, {}, finished=False)
    assert refused(skip_stage, ME, pilot, "No time") == {
        "skipped_because": "T-1 “Piloting” was assessed, so that it was not skipped."
    }


def test_a_stage_goes_only_while_nothing_names_it(world: PeopleWorld, refused: Refusal) -> None:
    before = tables()
    pilot = add_stage(ME, world.plan, kind=StageKind.PILOTING)
    remove_stage(ME, pilot)
    assert summary() == "Removed T-1 “Piloting”"
    assert tables() == before
    undo(ME)
    assess(pilot, {}, finished=False)
    assert refused(remove_stage, ME, pilot) == {
        "": "This stage cannot be removed while it is in use: C-2 “Piloting: consensus”."
    }


def test_an_open_gate_is_passed_at_a_meeting_and_ends_the_stage(opened: str, meeting: MeetingAt) -> None:
    assert gate(opened).state == Gate.OPEN
    before = tables()
    uid = decide_gate(ME, opened, Gate.PASSED, on=TODAY, meeting=meeting)
    after = tables()
    assert summary() == "Gate of T-1 “Piloting”: passed"
    (decision,) = gate(opened).decisions
    assert (decision.uid, decision.gate, decision.on, decision.meeting) == (
        uid,
        "passed",
        TODAY,
        "Review of 2026-03-10",
    )
    assert (line(opened).ended_on, gate(opened).state) == (TODAY, Gate.PASSED)
    undo(ME)
    assert tables() == before
    redo(ME)
    assert tables() == after


def test_a_stage_that_had_an_end_keeps_it(opened: str, meeting: MeetingAt) -> None:
    edit_stage(ME, opened, ended_on=date(2026, 3, 2))
    decide_gate(ME, opened, Gate.CONDITIONS, on=TODAY, meeting=meeting, conditions="If paid")
    assert line(opened).ended_on == date(2026, 3, 2)
    assert gate(opened).decisions[0].conditions == "If paid"


def test_a_closed_gate_says_what_is_lacking(
    world: PeopleWorld, pilot: str, meeting: MeetingAt, refused: Refusal
) -> None:
    lacking = "; ".join(gate(pilot).lacking)
    assert lacking.startswith("Every quality is rated: no assessment by consensus was finished; What full ")
    assert refused(decide_gate, ME, pilot, Gate.PASSED, on=TODAY, meeting=meeting) == {
        "": f"The gate of T-1 “Piloting” is not open: {lacking}. Or override it."
    }
    sentence = refused(decide_gate, ME, pilot, Gate.CONDITIONS, on=TODAY, meeting=meeting, conditions="Money")[""]
    assert sentence.endswith(f"{lacking}. Or override it.")
    decide_gate(ME, pilot, Gate.NOT_PASSED, on=TODAY, meeting=meeting)
    assert (gate(pilot).state, line(pilot).ended_on) == (Gate.NOT_PASSED, None)


def test_what_a_decision_needs(world: PeopleWorld, pilot: str, meeting: MeetingAt, refused: Refusal) -> None:
    for at in (None, MeetingAt()):
        assert refused(decide_gate, ME, pilot, Gate.NOT_PASSED, on=TODAY, meeting=at) == {
            "meeting": "Say which meeting decided."
        }
    assert refused(decide_gate, ME, pilot, Gate.OVERRIDDEN, on=TODAY, because=" ") == {
        "by": "Say who overrides the gate.",
        "because": "Say why the gate is overridden: it will be shown for ever.",
    }
    assert refused(decide_gate, ME, pilot, Gate.CONDITIONS, on=TODAY, meeting=meeting, conditions="\n") == {
        "conditions": "Say under which conditions."
    }
    assert refused(decide_gate, ME, pilot, Gate.OPEN, on=TODAY, meeting=meeting) == {
        "outcome": "What is decided is one of: passed, passed with conditions, not passed, overridden."
    }
    assert refused(decide_gate, ME, pilot, Gate.NOT_PASSED, meeting=meeting) == {
        "on": "The day needs a date, such as 2026-12-31."
    }
    assert refused(decide_gate, ME, "nothing", Gate.PASSED, on=TODAY) == {
        "": "There is no such stage in this database."
    }
    over = {"by": world.ben, "because": "Money ends"}
    assert refused(decide_gate, ME, pilot, Gate.OVERRIDDEN, on=date(2026, 1, 1), **over) == {
        "ended_on": "The end (2026-01-01) comes before the start (2026-01-12)."
    }
    full = add_stage(ME, world.plan, kind=StageKind.FULL)
    assert refused(decide_gate, ME, full, Gate.OVERRIDDEN, on=TODAY, **over) == {
        "outcome": "This stage has not begun: say first when it did."
    }
    skipped = add_stage(ME, world.plan, kind=StageKind.PILOTING, skipped_because="Done elsewhere")
    assert refused(decide_gate, ME, skipped, Gate.OVERRIDDEN, on=TODAY, **over) == {
        "outcome": "This stage was skipped: there is no gate to pass."
    }


def test_a_meeting_that_only_a_rule_gave_is_kept_by_a_decision(pilot: str, series: str, refused: Refusal) -> None:
    before = tables()
    decide_gate(ME, pilot, Gate.NOT_PASSED, on=TODAY, meeting=MeetingAt(series=series, original=SECOND))
    ((start, status),) = rows(Meeting.select(Meeting.start, Meeting.status))
    assert (start, status) == (SECOND, "planned")
    assert gate(pilot).decisions[0].meeting == "Steering of 2026-03-17"
    decide_gate(ME, pilot, Gate.NOT_PASSED, on=TODAY, meeting=MeetingAt(series=series, original=SECOND))
    assert Meeting.select().count() == 1, "the meeting that is there is named, no second one made"
    assert refused(remove_series, ME, series) == {
        "": "This meeting cannot be removed while it is in use: "
        "R-3 “Gate of Piloting: not passed”, R-4 “Gate of Piloting: not passed”."
    }
    undo(ME)
    undo(ME)
    assert tables() == before
    assert refused(
        decide_gate,
        ME,
        pilot,
        Gate.NOT_PASSED,
        on=TODAY,
        meeting=MeetingAt(series=series, original=FIRST.replace(day=11)),
    ) == {"original": "The series has no meeting at 2026-03-11 10:00."}
    assert refused(decide_gate, ME, pilot, Gate.NOT_PASSED, on=TODAY, meeting=MeetingAt(series=series)) == {
        "meeting": "Say which meeting of the series."
    }


def test_a_stage_that_its_gate_ended_goes_on_only_once_that_is_decided_anew(
    world: PeopleWorld, opened: str, meeting: MeetingAt, refused: Refusal
) -> None:
    decide_gate(ME, opened, Gate.PASSED, on=TODAY, meeting=meeting)
    assert refused(edit_stage, ME, opened, ended_on=None) == {
        "ended_on": "R-3 ended this stage at its gate: decide anew there that it is not passed."
    }
    assert edit_stage(ME, opened, ended_on=date(2026, 3, 15))
    decide_gate(ME, opened, Gate.NOT_PASSED, on=TODAY, meeting=meeting)
    assert edit_stage(ME, opened, ended_on=None)


def test_an_overridden_gate_stays_whatever_comes_after(
    world: PeopleWorld, opened: str, meeting: MeetingAt, refused: Refusal
) -> None:
    uid = decide_gate(ME, opened, Gate.OVERRIDDEN, on=date(2026, 3, 1), by=world.ben, because="The money ends in May")
    overriding = last()
    assert line(opened).ended_on == date(2026, 3, 1)
    stays = "R-3 “Gate of Piloting: overridden” was decided at the gate of T-1 “Piloting” and stays: decide anew there."
    for values in (
        {"title": "T"},
        {"gate": "passed"},
        {"gate": ""},
        {"stage": None},
        {"party": None},
        {"kind": "lesson"},
    ):
        assert refused(edit_entry, ME, uid, **values) == {"": stays}
    assert refused(edit_entry, ME, uid, at=meeting) == {"": stays}
    assert refused(remove_entry, ME, uid) == {"": stays}
    for which in (None, overriding):
        assert refused(undo, ME, which) == {
            "": "It cannot be undone: that the gate of T-1 “Piloting” was overridden stays. Decide anew there."
        }
    assert refused(remove_stage, ME, opened) == {
        "": "This stage cannot be removed while it is in use: C-2 “Piloting: consensus”, "
        "R-3 “Gate of Piloting: overridden”."
    }
    assert edit_entry(ME, uid, evidence="Letter of the mayor")
    with pytest.raises(Refused, match="was decided at the gate"):
        edit_entry(ME, uid, candour="candid")
    decide_gate(ME, opened, Gate.PASSED, on=TODAY, meeting=meeting)
    found = gate(opened)
    assert found.state == Gate.PASSED
    assert [(one.by, one.because, one.on) for one in found.overridden] == [
        ("Ben Okafor", "The money ends in May", date(2026, 3, 1))
    ]


def test_nor_does_it_go_with_who_overrode(world: PeopleWorld, pilot: str, refused: Refusal) -> None:
    twin = add_party(ME, PartyKind.PERSON, name="B. Okafor")
    decide_gate(ME, pilot, Gate.OVERRIDDEN, on=TODAY, by=twin, because="The money ends")
    assert refused(remove_party, ME, twin) == {
        "": "This person cannot be removed while it is in use: R-3 “Gate of Piloting: overridden”."
    }
    merge_parties(ME, world.ben, twin)
    assert [one.by for one in gate(pilot).overridden] == ["Ben Okafor"]
    undo(ME)
    assert [one.by for one in gate(pilot).overridden] == ["B. Okafor"]


def test_a_gate_is_decided_nowhere_else(world: PeopleWorld, pilot: str, refused: Refusal) -> None:
    values = {"kind": "decision", "title": "Go on", "on": TODAY, "stage": pilot}
    at_the_gate = {"": "What is decided at a gate is written down at the gate, on the screen of the stages."}
    assert refused(add_entry, ME, **values, gate=Gate.OVERRIDDEN) == at_the_gate
    other = add_entry(ME, **values)
    assert refused(edit_entry, ME, other, gate=Gate.PASSED) == at_the_gate
