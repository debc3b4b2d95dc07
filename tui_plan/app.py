"""The terminal application: modes, keys, theme, help, and noticing a colleague's change. It keeps no record itself.

The command line calls ``run_terminal``; screens reach the application through ``self.app``.
"""

from asyncio import wrap_future
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack
from datetime import UTC, date, datetime
from functools import cached_property, partial
from typing import TYPE_CHECKING, Any, ClassVar, ParamSpec, TypeVar

from rich.console import Console
from textual.app import App, SystemCommand
from textual.binding import BindingType
from textual.events import Resize
from textual.message import Message
from textual.screen import Screen

from tui_plan.crash_log import CrashLog
from tui_plan.database_thread import DatabaseThread
from tui_plan.keys import KEYS, bind, key_sign, unknown_ids
from tui_plan.resources import style_file
from tui_plan.session import Session
from tui_plan.widgets.key_line import KeyLine
from tui_plan.widgets.text import shown

if TYPE_CHECKING:
    from concurrent.futures import Future

    from tui_plan.drafts import DraftFolder
    from tui_plan.insight.health import PlanHealth
    from tui_plan.model.dates import DateOrder

P = ParamSpec("P")
T = TypeVar("T")

LOOK_EVERY = 1.5
"""Seconds between looks at whether a colleague has written."""

READ_ONLY = "You may read this plan but not change it: the database file is not yours to write."


class Changed(Message):
    """A colleague has changed something in the database."""


def _plans() -> Screen[Any]:
    from tui_plan.screens.plans import PlansScreen

    return PlansScreen()


def _board() -> Screen[Any]:
    from tui_plan.screens.board import BoardScreen

    return BoardScreen()


def _roster() -> Screen[Any]:
    from tui_plan.screens.roster import RosterScreen

    return RosterScreen()


def _stages() -> Screen[Any]:
    from tui_plan.screens.stages import StagesScreen

    return StagesScreen()


def _register() -> Screen[Any]:
    from tui_plan.screens.register import RegisterScreen

    return RegisterScreen()


