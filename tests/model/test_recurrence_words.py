"""What people type becomes a rule, what they see is a sentence, and nothing is guessed."""

# ruff: noqa: DTZ001 (the times of a series are naive: they are local to it)

from contextlib import suppress
from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui_plan.model.errors import InvalidInput
from tui_plan.model.recurrence import WEEKDAYS, normal_rule, occurrences
from tui_plan.model.recurrence_words import EXAMPLES, rule_from_words, rule_in_words


@pytest.mark.parametrize(
    ("words", "rule", "sentence"),
    [
        ("", "", "once"),
        ("Weekly", "FREQ=WEEKLY", "every week"),
        ("every 2 weeks", "FREQ=WEEKLY;INTERVAL=2", "every 2 weeks"),
        ("fortnightly on Tue and Thu", "FREQ=WEEKLY;INTERVAL=2;BYDAY=TU,TH", "every 2 weeks on Tuesday and Thursday"),
        ("every Wednesday", "FREQ=WEEKLY;BYDAY=WE", "every week on Wednesday"),
        ("every weekday", "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR", "every weekday"),
        ("monthly on last fri", "FREQ=MONTHLY;BYDAY=-1FR", "every month on the last Friday"),
        ("monthly on the last day", "FREQ=MONTHLY;BYMONTHDAY=-1", "every month on the last day"),
        ("monthly on 1st and 15th", "FREQ=MONTHLY;BYMONTHDAY=1,15", "every month on the 1st and 15th"),
        ("monthly on 1st and 3rd tue", "FREQ=MONTHLY;BYDAY=1TU,3TU",
         "every month on the 1st Tuesday and the 3rd Tuesday"),
        ("quarterly", "FREQ=MONTHLY;INTERVAL=3", "every 3 months"),
        ("every quarter on first mon", "FREQ=MONTHLY;INTERVAL=3;BYDAY=1MO", "every 3 months on the 1st Monday"),
        ("yearly", "FREQ=YEARLY", "every year"),
        ("yearly on first mon in may", "FREQ=YEARLY;BYDAY=1MO;BYMONTH=5", "every year on the 1st Monday in May"),
        ("daily until 2026-12-31", "FREQ=DAILY;UNTIL=20261231", "every day until 2026-12-31"),
        ("weekly 10 times", "FREQ=WEEKLY;COUNT=10", "every week 10 times"),
        ("freq=monthly;byday=-2fr", "FREQ=MONTHLY;BYDAY=-2FR", "every month on the 2nd-last Friday"),
        ("FREQ=MONTHLY;BYDAY=MO", "FREQ=MONTHLY;BYDAY=MO", "by the rule FREQ=MONTHLY;BYDAY=MO"),
        ("FREQ=YEARLY;BYMONTHDAY=-1", "FREQ=YEARLY;BYMONTHDAY=-1", "by the rule FREQ=YEARLY;BYMONTHDAY=-1"),
        ("FREQ=WEEKLY;INTERVAL=1;COUNT=1", "FREQ=WEEKLY;COUNT=1", "every week 1 time"),
        ("monthly on the last and 2nd-last day", "FREQ=MONTHLY;BYMONTHDAY=-1,-2",
         "every month on the last day and 2nd-last day"),
        ("FREQ=MONTHLY;BYDAY=FR;BYMONTHDAY=13", "FREQ=MONTHLY;BYDAY=FR;BYMONTHDAY=13",
         "by the rule FREQ=MONTHLY;BYDAY=FR;BYMONTHDAY=13"),
        ("FREQ=MONTHLY;BYDAY=MO,TU;BYSETPOS=-1", "FREQ=MONTHLY;BYDAY=MO,TU;BYSETPOS=-1",
         "by the rule FREQ=MONTHLY;BYDAY=MO,TU;BYSETPOS=-1"),
    ],
)  # fmt: skip
def test_words_and_rules(words: str, rule: str, sentence: str) -> None:
    assert rule_from_words(words) == rule
    assert rule_in_words(rule) == sentence


