"""Text in columns of a fixed width: nothing is lost, nothing stands out, whatever the letters."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rich.cells import cell_len

from tests.hostile import HOSTILE
from tui_plan.exchange.fixed_width import ELLIPSIS, beside, cells, fit, wrapped
from tui_plan.model.clean import clean

TEXTS = st.text(st.sampled_from("ab -@./_é\u0301漢字한🙂👩\u200d❤\ufe0f"), max_size=40).map(clean)


@pytest.mark.parametrize(
    "text",
    [*(clean(each) for each in HOSTILE if len(each) < 500), "漢字", "Ａ", "e\u0301", "👍🏽", "❤️", "हिन्दी", "─│├"],
)
def test_cells_are_those_of_a_terminal(text: str) -> None:
    assert cells(text) == cell_len(text)


@given(TEXTS, st.integers(2, 12))
@settings(max_examples=40)
def test_wrapping_keeps_every_letter_and_every_line_short(text: str, width: int) -> None:
    lines = wrapped(text, width)
    assert "".join("".join(lines).split()) == "".join(text.split())
    assert all(line and cells(line) <= width for line in lines)


@given(TEXTS, st.integers(1, 12), st.booleans())
@settings(max_examples=40)
def test_fitting_takes_exactly_the_width(text: str, width: int, right: bool) -> None:
    shown = fit(text, width, right=right)
    assert cells(shown) == width
    assert shown.strip() == text or shown.strip().endswith(ELLIPSIS)


def test_lines_break_at_spaces_and_addresses_where_they_are_joined() -> None:
    assert wrapped("the plan of the town", 8) == ["the plan", "of the", "town"]
    assert wrapped("maria.gonzalez@example.org", 15) == ["maria.gonzalez", "@example.org"]
    assert wrapped("x" * 7, 3) == ["xxx", "xxx", "x"]
    assert wrapped("", 5) == []


def test_columns_stand_beside_each_other() -> None:
    lines = list(beside([["1"], ["漢字", "b"], ["x", "y", "z"]], (2, 5, 1)))
    assert lines == ["1  漢字  x", "   b     y", "         z"]
