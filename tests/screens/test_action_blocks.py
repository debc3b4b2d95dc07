"""Words of the detail of an action that are made here."""

import pytest

from tui_plan.screens.action_blocks import variance_words


@pytest.mark.parametrize(
    ("days", "words"),
    [(6, "6 days after the baseline"), (1, "1 day after the baseline"), (-1, "1 day before the baseline")],
)
def test_a_variance_is_told_in_plain_words(days: int, words: str) -> None:
    assert variance_words(days) == words
