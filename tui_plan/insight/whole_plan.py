"""A plan whole: its outline with the texts and parts of every action, for papers and files that carry all of it.

The number of queries is the same for any size. ``exchange`` asks here; screens ask for one action at a time.
"""

from dataclasses import dataclass
from datetime import date

from tui_plan.insight.action_parts import ActionParts, NoteLine, parts_of
from tui_plan.insight.action_rows import ActionRow, of_plan
from tui_plan.insight.details import PlanDetail, plan_detail
from tui_plan.insight.outline import AreaLine, ObjectiveLine, outline
from tui_plan.model.base import rows
from tui_plan.model.plan import Action, DevelopmentArea, StepObjective
from tui_plan.model.vocabulary import Candour


@dataclass(frozen=True, slots=True)
class ActionTexts:
    """What lists of actions leave out."""

    purpose: str
    description: str
    confidence_reason: str
    baseline: date | None


@dataclass(frozen=True, slots=True)
class WholeAction:
    """One action with its place in the plan, its texts and all that hangs on it."""

    area: AreaLine
    objective: ObjectiveLine
    row: ActionRow
    texts: ActionTexts
    parts: ActionParts


@dataclass(frozen=True, slots=True)
class WholePlan:
    """A plan with everything in it. ``descriptions`` are those of areas and objectives by uid; the rest by action."""

    header: PlanDetail
    areas: tuple[AreaLine, ...]
    descriptions: dict[str, str]
    texts: dict[str, ActionTexts]
    parts: dict[str, ActionParts]

    def actions_of(self, area: AreaLine, objective: ObjectiveLine) -> list[WholeAction]:
        """Return the actions of a step objective in order."""
        return [
            WholeAction(area, objective, row, self.texts[row.uid], self.parts.get(row.uid, ActionParts()))
            for row in objective.actions
            if row.uid in self.texts  # somebody may have removed it between two of the queries
        ]

    @property
    def actions(self) -> list[WholeAction]:
        """Every action in plan order."""
        return [one for area in self.areas for objective in area.objectives for one in self.actions_of(area, objective)]

    @property
    def candid_notes(self) -> int:
        """How many notes on the plan and its actions may not leave the house."""
        noted = (*self.header.notes, *(note for parts in self.parts.values() for note in parts.notes))
        return sum(note.candour == Candour.CANDID for note in noted)


def whole_plan(uid: str, today: date) -> WholePlan:
    """Return a plan with everything in it; ``NotFound`` if it is gone."""
    header = plan_detail(uid)
    texts = rows(
        of_plan(
            Action.select(Action.uid, Action.purpose, Action.description, Action.confidence_reason, Action.baseline),
            uid,
        )
    )
    return WholePlan(
        header,
        outline(uid, today),
        _descriptions(uid),
        {action: ActionTexts(*values) for action, *values in texts},
        parts_of(of_plan(Action.select(Action.uid), uid), today),
    )


def shareable(notes: tuple[NoteLine, ...]) -> tuple[NoteLine, ...]:
    """Return the notes that may leave the house, oldest first."""
    return tuple(note for note in reversed(notes) if note.candour == Candour.SHAREABLE)


def _descriptions(plan: str) -> dict[str, str]:
    areas = DevelopmentArea.select(DevelopmentArea.uid, DevelopmentArea.description).where(DevelopmentArea.plan == plan)
    objectives = (
        StepObjective.select(StepObjective.uid, StepObjective.description)
        .join(DevelopmentArea)
        .where(DevelopmentArea.plan == plan)
    )
    return dict(rows(areas)) | dict(rows(objectives))
