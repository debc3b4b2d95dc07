"""Whether two written names can be one person's: in another order, with a title before it, or with initials.

Nothing is decided by it alone: the list of duplicates shows both, and an import takes it only beside an e-mail address.
"""

import re
from functools import lru_cache
from typing import NamedTuple

from tui_plan.model.clean import clean, name_key

_TITLES = frozenset({"dr", "mr", "mrs", "ms", "miss", "mx", "prof", "professor", "sir", "dame", "rev", "cllr"})
_MARKS = re.compile(r"[.\s]+")


class NameParts(NamedTuple):
    """The words of a name, casefolded: given names in order, and the family name, which stands last or by a comma."""

    given: tuple[str, ...]
    family: str

    @property
    def initial(self) -> str:
        """The first letter of the first given name, or nothing."""
        return self.given[0][0] if self.given else ""

    @property
    def has_initials(self) -> bool:
        """Whether a given name is a letter alone."""
        return any(len(word) == 1 for word in self.given)

    @property
    def sorted_words(self) -> tuple[str, ...]:
        """All words in an order that does not depend on how the name was written."""
        return tuple(sorted((*self.given, self.family)))


@lru_cache(maxsize=10_000)
def name_parts(name: str) -> NameParts:
    """Return the parts of a name such as "Ruiz, Ana" or "Dr A. Ruiz"."""
    before, comma, after = name_key(name).partition(",")
    words = [word for word in _MARKS.split(f"{after} {before}" if comma else before) if word]
    words = [word for word in words if word not in _TITLES] or words or [""]
    return NameParts(tuple(words[:-1]), words[-1])


def spoken_parts(name: str) -> tuple[str, str]:
    """Return given names and family name as they are written: the last word is the family's, or what a comma parts."""
    before, comma, after = clean(name).partition(",")
    if comma:
        return after.strip(), before.strip()
    given, _, family = clean(name).rpartition(" ")
    return given, family


def likeness(one: str, other: str) -> str:
    """Return in words how two persons' names are alike, or nothing when they are not."""
    if name_key(one) == name_key(other):
        return "same name"
    first, second = name_parts(one), name_parts(other)
    if first.given and first.sorted_words == second.sorted_words:
        return "same name, written in another way"
    return "same name, one with initials" if fits_initials(first, second) else ""


def fits_initials(one: NameParts, other: NameParts) -> bool:
    """Whether the names are the same but for given names that one of them shortens to a letter."""
    pairs = list(zip(one.given, other.given, strict=False))
    if one.family != other.family or len(one.family) < 2 or not pairs:
        return False
    shortened = any((len(first) == 1) != (len(second) == 1) for first, second in pairs)
    return shortened and all(_starts_alike(first, second) for first, second in pairs)


def _starts_alike(one: str, other: str) -> bool:
    short, long = sorted((one, other), key=len)
    return one == other or (len(short) == 1 and long.startswith(short))
