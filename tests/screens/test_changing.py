"""Two at once, and words that survive: conflicts, merges, drafts, a colleague's change on the screen, reading only."""

import asyncio
import json
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest

from tests.hosts import Driver, lines_of, running, stored
from tests.screens.walking import at, on, outline
from tui_plan.drafts import DraftFolder
from tui_plan.screens.confirm import Confirm
from tui_plan.screens.form import FormScreen
from tui_plan.screens.outline import OutlineScreen
from tui_plan.session import Session
from tui_plan.widgets.key_line import KeyLine
from tui_plan.widgets.lines import LineView

On = Callable[[str], Session]


def uid_of(session: Session, number: int) -> str:
    return str(stored(session, "SELECT uid FROM action WHERE number = ?", number)[0][0])


COLLEAGUE = """
import json, sys
from datetime import date
from pathlib import Path
from tui_plan.model.database import close_database, open_database
from tui_plan.model.store import Author
from tui_plan.operations.actions import edit_action, remove_actions
path, uid, values = Path(sys.argv[1]), sys.argv[2], json.loads(sys.argv[3])
open_database(path)
if values:
    edit_action(Author("ben"), uid, today=date(2026, 3, 16), **values)
else:
    remove_actions(Author("ben"), [uid])
close_database()
"""


async def a_colleague(user: Driver, number: int, **values: str) -> None:
    """Edit an action, or without values remove it, as a colleague does: in a process of their own."""
    told = [str(user.session.database), uid_of(user.session, number), json.dumps(values)]
    run = partial(subprocess.run, [sys.executable, "-c", COLLEAGUE, *told], check=True, timeout=60)
    await asyncio.to_thread(run)


async def edit_first(user: Driver, typed: str) -> None:
    """Open the form of A-1 and type into its timescale."""
    await on(user, "Agree the scope")
    await user.press("e")
    await user.sees("Edit A-1")
    await user.press(*["tab"] * 6)
    await user.type(typed)


async def test_a_colleagues_other_field_is_merged_when_asked(session_on: On) -> None:
    session = session_on("small")
    async with outline(session) as user:
        await edit_first(user, "monthly")
        await a_colleague(user, 1, description="In two rounds.")
        await user.press("ctrl+s")
        await user.sees("Keep both changes?", "ben")
        await user.press("y")
        both = "SELECT timescale_note, description FROM action WHERE number = 1"
        await user.stores(both, ("monthly", "In two rounds."))


async def test_the_same_field_is_a_conflict_and_nothing_typed_is_lost(session_on: On) -> None:
    session = session_on("small")
    async with outline(session) as user:
        await edit_first(user, "monthly")
        await a_colleague(user, 1, timescale_note="weekly")
        await user.press("ctrl+s")
        await user.sees("✗", "ben", "monthly")
        assert isinstance(user.app.screen, FormScreen)
        assert stored(session, "SELECT timescale_note FROM action WHERE number = 1") == [("weekly",)]


async def test_a_colleagues_change_comes_by_itself_and_the_cursor_stays(session_on: On) -> None:
    session = session_on("small")
    async with outline(session) as user:
        await on(user, "Write the calendar")
        await user.pilot.pause(1.6)
        await a_colleague(user, 1, title="Agree the wider scope")
        await user.sees("Agree the wider scope")
        assert at(user) == "Write the calendar"
        await a_colleague(user, 1)
        await user.misses("Agree the wider scope")
        assert at(user) == "Write the calendar"


async def test_what_a_colleague_has_just_removed_cannot_be_edited_and_nothing_breaks(session_on: On) -> None:
    session = session_on("small")
    async with outline(session) as user:
        await on(user, "Write the calendar")
        await a_colleague(user, 3)
        await user.press("e")
        await user.until(lambda: user.said.startswith("✗"))
        await user.misses("Write the calendar")


async def test_words_left_by_a_lost_session_are_offered_and_only_touched_fields_come_back(session_on: On) -> None:
    session = session_on("small")
    async with outline(session) as user:
        await edit_first(user, "after Easter")
        await user.pilot.pause(0.7)
    # the session ended without saving, and meanwhile a colleague changed another field
    async with outline(session) as user:
        await a_colleague(user, 1, description="In two rounds.")
        await on(user, "Agree the scope")
        await user.press("e")
        await user.sees("There are unsaved words in this form.", "The record has changed since")
        await user.press("y")
        await user.sees("Edit A-1", "after Easter", "In two rounds.")
        await user.press("ctrl+s")
        both = "SELECT timescale_note, description FROM action WHERE number = 1"
        await user.stores(both, ("after Easter", "In two rounds."))
    assert DraftFolder(session.state_folder, session.database).all() == []


async def test_the_next_start_tells_of_words_and_they_can_be_discarded(session_on: On) -> None:
    session = session_on("small")
    async with outline(session) as user:
        await edit_first(user, "after Easter")
        await user.pilot.pause(0.7)
    drafts = DraftFolder(session.state_folder, session.database)
    assert [draft.raw for draft in drafts.all()] == [{"timescale_note": "after Easter"}]
    async with running(session) as user:
        await user.until(lambda: "Unsaved words are left in “Edit A-1”" in user.said)
        await user.press("enter")
        await user.until(lambda: isinstance(user.app.screen, OutlineScreen))
        await on(user, "Agree the scope")
        await user.press("e")
        await user.sees("There are unsaved words in this form.")
        await user.press("enter")
        await user.sees("Edit A-1")
        assert "after Easter" not in user.text
    assert drafts.all() == []


