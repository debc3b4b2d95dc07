"""A paper as Markdown with tables and lists. Takes the value of ``document``; no text in it can become markup."""

import re
from collections.abc import Iterator

from tui_plan.exchange.annex1_markdown import escaped
from tui_plan.exchange.document import Document, Item, Section, Table

_OPENS_A_BLOCK = re.compile(r"^([-+=]|\d{1,9}(?=[.)]))")


def document_markdown(paper: Document) -> bytes:
    """Return the paper as a Markdown document in UTF-8."""
    facts = "\n".join(f"- **{label}:** {escaped(text)}" for label, text in paper.facts)
    head = [f"**{escaped(paper.warning)}**" if paper.warning else "", f"# {escaped(paper.title)}", facts]
    blocks = [*head, *(block for section in paper.sections for block in _section(section)), paper.withheld]
    return ("\n\n".join(filter(None, blocks)) + "\n").encode()


def escaped_line(text: str) -> str:
    """Return ``text`` so that Markdown shows it as it stands, also at the beginning of a line."""
    line = escaped(text)
    return _OPENS_A_BLOCK.sub(lambda found: f"{found[0]}\\" if found[0].isdigit() else f"\\{found[0]}", line)


def _section(section: Section) -> Iterator[str]:
    yield f"## {escaped(section.title)}" if section.title else ""
    yield escaped_line(section.words)
    yield "\n".join(line for item in section.items for line in _item(item))
    yield _table(section.table) if section.table and section.table.rows else ""
    yield section.more


def _item(item: Item) -> Iterator[str]:
    yield f"- {_strong(escaped_line(item.text), item.marked)}"
    yield from (f"  - {escaped_line(line)}" for line in item.inside)


def _table(table: Table) -> str:
    rules = ["---:" if table.is_numeric(column) else "---" for column in range(len(table.headings))]
    rows = (
        [_strong(escaped(cell), row.marked and not column) for column, cell in enumerate(row.cells)]
        for row in table.rows
    )
    return "\n".join(f"| {' | '.join(line)} |" for line in (table.headings, rules, *rows))


def _strong(text: str, wanted: bool) -> str:
    return f"**{text}**" if wanted and text else text
