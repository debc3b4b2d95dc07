"""Making text from people safe to keep and to show. Every typed or imported text passes ``clean`` on its way in.

Escape sequences reach a terminal through any widget, so text is cleaned again when it is printed. See Unicode
UAX #15 (normal form C) and UTS #55 (bidirectional controls).
"""

import unicodedata

ONE_LINE = 300
MANY_LINES = 10_000
_MOST_MARKS = 4
_DROPPED = frozenset({"Cc", "Cf", "Co", "Cs", "Cn"})
_JOINERS = frozenset("\u200d\ufe0f")


def clean(text: str, *, lines: bool = False) -> str:
    """Return ``text`` in NFC without control, bidirectional, zero-width and private-use characters.

    Line ends become spaces, or stay as ``\\n`` when ``lines`` is true. Runs of combining marks are limited.
    Length is not limited here: too long a text is refused by the operation, never cut in silence.
    """
    if text.isascii() and text.isprintable():
        return _squeeze(text)
    unified = text.replace("\r\n", "\n").replace("\r", "\n").replace("\u2028", "\n").replace("\u2029", "\n")
    composed = unicodedata.normalize("NFC", unified)
    kept = "".join(_kept_characters(composed))
    if lines:
        return "\n".join(_squeeze(line) for line in kept.split("\n")).strip("\n")
    return _squeeze(kept.replace("\n", " "))


def name_key(name: str) -> str:
    """Return the casefolded form of ``name`` by which names are searched, sorted and compared."""
    return unicodedata.normalize("NFKC", clean(name)).casefold()


def _squeeze(line: str) -> str:
    return " ".join(line.split())


def _kept_characters(text: str) -> list[str]:
    kept: list[str] = []
    marks = 0
    for index, character in enumerate(text):
        if character in "\n\t":
            kept.append("\n" if character == "\n" else " ")
            marks = 0
            continue
        if character in _JOINERS:
            if _joins_emoji(text, index):
                kept.append(character)
            continue
        category = unicodedata.category(character)
        if category in _DROPPED:
            continue
        marks = marks + 1 if category.startswith("M") else 0
        if marks <= _MOST_MARKS:
            kept.append(character)
    return kept


def _joins_emoji(text: str, index: int) -> bool:
    """Whether the joiner at ``index`` follows a symbol: elsewhere it only hides in words."""
    return index > 0 and unicodedata.category(text[index - 1]) in {"So", "Sk", "Mn"}
