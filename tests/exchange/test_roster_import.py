"""Bringing people in: who is new and who is there, what they get, what is left alone, and what keeps it all out."""

import logging
from datetime import date
from pathlib import Path

import pytest

from tests.quality_plan import QualityPlan
from tui_plan.exchange.roster_entries import RosterOutcome, RosterReading
from tui_plan.exchange.roster_import import import_roster, rehearse_roster
from tui_plan.exchange.roster_reading import read_roster_table
from tui_plan.insight.people_on import PeopleOn
from tui_plan.model.base import rows
from tui_plan.model.errors import ImportProblem
from tui_plan.model.ledger import Change
from tui_plan.model.partnership import Agreement
from tui_plan.model.people import ContactMethod, Membership, Party, Tenure
from tui_plan.model.store import Author
from tui_plan.model.vocabulary import PartyKind
from tui_plan.operations.agreements import record_agreement
from tui_plan.operations.contacts import add_contact
from tui_plan.operations.merging import merge_parties
from tui_plan.operations.people import add_party, edit_party
from tui_plan.operations.posts import add_tenure
from tui_plan.operations.undoing import undo

TODAY = date(2026, 3, 16)


def read(text: str) -> RosterReading:
    return read_roster_table(text.encode(), "contacts.csv")


def brought(author: Author, text: str) -> RosterOutcome:
    """Bring a table in; the rehearsal must have said the same, and once more must change nothing."""
    reading = read(text)
    said, done = rehearse_roster(reading, today=TODAY), import_roster(author, reading, today=TODAY)
    assert told(said) == told(done)
    assert import_roster(author, reading, today=TODAY).changes_nothing
    return done


def told(outcome: RosterOutcome) -> list[object]:
    """Return all that an outcome tells; whoever is new gets another uid each time."""
    parts = (outcome.new, outcome.known, outcome.additions, outcome.differences)
    return [*([one._replace(uid="") for one in part] for part in parts), outcome.looks, outcome.problems]


def refused(author: Author, text: str) -> tuple[str, ...]:
    """Try to bring a table in, and return all that keeps it out; nothing may have been written."""
    before = len(rows(Change.select(Change.id)))
    with pytest.raises(ImportProblem) as caught:
        import_roster(author, read(text), today=TODAY)
    assert len(rows(Change.select(Change.id))) == before
    return caught.value.problems


def names(kind: PartyKind = PartyKind.PERSON) -> list[str]:
    return [name for (name,) in rows(Party.select(Party.name).where(Party.kind == kind.value).order_by(Party.name_key))]


def ways(party: str) -> list[tuple[int, str, str]]:
    query = ContactMethod.select(ContactMethod.rank, ContactMethod.kind, ContactMethod.value)
    return rows(query.where(ContactMethod.party == party).order_by(ContactMethod.rank))


def test_an_empty_roster_is_filled_in_one_change(plan_database: Path, author: Author) -> None:
    outcome = brought(
        author,
        "Name,Organisation,Post,E-mail,Mobile,Groups\n"
        'Ana Ruiz,Harbour College,Registrar,ana@example.org,07700 900003,"Quality Board (chair); Call list"\n'
        "Ben Okafor,Riverton School,Head (acting),ben@example.org,,Quality Board\n"
        "vacant,Riverton School,Deputy head,,,\n",
    )
    assert [(party.kind, party.name, party.organisation) for party in outcome.new if party.number == 2] == [
        ("organisation", "Harbour College", ""),
        ("person", "Ana Ruiz", "Harbour College"),
        ("post", "Registrar", "Harbour College"),
        ("group", "Call list", ""),
    ]
    people = PeopleOn(TODAY)
    uids = {head.name: uid for uid, head in people.parties.items()}
    assert people.holder_words(uids["Registrar"]) == "Ana Ruiz"
    assert people.holder_words(uids["Head"]) == "Ben Okafor (acting)"
    assert people.holder_words(uids["Deputy head"]) == "vacant"
    assert [(people.name(seat.member), seat.seat) for seat in people.seats(uids["Quality Board"])] == [
        ("Ben Okafor", "member"),
        ("Ana Ruiz", "chair"),
    ]
    assert ways(uids["Ana Ruiz"]) == [(1, "email", "ana@example.org"), (2, "mobile", "07700 900003")]
    (change,) = rows(Change.select(Change.id, Change.summary, Change.channel))
    assert change[1:] == ("Brought people in from contacts.csv: 9 new", "import")
    undo(author, change[0])
    assert rows(Party.select(Party.uid)) == rows(Tenure.select(Tenure.uid)) == []


