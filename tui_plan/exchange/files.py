"""Writing files out whole or not at all, and making file names from people's words.

Every export and any other layer may call it. It knows no format, no database and no terminal.
"""

import os
import stat
import tempfile
import unicodedata
from collections.abc import Collection
from pathlib import Path

from tui_plan.model.clean import clean
from tui_plan.model.errors import InvalidInput, NotFound, Refused

PRIVATE_MODE = 0o600
PUBLIC_MODE = 0o644
LONGEST_SLUG = 60


def write_file(path: Path, data: bytes, private: bool = True) -> None:
    """Put ``data`` at ``path`` so that a reader, or a crash, sees the old file or the new one and never a torn one.

    A private file is readable by its owner alone, any other by everyone. Raises NotFound when the folder is missing,
    InvalidInput when ``path`` is a folder, a link or a device, Refused when the system will not write there.
    """
    _check_target(path)
    try:
        _replace(path, data, PRIVATE_MODE if private else PUBLIC_MODE)
    except OSError as error:
        raise Refused(f"{_shown(path)} could not be written: {error.strerror or 'unknown reason'}.") from error


def slug(name: str) -> str:
    """Return ``name`` as the stem of a file name: lower-case letters and digits joined by hyphens, at most 60.

    Letters without an ASCII form stay as they are; a name with neither letters nor digits becomes ``unnamed``.
    """
    plain = "".join(_ascii_where_possible(character) for character in clean(name).casefold())
    words = "".join(character if character.isalnum() else " " for character in plain).split()
    return "-".join(words)[:LONGEST_SLUG].rstrip("-") or "unnamed"


def unique_slug(name: str, taken: Collection[str]) -> str:
    """Return ``slug(name)``, with ``-2``, ``-3`` … behind it if that is among ``taken``."""
    stem = slug(name)
    candidate, number = stem, 1
    while candidate in taken:
        number += 1
        ending = f"-{number}"
        candidate = stem[: LONGEST_SLUG - len(ending)].rstrip("-") + ending
    return candidate


def _check_target(path: Path) -> None:
    if not path.parent.is_dir():
        raise NotFound(f"There is no folder {_shown(path.parent)}: make it first, or give another place.")
    try:
        mode = path.lstat().st_mode
    except FileNotFoundError:
        return
    except OSError as error:
        raise Refused(f"{_shown(path)} could not be written: {error.strerror or 'unknown reason'}.") from error
    if stat.S_ISDIR(mode):
        raise InvalidInput(f"{_shown(path)} is a folder: give the name of a file in it.", "path")
    if not stat.S_ISREG(mode):
        raise InvalidInput(f"{_shown(path)} is a link or a device: give the name of an ordinary file.", "path")


def _replace(path: Path, data: bytes, mode: int) -> None:
    # Names that begin with a dot and end in .tmp are left alone by programs that watch a folder of calendar files.
    descriptor, name = tempfile.mkstemp(prefix=".tui-plan-", suffix=".tmp", dir=path.parent)
    temporary = Path(name)
    try:
        with os.fdopen(descriptor, "wb") as file:
            os.fchmod(file.fileno(), mode)
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        temporary.replace(path)
    finally:
        temporary.unlink(missing_ok=True)
    _sync_directory(path.parent)


def _sync_directory(directory: Path) -> None:
    """Make the new name itself outlive a power cut, where the file system can."""
    descriptor = os.open(directory, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _ascii_where_possible(character: str) -> str:
    without_marks = "".join(
        part for part in unicodedata.normalize("NFKD", character) if not unicodedata.combining(part)
    )
    return without_marks if without_marks.isascii() else character


def _shown(path: Path) -> str:
    return clean(str(path)) or "The path"
