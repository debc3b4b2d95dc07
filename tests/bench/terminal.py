"""A program in a terminal of its own, watched from outside: what it writes, when, and what it costs. Linux only.

Used by the benchmark and by the test that starts the installed program. It looks for words among the bytes that were
written, without their escape sequences; it draws no screen.
"""

import fcntl
import os
import re
import select
import signal
import struct
import subprocess
import termios
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from types import TracebackType
from typing import Self

QUIET = 0.3
"""Seconds of silence after which a screen counts as settled."""

GAP = 0.03
"""Seconds of silence after which the first picture that answers a key counts as painted."""

_SEQUENCE = re.compile(
    rb"\x1b\[[0-?]*[ -/]*[@-~]|\x1b\][^\x07\x1b]*(?:\x07|\x1b\\)|\x1b[P_^X].*?\x1b\\|\x1b[()=>].?", re.S
)
_ANSWERS = {b"\x1b[?2026$p": b"\x1b[?2026;2$y", b"\x1b[c": b"\x1b[?62;22c"}


@dataclass(frozen=True)
class Reply:
    """What a program wrote after a key: milliseconds and bytes of the first picture, and of all until it was quiet."""

    painted: float
    painted_size: int
    settled: float
    size: int


class Terminal:
    """A running program at ``columns`` by ``rows``; use it in a ``with`` statement, which ends the program."""

    def __init__(
        self, command: Sequence[str], environment: Mapping[str, str], columns: int = 120, rows: int = 40
    ) -> None:
        self._ours, theirs = os.openpty()
        fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))
        told = {**environment, "TERM": "xterm-256color", "COLORTERM": "truecolor", "LANG": "C.UTF-8"}
        self.written = b""
        self._began = time.monotonic()
        self._program = subprocess.Popen(
            command, stdin=theirs, stdout=theirs, stderr=theirs, env=told, start_new_session=True
        )
        os.close(theirs)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, problem: BaseException | None, where: TracebackType | None
    ) -> None:
        if self._program.poll() is None:
            self._program.send_signal(signal.SIGKILL)
        self._program.wait()
        os.close(self._ours)

    def wait_for(self, words: str, seconds: float = 30) -> float:
        """Return the milliseconds from the start until ``words`` stood on the screen; ``TimeoutError`` if never."""
        wanted = words.encode()
        end = self._began + seconds
        moment: float | None = time.monotonic()
        while wanted not in self.text() and moment is not None:
            moment = self._read(end - time.monotonic())
        if moment is None:
            raise TimeoutError(f"“{words}” never came. The program wrote: {self.text()[-2000:]!r}")
        return (moment - self._began) * 1000

    def settle(self, quiet: float = QUIET, most: float = 5) -> Reply:
        """Read until nothing was written for ``quiet`` seconds; times count from this call."""
        return self._settle(time.monotonic(), quiet, most)

    def press(self, key: bytes) -> Reply:
        """Press a key and read until the screen has settled."""
        began = time.monotonic()
        os.write(self._ours, key)
        return self._settle(began, QUIET, 5)

    def press_until(self, key: bytes, words: str, seconds: float = 10) -> float:
        """Press a key and return the milliseconds until ``words`` came; ``TimeoutError`` if never. Then settle."""
        seen, began = len(self.text()), time.monotonic()
        os.write(self._ours, key)
        moment: float | None = began
        while words.encode() not in self.text()[seen:] and moment is not None:
            moment = self._read(began + seconds - time.monotonic())
        if moment is None:
            raise TimeoutError(f"“{words}” never came. The program wrote: {self.text()[-2000:]!r}")
        self.settle()
        return (moment - began) * 1000

    def leave(self, key: bytes = b"q", seconds: float = 5) -> int:
        """Press the key that ends the program and return its exit status."""
        os.write(self._ours, key)
        end = time.monotonic() + seconds
        while self._program.poll() is None and time.monotonic() < end:
            self._read(0.05)
        return self._program.wait(timeout=1)

    def idle(self, seconds: float) -> tuple[int, float]:
        """Do nothing; return the bytes that were written meanwhile, and the share of a core that was used."""
        before, began, used = len(self.written), time.monotonic(), self._cpu()
        while (left := began + seconds - time.monotonic()) > 0:
            self._read(left)
        return len(self.written) - before, (self._cpu() - used) / seconds

    def memory(self) -> float:
        """Return the megabytes that the program alone answers for (its proportional set size)."""
        total = Path(f"/proc/{self._program.pid}/smaps_rollup").read_text(encoding="ascii")
        return int(re.findall(r"^Pss:\s+(\d+)", total, re.M)[0]) / 1024

    def text(self) -> bytes:
        """Return all that was written, without escape sequences."""
        return _SEQUENCE.sub(b"", self.written)

    def _settle(self, began: float, quiet: float, most: float) -> Reply:
        before = len(self.written)
        moments: list[tuple[float, int]] = [(began, 0)]
        while (now := time.monotonic()) < began + most:
            moment = self._read(moments[-1][0] + quiet - now)
            if moment is None:
                break
            moments.append((moment, len(self.written) - before))
        painted, size = _before_gap(moments)
        return Reply((painted - began) * 1000, size, (moments[-1][0] - began) * 1000, moments[-1][1])

    def _read(self, seconds: float) -> float | None:
        """Take what comes within ``seconds`` and answer questions to the terminal; return when it came."""
        if not select.select([self._ours], [], [], max(0, seconds))[0]:
            return None
        try:
            found = os.read(self._ours, 65536)
        except OSError:
            return None
        moment = time.monotonic()
        self.written += found
        for question, answer in _ANSWERS.items():
            if question in found:
                os.write(self._ours, answer)
        return moment

    def _cpu(self) -> float:
        """Seconds of processor time; the clock's number is made of the process id as clock_getcpuclockid(3) does."""
        return time.clock_gettime((~self._program.pid << 3) | 2)


def _before_gap(moments: Sequence[tuple[float, int]]) -> tuple[float, int]:
    """Return the last moment of the first run of output, and how much there was by then."""
    for one, following in pairwise(moments[1:]):
        if following[0] - one[0] > GAP:
            return one
    return moments[-1]
