"""Plan: development area, step objective, action, with roles, resources, checkpoints, outcome measures and notes.

Positions count from 0 within the parent. ``number`` is the reference that people quote (A-139), never reused.
Overdue, blocked and the like are questions to ``insight``; no column holds them.
"""

from peewee import BooleanField, IntegerField, TextField

from tui_plan.model.base import AmountField, DayField, MomentField, Record, may_name, part_of
from tui_plan.model.people import Party
from tui_plan.model.vocabulary import Priority, RoleKind, Status


class Plan(Record):
    """A partnership's plan. ``version`` is the edition that partners agree to, in words such as 1.0."""

    noun = "plan"
    stands_alone = True

    number = IntegerField(unique=True)
    name = TextField()
    vision = TextField(default="")
    scope = TextField(default="")
    start = DayField(null=True)
    end = DayField(null=True)
    version = TextField(default="1.0")
    agreed_on = DayField(null=True)
    owner = may_name(Party)
    convening_group = may_name(Party)


class Baseline(Record):
    """A name for the plan as it stood at a moment (UTC), to compare with later: the ledger holds the rest."""

    noun = "baseline"
    parent = "plan"

    plan = part_of(Plan)
    name = TextField()
    at = MomentField()


class PlanPartner(Record):
    """An organisation that takes part in a plan."""

    noun = "partner"
    parent = "plan"

    plan = part_of(Plan)
    organisation = part_of(Party)
    position = IntegerField(default=0)


class DevelopmentArea(Record):
    """A broad area that the partnership develops; ``position`` is its rank."""

    noun = "development area"
    parent = "plan"
    stands_alone = True

    plan = part_of(Plan)
    number = IntegerField(unique=True)
    title = TextField()
    description = TextField(default="")
    priority = TextField(default=Priority.MEDIUM)
    position = IntegerField(default=0)


class StepObjective(Record):
    """A step towards an area's aim. The title may be empty where a sheet named none."""

    noun = "step objective"
    parent = "area"
    stands_alone = True

    area = part_of(DevelopmentArea)
    number = IntegerField(unique=True)
    title = TextField()
    description = TextField(default="")
    position = IntegerField(default=0)


class Action(Record):
    """What will happen, by whom and by when.

    ``baseline`` is the target first planned and stays; ``agreed`` is what partners agreed; ``forecast`` what is now
    expected; ``actual`` when it happened. ``timescale_note`` keeps words that are no date ("quarterly"). ``core``
    marks a core component: without it the plan is no longer what was agreed.
    """

    noun = "action"
    parent = "objective"
    stands_alone = True
    calendar_fields = frozenset({"start", "agreed", "forecast", "actual", "status", "milestone"})

    objective = part_of(StepObjective)
    number = IntegerField(unique=True)
    title = TextField()
    purpose = TextField(default="")
    description = TextField(default="")
    status = TextField(default=Status.NOT_STARTED)
    confidence = TextField(default="")
    confidence_reason = TextField(default="")
    start = DayField(null=True)
    baseline = DayField(null=True)
    agreed = DayField(null=True)
    forecast = DayField(null=True)
    actual = DayField(null=True)
    timescale_note = TextField(default="")
    milestone = BooleanField(default=False)
    core = BooleanField(default=False)
    position = IntegerField(default=0)
    sequence = IntegerField(default=0)


class Dependency(Record):
    """``action`` can only go on once ``needs`` is complete. Circles are refused by the operation."""

    noun = "dependency"
    parent = "action"

    action = part_of(Action)
    needs = part_of(Action)


class Resource(Record):
    """What an action takes: staff time, meetings, money …, and whether it is secured."""

    noun = "resource"
    parent = "action"

    action = part_of(Action)
    kind = TextField()
    description = TextField(default="")
    quantity = AmountField(null=True)
    unit = TextField(default="")
    cost = AmountField(null=True)
    currency = TextField(default="")
    secured = BooleanField(default=False)
    position = IntegerField(default=0)


class Checkpoint(Record):
    """A fixed point at which an action is reviewed; its reviewers are roles of kind reviewer."""

    noun = "checkpoint"
    parent = "action"
    calendar_fields = frozenset({"due", "held_on"})

    action = part_of(Action)
    due = DayField(null=True)
    method = TextField(default="")
    held_on = DayField(null=True)
    result = TextField(default="")
    position = IntegerField(default=0)
    sequence = IntegerField(default=0)


class Role(Record):
    """A party's part in an action (RACI), or in one of its checkpoints as reviewer."""

    noun = "role"
    parent = "action"

    action = part_of(Action)
    checkpoint = may_name(Checkpoint)
    kind = TextField(default=RoleKind.RESPONSIBLE)
    party = part_of(Party)
    position = IntegerField(default=0)


class OutcomeMeasure(Record):
    """How the partnership will know that an action worked.

    Data is due on ``due``, and again every ``every`` months after it where that is not None.
    """

    noun = "outcome measure"
    parent = "action"

    action = part_of(Action)
    statement = TextField()
    unit = TextField(default="")
    baseline = AmountField(null=True)
    target = AmountField(null=True)
    method = TextField(default="")
    collector = may_name(Party)
    due = DayField(null=True)
    every = IntegerField(null=True)
    position = IntegerField(default=0)


class Reading(Record):
    """One value of an outcome measure on a day, with where the evidence lies."""

    noun = "reading"
    parent = "measure"

    measure = part_of(OutcomeMeasure)
    taken_on = DayField()
    value = AmountField(null=True)
    remark = TextField(default="")
    evidence = TextField(default="")


class Note(Record):
    """What somebody said about an action, or about the plan where ``action`` is empty."""

    noun = "note"
    parent = "plan"

    plan = part_of(Plan)
    action = may_name(Action)
    text = TextField()
    candour = TextField()
    said_on = DayField(null=True)
    said_by = may_name(Party)
    said_by_name = TextField(default="")
    channel = TextField(default="")


Note.add_index(  # who was heard from last, without reading the texts
    Note.said_by, Note.said_on, Note.channel, name="note_said", where=Note.said_by.is_null(False)
)

PLAN: tuple[type[Record], ...] = (
    Plan,
    Baseline,
    PlanPartner,
    DevelopmentArea,
    StepObjective,
    Action,
    Dependency,
    Resource,
    Checkpoint,
    Role,
    OutcomeMeasure,
    Reading,
    Note,
)
