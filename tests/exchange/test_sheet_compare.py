"""Bringing a changed file in again: a reviewed difference, three ways, never duplicates."""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from tui_plan.exchange.sheet_additions import known_parties
from tui_plan.exchange.sheet_apply import Applied, apply_differences
from tui_plan.exchange.sheet_as_imported import sheet_as_imported
from tui_plan.exchange.sheet_compare import Comparison, Difference, DifferenceKind, compare_with_plan
from tui_plan.exchange.sheet_differences import difference_lines
from tui_plan.exchange.sheet_import import import_plan
from tui_plan.exchange.sheet_reading import ReadOptions, read_plan_file
from tui_plan.exchange.sheet_rows import PlanSheet, plan_sheet
from tui_plan.exchange.sheet_stored import find_source, remembered_mapping
from tui_plan.exchange.sheet_writing import sheet_csv, sheet_xlsx
from tui_plan.model.base import Record, rows
from tui_plan.model.errors import Conflict, ImportProblem
from tui_plan.model.ledger import Change
from tui_plan.model.people import Party
from tui_plan.model.plan import (
    Action,
    Checkpoint,
    Dependency,
    DevelopmentArea,
    Note,
    OutcomeMeasure,
    PlanPartner,
    Role,
    StepObjective,
)
from tui_plan.model.source import SourceRow
from tui_plan.model.store import Author
from tui_plan.model.vocabulary import PartyKind, RoleKind, Status
from tui_plan.operations.actions import add_action, edit_action, move_actions, set_status
from tui_plan.operations.dependencies import add_dependency
from tui_plan.operations.parts import add_checkpoint, add_measure, add_note, add_resource, add_role, edit_measure
from tui_plan.operations.people import add_party
from tui_plan.operations.plans import add_area, add_objective
from tui_plan.operations.undoing import undo

REAL = Path(__file__).parent.parent / "data" / "federal-data-strategy-2020.csv"
HEAD = "Theme,Objective,Action,Who,Due,Revised,Status,Outcome,Notes\n"
FIRST = HEAD + "T,O,Ask the learners,A,2026-05-01,,,Report,Said\nT,O,Write it down,B,quarterly,,,,\n"

pytestmark = pytest.mark.usefixtures("plan_database")


@dataclass
class Sheet:
    """A file that is imported, changed and imported again."""

    path: Path
    author: Author
    today: date

    def bring_in(self, text: str) -> str:
        self.path.write_text(text)
        return import_plan(self.author, read_plan_file(self.path), today=self.today).plan

    def compare(self, text: str, **options: Any) -> Comparison:
        self.path.write_text(text)
        found = find_source(self.path.name)
        assert found is not None
        chosen = ReadOptions(remembered=remembered_mapping(found[1]), **options)
        return compare_with_plan(read_plan_file(self.path, chosen), *found, chosen, today=self.today)

    def apply(self, comparison: Comparison, **choices: bool) -> Applied:
        return apply_differences(self.author, comparison, today=self.today, **choices)


@pytest.fixture
def sheet(tmp_path: Path, author: Author, today: date) -> Sheet:
    return Sheet(tmp_path / "plan.csv", author, today)


def count(model: type[Record]) -> int:
    return int(model.select().count())


def action(title: str) -> Any:
    return Action.get(Action.title == title)


def only(comparison: Comparison) -> Difference:
    (difference,) = comparison.differences
    return difference


def told(comparison: Comparison) -> list[tuple[str, str, str, bool]]:
    return [(one.field, one.before, one.after, one.clash) for one in only(comparison).changes]


def test_the_same_file_again_changes_nothing(sheet: Sheet) -> None:
    sheet.bring_in(REAL.read_text())
    comparison = sheet.compare(REAL.read_text())
    assert comparison.differences == ()
    changes = Change.select().count()
    assert sheet.apply(comparison) == Applied(0, 0, 0, 0)
    assert Change.select().count() == changes
    assert difference_lines(comparison)[1] == "  66 unchanged."


def test_rows_in_another_order_change_nothing(sheet: Sheet) -> None:
    head, *lines = REAL.read_text().splitlines()
    sheet.bring_in(REAL.read_text())
    assert sheet.compare("\n".join([head, *reversed(lines)])).differences == ()


