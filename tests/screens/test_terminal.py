"""The program in a real terminal of its own process: leaving well, crashing quietly, and no byte of a person's text
that a terminal would obey."""

import fcntl
import os
import pty
import re
import select
import signal
import sqlite3
import stat
import struct
import subprocess
import sys
import termios
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from time import monotonic

import pytest

from tests.hostile import control_characters
from tui_plan.session import Session

On = Callable[[str], Session]
PATIENCE = 30.0
SEQUENCES = re.compile(rb"\x1b(?:\[[0-?]*[ -/]*[@-~]|P[^\x1b]*\x1b\\|\]22;default\x07|[=>])")
"""What Textual itself sends: control sequences, questions to the terminal, the shape of the pointer."""


class Terminal:
    """A pseudo-terminal of 80 by 24 with the program in it; ``screen`` is every byte that came so far."""

    def __init__(self, database: Path, *options: str, **environment: str) -> None:
        self.leader, follower = pty.openpty()
        fcntl.ioctl(follower, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 80, 0, 0))
        self.before = termios.tcgetattr(self.leader)
        command = [sys.executable, "-m", "tui_plan", "--db", str(database), "--today", "2026-03-16", *options]
        known = {"TERM": "xterm-256color", "LANG": "C.UTF-8", "PYTHONUTF8": "1"}
        self.process = subprocess.Popen(
            command, stdin=follower, stdout=follower, stderr=follower, env={**os.environ, **known, **environment}
        )
        os.close(follower)
        self.screen = b""

    def read(self, seconds: float = 0.1) -> None:
        """Take what has come."""
        while select.select([self.leader], [], [], seconds)[0]:
            try:
                taken = os.read(self.leader, 65_536)
            except OSError:  # the other end is closed
                return
            if not taken:
                return
            self.screen += taken

    def wait_for(self, words: bytes) -> None:
        """Read until ``words`` have come."""
        end = monotonic() + PATIENCE
        while words not in SEQUENCES.sub(b"", self.screen):
            assert monotonic() < end, SEQUENCES.sub(b"", self.screen)[-2_000:]
            self.read()

    def press(self, keys: bytes) -> None:
        """Type."""
        os.write(self.leader, keys)
        self.read(0.4)

    def ended(self) -> int:
        """Wait until the program has ended, and return its exit status."""
        end = monotonic() + PATIENCE
        while self.process.poll() is None:
            assert monotonic() < end
            self.read()
        self.read()
        return int(self.process.returncode)


@contextmanager
def terminal(session: Session, **environment: str) -> Iterator[Terminal]:
    """Run the program until the test is over."""
    running = Terminal(session.database, **environment)
    try:
        yield running
    finally:
        if running.process.poll() is None:
            running.process.kill()
            running.process.wait()
        os.close(running.leader)


def left_well(running: Terminal) -> bool:
    """Return whether the screen and the modes of the terminal are again what they were."""
    restored = termios.tcgetattr(running.leader)[3] == running.before[3]
    return restored and b"\x1b[?1049l" in running.screen and b"\x1b[?25h" in running.screen


def test_q_leaves_and_restores_the_terminal(session_on: On) -> None:
    with terminal(session_on("small")) as running:
        running.wait_for(b"Joint reading teams")
        running.press(b"q")
        assert running.ended() == 0
        assert left_well(running)


@pytest.mark.parametrize("number", [signal.SIGHUP, signal.SIGTERM])
def test_a_signal_ends_it_and_restores_the_terminal(session_on: On, number: signal.Signals) -> None:
    with terminal(session_on("small")) as running:
        running.wait_for(b"Joint reading teams")
        running.press(b"e")
        running.wait_for(b"Edit the plan")
        running.process.send_signal(number)
        running.ended()
        assert left_well(running)


def test_words_typed_before_a_kill_are_offered_at_the_next_start(session_on: On) -> None:
    session = session_on("small")
    with terminal(session) as running:
        running.wait_for(b"Joint reading teams")
        running.press(b"e")
        running.wait_for(b"Edit the plan")
        running.press(b" of the valley")
        running.read(1.2)
        running.process.kill()
        running.ended()
    with terminal(session) as running:
        running.wait_for(b"Unsaved words are left")
        running.press(b"e")
        running.wait_for(b"unsaved words in this form")
        running.press(b"y")
        running.wait_for(b"of the valley")


def test_a_crash_shows_nothing_private_and_leaves_a_private_log(session_on: On, tmp_path: Path) -> None:
    session = session_on("small")
    with terminal(session) as running:
        running.wait_for(b"Joint reading teams")
        with closing(sqlite3.connect(session.database)) as connection:
            connection.executescript("PRAGMA foreign_keys = OFF; DROP TABLE plan_partner; DROP TABLE role;")
        running.press(b"\r")
        assert running.ended() != 0
        assert left_well(running)
        assert b"Traceback" not in running.screen
        assert b"met an error of its own" in running.screen
    logs = list(tmp_path.rglob("crash.log"))
    assert [stat.S_IMODE(log.stat().st_mode) for log in logs] == [0o600]
    assert "OperationalError" in logs[0].read_text(encoding="utf-8")


def test_no_hostile_byte_reaches_the_terminal(session_on: On) -> None:
    with terminal(session_on("hostile")) as running:
        running.wait_for(b"team")
        for keys in (b"\r", b"j", b"j", b"\r", b"\x1b", b"e", b"\x1b", b"t", b"\x1b", b"y", b"2", b"q"):
            running.press(keys)
        assert running.ended() == 0
        told = SEQUENCES.sub(b"", running.screen)
        copied = b"\x1b]52;c;"
        assert told.count(copied) <= 1, "only what y copies goes to the clipboard"
        rest = re.sub(rb"\x1b\]52;c;[A-Za-z0-9+/=]*(?:\x07|\x1b\\)", b"", told).decode()
        assert control_characters(rest) <= set("\r\n")


def test_no_color_sends_no_colour(session_on: On) -> None:
    with terminal(session_on("small"), NO_COLOR="1") as running:
        running.wait_for(b"Joint reading teams")
        running.press(b"q")
        running.ended()
        colours = re.findall(rb"\x1b\[[0-9;]*m", running.screen)
        spectrum = {triple for each in colours for triple in re.findall(rb"[34]8;2;(\d+);(\d+);(\d+)", each)}
        assert all(red == green == blue for red, green, blue in spectrum), "greys only"


def test_without_a_terminal_one_sentence_names_the_command_line(session_on: On) -> None:
    command = [sys.executable, "-m", "tui_plan", "--db", str(session_on("small").database)]
    done = subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False, timeout=60)
    assert done.returncode == 2
    assert done.stdout == ""
    assert "This is not a terminal. Run 'tui-plan status' for the plan in plain text." in done.stderr.replace("\n", " ")
    assert len(done.stderr.splitlines()) <= 2


def test_a_dumb_terminal_is_told_so(session_on: On) -> None:
    with terminal(session_on("small"), TERM="dumb") as running:
        assert running.ended() == 2
        assert b"cannot place text" in running.screen
