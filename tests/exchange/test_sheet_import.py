"""Bringing a sheet in as a new plan: what is written, what is kept verbatim, and all or nothing."""

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from tui_plan.exchange.sheet_import import import_plan
from tui_plan.exchange.sheet_plan import ReadPlan
from tui_plan.exchange.sheet_reading import ReadOptions, read_plan_file
from tui_plan.exchange.sheet_stored import find_source, remembered_mapping
from tui_plan.model.base import Record, rows
from tui_plan.model.errors import ImportProblem
from tui_plan.model.ledger import Change, Entry
from tui_plan.model.people import Party
from tui_plan.model.plan import (
    Action,
    Checkpoint,
    Dependency,
    DevelopmentArea,
    Note,
    OutcomeMeasure,
    Plan,
    PlanPartner,
    Resource,
    Role,
    StepObjective,
)
from tui_plan.model.schema import RECORDS
from tui_plan.model.source import Source, SourceRow
from tui_plan.model.store import Author
from tui_plan.model.vocabulary import PartyKind
from tui_plan.operations.people import add_party
from tui_plan.operations.undoing import undo

REAL = Path(__file__).parent.parent / "data" / "federal-data-strategy-2020.csv"

pytestmark = pytest.mark.usefixtures("plan_database")


def read_text(folder: Path, text: str, **options: Any) -> ReadPlan:
    path = folder / "plan.csv"
    path.write_text(text)
    return read_plan_file(path, ReadOptions(**options))


def count(model: type[Record]) -> int:
    return int(model.select().count())


def test_the_real_file(author: Author, today: date) -> None:
    made = import_plan(author, read_plan_file(REAL), today=today)
    assert (made.areas, made.objectives, made.actions, made.parties, made.known) == (3, 20, 66, 16, 0)
    numbers = {Plan: 1, DevelopmentArea: 3, StepObjective: 20, Action: 66, Party: 16, SourceRow: 66}
    assert {model: count(model) for model in numbers} == numbers
    assert {model: count(model) for model in (Role, OutcomeMeasure, Checkpoint, Note, Resource)} == {
        Role: 68,
        OutcomeMeasure: 64,
        Checkpoint: 19,
        Note: 19,
        Resource: 0,
    }
    assert rows(Plan.select(Plan.name)) == [("federal-data-strategy-2020",)]
    assert count(PlanPartner) == 11


def test_an_action_with_everything(tmp_path: Path, author: Author, today: date) -> None:
    text = (
        "No,Theme,Objective,Action,Purpose,Description,Lead,Due,Revised,Status,RAG,Depends on,Milestone,Core,Resources,"
        "Monitoring,Outcome,Notes,Colour\n"
        "1,T,O,Ask,,,,,,,,,,,,,,,\n"
        '2,T,O,Write,Why,How,"A, Task Group",2026-05-01,2026-06-01,started,amber,1,yes,yes,2 days,Monthly,Text,Said,'
        "red\n"
    )
    import_plan(author, read_text(tmp_path, text), today=today, name="  Our plan ")
    action = Action.get(Action.title == "Write")
    assert (action.purpose, action.description, action.status, action.confidence) == (
        "Why",
        "How",
        "in progress",
        "amber",
    )
    assert (action.baseline, action.agreed, action.forecast) == (date(2026, 5, 1), date(2026, 5, 1), date(2026, 6, 1))
    assert (action.milestone, action.core, action.position, action.number) == (True, True, 1, 2)
    assert rows(Role.select(Role.kind, Party.name, Party.kind).join(Party).order_by(Role.position)) == [
        ("responsible", "A", "organisation"),
        ("responsible", "Task Group", "group"),
    ]
    assert rows(Resource.select(Resource.kind, Resource.description)) == [("other", "2 days")]
    assert rows(Checkpoint.select(Checkpoint.method, Checkpoint.due)) == [("Monthly", None)]
    assert rows(OutcomeMeasure.select(OutcomeMeasure.statement)) == [("Text",)]
    assert rows(Note.select(Note.text, Note.candour, Note.channel)) == [("Said", "shareable", "import")]
    (needs,) = rows(Dependency.select(Dependency.needs))
    assert needs == (Action.get(Action.title == "Ask").uid,)
    assert rows(Plan.select(Plan.name)) == [("Our plan",)]


