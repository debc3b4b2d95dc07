"""How often a plan is looked at: the days between two of its review meetings, as their rules have it."""

from datetime import date, datetime, time, timedelta

from tui_plan.insight.gatherings import SeriesLine, series_of
from tui_plan.model.vocabulary import MeetingKind

USUAL_CADENCE = 28
"""The days between two looks at a plan that has no regular review meeting."""
_LOOKED_AHEAD = timedelta(days=1100)
_COUNTED = 13


def cadences(today: date, plan: str | None = None) -> dict[str, int]:
    """Return by plan (uid) the days between two review meetings, by the series that meets most often.

    A series of which fewer than two meetings are to come says nothing; a plan without any is not among them.
    """
    found: dict[str, int] = {}
    for line in series_of(plan):
        days = _days_between(line, today) if line.kind == MeetingKind.REVIEW else 0
        if days:
            found[line.plan] = min(days, found.get(line.plan, days))
    return found


def _days_between(line: SeriesLine, today: date) -> int:
    from tui_plan.model.recurrence import occurrences

    first = datetime.combine(today, time.min)
    starts = occurrences(line.rule, line.start, first, max(first, line.start) + _LOOKED_AHEAD, _COUNTED)
    if len(starts) < 2:
        return 0
    return max(1, round((starts[-1] - starts[0]).days / (len(starts) - 1)))
