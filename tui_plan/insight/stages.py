"""The stages of a plan in the order of their attempts: what each is to be, when it was, how many assessments it has."""

from datetime import date
from typing import Any, NamedTuple

from peewee import fn

from tui_plan.model.base import rows
from tui_plan.model.checklist import ChecklistRun
from tui_plan.model.errors import NotFound
from tui_plan.model.stage import Stage
from tui_plan.model.vocabulary import StageKind

_ORDER = {kind.value: place for place, kind in enumerate(StageKind)}


class StageLine(NamedTuple):
    """One stage. ``runs`` counts its assessments, of partners and by consensus, running and finished."""

    uid: str
    plan: str
    number: int
    title: str
    kind: str
    cycle: int
    started_on: date | None
    ended_on: date | None
    skipped_because: str
    scope: str
    leadership: str
    success: str
    row_version: int
    runs: int

    @property
    def ref(self) -> str:
        """The reference that people quote."""
        return f"T-{self.number}"

    @property
    def state(self) -> str:
        """Where it is, in a word or two: skipped, to come, under way, ended."""
        if self.skipped_because:
            return "skipped"
        if self.ended_on is not None:
            return "ended"
        return "to come" if self.started_on is None else "under way"

    @property
    def described(self) -> bool:
        """Whether it is written down how far it reaches, who leads it and what counts as success."""
        return bool(self.scope and self.leadership and self.success)


def stages(plan: str) -> list[StageLine]:
    """Return the stages of a plan: by attempt, a skipped pilot first, then as they began, those to come as usual."""
    return sorted((StageLine(*row) for row in rows(_stages().where(Stage.plan == plan))), key=_place)


def stage_line(uid: str) -> StageLine:
    """Return one stage; ``NotFound`` if it is gone."""
    found = rows(_stages().where(Stage.uid == uid))
    if not found:
        raise NotFound("This stage is no longer there: somebody removed it.")
    return StageLine(*found[0])


def current_stage(lines: list[StageLine]) -> StageLine | None:
    """Return the stage that a plan is in: the last under way, else the next to come, else the last, if any."""
    for state in ("under way", "to come", "ended", "skipped"):
        among = [line for line in lines if line.state == state]
        if among:
            return among[0] if state == "to come" else among[-1]
    return None


def _place(line: StageLine) -> tuple[int, date, int, int]:
    begun = date.min if line.skipped_because else line.started_on or date.max
    return line.cycle, begun, _ORDER.get(line.kind, len(_ORDER)), line.number


def _stages() -> Any:
    fields = [Stage._meta.fields[name] for name in StageLine._fields[:-1]]
    return (
        Stage.select(*fields, fn.COUNT(ChecklistRun.uid))
        .left_outer_join(ChecklistRun, on=(ChecklistRun.stage == Stage.uid))
        .group_by(Stage.uid)
    )