CHANGES: list[tuple[str, str, list[tuple[str, str, str, bool]]]] = [
    ("2026-05-01,,", "2026-05-01,2026-06-01,", [("forecast", "", "2026-06-01", False)]),
    ("2026-05-01", "2026-05-08", [("agreed", "2026-05-01", "2026-05-08", False)]),
    (
        "2026-05-01",
        "next year",
        [("agreed", "2026-05-01", "", False), ("timescale_note", "", "next year", False)],
    ),
    (",,,Report", ",,done,Report", [("status", "not started", "complete", False)]),
    ("Report", "Better report", [("outcome", "Report", "Better report", False)]),
    ("Report", "", [("outcome", "Report", "", False)]),
    ("learners,A,", 'learners,"B, C",', [("roles", "A (responsible)", "B (responsible), C (responsible)", False)]),
    ("Said", "Said more", [("notes", "Said", "Said more", False)]),
    ("T,O,Ask", "T,P,Ask", [("place", "T › O", "T › P", False)]),
]


@pytest.mark.parametrize(("old", "new", "expected"), CHANGES)
def test_a_changed_cell(sheet: Sheet, old: str, new: str, expected: list[tuple[str, str, str, bool]]) -> None:
    sheet.bring_in(FIRST)
    comparison = sheet.compare(FIRST.replace(old, new, 1))
    assert (only(comparison).kind, only(comparison).reference, only(comparison).row) == (
        DifferenceKind.CHANGED,
        "A-1",
        2,
    )
    assert told(comparison) == expected
    assert sheet.apply(comparison) == Applied(0, 1, 0, 0)
    assert sheet.compare(FIRST.replace(old, new, 1)).differences == ()
    assert count(Action) == 2


@pytest.mark.parametrize(("old", "new", "expected"), CHANGES)
def test_what_was_applied_can_be_undone(sheet: Sheet, old: str, new: str, expected: list[Any]) -> None:
    sheet.bring_in(FIRST)
    before = {model: sorted(map(str, rows(model.select()))) for model in (Role, OutcomeMeasure, Note, Checkpoint)}
    sheet.apply(sheet.compare(FIRST.replace(old, new, 1)))
    undo(sheet.author)
    after = {model: sorted(map(str, rows(model.select()))) for model in before}
    assert {model: len(found) for model, found in after.items()} == {
        model: len(found) for model, found in before.items()
    }
    assert len(told(sheet.compare(FIRST.replace(old, new, 1)))) == len(expected)


def test_the_effects_of_a_change(sheet: Sheet) -> None:
    sheet.bring_in(FIRST)
    sheet.apply(
        sheet.compare(FIRST.replace("learners,A,2026-05-01,,,Report", 'learners,"B, C Council",2026-05-08,,done,Text'))
    )
    ask = action("Ask the learners")
    assert (ask.agreed, ask.baseline, ask.status) == (date(2026, 5, 8), date(2026, 5, 1), "complete")
    assert rows(OutcomeMeasure.select(OutcomeMeasure.statement)) == [("Text",)]
    names = rows(Role.select(Party.name).join(Party).where(Role.action == ask.uid).order_by(Party.name))
    assert names == [("B",), ("C Council",)]


def test_what_the_coordinator_did_meanwhile_stays(sheet: Sheet) -> None:
    sheet.bring_in(FIRST)
    ask = action("Ask the learners").uid
    edit_action(sheet.author, ask, today=sheet.today, forecast=date(2026, 7, 1), title="Ask all learners")
    set_status(sheet.author, [ask], Status.IN_PROGRESS, today=sheet.today)
    assert sheet.compare(FIRST).differences == ()
    comparison = sheet.compare(FIRST.replace("Said", "Said again"))
    assert [one.field for one in only(comparison).changes] == ["notes"]
    sheet.apply(comparison)
    found = action("Ask all learners")
    assert (found.status, found.forecast) == ("in progress", date(2026, 7, 1))


def test_an_action_that_was_moved_in_the_plan_stays_there(sheet: Sheet) -> None:
    plan = sheet.bring_in(FIRST)
    area = add_area(sheet.author, plan, title="U")
    move_actions(sheet.author, [action("Ask the learners").uid], add_objective(sheet.author, area, title="P"))
    assert sheet.compare(FIRST).differences == ()
    comparison = sheet.compare(FIRST.replace("T,O,Ask", "T,Q,Ask"))
    assert told(comparison) == [("place", "T › O", "T › Q", True)]


