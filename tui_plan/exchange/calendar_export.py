"""Calendars out of the plan: one file, or a folder with one file for each entry.

Called by the command line and, in its worker, by the terminal. It reads the database alone, with the same number of
queries for any size; icalendar is loaded only when something is written.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from tui_plan.exchange.calendar_deadlines import action_deadlines, checkpoint_deadlines
from tui_plan.exchange.calendar_entries import Deadline, Entry, Gathering
from tui_plan.exchange.calendar_meetings import gatherings
from tui_plan.exchange.calendar_removed import removed_entries, removed_records
from tui_plan.exchange.calendar_scope import Scope
from tui_plan.exchange.vdir import VdirChange, write_vdir


@dataclass(frozen=True)
class CalendarContents:
    """All entries of one calendar, with the uid that stays its own and the name that programs show."""

    uid: str
    name: str
    deadlines: tuple[Deadline, ...]
    gatherings: tuple[Gathering, ...]

    @property
    def entries(self) -> Iterator[Entry]:
        """Deadlines first, then gatherings."""
        yield from self.deadlines
        yield from self.gatherings


def calendar_contents(scope: Scope, today: date, *, starts: bool = False) -> CalendarContents:
    """Return the entries of a calendar as it stands ``today``; with ``starts`` also the days when actions begin."""
    gone = removed_records(scope)
    cancelled = removed_entries(scope, today, gone, starts=starts)
    deadlines = (
        *action_deadlines(scope, today, gone, starts=starts),
        *checkpoint_deadlines(scope, today, gone),
        *cancelled.deadlines,
    )
    meetings = (*gatherings(scope, today), *cancelled.gatherings)
    return CalendarContents(scope.uid, scope.name, deadlines, meetings)


def export_ics(
    contents: CalendarContents,
    *,
    tasks: bool = False,
    alarms: timedelta | None = None,
    refresh: timedelta | None = None,
    shared: bool = False,
) -> bytes:
    """Return a calendar file; with ``tasks`` the separate file of tasks, which names itself so.

    ``alarms`` is how long before each entry to remind, ``refresh`` how often subscribers should look again; a
    ``shared`` file names nobody. ``calendar_writing.larger_than_google`` tells whether it is too large for Google.
    """
    from tui_plan.exchange.calendar_writing import calendar_bytes

    return calendar_bytes(
        f"{contents.name}: tasks" if tasks else contents.name,
        f"{contents.uid}-tasks" if tasks else contents.uid,
        contents.deadlines,
        contents.gatherings,
        tasks=tasks,
        alarms=alarms,
        refresh=refresh,
        shared=shared,
    )


def export_vdir(
    folder: Path,
    contents: CalendarContents,
    *,
    alarms: timedelta | None = None,
    shared: bool = False,
    colour: str = "",
) -> VdirChange:
    """Bring the folder of a calendar up to date: one file for each uid, removed when its entry is dropped."""
    from tui_plan.exchange.calendar_writing import item_bytes, item_marks

    items = {
        entry.uid: item_bytes(entry, contents.uid, alarms=alarms, shared=shared)
        for entry in contents.entries
        if not entry.cancelled
    }
    return write_vdir(folder, items, item_marks(contents.uid), name=contents.name, colour=colour)
