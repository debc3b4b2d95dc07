"""The plan as it was: equal to a copy taken then, read by the same questions, and closed to changes.

That it holds for anything that people do is proved in ``tests/operations/test_anything.py``.
"""

from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

from tests.model.replay import Content, tables
from tui_plan.model.as_of import as_of
from tui_plan.model.base import database, rows
from tui_plan.model.database import backup_database, close_database, open_database
from tui_plan.model.errors import DatabaseProblem
from tui_plan.model.ledger import Change, Entry
from tui_plan.model.plan import Action
from tui_plan.model.store import Author
from tui_plan.operations.actions import add_action, edit_action, remove_actions
from tui_plan.operations.plans import add_area, add_objective, add_plan
from tui_plan.operations.undoing import undo

FIRST = datetime.fromisoformat("2026-03-01T12:00:00")
TODAY = date(2026, 3, 16)


def author(day: int) -> Author:
    return Author("ana", at=FIRST + timedelta(days=day))


@pytest.fixture
def story(plan_database: Path) -> dict[int, Content]:
    """What the tables held after each day: an action is added, renamed, removed and brought back."""
    held = {-1: tables()}
    plan = add_plan(author(0), name="Ready together")
    objective = add_objective(author(0), add_area(author(0), plan, title="Area"), title="Objective")
    action = add_action(author(0), objective, today=TODAY, title="Train")
    held[0] = tables()
    edit_action(author(1), action, today=TODAY, title="Train wardens", milestone=True, agreed=TODAY)
    held[1] = tables()
    remove_actions(author(2), [action])
    held[2] = tables()
    undo(author(3))
    edit_action(author(3), action, today=TODAY, title="Train all wardens")
    held[3] = tables()
    return held


@pytest.mark.parametrize("day", range(-1, 4))
def test_each_day_is_as_it_was(story: dict[int, Content], day: int) -> None:
    with as_of(FIRST + timedelta(days=day)):
        assert tables() == story[day]
    assert tables() == story[3]


def test_it_equals_a_copy_taken_then(story: dict[int, Content], plan_database: Path, tmp_path: Path) -> None:
    backup_database(tmp_path / "then.db")
    edit_action(author(4), rows(Action.select(Action.uid))[0][0], today=TODAY, title="Later")
    with as_of(FIRST + timedelta(days=3, hours=1)):
        now = tables(), rows(Change.select()), rows(Entry.select())
    close_database()
    open_database(tmp_path / "then.db")
    assert now == (tables(), rows(Change.select()), rows(Entry.select()))


def test_the_moment_itself_is_included(story: dict[int, Content]) -> None:
    with as_of(FIRST + timedelta(days=1)):
        assert rows(Action.select(Action.title)) == [("Train wardens",)]
    with as_of(FIRST + timedelta(days=1) - timedelta(seconds=1)):
        assert rows(Action.select(Action.title)) == [("Train",)]


def test_the_ledger_ends_there_too(story: dict[int, Content]) -> None:
    with as_of(FIRST + timedelta(days=1)):
        assert Change.select().count() == 5
        assert {change for (change,) in rows(Entry.select(Entry.change))} == {1, 2, 3, 4, 5}
    assert Change.select().count() == 8


def test_nothing_can_be_changed_meanwhile(story: dict[int, Content], plan_database: Path) -> None:
    before = plan_database.read_bytes()
    with as_of(FIRST):
        with pytest.raises(DatabaseProblem, match="not change it"):
            add_plan(author(5), name="Too late")
        assert tables() == story[0]
    assert plan_database.read_bytes() == before


def test_a_question_that_fails_leaves_today_open(story: dict[int, Content]) -> None:
    live = database.obj
    with pytest.raises(ZeroDivisionError), as_of(FIRST):
        raise ZeroDivisionError
    assert database.obj is live
    assert tables() == story[3]


def test_a_clock_that_stood_wrong_for_a_moment_does_no_harm(story: dict[int, Content]) -> None:
    add_plan(Author("ben", at=datetime.fromisoformat("1970-01-01T00:00:00")), name="From a machine without a clock")
    with as_of(FIRST + timedelta(days=2)):
        assert tables() == story[2]
