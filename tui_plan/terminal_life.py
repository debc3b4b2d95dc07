"""Whether there is a terminal to draw on, and leaving it well when it goes away. No Textual here.

A stalled link freezes an event loop, so the orders to leave come from signal handlers and daemon threads: each asks
the loop to exit, and three seconds later ends the process whatever the loop does, with the terminal restored.
"""

import contextlib
import os
import signal
import sys
import termios
import threading
import time
from collections.abc import Callable, Mapping
from types import FrameType
from typing import Any

ENDS_AFTER = 3.0
"""Seconds between the order to leave and the end of the process."""

LOOKS_EVERY = 1.0
_LEAVE = b"\x1b[?1049l\x1b[?25h\x1b[?1000l\x1b[?1003l\x1b[?1006l\x1b[?1015l\x1b[?1004l\x1b[?2004l\x1b[<u\x1b[0m"
_INSTEAD = "Run 'tui-plan status' for the plan in plain text."


def terminal_problem(environment: Mapping[str, str]) -> str:
    """Return why the terminal program cannot run here, in one sentence, or nothing when it can."""
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        return f"This is not a terminal. {_INSTEAD}"
    if environment.get("TERM", "") in {"", "dumb"}:
        return f"This terminal (TERM={environment.get('TERM', '')}) cannot place text. {_INSTEAD}"
    if sys.stdout.encoding.lower().replace("-", "") != "utf8":
        return f"This terminal's encoding is {sys.stdout.encoding}, not UTF-8. {_INSTEAD}"
    return ""


def leave_when_told(ask_to_exit: Callable[[], object]) -> None:
    """From now on leave on SIGHUP, on SIGTERM, and when the terminal has gone; call it in the main thread.

    ``ask_to_exit`` is called at most once, from any thread, and must only pass the order on.
    """
    saved = termios.tcgetattr(0)
    asked = threading.Event()

    def leave(status: int) -> None:
        if asked.is_set():
            return
        asked.set()
        timer = threading.Timer(ENDS_AFTER, _end_now, (saved, status))
        timer.daemon = True
        timer.start()
        # a handler that runs inside select() would not wake the loop; another thread does
        threading.Thread(target=ask_to_exit, daemon=True).start()

    def on_signal(number: int, frame: FrameType | None) -> None:
        del frame
        leave(128 + number)

    signal.signal(signal.SIGHUP, on_signal)
    signal.signal(signal.SIGTERM, on_signal)
    threading.Thread(target=_watch_terminal, args=(leave,), name="terminal", daemon=True).start()


def _watch_terminal(leave: Callable[[int], None]) -> None:
    while True:
        time.sleep(LOOKS_EVERY)
        try:
            termios.tcgetattr(0)
        except termios.error:
            leave(128 + signal.SIGHUP)
            return


def _end_now(saved: list[Any], status: int) -> None:
    with contextlib.suppress(termios.error, OSError):
        os.set_blocking(1, False)
        os.write(1, _LEAVE)
        termios.tcsetattr(0, termios.TCSANOW, saved)
    os._exit(status)
