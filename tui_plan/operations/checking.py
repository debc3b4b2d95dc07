"""How operations look at values before they are kept: each field of a record has one rule.

A rule takes what was typed and returns what is kept, or raises ``InvalidInput`` with a sentence for that field.
Used by ``operations``, and by ``exchange`` where a file's values must obey the same rules.
"""

import re
from collections.abc import Callable, Collection, Mapping
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Any

from tui_plan.model.clean import MANY_LINES, ONE_LINE, clean
from tui_plan.model.errors import InvalidInput

Rule = Callable[[Any], Any]
_YEARS = range(1900, 2201)
_CURRENCY = re.compile(r"[A-Z]{3}", re.ASCII)


def checked(values: Mapping[str, Any], rules: Mapping[str, Rule]) -> dict[str, Any]:
    """Return ``values`` as they are kept; raise one ``InvalidInput`` that holds the problem of every field."""
    kept, problems = looked_at(values, rules)
    refuse(problems)
    return kept


def looked_at(values: Mapping[str, Any], rules: Mapping[str, Rule]) -> tuple[dict[str, Any], dict[str, str]]:
    """Return the values that can be kept, and a sentence for each field that cannot."""
    kept: dict[str, Any] = {}
    problems: dict[str, str] = {}
    for name, value in values.items():
        try:
            kept[name] = rules[name](value)
        except InvalidInput as problem:
            problems[name] = str(problem)
    return kept, problems


def refuse(problems: Mapping[str, str]) -> None:
    """Raise one ``InvalidInput`` that holds all ``problems`` by field, if there are any."""
    if problems:
        raise InvalidInput(next(iter(problems.values())), problems=problems)


def line(what: str, *, required: bool = False, limit: int = ONE_LINE) -> Rule:
    """A text on one line."""
    return _text(what, lines=False, required=required, limit=limit)


def paragraph(what: str, *, required: bool = False) -> Rule:
    """A text that may run over several lines."""
    return _text(what, lines=True, required=required, limit=MANY_LINES)


def word(vocabulary: type[StrEnum], what: str, *, optional: bool = False) -> Rule:
    """One word of a vocabulary, or nothing where it is optional."""

    def rule(value: Any) -> str:
        if optional and not value:
            return ""
        try:
            return vocabulary(value).value
        except ValueError as problem:
            raise InvalidInput(f"{what} is one of: {', '.join(vocabulary)}.") from problem

    return rule


def day(what: str, *, required: bool = False) -> Rule:
    """A calendar day between 1900 and 2200, or nothing."""

    def rule(value: Any) -> date | None:
        if value is None:
            if required:
                raise InvalidInput(f"{what} needs a date, such as 2026-12-31.")
            return None
        if not isinstance(value, date) or isinstance(value, datetime) or value.year not in _YEARS:
            raise InvalidInput(f"{what} must be a date between 1900 and 2200.")
        return value

    return rule


def amount(what: str, *, negative: bool = False) -> Rule:
    """An exact decimal, or nothing."""

    def rule(value: Any) -> Decimal | None:
        if value is None:
            return None
        if not isinstance(value, Decimal) or not value.is_finite() or abs(value.adjusted()) > 15:
            raise InvalidInput(f"{what} must be a number, such as 12 or 0.5.")
        if value < 0 and not negative:
            raise InvalidInput(f"{what} cannot be less than 0.")
        return value

    return rule


def currency(value: Any) -> str:
    """A currency code of ISO 4217's form, or nothing."""
    code = clean(str(value)).upper()
    if code and not _CURRENCY.fullmatch(code):
        raise InvalidInput("The currency is three letters, such as USD or EUR.")
    return code


def whole(what: str, first: int, last: int, *, optional: bool = False) -> Rule:
    """A whole number from ``first`` to ``last``, or nothing where it is optional."""

    def rule(value: Any) -> int | None:
        if optional and value is None:
            return None
        if not isinstance(value, int) or isinstance(value, bool) or not first <= value <= last:
            raise InvalidInput(f"{what} is a whole number from {first} to {last}.")
        return value

    return rule


def yes_no(value: Any) -> bool:
    """True or false."""
    return bool(value)


def reference(value: Any) -> str | None:
    """The uid of a record, or nothing; the database itself refuses a uid that leads nowhere."""
    return value or None


def as_day(value: date | str | None) -> date | None:
    """Return a stored or typed day as a date."""
    return date.fromisoformat(value) if isinstance(value, str) else value


def order_problems(
    row: Mapping[str, Any], first: tuple[str, str], last: tuple[str, str], touched: Collection[str]
) -> dict[str, str]:
    """Return a sentence where the last of two days comes before the first, under the field that was touched.

    ``first`` and ``last`` are a field of ``row`` and its words; two days that nobody touches are left alone.
    """
    blamed = [name for name in (last[0], first[0]) if name in touched]
    begin, end = as_day(row.get(first[0])), as_day(row.get(last[0]))
    if not blamed or begin is None or end is None or begin <= end:
        return {}
    return {blamed[0]: f"{last[1]} ({end.isoformat()}) comes before {first[1]} ({begin.isoformat()})."}


def in_order(first: tuple[str, date | None], last: tuple[str, date | None], field: str) -> None:
    """Raise ``InvalidInput`` when both days are known and the last comes before the first."""
    days = {field: last[1], "": first[1]}
    refuse(order_problems(days, ("", first[0]), (field, last[0]), {field}))


def _text(what: str, *, lines: bool, required: bool, limit: int) -> Rule:
    def rule(value: Any) -> str:
        if not isinstance(value, str | None):
            raise InvalidInput(f"{what} must be text.")
        kept = clean(value or "", lines=lines)
        if required and not kept:
            raise InvalidInput(f"{what} cannot be empty.")
        if len(kept) > limit:
            raise InvalidInput(f"{what} is {len(kept):,} characters long; shorten it to {limit:,}.")
        return kept

    return rule
