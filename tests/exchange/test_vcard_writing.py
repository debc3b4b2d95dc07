"""Cards that go out: what they hold, that vobject reads them back, and that no line is too long."""

from datetime import date
from pathlib import Path
from typing import Any

import vobject

from tests.quality_plan import QualityPlan
from tui_plan.exchange.vcard_reading import read_vcards
from tui_plan.exchange.vcard_writing import roster_vcards
from tui_plan.model.store import Author
from tui_plan.model.vocabulary import PartyKind
from tui_plan.operations.contacts import add_contact
from tui_plan.operations.groups import add_member
from tui_plan.operations.merging import merge_parties
from tui_plan.operations.people import add_party, edit_party
from tui_plan.operations.posts import add_tenure


def cards(data: bytes) -> list[Any]:
    """Return the cards as vobject reads them."""
    return list(vobject.readComponents(data.decode()))


def reach(author: Author, party: str) -> None:
    for kind, value in (
        ("mobile", "07700 900003"),
        ("email", "ana@example.org"),
        ("phone", "+44 20 7946 0001, ext 3"),
        ("email", "second@example.org"),
        ("address", "1 High Street; Flat 2, Town"),
        ("other", "Signal: ana.01"),
    ):
        add_contact(author, party, kind=kind, value=value)


def test_a_card_holds_what_an_address_book_needs(quality: QualityPlan, author: Author, today: date) -> None:
    reach(author, quality.ana)
    edit_party(author, quality.ana, short_name="AR", remarks="Prickly before noon", login="aruiz")
    for name in ("Call list", "East, West"):
        add_member(author, add_party(author, PartyKind.GROUP, name=name), quality.ana)
    data = roster_vcards([quality.ana], today)
    assert data.startswith(b"BEGIN:VCARD\r\nVERSION:3.0\r\n")
    assert data.endswith(b"END:VCARD\r\n")
    (card,) = cards(data)
    assert (card.uid.value, card.fn.value, card.nickname.value) == (quality.ana, "Ana Ruiz", "AR")
    assert (card.n.value.family, card.n.value.given) == ("Ruiz", "Ana")
    assert (card.org.value, card.title.value) == (["Harbour College"], "Registrar")
    assert [line.value for line in card.email_list] == ["ana@example.org", "second@example.org"]
    assert [line.type_paramlist for line in card.email_list] == [["INTERNET", "PREF"], ["INTERNET"]]
    assert [line.type_paramlist for line in card.tel_list] == [["CELL", "VOICE", "PREF"], ["VOICE", "WORK"]]
    assert card.tel_list[1].value == "+44 20 7946 0001, ext 3"
    assert card.adr.value.street == "1 High Street; Flat 2, Town"
    assert card.categories.value == ["Call list"]
    assert b"Prickly" not in data
    assert b"aruiz" not in data
    assert b"NOTE" not in data


def test_posts_are_those_of_the_day_each_with_its_organisation(
    quality: QualityPlan, author: Author, today: date
) -> None:
    council = add_party(author, PartyKind.ORGANISATION, name="City; Council")
    chair = add_party(author, PartyKind.POST, name="Chair", organisation=council)
    add_tenure(author, chair, quality.ana, start=date(2026, 3, 1), acting=True)
    (card,) = cards(roster_vcards([quality.ana], today))
    assert [(line.value, line.group) for line in card.title_list] == [
        ("Chair (acting)", "post1"),
        ("Registrar", None),
    ]
    assert [(line.value, line.group) for line in card.org_list] == [
        (["Harbour College"], None),
        (["City; Council"], "post1"),
    ]
    (entry,) = read_vcards(roster_vcards([quality.ana], today), "cards.vcf").entries
    assert entry.organisation == "Harbour College"
    assert [(post.name, post.organisation) for post in entry.posts] == [
        ("Chair (acting)", "City; Council"),
        ("Registrar", None),
    ]
    (before,) = cards(roster_vcards([quality.ana], date(2026, 2, 1)))
    assert before.title.value == "Registrar"


def test_posts_and_groups_stand_for_the_persons_behind_them(quality: QualityPlan, author: Author, today: date) -> None:
    found = cards(roster_vcards([quality.board, quality.registrar, quality.college, quality.ana], today))
    assert [card.fn.value for card in found] == ["Ben Okafor", "Ana Ruiz", "Harbour College"]
    assert found[2].contents["x-abshowas"][0].value == "COMPANY"
    assert roster_vcards([], today) == b""
    twin = add_party(author, PartyKind.PERSON, name="Ana Ruiz")
    merge_parties(author, quality.ana, twin)
    assert roster_vcards([twin], today) == b""


def test_names_of_any_kind_come_back(plan_database: Path, author: Author, today: date) -> None:
    names = [
        "漢字 陽子",
        "O’Connor; Jo, \\ the\\n",
        "Ruiz Lopez, Ana",
        "BEGIN:VCARD",
        "é" * 120,
        "🎉" * 37,
        "a" + "漢" * 60,
    ]
    uids = [add_party(author, PartyKind.PERSON, name=name) for name in names]
    data = roster_vcards(uids, today)
    assert [card.fn.value for card in cards(data)] == names
    assert [entry.name for entry in read_vcards(data, "cards.vcf").entries] == names
    assert max(len(line) for line in data.split(b"\r\n")) <= 75
    assert cards(data)[2].n.value.family == "Ruiz Lopez"
