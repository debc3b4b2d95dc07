"""Opening, creating, copying and bringing back the database file: every way in which it can be the wrong one."""

import os
import random
import sqlite3
import stat
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest

from tui_plan.model.base import database, rows
from tui_plan.model.database import (
    backup_database,
    backup_name,
    close_database,
    create_database,
    data_version,
    database_path,
    open_database,
    replace_database,
    restore_database,
)
from tui_plan.model.errors import DatabaseProblem
from tui_plan.model.plan import Plan
from tui_plan.model.schema import APPLICATION_ID, SCHEMA_VERSION
from tui_plan.model.store import Author
from tui_plan.operations.plans import add_plan


@pytest.fixture(autouse=True)
def closed() -> Iterator[None]:
    yield
    close_database()


@pytest.fixture
def odd_umask() -> Iterator[None]:
    before = os.umask(0o002)
    yield
    os.umask(before)


def refusal(call: Callable[..., object], *values: object, **options: object) -> str:
    """Return the one sentence with which a call is refused."""
    with pytest.raises(DatabaseProblem) as problem:
        call(*values, **options)
    return str(problem.value)


def stamp(path: Path, name: str, value: int) -> None:
    with closing(sqlite3.connect(path)) as other:
        other.execute(f"PRAGMA {name} = {value}")


def names() -> list[str]:
    return [name for (name,) in rows(Plan.select(Plan.name).order_by(Plan.number))]


def is_closed() -> bool:
    return database.obj is None or database.is_closed()


# Creating


@pytest.mark.usefixtures("odd_umask")
@pytest.mark.parametrize(("shared", "file_mode", "directory_mode"), [(False, 0o600, 0o700), (True, 0o660, 0o2770)])
def test_the_modes_do_not_follow_the_umask(tmp_path: Path, shared: bool, file_mode: int, directory_mode: int) -> None:
    path = tmp_path / "new" / "plan.db"
    create_database(path, shared=shared)
    assert stat.S_IMODE(path.stat().st_mode) == file_mode
    assert stat.S_IMODE(path.parent.stat().st_mode) == directory_mode


def test_a_tight_umask_does_not_lock_colleagues_out(tmp_path: Path) -> None:
    before = os.umask(0o077)
    try:
        create_database(tmp_path / "plan.db", shared=True)
    finally:
        os.umask(before)
    assert stat.S_IMODE((tmp_path / "plan.db").stat().st_mode) == 0o660


def test_a_directory_that_is_there_keeps_its_mode(tmp_path: Path) -> None:
    tmp_path.chmod(0o755)
    create_database(tmp_path / "plan.db", shared=True)
    assert stat.S_IMODE(tmp_path.stat().st_mode) == 0o755


def test_creating_never_writes_over_anything(tmp_path: Path) -> None:
    path = tmp_path / "plan.db"
    path.write_text("mine")
    assert "already there" in refusal(create_database, path)
    assert path.read_text() == "mine"


def test_creating_does_not_follow_a_link(tmp_path: Path) -> None:
    (tmp_path / "plan.db").symlink_to(tmp_path / "elsewhere.db")
    assert "already there" in refusal(create_database, tmp_path / "plan.db")
    assert not (tmp_path / "elsewhere.db").exists()


