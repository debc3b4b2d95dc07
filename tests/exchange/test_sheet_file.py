"""Reading the table of a CSV or XLSX file: encodings, delimiters, worksheets, layouts, and files that are refused."""

import zipfile
from datetime import date, datetime
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui_plan.exchange.sheet_file import Sheet, guard_cell, read_sheet, unguard_cell
from tui_plan.model.clean import clean
from tui_plan.model.errors import ImportProblem, NotFound

TEXT = 'Theme,Action,Who,Due\nA,"Zoë’s plan – ready, soon",Café,2026-05-01\n'
ANNEX_HEADINGS = [
    "Step objectives",
    "Actions",
    "Responsibility and involvement",
    "Timescale",
    "Resources, inc support",
    "Monitoring",
    "Outcomes",
]


def sheet_of(folder: Path, content: str | bytes, name: str = "plan.csv") -> Sheet:
    path = folder / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return read_sheet(path)


def workbook_of(folder: Path, **sheets: list[list[object]]) -> Path:
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    for name, lines in sheets.items():
        sheet = book.create_sheet(name)
        for line in lines:
            sheet.append(line)
    path = folder / "plan.xlsx"
    book.save(path)
    return path


@pytest.mark.parametrize(
    ("encoding", "remark"),
    [
        ("utf-8", "Read as UTF-8, separated by commas"),
        ("utf-8-sig", "Read as UTF-8, separated by commas"),
        ("utf-16", "Read as UTF-16, separated by commas"),
        ("cp1252", "Read as Windows-1252, separated by commas"),
    ],
)
def test_encodings(tmp_path: Path, encoding: str, remark: str) -> None:
    sheet = sheet_of(tmp_path, TEXT.encode(encoding))
    assert sheet.headings == ("Theme", "Action", "Who", "Due")
    assert sheet.rows[0].cells == ("A", "Zoë’s plan – ready, soon", "Café", "2026-05-01")
    assert sheet.remarks == (remark,)


def test_latin_1_is_reported(tmp_path: Path) -> None:
    sheet = sheet_of(tmp_path, "Action\nCaf\xe9 \x81\n".encode("latin-1"))
    assert sheet.rows[0].cells == ("Café",)
    assert "Latin-1" in sheet.remarks[0]


@pytest.mark.parametrize(("mark", "name"), [(";", "semicolons"), ("\t", "tabs"), (",", "commas")])
def test_delimiters(tmp_path: Path, mark: str, name: str) -> None:
    lines = [["Action", "Who", "Note"], ['"a, b; c\td"', "X", "one, two; three"], ["b", "Y", '"1;2,3\n4"']]
    text = "\n".join(mark.join(line) for line in lines)
    sheet = sheet_of(tmp_path, text.replace("one, two; three", '"one, two; three"'))
    assert [row.cells for row in sheet.rows] == [("a, b; c d", "X", "one, two; three"), ("b", "Y", "1;2,3\n4")]
    assert sheet.remarks[0].endswith(name)


def test_a_text_of_many_lines_does_not_hide_the_delimiter(tmp_path: Path) -> None:
    address = "Flat 2; The Mill"
    for note in ("\n".join([address] * 5), f"{address}\n{address}"):
        sheet = sheet_of(tmp_path, f'Action,Note\nCall,"x\n{note}"\n')
        assert [row.cells for row in sheet.rows] == [("Call", f"x\n{note}")]


def test_the_line_by_which_excel_names_the_delimiter(tmp_path: Path) -> None:
    sheet = sheet_of(tmp_path, "sep=;\r\nAction;Who, what\r\na;b\r\n")
    assert sheet.headings == ("Action", "Who, what")
    assert sheet.rows[0].number == 3


def test_row_numbers_are_those_of_the_spreadsheet(tmp_path: Path) -> None:
    sheet = sheet_of(tmp_path, 'Our plan\n\nAction,Who\n"two\nlines",A\n\nlast,B\n')
    assert sheet.heading_row == 3
    assert [(row.number, row.cells) for row in sheet.rows] == [
        (4, ("two\nlines", "A")),
        (5, ("", "")),
        (6, ("last", "B")),
    ]
    assert sheet.remarks[-1] == "Above the headings, not taken into the plan: Our plan"


