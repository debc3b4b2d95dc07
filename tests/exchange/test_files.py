"""Files are written whole or not at all, and names from people become safe file names."""

import os
import signal
import stat
import subprocess
import sys
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui_plan.exchange.files import LONGEST_SLUG, slug, unique_slug, write_file
from tui_plan.model.errors import InvalidInput, NotFound, Refused

WRITER = """
import sys
from pathlib import Path
from tui_plan.exchange.files import write_file
old, new = b"old\\n" * 500_000, b"new\\n" * 700_000
print("ready", flush=True)
while True:
    write_file(Path(sys.argv[1]), new)
    write_file(Path(sys.argv[1]), old)
"""


def mode_of(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def test_writes_privately_unless_told_otherwise(tmp_path: Path) -> None:
    write_file(tmp_path / "own.ics", b"x")
    write_file(tmp_path / "open.ics", b"y", private=False)
    assert (tmp_path / "own.ics").read_bytes() == b"x"
    assert mode_of(tmp_path / "own.ics") == 0o600
    assert mode_of(tmp_path / "open.ics") == 0o644


def test_replacing_makes_a_file_private_again_and_leaves_nothing_beside_it(tmp_path: Path) -> None:
    target = tmp_path / "plan.ics"
    target.write_bytes(b"old")
    target.chmod(0o666)
    write_file(target, b"new")
    assert target.read_bytes() == b"new"
    assert mode_of(target) == 0o600
    assert [entry.name for entry in tmp_path.iterdir()] == ["plan.ics"]


def test_a_folder_a_link_and_a_pipe_are_refused(tmp_path: Path) -> None:
    elsewhere = tmp_path / "precious"
    elsewhere.write_bytes(b"kept")
    (tmp_path / "link").symlink_to(elsewhere)
    os.mkfifo(tmp_path / "pipe")
    for name in ("", "link", "pipe"):
        with pytest.raises(InvalidInput):
            write_file(tmp_path / name, b"x")
    assert elsewhere.read_bytes() == b"kept"


def test_a_missing_folder_is_named(tmp_path: Path) -> None:
    with pytest.raises(NotFound, match="There is no folder"):
        write_file(tmp_path / "nowhere" / "plan.ics", b"x")


def test_a_name_too_long_for_the_system_is_one_clear_sentence(tmp_path: Path) -> None:
    with pytest.raises(Refused, match="could not be written"):
        write_file(tmp_path / ("n" * 300), b"x")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("delay", [0.002, 0.005, 0.011, 0.017, 0.023, 0.031])
def test_a_killed_writer_leaves_the_old_file_or_the_new_one(tmp_path: Path, delay: float) -> None:
    target = tmp_path / "plan.ics"
    with subprocess.Popen([sys.executable, "-c", WRITER, str(target)], stdout=subprocess.PIPE) as writer:
        assert writer.stdout is not None
        writer.stdout.readline()
        while not target.exists():
            time.sleep(0.001)
        time.sleep(delay)
        writer.send_signal(signal.SIGKILL)
    assert target.read_bytes() in {b"old\n" * 500_000, b"new\n" * 700_000}


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Riverside Schools", "riverside-schools"),
        ("Élan & Größe", "elan-grosse"),
        ("../../etc/passwd", "etc-passwd"),
        ("..", "unnamed"),
        ("", "unnamed"),
        ("\x1b[31mred\x1b[0m", "31mred-0m"),
        ("計画 2026", "計画-2026"),
        ("ﬁne \u202egnp.exe", "fine-gnp-exe"),
    ],
)
def test_slugs(name: str, expected: str) -> None:
    assert slug(name) == expected


@given(st.text())
def test_a_slug_is_always_a_safe_file_name(name: str) -> None:
    made = slug(name)
    assert 0 < len(made) <= LONGEST_SLUG
    assert not set(made) & set("/\\.\0\n ")
    assert made.encode()
    assert not made.startswith("-")


def test_equal_names_get_numbers() -> None:
    taken: set[str] = set()
    for _ in range(3):
        taken.add(unique_slug("Quality", taken))
    taken.add(unique_slug("q" * 80, taken))
    taken.add(unique_slug("q" * 80, taken))
    assert taken == {"quality", "quality-2", "quality-3", "q" * 60, "q" * 58 + "-2"}
