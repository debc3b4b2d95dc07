"""The call-down: whom to call in order, two ways each, what nobody verified; a drill, files, and a link that mails."""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path

from tests.hosts import Driver, running, stored
from tests.screens.party_dialogs import listed
from tests.screens.people import ODD_NAME
from tests.screens.test_roster import open_roster, to
from tui_plan.model.database import close_database, open_database
from tui_plan.model.store import Author
from tui_plan.model.vocabulary import PartyKind
from tui_plan.operations.contacts import add_contact
from tui_plan.operations.groups import add_member
from tui_plan.operations.people import add_party
from tui_plan.screens.call_down import CallDownDialog
from tui_plan.screens.checklist_run import RunDialog
from tui_plan.session import Session

On = Callable[[str], Session]
LIST = "Snow day call-down"


@asynccontextmanager
async def calling(session: Session, name: str = LIST, size: tuple[int, int] = (80, 24)) -> AsyncIterator[Driver]:
    """Run the program with the call-down of a group open."""
    async with running(session, size) as user:
        await open_roster(user)
        await to(user, name)
        await user.press("C")
        await user.until(lambda: isinstance(user.app.screen, CallDownDialog))
        await user.settle()
        yield user


async def test_it_is_a_numbered_sheet_with_two_ways_to_reach_each(session_on: On) -> None:
    async with calling(session_on("people"), size=(120, 40)) as user:
        await user.sees("SENSITIVE", "8 to call, 2026-03-16")
        rows = listed(user)
        assert [row[0] for row in rows] == [str(number) for number in range(1, len(rows) + 1)]
        by_name = {row[1]: row[2:] for row in rows}
        assert rows[0][1:3] == ["Kofi Mensah", "first to be called, [draft] Trust [TBC]"]
        assert by_name["María Chen"][1:] == ["maria.chen@northside.example", "? +1 555 0101 22"]
        assert by_name["Dev Patel"][1:] == ["dev@harbour.example", "(555) 0199"]
        assert by_name[ODD_NAME][1:] == ["! no way known"]
        assert by_name["Grace Kim"][0].startswith("stands in for Literacy coordinator")


async def test_vacant_posts_of_one_name_are_told_apart(session_on: On) -> None:
    session, ana = session_on("people"), Author("ana")
    bodies = stored(session, "SELECT uid FROM party WHERE name IN ('Northside School District', 'Harbour University')")
    group = stored(session, "SELECT uid FROM party WHERE name = ?", LIST)[0][0]
    async with running(session, (120, 40)) as user:
        for (body,) in bodies:
            post = await user.app.ask(add_party, ana, PartyKind.POST, name="Secretary", organisation=str(body))
            await user.app.ask(add_member, ana, str(group), post, "")
        await open_roster(user)
        await to(user, LIST)
        await user.press("C")
        await user.until(lambda: isinstance(user.app.screen, CallDownDialog))
        await user.sees("Secretary: vacant")
        rows = listed(user)
        assert [row[0] for row in rows] == [str(number) for number in range(1, len(rows) + 1)]
        assert sum("Secretary: vacant" in row[1] for row in rows) == 2


async def test_the_one_under_the_cursor_is_told_in_full(session_on: On) -> None:
    async with calling(session_on("people")) as user:
        await user.press("j", "j")
        await user.sees(
            "Superintendent, Northside School District", "maria.chen@northside.example  verified 2026-03-03"
        )
        await user.sees("+1 555 0101 22  ? never verified")


async def test_a_list_of_nobody_says_how_to_fill_it(session_on: On) -> None:
    session = session_on("people")
    open_database(session.database)
    add_party(Author("ana"), PartyKind.GROUP, name="Flood list")
    close_database()
    async with calling(session, "Flood list") as user:
        await user.sees("Nobody is on this list today", "m on the group")
        for key in ("D", "E", "y"):
            await user.press(key)
            await user.until(lambda: user.said == "✗ Nobody is on this list today: there is nobody to call.")
        assert isinstance(user.app.screen, CallDownDialog)


async def test_a_drill_is_begun_and_who_was_reached_is_ticked_off(session_on: On) -> None:
    session = session_on("people")
    runs = "SELECT COUNT(*) FROM checklist_run WHERE kind = 'notification drill'"
    before = stored(session, runs)[0][0]
    async with calling(session) as user:
        await user.press("D")
        await user.sees("Begin a drill that calls 8 people?")
        await user.press("n")
        assert stored(session, runs) == [(before,)]
        await user.press("D", "y")
        await user.until(lambda: isinstance(user.app.screen, RunDialog))
        await user.stores(runs, (before + 1,))
        await user.press("space")
        await user.stores(
            "SELECT text, rating, at IS NOT NULL FROM checklist_item "
            "WHERE run_id = (SELECT uid FROM checklist_run ORDER BY number DESC) ORDER BY position LIMIT 2",
            ("Kofi Mensah", "in place", 1),
            ("Cara Diaz", "", 0),
        )
        await user.press("escape")
        await user.until(lambda: isinstance(user.app.screen, CallDownDialog))


async def test_a_drill_shows_how_to_reach_each_and_keeps_when_an_outcome_was_said(session_on: On) -> None:
    session = session_on("people")
    async with calling(session) as user:
        await user.press("D", "y")
        await user.until(lambda: isinstance(user.app.screen, RunDialog))
        await user.sees("Kofi Mensah", "nothing yet: c on the roster adds a number")
        await user.press("j", "j")
        await user.sees("maria.chen@northside.example  verified", "+1 555 0101 22  ? never verified")
        await user.press("k", "k")
        await user.press("e", "right", "ctrl+s")
        await user.stores(
            "SELECT text, rating, date(at) FROM checklist_item "
            "WHERE run_id = (SELECT uid FROM checklist_run ORDER BY number DESC) ORDER BY position LIMIT 2",
            ("Kofi Mensah", "in place", "2026-03-16"),
            ("Cara Diaz", "", None),
        )


async def test_the_sheet_is_written(session_on: On, tmp_path: Path) -> None:
    async with calling(session_on("people")) as user:
        await user.press("E")
        await user.sees("Sheet to print", "Spreadsheet", "Address cards", "Draft of a mail to all")
        await user.press("tab", "end", "backspace")
        await user.type(str(tmp_path))
        await user.press("ctrl+s")
        await user.until(lambda: "Written: " in user.said)
        written = (tmp_path / "snow-day-call-down-call-down.txt").read_text()
        assert "dev@harbour.example" in written


async def test_the_link_writes_to_all_and_says_who_is_left_out(session_on: On) -> None:
    async with calling(session_on("people")) as user:
        await user.press("y")
        assert user.app.clipboard.startswith("mailto:?bcc=")
        assert "dev@harbour.example" in user.app.clipboard
        assert "Without an address: Kofi Mensah" in user.said


async def test_nobody_with_an_address_is_said(session_on: On) -> None:
    session = session_on("people")
    open_database(session.database)
    group = add_party(Author("ana"), PartyKind.GROUP, name="Two")
    person = stored(session, "SELECT uid FROM party WHERE name = 'Ben Ode'")[0][0]
    add_member(Author("ana"), group, person)
    add_contact(Author("ana"), person, kind="phone", value="1")
    close_database()
    async with calling(session, "Two") as user:
        await user.press("y")
        await user.until(lambda: user.said.startswith("✗ There is nobody to write to"))
        assert user.app.clipboard == ""
