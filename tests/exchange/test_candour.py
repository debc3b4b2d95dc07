"""The one sentence that says how much stayed in the house."""

import pytest

from tui_plan.exchange.candour import withheld_as_candid


@pytest.mark.parametrize(
    ("counts", "sentence"),
    [
        ({}, ""),
        ({"notes": 1}, "1 note was withheld as candid."),
        ({"notes": 1200}, "1,200 notes were withheld as candid."),
        ({"entries": 1, "notes": 1}, "1 entry and 1 note were withheld as candid."),
        ({"items": 1}, "The words on 1 item were withheld as candid."),
        ({"qualities": 1}, "The words on 1 quality were withheld as candid."),
        ({"notes": 1, "items": 1}, "1 note and the words on 1 item were withheld as candid."),
        (
            {"entries": 2, "notes": 3, "items": 4},
            "2 entries, 3 notes and the words on 4 items were withheld as candid.",
        ),
    ],
)
def test_what_was_withheld_is_counted_in_words(counts: dict[str, int], sentence: str) -> None:
    assert withheld_as_candid(**counts) == sentence
