"""Opening, creating, backing up and restoring the database file, and noticing that a colleague wrote.

The file is a rollback-journal SQLite database with ``synchronous=EXTRA``: no acknowledged commit is lost to a power
cut, and the WAL reset bug of SQLite before 3.51.3 cannot touch it. Who may call it: the command line, the terminal's
database thread, and tests.
"""

import os
import sqlite3
import stat
from contextlib import ExitStack, closing
from datetime import UTC, datetime
from pathlib import Path
from time import monotonic

from peewee import DatabaseError, SqliteDatabase

from tui_plan.model.base import database
from tui_plan.model.errors import DamagedDatabase, DatabaseProblem, NoDatabase
from tui_plan.model.mounts import refuse_network
from tui_plan.model.schema import APPLICATION_ID, SCHEMA_VERSION, create_schema

BUSY_SECONDS = 30
_PRAGMAS = {"journal_mode": "delete", "synchronous": "extra", "foreign_keys": 1}
_MAGIC = b"SQLite format 3\x00"
_STAMP = slice(68, 72)
"""Where the header holds the application's id (https://www.sqlite.org/fileformat2.html, 1.3)."""


def create_database(path: Path, *, shared: bool = False, insist: bool = False) -> None:
    """Create an empty plan database at ``path`` and open it; refuse when anything stands there.

    The file is made with mode 0600, or 0660 when ``shared``, since SQLite's own would follow the umask; so is its
    directory, with 0700 or 2770, if there was none. A network file system is refused unless ``insist``.
    """
    try:
        _make_directory(path.parent, 0o2770 if shared else 0o700)
        if not insist:
            refuse_network(path)
        _make_file(path, 0o660 if shared else 0o600)
    except FileExistsError as problem:
        raise DatabaseProblem(f"{path} is already there. Open it with --db, or choose another name.") from problem
    except OSError as problem:
        raise DatabaseProblem(f"{path} cannot be created: {problem.strerror}.") from problem
    with ExitStack() as failing:
        failing.callback(path.unlink, missing_ok=True)
        failing.callback(close_database)
        _connect(path, writable=True)
        create_schema()
        failing.pop_all()


def open_database(path: Path, *, insist: bool = False, any_version: bool = False) -> bool:
    """Open the plan database at ``path``; return whether this user may write it.

    Raises ``DatabaseProblem`` when it is missing, foreign, damaged (``DamagedDatabase``), from another version (even
    with ``any_version`` when that is newer), or on a network file system (unless ``insist``). A mistyped path never
    creates a file, and a foreign file is not touched.
    """
    close_database()
    _check_file(path)
    if not insist:
        refuse_network(path)
    real = path.resolve()
    writable = os.access(real, os.W_OK) and os.access(real.parent, os.W_OK)
    try:
        _connect(path, writable=writable)
        _check_version(path, _pragma("user_version"), any_version=any_version)
        database.execute_sql("SELECT 1 FROM ledger_change LIMIT 1")  # reads the schema, so that damage shows now
    except DatabaseError as problem:
        close_database()
        raise _cannot_open(path, problem) from problem
    except DatabaseProblem:
        close_database()
        raise
    return writable


def close_database() -> None:
    """Close the open database, if there is one."""
    if database.obj is not None and not database.is_closed():
        database.close()


def database_path() -> Path:
    """Return the file of the open database."""
    return Path(database.execute_sql("PRAGMA database_list").fetchone()[2])


def data_version() -> int:
    """Return a number that moves when another connection has committed; asking costs microseconds."""
    return _pragma("data_version")


def backup_database(target: Path) -> None:
    """Write a consistent copy of the open database to the new file ``target``, mode 0600."""
    try:
        _make_file(target, 0o600)
    except FileExistsError as problem:
        raise DatabaseProblem(f"{target} is already there. Name another file for the backup.") from problem
    except OSError as problem:
        raise DatabaseProblem(f"{target} cannot be created: {problem.strerror}.") from problem
    with ExitStack() as failing:
        failing.callback(target.unlink, missing_ok=True)
        with closing(sqlite3.connect(target)) as copy:
            _copy(database.connection(), copy)
        failing.pop_all()


def backup_name(path: Path, moment: datetime | None = None) -> Path:
    """Return the name of a backup beside ``path``, with the UTC time to the second."""
    moment = moment or datetime.now(UTC)
    return path.with_name(f"{path.stem}-{moment:%Y%m%dT%H%M%SZ}{path.suffix}")


def restore_database(source: Path) -> None:
    """Copy the backup ``source`` into the open database through SQLite's backup, so that open sessions see it.

    Raises ``DatabaseProblem`` when it is missing, foreign, damaged or from another version; nothing is changed then.
    """
    _check_file(source)
    if source.samefile(database_path()):
        raise DatabaseProblem(f"{source} is the database itself. Name one of its backups.")
    with closing(_backup_at(source)) as kept:
        _copy(kept, database.connection())


