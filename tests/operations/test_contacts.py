"""Ways to reach somebody: their order, whether each was verified, and what is no address and no number."""

from datetime import date

import pytest

from tests.operations.conftest import Refusal
from tests.people_world import TODAY, PeopleWorld, typed
from tui_plan.insight.party_page import reach_of
from tui_plan.model.base import rows
from tui_plan.model.errors import Conflict
from tui_plan.model.ledger import Change
from tui_plan.model.people import ContactMethod
from tui_plan.model.vocabulary import PartyKind
from tui_plan.operations.contacts import (
    add_contact,
    edit_contact,
    prefer_contact,
    remove_contact,
    verify_contacts,
)
from tui_plan.operations.people import add_party, remove_party
from tui_plan.operations.undoing import undo

ME = typed(TODAY)


def order(party: str) -> list[str]:
    return [line.value for line in reach_of(party)]


def uid_of(value: str) -> str:
    return str(rows(ContactMethod.select(ContactMethod.uid).where(ContactMethod.value == value))[0][0])


def verified(value: str) -> date | None:
    return rows(ContactMethod.select(ContactMethod.verified_on).where(ContactMethod.value == value))[0][0]


def test_a_new_way_comes_last_unless_said(world: PeopleWorld) -> None:
    add_contact(ME, world.ana, kind="other", value="Through the office")
    assert order(world.ana)[-1] == "Through the office"
    add_contact(ME, world.dana, kind="phone", value="1", rank=7)
    add_contact(ME, world.dana, kind="phone", value="2")
    assert [line.rank for line in reach_of(world.dana)] == [7, 8]


def test_there_is_always_room_behind(world: PeopleWorld) -> None:
    add_contact(ME, world.dana, kind="phone", value="1", rank=99)
    add_contact(ME, world.dana, kind="phone", value="2")
    assert [line.rank for line in reach_of(world.dana)] == [99, 99]


def test_they_are_moved_in_their_order(world: PeopleWorld) -> None:
    mail, mobile, street = "ana@college.example.org", "+44 7700 900001", "1 Quay Street"
    assert order(world.ana) == [mail, mobile, street]
    assert prefer_contact(ME, uid_of(street), -1)
    assert order(world.ana) == [mail, street, mobile]
    assert prefer_contact(ME, uid_of(mobile), -9)
    assert order(world.ana) == [mobile, mail, street]
    assert prefer_contact(ME, uid_of(mobile), 1)
    assert [(line.value, line.rank) for line in reach_of(world.ana)] == [(mail, 1), (mobile, 2), (street, 3)]
    assert not prefer_contact(ME, uid_of(street), 5)
    assert not prefer_contact(ME, uid_of(mail), -1)


def test_what_changed_is_unverified(world: PeopleWorld) -> None:
    uid = uid_of("ana@college.example.org")
    assert edit_contact(ME, uid, rank=2)
    assert verified("ana@college.example.org") == date(2026, 1, 9)
    assert edit_contact(ME, uid, value="ana.ruiz@college.example.org")
    assert verified("ana.ruiz@college.example.org") is None
    assert edit_contact(ME, uid, value="ana@example.org", verified_on=TODAY)
    assert verified("ana@example.org") == TODAY
    assert not edit_contact(ME, uid, value=" ana@example.org ")
    assert verified("ana@example.org") == TODAY


def test_all_are_verified_at_once(world: PeopleWorld) -> None:
    before = Change.select().count()
    assert verify_contacts(ME, world.ana, TODAY) == 3
    assert {line.verified_on for line in reach_of(world.ana)} == {TODAY}
    assert verify_contacts(ME, world.ana, TODAY) == 0
    assert verify_contacts(ME, world.cleo, TODAY) == 0
    assert Change.select().count() == before + 1


def test_removing_and_undo(world: PeopleWorld) -> None:
    remove_contact(ME, uid_of("1 Quay Street"))
    assert len(order(world.ana)) == 2
    undo(ME)
    assert order(world.ana)[-1] == "1 Quay Street"


def test_two_at_one_record(world: PeopleWorld) -> None:
    uid = uid_of("1 Quay Street")
    edit_contact(typed(TODAY, login="ben"), uid, version_seen=1, value="2 Quay Street")
    with pytest.raises(Conflict, match="ben changed this contact method"):
        edit_contact(ME, uid, version_seen=1, value="3 Quay Street")


