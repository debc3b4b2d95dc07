"""Who holds a post: one on each day unless somebody only acts; who stands in, in their order."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.operations.conftest import Refusal
from tests.people_world import TODAY, PeopleWorld, typed
from tui_plan.insight.people_on import PeopleOn
from tui_plan.model.base import rows
from tui_plan.model.ledger import Change
from tui_plan.model.people import Alternate, Tenure
from tui_plan.operations.posts import add_tenure, double_holders, edit_tenure, remove_tenure, set_alternates
from tui_plan.operations.undoing import undo

ME = typed(TODAY)


def stand_ins(post: str) -> list[str]:
    return [
        person
        for (person,) in rows(Alternate.select(Alternate.person).where(Alternate.post == post).order_by(Alternate.rank))
    ]


def tenure(post: str, person: str) -> str:
    return str(rows(Tenure.select(Tenure.uid).where((Tenure.post == post) & (Tenure.person == person)))[0][0])


def summary() -> str:
    return str(rows(Change.select(Change.summary).order_by(Change.id.desc()).limit(1))[0][0])


def last() -> int:
    return int(rows(Change.select(Change.id).order_by(Change.id.desc()).limit(1))[0][0])


# Holders


def test_a_holder_and_how_the_history_calls_it(world: PeopleWorld) -> None:
    uid = add_tenure(ME, world.chief, world.gus, start=TODAY)
    assert summary() == "“Gus Silva” holds “Chief”"
    edit_tenure(ME, uid, end=date(2026, 12, 31))
    assert summary() == "Edited how “Gus Silva” holds “Chief”"
    assert not edit_tenure(ME, uid, end=date(2026, 12, 31))
    remove_tenure(ME, uid)
    assert summary() == "Removed “Gus Silva” as holder of “Chief”"
    add_tenure(ME, world.chief, world.gus, start=None, end=date(2024, 12, 31), acting=True)
    assert summary() == "“Gus Silva” acts in “Chief”"


def test_one_person_holds_two_posts_in_two_organisations(world: PeopleWorld) -> None:
    add_tenure(ME, world.chief, world.ana, start=TODAY)
    people = PeopleOn(TODAY)
    assert people.posts[world.ana] == (world.chief, world.registrar)
    assert people.homes(world.ana) == {world.college, world.city}


def test_the_next_day_is_free(world: PeopleWorld) -> None:
    edit_tenure(ME, tenure(world.mayor, world.ben), end=TODAY)
    add_tenure(ME, world.mayor, world.cleo, start=TODAY + timedelta(days=1))
    assert [PeopleOn(day).holder_words(world.mayor) for day in (TODAY, TODAY + timedelta(days=1))] == [
        "Ben Okafor",
        "Cleo Marsh",
    ]


@pytest.mark.parametrize(
    ("start", "end", "day"),
    [
        (TODAY, None, "2026-03-16"),
        (None, None, "2024-06-01"),
        (None, date(2024, 6, 1), "2024-06-01"),
        (date(2020, 1, 1), date(2030, 1, 1), "2024-06-01"),
    ],
)
def test_two_cannot_hold_a_post_on_one_day(
    world: PeopleWorld, refused: Refusal, start: date | None, end: date | None, day: str
) -> None:
    (sentence,) = refused(add_tenure, ME, world.mayor, world.cleo, start=start, end=end).values()
    assert " would both hold “Mayor” on " in sentence
    assert sentence.endswith(f"on {day}: end the one before, or say that one is acting.")
    assert {"Cleo Marsh", "Ben Okafor"} == set(sentence.split(" would")[0].split(" and "))
    add_tenure(ME, world.mayor, world.cleo, start=start, end=end, acting=True)
    acted = tenure(world.mayor, world.cleo)
    assert list(refused(edit_tenure, ME, acted, acting=False)) == ["start"]


def test_who_holds_it_already_is_said_in_other_words(world: PeopleWorld, refused: Refusal) -> None:
    assert refused(add_tenure, ME, world.mayor, world.ben, start=TODAY) == {
        "start": "Ben Okafor would hold “Mayor” twice on 2026-03-16: "
        "change from when to when, or say that one is acting."
    }


def test_two_without_days_are_said_without_a_day(world: PeopleWorld, refused: Refusal) -> None:
    add_tenure(ME, world.warden, world.ana, start=None)
    assert refused(add_tenure, ME, world.warden, world.ben, start=None) == {
        "start": "Ana Ruiz and Ben Okafor would both hold “Warden”: end the one before, or say that one is acting."
    }


def test_days_in_the_wrong_order(world: PeopleWorld, refused: Refusal) -> None:
    wrong = {"end": "The end (2026-01-01) comes before the start (2026-03-16)."}
    assert refused(add_tenure, ME, world.chief, world.gus, start=TODAY, end=date(2026, 1, 1)) == wrong
    uid = add_tenure(ME, world.chief, world.gus, start=TODAY)
    assert refused(edit_tenure, ME, uid, end=date(2026, 1, 1)) == wrong
    edit_tenure(ME, uid, start=date(2026, 2, 1))
    number = last()
    edit_tenure(ME, uid, end=date(2026, 3, 1))
    assert list(refused(undo, ME, number).values()) == [
        "It cannot be undone beside what was changed since. The end (2026-03-01) comes before the start (2026-03-16)."
    ]


def test_only_a_person_holds_only_a_post(world: PeopleWorld, refused: Refusal) -> None:
    assert refused(add_tenure, ME, world.board, world.ana, start=TODAY) == {"post": "What is held must be a post."}
    assert refused(add_tenure, ME, world.chief, world.city, start=TODAY) == {"person": "A holder must be a person."}


def test_an_undo_cannot_make_two_holders(world: PeopleWorld, refused: Refusal) -> None:
    edit_tenure(ME, tenure(world.mayor, world.ben), end=TODAY)
    ended = last()
    add_tenure(ME, world.mayor, world.cleo, start=TODAY + timedelta(days=1))
    (sentence,) = refused(undo, ME, ended).values()
    assert sentence.startswith("It cannot be undone beside what was changed since. Ben Okafor and Cleo Marsh would")


spans = st.lists(
    st.tuples(
        st.none() | st.dates(date(2026, 1, 1), date(2026, 1, 20)),
        st.none() | st.dates(date(2026, 1, 1), date(2026, 1, 20)),
    ).filter(lambda span: None in span or span[0] <= span[1]),
    max_size=5,
)


@given(spans)
def test_the_first_day_with_two_holders(found: list[tuple[date | None, date | None]]) -> None:
    """Against counting on every day, from before the first to after the last."""
    days = [date(2025, 12, 31) + timedelta(days=shift) for shift in range(23)]
    on_each = [sum((start or date.min) <= day <= (end or date.max) for start, end in found) for day in days]
    crowded = next((day for day, many in zip(days, on_each, strict=True) if many > 1), None)
    both = double_holders([(start, end, str(place)) for place, (start, end) in enumerate(found)])
    if both is None:
        assert crowded is None
    elif both[0] == date.min:
        assert crowded == days[0]
    else:
        assert both[0] == crowded
    if both is not None:
        assert both[1] != both[2]
        one, two = (found[int(name)] for name in both[1:])
        assert (one[0] or date.min) <= (two[1] or date.max)
        assert (two[0] or date.min) <= (one[1] or date.max)


# Alternates


def test_alternates_in_their_order(world: PeopleWorld) -> None:
    assert stand_ins(world.chief) == [world.gus, world.finn]
    assert set_alternates(ME, world.chief, [world.finn, world.dana, world.gus])
    assert stand_ins(world.chief) == [world.finn, world.dana, world.gus]
    assert summary() == "Set who stands in for “Chief”"
    assert not set_alternates(ME, world.chief, [world.finn, world.dana, world.gus])
    assert set_alternates(ME, world.chief, [world.dana, world.dana])
    assert stand_ins(world.chief) == [world.dana]
    undo(ME)
    assert stand_ins(world.chief) == [world.finn, world.dana, world.gus]
    set_alternates(ME, world.chief, [])
    assert stand_ins(world.chief) == []


def test_three_stand_in_at_most(world: PeopleWorld, refused: Refusal) -> None:
    four = [world.ana, world.ben, world.cleo, world.dana]
    assert refused(set_alternates, ME, world.chief, four) == {
        "alternates": "A post has 3 alternates at most; leave 1 out."
    }
    assert refused(set_alternates, ME, world.chief, [*four, world.gus, world.finn]) == {
        "alternates": "A post has 3 alternates at most; leave 3 out."
    }
    assert refused(set_alternates, ME, world.chief, [world.city]) == {"alternates": "An alternate must be a person."}
    assert refused(set_alternates, ME, world.ana, [world.ben]) == {"post": "What has alternates must be a post."}


def test_an_undo_cannot_let_somebody_stand_in_twice(world: PeopleWorld, refused: Refusal) -> None:
    set_alternates(ME, world.chief, [world.ana])
    set_alternates(ME, world.chief, [])
    cleared = last()
    set_alternates(ME, world.chief, [world.ana])
    assert list(refused(undo, ME, cleared).values()) == [
        "It cannot be undone beside what was changed since. They stand in for this post already."
    ]


def test_an_undo_cannot_make_four(world: PeopleWorld, refused: Refusal) -> None:
    set_alternates(ME, world.chief, [])
    cleared = last()
    set_alternates(ME, world.chief, [world.ana, world.cleo])
    assert list(refused(undo, ME, cleared).values()) == [
        "It cannot be undone beside what was changed since. A post has 3 alternates at most; leave 1 out."
    ]
