"""From the table of a sheet to a plan: the real file, and the dirt of other spreadsheets."""

import subprocess
import sys
import time
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui_plan.exchange.sheet_columns import recognise
from tui_plan.exchange.sheet_file import Sheet
from tui_plan.exchange.sheet_layout import SheetRow
from tui_plan.exchange.sheet_parties import parse_kinds
from tui_plan.exchange.sheet_plan import ReadAction, ReadDates, ReadPlan, require_sound
from tui_plan.exchange.sheet_reading import ReadOptions, read_plan, read_plan_file
from tui_plan.model.dates import DateOrder
from tui_plan.model.errors import ImportProblem
from tui_plan.model.vocabulary import Confidence, PartyKind, Priority, RoleKind, Status

REAL = Path(__file__).parent.parent / "data" / "federal-data-strategy-2020.csv"


def plan_of(headings: str, *lines: str, options: ReadOptions | None = None) -> ReadPlan:
    """Read a table given as texts, with cells parted by bars."""
    names = tuple(headings.split("|"))
    rows = (tuple(line.split("|")) + ("",) * len(names) for line in lines)
    table = tuple(SheetRow(number, row[: len(names)]) for number, row in enumerate(rows, start=2))
    sheet = Sheet("plan.csv", names, table, 1)
    return read_plan(sheet, recognise(names), options or ReadOptions())


def only(plan: ReadPlan) -> ReadAction:
    (action,) = plan.actions
    return action


def looks(plan: ReadPlan) -> dict[str, tuple[int, ...]]:
    return dict(plan.report.looks)


class TestTheRealFile:
    plan = read_plan_file(REAL)

    def test_its_size(self) -> None:
        assert self.plan.report.counts == (3, 20, 66)
        assert [area.title for area in self.plan.areas] == [
            "Agency Actions",
            "Community of Practice Actions",
            "Shared Solution Actions",
        ]
        assert [action.row for action in self.plan.actions] == list(range(2, 68))
        assert self.plan.report.problems == ()

    def test_every_cell_is_kept(self) -> None:
        assert self.plan.headings[4] == "Timescale"
        assert self.plan.actions[0].source_cells[4] == "September 30, 2020"
        assert len(self.plan.rows) == 66
        assert all(
            action.source_cells == row.cells for action, row in zip(self.plan.actions, self.plan.rows, strict=True)
        )

    def test_dates_words_and_revisions(self) -> None:
        by_row = {action.row: action.dates for action in self.plan.actions}
        assert by_row[2] == ReadDates(None, date(2020, 9, 30), date(2020, 9, 30))
        assert by_row[6] == ReadDates(None, date(2020, 9, 30), date(2020, 9, 30), date(2020, 10, 31))
        assert by_row[35] == ReadDates(note="12 months")
        assert by_row[48] == ReadDates(note="Ongoing every 24 months")
        note = "Revised: 90 days after OMB/GSA standard metadata guidance is issued"
        assert by_row[20] == ReadDates(None, date(2020, 7, 31), date(2020, 7, 31), note=note)
        assert len(self.plan.report.revised) == 4
        assert sum(len(rows) for _, rows in self.plan.report.words) == 10

    def test_19_rows_name_nobody(self) -> None:
        assert looks(self.plan) == {
            "names nobody": tuple(range(2, 21)),
            "has nobody accountable yet": tuple(range(21, 68)),
        }

    def test_names_are_parted_where_the_file_shows_it(self) -> None:
        roles = {action.row: [role.party for role in action.roles] for action in self.plan.actions}
        assert roles[31] == ["SAOGI at OMB", "FGDC", "FGDC NGDA Lead Covered Agencies", "GSA"]
        assert roles[38] == ["GSA", "Office of Government Information Services of the National Archives", "OMB"]
        assert roles[46] == ["GSA", "CDO Council", "ICSP"]
        assert roles[67] == ["GSA", "OMB"]
        kinds = {party.name: party.kind for party in self.plan.parties}
        assert len(kinds) == 16
        assert kinds["CDO Council"] is PartyKind.GROUP
        assert kinds["Census Bureau"] is PartyKind.ORGANISATION


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        ("1 May 2026|||", ReadDates(None, date(2026, 5, 1), date(2026, 5, 1))),
        ("By May 1, 2026|||", ReadDates(None, date(2026, 5, 1), date(2026, 5, 1))),
        ("|||", ReadDates()),
        ("quarterly|||", ReadDates(note="quarterly")),
        ("by the summer|||", ReadDates(note="by the summer")),
        ("quarterly|2026-05-01||", ReadDates(forecast=date(2026, 5, 1), note="quarterly")),
        ("2026-05-01||1 April 2026|", ReadDates(date(2026, 4, 1), date(2026, 5, 1), date(2026, 5, 1))),
        ("2026-05-01||soon|", ReadDates(None, date(2026, 5, 1), date(2026, 5, 1), note="Start: soon")),
        ("2026-01-01 – 2026-03-31|||", ReadDates(date(2026, 1, 1), date(2026, 3, 31), date(2026, 3, 31))),
        ("1 January 2026 to spring|||", ReadDates(note="1 January 2026 to spring")),
        ("2026-05-01|||2026-04-30", ReadDates(None, date(2026, 5, 1), date(2026, 5, 1), None, date(2026, 4, 30))),
        (
            "2026-05-01|1 June 2026 to 30 June 2026||",
            ReadDates(
                None,
                date(2026, 5, 1),
                date(2026, 5, 1),
                date(2026, 6, 30),
                note="Revised: 1 June 2026 to 30 June 2026",
            ),
        ),
    ],
)
def test_dates(cells: str, expected: ReadDates) -> None:
    assert only(plan_of("Action|Timescale|Revised|Start|Actual", f"a|{cells}")).dates == expected