def test_two_of_one_name_in_different_organisations_stay_two(plan_database: Path, author: Author) -> None:
    outcome = brought(author, "Name,Organisation,Phone\nAna Ruiz,College,1\nAna Ruiz,School,2\nana ruiz,school,3\n")
    assert names() == ["Ana Ruiz", "Ana Ruiz"]
    assert outcome.looks == []


@pytest.mark.parametrize("row", ["Ana Ruiz,,", "Ana Ruiz,Council,"])
def test_a_name_that_two_have_is_not_guessed(plan_database: Path, author: Author, row: str) -> None:
    for _ in range(2):
        add_party(author, PartyKind.PERSON, name="Ana Ruiz")
    outcome = brought(author, f"Name,Organisation,Post\n{row}\nBen,,\n")
    assert outcome.told(outcome.looks[0]) == (
        "Row 2: there are two persons named “Ana Ruiz”: give the organisation or the e-mail address by which the "
        "roster tells them apart, or the UID. It is left out."
    )
    assert names() == ["Ana Ruiz", "Ana Ruiz", "Ben"]


def test_an_organisation_beside_a_group_of_its_name_needs_a_look(plan_database: Path, author: Author) -> None:
    add_party(author, PartyKind.GROUP, name="CDO Council")
    outcome = brought(author, "Name,Organisation\nMaría Chen,CDO council\n")
    assert [outcome.told(look) for look in outcome.looks] == [
        "Row 2: “CDO council” is a group already, and becomes an organisation of that name beside it; if one is meant, "
        "write it in the column of groups.",
    ]
    uid = "5" * 32
    assert brought(author, f"Name,Kind,UID\nCity Hall,organisation,\nCity Hall,group,{uid}\n").looks == []


def test_who_is_there_is_found_and_gets_what_they_lack(quality: QualityPlan, author: Author) -> None:
    add_contact(author, quality.ana, kind="email", value="ana@example.org")
    other = add_party(author, PartyKind.PERSON, name="Cleo Park", organisation=quality.college)
    outcome = brought(
        author,
        "Name,Organisation,E-mail,Phone,Login,Joined,Groups,Verified on,UID\n"
        "A. Ruiz,,ANA@example.org,0123 456 789,,,,2026-01-31,\n"
        "Ben Okafor,HC,,,bo,2024-01-01,,,\n"
        f"Cleo Field,,,,,,Quality Board,,{other}\n"
        "Ana Ruiz,Harbour College,,+44 123 456 789,,,,,\n",
    )
    assert [(party.name, party.by) for party in outcome.known] == [
        ("Ben Okafor", "name"),
        ("Cleo Park", "uid"),
        ("Ana Ruiz", "name and organisation"),
    ]
    assert [(addition.number, addition.name, addition.what) for addition in outcome.additions] == [
        (2, "Ana Ruiz", "email ana@example.org verified on 2026-01-31"),
        (2, "Ana Ruiz", "phone 0123 456 789"),
        (3, "Ben Okafor", "login bo"),
        (3, "Ben Okafor", "joined on 2024-01-01"),
        (3, "Ben Okafor", "organisation Harbour College"),
        (4, "Cleo Park", "group Quality Board"),
        (5, "Ana Ruiz", "phone +44 123 456 789"),
    ]
    assert [(one.number, one.what, one.in_file, one.on_roster) for one in outcome.differences] == [
        (2, "name", "A. Ruiz", "Ana Ruiz"),
        (4, "name", "Cleo Field", "Cleo Park"),
    ]
    assert names() == ["Ana Ruiz", "Ben Okafor", "Cleo Park"]
    assert ways(quality.ana)[0] == (1, "email", "ana@example.org")


