"""How many queries the commands about stages, the register and momentum make: as many over a large plan as a small one.

Peewee's own log of queries is counted, as ``tests.test_queries`` does.
"""

import shutil
from pathlib import Path

import pytest

from tests.bench.generate import TODAY, generate
from tests.bench.sizes import SIZES
from tests.test_queries import LARGE, queries
from tui_plan.cli.main import main
from tui_plan.insight.assessments import assessments
from tui_plan.insight.finding import find_plan
from tui_plan.model.base import rows
from tui_plan.model.database import close_database, open_database
from tui_plan.model.people import Party

MOST = 40
"""No command needs more queries than this; most make a handful."""

READS = (
    "stages",
    "gate T-1",
    "assessments",
    "assessments --consensus",
    "assessments --differ",
    "assessments --compare {0} {1}",
    "checklists {0}",
    "register",
    "register risks --open",
    "register --matrix",
    "stalled",
    "evaluation",
    "evaluation --first",
    "evaluation --quick-wins",
    "fidelity",
    "export fidelity",
    "export assessment --assessment {1}",
    "celebrate",
    "celebrate --done",
    "brief",
    "export register",
    "export register --format csv",
    "export evaluation",
    "export brief",
)
WRITES = (
    "enter issue Fog --owner {2} --action A-1 --action A-2",
    "entry edit R-1 --evidence Minutes",
    "stage edit T-1 --scope Everywhere",
    "checklist start progress --stage T-1 --partner {2}",
)


@pytest.fixture(scope="module")
def databases(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """The small and the large database."""
    folder = tmp_path_factory.mktemp("progress")
    for name, size in (("small.db", SIZES["small"]), ("large.db", LARGE)):
        generate(size, folder / name)
        close_database()
        assert tui_plan(folder / name, "--plan", "P-1", "baseline", "as agreed") == 0
    return [folder / "small.db", folder / "large.db"]


@pytest.mark.parametrize("command", READS)
def test_a_command_that_looks_makes_no_query_per_row(
    databases: list[Path], caplog: pytest.LogCaptureFixture, capsys: pytest.CaptureFixture[str], command: str
) -> None:
    small, large = (asked(path, caplog, command) for path in databases)
    assert capsys.readouterr().out
    assert 0 < small == large <= MOST


@pytest.mark.parametrize("command", WRITES)
def test_a_command_that_changes_makes_no_query_per_row(
    databases: list[Path], caplog: pytest.LogCaptureFixture, tmp_path: Path, command: str
) -> None:
    small, large = (asked(Path(shutil.copy(path, tmp_path)), caplog, command) for path in databases)
    assert 0 < small == large <= MOST


def asked(path: Path, caplog: pytest.LogCaptureFixture, command: str) -> int:
    """Return how many queries a command makes about the first plan: {0} and {1} are its assessments, {2} a person."""
    open_database(path)
    runs = assessments(find_plan("P-1"))
    names = (runs[0].ref, runs[-1].ref, rows(Party.select(Party.uid).where(Party.kind == "person"))[0][0])
    close_database()
    words = [word.format(*names) for word in command.split()]
    made: list[int] = []
    found = queries(caplog, lambda: made.append(tui_plan(path, "--plan", "P-1", *words)))
    assert made[0] in {0, 1}
    return len(found)


def tui_plan(path: Path, *words: str) -> int:
    """Run the command line on a database."""
    return main(["--db", str(path), "--today", TODAY.isoformat(), *words])
