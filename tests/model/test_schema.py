"""The schema as a whole: what every record must have for the store, the ledger and as-of to work with it."""

from pathlib import Path

import pytest

from tui_plan.model.base import Record, database
from tui_plan.model.schema import LETTERS, RECORDS, TABLES, table_name


@pytest.mark.parametrize("model", RECORDS, ids=table_name)
def test_a_record_says_where_it_belongs(model: type[Record]) -> None:
    fields = model._meta.fields
    assert model.noun != "record"
    assert model.stands_alone or model.parent
    assert not model.parent or fields[model.parent].rel_model in RECORDS
    assert model.calendar_fields <= fields.keys()
    assert not model.calendar_part_of or model.calendar_part_of in fields
    needs_sequence = bool(model.calendar_fields)
    assert ("sequence" in fields) is needs_sequence


@pytest.mark.parametrize("model", LETTERS, ids=table_name)
def test_what_people_quote_has_a_number_and_a_name(model: type[Record]) -> None:
    assert model._meta.fields["number"].unique
    assert {"title", "name"} & model._meta.fields.keys()


def test_tables_stand_in_the_order_of_their_references() -> None:
    seen: set[type[Record]] = set()
    for model in RECORDS:
        seen.add(model)
        assert set(model._meta.refs.values()) <= seen


def test_every_reference_has_an_index(plan_database: Path) -> None:
    for model in TABLES:
        name = table_name(model)
        indexes = database.get_indexes(name)
        first = {index.columns[0] for index in indexes}
        assert {field.column_name for field in model._meta.refs} <= first, name
