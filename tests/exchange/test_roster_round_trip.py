"""What stands on a roster goes out to a sheet and comes back the same; a file brought in twice is brought in once."""

import csv
import io
from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.exchange.roster_samples import TODAY, Tables, for_a_while, roster_now, rosters, write_roster
from tui_plan.exchange.roster_import import import_roster, rehearse_roster
from tui_plan.exchange.roster_reading import read_roster_table
from tui_plan.exchange.roster_sheet import roster_csv, roster_xlsx
from tui_plan.exchange.vcard_reading import read_vcards
from tui_plan.exchange.vcard_writing import roster_vcards
from tui_plan.model.base import database, rows
from tui_plan.model.database import close_database, create_database
from tui_plan.model.errors import ImportProblem
from tui_plan.model.ledger import Change
from tui_plan.model.people import Party
from tui_plan.model.store import Author

AUTHOR = Author("ana")


@pytest.fixture(scope="module")
def plan(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """One database for all examples."""
    create_database(tmp_path_factory.mktemp("rosters") / "plan.db")
    database.execute_sql("PRAGMA synchronous=OFF")
    yield
    close_database()


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(rosters(), st.booleans(), st.booleans())
def test_a_roster_comes_back_from_its_own_sheet(plan: None, drawn: Tables, as_xlsx: bool, candid: bool) -> None:
    with for_a_while():
        write_roster(drawn)
        before = roster_now(with_remarks=candid)
        content, withheld = (roster_xlsx if as_xlsx else roster_csv)(TODAY, candid=candid)
        reading = read_roster_table(content, "roster.csv") if drawn[Party] else None
        if reading is not None:
            again = rehearse_roster(reading, today=TODAY)
            assert (again.changes_nothing, again.differences, again.looks, again.problems) == (True, [], [], [])
    assert bool(withheld) == (not candid and any(one["remarks"] for one in drawn[Party]))
    if reading is not None:
        with for_a_while():
            import_roster(AUTHOR, reading, today=TODAY)
            assert roster_now(with_remarks=candid) == before


HEADINGS = (
    "Name",
    "Kind",
    "Organisation",
    "Post",
    "Post in",
    "Since",
    "E-mail",
    "Phone",
    "Groups",
    "Short name",
    "UID",
)
_ONE, _TWO = "1" * 32, "2" * 32
CELLS = (
    st.sampled_from(["Ana Ruiz", "A. Ruiz", "Ruiz, Ana", "Ben", "HC", "Board"]),
    st.sampled_from(["", "", "", "", "organisation", "group", "post"]),
    st.sampled_from(["", "", "College", "School", "HC", "none"]),
    st.sampled_from(["", "", "Head (acting)", "Chair (acting)"]),
    st.sampled_from(["", "", "none", "School"]),
    st.sampled_from(["", "2025-01-01", "2026-01-01"]),
    st.sampled_from(["", "", "a@example.org", "b@example.org", "a@example.org; b@example.org"]),
    st.sampled_from(["", "0123 456", "0123456"]),
    st.sampled_from(["", "Board", "Board, Panel", "Panel (chair)", "Panel (lead); Board", "Board (north)"]),
    st.sampled_from(["", "", "HC", "College"]),
    st.sampled_from(["", "", "", _ONE, _TWO]),
)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.tuples(*CELLS), min_size=1, max_size=6), rosters())
def test_a_file_brought_in_again_changes_nothing(plan: None, table: list[tuple[str, ...]], there: Tables) -> None:
    text = io.StringIO(newline="")
    csv.writer(text).writerows([HEADINGS, *table])
    reading = read_roster_table(text.getvalue().encode(), "contacts.csv")
    with for_a_while():
        write_roster(there)
        try:
            first = import_roster(AUTHOR, reading, today=TODAY)
        except ImportProblem:
            assert rows(Change.select(Change.summary)) == ([("Made a roster",)] if any(there.values()) else [])
            return
        stands = roster_now(with_remarks=True)
        second = import_roster(AUTHOR, reading, today=TODAY)
        assert second.changes_nothing
        assert roster_now(with_remarks=True) == stands
        assert len(rows(Change.select(Change.id))) == bool(any(there.values())) + (not first.changes_nothing)


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(rosters())
def test_cards_brought_in_where_they_come_from_bring_nobody_new(plan: None, drawn: Tables) -> None:
    with for_a_while():
        write_roster(drawn)
        data = roster_vcards([one["uid"] for one in drawn[Party]], TODAY)
        assert data == roster_vcards([one["uid"] for one in drawn[Party]], TODAY)
        if data:
            outcome = rehearse_roster(read_vcards(data, "cards.vcf"), today=TODAY)
            assert (outcome.looks, outcome.problems) == ([], [])
            assert not [each for each in outcome.new if each.kind in {"person", "organisation"}]
