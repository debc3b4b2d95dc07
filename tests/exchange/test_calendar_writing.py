"""Calendar files by the ten decisions, each trap of the library, and the same bytes for the same entries."""

# ruff: noqa: DTZ001 (starts are local to their zone, and moments are UTC by agreement: both naive)

import os
import re
import subprocess
import sys
from datetime import UTC, date, datetime, timedelta
from time import perf_counter
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from icalendar import STATUS, TRANSP, Calendar, Component, Event, Todo

from tui_plan.exchange.calendar_entries import Deadline, DeadlineKind, Gathering, Moved
from tui_plan.exchange.calendar_writing import calendar_bytes, item_bytes, item_marks, larger_than_google
from tui_plan.model.vocabulary import Status

CHANGED = datetime(2026, 3, 16, 9, 30, 15)
PLAN = "c" * 32


def deadline(**changes: Any) -> Deadline:
    values: dict[str, Any] = {
        "uid": "d" * 32,
        "kind": DeadlineKind.TARGET,
        "day": date(2026, 12, 31),
        "title": "Sign the agreement",
        "changed_at": CHANGED,
    }
    return Deadline(**values | changes)


def series(**changes: Any) -> Gathering:
    values: dict[str, Any] = {
        "uid": "e" * 32,
        "title": "Review meeting",
        "start": datetime(2026, 1, 30, 9, 30),
        "zone": "Europe/London",
        "duration": timedelta(minutes=90),
        "changed_at": CHANGED,
        "rule": "FREQ=MONTHLY;BYDAY=-1FR",
    }
    return Gathering(**values | changes)


def write(*entries: Deadline | Gathering, **options: Any) -> str:
    deadlines = [entry for entry in entries if isinstance(entry, Deadline)]
    gatherings = [entry for entry in entries if isinstance(entry, Gathering)]
    return calendar_bytes("Our plan", PLAN, deadlines, gatherings, **options).decode()


def read(text: str) -> Calendar:
    calendar = Calendar.from_ical(text.encode())
    assert isinstance(calendar, Calendar)
    assert not [error for component in calendar.walk() for error in component.errors]
    return calendar


def only_event(text: str) -> Event:
    (event,) = read(text).events
    return event


def lines(text: str) -> list[str]:
    return text.replace("\r\n ", "").split("\r\n")


def test_a_deadline_is_a_whole_day_that_keeps_nobody_busy() -> None:
    text = write(deadline(sequence=3, created_at=datetime(2026, 1, 2, 3, 4, 5)))
    for line in (
        "UID:" + "d" * 32,
        "DTSTART;VALUE=DATE:20261231",
        "DTEND;VALUE=DATE:20270101",
        "TRANSP:TRANSPARENT",
        "STATUS:CONFIRMED",
        "SEQUENCE:3",
        "DTSTAMP:20260316T093015Z",
        "LAST-MODIFIED:20260316T093015Z",
        "CREATED:20260102T030405Z",
        "SUMMARY:Due: Sign the agreement",
    ):
        assert lines(text).count(line) == 1, line
    assert "VTIMEZONE" not in text


@pytest.mark.parametrize("kind", DeadlineKind)
def test_the_kind_of_a_day_stands_before_its_title(kind: DeadlineKind) -> None:
    assert only_event(write(deadline(kind=kind)))["SUMMARY"] == f"{kind.value}: Sign the agreement"


def test_the_calendar_says_who_made_it_and_what_it_is_called() -> None:
    data = calendar_bytes("Plan, ours; \\Now", PLAN, [deadline()])
    assert lines(data.decode())[:8] == [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//tui-plan//implementation plan//EN",
        "CALSCALE:GREGORIAN",
        "NAME:Plan\\, ours\\; \\\\Now",
        "X-WR-CALNAME:Plan\\, ours\\; \\\\Now",
        "UID:" + PLAN,
        "BEGIN:VEVENT",
    ]


