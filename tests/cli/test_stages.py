"""``stages``, ``stage`` and ``gate``: described, begun, skipped, and left through a gate that shows what lacks."""

import json
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from tests.cli.conftest import Run

pytestmark = pytest.mark.usefixtures("partnership")

OVERRIDE = ("gate", "T-1", "--override", "--by", "Ana Lopes", "--because", "The term begins")


@pytest.fixture
def piloting(fine: Run) -> Run:
    """A plan that is piloting, with full implementation to come and a meeting on 10 March."""
    fine("stage", "add", "piloting", "--begins", "2026-01-12")
    fine("stage", "add", "full")
    fine("add", "meeting", "Board", "--on", "2026-03-10")
    return fine


def test_without_a_stage_it_is_said_how_to_add_one(fine: Run) -> None:
    assert fine("stages").lines == ["Flood plan", "  No stage yet. Add one:  tui-plan stage add piloting"]
    assert json.loads(fine("stages", "--json").out)["plans"][0]["stages"] == []


def test_stages_are_listed_with_their_gates(piloting: Run) -> None:
    assert piloting("stages").lines == [
        "Flood plan",
        "  ◐ T-1   Piloting                            under way since 2026-01-12",
        "          · 0 assessments, gate closed",
        "  ○ T-2   Full implementation                 to come",
        "          · 0 assessments, gate closed",
    ]
    first, second = stages(piloting)
    assert (first["ref"], first["kind"], first["attempt"], first["started"]) == ("T-1", "piloting", 1, "2026-01-12")
    assert (second["state"], second["started"], second["gate"]) == ("to come", None, "closed")


def test_a_stage_is_described_begun_and_ended(piloting: Run) -> None:
    words = ("--scope", "All schools", "--leadership", "The deputies", "--success", "80 % take part")
    piloting("stage", "edit", "T-2", *words, "--said-by", "Ana Lopes", "--channel", "meeting")
    piloting("stage", "begin", "T-2", "--on", "2026-02-01")
    line = piloting("stage", "end", "T-2").lines[0]
    assert line == "  ✓ T-2   Full implementation                 ended 2026-03-16"
    told = stages(piloting)[1]
    assert (told["scope"], told["leadership"], told["success"]) == ("All schools", "The deputies", "80 % take part")
    change = json.loads(piloting("history", "T-2", "--json").out)["changes"][2]
    assert (change["said_by"], change["channel"]) == ("Ana Lopes", "meeting")


def test_a_later_attempt_and_a_title_of_its_own(piloting: Run) -> None:
    piloting("stage", "add", "full", "Second try", "--attempt", "2")
    assert [(one["title"], one["attempt"]) for one in stages(piloting)][-1] == ("Second try", 2)
    assert piloting("stage", "remove", "T-3").lines == ["Removed T-3 “Second try”"]
    assert len(stages(piloting)) == 2


def test_piloting_is_skipped_with_the_reason_and_taken_up_again(fine: Run, run: Run) -> None:
    fine("stage", "add", "piloting", "--skip", "The partners ran it last year")
    assert fine("stages").lines[1:] == [
        "  – T-1   Piloting                            skipped",
        "          The partners ran it last year",
    ]
    assert run("gate", "T-1").status == 0
    fine("stage", "skip", "T-1", "--not")
    assert stages(fine)[0]["state"] == "to come"
    fine("stage", "skip", "T-1", "--because", "No time")
    assert stages(fine)[0]["skipped_because"] == "No time"


def test_a_closed_gate_says_what_lacks(piloting: Run, run: Run) -> None:
    answer = run("gate", "T-1")
    assert answer.status == 1
    assert "  ○ Every quality is rated (1 lacking)" in answer.lines
    assert "    - scope of Full implementation" in answer.lines
    told = json.loads(run("gate", "T-1", "--json").out)
    assert [one["met"] for one in told["criteria"]] == [False, True, False], (
        "nothing is known yet of evidence and next steps"
    )
    assert told["run"] is None


def test_a_gate_that_is_open_is_passed_at_a_meeting(piloting: Run, run: Run) -> None:
    open_the_gate(piloting)
    answer = run("gate", "T-1")
    assert (answer.status, answer.lines[1]) == (0, "          ◇ 1 assessment, gate open")
    lines = piloting("gate", "T-1", "--conditions", "Two more schools", "--meeting", "2026-03-10", "--by", "FB").lines
    assert lines[0].startswith("  ✓ T-1   Piloting                            ended 2026-03-10")
    assert lines[-3:] == [
        "  ≈ R-1 passed with conditions on 2026-03-10, by Food Bank, at Board of",
        "    2026-03-10",
        "    Two more schools",
    ]
    decided = stages(piloting)[0]["decisions"][0]
    assert (decided["gate"], decided["meeting"]) == ("passed with conditions", "Board of 2026-03-10")
    assert decided["on"] == "2026-03-10", "the day of the meeting, where none is said"
    assert run("gate", "T-1").status == 0


