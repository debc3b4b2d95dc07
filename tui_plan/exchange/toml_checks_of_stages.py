"""What must agree between the values of a file about stages, their assessments and the register.

Only ``toml_checks`` calls this. The rules and the sentences are those of ``operations``.
"""

from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping
from typing import Any

from tui_plan.exchange.toml_links import Draft
from tui_plan.exchange.toml_names import Unlisted
from tui_plan.exchange.toml_problems import Problems
from tui_plan.model.base import Record
from tui_plan.model.checklist import ChecklistItem, ChecklistRun
from tui_plan.model.clean import name_key
from tui_plan.model.places import quoted
from tui_plan.model.register import EntryLink, RegisterEntry
from tui_plan.model.stage import Stage
from tui_plan.model.vocabulary import ChecklistKind
from tui_plan.operations.assessing import ONCE_A_DAY, assessed_twice_words
from tui_plan.operations.checking import refuse
from tui_plan.operations.checklists import KEY_TWICE, candour_of_items, run_problems
from tui_plan.operations.register import LINKED_TO_ITSELF, candour_of_entry, entry_problems
from tui_plan.operations.stages import ONCE_IN_A_PLAN, gate_problems, same_stage_words, stage_problems

Row = dict[str, Any]

ALONE: Mapping[type[Record], Callable[[Row], None]] = {
    Stage: lambda row: refuse(stage_problems(row)),
    ChecklistRun: lambda row: refuse(run_problems(row)),
    RegisterEntry: lambda row: refuse(entry_problems(row) | gate_problems(row)),
}
"""What each record must fulfil by itself."""


def say_candour(draft: Draft) -> None:
    """Where the file is silent, let it follow from what is told, and of whom, whether it may leave the house."""
    runs = {row["uid"]: row for row in draft.rows[ChecklistRun]}
    for item in draft.rows[ChecklistItem]:
        item["candour"] = item["candour"] or candour_of_items(runs[item["run"]])
    for entry in draft.rows[RegisterEntry]:
        entry["candour"] = entry["candour"] or candour_of_entry(entry["kind"])


def check_stages(draft: Draft, problems: Problems) -> None:
    """Note stages and assessments that are there twice, items with one key, and entries linked to themselves."""
    for twin, row in _twins(draft, Stage, ONCE_IN_A_PLAN):
        problems.add(draft.where(row), same_stage_words(quoted(Stage, twin), row))
    assessments = [row for row in draft.rows[ChecklistRun] if row["stage"]]
    for twin, row in _twins(draft, ChecklistRun, ONCE_A_DAY, assessments):
        problems.add(draft.where(row), assessed_twice_words(quoted(ChecklistRun, twin), row))
    # who is called in a drill may have become one person since
    drills = {row["uid"] for row in draft.rows[ChecklistRun] if row["kind"] == ChecklistKind.DRILL}
    items = [row for row in draft.rows[ChecklistItem] if row["run"] not in drills]
    for _, row in _twins(draft, ChecklistItem, ("run", "key"), items):
        problems.add(draft.where(row), KEY_TWICE)
    for row in draft.rows[EntryLink]:
        if row.get("other") == row["entry"]:
            problems.add(draft.where(row), LINKED_TO_ITSELF)


def _twins(
    draft: Draft, model: type[Record], names: tuple[str, ...], among: Iterable[Row] | None = None
) -> Iterator[tuple[Row, Row]]:
    """Yield each record with the one before it that has the same values in these fields."""
    first: dict[tuple[Hashable, ...], Row] = {}
    for row in draft.rows[model] if among is None else among:
        if row["uid"] not in draft.unsound:
            twin = first.setdefault(tuple(_comparable(row[name]) for name in names), row)
            if twin is not row:
                yield twin, row


def _comparable(value: Any) -> Hashable:
    return name_key(value.text) if isinstance(value, Unlisted) else value
