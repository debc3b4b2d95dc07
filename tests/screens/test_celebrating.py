"""What was achieved and not celebrated yet: it comes of itself, and leaves with who was thanked and how."""

from collections.abc import Callable

from tests.hosts import running, stored
from tests.screens.party_dialogs import listed
from tests.screens.test_register import open_register
from tui_plan.app import READ_ONLY
from tui_plan.screens.celebrating import CelebratingDialog
from tui_plan.screens.outline import OutlineScreen
from tui_plan.screens.register import RegisterScreen
from tui_plan.session import Session

On = Callable[[str], Session]
WAITING = [
    ["To celebrate  3"],
    ["○ S-3 The books are there", "step objective", "2026-03-12"],
    ["◆ A-7 Buy the first hundred books", "milestone", "2026-03-06"],
    ["○ R-17 All four schools have a reading team", "achievement", "2026-03-05"],
]
DONE = ["✓ R-18 The first hundred books are there", "celebrated", "2026-02-13", "Harbour University"]


async def test_what_waits_is_celebrated_and_taken_back(session_on: On) -> None:
    session = session_on("register")
    async with running(session, (120, 40)) as user:
        await open_register(user)
        await user.press("C")
        await user.until(lambda: isinstance(user.app.screen, CelebratingDialog))
        assert listed(user) == [*WAITING, ["Celebrated  1"], DONE]
        await user.press("j")
        await user.sees("milestone", "2026-03-06, 10 days ago", "nobody yet: Enter says who was")
        await user.press("enter")
        await user.sees("Celebrated", "A-7, milestone, 2026-03-06", "Buy the first hundred books")
        await user.press("tab", "enter")
        await user.type("Kofi")
        await user.press("enter", "tab")
        await user.type("A song in the hall.")
        await user.press("ctrl+s")
        await user.sees("Celebrated  2", "Kofi Mensah")
        assert stored(
            session,
            'SELECT e.title, e."on", e.closed_on, e.outcome, p.name, a.title FROM register_entry e '
            "JOIN party p ON p.uid = e.party_id JOIN entry_link l ON l.entry_id = e.uid "
            "JOIN action a ON a.uid = l.action_id WHERE e.kind = 'achievement'",
        ) == [
            (
                "Buy the first hundred books",
                "2026-03-06",
                "2026-03-16",
                "A song in the hall.",
                "Kofi Mensah",
                "Buy the first hundred books",
            )
        ]
        await user.press("u")
        await user.until(lambda: listed(user) == [*WAITING, ["Celebrated  1"], DONE])
        await user.press("G", "f")
        await user.sees("✗ This key is for what was finished in a plan and waits")
        await user.press("g", "g", "j", "f")
        await user.until(lambda: isinstance(user.app.screen, OutlineScreen))
        await user.sees("› ", "The books are there", "S-3 · step objective")


async def test_an_achievement_of_the_register_is_settled_and_one_is_added(session_on: On) -> None:
    session = session_on("register")
    async with running(session, (120, 40)) as user:
        await open_register(user)
        await user.press("C", "j", "j", "d")
        await user.sees("R-17 is celebrated", "Who was thanked", "How it was celebrated")
        await user.press("tab")
        await user.type("Flowers.")
        await user.press("ctrl+s")
        await user.stores("SELECT closed_on, outcome FROM register_entry WHERE number = 17", ("2026-03-16", "Flowers."))
        await user.sees("Celebrated  2")
        await user.press("a")
        await user.sees("New achievement")
        await user.type("Sixty children read aloud")
        await user.press("ctrl+s")
        await user.sees("○ R-23 Sixty children read aloud", "To celebrate  3")
        await user.press("e")
        await user.sees("Edit R-23")
        await user.press("escape", "delete", "y")
        await user.misses("Sixty children")
        await user.press("escape")
        await user.until(lambda: isinstance(user.app.screen, RegisterScreen))


async def test_who_may_only_read_sees_and_an_empty_queue_says_what_comes(session_on: On) -> None:
    async with running(session_on("register"), may_write=False) as user:
        await open_register(user)
        await user.press("C", "enter")
        await user.until(lambda: user.said == f"✗ {READ_ONLY}")
        await user.press("escape")
        await user.until(lambda: isinstance(user.app.screen, RegisterScreen))
    async with running(session_on("federal")) as user:
        await open_register(user)
        await user.press("C")
        await user.sees("Nothing waits to be celebrated")
