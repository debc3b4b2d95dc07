"""The evaluation plan: when data is due, how far measures have come, first outcomes, quick wins, sparklines."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from dateutil.relativedelta import relativedelta
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.quality_plan import TODAY, QualityPlan
from tui_plan.insight.action_parts import ReadingLine, parts_of
from tui_plan.insight.evaluation import (
    MeasureRow,
    evaluation,
    first_outcomes,
    measures_of,
    next_due_day,
    quick_wins,
    sparkline,
)
from tui_plan.model.plan import Action
from tui_plan.model.store import Author
from tui_plan.operations import actions, dependencies, parts, plans
from tui_plan.operations.undoing import redo, undo

DUE = date(2026, 1, 31)


def measure_of(quality: QualityPlan) -> MeasureRow:
    (row,) = [one for one in evaluation(TODAY, quality.plan) if one.action == quality.standards]
    return row


def edit(author: Author, quality: QualityPlan, **values: object) -> MeasureRow:
    parts.edit_measure(author, measure_of(quality).uid, **values)  # type: ignore[arg-type]
    return measure_of(quality)


def read(author: Author, quality: QualityPlan, day: date, value: str = "1") -> MeasureRow:
    parts.add_reading(author, measure_of(quality).uid, taken_on=day, value=Decimal(value))
    return measure_of(quality)


def worth(*values: str | None, baseline: str | None = "10", target: str | None = "50") -> MeasureRow:
    """Return a measure with a reading for each value, a day apart."""
    readings = tuple(
        ReadingLine(str(place), DUE + timedelta(days=place), None if value is None else Decimal(value), "", "", 1)
        for place, value in enumerate(values)
    )
    amounts = [None if text is None else Decimal(text) for text in (baseline, target)]
    head = ("m", "a", 7, "Do", "in progress", "d", "Area", "p", "Plan", "Courses", "courses")
    return MeasureRow(*head, amounts[0], amounts[1], "", "", None, None, 1, readings, None)


def test_a_measure_is_told_whole(quality: QualityPlan, author: Author) -> None:
    row = edit(author, quality, method="Counted", collector=quality.ana, every=3)
    assert (row.action_ref, row.action_title, row.area_title, row.plan_name) == (
        "A-1",
        "Draft the standards",
        "Learners' views",
        "Quality together",
    )
    assert (row.statement, row.unit, row.method, row.collector) == (
        "Courses reviewed",
        "courses",
        "Counted",
        "Ana Ruiz",
    )
    assert (row.baseline, row.target, row.due, row.every) == (Decimal(10), Decimal(50), date(2026, 12, 1), 3)
    assert [reading.value for reading in row.readings] == [Decimal("12.5")]
    assert row.share == pytest.approx(0.0625)
    assert row.next_due == date(2026, 12, 1)
    assert not row.overdue(TODAY)
    assert row.overdue(date(2026, 12, 2))
    assert evaluation(TODAY) == evaluation(TODAY, quality.plan)


def test_only_readings_until_today_are_seen(quality: QualityPlan, author: Author) -> None:
    row = read(author, quality, TODAY, "20")
    assert row.latest is not None
    assert row.latest.value == 20
    assert read(author, quality, TODAY + timedelta(days=1), "30").values == (Decimal("12.5"), Decimal(20))


def test_the_measures_of_an_action_are_told_as_in_the_plan_also_with_what_is_to_come(
    quality: QualityPlan, author: Author
) -> None:
    row = measure_of(quality)
    assert measures_of(quality.standards) == [row]
    parts.add_reading(author, row.uid, taken_on=TODAY + timedelta(days=1), value=Decimal(30))
    (known,) = measures_of(quality.standards)
    assert known.values == (Decimal("12.5"), Decimal(30)), "one typed for a day to come can be mended"
    assert [line.action for line in evaluation(TODAY, quality.plan) if line.action != quality.standards] == []


def test_without_an_interval_data_is_due_once(quality: QualityPlan, author: Author) -> None:
    assert edit(author, quality, due=date(2026, 3, 24)).next_due == date(2026, 3, 24)
    assert edit(author, quality, due=date(2026, 3, 23)).next_due is None, "the reading of 20 February is 31 days early"
    assert edit(author, quality, due=date(2026, 2, 1)).next_due is None, "data came late, but it came"
    assert edit(author, quality, due=None, every=None).next_due is None


def test_every_some_months_data_is_due_again(quality: QualityPlan, author: Author) -> None:
    due = edit(author, quality, due=DUE, every=1).next_due
    assert due == date(2026, 2, 28), "the reading of 20 February came late for January"
    assert read(author, quality, date(2026, 3, 14)).next_due == date(2026, 3, 31), "late for February"
    assert read(author, quality, date(2026, 3, 15)).next_due == date(2026, 3, 31), "more than half a month early"
    assert read(author, quality, date(2026, 3, 16)).next_due == date(2026, 4, 30)


def test_early_data_counts_for_the_day_that_is_near(quality: QualityPlan, author: Author) -> None:
    assert edit(author, quality, due=date(2026, 3, 1), every=1).next_due == date(2026, 4, 1), "within half a month"
    assert edit(author, quality, due=date(2026, 3, 8), every=1).next_due == date(2026, 3, 8), "16 days are too early"
    assert edit(author, quality, due=date(2026, 3, 8), every=12).next_due == date(2027, 3, 8), (
        "of a year 31 days are near"
    )


def test_what_is_deferred_or_withdrawn_needs_no_data(quality: QualityPlan, author: Author) -> None:
    assert edit(author, quality, due=date(2025, 6, 1), every=6).overdue(date(2026, 6, 2))
    actions.record_progress(author, quality.standards, today=TODAY, status="deferred")
    assert measure_of(quality).next_due is None
    actions.record_progress(author, quality.standards, today=TODAY, status="complete", actual=TODAY)
    assert measure_of(quality).next_due == date(2026, 6, 1), "an outcome shows after the work is done"


@settings(max_examples=40, deadline=None)
@given(
    st.dates(date(1990, 1, 1), date(2060, 1, 1)),
    st.integers(1, 40),
    st.lists(st.dates(date(1990, 1, 1), date(2060, 1, 1)), max_size=4),
)
def test_each_reading_settles_what_had_passed_or_else_the_day_that_is_near(
    due: date, every: int, taken: list[date]
) -> None:
    days = [due + relativedelta(months=every * step) for step in range(1_000 // every + 3)]
    settled = 0
    for one in sorted(taken):
        passed = sum(day <= one for day in days)
        day, after = days[settled : settled + 2]
        near = min(31, (after - day).days // 2)
        settled = passed if passed > settled else settled + (0 <= (day - one).days <= near)
    assert next_due_day(due, every, taken) == days[settled]


def test_late_data_does_not_use_up_the_day_that_comes_next() -> None:
    monthly = date(2026, 8, 7)
    quarter = [date(2026, 8, 7), date(2026, 9, 6), date(2026, 10, 7)]
    assert next_due_day(monthly, 1, quarter) == date(2026, 11, 7)
    assert next_due_day(monthly, 1, [*quarter, date(2026, 11, 24)]) == date(2026, 12, 7)
    assert next_due_day(monthly, 1, [*quarter, date(2026, 11, 24), date(2026, 12, 1)]) == date(2027, 1, 7)


@pytest.mark.parametrize(
    ("row", "share", "reached"),
    [
        (worth("30"), 0.5, False),
        (worth("30", "50"), 1.0, True),
        (worth("60", "20"), 0.25, True),
        (worth("5"), -0.125, False),
        (worth("5", baseline="10", target="4"), 5 / 6, False),
        (worth("3", baseline="10", target="4"), 7 / 6, True),
        (worth("-3", baseline="-10", target="-2"), 0.875, False),
        (worth("30", None), 0.5, False),
        (worth(None), None, False),
        (worth(), None, False),
        (worth("30", target=None), None, False),
        (worth("30", "55", baseline=None), None, True),
        (worth("60", "55", baseline=None), None, False),
        (worth("30", baseline=None), None, False),
        (worth("9", baseline="10", target="10"), None, False),
        (worth("10", baseline="10", target="10"), None, True),
    ],
)
def test_how_far_a_measure_has_come(row: MeasureRow, share: float | None, reached: bool) -> None:
    assert row.share == (share if share is None else pytest.approx(share))
    assert row.reached is reached


def test_an_outcome_is_first_seen_when_a_reading_moves_towards_the_target() -> None:
    def moved(row: MeasureRow) -> Decimal | None:
        return row.first_moved.value if row.first_moved else None

    assert moved(worth("10", "9", "11", "40")) == 11
    assert moved(worth("10", "11", "9", target="0")) == 9
    assert moved(worth("20", "15", "25", baseline=None)) == 25
    assert moved(worth("10", "5")) is None
    assert moved(worth("20", target=None)) is None
    assert moved(worth()) is None


def test_first_outcomes_by_area(quality: QualityPlan, author: Author) -> None:
    seen, nothing = first_outcomes(TODAY, quality.plan)
    assert (seen.ref, seen.title, seen.expected) == ("D-1", "Learners' views", None)
    assert seen.seen is not None
    assert (seen.seen.taken_on, seen.seen.value) == (date(2026, 2, 20), Decimal("12.5"))
    assert seen.measure is not None
    assert seen.measure.statement == "Courses reviewed"
    assert (nothing.title, nothing.measure, nothing.seen, nothing.expected) == ("Protocols", None, None, None)
    action = actions.add_action(author, quality.objectives[2], today=TODAY, title="Write")
    for day in (date(2026, 9, 1), date(2026, 6, 1), None):
        parts.add_measure(author, action, statement=f"Pages {day}", due=day)
    expected = first_outcomes(TODAY, quality.plan)[1]
    assert (expected.seen, expected.expected) == (None, date(2026, 6, 1))
    assert expected.measure is not None
    assert expected.measure.statement == "Pages 2026-06-01"


def test_the_earlier_of_two_outcomes_is_the_first(quality: QualityPlan, author: Author) -> None:
    other = parts.add_measure(author, quality.report, statement="Replies", baseline=Decimal(0), target=Decimal(9))
    parts.add_reading(author, other, taken_on=date(2026, 2, 19), value=Decimal(1))
    first = first_outcomes(TODAY, quality.plan)[0]
    assert first.measure is not None
    assert first.measure.statement == "Replies"


def test_quick_wins_are_what_shows_soon(quality: QualityPlan, author: Author) -> None:
    def found() -> dict[int, list[tuple[str, str]]]:
        wins = quick_wins(TODAY, quality.plan)
        return {days: [(win.action.title, win.shows) for win in many] for days, many in wins.items()}

    assert found() == {30: [("Draft the standards", "Courses reviewed")], 60: [], 90: []}
    for days, milestone in ((30, True), (31, True), (60, False), (90, True), (91, True), (-1, True), (0, True)):
        day = TODAY + timedelta(days=days)
        values = {"title": f"In {days}", "agreed": day, "milestone": milestone}
        actions.add_action(author, quality.objectives[0], today=TODAY, **values)  # type: ignore[arg-type]
    assert found() == {
        30: [("In 0", "milestone"), ("Draft the standards", "Courses reviewed"), ("In 30", "milestone")],
        60: [("In 31", "milestone")],
        90: [("In 90", "milestone")],
    }
    dependencies.add_dependency(author, quality.standards, quality.survey)
    assert found()[30] == [("In 0", "milestone"), ("In 30", "milestone")], "what waits for others wins nothing soon"
    assert quick_wins(TODAY, plans.add_plan(author, name="Empty")) == {30: (), 60: (), 90: ()}


def test_sparklines() -> None:
    def line(*values: str | int, most: int = 24) -> str:
        return sparkline([Decimal(value) for value in values], most)

    assert line() == ""
    assert line(5) == "▄"
    assert line(5, "5.00", 5) == "▄▄▄"
    assert line(0, 7, 3) == "▁█▄"
    assert line(*range(8)) == "▁▂▃▄▅▆▇█"
    assert line(-8, -4, 0) == "▁▅█"
    assert line("1e15", "-1e15", "0.0000001") == "█▁▅"
    assert line(*range(300), most=8) == "▁▂▃▄▅▆▇█"
    assert line(*[0] * 299, 1) == "▁" * 23 + "█", "the last is always shown"
    assert (line(1, 2, 3, most=1), line(1, 2, 3, most=0)) == ("▄", "")


@settings(max_examples=40, deadline=None)
@given(
    st.lists(st.decimals(allow_nan=False, allow_infinity=False, min_value=-(10**15), max_value=10**15)),
    st.integers(0, 30),
)
def test_a_sparkline_has_a_sign_for_each_value_but_never_more_than_fit(values: list[Decimal], most: int) -> None:
    signs = sparkline(values, most)
    assert len(signs) == min(len(values), most)
    assert set(signs) <= set("▁▂▃▄▅▆▇█")


def test_of_one_day_the_reading_entered_last_is_the_latest(quality: QualityPlan, author: Author) -> None:
    """Whether they are asked for alone, with their action, or with all measures; also after one was taken back."""
    values = [str(value) for value in range(20, 28)]
    for value in values:
        read(author, quality, TODAY, value)
    undo(author)
    redo(author)
    row = measure_of(quality)
    assert [str(one.value) for one in row.readings][1:] == values
    assert measures_of(quality.standards)[0].readings == row.readings
    actions_here = Action.select(Action.uid).where(Action.uid == quality.standards)
    assert parts_of(actions_here, TODAY)[quality.standards].measures[0].readings == row.readings