@pytest.mark.parametrize(
    ("cells", "sentence"),
    [
        ("31 February 2026|||", "Row 2: 31 February 2026 does not exist: correct the day or the month."),
        ("2026-05-01||2026-06-01|", "Row 2: the end 2026-05-01 lies before the start 2026-06-01."),
        ("2026-05-01|2026-02-01|2026-04-01|", "Row 2: the revised date 2026-02-01 lies before the start 2026-04-01."),
        ("2026-05-01 to 2026-04-01|||", "Row 2: the end 2026-04-01 lies before the start 2026-05-01."),
        (
            "1 May 2026 to 2 May 2026||2026-04-01|",
            "Row 2: the start is 2026-04-01, but the timescale begins on 2026-05-01.",
        ),
        (
            "03/04/2026|||",
            "Row 2: 03/04/2026 can be 3 Apr 2026 or 4 Mar 2026. Choose --dates day-month or --dates month-day.",
        ),
    ],
)
def test_dates_that_must_be_mended(cells: str, sentence: str) -> None:
    plan = plan_of("Action|Timescale|Revised|Start|Actual", f"a|{cells}")
    assert plan.report.problems == (sentence,)
    with pytest.raises(ImportProblem, match=r"plan\.csv cannot be brought in yet") as caught:
        require_sound(plan)
    assert caught.value.problems == (sentence,)


def test_the_order_of_day_and_month_is_asked_once_for_each_text() -> None:
    lines = ("a|03/04/2026", "b|03/04/2026", "c|13/04/2026")
    assert plan_of("Action|Due", *lines).report.problems == (
        "Row 2: 03/04/2026 (and 1 more row) can be 3 Apr 2026 or 4 Mar 2026. Choose --dates day-month or "
        "--dates month-day.",
    )
    plan = plan_of("Action|Due", *lines, options=ReadOptions(order=DateOrder.DAY_MONTH))
    require_sound(plan)
    assert [action.dates.agreed for action in plan.actions] == [date(2026, 4, 3), date(2026, 4, 3), date(2026, 4, 13)]


def test_a_sheet_of_our_own_keeps_baseline_and_note() -> None:
    plan = plan_of("Action|Agreed date|Baseline|Timescale note|Done on", "a|2026-05-01|2026-04-01|quarterly|2026-03-01")
    dates = ReadDates(None, date(2026, 4, 1), date(2026, 5, 1), None, date(2026, 3, 1), "quarterly")
    assert only(plan).dates == dates


