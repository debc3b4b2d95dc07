"""Generated outcome measures: two in three are read every quarter, the others now and then, some of them late."""

from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal
from random import Random
from typing import Any

from tests.bench import words
from tests.bench.roster import uid

_QUARTER = 91


def make_measure(
    rng: Random, action: str, due: date, persons: Sequence[str], span: tuple[date, date]
) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    """Return a measure of an action, and its readings. ``span`` are the first and the last day of the plan so far."""
    measure = {
        "uid": uid(rng),
        "action": action,
        "statement": words.title(rng),
        "unit": "people",
        "baseline": Decimal(rng.randrange(50)),
        "target": Decimal(rng.randrange(50, 500)),
        "due": due,
    }
    began, today = span
    if rng.random() < 0.33:
        days = [today - timedelta(days=rng.randrange(1, 300)) for _ in range(rng.randrange(3))]
        return measure, [_reading(rng, measure, day) for day in days]
    regular = {
        "method": words.reason(rng),
        "collector": rng.choice(persons),
        "due": began + timedelta(days=_QUARTER),
        "every": 3,
    }
    quarters = range(_QUARTER, (today - began).days - (_QUARTER if rng.random() < 0.3 else 0), _QUARTER)
    return measure | regular, [_reading(rng, measure, began + timedelta(days=days)) for days in quarters]


def _reading(rng: Random, measure: dict[str, Any], taken_on: date) -> dict[str, Any]:
    return {
        "uid": uid(rng),
        "measure": measure["uid"],
        "taken_on": taken_on,
        "value": Decimal(rng.randrange(4000)) / 10,
    }
