"""Where the details of a crash go: a file only its owner may read. Nothing of them is shown on the screen."""

import os
from pathlib import Path
from typing import IO, cast


class CrashLog:
    """A text file for Rich to print to, made with mode 0600 when something is first written."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.written = False

    def write(self, text: str) -> int:
        """Append ``text``."""
        self.path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        handle = os.open(self.path, os.O_WRONLY | os.O_CREAT | os.O_APPEND | os.O_NOFOLLOW, 0o600)
        with os.fdopen(handle, "a", encoding="utf-8", errors="replace") as log:
            self.written = True
            return log.write(text)

    def flush(self) -> None:
        """Do nothing: every write is on its own."""

    def isatty(self) -> bool:
        """Say that this is no terminal."""
        return False

    def as_file(self) -> IO[str]:
        """Return itself as the text file that Rich asks for."""
        return cast("IO[str]", self)
