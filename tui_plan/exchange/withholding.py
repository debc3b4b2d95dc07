"""What stays in the house when a plan leaves it: what is candid of its notes, its register and its checklists.

The writers of TOML and JSON call ``withhold`` on what was gathered, and tell how much it was.
"""

from typing import NamedTuple

from tui_plan.exchange.candour import withheld_as_candid
from tui_plan.exchange.plan_gathering import Row, Rows, is_withheld
from tui_plan.model.base import portions, rows
from tui_plan.model.checklist import ChecklistItem
from tui_plan.model.plan import Note
from tui_plan.model.register import EntryLink, RegisterEntry
from tui_plan.model.vocabulary import Candour

ITEM_WORDS = ("successes", "challenges", "next_steps", "evidence")
"""What people say of an item; its rating is no secret."""


class Withheld(NamedTuple):
    """How many notes, entries of the register, and items of checklists (but for their rating) stayed in the house."""

    notes: int = 0
    entries: int = 0
    items: int = 0

    @property
    def sentence(self) -> str:
        """What is said of it; nothing where nothing was withheld."""
        return withheld_as_candid(entries=self.entries, notes=self.notes, items=self.items)


def withhold(found: Rows) -> Withheld:
    """Take what is candid out of the gathered rows, with the links that would name it; one question at most."""
    notes, entries = len(found[Note]), len(found[RegisterEntry])
    for model in (Note, RegisterEntry):
        found[model] = [row for row in found[model] if not is_withheld(model, row)]
    told = {row["uid"] for row in found[RegisterEntry]}
    outside = {row["other"] for row in found[EntryLink] if row["other"]} - told
    told |= _shareable(outside)
    found[EntryLink] = [
        row for row in found[EntryLink] if row["entry"] in told and (row["other"] or row["entry"]) in told
    ]
    items = found[ChecklistItem]
    silenced = sum(any(row[name] for name in ITEM_WORDS) for row in items if not _may_leave(row))
    found[ChecklistItem] = [row if _may_leave(row) else row | dict.fromkeys(ITEM_WORDS, "") for row in items]
    return Withheld(notes - len(found[Note]), entries - len(found[RegisterEntry]), silenced)


def _may_leave(row: Row) -> bool:
    return bool(row["candour"] != Candour.CANDID)


def _shareable(entries: set[str]) -> set[str]:
    """Return those of these entries that may leave the house."""
    query = RegisterEntry.select(RegisterEntry.uid).where(RegisterEntry.candour != Candour.CANDID.value)
    return {uid for some in portions(entries) for (uid,) in rows(query.where(RegisterEntry.uid.in_(some)))}
