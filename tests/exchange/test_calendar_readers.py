"""What is written is what two independent readers read: icalendar's own parser, and vobject."""

# ruff: noqa: DTZ001 (starts are local to their zone, and moments are UTC by agreement: both naive)

from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import vobject
from hypothesis import given, settings
from hypothesis import strategies as st
from icalendar import Calendar, Event

from tests.hostile import HOSTILE
from tui_plan.exchange.calendar_entries import Deadline, DeadlineKind, Gathering, Moved
from tui_plan.exchange.calendar_text import categories, many_lines, one_line
from tui_plan.exchange.calendar_writing import calendar_bytes
from tui_plan.model.recurrence import check_rule, occurrences
from tui_plan.model.recurrence_words import rule_from_words

MOMENTS = st.datetimes(datetime(2000, 1, 1), datetime(2040, 1, 1)).map(lambda moment: moment.replace(microsecond=0))
DAYS = st.dates(date(1990, 1, 1), date(2099, 12, 31))
UIDS = st.uuids().map(lambda uid: uid.hex)
ZONES = st.sampled_from(
    ["Europe/London", "America/New_York", "Australia/Sydney", "America/Santiago", "Asia/Jerusalem", "Asia/Tokyo", "UTC"]
)
DEADLINES = st.builds(
    Deadline,
    uid=UIDS,
    kind=st.sampled_from(DeadlineKind),
    day=DAYS,
    title=st.text(),
    changed_at=MOMENTS,
    created_at=st.none() | MOMENTS,
    sequence=st.integers(0, 999),
    description=st.text(),
    categories=st.lists(st.text(), max_size=3).map(tuple),
    cancelled=st.booleans(),
)
WORDS = st.sampled_from(
    [
        "",
        "weekly",
        "every 2 weeks",
        "monthly on last fri",
        "monthly on 2nd tue",
        "monthly on 15",
        "monthly on last day",
        "quarterly on first mon",
        "daily",
        "weekly on tue and thu",
        "yearly on last sun in oct",
    ]
)


@st.composite
def gatherings(draw: st.DrawFn) -> Gathering:
    """Draw a series whose start fits its rule, some of its meetings skipped and one moved."""
    rule = rule_from_words(draw(WORDS))
    around = draw(st.datetimes(datetime(2019, 1, 1), datetime(2030, 1, 1))).replace(microsecond=0, second=0, day=1)
    start = occurrences(rule, around, around, around + timedelta(days=800), limit=1)[0]
    check_rule(rule, start) if rule else None
    ending = draw(st.sampled_from(["", ";COUNT=7", f";UNTIL={start + timedelta(days=400):%Y%m%d}"])) if rule else ""
    known = occurrences(rule + ending, start, start, start + timedelta(days=1000), limit=6)
    skipped = draw(st.lists(st.sampled_from(known[1:]), unique=True, max_size=2)) if known[1:] else []
    to_move = [moment for moment in known[1:] if moment not in skipped][:1] if draw(st.booleans()) else []
    return Gathering(
        uid=draw(UIDS),
        title=draw(st.text(max_size=20)),
        start=start,
        zone=draw(ZONES),
        duration=timedelta(minutes=draw(st.integers(1, 600))),
        changed_at=draw(MOMENTS),
        rule=rule + ending,
        skipped=tuple(skipped),
        moved=tuple(
            Moved(moment, moment + timedelta(hours=3), timedelta(minutes=30), "moved", draw(MOMENTS))
            for moment in to_move
        ),
    )


@given(st.lists(DEADLINES, max_size=5, unique_by=lambda entry: entry.uid))
@settings(max_examples=60)
def test_icalendar_reads_every_deadline_as_it_was(entries: list[Deadline]) -> None:
    calendar = Calendar.from_ical(calendar_bytes("Plan", "u", entries))
    assert not [error for component in calendar.walk() for error in component.errors]
    by_uid = {str(event["UID"]): event for event in calendar.walk("VEVENT")}
    assert len(by_uid) == len(entries)
    for entry in entries:
        _assert_same(entry, by_uid[entry.uid])