def test_nothing_is_overwritten(quality: QualityPlan, author: Author) -> None:
    edit_party(author, quality.ben, login="bo", joined_on=date(2024, 1, 1), audience="partner staff")
    add_contact(author, quality.ben, kind="phone", value="0123 456", verified_on=date(2026, 1, 1))
    outcome = brought(
        author,
        "Name,Organisation,Phone,Verified on,Login,Joined,Audience,Post,Since,Groups,UID\n"
        f"Ben Okafor,,0123456,2026-02-01,ben,2023-01-01,larger community,,,Quality Board (chair),{quality.ben}\n"
        f"Ana Ruiz,Riverton School,,,,,,,,,{quality.ana}\n"
        f"Ana Ruiz,Harbour College,,,,,,Registrar,2024-01-01,,{quality.ana}\n",
    )
    assert outcome.changes_nothing
    assert [(one.name, one.what, one.in_file, one.on_roster) for one in outcome.differences] == [
        ("Ben Okafor", "login", "ben", "bo"),
        ("Ben Okafor", "audience", "larger community", "partner staff"),
        ("Ben Okafor", "joined on", "2023-01-01", "2024-01-01"),
        ("Ben Okafor", "when phone 0123 456 was verified", "2026-02-01", "2026-01-01"),
        ("Ben Okafor", "seat in Quality Board", "chair", "member"),
        ("Ana Ruiz", "organisation", "Riverton School", "Harbour College"),
        ("Ana Ruiz", "in Registrar since", "2024-01-01", "2025-01-01"),
    ]
    assert names(PartyKind.ORGANISATION) == ["Harbour College"]


def test_an_address_that_others_use_makes_nobody_the_same(plan_database: Path, author: Author) -> None:
    brought(author, "Name,E-mail\nAna Ruiz,office@example.org\nBen Okafor,office@example.org\n")
    assert names() == ["Ana Ruiz", "Ben Okafor"]


def test_a_namesake_with_another_address_needs_a_look(plan_database: Path, author: Author) -> None:
    outcome = brought(
        author,
        "Name,Organisation,E-mail\nAna Ruiz,College,ana@example.org\nAna Ruiz,,other@example.org\n"
        "Ben,School,b@example.org\nBen,School,c@example.org\n",
    )
    assert names() == ["Ana Ruiz", "Ben"]
    assert [look.number for look in outcome.looks] == [3, 5]
    assert "the e-mail address ana@example.org" in outcome.looks[0].text
    assert "with another e-mail address as well" in outcome.looks[1].text


def test_a_row_that_could_not_be_told_is_tried_again_once_others_have_brought_more(
    plan_database: Path, author: Author
) -> None:
    for address in ("a@example.org", "b@example.org"):
        add_contact(author, add_party(author, PartyKind.PERSON, name="Ana Ruiz"), kind="email", value=address)
    outcome = brought(
        author,
        "Name,Organisation,E-mail,Login\nAna Ruiz,College,,ana\nAna Ruiz,College,b@example.org,\n",
    )
    assert outcome.looks == []
    assert [(addition.number, addition.what) for addition in outcome.additions] == [
        (2, "login ana"),
        (3, "organisation College"),
    ]


def test_a_uid_that_was_merged_leads_to_what_it_became(quality: QualityPlan, author: Author) -> None:
    twin = add_party(author, PartyKind.PERSON, name="Ana R.")
    merge_parties(author, quality.ana, twin)
    outcome = brought(author, f"Name,Login,UID\nAna R.,ana,{twin}\n")
    assert [(party.uid, party.name) for party in outcome.known] == [(quality.ana, "Ana Ruiz")]


