"""A user who may only read the file, or not even that: opened in a process that has no rights beyond the file's."""

import multiprocessing
import os
import tempfile
from collections.abc import Callable, Iterator
from multiprocessing.connection import Connection
from pathlib import Path

import pytest

from tui_plan.model.base import database, rows
from tui_plan.model.database import close_database, create_database, open_database
from tui_plan.model.errors import PlanError
from tui_plan.model.plan import Plan
from tui_plan.model.store import Author
from tui_plan.operations.plans import add_plan

NOBODY = 65534


@pytest.fixture
def shared_path() -> Iterator[Path]:
    """A database with one plan, in a directory that every user can reach."""
    with tempfile.TemporaryDirectory() as directory:
        Path(directory).chmod(0o755)
        path = Path(directory) / "plan.db"
        create_database(path)
        add_plan(Author("ana"), name="Readable")
        close_database()
        yield path
        Path(directory).chmod(0o755)


def as_somebody_else(look: Callable[[Path], str], path: Path) -> str:
    """Return what ``look`` says in a process of a user who does not own the file."""
    here, there = multiprocessing.Pipe(duplex=False)
    process = multiprocessing.get_context("fork").Process(target=_look, args=(look, path, there))
    process.start()
    answer = here.recv() if here.poll(20) else "nothing"
    process.join()
    return str(answer)


def _look(look: Callable[[Path], str], path: Path, there: Connection) -> None:
    if os.getuid() == 0:
        os.setgroups([])
        os.setgid(NOBODY)
        os.setuid(NOBODY)
    try:
        there.send(look(path))
    except PlanError as problem:
        there.send(str(problem))
    finally:
        os._exit(0)


def read_and_write(path: Path) -> str:
    writable = open_database(path)
    found = [name for (name,) in rows(Plan.select(Plan.name))]
    try:
        add_plan(Author("ben"), name="Mine")
    except PlanError as problem:
        return f"{writable} {found} {problem}"
    return f"{writable} {found} written"


def test_who_may_only_read_reads_and_is_told(shared_path: Path) -> None:
    shared_path.chmod(0o444)
    answer = as_somebody_else(read_and_write, shared_path)
    assert answer.startswith("False ['Readable'] You may read this database but not change it.")


def test_a_directory_without_room_for_a_journal_is_read_only_too(shared_path: Path) -> None:
    shared_path.chmod(0o666)
    shared_path.parent.chmod(0o555)
    assert as_somebody_else(read_and_write, shared_path).startswith("False ['Readable'] You may read")


def test_who_may_not_read_is_told(shared_path: Path) -> None:
    shared_path.chmod(0o000)
    assert as_somebody_else(read_and_write, shared_path).startswith(f"You may not read {shared_path}.")


def test_reading_changes_nothing(shared_path: Path) -> None:
    shared_path.chmod(0o444)
    before = shared_path.read_bytes()
    as_somebody_else(read_and_write, shared_path)
    assert shared_path.read_bytes() == before
    assert [found.name for found in shared_path.parent.iterdir()] == ["plan.db"]
    assert database.is_closed()
