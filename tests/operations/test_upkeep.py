"""What check looks at: the file's contents, its ledger, and its modes, each with the command that mends it."""

import os
import sqlite3
import stat
from contextlib import closing
from datetime import date, datetime
from pathlib import Path

import pytest

from tui_plan.model.base import database
from tui_plan.model.database import close_database, open_database
from tui_plan.model.plan import DevelopmentArea, Plan
from tui_plan.model.store import Author, change
from tui_plan.operations.plans import add_area, add_plan, edit_plan, remove_area
from tui_plan.operations.undoing import undo
from tui_plan.operations.upkeep import CheckReport, check_database, file_findings


@pytest.fixture
def used(plan_database: Path, author: Author) -> Path:
    plan = add_plan(author, name="Ready together")
    edit_plan(author, plan, vision="Nobody is left alone", start=date(2026, 1, 1))
    remove_area(author, add_area(author, plan, title="Passing"))
    undo(author)
    return plan_database


def wrong(report: CheckReport) -> list[str]:
    return [finding.text for finding in report.findings if not finding.well]


def test_a_used_database_is_well(used: Path) -> None:
    report = check_database()
    assert wrong(report) == []
    assert not report.attention
    assert any("tell exactly what the tables hold" in finding.text for finding in report.findings)


def test_a_long_ledger_is_read_to_its_end(used: Path, author: Author) -> None:
    with change(author, "Began") as writer:
        plan = writer.create(Plan, name="Long")
        many = [{"plan": plan, "title": f"Area {number}", "position": number} for number in range(20_010)]
        writer.create_many(DevelopmentArea, many)
    edit_plan(author, plan, name="Longer")
    assert wrong(check_database()) == []


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE plan SET vision = 'mine', row_version = row_version + 1",
        "DELETE FROM development_area",
        "INSERT INTO party SELECT 'x', 1, 'person', 'Ghost', 'ghost', '', NULL, '', '', '', NULL, '', NULL, NULL, "
        "NULL, NULL",
    ],
)
def test_what_was_changed_by_hand_is_found(used: Path, statement: str) -> None:
    with closing(sqlite3.connect(used)) as other, other:
        other.execute(statement)
    (text,) = wrong(check_database())
    assert text.startswith("Records changed by hand, so that the ledger tells otherwise: 1, such as ")


def test_a_reference_that_leads_nowhere_is_found(used: Path) -> None:
    with closing(sqlite3.connect(used)) as other, other:
        other.execute("UPDATE plan SET owner_id = 'gone', row_version = row_version + 1")
    assert "References that lead nowhere: 1, the first in plan." in wrong(check_database())


def test_damage_names_the_command_that_helps(used: Path) -> None:
    page = database.execute_sql("SELECT rootpage FROM sqlite_master WHERE name = 'ledger_entry'").fetchone()[0]
    close_database()
    with used.open("r+b") as file:
        file.seek((page - 1) * 4096)
        file.write(os.urandom(4096))
    open_database(used)
    report = check_database()
    assert report.attention
    assert "tui-plan restore BACKUP" in [finding.command for finding in report.findings]


def test_a_change_from_the_future_is_told(used: Path) -> None:
    assert "in the future" in wrong(check_database(datetime.fromisoformat("2020-01-01")))[0]


@pytest.mark.parametrize(
    ("file", "directory", "commands"),
    [
        (0o600, 0o700, []),
        (0o640, 0o750, []),
        (0o644, 0o700, ["chmod o= {file}"]),
        (0o600, 0o777, ["chmod o-w {directory}"]),
        (0o660, 0o2770, []),
        (0o660, 0o770, ["chmod g+s {directory}"]),
        (0o660, 0o3770, ["chmod -t {directory}"]),
        (0o664, 0o2750, ["chmod o= {file}", "chmod g+w {directory}"]),
    ],
)
def test_modes_and_the_command_that_mends_them(tmp_path: Path, file: int, directory: int, commands: list[str]) -> None:
    place = tmp_path / "our plans"
    place.mkdir()
    path = place / "plan.db"
    path.write_bytes(b"")
    os.chown(path, -1, place.stat().st_gid)
    path.chmod(file)
    place.chmod(directory)
    found = file_findings(path)
    assert [finding.command for finding in found if not finding.well] == [
        command.format(file=f"'{path}'", directory=f"'{place}'") for command in commands
    ]


def test_the_commands_mend_what_they_name(tmp_path: Path) -> None:
    path = tmp_path / "plan.db"
    path.write_bytes(b"")
    path.chmod(0o666)
    tmp_path.chmod(0o1757)
    for _ in range(5):
        for finding in file_findings(path):
            if finding.command:
                assert os.system(finding.command) == 0
    assert all(finding.well for finding in file_findings(path))
    assert stat.S_IMODE(path.stat().st_mode) == 0o660
    assert stat.S_IMODE(tmp_path.stat().st_mode) == 0o2775
