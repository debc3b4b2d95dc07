"""What ``--json`` prints is documented: every key stands in docs/json.md, and every command in the README."""

import json
import shlex
import shutil
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from tests.cli.conftest import TODAY, Run
from tui_plan.cli.commands import COMMANDS
from tui_plan.cli.main import main
from tui_plan.exchange.samples import load_samples
from tui_plan.insight.finding import find_record
from tui_plan.model.database import close_database, create_database, open_database
from tui_plan.model.plan import Action
from tui_plan.model.store import Author
from tui_plan.operations.actions import edit_action
from tui_plan.operations.parts import add_measure, add_reading

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

PROGRESS = [
    "stages",
    "gate T-1",
    "gate T-1 --override --by FB --because 'No time'",
    "assessments",
    "assessments --compare C-1 C-2",
    "assessments --differ",
    "checklists C-3",
    "register",
    "register R-1",
    "register --matrix",
    "stalled",
    "evaluation",
    "evaluation --first",
    "evaluation --quick-wins",
    "fidelity",
    "celebrate",
    "celebrate --done",
    "brief",
    "stage begin T-2",
    "stage remove T-2",
    "checklist say C-3 1 --rating 'in place'",
    "checklist action C-1 1 --under S-1 --owner FB --by eom",
    "checklist remove C-1",
    "enter idea Fairs",
    "entry settle R-1",
    "entry remove R-1",
    "mitigate R-1 Ask --under S-1 --owner FB --by eom",
    "promote R-2",
    "celebrate R-3 --how Cake",
    "reading A-1 5",
    "core A-1",
]


@pytest.mark.parametrize("command", ANSWERS)
def test_every_key_is_documented(fine: Run, run: Run, partnership: Path, command: str) -> None:
    for words in ("agree 'Ana Lopes'", "checklist start onboarding --for 'Ana Lopes'", "told 'Ana Lopes'"):
        fine(*shlex.split(words))
    fine("add", "person", "A. Lopes", "--email", "ana@example.org")
    answer = run(*shlex.split(command), "--json")
    assert answer.status in (0, 1), answer.err
    assert not undocumented(answer.out)


@pytest.fixture(scope="module")
def made_progress(made_partnership: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database in which every answer about stages, the register and momentum holds something."""
    path = tmp_path_factory.mktemp("progress") / "plan.db"
    shutil.copy(made_partnership, path)
    for words in (
        *("core A-1 A-2", "baseline agreed", "stage add piloting --begins 2026-01-12", "stage add full"),
        "checklist start progress --stage T-1 --partner FB",
        "checklist start progress --stage T-1 --partner 'City Hall' --on 2026-03-15",
        "checklist start progress --stage T-1 --partner 'City Hall'",
        *("checklist say C-1 1 --rating 'in place' --next 'Go on'", "checklist say C-2 1 --rating 'not yet'"),
        "enter risk 'No bus' --owner FB --likelihood 4 --impact 3 --due 2026-03-10 --action A-2",
        *("enter idea 'Shared training'", "enter achievement Signed", "enter achievement Printed", "celebrate R-4"),
        "enter adaptation Fewer --cause 'No money' --manner reactive",
        "add meeting Board --on 2026-04-07",
        "add action 'Open day' --to S-1 --due 2026-04-01 --milestone",
    ):
        assert main(["--db", str(path), "--today", TODAY, *shlex.split(words)]) == 0
    open_database(path)
    action = find_record("A-1", Action).uid
    later = Author("ana", at=datetime.now(UTC).replace(tzinfo=None) + timedelta(minutes=1))
    edit_action(later, action, today=date(2026, 3, 16), purpose="Another one")
    measure = add_measure(later, action, statement="Who knows", baseline=Decimal(1), due=date(2026, 2, 1))
    add_reading(later, measure, taken_on=date(2025, 3, 1), value=Decimal(2))
    close_database()
    return path


@pytest.mark.parametrize("command", PROGRESS)
def test_every_key_about_progress_is_documented(run: Run, made_progress: Path, database: Path, command: str) -> None:
    database.parent.mkdir(parents=True)
    shutil.copy(made_progress, database)
    answer = run(*shlex.split(command), "--json")
    assert answer.status in (0, 1), answer.err
    assert not undocumented(answer.out)


def undocumented(answer: str) -> list[str]:
    """Return the keys of an answer that docs/json.md does not name."""
    documented = (ROOT / "docs" / "json.md").read_text(encoding="utf-8")
    return [key for key in sorted(set(keys(json.loads(answer)))) if f"`{key}`" not in documented]


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_stands_in_the_readme(name: str) -> None:
    assert f"`{name}`" in (ROOT / "README.md").read_text(encoding="utf-8")


def test_the_commands_of_the_readme_run_on_the_sample_plans(run: Run, home: Path) -> None:
    sample = home / "demo.db"
    create_database(sample)
    load_samples(Author("demo"), date(2026, 3, 16))
    close_database()
    section = (ROOT / "README.md").read_text(encoding="utf-8").partition("### Is it working?")[2].partition("\n## ")[0]
    typed = [line.split(maxsplit=1)[1] for line in section.splitlines() if line.startswith("    tui-plan ")]
    assert len(typed) == 10
    for words in typed:
        answer = run("--db", str(sample), *shlex.split(words))
        assert (answer.status in (0, 1), answer.err) == (True, ""), words
    shown = [line.removeprefix("    ") for line in section.splitlines() if line.startswith("    ")]
    gate = run("--db", str(sample), "gate", "T-9").lines
    assert "◐ T-9   Piloting, attempt 2                 under way since 2026-01-12" in shown
    assert gate[0].strip() in shown


def test_the_template_of_the_manual_can_be_used(fine: Run, home: Path) -> None:
    manual = (ROOT / "docs" / "checklists.md").read_text(encoding="utf-8")
    lines = [line.removeprefix("    ") for line in manual.splitlines() if line.startswith("    ")]
    own = home / "config" / "tui-plan" / "checklists"
    own.mkdir(parents=True)
    (own / "how-our-pilot-goes.toml").write_text("\n".join(line for line in lines if not line.startswith("tui-plan ")))
    assert (
        "how-our-pilot-goes   stage assessment   2 items   How our pilot goes"
        in fine("checklists", "--templates").lines
    )


def keys(answer: Any) -> Iterator[str]:
    """Yield every key of an answer, at any depth."""
    if isinstance(answer, dict):
        yield from answer
        for value in answer.values():
            yield from keys(value)
    elif isinstance(answer, list):
        for value in answer:
            yield from keys(value)
