"""A plan as a sheet with all columns, as CSV and as a workbook."""

import csv
import io
from collections.abc import Callable, Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from tests.quality_plan import TODAY, QualityPlan
from tui_plan.exchange.sheet_columns import field_named
from tui_plan.exchange.sheet_compare import compare_with_plan
from tui_plan.exchange.sheet_import import import_plan
from tui_plan.exchange.sheet_plan import ReadPlan
from tui_plan.exchange.sheet_reading import ReadOptions, read_plan_file
from tui_plan.exchange.sheet_rows import PlanSheet, plan_sheet
from tui_plan.exchange.sheet_writing import csv_text, sheet_csv, sheet_xlsx
from tui_plan.insight.action_rows import action_rows
from tui_plan.insight.details import action_detail
from tui_plan.model.base import rows
from tui_plan.model.dates import DateOrder, written_date
from tui_plan.model.plan import OutcomeMeasure
from tui_plan.model.store import Author
from tui_plan.operations.actions import edit_action
from tui_plan.operations.parts import edit_measure

REAL = Path(__file__).parent.parent / "data" / "federal-data-strategy-2020.csv"
Table = list[list[str]]


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


def column(sheet: PlanSheet, heading: str) -> list[Any]:
    return [row[sheet.headings.index(heading)] for row in sheet.rows]


@pytest.fixture
def real(plan_database: Path, author: Author) -> str:
    return import_plan(author, read_plan_file(REAL), today=TODAY).plan


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
        "Core component": "",
        "Depends on": "",
        "Resources": "money: Printing, 2.50 boxes, 1,200.00 EUR, not secured",
        "Monitoring": "2026-02-02: Desk review, by Quality Board; held 2026-02-03: On course",
        "Outcomes": "Courses reviewed: from 10 to 50 courses by 2026-12-01; latest 12.5 on 2026-02-20",
        "Notes": "They like the draft",
    }
    assert column(sheet, "Depends on") == ["", "A-1", "", ""]
    assert sheet.withheld == "2 notes were withheld as candid."


@pytest.mark.parametrize(("every", "words"), [(1, ", then every month"), (6, ", then every 6 months")])
def test_an_outcome_says_how_often_data_is_due(quality: QualityPlan, author: Author, every: int, words: str) -> None:
    [(measure,)] = rows(OutcomeMeasure.select(OutcomeMeasure.uid))
    edit_measure(author, measure, every=every)
    assert column(plan_sheet(quality.plan, TODAY), "Outcomes")[0].startswith(
        f"Courses reviewed: from 10 to 50 courses by 2026-12-01{words}; latest"
    )


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
    quality: QualityPlan, author: Author, tmp_path: Path, write: Callable[[PlanSheet], bytes], name: str
) -> None:
    edit_action(author, quality.survey, today=TODAY, core=True)
    read = read_back(plan_sheet(quality.plan, TODAY), tmp_path, write, name)
    assert [action.core for action in read.actions].count(True) == 1
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
        assert (action.status, action.confidence or "") == (row.status, row.confidence)
        assert (action.milestone, action.core) == (row.milestone, row.core)
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
    assert (page.freeze_panes, page.auto_filter.ref, page.print_title_rows) == ("A2", "A1:Z5", "$1:$1")
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


def test_texts_that_look_like_formulas_or_errors_stay_texts_in_a_workbook() -> None:
    texts = ("=1+1", "@x", "#N/A", "12", "TRUE", "2026-01-01")
    sheet = PlanSheet("x", ("Notes",), tuple((text,) for text in texts), "")
    column_of = [row[0] for row in load_workbook(io.BytesIO(sheet_xlsx(sheet))).worksheets[0].iter_rows(min_row=2)]
    assert [cell.value for cell in column_of] == ["'=1+1", "'@x", "#N/A", "12", "TRUE", "2026-01-01"]
    assert {cell.data_type for cell in column_of} == {"s"}
