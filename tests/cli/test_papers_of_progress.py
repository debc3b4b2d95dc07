"""``brief`` and the papers of ``export`` about how a plan gets on: what they hold, and what they keep in the house."""

import json
from pathlib import Path
from typing import Any

import pytest

from tests.cli.conftest import Run
from tui_plan.cli.output import cells

RISK = ("enter", "risk", "No bus", "--owner", "FB", "--likelihood", "4", "--impact", "3", "--due", "2026-03-20")


@pytest.fixture
def told(fine: Run, partnership: Path) -> Run:
    """A register with a candid risk and a shareable one, an assessment, and a meeting to come."""
    del partnership
    fine(*RISK)
    fine(*RISK[:2], "The mayor may leave", *RISK[3:], "--candid")
    fine("enter", "issue", "Who pays", "--owner", "FB", "--due", "2026-03-10")
    fine("enter", "lesson", "Call before writing")
    fine("add", "meeting", "Board", "--on", "2026-04-07")
    fine("stage", "add", "piloting", "--begins", "2026-01-12")
    fine("checklist", "start", "progress", "--stage", "T-1", "--partner", "FB")
    fine("checklist", "say", "C-1", "1", "--rating", "in place", "--successes", "All came")
    return fine


def test_the_brief_says_what_to_decide_and_counts_what_stays_in_the_house(told: Run) -> None:
    lines = told("brief").lines
    assert lines[0] == "Brief: Flood plan"
    assert lines[2] == "Next meeting: Tue 2026-04-07, 09:00 (in 3 weeks), M-1 Board"
    assert "LESSONS TO KEEP, CHANGE OR DROP" in lines
    assert lines[-1] == "1 entry was withheld as candid."
    assert max(map(cells, lines)) <= 80
    assert not [line for line in lines if "mayor" in line]
    candid = told("brief", "--candid").lines
    assert [line for line in candid if "The mayor may leave" in line]


def test_the_brief_as_json_and_as_a_file(told: Run, home: Path) -> None:
    answer = json.loads(told("brief", "--json").out)
    assert (answer["plan"], answer["withheld"], answer["meeting"]["ref"]) == ("Flood plan", 1, "M-1")
    assert [one["ref"] for one in answer["risks"]] == ["R-1"]
    assert [one["ref"] for one in answer["issues"]] == ["R-3"]
    assert [one["ref"] for one in json.loads(told("brief", "--json", "--candid").out)["risks"]] == ["R-1", "R-2"]
    wrote = json.loads(told("brief", "--format", "html", "-o", str(home / "brief.html"), "--json").out)
    assert wrote["bytes"] == (home / "brief.html").stat().st_size
    assert "<h1" in (home / "brief.html").read_text()


@pytest.mark.parametrize(
    ("words", "head", "withheld"),
    [
        (("register",), "Register: Flood plan", "1 entry was withheld as candid."),
        (("register", "--entries", "lessons"), "Register: Flood plan", ""),
        (("register", "--candid"), "For the house only: candid words are in here.", ""),
        (("assessment",), "Assessment: Piloting", "The words on 1 quality were withheld as candid."),
        (("assessment", "--assessment", "C-1", "--candid"), "For the house only: candid words are in here.", ""),
        (("evaluation",), "Evaluation: Flood plan", ""),
        (("fidelity",), "Fidelity: Flood plan", ""),
        (("brief",), "Brief: Flood plan", "1 entry was withheld as candid."),
    ],
)
def test_a_paper_is_handed_out_and_says_what_was_withheld(
    told: Run, run: Run, words: tuple[str, ...], head: str, withheld: str
) -> None:
    del told
    answer = run("export", *words)
    assert answer.status == 0
    assert answer.lines[0] == head
    assert answer.err == (f"tui-plan: {withheld}\n" if withheld else "")
    assert run("export", *words, "--format", "md").lines[0].strip("#* ") == head
    assert "<html" in run("export", *words, "--format", "html").out


def test_the_register_as_a_table(told: Run, run: Run, home: Path) -> None:
    rows = run("export", "register", "--entries", "risk", "--format", "csv", "-o", "-").lines
    assert [row.partition(",")[0] for row in rows] == ["Reference", "R-1"]
    assert run("export", "register", "--format", "csv", "-o", "-").err == "tui-plan: 1 entry was withheld as candid.\n"
    place = home / "register.xlsx"
    told("export", "register", "--candid", "--format", "xlsx", "-o", str(place))
    assert place.read_bytes()[:2] == b"PK"
    assert oct(place.stat().st_mode)[-3:] == "600"


def test_without_an_assessment_it_is_said_how_to_begin_one(run: Run, partnership: Any) -> None:
    del partnership
    answer = run("export", "assessment")
    assert (answer.status, answer.out) == (2, "")
    assert "No assessment yet. Begin one: tui-plan checklist start progress --stage T-1" in answer.err
