"""Text survives the way through a calendar file, or is taken out where no reader would survive it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar, Event

from tui_plan.exchange.calendar_text import categories, many_lines, one_line


def read_back(text: str) -> str:
    """Write a description with icalendar and read it again."""
    event = Event()
    event["DESCRIPTION"] = many_lines(text)
    calendar = Calendar()
    calendar.add_component(event)
    return str(Calendar.from_ical(calendar.to_ical()).events[0]["DESCRIPTION"])


@pytest.mark.parametrize(
    ("given_text", "line"),
    [
        ("plain", "plain"),
        ("two\nlines\r\nand\ta tab", "two lines and a tab"),
        ("page\u2028and\u2029paragraph", "page and paragraph"),
        ("\ufeffmarked", "marked"),
        ("half \ud83d a smile", "half a smile"),
        ("bell\x07 escape\x1b[31m nul\x00 next\x85line", "bell escape[31m nul next line"),
        ("  wide   space ", "wide space"),
        ("smile 😀 ✓ é", "smile 😀 ✓ é"),
    ],
)
def test_titles_are_one_readable_line(given_text: str, line: str) -> None:
    assert one_line(given_text) == line


def test_a_backslash_before_an_n_is_no_line_break() -> None:
    assert read_back("C:\\New\\names, not\\none; \\\\server\\N") == "C:\\New\\names, not\\none; \\\\server\\N"
    assert b"\\\\N" in one_line("\\N").to_ical()


def test_line_breaks_stay_in_descriptions_and_not_at_their_ends() -> None:
    assert many_lines("\n first\r\nsecond\rthird\u2029fourth \n") == "first\nsecond\nthird\nfourth"
    assert many_lines(" \n\x07\n ") == ""


def test_categories_hold_nothing_that_readers_split() -> None:
    assert categories(["Health, safety; care", "b\\N", "Health safety care", " ", ","]) == ["Health safety care", "b N"]


@given(st.text())
def test_what_is_written_is_what_is_read(text: str) -> None:
    kept = many_lines(text)
    assert read_back(text) == str(kept)
    assert read_back(str(kept)) == str(kept)


@given(st.text(alphabet="\\nN,;:\"' \n^r"))
def test_every_mix_of_backslashes_and_separators_comes_back(text: str) -> None:
    assert read_back(text) == text.strip()
