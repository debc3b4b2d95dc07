"""What may leave the house: which of the records on a paper are candid, and the sentence that says what was withheld.

Whatever writes papers, sheets or files calls it: all say it in this one sentence.
"""

from collections.abc import Iterable
from typing import Protocol, TypeVar

from tui_plan.model.base import rows
from tui_plan.model.register import RegisterEntry
from tui_plan.model.vocabulary import Candour


class _Told(Protocol):
    @property
    def candour(self) -> str: ...


Told = TypeVar("Told", bound=_Told)


def candid_entries() -> frozenset[str]:
    """Return the entries of the register (uid) that may not leave the house."""
    return frozenset(
        uid for (uid,) in rows(RegisterEntry.select(RegisterEntry.uid).where(RegisterEntry.candour == Candour.CANDID))
    )


def shareable_of(told: Iterable[Told], *, candid: bool) -> tuple[Told, ...]:
    """Return what may leave the house; all of it where that is asked for (``candid``)."""
    return tuple(each for each in told if candid or each.candour != Candour.CANDID)


def house_warning(candid: bool) -> str:
    """Return what stands above a paper with candid words in it, or nothing."""
    return "For the house only: candid words are in here." if candid else ""


def withheld_as_candid(entries: int = 0, notes: int = 0, items: int = 0, qualities: int = 0) -> str:
    """Return "3 entries, 5 notes and the words on 2 items were withheld as candid."; empty where nothing was.

    The items of an assessment are qualities.
    """
    words = [
        *_counted(entries, "entry", "entries"),
        *_counted(notes, "note", "notes"),
        *(f"the words on {word}" for word in _counted(items, "item", "items")),
        *(f"the words on {word}" for word in _counted(qualities, "quality", "qualities")),
    ]
    if not words:
        return ""
    *first, last = words
    told = f"{', '.join(first)} and {last}" if first else last
    one = entries + notes == 1 and not items + qualities
    return f"{told[0].upper()}{told[1:]} {'was' if one else 'were'} withheld as candid."


def _counted(count: int, one: str, many: str) -> list[str]:
    return [f"{count:,} {one if count == 1 else many}"] if count else []
