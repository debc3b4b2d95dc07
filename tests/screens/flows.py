"""Having a flow under way that the stages begin, over the plans; which records the plan with stages has."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

from tests.hosts import Driver, running, stored
from tui_plan.screens.changing import ChangingScreen
from tui_plan.session import Session

Asks = Callable[[ChangingScreen], Awaitable[object]]


def plan_of(session: Session) -> str:
    return str(stored(session, "SELECT uid FROM plan")[0][0])


def stage_of(session: Session, kind: str) -> str:
    return str(stored(session, "SELECT uid FROM stage WHERE kind = ?", kind)[0][0])


def run_of(session: Session, number: int) -> str:
    return str(stored(session, "SELECT uid FROM checklist_run WHERE number = ?", number)[0][0])


@asynccontextmanager
async def flow(user: Driver, asks: Asks) -> AsyncIterator[None]:
    """Have a flow under way over the screen that is up; it has come to its end when the block is left."""
    owner = user.app.screen
    assert isinstance(owner, ChangingScreen)
    worker = owner.run_worker(asks(owner), exit_on_error=False)
    await user.until(lambda: user.app.screen is not owner or worker.is_finished)
    await user.settle()
    yield
    await asyncio.wait_for(worker.wait(), 10)


@asynccontextmanager
async def asking(session: Session, asks: Asks, size: tuple[int, int] = (80, 24)) -> AsyncIterator[Driver]:
    """Run the program with a flow under way over the plans."""
    async with running(session, size) as user, flow(user, asks):
        yield user
