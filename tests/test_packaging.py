"""The wheel: what is inside, and that an installed copy starts, far from the repository. And that README is right.

The new environment borrows the libraries of this one by a path file, so that nothing is fetched; the copy of tui-plan
that it runs is its own.
"""

import os
import subprocess
import sys
import sysconfig
import zipfile
from pathlib import Path

import pytest

import tui_plan
from tests.bench.terminal import Terminal

REPOSITORY = Path(__file__).parents[1]
TRY_IT = "python3 -m venv .venv && .venv/bin/pip install . && .venv/bin/tui-plan demo"
TEST_IT = "python3 -m venv .venv && .venv/bin/pip install -e '.[dev]' && .venv/bin/pytest"


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(folder), str(REPOSITORY)]
    built = subprocess.run(command, capture_output=True, text=True, check=False)
    assert built.returncode == 0, built.stdout + built.stderr
    return next(folder.glob("*.whl"))


@pytest.fixture(scope="module")
def programs(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of programs of a new environment with the wheel in it."""
    place = tmp_path_factory.mktemp("installed") / "venv"
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", str(place)], check=True)
    python = place / "bin" / "python"
    install = ["install", "--quiet", "--no-deps", "--no-index", str(wheel)]
    subprocess.run([sys.executable, "-m", "pip", "--python", str(python), *install], check=True)
    packages = next(place.glob("lib/python*/site-packages"))
    packages.joinpath("borrowed.pth").write_text(sysconfig.get_path("purelib") + "\n", encoding="utf-8")
    return place / "bin"


@pytest.fixture
def environment(tmp_path: Path) -> dict[str, str]:
    """A fresh home, and nothing that names a database or the repository."""
    kept = {name: os.environ[name] for name in ("PATH", "LANG") if name in os.environ}
    return kept | {"HOME": str(tmp_path)}


def run(program: Path, environment: dict[str, str], *words: str) -> subprocess.CompletedProcess[str]:
    """Run a program in its home folder."""
    return subprocess.run(
        [str(program), *words],
        cwd=environment["HOME"],
        env=environment,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )


def test_styles_and_sample_data_are_inside(wheel: Path) -> None:
    names = set(zipfile.ZipFile(wheel).namelist())
    for folder, ending in (("styles", "*.tcss"), ("sample_data", "*.toml")):
        files = sorted(path.relative_to(REPOSITORY).as_posix() for path in REPOSITORY.joinpath(folder).rglob(ending))
        assert files
        assert {f"tui_plan/{name}" for name in files} <= names
    assert not [name for name in names if name.startswith(("tests/", "styles/", "sample_data/"))]


def test_the_installed_copy_is_not_the_repository(programs: Path, environment: dict[str, str]) -> None:
    said = run(programs / "python", environment, "-c", "import tui_plan; print(tui_plan.__file__)")
    assert said.stdout.startswith(str(programs.parent))


def test_both_ways_to_start_tell_the_version(programs: Path, environment: dict[str, str]) -> None:
    for said in (
        run(programs / "tui-plan", environment, "--version"),
        run(programs / "python", environment, "-m", "tui_plan", "--version"),
    ):
        assert (said.returncode, said.stdout) == (0, f"tui-plan {tui_plan.__version__}\n")


def test_a_new_database_has_a_status(programs: Path, environment: dict[str, str]) -> None:
    assert run(programs / "tui-plan", environment, "--db", "plan.db", "init").returncode == 0
    said = run(programs / "tui-plan", environment, "--db", "plan.db", "status")
    assert (said.returncode, said.stderr) == (0, "")
    assert "no plan yet" in said.stdout


def test_without_a_terminal_demo_says_so(programs: Path, environment: dict[str, str]) -> None:
    said = run(programs / "tui-plan", environment, "demo")
    assert said.returncode == 2
    assert said.stderr.startswith("tui-plan: ")
    assert "Traceback" not in said.stderr


def test_demo_opens_in_a_terminal(programs: Path, environment: dict[str, str]) -> None:
    with Terminal([str(programs / "tui-plan"), "demo"], environment) as terminal:
        terminal.wait_for("Plans")
        terminal.settle(0.5)
        assert terminal.leave() == 0
        assert b"\x1b[?1049l" in terminal.written


def test_the_readme_and_the_checks_agree() -> None:
    readme = [line.strip() for line in REPOSITORY.joinpath("README.md").read_text(encoding="utf-8").splitlines()]
    script = REPOSITORY / ".ci" / "run"
    assert TRY_IT in readme
    assert [line for line in readme if "'.[dev]'" in line] == [TEST_IT]
    assert "grep -m1 -F \"'.[dev]'\" README.md" in script.read_text(encoding="utf-8")
    assert os.access(script, os.X_OK)