def test_a_closed_gate_is_not_passed_but_overridden_by_name_for_ever(piloting: Run, run: Run) -> None:
    answer = run("gate", "T-1", "--pass", "--meeting", "M-1")
    assert (answer.status, answer.out) == (2, "")
    assert "is not open: Every quality is rated: no assessment by consensus was finished" in answer.err
    piloting(*OVERRIDE)
    piloting("gate", "T-1", "--not-passed", "--meeting", "M-1", "--on", "2026-03-16")
    assert piloting("stages").lines[1:4] == [
        "  ✓ T-1   Piloting                            ended 2026-03-16",
        "          × 0 assessments, gate not passed (R-2, 2026-03-16)",
        "          ! overridden before (R-1, 2026-03-16 by Ana Lopes: The term begins)",
    ]
    assert run("gate", "T-1").status == 1


def test_a_meeting_that_only_a_rule_gives(piloting: Run, run: Run) -> None:
    piloting("add", "meeting", "Steering", "--on", "2026-01-06", "--repeat", "FREQ=MONTHLY;BYDAY=1TU")
    piloting("gate", "T-1", "--not-passed", "--meeting", "M-2", "--on", "2026-03-03")
    assert stages(piloting)[0]["decisions"][0]["meeting"] == "Steering of 2026-03-03"
    piloting("gate", "T-1", "--not-passed", "--meeting", "2026-02-03")
    earlier = stages(piloting)[0]["decisions"][1]
    assert (earlier["on"], earlier["meeting"]) == ("2026-02-03", "Steering of 2026-02-03")
    answer = run("gate", "T-1", "--not-passed", "--meeting", "M-2")
    assert "M-2 has no meeting on 2026-03-16: name its day with --meeting" in answer.err
    piloting("add", "meeting", "Board again", "--on", "2026-03-10")
    assert "There are several meetings on 2026-03-10" in run("gate", "T-1", "--pass", "--meeting", "2026-03-10").err


def test_what_was_decided_later_is_not_there_before(piloting: Run, run: Run) -> None:
    piloting(*OVERRIDE)
    assert "There is no plan yet." in run("stages", "--as-of", "2026-01-31").err
    today = datetime.now().astimezone().date().isoformat()
    assert "gate overridden" in run("stages", "--as-of", today).out
    answer = run(*OVERRIDE, "--as-of", "2026-01-31")
    assert (answer.status, answer.err) == (
        2,
        "tui-plan: --as-of goes with looking at a gate; leave it out to decide.\n",
    )


@pytest.mark.parametrize("words", [OVERRIDE, ("stage", "begin", "T-2"), ("stage", "remove", "T-2")])
def test_a_dry_run_decides_nothing(piloting: Run, partnership: Path, words: tuple[str, ...]) -> None:
    before = partnership.read_bytes()
    assert piloting(*words, "--dry-run").lines[-1] == "Nothing was changed: this was a dry run."
    assert json.loads(piloting(*words, "--dry-run", "--json").out)["dry_run"] is True
    assert partnership.read_bytes() == before


def open_the_gate(fine: Run) -> None:
    """Do all that the gate out of piloting asks for."""
    fine("stage", "edit", "T-2", "--scope", "All", "--leadership", "Deputies", "--success", "80 %")
    fine("checklist", "start", "progress", "--stage", "T-1")
    items = json.loads(fine("checklists", "C-1", "--json").out)["list"]
    for item in items:
        fine("checklist", "say", "C-1", item["key"], "--rating", "in place", "--evidence", "minutes")
    fine("checklist", "finish", "C-1")


def stages(fine: Run) -> list[dict[str, Any]]:
    """Return the stages of the plan."""
    found: list[dict[str, Any]] = json.loads(fine("stages", "--json").out)["plans"][0]["stages"]
    return found


@pytest.mark.parametrize(
    ("words", "day"),
    [
        (("--meeting", "M-1"), "2026-03-10"),
        (("--meeting", "M-1", "--on", "2026-03-12"), "2026-03-12"),
        (("--meeting", "M-2"), "2026-03-16"),
        ((), "2026-03-16"),
    ],
)
def test_what_happened_at_a_meeting_happened_on_its_day(piloting: Run, words: tuple[str, ...], day: str) -> None:
    """A meeting that is still to come is named beforehand."""
    piloting("add", "meeting", "Next board", "--on", "2026-04-10")
    piloting("enter", "decision", "Go on", *words)
    assert json.loads(piloting("register", "R-1", "--json").out)["on"] == day
    begun = json.loads(piloting("checklist", "start", "progress", "--stage", "T-1", *words, "--json").out)
    assert begun["started"] == day


def test_an_entry_goes_to_the_meeting_of_its_own_day(piloting: Run) -> None:
    piloting("add", "meeting", "Steering", "--on", "2026-01-06", "--repeat", "FREQ=MONTHLY;BYDAY=1TU")
    piloting("enter", "decision", "Go on", "--on", "2026-03-03")
    piloting("entry", "edit", "R-1", "--meeting", "M-2")
    assert json.loads(piloting("register", "R-1", "--json").out)["meeting"] == "Steering of 2026-03-03"
