"""Which parts of an action a changed cell means: checkpoints, measures or resources, each on a line of its own.

Only the re-import of sheets calls this. A line that stands for more than words, such as a measure with figures, can be
worded anew; its figures are changed in the terminal, and what a file says about them is told, not written.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher

from tui_plan.exchange.plan_words import checkpoint_words, measure_words, resource_words
from tui_plan.insight.whole_plan import WholeAction
from tui_plan.model.clean import clean
from tui_plan.model.dates import DateStyle


@dataclass(frozen=True, slots=True)
class Part:
    """A part as it stands: its uid, its own text, and the words by which a sheet tells it, which may say more."""

    uid: str
    text: str
    words: str

    def reworded(self, words: str) -> str | None:
        """Return the text that makes ``words`` of this part, or None where more than the text would have to change."""
        if not self.text:
            return None
        before, _, after = self.words.partition(self.text)
        if not (words.startswith(before) and words.endswith(after)):
            return None
        return words[len(before) : len(words) - len(after)].strip() or None


Parts = tuple[Part, ...]


def parts_of(action: WholeAction) -> dict[str, Parts]:
    """Return the parts of an action by the column that holds them."""
    parts = action.parts
    return {
        "monitoring": tuple(
            _part(one.uid, one.method, checkpoint_words(one, DateStyle.ISO)) for one in parts.checkpoints
        ),
        "outcome": tuple(_part(one.uid, one.statement, measure_words(one, DateStyle.ISO)) for one in parts.measures),
        "resources": tuple(_part(one.uid, one.description, resource_words(one)) for one in parts.resources),
    }


def cell_of(parts: Parts) -> str:
    """Return the cell that tells these parts."""
    return "\n".join(part.words for part in parts if part.words)


@dataclass(slots=True)
class PartEdits:
    """What a changed cell does: new texts by uid, uids that go, texts that come.

    ``rivals`` come only where the file is preferred: the plan changed what they replace. ``left`` are the words of
    parts that a file cannot change.
    """

    changed: dict[str, str] = field(default_factory=dict)
    removed: list[str] = field(default_factory=list)
    added: list[str] = field(default_factory=list)
    rivals: list[str] = field(default_factory=list)
    clash: bool = False
    left: list[str] = field(default_factory=list)

    def __bool__(self) -> bool:
        return bool(self.changed or self.removed or self.added or self.clash or self.left)


def part_edits(old: str | None, new: str, parts: Parts) -> PartEdits:
    """Return what it means that a cell became ``new``; ``old`` is None where it is not known what it was."""
    edits = PartEdits()
    there = {line for part in parts for line in part.words.split("\n")}
    if not old:
        fresh = [new] if new and not parts else [line for line in _lines(new) if line not in there]
        edits.clash = old is None and bool(parts) and bool(fresh)
        (edits.rivals if edits.clash else edits.added).extend(fresh)
        return edits
    lines = _lines(old)
    owners = _owners(lines, parts)
    moved_on = set(parts) - set(owners)
    now: dict[Part, list[str]] = {part: [] for part in parts if part in owners}
    for owner, line, known in _followed(lines, owners, _lines(new)):
        if owner is not None:
            now[owner] += line
        elif known and (moved_on or line):
            edits.rivals += [one for one in line if one not in there]
            edits.clash |= bool(edits.rivals) or not line
        elif not known:
            edits.added += [one for one in line if one not in there]
    for part, kept in now.items():
        _settle(edits, part, "\n".join(kept))
    return edits


def _settle(edits: PartEdits, part: Part, words: str) -> None:
    if words == part.words:
        return
    text = part.reworded(words)
    if text:
        edits.changed[part.uid] = text
    elif not words and part.words == part.text:
        edits.removed.append(part.uid)
    else:
        edits.left.append(part.words)


def _followed(
    old: Sequence[str], owners: Sequence[Part | None], new: Sequence[str]
) -> Iterator[tuple[Part | None, list[str], bool]]:
    """Yield the new lines with the part to which they belong, and whether they stand for lines that were there."""
    moved = set(old) & set(new)
    for what, start, stop, begin, end in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        before, after = list(zip(old[start:stop], owners[start:stop], strict=True)), list(new[begin:end])
        if what == "equal":
            yield from ((owner, [line], True) for line, owner in before if owner is not None)
            continue
        yield from ((owner, [line], True) for line, owner in before if line in moved and owner is not None)
        before = [one for one in before if one[0] not in moved]
        after = [line for line in after if line not in moved]
        inside = owners[start - 1] if 0 < start < len(owners) and owners[start - 1] is owners[start] else None
        if not before:
            yield inside, after, False
            continue
        first = before[0][1]
        if first is not None and "\n" in first.words and all(owner is first for _, owner in before):
            yield first, after, True
            continue
        for at, (_, owner) in enumerate(before):
            yield owner, after[at : at + 1], True
        yield None, after[len(before) :], False


def _owners(lines: Sequence[str], parts: Parts) -> list[Part | None]:
    """Return for each line of a cell the part that it tells, or None where the plan has moved on."""
    owners: list[Part | None] = [None] * len(lines)
    for part in parts:
        own = part.words.split("\n")
        for at in range(len(lines) - len(own) + 1):
            if lines[at : at + len(own)] == own and not any(owners[at : at + len(own)]):
                owners[at : at + len(own)] = [part] * len(own)
                break
    return owners


def _part(uid: str, text: str, words: str) -> Part:
    return Part(uid, clean(text, lines=True), clean(words, lines=True))


def _lines(text: str) -> list[str]:
    return text.split("\n") if text else []
