"""The shell around the screens: modes, key map, theme, help, palette, small terminals, and a colleague's change."""

import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import ClassVar

import pytest
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.pilot import Pilot
from textual.screen import Screen

from tests.hosts import lines_of
from tui_plan.app import TuiPlanApp
from tui_plan.database_thread import DatabaseThread
from tui_plan.keys import KEYS, bind, key_sign, unknown_ids
from tui_plan.model.database import close_database, data_version, open_database
from tui_plan.model.errors import Refused
from tui_plan.screens.base import PlanScreen
from tui_plan.screens.explaining import step
from tui_plan.screens.help import Help
from tui_plan.screens.too_small import TooSmall
from tui_plan.session import Session
from tui_plan.widgets.key_line import KeyLine
from tui_plan.widgets.line_list import LineList
from tui_plan.widgets.lines import LineView
from tui_plan.widgets.rows import ItemRows, Reader, RowView
from tui_plan.widgets.top_line import TopLine

READER: Reader[str, RowView] = Reader(
    key=lambda word: word, view=lambda word, fold: RowView((word,)), text=lambda word: word
)
WORDS = ["agree the vision", "Budget [/] review", "train staff", "review the plan"]


class FirstScreen(PlanScreen):
    NAME = "Plans"
    HELP = "Every plan with its health."
    BINDINGS: ClassVar[list[BindingType]] = [
        bind("record.add", "add", show=True),
        bind("record.done", "done", show=True),
    ]
    reads = 0

    def compose_body(self) -> ComposeResult:
        yield LineList(title="Words", id="words")

    async def refresh_rows(self) -> None:
        self.reads += 1
        await self.ask(data_version)
        self.filter_changed("")

    def filter_changed(self, wanted: str) -> None:
        self.query_one(LineList).set_rows(ItemRows(WORDS, READER, wanted=wanted))

    def copied_text(self) -> str:
        return self.query_one(LineList).cursor_key or ""

    @step
    async def action_add(self) -> None:
        await self.run_change(lambda: None)

    @step
    async def action_done(self) -> None:
        def refuse() -> None:
            raise Refused("The [plan] is closed.")

        await self.run_change(refuse)


class SecondScreen(FirstScreen):
    NAME = "Board"


class ShellApp(TuiPlanApp):
    MODES: ClassVar[dict[str, str | Callable[[], Screen[object]]]] = {"plans": FirstScreen, "board": SecondScreen}


@pytest.fixture
def session(plan_database: Path, tmp_path: Path) -> Session:
    close_database()
    return Session(
        database=plan_database,
        login="ana",
        state_folder=tmp_path / "state",
        today=date(2026, 3, 16),
        theme="textual-dark",
    )


@contextmanager
def shell(session: Session) -> Iterator[ShellApp]:
    thread = DatabaseThread()
    writable = thread.ask_now(open_database, session.database)
    try:
        yield ShellApp(session, thread, writable=writable)
    finally:
        thread.close(close_database)


async def rows_read(app: ShellApp, pilot: Pilot[None]) -> None:
    """Wait until the first screen has its rows."""
    while not isinstance(app.screen, FirstScreen) or not app.screen.reads:
        await pilot.pause(0.01)
    await pilot.pause()


def text_of(app: TuiPlanApp, kind: type[LineView]) -> str:
    return "\n".join("\n".join(lines_of(view)) for view in app.screen.query(kind))


async def test_the_first_screen_is_up_with_its_modes_and_keys(session: Session) -> None:
    with shell(session) as app:
        async with app.run_test(size=(80, 24)) as pilot:
            await rows_read(app, pilot)
            await pilot.pause()
            assert text_of(app, TopLine) == " 1 Plans   2 Board"
            assert "a Add  d Done  ? Help" in text_of(app, KeyLine)
            assert "agree the vision" in text_of(app, LineList)
            assert isinstance(app.screen, FirstScreen)
            assert app.screen.reads == 1


async def test_number_keys_switch_and_a_screen_reads_again_only_after_a_change(session: Session) -> None:
    with shell(session) as app:
        async with app.run_test(size=(80, 24)) as pilot:
            await rows_read(app, pilot)
            first = app.screen
            assert isinstance(first, FirstScreen)
            await pilot.press("2")
            await pilot.pause()
            assert isinstance(app.screen, SecondScreen)
            await pilot.press("1")
            await pilot.pause()
            assert (app.screen, first.reads) == (first, 1)
            await pilot.press("2", "a", "1")
            await pilot.pause()
            assert first.reads == 2


async def test_the_filter_follows_the_typing_and_escape_drops_it(session: Session) -> None:
    with shell(session) as app:
        async with app.run_test(size=(80, 24)) as pilot:
            await rows_read(app, pilot)
            await pilot.press("slash", *"review")
            await pilot.pause()
            assert "train" not in text_of(app, LineList)
            await pilot.press("enter", "n")
            await pilot.pause()
            words = app.screen.query_one(LineList)
            assert words.has_focus
            assert words.cursor_key == "review the plan"
            await pilot.press("escape")
            await pilot.pause()
            assert "train staff" in text_of(app, LineList)
            assert words.cursor_key == "review the plan"


