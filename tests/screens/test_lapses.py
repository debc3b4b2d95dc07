"""What is said before roles, a version, a person or a merge make agreements lapse: whose, and why; nothing is kept."""

from collections.abc import Callable

from tests.hosts import running, stored
from tests.screens.test_roster import open_roster, to
from tests.screens.walking import rows_of
from tui_plan.model.store import Author
from tui_plan.model.vocabulary import Audience, PartyKind, RoleKind
from tui_plan.operations.groups import add_rule
from tui_plan.operations.parts import add_role
from tui_plan.operations.people import add_party
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


async def test_who_comes_into_a_group_by_its_rule_is_said_before_a_person_is_saved(session_on: On) -> None:
    session = session_on("people")
    action = str(stored(session, "SELECT uid FROM action WHERE title = 'Share the results'")[0][0])
    ana = Author("ana")
    async with running(session) as user:
        staff = await user.app.ask(add_party, ana, PartyKind.GROUP, name="All staff")
        await user.app.ask(add_rule, ana, staff, audience=Audience.STAFF.value)
        await user.app.ask(add_role, ana, [action], RoleKind.CONSULTED, staff)
        await user.app.ask(add_role, ana, [action], RoleKind.RESPONSIBLE, staff)
        await open_roster(user)
        await to(user, "Dev Patel")
        await user.press("e", *["tab"] * 3, *["right"] * 4, "ctrl+s")
        await user.sees("This makes 1 agreement lapse: Dev Patel")
        await user.press("n")
        await user.stores(LAPSED, BEFORE)
        await user.press("ctrl+s", "y")
        await user.stores("SELECT audience FROM party WHERE name = 'Dev Patel'", (Audience.STAFF.value,))
        await user.until(lambda: len(stored(session, LAPSED)) == 2)


async def test_a_merge_says_whose_agreement_it_ends(session_on: On) -> None:
    session = session_on("people")
    merged = "SELECT count(*) FROM party WHERE merged_into_id IS NOT NULL"
    async with running(session) as user:
        await open_roster(user)
        await to(user, "María Chen")
        await user.press("M", "enter")
        await user.type("cara")
        await user.press("enter", "ctrl+s", "right", "enter")
        await user.sees("This makes 1 agreement lapse: María Chen")
        await user.press("n")
        await user.stores(merged, (0,))
        await user.stores(LAPSED, BEFORE)
        await user.press("M", "enter")
        await user.type("cara")
        await user.press("enter", "ctrl+s", "right", "enter", "y")
        await user.stores(merged, (1,))
        await user.until(lambda: len(stored(session, LAPSED)) == 2)
