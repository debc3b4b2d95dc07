"""What a terminal session needs to know before it starts, made by the command line from the configuration.

It loads neither Textual nor Peewee.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path


@dataclass(frozen=True, kw_only=True)
class Session:
    """One run of the terminal program. ``notices`` are sentences to show at its start.

    ``today`` is fixed by ``--today``; None follows the calendar. ``keymap`` gives keys (comma-separated) by binding id.
    ``date_order`` is "day-month", "month-day" or empty: ask. ``state_folder`` holds drafts and the crash log, 0700.
    """

    database: Path
    login: str
    state_folder: Path
    theme: str = "textual-dark"
    keymap: Mapping[str, str] = field(default_factory=dict)
    today: date | None = None
    date_order: str = ""
    date_style: str = "iso"
    network_disk: bool = False
    plan: str = ""
    notices: tuple[str, ...] = ()
