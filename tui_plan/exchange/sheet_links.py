"""What depends on what in a sheet, by reference or by title. Only ``sheet_reading`` calls this."""

import re
from collections import Counter
from dataclasses import replace
from graphlib import CycleError, TopologicalSorter

from tui_plan.exchange.sheet_plan import Findings, ReadAction, Rows
from tui_plan.model.clean import name_key

_SPLIT = re.compile(r"[,;&\n]|\band\b", re.IGNORECASE)
_BEFORE = re.compile(r"^(?:action|task|activity|step|no\.?|nr\.?|row|after|#)+\s*[#:]?\s*(?=\S)", re.IGNORECASE)


def linked(actions: dict[int, ReadAction], texts: dict[int, str], findings: Findings) -> dict[int, ReadAction]:
    """Return ``actions`` with what ``texts``, the dependency cells by row, say; what leads nowhere becomes a note.

    A reference that stands in several rows identifies none of them. A circle is a problem.
    """
    if not texts:
        return actions
    named = _named(actions)
    changed = dict(actions)
    for row, text in texts.items():
        found, whole = _rows_named(text, named)
        changed[row] = replace(actions[row], depends_on=tuple(sorted(found - {row})))
        if not whole:
            note = f"Depends on: {text}"
            changed[row] = replace(changed[row], notes=(*actions[row].notes, note))
            findings.look(row, f"depends on “{text}”, which is no reference or title in the file: kept as a note")
        if row in found:
            findings.problem(row, "the action depends on itself.")
    _check_circles(changed, findings)
    return changed


def _named(actions: dict[int, ReadAction]) -> dict[str, int]:
    """References go before titles; whatever is not unique is left out."""
    titles = [(name_key(action.title), row) for row, action in actions.items()]
    refs = [(name_key(action.ref), row) for row, action in actions.items() if action.ref]
    return _unique(titles) | _unique(refs)


def _unique(keys: list[tuple[str, int]]) -> dict[str, int]:
    counts = Counter(key for key, _ in keys)
    return {key: row for key, row in keys if counts[key] == 1}


def _rows_named(text: str, named: dict[str, int]) -> tuple[set[int], bool]:
    """Return the rows that ``text`` names, and whether all of it was understood."""
    if name_key(text) in named:
        return {named[name_key(text)]}, True
    parts = [part.strip() for part in _SPLIT.split(text) if part.strip()]
    rows = [named.get(name_key(part), named.get(name_key(_BEFORE.sub("", part)))) for part in parts]
    return {row for row in rows if row is not None}, None not in rows


def _check_circles(actions: dict[int, ReadAction], findings: Findings) -> None:
    graph: dict[int, Rows] = {row: action.depends_on for row, action in actions.items() if action.depends_on}
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as error:
        circle = " → ".join(f"row {row}" for row in reversed(error.args[1]))
        findings.problem(error.args[1][0], f"the actions depend on each other in a circle: {circle}.")
