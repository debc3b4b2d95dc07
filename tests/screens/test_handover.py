"""Handing over: a form, a look at all that moves, then one change and one undo; nothing is written before."""

import re
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from tests.hosts import Driver, running, stored
from tests.screens.test_roster import open_roster, to
from tui_plan.model.store import Author
from tui_plan.model.vocabulary import RoleKind
from tui_plan.operations.parts import add_role
from tui_plan.screens.form import FormScreen
from tui_plan.screens.handover_preview import HandoverPreview
from tui_plan.screens.roster import RosterScreen
from tui_plan.session import Session

On = Callable[[str], Session]
CHANGES = "SELECT COUNT(*) FROM ledger_change"
TABLES = ("tenure", "role", "membership", "agreement", "party", "plan", "checklist_run", "checklist_item")


@asynccontextmanager
async def handing_over(session: Session, name: str, size: tuple[int, int] = (80, 24)) -> AsyncIterator[Driver]:
    """Run the program with the form that hands over from somebody, or a post, open."""
    async with running(session, size) as user:
        await open_roster(user)
        await to(user, name)
        await user.press("H")
        await user.until(lambda: isinstance(user.app.screen, FormScreen))
        yield user


async def look_at(user: Driver, successor: str) -> None:
    """Name who takes over, and save the form to see what that does."""
    await user.press("tab", "enter")
    await user.type(successor)
    await user.press("enter", "ctrl+s")
    await user.until(lambda: isinstance(user.app.screen, HandoverPreview))
    await user.settle()


def contents(session: Session) -> dict[str, list[tuple[object, ...]]]:
    """Return the tables that a handover touches, without the counters of changes."""
    found = {}
    for table in TABLES:
        columns = [row[1] for row in stored(session, f"PRAGMA table_info({table})")]
        kept = ", ".join(f'"{name}"' for name in columns if name not in {"row_version", "sequence"})
        found[table] = stored(session, f"SELECT {kept} FROM {table} ORDER BY uid")  # noqa: S608  names of our own
    return found


async def test_all_that_moves_is_shown_before_anything_is_written(session_on: On) -> None:
    session = session_on("people")
    before = stored(session, CHANGES)
    async with handing_over(session, "María Chen", (120, 40)) as user:
        await user.sees("Hand over", "María Chen, Superintendent", "saving shows all that moves first")
        await look_at(user, "Kofi")
        await user.sees("From María Chen to Kofi Mensah on 2026-03-16", "4 things move", "↺ 1 lapse")
        await user.sees("Posts  1", "Superintendent", "Roles in actions  1", "A-1 accountable: Agree the scope")
        await user.sees("↳ Steering group, chair", "P-1 Joint reading teams", "María Chen: Joint reading teams")
        await user.sees("Welcoming somebody new begins", "María Chen leaves", "last day 2026-03-15")
        assert stored(session, CHANGES) == before


async def test_leaving_the_look_goes_back_to_the_form_with_its_words(session_on: On) -> None:
    session = session_on("people")
    before = stored(session, CHANGES)
    async with handing_over(session, "María Chen") as user:
        await look_at(user, "Kofi")
        await user.press("escape")
        assert isinstance(user.app.screen, FormScreen)
        await user.sees("Kofi Mensah")
        assert "✗" not in user.text
        await user.press("escape", "y")
        assert isinstance(user.app.screen, RosterScreen)
        assert stored(session, CHANGES) == before


@pytest.mark.parametrize("key", ["ctrl+s", "y"])
async def test_it_is_one_change_and_one_undo_takes_all_of_it_back(session_on: On, key: str) -> None:
    session = session_on("people")
    before, changes = contents(session), stored(session, CHANGES)[0][0]
    async with handing_over(session, "María Chen") as user:
        await look_at(user, "Kofi")
        told = re.search(r"(\d+) things move", user.text)
        assert told is not None
        await user.press(key)
        await user.until(lambda: isinstance(user.app.screen, RosterScreen))
        assert user.said == f"Handed over: {told[1]} things moved to Kofi Mensah. u takes it back."
        await user.stores(CHANGES, (changes + 1,))
        holders = (
            "SELECT p.name, t.start, t.end FROM tenure t JOIN party p ON p.uid = t.person_id "
            "JOIN party post ON post.uid = t.post_id WHERE post.name = 'Superintendent' ORDER BY t.start DESC LIMIT 2"
        )
        await user.stores(holders, ("Kofi Mensah", "2026-03-16", None), ("María Chen", "2024-08-01", "2026-03-15"))
        onboarding = "SELECT title FROM checklist_run r JOIN party p ON p.uid = r.party_id WHERE p.name = 'Kofi Mensah'"
        await user.stores(onboarding, ("Welcoming somebody new: Kofi Mensah",))
        await user.press("u")
        await user.stores(CHANGES, (changes + 2,))
    assert contents(session) == before


