"""The parts of an action in words, as the cells of papers and sheets hold them. The writers of both call this.

A part that holds nothing but words comes out as these words, so that what was imported goes out as it came.
"""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal

from tui_plan.insight.action_parts import CheckpointLine, MeasureLine, ReadingLine, ResourceLine, RoleLine
from tui_plan.model.dates import show_date
from tui_plan.model.vocabulary import PartyKind, ResourceKind


def names_of(roles: Iterable[RoleLine], kind: str) -> list[str]:
    """Return the names of the parties with a role of ``kind``, in order."""
    return [role.name for role in roles if role.kind == kind]


def party_words(role: RoleLine) -> str:
    """Return a party's name; a post with who holds it, or that it is vacant."""
    if role.party_kind != PartyKind.POST:
        return role.name
    return f"{role.name} ({', '.join(role.holders) or 'vacant'})"


def resource_words(resource: ResourceLine) -> str:
    """Return "staff time: the registrar, 12 days, 1,200 EUR, not secured"."""
    amounts = [_measured(resource.quantity, resource.unit), _cost(resource)]
    details = ", ".join(filter(None, [resource.description, *amounts]))
    if resource.kind == ResourceKind.OTHER and details == resource.description != "":
        return details + (", secured" if resource.secured else "")
    words = f"{resource.kind}: {details}" if details else resource.kind
    return words if resource.secured else f"{words}, not secured"


def checkpoint_words(checkpoint: CheckpointLine, style: str) -> str:
    """Return "2026-04-01: desk review, by Quality Board; held 2026-04-03: on course"."""
    words = ": ".join(filter(None, [show_date(checkpoint.due, style), checkpoint.method]))
    if checkpoint.reviewers:
        words += f", by {' and '.join(party_words(reviewer) for reviewer in checkpoint.reviewers)}"
    held = f"held {show_date(checkpoint.held_on, style)}" if checkpoint.held_on else ""
    result = ": ".join(filter(None, [held, checkpoint.result]))
    return "; ".join(filter(None, [words, result]))


def measure_words(measure: MeasureLine, style: str) -> str:
    """Return "More courses reviewed: from 10 to 50 courses by 2026-12-31, then every 6 months; latest 32 …"."""
    aim = _aim(measure.baseline, measure.target, measure.unit)
    aim = " ".join(filter(None, [aim, _due(measure, style)]))
    words = ": ".join(filter(None, [measure.statement, aim]))
    latest = _latest(measure.readings[-1], style) if measure.readings else ""
    return "; ".join(filter(None, [words, latest]))


def _due(measure: MeasureLine, style: str) -> str:
    if measure.due is None:
        return ""
    again = {None: "", 1: ", then every month"}.get(measure.every, f", then every {measure.every} months")
    return f"by {show_date(measure.due, style)}{again}"


def _latest(reading: ReadingLine, style: str) -> str:
    value = "" if reading.value is None else _number(reading.value)
    return f"latest {value or reading.remark} on {show_date(reading.taken_on, style)}"


def _aim(baseline: Decimal | None, target: Decimal | None, unit: str) -> str:
    first = "" if baseline is None else f"from {_number(baseline)}"
    last = "" if target is None else f"to {_number(target)}" if first else f"target {_number(target)}"
    return " ".join([first, last, unit]).strip() if first or last else ""


def _cost(resource: ResourceLine) -> str:
    return _measured(resource.cost, resource.currency)


def _measured(amount: Decimal | None, unit: str) -> str:
    return "" if amount is None else f"{_number(amount)} {unit}".rstrip()


def _number(amount: Decimal) -> str:
    return f"{amount:,f}"


def period_words(start: date | None, end: date | None, style: str) -> str:
    """Return "2026-01-10 – 2026-06-30", or as much of it as is known."""
    if start and end:
        return f"{show_date(start, style)} – {show_date(end, style)}"
    return f"from {show_date(start, style)}" if start else show_date(end, style)
