"""Making text from people safe to keep and to show. Every typed or imported text passes ``clean`` on its way in.

Escape sequences reach a terminal through any widget, so text is cleaned again when it is printed. See Unicode
UAX #15 (normal form C) and UTS #55 (bidirectional controls).
"""

import unicodedata

ONE_LINE = 300
MANY_LINES = 10_000
_MOST_MARKS = 4
_LONG_LINE, _MOST_MARKS_TO_SORT = 1_000, 30
_DROPPED = frozenset({"Cc", "Cf", "Co", "Cs", "Cn"})
_JOINER = "\u200d"
_EMOJI_STYLE = "\ufe0f"
_SKIN_TONES = range(0x1F3FB, 0x1F400)


def clean(text: str, *, lines: bool = False) -> str:
    """Return ``text`` in NFC without control, bidirectional, zero-width and private-use characters.

    Line ends become spaces, or stay as ``\\n`` when ``lines`` is true. Runs of combining marks are limited.
    Length is not limited here: too long a text is refused by the operation, never cut in silence.
    """
    if text.isascii() and text.isprintable():
        return _squeeze(text)
    kept = (_cleaned(line) for line in text.splitlines())
    return "\n".join(kept).strip("\n") if lines else _squeeze(" ".join(kept))


def name_key(name: str) -> str:
    """Return the casefolded form of ``name`` by which names are searched, sorted and compared."""
    return unicodedata.normalize("NFKC", clean(name)).casefold()


def search_key(text: str) -> str:
    """Return ``text`` as searches compare it: "maria" finds "María", since nobody types accents into a filter."""
    key = name_key(text)
    if key.isascii():
        return key
    return "".join(each for each in unicodedata.normalize("NFD", key) if not unicodedata.combining(each))


def _squeeze(line: str) -> str:
    return " ".join(line.split())


def _cleaned(line: str) -> str:
    # What stood between a letter and its mark may be gone now, so that the two compose only on a second look.
    composed = unicodedata.normalize("NFC", _sortable(line))
    return unicodedata.normalize("NFC", _squeeze("".join(_kept_characters(composed))))


def _sortable(line: str) -> str:
    """Shorten endless runs of marks: putting one in order takes time that grows with the square of its length."""
    if len(line) <= _LONG_LINE:
        return line
    marks = 0
    kept: list[str] = []
    for character in line:
        marks = marks + 1 if unicodedata.combining(character) else 0
        if marks <= _MOST_MARKS_TO_SORT:
            kept.append(character)
    return "".join(kept)


def _kept_characters(text: str) -> list[str]:
    kept: list[str] = []
    marks = 0
    for character in text:
        if character in {_JOINER, _EMOJI_STYLE}:
            if kept and _takes_joiner(kept[-1], character):
                kept.append(character)
            continue
        category = unicodedata.category(character)
        if character == "\t":
            kept.append(" ")
        elif category not in _DROPPED:
            marks = marks + 1 if category.startswith("M") else 0
            if marks <= _MOST_MARKS:
                kept.append(character)
    return kept


def _takes_joiner(last: str, joiner: str) -> bool:
    """Whether a joiner may follow the last character: after a symbol it makes emoji, elsewhere it hides in words."""
    if last == _EMOJI_STYLE:
        return joiner == _JOINER
    return unicodedata.category(last) == "So" or ord(last) in _SKIN_TONES
