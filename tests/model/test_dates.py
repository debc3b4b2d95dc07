"""The dates that people type and write: what is understood, what stays words, and what is refused."""

import subprocess
import sys
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui_plan.model.dates import (
    Ambiguous,
    DateOrder,
    DateStyle,
    Impossible,
    Period,
    Words,
    distance,
    iso_date,
    show_date,
    typed_date,
    weekday,
    written_date,
    written_period,
)
from tui_plan.model.errors import InvalidInput

THURSDAY = date(2026, 1, 15)
LONG = "January February March April May June July August September October November December".split()  # noqa: SIM905
DAYS = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()  # noqa: SIM905
days = st.dates(date(1900, 1, 1), date(2200, 12, 31))


@pytest.mark.parametrize(
    "text",
    [
        "2020-09-30",
        "September 30, 2020",
        "Sept. 30, 2020",
        "30th of Sept 2020",
        "the 30th of September 2020",
        "Wed 30 September 2020",
        "Wednesday, September 30th, 2020",
        "30-Sep-2020",
        "30. September 2020",
        "30.9.2020",
        "30/09/2020",
        "09/30/2020",
        "2020/09/30",
        "2020-9-30",
        "30 SEPT., 2020",
        "2020-09-30T10:00:00",
        "2020-09-30 00:00:00",
        "30/09/2020 00:00",
        "Sep 30, 2020 5:00 pm",
        "  30 \n September 2020 ",
    ],
)
def test_forms_that_people_write(text: str) -> None:
    assert written_date(text) == date(2020, 9, 30)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "12 months",
        "Ongoing every 24 months",
        "See timeline on performance.gov",
        "1 activity per quarter, any order encouraged of all agencies",
        "After OMB Open Data Plan Guidance is issued; Annually on Agency IRM Strategic Plan schedule",
        "Minimally every 3 months, as often as possible",
        "90 days after OMB/GSA standard metadata guidance is issued",
        "2020",
        "Dec 2020",
        "30 September",
        "Q1 2020",
        "Monday",
        "may",
        "1/2",
        "9/30/20",
        "30 Sept 20",
        "20200930",
        "2020-W40-3",
        "30 September 2020 or later",
        "1 2 2020",
        "1/2020/3",
        "30/9-2020",
        "2020年9月30日",
        "３０.９.２０２０",
        "٣٠/٠٩/٢٠٢٠",
        "30 September 2020, 31 October 2020",
        "30 September October 2020",
    ],
)
def test_everything_else_stays_words(text: str) -> None:
    assert written_date(text) == Words(text, getattr(written_date(text), "hint", ""))


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ("9/30/20", "9/30/20 gives no year of four digits: write it in full."),
        ("30 Sept 20", "30 Sept 20 gives no year of four digits: write it in full."),
        ("30 September", "30 September lacks its day, month or year: write all three."),
        ("Dec 2020", "Dec 2020 lacks its day, month or year: write all three."),
        ("12 months", ""),
    ],
)
def test_a_near_miss_says_what_it_lacks(text: str, hint: str) -> None:
    assert written_date(text) == Words(text, hint)


@pytest.mark.parametrize(
    "text",
    [
        "31 February 2026",
        "31/02/2026",
        "02/31/2026",
        "2026-02-29",
        "2026/13/04",
        "45 Sept 2026",
        "0 May 2026",
        "00/05/2026",
        "1 May 3020",
        "1/1/0001",
        "Tuesday 30 September 2020",
    ],
)
def test_a_date_that_does_not_exist_is_said_to_be_none(text: str) -> None:
    assert isinstance(written_date(text), Impossible)


def test_the_sentence_of_an_impossible_date() -> None:
    with pytest.raises(InvalidInput, match=r"^31 February 2026 does not exist: correct the day or the month\.$"):
        typed_date("31 February 2026", THURSDAY)
    with pytest.raises(InvalidInput, match="30 September 2020 is a Wednesday: correct the weekday or the date"):
        typed_date("Tue 30 September 2020", THURSDAY)


