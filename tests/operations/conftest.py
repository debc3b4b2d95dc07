"""A small plan to try operations on, and a way to ask for the sentences of a refusal."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from tests.model.replay import everything
from tui_plan.model.errors import InvalidInput, PlanError
from tui_plan.model.store import Author
from tui_plan.operations.actions import add_action
from tui_plan.operations.plans import add_area, add_objective, add_plan


@dataclass(frozen=True)
class Small:
    """The uids of a plan with one area, one step objective and two actions: A-1 and A-2."""

    plan: str
    area: str
    objective: str
    first: str
    second: str


@pytest.fixture
def small(plan_database: Path, author: Author, today: date) -> Small:
    plan = add_plan(author, name="Ready together", start=date(2026, 1, 1), end=date(2027, 12, 31))
    area = add_area(author, plan, title="Preparedness")
    objective = add_objective(author, area, title="Wardens in every street")
    actions = [add_action(author, objective, today=today, title=title) for title in ("Recruit", "Train")]
    return Small(plan, area, objective, *actions)


Refusal = Callable[..., dict[str, str]]


@pytest.fixture
def refused() -> Refusal:
    """Return what a call says, by field, when it is refused; the file must be as it was to the last byte."""

    def ask(operation: Callable[..., Any], *values: Any, **options: Any) -> dict[str, str]:
        before = everything()
        with pytest.raises(PlanError) as problem:
            operation(*values, **options)
        assert everything() == before
        if isinstance(problem.value, InvalidInput):
            assert str(problem.value) == next(iter(problem.value.problems.values()))
            return problem.value.problems
        return {"": str(problem.value)}

    return ask
