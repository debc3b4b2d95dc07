"""How the stages look, at both sizes: with long and odd words, empty, in a light theme."""

from collections.abc import Callable

import pytest
from syrupy.assertion import SnapshotAssertion

from tests.hosts import running
from tests.screens.album import SIZES, Album
from tests.screens.test_stages import open_stages
from tui_plan.session import Session

On = Callable[[str], Session]


@pytest.mark.parametrize("size", SIZES)
async def test_the_stages(session_on: On, snapshot: SnapshotAssertion, size: tuple[int, int]) -> None:
    async with running(session_on("stages"), size) as user:
        album = Album(user, snapshot, "stages")
        await open_stages(user)
        await album.take("now")
        await album.after("j", "j", "enter", name="quality")
        await user.press("escape", "g", "g", "l")
        await album.after("enter", name="stage")
        await album.after("escape", "b", name="consensus")
        await album.after("escape", "exclamation_mark", name="not-in-place")
        await album.after("question_mark", name="help")


async def test_a_plan_without_stages(session_on: On, snapshot: SnapshotAssertion) -> None:
    async with running(session_on("small"), (80, 24)) as user:
        await open_stages(user)
        await Album(user, snapshot, "stages-none").take("list")


async def test_light_stages(session_on: On, snapshot: SnapshotAssertion) -> None:
    async with running(session_on("stages"), (120, 40)) as user:
        user.app.theme = "textual-light"
        await open_stages(user)
        await Album(user, snapshot, "stages-light").take("now")
