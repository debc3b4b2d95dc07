"""Handing a plan out: each kind of file is written where it was asked for, or one sentence says why not."""

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.hosts import running, stored
from tui_plan.exchange.papers import PAPERS
from tui_plan.exchange.progress_papers import REGISTER_PAPERS
from tui_plan.screens.form import FormScreen
from tui_plan.session import Session

On = Callable[[str], Session]


@pytest.mark.parametrize("kind", PAPERS)
async def test_every_kind_is_written_into_the_folder(session_on: On, tmp_path: Path, kind: str) -> None:
    folder = tmp_path / "out"
    folder.mkdir()
    async with running(session_on("small"), (120, 40)) as user:
        await user.press("E")
        await user.sees("Export", "Joint reading teams")
        await user.press(*["right"] * list(PAPERS).index(kind), "tab", "end", "backspace")
        await user.type(str(folder))
        await user.press("ctrl+s")
        await user.until(lambda: user.said.startswith("Written: "))
        written = list(folder.iterdir())
        assert [path.suffix for path in written] == [Path(PAPERS[kind].ending).suffix or PAPERS[kind].ending]
        assert written[0].stat().st_size > 100


async def test_a_folder_that_is_not_there_is_said_in_the_form(session_on: On, tmp_path: Path) -> None:
    async with running(session_on("small"), (120, 40)) as user:
        await user.press("E", "tab", "end", "backspace")
        await user.type(str(tmp_path / "missing"))
        await user.press("ctrl+s")
        await user.sees("✗")
        assert isinstance(user.app.screen, FormScreen)


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
async def test_what_a_sheet_of_the_register_withholds_is_said(session_on: On, tmp_path: Path, kind: str) -> None:
    async with running(session_on("register"), (120, 40)) as user:
        candid = len(stored(user.session, "SELECT 1 FROM register_entry WHERE candour = 'candid'"))
        await user.press("7", "E", *["right"] * list(REGISTER_PAPERS).index(kind), "tab", "end", "backspace")
        await user.type(str(tmp_path))
        await user.press("ctrl+s")
        await user.until(lambda: user.said.endswith(f"– {candid} entries were withheld as candid."))
        assert user.said.startswith("Written: ")