def test_creating_below_a_file_says_why_it_cannot(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    assert "cannot be created: Not a directory" in refusal(create_database, tmp_path / "file" / "plan.db")


@pytest.mark.parametrize("name", ["with space.db", "50%25.db", "what?mode=ro.db", "a#b.db", "Ünï & 港.db", "-x.db"])
def test_any_name_is_taken_as_it_is(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    create_database(path)
    add_plan(Author("ana"), name="Here")
    close_database()
    assert [found.name for found in tmp_path.iterdir()] == [name]
    assert open_database(path) is True
    assert names() == ["Here"]
    assert database_path() == path


# Opening


def test_what_is_opened_is_safe_against_power_cuts(plan_database: Path) -> None:
    close_database()
    assert open_database(plan_database) is True
    asked = {name: database.execute_sql(f"PRAGMA {name}").fetchone()[0] for name in ("journal_mode", "foreign_keys")}
    assert asked == {"journal_mode": "delete", "foreign_keys": 1}
    assert database.execute_sql("PRAGMA synchronous").fetchone()[0] == 3


def test_a_mistyped_path_creates_nothing(tmp_path: Path) -> None:
    sentence = refusal(open_database, tmp_path / "paln.db")
    assert "There is no database" in sentence
    assert "tui-plan init" in sentence
    assert list(tmp_path.iterdir()) == []
    assert is_closed()


def test_a_directory_is_no_database(tmp_path: Path) -> None:
    assert "is not a file" in refusal(open_database, tmp_path)


@pytest.mark.parametrize(
    "content",
    [b"", b"SQLite format 3\x00", b"title;owner\nTrain;Ana\n", random.Random(7).randbytes(9_000)],
    ids=["empty", "a header alone", "a CSV", "noise"],
)
def test_a_file_of_another_kind_is_refused_untouched(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "plan.db"
    path.write_bytes(content)
    assert "is not a tui-plan database" in refusal(open_database, path)
    assert path.read_bytes() == content
    assert is_closed()


@pytest.mark.parametrize("journal", ["delete", "wal"])
def test_somebody_elses_sqlite_file_is_refused_untouched(tmp_path: Path, journal: str) -> None:
    path = tmp_path / "photos.db"
    with closing(sqlite3.connect(path)) as other:
        other.execute(f"PRAGMA journal_mode = {journal}")
        other.execute("CREATE TABLE photo (name TEXT)")
    before = path.read_bytes()
    assert "is not a tui-plan database" in refusal(open_database, path)
    assert path.read_bytes() == before
    assert [found.name for found in tmp_path.iterdir()] == ["photos.db"]


def test_a_newer_database_is_refused_even_for_a_migration(plan_database: Path) -> None:
    close_database()
    stamp(plan_database, "user_version", SCHEMA_VERSION + 1)
    for any_version in (False, True):
        assert "newer tui-plan" in refusal(open_database, plan_database, any_version=any_version)
        assert is_closed()


def test_an_older_database_names_the_command_that_mends_it(plan_database: Path) -> None:
    close_database()
    stamp(plan_database, "user_version", SCHEMA_VERSION - 1)
    assert f"tui-plan migrate --db {plan_database}" in refusal(open_database, plan_database)
    assert is_closed()
    assert open_database(plan_database, any_version=True) is True


def test_a_damaged_database_says_so(plan_database: Path) -> None:
    close_database()
    content = plan_database.read_bytes()
    plan_database.write_bytes(content[:100] + random.Random(7).randbytes(400) + content[500:])
    assert "is damaged" in refusal(open_database, plan_database)
    assert is_closed()


def test_opening_another_closes_the_first(plan_database: Path, tmp_path: Path) -> None:
    first = database.connection()
    create_database(tmp_path / "second.db")
    with pytest.raises(sqlite3.ProgrammingError):
        first.execute("SELECT 1")


def test_a_link_opens_what_it_leads_to(plan_database: Path, tmp_path: Path) -> None:
    close_database()
    (tmp_path / "link.db").symlink_to(plan_database)
    assert open_database(tmp_path / "link.db") is True
    add_plan(Author("ana"), name="Through the link")
    assert database_path() == plan_database


def test_a_link_to_nowhere_is_missing(tmp_path: Path) -> None:
    (tmp_path / "link.db").symlink_to(tmp_path / "gone.db")
    assert "There is no database" in refusal(open_database, tmp_path / "link.db")


# Copies


def test_a_backup_holds_all_and_only_its_owner_may_read_it(plan_database: Path, tmp_path: Path) -> None:
    add_plan(Author("ana"), name="Kept")
    target = backup_name(plan_database)
    backup_database(target)
    assert stat.S_IMODE(target.stat().st_mode) == 0o600
    close_database()
    assert open_database(target) is True
    assert names() == ["Kept"]


@pytest.mark.usefixtures("plan_database")
def test_a_backup_never_writes_over_anything(tmp_path: Path) -> None:
    (tmp_path / "old.db").write_text("mine")
    assert "already there" in refusal(backup_database, tmp_path / "old.db")
    assert "cannot be created" in refusal(backup_database, tmp_path / "nowhere" / "old.db")
    assert (tmp_path / "old.db").read_text() == "mine"


def test_a_restore_reaches_an_open_session(plan_database: Path, tmp_path: Path) -> None:
    add_plan(Author("ana"), name="Before")
    backup_database(tmp_path / "kept.db")
    add_plan(Author("ana"), name="After")
    with closing(sqlite3.connect(plan_database)) as colleague:
        seen = colleague.execute("PRAGMA data_version").fetchone()
        restore_database(tmp_path / "kept.db")
        assert colleague.execute("PRAGMA data_version").fetchone() != seen
        assert colleague.execute("SELECT name FROM plan").fetchall() == [("Before",)]
    assert names() == ["Before"]
    add_plan(Author("ana"), name="Again")
    assert names() == ["Before", "Again"]


@pytest.fixture
def kept(plan_database: Path, tmp_path: Path) -> Path:
    """A good backup of a database that has gone on since."""
    backup_database(tmp_path / "kept.db")
    add_plan(Author("ana"), name="Live")
    return tmp_path / "kept.db"


def wrong_text(path: Path) -> str:
    path.write_text("no database")
    return "is not a tui-plan database"


def wrong_application(path: Path) -> str:
    stamp(path, "application_id", 1)
    return "is not a tui-plan database"


def wrong_newer(path: Path) -> str:
    stamp(path, "user_version", SCHEMA_VERSION + 1)
    return "newer tui-plan"


def wrong_older(path: Path) -> str:
    stamp(path, "user_version", SCHEMA_VERSION - 1)
    return "older tui-plan"


def wrong_pages(path: Path) -> str:
    content = path.read_bytes()
    path.write_bytes(content[:4096] + b"\xff" * 20_480 + content[24_576:])
    return "is damaged"


def wrong_schema(path: Path) -> str:
    content = path.read_bytes()
    path.write_bytes(content[:100] + b"\xff" * 400 + content[500:])
    return "is damaged"


def wrong_end(path: Path) -> str:
    path.write_bytes(path.read_bytes()[:10_000])
    return "is damaged"


def wrong_absence(path: Path) -> str:
    path.unlink()
    return "There is no database"


@pytest.mark.parametrize(
    "spoil",
    [wrong_text, wrong_application, wrong_newer, wrong_older, wrong_pages, wrong_schema, wrong_end, wrong_absence],
)
def test_a_wrong_backup_leaves_the_plan_alone(kept: Path, spoil: Callable[[Path], str]) -> None:
    expected = spoil(kept)
    assert expected in refusal(restore_database, kept)
    assert names() == ["Live"]


def test_the_database_is_no_backup_of_itself(plan_database: Path, tmp_path: Path) -> None:
    (tmp_path / "link.db").symlink_to(plan_database)
    assert "is the database itself" in refusal(restore_database, tmp_path / "link.db")


@pytest.mark.parametrize("spoil", [wrong_schema, wrong_end, wrong_absence])
def test_a_plan_that_cannot_be_opened_comes_back(
    plan_database: Path, tmp_path: Path, spoil: Callable[[Path], str]
) -> None:
    add_plan(Author("ana"), name="Kept")
    plan_database.chmod(0o660)
    backup_database(tmp_path / "kept.db")
    close_database()
    spoil(plan_database)
    refusal(open_database, plan_database)
    spoilt = plan_database.read_bytes() if plan_database.exists() else b""
    (tmp_path / "plan.db-journal").write_bytes(b"left behind")
    aside = replace_database(tmp_path / "kept.db", plan_database)
    assert not (tmp_path / "plan.db-journal").exists()
    assert open_database(plan_database) is True
    assert names() == ["Kept"]
    assert (aside.read_bytes() if aside else b"") == spoilt
    assert stat.S_IMODE(plan_database.stat().st_mode) == (0o660 if aside else 0o600)


def test_what_comes_back_takes_the_place_of_nothing_foreign(kept: Path, tmp_path: Path) -> None:
    (tmp_path / "letter.txt").write_text("Dear partners")
    assert "is not a tui-plan database" in refusal(replace_database, kept, tmp_path / "letter.txt")
    assert (tmp_path / "letter.txt").read_text() == "Dear partners"


def test_a_wrong_backup_takes_nobodys_place(kept: Path, plan_database: Path) -> None:
    before = plan_database.read_bytes()
    wrong_pages(kept)
    assert "is damaged" in refusal(replace_database, kept, plan_database)
    assert plan_database.read_bytes() == before
    assert {found.name for found in plan_database.parent.iterdir() if found.is_file()} == {"plan.db", "kept.db"}


def test_a_colleagues_commit_moves_the_data_version(plan_database: Path) -> None:
    seen = data_version()
    add_plan(Author("ana"), name="My own")
    assert data_version() == seen
    with closing(sqlite3.connect(plan_database)) as colleague, colleague:
        colleague.execute("INSERT INTO counter VALUES ('X', 1)")
    assert data_version() != seen


def test_the_header_says_whose_file_it_is(plan_database: Path) -> None:
    assert plan_database.read_bytes()[68:72] == APPLICATION_ID.to_bytes(4, "big") == b"tuip"