def replace_database(source: Path, target: Path) -> Path | None:
    """Put the backup ``source`` in the place of a database that cannot be opened any more, or is gone.

    The old file is kept beside it; return its new name, or None if there was none. Raises like ``restore_database``.
    """
    close_database()
    _check_file(source)
    there = target.exists()
    if there:
        _check_file(target)
    fresh = _aside(target, "restored")
    _make_file(fresh, stat.S_IMODE(target.stat().st_mode) if there else 0o600)
    with ExitStack() as failing:
        failing.callback(fresh.unlink)
        with closing(_backup_at(source)) as kept, closing(sqlite3.connect(fresh)) as copy:
            _copy(kept, copy)
        failing.pop_all()
    aside = _aside(target, "damaged")
    for ending in ("-journal", ""):  # a journal left behind would be played back into the new file
        old = target.with_name(target.name + ending)
        if old.exists():
            old.rename(aside.with_name(aside.name + ending))
    fresh.rename(target)
    return aside if there else None


def _aside(path: Path, word: str) -> Path:
    return path.with_name(f"{backup_name(path).stem}-{word}{path.suffix}")


def _backup_at(source: Path) -> sqlite3.Connection:
    """Return a connection to a backup that may be read and is sound and of this version."""
    kept = sqlite3.connect(f"{source.resolve().as_uri()}?mode=ro", uri=True)
    with ExitStack() as failing:
        failing.callback(kept.close)
        _check_backup(source, kept)
        failing.pop_all()
    return kept


def _check_backup(source: Path, kept: sqlite3.Connection) -> None:
    try:
        version = kept.execute("PRAGMA user_version").fetchone()[0]
        health = kept.execute("PRAGMA quick_check").fetchone()[0]
    except sqlite3.DatabaseError as problem:
        raise _cannot_open(source, problem) from problem
    _check_version(source, version, any_version=False)
    if health != "ok":
        raise DatabaseProblem(f"{source} is damaged. Choose another backup.")


def _copy(source: sqlite3.Connection, target: sqlite3.Connection) -> None:
    """Copy a whole database at once; give up when somebody holds it for too long."""
    patience = monotonic() + BUSY_SECONDS

    def wait(status: int, remaining: int, total: int) -> None:
        if monotonic() > patience and remaining:
            raise DatabaseProblem("Somebody else holds the database. Nothing was changed; try again.")

    try:
        source.backup(target, pages=-1, progress=wait)
    except sqlite3.DatabaseError as problem:
        raise DatabaseProblem(f"The copy failed: {problem}. Nothing was changed.") from problem


def _connect(path: Path, *, writable: bool) -> None:
    close_database()
    engine = SqliteDatabase(
        f"{path.resolve().as_uri()}?mode={'rw' if writable else 'ro'}",
        pragmas=_PRAGMAS if writable else {"foreign_keys": 1},
        lock_type="IMMEDIATE" if writable else None,
        timeout=BUSY_SECONDS,
        uri=True,
    )
    database.initialize(engine)
    database.connect()
    if writable and engine.journal_mode != "delete":
        raise DatabaseProblem(f"{path} does not take a rollback journal. Move it to a local disk.")


def _make_directory(path: Path, mode: int) -> None:
    if not path.exists():
        path.mkdir(parents=True, mode=0o700)
        path.chmod(mode)


def _make_file(path: Path, mode: int) -> None:
    """Create an empty file; ``FileExistsError`` when anything stands there, a broken link included."""
    handle = os.open(path, os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_RDWR, mode)
    os.fchmod(handle, mode)
    os.close(handle)


def _pragma(name: str) -> int:
    return int(database.execute_sql(f"PRAGMA {name}").fetchone()[0])


def _check_file(path: Path) -> None:
    """Refuse what is no readable tui-plan database by its header alone, so that nothing foreign is ever opened."""
    try:
        found = path.stat()
        if not stat.S_ISREG(found.st_mode):
            raise NoDatabase(f"{path} is not a file. Name a tui-plan database with --db.")
        with path.open("rb") as file:
            header = file.read(100)
    except FileNotFoundError as problem:
        raise NoDatabase(
            f"There is no database at {path}. Make one with 'tui-plan init', or name it with --db."
        ) from problem
    except PermissionError as problem:
        raise DatabaseProblem(f"You may not read {path}. Ask its owner for permission.") from problem
    except OSError as problem:
        raise DatabaseProblem(f"{path} cannot be opened: {problem.strerror}.") from problem
    if not header.startswith(_MAGIC) or int.from_bytes(header[_STAMP], "big") != APPLICATION_ID:
        raise NoDatabase(
            f"{path} is not a tui-plan database. Name one with --db, or bring a sheet in with 'tui-plan import'."
        )


def _check_version(path: Path, version: int, *, any_version: bool) -> None:
    if version > SCHEMA_VERSION:
        raise DatabaseProblem(
            f"{path} was made by a newer tui-plan (schema {version}, this one knows {SCHEMA_VERSION}). "
            "Install the newer one."
        )
    if version < SCHEMA_VERSION and not any_version:
        raise DatabaseProblem(
            f"{path} was made by an older tui-plan. Run 'tui-plan migrate --db {path}'; it makes a backup first."
        )


def _cannot_open(path: Path, problem: Exception) -> DatabaseProblem:
    if "malformed" in str(problem) or "not a database" in str(problem):
        return DamagedDatabase(f"{path} is damaged ({problem}). Bring back a backup with 'tui-plan restore'.")
    return DatabaseProblem(f"{path} cannot be opened: {problem}.")