def test_a_year_of_two_digits_stays_words_and_is_told() -> None:
    plan = plan_of("Action|Due", "a|9/30/26")
    assert only(plan).dates == ReadDates(note="9/30/26")
    assert looks(plan)["is kept as words: 9/30/26 gives no year of four digits: write it in full"] == (2,)


def test_blank_areas_and_objectives_repeat_the_one_above() -> None:
    plan = plan_of("Theme|Objective|Action", "A|one|a", "||b", "|two|c", "", "B||d", "A|one|e", "||f")
    assert [(action.area, action.objective, action.title) for action in plan.actions] == [
        ("A", "one", "a"),
        ("A", "one", "b"),
        ("A", "one", "e"),
        ("A", "one", "f"),
        ("A", "two", "c"),
        ("B", "", "d"),
    ]
    assert looks(plan)["leaves the development area blank: it repeats the one above"] == (3, 4, 8)
    assert looks(plan)["leaves the step objective blank: it repeats the one above"] == (3, 8)
    assert [line.text.split()[0] for line in plan.report.lines].count("blank") == 1


def test_an_outline_down_the_rows() -> None:
    plan = plan_of("Theme|Objective|Action|Note", "A", "|one", "||a", "||b", "|two", "B|three", "||c")
    assert [(action.area, action.objective, action.title) for action in plan.actions] == [
        ("A", "one", "a"),
        ("A", "one", "b"),
        ("B", "three", "c"),
    ]
    assert [(area.title, len(area.objectives)) for area in plan.areas] == [("A", 2), ("B", 1)]


def test_rows_without_an_action_stay_outside_and_are_kept() -> None:
    plan = plan_of("Theme|Action|Note", "A|a|x", "||Total: 1")
    assert [row.number for row in plan.rows] == [2, 3]
    assert looks(plan)["has no action: what it says is kept as it stands, outside the plan"] == (3,)


def test_a_sheet_without_areas_and_objectives() -> None:
    plan = plan_of("Action", "a")
    assert (only(plan).area, only(plan).objective) == ("plan", "")
    assert [rows for sentence, rows in plan.report.looks if sentence.startswith("No column")] == [(0,), (0,)]
    late = plan_of("Theme|Action", "|a", "T|b")
    assert [area.title for area in late.areas] == ["Without a development area", "T"]


def test_a_sheet_without_actions_is_refused() -> None:
    with pytest.raises(ImportProblem, match="has headings in row 1, but no actions below"):
        plan_of("Theme|Action", "T|")


def test_priorities_belong_to_areas() -> None:
    plan = plan_of("Theme|Priority|Action", "A|High|a", "A||b", "B|high|c", "B|low|d", "C|P1|e")
    assert [area.priority for area in plan.areas] == [Priority.HIGH, None, None]
    assert [action.extra for action in plan.actions] == [
        (),
        (),
        (("Priority", "high"),),
        (("Priority", "low"),),
        (("Priority", "P1"),),
    ]


@pytest.mark.parametrize(
    ("cells", "status", "confidence", "notes"),
    [
        ("Done|Green|", Status.COMPLETE, Confidence.GREEN, ()),
        ("in-progress|A|", Status.IN_PROGRESS, Confidence.AMBER, ()),
        ("On hold||", Status.DEFERRED, None, ()),
        ("Cancelled|off track|", Status.WITHDRAWN, Confidence.RED, ()),
        ("||", Status.NOT_STARTED, None, ()),
        ("||2026-05-01", Status.COMPLETE, None, ()),
        ("Delayed|purple|", Status.NOT_STARTED, None, ("Status: Delayed", "Confidence: purple")),
    ],
)
def test_status_and_confidence(
    cells: str, status: Status, confidence: Confidence | None, notes: tuple[str, ...]
) -> None:
    action = only(plan_of("Action|Status|RAG|Completed on", f"a|{cells}"))
    assert (action.status, action.confidence, action.notes) == (status, confidence, notes)


