"""Single values between TOML and a record's fields: strict about types on the way in, exact on the way out.

Only the TOML reader and writer call this.
"""

import json
from datetime import date, datetime
from decimal import Decimal
from functools import cache
from typing import Any

from peewee import BooleanField, Field, ForeignKeyField, IntegerField, TextField

from tui_plan.exchange.toml_table import Table
from tui_plan.model.base import AmountField, DayField, MomentField
from tui_plan.model.clean import MANY_LINES, clean
from tui_plan.model.errors import InvalidInput

JSON_LISTS = frozenset({"headings", "cells"})
JSON_TABLES = frozenset({"mapping"})
"""Fields of a source that hold JSON, and stand in the file as what that JSON says."""


def to_toml(name: str, value: Any) -> Any:
    """Return a record's value as ``tomli_w`` writes it; an amount keeps every digit."""
    if name in JSON_LISTS or name in JSON_TABLES:
        return json.loads(value)
    if isinstance(value, Decimal):
        exponent = value.as_tuple().exponent
        return int(value) if exponent == 0 else value
    return value


def from_toml(table: Table, name: str, value: Any) -> Any:
    """Return what stands in the file as the field's own type; ``InvalidInput`` says what was expected."""
    if name in JSON_LISTS:
        return _json_list(name, value)
    if name in JSON_TABLES:
        return _json_table(name, value)
    return _typed(table.model._meta.fields[name], value)


def empty_value(table: Table, name: str) -> Any:
    """Return the value that a rule is asked about when a required key is missing."""
    if name in JSON_LISTS or name in JSON_TABLES:
        return "[]" if name in JSON_LISTS else "{}"
    field = table.model._meta.fields[name]
    return "" if isinstance(field, TextField) and not isinstance(field, ForeignKeyField) else None


def _typed(field: "Field[Any]", value: Any) -> Any:
    """Return ``value`` as ``field`` holds it, if it has the right type; True is no number, and a moment is no day."""
    kind: Any = type(field)
    types, words = _expected(kind)
    moment = isinstance(value, datetime)
    wrong = isinstance(value, bool) != (types is bool) or (types is date and moment) or (moment and value.tzinfo)
    if wrong or not isinstance(value, types):
        raise InvalidInput(f"{field.name} must be {words}.")
    return Decimal(value) if isinstance(field, AmountField) else value


_TYPES: tuple[tuple[Any, Any, str], ...] = (
    (BooleanField, bool, "true or false"),
    (AmountField, int | Decimal, "a number such as 12 or 0.5, without quotes"),
    (MomentField, datetime, "a day and a time such as 2026-12-31T09:30:00, without quotes or a time zone"),
    (DayField, date, "a date such as 2026-12-31, without quotes"),
    (IntegerField, int, "a whole number, without quotes"),
    (Field, str, "a text in quotes"),
)


@cache
def _expected(field: type) -> tuple[Any, str]:
    """Return the types that a kind of field takes, and the words for them."""
    return next((types, words) for kind, types, words in _TYPES if issubclass(field, kind))


def _json_list(name: str, value: Any) -> str:
    if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
        raise InvalidInput(f"{name} must be a list of texts.")
    return json.dumps([_cell(item) for item in value], ensure_ascii=False)


def _json_table(name: str, value: Any) -> str:
    if not isinstance(value, dict) or not all(isinstance(item, str) for item in value.values()):
        raise InvalidInput(f"{name} must give a text for each heading.")
    return json.dumps({_cell(key): _cell(item) for key, item in value.items()}, ensure_ascii=False)


def _cell(text: str) -> str:
    kept = clean(text, lines=True)
    if len(kept) > MANY_LINES:
        raise InvalidInput(f"A cell holds {len(kept):,} characters; shorten it to {MANY_LINES:,}.")
    return kept
