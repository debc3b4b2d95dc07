"""Meetings as they are named on the command line: by their reference, or by the day on which one is held."""

import re
from datetime import date
from typing import TYPE_CHECKING

from tui_plan.insight.finding import find_record
from tui_plan.insight.gatherings import Occurrence, gatherings
from tui_plan.model.base import rows
from tui_plan.model.errors import NotFound
from tui_plan.model.meeting import Meeting, MeetingSeries
from tui_plan.model.vocabulary import MeetingStatus
from tui_plan.operations.meetings import MeetingAt

if TYPE_CHECKING:
    from tui_plan.cli.call import Call

_REFERENCE = re.compile(r"[Mm]-?\d+", re.ASCII)


def day_said(call: "Call") -> date:
    """Return the day of --on; where that is left out, the day of the meeting of --meeting that was, else today."""
    said = call.options
    named = getattr(said, "meeting", None)
    if said.on or not named:
        return call.day(said.on) or call.today
    if not _REFERENCE.fullmatch(named.strip()):
        day = call.day(named) or call.today
    else:
        uid = find_record(named, MeetingSeries, Meeting).uid
        starts = rows(Meeting.select(Meeting.start).where(Meeting.uid == uid))
        day = starts[0][0].date() if starts else call.today
    return min(day, call.today)


def meeting_at(call: "Call", plan: str, on: date) -> MeetingAt | None:
    """Return the meeting of --meeting, None where none is named; of a series, that of the day ``on``.

    Raises ``NotFound`` where no meeting of the plan is held then, or several are.
    """
    text = call.options.meeting
    if not text:
        return None
    if not _REFERENCE.fullmatch(text.strip()):
        return _held_on(call.day(text, on) or on, plan)
    found = find_record(text, MeetingSeries, Meeting)
    if found.noun == Meeting.noun:
        return MeetingAt(meeting=found.uid)
    return _held_on(on, plan, found.uid, found.ref)


def _held_on(day: date, plan: str, series: str = "", ref: str = "") -> MeetingAt:
    found = [
        each
        for each in gatherings(day, day, plan)
        if each.status != MeetingStatus.CANCELLED and (not series or each.series == series)
    ]
    if len(found) == 1:
        return _at(found[0])
    what = f"{ref} has no meeting" if ref else "The plan has no meeting"
    if not found:
        raise NotFound(
            f"{what} on {day.isoformat()}: name its day with --meeting, or add it: "
            f"tui-plan add meeting TITLE --on {day.isoformat()}"
        )
    raise NotFound(
        f"There are several meetings on {day.isoformat()}: name one, {', '.join(each.ref for each in found)}."
    )


def _at(each: Occurrence) -> MeetingAt:
    return MeetingAt(each.meeting) if each.meeting else MeetingAt("", each.series, each.original)
