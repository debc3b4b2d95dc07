"""What became of the small partnership's plan: a pilot with assessments, a register of every kind, a measure, slips.

Every text that may not leave the house has ``SECRET`` in it, so that a paper can be searched for it.
"""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal

from tests.people_world import TODAY, PeopleWorld, typed
from tui_plan.model.base import rows
from tui_plan.model.checklist import ChecklistItem
from tui_plan.model.entry_kinds import KINDS
from tui_plan.model.plan import Action
from tui_plan.model.vocabulary import (
    Candour,
    ChecklistKind,
    Disposition,
    EntryKind,
    Fidelity,
    Manner,
    MeetingKind,
    MeetingStatus,
    Rating,
    Response,
    StageKind,
    Status,
    Support,
)
from tui_plan.operations import actions, assessing, checklists, following_up, meetings, parts, register, stages

SECRET = "SECRET"
ME = typed(TODAY)
PROGRESS = checklists.Template(
    "short",
    "Progress",
    ChecklistKind.STAGE,
    (
        checklists.TemplateItem("leaders", "Leaders stand behind the pilot", "Piloting"),
        checklists.TemplateItem("staff", "Staff know what to do", "Piloting"),
        checklists.TemplateItem("data", "Data shows whether it works", "Piloting"),
        checklists.TemplateItem("scale", "All sites take part", "Full implementation"),
    ),
)


@dataclass(frozen=True)
class Progress:
    """Uids: the stage, the assessments by consensus (``first`` in January, ``last`` finished) and of a partner.

    ``entries`` are shareable entries by kind and ``secrets`` candid ones; ``wardens`` is the action that came of a
    next step, ``held`` the meeting of 2026-03-02.
    """

    pilot: str
    first: str
    last: str
    college: str
    measure: str
    held: str
    wardens: str
    entries: dict[EntryKind, str]
    secrets: dict[EntryKind, str]


def add_progress(world: PeopleWorld) -> Progress:
    """Write what became of the plan."""
    held = _meetings(world)
    pilot = stages.add_stage(ME, world.plan, kind=StageKind.PILOTING, started_on=date(2026, 1, 5))
    first = assessing.start_assessment(ME, PROGRESS, pilot, on=date(2026, 1, 20))
    _say(first, "leaders", rating=Rating.NOT_YET, challenges="Nobody has time", candour=Candour.SHAREABLE)
    checklists.finish_checklist(ME, first, on=date(2026, 1, 20))
    last = assessing.start_assessment(ME, PROGRESS, pilot, on=date(2026, 3, 2), whole=True)
    wardens = _assess(world, last)
    checklists.finish_checklist(ME, last, on=date(2026, 3, 2))
    college = assessing.start_assessment(ME, PROGRESS, pilot, on=date(2026, 3, 3), party=world.college)
    _say(college, "leaders", rating=Rating.NOT_YET, challenges=f"{SECRET} the mayor dozes", candour=Candour.CANDID)
    measure = _measure(world)
    entries = {kind: _entry(world, kind, pilot) for kind in EntryKind}
    secrets = {kind: _entry(world, kind, pilot, secret=True) for kind in EntryKind}
    _link(world, entries, secrets)
    actions.edit_action(ME, world.recruit, today=TODAY, milestone=True, core=True)
    actions.edit_action(ME, world.recruit, today=TODAY, status=Status.COMPLETE, actual=TODAY - timedelta(days=3))
    return Progress(pilot, first, last, college, measure, held, wardens, entries, secrets)


def _meetings(world: PeopleWorld) -> str:
    place = {"timezone": "Europe/London", "kind": MeetingKind.REVIEW}
    held = meetings.add_meeting(ME, world.plan, title="Look back", start=_at(date(2026, 3, 2)), **place)  # type: ignore[arg-type]
    meetings.edit_meeting(ME, held, status=MeetingStatus.HELD)
    meetings.add_series(
        ME,
        world.plan,
        title="Review of the plan",
        start_day=date(2026, 4, 6),
        rule="FREQ=MONTHLY;BYDAY=1MO",
        **place,  # type: ignore[arg-type]
    )
    return held


