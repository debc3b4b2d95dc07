"""Who has been silent too long: the longest first; what is heard is recorded from here, and they leave the queue."""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

from tests.hosts import Driver, running, stored
from tests.screens.party_dialogs import listed
from tui_plan.model.store import Author
from tui_plan.operations.people import edit_party
from tui_plan.screens.silent import SilentDialog
from tui_plan.session import Session
from tui_plan.widgets.line_list import LineList

On = Callable[[str], Session]


@asynccontextmanager
async def silent(session: Session, size: tuple[int, int] = (80, 24)) -> AsyncIterator[Driver]:
    """Run the program with the queue open."""
    async with running(session, size) as user:
        await user.press("S")
        await user.until(lambda: isinstance(user.app.screen, SilentDialog))
        await user.settle()
        yield user


async def test_the_longest_silence_comes_first(session_on: On) -> None:
    async with silent(session_on("people"), (120, 40)) as user:
        await user.sees("3 silent, 3 of them with something open")
        assert listed(user) == [
            ["Ben Ode", "Northside School District", "never", "90", "never", "2026-01-30 email", "1", ""],
            ["Cara Diaz", "Harbour University", "never", "60", "never", "2026-03-09 email", "1", "! 1"],
            ["María Chen", "Northside School District", "33", "30", "2026-02-11 phone", "2026-02-04 phone", "1", "! 1"],
        ]


async def test_two_of_one_name_are_told_apart_on_a_narrow_screen(session_on: On) -> None:
    session, ana = session_on("people"), Author("ana")
    async with running(session) as user:
        for (uid,) in stored(session, "SELECT uid FROM party WHERE name = 'Grace Kim'"):
            await user.app.ask(edit_party, ana, str(uid), hear_every=1)
        await user.press("S")
        await user.sees("Grace Kim, Harbour…", "Grace Kim, [draft]…")
        await user.misses("Ben Ode, ")


async def test_what_was_heard_from_several_is_recorded_at_once(session_on: On) -> None:
    session = session_on("people")
    before = stored(session, "SELECT COUNT(*) FROM communication")[0][0]
    async with silent(session) as user:
        await user.press("space", "space", "w")
        await user.sees("Told or heard", "Ben Ode", "Cara Diaz")
        await user.press("ctrl+s")
        await user.stores(
            "SELECT COUNT(*) FROM communication WHERE direction = 'heard' AND \"on\" = '2026-03-16'", (2,)
        )
        assert stored(session, "SELECT COUNT(*) FROM communication") == [(before + 2,)]
        await user.sees("1 silent")
        assert [row[0] for row in listed(user)] == ["María Chen"]
        assert not user.app.screen.query_one(LineList).marked
        await user.press("u")
        await user.sees("3 silent")


async def test_names_are_copied_and_found_by_typing(session_on: On) -> None:
    async with silent(session_on("people")) as user:
        await user.press("y")
        assert user.app.clipboard == "Ben Ode\nCara Diaz\nMaría Chen"
        await user.press("slash")
        await user.type("harbour")
        await user.press("enter")
        await user.misses("Ben Ode")
        await user.sees("Cara Diaz")


async def test_nobody_silent_is_told_as_good(session_on: On) -> None:
    async with silent(session_on("empty")) as user:
        await user.sees("Nobody silent", "Nobody has been silent for longer than agreed")
        await user.press("w", "enter")
        assert isinstance(user.app.screen, SilentDialog)


async def test_who_may_only_read_can_record_nothing(session_on: On) -> None:
    async with running(session_on("people"), may_write=False) as user:
        await user.press("S", "enter")
        await user.until(lambda: "You may read this plan but not change it" in user.said)
        assert isinstance(user.app.screen, SilentDialog)


async def test_c_shows_how_to_reach_whom_the_cursor_is_on(session_on: On) -> None:
    async with silent(session_on("people")) as user:
        await user.press("c")
        await user.sees("Ben Ode", "How to reach them", "555-0144 ext. 3")
        await user.press("escape")
        await user.sees("3 silent")
