"""The list of plans: health, adding and editing, partners, and what stands there without a plan."""

from collections.abc import Callable
from dataclasses import replace

from tests.hosts import running, stored
from tui_plan.screens.board import BoardScreen
from tui_plan.screens.form import FormScreen
from tui_plan.screens.outline import OutlineScreen
from tui_plan.session import Session

On = Callable[[str], Session]


async def test_a_plan_shows_its_health_and_what_it_is(session_on: On) -> None:
    async with running(session_on("small"), (120, 40)) as user:
        await user.sees("Joint reading teams", "14%", "! 1 late", "Every child reads.", "Partner school")


async def test_at_80_columns_the_detail_stands_below_the_list(session_on: On) -> None:
    async with running(session_on("small")) as user:
        await user.sees("Joint reading teams", "Every child reads.")
        plans, detail = user.app.screen.query_one("#plans"), user.app.screen.query_one("#detail")
        assert detail.region.y >= plans.region.bottom
        assert detail.region.width == 80


async def test_without_a_plan_it_says_what_to_press_and_a_adds_one(session_on: On) -> None:
    session = session_on("empty")
    async with running(session) as user:
        await user.sees("No plan yet. Press a to add one")
        assert "Edit" not in user.text
        await user.press("a")
        await user.sees("New plan")
        await user.type("Coastal schools")
        await user.press("ctrl+s")
        await user.sees("Plans", "Coastal schools", "1.0, not agreed yet")
        assert stored(session, "SELECT name, version FROM plan") == [("Coastal schools", "1.0")]
        await user.press("enter")
        await user.sees("This plan is empty. Press A")


async def test_edit_shows_what_is_there_and_keeps_what_was_changed(session_on: On) -> None:
    session = session_on("small")
    async with running(session) as user:
        await user.press("e")
        await user.sees("Edit the plan", "Joint reading teams", "Every child reads.")
        await user.type(" 2026")
        await user.press("ctrl+s")
        await user.stores("SELECT name, vision FROM plan", ("Joint reading teams 2026", "Every child reads."))
        await user.sees("Joint reading teams 2026")


async def test_partners_are_picked_and_a_new_one_joins_the_roster(session_on: On) -> None:
    session = session_on("small")
    async with running(session) as user:
        await user.press("o")
        await user.sees("Organisations")
        await user.press("enter")
        await user.type("Harbour library")
        await user.press("enter")
        await user.sees("Harbour library (new)")
        await user.press("ctrl+s")
        partners = (
            "SELECT party.name FROM plan_partner JOIN party ON party.uid = plan_partner.organisation_id "
            "ORDER BY position"
        )
        await user.stores(partners, ("Partner school",), ("Harbour library",))


async def test_undo_and_redo_say_what_they_did(session_on: On) -> None:
    session = session_on("small")
    async with running(session) as user:
        await user.press("e")
        await user.sees("Edit the plan")
        await user.type("!")
        await user.press("ctrl+s")
        await user.sees("Joint reading teams!")
        await user.press("u")
        await user.until(lambda: user.said.startswith("Undone: "))
        assert stored(session, "SELECT name FROM plan") == [("Joint reading teams",)]
        await user.press("U")
        await user.until(lambda: user.said.startswith("Done again: "))
        assert stored(session, "SELECT name FROM plan") == [("Joint reading teams!",)]


async def test_enter_opens_the_outline_and_escape_comes_back(session_on: On) -> None:
    async with running(session_on("small")) as user:
        await user.press("enter")
        await user.until(lambda: isinstance(user.app.screen, OutlineScreen))
        await user.press("escape")
        await user.sees("Plan", "Late")


async def test_the_plan_named_at_the_start_is_under_the_cursor(session_on: On) -> None:
    session = replace(session_on("small"), plan="Joint")
    async with running(session) as user:
        await user.sees("Joint reading teams")
        await user.press("2")
        await user.until(lambda: isinstance(user.app.screen, BoardScreen))
        await user.sees("Agree the scope")


async def test_a_plan_that_is_not_there_is_said(session_on: On) -> None:
    async with running(replace(session_on("small"), plan="P-77")) as user:
        await user.sees("P-77")
        assert "Joint reading teams" in user.text


async def test_two_quick_keys_open_one_form(session_on: On) -> None:
    async with running(session_on("small")) as user:
        await user.pilot.press("e", "a", "o")
        await user.sees("Edit the plan")
        await user.settle()
        assert sum(isinstance(screen, FormScreen) for screen in user.app.screen_stack) == 1