def test_day_and_month_are_never_guessed() -> None:
    assert written_date("03/04/2026") == Ambiguous("03/04/2026", date(2026, 4, 3), date(2026, 3, 4))
    assert written_date("03/04/2026", DateOrder.DAY_MONTH) == date(2026, 4, 3)
    assert written_date("03/04/2026", DateOrder.MONTH_DAY) == date(2026, 3, 4)
    assert written_date("04.04.2026") == date(2026, 4, 4)
    assert written_date("Fri 03/04/2026") == date(2026, 4, 3)
    with pytest.raises(InvalidInput, match="can be 3 April 2026 or 4 March 2026: write 2026-04-03 or 2026-03-04"):
        typed_date("03/04/2026", THURSDAY)


def test_a_date_against_the_chosen_order_is_refused() -> None:
    assert written_date("13/04/2026", DateOrder.DAY_MONTH) == date(2026, 4, 13)
    assert isinstance(written_date("13/04/2026", DateOrder.MONTH_DAY), Impossible)
    assert isinstance(written_date("04/13/2026", DateOrder.DAY_MONTH), Impossible)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("today", date(2026, 1, 15)),
        (" Tomorrow ", date(2026, 1, 16)),
        ("yesterday", date(2026, 1, 14)),
        ("fri", date(2026, 1, 16)),
        ("thu", date(2026, 1, 22)),
        ("Wednesday", date(2026, 1, 21)),
        ("+10d", date(2026, 1, 25)),
        ("+2w", date(2026, 1, 29)),
        ("-1w", date(2026, 1, 8)),
        ("+3m", date(2026, 4, 15)),
        ("+1y", date(2027, 1, 15)),
        ("eom", date(2026, 1, 31)),
        ("EOQ", date(2026, 3, 31)),
        ("eoy", date(2026, 12, 31)),
        ("31 dec 2026", date(2026, 12, 31)),
    ],
)
def test_short_forms(text: str, expected: date) -> None:
    assert typed_date(text, THURSDAY) == expected


def test_month_ends_are_kept() -> None:
    assert typed_date("+1m", date(2026, 1, 31)) == date(2026, 2, 28)
    assert typed_date("eom", date(2028, 2, 3)) == date(2028, 2, 29)
    assert typed_date("eoq", date(2026, 11, 30)) == date(2026, 12, 31)


@pytest.mark.parametrize(
    "text", ["", "soon", "+2", "+2 weeks", "next fri", "tomorrow 6pm", "+9999y", "-9999y", "+500y"]
)
def test_what_is_not_understood_is_an_error(text: str) -> None:
    with pytest.raises(InvalidInput):
        typed_date(text, THURSDAY)


def test_a_long_text_is_not_repeated_whole() -> None:
    with pytest.raises(InvalidInput) as caught:
        typed_date("x" * 10_000, THURSDAY)
    assert len(str(caught.value)) < 140


@pytest.mark.parametrize(
    "text",
    [
        "2020-01-01 – 2020-03-31",
        "2020-01-01–2020-03-31",
        "Jan 1, 2020 to March 31, 2020",
        "from 1 January 2020 until 31 March 2020",
        "1.1.2020 - 31.3.2020",
    ],
)
def test_two_dates_make_a_period(text: str) -> None:
    assert written_period(text) == Period(date(2020, 1, 1), date(2020, 3, 31))


def test_half_a_period_is_words() -> None:
    assert written_period("1-31 January 2020") == written_date("1-31 January 2020")
    assert written_period("1 January 2020 to the end") == Words("1 January 2020 to the end")
    assert written_period("a to b to c") == Words("a to b to c")
    assert isinstance(written_period("1 January 2020 to 31 February 2020"), Impossible)
    assert isinstance(written_period("01/02/2020 to 31/03/2020"), Ambiguous)
    assert written_period("30 September 2020") == date(2020, 9, 30)


@pytest.mark.parametrize(
    "text", ["20260101", "2026-1-1", "2026-W01-1", "1899-12-31", "2201-01-01", "２０２６-01-01", "2026-02-30"]
)
def test_iso_is_strict(text: str) -> None:
    assert iso_date(text) is None


def test_shown_dates() -> None:
    assert show_date(THURSDAY) == "2026-01-15"
    assert show_date(THURSDAY, DateStyle.DAY_MONTH) == "15 Jan 2026"
    assert show_date(None) == ""
    assert weekday(THURSDAY) == "Thu"


