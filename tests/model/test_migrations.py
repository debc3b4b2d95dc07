"""Bringing an older database up to date: with a backup, in one transaction, or not at all."""

import json
import multiprocessing
import os
import signal
import sqlite3
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest

from tests.model.replay import everything
from tui_plan.model.base import database
from tui_plan.model.database import close_database, open_database
from tui_plan.model.errors import DatabaseProblem
from tui_plan.model.migrations import STEPS, Step, migrate
from tui_plan.model.schema import SCHEMA_VERSION
from tui_plan.model.store import Author
from tui_plan.operations.people import edit_party
from tui_plan.operations.plans import add_plan
from tui_plan.operations.upkeep import check_database

NEXT = SCHEMA_VERSION + 1


def add_colour() -> None:
    database.execute_sql("ALTER TABLE plan ADD COLUMN colour TEXT NOT NULL DEFAULT 'blue'")


def break_references() -> None:
    add_colour()
    database.execute_sql(
        "INSERT INTO action VALUES ('a', 1, 'nowhere', 9, 't', '', '', '', '', '', 0, 0, 0, 0, 0, '', 0, 0, 0, 0)"
    )


def fail() -> None:
    add_colour()
    database.execute_sql("ALTER TABLE nowhere ADD COLUMN colour")


def be_killed() -> None:
    add_colour()
    os.kill(os.getpid(), signal.SIGKILL)


def step(apply: object) -> Step:
    return Step(NEXT, "Plans have a colour.", apply)  # type: ignore[arg-type]


@pytest.fixture
def old(plan_database: Path) -> Path:
    """A closed database with one plan."""
    add_plan(Author("ana"), name="Old")
    close_database()
    return plan_database


def state(path: Path) -> tuple[int, list[object]]:
    with closing(sqlite3.connect(path)) as found:
        version = found.execute("PRAGMA user_version").fetchone()[0]
        return version, found.execute("SELECT * FROM plan").fetchall()


def test_the_released_steps_lead_to_this_schema() -> None:
    assert [found.version for found in STEPS] == list(range(2, SCHEMA_VERSION + 1))


def test_a_database_of_the_second_schema_becomes_like_a_new_one(tmp_path: Path, plan_database: Path) -> None:
    close_database()
    second = tmp_path / "second.db"
    with closing(sqlite3.connect(second)) as made:
        made.executescript((Path(__file__).parents[1] / "data" / "schema-2.sql").read_text())
        made.execute(
            "INSERT INTO register_entry VALUES ('r', 1, NULL, 4, 'champion', NULL, 'Speaks', '2026-01-02', '', '')"
        )
        made.commit()
    report = migrate(second)
    assert (report.before, report.after) == (2, SCHEMA_VERSION)
    assert shape(second) == shape(plan_database)
    assert open_database(second) is True
    kept = database.execute_sql("SELECT candour, cause, due FROM register_entry").fetchall()
    assert kept == [("candid", "", None)], "what was kept in the house stays there"


def test_a_database_of_the_first_schema_becomes_like_a_new_one(tmp_path: Path, plan_database: Path) -> None:
    close_database()
    first = tmp_path / "first.db"
    with closing(sqlite3.connect(first)) as made:
        made.executescript((Path(__file__).parents[1] / "data" / "schema-1.sql").read_text())
        made.execute("INSERT INTO party VALUES ('x', 3, 'person', 'Ana', 'ana', '', NULL, '', '', '')")
        made.commit()
    report = migrate(first)
    assert (report.before, report.after) == (1, SCHEMA_VERSION)
    assert shape(first) == shape(plan_database)
    assert open_database(first) is True
    assert edit_party(Author("ana"), "x", audience="partner staff", joined_on=date(2026, 1, 1))


def test_a_ledger_of_the_first_schema_still_tells_what_the_tables_hold(tmp_path: Path, plan_database: Path) -> None:
    close_database()
    first = tmp_path / "first.db"
    told = {"kind": "person", "name": "Ana", "name_key": "ana", "short_name": "", "organisation": None}
    told |= {"group_kind": "", "login": "", "remarks": ""}
    with closing(sqlite3.connect(first)) as made:
        made.executescript((Path(__file__).parents[1] / "data" / "schema-1.sql").read_text())
        made.execute("INSERT INTO party VALUES ('x', 1, 'person', 'Ana', 'ana', '', NULL, '', '', '')")
        made.execute(
            "INSERT INTO ledger_change VALUES (1, 'c', '2026-03-01T09:00:00', 'ana', '', '', '', 'Added', NULL)"
        )
        made.execute("INSERT INTO ledger_entry VALUES (1, 1, 'party', 'x', 'x', '', NULL, ?, 1)", (json.dumps(told),))
        made.commit()
    migrate(first)
    assert open_database(first) is True
    assert "The ledger's 1 entries tell exactly what the tables hold." in [
        finding.text for finding in check_database().findings
    ]
    database.execute_sql("UPDATE party SET audience = 'partner staff', row_version = 2")
    assert "the person “Ana”" in next(
        finding.text for finding in check_database().findings if "by hand" in finding.text
    )


