"""Opening, creating, backing up and restoring the database file, and noticing that a colleague wrote.

The file is a rollback-journal SQLite database with ``synchronous=EXTRA``: no acknowledged commit is lost to a power
cut, and the WAL reset bug of SQLite before 3.51.3 cannot touch it. Who may call it: the command line, the terminal's
database thread, and tests.
"""

import os
import sqlite3
import stat
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

from peewee import DatabaseError, SqliteDatabase

from tui_plan.model.base import database
from tui_plan.model.errors import DatabaseProblem
from tui_plan.model.schema import APPLICATION_ID, SCHEMA_VERSION, create_schema

BUSY_SECONDS = 30
_NETWORK_FILE_SYSTEMS = frozenset(
    {"nfs", "nfs4", "cifs", "smb3", "smbfs", "afs", "9p", "fuse.sshfs", "glusterfs", "ceph"}
)
_PRAGMAS = {"journal_mode": "delete", "synchronous": "extra", "foreign_keys": 1}


def create_database(path: Path, *, shared: bool = False) -> None:
    """Create an empty plan database at ``path`` and open it; refuse when anything stands there.

    The file is made with mode 0600, or 0660 when ``shared``, since SQLite's own would follow the umask.
    """
    mode = 0o660 if shared else 0o600
    try:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o2770 if shared else 0o700)
        handle = os.open(path, os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_RDWR, mode)
    except FileExistsError as problem:
        raise DatabaseProblem(f"{path} is already there. Open it with --db, or choose another name.") from problem
    except OSError as problem:
        raise DatabaseProblem(f"{path} cannot be created: {problem.strerror}.") from problem
    os.fchmod(handle, mode)
    os.close(handle)
    _connect(path, writable=True)
    create_schema()


def open_database(path: Path, *, insist: bool = False, any_version: bool = False) -> bool:
    """Open the plan database at ``path``; return whether this user may write it.

    Raises ``DatabaseProblem`` when it is missing, foreign, damaged, from another version (unless ``any_version``),
    or on a network file system (unless ``insist``). A mistyped path never creates a file.
    """
    _check_file(path)
    if not insist:
        _refuse_network(path)
    writable = os.access(path, os.W_OK) and os.access(path.parent, os.W_OK)
    try:
        _connect(path, writable=writable)
        found = _pragma("application_id"), _pragma("user_version")
    except DatabaseError as problem:
        close_database()
        raise DatabaseProblem(f"{path} is not a tui-plan database: {problem}.") from problem
    _check_stamp(path, *found, any_version=any_version)
    return writable


def close_database() -> None:
    """Close the open database, if there is one."""
    if database.obj is not None and not database.is_closed():
        database.close()


def data_version() -> int:
    """Return a number that moves when another connection has committed; asking costs microseconds."""
    return _pragma("data_version")


def backup_database(target: Path) -> None:
    """Write a consistent copy of the open database to the new file ``target``, mode 0600."""
    try:
        os.close(os.open(target, os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_RDWR, 0o600))
    except FileExistsError as problem:
        raise DatabaseProblem(f"{target} is already there. Name another file for the backup.") from problem
    except OSError as problem:
        raise DatabaseProblem(f"{target} cannot be created: {problem.strerror}.") from problem
    with closing(sqlite3.connect(target)) as copy:
        database.connection().backup(copy, pages=-1)


def backup_name(path: Path, moment: datetime | None = None) -> Path:
    """Return the name of a backup beside ``path``, with the UTC time to the second."""
    moment = moment or datetime.now(UTC)
    return path.with_name(f"{path.stem}-{moment:%Y%m%dT%H%M%SZ}{path.suffix}")


def restore_database(source: Path) -> None:
    """Copy the backup ``source`` into the open database through SQLite's backup, so that open sessions see it."""
    _check_file(source)
    with closing(sqlite3.connect(f"file:{_quoted(source)}?mode=ro", uri=True)) as kept:
        try:
            found = [kept.execute(f"PRAGMA {name}").fetchone()[0] for name in ("application_id", "user_version")]
            healthy = kept.execute("PRAGMA quick_check").fetchone()[0] == "ok"
        except sqlite3.DatabaseError as problem:
            raise DatabaseProblem(f"{source} is not a tui-plan database: {problem}.") from problem
        _check_stamp(source, found[0], found[1], any_version=False, close=False)
        if not healthy:
            raise DatabaseProblem(f"{source} is damaged. Choose another backup.")
        kept.backup(database.connection(), pages=-1)


def _connect(path: Path, *, writable: bool) -> None:
    close_database()
    engine = SqliteDatabase(
        f"file:{_quoted(path)}?mode={'rw' if writable else 'ro'}",
        pragmas=_PRAGMAS if writable else {"foreign_keys": 1},
        lock_type="IMMEDIATE" if writable else None,
        timeout=BUSY_SECONDS,
        uri=True,
    )
    database.initialize(engine)
    database.connect()
    if writable and engine.journal_mode != "delete":
        raise DatabaseProblem(f"{path} does not take a rollback journal. Move it to a local disk.")


def _quoted(path: Path) -> str:
    from urllib.parse import quote

    return quote(str(path.resolve()))


def _pragma(name: str) -> int:
    return int(database.execute_sql(f"PRAGMA {name}").fetchone()[0])


def _check_file(path: Path) -> None:
    try:
        found = path.stat()
    except FileNotFoundError as problem:
        raise DatabaseProblem(
            f"There is no database at {path}. Make one with 'tui-plan init', or name it with --db."
        ) from problem
    except OSError as problem:
        raise DatabaseProblem(f"{path} cannot be opened: {problem.strerror}.") from problem
    if not stat.S_ISREG(found.st_mode):
        raise DatabaseProblem(f"{path} is not a file. Name a tui-plan database with --db.")
    if not os.access(path, os.R_OK):
        raise DatabaseProblem(f"You may not read {path}. Ask its owner for permission.")


def _check_stamp(path: Path, application: int, version: int, *, any_version: bool, close: bool = True) -> None:
    sentence = ""
    if application != APPLICATION_ID:
        sentence = f"{path} is not a tui-plan database. Name one with --db, or bring a sheet in with 'tui-plan import'."
    elif version > SCHEMA_VERSION:
        sentence = (
            f"{path} was made by a newer tui-plan (schema {version}, this one knows {SCHEMA_VERSION}). "
            "Install the newer one."
        )
    elif version < SCHEMA_VERSION and not any_version:
        sentence = f"{path} was made by an older tui-plan. Run 'tui-plan migrate'; it makes a backup first."
    if sentence:
        if close:
            close_database()
        raise DatabaseProblem(sentence)


def _refuse_network(path: Path) -> None:
    kind = file_system(path)
    if kind in _NETWORK_FILE_SYSTEMS:
        raise DatabaseProblem(
            f"{path} lies on a network file system ({kind}), where locks cannot be trusted. "
            "Move it to a local disk, or insist with --network-disk."
        )


def file_system(path: Path) -> str:
    """Return the type of the file system that holds ``path`` (Linux), or an empty string where it cannot be told."""
    try:
        lines = Path("/proc/self/mountinfo").read_text(encoding="utf-8", errors="replace").splitlines()
    except OSError:
        return ""
    best, kind = "", ""
    resolved = str(path.resolve())
    for line in lines:
        before, _, after = line.partition(" - ")
        mount = before.split()[4].replace("\\040", " ")
        inside = mount in ("/", resolved) or resolved.startswith(mount + "/")
        if inside and len(mount) >= len(best):
            best, kind = mount, after.split()[0]
    return kind