def _assess(world: PeopleWorld, run: str) -> str:
    """Say something of each quality, two of them candidly; return the action that came of a next step."""
    _say(
        run,
        "leaders",
        rating=Rating.IN_PLACE,
        successes="The mayor opens every meeting",
        evidence="Minutes of March",
        candour=Candour.SHAREABLE,
    )
    step = _say(
        run,
        "staff",
        rating=Rating.PARTLY,
        successes="Twelve were trained",
        challenges="Night shifts were not",
        next_steps="Train the night wardens",
        candour=Candour.SHAREABLE,
    )
    candid = {"candour": Candour.CANDID, "next_steps": f"{SECRET} ask the board"}
    _say(run, "data", rating=Rating.NOT_YET, challenges=f"{SECRET} they hide data", **candid)
    _say(run, "scale", rating=Rating.NOT_APPLICABLE, evidence=f"{SECRET} two sites", candour=Candour.CANDID)
    objective = str(rows(Action.select(Action.objective).where(Action.uid == world.train))[0][0])
    wanted = following_up.Wanted(objective, "Train the night wardens", world.cleo, date(2026, 5, 4))
    return following_up.step_to_action(ME, step, wanted, today=TODAY)


def _say(run: str, key: str, **values: str) -> str:
    item = (ChecklistItem.run == run) & (ChecklistItem.key == key)
    ((uid,),) = rows(ChecklistItem.select(ChecklistItem.uid).where(item))
    checklists.say_item(ME, uid, **values)  # type: ignore[arg-type]
    return str(uid)


def _measure(world: PeopleWorld) -> str:
    measure = parts.add_measure(
        ME,
        world.train,
        statement="Wardens who passed the drill",
        unit="wardens",
        baseline=Decimal(2),
        target=Decimal(40),
        method="Counted after each drill",
        collector=world.ben,
        due=date(2026, 2, 1),
        every=1,
    )
    parts.add_reading(ME, measure, taken_on=date(2026, 1, 30), value=Decimal(2))
    parts.add_reading(
        ME, measure, taken_on=date(2026, 2, 1), value=Decimal(12), remark="Snow", evidence="List of names"
    )
    return measure


_WORDS: dict[EntryKind, dict[str, object]] = {
    EntryKind.RISK: {"likelihood": 3, "impact": 5, "response": Response.TREAT, "due": TODAY + timedelta(days=7)},
    EntryKind.ISSUE: {"due": TODAY - timedelta(days=2)},
    EntryKind.CONTEXT: {"due": TODAY + timedelta(days=90)},
    EntryKind.ADAPTATION: {
        "manner": Manner.REACTIVE,
        "fidelity": Fidelity.INCONSISTENT,
        "due": TODAY + timedelta(days=20),
    },
    EntryKind.SUPPORT: {"level": Support.SCEPTICAL},
    EntryKind.PARTICIPATION: {"intended": 40, "active": 25},
}
_TEXTS = ("cause", "effect", "outcome")


def _entry(world: PeopleWorld, kind: EntryKind, pilot: str, *, secret: bool = False) -> str:
    """Add an entry that says something in every text that its kind asks for."""
    prefix = f"{SECRET} " if secret else ""
    asked = KINDS[kind].fields
    values: dict[str, object] = {
        "kind": kind,
        "title": f"{prefix}The {kind}",
        "on": TODAY - timedelta(days=5),
        "plan": world.plan,
        "evidence": f"{prefix}evidence of the {kind}",
        "candour": Candour.CANDID if secret else Candour.SHAREABLE,
        **{name: f"{prefix}{name} of the {kind}" for name in _TEXTS if name in asked},
        **({"party": world.ben} if "party" in asked else {}),
        **({"stage": pilot} if kind is EntryKind.LESSON else {}),
        **_WORDS.get(kind, {}),
    }
    return register.add_entry(ME, **values)  # type: ignore[arg-type]


def _link(world: PeopleWorld, entries: dict[EntryKind, str], secrets: dict[EntryKind, str]) -> None:
    """Let the risk lead to an action and to a candid issue; keep one lesson, celebrate one achievement candidly."""
    risk = register.Leads(actions=(world.train,), others=(secrets[EntryKind.ISSUE],))
    register.edit_entry(ME, entries[EntryKind.RISK], leads=risk)
    for kept in (entries, secrets):
        register.edit_entry(ME, kept[EntryKind.ADAPTATION], leads=register.Leads(actions=(world.recruit,)))
    register.add_entry(
        ME,
        kind=EntryKind.LESSON,
        title="Ask the night shift first",
        on=TODAY,
        plan=world.plan,
        disposition=Disposition.KEEP,
    )


def _at(day: date) -> datetime:
    return datetime.combine(day, time(9, 30))
