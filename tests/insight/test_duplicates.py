"""Pairs of records that may be one: found by address, number and name, and nobody paired who should not be."""

import logging
import time
from datetime import date, datetime
from pathlib import Path

import pytest

from tests.quality_plan import QualityPlan
from tui_plan.insight.duplicates import DuplicatePair, duplicates, reach_key
from tui_plan.model.clean import name_key
from tui_plan.model.people import ContactMethod, Party
from tui_plan.model.store import Author, change
from tui_plan.model.vocabulary import ContactKind, PartyKind, RoleKind
from tui_plan.operations.contacts import add_contact
from tui_plan.operations.merging import merge_parties
from tui_plan.operations.parts import set_roles
from tui_plan.operations.people import add_party
from tui_plan.operations.posts import add_tenure


def person(author: Author, name: str, *ways: tuple[ContactKind, str], home: str | None = None) -> str:
    uid = add_party(author, PartyKind.PERSON, name=name, organisation=home)
    for kind, value in ways:
        add_contact(author, uid, kind=kind, value=value)
    return uid


def told(pairs: list[DuplicatePair]) -> list[tuple[str, str, tuple[str, ...]]]:
    return [(pair.one.name, pair.other.name, pair.reasons) for pair in pairs]


def email(value: str) -> tuple[ContactKind, str]:
    return ContactKind.EMAIL, value


def phone(value: str) -> tuple[ContactKind, str]:
    return ContactKind.PHONE, value


def test_an_address_or_a_number_in_common(plan_database: Path, author: Author, today: date) -> None:
    person(author, "Ana Ruiz", email("Ana@Example.org"), phone("+44 20 7946 0001"))
    person(author, "Mrs Field", email("ana@example.org"), (ContactKind.MOBILE, "020-79460001"))
    person(author, "Ben Okafor", email("ben@example.org"), phone("12"))
    person(author, "Cleo Park", phone("12"), (ContactKind.OTHER, "ben@example.org"))
    assert told(duplicates(today)) == [
        ("Ana Ruiz", "Mrs Field", ("same e-mail address Ana@Example.org", "same number +44 20 7946 0001"))
    ]


def test_names(plan_database: Path, author: Author, today: date) -> None:
    for name in ("Ana Ruiz", "ana ruiz", "Ruiz, Ana", "Ben Okafor", "B. Okafor", "C. Okafor"):
        person(author, name)
    found = {(frozenset((pair.one.name, pair.other.name)), pair.reasons) for pair in duplicates(today)}
    assert found == {
        (frozenset({"Ana Ruiz", "ana ruiz"}), ("same name",)),
        (frozenset({"Ana Ruiz", "Ruiz, Ana"}), ("same name, written in another way",)),
        (frozenset({"ana ruiz", "Ruiz, Ana"}), ("same name, written in another way",)),
        (frozenset({"B. Okafor", "Ben Okafor"}), ("same name, one with initials",)),
    }


def test_initials_of_people_in_different_organisations_are_no_sign(
    plan_database: Path, author: Author, today: date
) -> None:
    homes = [add_party(author, PartyKind.ORGANISATION, name=name) for name in ("College", "School")]
    person(author, "A. Ruiz", home=homes[0])
    person(author, "Ana Ruiz", home=homes[1])
    assert duplicates(today) == []
    person(author, "Alba Ruiz", home=homes[0])
    assert [(pair.one.name, pair.other.name) for pair in duplicates(today)] == [("A. Ruiz", "Alba Ruiz")]


def test_the_number_of_a_switchboard_tells_nothing(plan_database: Path, author: Author, today: date) -> None:
    for name in ("Ana", "Ben", "Cleo"):
        person(author, name, phone("0123 456 789"))
    assert len(duplicates(today)) == 3
    person(author, "Dan", phone("0123456789"))
    assert duplicates(today) == []


def test_the_address_of_their_organisation_tells_nothing(plan_database: Path, author: Author, today: date) -> None:
    college = add_party(author, PartyKind.ORGANISATION, name="College")
    add_contact(author, college, kind="email", value="office@example.org")
    person(author, "Ana", email("office@example.org"))
    person(author, "Ben", email("office@example.org"))
    assert duplicates(today) == []


