"""Annex 1: what stands in the seven columns, and that no text can break any of its four forms."""

import csv
import io
import zipfile
from datetime import date
from html.parser import HTMLParser
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from openpyxl import load_workbook

from tests.hostile import HOSTILE
from tests.quality_plan import TODAY, QualityPlan
from tui_plan.exchange.annex1 import COLUMNS, UNTITLED, Annex, AnnexArea, AnnexRow, annex
from tui_plan.exchange.annex1_html import annex_html
from tui_plan.exchange.annex1_markdown import annex_markdown, escaped
from tui_plan.exchange.annex1_sheet import annex_csv, annex_xlsx
from tui_plan.exchange.sheet_reading import ReadOptions, read_plan_file
from tui_plan.model.base import rows
from tui_plan.model.clean import clean
from tui_plan.model.dates import DateStyle
from tui_plan.model.plan import StepObjective
from tui_plan.model.store import Author, change
from tui_plan.model.vocabulary import PartyKind, Priority
from tui_plan.operations import actions, parts, people, plans, posts

SPITEFUL = (
    *(clean(text) for text in HOSTILE if 0 < len(text.strip()) < 500),
    "a | b \\| c",
    "</td></table><script>alert(1)</script>",
    '=HYPERLINK("http://x")',
    "**bold** _under_ `code` ~~gone~~ [link](http://x) ![img](x) <br> &amp; $x$ # no heading",
    "Development area 9: not one",
    "---",
)


