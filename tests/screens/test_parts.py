"""Resources and checkpoints of an action: added, edited, removed."""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

from tests.hosts import Driver, running
from tests.screens.walking import on
from tui_plan.screens.outline import OutlineScreen
from tui_plan.screens.parts import PartsScreen
from tui_plan.session import Session
from tui_plan.widgets.line_list import LineList

On = Callable[[str], Session]


@asynccontextmanager
async def parts(session: Session, key: str, title: str = "Choose four schools") -> AsyncIterator[Driver]:
    """Run the program with one kind of part of an action open."""
    async with running(session) as user:
        await user.press("enter")
        await user.until(lambda: isinstance(user.app.screen, OutlineScreen))
        await on(user, title)
        await user.press(key)
        await user.until(lambda: isinstance(user.app.screen, PartsScreen))
        yield user


def listed(user: Driver) -> int:
    rows = user.app.screen.query_one(LineList).rows
    return len(rows) if rows is not None else 0


async def test_a_resource_is_added_edited_removed_and_brought_back(session_on: On) -> None:
    session = session_on("small")
    resources = (
        "SELECT kind, quantity, unit, secured FROM resource JOIN action ON action.uid = action_id WHERE number = 2"
    )
    async with parts(session, "r") as user:
        await user.sees("A-2 Choose four schools", "Press a to add")
        await user.press("a")
        await user.sees("New resource", "[staff time]")
        await user.press("tab", "tab")
        await user.type("12.5")
        await user.press("tab")
        await user.type("days")
        await user.press("ctrl+s")
        await user.stores(resources, ("staff time", "12.5", "days", 0))
        await user.sees("12.5 days")
        await user.press("e")
        await user.sees("Edit the resource")
        await user.press(*["tab"] * 6, "y", "ctrl+s")
        await user.stores(resources, ("staff time", "12.5", "days", 1))
        await user.until(lambda: listed(user) == 1)
        await user.press("delete", "y")
        await user.stores(resources)
        await user.until(lambda: listed(user) == 0)
        await user.press("u")
        await user.stores(resources, ("staff time", "12.5", "days", 1))
        await user.until(lambda: listed(user) == 1)


async def test_an_amount_that_is_none_is_said_under_its_field(session_on: On) -> None:
    async with parts(session_on("small"), "r") as user:
        await user.press("a", "tab", "tab")
        await user.type("lots")
        await user.press("ctrl+s")
        await user.sees("✗ Write the amount as 1200 or")


async def test_a_checkpoint_with_its_reviewers(session_on: On) -> None:
    session = session_on("small")
    async with parts(session, "c") as user:
        await user.press("a")
        await user.sees("New checkpoint")
        await user.type("+2w")
        await user.press("tab", "tab", "tab", "enter")
        await user.type("maria")
        await user.press("enter", "ctrl+s")
        checkpoints = "SELECT due FROM checkpoint JOIN action ON action.uid = action_id WHERE number = 2"
        await user.stores(checkpoints, ("2026-03-30",))
        await user.sees("2026-03-30", "María Chen")


async def test_q_and_escape_close_and_help_shows_its_keys(session_on: On) -> None:
    async with parts(session_on("small"), "c") as user:
        await user.press("question_mark")
        await user.sees("Help: Parts of an action", "undone with u")
        await user.press("q")
        await user.until(lambda: isinstance(user.app.screen, PartsScreen))
        await user.press("q")
        await user.until(lambda: isinstance(user.app.screen, OutlineScreen))
