"""``import`` and ``export`` on the real plan, and ``backup`` and ``restore``."""

import csv
import io
import json
import tomllib
from pathlib import Path

import pytest

from tests.cli.conftest import Run
from tui_plan.cli import asking
from tui_plan.cli.output import cells

REAL = Path(__file__).parent.parent / "data" / "federal-data-strategy-2020.csv"


@pytest.fixture
def real_plan(fine: Run, database: Path) -> Path:
    """The real plan, brought in."""
    fine("init")
    fine("import", str(REAL), "--yes")
    return database


def test_a_dry_run_shows_what_was_recognised(fine: Run, database: Path) -> None:
    fine("init")
    before = database.read_bytes()
    lines = fine("import", str(REAL), "--dry-run").lines
    assert "  66 actions in 20 step objectives in 3 development areas; headings in row 1." in lines
    assert "  Timescale         → timescale (agreed date, or words)" in lines
    assert "  “12 months”: row 35" in lines
    assert lines[-1] == "Nothing was changed: this was a dry run."
    assert database.read_bytes() == before


def test_wide_names_keep_the_columns_of_a_dry_run_straight(fine: Run, home: Path) -> None:
    fine("init")
    (home / "plan.csv").write_text(f"Action,Who\nDraft,Jo\nSign,市役所\nMeet,{'市役所' * 15}\n", encoding="utf-8")
    lines = fine("import", str(home / "plan.csv"), "--dry-run").lines
    assert {cells(line) for line in lines if line.endswith(" 1 row")} == {80}
    assert max(map(cells, lines)) <= 80


def test_without_a_terminal_it_wants_a_yes(run: Run, database: Path) -> None:
    run("init")
    before = database.read_bytes()
    answer = run("import", str(REAL))
    assert answer.status == 2
    assert answer.err == "tui-plan: Nothing was changed. Add --yes to bring it in, or --dry-run to look only.\n"
    assert "66 actions" in answer.out
    assert database.read_bytes() == before


@pytest.mark.parametrize(("typed", "plans"), [("y\n", 1), ("yes\n", 1), ("\n", 0), ("n\n", 0), ("", 0)])
def test_on_a_terminal_it_asks(
    fine: Run, run: Run, database: Path, monkeypatch: pytest.MonkeyPatch, typed: str, plans: int
) -> None:
    fine("init")
    monkeypatch.setattr("sys.stdin", io.StringIO(typed))
    monkeypatch.setattr(asking, "at_terminal", lambda: True)
    answer = run("import", str(REAL))
    assert answer.status == 0
    assert answer.err == "Bring this in as the new plan “federal-data-strategy-2020”, 66 actions? [y/N] "
    assert len(json.loads(run("status", "--json").out)["plans"]) == plans


def test_what_came_in_is_told(fine: Run, database: Path) -> None:
    fine("init")
    answer = fine("import", str(REAL), "--yes", "--name", "Federal Data Strategy")
    assert " ".join(answer.out.split()) == (
        "Brought in P-1 “Federal Data Strategy”: 66 actions in 20 step objectives in 3 development areas; "
        "16 new on the roster. 66 rows need a look: 'tui-plan lint --plan P-1' lists what is missing."
    )


def test_the_same_file_again_is_a_difference(run: Run, real_plan: Path, home: Path) -> None:
    assert "came in before, as P-1. Say --plan P-1" in run("import", str(REAL), "--yes").err
    assert "Nothing differs." in run("import", str(REAL), "--yes", "--plan", "P-1").lines
    changed = home / REAL.name
    changed.write_text(REAL.read_text(encoding="utf-8").replace("January 31, 2020", "March 2, 2020"), encoding="utf-8")
    assert run("import", str(changed), "--dry-run", "--plan", "P-1").lines[-2].startswith("Would change P-1: 0 added")
    told = json.loads(run("import", str(changed), "--yes", "--plan", "P-1", "--json").out)
    assert {one["what"] for one in told["differences"]} == {"changed"}
    assert told["differences"][0]["changes"] == [
        {
            "field": "agreed",
            "before": "2020-01-31",
            "present": "2020-01-31",
            "after": "2020-03-02",
            "clash": False,
            "left": [],
        }
    ]
    assert "Nothing differs." in run("import", str(changed), "--yes", "--plan", "P-1").lines


def test_who_and_what_can_be_said_beforehand(fine: Run, home: Path) -> None:
    fine("init")
    (home / "plan.csv").write_text("Do,By,Until\nDraft,Jo Field,03/04/2026\n")
    words = ("--map", "Do=action", "--map", "By=accountable", "--map", "Until=timescale", "--as", "Jo Field=person")
    fine("import", str(home / "plan.csv"), "--yes", *words, "--dates", "day-month")
    action = json.loads(fine("next", "--json").out)["actions"][0]
    assert (action["date"], action["owners"][0]["kind"], action["owners"][0]["role"]) == (
        "2026-04-03",
        "person",
        "accountable",
    )


@pytest.mark.parametrize("words", [("--as", "Jo=friend"), ("--as", "nobody"), ("--map", "Do")])
def test_options_that_say_nothing(run: Run, home: Path, words: tuple[str, ...]) -> None:
    run("init")
    (home / "plan.csv").write_text("Action\nDraft\n")
    assert run("import", str(home / "plan.csv"), "--yes", *words).status == 2


