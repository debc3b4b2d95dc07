"""What must hold between records as they stand in the database, whoever changed them last.

Operations check it when they write; undo checks it again, since others may have changed the neighbours meanwhile.
"""

from collections.abc import Callable, Collection, Mapping
from typing import Any

from tui_plan.model.base import Record
from tui_plan.model.checklist import ChecklistItem, ChecklistRun
from tui_plan.model.partnership import Agreement, MembershipRule
from tui_plan.model.people import Alternate, ContactMethod, Membership, Party, Tenure
from tui_plan.model.places import party_fields, stored_row
from tui_plan.model.plan import Action, Dependency, Plan, Role
from tui_plan.model.register import RegisterEntry
from tui_plan.model.stage import Stage
from tui_plan.operations.actions import action_problems
from tui_plan.operations.agreements import check_agreement
from tui_plan.operations.assessing import check_once_a_day, refuse_skipped
from tui_plan.operations.checking import refuse
from tui_plan.operations.checklists import check_running, run_problems
from tui_plan.operations.contacts import contact_problems
from tui_plan.operations.dependencies import check_dependency
from tui_plan.operations.groups import check_member, check_rule
from tui_plan.operations.parts import check_accountable
from tui_plan.operations.people import check_party
from tui_plan.operations.plans import plan_problems
from tui_plan.operations.posts import check_alternates, check_tenure
from tui_plan.operations.register import entry_problems
from tui_plan.operations.stages import check_stage

Row = Mapping[str, Any]


def _check_run(row: Row) -> None:
    refuse(run_problems(row))
    if row["stage"]:
        refuse_skipped(stored_row(Stage, row["stage"]))
        check_once_a_day(row)


_CHECKS: dict[type[Record], Callable[[Row], object]] = {
    Action: lambda row: refuse(action_problems(row, row)),
    Plan: lambda row: refuse(plan_problems(row, row)),
    Dependency: lambda row: check_dependency(row["action"], row["needs"]),
    Role: lambda row: check_accountable(row["action"]),
    Party: check_party,
    ContactMethod: lambda row: refuse(contact_problems(row)),
    Membership: lambda row: check_member(row["group"], row["member"]),
    MembershipRule: check_rule,
    Tenure: check_tenure,
    Alternate: lambda row: check_alternates(row["post"]),
    Agreement: check_agreement,
    ChecklistRun: _check_run,
    Stage: check_stage,
    ChecklistItem: lambda row: check_running(row["run"]),
    RegisterEntry: lambda row: refuse(entry_problems(row)),
}


def check_standing(model: type[Record], row: Row, touched: Collection[str]) -> None:
    """Raise ``InvalidInput`` or ``Refused`` when a kept record contradicts itself or its neighbours.

    Where only the parties that it names were ``touched``, as a merger does, a finished checklist stays finished.
    """
    check = _CHECKS.get(model)
    if check is not None and not (model is ChecklistItem and set(touched) <= party_fields(model) | {"key"}):
        check(row)
