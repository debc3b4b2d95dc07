"""Assessing a stage from the command line: item by item, over time, compared, where partners differ, into action."""

import json
from typing import Any

import pytest

from tests.cli.conftest import Run
from tui_plan.cli.output import cells

pytestmark = pytest.mark.usefixtures("partnership")

TEMPLATE = """
title = "How it goes"
kind = "stage assessment"
[[item]]
key = "aims"
section = "Piloting"
text = "Aims: everybody knows what is aimed at"
[[item]]
key = "means"
section = "Piloting"
text = "Means: they suffice"
[[item]]
key = "kept"
section = "Full implementation"
text = "Kept: the work goes on"
"""


@pytest.fixture
def stage(fine: Run, home: Any) -> Run:
    """A stage of piloting, and a small template of the coordinator's own."""
    own = home / "config" / "tui-plan" / "checklists"
    own.mkdir(parents=True)
    (own / "small.toml").write_text(TEMPLATE)
    fine("stage", "add", "piloting", "--begins", "2026-01-12")
    return fine


@pytest.fixture
def assessed(stage: Run) -> Run:
    """Two assessments by consensus, in January (finished) and today, and two by partners."""
    begin(stage, "--on", "2026-01-20")
    say(stage, "C-1", "aims", "--rating", "partly in place", "--successes", "All came", "--next", "Tell the staff")
    say(stage, "C-1", "means", "--rating", "not yet", "--challenges", "No room")
    stage("checklist", "finish", "C-1", "--on", "2026-01-20")
    begin(stage)
    say(stage, "C-2", "aims", "--rating", "in place", "--evidence", "minutes of 3 March")
    begin(stage, "--partner", "FB")
    say(stage, "C-3", "aims", "--rating", "in place")
    say(stage, "C-3", "means", "--rating", "in place")
    begin(stage, "--partner", "City Hall")
    say(stage, "C-4", "aims", "--rating", "partly in place")
    say(stage, "C-4", "means", "--rating", "not yet")
    return stage


def test_a_stage_is_assessed_under_its_heading_or_whole(stage: Run) -> None:
    lines = begin(stage, "--partner", "FB").lines
    assert lines == [
        "C-1 Piloting: Food Bank",
        "  stage assessment, 0 of 2 rated, begun 2026-03-16",
        "Piloting",
        "  · 1   Aims: everybody knows what is aimed at",
        "  · 2   Means: they suffice",
    ]
    assert begin(stage, "--whole").lines[-1] == "  · 3   Kept: the work goes on"


def test_what_was_said_last_time_stands_beside_it(assessed: Run) -> None:
    lines = assessed("checklists", "C-2").lines
    assert lines[1] == "  stage assessment, 1 of 2 rated, begun 2026-03-16"
    assert lines[3:] == [
        "  ✓ 1   Aims: everybody knows what is aimed at",
        "        (was ◐ partly in place in C-1, 2026-01-20)",
        "        = minutes of 3 March",
        "  · 2   Means: they suffice (was ○ not yet in C-1, 2026-01-20)",
    ]
    item = shown(assessed, "C-2")["list"][1]
    assert (item["before"]["ref"], item["before"]["challenges"]) == ("C-1", "No room")


def test_it_is_said_again_as_before(assessed: Run, run: Run) -> None:
    say(assessed, "C-2", "2", "--as-before", "--rating", "partly in place", "--shareable")
    item = shown(assessed, "C-2")["list"][1]
    assert (item["rating"], item["challenges"], item["candour"]) == ("partly in place", "No room", "shareable")
    assert "Nothing was said of this last time" in run("checklist", "say", "C-3", "1", "--as-before").err


def test_the_strip_over_time(assessed: Run) -> None:
    lines = assessed("assessments").lines
    assert lines == [
        " 1 C-1   2026-01-20  Piloting: consensus                    finished 2026-01-20",
        " 2 C-2   2026-03-16  Piloting: consensus                    not finished",
        " 3 C-3   2026-03-16  Piloting: Food Bank                    not finished",
        " 4 C-4   2026-03-16  Piloting: City Hall                    not finished",
        " " * 68 + "  1  2  3  4",
        "Piloting",
        "  Aims: everybody knows what is aimed at                              ◐  ✓  ✓  ◐",
        "  Means: they suffice                                                 ○  ·  ✓  ○",
        "✓ in place  ◐ partly in place  ○ not yet  – not applicable  · not rated",
    ]
    assert max(map(cells, lines)) <= 80