def test_a_clash_keeps_the_plan_unless_the_file_is_preferred(sheet: Sheet) -> None:
    sheet.bring_in(FIRST)
    ask = action("Ask the learners").uid
    edit_action(sheet.author, ask, today=sheet.today, agreed=date(2026, 9, 1))
    changed = FIRST.replace("2026-05-01", "2026-06-01")
    comparison = sheet.compare(changed)
    assert told(comparison) == [("agreed", "2026-05-01", "2026-06-01", True)]
    assert comparison.clashes == 1
    assert any(
        "! agreed date: 2026-05-01 → 2026-06-01, but the plan has 2026-09-01" in line
        for line in difference_lines(comparison)
    )
    assert sheet.apply(comparison) == Applied(0, 0, 0, 1)
    assert action("Ask the learners").agreed == date(2026, 9, 1)


def test_an_import_that_changes_no_action_says_so(sheet: Sheet) -> None:
    sheet.bring_in(FIRST)
    edit_action(sheet.author, action("Ask the learners").uid, today=sheet.today, agreed=date(2026, 9, 1))
    sheet.apply(sheet.compare(FIRST.replace("2026-05-01", "2026-06-01")))
    latest = Change.select(Change.summary).order_by(Change.id.desc()).limit(1)
    assert rows(latest) == [("Kept the rows of plan.csv as they are now; no action changed",)]


def test_the_file_can_be_preferred(sheet: Sheet) -> None:
    sheet.bring_in(FIRST)
    edit_action(sheet.author, action("Ask the learners").uid, today=sheet.today, agreed=date(2026, 9, 1))
    assert sheet.apply(sheet.compare(FIRST.replace("2026-05-01", "2026-06-01")), prefer_file=True).kept == 0
    assert action("Ask the learners").agreed == date(2026, 6, 1)


def test_both_sides_agreeing_is_no_difference(sheet: Sheet) -> None:
    sheet.bring_in(FIRST)
    edit_action(sheet.author, action("Ask the learners").uid, today=sheet.today, agreed=date(2026, 6, 1))
    assert sheet.compare(FIRST.replace("2026-05-01", "2026-06-01")).differences == ()


def test_new_rows_are_added_under_their_objectives(sheet: Sheet) -> None:
    sheet.bring_in(FIRST)
    comparison = sheet.compare(FIRST + "T,O,Print,C,,,,,\nU,P,Send,A,,,,,\n")
    assert [(one.kind, one.row, one.title) for one in comparison.differences] == [
        (DifferenceKind.ADDED, 4, "Print"),
        (DifferenceKind.ADDED, 5, "Send"),
    ]
    assert sheet.apply(comparison) == Applied(2, 0, 0, 0)
    assert (count(DevelopmentArea), count(StepObjective), count(Action), count(Party)) == (2, 2, 4, 3)
    assert sorted(rows(PlanPartner.select(PlanPartner.position))) == [(0,), (1,), (2,)]
    assert (action("Print").position, action("Print").number, action("Send").position) == (2, 3, 0)
    assert sheet.compare(FIRST + "T,O,Print,C,,,,,\nU,P,Send,A,,,,,\n").differences == ()


def test_a_title_that_is_nearly_the_same_is_asked_about_and_not_doubled(sheet: Sheet) -> None:
    sheet.bring_in(FIRST)
    changed = FIRST.replace("Ask the learners", "Ask all the learners")
    comparison = sheet.compare(changed)
    assert only(comparison).kind is DifferenceKind.RENAMED
    assert told(comparison) == [("title", "Ask the learners", "Ask all the learners", False)]
    sheet.apply(comparison)
    assert count(Action) == 2
    assert action("Ask all the learners").number == 1


def test_another_title_is_a_new_action_and_a_missing_one(sheet: Sheet) -> None:
    sheet.bring_in(FIRST)
    comparison = sheet.compare(FIRST.replace("Ask the learners", "Publish"))
    assert [(one.kind, one.title) for one in comparison.differences] == [
        (DifferenceKind.ADDED, "Publish"),
        (DifferenceKind.MISSING, "Ask the learners"),
    ]


