"""How it looks to see whether a plan works: what stalls and slips, measures and evaluation, notes, core components."""

from collections.abc import Callable

import pytest
from syrupy.assertion import SnapshotAssertion

from tests.hosts import Driver, running
from tests.screens.album import SIZES, Album
from tui_plan.screens.form import FormScreen
from tui_plan.screens.outline import OutlineScreen
from tui_plan.session import Session

On = Callable[[str], Session]


async def _outline(user: Driver) -> None:
    await user.press("enter")
    await user.until(lambda: isinstance(user.app.screen, OutlineScreen))
    await user.sees("1.2 Staff know their part")


@pytest.mark.parametrize("size", SIZES)
async def test_what_stalls_and_slips(session_on: On, snapshot: SnapshotAssertion, size: tuple[int, int]) -> None:
    async with running(session_on("working"), size) as user:
        album = Album(user, snapshot, "working")
        await user.sees("Grave risks")
        await album.take("plans")
        await _outline(user)
        await album.to("Train the staff")
        await album.after("enter", name="action")
        await album.after("escape", "number_sign", "k", name="stalled")
        await album.after("escape", "j", "R", name="risk-or-issue")
        await album.after("escape", "greater_than_sign", name="slip")
        await album.after("2", "number_sign", name="board-stalled")


@pytest.mark.parametrize("size", SIZES)
async def test_whether_it_works(session_on: On, snapshot: SnapshotAssertion, size: tuple[int, int]) -> None:
    async with running(session_on("working"), size) as user:
        album = Album(user, snapshot, "working")
        await user.press("V")
        await user.sees("4 outcome measures, data of 1 overdue")
        await album.take("evaluation")
        await album.after("j", name="evaluation-overdue")
        await user.press("R")
        await user.until(lambda: isinstance(user.app.screen, FormScreen))
        await user.type("61 % in eleven schools")
        await album.take("reading")
        await user.press("escape", "y", "enter")
        await album.after("j", name="readings")
        await user.press("escape", "escape")
        await _outline(user)
        await album.to("Train the staff")
        await album.after("m", "e", name="measure-form")
        await user.press("escape", "escape")
        await album.after("W", name="notes")


async def test_whether_it_works_in_the_light(session_on: On, snapshot: SnapshotAssertion) -> None:
    async with running(session_on("working"), (120, 40)) as user:
        user.app.theme = "textual-light"
        album = Album(user, snapshot, "working-light")
        await user.press("V")
        await user.sees("4 outcome measures, data of 1 overdue")
        await album.after("j", name="evaluation")
        await user.press("escape")
        await _outline(user)
        await user.press("number_sign")
        await user.sees("only what has stalled")
        await album.take("stalled")
