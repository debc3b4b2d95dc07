"""When a post was held by nobody, from spans of days in any order; and what the holders of a post are told as."""

from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.quality_plan import TODAY, QualityPlan
from tui_plan.insight.holders import holders
from tui_plan.insight.vacancies import Vacancy, vacancies
from tui_plan.model.store import Author
from tui_plan.model.vocabulary import PartyKind
from tui_plan.operations.people import add_party
from tui_plan.operations.posts import add_tenure, set_alternates

DAY_ONE = date(2026, 1, 1)


def day(number: int) -> date:
    return DAY_ONE + timedelta(days=number)


def test_a_post_that_nobody_ever_held() -> None:
    assert vacancies([], day(0)) == [Vacancy(None, None)]


def test_gaps_between_holders_and_since_the_last() -> None:
    spans = [(day(20), day(29)), (None, day(9)), (day(10), day(14))]
    assert vacancies(spans, day(40)) == [Vacancy(day(30), None), Vacancy(day(15), day(19))]


def test_a_holder_who_comes_later_ends_the_vacancy() -> None:
    assert vacancies([(day(0), day(9)), (day(30), None)], day(20)) == [Vacancy(day(10), day(29))]
    assert vacancies([(day(30), None)], day(20)) == [Vacancy(None, day(29))]


def test_before_the_first_holder_nothing_is_known() -> None:
    assert vacancies([(day(5), None)], day(20)) == []
    assert vacancies([(day(5), day(30)), (day(8), day(9))], day(20)) == []


@given(st.lists(st.tuples(st.integers(0, 30), st.integers(0, 12)), min_size=1, max_size=5), st.integers(0, 60))
@settings(max_examples=40)
def test_a_day_is_vacant_or_held_and_never_both(many: list[tuple[int, int]], today: int) -> None:
    spans = [(day(start), day(start + length)) for start, length in many]
    gaps = vacancies(spans, day(today))
    first = min(start for start, _ in spans)
    for number in range(60):
        each = day(number)
        held = any(start <= each <= end for start, end in spans)
        vacant = any(gap.runs_on(each) for gap in gaps)
        assert not (held and vacant)
        if first <= each <= day(today):
            assert held != vacant


def test_a_post_and_a_person_tell_of_each_other(quality: QualityPlan, author: Author) -> None:
    dean = add_party(author, PartyKind.POST, name="Dean")
    add_tenure(author, dean, quality.ben, start=date(2024, 1, 1), end=date(2025, 12, 31))
    set_alternates(author, dean, [quality.ana, quality.ben])
    found = holders(dean, TODAY)
    assert [(line.person_name, line.end) for line in found.holdings] == [("Ben Okafor", date(2025, 12, 31))]
    assert found.vacant == (Vacancy(date(2026, 1, 1), None),)
    assert [(each.name, each.rank) for each in found.stand_ins] == [("Ana Ruiz", 1), ("Ben Okafor", 2)]
    of_ana = holders(quality.ana, TODAY)
    assert [line.post_name for line in of_ana.holdings] == ["Registrar"]
    assert of_ana.vacant == ()
    assert [(each.name, each.rank) for each in of_ana.stand_ins] == [("Dean", 1)]
