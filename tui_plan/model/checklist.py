"""Checklist: dated runs of a template, for onboarding, notification drills, instructions and stage assessments alike.

A template is a file (``exchange.checklist_templates``); a run holds the wording that the template had, so that a
changed template leaves old runs as they were. A finished run is never written again.
"""

from peewee import IntegerField, TextField

from tui_plan.model.base import DayField, MomentField, Record, may_name, part_of
from tui_plan.model.meeting import Meeting
from tui_plan.model.people import Party
from tui_plan.model.plan import Action, Plan
from tui_plan.model.stage import Stage
from tui_plan.model.vocabulary import Candour


class ChecklistRun(Record):
    """One run of a checklist. ``template`` is the key of what it was made from.

    ``party`` is whom it is about (a newcomer, a partner), ``post`` what they come into, ``group`` the list that a drill
    calls. ``stage`` is what it assesses: as ``party`` sees it, or by consensus where that is empty; ``meeting`` is
    where. ``finished_on`` closes it for good.
    """

    noun = "checklist"
    parent = "plan"
    stands_alone = True

    plan = may_name(Plan)
    number = IntegerField(unique=True)
    template = TextField()
    title = TextField()
    kind = TextField()
    party = may_name(Party)
    post = may_name(Party)
    group = may_name(Party)
    stage = may_name(Stage)
    meeting = may_name(Meeting)
    started_on = DayField()
    due = DayField(null=True)
    finished_on = DayField(null=True)
    remarks = TextField(default="")


class ChecklistItem(Record):
    """One line of a run. ``key`` is the template's, so that runs can be compared; ``section`` may be empty.

    ``party`` is whom a line of a drill calls. ``at`` is when it was done or they were reached (naive, local),
    ``channel`` how. ``rating`` is a word of ``Rating``, or empty while nothing was said. ``evidence`` says by what it
    shows; ``candour`` whether the words may leave the house.
    """

    noun = "checklist item"
    parent = "run"

    run = part_of(ChecklistRun)
    key = TextField()
    section = TextField(default="")
    text = TextField()
    position = IntegerField(default=0)
    party = may_name(Party)
    rating = TextField(default="")
    at = MomentField(null=True)
    channel = TextField(default="")
    successes = TextField(default="")
    challenges = TextField(default="")
    next_steps = TextField(default="")
    evidence = TextField(default="")
    candour = TextField(default=Candour.CANDID)


class NextAction(Record):
    """An action that came of an item's next step. It is no part of the run, so that a finished run may get one."""

    noun = "next step"
    parent = "item"

    item = part_of(ChecklistItem)
    action = part_of(Action)


CHECKLISTS: tuple[type[Record], ...] = (ChecklistRun, ChecklistItem, NextAction)
