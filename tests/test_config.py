"""The configuration: what ``init`` writes is read back, and what is wrong in it is told by its key."""

from pathlib import Path

import pytest

from tui_plan.config import Config, config_file, load_config, write_config
from tui_plan.model.dates import DateOrder, DateStyle
from tui_plan.model.errors import InvalidInput, Refused


def read(tmp_path: Path, text: str) -> Config:
    path = tmp_path / "config.toml"
    path.write_text(text, encoding="utf-8")
    return load_config(path)


def test_without_a_file_the_defaults_stand(tmp_path: Path) -> None:
    assert load_config(tmp_path / "none.toml") == Config()


def test_it_lies_where_xdg_says(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    assert config_file() == tmp_path / "tui-plan" / "config.toml"


@pytest.mark.parametrize("name", ["plan.db", 'quo"te.db', "back\\slash.db", "Pläne für 2026.db", "new\nline.db"])
def test_what_is_written_is_read_back(tmp_path: Path, name: str) -> None:
    path = tmp_path / "deep" / "config.toml"
    assert write_config(path, tmp_path / name)
    config = load_config(path)
    assert config.problems == ()
    assert config.database == Path(" ".join(str(tmp_path / name).split()))
    assert path.stat().st_mode & 0o777 == 0o600


def test_every_line_that_is_commented_out_is_right(tmp_path: Path) -> None:
    path = tmp_path / "config.toml"
    write_config(path, tmp_path / "plan.db")
    lines = path.read_text(encoding="utf-8").splitlines()
    shown = [line.removeprefix("# ") if line.startswith("# ") and " = " in line else line for line in lines]
    config = read(tmp_path, "\n".join(shown))
    assert config.problems == ()
    assert (config.name, config.date_order) == ("Ana Lopes", DateOrder.DAY_MONTH)
    assert config.keys == {"record.done": "d", "change.undo": "u,ctrl+z"}


def test_a_file_that_is_there_stays(tmp_path: Path) -> None:
    path = tmp_path / "config.toml"
    path.write_text("# mine\n")
    assert not write_config(path, tmp_path / "plan.db")
    assert path.read_text() == "# mine\n"


def test_a_place_that_cannot_be_written(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(Refused, match="cannot be written"):
        write_config(tmp_path / "file" / "config.toml", tmp_path / "plan.db")


def test_all_that_can_be_said(tmp_path: Path) -> None:
    config = read(
        tmp_path,
        """
        [database]
        path = "plans/plan.db"
        [identity]
        name = "Ana Lopes"
        [look]
        theme = "nord"
        date_format = "day-month"
        date_order = "month-day"
        week_start = "Sunday"
        [keys]
        "record.done" = "x"
        change.undo = "ctrl+z"
        """,
    )
    assert config == Config(
        database=tmp_path / "plans" / "plan.db",
        name="Ana Lopes",
        theme="nord",
        date_style=DateStyle.DAY_MONTH,
        date_order=DateOrder.MONTH_DAY,
        week_start=6,
        keys={"record.done": "x", "change.undo": "ctrl+z"},
    )


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("[look]\ndate_format = 'american'", "look.date_format must be one of iso, day-month."),
        ("[look]\nweek_start = 1", "look.week_start must be a weekday such as monday."),
        ("[look]\ntheme = true", "look.theme must be the name of a theme."),
        ("[look]\ncolor = 'red'", "look.color is not known."),
        ("[looks]\ntheme = 'nord'", "looks is not known; tables are database, identity, look, keys."),
        ("look = 3", "look must be a table, written as [look]."),
        ("[keys]\n'record.done' = 3", "keys.record.done must be keys in quotes"),
    ],
)
def test_a_wrong_entry_is_told_and_passed_over(tmp_path: Path, text: str, problem: str) -> None:
    config = read(tmp_path, text)
    assert len(config.problems) == 1
    assert problem in config.problems[0]
    assert Config(problems=config.problems) == config


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("[look", "is not written as TOML"),
        ("[database]\npath = 3", "database.path must be the path of a file"),
        ("#" * 100_001, "is far too long for a configuration"),
    ],
)
def test_a_file_that_cannot_be_followed(tmp_path: Path, text: str, problem: str) -> None:
    with pytest.raises(InvalidInput, match=problem):
        read(tmp_path, text)


def test_bytes_that_are_no_text(tmp_path: Path) -> None:
    (tmp_path / "config.toml").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(InvalidInput, match="is not written as TOML"):
        load_config(tmp_path / "config.toml")
