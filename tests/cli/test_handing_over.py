"""``handover``: everything that moves is shown first, one change does it, and one undo takes it back."""

import io
import json
from pathlib import Path

import pytest

from tests.cli.conftest import Run
from tui_plan.cli import asking
from tui_plan.cli.output import cells

pytestmark = pytest.mark.usefixtures("partnership")

TO_CY = ("handover", "Ana Lopes", "--to", "Cy Reed")


def test_a_dry_run_shows_all_that_moves_and_which_agreements_lapse(fine: Run, partnership: Path) -> None:
    fine("agree", "Ana Lopes")
    before = partnership.read_bytes()
    lines = fine(*TO_CY, "--dry-run").lines
    assert lines == [
        "Handover from Ana Lopes to Cy Reed on 2026-03-16",
        "Posts (1)",
        "  Mayor                                          → Cy Reed",
        "Roles in actions (2)",
        "  A-2 responsible: Sign the charter              → Cy Reed",
        "  A-1 accountable: Draft the charter             → Cy Reed, with the post",
        "Seats in groups (1)",
        "  Steering group, chair                          → Cy Reed, with the post",
        "Agreements that lapse (1)",
        "  Ana Lopes                    Flood plan               handover on 2026-03-16",
        "A checklist begins for Cy Reed: Welcoming somebody new.",
        "Ana Lopes leaves the partnership on 2026-03-15.",
        "Nothing was changed: this was a dry run.",
    ]
    assert max(map(cells, lines)) <= 80
    assert partnership.read_bytes() == before


def test_a_dry_run_without_a_successor_shows_what_would_lie_open(fine: Run) -> None:
    assert (
        "  Mayor                                          → nobody" in fine("handover", "Ana Lopes", "--dry-run").lines
    )


def test_what_they_own_in_the_register_goes_too(fine: Run) -> None:
    risk = ("--likelihood", "4", "--impact", "5", "--owner", "Ana Lopes")
    fine("enter", "risk", "The money ends", *risk)
    assert "Risks and issues they own (1 open)" in fine("who", "Ana Lopes").lines
    lines = fine(*TO_CY, "--dry-run").lines
    assert lines[lines.index("Risks and issues they own (1)") + 1] == (
        "  R-1 risk: The money ends                       → Cy Reed"
    )
    fine(*TO_CY, "--yes")
    owned = json.loads(fine("who", "Cy Reed", "--json").out)["owned"]
    assert owned == [{"ref": "R-1", "kind": "risk", "words": "The money ends", "score": 20, "due": None}]


def test_it_says_what_does_not_wait_for_a_day_to_come(fine: Run) -> None:
    sentence = "Posts change hands on 2026-05-01; what is carried by name moves at once."
    assert sentence in fine("handover", "Ana Lopes", "--to", "Cy Reed", "--on", "2026-05-01", "--dry-run").lines
    assert sentence not in fine(*TO_CY, "--dry-run").lines


def test_it_is_done_in_one_change_and_undone_in_one(fine: Run) -> None:
    fine("agree", "Ana Lopes")
    last = fine(*TO_CY, "--yes").out.replace("\n", " ")
    assert "Handed over: 4 things moved, 1 agreement lapsed, an onboarding checklist begun." in last
    page = json.loads(fine("who", "Cy Reed", "--json").out)
    assert [one["post"] for one in page["holdings"]] == ["Mayor"]
    assert [one["action"]["ref"] for one in page["carries"]] == ["A-1", "A-2"]
    assert page["checklists"][0]["title"] == "Welcoming somebody new: Cy Reed"
    left = json.loads(fine("who", "Ana Lopes", "--json").out)
    assert (left["left"], left["agreements"][0]["state"], left["holdings"][0]["end"]) == (
        "2026-03-15",
        "lapsed",
        "2026-03-15",
    )
    fine("undo")
    again = json.loads(fine("who", "Ana Lopes", "--json").out)
    assert (again["left"], again["agreements"][0]["state"], len(again["carries"])) == (None, "agreed", 2)


def test_a_post_goes_by_itself(fine: Run) -> None:
    fine("handover", "Mayor", "--to", "Cy Reed", "--acting", "--no-checklist", "--yes", "--on", "2026-04-01")
    page = json.loads(fine("who", "Cy Reed", "--json", today="2026-04-01").out)
    assert (page["holdings"][0]["acting"], page["holdings"][0]["start"], page["checklists"]) == (True, "2026-04-01", [])
    ana = json.loads(fine("who", "Ana Lopes", "--json", today="2026-04-01").out)
    assert (ana["left"], [one["action"]["ref"] for one in ana["carries"]]) == (None, ["A-2"])


def test_nobody_takes_over(fine: Run, run: Run) -> None:
    fine("handover", "Ana Lopes", "--vacant", "--yes", "--stays")
    assert json.loads(fine("who", "Ana Lopes", "--json").out)["left"] is None
    lint = run("lint").out
    assert "It rests on Mayor, a post that nobody holds." in lint


def test_the_note_lies_in_the_form_of_its_ending(fine: Run, home: Path) -> None:
    for ending, beginning in ((".md", "# Handover: Mayor"), (".html", "<!DOCTYPE html>"), (".txt", "Handover: Mayor")):
        note = home / f"note{ending}"
        fine(*TO_CY, "--yes", "--note", str(note))
        text = note.read_text(encoding="utf-8")
        assert text.startswith(beginning)
        assert "Draft the charter" in text
        assert "0700" not in text
        assert note.stat().st_mode & 0o777 == 0o600
        fine("undo")
    fine(*TO_CY, "--dry-run", "--note", str(home / "never.md"))
    assert not (home / "never.md").exists()


def test_a_note_that_cannot_be_written_stops_the_handover(run: Run, partnership: Path, home: Path) -> None:
    before = partnership.read_bytes()
    answer = run(*TO_CY, "--yes", "--note", str(home / "nowhere" / "note.md"))
    assert answer.status == 2
    assert partnership.read_bytes() == before


@pytest.mark.parametrize(("typed", "left"), [("y\n", "2026-03-15"), ("\n", None)])
def test_on_a_terminal_it_asks(
    fine: Run, run: Run, monkeypatch: pytest.MonkeyPatch, typed: str, left: str | None
) -> None:
    with monkeypatch.context() as patch:
        patch.setattr("sys.stdin", io.StringIO(typed))
        patch.setattr(asking, "at_terminal", lambda: True)
        answer = run(*TO_CY)
    assert answer.err == "Hand over from Ana Lopes to Cy Reed on 2026-03-16? [y/N] "
    assert json.loads(fine("who", "Ana Lopes", "--json").out)["left"] == left


def test_a_handover_as_json(fine: Run) -> None:
    told = json.loads(fine(*TO_CY, "--yes", "--json").out)
    assert (told["from"]["name"], told["to"]["name"], told["on"], told["leaves"]) == (
        "Ana Lopes",
        "Cy Reed",
        "2026-03-16",
        True,
    )
    assert [(move["kind"], move["ref"], move["follows"]) for move in told["moves"]] == [
        ("post", None, False),
        ("role", "A-2", False),
        ("role", "A-1", True),
        ("seat", None, True),
    ]
    assert (told["checklist"], told["lapses"], told["dry_run"]) == ("onboarding", [], False)
