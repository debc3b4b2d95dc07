"""Undo and redo in chains, by two people, and the sentences with which they are refused."""

from datetime import date

import pytest

from tests.model.replay import everything, tables
from tui_plan.model.base import database, rows
from tui_plan.model.errors import NotFound, PlanError, Refused
from tui_plan.model.ledger import Change
from tui_plan.model.places import stored_row
from tui_plan.model.plan import Action
from tui_plan.model.store import Author
from tui_plan.model.vocabulary import PartyKind, RoleKind
from tui_plan.operations.actions import add_action, edit_action, remove_actions
from tui_plan.operations.dependencies import add_dependency, remove_dependency
from tui_plan.operations.meetings import add_series, set_occurrence
from tui_plan.operations.parts import add_resource, set_roles
from tui_plan.operations.people import add_party, remove_party
from tui_plan.operations.plans import add_area, add_objective, add_plan, remove_objective
from tui_plan.operations.undoing import redo, undo

pytestmark = pytest.mark.usefixtures("plan_database")
TODAY = date(2026, 3, 16)
ANA = Author("ana")
BEN = Author("ben")


@pytest.fixture
def objective() -> str:
    plan = add_plan(ANA, name="Ready together")
    return add_objective(ANA, add_area(ANA, plan, title="Area"), title="Objective")


@pytest.fixture
def action(objective: str) -> str:
    return add_action(ANA, objective, today=TODAY, title="First")


def title(action: str) -> str:
    return str(stored_row(Action, action)["title"])


def name(author: Author, action: str, words: str) -> None:
    edit_action(author, action, today=TODAY, title=words)


def last_change() -> int:
    return int(rows(Change.select(Change.id).order_by(Change.id.desc()).limit(1))[0][0])


def refusal(author: Author, change: int | None = None) -> str:
    """Return the sentence with which an undo is refused, having changed nothing."""
    before = everything()
    with pytest.raises(PlanError) as problem:
        undo(author, change)
    assert everything() == before
    return str(problem.value)


def test_undo_goes_back_step_by_step_and_redo_comes_forward(action: str) -> None:
    for words in ("Second", "Third", "Fourth"):
        name(ANA, action, words)
    seen = []
    for step in (undo, undo, undo, redo, redo, undo, redo, redo):
        step(ANA)
        seen.append(title(action))
    assert seen == ["Third", "Second", "First", "Second", "Third", "Second", "Third", "Fourth"]
    with pytest.raises(Refused, match="nothing to redo"):
        redo(ANA)


def test_something_new_ends_the_redoing(action: str) -> None:
    name(ANA, action, "Second")
    undo(ANA)
    name(ANA, action, "Other")
    with pytest.raises(Refused, match="you have changed something since"):
        redo(ANA)
    undo(ANA)
    assert title(action) == "First"


def test_each_undoes_their_own(action: str) -> None:
    name(ANA, action, "Ana's")
    edit_action(BEN, action, today=TODAY, purpose="Ben's")
    undo(ANA)
    row = stored_row(Action, action)
    assert (row["title"], row["purpose"]) == ("First", "Ben's")
    assert "nothing of yours" in refusal(Author("cem"))


def test_a_redo_can_be_undone_again_and_again(action: str) -> None:
    name(ANA, action, "Second")
    for _ in range(5):
        undo(ANA)
        assert title(action) == "First"
        redo(ANA)
        assert title(action) == "Second"


def test_the_words_say_what_happened(action: str) -> None:
    name(ANA, action, "Second")
    change = last_change()
    assert undo(ANA).change == change
    undo(ANA, last_change())
    undo(ANA, last_change())
    summaries = [summary for (summary,) in rows(Change.select(Change.summary).order_by(Change.id.desc()).limit(3))]
    assert summaries == ["Undid: Edited A-1 “First”", "Redid: Edited A-1 “First”", "Undid: Edited A-1 “First”"]
    assert title(action) == "First"


def test_a_later_change_by_somebody_else_stands_in_the_way(action: str) -> None:
    name(ANA, action, "Ana's")
    mine = last_change()
    name(BEN, action, "Ben's")
    sentence = refusal(ANA, mine)
    assert sentence.startswith("It cannot be undone: ben (on 20")
    assert sentence.endswith("Edited A-1 “Ana's”) changed A-1 “Ben's”.")
    undo(BEN)
    undo(ANA, mine)
    assert title(action) == "First"


def test_what_is_undone_already_or_never_was_is_said(action: str) -> None:
    name(ANA, action, "Second")
    change = last_change()
    undo(ANA)
    assert refusal(BEN, change) == "That change has been undone already."
    before = everything()
    with pytest.raises(NotFound, match="There is no change number 999"):
        undo(ANA, 999)
    assert everything() == before


