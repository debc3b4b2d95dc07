"""Records that may be one: side by side, merged by hand alone after asking which stays, and taken back by one undo."""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

from tests.hosts import Driver, running, stored
from tests.screens.party_dialogs import listed
from tests.screens.test_roster import open_roster, to
from tui_plan.screens.both_sides import BothSides
from tui_plan.screens.duplicates import DuplicatesDialog
from tui_plan.screens.form import FormScreen
from tui_plan.screens.roster import RosterScreen
from tui_plan.session import Session
from tui_plan.widgets.choice import Buttons
from tui_plan.widgets.detail import DetailView

On = Callable[[str], Session]
MERGED = "SELECT COUNT(*) FROM party WHERE merged_into_id IS NOT NULL"


@asynccontextmanager
async def duplicates(session: Session, size: tuple[int, int] = (80, 24)) -> AsyncIterator[Driver]:
    """Run the program with the pairs that may be one open."""
    async with running(session, size) as user:
        await open_roster(user)
        await user.press("D")
        await user.until(lambda: isinstance(user.app.screen, DuplicatesDialog))
        await user.settle()
        yield user


async def test_a_pair_is_shown_with_its_reason_and_both_sides(session_on: On) -> None:
    async with duplicates(session_on("people")) as user:
        assert ["Grace Kim", "Grace Kim", "same name"] in listed(user)
        await user.sees("Side by side", "Belongs to", "Harbour University", "[draft] Trust [TBC]")


async def test_leaving_them_apart_is_what_enter_does(session_on: On) -> None:
    session = session_on("people")
    async with duplicates(session) as user:
        await user.press("M")
        await user.until(lambda: isinstance(user.app.screen, BothSides))
        await user.sees("Which of the two stays?", "[ Leave them apart ]", "[ Keep the left one ]")
        await user.press("enter")
        await user.until(lambda: isinstance(user.app.screen, DuplicatesDialog))
        assert stored(session, MERGED) == [(0,)]
        await user.press("enter", "escape")
        await user.until(lambda: isinstance(user.app.screen, DuplicatesDialog))
        assert stored(session, MERGED) == [(0,)]


async def test_tab_goes_through_the_answers_and_on_to_what_is_compared(session_on: On) -> None:
    async with duplicates(session_on("people")) as user:
        await user.press("M")
        await user.until(lambda: isinstance(user.app.screen, BothSides))
        await user.press("tab", "tab")
        assert isinstance(user.app.focused, Buttons)
        await user.press("tab")
        assert isinstance(user.app.focused, DetailView)


async def test_one_is_merged_into_the_one_that_stays(session_on: On) -> None:
    session = session_on("people")
    both = stored(session, "SELECT uid, organisation_id FROM party WHERE name = 'Grace Kim'")
    async with duplicates(session) as user:
        await user.press("M", "right", "right", "enter")
        await user.stores(MERGED, (1,))
        await user.until(lambda: user.said.startswith("Merged: "))
        assert user.said.endswith("u takes it back.")
        await user.sees("Nobody seems to be on the roster twice")
        gone = stored(session, "SELECT uid, merged_into_id FROM party WHERE merged_into_id IS NOT NULL")
        assert set(gone[0]) == {uid for uid, _ in both}
        await user.press("u")
        await user.stores(MERGED, (0,))
        await user.sees("Grace Kim")


async def test_any_two_of_a_kind_are_merged_from_the_roster(session_on: On) -> None:
    session = session_on("people")
    async with running(session) as user:
        await open_roster(user)
        await to(user, "María Chen")
        await user.press("M")
        await user.until(lambda: isinstance(user.app.screen, FormScreen))
        await user.sees("Merge with another record", "The other person")
        await user.press("enter")
        await user.type("Kofi")
        await user.press("enter", "ctrl+s")
        await user.until(lambda: isinstance(user.app.screen, BothSides))
        await user.sees("Superintendent", "1 open, 0 closed", "Kofi Mensah", "Steering group")
        await user.press("right", "enter")
        await user.until(lambda: isinstance(user.app.screen, RosterScreen) and user.said.startswith("Merged: "))
        kept = "SELECT k.name FROM party g JOIN party k ON k.uid = g.merged_into_id WHERE g.name = 'Kofi Mensah'"
        assert stored(session, kept) == [("María Chen",)]


async def test_without_another_nothing_is_merged(session_on: On) -> None:
    session = session_on("people")
    async with running(session) as user:
        await open_roster(user)
        await to(user, "María Chen")
        await user.press("M", "ctrl+s")
        await user.until(lambda: isinstance(user.app.screen, RosterScreen))
        assert stored(session, MERGED) == [(0,)]


async def test_nobody_twice_is_told(session_on: On) -> None:
    async with duplicates(session_on("empty")) as user:
        await user.sees("Nobody seems to be on the roster twice", "M on the roster merges")
        await user.press("M", "enter", "y")
        assert isinstance(user.app.screen, DuplicatesDialog)
