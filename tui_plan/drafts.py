"""Half-typed forms, kept in the user's state folder (0600) until they are saved or given up.

The terminal writes one half a second after the last key, so that a lost connection loses almost nothing. A draft
speaks of its record by uid and version. It loads neither Textual nor Peewee.
"""

import json
import os
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path

_ENDING = ".draft.json"


@dataclass(frozen=True)
class Draft:
    """What was typed into a form: ``about`` is the form and its record, ``raw`` the text of each field.

    ``version`` is the record's version when the form was opened, 0 for a new record; ``at`` is ISO text in UTC.
    """

    about: str
    title: str
    version: int
    at: str
    raw: dict[str, str]


class DraftFolder:
    """The drafts of one database; each lies in a file of its own."""

    def __init__(self, state_folder: Path, database: Path) -> None:
        from hashlib import sha256

        self._folder = state_folder / "drafts" / sha256(str(database.resolve()).encode()).hexdigest()[:16]

    def keep(self, about: str, title: str, version: int, raw: Mapping[str, str]) -> None:
        """Write the draft of ``about``, in place of an older one."""
        self._folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        now = datetime.now(UTC).isoformat(timespec="seconds")
        draft = Draft(about, title, version, now, dict(raw))
        new = self._file(about).with_suffix(".new")
        handle = os.open(new, os.O_CREAT | os.O_TRUNC | os.O_WRONLY | os.O_NOFOLLOW, 0o600)
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            json.dump(asdict(draft), file, ensure_ascii=False)
        new.replace(self._file(about))

    def find(self, about: str) -> Draft | None:
        """Return the draft of ``about``, or None; one that cannot be read counts as none."""
        return _read(self._file(about))

    def drop(self, about: str) -> None:
        """Remove the draft of ``about``, if there is one."""
        self._file(about).unlink(missing_ok=True)

    def all(self) -> list[Draft]:
        """Return every draft, the newest first."""
        files = self._folder.glob(f"*{_ENDING}") if self._folder.is_dir() else ()
        found = [draft for draft in map(_read, files) if draft is not None]
        return sorted(found, key=lambda draft: draft.at, reverse=True)

    def _file(self, about: str) -> Path:
        from hashlib import sha256

        return self._folder / (sha256(about.encode()).hexdigest()[:24] + _ENDING)


def _read(path: Path) -> Draft | None:
    try:
        kept = json.loads(path.read_text(encoding="utf-8"))
        return Draft(**kept)
    except (OSError, ValueError, TypeError):
        return None
