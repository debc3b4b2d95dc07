"""A sheet as it was imported: given back cell by cell, but for what the plan says otherwise now."""

import csv
import io
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path

import pytest
from openpyxl import load_workbook

from tests.quality_plan import TODAY
from tui_plan.exchange.sheet_as_imported import sheet_as_imported
from tui_plan.exchange.sheet_import import import_plan
from tui_plan.exchange.sheet_reading import ReadOptions, read_plan_file
from tui_plan.exchange.sheet_rows import plan_sheet
from tui_plan.exchange.sheet_writing import csv_text, sheet_csv, sheet_xlsx
from tui_plan.insight.action_rows import ActionRow, action_rows
from tui_plan.insight.details import action_detail
from tui_plan.insight.outline import outline
from tui_plan.model.dates import DateOrder
from tui_plan.model.errors import InvalidInput, NotFound
from tui_plan.model.source import Source, SourceRow
from tui_plan.model.store import Author, change
from tui_plan.model.vocabulary import Candour, PartyKind, RoleKind, Status
from tui_plan.operations import actions, parts, people, plans

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


def cells(text: str) -> list[str]:
    return text.split("|")


def back(plan: str) -> Table:
    """Return the sheet as imported, through a file."""
    return table(sheet_csv(sheet_as_imported(plan, TODAY)))


def named(plan: str) -> dict[str, ActionRow]:
    return {row.title: row for row in action_rows(plan)}


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
        cells("No.|Theme|Priority|Task|Why|Lead|Start|Due|Revised|Completed|Status|RAG|Key milestone|Core|Depends on")
        + cells("Budget|Review|KPI|Comment|Colour"),
        cells("a|Talk|H|Meet|To agree|Ann|1 May 2026|30 June 2026|||Not begun||no||")
        + cells("tea|monthly|one page|good|blue"),
        cells("b|Talk|High|Write||TBC||soon|||Planned|on track|||a") + cells("||||"),
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
        core=True,
    )
    parts.set_roles(author, meet.uid, [(RoleKind.RESPONSIBLE, ben)])
    parts.edit_resource(author, action_detail(meet.uid, TODAY).resources[0].uid, description="coffee")
    parts.edit_checkpoint(author, action_detail(meet.uid, TODAY).checkpoints[0].uid, due=date(2026, 6, 1))
    parts.edit_measure(author, action_detail(meet.uid, TODAY).measures[0].uid, statement="two pages")
    parts.add_note(author, "better", today=TODAY, action=meet.uid)
    plans.edit_area(author, outline(plan, TODAY)[0].uid, priority="low")
    first, second = back(plan)[1:]
    assert first == (
        cells("a|Talk|low|Meet|To listen|Ben|2026-05-04|30 June 2026|2026-07-03||in progress|red|yes|yes|")
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


def test_a_blank_objective_repeats_nothing_across_areas(bring_in: Callable[..., str], author: Author) -> None:
    lines = [["Area", "Objective", "Action"], ["One", "First", "a"], ["Two", "", "b"]]
    plan = bring_in(*lines)
    assert back(plan) == lines
    row = named(plan)["b"]
    actions.move_actions(author, [row.uid], plans.add_objective(author, row.area, title="First"))
    assert back(plan)[2] == ["Two", "First", "b"]


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
    assert sheet_as_imported(plan, TODAY).withheld == "1 note was withheld as candid."
    full = plan_sheet(plan, TODAY)
    assert full.rows[0][full.headings.index("Notes")] == "fine"
    assert full.withheld == "1 note was withheld as candid."


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