def test_short_and_long_rows_lose_nothing(tmp_path: Path) -> None:
    sheet = sheet_of(tmp_path, "Action,Who\na\nb,X,outside\n,,\n")
    assert sheet.headings == ("Action", "Who", "")
    assert [row.cells for row in sheet.rows] == [("a", "", ""), ("b", "X", "outside"), ("", "", "")]


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "is empty"),
        (b" \n\n", "is empty"),
        (b"one,two\nthree,four\n", "no row of headings"),
        (b"Action\0,Who\na,b\n", "not a text file"),
        (bytes(range(256)) * 4, "not a text file"),
        (b"\xff\xfeA\0\0", "is damaged"),
        (b"\xff\xfe\0\0A\0\0\0", "not a text file"),
        (b"PK\x03\x04 and then nothing", "is damaged"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "old or a locked Excel file"),
        (b'Action,Who\n"a,b\n', "cannot be read as CSV near line"),
        (b"Action,Who\n" + b"a,b\n" * 100_001, "more than 100,000 rows"),
        (b"Action" + b"," * 200 + b"x\na\n", "more than 200 columns"),
        (b"Action\n" + b"a" * 20_000_001, "larger than 20 MB"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_files_that_are_refused(tmp_path: Path, content: bytes, sentence: str) -> None:
    with pytest.raises(ImportProblem, match=sentence):
        sheet_of(tmp_path, content)


def test_a_missing_file_and_a_folder(tmp_path: Path) -> None:
    with pytest.raises(NotFound, match="There is no file"):
        read_sheet(tmp_path / "absent.csv")
    with pytest.raises(ImportProblem, match="cannot be read"):
        read_sheet(tmp_path)


def test_a_cell_that_is_too_long_is_named(tmp_path: Path) -> None:
    with pytest.raises(ImportProblem, match=r"Row 3, column 2 holds 10,001 characters") as caught:
        sheet_of(tmp_path, f"Action,Note\na,b\nc,{'x' * 10_001}\n")
    assert len(caught.value.problems) == 1
    assert sheet_of(tmp_path, f"Action,Note\nc,{'x' * 10_000}\n").rows[0].cells[1] == "x" * 10_000


def test_hostile_text_is_cleaned_and_markup_kept(tmp_path: Path) -> None:
    cells = [
        "[/] [red]x[/red]",
        "a\x1b[2Jb\x1b]52;c;aGk=\x07",
        "ab\u202ecd\u2066",
        "🎉 family 👨‍👩‍👧",
        "Z" + "\u0301" * 50,
    ]
    sheet = sheet_of(tmp_path, "Action,Note\n" + "\n".join(f'x,"{cell}"' for cell in cells))
    found = [row.cells[1] for row in sheet.rows]
    assert found == ["[/] [red]x[/red]", "a[2Jb]52;c;aGk=", "abcd", "🎉 family 👨‍👩‍👧", clean(cells[4])]


def test_an_xlsx_workbook_reads_like_its_csv(tmp_path: Path) -> None:
    path = workbook_of(
        tmp_path,
        Plan=[
            ["Action", "Due", "Cost", "Note"],
            ["a", date(2026, 5, 1), 12.0, None],
            ["b", datetime.fromisoformat("2026-05-01 09:30"), 1.5, True],
        ],
    )
    sheet = read_sheet(path)
    assert sheet.name == "plan.xlsx"
    assert sheet.remarks == ("From the worksheet “Plan”",)
    assert [row.cells for row in sheet.rows] == [
        ("a", "2026-05-01", "12", ""),
        ("b", "2026-05-01 09:30", "1.5", "TRUE"),
    ]


def test_merged_cells_are_filled_downwards_only(tmp_path: Path) -> None:
    path = workbook_of(tmp_path, Plan=[["Title"], ["Theme", "Action", "Who"], ["T", "a", "X"], [None, "b", None]])
    book = openpyxl.load_workbook(path)
    sheet = book["Plan"]
    for area in ("A1:C1", "A3:A4", "C3:C4"):
        sheet.merge_cells(area)
    book.save(path)
    assert [row.cells for row in read_sheet(path).rows] == [("T", "a", "X"), ("T", "b", "X")]
    assert read_sheet(path).remarks[1:] == ("Above the headings, not taken into the plan: Title",)


def test_the_worksheet_is_the_one_with_headings_or_the_named_one(tmp_path: Path) -> None:
    plan: list[list[object]] = [["Action", "Who"], ["a", "X"]]
    assert read_sheet(workbook_of(tmp_path, Read_me=[["Hello"]], Actions=plan)).remarks == (
        "From the worksheet “Actions”",
    )
    two = workbook_of(tmp_path, First=plan, Second=plan)
    with pytest.raises(ImportProblem, match="choose one with --sheet: “First”, “Second”"):
        read_sheet(two)
    assert read_sheet(two, "second").remarks == ("From the worksheet “Second”",)
    with pytest.raises(ImportProblem, match="There is no worksheet “Third”: choose one of “First”, “Second”"):
        read_sheet(two, "Third")


def test_a_worksheet_beside_the_plan_asks_for_no_choice(tmp_path: Path) -> None:
    path = workbook_of(tmp_path, Plan=[["Action", "Who"], ["a", "X"]], Budget=[["Item", "Cost"], ["Bus", 1200]])
    assert read_sheet(path).remarks == ("From the worksheet “Plan”",)
    assert read_sheet(path, "budget").headings == ("Item", "Cost")


def test_groups_above_the_headings_are_no_headings(tmp_path: Path) -> None:
    text = "Our plan,,,,,\nWhat,,,Who,When,\nGoal Area,Objective,Action,Lead,Start,End\nT,O,a,X,,2026-05-01\n"
    sheet = sheet_of(tmp_path, text)
    assert sheet.headings == ("Goal Area", "Objective", "Action", "Lead", "Start", "End")
    assert (sheet.heading_row, [row.number for row in sheet.rows]) == (3, [4])
    assert sheet.remarks[-1] == "Above the headings, not taken into the plan: Our plan; What; Who; When"


def test_two_rows_of_headings_are_read_as_one(tmp_path: Path) -> None:
    sheet = sheet_of(tmp_path, "Goal,Action,Lead,Dates,,Status\n,,,Start,End,\nT,a,X,,2026-05-01,done\n")
    assert sheet.headings == ("Goal", "Action", "Lead", "Start", "End", "Status")
    assert [row.number for row in sheet.rows] == [3]
    assert sheet.remarks[-1] == "Above the headings, not taken into the plan: Dates"


def test_a_row_that_sounds_like_headings_stays_a_row(tmp_path: Path) -> None:
    sheet = sheet_of(tmp_path, "Theme,Action,Who\nProgramme,Review,Lead\nOwner,,\n")
    assert (sheet.heading_row, [row.number for row in sheet.rows]) == (1, [2, 3])


def test_formulas_without_a_value_are_not_lost_in_silence(tmp_path: Path) -> None:
    with pytest.raises(ImportProblem, match=r"formulas that were never worked out .*Plan B2"):
        read_sheet(workbook_of(tmp_path, Plan=[["Action", "Due"], ["a", "=TODAY()"]]))


def test_archives_that_are_no_workbook_or_too_large(tmp_path: Path) -> None:
    path = tmp_path / "plan.xlsx"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("content.xml", "x")
    with pytest.raises(ImportProblem, match="not an Excel workbook"):
        read_sheet(path)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet1.xml", b"0" * 60_000_001)
    with pytest.raises(ImportProblem, match="too large when it is unpacked"):
        read_sheet(path)
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("xl/worksheets/sheet1.xml", "<not xml")
    with pytest.raises(ImportProblem, match="not a workbook that can be read"):
        read_sheet(path)


def test_the_blocks_of_annex_1_become_one_table(tmp_path: Path) -> None:
    path = workbook_of(
        tmp_path,
        Plan=[
            ["Quality partnership"],
            ["Development area 1: Learners’ views"],
            ["Priority", "High"],
            ANNEX_HEADINGS,
            ["Ask", "Survey", "College"],
            [None, "Report"],
            [],
            ["Development area 2: Protocols\n\nPriority: low"],
            ANNEX_HEADINGS,
            ["Draft", "Write", "School"],
        ],
    )
    sheet = read_sheet(path)
    assert sheet.headings == ("Development area", "Priority", *ANNEX_HEADINGS)
    assert [(row.number, row.cells[:5]) for row in sheet.rows if not row.blank] == [
        (5, ("Learners’ views", "High", "Ask", "Survey", "College")),
        (6, ("Learners’ views", "High", "", "Report", "")),
        (10, ("Protocols", "low", "Draft", "Write", "School")),
    ]
    assert sheet.remarks[1:] == ("Above the headings, not taken into the plan: Quality partnership",)


def test_blocks_with_other_headings_are_refused(tmp_path: Path) -> None:
    text = "Development area: A\nStep,Action,Who\no,a,X\nDevelopment area: B\nAction,Step,Who\na,o,X\n"
    with pytest.raises(ImportProblem, match="headings in row 5 differ from those in row 2"):
        sheet_of(tmp_path, text)


def test_titles_between_rows_need_no_headings_of_their_own(tmp_path: Path) -> None:
    sheet = sheet_of(tmp_path, "Development area 1: A,\nAction,Who\na,X\nDevelopment area 2,B\nb,Y\n")
    assert [row.cells for row in sheet.rows] == [("A", "", "a", "X"), ("B", "", "b", "Y")]


@pytest.mark.parametrize("text", ["=1+1", "+1", "-", "@x", "＝1", "＋", "－", "＠", "'=1", "\tx", "\rx"])
def test_cells_like_formulas_are_guarded(text: str) -> None:
    assert guard_cell(text) == "'" + text
    assert unguard_cell(guard_cell(text)) == text


def test_the_guard_is_taken_off_on_reading(tmp_path: Path) -> None:
    sheet = sheet_of(tmp_path, "Action,Note\n'=1+1,'quoted'\n'@home,- item\n")
    assert [row.cells for row in sheet.rows] == [("=1+1", "'quoted'"), ("@home", "- item")]


@given(st.text(max_size=40) | st.text("'=+-@a＝", max_size=8))
def test_the_guard_comes_off_again(text: str) -> None:
    assert unguard_cell(guard_cell(text)) == text
    if not text.startswith("'"):
        assert unguard_cell(text) == text


@given(st.binary(max_size=300) | st.text(max_size=200).map(str.encode))
def test_any_bytes_are_a_table_or_an_import_problem(tmp_path_factory: pytest.TempPathFactory, content: bytes) -> None:
    path = tmp_path_factory.getbasetemp() / "any.csv"
    path.write_bytes(b"Action,Who\n" + content)
    try:
        sheet = read_sheet(path)
    except ImportProblem:
        return
    assert all(len(row.cells) == len(sheet.headings) for row in sheet.rows)
    assert all(cell == clean(cell, lines=True) for row in sheet.rows for cell in row.cells)
