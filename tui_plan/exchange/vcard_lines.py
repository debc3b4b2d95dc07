"""Cutting a file of vCards into cards and lines, and taking each line apart. Only ``vcard_reading`` calls this.

vobject takes a single line apart. Cutting and unfolding are done here: vobject takes time that grows with the square of
a folded picture, and for ever over some broken lines, so each is looked at first.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from vobject.base import VObjectError, textLineToContentLine

from tui_plan.exchange.roster_entries import MOST_ENTRIES, Told
from tui_plan.model.clean import clean
from tui_plan.model.errors import ImportProblem

LONGEST_LINE = 20_000
_LINE_ENDS = re.compile(r"\r\n|\r|\n")
_MARK = re.compile(r"(BEGIN|END)\s*:\s*VCARD\s*", re.IGNORECASE)
_PARAMETER = r';[\w-]++(?:=(?:"[^"]*+"|[^";:,]*+)(?:,(?:"[^"]*+"|[^";:,]*+))*+)?+'
_HEAD = re.compile(rf"(?:[\w-]++\.)?+([\w-]++)(?:{_PARAMETER})*+:", re.ASCII)
_QUOTED = re.compile("quoted-printable", re.IGNORECASE)
_TOKEN = re.compile(r"\\.|.", re.DOTALL)
_BULKY = frozenset({"PHOTO", "LOGO", "SOUND", "KEY"})
_SHOWN = 60


class CardLine(NamedTuple):
    """A logical line of a file: the number of its first physical line, from 1, and its text, unfolded."""

    number: int
    text: str

    @property
    def shown(self) -> str:
        """The beginning of the line, to be quoted."""
        return f"“{clean(self.text)[:_SHOWN]}”"


class Property(NamedTuple):
    """A line of a card, taken apart: ``marks`` are its types in capitals, ``group`` what stands before its name."""

    name: str
    group: str
    marks: frozenset[str]
    value: str

    @property
    def text(self) -> str:
        """The whole value as one text on one line."""
        return clean(" ".join(self.pieces("")))

    @property
    def preferred(self) -> bool:
        """Whether it is the first of its kind."""
        return bool(self.marks & {"PREF", "1"})

    def pieces(self, mark: str) -> list[str]:
        """Return the value in the pieces that ``mark`` parts where no backslash stands before it, unescaped."""
        found = [""]
        for token in _TOKEN.findall(self.value):
            if token == mark:
                found.append("")
            else:
                found[-1] += "\n" if token in {"\\n", "\\N"} else token[-1]
        return found


@dataclass(slots=True)
class Card:
    """What a card holds: ``properties`` by name, in the order of the file; ``looks`` tell what was not understood."""

    number: int
    line: int
    properties: dict[str, list[Property]] = field(default_factory=dict)
    looks: list[str] = field(default_factory=list)

    def all_of(self, *names: str) -> list[Property]:
        """Return the properties of these names, the preferred ones of each first."""
        return [one for name in names for one in sorted(self.properties.get(name, []), key=lambda it: not it.preferred)]

    def first(self, name: str) -> str:
        """Return the first text of this name that is not empty, or nothing."""
        return next((one.text for one in self.all_of(name) if one.text), "")


def read_cards(text: str) -> tuple[list[Card], list[Told]]:
    """Return the cards of a file, and what stands outside them. Raises ImportProblem when there are far too many."""
    reader = _CardReader()
    for line in _logical_lines(text):
        reader.take(line)
    reader.end("the file ends before")
    return reader.cards, reader.looks


def _logical_lines(text: str) -> Iterator[CardLine]:
    """Yield lines with what was folded put together: by a space at the start, or by = at the end where quoted."""
    start, parts, quoted = 0, [""], False
    for number, line in enumerate(_LINE_ENDS.split(text), 1):
        if quoted and parts[-1].endswith("=") and not _MARK.fullmatch(line):
            parts[-1] = parts[-1][:-1]
            parts.append(line)
        elif line[:1] in {" ", "\t"}:
            parts.append(line[1:])
        else:
            yield from _whole(start, parts)
            start, parts, quoted = number, [line], bool(_QUOTED.search(line.partition(":")[0]))
    yield from _whole(start, parts)


def _whole(start: int, parts: list[str]) -> Iterator[CardLine]:
    text = "".join(parts)
    if text.strip():
        yield CardLine(max(start, 1), text)


class _CardReader:
    """Goes down the lines once, and gathers them into cards."""

    def __init__(self) -> None:
        self.cards: list[Card] = []
        self.looks: list[Told] = []
        self._open = False

    def take(self, line: CardLine) -> None:
        """Take in one logical line."""
        mark = _MARK.fullmatch(line.text)
        if mark is None:
            self._property(line)
        elif mark[1].upper() == "BEGIN":
            self._begin(line)
        elif self._open:
            self._open = False
        else:
            self._outside(line)

    def end(self, why: str) -> None:
        """Note that the card that is open, if any, is never ended; what was read of it counts."""
        if self._open:
            card = self.cards[-1]
            card.looks.append(
                f"the card that begins in line {card.line} has no end, {why}; it is read as far as it is."
            )
        self._open = False

    def _begin(self, line: CardLine) -> None:
        self.end(f"another begins in line {line.number}")
        if len(self.cards) == MOST_ENTRIES:
            raise ImportProblem(f"The file holds more than {MOST_ENTRIES:,} cards: split it.")
        self.cards.append(Card(len(self.cards) + 1, line.number))
        self._open = True

    def _property(self, line: CardLine) -> None:
        if not self._open:
            self._outside(line)
            return
        card = self.cards[-1]
        found = _property(line)
        if isinstance(found, str):
            card.looks.append(f"line {line.number} {found}, and is left out: {line.shown}.")
        else:
            card.properties.setdefault(found.name, []).append(found)

    def _outside(self, line: CardLine) -> None:
        self.looks.append(Told(0, f"Line {line.number} stands outside a card, and is left out: {line.shown}."))


def _property(line: CardLine) -> Property | str:
    """Return a line taken apart, or in words why it cannot be."""
    head = _HEAD.match(line.text)
    if head is None:
        return "is broken"
    name = head[1].upper()
    if name in _BULKY:
        return Property(name, "", frozenset(), "")
    if len(line.text) > LONGEST_LINE:
        return f"is longer than {LONGEST_LINE:,} characters"
    # vobject knows this encoding by its name in capitals alone.
    text = _QUOTED.sub("QUOTED-PRINTABLE", head[0]) + line.text[head.end() :]
    try:
        found: Any = textLineToContentLine(text, line.number)
    except (VObjectError, UnicodeError, LookupError, ValueError, TypeError):
        return "cannot be decoded"
    marks = [*found.singletonparams, *found.params.get("TYPE", []), *found.params.get("PREF", [])]
    words = frozenset(word.strip().upper() for mark in marks for word in mark.split(","))
    return Property(str(found.name), str(found.group or "").casefold(), words, str(found.value))
