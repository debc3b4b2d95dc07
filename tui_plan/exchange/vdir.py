"""A folder with one calendar file per uid (the vdir that vdirsyncer, khal and todoman share), kept up to date.

Called by the calendar export. It writes only what changed, and removes only what it wrote itself for this calendar.
"""

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

from tui_plan.exchange.files import write_file
from tui_plan.model.clean import clean
from tui_plan.model.errors import InvalidInput, NotFound, Refused

_UID = re.compile(r"[0-9a-f]{32}(-[a-z]+)?")
_COLOUR = re.compile(r"#[0-9A-Fa-f]{6}")


class VdirChange(NamedTuple):
    """How many files were written, left as they were, and removed."""

    written: int
    unchanged: int
    removed: int


def write_vdir(
    folder: Path, items: Mapping[str, bytes], marks: tuple[bytes, ...], *, name: str = "", colour: str = ""
) -> VdirChange:
    """Make ``folder`` hold ``items``, the bytes of one calendar file for each uid, and return what that took.

    A file that is dropped is removed if its name is one of our uids and it carries every one of ``marks``, the lines
    that only our files for this calendar have. ``name`` and ``colour`` (#RRGGBB) are what programs show for the
    folder. Raises NotFound when the folder's parent is missing, Refused when the system will not write there.
    """
    if colour and not _COLOUR.fullmatch(colour):
        raise InvalidInput(f"“{clean(colour)}” is no colour: write it as #336699.", "colour")
    _make_folder(folder)
    contents = {f"{_checked(uid)}.ics": data for uid, data in items.items()}
    if name:
        contents["displayname"] = clean(name).encode()
    if colour:
        contents["color"] = colour.upper().encode()
    written = sum(_write_if_changed(folder / file, data) for file, data in contents.items())
    removed = [path for path in _ours(folder, marks) if path.name not in contents]
    for path in removed:
        path.unlink(missing_ok=True)
    return VdirChange(written, len(contents) - written, len(removed))


def _make_folder(folder: Path) -> None:
    if folder.is_symlink() or (folder.exists() and not folder.is_dir()):
        raise InvalidInput(f"{clean(str(folder))} is not a folder: name a folder of its own for the calendar.", "path")
    if not folder.parent.is_dir():
        raise NotFound(f"There is no folder {clean(str(folder.parent))}: make it first, or give another place.")
    try:
        folder.mkdir(mode=0o700, exist_ok=True)
    except OSError as error:
        raise Refused(f"{clean(str(folder))} could not be made: {error.strerror or 'unknown reason'}.") from error


def _checked(uid: str) -> str:
    if not _UID.fullmatch(uid):
        raise ValueError(f"not the uid of a record: {uid!r}")
    return uid


def _write_if_changed(path: Path, data: bytes) -> bool:
    if path.is_file() and path.read_bytes() == data:
        return False
    write_file(path, data)
    return True


def _ours(folder: Path, marks: tuple[bytes, ...]) -> Iterator[Path]:
    for path in sorted(folder.glob("*.ics")):
        if _UID.fullmatch(path.stem) and path.is_file() and not path.is_symlink():
            lines = path.read_bytes().split(b"\r\n")
            if all(mark in lines for mark in marks):
                yield path
