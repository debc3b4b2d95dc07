"""How the work of a plan stands beside its actions: its stage with the gate, grave risks, what is to be celebrated."""

from datetime import date
from typing import NamedTuple

from peewee import fn

from tui_plan.insight.celebrating import to_celebrate
from tui_plan.insight.gate import gates
from tui_plan.insight.register import HIGH_FROM
from tui_plan.insight.stages import StageLine, current_stage, stages
from tui_plan.model.base import rows
from tui_plan.model.register import RegisterEntry
from tui_plan.model.vocabulary import EntryKind, Gate


class PlanStanding(NamedTuple):
    """``stage`` is the one that the plan is in, or None, and then ``gate`` too. ``lacking`` is what its gate asks for.

    ``grave`` counts open risks of 15 and more, ``uncelebrated`` what was achieved and not celebrated yet.
    """

    stage: StageLine | None
    gate: Gate | None
    lacking: int
    grave: int
    uncelebrated: int


def plan_standing(plan: str, today: date) -> PlanStanding:
    """Return how a plan (uid) stands. A fixed number of questions."""
    every = stages(plan)
    stage = current_stage(every)
    gate = gates([stage], every)[stage.uid] if stage is not None else None
    return PlanStanding(
        stage,
        gate.state if gate is not None else None,
        len(gate.lacking) if gate is not None else 0,
        _grave(plan),
        len(to_celebrate(today, plan)),
    )


def _grave(plan: str) -> int:
    query = RegisterEntry.select(fn.COUNT(RegisterEntry.uid)).where(
        (RegisterEntry.kind == EntryKind.RISK.value)
        & RegisterEntry.closed_on.is_null()
        & (RegisterEntry.likelihood * RegisterEntry.impact >= HIGH_FROM)
        & ((RegisterEntry.plan == plan) | RegisterEntry.plan.is_null())
    )
    return int(rows(query)[0][0])
