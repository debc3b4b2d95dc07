"""Lines on the terminal: cleaned, fitted to the width, in few colours and only where they are wanted.

Every command prints through a ``Page``. Rich is loaded only to measure text with wide or
combining characters.
"""

import os
import re
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import Any

from tui_plan.model.clean import clean
from tui_plan.model.shares import whole_percent

ELLIPSIS = "…"
_NARROWEST, _PAPER, _WIDEST = 72, 80, 120
_STYLES = {"bold": "1", "dim": "2", "red": "31", "green": "32", "yellow": "33", "cyan": "36"}
_CONTROL = re.compile(
    r"[\x00-\x09\x0b-\x1a\x1c-\x1f\x7f-\x9f\u200b-\u200c\u200e-\u200f\u2028-\u202e\u2060-\u206f\ufeff]"
)
_NARROW = re.compile(r"[ -~\u00a1-\u00ac\u00ae-\u02ff\u2010-\u2027\u2190-\u2193\u2500-\u25fc\u2713]*")
"""Text of which every character takes one cell: nearly all that a plan in a Latin script holds."""

_ESCAPE = re.compile(r"\x1b(?!\[[0-9;]{1,8}m)")


class Page:
    """Where a command's answer goes. ``width`` is that of the terminal, 80 elsewhere."""

    def __init__(self, *, colour: bool) -> None:
        self._colour = colour and _wants_colour()
        self.width = _width()

    def line(self, text: str = "") -> None:
        """Print one line made by ``fit`` and ``paint``; nothing that a terminal could obey gets through."""
        kept = _CONTROL.sub("", text)
        print((_ESCAPE.sub("", kept) if self._colour else kept.replace("\x1b", "")).rstrip())

    def say(self, text: str) -> None:
        """Print a sentence of ours, with people's words in it, broken at words."""
        from textwrap import wrap

        for line in wrap(clean(text), self.width, break_on_hyphens=False):
            self.line(line)

    def listed(self, words: Iterable[str], indent: str) -> None:
        """Print words one after the other, joined by commas, in as many lines as they take."""
        from textwrap import wrap

        told = clean(", ".join(words))
        for line in wrap(told, self.width, initial_indent=indent, subsequent_indent=indent, break_on_hyphens=False):
            self.line(line)

    def paint(self, text: str, style: str) -> str:
        """Return ``text`` in a style (``bold``, ``dim``, ``red`` …), or as it is where colour is not wanted."""
        return f"\x1b[{_STYLES[style]}m{text}\x1b[0m" if self._colour and text.strip() else text

    def json(self, answer: Any) -> None:
        """Print an answer for programs: UTF-8, days as ISO text, control characters escaped."""
        import json

        text = json.dumps(answer, ensure_ascii=False, indent=2, default=str)
        print(_CONTROL.sub(lambda found: f"\\u{ord(found[0]):04x}", text))


def crop(text: str, width: int) -> str:
    """Return cleaned ``text`` in at most ``width`` cells, its end given up for an ellipsis where it is too long."""
    if width < 1:
        return ""
    shown = clean(text[: width * 8])
    if cells(shown) <= width and len(text) <= width * 8:
        return shown
    while cells(shown) > width - 1:
        shown = shown[:-1]
    return shown.rstrip() + ELLIPSIS


def fit(text: str, width: int, *, right: bool = False) -> str:
    """Return cleaned ``text`` in exactly ``width`` cells, padded behind it, or before it if ``right``."""
    shown = crop(text, width)
    padding = " " * (width - cells(shown))
    return padding + shown if right else shown + padding


def columns(width: int, *fixed: tuple[str, int], rest: str = "") -> str:
    """Return texts fitted to their widths side by side, and behind them ``rest``, in at most ``width`` cells in all."""
    left = width - sum(room + 1 for _, room in fixed)
    return " ".join([*(fit(text, room) for text, room in fixed), crop(rest, left)]).rstrip()


def cells(text: str) -> int:
    """Return how many terminal cells ``text`` takes."""
    if _NARROW.fullmatch(text):
        return len(text)
    from rich.cells import cell_len

    return cell_len(text)


def bar(share: float | None, width: int) -> str:
    """Return a bar of ``width`` cells; full only when all is complete, and never empty once something is."""
    filled = round((share or 0) * width)
    if share:
        filled = min(max(filled, 1), width if share >= 1 else width - 1)
    return "█" * filled + "░" * (width - filled)


def percent(share: float | None) -> str:
    """Return a share as whole per cent, 100 % only when it is all; a dash where there is nothing."""
    if share is None:
        return "–"
    return f"{whole_percent(share)} %"


def counted(number: int, noun: str, nouns: str = "") -> str:
    """Return ``1 action`` or ``2 actions``."""
    return f"{number:,} {noun if number == 1 else nouns or noun + 's'}"


@contextmanager
def patience(doing: str) -> Iterator[None]:
    """Say on the terminal what takes so long, from the second second on, and take it away at the end."""
    if not sys.stderr.isatty():
        yield
        return
    from threading import Event, Thread

    finished = Event()
    teller = Thread(target=_tell_time, args=(clean(doing), finished.wait), daemon=True)
    teller.start()
    try:
        yield
    finally:
        finished.set()
        teller.join()


def _tell_time(doing: str, wait: Callable[[float], bool]) -> None:
    seconds = 0
    while not wait(1):
        seconds += 1
        print(f"\r{doing} … {seconds} s", end="", file=sys.stderr, flush=True)
    if seconds:
        print("\r\x1b[K", end="", file=sys.stderr, flush=True)


def ask(question: str) -> bool:
    """Ask on the terminal; only a plain yes is one. The question goes to stderr, so that output stays clean."""
    print(f"{clean(question)} [y/N] ", end="", file=sys.stderr, flush=True)
    return sys.stdin.readline().strip().casefold() in {"y", "yes"}


def at_terminal() -> bool:
    """Whether somebody sits at the terminal who can be asked."""
    return sys.stdin.isatty() and sys.stderr.isatty()


def _wants_colour() -> bool:
    return sys.stdout.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM", "dumb") != "dumb"


def _width() -> int:
    named = os.environ.get("COLUMNS", "")
    if named.isascii() and named.isdecimal() and 0 < len(named) < 5:
        return min(max(int(named), _NARROWEST), _WIDEST)
    try:
        return min(max(os.get_terminal_size(sys.stdout.fileno()).columns, _NARROWEST), _WIDEST)
    except (OSError, ValueError):
        return _PAPER
