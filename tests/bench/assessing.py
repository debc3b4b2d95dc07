"""An assessment that is under way, for the terminal to go on with: the stage that the first plan is in, all of it."""

from pathlib import Path

from tests.bench.generate import TODAY
from tui_plan.exchange.checklist_templates import template
from tui_plan.insight.finding import plan_uids
from tui_plan.insight.stages import current_stage, stages
from tui_plan.model.database import close_database, open_database
from tui_plan.model.store import Author
from tui_plan.operations.assessing import start_assessment


def begin_assessment(path: Path) -> None:
    """Begin to assess by consensus, in the database at ``path``, all qualities of the template."""
    open_database(path)
    try:
        stage = current_stage(stages(plan_uids()[0]))
        if stage is not None:
            start_assessment(Author("bench"), template("progress"), stage.uid, on=TODAY, whole=True)
    finally:
        close_database()