def test_missing_rows_are_left_alone_unless_asked(sheet: Sheet) -> None:
    sheet.bring_in(FIRST)
    short = "".join(FIRST.splitlines(keepends=True)[:2])
    comparison = sheet.compare(short)
    assert only(comparison).kind is DifferenceKind.MISSING
    assert "  A-2  Write it down" in difference_lines(comparison)
    assert sheet.apply(comparison, withdraw_missing=True) == Applied(0, 0, 1, 0)
    assert action("Write it down").status == "withdrawn"
    assert count(SourceRow) == 1


def test_a_reference_goes_before_the_title(sheet: Sheet) -> None:
    text = "Ref,Action,Who\n1,Ask,A\n2,Write,B\n"
    sheet.bring_in(text)
    comparison = sheet.compare("Ref,Action,Who\n2,Ask,A\n1,Write,B\n")
    assert [(one.reference, one.row, [each.field for each in one.changes]) for one in comparison.differences] == [
        ("A-2", 2, ["title", "roles"]),
        ("A-1", 3, ["title", "roles"]),
    ]


def test_references_of_a_sheet_that_look_like_ours_are_its_own(sheet: Sheet) -> None:
    text = "Ref,Action\nA-2,Ask\nA-1,Write\n"
    sheet.bring_in(text)
    assert sheet.compare(text).differences == ()
    comparison = sheet.compare(text + "A-3,Send\n")
    add_action(sheet.author, rows(StepObjective.select(StepObjective.uid))[0][0], today=sheet.today, title="Other")
    assert only(sheet.compare(text + "A-3,Send\n")).kind is DifferenceKind.ADDED
    assert only(comparison).kind is DifferenceKind.ADDED


def test_our_references_are_known_after_a_title_changed(sheet: Sheet) -> None:
    plan = sheet.bring_in(FIRST)
    path = sheet.path.with_name("export.csv")
    path.write_bytes(sheet_csv(plan_sheet(plan, sheet.today)).replace(b"Ask the learners", b"Publish"))
    difference = only(compare_with_plan(read_plan_file(path), plan, today=sheet.today))
    assert (difference.kind, difference.reference) == (DifferenceKind.CHANGED, "A-1")
    assert [one.field for one in difference.changes] == ["title"]


def test_a_column_that_the_new_file_lacks_changes_nothing(sheet: Sheet) -> None:
    sheet.bring_in(FIRST)
    assert sheet.compare("Action\nAsk the learners\nWrite it down\n").differences == ()


def test_rows_that_are_no_actions_are_kept_anew(sheet: Sheet) -> None:
    sheet.bring_in("Action,Note\na,\n,Total: 1\n")
    sheet.apply(sheet.compare("Action,Note\na,\n,Total: 2\n"))
    kept = rows(SourceRow.select(SourceRow.row, SourceRow.cells).order_by(SourceRow.row))
    assert kept == [(2, '["a", ""]'), (3, '["", "Total: 2"]')]


def test_a_colleague_who_was_faster_is_not_overwritten(sheet: Sheet) -> None:
    sheet.bring_in(FIRST)
    comparison = sheet.compare(FIRST.replace("2026-05-01", "2026-06-01"))
    edit_action(Author("bo"), action("Ask the learners").uid, today=sheet.today, purpose="Why")
    with pytest.raises(Conflict, match="bo changed this action"):
        sheet.apply(comparison)
    assert action("Ask the learners").agreed == date(2026, 5, 1)


def test_dependencies_change_and_circles_are_refused(sheet: Sheet) -> None:
    head = "No,Action,Depends on\n"
    sheet.bring_in(head + "1,a,\n2,b,1\n3,c,\n")
    comparison = sheet.compare(head + '1,a,\n2,b,3\n3,c,\n4,d,"2, 3"\n')
    sheet.apply(comparison)
    needs = Action.alias()
    found = rows(
        Dependency.select(Action.title, needs.title)
        .join(Action, on=Dependency.action == Action.uid)
        .switch(Dependency)
        .join(needs, on=Dependency.needs == needs.uid)
        .order_by(Action.title, needs.title)
    )
    assert found == [("b", "c"), ("d", "b"), ("d", "c")]
    add_dependency(sheet.author, action("c").uid, action("a").uid)
    circle = sheet.compare(head + '1,a,2\n2,b,3\n3,c,\n4,d,"2, 3"\n')
    with pytest.raises(ImportProblem, match="in a circle"):
        sheet.apply(circle)
    assert count(Dependency) == 4


