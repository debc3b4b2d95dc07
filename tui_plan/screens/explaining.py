"""What main screens and list dialogs share: keys that are dimmed say why, and a flow that is refused says so.

A subclass tells in ``why_not`` why an action cannot be done now; such keys stand dimmed in the last line.
"""

from asyncio import Lock
from collections.abc import Awaitable, Callable, Coroutine
from functools import update_wrapper
from typing import Any, Concatenate, ParamSpec, TypeVar

from textual import events, getters, work
from textual.actions import parse
from textual.screen import Screen
from textual.worker import Worker

from tui_plan.app import TuiPlanApp
from tui_plan.model.errors import PlanError
from tui_plan.widgets.text import shown

P = ParamSpec("P")
S = TypeVar("S", bound="Explaining")


class Explaining(Screen[Any]):
    """A screen that explains itself; ``read_again`` brings its rows up to date."""

    app = getters.app(TuiPlanApp)

    def __init__(self, **options: str | None) -> None:
        super().__init__(**options)
        self.asking = False
        """Whether a flow is under way."""

        self.turn = Lock()
        """Held by the step that is being done."""

    def why_not(self, action: str, parameters: tuple[object, ...]) -> str:
        """Return in one sentence why ``action`` cannot be done now, or nothing when it can."""
        del action, parameters
        return ""

    async def read_again(self) -> None:
        """Read the rows again now."""

    async def catch_up(self) -> None:
        """Read the rows again after something happened; a subclass says what to do when its subject is gone."""
        await self.read_again()

    def say(self, sentence: str, *, wrong: bool = False) -> None:
        """Show a message in the last line, taken literally."""
        self.app.tell(shown(sentence), wrong=wrong)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Dim what cannot be done now."""
        return None if self.why_not(action, parameters) else super().check_action(action, parameters)

    def on_key(self, event: events.Key) -> None:
        """Say why a dimmed key does nothing."""
        active = self.active_bindings.get(event.key)
        if active is None or active.enabled:
            return
        _, action, parameters = parse(active.binding.action)
        if sentence := self.why_not(action, parameters):
            event.stop()
            self.say(sentence, wrong=True)


def flow(method: Callable[Concatenate[S, P], Awaitable[None]]) -> Callable[Concatenate[S, P], Worker[None]]:
    """Make a method that asks with a modal into a worker. While one is under way another is not begun: a key that was
    pressed before the form came up must not open a second form over it.
    """

    async def run(screen: S, /, *args: P.args, **kwargs: P.kwargs) -> None:
        if screen.asking:
            return
        screen.asking = True
        try:
            await _explained(screen, method(screen, *args, **kwargs))
        finally:
            screen.asking = False

    return _in_worker(method, run)


def step(method: Callable[Concatenate[S, P], Awaitable[None]]) -> Callable[Concatenate[S, P], Worker[None]]:
    """Make a method that changes at once into a worker; a key pressed three times does it three times, in turn."""

    async def run(screen: S, /, *args: P.args, **kwargs: P.kwargs) -> None:
        async with screen.turn:
            await _explained(screen, method(screen, *args, **kwargs))

    return _in_worker(method, run)


async def _explained(screen: Explaining, doing: Awaitable[None]) -> None:
    """Await it; say what was refused, and read the rows again, since somebody may have moved on."""
    try:
        await doing
    except PlanError as problem:
        screen.say(str(problem), wrong=True)
        await screen.catch_up()


def _in_worker(
    method: Callable[Concatenate[S, P], Awaitable[None]], run: Callable[Concatenate[S, P], Coroutine[Any, Any, None]]
) -> Callable[Concatenate[S, P], Worker[None]]:
    update_wrapper(run, method)
    started: Callable[Concatenate[S, P], Worker[None]] = work(run)
    return started
