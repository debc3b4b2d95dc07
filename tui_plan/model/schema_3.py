"""The way from schema 2 to 3: stages, what came of next steps, the whole register, core components, due data.

Released, so it never changes: it is the SQL of its day, not what the tables of today would say. Only ``migrations``
calls this.
"""

from tui_plan.model.base import database

_STATEMENTS = (
    'ALTER TABLE "action" ADD COLUMN "core" INTEGER NOT NULL DEFAULT 0',
    'ALTER TABLE "outcome_measure" ADD COLUMN "every" INTEGER',
    """
    CREATE TABLE "stage" (
        "uid" TEXT NOT NULL PRIMARY KEY,
        "row_version" INTEGER NOT NULL,
        "plan_id" TEXT NOT NULL,
        "number" INTEGER NOT NULL,
        "title" TEXT NOT NULL,
        "kind" TEXT NOT NULL,
        "cycle" INTEGER NOT NULL,
        "started_on" TEXT,
        "ended_on" TEXT,
        "skipped_because" TEXT NOT NULL,
        "scope" TEXT NOT NULL,
        "leadership" TEXT NOT NULL,
        "success" TEXT NOT NULL,
        FOREIGN KEY ("plan_id") REFERENCES "plan" ("uid") ON DELETE RESTRICT
    )
    """,
    'CREATE INDEX "stage_plan_id" ON "stage" ("plan_id")',
    'CREATE UNIQUE INDEX "stage_number" ON "stage" ("number")',
    """
    CREATE TRIGGER stage_version BEFORE UPDATE ON stage
    WHEN NEW.row_version <> OLD.row_version + 1 OR NEW.uid <> OLD.uid
    BEGIN SELECT RAISE(ABORT, 'a version rises by exactly one'); END
    """,
    'ALTER TABLE "checklist_run" ADD COLUMN "stage_id" TEXT REFERENCES "stage" ("uid") ON DELETE RESTRICT',
    'ALTER TABLE "checklist_run" ADD COLUMN "meeting_id" TEXT REFERENCES "meeting" ("uid") ON DELETE RESTRICT',
    'CREATE INDEX "checklist_run_stage_id" ON "checklist_run" ("stage_id")',
    'CREATE INDEX "checklist_run_meeting_id" ON "checklist_run" ("meeting_id")',
    'ALTER TABLE "checklist_item" ADD COLUMN "evidence" TEXT NOT NULL DEFAULT \'\'',
    'ALTER TABLE "checklist_item" ADD COLUMN "candour" TEXT NOT NULL DEFAULT \'candid\'',
    """
    CREATE TABLE "next_action" (
        "uid" TEXT NOT NULL PRIMARY KEY,
        "row_version" INTEGER NOT NULL,
        "item_id" TEXT NOT NULL,
        "action_id" TEXT NOT NULL,
        FOREIGN KEY ("item_id") REFERENCES "checklist_item" ("uid") ON DELETE RESTRICT,
        FOREIGN KEY ("action_id") REFERENCES "action" ("uid") ON DELETE RESTRICT
    )
    """,
    'CREATE INDEX "next_action_item_id" ON "next_action" ("item_id")',
    'CREATE INDEX "next_action_action_id" ON "next_action" ("action_id")',
    """
    CREATE TRIGGER next_action_version BEFORE UPDATE ON next_action
    WHEN NEW.row_version <> OLD.row_version + 1 OR NEW.uid <> OLD.uid
    BEGIN SELECT RAISE(ABORT, 'a version rises by exactly one'); END
    """,
    'ALTER TABLE "register_entry" ADD COLUMN "cause" TEXT NOT NULL DEFAULT \'\'',
    'ALTER TABLE "register_entry" ADD COLUMN "effect" TEXT NOT NULL DEFAULT \'\'',
    'ALTER TABLE "register_entry" ADD COLUMN "outcome" TEXT NOT NULL DEFAULT \'\'',
    'ALTER TABLE "register_entry" ADD COLUMN "due" TEXT',
    'ALTER TABLE "register_entry" ADD COLUMN "closed_on" TEXT',
    'ALTER TABLE "register_entry" ADD COLUMN "likelihood" INTEGER',
    'ALTER TABLE "register_entry" ADD COLUMN "impact" INTEGER',
    'ALTER TABLE "register_entry" ADD COLUMN "residual_likelihood" INTEGER',
    'ALTER TABLE "register_entry" ADD COLUMN "residual_impact" INTEGER',
    'ALTER TABLE "register_entry" ADD COLUMN "response" TEXT NOT NULL DEFAULT \'\'',
    'ALTER TABLE "register_entry" ADD COLUMN "manner" TEXT NOT NULL DEFAULT \'\'',
    'ALTER TABLE "register_entry" ADD COLUMN "fidelity" TEXT NOT NULL DEFAULT \'\'',
    'ALTER TABLE "register_entry" ADD COLUMN "disposition" TEXT NOT NULL DEFAULT \'\'',
    'ALTER TABLE "register_entry" ADD COLUMN "gate" TEXT NOT NULL DEFAULT \'\'',
    'ALTER TABLE "register_entry" ADD COLUMN "intended" INTEGER',
    'ALTER TABLE "register_entry" ADD COLUMN "active" INTEGER',
    'ALTER TABLE "register_entry" ADD COLUMN "stage_id" TEXT REFERENCES "stage" ("uid") ON DELETE RESTRICT',
    'CREATE INDEX "register_entry_stage_id" ON "register_entry" ("stage_id")',
    'ALTER TABLE "register_entry" ADD COLUMN "meeting_id" TEXT REFERENCES "meeting" ("uid") ON DELETE RESTRICT',
    'CREATE INDEX "register_entry_meeting_id" ON "register_entry" ("meeting_id")',
    'ALTER TABLE "register_entry" ADD COLUMN "area_id" TEXT REFERENCES "development_area" ("uid") ON DELETE RESTRICT',
    'CREATE INDEX "register_entry_area_id" ON "register_entry" ("area_id")',
    'ALTER TABLE "register_entry" ADD COLUMN "candour" TEXT NOT NULL DEFAULT \'candid\'',
    """
    CREATE TABLE "entry_link" (
        "uid" TEXT NOT NULL PRIMARY KEY,
        "row_version" INTEGER NOT NULL,
        "entry_id" TEXT NOT NULL,
        "action_id" TEXT,
        "objective_id" TEXT,
        "measure_id" TEXT,
        "other_id" TEXT,
        FOREIGN KEY ("entry_id") REFERENCES "register_entry" ("uid") ON DELETE RESTRICT,
        FOREIGN KEY ("action_id") REFERENCES "action" ("uid") ON DELETE RESTRICT,
        FOREIGN KEY ("objective_id") REFERENCES "step_objective" ("uid") ON DELETE RESTRICT,
        FOREIGN KEY ("measure_id") REFERENCES "outcome_measure" ("uid") ON DELETE RESTRICT,
        FOREIGN KEY ("other_id") REFERENCES "register_entry" ("uid") ON DELETE RESTRICT
    )
    """,
    'CREATE INDEX "entry_link_entry_id" ON "entry_link" ("entry_id")',
    'CREATE INDEX "entry_link_action_id" ON "entry_link" ("action_id")',
    'CREATE INDEX "entry_link_objective_id" ON "entry_link" ("objective_id")',
    'CREATE INDEX "entry_link_measure_id" ON "entry_link" ("measure_id")',
    'CREATE INDEX "entry_link_other_id" ON "entry_link" ("other_id")',
    """
    CREATE TRIGGER entry_link_version BEFORE UPDATE ON entry_link
    WHEN NEW.row_version <> OLD.row_version + 1 OR NEW.uid <> OLD.uid
    BEGIN SELECT RAISE(ABORT, 'a version rises by exactly one'); END
    """,
)


def stages_and_register() -> None:
    """Make stages, next steps and links, and give checklists, the register, actions and measures their new columns."""
    for statement in _STATEMENTS:
        database.execute_sql(statement)
