"""Bringing a sheet in as a new plan: everything in one change, or nothing. The command line calls it.

The rows are kept verbatim beside the records, so that the sheet can be given back cell by cell and brought in again as
a difference (``sheet_compare``).
"""

import json
from dataclasses import dataclass, replace
from datetime import date

from tui_plan.exchange.sheet_additions import Additions, kept_mapping, known_parties, organisations
from tui_plan.exchange.sheet_plan import ReadPlan, require_sound
from tui_plan.model.clean import clean
from tui_plan.model.plan import Dependency, Plan
from tui_plan.model.source import Source
from tui_plan.model.store import Author, change
from tui_plan.model.vocabulary import Channel
from tui_plan.operations.checking import checked
from tui_plan.operations.plans import PLAN_RULES


@dataclass(frozen=True, slots=True)
class Imported:
    """What an import made: the plan's uid, and how many records of each kind; ``known`` were on the roster before."""

    plan: str
    areas: int
    objectives: int
    actions: int
    parties: int
    known: int


def import_plan(author: Author, read: ReadPlan, *, today: date, name: str = "") -> Imported:
    """Write what was read as a new plan, named after the file unless ``name`` says otherwise.

    Raises ImportProblem, with every problem, when the file needs mending first; then nothing has been written.
    """
    require_sound(read)
    title = checked({"name": clean(name) or read.name}, PLAN_RULES)["name"]
    areas, objectives, actions = read.report.counts
    summary = f"Imported “{title}” from {read.report.name}: {actions:,} action{'s' if actions > 1 else ''}"
    with change(by_import(author), summary) as writer:
        plan = writer.create(Plan, name=title)
        roster = known_parties()
        additions = Additions(plan, today, dict(roster), organisations())
        collect(additions, read)
        source = writer.create(Source, plan=plan, **source_values(read))
        for row in read.rows:
            additions.source_row(source, row.number, row.cells)
        additions.write(writer)
    fresh = len(additions.parties) - len(roster)
    return Imported(plan, areas, objectives, actions, fresh, len(read.parties) - fresh)


def collect(additions: Additions, read: ReadPlan) -> None:
    """Let everybody, every area, objective and action in ``read`` wait to be written."""
    for party in read.parties:
        additions.party(party)
    for area in read.areas:
        uid = additions.area(area.title, area.priority)
        for objective in area.objectives:
            additions.objective(uid, objective.title)
            for action in objective.actions:
                additions.action(action)
    for action in read.actions:
        for row in action.depends_on:
            additions.add(Dependency, action=additions.actions[action.row], needs=additions.actions[row])


def source_values(read: ReadPlan) -> dict[str, str]:
    """Return what is kept of the sheet itself: its file's name, its headings, and what each became."""
    headings = json.dumps(read.headings, ensure_ascii=False)
    return {"name": read.report.name, "headings": headings, "mapping": kept_mapping(read.report.columns)}


def by_import(author: Author) -> Author:
    """Return the author with the channel by which everything in a file was heard."""
    return replace(author, channel=Channel.IMPORT.value)
