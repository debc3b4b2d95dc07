"""Stage: how far a plan's initiative is, in cycles of piloting, full implementation and reflection.

The gate out of a stage is no record of its own: what it needs is asked of assessments and lessons
(``insight.gate``), and what was decided is a decision in the register.
"""

from peewee import IntegerField, TextField

from tui_plan.model.base import DayField, Record, part_of
from tui_plan.model.plan import Plan


class Stage(Record):
    """One stage of one cycle (attempt). It is to come without ``started_on``, and skipped with ``skipped_because``.

    ``scope``, ``leadership`` and ``success`` say what the stage will mean: how far it reaches, who leads it, by which
    measures it counts as a success. Of full implementation that is written down during the pilot.
    """

    noun = "stage"
    parent = "plan"
    stands_alone = True

    plan = part_of(Plan)
    number = IntegerField(unique=True)
    title = TextField()
    kind = TextField()
    cycle = IntegerField(default=1)
    started_on = DayField(null=True)
    ended_on = DayField(null=True)
    skipped_because = TextField(default="")
    scope = TextField(default="")
    leadership = TextField(default="")
    success = TextField(default="")


STAGES: tuple[type[Record], ...] = (Stage,)