def test_the_sheet_comes_back_cell_by_cell(fine: Run, real_plan: Path, home: Path) -> None:
    fine("export", "csv", "--columns", "as-imported", "--output", str(home / "back.csv"))
    assert _cells(home / "back.csv") == _cells(REAL)


def _cells(path: Path) -> list[list[str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return [[" ".join(cell.split()) for cell in line] for line in csv.reader(file)]


def test_toml_goes_out_and_comes_in(fine: Run, run: Run, real_plan: Path, home: Path) -> None:
    path = home / "plan.toml"
    fine("export", "toml", "--output", str(path))
    assert tomllib.loads(path.read_text(encoding="utf-8"))["plan"]["name"] == "federal-data-strategy-2020"
    assert "--as-copy" in run("import", str(path), "--yes").err
    assert fine("import", str(path), "--yes", "--as-copy").lines[-1].startswith("Brought in P-2")
    fine("init", str(home / "new.db"))
    fine("--db", str(home / "new.db"), "import", str(path), "--yes")
    again = fine("--db", str(home / "new.db"), "export", "toml").out
    assert again == path.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("words", "beginning"),
    [
        (("ics",), "BEGIN:VCALENDAR"),
        (("ics", "--tasks"), "BEGIN:VCALENDAR"),
        (("ics", "--organisation", "OMB", "--alarm", "7", "--shared"), "BEGIN:VCALENDAR"),
        (("annex1",), "# federal-data-strategy-2020"),
        (("annex1", "--area", "D-2"), "# federal-data-strategy-2020"),
        (("annex1", "--format", "html"), "<!DOCTYPE html>"),
        (("annex1", "--format", "csv"), "Plan,federal-data-strategy-2020"),
        (("csv",), "Ref,"),
        (("json",), "{"),
        (("toml",), "# A whole plan"),
    ],
)
def test_text_goes_to_the_screen(fine: Run, real_plan: Path, words: tuple[str, ...], beginning: str) -> None:
    assert fine("export", *words).out.startswith(beginning)


def test_an_area_is_a_part_of_the_paper(fine: Run, real_plan: Path) -> None:
    out = fine("export", "annex1", "--area", "D-2").out
    assert "Community of Practice Actions" in out
    assert "Agency Actions" not in out


@pytest.mark.parametrize("words", [("xlsx",), ("annex1", "--format", "xlsx"), ("ics",)])
def test_files_are_written_for_oneself_alone(fine: Run, real_plan: Path, home: Path, words: tuple[str, ...]) -> None:
    path = home / "out"
    assert fine("export", *words, "--output", str(path)).out.startswith(f"Wrote {path} (")
    assert path.stat().st_mode & 0o777 == 0o600


def test_a_folder_of_calendar_files_follows_the_plan(fine: Run, real_plan: Path, home: Path) -> None:
    words = ("export", "vdir", "--output", str(home / "calendar"), "--json")
    first = json.loads(fine(*words).out)
    assert first["written"] > 50
    fine("add", "action", "One more", "--to", "S-1", "--due", "2026-05-04")
    second = json.loads(fine(*words).out)
    assert (second["written"], second["removed"]) == (1, 0)


def test_candid_notes_stay_unless_asked_for(fine: Run, run: Run, small_plan: Path) -> None:
    fine("note", "A-1", "The mayor hesitates", "--candid")
    for kind in ("toml", "json"):
        withheld = run("export", kind)
        assert "hesitates" not in withheld.out
        assert withheld.err == "tui-plan: 1 note was withheld as candid.\n"
        assert "hesitates" in fine("export", kind, "--candid").out
    assert "hesitates" not in run("export", "annex1").out


def test_backup_and_restore(fine: Run, run: Run, small_plan: Path, home: Path) -> None:
    copy = home / "copy.db"
    assert fine("backup", str(copy)).lines == [f"Backed up to {copy}"]
    before = run("status").out
    fine("done", "A-1")
    assert run("restore", str(copy)).status == 2
    lines = fine("restore", str(copy), "--yes").lines
    assert lines[0] == f"Restored {small_plan} from {copy}"
    assert run("status").out == before
    kept = Path(lines[1].removeprefix("What stood before lies in "))
    assert "2 of 5" in run("--db", str(kept), "status").out
    assert "is already there" in run("backup", str(copy)).err


def test_a_restore_makes_a_database_where_there_is_none(fine: Run, run: Run, small_plan: Path, home: Path) -> None:
    fine("backup", str(home / "copy.db"))
    fine("--db", str(home / "new.db"), "restore", str(home / "copy.db"), "--yes")
    assert run("--db", str(home / "new.db"), "status").out == run("status").out


def test_a_restore_brings_back_a_damaged_database(fine: Run, run: Run, small_plan: Path, home: Path) -> None:
    before = run("status").out
    fine("backup", str(home / "copy.db"))
    whole = small_plan.read_bytes()
    small_plan.write_bytes(whole[:100] + bytes(400) + whole[500:])
    assert "is damaged" in run("status").err
    kept = Path(fine("restore", str(home / "copy.db"), "--yes").lines[1].removeprefix("What stood before lies in "))
    assert "damaged" in kept.name
    assert run("status").out == before


def test_check_and_migrate(fine: Run, run: Run, small_plan: Path) -> None:
    fine("check")
    assert "nothing had to be done" in fine("migrate").out
    small_plan.chmod(0o644)
    answer = run("check")
    assert answer.status == 1
    assert f"    chmod o= {small_plan}" in answer.lines
    assert json.loads(run("check", "--json").out)["attention"]
