"""Plans and development areas as forms offer them to choose from."""

from typing import NamedTuple

from tui_plan.model.base import rows
from tui_plan.model.plan import DevelopmentArea, Plan


class PlaceChoice(NamedTuple):
    """A plan or an area as a picker shows it; ``plan`` is the name of an area's plan, and empty for a plan."""

    uid: str
    ref: str
    name: str
    plan: str = ""


def plan_choices() -> list[PlaceChoice]:
    """Return every plan, in the order of their numbers."""
    found = rows(Plan.select(Plan.uid, Plan.number, Plan.name).order_by(Plan.number))
    return [PlaceChoice(uid, f"P-{number}", name) for uid, number, name in found]


def area_choices() -> list[PlaceChoice]:
    """Return the development areas of every plan, plan by plan in their order."""
    query = DevelopmentArea.select(DevelopmentArea.uid, DevelopmentArea.number, DevelopmentArea.title, Plan.name)
    found = rows(query.join(Plan).order_by(Plan.number, DevelopmentArea.position))
    return [PlaceChoice(uid, f"D-{number}", title, plan) for uid, number, title, plan in found]
