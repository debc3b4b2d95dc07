"""The coordinator's configuration: a TOML file in the XDG configuration folder, written with comments by ``init``.

The command line and the terminal call ``load_config``. Nothing here touches a database. What cannot be understood is
told in ``problems`` and the default stands; only a file that is no TOML at all, or names no usable database, is an
error. Importing this loads neither tomllib nor platformdirs: they cost time that most commands need not spend.
"""

import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tui_plan.model.clean import clean
from tui_plan.model.date_words import LONG_WEEKDAYS, DateStyle
from tui_plan.model.dates import DateOrder
from tui_plan.model.errors import InvalidInput

LARGEST_CONFIG = 100_000
_WEEKDAYS = tuple(day.casefold() for day in LONG_WEEKDAYS)


@dataclass(frozen=True, slots=True)
class Config:
    """What the file says. ``database`` is None where it names none; ``week_start`` counts from Monday, 0.

    ``name`` is the coordinator's name on the roster, or empty; ``keys`` maps ids of ``tui_plan.keys`` to keys, such
    as ``{"record.done": "d,x"}`` (ids that do not exist are the terminal's to report); ``date_order`` is None where
    03/04/2026 shall stay a question; ``problems`` are sentences about entries that were passed over.
    """

    database: Path | None = None
    name: str = ""
    theme: str = "textual-dark"
    date_style: DateStyle = DateStyle.ISO
    date_order: DateOrder | None = None
    week_start: int = 0
    keys: Mapping[str, str] = field(default_factory=dict)
    problems: tuple[str, ...] = ()


def config_file() -> Path:
    """Return where the configuration lies, whether it is there or not."""
    from platformdirs import user_config_path

    return user_config_path("tui-plan", appauthor=False) / "config.toml"


def state_folder() -> Path:
    """Return where drafts and the details of a crash are kept."""
    from platformdirs import user_state_path

    return user_state_path("tui-plan", appauthor=False)


def usual_database() -> Path:
    """Return where the database lies when nothing names another place."""
    from platformdirs import user_data_path

    return user_data_path("tui-plan", appauthor=False) / "plan.db"


def load_config(path: Path | None = None) -> Config:
    """Read the configuration at ``path`` (the usual place, if None); a file that is not there gives the defaults.

    Raises ``InvalidInput`` with one sentence when it cannot be read as TOML.
    """
    path = path or config_file()
    if not path.is_file():
        return Config()
    return _Reader(path, _tables(path)).config()


def write_config(path: Path, database: Path) -> bool:
    """Write the commented configuration unless a file is there; return whether it was written."""
    from tui_plan.model.errors import Refused

    try:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        handle = os.open(path, os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_WRONLY, 0o600)
    except OSError as problem:
        if path.is_file():
            return False
        raise Refused(f"{path} cannot be written: {problem.strerror}.") from problem
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        file.write(_commented(database))
    return True


def _tables(path: Path) -> dict[str, Any]:
    import tomllib

    try:
        if path.stat().st_size > LARGEST_CONFIG:
            raise InvalidInput(f"{path} is far too long for a configuration. Mend it, or move it away.")
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as problem:
        raise InvalidInput(f"{path} cannot be read: {problem.strerror}.") from problem
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, RecursionError) as problem:
        raise InvalidInput(f"{path} is not written as TOML: {problem}. Mend it, or move it away.") from problem


class _Reader:
    """Takes each known entry from the tables; whatever is left over is unknown."""

    def __init__(self, path: Path, tables: dict[str, Any]) -> None:
        self._path = path
        self._tables = tables
        self._known: dict[str, set[str]] = {}
        self._problems: list[str] = []

    def config(self) -> Config:
        """Return the whole configuration, with a problem for every entry that was passed over."""
        database = self._database()
        name = self._take("identity", "name", _text, "your name as it stands on the roster", "")
        theme = self._take("look", "theme", _text, "the name of a theme", "textual-dark")
        style = self._take("look", "date_format", DateStyle, f"one of {', '.join(DateStyle)}", DateStyle.ISO)
        order = self._take("look", "date_order", DateOrder, f"one of {', '.join(DateOrder)}", None)
        week = self._take("look", "week_start", _weekday_number, "a weekday such as monday", 0)
        keys = self._keys()
        self._find_unknown()
        return Config(database, name, theme, style, order, week, keys, tuple(self._problems))

    def _database(self) -> Path | None:
        path = self._take("database", "path", _text, "", "")
        if self._problems:
            raise InvalidInput(f"{self._path}: database.path must be the path of a file, in quotes.")
        return (self._path.parent / Path(path).expanduser()) if path else None

    def _table(self, name: str) -> dict[str, Any]:
        found = self._tables.get(name, {})
        return found if isinstance(found, dict) else {}

    def _take(self, table: str, key: str, read: Callable[[Any], Any], wanted: str, default: Any) -> Any:
        self._known.setdefault(table, set()).add(key)
        entries = self._table(table)
        if key not in entries:
            return default
        try:
            return read(entries[key])
        except (ValueError, TypeError):
            self._problems.append(f"{self._path}: {table}.{key} must be {wanted}.")
            return default

    def _keys(self) -> dict[str, str]:
        self._known["keys"] = set(self._table("keys"))
        return {name: keys for name, keys in _flat(self._table("keys")) if self._is_key(name, keys)}

    def _is_key(self, name: str, keys: object) -> bool:
        if isinstance(keys, str) and keys.strip():
            return True
        self._problems.append(f'{self._path}: keys.{name} must be keys in quotes, such as "d" or "d,x".')
        return False

    def _find_unknown(self) -> None:
        for name, value in self._tables.items():
            if name not in self._known:
                self._problems.append(f"{self._path}: {name} is not known; tables are {', '.join(self._known)}.")
            elif not isinstance(value, dict):
                self._problems.append(f"{self._path}: {name} must be a table, written as [{name}].")
            else:
                wrong = [key for key in value if key not in self._known[name]]
                self._problems += [f"{self._path}: {name}.{key} is not known." for key in wrong]


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError
    return clean(value)


def _weekday_number(value: object) -> int:
    return _WEEKDAYS.index(_text(value).casefold())


def _flat(table: Mapping[str, Any], above: str = "") -> list[tuple[str, Any]]:
    """Entries by their whole name: TOML reads an unquoted ``record.done`` as a table in a table."""
    found: list[tuple[str, Any]] = []
    for key, value in table.items():
        found += _flat(value, f"{above}{key}.") if isinstance(value, dict) else [(above + key, value)]
    return found


def _commented(database: Path) -> str:
    import json

    return _TEMPLATE.format(database=json.dumps(str(database), ensure_ascii=False))


_TEMPLATE = """\
# The configuration of tui-plan. Lines that begin with # are comments: take the # away to set what they show.

[database]
# The file that holds the plans. --db and the variable TUI_PLAN_DB come before it.
path = {database}

[identity]
# Your name as it stands on the roster. It is needed only where the roster does not know your login.
# name = "Ana Lopes"

[look]
# The colours of the terminal program; its palette (Ctrl+P) lists the themes.
# theme = "textual-dark"
# Dates as 2026-12-31 (iso), or as 31 Dec 2026 (day-month).
date_format = "iso"
# What 03/04/2026 means where you type it: day-month or month-day. Without this, tui-plan asks you to say which.
# date_order = "day-month"
# The day on which your week begins.
week_start = "monday"

[keys]
# Your own keys, by the ids that the help (?) shows; several are joined by commas.
# "record.done" = "d"
# "change.undo" = "u,ctrl+z"
"""
