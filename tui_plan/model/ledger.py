"""Ledger: the append-only log of every change, written by ``model.store`` in the transaction of the change itself.

A ``Change`` is what one person did at once; its ``Entry`` rows say what that did to each record. History, undo,
silent owners and as-of views are questions to these two tables, which triggers guard against UPDATE and DELETE.
"""

from datetime import UTC, datetime

from peewee import AutoField, ForeignKeyField, IntegerField, Model, TextField

from tui_plan.model.base import MomentField, database


class Change(Model):
    """Who typed it, on whose word, by which channel, when, and what it was. ``at`` is UTC.

    ``undoes`` is the id of the change that this one turns back.
    """

    id = AutoField()
    uid = TextField(unique=True)
    at = MomentField(index=True)
    typed_by = TextField(index=True)
    said_by = TextField(default="", index=True)
    said_by_name = TextField(default="")
    channel = TextField(default="")
    summary = TextField()
    undoes = IntegerField(null=True, index=True)

    class Meta:
        database = database
        table_name = "ledger_change"


class Entry(Model):
    """What a change did to one record.

    ``noun`` is the table; ``subject`` the uid of the record that people open to see this (an action, for its
    resource); ``plan`` the uid of its plan or empty. ``before`` and ``after`` are JSON objects of the fields that
    changed: only ``after`` for a new record, only ``before`` for a deleted one. ``row_version`` is the version that
    the change left, or took away.
    """

    id = AutoField()
    change = ForeignKeyField(Change, backref="+", on_delete="RESTRICT")
    noun = TextField()
    record = TextField(index=True)
    subject = TextField(index=True)
    plan = TextField(default="", index=True)
    before = TextField(null=True)
    after = TextField(null=True)
    row_version = IntegerField()

    class Meta:
        database = database
        table_name = "ledger_entry"


Entry.add_index(Entry.plan, name="entry_removed", where=Entry.after.is_null())  # removals, without reading the rest
Change.add_index(  # who was heard from last, without reading the rest
    Change.said_by, Change.channel, Change.at, name="change_said", where=Change.said_by != ""
)


class Counter(Model):
    """The last number given to each kind of reference: numbers are never reused, not even after an undo."""

    letter = TextField(primary_key=True)
    last = IntegerField(default=0)

    class Meta:
        database = database


def local_time(at: datetime) -> str:
    """Return a ledger's moment (naive UTC) in the local time of this machine, to the minute, for a sentence."""
    return f"{at.replace(tzinfo=UTC).astimezone():%Y-%m-%d at %H:%M}"