class Tables(HTMLParser):
    """Collects the rows of every table, the tags that are open, and all text outside of the style."""

    def __init__(self) -> None:
        super().__init__()
        self.tables: list[list[list[str]]] = []
        self.tags: list[str] = []
        self.attributes: list[tuple[str, dict[str, str | None]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes.append((tag, dict(attrs)))
        if tag == "table":
            self.tables.append([])
        elif tag == "tr":
            self.tables[-1].append([])
        elif tag in {"td", "th"}:
            self.tables[-1][-1].append("")
        elif tag == "p" and self.tables and self.tables[-1] and self.tables[-1][-1] and self.tables[-1][-1][-1]:
            self.tables[-1][-1][-1] += "\n"

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)

    def handle_data(self, data: str) -> None:
        if self.tables and self.tables[-1] and self.tables[-1][-1] and data.strip():
            self.tables[-1][-1][-1] += data


def html_of(content: bytes) -> Tables:
    parser = Tables()
    parser.feed(content.decode())
    return parser


def markdown_rows(content: bytes) -> list[list[str]]:
    """Return the cells of all tables as a reader of Markdown shows them; line breaks are those of <br>."""
    tokens = MarkdownIt("commonmark", {"html": True}).enable("table").enable("strikethrough").parse(content.decode())
    found: list[list[str]] = []
    for token in tokens:
        if token.type == "tr_open":
            found.append([])
        elif token.type == "inline" and found and token.level == tokens[0].level + 4:
            parts = (
                "\n" if child.content == "<br>" and child.type == "html_inline" else child.content
                for child in token.children or ()
            )
            found[-1].append("".join(parts))
    return found


def annex_of(*texts: str) -> Annex:
    """Return an annex that has these texts everywhere."""
    lines = tuple(AnnexRow((texts, (text,), *((text, text),) * 5), 1) for text in texts)
    area = AnnexArea("1", texts[0], texts[0], lines)
    return Annex(texts[0], tuple(("Vision", text) for text in texts), (area,), "1 note was withheld as candid.")


def test_the_seven_columns_of_an_area(quality: QualityPlan) -> None:
    found = annex(quality.plan, TODAY)
    first = found.areas[0]
    assert (first.heading, first.priority_line) == ("Development area 1: Learners' views", "Priority: high")
    assert COLUMNS == (
        "Step objectives",
        "Actions",
        "Responsibility and involvement",
        "Timescale",
        "Resources, inc support",
        "Monitoring",
        "Outcomes",
    )
    assert first.rows[0].cells == (
        ("Agree standards",),
        ("A-1 Draft the standards", "So that all partners judge work alike", "Milestone, in progress"),
        ("Accountable: Registrar (Ana Ruiz)", "Responsible: Harbour College", "Consulted: Quality Board"),
        ("2026-01-12 – 2026-03-10", "now expected 2026-03-24"),
        ("money: Printing, 2.50 boxes, 1,200.00 EUR, not secured",),
        (
            "2026-02-02: Desk review, by Quality Board; held 2026-02-03: On course",
            "Note (2026-03-16, Cleo): They like the draft",
        ),
        ("Courses reviewed: from 10 to 50 courses by 2026-12-01; latest 12.5 on 2026-02-20",),
    )
    assert first.rows[1].cells[:4] == (
        (),
        ("A-2 Sign the agreement", "Needs first: A-1"),
        (),
        ("2026-03-12",),
    )
    assert [row.spans for row in first.rows] == [2, 0, 2, 0]
    assert first.rows[3].cells[3] == ("2026-02-27", "done 2026-03-02")


def test_the_head_names_version_vision_period_partners_and_date(quality: QualityPlan) -> None:
    found = annex(quality.plan, TODAY, DateStyle.DAY_MONTH)
    assert found.name == "Quality together"
    assert found.facts == (
        ("Version", "1.0"),
        ("Vision", "Every learner is heard."),
        ("Period", "1 Jan 2026 – 31 Dec 2026"),
        ("Partners", "Harbour College"),
        ("Convened by", "Quality Board"),
        ("Date", "16 Mar 2026"),
    )
    assert found.areas[0].rows[1].cells[3] == ("12 Mar 2026",)


def test_an_area_without_actions_keeps_its_place(quality: QualityPlan) -> None:
    second = annex(quality.plan, TODAY).areas[1]
    assert second.rows == (AnnexRow((("Write them down",), (), (), (), (), (), ()), 1),)


def test_only_an_empty_title_that_could_be_mistaken_is_marked(quality: QualityPlan, author: Author) -> None:
    with change(author, "Brought in") as writer:
        for (uid,) in rows(StepObjective.select(StepObjective.uid)):
            writer.update(StepObjective, uid, {"title": ""})
    first = annex(quality.plan, TODAY).areas[0]
    assert [row.cells[0] for row in first.rows] == [(), (), (UNTITLED,), ()]


def test_a_vacant_post_says_so(quality: QualityPlan) -> None:
    before_the_tenure = date(2024, 6, 1)
    found = annex(quality.plan, before_the_tenure).areas[0].rows[0]
    assert found.cells[2][0] == "Accountable: Registrar (vacant)"


def test_candid_notes_never_leave_the_house(quality: QualityPlan) -> None:
    found = annex(quality.plan, TODAY)
    assert found.withheld == "2 notes were withheld as candid."
    papers = [annex_markdown(found), annex_html(found), annex_csv(found), annex_xlsx(found)]
    with zipfile.ZipFile(io.BytesIO(papers.pop())) as book:
        papers += [book.read(name) for name in book.namelist()]
    for text in ("quarrel", "rector"):
        assert not any(text.encode() in paper for paper in papers)
    assert annex_markdown(found).decode().endswith("2 notes were withheld as candid.\n")


def test_nothing_withheld_is_not_spoken_of(plan_database: Path, author: Author) -> None:
    plan = plans.add_plan(author, name="New")
    found = annex(plan, TODAY)
    assert (found.withheld, found.areas) == ("", ())
    assert b"withheld" not in annex_markdown(found) + annex_html(found) + annex_csv(found)
    assert load_workbook(io.BytesIO(annex_xlsx(found))).sheetnames == ["Plan"]


def test_only_the_latest_notes_are_told(quality: QualityPlan, author: Author) -> None:
    for day in range(1, 6):
        parts.add_note(author, f"Note {day}", today=date(2026, 4, day), action=quality.survey)
    monitoring = annex(quality.plan, TODAY).areas[0].rows[2].cells[5]
    assert monitoring == (
        "Note (2026-04-03): Note 3",
        "Note (2026-04-04): Note 4",
        "Note (2026-04-05): Note 5",
        "and 2 earlier",
    )


def test_imported_words_come_out_as_they_came(quality: QualityPlan, author: Author) -> None:
    parts.add_resource(author, quality.survey, description="Officer time")
    parts.add_checkpoint(author, quality.survey, method="Progress report")
    parts.add_measure(author, quality.survey, statement="Completion")
    cells = annex(quality.plan, TODAY).areas[0].rows[2].cells
    assert cells[4:] == (("Officer time",), ("Progress report",), ("Completion",))


def test_markdown_keeps_every_text_in_its_cell() -> None:
    lines = markdown_rows(annex_markdown(annex_of(*SPITEFUL)))
    assert lines[0] == list(COLUMNS)
    assert len(lines) == 1 + len(SPITEFUL)
    shown = [" ".join(text.split()) for text in SPITEFUL]
    for line, text in zip(lines[1:], shown, strict=True):
        assert len(line) == 7
        assert " ".join(line[1].split()) == text
        assert line[6].count("\n") == 1


@given(st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Zl", "Zp", "Zs")), min_size=1))
def test_markdown_shows_any_text_as_it_stands(text: str) -> None:
    html = (
        MarkdownIt("commonmark").enable("table").enable("strikethrough").render(f"| x |\n| --- |\n| {escaped(text)} |")
    )
    reader = html_of(html.encode())
    assert reader.tables[0][1:] == [[text]]
    assert set(reader.tags) <= {"table", "thead", "tbody", "tr", "th", "td"}


def test_an_address_on_the_web_stays_readable_in_markdown() -> None:
    address = "https://example.org/a_page?one=1&two=2#part"
    assert escaped(address) == address


def test_html_is_one_accessible_document(quality: QualityPlan) -> None:
    content = annex_html(annex(quality.plan, TODAY))
    assert content.startswith(b'<!DOCTYPE html>\n<html lang="en">')
    page = html_of(content)
    assert page.tables[0][0] == list(COLUMNS)
    assert page.tables[0][1][1].splitlines()[0] == "A-1 Draft the standards"
    assert [len(line) for line in page.tables[0]] == [7, 7, 6, 7, 6]
    scopes = [attributes.get("scope") for tag, attributes in page.attributes if tag == "th"]
    assert scopes.count("col") == 14
    assert scopes.count("rowgroup") == 3
    assert not {"script", "img", "link", "iframe"} & set(page.tags)
    for wanted in (b"prefers-color-scheme: dark", b"table-header-group", b"landscape", b'charset="utf-8"'):
        assert wanted in content


def test_html_shows_any_text_as_it_stands() -> None:
    page = html_of(annex_html(annex_of(*SPITEFUL)))
    assert len(page.tables) == 1
    assert not {"script", "b", 'td"', "br"} & set(page.tags)
    assert [line[1] for line in page.tables[0][1:]] == list(SPITEFUL)


def test_our_own_reader_recognises_the_csv(quality: QualityPlan, tmp_path: Path) -> None:
    path = tmp_path / "annex.csv"
    path.write_bytes(annex_csv(annex(quality.plan, TODAY), bom=True))
    read = read_plan_file(path)
    assert not read.report.problems
    assert [(area.title, area.priority) for area in read.areas] == [
        ("Learners' views", Priority.HIGH),
        ("Protocols", Priority.LOW),
    ]
    assert [one.title for area in read.areas for one in area.objectives] == [
        "Agree standards",
        "Hear learners",
        "Write them down",
    ]
    assert [action.title.split()[0] for action in read.actions] == ["A-1", "A-2", "A-3", "A-4"]
    assert read.actions[1].dates.agreed == date(2026, 3, 12)
    assert read.actions[0].outcome.startswith("Courses reviewed: from 10 to 50")


def test_our_own_reader_recognises_each_worksheet(quality: QualityPlan, tmp_path: Path) -> None:
    path = tmp_path / "annex.xlsx"
    path.write_bytes(annex_xlsx(annex(quality.plan, TODAY)))
    read = read_plan_file(path, ReadOptions(sheet="1 Learners' views"))
    assert [area.title for area in read.areas] == ["Learners' views"]
    assert len(read.actions) == 4


def test_the_workbook_is_set_out_for_paper(quality: QualityPlan) -> None:
    book = load_workbook(io.BytesIO(annex_xlsx(annex(quality.plan, TODAY))))
    assert book.sheetnames == ["Plan", "1 Learners' views", "2 Protocols"]
    assert book["Plan"]["B9"].value == "2 notes were withheld as candid."
    sheet = book["1 Learners' views"]
    assert [cell.value for cell in sheet[4]] == list(COLUMNS)
    assert (sheet.freeze_panes, sheet.print_title_rows) == ("A5", "$4:$4")
    assert (sheet.page_setup.orientation, sheet.page_setup.fitToHeight) == ("landscape", 0)
    assert sheet.sheet_properties.pageSetUpPr is not None
    assert sheet.sheet_properties.pageSetUpPr.fitToPage
    assert sheet["B5"].alignment.wrap_text
    assert sheet["D6"].is_date
    assert sheet["D5"].value == "2026-01-12 – 2026-03-10\nnow expected 2026-03-24"


def test_no_text_becomes_a_formula_or_breaks_a_sheet() -> None:
    found = annex_of(*SPITEFUL)
    book = load_workbook(io.BytesIO(annex_xlsx(found)))
    cells = [cell for line in book.worksheets[1].iter_rows(min_row=5) for cell in line]
    assert {cell.data_type for cell in cells} == {"s"}
    assert book.worksheets[1].max_row == 4 + len(SPITEFUL)
    lines = list(csv.reader(io.StringIO(annex_csv(found).decode(), newline="")))
    guarded = [line[1] for line in lines if len(line) == 7][1:]
    assert guarded[SPITEFUL.index('=HYPERLINK("http://x")')].startswith("'=")
    assert not any(text.startswith(("=", "+", "-", "@")) for text in guarded)


def test_worksheets_get_names_that_programs_allow(plan_database: Path, author: Author) -> None:
    plan = plans.add_plan(author, name="Names")
    for title in ("What? [all/of] it: *now*", "x" * 60, "x" * 60, "'quoted'", "Plan"):
        plans.add_area(author, plan, title=title)
    names = load_workbook(io.BytesIO(annex_xlsx(annex(plan, TODAY)))).sheetnames
    assert names[1:] == ["1 What all of it now", "2 " + "x" * 29, "3 " + "x" * 29, "4 'quoted", "5 Plan"]


def test_a_holder_who_only_acts_is_marked(quality: QualityPlan, author: Author) -> None:
    deputy = people.add_party(author, PartyKind.PERSON, name="Dai Rees")
    posts.add_tenure(author, quality.registrar, deputy, start=TODAY, acting=True)
    actions.edit_action(author, quality.standards, today=TODAY, description="One page\nfor each")
    cells = annex(quality.plan, TODAY).areas[0].rows[0].cells
    assert cells[2][0] == "Accountable: Registrar (Ana Ruiz, Dai Rees (acting))"
    assert cells[1][2:4] == ("One page", "for each")
