"""The smallest application that can show one widget or one modal; the whole program on a database; what they say."""

import sqlite3
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager, closing, contextmanager
from time import monotonic
from typing import Any

from textual import events
from textual.app import App, ComposeResult
from textual.pilot import Pilot
from textual.screen import Screen
from textual.widget import Widget
from textual.widgets import Input, TextArea

from tui_plan.app import TuiPlanApp
from tui_plan.database_thread import DatabaseThread
from tui_plan.model.database import close_database, open_database
from tui_plan.resources import style_file
from tui_plan.session import Session
from tui_plan.widgets.key_line import KeyLine
from tui_plan.widgets.lines import LineView

PATIENCE = 15.0
"""Seconds that a busy machine gets until what was awaited must have come."""


class WidgetHost(App[None]):
    """Shows one widget, with the program's styles, and keeps the messages it sent."""

    CSS_PATH = style_file("app.tcss")

    def __init__(self, widget: Widget, fill: Callable[[], None] = lambda: None) -> None:
        super().__init__()
        self._widget = widget
        self._fill = fill

    def compose(self) -> ComposeResult:
        yield self._widget

    def on_mount(self) -> None:
        self._fill()
        if self._widget.can_focus:
            self._widget.focus()


class ModalHost(App[None]):
    """Pushes one modal and keeps what it gave back."""

    CSS_PATH = style_file("app.tcss")
    NOTHING_YET = object()

    def __init__(self, modal: Screen[Any]) -> None:
        super().__init__()
        self._modal = modal
        self.result: object = self.NOTHING_YET

    def on_mount(self) -> None:
        self.push_screen(self._modal, self._keep)

    def _keep(self, result: object) -> None:
        self.result = result


@contextmanager
def program(session: Session, *, may_write: bool = True) -> Iterator[TuiPlanApp]:
    """Give the program on an open database, not yet running, and close the database afterwards.

    ``may_write`` False is what opening says to a user who may only read the file; root may always write.
    """
    thread = DatabaseThread()
    writable = thread.ask_now(open_database, session.database)
    try:
        yield TuiPlanApp(session, thread, writable=writable and may_write)
    finally:
        thread.close(close_database)


@asynccontextmanager
async def running(
    session: Session, size: tuple[int, int] = (80, 24), *, may_write: bool = True
) -> "AsyncIterator[Driver]":
    """Run the program and give what drives it, once its first screen has read its rows."""
    with program(session, may_write=may_write) as app:
        async with app.run_test(size=size) as pilot:
            driver = Driver(pilot, app, session)
            await driver.until(lambda: bool(app.screen.query(KeyLine)) and app.screen.is_current)
            await driver.settle()
            yield driver


class Driver:
    """Presses keys and waits for what follows; says what the screen shows and what the database holds."""

    def __init__(self, pilot: Pilot[None], app: TuiPlanApp, session: Session) -> None:
        self.pilot = pilot
        self.app = app
        self.session = session

    @property
    def text(self) -> str:
        """All that the screen on top says, line by line, with what its editors hold."""
        screen = self.app.screen
        told = ["\n".join(lines_of(view)) for view in screen.query(LineView) if view.display]
        told += [editor.value for editor in screen.query(Input)] + [editor.text for editor in screen.query(TextArea)]
        return "\n".join(told)

    @property
    def said(self) -> str:
        """The message in the last line of the screen on top, or nothing."""
        return next((line.said for line in self.app.screen.query(KeyLine)), "")

    async def press(self, *keys: str) -> None:
        """Press keys; wait after each until what it began is done or asks something."""
        for key in keys:
            await self.pilot.press(key)
            await self.settle()

    async def type(self, text: str) -> None:
        """Type text at once: into an editor as a paste, which is quicker, else key by key."""
        editor = self.app.screen.focused
        if isinstance(editor, Input | TextArea):
            self.app.post_message(events.Paste(text))
        else:
            await self.pilot.press(*text)
        await self.settle()

    async def settle(self) -> None:
        """Wait until nothing is read, written or laid out any more."""
        for _ in range(2):
            await self.app.ask(lambda: None)
            await self.pilot.pause()

    async def until(self, condition: Callable[[], bool]) -> None:
        """Wait for ``condition``, but not for ever."""
        end = monotonic() + PATIENCE
        while not condition():
            assert monotonic() < end, f"never came; the screen says:\n{self.text}"
            await self.pilot.pause(0.02)

    async def sees(self, *words: str) -> None:
        """Wait until the screen on top says all of ``words``."""
        await self.until(lambda: all(word in self.text for word in words))

    async def misses(self, word: str) -> None:
        """Wait until the screen on top does not say ``word``."""
        await self.until(lambda: word not in self.text)

    async def stores(self, query: str, *rows: tuple[object, ...]) -> None:
        """Wait until a query of the database, asked over a connection of its own, answers ``rows``."""
        await self.until(lambda: stored(self.session, query) == list(rows))


def stored(session: Session, query: str, *values: object) -> list[tuple[Any, ...]]:
    """Return what the database holds, read over a connection of the test's own."""
    with closing(sqlite3.connect(session.database, timeout=10)) as connection:
        return connection.execute(query, values).fetchall()


def lines_of(view: LineView) -> list[str]:
    """Return the text of every visible line of ``view``, without the space at its end."""
    return [view.render_line(y).text.rstrip() for y in range(view.size.height)]
