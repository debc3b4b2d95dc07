"""Databases for the screens, made once and copied for each test, and the program running on one of them."""

import os
import shutil
import time
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest

from tests.screens.people import make_people
from tests.screens.plans import make_empty, make_federal, make_hostile, make_small
from tests.screens.register_plan import make_register
from tests.screens.stages import make_stages
from tests.screens.working_plan import make_working
from tui_plan.model.database import close_database, create_database
from tui_plan.session import Session

MAKERS = {
    "small": make_small,
    "federal": make_federal,
    "hostile": make_hostile,
    "empty": make_empty,
    "people": make_people,
    "register": make_register,
    "stages": make_stages,
    "working": make_working,
}


@pytest.fixture(scope="session")
def ready_databases(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Path]:
    """Return the function that gives a database by name, made when it is first wanted."""
    folder = tmp_path_factory.mktemp("ready")

    def ready(name: str) -> Path:
        path = folder / f"{name}.db"
        if not path.exists():
            create_database(path)
            try:
                MAKERS[name]()
            finally:
                close_database()
        return path

    return ready


@pytest.fixture
def session_on(ready_databases: Callable[[str], Path], tmp_path: Path, today: date) -> Callable[[str], Session]:
    """Return the function that gives a session on a copy of a named database."""

    def session(name: str) -> Session:
        path = tmp_path / f"{name}.db"
        shutil.copy(ready_databases(name), path)
        return Session(database=path, login="ana", state_folder=tmp_path / "state", today=today, theme="textual-dark")

    return session


@pytest.fixture(autouse=True)
def one_time_zone(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Let every machine's clock show the same."""
    monkeypatch.setenv("TZ", "UTC")
    time.tzset()
    yield
    os.environ.pop("TZ", None)
    time.tzset()