def _assert_same(entry: Deadline, event: Any) -> None:
    assert isinstance(event, Event)
    before = "Cancelled: " if entry.cancelled else f"{entry.kind.value}: "
    assert event["SUMMARY"] == one_line(before + entry.title)
    assert event.get("DESCRIPTION", "") == many_lines(entry.description)
    assert list(event.categories) == categories(entry.categories)
    assert event.start == entry.day
    assert event.end == entry.day + timedelta(days=1)
    assert event.DTSTAMP == event.LAST_MODIFIED == entry.changed_at.replace(tzinfo=UTC)
    assert event.get("SEQUENCE") == entry.sequence
    assert (event["STATUS"] == "CANCELLED") == entry.cancelled


@given(st.lists(DEADLINES, min_size=1, max_size=4, unique_by=lambda entry: entry.uid))
@settings(max_examples=40)
def test_vobject_reads_the_same_titles_and_days(entries: list[Deadline]) -> None:
    calendar = vobject.readOne(calendar_bytes("Plan", "u", entries).decode())
    read = {event.uid.value: event for event in calendar.vevent_list}
    for entry in entries:
        event = read[entry.uid]
        before = "Cancelled: " if entry.cancelled else f"{entry.kind.value}: "
        assert event.summary.value == str(one_line(before + entry.title))
        assert event.dtstart.value == entry.day
        assert event.dtend.value == entry.day + timedelta(days=1)


@given(gatherings())
@settings(max_examples=60, deadline=None)
def test_vobject_and_dateutil_find_the_meetings_that_the_plan_has(gathering: Gathering) -> None:
    calendar = vobject.readOne(calendar_bytes("Plan", "u", [], [gathering]).decode())
    master = next(event for event in calendar.vevent_list if "recurrence-id" not in event.contents)
    moved = [event for event in calendar.vevent_list if "recurrence-id" in event.contents]
    zone = ZoneInfo(gathering.zone)
    horizon = gathering.start + timedelta(days=600)
    found = [moment for moment in _starts_by_vobject(master) if moment.replace(tzinfo=None) <= horizon]
    expected = occurrences(gathering.rule, gathering.start, gathering.start, horizon)
    assert [moment.replace(tzinfo=None) for moment in found] == [
        moment for moment in expected if moment not in gathering.skipped
    ]
    for moment in found:
        if _is_clear(moment.replace(tzinfo=zone)):
            assert moment.utcoffset() == moment.replace(tzinfo=zone).utcoffset()
    assert [event.recurrence_id.value.replace(tzinfo=None) for event in moved] == [
        one.original_start for one in gathering.moved
    ]
    assert [event.dtstart.value.replace(tzinfo=None) for event in moved] == [one.start for one in gathering.moved]


def _starts_by_vobject(event: Any) -> list[datetime]:
    if event.rruleset is None:
        return [event.dtstart.value]
    zone = event.dtstart.value.tzinfo
    starts = []
    for moment in event.rruleset:
        starts.append(moment if moment.tzinfo else moment.replace(tzinfo=zone))
        if len(starts) > 700:
            break
    return starts


def _is_clear(moment: datetime) -> bool:
    """Whether the clocks show this time exactly once on that day."""
    twice = moment.replace(fold=1).utcoffset() != moment.replace(fold=0).utcoffset()
    return not twice and moment.astimezone(UTC).astimezone(moment.tzinfo) == moment


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_harms_no_reader(text: str) -> None:
    at = datetime(2026, 3, 16)
    entry = Deadline("d" * 32, DeadlineKind.TARGET, date(2026, 5, 1), text, at, description=text, people=(text,))
    meeting = Gathering(
        "e" * 32, text, datetime(2026, 5, 1, 9), "UTC", timedelta(hours=1), at, place=text, categories=(text,)
    )
    data = calendar_bytes(text, "f" * 32, [entry], [meeting], alarms=timedelta(days=1))
    assert not [sign for sign in data.replace(b"\r\n", b"") if sign < 0x20 or sign == 0x7F]
    calendar = Calendar.from_ical(data)
    assert not [error for component in calendar.walk() for error in component.errors]
    assert [component.name for component in calendar.subcomponents] == ["VEVENT", "VEVENT"]
    read = vobject.readOne(data.decode())
    assert sorted(event.uid.value for event in read.vevent_list) == ["d" * 32, "e" * 32]
