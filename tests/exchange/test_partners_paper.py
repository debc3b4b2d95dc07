"""What partners promised and kept: the same form for all, and the counts are those of the promises."""

import csv
import io
from collections import Counter
from datetime import date

import pytest

from tests.people_world import FIRST, TODAY, PeopleWorld, typed
from tui_plan.exchange.document_text import document_text
from tui_plan.exchange.partners_paper import partners_csv, partners_paper, promises_csv
from tui_plan.insight.partners import OUTCOMES, partners, promises, promises_by_partner
from tui_plan.model.errors import NotFound
from tui_plan.model.vocabulary import PartyKind, RoleKind, Status
from tui_plan.operations import actions, parts, people, plans


def table_of(content: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(content.decode(), newline="")))


@pytest.fixture
def varied(world: PeopleWorld) -> PeopleWorld:
    """The world with a promise of every outcome, all of them the college's."""
    objective = plans.add_objective(FIRST, world.areas[1], title="All")
    done = {"status": Status.COMPLETE, "actual": date(2026, 3, 1)}
    many = {
        "On time": {"agreed": date(2026, 3, 1), **done},
        "Agreed again": {"agreed": date(2026, 2, 1)},
        "Too late": {"agreed": date(2026, 2, 1), **done},
        "Late": {"agreed": date(2026, 3, 1)},
        "Running": {"agreed": date(2026, 4, 1)},
        "Put off": {"agreed": date(2026, 3, 1), "status": Status.DEFERRED},
        "Dropped": {"agreed": date(2026, 3, 1), "status": Status.WITHDRAWN},
    }
    for title, values in many.items():
        uid = actions.add_action(FIRST, objective, today=TODAY, title=title, **values)  # type: ignore[arg-type]
        parts.set_roles(FIRST, uid, [(RoleKind.ACCOUNTABLE, world.registrar)])
        if title == "Agreed again":
            actions.edit_action(FIRST, uid, today=TODAY, agreed=date(2026, 3, 5))
            actions.edit_action(typed(TODAY), uid, today=TODAY, **done)  # type: ignore[arg-type]
    return world


def test_every_outcome_has_its_column_and_its_line(varied: PeopleWorld) -> None:
    paper = partners_paper(varied.plan, TODAY)
    table = paper.sections[0].table
    assert table is not None
    assert table.headings == (
        *("Partner", "Promised", "First date", "Re-agreed", "Done late"),
        *("Late", "Under way", "Deferred", "Withdrawn"),
    )
    assert table.rows[0].cells == ("Harbour College", "8", "1", "1", "1", "2", "1", "1", "1")
    college = paper.sections[1]
    assert college.title == "Harbour College"
    assert college.table is not None
    assert {(row.cells[1].split(" ", 1)[1], row.cells[2], row.marked) for row in college.table.rows} == {
        ("Recruit", "late", True),
        ("On time", "kept on the first date", False),
        ("Agreed again", "kept after re-agreement", False),
        ("Too late", "done late", False),
        ("Late", "late", True),
        ("Running", "under way", False),
        ("Put off", "deferred", False),
        ("Dropped", "withdrawn by agreement", False),
    }


def test_the_form_is_the_same_for_all(world: PeopleWorld) -> None:
    idle = people.add_party(FIRST, PartyKind.ORGANISATION, name="Idle")
    plans.set_partners(FIRST, world.plan, [world.college, idle, world.city])
    paper = partners_paper(world.plan, TODAY)
    assert [section.title for section in paper.sections[1:]] == ["Harbour College", "Idle", "Northfield City"]
    assert [section.words for section in paper.sections[1:]] == [
        "In the convening group: Ana Ruiz. Last heard from: 2026-03-03.",
        "In the convening group: nobody. Last heard from: never. Nothing in this plan rests on it.",
        "In the convening group: Ben Okafor, Mayor. Last heard from: 2026-03-09.",
    ]
    assert len({section.table.headings for section in paper.sections[1:] if section.table}) == 1
    assert paper.facts == (
        ("Convening group", "Board"),
        ("Chair", "Ben Okafor, Mayor"),
        ("Deputy", "Ana Ruiz"),
        ("Date", "2026-03-16"),
    )


def test_the_counts_are_those_of_the_promises(varied: PeopleWorld) -> None:
    counts = {line.name: line for line in partners(varied.plan, TODAY).lines}
    told = Counter((row[0], row[4]) for row in table_of(promises_csv(varied.plan, TODAY))[1:])
    for name, line in counts.items():
        assert {outcome: told[name, words] for outcome, words in OUTCOMES.items()} == {
            outcome: getattr(line, outcome) for outcome in OUTCOMES
        }
    assert promises(varied.plan, varied.city, TODAY) == promises_by_partner(varied.plan, TODAY)[varied.city]


def test_the_spreadsheets(world: PeopleWorld) -> None:
    lines = table_of(partners_csv(world.plan, TODAY))
    assert lines[0] == [
        *("Partner", "Promised", "Kept on the first date", "Kept after re-agreement", "Done late", "Late"),
        *("Under way", "Deferred", "Withdrawn by agreement", "In the convening group", "Last heard from"),
    ]
    assert lines[1] == ["Harbour College", "1", "0", "0", "0", "1", "0", "0", "0", "Ana Ruiz", "2026-03-03"]
    assert table_of(promises_csv(world.plan, TODAY))[:2] == [
        ["Partner", "Action", "Title", "Day", "What came of it"],
        ["Harbour College", "A-1", "Recruit", "2026-03-10", "late"],
    ]


def test_a_plan_without_partners_says_so(world: PeopleWorld) -> None:
    plan = plans.add_plan(FIRST, name="New")
    assert "No partners are named in this plan yet." in document_text(partners_paper(plan, TODAY))
    assert len(table_of(partners_csv(plan, TODAY))) == 1
    with pytest.raises(NotFound):
        partners_paper("0" * 32, TODAY)
