"""The way from schema 1 to 2: agreements, alternates, rules of groups, communications, checklists, the register.

Released, so it never changes: it is the SQL of its day, not what the tables of today would say. Only ``migrations``
calls this.
"""

from tui_plan.model.base import database

_STATEMENTS = (
    'ALTER TABLE "party" ADD COLUMN "reports_to_id" TEXT REFERENCES "party" ("uid") ON DELETE RESTRICT',
    'ALTER TABLE "party" ADD COLUMN "audience" TEXT NOT NULL DEFAULT \'\'',
    'ALTER TABLE "party" ADD COLUMN "hear_every" INTEGER',
    'ALTER TABLE "party" ADD COLUMN "joined_on" TEXT',
    'ALTER TABLE "party" ADD COLUMN "left_on" TEXT',
    'ALTER TABLE "party" ADD COLUMN "merged_into_id" TEXT REFERENCES "party" ("uid") ON DELETE RESTRICT',
    'CREATE INDEX "party_reports_to_id" ON "party" ("reports_to_id")',
    'CREATE INDEX "party_merged_into_id" ON "party" ("merged_into_id")',
    """
    CREATE TABLE "alternate" (
        "uid" TEXT NOT NULL PRIMARY KEY,
        "row_version" INTEGER NOT NULL,
        "post_id" TEXT NOT NULL,
        "person_id" TEXT NOT NULL,
        "rank" INTEGER NOT NULL,
        FOREIGN KEY ("post_id") REFERENCES "party" ("uid") ON DELETE RESTRICT,
        FOREIGN KEY ("person_id") REFERENCES "party" ("uid") ON DELETE RESTRICT
    )
    """,
    'CREATE INDEX "alternate_post_id" ON "alternate" ("post_id")',
    'CREATE INDEX "alternate_person_id" ON "alternate" ("person_id")',
    """
    CREATE TRIGGER alternate_version BEFORE UPDATE ON alternate
    WHEN NEW.row_version <> OLD.row_version + 1 OR NEW.uid <> OLD.uid
    BEGIN SELECT RAISE(ABORT, 'a version rises by exactly one'); END
    """,
    """
    CREATE TABLE "agreement" (
        "uid" TEXT NOT NULL PRIMARY KEY,
        "row_version" INTEGER NOT NULL,
        "plan_id" TEXT NOT NULL,
        "party_id" TEXT NOT NULL,
        "version" TEXT NOT NULL,
        "state" TEXT NOT NULL,
        "on" TEXT,
        "channel" TEXT NOT NULL,
        "evidence" TEXT NOT NULL,
        "reservations" TEXT NOT NULL,
        "lapsed_because" TEXT NOT NULL,
        FOREIGN KEY ("plan_id") REFERENCES "plan" ("uid") ON DELETE RESTRICT,
        FOREIGN KEY ("party_id") REFERENCES "party" ("uid") ON DELETE RESTRICT
    )
    """,
    'CREATE INDEX "agreement_plan_id" ON "agreement" ("plan_id")',
    'CREATE INDEX "agreement_party_id" ON "agreement" ("party_id")',
    """
    CREATE TRIGGER agreement_version BEFORE UPDATE ON agreement
    WHEN NEW.row_version <> OLD.row_version + 1 OR NEW.uid <> OLD.uid
    BEGIN SELECT RAISE(ABORT, 'a version rises by exactly one'); END
    """,
    """
    CREATE TABLE "membership_rule" (
        "uid" TEXT NOT NULL PRIMARY KEY,
        "row_version" INTEGER NOT NULL,
        "group_id" TEXT NOT NULL,
        "role" TEXT NOT NULL,
        "audience" TEXT NOT NULL,
        "organisation_id" TEXT,
        "plan_id" TEXT,
        "area_id" TEXT,
        FOREIGN KEY ("group_id") REFERENCES "party" ("uid") ON DELETE RESTRICT,
        FOREIGN KEY ("organisation_id") REFERENCES "party" ("uid") ON DELETE RESTRICT,
        FOREIGN KEY ("plan_id") REFERENCES "plan" ("uid") ON DELETE RESTRICT,
        FOREIGN KEY ("area_id") REFERENCES "development_area" ("uid") ON DELETE RESTRICT
    )
    """,
    'CREATE INDEX "membership_rule_group_id" ON "membership_rule" ("group_id")',
    'CREATE INDEX "membership_rule_organisation_id" ON "membership_rule" ("organisation_id")',
    'CREATE INDEX "membership_rule_plan_id" ON "membership_rule" ("plan_id")',
    'CREATE INDEX "membership_rule_area_id" ON "membership_rule" ("area_id")',
    """
    CREATE TRIGGER membership_rule_version BEFORE UPDATE ON membership_rule
    WHEN NEW.row_version <> OLD.row_version + 1 OR NEW.uid <> OLD.uid
    BEGIN SELECT RAISE(ABORT, 'a version rises by exactly one'); END
    """,
    """
    CREATE TABLE "communication" (
        "uid" TEXT NOT NULL PRIMARY KEY,
        "row_version" INTEGER NOT NULL,
        "party_id" TEXT NOT NULL,
        "direction" TEXT NOT NULL,
        "on" TEXT NOT NULL,
        "channel" TEXT NOT NULL,
        "words" TEXT NOT NULL,
        "plan_id" TEXT,
        FOREIGN KEY ("party_id") REFERENCES "party" ("uid") ON DELETE RESTRICT,
        FOREIGN KEY ("plan_id") REFERENCES "plan" ("uid") ON DELETE RESTRICT
    )
    """,
    'CREATE INDEX "communication_party_id" ON "communication" ("party_id")',
    'CREATE INDEX "communication_plan_id" ON "communication" ("plan_id")',
    'CREATE INDEX "communication_last" ON "communication" ("party_id", "direction", "channel", "on")',
    """
    CREATE TRIGGER communication_version BEFORE UPDATE ON communication
    WHEN NEW.row_version <> OLD.row_version + 1 OR NEW.uid <> OLD.uid
    BEGIN SELECT RAISE(ABORT, 'a version rises by exactly one'); END
    """,
    """
    CREATE TABLE "checklist_run" (
        "uid" TEXT NOT NULL PRIMARY KEY,
        "row_version" INTEGER NOT NULL,
        "plan_id" TEXT,
        "number" INTEGER NOT NULL,
        "template" TEXT NOT NULL,
        "title" TEXT NOT NULL,
        "kind" TEXT NOT NULL,
        "party_id" TEXT,
        "post_id" TEXT,
        "group_id" TEXT,
        "started_on" TEXT NOT NULL,
        "due" TEXT,
        "finished_on" TEXT,
        "remarks" TEXT NOT NULL,
        FOREIGN KEY ("plan_id") REFERENCES "plan" ("uid") ON DELETE RESTRICT,
        FOREIGN KEY ("party_id") REFERENCES "party" ("uid") ON DELETE RESTRICT,
        FOREIGN KEY ("post_id") REFERENCES "party" ("uid") ON DELETE RESTRICT,
        FOREIGN KEY ("group_id") REFERENCES "party" ("uid") ON DELETE RESTRICT
    )
    """,
    'CREATE INDEX "checklist_run_plan_id" ON "checklist_run" ("plan_id")',
    'CREATE UNIQUE INDEX "checklist_run_number" ON "checklist_run" ("number")',
    'CREATE INDEX "checklist_run_party_id" ON "checklist_run" ("party_id")',
    'CREATE INDEX "checklist_run_post_id" ON "checklist_run" ("post_id")',
    'CREATE INDEX "checklist_run_group_id" ON "checklist_run" ("group_id")',
    """
    CREATE TRIGGER checklist_run_version BEFORE UPDATE ON checklist_run
    WHEN NEW.row_version <> OLD.row_version + 1 OR NEW.uid <> OLD.uid
    BEGIN SELECT RAISE(ABORT, 'a version rises by exactly one'); END
    """,
    """
    CREATE TABLE "checklist_item" (
        "uid" TEXT NOT NULL PRIMARY KEY,
        "row_version" INTEGER NOT NULL,
        "run_id" TEXT NOT NULL,
        "key" TEXT NOT NULL,
        "section" TEXT NOT NULL,
        "text" TEXT NOT NULL,
        "position" INTEGER NOT NULL,
        "party_id" TEXT,
        "rating" TEXT NOT NULL,
        "at" TEXT,
        "channel" TEXT NOT NULL,
        "successes" TEXT NOT NULL,
        "challenges" TEXT NOT NULL,
        "next_steps" TEXT NOT NULL,
        FOREIGN KEY ("run_id") REFERENCES "checklist_run" ("uid") ON DELETE RESTRICT,
        FOREIGN KEY ("party_id") REFERENCES "party" ("uid") ON DELETE RESTRICT
    )
    """,
    'CREATE INDEX "checklist_item_run_id" ON "checklist_item" ("run_id")',
    'CREATE INDEX "checklist_item_party_id" ON "checklist_item" ("party_id")',
    """
    CREATE TRIGGER checklist_item_version BEFORE UPDATE ON checklist_item
    WHEN NEW.row_version <> OLD.row_version + 1 OR NEW.uid <> OLD.uid
    BEGIN SELECT RAISE(ABORT, 'a version rises by exactly one'); END
    """,
    """
    CREATE TABLE "register_entry" (
        "uid" TEXT NOT NULL PRIMARY KEY,
        "row_version" INTEGER NOT NULL,
        "plan_id" TEXT,
        "number" INTEGER NOT NULL,
        "kind" TEXT NOT NULL,
        "party_id" TEXT,
        "title" TEXT NOT NULL,
        "on" TEXT NOT NULL,
        "level" TEXT NOT NULL,
        "evidence" TEXT NOT NULL,
        FOREIGN KEY ("plan_id") REFERENCES "plan" ("uid") ON DELETE RESTRICT,
        FOREIGN KEY ("party_id") REFERENCES "party" ("uid") ON DELETE RESTRICT
    )
    """,
    'CREATE INDEX "register_entry_plan_id" ON "register_entry" ("plan_id")',
    'CREATE UNIQUE INDEX "register_entry_number" ON "register_entry" ("number")',
    'CREATE INDEX "register_entry_party_id" ON "register_entry" ("party_id")',
    """
    CREATE TRIGGER register_entry_version BEFORE UPDATE ON register_entry
    WHEN NEW.row_version <> OLD.row_version + 1 OR NEW.uid <> OLD.uid
    BEGIN SELECT RAISE(ABORT, 'a version rises by exactly one'); END
    """,
    'CREATE INDEX "change_said" ON "ledger_change" ("said_by", "channel", "at") WHERE ("said_by" != \'\')',
    'CREATE INDEX "note_said" ON "note" ("said_by_id", "said_on", "channel") WHERE ("said_by_id" IS NOT NULL)',
)


def people_and_agreements() -> None:
    """Give the roster its new columns, and make the new tables with their indexes and triggers."""
    for statement in _STATEMENTS:
        database.execute_sql(statement)
