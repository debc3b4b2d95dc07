"""People: organisations, persons, posts with tenures, groups. All four are parties: each can hold a role.

Roles on actions stand in ``model.plan``, beside what they are about.
"""

from peewee import BooleanField, IntegerField, TextField

from tui_plan.model.base import DayField, Record, may_name, part_of


class Party(Record):
    """Anyone who can be responsible: a person, a post, an organisation or a group, as ``kind`` says.

    ``organisation`` is where a post belongs or a person works; ``group_kind`` is for groups; ``login`` ties a person
    to an account of this machine. ``name_key`` is the casefolded name, by which parties are found and sorted.
    ``reports_to`` is the post above a post. ``audience`` is the segment that a person, or whoever holds a post, belongs
    to. ``hear_every`` is after how many days without a word somebody counts as silent. A party that left keeps its
    records; one that turned out to be another has ``merged_into`` and shows nowhere but in the history.
    """

    noun = "party"
    stands_alone = True

    kind = TextField()
    name = TextField()
    name_key = TextField(index=True)
    short_name = TextField(default="")
    organisation = may_name("self")
    group_kind = TextField(default="")
    login = TextField(default="")
    remarks = TextField(default="")
    reports_to = may_name("self")
    audience = TextField(default="")
    hear_every = IntegerField(null=True)
    joined_on = DayField(null=True)
    left_on = DayField(null=True)
    merged_into = may_name("self")


class ContactMethod(Record):
    """A way to reach a person; ``rank`` is the person's order of preference, from 1."""

    noun = "contact method"
    parent = "party"

    party = part_of(Party)
    rank = IntegerField(default=1)
    kind = TextField()
    value = TextField()
    verified_on = DayField(null=True)


class Tenure(Record):
    """A person holding a post from ``start`` to ``end`` (both included, either open)."""

    noun = "tenure"
    parent = "post"

    post = part_of(Party)
    person = part_of(Party)
    start = DayField(null=True)
    end = DayField(null=True)
    acting = BooleanField(default=False)


class Alternate(Record):
    """Who stands in for a post, in the order of ``rank`` from 1 to 3 (an order of succession)."""

    noun = "alternate"
    parent = "post"

    post = part_of(Party)
    person = part_of(Party)
    rank = IntegerField(default=1)


class Membership(Record):
    """A party's seat in a group; ``seat`` is words such as chair, deputy or member."""

    noun = "membership"
    parent = "group"

    group = part_of(Party)
    member = part_of(Party)
    seat = TextField(default="member")
    position = IntegerField(default=0)


PEOPLE: tuple[type[Record], ...] = (Party, ContactMethod, Tenure, Alternate, Membership)
