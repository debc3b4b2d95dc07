"""What a file points at without holding it: whether it is in the database, and what becomes of the rows if it is not.

Only ``toml_fitting`` calls this. Nothing here writes; the number of questions is fixed.
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from tui_plan.exchange.toml_quoted import POINTERS, plural, pointed_at
from tui_plan.model.base import Record, portions, rows
from tui_plan.model.checklist import NextAction
from tui_plan.model.plan import Dependency
from tui_plan.model.register import EntryLink, RegisterEntry

Row = dict[str, Any]
_TIES = (Dependency, NextAction, EntryLink)
"""What is nothing where it leads nowhere."""

_WITHOUT: Mapping[tuple[type[Record], str], Row] = {(RegisterEntry, "stage"): {"gate": ""}}
"""What a record cannot say without what it named: a gate is that of a stage."""


def drop_outside(found: dict[type[Record], list[Row]]) -> Iterator[str]:
    """Let nothing point at what is not here, and yield a remark for each kind of record that lost something.

    What stands in another plan, or with somebody who stays as they stand, can only be named where it is.
    """
    lost = _lost(found)
    for model, names in POINTERS.items():
        leading = [(row, name) for row in found[model] for name in names if row.get(name) in lost]
        for row, name in leading:
            row.update({name: None} | _WITHOUT.get((model, name), {}))
        if leading:
            yield _left_out(model, len(leading))
        if model in _TIES:
            found[model] = [row for row in found[model] if any(row.get(name) for name in names)]


def present(model: type[Record], uids: Iterable[str]) -> set[str]:
    """Return those of ``uids`` that the database holds."""
    query = model.select(model.uid)
    return {uid for some in portions(uids) for (uid,) in rows(query.where(model.uid.in_(some)))}


def _lost(found: Mapping[type[Record], list[Row]]) -> set[str]:
    """Return the uids at which something points and that are neither in the file nor in the database."""
    outside: dict[type[Record], set[str]] = {}
    for model, uid in pointed_at(found):
        outside.setdefault(model, set()).add(uid)
    lost: set[str] = set()
    for model, uids in outside.items():
        missing = uids - {row["uid"] for row in found[model]}
        lost |= missing - present(model, missing)
    return lost


def _left_out(model: type[Record], count: int) -> str:
    if model is Dependency:
        were = "1 dependency on another plan was" if count == 1 else f"{count} dependencies on other plans were"
        return f"{were} left out: what is needed is not here."
    whose = {EntryLink: "the register", NextAction: "next steps"}.get(model) or plural(model)
    if count == 1:
        return f"1 link of {whose} was left out: what it leads to is not here."
    return f"{count} links of {whose} were left out: what they lead to is not here."
