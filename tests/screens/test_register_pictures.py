"""How the register, its pages, forms and dialogs look, at both sizes, with real, long, hostile and no entries."""

from collections.abc import Callable

import pytest
from syrupy.assertion import SnapshotAssertion

from tests.hosts import running
from tests.screens.album import SIZES, Album
from tests.screens.register_plan import LONG, ODD_TITLE, UNION
from tests.screens.test_register import open_register, to
from tui_plan.session import Session

On = Callable[[str], Session]


@pytest.mark.parametrize("size", SIZES)
async def test_the_register(session_on: On, snapshot: SnapshotAssertion, size: tuple[int, int]) -> None:
    async with running(session_on("register"), size) as user:
        album = Album(user, snapshot, "register")
        await open_register(user)
        await album.take("all")
        await album.after("enter", name="slip-kind")
        await album.after("ctrl+s", "ctrl+s", name="slip-refused")
        await user.press("escape")
        await to(user, UNION)
        await album.after("tab", name="risk")
        await album.after("d", name="settle")
        await album.after("escape", "m", name="answer")
        await user.press("escape", "escape")
        await to(user, LONG)
        await album.after("tab", name="long")
        await album.after("e", name="long-form")
        await user.press("escape", "escape")
        await to(user, ODD_TITLE)
        await album.after("tab", name="odd")
        await album.after("tab", "b", "b", "b", name="decisions")
        await album.after("escape", "exclamation_mark", name="look")


@pytest.mark.parametrize("size", SIZES)
async def test_its_dialogs(session_on: On, snapshot: SnapshotAssertion, size: tuple[int, int]) -> None:
    async with running(session_on("register"), size) as user:
        album = Album(user, snapshot, "register")
        await open_register(user)
        await user.press("M")
        await album.take("matrix")
        await album.after("h", "j", name="matrix-empty-field")
        await user.press("escape")
        await album.after("C", name="celebrate")
        await album.after("enter", name="celebrate-form")
        await user.press("escape", "escape")
        await album.after("F", name="fidelity")
        await album.after("a", name="fidelity-form")


@pytest.mark.parametrize("size", SIZES)
async def test_a_register_without_entries(session_on: On, snapshot: SnapshotAssertion, size: tuple[int, int]) -> None:
    async with running(session_on("empty"), size) as user:
        album = Album(user, snapshot, "register-empty")
        await open_register(user)
        await album.take("all")
        await album.after("b", name="risks")
        await album.after("M", name="matrix")
        await user.press("escape")
        await album.after("escape", "a", name="kinds")


async def test_hostile_words(session_on: On, snapshot: SnapshotAssertion) -> None:
    async with running(session_on("hostile"), (120, 40)) as user:
        await open_register(user)
        await Album(user, snapshot, "register-hostile").take("all")


@pytest.mark.parametrize("theme", ["textual-light", "ansi-dark"])
async def test_other_colours(session_on: On, snapshot: SnapshotAssertion, theme: str) -> None:
    async with running(session_on("register"), (120, 40)) as user:
        user.app.theme = theme
        album = Album(user, snapshot, f"register-{theme}")
        await open_register(user)
        await to(user, UNION)
        await album.take("risk")
        await album.after("M", name="matrix")