def test_an_action_typed_by_hand_is_not_doubled(sheet: Sheet) -> None:
    sheet.bring_in(FIRST)
    objective = rows(StepObjective.select(StepObjective.uid))[0][0]
    add_action(sheet.author, objective, today=sheet.today, title="Print", agreed=date(2026, 5, 1))
    comparison = sheet.compare(FIRST + "T,O,print,C,2026-06-01,,,Booklet,\n")
    assert only(comparison).reference == "A-3"
    assert [(one.field, one.after, one.clash) for one in only(comparison).changes] == [
        ("title", "print", False),
        ("agreed", "2026-06-01", False),
        ("outcome", "Booklet", False),
        ("roles", "C (responsible)", False),
    ]
    sheet.apply(comparison)
    assert count(Action) == 3


@pytest.mark.parametrize("write", [plan_sheet, sheet_as_imported])
@pytest.mark.parametrize("as_file", [sheet_csv, sheet_xlsx])
def test_our_own_export_comes_back_without_a_difference(
    sheet: Sheet, write: Callable[[str, date], PlanSheet], as_file: Callable[[PlanSheet], bytes]
) -> None:
    plan = sheet.bring_in(REAL.read_text())
    uid = action("Launch CDO Council").uid
    add_checkpoint(sheet.author, uid, due=date(2026, 5, 1), method="Look")
    add_measure(sheet.author, uid, statement="Another one", target=Decimal("3"))
    add_resource(sheet.author, uid, kind="money", cost=Decimal("12.5"), currency="USD")
    add_note(sheet.author, "Two\nlines", today=sheet.today, action=uid)
    add_note(sheet.author, "One", today=sheet.today, action=uid)
    path = sheet.path.with_name("export.file")
    path.write_bytes(as_file(write(plan, sheet.today)))
    read = read_plan_file(path)
    found = find_source(sheet.path.name) or ("", "")
    for source in ("", found[1]):
        assert compare_with_plan(read, plan, source, today=sheet.today).differences == ()


def test_a_text_beside_other_parts_changes_alone(sheet: Sheet) -> None:
    sheet.bring_in(FIRST)
    add_measure(sheet.author, action("Ask the learners").uid, statement="Another one")
    changed = FIRST.replace("Report", "Better report")
    assert told(sheet.compare(changed)) == [("outcome", "Report", "Better report", False)]
    sheet.apply(sheet.compare(changed))
    texts = rows(OutcomeMeasure.select(OutcomeMeasure.statement).order_by(OutcomeMeasure.position))
    assert texts == [("Better report",), ("Another one",)]


@pytest.mark.parametrize(("prefer_file", "texts"), [(False, ["Final"]), (True, ["Final", "Better report"])])
def test_a_line_that_the_plan_changed_too_is_a_clash(sheet: Sheet, *, prefer_file: bool, texts: list[str]) -> None:
    sheet.bring_in(FIRST)
    ((uid,),) = rows(OutcomeMeasure.select(OutcomeMeasure.uid))
    edit_measure(sheet.author, uid, statement="Final")
    comparison = sheet.compare(FIRST.replace("Report", "Better report"))
    assert told(comparison) == [("outcome", "Report", "Better report", True)]
    sheet.apply(comparison, prefer_file=prefer_file)
    found = rows(OutcomeMeasure.select(OutcomeMeasure.statement).order_by(OutcomeMeasure.position))
    assert [text for (text,) in found] == texts


def test_a_file_that_must_be_mended_writes_nothing(sheet: Sheet) -> None:
    sheet.bring_in(FIRST)
    comparison = sheet.compare(FIRST.replace("2026-05-01", "31 April 2026"))
    with pytest.raises(ImportProblem, match="Row 2: 31 April 2026 does not exist"):
        sheet.apply(comparison)


