"""Whatever two versions of a sheet hold: the first brought in again is no difference, nor the second once applied."""

import csv
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from uuid import uuid4

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from tui_plan.exchange.sheet_apply import apply_differences
from tui_plan.exchange.sheet_compare import Comparison, compare_with_plan
from tui_plan.exchange.sheet_import import import_plan
from tui_plan.exchange.sheet_reading import read_plan_file
from tui_plan.exchange.sheet_stored import find_source, stored_plan
from tui_plan.model.base import database
from tui_plan.model.database import close_database, create_database
from tui_plan.model.store import Author

HEADINGS = ("Theme", "Objective", "Action", "Who", "Due", "Revised", "Status", "Monitoring", "Outcome", "Notes", "Ref")
TODAY = date(2026, 3, 16)
CELLS = (
    st.sampled_from(["", "T", "U"]),
    st.sampled_from(["", "O", "P"]),
    st.sampled_from(["", "Ask the learners", "Ask all the learners", "Write", "Print", "Send"]),
    st.sampled_from(["", "A", "A and B", "B", "TBC", "A, Task Group", "Accountable: A; Responsible: B"]),
    st.sampled_from(["", "2026-05-01", "1 June 2026", "quarterly", "2026-04-01 to 2026-05-01"]),
    st.sampled_from(["", "2026-07-01", "later"]),
    st.sampled_from(["", "done", "started", "delayed"]),
    st.sampled_from(["", "Monthly", "=1+1", "two\nlines"]),
    st.sampled_from(["", "Report", "[/] 🎉"]),
    st.sampled_from(["", "Said", "one\ntwo"]),
    st.sampled_from(["", "1", "A-1"]),
)
TABLES = st.lists(st.tuples(*CELLS), min_size=1, max_size=6)


def _write(path: Path, table: list[tuple[str, ...]]) -> None:
    with path.open("w", newline="") as file:
        csv.writer(file).writerows([HEADINGS, *table])


def _compare(path: Path) -> Comparison:
    found = find_source(path.name)
    assert found is not None
    return compare_with_plan(read_plan_file(path), *found, today=TODAY)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """One database for all examples, each of which is a plan of its own: making a database takes longest."""
    path = tmp_path_factory.mktemp("sheets")
    create_database(path / "plan.db")
    database.execute_sql("PRAGMA synchronous=OFF")
    yield path
    close_database()


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.filter_too_much])
@given(TABLES, TABLES)
def test_a_change_that_was_applied_is_no_difference_any_more(
    folder: Path, first: list[tuple[str, ...]], second: list[tuple[str, ...]]
) -> None:
    assume(any(row[2] for row in first) and any(row[2] for row in second))
    path = folder / f"{uuid4().hex}.csv"
    _write(path, first)
    plan = import_plan(Author("ana"), read_plan_file(path), today=TODAY).plan
    assert _compare(path).differences == ()
    _write(path, second)
    comparison = _compare(path)
    assert comparison.clashes == 0
    apply_differences(Author("ana"), comparison, today=TODAY)
    assert _compare(path).differences == ()
    titles = {action.values["title"] for action in stored_plan(plan).actions.values()}
    assert {row[2] for row in second if row[2]} <= titles
