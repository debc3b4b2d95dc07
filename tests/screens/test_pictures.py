"""How every screen and modal looks, at both sizes, with real, empty and hostile data; pictures lie beside this file.

After a change that is meant, look at each new picture: ``pytest tests/screens/test_pictures.py --snapshot-update``.
"""

from collections.abc import Callable

import pytest
from syrupy.assertion import SnapshotAssertion

from tests.hosts import running, stored
from tests.screens.album import SIZES, Album
from tui_plan.session import Session

On = Callable[[str], Session]


@pytest.mark.parametrize("size", SIZES)
async def test_the_real_plan(session_on: On, snapshot: SnapshotAssertion, size: tuple[int, int]) -> None:
    async with running(session_on("federal"), size) as user:
        album = Album(user, snapshot, "real")
        await album.take("plans")
        await album.after("question_mark", name="help")
        await album.after("escape", "t", name="history")
        await album.after("escape", "E", name="export")
        await album.after("escape", "enter", name="outline")
        await album.to("Launch CDO Council")
        await album.after("enter", name="detail")
        await album.after("escape", "e", name="edit")
        await album.after("escape", "p", name="progress")
        await album.after("escape", "o", name="roles")
        await album.after("enter", name="pick")
        await album.after("escape", "escape", "delete", name="confirm")
        await album.after("escape", "exclamation_mark", name="overdue")
        await album.after("escape", "2", name="board")
        await album.after("b", "b", name="board-by-partner")


@pytest.mark.parametrize("size", SIZES)
async def test_all_that_hangs_on_a_plan(session_on: On, snapshot: SnapshotAssertion, size: tuple[int, int]) -> None:
    async with running(session_on("small"), size) as user:
        album = Album(user, snapshot, "small")
        await album.after("v", name="meetings")
        await album.after("e", name="series")
        await album.after("escape", "j", "j", "e", name="meeting")
        await album.after("escape", "escape", "e", name="plan")
        await album.after("escape", "o", name="partners")
        await album.after("escape", "enter", name="outline")
        await album.to("Agree the scope")
        for key, name in (("r", "resources"), ("c", "checkpoints"), ("m", "measures")):
            await album.after(key, name=name)
            await album.after("e", name=f"{name}-form")
            await user.press("escape", "escape")
        for key, name in (("w", "note"), ("D", "needs"), ("M", "place"), ("s", "status")):
            await album.after(key, name=name)
            await user.press("escape")
        await album.after("space", "space", "x", name="marked")
        await album.after("escape", "A", "ctrl+s", name="refused")


@pytest.mark.parametrize("size", SIZES)
async def test_nothing_yet(session_on: On, snapshot: SnapshotAssertion, size: tuple[int, int]) -> None:
    async with running(session_on("empty"), size) as user:
        album = Album(user, snapshot, "empty")
        await album.take("plans")
        await album.after("a", name="new-plan")
        await album.after("escape", "2", name="board")
        await user.press("1", "a")
        await user.type("Coast")
        await user.press("ctrl+s")
        await user.until(lambda: bool(stored(user.session, "SELECT 1 FROM plan")))
        await album.after("v", name="meetings")
        await album.after("escape", "enter", name="outline")
        await user.pilot.resize_terminal(60, 20)
        await user.sees("tui-plan needs 80 columns")
        await album.take("too-small")


@pytest.mark.parametrize("size", SIZES)
async def test_hostile_words(session_on: On, snapshot: SnapshotAssertion, size: tuple[int, int]) -> None:
    async with running(session_on("hostile"), size) as user:
        album = Album(user, snapshot, "hostile")
        await album.take("plans")
        await album.after("enter", name="outline")
        await album.after("j", "j", "j", "e", name="edit")
        await album.after("escape", "o", "enter", name="pick")
        await album.after("escape", "escape", "r", name="resources")
        await album.after("escape", "t", name="history")
        await album.after("escape", "2", name="board")


@pytest.mark.parametrize("theme", ["textual-light", "ansi-dark"])
async def test_other_colours(session_on: On, snapshot: SnapshotAssertion, theme: str) -> None:
    async with running(session_on("small")) as user:
        user.app.theme = theme
        album = Album(user, snapshot, theme)
        await album.after("enter", name="outline")
        await album.after("2", name="board")
