"""When an action slips, and how far, in words. The last line of a screen and the detail of an action say it."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from tui_plan.insight.action_rows import ActionRow
from tui_plan.model.date_words import distance
from tui_plan.model.vocabulary import OPEN_STATUSES


def slips_from(row: ActionRow, before: date | None) -> bool:
    """Return whether an action is expected after its agreed day now, and later than ``before``, if that was known."""
    if not row.is_open or row.agreed is None or row.expected is None or row.expected <= row.agreed:
        return False
    return before is None or row.expected > before


def is_slipped(values: Mapping[str, Any]) -> bool:
    """Return whether an action with these ``values`` is open and expected after its agreed day."""
    agreed, forecast = values["agreed"], values["forecast"]
    return values["status"] in OPEN_STATUSES and None not in {agreed, forecast} and bool(forecast > agreed)


def slip_words(agreed: date | None, expected: date | None) -> str:
    """Return how far an action is expected past its agreed date, such as ``2 weeks past the agreed date``."""
    return distance(agreed, expected, past="past the agreed date") if agreed and expected else ""
