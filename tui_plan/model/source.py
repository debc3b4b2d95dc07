"""Where records came from: an imported sheet with its columns, and each row's cells as they were typed.

Kept so that a re-import is a difference and not a duplicate, and so that an export can give back every cell.
"""

from peewee import IntegerField, TextField

from tui_plan.model.base import Record, may_name, part_of
from tui_plan.model.plan import Action, Plan


class Source(Record):
    """A sheet that was brought in. ``headings`` and ``mapping`` (heading to field) are JSON."""

    noun = "source"
    parent = "plan"

    plan = part_of(Plan)
    name = TextField()
    headings = TextField()
    mapping = TextField()


class SourceRow(Record):
    """One row of a source as last imported; ``cells`` is a JSON list of texts, in the order of the headings."""

    noun = "source row"
    parent = "source"

    source = part_of(Source)
    action = may_name(Action)
    row = IntegerField()
    cells = TextField()


SOURCES: tuple[type[Record], ...] = (Source, SourceRow)
