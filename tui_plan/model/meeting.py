"""Meeting: a series with its rule, and the occurrences that were really held, moved or cancelled.

Occurrences follow from the rule and are computed (``model.recurrence``); a row here means that one differs or was held.
"""

from peewee import IntegerField, TextField

from tui_plan.model.base import DayField, MomentField, Record, may_name, part_of
from tui_plan.model.people import Party
from tui_plan.model.plan import Plan
from tui_plan.model.vocabulary import MeetingStatus


class MeetingSeries(Record):
    """A regular gathering. ``rule`` is an RFC 5545 RRULE value; times are local to ``timezone`` (an IANA name)."""

    noun = "meeting series"
    parent = "plan"
    stands_alone = True
    calendar_fields = frozenset({"start_day", "start_time", "minutes", "timezone", "rule"})

    plan = part_of(Plan)
    number = IntegerField(unique=True)
    title = TextField()
    kind = TextField()
    group = may_name(Party)
    start_day = DayField()
    start_time = TextField(default="09:00")
    minutes = IntegerField(default=60)
    timezone = TextField()
    rule = TextField()
    place = TextField(default="")
    description = TextField(default="")
    sequence = IntegerField(default=0)


class Meeting(Record):
    """One gathering: a single meeting, or the occurrence of a series that stood at ``original_start``.

    ``start`` is naive and local to ``timezone``.
    """

    noun = "meeting"
    parent = "plan"
    stands_alone = True
    calendar_fields = frozenset({"start", "minutes", "timezone", "status"})
    calendar_part_of = "series"

    plan = part_of(Plan)
    series = may_name(MeetingSeries)
    number = IntegerField(unique=True)
    title = TextField()
    kind = TextField()
    original_start = MomentField(null=True)
    start = MomentField()
    minutes = IntegerField(default=60)
    timezone = TextField()
    place = TextField(default="")
    status = TextField(default=MeetingStatus.PLANNED)
    sequence = IntegerField(default=0)


MEETINGS: tuple[type[Record], ...] = (MeetingSeries, Meeting)