async def test_what_came_to_rest_on_them_meanwhile_is_looked_at_before_it_moves(session_on: On) -> None:
    session = session_on("people")
    maria = str(stored(session, "SELECT uid FROM party WHERE name = 'María Chen'")[0][0])
    action = str(stored(session, "SELECT uid FROM action WHERE title = 'Share the results'")[0][0])
    changes = stored(session, CHANGES)[0][0]
    async with handing_over(session, "María Chen") as user:
        await look_at(user, "Kofi")
        await user.misses("Share the results")
        await user.app.ask(add_role, Author("ben"), [action], RoleKind.CONSULTED, maria)
        await user.press("y")
        await user.sees("✗ Somebody has changed something since you looked")
        await user.stores(CHANGES, (changes + 1,))
        await user.press("ctrl+s")
        await user.sees("Share the results")
        await user.press("y")
        await user.until(lambda: user.said.startswith("Handed over: "))
        await user.stores(CHANGES, (changes + 2,))


async def test_a_newcomer_comes_and_goes_with_the_handover(session_on: On) -> None:
    session = session_on("people")
    newcomer = "SELECT COUNT(*) FROM party WHERE name = 'Ines Roth'"
    async with handing_over(session, "Superintendent") as user:
        await look_at(user, "Ines Roth")
        await user.sees("From María Chen to Ines Roth", "Ines Roth")
        assert stored(session, newcomer) == [(0,)]
        await user.press("ctrl+s")
        await user.until(lambda: user.said.endswith("moved to Ines Roth. u takes it back."))
        assert stored(session, newcomer) == [(1,)]
        await user.press("u")
        await user.stores(newcomer, (0,))


async def test_to_nobody_warns_of_what_is_left_without_anybody(session_on: On) -> None:
    session = session_on("people")
    async with handing_over(session, "Superintendent") as user:
        await user.press("right", "right", "ctrl+s")
        await user.until(lambda: isinstance(user.app.screen, HandoverPreview))
        await user.sees("From María Chen to nobody", "! 2 to nobody", "! nobody", "↳ Steering group, chair")
        assert "begins" not in user.text
        await user.press("y")
        await user.until(lambda: user.said == "Handed over: 2 things, and nobody took over. u takes it back.")


async def test_an_acting_holder_is_called_so(session_on: On) -> None:
    session = session_on("people")
    async with handing_over(session, "Superintendent") as user:
        await user.press("right")
        await look_at(user, "Kofi")
        await user.sees("to Kofi Mensah (acting)")
        await user.press("ctrl+s")
        await user.stores("SELECT COUNT(*) FROM tenure WHERE acting = 1 AND start = '2026-03-16'", (1,))


async def test_what_cannot_be_is_said_under_its_field(session_on: On) -> None:
    async with handing_over(session_on("people"), "Superintendent") as user:
        await user.press("ctrl+s")
        await user.sees("✗ Say who takes over; Enter opens the list.")
        await user.press("enter")
        await user.type("María")
        await user.press("enter", "ctrl+s")
        await user.sees("✗ They cannot hand over to themselves")
        await user.press("enter")
        await user.type("Eva")
        await user.press("enter", "ctrl+s")
        await user.sees("✗ “Eva Novak” left on 2026-02-28")
        await user.press("shift+tab", "right", "right", "ctrl+s")
        await user.sees("✗ Nobody is to take over: clear this name with Del")
        await user.press("delete", "tab", "end", *["backspace"] * 10)
        await user.type("2024-08-01")
        await user.press("ctrl+s")
        await user.sees("✗ They hold “Superintendent” since 2024-08-01")
        assert isinstance(user.app.screen, FormScreen)


async def test_what_nobody_holds_is_not_handed_over(session_on: On) -> None:
    async with running(session_on("people")) as user:
        await open_roster(user)
        await to(user, "Literacy coordinator")
        await user.press("H")
        await user.until(lambda: user.said.startswith("✗ Nobody holds “Literacy coordinator” on 2026-03-16"))
        assert isinstance(user.app.screen, RosterScreen)


async def test_the_note_is_written_from_the_look(session_on: On, tmp_path: Path) -> None:
    session = session_on("people")
    changes = stored(session, CHANGES)
    async with handing_over(session, "María Chen") as user:
        await look_at(user, "Ines Roth")
        await user.press("E", "tab", "end", "backspace")
        await user.type(str(tmp_path))
        await user.press("ctrl+s")
        await user.until(lambda: isinstance(user.app.screen, HandoverPreview) and "Written: " in user.said)
        note = (tmp_path / "maria-chen-handover.html").read_text()
        assert all(words in note for words in ("María Chen", "Ines Roth", "Agree the scope"))
        assert stored(session, CHANGES) == changes
