"""``status``: the whole screen, letter by letter, for small known plans, and its shape as JSON."""

import json
from datetime import date
from pathlib import Path

import pytest

from tests.cli.conftest import Run
from tui_plan.insight.finding import find_record
from tui_plan.model.database import close_database, open_database
from tui_plan.model.plan import Action
from tui_plan.model.store import Author
from tui_plan.operations.actions import edit_action

ONE_PLAN = """\
P-1 Community resilience                                         Mon 16 Mar 2026
████░░░░░░░░░░░░░░░░ 20 % complete: 1 of 5, 0 in progress, next date 20 Mar

      Development area                 Complete    Overdue  Soon Blocked Unowned
D-1   Leaders know their part          ░░░░░░  0 %     ! 1     1       0       0
D-2   Neighbours are ready             ██░░░░ 33 %       0     0       0       1

Overdue: 1 action
! A-1  Draft the charter                       Ana Lopes            2 weeks late

In the next 14 days
  Fri 20 Mar A-2 target          Sign the charter
"""

TWO_PLANS = """\
How 2 plans stand on Mon 16 Mar 2026

      Plan                    Complete    Overdue  Soon Blocked Unowned     Next
P-1   Community resilience    █░░░░░ 20 %     ! 1     1       0       1   20 Mar
P-2   Learning partnership    ░░░░░░    –       0     0       0       0        –

Overdue: 1 action
! A-1  Draft the charter                       Ana Lopes            2 weeks late

In the next 14 days
  Fri 20 Mar A-2 target          Sign the charter
"""


def test_one_plan_shows_its_areas(run: Run, small_plan: Path) -> None:
    answer = run("status")
    assert answer.out == ONE_PLAN
    assert (answer.status, answer.err) == (1, "")


def test_several_plans_stand_below_each_other(run: Run, small_plan: Path) -> None:
    run("add", "plan", "Learning partnership")
    assert run("status").out == TWO_PLANS
    assert run("status", "--plan", "P-1").out == ONE_PLAN


def test_nothing_overdue_is_fine(fine: Run, small_plan: Path) -> None:
    fine("done", "A-1")
    fine("status")


def test_another_today_is_another_screen(run: Run, small_plan: Path) -> None:
    assert "Nothing is due in the next 14 days." in run("status", today="2026-06-01").lines


def test_without_a_plan_it_says_how_to_begin(fine: Run) -> None:
    fine("init")
    assert "tui-plan import" in fine("status").out


@pytest.mark.parametrize(("width", "widest"), [("80", 80), ("120", 120), ("72", 72), ("7", 72), ("x", 80)])
def test_lines_keep_to_the_width(
    run: Run, small_plan: Path, monkeypatch: pytest.MonkeyPatch, width: str, widest: int
) -> None:
    monkeypatch.setenv("COLUMNS", width)
    assert max(map(len, run("status").lines)) <= widest


def test_many_plans_still_fit_one_screen(run: Run, small_plan: Path) -> None:
    for number in range(12):
        run("add", "plan", f"Plan {number} with a name that goes on and on and on and on")
    for number in range(30):
        run("add", "action", f"Late action {number}", "--to", "S-1", "--due", "2026-03-01")
        run("add", "action", f"Coming action {number}", "--to", "S-1", "--due", "2026-03-18")
    answer = run("status")
    assert len(answer.lines) == 23
    assert "Overdue: 31 actions, the 4 longest" in answer.lines
    assert any("… and 6 more, 0 overdue in them" in line for line in answer.lines)


def test_red_is_told_by_a_sign_and_a_word(run: Run, small_plan: Path) -> None:
    open_database(small_plan)
    uid = find_record("A-5", Action).uid
    edit_action(Author("ana"), uid, today=date(2026, 3, 16), confidence="red", confidence_reason="No hall")
    close_database()
    assert "■ 1 in red, ▲ 0 in amber" in run("status").lines


def test_json_has_every_number(run: Run, small_plan: Path) -> None:
    answer = run("status", "--json")
    told = json.loads(answer.out)
    assert answer.status == 1
    assert told["today"] == "2026-03-16"
    plan = told["plans"][0]
    assert {name: plan[name] for name in ("ref", "actions", "complete", "overdue", "due_soon", "unowned")} == {
        "ref": "P-1",
        "actions": 5,
        "complete": 1,
        "overdue": 1,
        "due_soon": 1,
        "unowned": 1,
    }
    assert plan["share_complete"] == 0.2
    assert plan["next_date"] == "2026-03-20"
    assert [area["ref"] for area in told["areas"]] == ["D-1", "D-2"]
    assert [action["ref"] for action in told["overdue"]] == ["A-1"]
    assert told["coming"][0]["day"] == "2026-03-20"