def test_nothing_that_stores_refuse_or_that_invites_people() -> None:
    text = write(deadline(people=("Ann",)), series(people=("Ben",)), alarms=timedelta(days=1))
    for name in ("METHOD", "ORGANIZER", "ATTENDEE"):
        assert not re.search(f"^{name}", text, re.MULTILINE)


def test_a_series_keeps_its_local_time_over_the_change_of_the_clocks() -> None:
    text = write(series())
    assert "DTSTART;TZID=Europe/London:20260130T093000" in lines(text)
    assert "DTEND;TZID=Europe/London:20260130T110000" in lines(text)
    assert "RRULE:FREQ=MONTHLY;BYDAY=-1FR" in lines(text)
    assert lines(text).count("TZID:Europe/London") == 1


def test_until_is_the_last_start_in_utc() -> None:
    text = write(series(rule="FREQ=WEEKLY;UNTIL=20260703"))
    assert "RRULE:FREQ=WEEKLY;UNTIL=20260703T083000Z" in lines(text)
    text = write(series(rule="FREQ=WEEKLY;UNTIL=20260706"))
    assert "RRULE:FREQ=WEEKLY;UNTIL=20260703T083000Z" in lines(text)


def test_skipped_and_moved_meetings_speak_in_the_zone_of_the_series() -> None:
    february, march = datetime(2026, 2, 27, 9, 30), datetime(2026, 3, 27, 9, 30)
    moved = Moved(
        original_start=march,
        start=datetime(2026, 3, 30, 14, 0),
        duration=timedelta(minutes=45),
        title="Review meeting, by phone",
        changed_at=CHANGED + timedelta(hours=1),
        sequence=2,
        place="Phone",
    )
    text = write(series(skipped=(datetime(2026, 5, 29, 9, 30), february), moved=(moved,), place="Hall", sequence=4))
    skips = [line for line in lines(text) if line.startswith("EXDATE")]
    assert skips == ["EXDATE;TZID=Europe/London:20260227T093000", "EXDATE;TZID=Europe/London:20260529T093000"]
    master, other = read(text).events
    assert master["UID"] == other["UID"]
    assert "RECURRENCE-ID;TZID=Europe/London:20260327T093000" in lines(text)
    assert "RRULE" not in other
    assert other["SUMMARY"] == "Review meeting, by phone"
    assert other["LOCATION"] == "Phone"
    assert other["SEQUENCE"] == 4
    assert other.DTSTAMP == other.LAST_MODIFIED == datetime(2026, 3, 16, 10, 30, 15, tzinfo=UTC)
    assert other.start == datetime(2026, 3, 30, 14, 0, tzinfo=ZoneInfo("Europe/London"))
    assert other.end == datetime(2026, 3, 30, 14, 45, tzinfo=ZoneInfo("Europe/London"))


def test_a_series_of_whole_days_uses_days_throughout() -> None:
    second = datetime(2026, 2, 27)
    text = write(
        series(
            start=datetime(2026, 1, 30),
            all_day=True,
            duration=timedelta(days=2),
            rule="FREQ=MONTHLY;BYDAY=-1FR;UNTIL=20261231",
            skipped=(second,),
        )
    )
    assert "DTSTART;VALUE=DATE:20260130" in lines(text)
    assert "DTEND;VALUE=DATE:20260201" in lines(text)
    assert "RRULE:FREQ=MONTHLY;UNTIL=20261225;BYDAY=-1FR" in lines(text)
    assert "EXDATE;VALUE=DATE:20260227" in lines(text)
    assert "TZID" not in text


def test_a_meeting_in_utc_needs_no_zone() -> None:
    text = write(series(zone="Etc/UTC", rule=""))
    assert "DTSTART:20260130T093000Z" in lines(text)
    assert "TZID" not in text


