"""Where core components differ from what was adopted, and the adaptation that is added there and linked."""

from collections.abc import Callable

from tests.hosts import running, stored
from tests.screens.flows import plan_of
from tests.screens.party_dialogs import listed
from tests.screens.test_register import open_register
from tui_plan.model.store import Author
from tui_plan.operations.plans import name_baseline
from tui_plan.screens.fidelity import FidelityDialog
from tui_plan.screens.outline import OutlineScreen
from tui_plan.session import Session
from tui_plan.widgets.picker import PickList

On = Callable[[str], Session]
EVENINGS = "R-14 Trainings in the evening, online"


async def test_drift_without_a_reason_gets_one(session_on: On) -> None:
    session = session_on("register")
    async with running(session, (120, 40)) as user:
        await open_register(user)
        await user.press("F")
        await user.until(lambda: isinstance(user.app.screen, FidelityDialog))
        await user.sees("Against “as adopted”: ◎ 1 of 3 stand · ! 1 without a reason")
        assert listed(user) == [
            ["What differs  2"],
            ["! A-2 Choose four schools", "changed", "no adaptation is recorded"],
            ["✓ A-3 Train the staff", "changed", EVENINGS],
        ]
        await user.sees("Forecast date", "nothing → 2026-04-24", "a adds the adaptation")
        await user.press("e")
        await user.sees("No adaptation is recorded: a adds one.")
        await user.press("enter")
        await user.sees("New adaptation", "A-2 forecast date nothing → 2026-04-24", "A-2 Choose four schools")
        await user.press("ctrl+s")
        await user.sees("✗ Say why it was changed.", "✗ Say whether it was planned, or reactive.")
        await user.type("Two schools were flooded.")
        await user.press("tab", "r", "tab", "f", "ctrl+s")
        await user.sees("✓ A-2 Choose four schools", "Against “as adopted”: ◎ 1 of 3 stand")
        await user.misses("without a reason")
        assert stored(
            session,
            "SELECT e.cause, e.manner, e.fidelity, a.number FROM register_entry e JOIN entry_link l "
            "ON l.entry_id = e.uid JOIN action a ON a.uid = l.action_id WHERE e.kind = 'adaptation' AND a.number = 2",
        ) == [("Two schools were flooded.", "reactive", "fidelity-consistent", 2)]
        await user.press("enter")
        await user.sees("Edit R-23", "[reactive]")
        await user.press("escape", "g", "g", "e")
        await user.sees("Put the cursor on a core component that differs, or on an adaptation, first.")
        await user.press("b")
        await user.until(lambda: isinstance(user.app.screen, PickList))
        await user.sees("Compare with", "as adopted")
        await user.press("escape")
        await user.app.ask(name_baseline, Author("ben"), plan_of(session), "in spring")
        await user.press("b")
        await user.type("spring")
        await user.press("enter")
        await user.sees("Against “in spring”: ◎ 3 of 3 stand")
        await user.press("b", "down", "enter")
        await user.sees("Against “as adopted”: ◎ 1 of 3 stand")
        await user.press("j", "f")
        await user.until(lambda: isinstance(user.app.screen, OutlineScreen))
        await user.sees("Choose four schools")


async def test_without_a_baseline_it_says_how_to_name_one(session_on: On) -> None:
    async with running(session_on("federal")) as user:
        await open_register(user)
        await user.press("F", "b")
        await user.sees("✗ No baseline is named yet")
        await user.sees("There is nothing to compare with")
        await user.press("a")
        await user.sees("Put the cursor on a core component that differs first.")
