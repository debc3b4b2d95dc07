"""The shapes in which ``--json`` tells of the register. They are documented in docs/json.md and stay as they are."""

from datetime import date
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from tui_plan.insight.register import EntryDetail, EntryLine, Lead

_WORDS = ("level", "response", "manner", "fidelity", "disposition", "gate")
_NUMBERS = ("likelihood", "impact", "residual_likelihood", "residual_impact", "score", "residual", "intended", "active")


def entry_shape(line: "EntryLine", today: date) -> dict[str, Any]:
    """Return an entry of a list; words and numbers that its kind does not ask for are None."""
    return {
        "ref": line.ref,
        "uid": line.uid,
        "kind": line.kind,
        "title": line.title,
        "on": line.on,
        "plan": line.plan_name or None,
        "party": line.party_name or None,
        "due": line.due,
        "closed": line.closed_on,
        "open": line.is_open,
        "overdue": line.overdue(today),
        "candour": line.candour,
        **{name: getattr(line, name) or None for name in _WORDS},
        **{name: getattr(line, name) for name in _NUMBERS},
    }


def detail_shape(detail: "EntryDetail", today: date) -> dict[str, Any]:
    """Return one entry whole."""
    texts = ("evidence", "cause", "effect", "outcome")
    return {
        **entry_shape(detail.line, today),
        **{name: getattr(detail, name) for name in texts},
        **{name: getattr(detail, name) or None for name in ("stage", "meeting", "area")},
        "leads_to": [lead_shape(lead) for lead in detail.leads],
        "named_by": [lead_shape(lead) for lead in detail.led_from],
    }


def lead_shape(lead: "Lead") -> dict[str, Any]:
    """Return what an entry names, or what names it."""
    return {
        "ref": lead.ref,
        "uid": lead.uid,
        "noun": lead.noun,
        "title": lead.title,
        "status": lead.status or None,
        "day": lead.day,
    }
