"""The evaluation plan: which data is due when and from whom, how far each measure has come, and what shows soon.

The number of queries is the same for any size. Screens, papers and the command line ask here.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from decimal import Decimal
from itertools import count, pairwise
from typing import Any, NamedTuple

from peewee import SQL, fn

from tui_plan.insight.action_parts import ReadingLine, as_taken
from tui_plan.insight.action_rows import ActionRow, action_rows, expected_day, is_open, of_plan
from tui_plan.model.base import rows
from tui_plan.model.people import Party
from tui_plan.model.plan import Action, DevelopmentArea, OutcomeMeasure, Plan, Reading, StepObjective
from tui_plan.model.vocabulary import Status

EARLIEST = 31
"""How many days before it is due data may be taken; half the interval, where that is shorter."""
QUICK = (30, 60, 90)
"""Within how many days an action is a quick win."""
_SPARKS = "▁▂▃▄▅▆▇█"
_LEVEL = "▄"
_NO_DATA = (Status.DEFERRED, Status.WITHDRAWN)


class MeasureRow(NamedTuple):
    """An outcome measure with its readings, oldest first. ``collector`` is a name; ``every`` counts months.

    ``next_due`` is the first day for which no data was taken, in time or late; None where nothing is due any more, or
    while the action is deferred or withdrawn.
    """

    uid: str
    action: str
    action_number: int
    action_title: str
    action_status: str
    area: str
    area_title: str
    plan: str
    plan_name: str
    statement: str
    unit: str
    baseline: Decimal | None
    target: Decimal | None
    method: str
    collector: str
    due: date | None
    every: int | None
    row_version: int
    readings: tuple[ReadingLine, ...]
    next_due: date | None

    @property
    def action_ref(self) -> str:
        """The reference of its action."""
        return f"A-{self.action_number}"

    @property
    def latest(self) -> ReadingLine | None:
        """The last reading with a value, or nothing."""
        return next((reading for reading in reversed(self.readings) if reading.value is not None), None)

    @property
    def values(self) -> tuple[Decimal, ...]:
        """The values that were read, oldest first."""
        return tuple(reading.value for reading in self.readings if reading.value is not None)

    @property
    def share(self) -> float | None:
        """How much of the way from baseline to target is done: 0 none, 1 all of it, also less or more than that.

        None where one of the three is not known, or where there is no way to go.
        """
        if self.baseline is None or self.target is None or self.baseline == self.target or self.latest is None:
            return None
        return float(((self.latest.value or Decimal(0)) - self.baseline) / (self.target - self.baseline))

    @property
    def reached(self) -> bool:
        """Whether some reading was at the target or past it, seen from the baseline, else from the first reading."""
        start = self._start
        if start is None or self.target is None:
            return False
        way = (self.target > start) - (self.target < start)
        return any((value - self.target) * way >= 0 if way else value == self.target for value in self.values)

    def overdue(self, today: date) -> bool:
        """Whether data should be there by now and is not."""
        return self.next_due is not None and self.next_due < today

    @property
    def _start(self) -> Decimal | None:
        return self.baseline if self.baseline is not None else next(iter(self.values), None)

    @property
    def first_moved(self) -> ReadingLine | None:
        """The first reading that is nearer to the target than where it began, or past it; nothing before that."""
        start, target = self._start, self.target
        if start is None or target is None:
            return None
        moved = (one for one in self.readings if one.value is not None and (one.value - start) * (target - start) > 0)
        return next(moved, None)


class FirstOutcome(NamedTuple):
    """When a development area's first outcome was seen, and by which reading, or else when one is ``expected``.

    ``measure`` is what shows it; where nothing is measured or due it is None, and so are both days.
    """

    area: str
    number: int
    title: str
    measure: MeasureRow | None
    seen: ReadingLine | None
    expected: date | None

    @property
    def ref(self) -> str:
        """The reference that people quote."""
        return f"D-{self.number}"


class QuickWin(NamedTuple):
    """An action that leads to something visible soon. ``shows`` is "milestone", or what is measured."""

    action: ActionRow
    shows: str


def evaluation(today: date, plan: str | None = None) -> list[MeasureRow]:
    """Return every outcome measure of a plan (of all plans, if None) with its readings until today, in plan order."""
    taken = _readings(today, plan)
    found = rows(_measures(plan))
    return [_measure(values, tuple(taken.get(values[0], ()))) for values in found]


def measures_of(action: str) -> list[MeasureRow]:
    """Return the outcome measures of one action with all their readings, also one that was typed for a day to come."""
    mine = OutcomeMeasure.select(OutcomeMeasure.uid).where(OutcomeMeasure.action == action)
    taken = _readings(date.max, None, Reading.measure.in_(mine))
    found = rows(_measures(None).where(Action.uid == action))
    return [_measure(values, tuple(taken.get(values[0], ()))) for values in found]


def first_outcomes(today: date, plan: str) -> list[FirstOutcome]:
    """Return for each development area of a plan, in order, when its first outcome was seen, or is expected."""
    by_area: dict[str, list[MeasureRow]] = defaultdict(list)
    for measure in evaluation(today, plan):
        by_area[measure.area].append(measure)
    query = (
        DevelopmentArea.select(DevelopmentArea.uid, DevelopmentArea.number, DevelopmentArea.title)
        .where(DevelopmentArea.plan == plan)
        .order_by(DevelopmentArea.position, DevelopmentArea.number)
    )
    return [FirstOutcome(*(*area, *_first(by_area[area[0]]))) for area in rows(query)]


def quick_wins(today: date, plan: str | None = None) -> dict[int, tuple[QuickWin, ...]]:
    """Return by 30, 60 and 90 days the open, unblocked actions expected within them that lead to something visible.

    Each stands once, under the shortest; the soonest comes first. What is overdue is left out.
    """
    last = today + timedelta(days=QUICK[-1])
    soon = is_open() & expected_day().between(today.isoformat(), last.isoformat())
    statements = _statements(plan, soon)
    wins = [
        QuickWin(row, statements.get(row.uid) or "milestone")
        for row in action_rows(plan, soon & (Action.milestone | _is_measured()))
        if not row.blocked
    ]
    wins.sort(key=lambda win: (win.action.expected or date.max, win.action.number))
    return {days: tuple(win for win in wins if _within(win, today) == days) for days in QUICK}


def next_due_day(due: date, every: int | None, taken: Iterable[date]) -> date | None:
    """Return the first day, from ``due`` on every so many months, for which no data was taken; None where none is left.

    Data settles every due day that had passed by then: what was missed cannot be made up for. Only where none had
    passed does it count for the next one, if that is near.
    """
    if every is None:
        return None if any(day >= due - timedelta(days=EARLIEST) for day in taken) else due
    days = _due_days(due, every)
    day, first = next(days)
    for one in sorted(taken):
        if first <= one < day:
            day, first = next(days)
        while day <= one:
            day, first = next(days)
    return day


def sparkline(values: Sequence[Decimal], most: int = 24) -> str:
    """Return the course of values in signs from ▁ to █, one for each, between the lowest and the highest shown.

    Of more than ``most`` values that many are shown, evenly taken, with the first and the last. No values, no signs.
    """
    shown = _evenly(values, most)
    if not shown:
        return ""
    low, high = min(shown), max(shown)
    if low == high:
        return _LEVEL * len(shown)
    return "".join(_SPARKS[min(7, int((value - low) * 8 / (high - low)))] for value in shown)


def _evenly(values: Sequence[Decimal], most: int) -> list[Decimal]:
    last = len(values) - 1
    if last < most:
        return list(values)
    return [values[place * last // (most - 1)] for place in range(most)] if most > 1 else list(values[last:])[:most]


def _within(win: QuickWin, today: date) -> int:
    days = ((win.action.expected or date.max) - today).days
    return next(limit for limit in QUICK if days <= limit)


def _first(measures: Iterable[MeasureRow]) -> tuple[MeasureRow | None, ReadingLine | None, date | None]:
    """Return the measure that moved first with that reading, else the one that is due first with its day."""
    known = list(measures)
    moved = [(reading.taken_on, place, reading) for place, one in enumerate(known) if (reading := one.first_moved)]
    if moved:
        _, place, reading = min(moved, key=lambda found: found[:2])
        return known[place], reading, None
    due = [(one.next_due, place) for place, one in enumerate(known) if one.next_due is not None]
    if not due:
        return None, None, None
    day, place = min(due)
    return known[place], None, day


def _measure(values: tuple[Any, ...], readings: tuple[ReadingLine, ...]) -> MeasureRow:
    *head, collector, due, every, version = values
    status = head[4]
    taken = (reading.taken_on for reading in readings)
    next_due = None if due is None or status in _NO_DATA else next_due_day(due, every, taken)
    return MeasureRow(*(*head, collector or "", due, every, version, readings, next_due))


def _due_days(due: date, every: int) -> Iterator[tuple[date, date]]:
    """Yield the days on which data is due, each with the first day on which it may be taken."""
    from dateutil.relativedelta import relativedelta

    # counted from the first day each time: the 31st of January, of February and of March are its steps
    for day, after in pairwise(due + relativedelta(months=every * step) for step in count()):
        yield day, day - timedelta(days=min(EARLIEST, (after - day).days // 2))


def _measures(plan: str | None) -> Any:
    query = of_plan(
        Action.select(
            OutcomeMeasure.uid,
            Action.uid,
            Action.number,
            Action.title,
            Action.status,
            DevelopmentArea.uid,
            DevelopmentArea.title,
            Plan.uid,
            Plan.name,
            OutcomeMeasure.statement,
            OutcomeMeasure.unit,
            OutcomeMeasure.baseline,
            OutcomeMeasure.target,
            OutcomeMeasure.method,
            Party.name,
            OutcomeMeasure.due,
            OutcomeMeasure.every,
            OutcomeMeasure.row_version,
        ),
        plan,
    )
    return (
        query.join(Plan, on=(DevelopmentArea.plan == Plan.uid))
        .switch(Action)
        .join(OutcomeMeasure, on=(OutcomeMeasure.action == Action.uid))
        .left_outer_join(Party, on=(OutcomeMeasure.collector == Party.uid))
        .order_by(
            Plan.number,
            DevelopmentArea.position,
            DevelopmentArea.number,
            StepObjective.position,
            StepObjective.number,
            Action.position,
            Action.number,
            OutcomeMeasure.position,
            OutcomeMeasure.uid,
        )
    )


def _readings(today: date, plan: str | None, where: Any = None) -> dict[str, list[ReadingLine]]:
    columns = [Reading._meta.fields[name] for name in ReadingLine._fields]
    query = Reading.select(Reading.measure, *columns).where(Reading.taken_on <= today)
    if where is not None:
        query = query.where(where)
    if plan is not None:
        measures = OutcomeMeasure.select(OutcomeMeasure.uid)
        mine = measures.where(OutcomeMeasure.action.in_(of_plan(Action.select(Action.uid), plan)))
        query = query.where(Reading.measure.in_(mine))
    found: dict[str, list[ReadingLine]] = defaultdict(list)
    for measure, *values in rows(as_taken(query)):
        found[measure].append(ReadingLine(*values))
    return found


def _is_measured() -> Any:
    return fn.EXISTS(OutcomeMeasure.select(SQL("1")).where(OutcomeMeasure.action == Action.uid))


def _statements(plan: str | None, where: Any) -> dict[str, str]:
    """Return the first statement of what is measured, by action."""
    query = of_plan(Action.select(Action.uid, OutcomeMeasure.statement), plan)
    joined = query.switch(Action).join(OutcomeMeasure, on=(OutcomeMeasure.action == Action.uid))
    last_first = joined.where(where).order_by(OutcomeMeasure.position.desc(), OutcomeMeasure.uid.desc())
    return dict(rows(last_first))