@pytest.mark.parametrize(
    "value",
    ["+44 20 7946 0000", "(0) 1632/960-001 ext. 5", "call 999", "٠١٢", "555 1234 (after six)"],
)
def test_numbers_in_any_form(world: PeopleWorld, value: str) -> None:
    add_contact(ME, world.dana, kind="phone", value=value)
    assert order(world.dana) == [value]


@pytest.mark.parametrize("value", ["a@b", "ana.ruiz+plan@sub.example.org", "josé@exámple.org", "o'hara@example.org"])
def test_addresses(world: PeopleWorld, value: str) -> None:
    add_contact(ME, world.dana, kind="email", value=value)
    assert order(world.dana) == [value]


@pytest.mark.parametrize(
    "value",
    [
        "ana.example.org",
        "ana@@example.org",
        "ana@exam@ple.org",
        "ana @example.org",
        "ana@example.org, ben@example.org",
        "Ana <ana@example.org>",
        "@example.org",
        "ana@",
        "ana@example.org\r\nBcc: all@example.org",
        "ana@example.org\nben@example.org",
        "ana@\u2028example.org",
        'an"a@example.org',
        f"{'a' * 250}@example.org",
    ],
)
def test_what_is_no_address(world: PeopleWorld, refused: Refusal, value: str) -> None:
    (sentence,) = refused(add_contact, ME, world.ana, kind="email", value=value).values()
    assert sentence.endswith("is no address for e-mail: write one such as ana@example.org.")
    assert "\n" not in sentence
    uid = uid_of("ana@college.example.org")
    assert list(refused(edit_contact, ME, uid, value=value)) == ["value"]


def test_what_is_no_number(world: PeopleWorld, refused: Refusal) -> None:
    for kind in ("phone", "mobile"):
        assert refused(add_contact, ME, world.ana, kind=kind, value="by letter") == {
            "value": "“by letter” is no number to call: write its digits, in any form."
        }
    street = uid_of("1 Quay Street")
    assert refused(edit_contact, ME, street, kind="email") == {
        "value": "“1 Quay Street” is no address for e-mail: write one such as ana@example.org."
    }
    edit_contact(ME, street, kind="phone")


def test_what_else_cannot_be(world: PeopleWorld, refused: Refusal) -> None:
    assert refused(add_contact, ME, world.ana) == {
        "kind": "The kind of contact is one of: email, phone, mobile, address, other.",
        "value": "The address or number cannot be empty.",
    }
    wrong_rank = {"rank": "The order of preference is a whole number from 1 to 99."}
    for rank in (0, 100, True, None):
        assert refused(add_contact, ME, world.ana, kind="phone", value="1", rank=rank) == wrong_rank
    assert refused(verify_contacts, ME, world.ana, date(1066, 1, 1)) == {
        "verified_on": "The day it was verified must be a date between 1900 and 2200."
    }
    assert refused(verify_contacts, ME, "nobody", TODAY) == {"": "There is no such party in this database."}
    assert refused(prefer_contact, ME, "nothing", 1) == {"": "There is no such contact method in this database."}


def test_an_undo_that_leaves_no_address_is_refused(world: PeopleWorld, refused: Refusal) -> None:
    uid = add_contact(ME, world.dana, kind="email", value="dana@example.org")
    edit_contact(ME, uid, kind="other")
    number = rows(Change.select(Change.id).order_by(Change.id.desc()).limit(1))[0][0]
    edit_contact(ME, uid, value="At the desk")
    (sentence,) = refused(undo, ME, number).values()
    assert sentence.startswith("It cannot be undone beside what was changed since. “At the desk” is no address")


def test_somebody_with_only_ways_to_reach_them_can_be_removed(world: PeopleWorld, refused: Refusal) -> None:
    uid = add_party(ME, PartyKind.PERSON, name="Nobody's")
    add_contact(ME, uid, kind="phone", value="1")
    remove_party(ME, uid)
    assert ContactMethod.select().where(ContactMethod.party == uid).count() == 0
    undo(ME)
    assert order(uid) == ["1"]
    (sentence,) = refused(remove_party, ME, world.ben).values()
    assert sentence.startswith("This person cannot be removed while it is in use: tenure in “Mayor”")
