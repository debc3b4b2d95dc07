"""The board: cards between columns, groups, what is late, and several at once."""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

from tests.hosts import Driver, running, stored
from tui_plan.screens.board import BoardScreen
from tui_plan.screens.history import HistoryScreen
from tui_plan.session import Session
from tui_plan.widgets.board import Board

On = Callable[[str], Session]
STATUSES = "SELECT number, status FROM action WHERE number IN (1, 2) ORDER BY number"


@asynccontextmanager
async def board(session: Session, size: tuple[int, int] = (80, 24)) -> AsyncIterator[Driver]:
    """Run the program with the board open."""
    async with running(session, size) as user:
        await user.press("2")
        await user.until(lambda: isinstance(user.app.screen, BoardScreen))
        await user.until(lambda: bool(cards_of(user).columns))
        await user.settle()
        yield user


def cards_of(user: Driver) -> Board:
    return user.app.screen.query_one(Board)


def at(user: Driver) -> int:
    """Return the number of the action under the cursor, 0 for none."""
    found = stored(user.session, "SELECT number FROM action WHERE uid = ?", cards_of(user).cursor_key)
    return int(found[0][0]) if found else 0


async def test_columns_by_status_with_counts_and_what_is_late_or_blocked(session_on: On) -> None:
    async with board(session_on("small"), (120, 40)) as user:
        await user.sees(
            "Not started", "1/5", "In progress", "Agree the scope", "! 3 weeks late", "⊘ blocked", "! 1 late"
        )
        await user.sees("Tell the families", "Set up the team")
        assert user.app.screen.query_one(Board).region.width == 120


async def test_brackets_move_a_card_and_the_cursor_follows_it(session_on: On) -> None:
    session = session_on("small")
    async with board(session) as user:
        assert at(user) == 1
        await user.press("right_square_bracket")
        await user.stores(STATUSES, (1, "in progress"), (2, "not started"))
        await user.until(lambda: cards_of(user).column_key == "in progress")
        assert at(user) == 1
        await user.press("right_square_bracket")
        await user.stores("SELECT status, actual FROM action WHERE number = 1", ("complete", "2026-03-16"))
        await user.press("left_square_bracket", "left_square_bracket", "left_square_bracket")
        await user.stores(STATUSES, (1, "not started"), (2, "not started"))
        await user.press("u")
        await user.stores(STATUSES, (1, "in progress"), (2, "not started"))


async def test_marked_cards_move_together(session_on: On) -> None:
    session = session_on("small")
    async with board(session) as user:
        await user.press("space", "space", "right_square_bracket")
        await user.stores(STATUSES, (1, "in progress"), (2, "in progress"))


async def test_b_groups_by_area_partner_and_person(session_on: On) -> None:
    async with board(session_on("small"), (160, 40)) as user:
        for about, heading in (("by area", "1 Pilot"), ("by partner", "– no partner –"), ("by person", "María Chen")):
            await user.press("b")
            await user.sees(about, heading)
            assert at(user) == 1, "the cursor stays on its card"
        await user.press("b")
        await user.misses("by person")


async def test_only_what_is_late_and_the_filter(session_on: On) -> None:
    async with board(session_on("small")) as user:
        await user.press("exclamation_mark")
        await user.sees("only what is overdue", "Agree the scope")
        await user.misses("Choose four")
        await user.press("exclamation_mark", "slash")
        await user.type("nothing like it")
        await user.sees("No action holds these words. Press Esc")
        await user.press("escape")
        await user.sees("Choose four")


async def test_an_empty_column_dims_what_needs_a_card_and_says_why(session_on: On) -> None:
    async with board(session_on("small")) as user:
        await user.press("l", "l", "l")
        assert cards_of(user).column_key == "deferred"
        await user.press("e")
        await user.until(lambda: "no card" in user.said)
        assert isinstance(user.app.screen, BoardScreen)


async def test_edit_and_history_of_a_card(session_on: On) -> None:
    async with board(session_on("small")) as user:
        await user.press("enter")
        await user.sees("Edit A-1")
        await user.press("escape")
        await user.until(lambda: isinstance(user.app.screen, BoardScreen))
        await user.press("t")
        await user.until(lambda: isinstance(user.app.screen, HistoryScreen))
        await user.sees("A-1 Agree the scope", "History")


async def test_a_plan_without_actions_says_what_to_press(session_on: On) -> None:
    async with board(session_on("empty")) as user:
        await user.sees("No plan yet. Press 1 for the plans, and a there to add one.")
        await user.press("escape")
        await user.sees("Plans")
