"""What all tests share: a real database file of their own, a known author, and a known today."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from tui_plan.model.database import close_database, create_database
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
