"""Register: dated entries about a plan and its people, in one table; ``kind`` says what an entry is about."""

from peewee import IntegerField, TextField

from tui_plan.model.base import DayField, Record, may_name
from tui_plan.model.people import Party
from tui_plan.model.plan import Plan


class RegisterEntry(Record):
    """One entry, told in ``title``. ``party`` is whom it is about; ``evidence`` says by what it shows.

    ``level`` is a word of ``Support`` where the kind asks for one.
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


REGISTER: tuple[type[Record], ...] = (RegisterEntry,)