def test_a_status_that_is_taken_back_takes_the_actual_date_with_it(sheet: Sheet) -> None:
    done = FIRST.replace(",,,Report", ",,done,Report")
    sheet.bring_in(done)
    edit_action(sheet.author, action("Ask the learners").uid, today=sheet.today, actual=date(2026, 3, 1))
    sheet.apply(sheet.compare(done.replace("done", "in progress")))
    found = action("Ask the learners")
    assert (found.status, found.actual) == ("in progress", None)


def test_the_report_fits_into_80_columns(sheet: Sheet) -> None:
    sheet.bring_in(FIRST)
    changed = FIRST.replace("Report", "A long outcome " * 20).replace("Write it down", "Write it all down")
    lines = difference_lines(sheet.compare(changed + "U,P,Print,,,,,,\n"))
    assert max(map(len, lines)) <= 80
    assert lines[0] == "plan.csv, compared with the plan as it stands"
    assert lines[1] == "  1 new, 1 changed, 1 renamed?, 0 unchanged."
    assert "New" in lines
    assert "  row 4  Print" in lines


def test_the_report_says_that_notes_stay(sheet: Sheet) -> None:
    plan = sheet.bring_in(FIRST)
    kept = "  Notes are never removed by an import: remove them in the terminal (row 2)."
    assert kept in difference_lines(sheet.compare(FIRST.replace(",Said", ",")))
    assert kept in difference_lines(returned(sheet, plan, "Said", ""))
    assert kept in difference_lines(sheet.compare(FIRST.replace(",Said", ",Said again")))
    assert kept not in difference_lines(sheet.compare(FIRST.replace(",Said", ',"Said\nand more"')))
    assert kept not in difference_lines(sheet.compare("Action\nAsk the learners\nWrite it down\n"))


def test_the_report_looks_at_rows_that_differ(sheet: Sheet) -> None:
    sheet.bring_in(FIRST)
    lines = difference_lines(sheet.compare(FIRST.replace(",B,", ",TBC,") + "T,O,Print,,,,,,\n"))
    assert lines[lines.index("Needs a look") :] == [
        "Needs a look",
        "  2 rows name nobody: rows 3–4",
        "  1 row has “TBC” where somebody should be named: row 3",
    ]


def test_a_large_plan_is_compared_in_the_same_number_of_queries(sheet: Sheet, caplog: pytest.LogCaptureFixture) -> None:
    lines = REAL.read_text().splitlines()
    sheet.bring_in("\n".join(lines[:6]))
    with caplog.at_level(logging.DEBUG, "peewee"):
        sheet.compare("\n".join(lines[:6]))
        few = len(caplog.records)
        sheet.path = sheet.path.with_name("large.csv")
        sheet.bring_in("\n".join(lines))
        caplog.clear()
        sheet.compare("\n".join(lines))
    assert len(caplog.records) == few > 0


def returned(sheet: Sheet, plan: str, old: str, new: str) -> Comparison:
    """Write the plan out with all columns, change a text in the file, and compare it."""
    path = sheet.path.with_name("returned.csv")
    text = sheet_csv(plan_sheet(plan, sheet.today)).decode()
    assert old in text
    path.write_text(text.replace(old, new, 1))
    found = find_source(path.name, plan)
    read = read_plan_file(path, ReadOptions(roster=known_parties()))
    return compare_with_plan(read, plan, found[1] if found else "", today=sheet.today)


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("Report", "Better report", [("outcome", "Report", "Better report", False)]),
        (",A,", ',"A, B",', [("roles", "A (responsible)", "A (responsible), B (responsible)", False)]),
        (",2026-05-01,,", ",2026-05-01,2026-06-01,", [("forecast", "", "2026-06-01", False)]),
    ],
)
def test_our_own_table_says_what_it_changes(
    sheet: Sheet, old: str, new: str, expected: list[tuple[str, str, str, bool]]
) -> None:
    plan = sheet.bring_in(FIRST)
    comparison = returned(sheet, plan, old, new)
    assert told(comparison) == expected
    assert sheet.apply(comparison) == Applied(0, 1, 0, 0)
    assert returned(sheet, plan, "", "").differences == ()