def test_zones_stand_once_each_in_order() -> None:
    text = write(
        series(uid="a" * 32, zone="Europe/Paris"),
        series(uid="b" * 32, zone="Asia/Tokyo"),
        series(uid="c" * 32, zone="Europe/Paris"),
    )
    assert [line for line in lines(text) if line.startswith("TZID:")] == ["TZID:Asia/Tokyo", "TZID:Europe/Paris"]


def test_dropped_entries_say_so_in_status_and_title() -> None:
    text = write(
        deadline(cancelled=True, sequence=2),
        series(
            cancelled=True,
            moved=(Moved(datetime(2026, 2, 27, 9, 30), datetime(2026, 2, 26, 9, 30), timedelta(hours=1), "", CHANGED),),
        ),
        alarms=timedelta(days=1),
    )
    assert lines(text).count("STATUS:CANCELLED") == 3
    assert [str(event["SUMMARY"]) for event in read(text).events] == [
        "Cancelled: Sign the agreement",
        "Cancelled: Review meeting",
        "Cancelled: Review meeting",
    ]
    assert "VALARM" not in text


def test_people_are_named_unless_the_file_is_for_sharing() -> None:
    entry = deadline(description="Purpose: trust", people=("Ann Lee", "Ben, Jr."))
    assert only_event(write(entry))["DESCRIPTION"] == "Purpose: trust\nResponsible: Ann Lee, Ben, Jr."
    assert only_event(write(entry, shared=True))["DESCRIPTION"] == "Purpose: trust"


def test_an_empty_description_or_category_is_not_written() -> None:
    text = write(deadline(description=" \n ", categories=(",",)))
    assert "DESCRIPTION" not in text
    assert "CATEGORIES" not in text


def test_lines_end_in_crlf_and_are_folded_at_75_octets() -> None:
    data = calendar_bytes("é" * 60, PLAN, [deadline(title="Größe – " * 40, description="計画" * 200)], [series()])
    assert not data.startswith(b"\xef\xbb\xbf")
    assert data.endswith(b"END:VCALENDAR\r\n")
    assert b"\n" not in data.replace(b"\r\n", b"")
    for line in data.split(b"\r\n"):
        assert len(line) <= 75
        line.decode()


def test_alarms_come_only_when_asked_for_and_are_relative() -> None:
    assert "VALARM" not in write(deadline(), series())
    text = write(deadline(), series(), alarms=timedelta(days=2))
    assert lines(text).count("TRIGGER:-P2D") == 2
    assert "VALARM" not in write(deadline(status=Status.COMPLETE), alarms=timedelta(days=2))


def test_a_file_behind_a_url_says_how_often_to_look() -> None:
    assert "REFRESH" not in write(deadline())
    text = write(deadline(), refresh=timedelta(hours=12))
    assert "REFRESH-INTERVAL;VALUE=DURATION:PT12H" in lines(text)
    assert "X-PUBLISHED-TTL:PT12H" in lines(text)


@pytest.mark.parametrize(
    ("status", "written"),
    [
        (Status.NOT_STARTED, "NEEDS-ACTION"),
        (Status.IN_PROGRESS, "IN-PROCESS"),
        (Status.COMPLETE, "COMPLETED"),
        (Status.DEFERRED, "CANCELLED"),
        (Status.WITHDRAWN, "CANCELLED"),
    ],
)
def test_tasks_have_uids_of_their_own_a_due_day_and_no_start(status: Status, written: str) -> None:
    start = deadline(uid="f" * 32, kind=DeadlineKind.START)
    text = write(deadline(status=status), start, series(), tasks=True, alarms=timedelta(days=1))
    (todo,) = read(text).todos
    assert isinstance(todo, Todo)
    assert todo["UID"] == "d" * 32 + "-task"
    assert todo["STATUS"] == written
    assert todo["SUMMARY"] == "Sign the agreement"
    assert "DUE;VALUE=DATE:20261231" in lines(text)
    assert "DTSTART" not in text
    assert "VEVENT" not in text
    assert ("VALARM" in text) == (status != Status.COMPLETE)
    assert ("PERCENT-COMPLETE:100" in text) == (status == Status.COMPLETE)


