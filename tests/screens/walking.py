"""Walking the outline in tests: opening it, putting the cursor on a record by its title, and asking where it is."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from tests.hosts import Driver, running, stored
from tui_plan.screens.outline import OutlineScreen
from tui_plan.session import Session
from tui_plan.widgets.line_list import LineList

TITLES = (
    "SELECT uid, title FROM action UNION ALL SELECT uid, title FROM step_objective "
    "UNION ALL SELECT uid, title FROM development_area"
)


@asynccontextmanager
async def outline(session: Session, size: tuple[int, int] = (80, 24)) -> AsyncIterator[Driver]:
    """Run the program with its plan's outline open."""
    async with running(session, size) as user:
        await user.press("enter")
        await user.until(lambda: isinstance(user.app.screen, OutlineScreen))
        await user.sees("1.1 The pilot is defined")
        yield user


def rows_of(user: Driver) -> LineList:
    return user.app.screen.query_one("#outline", LineList)


def at(user: Driver) -> str:
    """Return the title of the record under the cursor."""
    return str(dict(stored(user.session, TITLES)).get(rows_of(user).cursor_key, ""))


async def on(user: Driver, title: str) -> None:
    """Put the cursor on a record by its title."""
    rows_of(user).move_to(next(uid for uid, found in stored(user.session, TITLES) if found == title))
    await user.settle()
    assert at(user) == title
