"""Who must agree, who has, recording answers, and that what makes an agreement lapse is said before it is saved."""

import json
from pathlib import Path
from typing import Any

import pytest

from tests.cli.conftest import Run
from tui_plan.cli.output import cells

pytestmark = pytest.mark.usefixtures("partnership")


def test_who_must_agree_is_computed(run: Run) -> None:
    answer = run("agreements")
    assert answer.status == 1
    assert answer.lines == [
        "Flood plan, version 1.0: 0 % agreed, 0 of 2",
        "     0 %  City Hall (0 of 1)",
        "     0 %  Food Bank (0 of 1)",
        "Missing (2)",
        "  · Ana Lopes           accountable for 1, responsible for…  not asked",
        "  · Bo Field            accountable for 1, convening group,… not asked",
    ]


def test_answers_are_recorded_with_how_they_came(fine: Run, run: Run) -> None:
    words = ("--channel", "meeting", "--evidence", "minutes of 3 March", "--on", "2026-03-03")
    assert fine("agree", "Mayor", *words).lines == [
        "✓ Ana Lopes: agreed on 2026-03-03 (meeting, minutes of 3 March)",
        "Flood plan, version 1.0: 50 % agreed, 1 of 2",
    ]
    assert run("agreements").status == 1
    fine("agree", "Bo Field", "--reservations", "Not before June")
    lines = fine("agreements").lines
    assert lines[0] == "Flood plan, version 1.0: 100 % agreed, 2 of 2"
    assert lines[-2:] == [
        "  ≈ Bo Field            accountable for 1, convening group,… reserved 2026-03-16",
        "    “Not before June”",
    ]
    assert max(map(cells, lines)) <= 80


def test_every_state_can_be_typed(fine: Run, run: Run) -> None:
    for word, state in (("asked", "asked"), ("declined", "declined"), ("agreed", "agreed"), ("not-asked", "not asked")):
        fine("agree", "Ana Lopes", "--state", word)
        assert state_of(run, "Ana Lopes") == state
    fine("agree", "Ana Lopes", "--state", "reservations", "--reservations", "No money")
    assert report(run)["agreements"][0]["reservations"] == "No money"


def test_a_group_answers_with_all_its_members(fine: Run, run: Run) -> None:
    told = json.loads(fine("agree", "Steering group", "--json").out)
    assert [one["name"] for one in told["agreements"]] == ["Ana Lopes", "Bo Field"]
    assert fine("agreements").status == 0
    fine("undo")
    assert state_of(run, "Bo Field") == "not asked"


def test_with_nobody_required_it_says_so(fine: Run) -> None:
    fine("add", "plan", "Empty")
    assert fine("agreements", "--plan", "Empty").lines == ["Empty, version 1.0: n/a, nobody has to"]
    assert json.loads(fine("agreements", "--plan", "Empty", "--json").out)["plans"][0]["share"] is None


def test_on_whom_nothing_rests_may_agree_as_well(fine: Run, run: Run) -> None:
    assert fine("agree", "Cy Reed").lines[0].endswith("; nothing in the plan rests on them")
    assert report(run)["required"] == 2


def test_a_dry_run_records_nothing(fine: Run, partnership: Path) -> None:
    before = partnership.read_bytes()
    assert fine("agree", "Ana Lopes", "--dry-run").lines[1:] == [
        "Flood plan, version 1.0: 50 % agreed, 1 of 2",
        "Nothing was changed: this was a dry run.",
    ]
    assert partnership.read_bytes() == before


def test_new_duties_let_an_agreement_lapse_and_that_is_said_first(fine: Run, run: Run, partnership: Path) -> None:
    fine("agree", "Ana Lopes", "Bo Field")
    before = partnership.read_bytes()
    words = ("add", "action", "Hang the charter up", "--to", "S-1", "--owner", "Bo Field")
    answer = run(*words)
    assert (answer.status, answer.out) == (2, "")
    assert "This makes 1 agreement lapse: Bo Field (new duties in the plan)." in answer.err
    assert "Add --yes to add it all the same." in answer.err
    assert partnership.read_bytes() == before
    assert "This makes 1 agreement lapse" in fine(*words, "--dry-run").out
    fine(*words, "--yes")
    assert (state_of(run, "Bo Field"), state_of(run, "Ana Lopes")) == ("lapsed", "agreed")
    assert "    new duties in the plan" in run("agreements").lines


def test_an_action_of_whom_nobody_agreed_is_added_unasked(fine: Run) -> None:
    fine("agree", "Ana Lopes")
    assert fine("add", "action", "Another", "--to", "S-1", "--owner", "Bo Field").lines == ["Added A-4 “Another”"]


def test_a_changed_sheet_says_whose_agreement_lapses_before_it_comes_in(fine: Run, run: Run, home: Path) -> None:
    sheet = home / "plan.csv"
    sheet.write_text("Action,Accountable\nDraft,Bo Field\n")
    fine("import", str(sheet), "--yes")
    fine("agree", "Bo Field", "--plan", "P-2")
    sheet.write_text("Action,Accountable\nDraft,Bo Field\nSign,Bo Field\n")
    told = " ".join(run("import", str(sheet), "--plan", "P-2", "--dry-run").out.split())
    assert "This makes 1 agreement lapse: Bo Field (new duties in the plan)." in told
    fine("import", str(sheet), "--plan", "P-2", "--yes")
    lines = json.loads(run("agreements", "--plan", "P-2", "--json").out)["plans"][0]["agreements"]
    assert [line["state"] for line in lines] == ["lapsed"]


def report(run: Run) -> dict[str, Any]:
    """Return the agreements of the first plan; whether some are missing makes no matter."""
    first: dict[str, Any] = json.loads(run("agreements", "--json").out)["plans"][0]
    return first


def state_of(run: Run, name: str) -> str:
    """Return how somebody stands to the plan."""
    return next(str(line["state"]) for line in report(run)["agreements"] if line["name"] == name)
