"""A plan as a sheet: with all columns, and as it was imported, cell by cell."""

import csv
import io
from collections.abc import Callable, Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from tests.quality_plan import TODAY, QualityPlan, build_quality_plan
from tui_plan.exchange.sheet_as_imported import sheet_as_imported
from tui_plan.exchange.sheet_columns import field_named
from tui_plan.exchange.sheet_compare import compare_with_plan
from tui_plan.exchange.sheet_import import import_plan
from tui_plan.exchange.sheet_plan import ReadPlan
from tui_plan.exchange.sheet_reading import ReadOptions, read_plan_file
from tui_plan.exchange.sheet_rows import PlanSheet, plan_sheet
from tui_plan.exchange.sheet_writing import csv_text, sheet_csv, sheet_xlsx
from tui_plan.insight.action_rows import ActionRow, action_rows
from tui_plan.insight.details import action_detail
from tui_plan.insight.outline import outline
from tui_plan.model.dates import DateOrder, written_date
from tui_plan.model.errors import InvalidInput, NotFound
from tui_plan.model.source import Source, SourceRow
from tui_plan.model.store import Author, change
from tui_plan.model.vocabulary import Candour, PartyKind, RoleKind, Status
from tui_plan.operations import actions, parts, people, plans

REAL = Path(__file__).parent.parent / "data" / "federal-data-strategy-2020.csv"
Table = list[list[str]]


@pytest.fixture
def quality(plan_database: Path, author: Author) -> QualityPlan:
    return build_quality_plan(author)


@pytest.fixture
def bring_in(plan_database: Path, author: Author, tmp_path: Path) -> Callable[..., str]:
    """Import lines as a plan and return its uid."""

    def write(*lines: Sequence[str], order: DateOrder | None = None) -> str:
        path = tmp_path / "ours.csv"
        path.write_bytes(csv_text(lines))
        return import_plan(author, read_plan_file(path, ReadOptions(order=order)), today=TODAY).plan

    return write


def table(content: bytes) -> Table:
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))


def cells(text: str) -> list[str]:
    return text.split("|")


def back(plan: str) -> Table:
    """Return the sheet as imported, through a file."""
    return table(sheet_csv(sheet_as_imported(plan, TODAY)))


def named(plan: str) -> dict[str, ActionRow]:
    return {row.title: row for row in action_rows(plan)}


def column(sheet: PlanSheet, heading: str) -> list[Any]:
    return [row[sheet.headings.index(heading)] for row in sheet.rows]


@pytest.fixture
def real(plan_database: Path, author: Author) -> str:
    return import_plan(author, read_plan_file(REAL), today=TODAY).plan


def test_the_real_file_comes_back_cell_by_cell(real: str) -> None:
    with REAL.open(encoding="utf-8", newline="") as file:
        assert back(real) == list(csv.reader(file))


def test_the_real_file_comes_back_from_a_workbook_too(real: str, tmp_path: Path, author: Author) -> None:
    path = tmp_path / "again.xlsx"
    path.write_bytes(sheet_xlsx(sheet_as_imported(real, TODAY)))
    again = import_plan(author, read_plan_file(path), today=TODAY).plan
    assert table(sheet_csv(sheet_as_imported(again, TODAY))) == back(real)


def test_all_columns_hold_the_content_of_every_cell_of_the_real_file(real: str) -> None:
    with REAL.open(encoding="utf-8", newline="") as file:
        _, *typed = csv.reader(file)
    full = table(sheet_csv(plan_sheet(real, TODAY)))
    assert len(full) == 67
    for row, cells in zip(full[1:], typed, strict=True):
        for cell in filter(None, cells):
            said = written_date(cell)
            if isinstance(said, date):
                assert said.isoformat() in row
            else:
                assert any(cell in held for held in row) or all(name in cell for name in row[10].split("\n")), cell


def test_what_is_typed_stays_until_the_plan_says_otherwise(real: str, author: Author) -> None:
    before = back(real)
    second, third = action_rows(real)[1:3]
    actions.edit_action(author, second.uid, today=TODAY, agreed=date(2020, 10, 31), title="Say it anew")
    actions.edit_action(author, third.uid, today=TODAY, timescale_note="when money comes", agreed=None)
    after = back(real)
    assert after[2][2:5] == ["Say it anew", "", "2020-10-31"]
    assert after[3][4] == "when money comes"
    assert [row for at, row in enumerate(after) if at not in {2, 3}] == [
        row for at, row in enumerate(before) if at not in {2, 3}
    ]


