"""The register: dated entries about the plan and its people: who champions it, how each partner stands to it."""

from collections.abc import Mapping
from datetime import date
from typing import Any, TypedDict, Unpack

from tui_plan.model.places import quoted, stored_row
from tui_plan.model.register import RegisterEntry
from tui_plan.model.store import Author, change
from tui_plan.model.vocabulary import EntryKind, Support
from tui_plan.operations.checking import Rule, checked, day, line, looked_at, reference, refuse, word


class EntryValues(TypedDict, total=False):
    """One entry; ``party`` and ``plan`` are uids, ``level`` a word of ``Support``."""

    kind: str
    title: str
    on: date | None
    party: str | None
    plan: str | None
    level: str
    evidence: str


ENTRY_RULES: dict[str, Rule] = {
    "kind": word(EntryKind, "The kind of entry"),
    "title": line("The entry", required=True, limit=1_000),
    "on": day("The day", required=True),
    "party": reference,
    "plan": reference,
    "level": word(Support, "The support", optional=True),
    "evidence": line("The evidence", limit=1_000),
}


def add_entry(author: Author, **values: Unpack[EntryValues]) -> str:
    """Add an entry to the register and return its uid."""
    kept, problems = looked_at({"kind": "", "title": "", "on": None, **values}, ENTRY_RULES)
    refuse(entry_problems(kept) | problems)
    with change(author, f"Added to the register: {kept['kind']} “{kept['title'][:60]}”") as writer:
        return writer.create(RegisterEntry, **kept)


def edit_entry(author: Author, uid: str, *, version_seen: int | None = None, **values: Unpack[EntryValues]) -> bool:
    """Change an entry of the register; return whether anything changed."""
    kept = checked(values, ENTRY_RULES)
    with change(author, "Edited the register") as writer:
        row = stored_row(RegisterEntry, uid)
        writer.summary = f"Edited {quoted(RegisterEntry, row)}"
        refuse(entry_problems(row | kept))
        return writer.update(RegisterEntry, uid, kept, version=version_seen)


def remove_entry(author: Author, uid: str) -> None:
    """Remove an entry that was made by mistake."""
    with change(author, "Removed from the register") as writer:
        writer.summary = f"Removed {quoted(RegisterEntry, stored_row(RegisterEntry, uid))}"
        writer.delete(RegisterEntry, uid)


def entry_problems(row: Mapping[str, Any]) -> dict[str, str]:
    """Return a sentence by field where an entry lacks what its kind needs."""
    problems = {}
    if not row.get("party"):
        problems["party"] = "Say whom it is about."
    if row.get("kind") == EntryKind.SUPPORT and not row.get("level"):
        problems["level"] = f"Say how they stand to the plan: {', '.join(Support)}."
    return problems