def test_a_removed_record_is_named(action: str) -> None:
    name(ANA, action, "Second")
    change = last_change()
    remove_actions(BEN, [action])
    assert "ben (on 20" in refusal(ANA, change)
    assert refusal(ANA, change).endswith("removed the action.")


def test_what_others_have_built_on_keeps_its_ground(objective: str) -> None:
    change = last_change()
    add_action(BEN, objective, today=TODAY, title="Ben's")
    assert refusal(ANA, change) == (
        "It cannot be undone. This step objective cannot be removed while it is in use: A-1 “Ben's”."
    )


def test_what_it_stood_on_may_be_gone(objective: str, action: str) -> None:
    remove_actions(ANA, [action])
    change = last_change()
    remove_objective(BEN, objective)
    assert refusal(ANA, change) == (
        "It cannot be undone. The step objective that this action names is not in this database. Choose another."
    )


def test_a_removal_comes_back_whole(action: str, objective: str) -> None:
    other = add_action(ANA, objective, today=TODAY, title="Other")
    home = add_party(ANA, PartyKind.ORGANISATION, name="College")
    set_roles(ANA, action, [(RoleKind.ACCOUNTABLE, home), (RoleKind.RESPONSIBLE, home)])
    add_resource(ANA, action, description="Vans")
    add_dependency(ANA, action, other)
    before = tables()
    for _ in range(3):
        remove_actions(ANA, [action, other, action])
        undo(ANA)
        assert tables() == before
        redo(ANA)
        undo(ANA)
        assert tables() == before
    versions = stored_row(Action, action)["row_version"]
    assert versions == 1 + 6


def test_undo_breaks_no_rule_that_others_rely_on(action: str, objective: str) -> None:
    other = add_action(ANA, objective, today=TODAY, title="Other")
    add_dependency(ANA, action, other)
    remove_dependency(ANA, action, other)
    dependency = last_change()
    add_dependency(BEN, other, action)
    assert refusal(ANA, dependency).endswith("That would make a circle: A-1 → A-2 → A-1.")

    edit_action(ANA, action, today=TODAY, forecast=date(2026, 4, 1))
    edit_action(ANA, action, today=TODAY, forecast=date(2026, 5, 1))
    forecast = last_change()
    edit_action(BEN, action, today=TODAY, start=date(2026, 4, 15))
    assert "The forecast (2026-04-01) comes before the start (2026-04-15)." in refusal(ANA, forecast)

    home = add_party(ANA, PartyKind.ORGANISATION, name="College")
    set_roles(ANA, action, [(RoleKind.ACCOUNTABLE, home)])
    set_roles(ANA, action, [])
    roles = last_change()
    set_roles(BEN, action, [(RoleKind.ACCOUNTABLE, add_party(BEN, PartyKind.PERSON, name="Ben"))])
    assert "Exactly one party is accountable" in refusal(ANA, roles)

    school = add_party(ANA, PartyKind.ORGANISATION, name="School")
    remove_party(ANA, school)
    party = last_change()
    add_party(BEN, PartyKind.ORGANISATION, name="SCHOOL")
    assert "There is already an organisation named “School”." in refusal(ANA, party)


def test_an_undone_exception_still_raises_its_series_for_calendars() -> None:
    from datetime import datetime

    from tui_plan.model.meeting import MeetingSeries

    plan = add_plan(ANA, name="Ready together")
    series = add_series(
        ANA, plan, title="Steering", start_day=date(2026, 3, 2), timezone="Europe/London", rule="FREQ=WEEKLY;BYDAY=MO"
    )
    sequences = [stored_row(MeetingSeries, series)["sequence"]]
    set_occurrence(ANA, series, datetime.fromisoformat("2026-03-09T09:00"), status="cancelled")
    sequences.append(stored_row(MeetingSeries, series)["sequence"])
    undo(ANA)
    sequences.append(stored_row(MeetingSeries, series)["sequence"])
    assert sequences == [0, 1, 2]


def test_what_comes_back_to_a_calendar_is_newer_than_what_it_cancelled(action: str) -> None:
    edit_action(ANA, action, today=TODAY, agreed=TODAY)
    remove_actions(ANA, [action])
    undo(ANA)
    assert stored_row(Action, action)["sequence"] == 2


def test_far_back_in_a_long_ledger(action: str) -> None:
    database.execute_sql("PRAGMA synchronous = off")
    for turn in range(210):
        name(BEN, action, f"Ben's {turn}")
    for _ in range(205):
        undo(BEN)
    assert title(action) == "Ben's 4"
