"""What ``--json`` prints is documented: every key stands in docs/json.md, and every command in the README."""

import json
import shlex
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.cli.conftest import Run
from tui_plan.cli.commands import COMMANDS

ROOT = Path(__file__).parents[2]

ANSWERS = [
    "status",
    "next",
    "agenda",
    "history",
    "lint",
    "roster",
    "who 'Ana Lopes'",
    "who 'Steering group'",
    "orgchart",
    "agreements",
    "partners",
    "partners --partner FB",
    "silent",
    "calldown 'Steering group'",
    "checklists",
    "checklists C-1",
    "checklists --templates",
    "duplicates",
    "add person 'Di Moss'",
    "done A-1",
    "note A-1 'All is well'",
    "agree 'Ana Lopes'",
    "told 'Ana Lopes'",
    "heard 'Ana Lopes'",
    "support 'Ana Lopes' champion",
    "handover 'Ana Lopes' --to 'Cy Reed' --yes",
    "merge 'Ana Lopes' 'Cy Reed' --yes",
    "checklist start onboarding",
    "checklist tick C-1 1",
]


@pytest.mark.parametrize("command", ANSWERS)
def test_every_key_is_documented(fine: Run, run: Run, partnership: Path, command: str) -> None:
    for words in ("agree 'Ana Lopes'", "checklist start onboarding --for 'Ana Lopes'", "told 'Ana Lopes'"):
        fine(*shlex.split(words))
    fine("add", "person", "A. Lopes", "--email", "ana@example.org")
    answer = run(*shlex.split(command), "--json")
    assert answer.status in (0, 1), answer.err
    documented = (ROOT / "docs" / "json.md").read_text(encoding="utf-8")
    assert not [key for key in sorted(set(keys(json.loads(answer.out)))) if f"`{key}`" not in documented]


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_stands_in_the_readme(name: str) -> None:
    assert f"`{name}`" in (ROOT / "README.md").read_text(encoding="utf-8")


def keys(answer: Any) -> Iterator[str]:
    """Yield every key of an answer, at any depth."""
    if isinstance(answer, dict):
        yield from answer
        for value in answer.values():
            yield from keys(value)
    elif isinstance(answer, list):
        for value in answer:
            yield from keys(value)