def test_the_size_that_google_refuses() -> None:
    assert not larger_than_google(b"x" * 1_000_000)
    assert larger_than_google(b"x" * 1_000_001)


def test_an_item_by_itself_carries_its_zone_and_no_uid_but_its_own() -> None:
    moved = Moved(datetime(2026, 2, 27, 9, 30), datetime(2026, 2, 26, 9, 30), timedelta(hours=1), "", CHANGED)
    data = item_bytes(series(moved=(moved,)), PLAN)
    text = data.decode()
    assert [line for line in lines(text) if line.startswith("UID")] == ["UID:" + "e" * 32] * 2
    assert "TZID:Europe/London" in lines(text)
    assert all(mark in data.split(b"\r\n") for mark in item_marks(PLAN))
    assert not all(mark in data.split(b"\r\n") for mark in item_marks("0" * 32))


def test_an_empty_calendar_is_still_a_calendar() -> None:
    assert read(write()).subcomponents == []


def test_the_order_of_the_entries_does_not_matter() -> None:
    entries = [deadline(uid=digit * 32, day=date(2026, 5, 1)) for digit in "abc"]
    assert write(*entries, series()) == write(*reversed(entries), series())


SAME_BYTES = """
import sys
from datetime import date, datetime, timedelta
from tui_plan.exchange.calendar_entries import Deadline, DeadlineKind, Gathering
from tui_plan.exchange.calendar_writing import calendar_bytes
at = datetime(2026, 3, 16)
zones = ["Europe/Paris", "Asia/Tokyo", "America/Santiago", "UTC", "Europe/Dublin"]
days = [Deadline(c * 32, DeadlineKind.TARGET, date(2026, 5, 1), c, at, categories=("b", "a", c)) for c in "abc"]
hour, rule = timedelta(hours=1), "FREQ=WEEKLY;BYDAY=FR,MO"
meet = [Gathering(z, z, datetime(2026, 5, 1, 9), z, hour, at, rule=rule) for z in zones]
sys.stdout.buffer.write(calendar_bytes("name", "uid", days, meet, alarms=timedelta(days=1)))
"""


def test_the_same_entries_give_the_same_bytes_in_every_process() -> None:
    outputs = {
        subprocess.run(
            [sys.executable, "-c", SAME_BYTES],
            env={**os.environ, "PYTHONHASHSEED": seed},
            check=True,
            capture_output=True,
        ).stdout
        for seed in ("0", "1", "4242")
    }
    assert len(outputs) == 1
    assert outputs.pop().count(b"BEGIN:VTIMEZONE") == 4


def test_writing_keeps_pace_with_the_library_itself() -> None:
    entries = [
        deadline(uid=f"{number:032x}", description="Area › objective\nPurpose, in some words", people=("Ann Lee",))
        for number in range(500)
    ]
    ours, theirs = [], []
    for _ in range(3):
        began = perf_counter()
        calendar_bytes("Plan", PLAN, entries)
        between = perf_counter()
        _with_the_library(entries)
        ours.append(between - began)
        theirs.append(perf_counter() - between)
    assert min(ours) < 1.25 * min(theirs)


def _with_the_library(entries: list[Deadline]) -> bytes:
    calendar = Calendar.new(prodid="x", name="Plan", uid=PLAN, calscale="GREGORIAN")
    for entry in entries:
        moment = entry.changed_at.replace(tzinfo=UTC)
        event: Component = Event.new(
            uid=entry.uid,
            stamp=moment,
            last_modified=moment,
            sequence=entry.sequence,
            summary=entry.title,
            description=f"{entry.description}\nResponsible: {entry.people[0]}",
            start=entry.day,
            end=entry.day + timedelta(days=1),
            transparency=TRANSP.TRANSPARENT,
            status=STATUS.CONFIRMED,
        )
        calendar.add_component(event)
    return bytes(calendar.to_ical())
