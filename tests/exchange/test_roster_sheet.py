"""The roster as a table: its rows and columns, what stays in the house, and that no cell is taken for a formula."""

import csv
import io
from datetime import date
from pathlib import Path

import openpyxl

from tests.quality_plan import QualityPlan
from tui_plan.exchange.roster_sheet import roster_csv, roster_sheet, roster_xlsx
from tui_plan.model.store import Author
from tui_plan.model.vocabulary import PartyKind
from tui_plan.operations.contacts import add_contact
from tui_plan.operations.groups import add_member
from tui_plan.operations.merging import merge_parties
from tui_plan.operations.people import add_party, edit_party
from tui_plan.operations.posts import add_tenure


def table(data: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(data.decode(), newline="")))


def filled(row: dict[str, str]) -> dict[str, str]:
    return {name: cell for name, cell in row.items() if cell and name != "UID"}


def test_a_row_for_each_person_and_post_and_for_everything_else(
    quality: QualityPlan, author: Author, today: date
) -> None:
    council = add_party(author, PartyKind.ORGANISATION, name="City Council")
    chair = add_party(author, PartyKind.POST, name="Chair", organisation=council)
    adviser = add_party(author, PartyKind.POST, name="Adviser")
    add_tenure(author, chair, quality.ana, start=date(2026, 3, 1), end=date(2026, 6, 30), acting=True)
    add_tenure(author, adviser, quality.ana, start=None)
    rows = table(roster_csv(today)[0])
    assert [(row["Name"], row["Kind"], row["Post"]) for row in rows] == [
        ("Ana Ruiz", "person", "Adviser"),
        ("Ana Ruiz", "person", "Chair (acting)"),
        ("Ana Ruiz", "person", "Registrar"),
        ("Ben Okafor", "person", ""),
        ("Adviser", "post", ""),
        ("Chair", "post", ""),
        ("Registrar", "post", ""),
        ("City Council", "organisation", ""),
        ("Harbour College", "organisation", ""),
        ("Quality Board", "group", ""),
    ]
    mine = [{"Name": "Ana Ruiz", "Kind": "person", "Organisation": "Harbour College"}] * 3
    assert [filled(row) for row in rows[:3]] == [
        mine[0] | {"Post": "Adviser", "Post in": "none"},
        mine[1]
        | {"Post": "Chair (acting)", "Post in": "City Council"}
        | {"In post since": "2026-03-01", "In post until": "2026-06-30"},
        mine[2] | {"Post": "Registrar", "In post since": "2025-01-01"},
    ]
    assert {row["UID"] for row in rows[:3]} == {quality.ana}
    assert [row["Post"] for row in table(roster_csv(date(2026, 2, 1))[0])[:2]] == ["Adviser", "Registrar"]


def test_every_column_of_a_person(quality: QualityPlan, author: Author, today: date) -> None:
    for kind, value, day in (
        ("mobile", "+44 7700 900003", date(2026, 1, 31)),
        ("email", "ben@example.org", None),
        ("address", "1 High Street, Town", None),
        ("email", "b@example.org", None),
        ("other", "=1+1", None),
    ):
        add_contact(author, quality.ben, kind=kind, value=value, verified_on=day)
    edit_party(
        author,
        quality.ben,
        login="ben",
        short_name="BO",
        audience="partner staff",
        joined_on=date(2024, 1, 1),
        left_on=date(2026, 12, 31),
        remarks="Candid\nremark",
    )
    add_member(author, add_party(author, PartyKind.GROUP, name="Call list"), quality.ben, "chair")
    data, withheld = roster_csv(today, [quality.ben])
    (row,) = table(data)
    assert filled(row) == {
        "Name": "Ben Okafor",
        "Kind": "person",
        "E-mail": "ben@example.org\nb@example.org",
        "Mobile": "'+44 7700 900003",
        "Address": "1 High Street, Town",
        "Other contact": "'=1+1",
        "Order of contact": "mobile, email, address, email, other",
        "Verified on": "mobile +44 7700 900003 2026-01-31",
        "Audience": "partner staff",
        "Groups": "Call list (chair)\nQuality Board",
        "Login": "ben",
        "Short name": "BO",
        "Joined": "2024-01-01",
        "Left": "2026-12-31",
    }
    assert withheld == "1 remark was withheld."
    assert b"Candid" not in data
    open_data, nothing = roster_csv(today, [quality.ben], candid=True, bom=True)
    assert open_data.startswith(b"\xef\xbb\xbf")
    assert table(open_data)[0]["Remarks"] == "Candid\nremark"
    assert nothing == ""


def test_the_same_as_a_workbook(quality: QualityPlan, author: Author, today: date, tmp_path: Path) -> None:
    add_contact(author, quality.ana, kind="phone", value="=HYPERLINK(1)", verified_on=today)
    path = tmp_path / "roster.xlsx"
    path.write_bytes(roster_xlsx(today)[0])
    book = openpyxl.load_workbook(path)
    assert book.sheetnames == ["Roster"]
    rows = list(book["Roster"].iter_rows())
    headings = [str(cell.value) for cell in rows[0]]
    assert headings == list(roster_sheet(today).headings)
    ana = dict(zip(headings, rows[1], strict=True))
    assert (ana["Phone"].value, ana["Phone"].data_type) == ("'=HYPERLINK(1)", "s")
    assert ana["Verified on"].value.date() == today
    assert ana["In post since"].is_date


def test_merged_records_are_in_no_table(quality: QualityPlan, author: Author, today: date) -> None:
    twin = add_party(author, PartyKind.PERSON, name="Ana R.", remarks="Candid")
    merge_parties(author, quality.ana, twin)
    edit_party(author, quality.ana, remarks="")
    sheet = roster_sheet(today)
    assert "Ana R." not in {row[0] for row in sheet.rows}
    assert sheet.withheld == ""
    assert roster_sheet(today, [twin]).rows == ()
    assert roster_sheet(today, []).rows == ()
