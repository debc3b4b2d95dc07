"""Who is who on a day: by query as by replaying the ledger, today as in the past, and the same everywhere."""

import tempfile
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.model.replay import Content, replayed, tables
from tests.people_steps import Step, steps, take
from tests.people_truth import behind, holders, sitting
from tests.people_world import TODAY, PeopleWorld, taken_back, typed
from tests.properties import IN_A_WORLD
from tui_plan.insight.people_on import PeopleOn
from tui_plan.model.as_of import as_of
from tui_plan.model.base import database
from tui_plan.model.database import close_database, create_database
from tui_plan.model.errors import PlanError
from tui_plan.model.store import Author
from tui_plan.model.vocabulary import Audience, PartyKind, RoleKind
from tui_plan.operations import groups, merging, parts, people, posts
from tui_plan.operations.undoing import redo, undo

ME = typed(TODAY)
DAYS = (date(2024, 12, 31), date(2025, 1, 1), TODAY, TODAY + timedelta(days=30))


def test_holders_come_by_the_day_and_acting_ones_last(world: PeopleWorld) -> None:
    posts.add_tenure(ME, world.registrar, world.cleo, start=date(2025, 6, 1), acting=True)
    posts.add_tenure(ME, world.registrar, world.dana, start=TODAY + timedelta(days=1), acting=True)
    people = PeopleOn(TODAY)
    assert [held.person for held in people.holdings[world.registrar]] == [world.ana, world.cleo]
    assert people.holder_words(world.registrar) == "Ana Ruiz, Cleo Marsh (acting)"
    assert people.holder_words(world.chief) == "vacant"
    assert people.posts[world.ana] == (world.registrar,)
    assert people.posts[world.cleo] == (world.registrar,)
    before = PeopleOn(date(2024, 12, 31))
    assert [held.person for held in before.holdings[world.registrar]] == [world.eve]
    assert world.ana not in before.posts


def test_both_days_of_a_tenure_count(world: PeopleWorld) -> None:
    for day, held in ((date(2025, 1, 1), True), (date(2026, 1, 31), True), (date(2026, 2, 1), False)):
        assert (world.chief in PeopleOn(day).holdings) is held
        assert (PeopleOn(day).posts.get(world.eve, ()) == (world.chief,)) is held


def test_persons_behind_a_party(world: PeopleWorld) -> None:
    people = PeopleOn(TODAY)
    assert people.persons(world.everybody) == (world.finn, world.gus, world.dana, world.ben)
    assert people.persons(world.registrar) == (world.ana,)
    assert people.persons(world.city) == people.persons(world.chief) == people.persons("nobody") == ()
    assert people.signers(world.everybody) == (world.chief, world.finn, world.gus, world.dana, world.ben)
    assert (people.signers(world.city), people.signers(world.chief)) == ((world.city,), (world.chief,))


def test_seats_by_name_come_before_those_by_rule(world: PeopleWorld) -> None:
    seats = PeopleOn(TODAY).seats(world.everybody)
    assert [(seat.member, seat.seat, bool(seat.membership)) for seat in seats] == [
        (world.chief, "member", True),
        (world.panel, "member", True),
        (world.dana, "member", True),
        (world.ben, "by rule", False),
        (world.finn, "by rule", False),
        (world.gus, "by rule", False),
    ]


def test_all_that_a_rule_says_must_fit(world: PeopleWorld) -> None:
    def fitting(**values: str | None) -> set[str]:
        rule = groups.add_rule(ME, world.officials, **values)  # type: ignore[arg-type]
        found = PeopleOn(TODAY)
        (kept,) = (each for each in found.rules[world.officials] if each.uid == rule)
        return {found.name(uid).split()[0] for uid in found.fitting(kept)}

    assert fitting(role=RoleKind.ACCOUNTABLE) == {"Ana", "Cleo"}
    assert fitting(role=RoleKind.RESPONSIBLE, area=world.areas[0]) == {"Ben", "Finn", "Gus"}
    assert fitting(role=RoleKind.RESPONSIBLE, area=world.areas[1]) == set()
    assert fitting(audience=Audience.OFFICIALS) == {"Ben", "Dana"}
    assert fitting(audience=Audience.OFFICIALS, organisation=world.trust) == {"Dana"}
    assert fitting(organisation=world.city) == {"Ben", "Dana", "Finn", "Gus"}
    assert fitting(role=RoleKind.ACCOUNTABLE, organisation=world.college) == {"Ana"}
    assert fitting(audience=Audience.COMMUNITY) == set()
    parts.add_checkpoint(ME, world.host, due=TODAY, reviewers=[world.dana])
    assert fitting(role=RoleKind.REVIEWER) == {"Dana"}


def test_who_left_fits_no_rule_from_the_day_after(world: PeopleWorld) -> None:
    rule = PeopleOn(TODAY).rules[world.officials][0]
    assert PeopleOn(TODAY).fitting(rule) == {world.ben, world.dana}
    people.edit_party(ME, world.dana, left_on=TODAY)
    assert PeopleOn(TODAY).fitting(rule) == {world.ben, world.dana}
    assert PeopleOn(TODAY + timedelta(days=1)).fitting(rule) == {world.ben}


def test_groups_of_somebody_directly_by_post_and_by_rule(world: PeopleWorld) -> None:
    found = PeopleOn(TODAY)
    named = {who: [found.name(uid) for uid in found.groups_of(getattr(world, who))] for who in ("ana", "ben", "gus")}
    assert named == {
        "ana": ["Board", "Owners"],
        "ben": ["Board", "Everybody", "Officials"],
        "gus": ["Everybody", "Panel"],
    }
    assert [found.name(uid) for uid in found.groups_of(world.panel)] == ["Everybody"]


