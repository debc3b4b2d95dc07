"""Text in columns for papers that are read in a terminal or printed with letters of one width.

The writers of text call it. A cell is the room of one plain letter: wide characters take two, marks and joiners none.
Texts come in cleaned and on one line.
"""

import re
import unicodedata
from collections.abc import Iterator, Sequence

ELLIPSIS = "…"
_JOINER = "\u200d"
_SKIN_TONES = range(0x1F3FB, 0x1F400)
_EMOJI_STYLE = "\ufe0f"
_BREAKS = re.compile(r"(?<=[-/_.,;:])|(?=[@(])")
"""Where a word that is too long for a line, such as an address, is broken most readily."""


def cells(text: str) -> int:
    """Return how many cells ``text`` takes."""
    return len(text) if text.isascii() else sum(_width(cluster) for cluster in _clusters(text))


def fit(text: str, width: int, *, right: bool = False) -> str:
    """Return ``text`` in exactly ``width`` cells: cut with an ellipsis, or padded (on its left if ``right``)."""
    if cells(text) > width:
        text = _beginning(text, width - 1) + ELLIPSIS if width > 0 else ""
    padding = " " * (width - cells(text))
    return padding + text if right else text + padding


def wrapped(text: str, width: int) -> list[str]:
    """Return ``text`` in lines of at most ``width`` cells; nothing is lost. Empty text gives no line.

    Lines break at spaces; a word that is longer than a line breaks where addresses do, or else anywhere.
    """
    lines: list[str] = []
    for word in text.split():
        if lines and cells(lines[-1]) + 1 + cells(word) <= width:
            lines[-1] += f" {word}"
        else:
            lines.extend(_pieces(word, width))
    return lines


def beside(columns: Sequence[Sequence[str]], widths: Sequence[int], gap: str = " ") -> Iterator[str]:
    """Yield lines in which the lines of each column stand one below the other, each column as wide as it must be."""
    for line in range(max(map(len, columns), default=0)):
        parts = (column[line] if line < len(column) else "" for column in columns)
        yield gap.join(fit(part, width) for part, width in zip(parts, widths, strict=True)).rstrip()


def _pieces(word: str, width: int) -> Iterator[str]:
    """Yield a word, in as many pieces as it takes."""
    piece = ""
    for part in _BREAKS.split(word):
        if cells(piece) + cells(part) <= width:
            piece += part
            continue
        if piece:
            yield piece
        piece = part
        while cells(piece) > width:
            # A wide character does not fit into one cell; it stands out rather than being lost.
            head = _beginning(piece, width) or next(_clusters(piece))
            yield head
            piece = piece[len(head) :]
    if piece:
        yield piece


def _beginning(text: str, width: int) -> str:
    taken, kept = 0, []
    for cluster in _clusters(text):
        taken += _width(cluster)
        if taken > width:
            break
        kept.append(cluster)
    return "".join(kept)


def _clusters(text: str) -> Iterator[str]:
    """Yield what takes its cells together: a letter with its marks, joined pictures."""
    cluster = ""
    for character in text:
        if cluster and (_adds_nothing(character) or cluster[-1] == _JOINER):
            cluster += character
        else:
            if cluster:
                yield cluster
            cluster = character
    if cluster:
        yield cluster


def _adds_nothing(character: str) -> bool:
    return unicodedata.category(character) in {"Mn", "Mc", "Me", "Cf"} or ord(character) in _SKIN_TONES


def _width(cluster: str) -> int:
    if unicodedata.east_asian_width(cluster[0]) in {"W", "F"} or _EMOJI_STYLE in cluster:
        return 2
    return 0 if _adds_nothing(cluster[0]) else 1