async def test_a_refused_change_is_a_message_taken_literally(session: Session) -> None:
    with shell(session) as app:
        async with app.run_test(size=(80, 24)) as pilot:
            await rows_read(app, pilot)
            await pilot.press("d")
            await pilot.pause()
            assert text_of(app, KeyLine) == " ✗ The [plan] is closed."
            assert "train staff" in text_of(app, LineList), "a message covers no rows"


async def test_copying_uses_the_terminals_clipboard(session: Session) -> None:
    with shell(session) as app:
        async with app.run_test(size=(80, 24)) as pilot:
            await rows_read(app, pilot)
            await pilot.press("j", "y")
            assert app.clipboard == "Budget [/] review"


async def test_help_is_made_from_the_bindings(session: Session) -> None:
    with shell(session) as app:
        async with app.run_test(size=(80, 60)) as pilot:
            await pilot.press("question_mark")
            await pilot.pause()
            assert isinstance(app.screen, Help)
            text = text_of(app, LineView)
            assert "Every plan with its health." in text
            assert KEYS["record.add"].sentence in text
            assert KEYS["list.mark"].sentence in text
            await pilot.press("escape")
            await pilot.pause()
            assert isinstance(app.screen, FirstScreen)


async def test_the_palette_offers_the_commands_of_the_screen(session: Session) -> None:
    with shell(session) as app:
        async with app.run_test(size=(80, 24)):
            titles = {command.title for command in app.get_system_commands(app.screen)}
            assert {"Add (a)", "Help (?)", "Quit (q)", "Theme"} <= titles


async def test_the_configuration_rebinds_keys_and_unknown_ids_are_reported(session: Session) -> None:
    mine = replace(session, keymap={"record.add": "f5", "record.nothing": "x", "go.board": "b"}, theme="no such")
    with shell(mine) as app:
        async with app.run_test(size=(80, 24)) as pilot:
            await rows_read(app, pilot)
            await pilot.pause()
            assert "b Board" in text_of(app, TopLine)
            said = text_of(app, KeyLine).replace("\n", "")
            assert "record.nothing" in said
            assert "no such" in said
            app.tell("")
            await pilot.pause()
            assert "f5 Add" in text_of(app, KeyLine)
            await pilot.press("b")
            assert isinstance(app.screen, SecondScreen)


async def test_below_80_by_24_it_says_what_it_needs(session: Session) -> None:
    with shell(session) as app:
        async with app.run_test(size=(80, 24)) as pilot:
            await rows_read(app, pilot)
            await pilot.resize_terminal(60, 20)
            await pilot.pause()
            assert isinstance(app.screen, TooSmall)
            assert "80 columns" in text_of(app, LineView)
            await pilot.resize_terminal(10, 2)
            await pilot.pause()
            await pilot.resize_terminal(80, 24)
            await pilot.pause()
            assert isinstance(app.screen, FirstScreen)


async def test_a_start_in_a_small_terminal_says_it_too(session: Session) -> None:
    with shell(session) as app:
        async with app.run_test(size=(40, 10)) as pilot:
            await pilot.pause()
            assert isinstance(app.screen, TooSmall)


async def test_a_colleagues_commit_makes_the_screen_read_again(session: Session) -> None:
    with shell(session) as app:
        async with app.run_test(size=(80, 24)) as pilot:
            await rows_read(app, pilot)
            await pilot.pause(1.7)
            screen = app.screen
            assert isinstance(screen, FirstScreen)
            before = screen.reads
            subprocess.run(
                [sys.executable, "-c", COLLEAGUE, str(session.database)], check=True, capture_output=True, timeout=30
            )
            await pilot.pause(2.0)
            assert screen.reads == before + 1


COLLEAGUE = "import sqlite3, sys; c = sqlite3.connect(sys.argv[1]); c.execute('CREATE TABLE other (x)'); c.commit()"


def test_ids_outside_the_table_are_unknown() -> None:
    assert unknown_ids({"list.down": "j", "nothing": "x"}) == ("nothing",)


def test_no_key_that_a_terminal_cannot_send_or_that_a_multiplexer_takes() -> None:
    keys = {each for key in KEYS.values() for each in key.keys.split(",")}
    assert not keys & {"ctrl+h", "ctrl+i", "ctrl+m", "ctrl+a", "ctrl+b", "ctrl+j"}


@pytest.mark.parametrize(
    ("key", "sign"), [("ctrl+s", "Ctrl+S"), ("question_mark", "?"), ("a", "a"), ("enter", "Enter")]
)
def test_keys_are_written_for_people(key: str, sign: str) -> None:
    assert key_sign(key) == sign