def test_notes_extra_columns_and_milestones() -> None:
    plan = plan_of("Action|Notes|Comments|Colour|Milestone|", "a|one|two|red|x|y", "b||||maybe|", "c||||no|")
    core = only(plan_of("Action|Core component", "a|somewhat"))
    first, second, third = plan.actions
    assert first.notes == ("one", "two")
    assert first.extra == (("Colour", "red"), ("Column 6", "y"))
    assert [action.milestone for action in plan.actions] == [True, False, False]
    assert second.notes == ("Milestone: maybe",)
    assert (core.core, core.notes) == (False, ("Core component: somewhat",))
    assert third.notes == ()


def test_roles_by_column() -> None:
    action = only(plan_of("Action|Lead|Accountable|Consulted|Informed", "a|X, Y|Z|The Board|X"))
    assert [(role.kind, role.party) for role in action.roles] == [
        (RoleKind.ACCOUNTABLE, "Z"),
        (RoleKind.RESPONSIBLE, "X"),
        (RoleKind.RESPONSIBLE, "Y"),
        (RoleKind.CONSULTED, "Board"),
        (RoleKind.INFORMED, "X"),
    ]


def test_roles_by_label() -> None:
    cell = "GSA\nAccountable: The Board; Responsible: OMB, GSA\nconsulted: Police and Fire"
    plan = plan_of("Action|Who", f"a|{cell}", "b|Police", "c|Fire")
    assert [(role.kind, role.party) for role in plan.actions[0].roles] == [
        (RoleKind.RESPONSIBLE, "GSA"),
        (RoleKind.ACCOUNTABLE, "Board"),
        (RoleKind.RESPONSIBLE, "OMB"),
        (RoleKind.CONSULTED, "Police"),
        (RoleKind.CONSULTED, "Fire"),
    ]
    assert [role.party for role in only(plan_of("Action|Who", "a|Chair: Jo")).roles] == ["Chair: Jo"]


@pytest.mark.parametrize(
    ("cell", "names"),
    [
        ("Health and Safety Committee", ["Health and Safety Committee"]),
        ("Police and Fire", ["Police", "Fire"]),
        ("Police & Fire", ["Police", "Fire"]),
        ("Police/Fire", ["Police", "Fire"]),
        ("Police with Library", ["Police with Library"]),
        ("Police with Health and Safety Committee", ["Police", "Health and Safety Committee"]),
        ("the police; The Fire\nand Library", ["Police", "Fire", "Library"]),
        ("Trust (north, south), Police", ["Trust (north, south)", "Police"]),
        ("- Police\n- Fire", ["Police", "Fire"]),
        ("TBC", []),
        ("Police, Police", ["Police"]),
    ],
)
def test_names_in_a_cell(cell: str, names: list[str]) -> None:
    known = ("x|Police", "y|Fire", "z|Health and Safety Committee")
    plan = plan_of("Action|Who", *known, f"a|{cell}")
    assert [role.party for role in plan.actions[-1].roles] == names


def test_several_accountable_are_responsible() -> None:
    plan = plan_of("Action|Accountable|Who", "a|Ana; Bob|Cara")
    assert [(role.kind, role.party) for role in plan.actions[0].roles] == [
        (RoleKind.RESPONSIBLE, "Ana"),
        (RoleKind.RESPONSIBLE, "Bob"),
        (RoleKind.RESPONSIBLE, "Cara"),
    ]
    assert looks(plan)["names several as accountable, but only one can be: all are taken as responsible"] == (2,)


def test_a_cell_that_only_says_tbc_names_nobody() -> None:
    plan = plan_of("Action|Who", "a|TBC", "b|n/a", "c|")
    assert plan.parties == ()
    assert looks(plan)["names nobody"] == (2, 3, 4)
    assert looks(plan)["has “TBC” where somebody should be named"] == (2,)