class TuiPlanApp(App[None]):
    """One terminal session on one open database."""

    TITLE = "tui-plan"
    # the main screens' rules are among them: a style sheet of its own would parse all of them a second time
    CSS_PATH = [style_file(f"{name}.tcss") for name in ("app", "plans", "roster", "stages", "register")]
    MODES: ClassVar[dict[str, str | Callable[[], Screen[Any]]]] = {
        "plans": _plans,
        "board": _board,
        "roster": _roster,
        "stages": _stages,
        "register": _register,
    }
    DEFAULT_MODE = "plans"
    COMMAND_PALETTE_BINDING = "ctrl+p"
    ENABLE_COMMAND_PALETTE = True
    BINDINGS: ClassVar[list[BindingType]] = [
        bind("go.plans", "switch_mode('plans')"),
        bind("go.board", "switch_mode('board')"),
        bind("go.roster", "switch_mode('roster')"),
        bind("go.stages", "switch_mode('stages')"),
        bind("go.register", "switch_mode('register')"),
        bind("program.help", "help"),
        bind("program.quit", "quit"),
    ]

    def __init__(self, session: Session, database: DatabaseThread, *, writable: bool) -> None:
        super().__init__()
        self.session = session
        self.writable = writable
        self.plan = session.plan
        """The plan that the coordinator works on: its uid, or nothing before one was opened."""

        self.changes = 0
        """Grows with every change, ours or a colleague's; a screen that has seen it need not read again."""

        self.crash_log = CrashLog(session.state_folder / "crash.log")
        self.error_console = Console(file=self.crash_log.as_file(), width=120, color_system=None)
        self._database = database
        self._data_version = 0
        self._version_ahead: Future[int] | None = None
        self._plans_ahead: Future[list[PlanHealth]] | None = None
        self._told_first = False
        self._nothing_painted = ExitStack()

    @property
    def today(self) -> date:
        """Today where the coordinator is, or the day that ``--today`` fixed."""
        return self.session.today or datetime.now(UTC).astimezone().date()

    @cached_property
    def drafts(self) -> "DraftFolder":
        """The half-typed forms of this database."""
        from tui_plan.drafts import DraftFolder

        return DraftFolder(self.session.state_folder, self.session.database)

    @cached_property
    def date_order(self) -> "DateOrder | None":
        """Whether day or month comes first in 03/04/2026, or None when nobody has chosen."""
        from tui_plan.model.dates import DateOrder

        return DateOrder(self.session.date_order) if self.session.date_order else None

    async def ask(self, function: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Run a plain function of operations or insight in the database thread and return what it returns."""
        return await self._database.ask(function, *args, **kwargs)

    def count_change(self) -> None:
        """Note that this session has changed something, so that the other screens read again when they come up."""
        self.changes += 1

    def tell(self, sentence: str, *, wrong: bool = False) -> None:
        """Say something in the last line of what is on top, where it covers no rows. It is taken literally."""
        for screen in reversed(self.screen_stack):
            for line in screen.query(KeyLine):
                line.say(sentence, wrong=wrong)
                return

    def _read_ahead(self) -> None:
        """Let the database thread read the plans while the first screen is being built: SQLite works beside Python."""
        from tui_plan.insight.health import plan_health
        from tui_plan.model.database import data_version

        self._version_ahead = self._database.begin(data_version)
        self._plans_ahead = self._database.begin(plan_health, self.today)

    async def ask_plans(self) -> "list[PlanHealth]":
        """Return every plan with its health; the first time as it was read ahead."""
        from tui_plan.insight.health import plan_health

        ahead, self._plans_ahead = self._plans_ahead, None
        return await (wrap_future(ahead) if ahead is not None else self.ask(plan_health, self.today))

    def paint_first(self) -> None:
        """Paint from now on: the first rows are there, or could not be read."""
        self._nothing_painted.close()

    def tell_first(self) -> None:
        """Say once, when there is a screen to say it on, what was found while starting."""
        if not self._told_first:
            self._told_first = True
            if found := " ".join(self._found_at_start()):
                self.tell(shown(found), wrong=True)

    def key_of(self, key_id: str) -> str:
        """Return how the key of ``key_id`` is written for people, as the configuration has it."""
        keys = self.session.keymap.get(key_id, KEYS[key_id].keys)
        return key_sign(keys.split(",")[0])

    def on_load(self) -> None:
        """Take theme and key map from the configuration before anything is drawn."""
        self.set_keymap({key_id: keys for key_id, keys in self.session.keymap.items() if key_id in KEYS})
        if self.session.theme in self.available_themes:
            self.theme = self.session.theme
        self._read_ahead()
        # one picture with rows rather than an empty one first: a tenth of the start, and half of its bytes
        self._nothing_painted.enter_context(self.batch_update())

    async def on_mount(self) -> None:
        """Watch for colleagues, from before the first rows were read."""
        if self._version_ahead is not None:
            self._data_version = await wrap_future(self._version_ahead)
        self.set_interval(LOOK_EVERY, self._look_for_changes)

    def on_resize(self, event: Resize) -> None:
        """Say what the program needs while the terminal is too small."""
        from tui_plan.screens.too_small import LEAST_COLUMNS, LEAST_ROWS, TooSmall

        small = event.size.width < LEAST_COLUMNS or event.size.height < LEAST_ROWS
        shown = isinstance(self.screen, TooSmall)
        if small and not shown:
            self.push_screen(TooSmall())
        elif shown and not small:
            self.pop_screen()

    def action_help(self) -> None:
        """Show the keys of the screen that is up."""
        from tui_plan.screens.help import Help, help_rows

        screen = self.screen
        title = getattr(screen, "NAME", "") or self.TITLE
        self.push_screen(Help(title, screen.HELP or "", help_rows(screen)))

    def get_system_commands(self, screen: Screen[Any]) -> Iterable[SystemCommand]:
        """Offer every command that has a key on ``screen``, and the theme."""
        seen: set[str] = set()
        for key, active in screen.active_bindings.items():
            key_id = active.binding.id
            if key_id not in KEYS or key_id in seen or not active.enabled or KEYS[key_id].group == "Move":
                continue
            seen.add(key_id)
            run = partial(self.run_action, active.binding.action, active.node)
            yield SystemCommand(f"{KEYS[key_id].word} ({key_sign(key)})", KEYS[key_id].sentence, run)
        yield SystemCommand("Theme", "Choose other colours", self.action_change_theme)

    def _found_at_start(self) -> Iterator[str]:
        """Yield what the configuration names and nobody knows, what cannot be done, and what was left unsaved."""
        yield from self.session.notices
        if unknown := unknown_ids(self.session.keymap):
            yield f"The configuration binds keys that do not exist: {', '.join(unknown)}. '?' shows the keys."
        if self.session.theme not in self.available_themes:
            yield f"There is no theme called {self.session.theme}. Ctrl+P, Theme shows them all."
        if not self.writable:
            yield READ_ONLY
        if left := self.drafts.all():
            yield f"Unsaved words are left in “{left[0].title}”. Open that form again to resume or discard them."

    async def _look_for_changes(self) -> None:
        """Ask whether another connection has committed; if so, let the screen read again."""
        from tui_plan.model.database import data_version

        version = await self.ask(data_version)
        moved, self._data_version = version != self._data_version, version
        if moved:
            self.changes += 1
            self.screen.post_message(Changed())


def run_terminal(session: Session) -> int:
    """Open the database and run the terminal program; return the exit status.

    Raises DatabaseProblem when the database cannot be opened. The caller has asked ``terminal_problem`` before.
    """
    from tui_plan.model.database import close_database, open_database
    from tui_plan.terminal_life import leave_when_told

    database = DatabaseThread()
    try:
        writable = database.ask_now(open_database, session.database, insist=session.network_disk)
        app = TuiPlanApp(session, database, writable=writable)
        leave_when_told(lambda: app.call_later(app.exit))
        app.run()
    finally:
        database.close(close_database)
    if app.crash_log.written:
        print(f"tui-plan met an error of its own and had to end. The details are in {app.crash_log.path}.")
    return app.return_code or 0
