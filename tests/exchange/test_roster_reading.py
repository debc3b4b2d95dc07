"""Rosters from sheets: headings and their synonyms, what cells mean, and what must be mended first."""

from datetime import date
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tui_plan.exchange.roster_columns import HEADINGS, RosterField, recognise_roster
from tui_plan.exchange.roster_entries import EntryContact, EntryPost, RosterEntry, RosterReading
from tui_plan.exchange.roster_reading import read_roster, read_roster_table
from tui_plan.exchange.roster_values import as_uid, contact_values, in_wanted_order, kind_of, verified_days
from tui_plan.model.dates import DateOrder
from tui_plan.model.errors import ImportProblem, NotFound
from tui_plan.model.vocabulary import ContactKind, PartyKind


def read(text: str, **options: object) -> RosterReading:
    return read_roster_table(text.encode(), "contacts.csv", **options)  # type: ignore[arg-type]


def one(text: str) -> RosterEntry:
    reading = read(text)
    assert (reading.looks, reading.problems) == ((), ())
    (entry,) = reading.entries
    return entry


def problems(text: str) -> list[tuple[int, str]]:
    return [(told.number, told.text) for told in read(text).problems]


def fields(*headings: str) -> list[str]:
    return [str(column.field or "") for column in recognise_roster(headings)]


def test_our_own_headings_are_all_known() -> None:
    assert fields(*HEADINGS.values()) == [str(field) for field in HEADINGS]


def test_synonyms() -> None:
    assert fields("Full name", "Company", "Job Title", "E-mail 1 - Value", "Cell phone", "Committee / Group", "ID") == [
        "name",
        "organisation",
        "post",
        "email",
        "mobile",
        "groups",
        "",
    ]
    assert fields("Title", "First Name", "Surname", "Job title") == ["", "first name", "last name", "post"]


def test_a_heading_that_may_mean_something_else_gives_way() -> None:
    assert fields("Name", "Title") == ["name", "post"]
    assert fields("Name", "Title", "Position") == ["name", "", "post"]
    assert fields("Contact", "E-mail") == ["name", "email"]
    assert fields("Contact", "Name") == ["", "name"]


def test_a_second_column_of_a_field_that_holds_one_is_left_out() -> None:
    columns = recognise_roster(("Name", "Full name", "E-mail", "E-mail 2"))
    assert [column.remark for column in columns] == ["", "name is already taken from “Name”", "", ""]
    assert columns[3].field is RosterField.EMAIL


def test_a_mapping_goes_first() -> None:
    reading = read("Who is it,Name\nAna,x\n", mapping={"Who is it": "name", "Name": "ignore"})
    assert reading.entries[0].name == "Ana"
    assert [column.field for column in reading.columns] == [RosterField.NAME, RosterField.IGNORE]
    for mapping, sentence in (
        ({"Absent": "name"}, "There is no column “Absent” to map"),
        ({"Name": "colour"}, "“colour” is no field of a roster"),
        ({"Name": "name", "Who is it": "name"}, "Two columns are mapped to name"),
    ):
        with pytest.raises(ImportProblem, match=sentence):
            read("Who is it,Name\nAna,x\n", mapping=mapping)


def test_every_column_of_a_row() -> None:
    entry = one(
        "First name,Last name,Organisation,Position,Since,E-mail,Phone,Mobile,Address,Website,Audience,Groups,Login,"
        "Nickname,Joined,Left,Notes,UID\n"
        '  Ana ,Ruiz,Harbour College,Registrar (acting),3 Jan 2025,"ana@example.org; b@example.org",0123 456 / 7,'
        '07700 900003,"1 High Street\nTown",example.org,Key public officials,"Board (chair)\nCall list",aruiz,AR,'
        "2024-01-01,2026-12-31,Rings back,4FBE8971-0bc3-424c-9c26-36c3e1eff6b1\n"
    )
    assert entry == RosterEntry(
        number=2,
        kind=PartyKind.PERSON,
        name="Ana Ruiz",
        uid="4fbe89710bc3424c9c2636c3e1eff6b1",
        organisation="Harbour College",
        posts=(EntryPost("Registrar (acting)", None, date(2025, 1, 3)),),
        contacts=(
            EntryContact("email", "ana@example.org"),
            EntryContact("email", "b@example.org"),
            EntryContact("phone", "0123 456 / 7"),
            EntryContact("mobile", "07700 900003"),
            EntryContact("address", "1 High Street, Town"),
            EntryContact("other", "Website: example.org"),
        ),
        groups=("Board (chair)", "Call list"),
        audience="key public officials",
        login="aruiz",
        short_name="AR",
        joined_on=date(2024, 1, 1),
        left_on=date(2026, 12, 31),
        remarks="Rings back",
    )


