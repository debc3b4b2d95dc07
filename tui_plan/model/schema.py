"""The schema: all tables in the order of their references, its version, and the triggers that guard them."""

from peewee import Model

from tui_plan.model.base import Record, database
from tui_plan.model.checklist import CHECKLISTS, ChecklistRun
from tui_plan.model.ledger import Change, Counter, Entry
from tui_plan.model.meeting import MEETINGS, Meeting, MeetingSeries
from tui_plan.model.partnership import PARTNERSHIP
from tui_plan.model.people import PEOPLE
from tui_plan.model.plan import PLAN, Action, DevelopmentArea, Plan, StepObjective
from tui_plan.model.register import REGISTER, RegisterEntry
from tui_plan.model.source import SOURCES
from tui_plan.model.stage import STAGES, Stage

APPLICATION_ID = 0x7475_6970
"""Stands in the file's header ("tuip"), so that a foreign database is known at once."""

SCHEMA_VERSION = 3

RECORDS: tuple[type[Record], ...] = (
    *PEOPLE,
    *PLAN,
    *MEETINGS,
    *PARTNERSHIP,
    *STAGES,
    *CHECKLISTS,
    *REGISTER,
    *SOURCES,
)
TABLES: tuple[type[Model], ...] = (*RECORDS, Change, Entry, Counter)

LETTERS: dict[type[Record], str] = {
    Plan: "P",
    DevelopmentArea: "D",
    StepObjective: "S",
    Action: "A",
    MeetingSeries: "M",
    Meeting: "M",
    ChecklistRun: "C",
    RegisterEntry: "R",
    Stage: "T",
}
"""The letter before the number of each record that people quote."""


def table_name(model: type[Model]) -> str:
    """Return the table's name, which is also the record's noun in the ledger."""
    return str(model._meta.table_name)


RECORD_BY_TABLE: dict[str, type[Record]] = {table_name(model): model for model in RECORDS}


def create_schema() -> None:
    """Create all tables, indexes and triggers in the open, empty database, and stamp it."""
    with database.atomic():
        database.create_tables(TABLES, safe=False)
        for statement in _triggers():
            database.execute_sql(statement)
        database.execute_sql(f"PRAGMA application_id = {APPLICATION_ID}")
        database.execute_sql(f"PRAGMA user_version = {SCHEMA_VERSION}")


def _triggers() -> list[str]:
    versions = [
        f"CREATE TRIGGER {name}_version BEFORE UPDATE ON {name} "
        f"WHEN NEW.row_version <> OLD.row_version + 1 OR NEW.uid <> OLD.uid "
        f"BEGIN SELECT RAISE(ABORT, 'a version rises by exactly one'); END"
        for name in map(table_name, RECORDS)
    ]
    ledger = [
        f"CREATE TRIGGER {name}_no_{verb.lower()} BEFORE {verb} ON {name} "
        f"BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END"
        for name in map(table_name, (Change, Entry))
        for verb in ("UPDATE", "DELETE")
    ]
    return versions + ledger
