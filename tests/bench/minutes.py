"""Generated meetings and the notes taken at them, month by month, through the store itself."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from random import Random
from typing import Any

from tests.bench import words
from tests.bench.plans import MadeAction, MadePlan
from tests.bench.roster import COORDINATORS, uid
from tui_plan.model.base import Record
from tui_plan.model.meeting import Meeting, MeetingSeries
from tui_plan.model.plan import Note
from tui_plan.model.recurrence import occurrences
from tui_plan.model.schema import RECORDS
from tui_plan.model.store import Author, Writer, change
from tui_plan.model.vocabulary import Candour, Channel, MeetingKind, MeetingStatus

_ZONE = "Europe/Copenhagen"
_RULES = {
    "Steering group": ("FREQ=MONTHLY;BYDAY=2TU", MeetingKind.REVIEW),
    "Working group": ("FREQ=WEEKLY;INTERVAL=2;BYDAY=TH", MeetingKind.WORKSHOP),
}


@dataclass(frozen=True)
class Minutes:
    """What one plan's coordinator records at the end of one day: the meetings held and what was said there.

    ``speaking`` are the actions (uids) that somebody still speaks of, ``further`` the rows of other tables.
    """

    at: datetime
    plan: str
    meetings: list[dict[str, Any]]
    notes: list[dict[str, Any]]
    speaking: Sequence[str] = ()
    further: dict[type[Record], list[dict[str, Any]]] = field(default_factory=dict)

    @property
    def count(self) -> int:
        """How many records are made, but for the meetings."""
        return len(self.notes) + sum(map(len, self.further.values()))

    def add(self, model: type[Record], many: Sequence[dict[str, Any]]) -> None:
        """Record rows of another table as well."""
        self.further.setdefault(model, []).extend(many)


def make_series(writer: Writer, rng: Random, plan: MadePlan, today: date) -> list[dict[str, Any]]:
    """Write a plan's two series; return the values of every meeting that they could have held, in order."""
    held: list[dict[str, Any]] = []
    for title, (rule, kind) in _RULES.items():
        first = occurrences(rule, _at(plan.began), _at(plan.began), _at(plan.began) + timedelta(days=60), limit=1)[0]
        series = writer.create(
            MeetingSeries,
            uid=uid(rng),
            plan=plan.uid,
            title=title,
            kind=kind,
            group=plan.group,
            start_day=first.date(),
            timezone=_ZONE,
            rule=rule,
        )
        starts = occurrences(rule, first, first, _at(today) - timedelta(days=1))
        held += [_meeting(rng, plan.uid, series, title, kind, start) for start in starts]
    return sorted(held, key=lambda meeting: meeting["start"])


def minutes(
    rng: Random, plan: MadePlan, possible: list[dict[str, Any]], meetings: int, notes: int, today: date
) -> list[Minutes]:
    """Choose which of the possible meetings were held, and spread ``notes`` over them."""
    held = [possible[place] for place in sorted(rng.sample(range(len(possible)), min(meetings, len(possible))))]
    quarter = _at(today) - timedelta(days=91)
    made = []
    for place, meeting in enumerate(held):
        start = meeting["start"]
        share = notes * (place + 1) // len(held) - notes * place // len(held)
        spoken = [action for action in plan.actions if not action.quiet] if start > quarter else plan.actions
        said = [_note(rng, rng.choice(spoken), start.date()) for _ in range(share)] if spoken else []
        speaking = [action.uid for action in spoken]
        made.append(Minutes(start + timedelta(hours=2), plan.uid, [meeting], said, speaking))
    return made


def write_minutes(rng: Random, taken: Minutes) -> None:
    """Record a meeting and its notes in one change."""
    author = Author(login=rng.choice(COORDINATORS), channel=Channel.MEETING, at=taken.at)
    with change(author, f"Minutes of {taken.at.date()}") as writer:
        writer.create_many(Meeting, taken.meetings)
        writer.create_many(Note, taken.notes)
        for model in RECORDS:
            writer.create_many(model, taken.further.get(model, []))


def _at(day: date) -> datetime:
    return datetime.combine(day, time(9))


def _meeting(rng: Random, plan: str, series: str, title: str, kind: str, start: datetime) -> dict[str, Any]:
    return {
        "uid": uid(rng),
        "plan": plan,
        "series": series,
        "title": title,
        "kind": kind,
        "original_start": start,
        "start": start + timedelta(days=1) if rng.random() < 0.05 else start,
        "timezone": _ZONE,
        "status": MeetingStatus.CANCELLED if rng.random() < 0.04 else MeetingStatus.HELD,
    }


def _note(rng: Random, action: MadeAction, day: date) -> dict[str, Any]:
    return {
        "uid": uid(rng),
        "plan": action.plan,
        "action": action.uid,
        "text": words.text(rng, 90),
        "candour": Candour.CANDID if rng.random() < 0.2 else Candour.SHAREABLE,
        "said_on": day,
        "said_by": action.speaker or None,
        "said_by_name": "" if action.speaker else "the steering group",
        "channel": Channel.MEETING,
    }
