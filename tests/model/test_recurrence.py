"""Rules are checked before they are kept, and worked out as RFC 5545 says."""

# ruff: noqa: DTZ001 (the times of a series are naive: they are local to it)

from contextlib import suppress
from datetime import datetime, timedelta
from time import perf_counter

import pytest
from dateutil.rrule import rrulestr
from hypothesis import given, settings
from hypothesis import strategies as st

from tui_plan.model.errors import InvalidInput
from tui_plan.model.recurrence import check_rule, last_start, normal_rule, occurrences, rule_parts

LAST_FRIDAY = datetime(2026, 1, 30, 9, 30)


@pytest.mark.parametrize(
    ("rule", "sentence"),
    [
        ("", "NAME=VALUE"),
        ("FREQ", "NAME=VALUE"),
        ("FREQ=", "NAME=VALUE"),
        ("INTERVAL=2", "needs FREQ"),
        ("FREQ=OFTEN", "FREQ=OFTEN is not known"),
        ("FREQ=HOURLY", "daily at most"),
        ("FREQ=SECONDLY;COUNT=3", "daily at most"),
        ("FREQ=WEEKLY;FREQ=DAILY", "stands twice"),
        ("FREQ=WEEKLY,DAILY", "one value"),
        ("FREQ=WEEKLY;BYHOUR=9", "BYHOUR is not known"),
        ("FREQ=WEEKLY;X-NOTE=9", "X-NOTE is not known"),
        ("FREQ=WEEKLY;COUNT=3;UNTIL=20270101", "not by both"),
        ("FREQ=WEEKLY;COUNT=0", "COUNT=0 is not possible"),
        ("FREQ=WEEKLY;INTERVAL=-1", "from 1 to 999"),
        ("FREQ=WEEKLY;INTERVAL=1e3", "INTERVAL=1E3 is not possible"),
        ("FREQ=WEEKLY;INTERVAL=٣", "not possible"),
        ("FREQ=MONTHLY;BYMONTHDAY=32", "from -31 to -1 or 1 to 31"),
        ("FREQ=WEEKLY;BYDAY=XX", "names no day"),
        ("FREQ=WEEKLY;WKST=1MO", "names no day"),
        ("FREQ=WEEKLY;BYDAY=1MO", "numbered day"),
        ("FREQ=WEEKLY;BYMONTHDAY=1", "does not go with FREQ=WEEKLY"),
        ("FREQ=MONTHLY;BYYEARDAY=1", "BYYEARDAY goes with"),
        ("FREQ=MONTHLY;BYSETPOS=1", "BYSETPOS chooses"),
        ("FREQ=WEEKLY;UNTIL=tomorrow", "UNTIL=TOMORROW is not understood"),
        ("FREQ=WEEKLY;UNTIL=20270101T000000Z", "in local time"),
        ("FREQ=WEEKLY;UNTIL=20270231", "no day of the calendar"),
        ("FREQ=WEEKLY;UNTIL=20251231", "before its first meeting"),
        ("FREQ=WEEKLY;UNTIL=99991231", "at most"),
        ("FREQ=MONTHLY;BYMONTHDAY=31", "BYMONTHDAY=-1"),
        ("FREQ=MONTHLY", "BYMONTHDAY=-1"),
        ("FREQ=WEEKLY;BYDAY=TH", "the next day that does is 2026-02-05"),
        ("FREQ=MONTHLY;BYDAY=-1FR;BYMONTH=" + ",".join(["1"] * 200), "300 characters"),
    ],
)
def test_a_rule_that_cannot_be_kept_is_refused_with_the_reason(rule: str, sentence: str) -> None:
    with pytest.raises(InvalidInput) as caught:
        check_rule(rule, LAST_FRIDAY)
    assert sentence in str(caught.value)
    assert set(caught.value.problems) == {"rule"}


@pytest.mark.parametrize(
    "rule",
    [
        "FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30",
        "FREQ=MONTHLY;BYDAY=MO;BYSETPOS=6",
        "FREQ=YEARLY;BYYEARDAY=366;BYMONTH=1",
        "FREQ=DAILY;INTERVAL=999;BYMONTH=2;BYMONTHDAY=30",
    ],
)
def test_a_rule_that_never_falls_is_found_out_at_once(rule: str) -> None:
    began = perf_counter()
    with pytest.raises(InvalidInput, match="never falls"):
        check_rule(rule, LAST_FRIDAY)
    assert perf_counter() - began < 2


@pytest.mark.parametrize(
    "rule",
    [
        "FREQ=MONTHLY;BYDAY=-1FR",
        "rrule:freq=monthly;byday=-1fr",
        "FREQ=WEEKLY;BYDAY=MO,FR;WKST=SU;INTERVAL=2;COUNT=10",
        "FREQ=YEARLY;BYMONTH=1;BYMONTHDAY=30",
        "FREQ=YEARLY",
        "FREQ=MONTHLY;BYMONTH=1,3;BYMONTHDAY=30",
        "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1",
        "FREQ=DAILY;UNTIL=20260130",
        "FREQ=YEARLY;BYWEEKNO=5;BYDAY=FR",
    ],
)
def test_good_rules_pass_for_the_last_friday_of_january(rule: str) -> None:
    check_rule(rule, LAST_FRIDAY)


