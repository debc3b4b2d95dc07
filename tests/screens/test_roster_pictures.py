"""How the roster, a page and its forms look, at both sizes, with real, empty and hostile data."""

from collections.abc import Callable

import pytest
from syrupy.assertion import SnapshotAssertion

from tests.hosts import running
from tests.screens.album import SIZES, Album
from tests.screens.test_roster import open_roster, to
from tui_plan.session import Session

On = Callable[[str], Session]


@pytest.mark.parametrize("size", SIZES)
async def test_the_roster(session_on: On, snapshot: SnapshotAssertion, size: tuple[int, int]) -> None:
    async with running(session_on("people"), size) as user:
        album = Album(user, snapshot, "roster")
        await open_roster(user)
        await album.take("all")
        await to(user, "María Chen")
        await album.after("enter", name="person")
        await album.after("e", name="person-form")
        await user.press("escape", "escape")
        await to(user, "Literacy coordinator")
        await album.after("enter", name="post")
        await album.after("e", name="post-form")
        await user.press("escape", "escape")
        await to(user, "Steering group")
        await album.after("enter", name="group")
        await user.press("escape")
        await album.after("b", "b", name="posts")
        await album.after("escape", "exclamation_mark", name="look")
        await album.after("question_mark", name="help")


@pytest.mark.parametrize("size", SIZES)
async def test_a_roster_without_anybody(session_on: On, snapshot: SnapshotAssertion, size: tuple[int, int]) -> None:
    async with running(session_on("empty"), size) as user:
        album = Album(user, snapshot, "roster-empty")
        await open_roster(user)
        await album.take("all")
        await album.after("a", name="kind")
        await album.after("ctrl+s", "ctrl+s", name="refused")


async def test_hostile_names(session_on: On, snapshot: SnapshotAssertion) -> None:
    async with running(session_on("hostile"), (120, 40)) as user:
        await open_roster(user)
        await Album(user, snapshot, "roster-hostile").take("all")


async def test_a_light_roster(session_on: On, snapshot: SnapshotAssertion) -> None:
    async with running(session_on("people"), (120, 40)) as user:
        user.app.theme = "textual-light"
        await open_roster(user)
        await to(user, "Data lead")
        await Album(user, snapshot, "roster-light").take("post")
