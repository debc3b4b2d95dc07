"""``stalled``, ``evaluation``, ``reading``, ``fidelity``, ``core`` and ``celebrate``: how the plan gets on."""

import json
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from tests.cli.conftest import Run
from tui_plan.cli.output import cells
from tui_plan.insight.finding import find_party, find_record
from tui_plan.model.database import close_database, open_database
from tui_plan.model.plan import Action
from tui_plan.model.store import Author
from tui_plan.operations.actions import change_actions
from tui_plan.operations.parts import add_measure

pytestmark = pytest.mark.usefixtures("partnership")


@pytest.fixture
def measured(fine: Run, partnership: Path) -> Run:
    """A-1 has an outcome measure whose data was due in February, A-2 has two of which nothing is known."""
    open_database(partnership)
    author = Author(login="ana")
    first, second = (find_record(ref, Action).uid for ref in ("A-1", "A-2"))
    add_measure(
        author,
        first,
        statement="Staff who know their part",
        unit="%",
        baseline=Decimal(20),
        target=Decimal(80),
        method="Survey of all who work for the partners",
        collector=find_party("Bo Field"),
        due=date(2026, 2, 28),
        every=3,
    )
    for statement in ("Signatures", "Days until signed"):
        add_measure(author, second, statement=statement)
    close_database()
    return fine


def test_what_stalls_and_what_slipped_without_a_risk(fine: Run, run: Run) -> None:
    answer = run("stalled")
    assert answer.status == 1
    assert answer.lines == [
        "Behind, and no risk or issue says what follows (1)",
        "  A-1    Draft the charter                    14 days, Mayor",
        "Enter one:  tui-plan enter risk TITLE --action A-1 …",
    ]
    words = ("--owner", "FB", "--likelihood", "4", "--impact", "3", "--action", "A-1")
    fine("enter", "risk", "Nobody signs", *words)
    assert fine("stalled").lines == ["Everything gets on."]


def test_why_an_objective_stalls(fine: Run, run: Run) -> None:
    fine("add", "area", "Neighbours", "--priority", "high")
    fine("add", "objective", "Know each other", "--to", "D-2")
    lines = run("stalled").lines
    assert lines[:2] == [
        "S-2 Know each other (0 open actions)",
        "  No action yet",
    ]
    told = json.loads(run("stalled", "--json").out)
    assert [one["ref"] for one in told["stalled"]] == ["S-2"]
    assert [one["ref"] for one in told["slips"]] == ["A-1"]


def test_measures_with_their_course_and_the_data_that_is_due(measured: Run, run: Run) -> None:
    answer = run("evaluation")
    assert answer.status == 1
    assert answer.lines[:4] == [
        "! A-1    Staff who know their part",
        "         no value yet",
        "         data overdue since 2026-02-28, Bo Field collects it",
        "         Survey of all who work for the partners",
    ]
    measured("reading", "A-1", "20", "--on", "2025-11-30")
    assert measured("reading", "A-1", "50", "--on", "2026-03-10", "--evidence", "survey of March").lines == [
        "  A-1    Staff who know their part",
        "         ▁█ 50 % on 2026-03-10, from 20, target 80, 50 % of the way",
        "         data due 2026-05-28, Bo Field collects it",
        "         Survey of all who work for the partners",
    ]
    assert measured("reading", "A-1", "81.5", "--on", "2026-03-15").lines[1] == (
        "         ▁▄█ 81.5 % on 2026-03-15, from 20, target 80, reached"
    )
    assert run("evaluation").status == 0
    assert max(map(cells, run("evaluation").lines)) <= 80


def test_only_what_is_overdue(measured: Run, run: Run) -> None:
    measures = json.loads(run("evaluation", "--overdue", "--json").out)["measures"]
    assert [(one["ref"], one["overdue"], one["collector"]) for one in measures] == [("A-1", True, "Bo Field")]
    measured("reading", "A-1", "50")
    assert measured("evaluation", "--overdue").lines == ["No data is overdue."]


def test_a_reading_names_its_measure(measured: Run, run: Run) -> None:
    told = json.loads(measured("reading", "A-2:2", "-3", "--remark", "Sooner", "--json").out)
    assert (told["statement"], told["readings"][0]["value"], told["dry_run"]) == ("Days until signed", "-3", False)
    assert "A-2 has 2 outcome measures: write A-2:1 to A-2:2." in run("reading", "A-2", "3").err
    assert "A-2 has 2 outcome measures" in run("reading", "A-2:3", "3").err
    assert "A-1 has one outcome measure: write A-1 alone." in run("reading", "A-1:2", "3").err
    assert "A-3 has no outcome measure yet" in run("reading", "A-3", "3").err
    measured("reading", "A-1", "--remark", "The survey was not held")
    assert "A reading needs a value or a remark." in run("reading", "A-1").err


def test_the_first_outcome_of_each_area(measured: Run) -> None:
    assert measured("evaluation", "--first").lines == [
        "D-1   Leaders know their part",
        "      expected 2026-02-28: Staff who know their part (A-1)",
    ]
    measured("reading", "A-1", "30", "--on", "2026-03-02")
    assert json.loads(measured("evaluation", "--first", "--json").out)["areas"] == [
        {
            "ref": "D-1",
            "area": "Leaders know their part",
            "measure": "Staff who know their part",
            "action": "A-1",
            "seen": "2026-03-02",
            "expected": None,
        }
    ]


