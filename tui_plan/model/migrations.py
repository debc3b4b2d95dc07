"""Bringing a database of an older tui-plan up to date: numbered steps, taken explicitly by ``tui-plan migrate``.

A step is a plain function that changes tables of the open database; it may not commit. It never changes once it has
been released. Who may call this: the command line and tests.
"""

import sqlite3
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from peewee import DatabaseError

from tui_plan.model.base import database
from tui_plan.model.database import backup_database, backup_name, close_database, open_database
from tui_plan.model.errors import DatabaseProblem
from tui_plan.model.schema import SCHEMA_VERSION
from tui_plan.model.schema_2 import people_and_agreements
from tui_plan.model.schema_3 import stages_and_register


@dataclass(frozen=True)
class Step:
    """What leads from schema ``version - 1`` to ``version``; ``says`` tells the coordinator what is new."""

    version: int
    says: str
    apply: Callable[[], None]


@dataclass(frozen=True)
class MigrationReport:
    """From which schema to which, what each step did, and where the backup lies (None if nothing had to be done)."""

    before: int
    after: int
    done: tuple[str, ...] = ()
    backup: Path | None = None


STEPS: tuple[Step, ...] = (
    Step(
        2,
        "The roster knows agreements, alternates, rules of lists, checklists and who was told.",
        people_and_agreements,
    ),
    Step(
        3,
        "Plans have stages with their assessments, and a register of risks, issues, decisions, lessons and more.",
        stages_and_register,
    ),
)
"""The steps of all releases, in order. The first schema had the number 1, so that the first step has 2."""


def migrate(
    path: Path, *, insist: bool = False, steps: Sequence[Step] = STEPS, target: int = SCHEMA_VERSION
) -> MigrationReport:
    """Back up the database at ``path``, then take it to the schema ``target`` in one transaction; leave it closed.

    Raises ``DatabaseProblem`` when it cannot be opened or written, or when a step fails; nothing is changed then, and
    the backup stays. Colleagues who have it open are told at their next change.
    """
    try:
        if not open_database(path, insist=insist, any_version=True):
            raise DatabaseProblem(f"You may read {path} but not change it. Ask its owner to run 'tui-plan migrate'.")
        before = _version()
        if before >= target:
            return MigrationReport(before, before)
        backup = backup_name(path)
        backup_database(backup)
        done = _take(steps, target, backup)
        return MigrationReport(before, target, done, backup)
    finally:
        close_database()


def _take(steps: Sequence[Step], target: int, backup: Path) -> tuple[str, ...]:
    database.execute_sql("PRAGMA foreign_keys = 0")  # a step that rebuilds a table would be in its own way
    try:
        with database.atomic("EXCLUSIVE"):
            missing = _missing(steps, _version(), target)
            for step in missing:
                step.apply()
            broken = database.execute_sql("PRAGMA foreign_key_check").fetchall()
            if broken:
                raise DatabaseProblem(
                    f"The migration would break references ({len(broken)}), so nothing was changed. Backup: {backup}."
                )
            if missing:
                database.execute_sql(f"PRAGMA user_version = {target:d}")
    except (DatabaseError, sqlite3.DatabaseError) as problem:
        raise DatabaseProblem(
            f"The migration failed ({problem}), so nothing was changed. Backup: {backup}."
        ) from problem
    return tuple(step.says for step in missing)


def _missing(steps: Sequence[Step], version: int, target: int) -> list[Step]:
    """Return the steps still to be taken: none, when a colleague migrated while the backup was made."""
    missing = [step for step in steps if version < step.version <= target]
    if [step.version for step in missing] != list(range(version + 1, target + 1)):
        raise DatabaseProblem(
            f"This tui-plan does not know the way from schema {version} to {target}. Install a newer one."
        )
    return missing


def _version() -> int:
    return int(database.execute_sql("PRAGMA user_version").fetchone()[0])
