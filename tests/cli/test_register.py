"""``register``, ``enter``, ``entry``, ``mitigate`` and ``promote``: what the register holds, and what comes of it."""

import json
from pathlib import Path
from typing import Any

import pytest

from tests.cli.conftest import Run
from tui_plan.cli.output import cells
from tui_plan.cli.register_arguments import ENTRY_WORDS

pytestmark = pytest.mark.usefixtures("partnership")

RISK = ("enter", "risk", "The bus contract ends", "--owner", "Ana Lopes", "--likelihood", "4", "--impact", "3")
ENTRIES = {
    "risk": (*RISK[2:], "--residual", "2", "3", "--response", "treat", "--due", "+4w", "--action", "A-1"),
    "issue": ("No room", "--owner", "Bo Field", "--due", "2026-03-10", "--cause", "The hall is let"),
    "decision": ("Meet every two weeks", "--decided-by", "Steering group", "--meeting", "M-1"),
    "context": ("A new mayor", "--effect", "Priorities may change", "--action", "A-2", "--risk", "R-1"),
    "adaptation": (
        *("Fewer schools", "--cause", "No money", "--manner", "reactive", "--fidelity", "inconsistent"),
        *("--meeting", "2026-03-10", "--due", "eom"),
    ),
    "lesson": ("Call before writing", "--stage", "T-1", "--disposition", "keep", "--evidence", "answers doubled"),
    "achievement": ("All schools signed", "--action", "A-2", "--objective", "S-1"),
    "idea": ("Train teachers together", "--who", "Bo Field", "--cause", "Both lack trainers"),
    "champion": ("Opened the door", "--who", "Ana Lopes", "--level", "champion"),
    "support": ("Not sure yet", "--who", "City Hall", "--level", "sceptical", "--shareable"),
    "participation": ("Families", "--partner", "FB", "--intended", "40", "--active", "25"),
}


@pytest.fixture
def register(fine: Run) -> Run:
    """A register with one entry of every kind, R-1 to R-11."""
    fine("stage", "add", "piloting", "--begins", "2026-01-12")
    fine("add", "meeting", "Board", "--on", "2026-03-10")
    for kind, words in ENTRIES.items():
        fine("enter", kind, *words)
    return fine


def test_every_kind_can_be_entered() -> None:
    assert [*ENTRIES] == [*ENTRY_WORDS]


def test_an_entry_is_confirmed(fine: Run) -> None:
    assert fine(*RISK).lines == ["Entered R-1 risk, 4 × 3 = 12: The bus contract ends"]
    told = json.loads(fine("enter", "champion", "Speaks for us", "--who", "Ana Lopes", "--json").out)
    assert (told["added"], told["ref"], told["dry_run"]) == ("champion", "R-2", False)
    assert fine("register", "R-2").lines[-1] == "  Candid                      it stays in the house"


def test_the_list_tells_the_most_of_each_in_80_columns(register: Run, run: Run) -> None:
    answer = run("register")
    assert answer.status == 1
    assert max(map(cells, answer.lines)) <= 80
    assert "○ R-1    risk           4×3=12→6: The bus contrac… due 2026-04-13  Ana Lopes" in answer.lines
    assert "! R-2    issue          No room                    due 2026-03-10  Bo Field" in answer.lines
    assert "· R-11   participation  25 of 40: Families         2026-03-16      Food Bank" in answer.lines
    assert register("register", "participation").lines == [
        "· R-11   25 of 40: Families                        2026-03-16      Food Bank"
    ]


@pytest.mark.parametrize(
    ("words", "refs"),
    [
        (("risks", "issue"), ["R-2", "R-1"]),
        (("adap",), ["R-5"]),
        (("context change",), ["R-4"]),
        (("--open",), ["R-8", "R-7", "R-4", "R-2", "R-1", "R-5"]),
        (("lessons", "--open"), []),
    ],
)
def test_only_some_kinds(register: Run, run: Run, words: tuple[str, ...], refs: list[str]) -> None:
    del register
    entries = json.loads(run("register", *words, "--json").out)["entries"]
    assert [one["ref"] for one in entries] == refs