def test_an_undone_change_brings_the_typed_words_back(real: str, author: Author) -> None:
    before = back(real)
    uid = action_rows(real)[0].uid
    actions.edit_action(author, uid, today=TODAY, agreed=date(2021, 1, 1))
    assert back(real) != before
    actions.edit_action(author, uid, today=TODAY, agreed=date(2020, 9, 30))
    assert back(real) == before


def test_every_kind_of_column_follows_the_plan(bring_in: Callable[..., str], author: Author) -> None:
    plan = bring_in(
        cells("No.|Theme|Priority|Task|Why|Lead|Start|Due|Revised|Completed|Status|RAG|Key milestone|Depends on")
        + cells("Budget|Review|KPI|Comment|Colour"),
        cells("a|Talk|H|Meet|To agree|Ann|1 May 2026|30 June 2026|||Not begun||no|")
        + cells("tea|monthly|one page|good|blue"),
        cells("b|Talk|High|Write||TBC||soon|||Planned|on track||a") + cells("||||"),
    )
    typed = back(plan)
    assert typed[1][:3] == ["a", "Talk", "H"]
    meet, write = (named(plan)[title] for title in ("Meet", "Write"))
    ben = people.add_party(author, PartyKind.PERSON, name="Ben")
    actions.edit_action(
        author,
        meet.uid,
        today=TODAY,
        purpose="To listen",
        start=date(2026, 5, 4),
        forecast=date(2026, 7, 3),
        status="in progress",
        confidence="red",
        milestone=True,
    )
    parts.set_roles(author, meet.uid, [(RoleKind.RESPONSIBLE, ben)])
    parts.edit_resource(author, action_detail(meet.uid, TODAY).resources[0].uid, description="coffee")
    parts.edit_checkpoint(author, action_detail(meet.uid, TODAY).checkpoints[0].uid, due=date(2026, 6, 1))
    parts.edit_measure(author, action_detail(meet.uid, TODAY).measures[0].uid, statement="two pages")
    parts.add_note(author, "better", today=TODAY, action=meet.uid)
    plans.edit_area(author, outline(plan, TODAY)[0].uid, priority="low")
    first, second = back(plan)[1:]
    assert first == (
        cells("a|Talk|low|Meet|To listen|Ben|2026-05-04|30 June 2026|2026-07-03||in progress|red|yes|")
        + cells("coffee|2026-06-01: monthly|two pages|good\nbetter|blue")
    )
    assert second == [*typed[2][:2], "low", *typed[2][3:]]
    actions.set_status(author, [write.uid], Status.COMPLETE, today=TODAY)
    assert back(plan)[2][9:11] == ["2026-03-16", "complete"]


def test_roles_without_a_column_stay_where_they_were_typed(bring_in: Callable[..., str], author: Author) -> None:
    plan = bring_in(
        ("Action", "Who"), ("Meet", "Accountable: Ann; Responsible: Ben"), ("Write", "Ann"), ("Read", "Ben")
    )
    assert [line[1] for line in back(plan)[1:]] == ["Accountable: Ann; Responsible: Ben", "Ann", "Ben"]
    rows = named(plan)
    cleo = people.add_party(author, PartyKind.PERSON, name="Cleo")
    for title in ("Meet", "Write"):
        parts.add_role(author, [rows[title].uid], RoleKind.ACCOUNTABLE, cleo)
    assert [line[1] for line in back(plan)[1:]] == ["Ben\nAccountable: Cleo", "Ann", "Ben"]
    parts.set_roles(author, rows["Read"].uid, [(RoleKind.ACCOUNTABLE, cleo)])
    assert back(plan)[3][1] == "Accountable: Cleo"


def test_dependencies_speak_the_language_of_the_sheet(bring_in: Callable[..., str], author: Author) -> None:
    from tui_plan.operations.dependencies import set_needs

    plan = bring_in(("Ref", "Action", "After", "Depends on"), ("1.a", "Plan", "", ""), ("1.b", "Do", "", "1.a"))
    new = actions.add_action(author, named(plan)["Do"].objective, today=TODAY, title="Check")
    set_needs(author, new, [named(plan)["Do"].uid])
    assert back(plan)[1:] == [["1.a", "Plan", "", ""], ["1.b", "Do", "", "1.a"], ["A-3", "Check", "", "Do"]]
    set_needs(author, named(plan)["Do"].uid, [])
    assert back(plan)[2] == ["1.b", "Do", "", ""]


