"""What all tests share: a real database file of their own, a known author, and a known today."""

import shutil
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from tests.people_world import PeopleWorld, build_people_world
from tests.quality_plan import QualityPlan, build_quality_plan
from tui_plan.model.database import close_database, create_database, open_database
from tui_plan.model.store import Author


@pytest.fixture
def today() -> date:
    """A Monday in the middle of the sample plans."""
    return date(2026, 3, 16)


@pytest.fixture
def author() -> Author:
    return Author(login="ana")


@pytest.fixture
def plan_database(tmp_path: Path) -> Iterator[Path]:
    """An empty plan database, open for the length of the test."""
    path = tmp_path / "plan.db"
    create_database(path)
    yield path
    close_database()


@pytest.fixture(scope="session")
def quality_file(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, QualityPlan]:
    """A database with the small quality plan, written once; tests work on copies."""
    path = tmp_path_factory.mktemp("quality") / "plan.db"
    create_database(path)
    built = build_quality_plan(Author(login="ana"))
    close_database()
    return path, built


@pytest.fixture
def quality(quality_file: tuple[Path, QualityPlan], tmp_path: Path) -> Iterator[QualityPlan]:
    """The small quality plan, open for the length of the test."""
    path, built = quality_file
    open_database(Path(shutil.copy(path, tmp_path / "quality.db")))
    yield built
    close_database()


@pytest.fixture(scope="session")
def people_file(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, PeopleWorld]:
    """A database with a small partnership, written once; tests work on copies."""
    path = tmp_path_factory.mktemp("people") / "plan.db"
    create_database(path)
    built = build_people_world()
    close_database()
    return path, built


@pytest.fixture
def world(people_file: tuple[Path, PeopleWorld], tmp_path: Path) -> Iterator[PeopleWorld]:
    """The small partnership, open for the length of the test."""
    path, built = people_file
    open_database(Path(shutil.copy(path, tmp_path / "people.db")))
    yield built
    close_database()


@pytest.fixture(autouse=True)
def isolated_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Keep tests away from the user's files, and their screens the same on every machine."""
    for name in ("XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME", "XDG_CACHE_HOME", "HOME"):
        monkeypatch.setenv(name, str(tmp_path / name.casefold()))
    for name in ("NO_COLOR", "TUI_PLAN_DB", "TEXTUAL_THEME"):
        monkeypatch.delenv(name, raising=False)