@pytest.mark.parametrize(
    "words",
    [
        "tomorrow",
        "every other week",
        "every 2 tuesdays",
        "every 0 weeks",
        "monthly on",
        "monthly on mon",
        "monthly on last tue and thu",
        "monthly on 32",
        "monthly on 0",
        "weekly on last fri",
        "weekly on 3",
        "weekly in may",
        "daily on mon",
        "yearly on 15",
        "yearly on last fri",
        "yearly on 15 in brumaire",
        "weekly until friday",
        "weekly until 31/12/2026",
        "weekly until 2026-02-30",
        "weekly 0 times",
        "weekly 3 times until 2026-12-31",
        "\x1b[31mweekly",
    ],
)
def test_what_is_not_understood_is_an_error(words: str) -> None:
    with pytest.raises(InvalidInput) as caught:
        rule_from_words(words)
    assert set(caught.value.problems) == {"rule"}


@pytest.mark.parametrize("example", EXAMPLES)
def test_the_examples_that_hints_show_are_true(example: str) -> None:
    assert rule_in_words(rule_from_words(example))


@given(st.integers(1, 12), st.sampled_from(["first", "2nd", "third", "4th", "last"]), st.sampled_from(WEEKDAYS))
def test_numbered_weekdays_fall_where_the_words_say(months: int, ordinal: str, weekday: str) -> None:
    day = dict(zip(WEEKDAYS, ("mon", "tue", "wed", "thu", "fri", "sat", "sun"), strict=True))[weekday]
    rule = rule_from_words(f"every {months} months on {ordinal} {day}")
    start = datetime(2026, 1, 1, 14)
    for moment in occurrences(rule, start, start, datetime(2030, 1, 1)):
        assert WEEKDAYS[moment.weekday()] == weekday
        if ordinal == "last":
            assert (moment + timedelta(days=7)).month != moment.month
        else:
            assert (moment.day - 1) // 7 + 1 == {"first": 1, "2nd": 2, "third": 3, "4th": 4}[ordinal]


RULES = st.builds(
    lambda frequency, interval, choice, ending: ";".join(
        part for part in (frequency, interval, choice, ending) if part
    ),
    st.sampled_from(["FREQ=DAILY", "FREQ=WEEKLY", "FREQ=MONTHLY", "FREQ=YEARLY"]),
    st.sampled_from(["", "INTERVAL=1", "INTERVAL=2", "INTERVAL=13"]),
    st.sampled_from(
        [
            "",
            "BYDAY=TU",
            "BYDAY=MO,TU,WE,TH,FR",
            "BYDAY=-1FR",
            "BYDAY=1MO,-2TU",
            "BYDAY=1MO,TU",
            "BYMONTHDAY=1,15,-1",
            "BYMONTHDAY=-3;BYMONTH=2",
            "BYDAY=2SU;BYMONTH=3,11",
            "BYMONTH=5",
            "BYDAY=MO,TU;BYSETPOS=-1",
            "BYDAY=MO;WKST=SU",
            "BYDAY=FR;BYMONTHDAY=13",
        ]
    ),
    st.sampled_from(["", "COUNT=1", "COUNT=12", "UNTIL=20281231", "UNTIL=20281231T100000"]),
)


@given(RULES)
def test_the_words_for_a_rule_are_read_back_as_that_rule(rule: str) -> None:
    with suppress(InvalidInput):
        normal = normal_rule(rule)
        assert rule_from_words(rule_in_words(rule)) == normal
        assert rule_from_words(rule_in_words(rule).capitalize()) == normal


@given(st.text(max_size=40))
def test_any_text_is_understood_or_refused(text: str) -> None:
    with suppress(InvalidInput):
        rule = rule_from_words(text)
        assert rule_from_words(rule) == rule