def test_a_period_is_given_back_and_rewritten_as_one(bring_in: Callable[..., str], author: Author) -> None:
    plan = bring_in(("Action", "When"), ("Meet", "1 Jan 2026 to 31 March 2026"), ("Write", "12 months"))
    assert [row[1] for row in back(plan)[1:]] == ["1 Jan 2026 to 31 March 2026", "12 months"]
    actions.edit_action(author, named(plan)["Meet"].uid, today=TODAY, start=date(2026, 2, 1))
    actions.edit_action(author, named(plan)["Write"].uid, today=TODAY, agreed=date(2026, 9, 1))
    assert [row[1] for row in back(plan)[1:]] == ["2026-02-01 – 2026-03-31", "2026-09-01"]


def test_dates_read_in_a_chosen_order_stand(bring_in: Callable[..., str], author: Author) -> None:
    lines = (("Action", "Due"), ("Meet", "03/04/2026"), ("Write", "05/06/2026"))
    plan = bring_in(*lines, order=DateOrder.DAY_MONTH)
    assert back(plan) == [list(line) for line in lines]
    actions.move_dates(author, [named(plan)["Meet"].uid], 7)
    assert back(plan) == [list(line) for line in lines]


def test_blanks_that_repeat_stay_blank_unless_they_would_mislead(bring_in: Callable[..., str], author: Author) -> None:
    lines = [
        ["Area", "Objective", "Action"],
        ["One", "First", "a"],
        ["", "", "b"],
        ["", "Second", "c"],
        ["Two", "", ""],
        ["", "Third", "d"],
        ["", "", "e"],
    ]
    plan = bring_in(*lines)
    assert back(plan) == lines
    rows = named(plan)
    actions.move_actions(author, [rows["b"].uid], rows["c"].objective)
    moved = back(plan)
    assert moved[2] == ["", "Second", "b"]
    assert moved[3:] == lines[3:]
    new = actions.add_action(author, rows["a"].objective, today=TODAY, title="new")
    plans.edit_area(author, rows["d"].area, title="Two and a half")
    renamed = back(plan)
    assert renamed[2] == ["One", "First", "new"]
    assert renamed[5:] == [["Two", "", ""], ["Two and a half", "Third", "d"], ["", "", "e"]]
    assert read_places(plan) == {row.title: (row.area, row.objective) for row in action_rows(plan)}
    actions.remove_actions(author, [new, rows["e"].uid])
    assert [line[2] for line in back(plan)] == ["Action", "a", "b", "c", "", "d"]


def read_places(plan: str) -> dict[str, tuple[str, str]]:
    """Return where a reader of the exported sheet would put each action, as uids of the plan."""
    from tui_plan.exchange.sheet_columns import recognise
    from tui_plan.exchange.sheet_file import Sheet
    from tui_plan.exchange.sheet_layout import SheetRow
    from tui_plan.exchange.sheet_reading import read_plan

    headings, *lines = back(plan)
    sheet = Sheet("x", tuple(headings), tuple(SheetRow(at, tuple(line)) for at, line in enumerate(lines, 2)), 1)
    places = {(area.title, one.title): (area.uid, one.uid) for area in outline(plan, TODAY) for one in area.objectives}
    read = read_plan(sheet, recognise(sheet.headings))
    return {action.title: places[action.area, action.objective] for action in read.actions}


def test_rows_outside_the_plan_are_given_back(bring_in: Callable[..., str]) -> None:
    lines = [["Area", "Action", "Note"], ["One", "a", ""], ["", "", "Source: the annual report"]]
    assert back(bring_in(*lines)) == lines


def test_a_note_that_became_candid_leaves_the_sheet(bring_in: Callable[..., str], author: Author) -> None:
    plan = bring_in(("Action", "Note", "Comments"), ("Meet", "they quarrel", "fine"))
    uid = named(plan)["Meet"].uid
    assert back(plan)[1] == ["Meet", "they quarrel", "fine"]
    note = next(note for note in action_detail(uid, TODAY).notes if note.text == "they quarrel")
    parts.edit_note(author, note.uid, text=note.text, candour=Candour.CANDID)
    assert back(plan)[1] == ["Meet", "", "fine"]
    assert sheet_as_imported(plan, TODAY).withheld == "1 candid note was withheld."
    full = plan_sheet(plan, TODAY)
    assert (column(full, "Notes"), full.withheld) == (["fine"], "1 candid note was withheld.")


