"""Is the database sound, and is its file as it should be: what ``tui-plan check`` asks. Nothing here writes."""

import grp
import json
import pwd
import shlex
import sqlite3
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from peewee import DatabaseError

from tui_plan.model.base import BOOKKEEPING, Record, database, rows
from tui_plan.model.database import database_path
from tui_plan.model.ledger import Change, Entry, local_time
from tui_plan.model.mounts import file_system, is_network
from tui_plan.model.places import noun_of, quoted
from tui_plan.model.schema import RECORDS, SCHEMA_VERSION, table_name
from tui_plan.model.store import full_row

_AT_ONCE = 20_000
_CLOCKS_DIFFER = timedelta(minutes=10)

Row = dict[str, Any]


@dataclass(frozen=True)
class Finding:
    """One thing that was looked at: whether it is well, a sentence, and the command that mends it (or nothing)."""

    well: bool
    text: str
    command: str = ""


@dataclass(frozen=True)
class CheckReport:
    """All that was looked at, in order."""

    findings: tuple[Finding, ...]

    @property
    def attention(self) -> bool:
        """Whether anything is not well."""
        return not all(finding.well for finding in self.findings)


def check_database(now: datetime | None = None) -> CheckReport:
    """Look at the open database, its ledger, its file and its directory. ``now`` is naive UTC."""
    moment = now or datetime.now(UTC).replace(tzinfo=None)
    path = database_path()
    return CheckReport((*_contents(moment), *file_findings(path), _place(path)))


def file_findings(path: Path) -> tuple[Finding, ...]:
    """Look at the modes, the owner and the group of a database file and its directory."""
    file, directory = path.stat(), path.parent.stat()
    shared = bool(file.st_mode & stat.S_IWGRP)
    found = [_closed_to_others(path, file.st_mode)]
    if shared:
        found += _shared_directory(path.parent, directory.st_mode)
        if file.st_gid != directory.st_gid:
            group = _group(directory.st_gid)
            text = f"The file belongs to the group {_group(file.st_gid)}, its directory to {group}."
            found.append(Finding(False, text, f"chgrp {shlex.quote(group)} {shlex.quote(str(path))}"))
    elif directory.st_mode & stat.S_IWOTH and not directory.st_mode & stat.S_ISVTX:
        found.append(_wrong_mode("o-w", path.parent, "Everybody may replace the file, since they may write to"))
    return tuple(found)


def _contents(now: datetime) -> Iterator[Finding]:
    try:
        with database.atomic("DEFERRED"):
            yield _sound()
            yield _references()
            yield _ledger()
            yield _clock(now)
    except (DatabaseError, sqlite3.DatabaseError) as problem:
        yield Finding(False, f"The file is damaged ({problem}).", "tui-plan restore BACKUP")


def _sound() -> Finding:
    problems = [text for (text,) in database.execute_sql("PRAGMA integrity_check").fetchall() if text != "ok"]
    if problems:
        return Finding(False, f"The file is damaged: {problems[0]}.", "tui-plan restore BACKUP")
    return Finding(True, f"The file is sound (schema {SCHEMA_VERSION}, SQLite {sqlite3.sqlite_version}).")


def _references() -> Finding:
    broken = database.execute_sql("PRAGMA foreign_key_check").fetchall()
    if broken:
        return Finding(False, f"References that lead nowhere: {len(broken)}, the first in {broken[0][0]}.")
    return Finding(True, "Every reference leads to a record.")


def _ledger() -> Finding:
    told = _replay()
    apart = [found for model in RECORDS for found in _differences(model, told.pop(table_name(model), {}))]
    entries = Entry.select().count()
    if apart:
        return Finding(
            False,
            f"Records changed by hand, so that the ledger tells otherwise: {len(apart)}, such as {apart[0]}.",
        )
    return Finding(True, f"The ledger's {entries:,} entries tell exactly what the tables hold.")


def _replay() -> dict[str, dict[str, Row]]:
    """Return by table and uid what the ledger says that each record holds."""
    told: dict[str, dict[str, Row]] = {}
    query = Entry.select(Entry.id, Entry.noun, Entry.record, Entry.before, Entry.after).order_by(Entry.id)
    last = 0
    while group := rows(query.where(Entry.id > last).limit(_AT_ONCE)):
        for _, noun, record, before, after in group:
            records = told.setdefault(noun, {})
            if after is None:
                records.pop(record, None)
            elif before is None:
                records[record] = json.loads(after)
            else:
                records.setdefault(record, {}).update(json.loads(after))
        last = group[-1][0]
    return told


def _differences(model: type[Record], told: dict[str, Row]) -> Iterator[str]:
    columns = [column.name for column in model._meta.sorted_fields]
    unsaid = full_row(model, {})  # entries from before a migration know nothing of its fields
    for values in database.execute(model.select()).fetchall():
        row = dict(zip(columns, values, strict=True))
        entered = {**unsaid, **told.pop(row["uid"], {})}
        if any(entered[name] != value for name, value in row.items() if name not in BOOKKEEPING):
            yield f"the {noun_of(model, row)} {quoted(model, row)}"
    yield from (f"a {model.noun} that is gone" for _ in told)


def _clock(now: datetime) -> Finding:
    last = Change.select(Change.at).order_by(Change.id.desc()).limit(1).scalar()
    if last is not None and last > now + _CLOCKS_DIFFER:
        return Finding(
            False, f"The last change is dated {local_time(last)}, in the future: look at this machine's clock."
        )
    return Finding(
        True, f"The last change was made on {local_time(last)}." if last else "Nothing has been changed yet."
    )


def _closed_to_others(path: Path, mode: int) -> Finding:
    owner = _owner(path.stat().st_uid)
    if mode & stat.S_IRWXO:
        return _wrong_mode("o=", path, "Everybody on this machine may open")
    who = f"{owner} and the group {_group(path.stat().st_gid)}" if mode & stat.S_IRWXG else owner
    return Finding(True, f"Only {who} may open the file (mode {stat.S_IMODE(mode):04o}).")


def _shared_directory(directory: Path, mode: int) -> Iterator[Finding]:
    well = True
    for wrong, change, text in (
        (not mode & stat.S_IWGRP, "g+w", "Colleagues cannot write, since the group may not write to"),
        (not mode & stat.S_ISGID, "g+s", "What colleagues make would belong to another group, without setgid on"),
        (bool(mode & stat.S_ISVTX), "-t", "Colleagues cannot clear each other's journals, since the sticky bit is on"),
        (bool(mode & stat.S_IWOTH), "o-w", "Everybody may replace the file, since they may write to"),
    ):
        if wrong:
            well = False
            yield _wrong_mode(change, directory, text)
    if well:
        yield Finding(True, f"Its directory is made for sharing (mode {stat.S_IMODE(mode):04o}).")


def _wrong_mode(change: str, path: Path, text: str) -> Finding:
    return Finding(False, f"{text} {path}.", f"chmod {change} {shlex.quote(str(path))}")


def _place(path: Path) -> Finding:
    kind = file_system(path)
    if is_network(kind):
        return Finding(False, f"It lies on a network file system ({kind}), where locks cannot be trusted: move it.")
    return Finding(True, f"It lies on a local file system ({kind or 'of unknown kind'}).")


def _owner(uid: int) -> str:
    try:
        return pwd.getpwuid(uid).pw_name
    except KeyError:
        return str(uid)


def _group(gid: int) -> str:
    try:
        return grp.getgrgid(gid).gr_name
    except KeyError:
        return str(gid)
