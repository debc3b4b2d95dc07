"""The guards that the database itself keeps: an append-only ledger, and versions that rise by exactly one."""

import sqlite3
from contextlib import closing
from datetime import datetime
from pathlib import Path

import pytest

from tui_plan.model.ledger import local_time
from tui_plan.model.schema import RECORDS, table_name
from tui_plan.model.store import Author
from tui_plan.operations.plans import add_plan


@pytest.fixture
def used(plan_database: Path, author: Author) -> Path:
    add_plan(author, name="Ready together")
    return plan_database


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE ledger_change SET typed_by = 'ben'",
        "DELETE FROM ledger_change",
        "UPDATE ledger_entry SET after = '{}'",
        "DELETE FROM ledger_entry",
    ],
)
def test_the_ledger_takes_nothing_back(used: Path, statement: str) -> None:
    with closing(sqlite3.connect(used)) as other, pytest.raises(sqlite3.IntegrityError, match="append-only"):
        other.execute(statement)


@pytest.mark.parametrize("changed", ["vision = 'x'", "row_version = row_version", "row_version = row_version + 2"])
def test_a_version_rises_by_exactly_one(used: Path, changed: str) -> None:
    with closing(sqlite3.connect(used)) as other, pytest.raises(sqlite3.IntegrityError, match="exactly one"):
        other.execute(f"UPDATE plan SET {changed}")  # noqa: S608


def test_a_uid_stays(used: Path) -> None:
    with closing(sqlite3.connect(used)) as other, pytest.raises(sqlite3.IntegrityError):
        other.execute("UPDATE plan SET uid = 'other', row_version = row_version + 1")


def test_every_record_is_guarded(used: Path) -> None:
    with closing(sqlite3.connect(used)) as other:
        found = {name for (name,) in other.execute("SELECT tbl_name FROM sqlite_master WHERE type = 'trigger'")}
    assert found == {*map(table_name, RECORDS), "ledger_change", "ledger_entry"}


def test_moments_are_told_in_local_time(monkeypatch: pytest.MonkeyPatch) -> None:
    import time

    monkeypatch.setenv("TZ", "America/New_York")
    time.tzset()
    try:
        assert local_time(datetime.fromisoformat("2026-07-01T02:30:00")) == "2026-06-30 at 22:30"
    finally:
        monkeypatch.delenv("TZ")
        time.tzset()
