"""Texts from people: what is taken out, what stays, and that cleaning twice is cleaning once."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui_plan.model.clean import clean, name_key

HOSTILE = st.text(
    st.sampled_from("aé́̇ ̈\u200d\ufe0f❤👩🏽\u202e\u200b\x1b\x07\n\r\x85\u2028\t\ue000\ud800ᄀ각कक़़ﬁ[]"), max_size=30
)


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("\x1b]52;c;ZXZpbA==\x07 plan", "]52;c;ZXZpbA== plan"),
        ("\x1b[31mred\x1b[0m", "[31mred[0m"),
        ("one\x85two\u2028three\x0bfour", "one two three four"),
        ("abc\u202edef\u2066ghi", "abcdefghi"),
        ("zero\u200bwidth\ufeff", "zerowidth"),
        ("private\ue000use", "privateuse"),
        ("lone\ud800surrogate", "lonesurrogate"),
        ("  much \t space  ", "much space"),
        ("non\u00a0breaking", "non breaking"),
        ("e\u0301", "é"),
        ("e\u200b\u0301", "é"),
        ("👩\u200d👩\u200d👧", "👩\u200d👩\u200d👧"),
        ("❤\ufe0f\u200d🔥", "❤\ufe0f\u200d🔥"),
        ("👩🏽\u200d🚒", "👩🏽\u200d🚒"),
        ("pay\u200dpal\ufe0f", "paypal"),
        ("a\u0301\u200db", "áb"),
        ("[bold]not markup[/]", "[bold]not markup[/]"),
        ("Kāpiti 港 Łódź", "Kāpiti 港 Łódź"),
    ],
)
def test_one_line(typed: str, kept: str) -> None:
    assert clean(typed) == kept


def test_lines_stay_where_they_are_wanted() -> None:
    assert clean("\r\n first \r\n\r\n second\rthird\n", lines=True) == "first\n\nsecond\nthird"


def test_marks_are_limited() -> None:
    assert clean("z" + "\u0336" * 200) == "z" + "\u0336" * 4


def test_invisible_runs_are_limited() -> None:
    assert len(clean("❤" + "\ufe0f\u200d" * 500)) <= 3


@given(st.one_of(HOSTILE, st.text()), st.booleans())
def test_cleaning_twice_is_cleaning_once(text: str, lines: bool) -> None:
    once = clean(text, lines=lines)
    assert clean(once, lines=lines) == once


@given(st.one_of(HOSTILE, st.text()), st.booleans())
def test_nothing_that_a_terminal_obeys_is_left(text: str, lines: bool) -> None:
    kept = clean(text, lines=lines)
    assert unicodedata.is_normalized("NFC", kept)
    allowed = {"\n"} if lines else set()
    commands = {character for character in kept if unicodedata.category(character) in {"Cc", "Cs", "Co", "Cn"}}
    assert commands <= allowed
    assert not set(kept) & set("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200b\u200e\u200f\ufeff")


@given(st.text(st.characters(codec="ascii", categories=("L", "N", "P", "S", "Zs"))))
def test_plain_words_stay_as_they_are(text: str) -> None:
    assert clean(text) == " ".join(text.split())


def test_names_compare_without_case_and_width() -> None:
    assert name_key("ÉCOLE  Straße") == name_key("e\u0301cole STRASSE")
    assert name_key("ＡＢＣ") == name_key("abc")