def test_occurrences_between_two_moments_include_both_ends() -> None:
    found = occurrences(
        "FREQ=MONTHLY;BYDAY=-1FR", LAST_FRIDAY, datetime(2026, 3, 27, 9, 30), datetime(2026, 6, 26, 9, 30)
    )
    assert [f"{moment:%m-%d %H:%M}" for moment in found] == ["03-27 09:30", "04-24 09:30", "05-29 09:30", "06-26 09:30"]


def test_occurrences_stop_at_the_limit_the_count_and_the_last_day() -> None:
    far = datetime(2100, 1, 1)
    assert len(occurrences("FREQ=DAILY", LAST_FRIDAY, LAST_FRIDAY, far, limit=7)) == 7
    assert len(occurrences("FREQ=DAILY;COUNT=3", LAST_FRIDAY, LAST_FRIDAY, far)) == 3
    assert len(occurrences("FREQ=DAILY;UNTIL=20260203", LAST_FRIDAY, LAST_FRIDAY, far)) == 5
    assert len(occurrences("FREQ=DAILY;UNTIL=20260203T080000", LAST_FRIDAY, LAST_FRIDAY, far)) == 4
    assert occurrences("", LAST_FRIDAY, LAST_FRIDAY, far) == [LAST_FRIDAY]
    assert occurrences("", LAST_FRIDAY, far, far) == []


def test_the_last_start_is_the_last_meeting_not_the_last_day() -> None:
    assert last_start("FREQ=MONTHLY;BYDAY=-1FR;UNTIL=20261231", LAST_FRIDAY) == datetime(2026, 12, 25, 9, 30)
    assert last_start("FREQ=MONTHLY;BYDAY=-1FR", LAST_FRIDAY) is None


def test_normal_form_orders_the_parts() -> None:
    assert normal_rule("byday=mo;interval=2;freq=weekly") == "FREQ=WEEKLY;INTERVAL=2;BYDAY=MO"
    assert normal_rule("FREQ=WEEKLY;INTERVAL=01") == "FREQ=WEEKLY"


def test_parts() -> None:
    assert rule_parts("FREQ=WEEKLY;BYDAY=MO,WE") == {"FREQ": ("WEEKLY",), "BYDAY": ("MO", "WE")}


@given(st.text(alphabet="FREQ=;DAILYWKMONTHCU0123456789-,BYZ:\n é", max_size=60))
def test_any_text_is_a_rule_or_one_clear_error(text: str) -> None:
    with suppress(InvalidInput):
        normal = normal_rule(text)
        assert normal_rule(normal) == normal


@given(
    st.sampled_from(["FREQ=DAILY", "FREQ=WEEKLY", "FREQ=YEARLY", "FREQ=MONTHLY"]),
    st.integers(1, 20),
    st.datetimes(datetime(1990, 1, 1), datetime(2050, 1, 1)).map(lambda moment: moment.replace(microsecond=0, day=1)),
)
def test_simple_rules_agree_with_plain_arithmetic(frequency: str, interval: int, start: datetime) -> None:
    found = occurrences(f"{frequency};INTERVAL={interval}", start, start, datetime(2099, 1, 1), limit=5)
    assert found == [_step(frequency, start, interval * number) for number in range(5) if found[number : number + 1]]


def _step(frequency: str, start: datetime, number: int) -> datetime:
    if frequency == "FREQ=DAILY":
        return start + timedelta(days=number)
    if frequency == "FREQ=WEEKLY":
        return start + timedelta(weeks=number)
    months = start.month - 1 + (number if frequency == "FREQ=MONTHLY" else 12 * number)
    return start.replace(year=start.year + months // 12, month=months % 12 + 1)


@given(
    rule=st.sampled_from(
        [
            "FREQ=DAILY;INTERVAL=3",
            "FREQ=DAILY;INTERVAL=5;BYDAY=MO,TU,WE,TH,FR",
            "FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,TH",
            "FREQ=WEEKLY;INTERVAL=3;WKST=SU;BYDAY=SU,SA",
            "FREQ=MONTHLY;INTERVAL=2;BYDAY=-1FR",
            "FREQ=MONTHLY;BYMONTHDAY=-1",
            "FREQ=MONTHLY;BYMONTHDAY=31",
            "FREQ=MONTHLY;INTERVAL=5",
            "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1",
            "FREQ=YEARLY;INTERVAL=2;BYMONTH=3,9;BYDAY=2TU",
            "FREQ=YEARLY;BYWEEKNO=1,53;BYDAY=MO",
            "FREQ=WEEKLY;COUNT=90;BYDAY=WE",
            "FREQ=MONTHLY;BYDAY=1MO;UNTIL=20300101",
        ]
    ),
    start=st.datetimes(datetime(2015, 1, 1), datetime(2024, 12, 31)).map(lambda each: each.replace(microsecond=0)),
    after=st.integers(0, 4_000),
)
@settings(deadline=None, max_examples=150)
def test_a_series_long_begun_gives_what_it_gives_from_its_beginning(rule: str, start: datetime, after: int) -> None:
    first = start + timedelta(days=after)
    last = first + timedelta(days=500)
    whole = [each for each in rrulestr(rule, dtstart=start).between(start, last, inc=True) if each >= first]
    assert occurrences(rule, start, first, last) == whole
