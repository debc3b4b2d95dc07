"""Dependencies between actions: which must be complete before which. Circles are refused."""

from collections.abc import Sequence
from typing import Any

from tui_plan.model.base import rows
from tui_plan.model.errors import InvalidInput, Refused
from tui_plan.model.places import stored_row
from tui_plan.model.plan import Action, Dependency
from tui_plan.model.store import Author, change


def add_dependency(author: Author, action: str, needs: str) -> str:
    """Record that ``action`` needs another to be complete first; circles are refused with the chain's references."""
    with change(author, "Added a dependency") as writer:
        first, second = _reference(action), _reference(needs)
        writer.summary = f"{first} now needs {second} first"
        made = writer.create(Dependency, action=action, needs=needs)
        check_dependency(action, needs)
        return made


def remove_dependency(author: Author, action: str, needs: str) -> None:
    """Take a dependency away; ``Refused`` when there is none."""
    with change(author, "Removed a dependency") as writer:
        writer.summary = f"{_reference(action)} no longer needs {_reference(needs)}"
        for (uid,) in rows(Dependency.select(Dependency.uid).where(_between(action, needs))):
            writer.delete(Dependency, uid)
        if not writer.wrote:
            raise Refused("There is no such dependency; somebody may have removed it.")


def set_needs(author: Author, action: str, needs: Sequence[str]) -> bool:
    """Make ``needs`` all that an action needs first; return whether anything changed."""
    with change(author, "Set what must be complete first") as writer:
        writer.summary = f"Set what {_reference(action)} needs first"
        query = Dependency.select(Dependency.needs, Dependency.uid).where(Dependency.action == action)
        standing = dict(rows(query))
        for needed in standing.keys() - set(needs):
            writer.delete(Dependency, standing[needed])
        for needed in dict.fromkeys(needs):
            if needed not in standing:
                writer.create(Dependency, action=action, needs=needed)
                check_dependency(action, needed)
        return writer.wrote


def check_dependency(action: str, needs: str) -> None:
    """Raise ``InvalidInput`` when a kept dependency is there twice or closes a circle."""
    chain = _chain(needs, action)
    if chain:
        names = " → ".join(_reference(uid) for uid in [action, *chain])
        raise InvalidInput(f"That would make a circle: {names}.", "needs")
    if Dependency.select().where(_between(action, needs)).count() > 1:
        raise InvalidInput(f"{_reference(action)} already needs {_reference(needs)}.", "needs")


def _chain(start: str, goal: str) -> list[str]:
    """Return the actions from ``start`` along what each needs to ``goal``, or nothing."""
    came_from: dict[str, str | None] = {start: None}
    edge = [start]
    while edge and goal not in came_from:
        found = rows(Dependency.select(Dependency.action, Dependency.needs).where(Dependency.action.in_(edge)))
        reached = {needed: here for here, needed in found if needed not in came_from}
        came_from |= reached
        edge = list(reached)
    return _walk_back(came_from, goal) if goal in came_from else []


def _walk_back(came_from: dict[str, str | None], end: str) -> list[str]:
    steps: list[str] = []
    here: str | None = end
    while here is not None:
        steps.insert(0, here)
        here = came_from[here]
    return steps


def _between(action: str, needs: str) -> Any:
    return (Dependency.action == action) & (Dependency.needs == needs)


def _reference(uid: str) -> str:
    return f"A-{stored_row(Action, uid)['number']}"