@pytest.mark.parametrize(
    ("words", "kept"),
    [
        ((), ["C-1", "C-2", "C-3", "C-4"]),
        (("--consensus",), ["C-1", "C-2"]),
        (("--partner", "FB"), ["C-3"]),
        (("--stage", "T-1"), ["C-1", "C-2", "C-3", "C-4"]),
        (("--template", "progress"), []),
    ],
)
def test_only_some_of_the_assessments(assessed: Run, words: tuple[str, ...], kept: list[str]) -> None:
    told = json.loads(assessed("assessments", *words, "--json").out)
    assert [run["ref"] for run in told["assessments"]] == kept
    assert (told["qualities"] == []) is (kept == [])


def test_many_assessments_leave_room_for_the_words(stage: Run) -> None:
    for day in range(1, 18):
        begin(stage, "--on", f"2026-02-{day:02}")
    lines = stage("assessments").lines
    assert "   and 4 before these" in lines
    assert max(map(cells, lines)) <= 80
    assert lines[0].startswith(" 1 C-5 ")


def test_two_are_compared(assessed: Run, run: Run) -> None:
    assert assessed("assessments", "--compare", "C-1", "C-2").lines == [
        "C-1 2026-01-20 Piloting: consensus",
        "C-2 2026-03-16 Piloting: consensus",
        "Aims: everybody knows what is aimed at",
        "  ◐ C-1   partly in place",
        "          + All came",
        "          → Tell the staff",
        "  ✓ C-2   in place",
        "          = minutes of 3 March",
        "Means: they suffice",
        "  ○ C-1   not yet",
        "          - No room",
        "  · C-2   not rated",
    ]
    told = json.loads(assessed("assessments", "--compare", "C-1", "C-2", "--json").out)
    assert [[one["rating"] for one in pair["said"]] for pair in told["qualities"]] == [
        ["partly in place", "in place"],
        ["not yet", None],
    ]
    assessed("checklist", "start", "onboarding", "--for", "Cy Reed")
    assert "C-5 is no assessment of a stage" in run("assessments", "--compare", "C-1", "C-5").err


def test_where_partners_differ_most(assessed: Run) -> None:
    assert assessed("assessments", "--differ").lines == [
        "far apart    Means: they suffice",
        "             ○ City Hall, ✓ FB",
        "a step apart Aims: everybody knows what is aimed at",
        "             ◐ City Hall, ✓ FB",
    ]
    first = json.loads(assessed("assessments", "--differ", "--stage", "T-1", "--json").out)["qualities"][0]
    assert (first["key"], first["spread"], first["mean"]) == ("means", 2, 2.0)


def test_a_next_step_becomes_an_action_also_of_a_finished_assessment(assessed: Run) -> None:
    words = ("--under", "S-1", "--owner", "Bo Field", "--by", "eom")
    answer = assessed("checklist", "action", "C-1", "aims", *words)
    assert answer.lines == ["C-1 → A-4 “Tell the staff”"]
    assert "        » A-4 Tell the staff (not started 2026-03-31)" in assessed("checklists", "C-1").lines
    action = shown(assessed, "C-1")["list"][0]["actions"][0]
    assert (action["ref"], action["date"]) == ("A-4", "2026-03-31")


def test_an_agreement_that_lapses_by_it_is_said_before(assessed: Run, run: Run) -> None:
    assessed("agree", "Bo Field", "--on", "2026-03-02")
    words = ("checklist", "action", "C-1", "aims", "--under", "S-1", "--owner", "Bo Field", "--by", "eom")
    answer = run(*words)
    assert answer.status == 2
    assert "This makes 1 agreement lapse: Bo Field" in answer.err
    assert assessed(*words, "--yes").lines[-1] == "C-1 → A-4 “Tell the staff”"


def test_an_assessment_begun_by_mistake_goes(assessed: Run, run: Run) -> None:
    assert assessed("checklist", "remove", "C-4").lines == ["Removed C-4 “Piloting: City Hall”"]
    assert "stays as it is" in run("checklist", "remove", "C-1").err


def test_where_it_was_held(stage: Run) -> None:
    stage("add", "meeting", "Board", "--on", "2026-03-10")
    begin(stage, "--meeting", "M-1")
    assert "meeting" in stage("history", "C-1").out


def begin(fine: Run, *words: str) -> Any:
    """Begin to assess the stage."""
    return fine("checklist", "start", "small", "--stage", "T-1", *words)


def say(fine: Run, *words: str) -> None:
    """Say how an item stands."""
    fine("checklist", "say", *words)


def shown(fine: Run, ref: str) -> dict[str, Any]:
    """Return a checklist with its items."""
    found: dict[str, Any] = json.loads(fine("checklists", ref, "--json").out)
    return found
