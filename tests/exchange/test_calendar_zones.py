"""The time zones that are written mean what zoneinfo means, to readers that share no code with the writer."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from io import StringIO
from zoneinfo import ZoneInfo

import pytest
from dateutil.tz import tzical

from tui_plan.exchange.calendar_zones import FIRST_YEAR, LAST_YEAR, is_utc, zone_block

REGULAR = [
    "America/New_York",
    "Australia/Lord_Howe",
    "Australia/Sydney",
    "Europe/Dublin",
    "Europe/London",
    "Europe/Berlin",
    "Pacific/Auckland",
]
IRREGULAR = [
    "Africa/Cairo",
    "Africa/Casablanca",
    "America/Mexico_City",
    "America/Nuuk",
    "America/Santiago",
    "America/Sao_Paulo",
    "Asia/Jerusalem",
    "Asia/Pyongyang",
    "Europe/Istanbul",
]
FIXED = ["Africa/Abidjan", "America/Bogota", "Asia/Kathmandu", "Asia/Tokyo"]


def written(zone: str) -> str:
    block = zone_block(zone)
    assert block is not None
    return str(block.to_ical().decode())


@pytest.mark.parametrize("zone", [*REGULAR, *IRREGULAR, *FIXED])
def test_dateutil_reads_the_offsets_that_zoneinfo_has(zone: str) -> None:
    read = tzical(StringIO(written(zone))).get(zone)
    for local in _moments(ZoneInfo(zone)):
        # An hour that the clocks show twice is left to the reader: dateutil and zoneinfo need not choose alike.
        if local.replace(fold=1).utcoffset() == local.replace(fold=0).utcoffset():
            assert local.replace(tzinfo=read).utcoffset() == local.utcoffset(), local


def _moments(zone: ZoneInfo) -> Iterator[datetime]:
    """Every other day at another hour, and every half hour where the clocks were turned in between."""
    moment, end = datetime(FIRST_YEAR, 1, 2, 12, 30, tzinfo=UTC), datetime(LAST_YEAR, 12, 28, tzinfo=UTC)
    while moment < end:
        following = moment + timedelta(days=2, hours=5)
        turned = moment.astimezone(zone).utcoffset() != following.astimezone(zone).utcoffset()
        step = timedelta(minutes=30) if turned else following - moment
        while moment < following:
            yield moment.astimezone(zone)
            moment += step


@pytest.mark.parametrize("zone", REGULAR)
def test_a_yearly_rule_is_one_block_for_each_half_of_the_year_from_1970(zone: str) -> None:
    text = written(zone)
    assert text.count("BEGIN:STANDARD") == text.count("BEGIN:DAYLIGHT") == 1
    assert text.count("DTSTART:1970") == text.count("RRULE:FREQ=YEARLY;BYDAY=") == 2
    assert "RDATE" not in text


@pytest.mark.parametrize("zone", IRREGULAR)
def test_other_zones_have_a_block_for_each_change_and_no_lists_of_dates(zone: str) -> None:
    text = written(zone)
    assert "RRULE" not in text
    assert "RDATE" not in text
    assert text.count("DTSTART:") == text.count("TZOFFSETTO:") > 2


@pytest.mark.parametrize("zone", FIXED)
def test_a_zone_that_never_changes_has_one_block(zone: str) -> None:
    assert written(zone).count("BEGIN:STANDARD") == written(zone).count("DTSTART:19700101T000000") == 1
    assert "DAYLIGHT" not in written(zone)


def test_summer_time_is_daylight_where_the_law_calls_winter_the_exception() -> None:
    daylight = written("Europe/Dublin").split("BEGIN:DAYLIGHT")[1]
    assert "TZOFFSETTO:+0100" in daylight
    assert "TZNAME:IST" in daylight


@pytest.mark.parametrize("zone", ["UTC", "Etc/UTC", "Zulu"])
def test_utc_needs_no_block_under_any_name(zone: str) -> None:
    assert is_utc(zone)
    assert zone_block(zone) is None


def test_london_is_not_utc_in_winter() -> None:
    assert not is_utc("Europe/London")
    assert not is_utc("Africa/Abidjan")


def test_the_clocks_are_turned_at_what_they_showed_before() -> None:
    """RFC 5545, 3.6.5: DTSTART of a block is the local time under TZOFFSETFROM."""
    standard, daylight = written("Europe/London").split("BEGIN:DAYLIGHT")
    assert "DTSTART:19701025T020000\r\nRRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=10\r\n" in standard
    assert "DTSTART:19700329T010000\r\nRRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=3\r\n" in daylight
    assert "DTSTART:19700308T020000\r\nRRULE:FREQ=YEARLY;BYDAY=2SU;BYMONTH=3\r\n" in written("America/New_York")
