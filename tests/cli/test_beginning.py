"""``init`` and where the database is found; ``demo`` where there is no terminal."""

import json
import stat
from pathlib import Path

import pytest

from tests.cli.conftest import Run


def test_init_makes_both_files_and_says_what_next(fine: Run, home: Path, database: Path) -> None:
    config = home / "config" / "tui-plan" / "config.toml"
    assert fine("init").lines == [
        f"Database       {database}",
        f"Configuration  {config}",
        "",
        "Next:",
        "  tui-plan import plan.xlsx --dry-run   shows what your spreadsheet would become",
        "  tui-plan add plan 'Its name'          begins with an empty plan",
        "  tui-plan                              opens the terminal program",
    ]
    assert stat.S_IMODE(database.stat().st_mode) == 0o600
    assert f'path = "{database}"' in config.read_text()


def test_init_twice_leaves_all_as_it_is(fine: Run, database: Path) -> None:
    fine("init")
    before = database.read_bytes()
    assert fine("init").out.count("(was there, left as it is)") == 2
    assert database.read_bytes() == before


def test_init_elsewhere_is_remembered(fine: Run, home: Path) -> None:
    fine("init", str(home / "plans.db"))
    fine("add", "plan", "Resilience")
    assert "Resilience" in fine("--db", str(home / "plans.db"), "status").out


def test_init_in_a_folder_gives_the_file_a_name(fine: Run, home: Path) -> None:
    (home / "plans").mkdir()
    told = json.loads(fine("init", str(home / "plans"), "--json").out)
    assert told["database"] == str(home / "plans" / "plan.db")
    assert told["made_database"]
    assert told["made_configuration"]


def test_init_of_a_second_database_says_how_to_reach_it(fine: Run, home: Path) -> None:
    fine("init")
    assert f"tui-plan --db {home / 'other.db'} import" in fine("init", str(home / "other.db")).out


def test_a_shared_database_can_be_written_by_the_group(fine: Run, home: Path) -> None:
    fine("init", str(home / "shared" / "plan.db"), "--shared")
    assert stat.S_IMODE((home / "shared" / "plan.db").stat().st_mode) == 0o660
    assert stat.S_IMODE((home / "shared").stat().st_mode) & 0o2070 == 0o2070


def test_a_dry_init_makes_nothing(fine: Run, home: Path) -> None:
    assert fine("init", "--dry-run").lines[-1] == "Nothing was changed: this was a dry run."
    assert list(home.iterdir()) == []


def test_init_does_not_touch_a_foreign_file(run: Run, home: Path) -> None:
    (home / "plan.db").write_text("mine")
    assert run("init", str(home / "plan.db")).status == 2
    assert (home / "plan.db").read_text() == "mine"


@pytest.mark.parametrize("option", [True, False])
def test_the_variable_and_the_option_go_before_the_configuration(
    fine: Run, home: Path, monkeypatch: pytest.MonkeyPatch, option: bool
) -> None:
    fine("init")
    there = home / "there.db"
    fine("init", str(there))
    if option:
        fine("add", "plan", "Elsewhere", "--db", str(there))
    else:
        monkeypatch.setenv("TUI_PLAN_DB", str(there))
        fine("add", "plan", "Elsewhere")
        monkeypatch.delenv("TUI_PLAN_DB")
    assert "There is no plan yet" in fine("status").out
    assert "Elsewhere" in fine("status", "--db", str(there)).out


@pytest.mark.parametrize("words", [(), ("demo",), ("demo", "--keep", "kept.db")])
def test_without_a_terminal_it_names_the_command_line(
    run: Run, home: Path, monkeypatch: pytest.MonkeyPatch, words: tuple[str, ...]
) -> None:
    monkeypatch.chdir(home)
    answer = run(*words)
    assert (answer.status, answer.out) == (2, "")
    assert answer.err == "tui-plan: This is not a terminal. Run 'tui-plan status' for the plan in plain text.\n"
    assert not (home / "kept.db").exists()


def test_a_wrong_entry_of_the_configuration_is_told_but_stops_nothing(run: Run, home: Path) -> None:
    run("init")
    config = home / "config" / "tui-plan" / "config.toml"
    config.write_text(config.read_text().replace("[look]", "[look]\ncolour = 1"))
    answer = run("add", "plan", "Resilience")
    assert answer.status == 0
    assert answer.err == f"tui-plan: {config}: look.colour is not known.\n"
    assert run("check").status == 1


def test_a_broken_configuration_is_one_line(run: Run, home: Path) -> None:
    config = home / "config" / "tui-plan" / "config.toml"
    config.parent.mkdir(parents=True)
    config.write_text("[look")
    answer = run("status")
    assert (answer.status, answer.out, answer.err.count("\n")) == (2, "", 1)
    assert "is not written as TOML" in answer.err
