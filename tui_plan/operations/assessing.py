"""Stage assessments: a checklist about a stage, filled in by one partner or by consensus, once a day at most."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from tui_plan.model.base import rows
from tui_plan.model.checklist import ChecklistRun
from tui_plan.model.errors import InvalidInput, Refused
from tui_plan.model.people import Party
from tui_plan.model.places import quoted, stored_row
from tui_plan.model.stage import Stage
from tui_plan.model.store import Author, change
from tui_plan.model.vocabulary import ChecklistKind
from tui_plan.operations.checking import as_day
from tui_plan.operations.checklists import About, Template, write_run
from tui_plan.operations.meetings import MeetingAt, write_meeting_at


def start_assessment(
    author: Author,
    template: Template,
    stage: str,
    *,
    on: date,
    party: str | None = None,
    meeting: MeetingAt | None = None,
    whole: bool = False,
    today: date | None = None,
) -> str:
    """Begin to assess a stage, as ``party`` sees it or by consensus, and return the run's uid.

    It asks for the qualities under the stage's heading, or for all of the template with ``whole``. Raises ``Refused``
    for a stage that was skipped, and ``InvalidInput`` where there is such an assessment of that day already, or where
    ``today`` is given and the day is still to come.
    """
    if today is not None and on > today:
        raise InvalidInput(f"{on} is still to come: an assessment has the day on which it is made.", "started_on")
    with change(author, "Began an assessment") as writer:
        row = stored_row(Stage, stage)
        refuse_skipped(row)
        if template.kind != ChecklistKind.STAGE:
            raise InvalidInput(f"“{template.title}” is a checklist for {template.kind}, not for a stage.", "template")
        who = str(stored_row(Party, party)["name"]) if party else "consensus"
        writer.summary = f"Began to assess {quoted(Stage, row)}: {who}"
        title = f"{row['title']}: {who}"
        about = About(plan=row["plan"], party=party, stage=stage, meeting=write_meeting_at(writer, meeting))
        run = write_run(writer, template if whole else about_stage(template, row["kind"]), about, on=on, title=title)
        check_once_a_day(stored_row(ChecklistRun, run))
        return run


def refuse_skipped(stage: Mapping[str, Any]) -> None:
    """Raise ``Refused`` for a stage that was skipped."""
    if stage["skipped_because"]:
        raise Refused(f"{quoted(Stage, stage)} was skipped: there is nothing to assess.")


def about_stage(template: Template, kind: str) -> Template:
    """Return a template with only the items under a stage's heading; whole, where it has no such heading."""
    mine = tuple(item for item in template.items if item.section.casefold() == kind)
    return template._replace(items=mine or template.items)


ONCE_A_DAY = ("stage", "template", "party", "started_on")
"""One assessment has these; another one of the same has other values. No party is consensus."""


def check_once_a_day(row: Mapping[str, Any]) -> None:
    """Raise ``InvalidInput`` where a partner (or consensus) has assessed the same stage twice on one day."""
    if not row["stage"]:
        return
    same = (ChecklistRun.stage == row["stage"]) & (ChecklistRun.template == row["template"])
    by = ChecklistRun.party.is_null() if row["party"] is None else ChecklistRun.party == row["party"]
    others = same & by & (ChecklistRun.started_on == row["started_on"]) & (ChecklistRun.uid != row["uid"])
    for (twin,) in rows(ChecklistRun.select(ChecklistRun.uid).where(others).limit(1)):
        there = quoted(ChecklistRun, stored_row(ChecklistRun, twin))
        raise InvalidInput(assessed_twice_words(there, row), "started_on")


def assessed_twice_words(there: str, row: Mapping[str, Any]) -> str:
    """Return the sentence for an assessment that there is already, quoted as ``there``."""
    begun = f"{there} was begun on {as_day(row['started_on'])} already"
    return f"{begun}: go on with it unless it is finished, or say another day."