def test_a_uid_of_the_file_is_kept_and_tells_namesakes_apart(plan_database: Path, author: Author) -> None:
    one, two = "1" * 32, "urn:uuid:22222222-2222-2222-2222-222222222222"
    brought(author, f"Name,E-mail,UID\nAna Ruiz,a@x.org,{one}\nAna Ruiz,a@x.org,{two}\nAna Ruiz,a@x.org,{one}\n")
    assert sorted(rows(Party.select(Party.uid))) == [("1" * 32,), ("2" * 32,)]
    outcome = brought(author, f"Name,UID\nAna Ruiz,{'3' * 32}\nAna Ruiz,{'4' * 32}\n")
    assert len(outcome.looks) == 2
    assert "each with its own UID" in outcome.looks[0].text


def test_who_holds_a_post_that_was_held_before_holds_it_from_today(quality: QualityPlan, author: Author) -> None:
    post = add_party(author, PartyKind.POST, name="Head", organisation=quality.college)
    add_tenure(author, post, quality.ana, start=None, end=date(2025, 12, 31))
    brought(author, "Name,Organisation,Post\nBen Okafor,,Chair\nAna Ruiz,Harbour College,Head\n")
    query = Tenure.select(Tenure.start).where(Tenure.end.is_null())
    assert rows(query.where(Tenure.post == post)) == [(TODAY,)]
    assert rows(query.where(Tenure.person == quality.ben)) == [(None,)]


def test_a_post_goes_by_its_organisation(quality: QualityPlan, author: Author) -> None:
    outcome = brought(
        author,
        f"Name,Organisation,Post,Post in,UID\nAna Ruiz,Harbour College,Registrar,,{quality.ana}\n"
        f"Ana Ruiz,Harbour College,Chair,City Council,{quality.ana}\n"
        f"Ana Ruiz,Harbour College,Adviser,none,{quality.ana}\n",
    )
    assert [(party.kind, party.name, party.organisation) for party in outcome.new] == [
        ("organisation", "City Council", ""),
        ("post", "Chair", "City Council"),
        ("post", "Adviser", ""),
    ]


def test_new_duties_let_agreements_lapse(quality: QualityPlan, author: Author) -> None:
    cleo = add_party(author, PartyKind.PERSON, name="Cleo Park")
    record_agreement(author, quality.plan, [cleo], today=TODAY, state="agreed")
    brought(author, "Name,Groups\nCleo Park,Quality Board\n")
    assert rows(Agreement.select(Agreement.state).where(Agreement.party == cleo)) == [("lapsed",)]


def test_the_duties_of_a_holder_to_come_let_their_agreement_lapse(quality: QualityPlan, author: Author) -> None:
    cleo = add_party(author, PartyKind.PERSON, name="Cleo Park", organisation=quality.college)
    record_agreement(author, quality.plan, [cleo], today=TODAY, state="agreed")
    brought(author, "Name,Post,Post in,In post since\nCleo Park,Registrar (acting),Harbour College,2026-04-01\n")
    assert rows(Agreement.select(Agreement.state).where(Agreement.party == cleo)) == [("lapsed",)]


def test_seats_come_behind_those_that_are_there(quality: QualityPlan, author: Author) -> None:
    brought(author, 'Name,Groups\nZoe,"Quality Board, Call list"\nCleo,Quality Board\n')
    query = Membership.select(Membership.position).where(Membership.group == quality.board)
    assert sorted(rows(query)) == [(0,), (1,), (2,)]
    assert names(PartyKind.GROUP) == ["Call list", "Quality Board"]


def test_a_group_whose_name_has_a_comma_stays_whole(plan_database: Path, author: Author) -> None:
    add_party(author, PartyKind.GROUP, name="East, West")
    add_party(author, PartyKind.GROUP, name="Board (north)", short_name="BN")
    brought(
        author, 'Name,Groups\nAna,"East, West; Panel (lead), BN"\nBen,"Board (north) (chair), East, West (deputy)"\n'
    )
    assert names(PartyKind.GROUP) == ["Board (north)", "East, West", "Panel (lead)"]
    seats = sorted(seat for (seat,) in rows(Membership.select(Membership.seat)))
    assert seats == ["chair", "deputy", "member", "member", "member"]


