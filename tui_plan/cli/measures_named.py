"""Outcome measures as they are named on the command line: by their action, and by their place where it has several."""

from tui_plan.insight.finding import find_record
from tui_plan.model.base import rows
from tui_plan.model.errors import InvalidInput, NotFound
from tui_plan.model.plan import Action, OutcomeMeasure


def measure_called(text: str) -> str:
    """Return the uid of the outcome measure that ``A-12`` (its only one) or ``A-12:2`` (its second) names."""
    ref, _, place = text.partition(":")
    found = find_record(ref, Action)
    measures = measures_under(found.uid)
    if not measures:
        raise NotFound(f"{found.ref} has no outcome measure yet: add one in the terminal.")
    if not place and len(measures) == 1:
        return measures[0]
    at = int(place) if place.isascii() and place.isdecimal() and len(place) < 5 else 0
    if not 0 < at <= len(measures):
        raise InvalidInput(
            f"{found.ref} has {len(measures)} outcome measures: write {found.ref}:1 to {found.ref}:{len(measures)}."
            if len(measures) > 1
            else f"{found.ref} has one outcome measure: write {found.ref} alone."
        )
    return measures[at - 1]


def measures_under(action: str) -> list[str]:
    """Return the outcome measures of an action (uids) in their order."""
    query = OutcomeMeasure.select(OutcomeMeasure.uid).where(OutcomeMeasure.action == action)
    return [uid for (uid,) in rows(query.order_by(OutcomeMeasure.position))]