async def test_leaving_a_form_on_purpose_leaves_no_draft(session_on: On) -> None:
    session = session_on("small")
    async with outline(session) as user:
        await edit_first(user, "after Easter")
        await user.pilot.pause(0.7)
        await user.press("escape")
        await user.until(lambda: isinstance(user.app.screen, Confirm))
        await user.press("y")
        await user.until(lambda: isinstance(user.app.screen, OutlineScreen))
        await user.settle()
    assert DraftFolder(session.state_folder, session.database).all() == []


async def test_who_may_only_read_sees_dimmed_keys_that_say_why(session_on: On) -> None:
    session = session_on("small")
    before = stored(session, "SELECT COUNT(*) FROM ledger_change")
    async with running(session, may_write=False) as user:
        await user.until(lambda: "not change it" in user.said)
        user.app.tell("")
        for key in ("e", "a", "o", "u"):
            await user.press(key)
            await user.until(lambda: "not change it" in user.said)
            user.app.tell("")
        await user.press("v", "a")
        await user.until(lambda: "not change it" in user.said)
        await user.press("escape", "enter")
        await user.until(lambda: isinstance(user.app.screen, OutlineScreen))
        await on(user, "Agree the scope")
        for key in ("d", "p", "s", "o", "greater_than_sign", "w", "delete", "x", "J", "A"):
            await user.press(key)
            await user.until(lambda: "not change it" in user.said)
            user.app.tell("")
        await user.press("t")
        await user.sees("History")
    assert stored(session, "SELECT COUNT(*) FROM ledger_change") == before


async def test_copying_goes_to_the_terminals_clipboard(session_on: On) -> None:
    async with outline(session_on("small")) as user:
        await on(user, "Agree the scope")
        await user.press("y")
        assert user.app.clipboard == "A-1 Agree the scope"
        await user.until(lambda: user.said == "Copied: A-1 Agree the scope")


async def test_a_key_map_of_ones_own(session_on: On) -> None:
    session = replace(session_on("small"), keymap={"record.progress": "f6", "go.board": "f7", "no.such": "z"})
    async with running(session) as user:
        await user.until(lambda: "no.such" in user.said)
        await user.press("enter")
        await user.until(lambda: isinstance(user.app.screen, OutlineScreen))
        await on(user, "Agree the scope")
        await user.press("f6")
        await user.sees("Progress on A-1")
        await user.press("escape", "f7")
        await user.sees("Board", "Not started")


async def test_a_message_takes_the_place_of_the_keys_and_no_row(session_on: On) -> None:
    async with outline(session_on("small")) as user:
        rows = user.app.screen.query_one("#outline").region
        user.app.tell("Everything is well.")
        await user.settle()
        assert user.app.screen.query_one("#outline").region == rows
        line = user.app.screen.query_one(KeyLine)
        assert lines_of(line) == [" Everything is well."]
        user.app.tell("word " * 40, wrong=True)
        await user.settle()
        assert line.region.height == 3
        assert line.region.bottom == 24


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
async def test_hostile_words_go_through_every_screen(session_on: On, size: tuple[int, int]) -> None:
    from tests.hostile import control_characters

    async with running(session_on("hostile"), size) as user:

        def look() -> None:
            for view in user.app.screen.query(LineView):
                assert not control_characters("".join(lines_of(view))), type(view).__name__

        for keys in (
            [], ["e"], ["escape"], ["o"], ["escape"], ["t"], ["escape"], ["question_mark"], ["escape"], ["enter"],
            ["j"], ["e"], ["escape"], ["j"], ["enter"], ["tab"], ["e"], ["escape"], ["p"], ["escape"], ["o"], ["enter"],
            ["escape"], ["escape"], ["r"], ["e"], ["escape"], ["escape"], ["w"], ["escape"], ["D"], ["enter"],
            ["escape"], ["escape"], ["M"], ["escape"], ["t"], ["escape"], ["y"], ["2"], ["b"], ["b"], ["b"], ["delete"],
            ["escape"], ["E"], ["escape"],
        ):  # fmt: skip
            await user.press(*keys)
            look()


async def test_no_color_still_tells_everything_by_signs(session_on: On, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    async with outline(session_on("small"), (120, 40)) as user:
        assert user.app.no_color
        await user.sees("! ", "⊘ blocked", "✓", "›")


async def test_a_database_can_be_moved_away_under_a_draft(session_on: On, tmp_path: Path) -> None:
    session = session_on("small")
    folder = DraftFolder(session.state_folder, session.database)
    folder.keep("plan:new", "New plan", 0, {"name": "Coast"})
    moved = tmp_path / "elsewhere.db"
    shutil.copy(session.database, moved)
    async with running(replace(session, database=moved)) as user:
        await user.settle()
        assert user.said == "", "a draft belongs to its database"