def test_kinds_that_the_coordinator_gives() -> None:
    options = ReadOptions(as_kinds={"jane smith": PartyKind.PERSON, "Chair": PartyKind.POST})
    plan = plan_of("Action|Who", "a|Jane Smith, Chair", "b|Jane Smith and Chair", "c|Parents’ Group", options=options)
    assert [(party.name, party.kind, party.rows) for party in plan.parties] == [
        ("Jane Smith", PartyKind.PERSON, (2, 3)),
        ("Chair", PartyKind.POST, (2, 3)),
        ("Parents’ Group", PartyKind.GROUP, (4,)),
    ]
    with pytest.raises(ImportProblem, match="Nobody in the file is called “Bob”"):
        plan_of("Action|Who", "a|Jane", options=ReadOptions(as_kinds={"Bob": PartyKind.PERSON}))


def test_a_kind_for_all_whose_name_says_nothing_else() -> None:
    options = ReadOptions(as_kinds={"*": PartyKind.PERSON, "City Hall": PartyKind.ORGANISATION})
    plan = plan_of("Action|Who", "a|Jane Smith, City Hall", "b|Data Council", options=options)
    assert [(party.name, party.kind) for party in plan.parties] == [
        ("Jane Smith", PartyKind.PERSON),
        ("City Hall", PartyKind.ORGANISATION),
        ("Data Council", PartyKind.GROUP),
    ]


def test_a_name_with_a_comma_is_one_where_its_kind_is_given() -> None:
    lines = ("a|Field, Jo", "b|Field, Jo; Al")
    assert [party.name for party in plan_of("Action|Who", *lines).parties] == ["Field", "Jo", "Al"]
    plan = plan_of("Action|Who", lines[0], options=ReadOptions(as_kinds={"field, jo": PartyKind.PERSON}))
    assert [(party.name, party.kind) for party in plan.parties] == [("Field, Jo", PartyKind.PERSON)]


def test_a_name_with_a_comma_is_one_where_the_roster_knows_it() -> None:
    known = ReadOptions(roster=frozenset({"gómez, maría", "data and law council"}))
    lines = ("a|Gómez, María; Al, Bo", "b|Data and Law Council, gómez, maría", "c|Al", "d|Gómez, María")
    plan = plan_of("Action|Who", *lines, options=known)
    assert [party.name for party in plan.parties] == ["Gómez, María", "Al", "Bo", "Data and Law Council"]


@pytest.mark.parametrize("word", ["TOTAL", "Grand total:", "Subtotal", "Totals"])
def test_a_row_of_totals_makes_no_empty_area(word: str) -> None:
    plan = plan_of("Theme|Objective|Action", "A|O|a", f"{word}||", "Total quality|P|b")
    assert [area.title for area in plan.areas] == ["A", "Total quality"]
    assert looks(plan)[f"says “{word}”, names no action and was left out"] == (3,)
    assert [line.text for line in plan.report.lines if line.row == 3] == ["no action: kept outside the plan"]


def test_both_orders_of_day_and_month_in_one_sheet_need_a_look() -> None:
    lines = ("a|13/04/2026", "b|04/13/2026", "c|2026-05-01", "d|05/05/2026", "e|14/04/2026", "f|31 May 2026")
    look = "puts the month first (04/13/2026), others the day first (13/04/2026): one may be a slip"
    assert looks(plan_of("Action|Due", *lines))[look] == (3,)
    assert not any("first (" in sentence for sentence in looks(plan_of("Action|Due", lines[0], *lines[2:])))


def test_kinds_as_options() -> None:
    assert parse_kinds(["Jane Smith=person", " A=B = Group"]) == {
        "Jane Smith": PartyKind.PERSON,
        "A=B": PartyKind.GROUP,
    }
    for text in ("Jane", "=person", "Jane=boss"):
        with pytest.raises(ImportProblem, match="the kinds are person, post, organisation, group"):
            parse_kinds([text])