def test_organisations_groups_and_posts(plan_database: Path, author: Author, today: date) -> None:
    college = add_party(author, PartyKind.ORGANISATION, name="Harbour College", short_name="HC")
    school = add_party(author, PartyKind.ORGANISATION, name="hc")
    add_party(author, PartyKind.GROUP, name="HC")
    for home in (college, school):
        add_party(author, PartyKind.POST, name="Head", organisation=home)
    assert told(duplicates(today)) == [("Harbour College", "hc", ("same name or short name",))]


def test_both_sides_are_told_as_they_stand(quality: QualityPlan, author: Author, today: date) -> None:
    on = Author("ana", at=datetime(2026, 3, 1, 9, 0))  # noqa: DTZ001
    twin = person(on, "ANA RUIZ", email("ana@example.org"), phone("0123 456 789"))
    add_contact(on, quality.ana, kind="email", value="ana@example.org")
    set_roles(author, quality.survey, [(RoleKind.RESPONSIBLE, twin), (RoleKind.ACCOUNTABLE, twin)])
    (pair,) = duplicates(today)
    assert pair.reasons == ("same e-mail address ana@example.org", "same name")
    sides = {side.uid: side for side in (pair.one, pair.other)}
    assert sides.keys() == {twin, quality.ana}
    assert sides[quality.ana][1:7] == (
        "person",
        "Ana Ruiz",
        "Harbour College",
        ("Registrar",),
        ("email ana@example.org",),
        0,
    )
    assert sides[twin].contacts == ("email ana@example.org", "phone 0123 456 789")
    assert (sides[twin].roles, sides[twin].organisation, sides[twin].posts) == (2, "", ())
    assert sides[twin].changed == datetime(2026, 3, 1, 9, 0)  # noqa: DTZ001


def test_a_post_given_up_is_not_shown(quality: QualityPlan, author: Author) -> None:
    person(author, "Ana Ruiz")
    before = duplicates(date(2024, 12, 31))
    assert [side.posts for side in (before[0].one, before[0].other)] == [(), ()]


def test_what_was_merged_is_no_pair_any_more(plan_database: Path, author: Author, today: date) -> None:
    one, other = person(author, "Ana Ruiz"), person(author, "Ana Ruiz")
    third = person(author, "Ana Ruiz", email("ana@example.org"))
    assert len(duplicates(today)) == 3
    merge_parties(author, one, other)
    assert [{pair.one.uid, pair.other.uid} for pair in duplicates(today)] == [{one, third}]
    merge_parties(author, one, third)
    assert duplicates(today) == []


def test_acting_holders_count_as_well(plan_database: Path, author: Author, today: date) -> None:
    post = add_party(author, PartyKind.POST, name="Head")
    one = person(author, "Ana Ruiz")
    person(author, "Ana Ruiz")
    add_tenure(author, post, one, start=None, acting=True)
    (pair,) = duplicates(today)
    assert sorted((pair.one.posts, pair.other.posts)) == [(), ("Head",)]


def test_three_thousand_namesakes_are_compared_without_asking_everybody(
    plan_database: Path, author: Author, today: date, caplog: pytest.LogCaptureFixture
) -> None:
    names = [*["Ana Ruiz"] * 1_500, *["A. Ruiz"] * 500, *(f"Ben {number}" for number in range(1_000))]
    with change(author, "Many") as writer:
        rows = [{"kind": "person", "name": name, "name_key": name_key(name)} for name in names]
        uids = writer.create_many(Party, rows)
        ways = [{"party": uid, "kind": "phone", "value": "0123456789", "rank": 1} for uid in uids]
        writer.create_many(ContactMethod, ways)
    with caplog.at_level(logging.DEBUG, logger="peewee"):
        caplog.clear()
        begun = time.perf_counter()
        pairs = duplicates(today)
        taken = time.perf_counter() - begun
    assert len([record for record in caplog.records if record.name == "peewee"]) == 5
    assert 2_000 < len(pairs) < 12_000
    assert taken < 2  # all pairs would be two million


def test_what_makes_two_ways_the_same() -> None:
    assert reach_key("email", "Ana@X.org") == "ana@x.org"
    assert reach_key("phone", "+44 (0)20 7946 0001") == reach_key("mobile", "020 7946 0001")
    assert reach_key("phone", "12345") == reach_key("address", "1 High Street 12345678") == ""