def test_a_short_name_on_the_roster_stands(bring_in: Callable[..., str], author: Author) -> None:
    people.add_party(author, PartyKind.ORGANISATION, name="Harbour College", short_name="HC")
    lines = [["Action", "Who"], ["Meet", "HC; Quality Board"]]
    plan = bring_in(*lines)
    assert action_detail(named(plan)["Meet"].uid, TODAY).roles[0].name == "Harbour College"
    assert back(plan) == lines


def test_cells_that_look_like_formulas_are_guarded_and_come_back(bring_in: Callable[..., str]) -> None:
    plan = bring_in(("Action", "Colour"), ("=1+1", "@x"), ("'=quoted", "+49 30"))
    assert [row.title for row in action_rows(plan)] == ["=1+1", "'=quoted"]
    assert back(plan)[1:] == [["'=1+1", "'@x"], ["''=quoted", "'+49 30"]]
    book = load_workbook(io.BytesIO(sheet_xlsx(sheet_as_imported(plan, TODAY))))
    assert {cell.data_type for row in book.worksheets[0].iter_rows() for cell in row} == {"s"}


def test_which_sheet_is_meant(plan_database: Path, author: Author, bring_in: Callable[..., str]) -> None:
    with pytest.raises(NotFound, match="did not come from a sheet"):
        sheet_as_imported(plans.add_plan(author, name="New"), TODAY)
    plan = bring_in(("Action",), ("Meet",))
    with pytest.raises(NotFound, match=r"“ours\.csv”"):
        sheet_as_imported(plan, TODAY, "theirs.csv")
    with change(author, "Another") as writer:
        theirs = writer.create(Source, plan=plan, name="theirs.csv", headings='["Action"]', mapping="{}")
        writer.create(SourceRow, source=theirs, row=2, cells='["Gone since"]')
    with pytest.raises(InvalidInput, match="several sheets"):
        sheet_as_imported(plan, TODAY)
    assert sheet_as_imported(plan, TODAY, "OURS.csv").rows == (("Meet",),)
    assert sheet_as_imported(plan, TODAY, "theirs.csv").rows == (("Meet",),)


def test_our_own_headings_are_recognised(quality: QualityPlan) -> None:
    headings = plan_sheet(quality.plan, TODAY).headings
    fields = [field_named(heading) for heading in headings]
    assert None not in fields
    assert len(set(fields)) == len(fields)


def test_all_columns_of_a_plan(quality: QualityPlan) -> None:
    sheet = plan_sheet(quality.plan, TODAY)
    first = dict(zip(sheet.headings, sheet.rows[0], strict=True))
    assert first == {
        "Ref": "A-1",
        "Priority": "high",
        "Development area": "Learners' views",
        "Step objective": "Agree standards",
        "Action": "Draft the standards",
        "Purpose": "So that all partners judge work alike",
        "Description": "",
        "Status": "in progress",
        "Confidence": "amber",
        "Accountable": "Registrar",
        "Responsible": "Harbour College",
        "Consulted": "Quality Board",
        "Informed": "",
        "Start": date(2026, 1, 12),
        "Baseline": date(2026, 3, 10),
        "Agreed date": date(2026, 3, 10),
        "Forecast": date(2026, 3, 24),
        "Done on": "",
        "Timescale note": "",
        "Milestone": "yes",
        "Depends on": "",
        "Resources": "money: Printing, 2.50 boxes, 1,200.00 EUR, not secured",
        "Monitoring": "2026-02-02: Desk review, by Quality Board; held 2026-02-03: On course",
        "Outcomes": "Courses reviewed: from 10 to 50 courses by 2026-12-01; latest 12.5 on 2026-02-20",
        "Notes": "They like the draft",
    }
    assert column(sheet, "Depends on") == ["", "A-1", "", ""]
    assert sheet.withheld == "2 candid notes were withheld."


