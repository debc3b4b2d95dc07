"""The terminal against its yardsticks: start, keys, memory and idling, each through a terminal of its own."""

import re
import shutil
import statistics
from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from dataclasses import astuple, dataclass

from tests.bench.assessing import begin_assessment
from tests.bench.handover import time_handover
from tests.bench.places import Places, on, yardstick
from tests.bench.report import NotMeasured, Row, ratio
from tests.bench.terminal import Reply, Terminal

_STARTS = 7
_MOVES = 28
_CHANGES = 8
_IDLE_SECONDS = 10.0
_READY = "Northfield resilience"
_ROSTER = "on the roster"
_STAGES = " in place"
_REGISTER = " open of "
_KEY_BYTES = 2_048
_DATE = re.compile(rb"20\d\d-\d\d-\d\d")
_BUDGETS = (1.4, 0.5, 2.0)
_BUDGETS_OF_EXTREME = (1.5, 1.0, 2.5)
"""Start, switching and memory after every screen, as multiples of bare Textual."""


@dataclass(frozen=True)
class _Start:
    """One start: milliseconds until ready, megabytes then, milliseconds to each other screen, megabytes then."""

    ready: float
    memory: float
    board: float
    roster: float
    stages: float
    register: float
    visited: float


def starting(places: Places, size: str) -> list[Row]:
    """Start the terminal on a database of ``size`` and the barest program, in turns; the first round only warms up."""
    open_it, bare, environment = on(places.database(size)), yardstick("bare.py"), places.environment()
    words = "Bare and ready"
    shown = (_ROSTER, _STAGES, _REGISTER)
    turns = [
        (_start(open_it, _READY, environment, shown), _start(bare, words, environment)) for _ in range(_STARTS + 1)
    ]
    mine, theirs = (_medians(starts) for starts in zip(*turns[1:], strict=True))
    ready, switch, visited = _BUDGETS_OF_EXTREME if size == "extreme" else _BUDGETS
    beside = "bare Textual"
    return [
        ratio("ready on the first screen", size, mine.ready, theirs.ready, beside, ready),
        ratio("memory, first screen", size, mine.memory, theirs.memory, beside, 1.5, "MB"),
        ratio("switch to the board", size, mine.board, theirs.ready, "start of bare Textual", switch),
        ratio("switch to the roster", size, mine.roster, theirs.ready, "start of bare Textual", switch),
        ratio("switch to the stages", size, mine.stages, theirs.ready, "start of bare Textual", switch),
        ratio("switch to the register", size, mine.register, theirs.ready, "start of bare Textual", switch),
        ratio("memory, every screen seen", size, mine.visited, theirs.memory, beside, visited, "MB"),
    ]


def keys(places: Places, size: str) -> list[Row]:
    """Walk the outline and the board, and move a date and a card, with plain keys on the yardstick in turns.

    The database is a copy, since keys change it.
    """
    path = places.folder / f"{size}-terminal.db"
    shutil.copyfile(places.database(size), path)
    begin_assessment(path)
    with ExitStack() as stack:
        program = stack.enter_context(Terminal(on(path), places.environment()))
        lines = stack.enter_context(Terminal(yardstick("lines.py", str(path)), places.environment()))
        program.wait_for(_READY)
        lines.wait_for("A-")
        for terminal in (program, lines):
            terminal.settle(0.5)
        program.press(b"\r")
        _go_to_a_date(program)
        rows = _cursor("outline", program, lines, size)
        rows.append(_changing("outline: a date a week later", program, lines, size, (b">", b"<")))
        program.press(b"2")
        rows += _cursor("board", program, lines, size)
        rows.append(_changing("board: a card to the next column", program, lines, size, (b"]", b"[")))
        program.press(b"3")
        program.settle(1, most=10)
        rows += _cursor("roster", program, lines, size)
        program.press(b"/")
        rows.append(_changing("roster: a letter of the filter", program, lines, size, (b"a", b"\x7f")))
        program.press(b"\x1b")
        rows += _assessing(program, lines, size)
        program.press(b"7")
        program.settle(1, most=10)
        rows += _cursor("register", program, lines, size)
    return rows


def _assessing(program: Terminal, lines: Terminal, size: str) -> list[Row]:
    """Walk the stages; go on with the assessment that is under way and rate its qualities one after the other."""
    program.press(b"4")
    program.settle(1, most=10)
    rows = _cursor("stages", program, lines, size)
    for key in (b"s", b"\x13"):
        program.press(key)
        program.settle(1, most=10)
    rows.append(_changing("assessment: a quality rated", program, lines, size, (b"1", b"2")))
    program.press(b"\x1b")
    program.settle(1, most=10)
    return rows


