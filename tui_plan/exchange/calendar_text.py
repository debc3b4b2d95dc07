"""Text as iCalendar carries it: what no reader survives is taken out, and the rest is escaped as RFC 5545 says.

Called by ``calendar_writing`` and ``calendar_zones`` alone. People's text was cleaned when it came in; this is the
last door, and it also covers a database that another program wrote.
"""

import re
from collections.abc import Iterable

from icalendar import vText

_LINE_ENDS = re.compile("\r\n|[\r\u2028\u2029\x0b\x0c\x85]")
_UNREADABLE = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x9f\ufeff\ufffe\uffff\ud800-\udfff]")
_LISTED = re.compile(r"[,;\\]")


class Text(vText):
    """A TEXT value whose backslashes stay backslashes: vText would turn backslash-N into a line break."""

    def to_ical(self) -> bytes:
        escaped = self.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,").replace("\n", "\\n")
        return escaped.encode()


def one_line(text: str) -> Text:
    """Return ``text`` as a single line, for titles, places and names."""
    return Text(" ".join(_readable(text).split()))


def many_lines(text: str) -> Text:
    """Return ``text`` with its line breaks and without blank space at its ends; it may come out empty."""
    return Text(_readable(text).strip())


def categories(names: Iterable[str]) -> list[str]:
    """Return the names in order, each once, without the signs that readers split or escape differently."""
    plain = (" ".join(_LISTED.sub(" ", _readable(name)).split()) for name in names)
    return list(dict.fromkeys(name for name in plain if name))


def _readable(text: str) -> str:
    if text.isascii() and text.isprintable():
        return text
    return _UNREADABLE.sub("", _LINE_ENDS.sub("\n", text)).replace("\t", " ")
