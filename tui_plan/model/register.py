"""Register: dated entries about a plan and its people, in one table; ``kind`` says what an entry is about.

``model.entry_kinds`` says which of the fields each kind asks for, and in which words.
"""

from peewee import IntegerField, TextField

from tui_plan.model.base import DayField, Record, may_name, part_of
from tui_plan.model.meeting import Meeting
from tui_plan.model.people import Party
from tui_plan.model.plan import Action, DevelopmentArea, OutcomeMeasure, Plan, StepObjective
from tui_plan.model.stage import Stage
from tui_plan.model.vocabulary import Candour


class RegisterEntry(Record):
    """One entry, told in ``title``. ``party`` is whom it is about, or who owns or decided it; ``evidence`` shows it.

    ``cause`` is why, ``effect`` what follows, ``due`` when it is looked at next, ``outcome`` what came of it and
    ``closed_on`` when it was settled. Likelihood and impact go from 1 to 5; ``intended`` and ``active`` count people.
    ``response``, ``manner``, ``fidelity``, ``disposition``, ``level`` and ``gate`` are words of the vocabulary that
    has their name (``level``: ``Support``), empty where the kind does not ask for them.
    """

    noun = "register entry"
    parent = "plan"
    stands_alone = True

    plan = may_name(Plan)
    number = IntegerField(unique=True)
    kind = TextField()
    party = may_name(Party)
    title = TextField()
    on = DayField()
    level = TextField(default="")
    evidence = TextField(default="")
    cause = TextField(default="")
    effect = TextField(default="")
    outcome = TextField(default="")
    due = DayField(null=True)
    closed_on = DayField(null=True)
    likelihood = IntegerField(null=True)
    impact = IntegerField(null=True)
    residual_likelihood = IntegerField(null=True)
    residual_impact = IntegerField(null=True)
    response = TextField(default="")
    manner = TextField(default="")
    fidelity = TextField(default="")
    disposition = TextField(default="")
    gate = TextField(default="")
    intended = IntegerField(null=True)
    active = IntegerField(null=True)
    stage = may_name(Stage)
    meeting = may_name(Meeting)
    area = may_name(DevelopmentArea)
    candour = TextField(default=Candour.CANDID)


class EntryLink(Record):
    """What an entry leads to or touches: one of action, step objective, outcome measure or another entry.

    The action of a risk is its mitigation; that of a context change or an adaptation is affected by it; an achievement
    names what was achieved.
    """

    noun = "link"
    parent = "entry"

    entry = part_of(RegisterEntry)
    action = may_name(Action)
    objective = may_name(StepObjective)
    measure = may_name(OutcomeMeasure)
    other = may_name(RegisterEntry)


REGISTER: tuple[type[Record], ...] = (RegisterEntry, EntryLink)
