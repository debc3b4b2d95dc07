"""The one thread that owns a terminal session's database connection. It knows neither Textual nor the tables.

Every operation and every question runs there, one after the other, so that the screen never waits on a lock.
"""

import asyncio
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from functools import partial
from typing import ParamSpec, TypeVar

P = ParamSpec("P")
T = TypeVar("T")


class DatabaseThread:
    """Runs plain functions in one thread; they must return plain values, never a cursor or a record."""

    def __init__(self) -> None:
        self._pool = ThreadPoolExecutor(max_workers=1, thread_name_prefix="database")

    async def ask(self, function: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Run ``function`` in the thread and return what it returned, or raise what it raised."""
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(self._pool, partial(function, *args, **kwargs))

    def begin(self, function: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> Future[T]:
        """Begin to run ``function`` in the thread; the future has what it returns."""
        return self._pool.submit(function, *args, **kwargs)

    def ask_now(self, function: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Do the same while nothing runs yet, or nothing runs any more: it blocks."""
        return self.begin(function, *args, **kwargs).result()

    def close(self, function: Callable[[], None]) -> None:
        """Finish what is running, drop what is waiting, call ``function`` in the thread, and end it."""
        closing = self._pool.submit(function)
        self._pool.shutdown(wait=False)
        closing.result()
