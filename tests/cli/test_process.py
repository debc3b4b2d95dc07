"""What only a process of its own shows: the module as a command, pipes that close, colours, and completion."""

import contextlib
import os
import pty
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.conftest import TODAY
from tui_plan import __version__
from tui_plan.cli.commands import COMMANDS
from tui_plan.cli.main import main
from tui_plan.cli.register_arguments import ENTRY_WORDS

_STEPS = [
    *(["add", kind] for kind in ("plan", "action", "person", "post", "group", "meeting")),
    *(["checklist", step] for step in ("start", "tick", "say", "action", "finish", "remove")),
    *(["stage", step] for step in ("add", "edit", "begin", "end", "skip", "remove")),
    *(["enter", kind] for kind in ENTRY_WORDS),
    *(["entry", step] for step in ("edit", "settle", "reopen", "remove", "candid", "shareable")),
]
PROGRAM = [sys.executable, "-m", "tui_plan"]


def test_version_and_help() -> None:
    ran = subprocess.run([*PROGRAM, "--version"], capture_output=True, text=True, check=True)
    assert ran.stdout == f"tui-plan {__version__}\n"
    told = subprocess.run([*PROGRAM, "--help"], capture_output=True, text=True, check=True).stdout
    assert all(f"\n  {name} " in told for name in COMMANDS)


@pytest.mark.parametrize("words", [[], *([name] for name in COMMANDS), *_STEPS])
def test_help_fits_80_columns(
    words: list[str], capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "200")
    with pytest.raises(SystemExit):
        main([*words, "--help"])
    lines = capsys.readouterr().out.splitlines()
    assert max(map(len, lines)) <= 80
    if len(words) == 1:
        assert "for example:" in lines


def test_a_pipe_that_closes_is_quiet(small_plan: Path) -> None:
    command = (
        f"{sys.executable} -m tui_plan --db {small_plan} history -n 99 | head -c 10 >/dev/null; echo ${{PIPESTATUS[0]}}"
    )
    ran = subprocess.run(["bash", "-c", command], capture_output=True, text=True, check=True)
    assert ran.stderr == ""
    assert ran.stdout.strip() in {"0", "141"}


def test_what_was_printed_before_an_error_is_not_lost(small_plan: Path) -> None:
    sheet = Path(__file__).parent.parent / "data" / "federal-data-strategy-2020.csv"
    program = [*PROGRAM, "--db", str(small_plan), "import", str(sheet)]
    ran = subprocess.run(program, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False)
    assert ran.returncode == 2
    assert "66 actions in 20 step objectives" in ran.stdout
    assert ran.stderr == "tui-plan: Nothing was changed. Add --yes to bring it in, or --dry-run to look only.\n"


def test_a_pipe_that_is_closed_before_the_first_line(small_plan: Path) -> None:
    reader, writer = os.pipe()
    os.close(reader)
    with os.fdopen(writer, "wb") as closed:
        ran = subprocess.run(
            [*PROGRAM, "--db", str(small_plan), "--today", TODAY, "status"],
            stdout=closed,
            stderr=subprocess.PIPE,
            text=True,
            check=False,
        )
    assert (ran.returncode, ran.stderr) == (141, "")


@pytest.mark.parametrize(
    ("words", "environment", "coloured"),
    [([], {}, True), (["--no-color"], {}, False), ([], {"NO_COLOR": "1"}, False), ([], {"TERM": "dumb"}, False)],
)
def test_colour_only_on_a_terminal_that_wants_it(
    small_plan: Path, words: list[str], environment: dict[str, str], coloured: bool
) -> None:
    kept = {name: value for name, value in os.environ.items() if name not in {"NO_COLOR", "COLUMNS"}}
    terminal, end = pty.openpty()
    program = [*PROGRAM, "--db", str(small_plan), "--today", TODAY, "status", *words]
    subprocess.run(program, stdout=end, env={**kept, "TERM": "xterm", **environment}, check=False)
    os.close(end)
    printed = everything_on(terminal)
    assert b"Draft the charter" in printed
    assert (b"\x1b[" in printed) is coloured


def everything_on(terminal: int) -> bytes:
    """Return all that was printed on a terminal whose other end is closed, and close it."""
    printed = b""
    with contextlib.suppress(OSError):
        while some := os.read(terminal, 65_536):
            printed += some
    os.close(terminal)
    return printed


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish", "tcsh"])
def test_completion_knows_every_command(shell: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["completion", shell]) == 0
    script = capsys.readouterr().out
    assert all(name in script for name in COMMANDS)
    if shell != "tcsh":
        assert "withdraw-missing" in script
        assert all(word in script for word in ("no-checklist", "rule-audience", "reservations", "finish"))
        assert all(word in script for word in ("override", "residual", "disposition", "quick-wins", "thanked"))


def test_the_shell_accepts_its_script(capsys: pytest.CaptureFixture[str]) -> None:
    main(["completion", "bash"])
    bash = shutil.which("bash")
    assert bash
    subprocess.run([bash, "-n"], input=capsys.readouterr().out, text=True, check=True)