def test_one_entry_whole_in_the_words_of_its_kind(register: Run) -> None:
    assert register("register", "R-1").lines == [
        "R-1 risk, 2026-03-16: The bus contract ends",
        "  Likelihood                  4",
        "  Impact                      3",
        "  Owner                       Ana Lopes",
        "  Response                    treat",
        "  Likelihood after that       2",
        "  Impact after that           3",
        "  Look at it again on         2026-04-13",
        "  Score                       12, after the response 6",
        "  State                       open",
        "  Leads to                    A-1 Draft the charter (not started 2026-03-02)",
        "  Named by                    R-4 A new mayor (open)",
    ]
    told = shown(register, "R-5")
    assert (told["manner"], told["fidelity"], told["meeting"]) == ("reactive", "inconsistent", "Board of 2026-03-10")
    assert [lead["ref"] for lead in shown(register, "R-7")["leads_to"]] == ["A-2", "S-1"]


def test_the_status_of_one_entry_says_whether_it_is_overdue(register: Run, run: Run) -> None:
    del register
    assert [run("register", ref).status for ref in ("R-1", "R-2")] == [0, 1]


def test_the_matrix_shows_open_risks_only(register: Run) -> None:
    lines = register("register", "--matrix").lines
    assert lines[1] == "Likelihood 4    │           │           │R-1        │           │"
    assert lines[-1] == "12 R-1    The bus contract ends"
    for number in range(4):
        register("enter", "risk", f"Risk {number}", "--owner", "FB", "--likelihood", "4", "--impact", "3")
    assert "│5 risks    │" in register("register", "--matrix").lines[1]
    for ref in ("R-1", "R-12", "R-13", "R-14", "R-15"):
        register("entry", "settle", ref)
    assert register("register", "--matrix").lines[-1] == "No risk is open."
    assert json.loads(register("register", "--matrix", "--json").out)["matrix"] == []


def test_an_entry_is_edited_with_what_it_names(register: Run) -> None:
    register("entry", "edit", "R-1", "--likelihood", "2", "--due", "none", "--who", "FB", "--action", "A-2")
    told = shown(register, "R-1")
    assert (told["score"], told["due"], told["party"]) == (6, None, "Food Bank")
    assert [lead["ref"] for lead in told["leads_to"]] == ["A-1", "A-2"]
    register("entry", "edit", "R-1", "--unlink", "A-1")
    assert [lead["ref"] for lead in shown(register, "R-1")["leads_to"]] == ["A-2"]
    register("entry", "edit", "R-3", "--meeting", "2026-03-10", "--title", "Meet weekly")
    assert shown(register, "R-3")["title"] == "Meet weekly"


def test_what_a_kind_does_not_ask_for_is_refused_by_its_option(register: Run, run: Run) -> None:
    del register
    for words, sentence in (
        (("--manner", "planned"), "--manner does not go with a risk; leave it out."),
        (("--residual", "1", "1"), ""),
        (("--meeting", "M-1"), "--meeting does not go with a risk"),
        (("--objective", "S-1"), "--objective does not go with a risk"),
    ):
        assert sentence in run("entry", "edit", "R-1", *words).err
    assert "--who does not go with a lesson" in run("entry", "edit", "R-6", "--who", "FB").err
    assert "--settled does not go with a decision" in run("entry", "edit", "R-3", "--settled", "today").err
    assert "--manner planned. See 'tui-plan enter risk --help'." in run(*RISK, "--manner", "planned").err


