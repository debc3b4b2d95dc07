"""The terminal against its yardsticks: start, keys, memory and idling, each through a terminal of its own."""

import shutil
import statistics
from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass

from tests.bench.places import Places, on, yardstick
from tests.bench.report import NotMeasured, Row, ratio
from tests.bench.terminal import Reply, Terminal

_STARTS = 7
_MOVES = 30
_CHANGES = 8
_IDLE_SECONDS = 10.0
_READY = "Northfield resilience"
_KEY_BYTES = 2_048
_START_BUDGETS = {"extreme": 1.5}


@dataclass(frozen=True)
class _Started:
    """Medians over several starts: milliseconds until ready, and megabytes then."""

    ready: float
    memory: float


def on_size(places: Places, size: str) -> list[Row]:
    """Measure the terminal on a database of ``size``. The file is a copy, since keys change it."""
    path = places.folder / f"{size}-terminal.db"
    shutil.copyfile(places.database(size), path)
    environment = places.environment()
    bare, open_it = yardstick("bare.py"), on(path)
    started = _starts([(open_it, _READY), (bare, "Bare and ready")], environment)
    rows = [
        ratio("ready", size, started[0].ready, started[1].ready, "bare Textual", _START_BUDGETS.get(size, 1.4)),
        ratio("memory, first screen", size, started[0].memory, started[1].memory, "bare Textual", 1.5, "MB"),
    ]
    with ExitStack() as stack:
        program = stack.enter_context(Terminal(open_it, environment))
        lines = stack.enter_context(Terminal(yardstick("lines.py", str(places.database(size))), environment))
        program.wait_for(_READY)
        lines.wait_for("A-")
        rows += _keys(program, lines, size)
    with ExitStack() as stack:
        program = stack.enter_context(Terminal(open_it, environment))
        least = stack.enter_context(Terminal(bare, environment))
        program.wait_for(_READY)
        rows += _idle(program, least, size)
    return rows


def _starts(commands: Sequence[tuple[Sequence[str], str]], environment: Mapping[str, str]) -> list[_Started]:
    """Start each command several times, in turns; the first round only warms up."""
    ready: list[list[float]] = [[] for _ in commands]
    memory: list[list[float]] = [[] for _ in commands]
    for turn in range(_STARTS + 1):
        for place, (command, words) in enumerate(commands):
            with Terminal(command, environment) as terminal:
                took = terminal.wait_for(words)
                terminal.settle(0.5)
                if turn:
                    ready[place].append(took)
                    memory[place].append(terminal.memory())
                terminal.leave()
    return [
        _Started(statistics.median(times), statistics.median(sizes)) for times, sizes in zip(ready, memory, strict=True)
    ]


def _keys(program: Terminal, lines: Terminal, size: str) -> list[Row]:
    """Walk the outline and the board, and move a date and a card, with the same keys on the yardstick in turns."""
    for terminal in (program, lines):
        terminal.settle(0.5)
    program.press(b"\r")
    rows = [*_cursor("cursor key, outline", program, lines, size)]
    rows.append(_changing("date a week later, outline", program, lines, size, (b">", b"<")))
    program.press(b"2")
    program.settle(0.5)
    rows += _cursor("cursor key, board", program, lines, size)
    rows.append(_changing("card to the next column, board", program, lines, size, (b"]", b"[")))
    return rows


def _cursor(what: str, program: Terminal, lines: Terminal, size: str) -> list[Row]:
    keys = [b"j"] * (_MOVES // 2) + [b"k"] * (_MOVES // 2 - 3)
    mine, theirs = _in_turns(program, keys, lines, keys)
    budget = ratio(what, size, _settled(mine), _settled(theirs), "line-API widget", 3)
    sent = statistics.median(reply.size for reply in mine)
    beside = statistics.median(reply.size for reply in theirs)
    return [budget, Row(f"{what}: bytes", size, f"{sent:.0f} B", f"{beside:.0f} B", "", sent, _KEY_BYTES, " B")]


def _changing(what: str, program: Terminal, lines: Terminal, size: str, pair: tuple[bytes, bytes]) -> Row:
    keys = list(pair) * (_CHANGES // 2)
    mine, theirs = _in_turns(program, keys, lines, [b"j"] * len(keys))
    return ratio(what, size, _settled(mine), _settled(theirs), "line-API key", 10)


def _in_turns(
    program: Terminal, keys: Sequence[bytes], lines: Terminal, their_keys: Sequence[bytes]
) -> tuple[list[Reply], list[Reply]]:
    pairs = [(program.press(key), lines.press(other)) for key, other in zip(keys, their_keys, strict=True)]
    mine, theirs = [list(replies) for replies in zip(*pairs, strict=True)]
    if not all(reply.size for reply in mine[:3]):
        raise NotMeasured(f"Keys did nothing. The screen: {program.text()[-1500:]!r}")
    return mine, theirs


def _settled(replies: Sequence[Reply]) -> float:
    return statistics.median(reply.settled for reply in replies if reply.size)


def _idle(program: Terminal, bare: Terminal, size: str) -> list[Row]:
    for terminal in (program, bare):
        terminal.settle(2, most=10)
    written, cpu = program.idle(_IDLE_SECONDS)
    _, least = bare.idle(_IDLE_SECONDS)
    return [
        Row("idle: bytes written", size, f"{written} B", "", "", written, 0, " B"),
        Row(
            "idle: CPU",
            size,
            f"{cpu:.2%}",
            f"{least:.2%}",
            "above bare Textual",
            round((cpu - least) * 100, 3),
            0.15,
            " %",
        ),
    ]
