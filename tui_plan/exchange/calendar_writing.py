"""Entries in, the bytes of an iCalendar file out (RFC 5545 and 7986), the same bytes for the same entries.

Called by the exports. Importing it loads icalendar, so the command line imports it only for an export. No METHOD,
ORGANIZER or ATTENDEE is ever written: calendar stores refuse the one, and the others have re-invited people.
"""

from collections.abc import Iterable, Sequence
from datetime import timedelta

from icalendar import Calendar, vDuration

from tui_plan.exchange.calendar_components import deadline_event, deadline_task, gathering_events
from tui_plan.exchange.calendar_entries import Deadline, Entry, Gathering
from tui_plan.exchange.calendar_text import Text, one_line
from tui_plan.exchange.calendar_zones import zone_block

PRODID = "-//tui-plan//implementation plan//EN"
GOOGLE_LIMIT = 1_000_000
"""Google Calendar imports files up to one megabyte; a deadline takes about 440 bytes."""


def calendar_bytes(
    name: str,
    uid: str,
    entries: Sequence[Deadline],
    gatherings: Sequence[Gathering] = (),
    *,
    tasks: bool = False,
    alarms: timedelta | None = None,
    refresh: timedelta | None = None,
    shared: bool = False,
) -> bytes:
    """Return a whole calendar file. Its ``uid`` must stay with it for ever.

    With ``tasks`` the deadlines become tasks with uids of their own, and gatherings are left out. ``alarms`` is how
    long before each entry to remind; ``refresh`` how often those who subscribe should look again. A ``shared``
    calendar names nobody.
    """
    calendar = _empty(PRODID)
    calendar.calendar_name = one_line(name)
    calendar["UID"] = Text(uid)
    if refresh is not None:
        calendar.add("REFRESH-INTERVAL", refresh, parameters={"VALUE": "DURATION"})
        calendar["X-PUBLISHED-TTL"] = vDuration(refresh)
    _add_zones(calendar, () if tasks else gatherings)
    for deadline in sorted(entries, key=lambda entry: (entry.day, entry.uid)):
        task = deadline_task(deadline, shared=shared, alarm=alarms) if tasks else None
        if task is not None:
            calendar.add_component(task)
        elif not tasks:
            calendar.add_component(deadline_event(deadline, shared=shared, alarm=alarms))
    for gathering in () if tasks else sorted(gatherings, key=lambda entry: (entry.start, entry.uid)):
        calendar.subcomponents.extend(gathering_events(gathering, shared=shared, alarm=alarms))
    return _written(calendar)


def item_bytes(entry: Entry, calendar_uid: str, *, alarms: timedelta | None = None, shared: bool = False) -> bytes:
    """Return one entry as a file by itself, for a folder that holds one file per uid.

    The calendar it belongs to stands in X-WR-RELCALID: a UID of the calendar would be taken for the item's own.
    """
    calendar = _empty(PRODID)
    calendar["X-WR-RELCALID"] = Text(calendar_uid)
    if isinstance(entry, Deadline):
        calendar.add_component(deadline_event(entry, shared=shared, alarm=alarms))
    else:
        _add_zones(calendar, [entry])
        calendar.subcomponents.extend(gathering_events(entry, shared=shared, alarm=alarms))
    return _written(calendar)


def item_marks(calendar_uid: str) -> tuple[bytes, ...]:
    """Return the lines that stand in every file by ``item_bytes`` for this calendar, and in no other program's."""
    return b"PRODID:" + PRODID.encode(), b"X-WR-RELCALID:" + calendar_uid.encode()


def larger_than_google(data: bytes) -> bool:
    """Whether Google Calendar would refuse to import a file of this size: offer a file for each area or person."""
    return len(data) > GOOGLE_LIMIT


def _empty(prodid: str) -> Calendar:
    calendar = Calendar()
    calendar["PRODID"] = Text(prodid)
    calendar["VERSION"] = Text("2.0")
    calendar["CALSCALE"] = Text("GREGORIAN")
    return calendar


def _add_zones(calendar: Calendar, gatherings: Iterable[Gathering]) -> None:
    for zone in sorted({gathering.zone for gathering in gatherings if not gathering.all_day}):
        block = zone_block(zone)
        if block is not None:
            calendar.add_component(block)


def _written(calendar: Calendar) -> bytes:
    data: bytes = calendar.to_ical()
    return data