def test_a_rule_about_an_area_lets_in_who_has_the_role_there(world: PeopleWorld) -> None:
    for area, inside in ((world.areas[1], False), (world.areas[0], True)):
        group = people.add_party(ME, PartyKind.GROUP, name=f"Carrying {inside}")
        groups.add_rule(ME, group, role=RoleKind.RESPONSIBLE, area=area)
        found = PeopleOn(TODAY)
        assert (group in found.groups_of(world.ben)) is inside
        assert (world.ben in found.persons(group)) is inside
    assert [seat.seat for group, seat in PeopleOn(TODAY).seats_of(world.ben) if seat.member == world.ben][
        -1
    ] == "by rule"


def test_homes_go_upward_by_work_and_by_post(world: PeopleWorld) -> None:
    found = PeopleOn(TODAY)
    assert found.homes(world.dana) == {world.trust, world.city}
    assert found.homes(world.finn) == {world.trust, world.city}
    assert found.homes(world.trust) == {world.trust, world.city}
    assert found.homes(world.cleo) == found.homes("nobody") == frozenset()


def test_who_was_merged_is_nobody(world: PeopleWorld) -> None:
    twin = people.add_party(ME, PartyKind.PERSON, name="A. Ruiz", organisation=world.college)
    groups.add_member(ME, world.panel, twin)
    merging.merge_parties(ME, world.ana, twin)
    found = PeopleOn(TODAY)
    assert twin not in found.parties
    assert found.name(twin) == ""
    assert found.persons(world.panel) == (world.finn, world.gus, world.ana)
    rule = groups.add_rule(ME, world.officials, organisation=world.college)
    (kept,) = (each for each in PeopleOn(TODAY).rules[world.officials] if each.uid == rule)
    assert PeopleOn(TODAY).fitting(kept) == {world.ana}


@settings(IN_A_WORLD, max_examples=30)
@given(many=steps(most=10))
def test_it_is_what_the_ledger_says(world: PeopleWorld, many: list[Step]) -> None:
    with taken_back():
        take(many)
        now = replayed()
        for day in DAYS:
            agree_on(now, day)


def agree_on(now: Content, day: date) -> None:
    """Compare who holds, sits and answers on a day with what the ledger says."""
    people = PeopleOn(day)
    text = day.isoformat()
    for uid, row in now["party"].items():
        if row["merged_into"]:
            assert uid not in people.parties
            continue
        assert {held.person for held in people.holdings.get(uid, ())} == holders(now, uid, text)
        assert {seat.member for seat in people.seats(uid)} == sitting(now, uid, text)
        assert set(people.signers(uid)) == behind(now, uid, text)
        assert len(people.signers(uid)) == len(set(people.signers(uid)))
        of_persons = {one for one in behind(now, uid, text) if now["party"][one]["kind"] == "person"}
        assert set(people.persons(uid)) == of_persons
        direct = {group for group in now["party"] if sitting(now, group, text) & {uid, *people.posts.get(uid, ())}}
        assert set(people.groups_of(uid)) == direct
        assert set(people.posts.get(uid, ())) == {post for post in now["party"] if uid in holders(now, post, text)}


spans = st.tuples(
    st.integers(0, 3),
    st.integers(0, 4),
    st.none() | st.dates(date(2026, 1, 1), date(2026, 3, 1)),
    st.none() | st.dates(date(2026, 1, 1), date(2026, 3, 1)),
    st.booleans(),
)


@settings(IN_A_WORLD, max_examples=12)
@given(
    many=st.lists(spans | st.sampled_from(["undo", "redo", "end"]), max_size=12),
    day=st.dates(date(2025, 12, 30), date(2026, 3, 3)),
)
def test_it_was_so_in_the_past(many: list[tuple[int, int, date, date, bool] | str], day: date) -> None:
    with tempfile.TemporaryDirectory() as folder:
        create_database(Path(folder) / "plan.db")
        database.execute_sql("PRAGMA synchronous = off")
        try:
            past = lived(many)
            for moment, then in past.items():
                with as_of(moment):
                    people = PeopleOn(day)
                    for uid in then["party"]:
                        found = {held.person for held in people.holdings.get(uid, ())}
                        assert found == holders(then, uid, day.isoformat())
        finally:
            close_database()


def lived(many: list[tuple[int, int, date, date, bool] | str]) -> dict[datetime, Content]:
    """Record tenures, turn some back, and return what the tables held after each moment."""
    clock = datetime.fromisoformat("2026-01-01T12:00")
    who = [people.add_party(Author("ana", at=clock), PartyKind.PERSON, name=f"Person {place}") for place in range(5)]
    what = [people.add_party(Author("ana", at=clock), PartyKind.POST, name=f"Post {place}") for place in range(4)]
    past, made = {clock: tables()}, []
    for step in many:
        clock += timedelta(minutes=1)
        me = Author("ana", at=clock)
        try:
            if step == "undo":
                undo(me)
            elif step == "redo":
                redo(me)
            elif isinstance(step, tuple):
                post, person, start, end, acting = step
                made.append(posts.add_tenure(me, what[post], who[person], start=start, end=end, acting=acting))
            elif made:
                posts.edit_tenure(me, made[-1], end=date(2026, 2, 1), start=None)
        except PlanError:
            continue
        past[clock] = tables()
    assert tables() == replayed()
    return past


@pytest.mark.parametrize("kind", PartyKind)
def test_an_unknown_or_empty_party_is_nothing(world: PeopleWorld, kind: PartyKind) -> None:
    uid = people.add_party(ME, kind, name="New and alone")
    found = PeopleOn(TODAY)
    assert found.seats(uid) == ()
    assert found.groups_of(uid) == ()
    assert found.persons(uid) == ((uid,) if kind is PartyKind.PERSON else ())
    assert found.signers(uid) == (uid,)
