"""The shapes in which ``--json`` tells of records. They are documented in docs/json.md and stay as they are."""

from datetime import date
from typing import Any

from tui_plan.insight.action_rows import ActionRow
from tui_plan.insight.agenda import AgendaLine


def action_shape(row: ActionRow, today: date) -> dict[str, Any]:
    """Return an action of a list; ``date`` is the day now expected."""
    return {
        "ref": row.ref,
        "uid": row.uid,
        "title": row.title,
        "status": row.status,
        "confidence": row.confidence or None,
        "date": row.expected,
        "agreed": row.agreed,
        "forecast": row.forecast,
        "timescale_note": row.timescale_note,
        "overdue": row.overdue(today),
        "due_soon": row.due_soon(today),
        "blocked": row.blocked,
        "owners": [{"uid": one.uid, "name": one.name, "kind": one.kind, "role": one.role} for one in row.owners],
    }


def agenda_shape(line: AgendaLine) -> dict[str, Any]:
    """Return one entry of an agenda; ``time`` is local to the meeting, None for whole days."""
    return {
        "day": line.day,
        "time": f"{line.at:%H:%M}" if line.at else None,
        "kind": line.kind,
        "ref": line.ref,
        "uid": line.uid,
        "title": line.title,
        "plan": line.plan,
        "note": line.note,
    }
