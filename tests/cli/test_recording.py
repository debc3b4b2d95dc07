"""Commands that change the plan: what they say, what they leave, and that --dry-run leaves nothing."""

import json
from datetime import date
from pathlib import Path

import pytest

from tests.cli.conftest import Run
from tui_plan.model.base import rows
from tui_plan.model.database import close_database, open_database
from tui_plan.model.plan import Action
from tui_plan.model.store import Author
from tui_plan.model.vocabulary import Status
from tui_plan.operations.actions import set_status

WRITES = [
    ("add", "plan", "Another"),
    ("add", "area", "Schools are safe", "--priority", "low"),
    ("add", "objective", "Find the money", "--to", "D-2"),
    ("add", "action", "Ask the council", "--to", "S-1", "--due", "+2w", "--owner", "Ana Lopes", "--milestone"),
    ("add", "person", "Bo Field", "--organisation", "City Hall", "--phone", "555 0100"),
    ("add", "post", "Chair", "--organisation", "City Hall", "--holder", "Ana Lopes", "--since", "2025-01-01"),
    ("add", "organisation", "Food Bank", "--short", "FB"),
    ("add", "group", "Steering group", "--what", "convening group", "--member", "Ana Lopes"),
    ("add", "meeting", "Review", "--on", "fri", "--zone", "Europe/London"),
    ("done", "A-1", "A-2", "--on", "2026-03-10", "--said-by", "Bo", "--channel", "email"),
    ("done", "A-1", "--note", "All signed"),
    ("note", "A-1", "Waits for the council", "--candid"),
    ("note", "P-1", "The chair is away", "--said-by", "Ana Lopes", "--channel", "in person"),
    ("baseline", "agreed in March"),
    ("undo",),
]


@pytest.mark.parametrize("words", WRITES, ids=" ".join)
def test_a_dry_run_changes_nothing(fine: Run, small_plan: Path, words: tuple[str, ...]) -> None:
    before = small_plan.read_bytes()
    answer = fine(*words, "--dry-run")
    assert len(answer.lines) > 1
    assert answer.lines[-1] == "Nothing was changed: this was a dry run."
    assert small_plan.read_bytes() == before


@pytest.mark.parametrize("words", WRITES, ids=" ".join)
def test_a_change_can_be_undone_and_done_again(fine: Run, small_plan: Path, words: tuple[str, ...]) -> None:
    before = small_plan.read_bytes()
    fine(*words)
    assert small_plan.read_bytes() != before
    if words != ("undo",):
        fine("undo")
        assert fine("redo").out.startswith("Redid change")


def test_done_tells_each_action(fine: Run, small_plan: Path) -> None:
    lines = fine("done", "A-1", "A-4", "--on", "2026-03-10").lines
    assert lines[0] == "✓ A-1 complete on 2026-03-10: Draft the charter"
    assert lines[1].startswith("✓ A-4 complete on 2026-03-10 (it was already)")


def test_done_again_keeps_the_day(fine: Run, small_plan: Path) -> None:
    fine("done", "A-1", "--on", "2026-03-10")
    assert fine("done", "A-1").lines == ["✓ A-1 complete on 2026-03-10 (it was already): Draft the charter"]
    assert fine("done", "A-1", "--note", "All agreed").lines[0].startswith("✓ A-1 complete on 2026-03-10")
    last = json.loads(fine("history", "A-1", "-n", "1", "--json").out)["changes"][0]
    assert "status" not in json.dumps(last)


def test_the_word_of_somebody_who_is_not_on_the_roster_is_kept(fine: Run, small_plan: Path) -> None:
    fine("note", "A-2", "She will sign", "--said-by", "The Mayor", "--channel", "phone")
    change = json.loads(fine("history", "A-2", "-n", "1", "--json").out)["changes"][0]
    assert (change["said_by"], change["channel"]) == ("The Mayor", "phone")


def test_me_is_the_person_with_my_login(fine: Run, run: Run, small_plan: Path) -> None:
    from tui_plan.cli.call import login_name

    assert run("done", "A-1", "--said-by", "me").status == 2
    fine("add", "person", "Cy Reed", "--login", login_name())
    fine("done", "A-1", "--said-by", "me")
    assert json.loads(fine("history", "A-1", "-n", "1", "--json").out)["changes"][0]["said_by"] == "Cy Reed"


def test_me_may_stand_in_the_configuration(fine: Run, home: Path, small_plan: Path) -> None:
    config = home / "config" / "tui-plan" / "config.toml"
    config.parent.mkdir(parents=True)
    config.write_text('[identity]\nname = "Ana Lopes"\n[look]\ndate_format = "day-month"\n')
    assert fine("done", "A-1", "--said-by", "me", "--on", "2026-03-10").lines == [
        "✓ A-1 complete on 10 Mar 2026: Draft the charter"
    ]


def test_what_was_added_is_told_as_json(fine: Run, small_plan: Path) -> None:
    told = json.loads(fine("add", "action", "Ask", "--to", "S-1", "--json").out)
    assert (told["added"], told["ref"], told["title"], told["dry_run"]) == ("action", "A-6", "Ask", False)


def test_an_owner_who_is_unknown_leaves_no_half_of_an_action(run: Run, small_plan: Path) -> None:
    before = small_plan.read_bytes()
    answer = run("add", "action", "Ask", "--to", "S-1", "--owner", "Nobody Known")
    assert (answer.status, answer.out) == (2, "")
    assert small_plan.read_bytes() == before


def test_what_is_withdrawn_is_not_done(run: Run, small_plan: Path) -> None:
    open_database(small_plan)
    ((uid,),) = rows(Action.select(Action.uid).where(Action.number == 3))
    set_status(Author("ana"), [uid], Status.WITHDRAWN, today=date(2026, 3, 16))
    close_database()
    answer = run("done", "A-3")
    assert (answer.status, answer.out) == (2, "")
    assert "A-3 is withdrawn: give it another status in the terminal first." in answer.err