def test_kinds_of_record() -> None:
    reading = read("Name,Kind\nA,\nB,Person\nC,organization\nD,Working group\nE,post\nF,group\n")
    assert [(entry.kind.value, entry.group_kind) for entry in reading.entries] == [
        ("person", ""),
        ("person", ""),
        ("organisation", ""),
        ("group", "working group"),
        ("post", ""),
        ("group", ""),
    ]
    assert kind_of("dragon") is None


def test_a_post_that_nobody_holds() -> None:
    entry = one("Name,Post,Organisation\nvacant,Deputy head,College\n")
    assert (entry.kind, entry.name, entry.organisation) == (PartyKind.POST, "Deputy head", "College")
    assert one("Name,Post,Organisation\nAna,TBC,n/a\n") == RosterEntry(2, PartyKind.PERSON, "Ana")


def test_verified_days_and_the_order_of_contact() -> None:
    entry = one('Name,E-mail,Mobile,Verified on,Order of contact\nAna,a@x.org,07700,2026-01-31,"mobile, email"\n')
    day = date(2026, 1, 31)
    assert entry.contacts == (EntryContact("mobile", "07700", day), EntryContact("email", "a@x.org", day))
    each = one('Name,E-mail,Mobile,Verified on\nAna,a@x.org,07700,"mobile 07700 2026-01-31"\n')
    assert each.contacts == (EntryContact("email", "a@x.org"), EntryContact("mobile", "07700", day))
    ways = [("email", "a"), ("phone", "1"), ("email", "b")]
    assert in_wanted_order(ways, "email, email, fax") == [("email", "a"), ("email", "b"), ("phone", "1")]
    assert verified_days("email a 2026-01-31\nemail c 2026-01-31", ways) is None


def test_cells_that_hold_several() -> None:
    assert contact_values(ContactKind.PHONE, "020 7946 0001; 020 7946 0002") == ["020 7946 0001", "020 7946 0002"]
    assert contact_values(ContactKind.PHONE, "020 7946; ask for Jo") == ["020 7946; ask for Jo"]
    assert contact_values(ContactKind.EMAIL, "a@x.org,b@x.org\nn/a, a@x.org") == ["a@x.org", "b@x.org"]
    assert contact_values(ContactKind.ADDRESS, "1 High St\nTown\n\n2 Low St") == ["1 High St, Town", "2 Low St"]


def test_uids() -> None:
    assert as_uid("urn:uuid:4FBE8971-0BC3-424C-9C26-36C3E1EFF6B1") == "4fbe89710bc3424c9c2636c3e1eff6b1"
    assert as_uid("1" * 32) == "1" * 32
    assert as_uid("17") == as_uid("x" * 32) == ""


def test_titles_above_and_columns_without_a_place_are_told() -> None:
    reading = read("Our partners\n\nName,E-mail,Shoe size,Empty\nAna,a@x.org,38,\n,,,\n")
    assert reading.entries[0].number == 4
    assert reading.remarks == (
        "Read as UTF-8, separated by commas",
        "Above the headings, not taken in: Our partners",
        "Left out, since a roster has no place for it: Shoe size",
    )