def test_columns_of_the_source_are_kept_beside_ours(bring_in: Callable[..., str]) -> None:
    plan = bring_in(("Ref", "Action", "Colour", "Left out"), ("x1", "Meet", "blue", ""), ("", "Write", "", ""))
    sheet = plan_sheet(plan, TODAY)
    assert sheet.headings[-2:] == ("Ref (as imported)", "Colour")
    assert [row[-2:] for row in sheet.rows] == [("x1", "blue"), ("", "")]


def read_back(sheet: PlanSheet, tmp_path: Path, write: Callable[[PlanSheet], bytes], name: str) -> ReadPlan:
    path = tmp_path / name
    path.write_bytes(write(sheet))
    return read_plan_file(path)


@pytest.mark.parametrize(("write", "name"), [(sheet_csv, "out.csv"), (sheet_xlsx, "out.xlsx")])
def test_the_reader_understands_all_that_a_field_can_hold(
    quality: QualityPlan, tmp_path: Path, write: Callable[[PlanSheet], bytes], name: str
) -> None:
    read = read_back(plan_sheet(quality.plan, TODAY), tmp_path, write, name)
    assert not read.report.problems
    for action, row in zip(read.actions, action_rows(quality.plan), strict=True):
        detail = action_detail(row.uid, TODAY)
        assert (action.ref, action.title, action.area, action.objective) == (
            detail.ref,
            row.title,
            detail.area,
            detail.objective,
        )
        dates = action.dates
        assert (dates.start, dates.agreed, dates.forecast, dates.actual) == (
            row.start,
            row.agreed,
            row.forecast,
            row.actual,
        )
        assert dates.note == row.timescale_note
        assert (action.status, action.confidence or "", action.milestone) == (row.status, row.confidence, row.milestone)
        assert [(role.kind, role.party) for role in action.roles] == [(role.kind, role.name) for role in detail.roles]
        assert [read.actions[at - 2].ref for at in action.depends_on] == [f"A-{one.number}" for one in detail.needs]


def test_export_edit_import_is_a_reviewed_difference(quality: QualityPlan, tmp_path: Path) -> None:
    sheet = plan_sheet(quality.plan, TODAY)
    at = sheet.headings.index("Forecast")
    edited = tuple(
        (*row[:at], TODAY + timedelta(days=60), *row[at + 1 :]) if row[0] == "A-2" else row for row in sheet.rows
    )
    read = read_back(PlanSheet(sheet.name, sheet.headings, edited, ""), tmp_path, sheet_csv, "edited.csv")
    found = compare_with_plan(read, quality.plan, today=TODAY)
    changed = {one.reference: [change.field for change in one.changes] for one in found.differences}
    assert changed["A-2"] == ["forecast"]
    assert not {"title", "status", "agreed", "timescale_note"} & {name for names in changed.values() for name in names}


def test_csv_is_what_rfc_4180_says(quality: QualityPlan) -> None:
    sheet = PlanSheet("x", ("A", "B"), (('say "so"', "two\nlines"), (date(2026, 1, 2), "ä, ö")), "")
    assert sheet_csv(sheet) == b'A,B\r\n"say ""so""","two\nlines"\r\n2026-01-02,"' + "ä, ö".encode() + b'"\r\n'
    assert sheet_csv(sheet, bom=True) == b"\xef\xbb\xbf" + sheet_csv(sheet)


def test_a_workbook_is_pleasant_to_work_in(quality: QualityPlan) -> None:
    sheet = plan_sheet(quality.plan, TODAY)
    page = load_workbook(io.BytesIO(sheet_xlsx(sheet))).worksheets[0]
    assert [cell.value for cell in page[1]] == list(sheet.headings)
    assert (page.freeze_panes, page.auto_filter.ref, page.print_title_rows) == ("A2", "A1:Y5", "$1:$1")
    assert page["N2"].is_date
    assert page["N2"].number_format == "yyyy-mm-dd"
    assert page["Y2"].alignment.wrap_text
    assert page.column_dimensions["E"].width < 60


def test_a_text_too_long_for_a_cell_says_where_the_rest_is() -> None:
    sheet = PlanSheet("x", ("Notes",), (("n" * 40_000,),), "")
    cell = load_workbook(io.BytesIO(sheet_xlsx(sheet))).worksheets[0]["A2"].value
    assert isinstance(cell, str)
    assert len(cell) == 32_767
    assert cell.endswith("the CSV file has it whole)")
    assert len(table(sheet_csv(sheet))[1][0]) == 40_000
