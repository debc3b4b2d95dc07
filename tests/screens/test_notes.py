"""Notes of an action and of a plan: each says whether it may leave the house, and a key changes that."""

from collections.abc import Callable

from tests.hosts import running
from tests.screens.walking import on, outline
from tui_plan.screens.notes import NotesDialog
from tui_plan.screens.outline import OutlineScreen
from tui_plan.session import Session

On = Callable[[str], Session]
NOTES = "SELECT text, candour FROM note JOIN action ON action.uid = action_id WHERE number = 1 ORDER BY text"
UNION = "The union wants a seat."


async def test_a_key_says_whether_a_note_may_leave_the_house(session_on: On) -> None:
    async with outline(session_on("small"), (120, 40)) as user:
        await on(user, "Agree the scope")
        await user.sees("◈ The union wants a seat.")
        await user.press("W")
        await user.until(lambda: isinstance(user.app.screen, NotesDialog))
        await user.sees("A-1 Agree the scope", "◈ candid", "candid: it stays in the house")
        await user.press("c")
        await user.stores(NOTES, (UNION, "shareable"))
        await user.until(lambda: user.said == "The note is shareable: it may stand in what partners get.")
        await user.sees("▷ shareable")
        await user.press("u")
        await user.stores(NOTES, (UNION, "candid"))
        await user.press("a")
        await user.sees("What was said")
        await user.type("All have signed.")
        await user.press("ctrl+s")
        await user.stores(NOTES, ("All have signed.", "shareable"), (UNION, "candid"))
        await user.press("e")
        await user.sees("Edit the note", "All have signed.")
        await user.type("Nearly! ")
        await user.press("tab", "right", "ctrl+s")
        await user.stores(NOTES, ("Nearly! All have signed.", "candid"), (UNION, "candid"))
        await user.press("delete", "y")
        await user.stores(NOTES, (UNION, "candid"))
        await user.press("escape")
        await user.until(lambda: isinstance(user.app.screen, OutlineScreen))
        await on(user, "Choose four schools")
        await user.press("W", "c")
        await user.sees("Nothing was written down yet. Press a to write down what somebody said.")


async def test_notes_of_a_plan_as_a_whole(session_on: On) -> None:
    notes = "SELECT text, candour FROM note WHERE action_id IS NULL ORDER BY text"
    async with running(session_on("working"), (120, 40)) as user:
        await user.press("W")
        await user.sees("P-1 Joint reading teams", "▷ shareable", "The board has the budget")
        await user.press("c", "a")
        await user.sees("What was said")
        await user.type("A new member joins in May.")
        await user.press("ctrl+s")
        await user.stores(
            notes, ("A new member joins in May.", "shareable"), ("The board has the budget on 1 April.", "candid")
        )


async def test_who_may_only_read_changes_no_note(session_on: On) -> None:
    async with running(session_on("working"), (120, 40), may_write=False) as user:
        await user.press("W", "c")
        await user.until(lambda: "You may read this plan but not change it" in user.said)
        await user.stores("SELECT candour FROM note WHERE action_id IS NULL", ("shareable",))