def test_a_name_with_a_comma_comes_back_as_one(sheet: Sheet) -> None:
    plan = sheet.bring_in(FIRST)
    maria = add_party(sheet.author, PartyKind.PERSON, name="Gómez, María")
    add_role(sheet.author, [action("Write it down").uid], RoleKind.RESPONSIBLE, maria)
    comparison = returned(sheet, plan, "quarterly", "monthly")
    assert told(comparison) == [("timescale_note", "quarterly", "monthly", False)]
    sheet.apply(comparison)
    assert count(Party) == 3
    assert returned(sheet, plan, "", "").differences == ()


def test_a_row_taken_out_of_our_own_table_is_missed(sheet: Sheet) -> None:
    plan = sheet.bring_in(FIRST)
    line = sheet_csv(plan_sheet(plan, sheet.today)).decode().splitlines(keepends=True)[1]
    comparison = returned(sheet, plan, line, "")
    assert (only(comparison).kind, only(comparison).reference) == (DifferenceKind.MISSING, "A-1")


def test_our_own_table_leaves_no_columns_behind(sheet: Sheet) -> None:
    plan = sheet.bring_in(FIRST)
    headings = plan_sheet(plan, sheet.today).headings
    sheet.apply(returned(sheet, plan, "Report", "Better report"))
    assert plan_sheet(plan, sheet.today).headings == headings
    assert sheet_as_imported(plan, sheet.today).headings == tuple(HEAD.strip().split(","))


@pytest.mark.parametrize(
    ("new", "left"),
    [
        ("Fewer errors\nBetter courses: target 50", ["Fewer errors", "Better courses"]),
        ("Fewer mistakes\nBetter courses: target 50", ["Fewer mistakes", "Better courses"]),
        ("Better courses: target 50", ["Better courses"]),
        ("Fewer errors\nBetter courses: target 50\nMore learners", ["Fewer errors", "Better courses", "More learners"]),
        ("Better courses: target 50\nFewer errors", ["Fewer errors", "Better courses"]),
    ],
)
def test_of_several_lines_only_the_one_that_changed_is_touched(sheet: Sheet, new: str, left: list[str]) -> None:
    plan = sheet.bring_in(FIRST.replace("Report", "Fewer errors"))
    add_measure(sheet.author, action("Ask the learners").uid, statement="Better courses", target=Decimal("50"))
    comparison = returned(sheet, plan, "Fewer errors\nBetter courses: target 50", new)
    sheet.apply(comparison)
    found = rows(OutcomeMeasure.select(OutcomeMeasure.statement).order_by(OutcomeMeasure.position))
    assert [text for (text,) in found] == left
    assert returned(sheet, plan, "", "").differences == ()


def test_a_line_that_stands_for_more_than_words_is_not_changed_by_a_file(sheet: Sheet) -> None:
    plan = sheet.bring_in(FIRST)
    add_measure(sheet.author, action("Ask the learners").uid, statement="Better courses", target=Decimal("50"))
    comparison = returned(sheet, plan, "Better courses: target 50", "Better courses: target 60")
    told_of_it = " ".join(" ".join(difference_lines(comparison)).split())
    assert "“Better courses: target 50” holds more than words: change it in the terminal" in told_of_it
    sheet.apply(comparison)
    texts = rows(OutcomeMeasure.select(OutcomeMeasure.statement, OutcomeMeasure.target))
    assert sorted(texts) == [("Better courses", Decimal("50")), ("Report", None)]


@pytest.mark.parametrize(("prefer_file", "accountable"), [(False, "Bob"), (True, "Cara")])
def test_only_one_stays_accountable(sheet: Sheet, *, prefer_file: bool, accountable: str) -> None:
    sheet.bring_in("Action,Accountable\nAsk,Ana\n")
    bob = add_party(sheet.author, PartyKind.PERSON, name="Bob")
    add_role(sheet.author, [action("Ask").uid], RoleKind.ACCOUNTABLE, bob)
    comparison = sheet.compare("Action,Accountable\nAsk,Cara\n")
    assert told(comparison) == [("roles", "Ana (accountable)", "Cara (accountable)", True)]
    assert "but the plan has somebody else accountable" in " ".join(" ".join(difference_lines(comparison)).split())
    sheet.apply(comparison, prefer_file=prefer_file)
    assert rows(Role.select(Party.name).join(Party).where(Role.kind == "accountable")) == [(accountable,)]