def test_all_that_must_be_mended_is_told_at_once(quality: QualityPlan, author: Author) -> None:
    edit_party(author, quality.ana, joined_on=date(2026, 1, 1))
    found = refused(
        author,
        "Name,Kind,Organisation,Post,Groups,Left,E-mail,UID\n"
        ",person,,,,,,\n"
        f"Ana Ruiz,person,,,,2025-01-01,,{quality.ana}\n"
        "Ben Okafor,person,Harbour College,Registrar,,,,\n"
        "North,group,,,South,,,\n"
        "South,group,,,North,,,\n"
        "East,organisation,West,,,,,\n"
        "West,organisation,East,,,,,\n"
        f"Cleo,person,,,,,,{quality.college}\n"
        f"HQ,organisation,,,,,,{'1' * 32}\n"
        f"hq,organisation,,,,,,{'2' * 32}\n"
        f"Dan,person,{'x' * 301},,,,cleo park@example.org,\n",
    )
    assert found == (
        "Row 2: it has no name: write one, or take the row out.",
        "Row 3: The day they left (2025-01-01) comes before the day they joined (2026-01-01).",
        "Row 4: Ben Okafor and Ana Ruiz would both hold “Registrar” on 2025-01-01: say since when and until when, or "
        "write (acting) behind the post of one.",
        "Row 5: “North” would be a member of itself, directly or through another group.",
        "Row 7: “East” would belong to itself in the end.",
        "Row 9: its UID is that of the organisation “Harbour College”: mend it or take it out.",
        "Row 11: another row has the name “hq” as well: rename one of the two.",
        "Row 12: The name of the organisation is 301 characters long; shorten it to 300.",
        f"Row 12: organisation “{'x' * 60}”: The name is 301 characters long; shorten it to 300.",
        "Row 12: “cleo park@example.org” is no address for e-mail: write one such as ana@example.org.",
    )


def test_two_holders_of_one_post_in_the_file(plan_database: Path, author: Author) -> None:
    text = "Name,Organisation,Post,Since,Until\nAna,College,Head,,{}\nBen,College,Head,{},\n"
    (sentence,) = refused(author, text.format("", ""))
    assert sentence.startswith("Row 3: Ana and Ben would both hold “Head”:")
    brought(author, text.format("2025-12-31", "2026-01-01"))
    (sentence,) = refused(author, "Name,Organisation,Post,Until\nCleo,College,Head,2025-06-30\n")
    assert "give the day since when they held “Head”" in sentence


def test_an_office_gives_its_address_to_everybody(plan_database: Path, author: Author) -> None:
    rows_of_office = "".join(f"Person {number},office@example.org\n" for number in range(60))
    brought(author, f"Name,E-mail\n{rows_of_office}P. 7,office@example.org\n")
    assert len(names()) == 61


def test_fitting_a_file_makes_no_query_per_row(
    quality: QualityPlan, author: Author, caplog: pytest.LogCaptureFixture
) -> None:
    import_roster(author, read(_of_many(200)), today=TODAY)
    counts = []
    for many in (1, 300):
        reading = read(_of_many(many))
        with caplog.at_level(logging.DEBUG, logger="peewee"):
            caplog.clear()
            rehearse_roster(reading, today=TODAY)
            counts.append(len(caplog.records))
    assert counts[0] == counts[1] <= 5


def _of_many(count: int) -> str:
    lines = (f"Person {number},School {number % 9},Post {number},p{number}@x.org,Board\n" for number in range(count))
    return "Name,Organisation,Post,E-mail,Groups\n" + "".join(lines)


def test_what_a_dry_run_says(plan_database: Path) -> None:
    reading = read("Our partners\nName,Title,Shoe size,Groups\nAna,Head,38,Board\nBen,,,\n")
    assert reading.remarks == (
        "Read as UTF-8, separated by commas",
        "Above the headings, not taken in: Our partners",
        "Left out, since a roster has no place for it: Shoe size",
    )
    assert [(one.number, one.kind, one.name) for one in rehearse_roster(reading, today=TODAY).new] == [
        (3, "person", "Ana"),
        (3, "post", "Head"),
        (3, "group", "Board"),
        (4, "person", "Ben"),
    ]
