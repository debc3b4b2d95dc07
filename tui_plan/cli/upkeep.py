"""``backup``, ``restore``, ``check`` and ``migrate``: looking after the database file."""

from pathlib import Path
from typing import TYPE_CHECKING

from tui_plan.cli.asking import agreed
from tui_plan.cli.output import patience
from tui_plan.model.database import (
    backup_database,
    backup_name,
    close_database,
    create_database,
    open_database,
    replace_database,
    restore_database,
)
from tui_plan.model.errors import DamagedDatabase, NoDatabase

if TYPE_CHECKING:
    from tui_plan.cli.call import Call


def backup(call: "Call") -> int:
    """Copy the database whole to a new file, while others may go on working."""
    target = Path(call.options.file).expanduser() if call.options.file else backup_name(call.database)
    with call.reading(), patience("Copying the database"):
        backup_database(target)
    if call.json:
        call.page.json({"backup": str(target), "bytes": target.stat().st_size})
    else:
        call.page.line(f"Backed up to {target}")
    return 0


def restore(call: "Call") -> int:
    """Put a backup in the place of the database; what stood there is backed up first."""
    source = Path(call.options.file).expanduser()
    _check_backup(source)
    question = f"Put {source} in the place of {call.database}?"
    if not agreed(call, question, "Add --yes to restore without asking."):
        return 0
    kept = _put_in_place(call, source)
    if call.json:
        call.page.json({"restored": str(source), "before": str(kept) if kept else None})
        return 0
    call.page.line(f"Restored {call.database} from {source}")
    if kept:
        call.page.line(f"What stood before lies in {kept}")
    return 0


def check(call: "Call") -> int:
    """Look the database, its ledger, its file and the configuration over; 1 when something needs attention."""
    from tui_plan.keys import unknown_ids
    from tui_plan.operations.upkeep import check_database

    with call.reading(), patience("Looking the database over"):
        report = check_database()
    unknown = [
        f"The configuration binds {name}, which is no key of tui-plan." for name in unknown_ids(call.config.keys)
    ]
    wrong = [*call.config.problems, *unknown]
    if call.json:
        found = [{"well": one.well, "text": one.text, "command": one.command or None} for one in report.findings]
        found += [{"well": False, "text": text, "command": None} for text in wrong]
        call.page.json(
            {"database": str(call.database), "attention": report.attention or bool(wrong), "findings": found}
        )
        return int(report.attention or bool(wrong))
    for one in report.findings:
        _tell(call, one.well, one.text, one.command)
    for text in wrong:
        _tell(call, False, text, "")
    return int(report.attention or bool(wrong))


def migrate(call: "Call") -> int:
    """Bring an older database up to this version, after a backup."""
    from tui_plan.model.migrations import migrate as bring_up

    with patience("Migrating the database"):
        report = bring_up(call.database, insist=call.options.network_disk)
    if call.json:
        kept = str(report.backup) if report.backup else None
        call.page.json({"before": report.before, "after": report.after, "steps": report.done, "backup": kept})
        return 0
    if report.before == report.after:
        call.page.line(f"{call.database} is up to date (schema {report.after}); nothing had to be done.")
        return 0
    call.page.line(f"Brought {call.database} from schema {report.before} to {report.after}:")
    for step in report.done:
        call.page.line(f"  {step}")
    call.page.line(f"What stood before lies in {report.backup}")
    return 0


def _check_backup(source: Path) -> None:
    try:
        open_database(source, insist=True)
    except NoDatabase as problem:
        what = "is no backup of tui-plan" if source.exists() else "is not there"
        raise NoDatabase(f"{source} {what}: name a file that 'tui-plan backup' wrote.") from problem
    finally:
        close_database()


def _put_in_place(call: "Call", source: Path) -> Path | None:
    """Restore the backup ``source``; return where that lies which stood there before, if anything did."""
    with patience("Restoring the database"):
        try:
            kept = _make_place(call)
            restore_database(source)
        except DamagedDatabase:
            return replace_database(source, call.database)
        finally:
            close_database()
    return kept


def _make_place(call: "Call") -> Path | None:
    """Open the database that is to be replaced and back it up, or make one; return where the backup lies."""
    if not call.database.exists():
        create_database(call.database)
        return None
    open_database(call.database, insist=call.options.network_disk)
    kept = backup_name(call.database)
    backup_database(kept)
    return kept


def _tell(call: "Call", well: bool, text: str, command: str) -> None:
    sign = call.page.paint("✓", "green") if well else call.page.paint("!", "red")
    call.page.line(f"{sign} {text}")
    if command:
        call.page.line(f"    {command}")
