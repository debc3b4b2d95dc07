"""What the next meeting of a plan needs to know, decide and celebrate: the good news comes last."""

from datetime import date, datetime, time, timedelta
from typing import NamedTuple

from tui_plan.insight.action_rows import ActionRow
from tui_plan.insight.celebrating import Good, good_news
from tui_plan.insight.evaluation import MeasureRow, evaluation
from tui_plan.insight.gate import GateView, gates_of
from tui_plan.insight.gatherings import Occurrence, gatherings
from tui_plan.insight.register import EntryLine, register_entries
from tui_plan.insight.slips import Slip, slipping_actions, slips_of
from tui_plan.insight.stalled import StalledObjective, stalled
from tui_plan.model.base import rows
from tui_plan.model.errors import NotFound
from tui_plan.model.meeting import Meeting
from tui_plan.model.plan import Plan
from tui_plan.model.vocabulary import EntryKind, Gate, MeetingStatus

DECIDED_WITHIN = 28
"""Days ahead for which decisions, risks and adaptations are brought to a meeting."""
SINCE_DAYS = 28
"""How far back good news reaches where no meeting was held yet."""
_AHEAD = timedelta(days=370)
_TOLD = (EntryKind.DECISION, EntryKind.CONTEXT, EntryKind.ADAPTATION)
_ASKED = (EntryKind.RISK, EntryKind.ISSUE, EntryKind.ADAPTATION, EntryKind.LESSON)


class Brief(NamedTuple):
    """The brief of one plan (a uid). ``since`` is the day of the last meeting held, from which good news is told.

    ``meeting`` is the next one, or None where none is planned. What is ``late`` has passed its expected day;
    ``slips`` are those without a risk or an issue. ``issues``, ``risks`` and ``adaptations`` are open entries that are
    due within four weeks or have been; ``gates`` are open, so that they can be decided; ``lessons`` have no
    disposition; ``measures`` lack data. ``achieved`` is since ``since``, ``uncelebrated`` what was celebrated never.
    ``entered`` are the decisions, context changes and adaptations since then, the earliest first.
    """

    plan: str
    number: int
    name: str
    today: date
    since: date
    meeting: Occurrence | None
    late: tuple[ActionRow, ...]
    slips: tuple[Slip, ...]
    issues: tuple[EntryLine, ...]
    gates: tuple[GateView, ...]
    risks: tuple[EntryLine, ...]
    adaptations: tuple[EntryLine, ...]
    stalled: tuple[StalledObjective, ...]
    measures: tuple[MeasureRow, ...]
    lessons: tuple[EntryLine, ...]
    achieved: tuple[Good, ...]
    uncelebrated: tuple[Good, ...]
    entered: tuple[EntryLine, ...]

    @property
    def ref(self) -> str:
        """The reference that people quote."""
        return f"P-{self.number}"

    @property
    def troubles(self) -> int:
        """How many things there are to know and to decide, before the good news."""
        return sum(map(len, self[6:15]))


def brief(today: date, plan: str) -> Brief:
    """Return the brief of a plan; ``NotFound`` if it is gone. A fixed number of questions."""
    found = rows(Plan.select(Plan.number, Plan.name).where(Plan.uid == plan))
    if not found:
        raise NotFound("This plan is no longer there: somebody removed it.")
    number, name = found[0]
    since = _last_held(today, plan) or today - timedelta(days=SINCE_DAYS)
    slipping = slipping_actions(today, plan)
    late = [row for row in slipping if row.overdue(today)]
    entries = register_entries(plan, (*_ASKED, *_TOLD))
    measures = evaluation(today, plan)
    news = good_news(since, today, plan, measures)
    risks, issues, adaptations = (_due(entries, kind, today) for kind in _ASKED[:3])
    return Brief(
        plan,
        number,
        name,
        today,
        since,
        _next_meeting(today, plan),
        tuple(sorted(late, key=lambda row: (row.expected or today, row.number))),
        tuple(slip for slip in slips_of(slipping, today) if not slip.assessed),
        issues,
        tuple(gate for gate in gates_of(plan).values() if _can_be_decided(gate)),
        risks,
        adaptations,
        tuple(stalled(today, plan)),
        tuple(measure for measure in measures if measure.overdue(today)),
        tuple(line for line in entries if line.kind == EntryKind.LESSON and not line.disposition),
        news.achieved,
        news.uncelebrated,
        _entered(entries, since, today),
    )


def _entered(entries: list[EntryLine], since: date, today: date) -> tuple[EntryLine, ...]:
    told = [line for line in entries if line.kind in _TOLD and since < line.on <= today]
    return tuple(sorted(told, key=lambda line: (line.on, line.number)))


def _due(entries: list[EntryLine], kind: EntryKind, today: date) -> tuple[EntryLine, ...]:
    """Return the open entries of a kind that are due soon or have been, the earliest first."""
    last = today + timedelta(days=DECIDED_WITHIN)
    found = [(line.due, line) for line in entries if line.kind == kind and line.is_open and line.due is not None]
    return tuple(line for day, line in sorted(found, key=lambda pair: (pair[0], pair[1].number)) if day <= last)


def _can_be_decided(gate: GateView) -> bool:
    return gate.state is Gate.OPEN and gate.stage.state == "under way"


def _next_meeting(today: date, plan: str) -> Occurrence | None:
    coming = gatherings(today, today + _AHEAD, plan)
    return next((meeting for meeting in coming if meeting.status == MeetingStatus.PLANNED), None)


def _last_held(today: date, plan: str) -> date | None:
    """Return the day of the last meeting held before today: on its own day a meeting still wants to hear the news."""
    held = (Meeting.plan == plan) & (Meeting.status == MeetingStatus.HELD.value)
    before = Meeting.start < datetime.combine(today, time.min)
    found = rows(Meeting.select(Meeting.start).where(held & before).order_by(Meeting.start.desc()).limit(1))
    return found[0][0].date() if found else None