def shape(path: Path) -> list[object]:
    """Columns, references, indexes and triggers of a database, whatever order they were made in."""
    columns = 'SELECT m.name, c.name, c.type, c."notnull" FROM sqlite_master m, pragma_table_info(m.name) c'
    references = (
        'SELECT m.name, f."from", f."table", f.on_delete FROM sqlite_master m, pragma_foreign_key_list(m.name) f'
    )
    others = "SELECT type, name, tbl_name, '' FROM sqlite_master WHERE type <> 'table'"
    with closing(sqlite3.connect(path)) as found:
        return [sorted(found.execute(question).fetchall()) for question in (columns, references, others)]


def test_a_current_database_is_left_alone(old: Path) -> None:
    before = old.read_bytes()
    report = migrate(old)
    assert (report.before, report.after, report.done, report.backup) == (SCHEMA_VERSION, SCHEMA_VERSION, (), None)
    assert old.read_bytes() == before
    assert [found.name for found in old.parent.iterdir() if found.is_file()] == [old.name]


def test_a_step_is_taken_after_a_backup(old: Path) -> None:
    before = state(old)
    report = migrate(old, steps=[step(add_colour)], target=NEXT)
    assert (report.before, report.after, report.done) == (SCHEMA_VERSION, NEXT, ("Plans have a colour.",))
    version, ((*plan, colour),) = state(old)
    assert (version, [tuple(plan)], colour) == (NEXT, before[1], "blue")
    assert report.backup is not None
    assert state(report.backup) == before
    assert database.is_closed()


@pytest.mark.parametrize(
    ("apply", "sentence"), [(fail, "The migration failed"), (break_references, "would break references")]
)
def test_a_step_that_fails_changes_nothing(old: Path, apply: object, sentence: str) -> None:
    before = state(old)
    with pytest.raises(DatabaseProblem, match=f"{sentence}.*nothing was changed.*Backup: {old.parent}"):
        migrate(old, steps=[step(apply)], target=NEXT)
    assert state(old) == before
    assert open_database(old) is True


def test_a_gap_between_the_steps_is_refused(old: Path) -> None:
    with pytest.raises(DatabaseProblem, match="does not know the way"):
        migrate(old, steps=[Step(NEXT + 1, "Later.", add_colour)], target=NEXT + 1)
    assert state(old)[0] == SCHEMA_VERSION


def test_a_killed_migration_changes_nothing(old: Path) -> None:
    before = state(old)
    process = multiprocessing.get_context("fork").Process(
        target=migrate, args=(old,), kwargs={"steps": [step(be_killed)], "target": NEXT}
    )
    process.start()
    process.join(20)
    assert process.exitcode == -signal.SIGKILL
    assert state(old) == before


def test_many_that_start_at_once_migrate_once(old: Path) -> None:
    context = multiprocessing.get_context("fork")
    options = {"steps": [step(add_colour)], "target": NEXT}
    processes = [context.Process(target=quietly, args=(old, options)) for _ in range(4)]
    for process in processes:
        process.start()
    for process in processes:
        process.join(40)
    assert state(old)[0] == NEXT
    assert [found[-1] for found in state(old)[1]] == ["blue"]


def quietly(path: Path, options: dict[str, object]) -> None:
    """Migrate, where another process may have been first."""
    try:
        migrate(path, **options)  # type: ignore[arg-type]
    except DatabaseProblem:
        os._exit(1)


def test_a_session_that_was_open_meanwhile_is_told(old: Path) -> None:
    open_database(old)
    with closing(sqlite3.connect(old)) as colleague:
        colleague.execute(f"PRAGMA user_version = {NEXT}")
    before = everything()
    with pytest.raises(DatabaseProblem, match="migrated while this session was open"):
        add_plan(Author("ben"), name="New")
    assert everything() == before


def test_a_newer_database_is_not_taken_back(old: Path) -> None:
    with closing(sqlite3.connect(old)) as colleague:
        colleague.execute(f"PRAGMA user_version = {NEXT}")
    with pytest.raises(DatabaseProblem, match="newer tui-plan"):
        migrate(old)
