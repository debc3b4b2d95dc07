"""The history: who changed what, on whose word, read on to the oldest, and one change turned back."""

from collections.abc import Callable

from tests.hosts import running, stored
from tests.screens.walking import on
from tui_plan.screens.history import HistoryScreen
from tui_plan.screens.outline import OutlineScreen
from tui_plan.session import Session
from tui_plan.widgets.detail import DetailView

On = Callable[[str], Session]


async def test_the_history_of_a_plan_says_on_whose_word(session_on: On) -> None:
    async with running(session_on("small"), (120, 40)) as user:
        await user.press("t")
        await user.until(lambda: isinstance(user.app.screen, HistoryScreen))
        await user.sees("2026-03-02 09:30", "María Chen · phone", "ana")


async def test_an_import_says_that_it_was_one(session_on: On) -> None:
    async with running(session_on("federal"), (120, 40)) as user:
        await user.press("t")
        await user.sees("Imported “federal-data-strategy-2020”", "On the word of  import")
        await user.press("tab")
        await user.until(lambda: user.app.screen.query_one(DetailView).has_focus)
        await user.press("escape")
        await user.until(lambda: not isinstance(user.app.screen, HistoryScreen))


async def test_a_change_of_an_action_is_shown_before_and_after_and_undone_by_its_number(session_on: On) -> None:
    session = session_on("small")
    async with running(session, (120, 40)) as user:
        await user.press("enter")
        await user.until(lambda: isinstance(user.app.screen, OutlineScreen))
        await on(user, "Agree the scope")
        await user.press("greater_than_sign")
        await user.stores("SELECT forecast FROM action WHERE number = 1", ("2026-02-27",))
        await user.press("t")
        await user.sees("A-1 Agree the scope", "forecast date: 2026-02-27", "nobody else")
        await user.press("u")
        await user.sees("Undo change", "No")
        await user.press("y")
        await user.stores("SELECT forecast FROM action WHERE number = 1", (None,))
        await user.until(lambda: len(stored(session, "SELECT 1 FROM ledger_change WHERE undoes IS NOT NULL")) == 1)


async def test_what_others_built_on_is_not_undone_and_it_says_so(session_on: On) -> None:
    session = session_on("small")
    async with running(session, (120, 40)) as user:
        await user.press("t")
        await user.until(lambda: isinstance(user.app.screen, HistoryScreen))
        await user.press("G", "u")
        await user.sees("Undo change")
        before = stored(session, "SELECT COUNT(*) FROM ledger_change")
        await user.press("y")
        await user.until(lambda: user.said.startswith("✗"))
        assert stored(session, "SELECT COUNT(*) FROM ledger_change") == before
