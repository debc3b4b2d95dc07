"""The folder of calendar files follows the plan, and nobody else's file is touched."""

import stat
from pathlib import Path

import pytest

from tui_plan.exchange.vdir import VdirChange, write_vdir
from tui_plan.model.errors import InvalidInput, NotFound

ONE, TWO, OTHER = "1" * 32, "2" * 32, "3" * 32
MARKS = (b"PRODID:ours", b"X-WR-RELCALID:plan")
DATA = b"BEGIN:VCALENDAR\r\nPRODID:ours\r\nX-WR-RELCALID:plan\r\nEND:VCALENDAR\r\n"


def test_writes_one_private_file_for_each_uid_and_its_name_and_colour(tmp_path: Path) -> None:
    folder = tmp_path / "plan"
    done = write_vdir(folder, {ONE: DATA, f"{TWO}-start": DATA}, MARKS, name="Our\nplan", colour="#a1b2c3")
    assert done == VdirChange(written=4, unchanged=0, removed=0)
    assert sorted(path.name for path in folder.iterdir()) == [f"{ONE}.ics", f"{TWO}-start.ics", "color", "displayname"]
    assert (folder / "displayname").read_text() == "Our plan"
    assert (folder / "color").read_text() == "#A1B2C3"
    assert stat.S_IMODE((folder / f"{ONE}.ics").stat().st_mode) == 0o600


def test_an_unchanged_file_is_not_written_again(tmp_path: Path) -> None:
    write_vdir(tmp_path, {ONE: DATA, TWO: DATA}, MARKS, name="Plan")
    before = (tmp_path / f"{ONE}.ics").stat().st_mtime_ns
    done = write_vdir(tmp_path, {ONE: DATA, TWO: DATA + b"\r\n"}, MARKS, name="Plan")
    assert done == VdirChange(written=1, unchanged=2, removed=0)
    assert (tmp_path / f"{ONE}.ics").stat().st_mtime_ns == before


def test_only_our_own_files_of_this_calendar_are_removed(tmp_path: Path) -> None:
    kept = {
        f"{OTHER}.ics": DATA.replace(b":plan", b":another plan"),
        f"{'4' * 32}.ics": DATA.replace(b":ours", b":khal"),
        "dentist.ics": DATA,
        f"{'5' * 32}.txt": DATA,
        "notes.md": b"mine",
    }
    for name, data in kept.items():
        (tmp_path / name).write_bytes(data)
    precious = tmp_path.parent / "precious"
    precious.write_bytes(DATA)
    (tmp_path / f"{'6' * 32}.ics").symlink_to(precious)
    (tmp_path / f"{'7' * 32}.ics").mkdir()
    write_vdir(tmp_path, {ONE: DATA, TWO: DATA}, MARKS)
    assert write_vdir(tmp_path, {ONE: DATA}, MARKS) == VdirChange(written=0, unchanged=1, removed=1)
    assert not (tmp_path / f"{TWO}.ics").exists()
    assert all((tmp_path / name).read_bytes() == data for name, data in kept.items())
    assert (tmp_path / f"{'6' * 32}.ics").is_symlink()
    assert (tmp_path / f"{'7' * 32}.ics").is_dir()


def test_bad_places_and_colours_are_refused_before_anything_is_written(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"x")
    with pytest.raises(InvalidInput, match="not a folder"):
        write_vdir(tmp_path / "file", {}, MARKS)
    with pytest.raises(NotFound, match="no folder"):
        write_vdir(tmp_path / "no" / "where", {}, MARKS)
    with pytest.raises(InvalidInput, match="no colour"):
        write_vdir(tmp_path / "new", {ONE: DATA}, MARKS, colour="red")
    assert not (tmp_path / "new").exists()


@pytest.mark.parametrize("uid", ["", "..", "../escape", "A" * 32, "1" * 31, f"{ONE}/x", f"{ONE}\n"])
def test_a_uid_that_is_none_is_a_programming_mistake(tmp_path: Path, uid: str) -> None:
    with pytest.raises(ValueError, match="not the uid"):
        write_vdir(tmp_path, {uid: DATA}, MARKS)
    assert list(tmp_path.iterdir()) == []
