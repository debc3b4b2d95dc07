"""Several people at one file at once, and processes that are killed: the store loses nothing, a naive writer does.

Each test runs a few real processes for about a second.
"""

import multiprocessing
import os
import signal
import sqlite3
import time
from collections.abc import Callable
from contextlib import closing
from multiprocessing.context import ForkProcess
from pathlib import Path

import pytest

from tests.model.replay import replayed, tables
from tui_plan.model.base import database, rows
from tui_plan.model.database import close_database, open_database
from tui_plan.model.errors import Conflict
from tui_plan.model.ledger import Change
from tui_plan.model.places import stored_row
from tui_plan.model.plan import DevelopmentArea, Plan
from tui_plan.model.store import Author, change
from tui_plan.operations.plans import add_area, add_plan, edit_plan

WRITERS = 4
TIMES = 20
WORKER = Callable[[Path, int], None]


@pytest.fixture
def shared(plan_database: Path) -> Path:
    """A closed database whose plan counts in its scope."""
    add_plan(Author("ana"), name="Ready together", scope="0")
    close_database()
    return plan_database


def start(worker: WORKER, path: Path, number: int) -> ForkProcess:
    process = multiprocessing.get_context("fork").Process(target=worker, args=(path, number))
    process.start()
    return process


def all_at_once(worker: WORKER, path: Path) -> None:
    processes = [start(worker, path, number) for number in range(WRITERS)]
    for process in processes:
        process.join(60)
    assert [process.exitcode for process in processes] == [0] * WRITERS


def the_plan() -> tuple[str, int, int]:
    return rows(Plan.select(Plan.uid, Plan.scope, Plan.row_version))[0]


def count_up(path: Path, number: int) -> None:
    """Add one to what the plan says, as a person does: look, think, write what was seen plus one, and try again."""
    open_database(path)
    for _ in range(TIMES):
        while True:
            uid, scope, version = the_plan()
            try:
                edit_plan(Author(f"writer {number}"), uid, scope=str(int(scope) + 1), version_seen=version)
                break
            except Conflict:
                continue
    close_database()


def count_up_naively(path: Path, number: int) -> None:
    """Do the same with a plain UPDATE: read, then write what was seen plus one."""
    with closing(sqlite3.connect(path, timeout=30)) as found:
        for _ in range(TIMES):
            ((scope,),) = found.execute("SELECT scope FROM plan").fetchall()
            time.sleep(0.001)
            with found:
                found.execute("UPDATE plan SET scope = ?, row_version = row_version + 1", (str(int(scope) + 1),))


def add_areas(path: Path, number: int) -> None:
    open_database(path)
    uid = the_plan()[0]
    for turn in range(TIMES):
        add_area(Author(f"writer {number}"), uid, title=f"{number}-{turn}")
    close_database()


def test_nobodys_change_is_lost(shared: Path) -> None:
    all_at_once(count_up, shared)
    open_database(shared)
    assert the_plan()[1] == str(WRITERS * TIMES)
    assert tables() == replayed()


def test_a_naive_writer_loses_changes(shared: Path) -> None:
    all_at_once(count_up_naively, shared)
    open_database(shared)
    assert int(the_plan()[1]) < WRITERS * TIMES


def test_numbers_and_places_are_given_once(shared: Path) -> None:
    all_at_once(add_areas, shared)
    open_database(shared)
    found = rows(DevelopmentArea.select(DevelopmentArea.number, DevelopmentArea.position))
    assert sorted(number for number, _ in found) == list(range(1, WRITERS * TIMES + 1))
    assert sorted(position for _, position in found) == list(range(WRITERS * TIMES))
    assert Change.select().count() == WRITERS * TIMES + 1
    assert tables() == replayed()


def write_for_ever(path: Path, number: int) -> None:
    """Write changes of ten entries each, and say after each commit how many there are."""
    open_database(path)
    uid = the_plan()[0]
    for turn in range(100_000):
        with change(Author("killed"), "Ten at once") as writer:
            writer.create_many(DevelopmentArea, [{"plan": uid, "title": f"{turn}", "position": 0}] * 10)
        with path.with_name("acknowledged").open("a") as log:
            log.write(f"{turn}\n")


def test_a_killed_writer_leaves_whole_changes_and_none_that_was_acknowledged_is_lost(shared: Path) -> None:
    log = shared.with_name("acknowledged")
    acknowledged = 0
    for turn, wait in enumerate((0.01, 0.05, 0.1), 1):
        process = start(write_for_ever, shared, 0)
        while not log.exists():
            time.sleep(0.01)
        time.sleep(wait)
        assert process.pid
        os.kill(process.pid, signal.SIGKILL)
        process.join()
        acknowledged += len(log.read_text().splitlines())
        log.unlink()
        open_database(shared)
        made = Change.select().where(Change.typed_by == "killed").count()
        found = DevelopmentArea.select().count()
        assert found == made * 10
        assert tables() == replayed()
        assert database.execute_sql("PRAGMA integrity_check").fetchone() == ("ok",)
        assert acknowledged <= made <= acknowledged + turn
        close_database()


def test_a_killed_writer_does_not_hold_up_the_next(shared: Path) -> None:
    open_database(shared)
    uid = the_plan()[0]
    close_database()
    process = start(hold_the_file, shared, 0)
    while not shared.with_name("holding").exists():
        time.sleep(0.01)
    assert process.pid
    os.kill(process.pid, signal.SIGKILL)
    process.join()
    open_database(shared)
    began = time.monotonic()
    edit_plan(Author("next"), uid, scope="next")
    assert time.monotonic() - began < 5
    assert stored_row(Plan, uid)["scope"] == "next"
    assert [login for (login,) in rows(Change.select(Change.typed_by))] == ["ana", "next"]


def hold_the_file(path: Path, number: int) -> None:
    """Begin a change, write in it, and never end it."""
    open_database(path)
    with change(Author("killed"), "Never ended") as writer:
        writer.update(Plan, the_plan()[0], {"scope": "half"})
        path.with_name("holding").touch()
        time.sleep(60)
