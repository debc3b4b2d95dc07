"""The shapes in which ``--json`` tells of momentum. They are documented in docs/json.md and stay as they are."""

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from tui_plan.cli.shapes import action_shape, field_shape

if TYPE_CHECKING:
    from tui_plan.insight.celebrating import Celebrated, Good
    from tui_plan.insight.drift import Adaptation, Drift
    from tui_plan.insight.evaluation import FirstOutcome, MeasureRow, QuickWin
    from tui_plan.insight.slips import Slip
    from tui_plan.insight.stalled import StalledObjective


def stalled_shape(line: "StalledObjective") -> dict[str, Any]:
    """Return a step objective that does not get on."""
    return {
        "ref": line.ref,
        "uid": line.uid,
        "title": line.title,
        "area": line.area,
        "plan": line.plan_name,
        "reasons": list(line.reasons),
        "open": line.actions,
        "heard": line.heard,
    }


def slip_shape(slip: "Slip") -> dict[str, Any]:
    """Return an action that does not happen as intended."""
    return {
        "ref": slip.ref,
        "uid": slip.action,
        "title": slip.title,
        "owners": list(slip.owners),
        "agreed": slip.agreed,
        "date": slip.expected,
        "days": slip.days,
        "assessed": slip.assessed,
    }


def measure_shape(row: "MeasureRow", today: date) -> dict[str, Any]:
    """Return an outcome measure with its readings; amounts are numbers in text, so that none loses a digit."""
    return {
        "uid": row.uid,
        "ref": row.action_ref,
        "action": row.action_title,
        "area": row.area_title,
        "plan": row.plan_name,
        "statement": row.statement,
        "unit": row.unit,
        "baseline": amount(row.baseline),
        "target": amount(row.target),
        "method": row.method,
        "collector": row.collector or None,
        "due": row.next_due,
        "every": row.every,
        "overdue": row.overdue(today),
        "reached": row.reached,
        "share": None if row.share is None else round(row.share, 4),
        "readings": [
            {"on": one.taken_on, "value": amount(one.value), "remark": one.remark, "evidence": one.evidence}
            for one in row.readings
        ],
    }


def first_shape(line: "FirstOutcome") -> dict[str, Any]:
    """Return when an area's first outcome was seen, or is expected."""
    return {
        "ref": line.ref,
        "area": line.title,
        "measure": line.measure.statement if line.measure else None,
        "action": line.measure.action_ref if line.measure else None,
        "seen": line.seen.taken_on if line.seen else None,
        "expected": line.expected,
    }


def win_shape(days: int, win: "QuickWin", today: date) -> dict[str, Any]:
    """Return an action that shows something within so many days."""
    return {"days": days, "shows": win.shows, "action": action_shape(win.action, today)}


def drift_shape(found: "Drift") -> dict[str, Any]:
    """Return how core components stand against a baseline."""
    return {
        "baseline": found.baseline or None,
        "core": found.core,
        "new": found.new,
        "standing": found.standing,
        "drifted": [
            {
                "ref": line.ref,
                "uid": line.uid,
                "title": line.title,
                "what": line.what,
                "fields": [{"record": one.what, **field_shape(one)} for one in line.changes],
                "adaptations": [_adaptation_shape(one) for one in line.adaptations],
            }
            for line in found.lines
        ],
        "elsewhere": [_adaptation_shape(one) for one in found.elsewhere],
        "hint": found.hint or None,
    }


def good_shape(good: "Good") -> dict[str, Any]:
    """Return something that is to be celebrated."""
    return {
        "ref": good.ref,
        "uid": good.uid,
        "noun": good.noun,
        "title": good.title,
        "on": good.on,
        "plan": good.plan_name or None,
    }


def celebrated_shape(line: "Celebrated") -> dict[str, Any]:
    """Return something that was celebrated."""
    return {
        "ref": line.ref,
        "uid": line.uid,
        "title": line.title,
        "on": line.on,
        "celebrated": line.celebrated_on,
        "thanked": line.thanked or None,
        "how": line.how,
    }


def amount(value: Decimal | None) -> str | None:
    """Return an amount as text without an exponent."""
    return None if value is None else f"{value:f}"


def _adaptation_shape(one: "Adaptation") -> dict[str, Any]:
    words = {"manner": one.manner or None, "fidelity": one.fidelity or None}
    return {"ref": one.ref, "uid": one.uid, "title": one.title, "on": one.on, **words}
