"""Assessing a stage in one go, as tests need it: what is said of each quality by its key, finished or not."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from tests.people_world import TODAY, typed
from tests.progress_world import PROGRESS
from tui_plan.model.base import rows
from tui_plan.model.checklist import ChecklistItem
from tui_plan.operations.assessing import start_assessment
from tui_plan.operations.checklists import finish_checklist, say_item

ME = typed(TODAY)
PILOT_KEYS = ("leaders", "staff", "data")
"""The qualities of the template under the heading of the pilot; "scale" is the only other one."""


def assess(
    stage: str,
    said: Mapping[str, Mapping[str, Any]],
    *,
    party: str | None = None,
    on: date = TODAY,
    finished: bool = True,
    whole: bool = False,
) -> str:
    """Assess a stage, saying of each quality the values under its key, and return the run's uid."""
    run = start_assessment(ME, PROGRESS, stage, on=on, party=party, whole=whole)
    for key, values in said.items():
        say_item(ME, item_of(run, key), **values)
    if finished:
        finish_checklist(ME, run, on=on)
    return run


def item_of(run: str, key: str) -> str:
    """Return the uid of an item of a run."""
    query = ChecklistItem.select(ChecklistItem.uid).where((ChecklistItem.run == run) & (ChecklistItem.key == key))
    return str(rows(query)[0][0])
