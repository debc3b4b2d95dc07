"""Running the command line in-process on a database and a configuration of the test's own."""

import shlex
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from tui_plan.cli.main import main

TODAY = "2026-03-16"


@dataclass(frozen=True)
class Answer:
    """What a command left: its exit status and what it printed."""

    status: int
    out: str
    err: str

    @property
    def lines(self) -> list[str]:
        return self.out.splitlines()


Run = Callable[..., Answer]


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A home of the test's own: configuration, data and state lie in it, and so does the database."""
    for name in ("CONFIG", "DATA", "STATE"):
        monkeypatch.setenv(f"XDG_{name}_HOME", str(tmp_path / name.casefold()))
    monkeypatch.setenv("HOME", str(tmp_path))
    for name in ("TUI_PLAN_DB", "COLUMNS", "NO_COLOR"):
        monkeypatch.delenv(name, raising=False)
    return tmp_path


@pytest.fixture
def run(home: Path, capsys: pytest.CaptureFixture[str]) -> Run:
    """Run ``tui-plan`` with these arguments, on the test's today unless they name another."""

    def call(*arguments: str, today: str = TODAY) -> Answer:
        capsys.readouterr()
        try:
            status = main(["--today", today, *arguments])
        except SystemExit as left:
            status = int(left.code or 0)
        printed = capsys.readouterr()
        return Answer(status, printed.out, printed.err)

    return call


@pytest.fixture
def fine(run: Run) -> Run:
    """Run a command that must succeed."""

    def call(*arguments: str, today: str = TODAY) -> Answer:
        answer = run(*arguments, today=today)
        assert (answer.status, answer.err) == (0, ""), answer
        return answer

    return call


@pytest.fixture
def database(home: Path) -> Path:
    """Where the database lies once ``init`` has made it."""
    return home / "data" / "tui-plan" / "plan.db"


_SMALL_PLAN = """
init
add plan 'Community resilience' --start 2026-01-01 --end eoy
add organisation 'City Hall'
add person 'Ana Lopes' --organisation 'City Hall' --email ana@example.org
add area 'Leaders know their part' --priority high
add area 'Neighbours are ready'
add objective 'Brief the officials' --to D-1
add objective 'Hold the exercises' --to D-2
add action 'Draft the charter' --to S-1 --due 2026-03-02 --owner 'Ana Lopes'
add action 'Sign the charter' --to S-1 --due 2026-03-20 --owner 'City Hall'
add action 'Choose a scenario' --to S-2 --timescale quarterly
add action 'Book the hall' --to S-2 --due 2026-02-27 --owner 'Ana Lopes'
add action 'Full-scale exercise' --to S-2 --due 2027-05-04 --owner 'City Hall'
done A-4 --on 2026-02-25 --said-by 'Ana Lopes' --channel phone
"""


_PARTNERSHIP = """
init
add organisation 'City Hall'
add organisation 'Food Bank' --short FB
add person 'Ana Lopes' --organisation 'City Hall' --email ana@example.org --mobile '0700 900 123' --hear-every 30
add person 'Bo Field' --organisation 'Food Bank' --phone '555 0100'
add person 'Cy Reed' --organisation 'City Hall' --email cy@example.org
add post Mayor --organisation 'City Hall' --holder 'Ana Lopes' --since 2024-01-01 --audience 'key public officials'
add post Clerk --organisation 'City Hall' --reports-to Mayor --alternate 'Bo Field' --alternate 'Cy Reed'
add group 'Steering group' --what 'convening group' --chair Mayor --member 'Bo Field'
add group Officials --what 'notification list' --rule-audience 'key public officials'
add plan 'Flood plan' --convening 'Steering group' --partner 'City Hall' --partner 'Food Bank'
add area 'Leaders know their part'
add objective 'Brief the officials' --to D-1
add action 'Draft the charter' --to S-1 --due 2026-03-02 --owner Mayor
add action 'Sign the charter' --to S-1 --due 2026-05-04 --owner 'Bo Field' --responsible 'Ana Lopes'
add action 'Print the charter' --to S-1 --due 2026-02-27 --owner FB
done A-3 --on 2026-02-25
heard 'Bo Field' --on 2026-03-06 --channel phone
"""


def _made(path: Path, lines: str) -> Path:
    """Make a database by commands; this is done once, and tests work on copies."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_CONFIG_HOME", str(path.parent))
        for line in lines.strip().splitlines():
            assert main(["--db", str(path), "--today", TODAY, *shlex.split(line)]) == 0
    return path


def _copied(made: Path, database: Path) -> Path:
    database.parent.mkdir(parents=True)
    shutil.copy(made, database)
    return database


@pytest.fixture(scope="session")
def made_plan(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database with a plan of two areas and five actions, made once by the command line itself.

    One action is overdue, one due soon, one without owner and date, one complete, one far off.
    """
    return _made(tmp_path_factory.mktemp("made") / "plan.db", _SMALL_PLAN)


@pytest.fixture(scope="session")
def made_partnership(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database with two partners, three persons, a post that is held and a vacant one, two groups and a plan."""
    return _made(tmp_path_factory.mktemp("partnership") / "plan.db", _PARTNERSHIP)


@pytest.fixture
def small_plan(made_plan: Path, database: Path) -> Path:
    """The small plan as this test's own database."""
    return _copied(made_plan, database)


@pytest.fixture
def partnership(made_partnership: Path, database: Path) -> Path:
    """The partnership as this test's own database."""
    return _copied(made_partnership, database)
