"""Who is named in a sheet: splitting the cells of responsibility into organisations, groups and persons.

Only ``sheet_reading`` calls this. Commas, semicolons and lines always part names; "and", "with", "/" and "&" only when
each part stands alone elsewhere in the file, so that a Health and Safety Committee stays whole.
"""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping

from tui_plan.exchange.sheet_plan import ReadParty
from tui_plan.model.clean import name_key
from tui_plan.model.errors import ImportProblem
from tui_plan.model.vocabulary import PartyKind, RoleKind

EVERYBODY_ELSE = "*"
"""Stands in ``--as`` for every name that is not given one by one; words for a group still make a group."""

_MOST_JOINS = 12
_MOST_COMMAS = 3
_LABEL = re.compile(r"(?:^|[\n;])\s*(accountable|responsible|consulted|informed)\s*:", re.IGNORECASE)
_OUTSIDE_BRACKETS = re.compile(r"[,;\n](?![^(]*\))")
_ANYWHERE = re.compile(r"[,;\n]")
_LONGEST_WITH_BRACKETS = 1_000
_MAYBE = re.compile(r"\s+(?:and|with)\s+|\s*[/&]\s*", re.IGNORECASE)
_LEADING = re.compile(r"^(?:(?:and|&|with)\s+|the\s+|[-•*·]\s*)+", re.IGNORECASE)
_GROUP = re.compile(
    r"\b(?:councils?|committees?|boards?|teams?|groups?|task\s?forces?|communit(?:y|ies) of practice|panels?|networks?"
    r"|steering|forums?|workgroups?|working part(?:y|ies))\b",
    re.IGNORECASE,
)
_NOBODY = frozenset(
    {"", "-", "–", "—", "?", "tbc", "tbd", "tba", "n/a", "na", "none", "nobody", "unassigned", "unknown", "vacant"}
    | {"to be confirmed", "to be decided", "to be determined", "to be agreed", "to be announced"}
)


