"""Recognising columns by their headings, in any order and by common synonyms."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui_plan.exchange.sheet_columns import Field, field_named, parse_mapping, recognise
from tui_plan.model.errors import ImportProblem


@pytest.mark.parametrize(
    ("headings", "field"),
    [
        (["Development area", "THEME", "Goals", "Workstream", "Work stream", "Goal Area"], Field.AREA),
        (["Step objectives", "Objective", "Strategy", "Milestone group"], Field.OBJECTIVE),
        (["Actions", "Task", "Activities", "Action / Task", "Actions or activities"], Field.ACTION),
        (
            [
                "Responsibility and involvement",
                "Owner",
                "Lead",
                "Who",
                "*Responsible*:",
                "Lead agency",
                "Who’s responsible?",
            ],
            Field.RESPONSIBLE,
        ),
        (["Timescale", "Due", "Deadline", "Target date", "By when", "Timeframe", "Due Date (agreed)"], Field.TIMESCALE),
        (["Revised date", "Forecast", "New date"], Field.REVISED),
        (["Completed on", "Actual"], Field.ACTUAL),
        (["RAG", "Confidence", "RAG rating"], Field.CONFIDENCE),
        (["Resources, inc support", "Resources", "Budget"], Field.RESOURCES),
        (["Outcomes", "KPIs", "Success measures", "Success indicator"], Field.OUTCOME),
        (["Notes", "Comment", "Comments"], Field.NOTE),
        (["No.", "Ref", "ID", "#", "S/N", "Action no.", "Ref #"], Field.REF),
        (["Depends on", "Dependencies"], Field.DEPENDS_ON),
        (["Milestone", "Milestone?"], Field.MILESTONE),
        (["Core component", "Core?"], Field.CORE),
    ],
)
def test_synonyms(headings: list[str], field: Field) -> None:
    assert {heading: field_named(heading) for heading in headings} == dict.fromkeys(headings, field)


@pytest.mark.parametrize("heading", ["", "Progress", "Owner / Due", "Actions taken by the board since May", "x" * 500])
def test_other_headings_are_not_guessed(heading: str) -> None:
    assert field_named(heading) is None


def test_every_field_is_known_by_its_own_name() -> None:
    assert all(
        recognise(("Action", "X"), {"X": field}).columns[1].field == field for field in Field if field != "action"
    )


def test_order_does_not_matter() -> None:
    found = recognise(("Due", "Who", "Action", "Theme"))
    assert [column.field for column in found.columns] == [Field.TIMESCALE, Field.RESPONSIBLE, Field.ACTION, Field.AREA]
    assert found.index_of(Field.AREA) == 3
    assert found.index_of(Field.STATUS) is None


def test_the_second_column_for_a_field_is_kept_beside_and_reported() -> None:
    found = recognise(("Action", "Owner", "Lead", "Colour", "Notes", "Comments"))
    assert [column.field for column in found.columns] == [
        Field.ACTION,
        Field.RESPONSIBLE,
        None,
        None,
        Field.NOTE,
        Field.NOTE,
    ]
    assert found.columns[2].remark == "responsible is already taken from “Owner”"
    assert [column.heading for column in found.beside] == ["Lead", "Colour"]


def test_a_mapping_goes_first() -> None:
    found = recognise(
        ("To do", "Action", "Owner", "Lead"), {"to do": "action", "Action": "note", "Lead": "Responsible"}
    )
    assert [column.field for column in found.columns] == [Field.ACTION, Field.NOTE, None, Field.RESPONSIBLE]
    assert found.columns[2].remark == "another column is mapped to responsible"
    assert found.mapping[0] == ("to do", "action")


def test_a_mapping_may_use_synonyms_and_ignore() -> None:
    found = recognise(("A", "B", "Action"), {"A": "Deadline", "B": "ignore"})
    assert [column.field for column in found.columns] == [Field.TIMESCALE, Field.IGNORE, Field.ACTION]
    assert found.beside == ()


def test_a_remembered_mapping_goes_as_far_as_it_fits() -> None:
    remembered = {"To do": "action", "Gone": "status", "Lead": "responsible", "Old": "no field"}
    found = recognise(("To do", "Owner", "Lead", "Due"), {"Due": "start"}, remembered)
    assert [column.field for column in found.columns] == [Field.ACTION, None, Field.RESPONSIBLE, Field.START]
    again = recognise(("To do", "X", "Lead"), {"X": "responsible"}, remembered)
    assert [column.field for column in again.columns] == [Field.ACTION, Field.RESPONSIBLE, None]


def test_the_same_heading_twice_is_one_field_and_one_column_beside() -> None:
    found = recognise(("Action", "Due", "Due"), {"Due": "start"})
    assert [column.field for column in found.columns] == [Field.ACTION, Field.START, None]


@pytest.mark.parametrize(
    ("headings", "mapping", "sentence"),
    [
        (
            ("Goal", "Owner"),
            {},
            r"No column holds the actions\. The headings are “Goal”, “Owner”: .* --map 'Heading=action'",
        ),
        (("Action", "X"), {"Y": "note"}, "There is no column “Y” to map: the headings are “Action”, “X”"),
        (("Action", "X"), {"X": "colour"}, "“colour” is no field: choose one of area, priority"),
        (("Action", "X", "Y"), {"X": "status", "Y": "status"}, "Two columns are mapped to status"),
        (("Action", "Who"), {"Action": "ignore"}, "No column holds the actions"),
    ],
)
def test_refused(headings: tuple[str, ...], mapping: dict[str, str], sentence: str) -> None:
    with pytest.raises(ImportProblem, match=sentence):
        recognise(headings, mapping)


def test_mapping_options() -> None:
    assert parse_mapping(["To do=action", " a=b = note "]) == {"To do": "action", "a=b": "note"}
    for text in ("To do", "=action", "To do="):
        with pytest.raises(ImportProblem, match="write it as --map"):
            parse_mapping([text])


@given(st.lists(st.text(max_size=30), max_size=12))
def test_no_column_is_lost(headings: list[str]) -> None:
    found = recognise((*headings, "Action"))
    assert [column.heading for column in found.columns] == [*headings, "Action"]
    single = [column.field for column in found.columns if column.field not in {None, Field.NOTE}]
    assert len(single) == len(set(single))
