"""How the lists about one party and their forms look, at both sizes, with much, odd and no data; pictures lie beside.

After a change that is meant, look at each new picture: ``pytest tests/screens/test_people_pictures.py
--snapshot-update``.
"""

from collections.abc import Callable

import pytest
from syrupy.assertion import SnapshotAssertion

from tests.hosts import running
from tests.screens.album import SIZES, Album
from tests.screens.party_dialogs import open_dialog, uid_of
from tests.screens.people import LONG_NAME, ODD_BODY, ODD_NAME
from tui_plan.screens.changing import ChangingScreen
from tui_plan.screens.checklists import ChecklistsDialog
from tui_plan.screens.contacts import ContactsDialog
from tui_plan.screens.form import FormScreen
from tui_plan.screens.holders import HoldersDialog
from tui_plan.screens.members import MembersDialog
from tui_plan.screens.support import SupportDialog
from tui_plan.screens.told import LogDialog, record_told
from tui_plan.session import Session

On = Callable[[str], Session]


@pytest.mark.parametrize("size", SIZES)
async def test_how_people_are_reached_and_what_they_hold(
    session_on: On, snapshot: SnapshotAssertion, size: tuple[int, int]
) -> None:
    async with running(session_on("people"), size) as user:
        album = Album(user, snapshot, "people")
        await open_dialog(user, ContactsDialog, "María Chen")
        await album.take("contacts")
        await album.after("e", name="contact")
        await album.after("tab", "end", "@", "ctrl+s", name="contact-refused")
        await user.press("escape", "y", "escape")
        await open_dialog(user, HoldersDialog, "Literacy coordinator")
        await album.take("holders")
        await album.after("n", name="alternates")
        await album.after("escape", "a", name="holder")
        await user.press("enter")
        await user.type("dev")
        await album.after("enter", "ctrl+s", name="lapse")
        await user.press("n", "escape", "y", "escape")
        await open_dialog(user, HoldersDialog, "Ben Ode")
        await album.take("posts")
        await album.after("e", name="tenure")


@pytest.mark.parametrize("size", SIZES)
async def test_who_is_in_a_group(session_on: On, snapshot: SnapshotAssertion, size: tuple[int, int]) -> None:
    async with running(session_on("people"), size) as user:
        album = Album(user, snapshot, "people")
        await open_dialog(user, MembersDialog, "Steering group")
        await album.take("members")
        await album.after("a", name="member")
        await album.after("escape", "e", name="seat")
        await album.after("escape", "j", "j", "j", "j", "e", name="rule")
        await user.press("escape", "escape")
        await open_dialog(user, MembersDialog, "Snow day call-down")
        await album.after(*"jjjjj", name="rule-for-nobody")


@pytest.mark.parametrize("size", SIZES)
async def test_what_is_recorded_about_people(
    session_on: On, snapshot: SnapshotAssertion, size: tuple[int, int]
) -> None:
    async with running(session_on("people"), size) as user:
        album = Album(user, snapshot, "people")
        owner = user.app.screen
        assert isinstance(owner, ChangingScreen)
        owner.run_worker(record_told(owner, [uid_of(user.session, ODD_NAME)], [ODD_NAME]))
        await user.until(lambda: isinstance(user.app.screen, FormScreen))
        await album.after("tab", name="told")
        await user.press("escape")
        await open_dialog(user, LogDialog, ODD_NAME)
        await album.take("log")
        await user.press("escape")
        await open_dialog(user, SupportDialog, "Cara Diaz")
        await album.take("support")
        await album.after("e", name="support-form")


@pytest.mark.parametrize("size", SIZES)
async def test_checklists(session_on: On, snapshot: SnapshotAssertion, size: tuple[int, int]) -> None:
    async with running(session_on("people"), size) as user:
        album = Album(user, snapshot, "people")
        await open_dialog(user, ChecklistsDialog, "Snow day call-down")
        await album.take("checklists")
        await album.after("a", name="checklist")
        await album.after("escape", "j", "enter", name="drill")
        await album.after("space", name="drill-finished")
        await user.press("escape", "escape")
        await open_dialog(user, ChecklistsDialog, "Ben Ode")
        await album.after("enter", name="run")
        await album.after("e", name="item")
        await album.after("escape", "F", name="finish")


@pytest.mark.parametrize("size", SIZES)
async def test_nothing_yet_and_odd_names(session_on: On, snapshot: SnapshotAssertion, size: tuple[int, int]) -> None:
    async with running(session_on("people"), size) as user:
        album = Album(user, snapshot, "bare")
        for opens in (ContactsDialog, HoldersDialog, LogDialog, SupportDialog, ChecklistsDialog):
            await open_dialog(user, opens, LONG_NAME)
            await album.take(opens.__name__.removesuffix("Dialog").casefold())
            await user.press("escape")
        for opens, name in ((ContactsDialog, ODD_NAME), (SupportDialog, ODD_BODY)):
            await open_dialog(user, opens, name)
            await album.take(f"odd-{opens.__name__.removesuffix('Dialog').casefold()}")
            await user.press("escape")


@pytest.mark.parametrize("theme", ["textual-light", "ansi-dark"])
async def test_other_colours(session_on: On, snapshot: SnapshotAssertion, theme: str) -> None:
    async with running(session_on("people")) as user:
        user.app.theme = theme
        album = Album(user, snapshot, theme)
        await open_dialog(user, MembersDialog, "Steering group")
        await album.take("members")
        await album.after("r", name="rule")
        await user.press("escape", "escape")
        await open_dialog(user, ChecklistsDialog, "Ben Ode")
        await album.after("enter", name="run")
