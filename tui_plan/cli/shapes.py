"""The shapes in which ``--json`` tells of records. They are documented in docs/json.md and stay as they are."""

from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from tui_plan.insight.action_rows import ActionRow
from tui_plan.insight.agenda import AgendaLine

if TYPE_CHECKING:
    from tui_plan.exchange.sheet_plan import ReadReport
    from tui_plan.insight.comparing import RecordChange
    from tui_plan.insight.findings import Finding
    from tui_plan.insight.history import FieldChange, HistoryLine


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


def moment_shape(at: datetime) -> str:
    """Return a moment (naive UTC) as ISO text with its Z."""
    return f"{at.isoformat()}Z"


def change_shape(line: "HistoryLine") -> dict[str, Any]:
    """Return one change of the ledger; ``at`` is UTC."""
    return {
        "number": line.number,
        "at": moment_shape(line.at),
        "typed_by": line.typed_by,
        "said_by": line.said_by or None,
        "channel": line.channel or None,
        "summary": line.summary,
        "undoes": line.undoes,
        "fields": [{"record": one.what, **field_shape(one)} for one in line.fields],
        "more_fields": line.more,
    }


def difference_shape(one: "RecordChange") -> dict[str, Any]:
    """Return what became of one record between two moments."""
    return {
        "what": one.what,
        "noun": one.noun,
        "ref": one.ref,
        "title": one.title,
        "words": one.words,
        "fields": [field_shape(field) for field in one.fields],
    }


def finding_shape(finding: "Finding") -> dict[str, Any]:
    """Return one remark of ``lint``."""
    return {"rule": finding.rule, "ref": finding.ref, "title": finding.title, "sentence": finding.sentence}


def report_shape(report: "ReadReport") -> dict[str, Any]:
    """Return what was recognised in a sheet, for programs."""
    areas, objectives, actions = report.counts
    return {
        "file": report.name,
        "heading_row": report.heading_row,
        "areas": areas,
        "objectives": objectives,
        "actions": actions,
        "columns": [{"heading": one.heading, "field": one.field} for one in report.columns.columns],
        "parties": [{"name": one.name, "kind": one.kind, "rows": one.rows} for one in report.parties],
        "dates": [{"text": text, "date": day, "rows": rows} for text, day, rows in report.dates],
        "words": [{"text": text, "rows": rows} for text, rows in report.words],
        "revised": [{"row": row, "first": first, "revised": last} for row, first, last in report.revised],
        "looks": [{"sentence": sentence, "rows": rows} for sentence, rows in report.looks],
        "remarks": report.remarks,
    }


def field_shape(field: "FieldChange") -> dict[str, Any]:
    """Return what became of one field."""
    return {"field": field.field, "before": field.before, "after": field.after}
