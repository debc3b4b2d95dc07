"""What loading a part of the program really loads, asked of a fresh interpreter for each part.

The contracts in ``pyproject.toml`` (import-linter) say who may import whom; this says that it also holds at run time.
"""

import os
import pkgutil
import subprocess
import sys
from importlib import import_module
from pathlib import Path

import pytest

TERMINAL = {"textual", "rich"}
FORMATS = {"icalendar", "openpyxl", "vobject"}
SLOW = TERMINAL | FORMATS | {"peewee", "dateutil", "shtab", "platformdirs"}


def loaded(statements: str, home: Path | None = None) -> set[str]:
    """Return the names of all modules that a fresh interpreter has loaded after ``statements``."""
    script = f"{statements}\nimport sys\nprint(*sys.modules)"
    environment = {**os.environ, "HOME": str(home)} if home else None
    ran = subprocess.run([sys.executable, "-c", script], env=environment, capture_output=True, text=True, check=True)
    return set(ran.stdout.splitlines()[-1].split())


def modules_of(package: str) -> list[str]:
    """Return the names of all modules in a package of tui_plan."""
    path = import_module(package).__path__
    return [package, *(module.name for module in pkgutil.walk_packages(path, f"{package}."))]


@pytest.mark.parametrize("part", ["model", "operations", "insight"])
def test_the_core_loads_neither_terminal_nor_formats(part: str) -> None:
    found = loaded(f"import {', '.join(modules_of(f'tui_plan.{part}'))}")
    assert f"tui_plan.{part}" in found
    assert not found & (TERMINAL | FORMATS)


def test_exchange_loads_no_terminal() -> None:
    assert not loaded(f"import {', '.join(modules_of('tui_plan.exchange'))}") & TERMINAL


def test_the_command_line_loads_nothing_slow() -> None:
    assert not loaded("import tui_plan.cli.main") & SLOW


@pytest.mark.parametrize(
    "words",
    [
        ["--help"],
        ["--version"],
        ["status", "--help"],
        ["agree", "--help"],
        ["handover", "--help"],
        ["add", "group", "--help"],
        ["checklist", "tick", "--help"],
    ],
    ids=" ".join,
)
def test_help_loads_nothing_slow(words: list[str]) -> None:
    leave = f"from tui_plan.cli.main import main\ntry:\n    main({words})\nexcept SystemExit:\n    pass"
    assert not loaded(leave) & SLOW


def test_completion_loads_no_database_and_no_terminal() -> None:
    found = loaded("from tui_plan.cli.main import main\nmain(['completion', 'bash'])\nprint()")
    assert not found & (TERMINAL | FORMATS | {"peewee"})


@pytest.mark.parametrize("command", ["status", "roster", "silent", "checklists"])
def test_looking_loads_no_terminal_and_no_format(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, command: str) -> None:
    for name in ("XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME"):
        monkeypatch.delenv(name, raising=False)
    path = str(tmp_path / "plan.db")
    begin = (
        f"from tui_plan.cli.main import main\nmain(['--db', {path!r}, 'init'])\nmain(['--db', {path!r}, {command!r}])"
    )
    assert not loaded(begin, tmp_path) & (TERMINAL | FORMATS)