class PartyReader:
    """Knows every cell that names somebody, and so which names stand alone."""

    def __init__(self, cells: Iterable[str], kinds: Mapping[str, PartyKind], roster: Collection[str] = ()) -> None:
        self._others = kinds.get(EVERYBODY_ELSE, PartyKind.ORGANISATION)
        self._kinds = {name_key(name): kind for name, kind in kinds.items() if name != EVERYBODY_ELSE}
        self._asked = {name_key(name): name for name in kinds}
        self._roster = roster
        self._alone = {name_key(name) for cell in cells for name in self._chunks(cell)} | set(self._kinds)
        self._spelling: dict[str, str] = {}
        self._rows: dict[str, list[int]] = {}
        self._known: dict[str, tuple[str, ...]] = {}

    def names(self, row: int, cell: str) -> tuple[str, ...]:
        """Return the names in ``cell`` of ``row``, each once, in the spelling of the first row that has them."""
        if cell not in self._known:
            self._known[cell] = self._keys(cell)
        for key in self._known[cell]:
            rows = self._rows.setdefault(key, [])
            if row not in rows[-1:]:
                rows.append(row)
        return tuple(self._spelling[key] for key in self._known[cell])

    def _keys(self, cell: str) -> tuple[str, ...]:
        names = [name for chunk in self._chunks(cell) for name in self._parts(chunk) or (chunk,)]
        for name in names:
            self._spelling.setdefault(name_key(name), name)
        return tuple(dict.fromkeys(map(name_key, names)))

    def parties(self) -> tuple[ReadParty, ...]:
        """Return everybody named so far. Raises ImportProblem when a kind was given for somebody who is not."""
        missing = next((key for key in self._kinds if key not in self._spelling), None)
        if missing is not None:
            raise ImportProblem(
                f"Nobody in the file is called “{self._asked[missing]}”: write --as with a name as the file has it."
            )
        return tuple(
            ReadParty(name, self._kinds.get(key) or self._kind_of(name), tuple(self._rows[key]))
            for key, name in self._spelling.items()
        )

    def _chunks(self, cell: str) -> list[str]:
        """Return the names that marks part; what the coordinator or the roster calls "Field, Jo" is one name."""
        if not cell or names_nobody(cell):
            return []
        marks = [match.span() for match in _marks_of(cell)]
        starts, stops = [0, *(end for _, end in marks)], [*(start for start, _ in marks), len(cell)]
        names: list[str] = []
        at = 0
        while at < len(starts):
            last = next((to for to in range(at + _MOST_COMMAS, at, -1) if self._whole(cell, starts, stops, at, to)), at)
            names.append(_trimmed(cell[starts[at] : stops[last]]))
            at = last + 1
        return [name for name in names if not names_nobody(name)]

    def _whole(self, cell: str, starts: list[int], stops: list[int], first: int, last: int) -> bool:
        """Whether the pieces from ``first`` to ``last``, with commas between them, are a name that is known."""
        if last >= len(starts) or any(cell[stop] != "," for stop in stops[first:last]):
            return False
        key = name_key(_trimmed(cell[starts[first] : stops[last]]))
        return key in self._kinds or key in self._roster

    def _kind_of(self, name: str) -> PartyKind:
        """Persons and posts are told from organisations by nobody but the coordinator."""
        return PartyKind.GROUP if _GROUP.search(name) else self._others

    def _parts(self, chunk: str) -> tuple[str, ...] | None:
        """Return the chunk itself if it is known and cannot be parted, else its parts if each of them is known."""
        joins = [(match.start(), match.end()) for match in _MAYBE.finditer(chunk)]
        if not joins or len(joins) > _MOST_JOINS or name_key(chunk) in self._roster:
            return None
        ends: dict[int, tuple[str, ...]] = {}
        for begin in [0, *(end for _, end in joins)][::-1]:
            for stop in (*(start for start, _ in joins if start > begin), len(chunk)):
                name = _trimmed(chunk[begin:stop])
                after = next((end for start, end in joins if start == stop), None)
                rest = () if after is None else ends.get(after)
                if rest is not None and name_key(name) in self._alone and (begin, stop) != (0, len(chunk)):
                    ends[begin] = (name, *rest)
                    break
        return ends.get(0)


def parse_kinds(texts: list[str]) -> dict[str, PartyKind]:
    """Return the kinds of options such as ``Jane Smith=person``, or ``*=person`` for everybody else.

    Raises ImportProblem for one without both.
    """
    kinds: dict[str, PartyKind] = {}
    for text in texts:
        name, _, word = text.rpartition("=")
        kind = next((one for one in PartyKind if one == word.strip().casefold()), None)
        if not name.strip() or kind is None:
            raise ImportProblem(f"--as {text}: write it as --as 'Name=kind'; the kinds are {', '.join(PartyKind)}.")
        kinds[name.strip()] = kind
    return kinds


def labelled(cell: str, kind: RoleKind) -> list[tuple[RoleKind, str]]:
    """Part a cell such as "Accountable: A; Responsible: B, C" at its labels; before the first one stands ``kind``."""
    first, *others = _LABEL.split(cell)
    parts = [(RoleKind(label.casefold()), text) for label, text in zip(others[::2], others[1::2], strict=True)]
    return [(role, text.strip("; \n")) for role, text in ((kind, first), *parts)]


def names_nobody(cell: str) -> bool:
    """Whether ``cell`` is empty or only says that nobody is named, as "TBC" does."""
    return name_key(cell) in _NOBODY


def _marks_of(cell: str) -> Iterator[re.Match[str]]:
    return (_OUTSIDE_BRACKETS if len(cell) <= _LONGEST_WITH_BRACKETS else _ANYWHERE).finditer(cell)


def _trimmed(name: str) -> str:
    return _LEADING.sub("", name.strip()).strip()
