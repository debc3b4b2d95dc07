"""Parsing TOML from anywhere without harm: a file that would take the parser minutes, or its stack, is refused first.

The standard parser takes time that grows with the square of a dotted key's parts, and recurses into nesting; both are
counted here first, in one pass over what is neither text nor comment. Only the TOML reader calls this.
"""

import re
import tomllib
from decimal import Decimal, InvalidOperation
from typing import Any

from tui_plan.model.clean import clean
from tui_plan.model.errors import ImportProblem

LARGEST_FILE = 12_000_000  # a thousand assessments of 27 qualities, each with a few words, take ten
MOST_TABLES = 150_000
MOST_COMMAS = 1_000_000
DEEPEST_NESTING = 8
MOST_KEY_PARTS = 8

# An opening that is never closed runs to the end: each part of the file is looked at once.
_TEXTS = re.compile(
    r'"""(?:[^"\\]|\\.|"(?!""))*+(?:"{3,5}|\Z)'
    r"|'''(?:[^']|'(?!''))*+(?:'{3,5}|\Z)"
    r'|"(?:[^"\\\n]|\\.)*+"?'
    r"|'[^'\n]*+'?"
    r"|#[^\n]*+",
    re.DOTALL,
)
_LONG_KEY = re.compile(rf"(?<![\w-])[\w-]++(?:[ \t]*+\.[ \t]*+[\w-]++){{{MOST_KEY_PARTS}}}")
_BRACKETS = re.compile(r"[\[\]{}]")


def parse_toml(data: bytes) -> dict[str, Any]:
    """Return the tables of a TOML file, fractions as exact decimals. Raises ImportProblem."""
    if len(data) > LARGEST_FILE:
        raise ImportProblem(f"The file is larger than {LARGEST_FILE // 1_000_000} MB: that is no plan.")
    try:
        text = data.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as problem:
        raise ImportProblem("The file is not UTF-8 text: save it as UTF-8 and try again.") from problem
    _check_shape(_TEXTS.sub(_placeholder, text))
    try:
        return tomllib.loads(text, parse_float=Decimal)
    except (ValueError, InvalidOperation) as problem:
        raise ImportProblem(f"The file is not TOML: {_said_by_parser(problem)}.") from problem


def _placeholder(match: re.Match[str]) -> str:
    return "" if match[0].startswith("#") else "_"


def _check_shape(bare: str) -> None:
    if bare.count(",") > MOST_COMMAS:
        raise ImportProblem(f"The lists of the file have more than {MOST_COMMAS:,} values: that is no plan.")
    if _LONG_KEY.search(bare):
        raise ImportProblem(f"A key of the file has more than {MOST_KEY_PARTS} parts between dots: that is no plan.")
    depth = tables = 0
    for match in _BRACKETS.finditer(bare):
        opens = match[0] in "[{"
        depth = depth + 1 if opens else max(0, depth - 1)
        tables += opens
        if depth > DEEPEST_NESTING:
            raise ImportProblem(f"The file nests more than {DEEPEST_NESTING} brackets: that is no plan.")
    if tables > MOST_TABLES:
        raise ImportProblem(f"The file has more than {MOST_TABLES:,} tables and lists: split the plan.")


def _said_by_parser(problem: Exception) -> str:
    words = clean(str(problem)) if isinstance(problem, tomllib.TOMLDecodeError) else "a number in it is out of range"
    return words[:200]
