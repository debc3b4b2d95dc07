"""Meeting series of a plan: a rule in words, the meetings that follow, one of them moved or cancelled."""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import datetime

from tests.hosts import Driver, running, stored
from tui_plan.insight.finding import find_plan
from tui_plan.model.database import close_database, open_database
from tui_plan.model.store import Author
from tui_plan.operations.meetings import add_meeting
from tui_plan.screens.meetings import MeetingsScreen
from tui_plan.session import Session

On = Callable[[str], Session]


@asynccontextmanager
async def meetings(session: Session, size: tuple[int, int] = (80, 24)) -> AsyncIterator[Driver]:
    """Run the program with the meetings of its plan open."""
    async with running(session, size) as user:
        await user.press("v")
        await user.until(lambda: isinstance(user.app.screen, MeetingsScreen))
        yield user


async def test_a_series_shows_its_rule_and_its_next_meetings(session_on: On) -> None:
    async with meetings(session_on("small"), (120, 40)) as user:
        await user.sees("Review", "every month on the last Fri", "Fri 2026-03-27 09:00", "Fri 2026-02-27 09:00")


async def test_a_series_is_added_in_words(session_on: On) -> None:
    session = session_on("small")
    async with meetings(session) as user:
        await user.press("a")
        await user.sees("New meeting series", "[review meeting]", "UTC")
        await user.type("Steering")
        await user.press("tab", "tab")
        await user.type("every 2 weeks on tue")
        await user.press("tab")
        await user.type("2026-03-17")
        await user.press("ctrl+s")
        rules = "SELECT rule, start_day FROM meeting_series WHERE title = 'Steering'"
        await user.until(lambda: bool(stored(session, rules)))
        assert stored(session, rules)[0][1] == "2026-03-17"
        await user.sees("Steering", "Tue 2026-03-31")


async def test_a_rule_nobody_understands_stays_in_the_form(session_on: On) -> None:
    session = session_on("small")
    async with meetings(session) as user:
        await user.press("a")
        await user.sees("New meeting series")
        await user.type("Steering")
        await user.press("tab", "tab")
        await user.type("when the moon is full")
        await user.press("tab")
        await user.type("fri")
        await user.press("ctrl+s")
        await user.sees("✗", "New meeting series")
        assert stored(session, "SELECT COUNT(*) FROM meeting_series") == [(1,)]


async def test_one_meeting_is_moved_and_another_cancelled(session_on: On) -> None:
    session = session_on("small")
    async with meetings(session) as user:
        await user.press("j", "j", "e")
        await user.sees("This one meeting", "[planned]", "2026-03-27")
        await user.press("tab", "end", *["backspace"] * 10)
        await user.type("2026-03-30")
        await user.press("ctrl+s")
        await user.stores(
            "SELECT substr(original_start, 1, 10), substr(start, 1, 10) FROM meeting", ("2026-03-27", "2026-03-30")
        )
        await user.sees("Mon 2026-03-30")
        await user.press("j", "delete")
        await user.sees("Cancel the meeting of 2026-04-24?")
        await user.press("y")
        await user.stores("SELECT status FROM meeting ORDER BY start", ("planned",), ("cancelled",))
        await user.sees("× Fri 2026-04-24")
        await user.press("u")
        await user.sees("· Fri 2026-04-24")


async def test_a_series_is_removed_after_asking(session_on: On) -> None:
    session = session_on("small")
    async with meetings(session) as user:
        await user.press("delete")
        await user.sees("Remove the series “Review”?")
        await user.press("y")
        await user.stores("SELECT COUNT(*) FROM meeting_series", (0,))
        await user.sees("No meetings yet. Press a")


async def test_a_meeting_that_stands_alone_tells_its_title(session_on: On) -> None:
    session = session_on("small")
    open_database(session.database)
    add_meeting(
        Author("ana"),
        find_plan(),
        title="Open evening",
        start=datetime.fromisoformat("2026-04-08T18:00"),
        timezone="UTC",
    )
    close_database()
    async with meetings(session, (120, 40)) as user:
        await user.sees("Open evening, Wed 2026-04-08 18:00")
