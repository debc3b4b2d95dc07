"""What is said before roles or a plan's version make agreements lapse: whose, and why; nothing is kept of asking."""

from collections.abc import Callable

from tests.hosts import running, stored
from tests.screens.walking import rows_of
from tui_plan.screens.outline import OutlineScreen
from tui_plan.session import Session

On = Callable[[str], Session]
LAPSED = (
    "SELECT name, lapsed_because FROM agreement JOIN party ON party.uid = party_id WHERE state = 'lapsed' ORDER BY name"
)
BEFORE = ("Joy [/red] O'Koro", "new duties in the plan")


async def test_a_new_major_version_says_whose_agreements_it_ends(session_on: On) -> None:
    session = session_on("people")
    versions = "SELECT version FROM plan"
    async with running(session) as user:
        await user.press("e", *["tab"] * 5, *["backspace"] * 3)
        await user.type("2.1")
        await user.press("ctrl+s")
        await user.stores(versions, ("2.1",))
        await user.press("e", *["tab"] * 5, *["backspace"] * 3)
        await user.type("3")
        await user.press("ctrl+s")
        await user.sees("This makes 2 agreements lapse: Dev Patel, María Chen", "(version 3)", "[ Go back ]")
        await user.press("enter")
        await user.sees("Edit the plan", "3")
        await user.stores(versions, ("2.1",))
        await user.stores(LAPSED, BEFORE)
        await user.press("ctrl+s")
        await user.sees("They have to be asked again.")
        await user.press("right", "enter")
        await user.stores(LAPSED, ("Dev Patel", "version 3"), BEFORE, ("María Chen", "version 3"))


async def test_a_role_says_whose_agreement_it_ends_and_one_that_ends_none_does_not_ask(session_on: On) -> None:
    session = session_on("people")
    roles = "SELECT role.kind FROM role JOIN action ON action.uid = action_id WHERE title = 'Share the results'"
    async with running(session) as user:
        await user.press("enter")
        await user.until(lambda: isinstance(user.app.screen, OutlineScreen))
        await user.sees("Share the results")
        rows_of(user).move_to(str(stored(session, "SELECT uid FROM action WHERE title = 'Share the results'")[0][0]))
        await user.settle()
        await user.press("o", "enter")
        await user.type("kofi")
        await user.press("enter", "ctrl+s")
        await user.stores(roles + " ORDER BY role.kind", ("accountable",), ("responsible",))
        await user.press("o", "delete", "enter")
        await user.type("maria")
        await user.press("enter", "ctrl+s")
        await user.sees("This makes 1 agreement lapse: María Chen (new duties in the")
        await user.press("n")
        await user.sees("Who is responsible", "María Chen")
        await user.stores(LAPSED, BEFORE)
        await user.press("ctrl+s", "y")
        await user.stores(LAPSED, BEFORE, ("María Chen", "new duties in the plan"))
