"""What an import says before it writes: the differences of a changed sheet, and the report as JSON."""

from typing import TYPE_CHECKING, Any

from tui_plan.cli.output import counted, crop_end
from tui_plan.insight.history import label

if TYPE_CHECKING:
    from tui_plan.exchange.sheet_changes import FieldChange
    from tui_plan.exchange.sheet_compare import Comparison, Difference
    from tui_plan.exchange.sheet_plan import ReadReport


def differences_told(comparison: "Comparison", width: int) -> list[str]:
    """Return the differences between a changed sheet and its plan as lines of ``width`` cells."""
    lines = [crop_end(line, width) for one in comparison.differences for line in _difference(one)]
    if comparison.clashes:
        lines += ["", f"{counted(comparison.clashes, 'clash', 'clashes')} (!): changed in the file and in the plan."]
        lines += ["The plan's value stays; --prefer-file takes the file's."]
    if any(one.row is None for one in comparison.differences):
        lines += ["", "What is no longer in the file stays in the plan; --withdraw-missing withdraws it."]
    return lines


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


def _difference(one: "Difference") -> list[str]:
    where = f"row {one.row}" if one.row is not None else ""
    head = f"{one.kind:<10}  {'  '.join(filter(None, (one.reference, where, one.title)))}"
    return [head, *(f"    {_field(change)}" for change in one.changes)]


def _field(change: "FieldChange") -> str:
    what = label(change.field)
    if change.clash:
        return f"! {what}: was {change.before or 'empty'}, the plan says {change.present}, the file {change.after}"
    before = f"{change.before} → " if change.before else ""
    return f"{what}: {before}{change.after or 'empty'}"