def handing_over(places: Places, size: str) -> list[Row]:
    """Hand over what rests on somebody who carries many roles, in one change, with a cursor key of the yardstick."""
    path = places.folder / f"{size}-handover.db"
    shutil.copyfile(places.database(size), path)
    with Terminal(yardstick("lines.py", str(path)), places.environment()) as lines:
        lines.wait_for("A-")
        lines.settle(0.5)
        key = _painted([lines.press(key) for key in [b"j", b"k"] * (_MOVES // 2)])
    took, moved = time_handover(path)
    return [ratio(f"handover of {moved} roles", size, took, key, "line-API key", 100)]


def _start(
    command: Sequence[str], words: str, environment: Mapping[str, str], shown: Sequence[str] = ("", "", "")
) -> _Start:
    """Start a program, look at the board, the roster, the stages, the register and the outline, and leave.

    The yardstick does not know these keys; ``shown`` are the words that come with the rows of the last three of them.
    """
    with Terminal(command, environment) as terminal:
        ready = terminal.wait_for(words)
        terminal.settle(0.5)
        memory = terminal.memory()
        board = terminal.press(b"2").settled
        others = [
            terminal.press_until(key, words) if words else terminal.press(key).settled
            for key, words in zip((b"3", b"4", b"7"), shown, strict=True)
        ]
        for key in (b"1", b"\r", b"j"):
            terminal.press(key)
        visited = terminal.memory()
        terminal.leave()
    return _Start(ready, memory, board, *others, visited)


def _medians(starts: Sequence[_Start]) -> _Start:
    return _Start(*(statistics.median(values) for values in zip(*map(astuple, starts), strict=True)))


def _go_to_a_date(program: Terminal) -> None:
    """Move down to the first action whose date can be moved, and leave it as it was."""
    for _ in range(25):
        seen = len(program.text())
        program.press(b">")
        drawn = program.text()[seen:]
        if b"no date" not in drawn and _DATE.search(drawn):
            program.press(b"<")
            program.settle(6, most=6)
            return
        program.press(b"j")
    raise NotMeasured("No action with a date was found in the outline.")


def _cursor(where: str, program: Terminal, lines: Terminal, size: str) -> list[Row]:
    """Hold the cursor's own paint against the budget; tell what is drawn beside it once the key rests as well."""
    keys = [b"j", b"j", b"k", b"k"] * (_MOVES // 4)
    mine, theirs = _in_turns(program, keys, lines, keys)
    sent, beside = (statistics.median(reply.painted_size for reply in replies) for replies in (mine, theirs))
    all_of_it = statistics.median(reply.size for reply in mine)
    rest = statistics.median(reply.settled for reply in mine)
    return [
        ratio(f"{where}: cursor key", size, _painted(mine), _painted(theirs), "line-API widget", 3),
        Row(
            f"{where}: bytes of a cursor key",
            size,
            f"{sent:.0f} B",
            f"{beside:.0f} B",
            f"{all_of_it:.0f} B by {rest:.0f} ms, at rest",
            sent,
            _KEY_BYTES,
            " B",
        ),
    ]


def _changing(what: str, program: Terminal, lines: Terminal, size: str, pair: tuple[bytes, bytes]) -> Row:
    keys = list(pair) * (_CHANGES // 2)
    mine, theirs = _in_turns(program, keys, lines, [b"j"] * len(keys))
    return ratio(what, size, _painted(mine), _painted(theirs), "line-API key", 10)


def _in_turns(
    program: Terminal, keys: Sequence[bytes], lines: Terminal, their_keys: Sequence[bytes]
) -> tuple[list[Reply], list[Reply]]:
    pairs = [(program.press(key), lines.press(other)) for key, other in zip(keys, their_keys, strict=True)]
    mine, theirs = [list(replies) for replies in zip(*pairs, strict=True)]
    if not all(reply.size for reply in mine):
        raise NotMeasured(f"Keys did nothing. The screen: {program.text()[-1500:]!r}")
    return mine, theirs


def _painted(replies: Sequence[Reply]) -> float:
    return statistics.median(reply.painted for reply in replies)


def idling(places: Places, size: str) -> list[Row]:
    """Leave the terminal alone, and the barest program as well."""
    environment = places.environment()
    with ExitStack() as stack:
        program = stack.enter_context(Terminal(on(places.database(size)), environment))
        bare = stack.enter_context(Terminal(yardstick("bare.py"), environment))
        program.wait_for(_READY)
        for terminal in (program, bare):
            terminal.settle(2, most=10)
        written, cpu = program.idle(_IDLE_SECONDS)
        _, least = bare.idle(_IDLE_SECONDS)
    more = round((cpu - least) * 100, 3)
    return [
        Row("idle: bytes written", size, f"{written} B", "", "", written, 0, " B"),
        Row("idle: CPU", size, f"{cpu:.2%}", f"{least:.2%}", "above bare Textual", more, 0.15, " %"),
    ]