def test_every_row_is_kept_verbatim_with_its_action(tmp_path: Path, author: Author, today: date) -> None:
    text = "Title line\nAction,Colour,\na,red,x\n,,\n,Total,\n"
    import_plan(author, read_text(tmp_path, text), today=today)
    (source,) = rows(Source.select(Source.name, Source.headings, Source.mapping))
    assert (source[0], json.loads(source[1]), json.loads(source[2])) == (
        "plan.csv",
        ["Action", "Colour", ""],
        {"Action": "action"},
    )
    kept = rows(SourceRow.select(SourceRow.row, SourceRow.action.is_null(), SourceRow.cells).order_by(SourceRow.row))
    assert [(row, bool(loose), json.loads(cells)) for row, loose, cells in kept] == [
        (3, False, ["a", "red", "x"]),
        (5, True, ["", "Total", ""]),
    ]


def test_the_mapping_is_remembered(tmp_path: Path, author: Author, today: date) -> None:
    read = read_text(tmp_path, "To do,Who knows\na,X\n", mapping={"To do": "action", "Who knows": "consulted"})
    made = import_plan(author, read, today=today)
    found = find_source("plan.csv")
    assert found is not None
    assert found[0] == made.plan
    assert find_source("plan.csv", made.plan) == found
    assert find_source("other.csv") is None
    remembered = remembered_mapping(found[1])
    assert remembered == {"To do": "action", "Who knows": "consulted"}
    again = read_text(tmp_path, "To do,Who knows\na,X\n", remembered=remembered)
    assert again.actions == read.actions


def test_the_ledger_holds_one_change_by_import(author: Author, today: date) -> None:
    import_plan(author, read_plan_file(REAL), today=today)
    assert rows(Change.select(Change.typed_by, Change.channel, Change.summary)) == [
        ("ana", "import", "Imported “federal-data-strategy-2020” from federal-data-strategy-2020.csv: 66 actions")
    ]
    assert Entry.select().count() == sum(count(model) for model in RECORDS)


def test_an_import_can_be_undone_whole(author: Author, today: date) -> None:
    import_plan(author, read_plan_file(REAL), today=today)
    undo(author)
    assert {model: count(model) for model in RECORDS} == dict.fromkeys(RECORDS, 0)


def test_who_is_on_the_roster_is_not_doubled(tmp_path: Path, author: Author, today: date) -> None:
    add_party(author, PartyKind.ORGANISATION, name="Office of Management and Budget", short_name="OMB")
    add_party(author, PartyKind.PERSON, name="Jo Lee")
    made = import_plan(author, read_text(tmp_path, 'Action,Who\na,"omb, JO LEE, GSA"\n'), today=today)
    assert (made.parties, made.known) == (1, 2)
    assert sorted(rows(Party.select(Party.name, Party.kind))) == [
        ("GSA", "organisation"),
        ("Jo Lee", "person"),
        ("Office of Management and Budget", "organisation"),
    ]
    assert sorted(rows(Party.select(Party.name).join(PlanPartner, on=PlanPartner.organisation == Party.uid))) == [
        ("GSA",),
        ("Office of Management and Budget",),
    ]


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("Action,Due\na,31 February 2026\nb,2026-05-01\n", "Row 2: 31 February 2026 does not exist"),
        ("Action,Due\na,03/04/2026\n", "--dates day-month or --dates month-day"),
        ("Action,Start,Due\na,2026-06-01,2026-05-01\n", "lies before the start"),
        ("Action,Completed on\na,2030-01-01\n", "lies in the future"),
        ("No,Action,Depends on\n1,a,2\n2,b,1\n", "in a circle"),
    ],
)
def test_nothing_is_written_when_something_must_be_mended(
    tmp_path: Path, author: Author, today: date, text: str, sentence: str
) -> None:
    with pytest.raises(ImportProblem, match=sentence):
        import_plan(author, read_text(tmp_path, text), today=today)
    assert {model: count(model) for model in RECORDS} == dict.fromkeys(RECORDS, 0)
    assert Change.select().count() == 0


def test_hostile_texts_arrive_clean(tmp_path: Path, author: Author, today: date) -> None:
    text = 'Action,Notes\n[/] \x1b]52;c;aGk=\x07=cmd \u202e🎉,"\x1b[2J[red]x[/red]"\n'
    import_plan(author, read_text(tmp_path, text), today=today)
    assert rows(Action.select(Action.title)) == [("[/] ]52;c;aGk==cmd 🎉",)]
    assert rows(Note.select(Note.text)) == [("[2J[red]x[/red]",)]
