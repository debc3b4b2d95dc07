"""User text is shown as it is, obeyed never, and fits its cells."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from tests.hostile import HOSTILE, control_characters
from tui_plan.widgets.text import content, crop, fit, shown, width_of, wrap

LINES = st.text(st.characters(codec="utf-8"), max_size=60).map(shown)


@pytest.mark.parametrize("text", HOSTILE)
def test_shown_text_holds_nothing_a_terminal_obeys(text: str) -> None:
    assert not control_characters(shown(text))


@pytest.mark.parametrize("text", ["Budget [/] review", "[draft] plan [TBC]", "[b]x[/b]"])
def test_markup_stays_text(text: str) -> None:
    assert content(text).plain == text
    assert content(text, "bold").plain == text


@given(LINES, st.integers(1, 40), st.booleans())
def test_fit_takes_exactly_its_cells(text: str, width: int, right: bool) -> None:
    assert cell_len(fit(text, width, right=right)) == width


@given(LINES, st.integers(1, 40))
def test_crop_leaves_what_fits_and_marks_what_it_cut(text: str, width: int) -> None:
    cropped = crop(text, width)
    assert width_of(cropped) <= width
    assert cropped == text or cropped.endswith("…")


def test_a_wide_character_is_not_cut_in_half() -> None:
    assert crop("日本語", 5) == "日本…"
    assert crop("日本語", 4) == "日…"
    assert fit("日本語", 4) == "日… "


@given(LINES, st.integers(4, 40))
def test_wrapped_lines_fit_and_keep_every_word(text: str, width: int) -> None:
    lines = wrap(text, width)
    assert all(cell_len(line) <= width for line in lines)
    assert "".join("".join(lines).split()) == "".join(text.split())


def test_the_last_line_allowed_says_that_there_is_more() -> None:
    assert wrap("one two three four five", 9, most=2) == ["one two", "three fo…"]
    assert wrap("one two", 9, most=2) == ["one two"]


def test_own_line_ends_are_kept() -> None:
    assert wrap("a\nb", 10) == ["a", "b"]
