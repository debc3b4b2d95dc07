"""Annex 1 as Markdown with tables. Takes the value that ``annex1`` makes; nothing in it can break a table."""

import re
from collections.abc import Iterable

from tui_plan.exchange.annex1 import COLUMNS, Annex, AnnexArea, Cell

_MARKUP = re.compile(r"[\\`*\[\]<>|~$]|(?<![^\W_])_|_(?![^\W_])|&(?=#?\w+;)|(?<!\S)#")
"""Underscores within words, single ampersands and hashes stay: escaping them would spoil addresses of web pages."""


def annex_markdown(annex: Annex) -> bytes:
    """Return the annex as a Markdown document in UTF-8."""
    facts = [f"- **{label}:** {escaped(text)}" for label, text in annex.facts]
    blocks = [f"# {escaped(annex.name)}", "\n".join(facts), *(_area(area) for area in annex.areas), annex.withheld]
    return ("\n\n".join(filter(None, blocks)) + "\n").encode()


def escaped(text: str) -> str:
    """Return ``text`` so that Markdown shows it as it stands."""
    return _MARKUP.sub(r"\\\g<0>", text)


def _area(area: AnnexArea) -> str:
    head = f"## {escaped(area.heading)}\n\n{escaped(area.priority_line)}"
    table = [_line(COLUMNS), _line(("---",) * len(COLUMNS)), *(_line(map(_cell, row.cells)) for row in area.rows)]
    return head + "\n\n" + "\n".join(table)


def _line(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _cell(cell: Cell) -> str:
    return "<br>".join(map(escaped, cell))
