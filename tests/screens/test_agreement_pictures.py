"""How agreements, partners, handover, the call-down, the chart, the silent and duplicates look, at both sizes."""

from collections.abc import Callable

import pytest
from syrupy.assertion import SnapshotAssertion

from tests.hosts import running, stored
from tests.screens.album import SIZES, Album
from tests.screens.people import ODD_BODY, TODAY, on
from tests.screens.test_handover import look_at
from tests.screens.test_roster import open_roster, to
from tui_plan.model.database import close_database, open_database
from tui_plan.operations.people import edit_party
from tui_plan.session import Session

On = Callable[[str], Session]


@pytest.mark.parametrize("size", SIZES)
async def test_the_partnership_behind_a_plan(
    session_on: On, snapshot: SnapshotAssertion, size: tuple[int, int]
) -> None:
    async with running(session_on("people"), size) as user:
        album = Album(user, snapshot, "partnership")
        await album.after("A", "j", "j", "j", "j", name="agreements")
        await album.after("e", "right", "right", "ctrl+s", name="agreement-refused")
        await user.press("escape", "y")
        await album.after("b", "space", "space", name="agreements-by-partner")
        await user.press("escape", "escape")
        await album.after("P", name="partners")
        await album.after("j", "enter", name="promises")
        await user.press("escape", "escape")
        await album.after("S", name="silent")


def one_name_written_in_two_ways(session: Session) -> Session:
    """Let two who share a name differ in how it is written, so that they come in one order whatever their uids are."""
    open_database(session.database)
    query = "SELECT p.uid FROM party p JOIN party o ON o.uid = p.organisation_id WHERE p.name = ? AND o.name = ?"
    edit_party(on(TODAY), stored(session, query, "Grace Kim", ODD_BODY)[0][0], name="Kim, Grace")
    close_database()
    return session


@pytest.mark.parametrize("size", SIZES)
async def test_calling_and_handing_over(session_on: On, snapshot: SnapshotAssertion, size: tuple[int, int]) -> None:
    async with running(one_name_written_in_two_ways(session_on("people")), size) as user:
        album = Album(user, snapshot, "people")
        await open_roster(user)
        await to(user, "Snow day call-down")
        await album.after("C", "j", "j", name="call-down")
        await user.press("escape")
        await album.after("O", name="org-chart")
        await user.press("escape")
        await album.after("D", name="duplicates")
        await album.after("M", name="both-sides")
        await user.press("escape", "escape")
        await to(user, "María Chen")
        await album.after("H", "ctrl+s", name="handover-refused")
        await user.press("shift+tab")
        await look_at(user, "Kofi")
        await album.take("handover")


async def test_nothing_to_agree_to_yet(session_on: On, snapshot: SnapshotAssertion) -> None:
    async with running(session_on("empty")) as user:
        album = Album(user, snapshot, "nothing")
        await user.press("a")
        await user.type("Coast")
        await user.press("ctrl+s")
        await album.after("A", name="agreements")
        await album.after("escape", "P", name="partners")
        await album.after("escape", "S", name="silent")


async def test_hostile_words_of_officials(session_on: On, snapshot: SnapshotAssertion) -> None:
    async with running(session_on("hostile")) as user:
        album = Album(user, snapshot, "hostile-people")
        await album.after("A", name="agreements")
        await user.press("escape")
        await open_roster(user)
        await user.press("H", "right", "right")
        await album.after("ctrl+s", name="handover")


async def test_light_agreements(session_on: On, snapshot: SnapshotAssertion) -> None:
    async with running(session_on("people"), (120, 40)) as user:
        user.app.theme = "textual-light"
        await Album(user, snapshot, "light").after("A", name="agreements")