def test_bad_input_is_told_all_at_once_with_its_row() -> None:
    assert problems(
        "Name,Kind,E-mail,Phone,Joined,Left,Post,Since,Until\n"
        ",,ana@example.org,,,,,,\n"
        "TBC,,,,,,,,\n"
        "Ana,dragon,,,,,,,\n"
        '"Ben",,"ben@example.org\nOkafor",,,,,,\n'
        "Cleo,,cleo park@example.org,call me,,,,,\n"
        "Dan,,,,2026-02-01,2026-01-01,,,\n"
        "Eve,,,,31 Feb 2026,soon,Head,2026-02-01,2026-01-01\n"
        "Fay,,,,03/04/2026,,,,\n"
        f"{'x' * 301},,,,,,,,\n"
    ) == [
        (2, "it has no name: write one, or take the row out."),
        (3, "it has no name: write one, or take the row out."),
        (4, "“dragon” is no kind of record: write one of person, post, organisation, group."),
        (5, "“Okafor” is no address for e-mail: write one such as ana@example.org."),
        (6, "“cleo park@example.org” is no address for e-mail: write one such as ana@example.org."),
        (6, "“call me” is no number to call: write its digits, in any form."),
        (7, "The day they left (2026-01-01) comes before the day they joined (2026-02-01)."),
        (8, "under “Joined”, 31 Feb 2026 does not exist: correct the day or the month."),
        (8, "under “Left”, “soon” is no date: write one such as 2026-12-31."),
        (8, "The last day in the post (2026-01-01) comes before the day they came into it (2026-02-01)."),
        (
            9,
            "under “Joined”, 03/04/2026 can be 3 April 2026 or 4 March 2026: write 2026-04-03 or 2026-03-04, or set "
            "date_order to day-month or month-day in the configuration.",
        ),
        (10, "The name is 301 characters long; shorten it to 300."),
    ]
    dated = read("Name,Joined\nFay,03/04/2026\n", order=DateOrder.MONTH_DAY)
    assert dated.entries[0].joined_on == date(2026, 3, 4)


def test_an_audience_that_is_none_is_left_out_and_told() -> None:
    reading = read("Name,Audience\nAna,Officials\n")
    assert reading.entries[0].audience == ""
    assert reading.looks[0].number == 2
    assert "“Officials” is no audience" in reading.looks[0].text


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "is empty"),
        (b"E-mail,Phone\na@x.org,1\n", "no row of headings that could be recognised"),
        (b"Name\0\n", "not a text file"),
        (b"Name\n" + b"Ana\n" * 20_000, "more than 20,000 rows"),
        (b"\xd0\xcf\x11\xe0", "old or a locked Excel file"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_files_that_are_refused(tmp_path: Path, content: bytes, sentence: str) -> None:
    path = tmp_path / "contacts.csv"
    path.write_bytes(content)
    with pytest.raises(ImportProblem, match=sentence):
        read_roster(path)
    with pytest.raises(NotFound):
        read_roster(tmp_path / "absent.csv")


def test_the_worksheet_is_the_one_with_names_or_the_named_one(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.worksheets[0].append(["Hello"])
    for title in ("People", "Old people"):
        sheet = book.create_sheet(title)
        sheet.append(["Name", "Phone", "Joined"])
        sheet.append([title, 447700900003, date(2026, 1, 31)])
    path = tmp_path / "contacts.xlsx"
    book.save(path)
    with pytest.raises(ImportProblem, match="several worksheets that look like rosters: choose one with --sheet"):
        read_roster(path)
    with pytest.raises(ImportProblem, match="no worksheet “Absent”"):
        read_roster(path, sheet="Absent")
    (entry,) = read_roster(path, sheet="old people").entries
    assert (entry.name, entry.joined_on) == ("Old people", date(2026, 1, 31))
    assert entry.contacts == (EntryContact("phone", "447700900003"),)


_CELL = st.text(st.sampled_from("a@.;,\"'\n=-+( )0123/x\x1b"), max_size=12)
_HEADING = st.sampled_from([*HEADINGS.values(), "Title", "Shoe size", ""])


@settings(max_examples=40, deadline=None)
@given(st.lists(_HEADING, max_size=6), st.lists(st.lists(_CELL, max_size=6), max_size=4), st.binary(max_size=60))
def test_whatever_a_file_holds_only_an_import_problem_comes_out(
    headings: list[str], table: list[list[str]], noise: bytes
) -> None:
    text = "\n".join(",".join(f'"{cell}"' for cell in row) for row in [["Name", *headings], *table])
    for content in (text.encode(), text.encode() + noise, noise):
        try:
            reading = read_roster_table(content, "contacts.csv")
        except ImportProblem:
            continue
        assert all(entry.name and "\x1b" not in repr(entry) for entry in reading.entries)
        assert all("\x1b" not in told.text for told in (*reading.problems, *reading.looks))
