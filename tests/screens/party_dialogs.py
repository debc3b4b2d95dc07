"""Opening a list about one party over the plans, on the roster that ``people`` makes; what it shows, and its rows."""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

from tests.hosts import Driver, running, stored
from tui_plan.screens.changing import ChangingScreen
from tui_plan.screens.records_dialog import RecordsDialog
from tui_plan.session import Session
from tui_plan.widgets.line_list import LineList
from tui_plan.widgets.lines import pieces_of

Opens = Callable[[ChangingScreen, str, str], RecordsDialog[object]]


@asynccontextmanager
async def dialog(
    session: Session, opens: Opens, name: str, size: tuple[int, int] = (80, 24), *, may_write: bool = True
) -> AsyncIterator[Driver]:
    """Run the program with the list about the first party of that name open."""
    async with running(session, size, may_write=may_write) as user:
        await open_dialog(user, opens, name)
        yield user


async def open_dialog(user: Driver, opens: Opens, name: str) -> None:
    """Open the list about a party over the screen that is up."""
    owner = user.app.screen
    assert isinstance(owner, ChangingScreen)
    user.app.push_screen(opens(owner, uid_of(user.session, name), name))
    await user.until(lambda: isinstance(user.app.screen, RecordsDialog) and has_rows(user))
    await user.settle()


def uid_of(session: Session, name: str) -> str:
    """Return the uid of the first party of that name."""
    return str(stored(session, "SELECT uid FROM party WHERE name = ? ORDER BY rowid", name)[0][0])


def has_rows(user: Driver) -> bool:
    """Whether the list has read its rows."""
    return any(view.rows is not None for view in user.app.screen.query(LineList))


def listed(user: Driver) -> list[list[str]]:
    """Return the text of every cell of every row shown, fitted or not."""
    rows = user.app.screen.query_one(LineList).rows
    assert rows is not None
    views = [rows.row(index) for index in range(len(rows))]
    return [
        ["".join(piece.text for piece in pieces_of(cell)).strip() for cell in view.cells]
        for view in views
        if view is not None
    ]
