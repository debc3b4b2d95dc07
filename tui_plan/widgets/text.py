"""Showing text from people: the one place that makes it safe and fits it to a number of terminal cells.

Every widget and screen uses it. Text is never markup here, and no control character passes.
"""

from rich.cells import cell_len, set_cell_size
from textual.content import Content

from tui_plan.model.clean import clean

ELLIPSIS = "…"
_LONGEST_SHOWN = 20_000


def shown(text: str, *, lines: bool = False) -> str:
    """Return ``text`` without anything a terminal could obey; line ends survive only when ``lines`` is true."""
    return text if text.isprintable() else clean(text, lines=lines)


def content(text: str, style: str = "") -> Content:
    """Return ``text`` as Textual content that is taken literally, in a style of our own such as ``"bold"``."""
    return Content.styled(shown(text, lines=True), style) if style else Content(shown(text, lines=True))


def width_of(text: str) -> int:
    """Return how many terminal cells ``text`` takes: two for wide characters, none for combining marks."""
    return len(text) if text.isascii() else cell_len(text)


def crop(text: str, width: int) -> str:
    """Return ``text`` if it fits into ``width`` cells, else its beginning and an ellipsis."""
    if width <= 0:
        return ""
    head = text[: width * 8] if len(text) > width * 8 else text
    if head is text and width_of(text) <= width:
        return text
    if width_of(head) < width:
        return head + ELLIPSIS
    return set_cell_size(head, width - 1).rstrip() + ELLIPSIS


def fit(text: str, width: int, *, right: bool = False) -> str:
    """Return ``text`` in exactly ``width`` cells: shortened with an ellipsis, or padded (on its left if ``right``)."""
    cropped = crop(text, width)
    padding = " " * (width - width_of(cropped))
    return padding + cropped if right else cropped + padding


def wrap(text: str, width: int, most: int = 0) -> list[str]:
    """Return ``text`` in lines of at most ``width`` cells, broken at words; its own line ends are kept.

    With ``most`` the last line allowed ends in an ellipsis if there was more. Empty text gives no line.
    """
    if not text or width < 2:
        return []
    whole = shown(text, lines=True)
    limit = most * width * 2 if most else _LONGEST_SHOWN
    wrapped = [line.plain.strip() for line in Content(whole[:limit]).wrap(width)]
    if not most or len(wrapped) <= most:
        return wrapped
    last = crop(wrapped[most - 1] + " " + wrapped[most], width)
    return [*wrapped[: most - 1], last if last.endswith(ELLIPSIS) else crop(last + ELLIPSIS * 2, width)]
