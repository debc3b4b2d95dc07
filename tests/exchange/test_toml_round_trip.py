"""A plan that is written as TOML and read into another database is the same plan, byte for byte and row for row."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from decimal import Decimal
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
import tomli_w
from hypothesis import HealthCheck, given, settings

from tests import strategies
from tests.quality_plan import QualityPlan
from tui_plan.exchange.json_writing import plan_json
from tui_plan.exchange.samples import SAMPLES, sample_document
from tui_plan.exchange.toml_importing import import_toml
from tui_plan.exchange.toml_reading import read_toml
from tui_plan.exchange.toml_writing import export_toml
from tui_plan.model.base import Record, rows
from tui_plan.model.checklist import CHECKLISTS, NextAction
from tui_plan.model.database import close_database, create_database
from tui_plan.model.partnership import Communication, MembershipRule
from tui_plan.model.people import PEOPLE, Alternate, Membership
from tui_plan.model.plan import Dependency, OutcomeMeasure, PlanPartner, Reading, Role
from tui_plan.model.register import REGISTER, EntryLink
from tui_plan.model.schema import RECORDS
from tui_plan.model.source import SourceRow
from tui_plan.model.store import Author
from tui_plan.operations.parts import add_reading

TODAY = date(2026, 3, 16)
ANA = Author("ana")
PEOPLE_TABLES = {model.__name__ for model in (*PEOPLE, MembershipRule, Communication, *CHECKLISTS, *REGISTER)}
"""Only parties that a plan uses travel with it, with what is kept of them."""

WITHOUT_UID = {PlanPartner, Membership, Alternate, Role, Dependency, SourceRow, NextAction, EntryLink}


@contextmanager
def empty_database(folder: Path, name: str) -> Iterator[None]:
    create_database(folder / name)
    try:
        yield
    finally:
        close_database()


def contents() -> dict[str, list[tuple[Any, ...]]]:
    """All rows of all tables, without the versions and without the uids of mere ties."""
    return {model.__name__: sorted(_rows(model), key=repr) for model in RECORDS}


def _rows(model: type[Record]) -> list[tuple[Any, ...]]:
    left_out = {"row_version"} | ({"uid"} if model in WITHOUT_UID else set())
    fields = [field for field in model._meta.sorted_fields if field.name not in left_out]
    return rows(model.select(*fields))


def into_another(folder: Path, first: bytes) -> tuple[bytes, dict[str, list[tuple[Any, ...]]]]:
    with empty_database(folder, "second.db"):
        made = import_toml(ANA, read_toml(first), today=TODAY)
        assert made.remarks == ()
        return export_toml(made.plan), contents()


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(strategies.plans())
def test_any_plan_comes_back_equal(tables: strategies.Tables) -> None:
    with TemporaryDirectory() as name:
        folder = Path(name)
        document = read_toml(tomli_w.dumps(tables, multiline_strings=True).encode())
        with empty_database(folder, "first.db"):
            first, here = export_toml(import_toml(ANA, document, today=TODAY).plan), contents()
        second, there = into_another(folder, first)
        assert second == first
        for table, many in there.items():
            assert not [row for row in many if row not in here[table]]
            assert table in PEOPLE_TABLES or len(many) == len(here[table])


@pytest.mark.parametrize("name", SAMPLES)
def test_a_sample_comes_back_with_every_row(name: str, tmp_path: Path) -> None:
    with empty_database(tmp_path, "first.db"):
        made = import_toml(ANA, sample_document(name, TODAY), today=TODAY)
        first, here = export_toml(made.plan), contents()
    second, there = into_another(tmp_path, first)
    assert second == first
    assert there == here


def test_readings_of_one_day_come_back_as_they_were_entered(quality: QualityPlan, author: Author) -> None:
    (measure,) = [uid for (uid,) in rows(OutcomeMeasure.select(OutcomeMeasure.uid))]
    for value in range(20, 28):
        add_reading(author, measure, taken_on=TODAY, value=Decimal(value))
    written = read_toml(export_toml(quality.plan)).rows[Reading]
    assert [row["value"] for row in written if row["taken_on"] == TODAY] == [Decimal(value) for value in range(20, 28)]
    told = plan_json(quality.plan, TODAY)["plan"]["areas"][0]["objectives"][0]["actions"][0]["outcomes"][0]
    assert [one["value"] for one in told["readings"]][-8:] == [str(value) for value in range(20, 28)]
