"""Reading the lines of a CSV file, whatever its encoding and its delimiter. Only readers of files call this."""

import codecs
import csv
import io

from tui_plan.exchange.sheet_layout import RawSheet
from tui_plan.model.errors import ImportProblem

DELIMITERS = {",": "commas", ";": "semicolons", "\t": "tabs"}
_SAMPLE_LINES = 60
_CONTROLS = frozenset(range(32)) - {7, 8, 9, 10, 11, 12, 13, 27}


def read_lines(content: bytes, file: str) -> RawSheet:
    """Return every line of ``content`` as cells of text, not yet cleaned, with a remark on how it was read.

    Raises ImportProblem when it is no text or its quotes do not close.
    """
    text, encoding = decoded(content, file)
    delimiter = _delimiter_of(text)
    return RawSheet(
        file, _parsed(text, delimiter, file), (f"Read as {encoding}, separated by {DELIMITERS[delimiter]}",)
    )


def decoded(content: bytes, file: str) -> tuple[str, str]:
    """Return the text of a file and the name of its encoding. Raises ImportProblem when it is no text.

    Old programs write the code page of Western Windows; it is the last resort and is reported.
    """
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return _decoded_as(content, "utf-16", file), "UTF-16"
    if _is_binary(content):
        raise ImportProblem(f"{file} is not a text file: save it as CSV in UTF-8, or as .xlsx.")
    try:
        return content.decode("utf-8-sig"), "UTF-8"
    except UnicodeDecodeError:
        try:
            return content.decode("cp1252"), "Windows-1252"
        except UnicodeDecodeError:
            return content.decode("latin-1"), "Latin-1"


def _decoded_as(content: bytes, encoding: str, file: str) -> str:
    try:
        text = content.decode(encoding)
    except UnicodeDecodeError as error:
        raise ImportProblem(f"{file} is damaged: it begins as UTF-16 and cannot be read as that.") from error
    if "\0" in text:
        raise ImportProblem(f"{file} is not a text file: save it as CSV in UTF-8, or as .xlsx.")
    return text


def _is_binary(content: bytes) -> bool:
    """Escape sequences occur in hostile text and are cleaned away later; other controls mean that it is no text."""
    return b"\0" in content or sum(map(content.count, map(int.to_bytes, _CONTROLS))) > len(content) // 100


def _delimiter_of(text: str) -> str:
    """What a first line ``sep=`` says, else that under which most of the first lines have the same number of cells."""
    if text[:4].casefold() == "sep=" and text[4:5] in DELIMITERS:
        return text[4]
    return max(DELIMITERS, key=lambda delimiter: _evenness(text, delimiter))


def _evenness(text: str, delimiter: str) -> tuple[float, int]:
    """Return how many of the first lines are as wide as most (0 to 1), and that width; one column counts nothing.

    It is a share: under a wrong delimiter a text of several lines falls apart into many that look alike.
    """
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    widths: list[int] = []
    try:
        for line in reader:
            widths.append(len(line))
            if len(widths) == _SAMPLE_LINES:
                break
    except csv.Error:
        return 0, 0
    several = [width for width in widths if width > 1]
    if not several:
        return 0, 0
    common = max(set(several), key=lambda width: (several.count(width), width))
    return several.count(common) / len(widths), common


def _parsed(text: str, delimiter: str, file: str) -> tuple[tuple[str, ...], ...]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    try:
        return tuple(tuple(line) for line in reader)
    except csv.Error as error:
        raise ImportProblem(f"{file} cannot be read as CSV near line {reader.line_num}: {error}.") from error
