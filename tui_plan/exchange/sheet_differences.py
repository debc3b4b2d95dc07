"""Telling in plain text how a changed file differs from its plan: what a dry run of a re-import prints.

The command line calls it; whoever prints the lines cleans them again.
"""

from tui_plan.exchange.sheet_changes import FieldChange
from tui_plan.exchange.sheet_compare import Comparison, Difference, DifferenceKind
from tui_plan.exchange.sheet_plan import rows_in_words
from tui_plan.exchange.sheet_report import short, trouble_lines, wrapped

_TITLES = {
    DifferenceKind.ADDED: "New",
    DifferenceKind.CHANGED: "Changed",
    DifferenceKind.RENAMED: "Renamed? The title is nearly the same: taken for the same action",
    DifferenceKind.MISSING: "No longer in the file: left as they are, unless --withdraw-missing",
}
_NAMES = {"agreed": "agreed date", "timescale_note": "timescale note", "needs": "depends on", "place": "stands under"}


def difference_lines(comparison: Comparison) -> list[str]:
    """Return all differences as lines of at most 80 characters, without colour."""
    by_kind = {kind: [one for one in comparison.differences if one.kind is kind] for kind in DifferenceKind}
    lines = [short(f"{comparison.read.report.name}, compared with the plan as it stands"), *_head(comparison, by_kind)]
    for kind, differences in by_kind.items():
        if differences:
            lines += ["", _TITLES[kind], *(line for one in differences for line in _difference(one))]
    return lines + trouble_lines(comparison.read.report, {one.row for one in comparison.differences if one.row})


def _head(comparison: Comparison, by_kind: dict[DifferenceKind, list[Difference]]) -> list[str]:
    in_file = sum(len(by_kind[kind]) for kind in DifferenceKind if kind is not DifferenceKind.MISSING)
    counts = [f"{len(found)} {kind}" for kind, found in by_kind.items() if found]
    counts.append(f"{len(comparison.read.actions) - in_file} unchanged")
    lines = wrapped(", ".join(counts) + ".")
    if comparison.clashes:
        fields = "field was" if comparison.clashes == 1 else "fields were"
        lines += wrapped(
            f"{comparison.clashes} {fields} changed in the file and in the plan (marked !): the plan's own value "
            "stays, unless --prefer-file."
        )
    if comparison.kept_notes:
        rows = rows_in_words(comparison.kept_notes)
        lines += wrapped(f"Notes are never removed by an import: remove them in the terminal ({rows}).")
    return lines


def _difference(difference: Difference) -> list[str]:
    where = f"row {difference.row}" if difference.row else ""
    head = "  ".join(filter(None, (difference.reference, where, difference.title)))
    return [short(f"  {head}"), *(line for change in difference.changes for line in _change(change))]


def _change(change: FieldChange) -> list[str]:
    name = _NAMES.get(change.field, change.field)
    after = change.after or "nothing"
    if change.clash:
        told = f"! {name}: {_quoted(change.before)} → {_quoted(after)}, but the plan has {_quoted(change.present)}"
    else:
        told = f"{name}: {_quoted(change.before or change.present)} → {_quoted(after)}"
    left = [f"“{short(text, 120)}” holds more than words: change it in the terminal" for text in change.left]
    return [f"  {line}" for text in (told, *left) for line in wrapped(text, 78)]


def _quoted(text: str) -> str:
    return short(" ".join(text.split()), 120) or "nothing"
