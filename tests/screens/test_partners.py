"""What partners promised and kept: the gaps of the convening group first, one form for all, nothing candid."""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path

from tests.hosts import Driver, running, stored
from tests.screens.party_dialogs import listed
from tests.screens.people import ODD_BODY, TODAY
from tui_plan.app import Changed
from tui_plan.model.database import close_database, open_database
from tui_plan.model.store import Author
from tui_plan.operations.actions import edit_action
from tui_plan.operations.groups import remove_member
from tui_plan.screens.partners import PartnersDialog, PromisesDialog
from tui_plan.session import Session

On = Callable[[str], Session]


@asynccontextmanager
async def partners(session: Session, size: tuple[int, int] = (80, 24)) -> AsyncIterator[Driver]:
    """Run the program with what partners kept open."""
    async with running(session, size) as user:
        await user.press("P")
        await user.until(lambda: isinstance(user.app.screen, PartnersDialog))
        yield user


async def test_the_convening_group_comes_first_with_its_gaps(session_on: On) -> None:
    session = session_on("people")
    open_database(session.database)
    deputy = "SELECT m.uid FROM membership m JOIN party p ON p.uid = m.member_id WHERE p.name = 'Dev Patel'"
    remove_member(Author("ana"), stored(session, deputy)[0][0])
    close_database()
    async with partners(session) as user:
        await user.sees(
            "Convening group: Steering group",
            "! The seat of Literacy coordinator is not filled: it is vacant.",
            "! Deputy: nobody.",
            "María Chen, Superintendent",
        )
        assert user.text.index("Deputy: nobody") < user.text.index("What partners promised and kept")


async def test_all_partners_are_told_in_one_form(session_on: On) -> None:
    async with partners(session_on("people"), (120, 40)) as user:
        await user.sees("Promised", "1st date", "Re-agreed", "Done late", "Late", "Withdrawn", "Last heard")
        rows = {row[0]: row[1:] for row in listed(user)}
        assert rows[ODD_BODY] == ["Joy [/red] O'Koro", "2", "0", "0", "0", "0", "0", "2026-03-05"]
        assert {name: row[5] for name, row in rows.items()} == {
            "Northside School District": "! 1",
            "Harbour University": "! 1",
            ODD_BODY: "0",
        }


async def test_enter_shows_what_came_of_each_promise(session_on: On) -> None:
    async with partners(session_on("people")) as user:
        await user.press("enter")
        await user.until(lambda: isinstance(user.app.screen, PromisesDialog))
        await user.sees("Northside School District", "2 promised: 1 late, 1 under way", "A-1", "! late", "◐ under way")
        assert "Enter" not in user.text.splitlines()[-1]
        await user.press("enter", "escape")
        assert isinstance(user.app.screen, PartnersDialog)


async def test_the_promises_are_counted_again_when_one_is_kept(session_on: On) -> None:
    session = session_on("people")
    action = str(stored(session, "SELECT uid FROM action WHERE number = 1")[0][0])
    async with partners(session) as user:
        await user.press("enter")
        await user.sees("2 promised: 1 late, 1 under way")
        await user.app.ask(edit_action, Author("ben"), action, today=TODAY, status="complete", actual=TODAY)
        user.app.count_change()
        user.app.screen.post_message(Changed())
        await user.sees("2 promised: 1 done late, 1 under way")
        await user.press("escape")
        await user.until(lambda: listed(user)[0][5:7] == ["1", "0"])


async def test_the_table_is_copied_for_a_spreadsheet(session_on: On) -> None:
    async with partners(session_on("people")) as user:
        await user.press("y")
        copied = [line.split("\t") for line in user.app.clipboard.splitlines()]
        assert copied[0][:3] == ["Partner", "Sits for it", "Promised"]
        assert [len(row) for row in copied] == [9, 9, 9, 9]
        assert copied[3][0] == ODD_BODY
        assert user.said == "Copied the whole table."


async def test_a_plan_without_partners_says_how_to_name_them(session_on: On) -> None:
    async with running(session_on("empty")) as user:
        await user.press("a")
        await user.type("Coast")
        await user.press("ctrl+s", "P")
        await user.sees(
            "Convening group: none", "! No convening group", "No organisation takes part yet", "o on the plan"
        )
        await user.press("enter", "y")
        assert isinstance(user.app.screen, PartnersDialog)


async def test_what_all_kept_is_written_for_a_spreadsheet(session_on: On, tmp_path: Path) -> None:
    async with partners(session_on("people")) as user:
        await user.press("E", "right", "right", "right", "tab", "end", "backspace")
        await user.type(str(tmp_path))
        await user.press("ctrl+s")
        await user.until(lambda: "Written: " in user.said)
        assert "Harbour University" in (tmp_path / "joint-reading-teams-partners.csv").read_text()