@pytest.mark.parametrize("unit", [",", "(,", "a & ", " and ", ";responsible: a", "- ", "–", "1/", "to "])
def test_hostile_cells_are_answered_at_once(unit: str) -> None:
    cell = unit * (10_000 // len(unit))
    began = time.perf_counter()
    plan_of("Theme|Action|Who|Due|Depends on|Notes", "|".join([cell] * 6))
    assert time.perf_counter() - began < 2


def test_dependencies_by_reference_and_title() -> None:
    plan = plan_of("No|Action|Depends on", "1|Ask|", "2|Write|1", "3|Print|Action 1 and #2", "4|Send|print", "5|x|7, 1")
    assert [action.depends_on for action in plan.actions] == [(), (2,), (2, 3), (4,), (2,)]
    assert plan.actions[-1].notes == ("Depends on: 7, 1",)


def test_references_that_repeat_identify_nothing() -> None:
    plan = plan_of("No|Theme|Action|Depends on", "1|A|a|", "1|B|b|1")
    assert plan.actions[1].depends_on == ()
    assert plan.actions[1].notes == ("Depends on: 1",)


def test_a_circle_of_dependencies_is_refused() -> None:
    plan = plan_of("No|Action|Depends on", "1|a|3", "2|b|1", "3|c|2", "4|d|")
    (problem,) = plan.report.problems
    assert "in a circle: row" in problem
    assert plan_of("No|Action|Depends on", "1|a|1").report.problems == ("Row 2: the action depends on itself.",)


def test_a_long_action_keeps_its_whole_text() -> None:
    text = "word " * 299 + "end"
    plan = plan_of("Action|Description", f"{text}|More")
    assert only(plan).title.endswith(" word…")
    assert len(only(plan).title) <= 1_000
    assert only(plan).description == f"{text}\nMore"


def test_texts_that_are_too_long_for_their_place() -> None:
    long = "x" * 1_001
    assert plan_of("Theme|Action", f"{long}|a").report.problems == (
        "Row 2: the area has 1,001 characters: shorten it to 300.",
    )
    assert "its timescale has 1,001 characters" in plan_of("Action|Due", f"a|{long}").report.problems[0]


def test_an_actual_date_needs_a_complete_action_and_a_day_that_has_come() -> None:
    action = only(plan_of("Action|Status|Completed on", "a|In progress|2026-05-01"))
    assert (action.status, action.dates.actual, action.notes) == (Status.IN_PROGRESS, None, ("Actual: 2026-05-01",))
    late = plan_of("Action|Completed on", "a|2026-05-01", options=ReadOptions(today=date(2026, 4, 30)))
    assert "the actual date 2026-05-01 lies in the future" in late.report.problems[0]


def test_the_same_action_twice_is_told() -> None:
    plan = plan_of("Theme|Action", "A|Write", "A|write", "B|Write")
    assert looks(plan)["has the same action as a row above it, under the same objective"] == (3,)


cells = st.sampled_from(["", "A", "a and b", "2026-05-01", "3/4/2026", "31 Feb 2026", "TBC", "x|y", "1", "Done"])


@given(st.lists(st.lists(cells | st.text(max_size=15), min_size=9, max_size=9), max_size=8))
def test_any_table_is_a_plan_or_an_import_problem(table: list[list[str]]) -> None:
    names = ("Theme", "Objective", "Action", "Who", "Due", "Start", "Status", "Depends on", "No")
    rows = tuple(SheetRow(number, tuple(row)) for number, row in enumerate(table, start=2))
    try:
        plan = read_plan(Sheet("plan", names, rows, 1), recognise(names))
    except ImportProblem:
        assert not any(row.cells[2] for row in rows)
        return
    assert sorted(action.row for action in plan.actions) == [row.number for row in rows if row.cells[2]]
    assert [line.row for line in plan.report.lines] == [row.number for row in rows]
    named = {party.name for party in plan.parties}
    assert {role.party for action in plan.actions for role in action.roles} == named


def test_reading_a_csv_loads_no_library() -> None:
    code = (
        "import sys, pathlib; from tui_plan.exchange.sheet_reading import read_plan_file;"
        "read_plan_file(pathlib.Path(sys.argv[1]));"
        "sys.exit(bool({'openpyxl', 'peewee', 'textual', 'icalendar', 'rich'} & set(sys.modules)))"
    )
    assert subprocess.run([sys.executable, "-c", code, str(REAL)], check=False).returncode == 0
