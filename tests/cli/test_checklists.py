"""``checklists`` and ``checklist``: begun, filled in, finished, and never written again."""

import json
from pathlib import Path
from typing import Any

import pytest

from tests.cli.conftest import Run
from tui_plan.cli.output import cells

pytestmark = pytest.mark.usefixtures("partnership")

START = ("checklist", "start", "onboarding", "--for", "Cy Reed")


def test_a_checklist_is_begun_and_shown(fine: Run) -> None:
    lines = fine(*START).lines
    assert lines[:2] == [
        "C-1 Welcoming somebody new, Cy Reed",
        "  onboarding, 0 of 5 done, begun 2026-03-16, due 2026-04-15",
    ]
    assert "  · 1   Called and welcomed: what the plan is, which actions came with the post," in lines
    assert max(map(cells, lines)) <= 80
    assert fine("checklists", "C-1").lines == lines
    assert fine("checklists").lines == ["  C-1    0 of 5 done     Welcoming somebody new             due 2026-04-15"]


def test_items_are_ticked_and_rated(fine: Run) -> None:
    fine(*START)
    fine("checklist", "tick", "C-1", "1", "2", "--channel", "phone", "--on", "2026-03-10", "--at", "09:30")
    fine("checklist", "tick", "c1", "3", "--rating", "partly in place")
    run = shown(fine, "C-1")
    assert [item["rating"] for item in run["list"]] == ["in place", "in place", "partly in place", None, None]
    assert (run["list"][0]["at"], run["list"][0]["channel"], run["settled"]) == ("2026-03-10 09:30:00", "phone", 2)
    fine("checklist", "tick", "C-1", "1", "--at", "10:00")
    assert shown(fine, "C-1")["list"][0]["at"] == "2026-03-10 09:30:00"
    assert "        (2026-03-10 09:30, phone)" in fine("checklists", "C-1").lines


def test_a_finished_checklist_stays_as_it_is(fine: Run, run: Run) -> None:
    fine(*START)
    assert fine("checklist", "finish", "C-1", "--remarks", "Well begun").lines[-1] == "Well begun"
    answer = run("checklist", "tick", "C-1", "1")
    assert answer.status == 2
    assert "was finished on 2026-03-16 and stays as it is" in answer.err
    assert fine("checklists").lines[0].startswith("✓ C-1")
    fine("undo")
    fine("checklist", "tick", "C-1", "1")


def test_those_about_somebody_and_those_late(fine: Run) -> None:
    fine(*START)
    fine("checklist", "start", "instructions", "--title", "How to begin", "--on", "2026-01-05")
    assert [run["title"] for run in listed(fine)] == ["Welcoming somebody new", "How to begin"]
    assert [run["about"] for run in listed(fine, "--of", "Cy Reed")] == ["Cy Reed"]
    assert fine("checklists").lines[1].startswith("! C-2")
    assert listed(fine, "--of", "Bo Field") == []
    assert "No checklist yet." in fine("checklists", "--of", "Bo Field").out


def test_a_drill_calls_a_group(fine: Run) -> None:
    run = json.loads(fine("checklist", "start", "drill", "--for", "Steering group", "--json").out)
    assert (run["title"], run["kind"]) == ("Call-down of Steering group", "notification drill")
    assert [item["text"] for item in run["list"]] == ["Ana Lopes", "Bo Field"]
    line = fine("checklist", "tick", "C-1", "1", "--channel", "phone", "--at", "09:30").lines[2]
    assert line == "  ✓ 1   Ana Lopes (2026-03-16 09:30, phone)"
    assert json.loads(fine("who", "Ana Lopes", "--json").out)["heard"] == {"on": "2026-03-16", "channel": "phone"}


def test_the_templates_are_listed(fine: Run, home: Path) -> None:
    own = home / "config" / "tui-plan" / "checklists"
    own.mkdir(parents=True)
    (own / "first-week.toml").write_text(
        'title = "First week"\nkind = "instructions"\n[[item]]\nkey = "one"\ntext = "Say hello"\n'
    )
    lines = fine("checklists", "--templates").lines
    assert "first-week           instructions       1 item    First week" in lines
    keys = [one["key"] for one in json.loads(fine("checklists", "--templates", "--json").out)["templates"]]
    assert {"onboarding", "first-week"} <= set(keys)
    assert fine("checklist", "start", "first-week").lines[2] == "  · 1   Say hello"


@pytest.mark.parametrize("words", [START, ("checklist", "start", "drill", "--for", "Officials")])
def test_a_dry_run_begins_nothing(fine: Run, partnership: Path, words: tuple[str, ...]) -> None:
    before = partnership.read_bytes()
    assert fine(*words, "--dry-run").lines[-1] == "Nothing was changed: this was a dry run."
    assert partnership.read_bytes() == before


def shown(fine: Run, ref: str) -> dict[str, Any]:
    """Return a checklist with its items."""
    run: dict[str, Any] = json.loads(fine("checklists", ref, "--json").out)
    return run


def listed(fine: Run, *words: str) -> list[dict[str, Any]]:
    """Return the checklists of the list."""
    runs: list[dict[str, Any]] = json.loads(fine("checklists", *words, "--json").out)["checklists"]
    return runs


def test_it_is_said_where_the_template_has_changed_since(fine: Run, home: Path) -> None:
    own = home / "config" / "tui-plan" / "checklists"
    own.mkdir(parents=True)
    text = 'title = "First week"\nkind = "instructions"\n[[item]]\nkey = "one"\ntext = "Do it"\n'
    (own / "first-week.toml").write_text(text)
    assert "today" not in fine("checklist", "start", "first-week").out
    (own / "first-week.toml").write_text(text.replace("Do it", "Do it well"))
    changed = "1 of its items is in other words in “First week” today."
    assert fine("checklists", "C-1").lines[2:] == [f"  {changed}", "  · 1   Do it"]
    assert json.loads(fine("checklists", "C-1", "--json").out)["template_changes"] == [changed]
