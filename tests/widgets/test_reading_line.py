"""A reading typed on one line: its day in any form, its value, a remark; what is not understood is said clearly."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tui_plan.model.errors import InvalidInput
from tui_plan.widgets.date_understanding import understanding
from tui_plan.widgets.reading_line import ReadingField, TypedReading

TODAY = date(2026, 3, 16)
FIELD = ReadingField(name="reading", label="Reading", understand=understanding(TODAY), today=TODAY, unit="%")
MARCH = date(2026, 3, 1)


@pytest.mark.parametrize(
    ("typed", "reading"),
    [
        ("2026-03-01 42 survey in 3 schools", TypedReading(MARCH, Decimal(42), "survey in 3 schools")),
        ("1 Mar 2026 5 6 7", TypedReading(MARCH, Decimal(5), "6 7")),
        ("Sun 1 March 2026 -3.5", TypedReading(MARCH, Decimal("-3.5"), "")),
        ("today 42% of all", TypedReading(TODAY, Decimal(42), "of all")),
        ("yesterday 42 % of all", TypedReading(date(2026, 3, 15), Decimal(42), "of all")),
        ("-1w 0", TypedReading(date(2026, 3, 9), Decimal(0), "")),
        ("2026-03-01 - the survey was put off", TypedReading(MARCH, None, "the survey was put off")),
        ("  2026-03-01   42   [/red] \x1b[31m ", TypedReading(MARCH, Decimal(42), "[/red] [31m")),
    ],
)
def test_a_reading_is_understood(typed: str, reading: TypedReading) -> None:
    assert FIELD.reading(typed) == reading


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("", "Begin with the day"),
        ("42 survey", "Begin with the day"),
        ("31 Mar 42", "Begin with the day"),
        ("03/04/2026 4", "can be 3 April 2026 or 4 March 2026"),
        ("2026-02-30 4", "2026-02-30 does not exist"),
        ("2026-03-17 4", "2026-03-17 lies in the future"),
        ("2026-03-01", "Write the value after the day"),
        ("2026-03-01 many", "Write the value after the day"),
        ("2026-03-01 1,200", "Write the value after the day"),
        ("2026-03-01 %", "Write the value after the day"),
        ("2026-03-01 -", "Say after the - why there is no value."),
    ],
)
def test_what_is_not_understood_is_said(typed: str, sentence: str) -> None:
    with pytest.raises(InvalidInput, match=sentence) as problem:
        FIELD.read(typed)
    assert list(problem.value.problems) == ["reading"]


def test_what_was_understood_shows_as_it_is_typed() -> None:
    assert FIELD.note("") == "Day, value and remark, such as 2026-03-31 42 survey in 3 schools"
    assert FIELD.note("1 Mar") == ""
    assert FIELD.note("1 Mar 2026") == "Sun 1 Mar 2026, 2 weeks ago · then the value"
    assert FIELD.note("1 Mar 2026 4.50 more") == "Sun 1 Mar 2026, 2 weeks ago · 4.50 % · more"
    assert FIELD.note("1 Mar 2026 - ill") == "Sun 1 Mar 2026, 2 weeks ago · no value · ill"


@settings(max_examples=30, deadline=None)
@given(
    st.dates(date(1990, 1, 1), TODAY),
    st.decimals(-100_000, 100_000, places=2),
    st.text(st.characters(min_codepoint=33, max_codepoint=0x2FF), min_size=1, max_size=30).filter(str.isprintable),
)
def test_any_day_value_and_remark_come_through(day: date, value: Decimal, remark: str) -> None:
    read = FIELD.reading(f"{day.isoformat()} {value} .{remark}")
    assert (read.day, read.value) == (day, value)
    assert read.remark.startswith(".")
