"""What must hold between records as they stand in the database, whoever changed them last.

Operations check it when they write; undo checks it again, since others may have changed the neighbours meanwhile.
"""

from collections.abc import Callable, Mapping
from typing import Any

from tui_plan.model.base import Record
from tui_plan.model.partnership import Agreement
from tui_plan.model.people import Membership, Party, Tenure
from tui_plan.model.plan import Action, Dependency, Plan, Role
from tui_plan.operations.actions import action_problems
from tui_plan.operations.agreements import check_agreement
from tui_plan.operations.checking import refuse
from tui_plan.operations.dependencies import check_dependency
from tui_plan.operations.groups import check_member
from tui_plan.operations.parts import check_accountable
from tui_plan.operations.people import check_party
from tui_plan.operations.plans import plan_problems
from tui_plan.operations.posts import check_tenure

Row = Mapping[str, Any]

_CHECKS: dict[type[Record], Callable[[Row], None]] = {
    Action: lambda row: refuse(action_problems(row, row)),
    Plan: lambda row: refuse(plan_problems(row, row)),
    Dependency: lambda row: check_dependency(row["action"], row["needs"]),
    Role: lambda row: check_accountable(row["action"]),
    Party: check_party,
    Membership: lambda row: check_member(row["group"], row["member"]),
    Tenure: check_tenure,
    Agreement: check_agreement,
}


def check_standing(model: type[Record], row: Row) -> None:
    """Raise ``InvalidInput`` when a kept record contradicts itself or its neighbours."""
    check = _CHECKS.get(model)
    if check is not None:
        check(row)