def test_quick_wins(measured: Run) -> None:
    measured("add", "action", "Open day", "--to", "S-1", "--due", "2026-04-01", "--owner", "FB", "--milestone")
    lines = measured("evaluation", "--quick-wins").lines
    assert lines[0] == "Within 30 days (1)"
    assert lines[1].startswith("○ A-4  Open day")
    assert "       shows: milestone" in lines
    wins = json.loads(measured("evaluation", "--quick-wins", "--json").out)["wins"]
    assert [(win["days"], win["action"]["ref"]) for win in wins] == [(30, "A-4"), (60, "A-2")]


def test_fidelity_against_the_baseline(fine: Run, run: Run, partnership: Path) -> None:
    assert "There is nothing to compare with" in fine("fidelity").out
    assert fine("core", "A-1", "A-2").lines == [
        "A-1 is a core component: Draft the charter",
        "A-2 is a core component: Sign the charter",
    ]
    fine("baseline", "as agreed")
    assert fine("fidelity").lines == ["2 of 2 core components as they were in “as agreed”"]
    a_minute_later(partnership, core=False)
    answer = run("fidelity", "--from", "as agreed")
    assert answer.status == 1
    assert answer.lines == [
        "1 of 2 core components as they were in “as agreed”",
        "! A-2    no longer core Sign the charter",
        "         no adaptation is recorded",
    ]
    later = (datetime.now().astimezone().date() + timedelta(days=1)).isoformat()
    words = ("--cause", "No money", "--manner", "reactive", "--fidelity", "unknown", "--action", "A-2", "--on", later)
    fine("enter", "adaptation", "Sign by mail", *words)
    assert fine("fidelity").lines[-1] == f"         R-1 Sign by mail ({later}, reactive, fidelity unknown)"
    told = json.loads(fine("fidelity", "--json").out)
    assert (told["standing"], told["drifted"][0]["adaptations"][0]["ref"]) == (1, "R-1")


def test_what_waits_to_be_celebrated_and_how_it_was(fine: Run, run: Run) -> None:
    assert fine("celebrate").lines == ["Nothing waits to be celebrated."]
    finish(fine)
    assert fine("celebrate").lines == ["A-4    milestone       2026-03-10  Open day"]
    words = ("--how", "Cake at the board", "--thanked", "Ana Lopes", "--said-by", "Bo Field")
    assert fine("celebrate", "A-4", *words).lines == ["Celebrated R-1 Open day, thanks to Ana Lopes"]
    assert fine("celebrate").lines == ["Nothing waits to be celebrated."]
    assert fine("celebrate", "--done").lines == [
        "R-1    2026-03-16  Open day",
        "                   Cake at the board",
        "                   thanks to Ana Lopes",
    ]
    entry = json.loads(fine("register", "R-1", "--json").out)
    assert (entry["on"], entry["closed"]) == ("2026-03-10", "2026-03-16")
    assert [lead["ref"] for lead in entry["leads_to"]] == ["A-4"]
    assert "A-4 does not wait to be celebrated" in run("celebrate", "A-4").err


def test_an_achievement_of_the_register_is_celebrated(fine: Run) -> None:
    fine("enter", "achievement", "All schools signed", "--on", "2026-03-03")
    told = json.loads(fine("celebrate", "--json").out)["waiting"]
    assert [(good["ref"], good["noun"]) for good in told] == [("R-1", "achievement")]
    fine("celebrate", "R-1", "--how", "A letter to all")
    assert json.loads(fine("celebrate", "--done", "--json").out)["celebrated"][0]["how"] == "A letter to all"


def test_a_milestone_that_is_a_first_outcome_as_well_is_celebrated_once(measured: Run) -> None:
    measured("reading", "A-1", "30", "--on", "2026-03-02")
    assert measured("celebrate").lines[0].startswith("A-1    first outcome")
    measured("celebrate", "A-1")
    leads = json.loads(measured("register", "R-1", "--json").out)["leads_to"]
    assert [(lead["noun"], lead["ref"]) for lead in leads] == [("outcome measure", "A-1")]


@pytest.mark.parametrize(
    "words", [("celebrate", "A-4", "--how", "Cake"), ("core", "A-1"), ("reading", "A-1", "5", "--on", "2026-03-01")]
)
def test_a_dry_run_changes_nothing(measured: Run, partnership: Path, words: tuple[str, ...]) -> None:
    finish(measured)
    before = partnership.read_bytes()
    assert measured(*words, "--dry-run").lines[-1] == "Nothing was changed: this was a dry run."
    assert json.loads(measured(*words, "--dry-run", "--json").out)["dry_run"] is True
    assert partnership.read_bytes() == before


def test_lists_that_are_empty_say_so(fine: Run) -> None:
    assert fine("evaluation").lines == ["No outcome measure yet. Add one to an action in the terminal."]
    assert fine("celebrate", "--done").lines == ["Nothing was celebrated yet."]


def a_minute_later(place: Path, **values: Any) -> None:
    """Change A-2 a minute from now: moments of the ledger are told apart by the second."""
    open_database(place)
    later = Author(login="ana", at=datetime.now(UTC).replace(tzinfo=None) + timedelta(minutes=1))
    change_actions(later, [find_record("A-2", Action).uid], today=date(2026, 3, 16), **values)
    close_database()


def finish(fine: Run) -> Any:
    """Add a milestone and complete it."""
    fine("add", "action", "Open day", "--to", "S-1", "--due", "2026-03-10", "--owner", "FB", "--milestone")
    return fine("done", "A-4", "--on", "2026-03-10")
