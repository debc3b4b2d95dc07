"""Partnership: what ties people to plans beyond their roles. Who agreed, who was told and heard, who is on which list.

Coverage, gaps, last heard and silent owners are questions to ``insight``; no column holds them.
"""

from peewee import TextField

from tui_plan.model.base import DayField, Record, may_name, part_of
from tui_plan.model.people import Party
from tui_plan.model.plan import DevelopmentArea, Plan


class Agreement(Record):
    """How one official stands to an edition of a plan: one record for each party and major version.

    ``version`` is the edition that they were asked about; ``on`` the day of their answer, ``channel`` how it came,
    ``evidence`` where it can be seen. ``lapsed_because`` says which change made it lapse.
    """

    noun = "agreement"
    parent = "plan"

    plan = part_of(Plan)
    party = part_of(Party)
    version = TextField()
    state = TextField()
    on = DayField(null=True)
    channel = TextField(default="")
    evidence = TextField(default="")
    reservations = TextField(default="")
    lapsed_because = TextField(default="")


class MembershipRule(Record):
    """A rule by which people are in a group without being named. Who fits all that it says is in.

    ``role`` is a word of ``RoleKind``, held in a live action (of the area or plan, where one is given); ``audience`` a
    segment; ``organisation`` where they work or hold a post.
    """

    noun = "rule"
    parent = "group"

    group = part_of(Party)
    role = TextField(default="")
    audience = TextField(default="")
    organisation = may_name(Party)
    plan = may_name(Plan)
    area = may_name(DevelopmentArea)


class Communication(Record):
    """Somebody was told something, or was heard from, outside all other records; ``direction`` says which."""

    noun = "communication"
    parent = "party"

    party = part_of(Party)
    direction = TextField()
    on = DayField()
    channel = TextField(default="")
    words = TextField(default="")
    plan = may_name(Plan)


Communication.add_index(  # who was told last, without reading the words
    Communication.party, Communication.direction, Communication.channel, Communication.on, name="communication_last"
)

PARTNERSHIP: tuple[type[Record], ...] = (Agreement, MembershipRule, Communication)