@pytest.mark.parametrize(
    ("days", "past", "expected"),
    [
        (0, "ago", "today"),
        (1, "ago", "tomorrow"),
        (-1, "ago", "yesterday"),
        (-1, "late", "1 day late"),
        (3, "ago", "in 3 days"),
        (-13, "late", "13 days late"),
        (-14, "late", "2 weeks late"),
        (59, "ago", "in 8 weeks"),
        (61, "ago", "in 2 months"),
        (-729, "ago", "24 months ago"),
        (-731, "ago", "2 years ago"),
    ],
)
def test_distance_in_words(days: int, past: str, expected: str) -> None:
    assert distance(THURSDAY + timedelta(days=days), THURSDAY, past=past) == expected


def _forms(day: date) -> list[str]:
    month, name = LONG[day.month - 1], DAYS[day.weekday()]
    return [
        day.isoformat(),
        f"{month} {day.day}, {day.year}",
        f"{day.day} {month[:3]} {day.year}",
        f"{day.day}th of {month} {day.year}",
        f"{name}, {day.day} {month.upper()} {day.year}",
        f"{name[:3]} {month[:3]}. {day.day} {day.year}",
        f"{day.day}-{month[:3]}-{day.year}",
        f"{day.year} {month} {day.day}",
        f"{day.year}/{day.month}/{day.day}",
        f"{day.isoformat()}T23:59:59Z",
        show_date(day, DateStyle.DAY_MONTH),
    ]


@given(days)
def test_every_written_form_gives_its_date_back(day: date) -> None:
    assert {written_date(form) for form in _forms(day)} == {day}
    assert {typed_date(form, THURSDAY) for form in _forms(day)} == {day}


@given(days, st.sampled_from("./-"))
def test_numbers_in_a_chosen_order_give_the_date_back(day: date, mark: str) -> None:
    assert written_date(f"{day.day}{mark}{day.month}{mark}{day.year}", DateOrder.DAY_MONTH) == day
    assert written_date(f"{day.month:02}{mark}{day.day:02}{mark}{day.year}", DateOrder.MONTH_DAY) == day


@given(days)
def test_without_the_order_numbers_are_certain_or_ambiguous(day: date) -> None:
    found = written_date(f"{day.day}/{day.month}/{day.year}")
    if day.day > 12 or day.day == day.month:
        assert found == day
    else:
        assert isinstance(found, Ambiguous)
        assert day == found.day_first


@given(days)
def test_a_text_with_a_missing_part_is_never_a_date(day: date) -> None:
    month, name = LONG[day.month - 1], DAYS[day.weekday()]
    texts = [f"{month} {day.year}", f"{day.day} {month}", f"{day.year}", f"{name} {day.day}", f"{name} {month}", month]
    texts += [f"{day.month}/{day.year}", f"{day.day}/{day.month}", f"{day.year}-{day.month:02}", f"{name} {day.year}"]
    assert all(isinstance(written_date(text), Words) for text in texts)


@given(st.text(max_size=80) | st.text("0123456789./-, janfebmonst:TZ", max_size=80))
def test_any_text_is_answered(text: str) -> None:
    found = written_date(text)
    assert isinstance(found, date | Words | Ambiguous | Impossible)
    if isinstance(found, date):
        assert str(found.year) in text
    written_period(text)


@pytest.mark.parametrize("unit", ["1/", "1 ", "jan ", "2020-", " to ", "–", "the ", "00:00 ", "\u0301", "9"])
def test_hostile_length_is_answered_at_once(unit: str) -> None:
    text = unit * (10_000 // len(unit))
    assert isinstance(written_date(text), Words)
    assert isinstance(written_period(text), Words)


def test_plain_dates_do_not_load_dateutil() -> None:
    code = (
        "import sys, datetime; from tui_plan.model import dates;"
        "today = datetime.date(2026, 1, 15);"
        "[dates.typed_date(text, today) for text in ('2026-12-31', 'fri', 'eom')];"
        "sys.exit(any(name.startswith('dateutil') for name in sys.modules))"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