def test_entries_are_settled_and_taken_up_again(register: Run, run: Run) -> None:
    lines = register("entry", "settle", "R-1", "R-2", "--outcome", "Renewed", "--on", "2026-03-16").lines
    assert "  What came of it             Renewed" in lines
    assert "  Resolved on                 2026-03-16" in lines
    assert run("register", "risks", "issues").status == 0
    register("entry", "reopen", "R-1")
    assert shown(register, "R-1")["open"] is True
    answer = run("entry", "settle", "R-1", "R-6")
    assert (answer.status, "A lesson is never settled" in answer.err) == (2, True)
    run("entry", "settle", "R-4", "R-6")
    assert shown(register, "R-4")["open"] is True


def test_entries_become_candid_and_shareable(register: Run) -> None:
    register("entry", "candid", "R-1", "R-4")
    assert [shown(register, ref)["candour"] for ref in ("R-1", "R-4", "R-10")] == ["candid", "candid", "shareable"]
    register("entry", "shareable", "R-1")
    assert shown(register, "R-1")["candour"] == "shareable"


def test_an_entry_made_by_mistake_goes_and_undo_brings_it_back(register: Run, run: Run) -> None:
    assert register("entry", "remove", "R-8").lines == ["Removed R-8 “Train teachers together”"]
    assert run("register", "R-8").status == 2
    register("undo")
    assert shown(register, "R-8")["kind"] == "idea"


def test_a_risk_gets_the_action_that_answers_it(register: Run) -> None:
    words = ("mitigate", "R-1", "Ask two firms", "--under", "S-1", "--owner", "FB", "--by", "+4w")
    assert register(*words).lines == ["R-1 → A-4 “Ask two firms”"]
    assert [lead["ref"] for lead in shown(register, "R-1")["leads_to"]] == ["A-1", "A-4"]
    told = json.loads(register(*words, "--json").out)
    assert (told["from"], told["ref"]) == ("R-1", "A-5")


def test_an_idea_becomes_a_development_area_once(register: Run, run: Run) -> None:
    assert register("promote", "R-8", "Shared training").lines == ["R-8 → D-2 “Shared training”"]
    told = shown(register, "R-8")
    assert (told["area"], told["closed"]) == ("D-2 Shared training", "2026-03-16")
    assert "has become D-2" in run("promote", "R-8").err
    assert "is a risk: only an idea" in run("promote", "R-1").err


def test_on_whose_word_it_was_entered(fine: Run) -> None:
    fine(*RISK, "--said-by", "Bo Field", "--channel", "phone")
    change = json.loads(fine("history", "R-1", "--json").out)["changes"][0]
    assert (change["said_by"], change["channel"]) == ("Bo Field", "phone")


def test_who_owns_it_may_be_me(fine: Run, run: Run) -> None:
    assert "The roster does not know your login" in run(*RISK[:3], "--owner", "me", *RISK[5:]).err
    assert fine(*RISK[:3], "--owner", "Mayor", *RISK[5:]).lines[0].startswith("Entered R-1")


@pytest.mark.parametrize(
    "words",
    [
        RISK,
        ("entry", "settle", "R-1"),
        ("entry", "edit", "R-1", "--title", "Other"),
        ("entry", "remove", "R-1"),
        ("entry", "candid", "R-1"),
        ("mitigate", "R-1", "Ask", "--under", "S-1", "--owner", "FB", "--by", "+4w"),
        ("promote", "R-8"),
    ],
)
def test_a_dry_run_changes_nothing(register: Run, partnership: Path, words: tuple[str, ...]) -> None:
    before = partnership.read_bytes()
    assert register(*words, "--dry-run").lines[-1] == "Nothing was changed: this was a dry run."
    assert json.loads(register(*words, "--dry-run", "--json").out)["dry_run"] is True
    assert partnership.read_bytes() == before


def test_an_empty_register_says_how_to_fill_it(fine: Run) -> None:
    assert fine("register").lines == ["Nothing of that is in the register. Enter something:  tui-plan enter KIND TITLE"]
    assert json.loads(fine("register", "--json").out)["entries"] == []


def shown(fine: Run, ref: str) -> dict[str, Any]:
    """Return one entry whole."""
    found: dict[str, Any] = json.loads(fine("register", ref, "--json").out)
    return found
