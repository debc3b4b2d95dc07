"""Which row of a changed file is which action of the plan. Only ``sheet_compare`` calls this.

By the sheet's reference, by the plan's own (A-12, unless the sheet means others by that), by area, objective and title,
by a title that stands only once, and last by a title that is nearly the same under the same objective: that one is
asked about, never doubled.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from typing import TypeVar

from tui_plan.exchange.sheet_plan import ReadAction
from tui_plan.exchange.sheet_stored import StoredAction
from tui_plan.model.clean import name_key

_Key = TypeVar("_Key", int, str)
ALIKE = 0.75
_LONGEST_COMPARED = 300
_MOST_COMPARED = 50
_OWN_REFERENCE = re.compile(r"A-([0-9]{1,9})", re.IGNORECASE)


@dataclass(slots=True)
class Matches:
    """Rows of the new file and the actions (uids) that they are; ``renamed`` rows have nearly the same title."""

    actions: dict[int, str] = field(default_factory=dict)
    renamed: set[int] = field(default_factory=set)


def match_rows(
    new: Mapping[int, ReadAction], stored: Mapping[str, StoredAction], base: Mapping[str, ReadAction]
) -> Matches:
    """Return the matches of ``new``, by row, with ``stored``; ``base`` are the actions as last imported, by uid."""
    matches = Matches()
    before = {uid: action for uid, action in base.items() if uid in stored}  # in the order of rows, like the new ones

    def pair(rows: Mapping[int, Hashable], uids: Mapping[str, Hashable], *, once: bool = False) -> None:
        taken = set(matches.actions.values())
        free_rows = {row: key for row, key in rows.items() if row not in matches.actions and key is not None}
        free_uids = {uid: key for uid, key in uids.items() if uid not in taken and key is not None}
        matches.actions.update(_paired(free_rows, free_uids, once=once))

    pair(_by(new, _reference), _by(before, _reference), once=True)
    if all(_own_reference(action) in {None, stored[uid].number} for uid, action in before.items()):
        pair(_by(new, _own_reference), {uid: action.number for uid, action in stored.items()}, once=True)
    pair(_by(new, _place), _by(before, _place))
    pair(_by(new, _place), {uid: _stored_place(action) for uid, action in stored.items()})
    pair(_by(new, _title), _by(before, _title), once=True)
    pair(_by(new, _title), {uid: name_key(action.values["title"]) for uid, action in stored.items()}, once=True)
    _pair_alike(matches, new, stored, before)
    return matches


def _paired(rows: Mapping[int, Hashable], uids: Mapping[str, Hashable], *, once: bool) -> dict[int, str]:
    """Pair equal keys in order; with ``once`` only those that stand once on either side."""
    waiting: dict[Hashable, list[str]] = defaultdict(list)
    for uid, key in uids.items():
        waiting[key].append(uid)
    counts = Counter(rows.values())
    found: dict[int, str] = {}
    for row, key in rows.items():
        if waiting.get(key) and not (once and (counts[key] > 1 or len(waiting[key]) > 1)):
            found[row] = waiting[key].pop(0)
    return found


def _pair_alike(
    matches: Matches,
    new: Mapping[int, ReadAction],
    stored: Mapping[str, StoredAction],
    before: Mapping[str, ReadAction],
) -> None:
    """Pair what is left under the same objective, the most alike first."""
    taken = set(matches.actions.values())
    left: dict[Hashable, list[tuple[str, str]]] = defaultdict(list)
    for uid, action in stored.items():
        if uid not in taken:
            known = before.get(uid)
            place = _stored_place(action)[:2] if known is None else _place(known)[:2]
            left[place].append((uid, name_key(known.title if known else action.values["title"])))
    alike = [
        (_likeness(_title(action), title), row, uid)
        for row, action in new.items()
        if row not in matches.actions
        for uid, title in left[_place(action)[:2]][:_MOST_COMPARED]
    ]
    for likeness, row, uid in sorted(alike, reverse=True):
        if likeness >= ALIKE and row not in matches.actions and uid not in taken:
            matches.actions[row] = uid
            matches.renamed.add(row)
            taken.add(uid)


def _likeness(one: str, other: str) -> float:
    matcher = SequenceMatcher(None, one[:_LONGEST_COMPARED], other[:_LONGEST_COMPARED], autojunk=False)
    if matcher.real_quick_ratio() < ALIKE or matcher.quick_ratio() < ALIKE:
        return 0.0
    return matcher.ratio()


def _by(actions: Mapping[_Key, ReadAction], key: Callable[[ReadAction], Hashable]) -> dict[_Key, Hashable]:
    return {name: key(action) for name, action in actions.items()}


def _own_reference(action: ReadAction) -> int | None:
    match = _OWN_REFERENCE.fullmatch(action.ref)
    return int(match[1]) if match else None


def _reference(action: ReadAction) -> str | None:
    return name_key(action.ref) or None


def _title(action: ReadAction) -> str:
    return name_key(action.title)


def _place(action: ReadAction) -> tuple[str, str, str]:
    return name_key(action.area), name_key(action.objective), name_key(action.title)


def _stored_place(action: StoredAction) -> tuple[str, str, str]:
    return name_key(action.area), name_key(action.objective), name_key(action.values["title"])
