"""A paper as one HTML document that needs nothing else, to read, to print and for screen readers.

Takes the value of ``document``.
"""

from xml.etree.ElementTree import Element, SubElement

from tui_plan.exchange.document import Document, Item, Row, Section, Table
from tui_plan.exchange.html_writing import new_page, page_bytes, put_head, put_text

_STYLE = """
body { max-width: 60rem; }
h2 { margin: 1.75rem 0 .5rem; padding-top: .5rem; border-top: .15rem solid var(--mark); font-size: 1.15rem; }
p { margin: .35rem 0; }
ul { margin: .35rem 0; padding-left: 1.25rem; }
li { margin: .15rem 0; }
th, td { padding: .35rem .5rem; }
td:empty { min-width: 5rem; }
.wide { overflow-x: auto; }
.number { text-align: right; font-variant-numeric: tabular-nums; }
li > .marked, tr.marked > :first-child, tr.marked > :last-child { font-weight: 600; }
tr.marked > :first-child { box-shadow: inset .25rem 0 var(--mark); }
li > ul, .more { color: var(--quiet); }
.warning { margin: 0 0 1rem; padding: .5rem .75rem; border: .15rem solid var(--ink); font-weight: 600; }
@page { size: A4; margin: 14mm; }
@media print {
  body { line-height: 1.3; }
  h1 { font-size: 16pt; margin-bottom: .6rem; }
  h2 { margin: .6rem 0 .2rem; padding-top: .25rem; border-top-width: 1px; font-size: 11pt; }
  dl { gap: .1rem 1rem; }
  p, ul, li { margin-top: 0; margin-bottom: .1rem; }
  table { font-size: 9pt; line-height: 1.3; }
  th, td { padding: .2rem .35rem; }
  .wide { overflow: visible; }
  tr.marked > :first-child { box-shadow: none; border-left: .2rem solid #000; }
}
"""


def document_html(paper: Document) -> bytes:
    """Return the paper as a whole HTML document in UTF-8."""
    page, main = new_page(paper.title, _STYLE)
    if paper.warning:
        put_text(main, "p", paper.warning, **{"class": "warning"})
    put_head(main, paper.title, paper.facts)
    for place, section in enumerate(paper.sections, 1):
        _section(main, section, f"part-{place}")
    if paper.withheld:
        put_text(SubElement(main, "footer"), "p", paper.withheld)
    return page_bytes(page)


def _section(main: Element, section: Section, name: str) -> None:
    part = SubElement(main, "section", {"aria-labelledby": name} if section.title else {})
    if section.title:
        put_text(part, "h2", section.title, id=name)
    if section.words:
        put_text(part, "p", section.words)
    if section.items:
        _list(part, section.items)
    if section.table and section.table.rows:
        _table(part, section.table)
    if section.more:
        put_text(part, "p", section.more, **{"class": "more"})


def _list(part: Element, items: tuple[Item, ...]) -> None:
    listed = SubElement(part, "ul")
    for item in items:
        line = SubElement(listed, "li")
        put_text(line, "span", item.text, **{"class": "marked"} if item.marked else {})
        if item.inside:
            inner = SubElement(line, "ul")
            for text in item.inside:
                put_text(inner, "li", text)


def _table(part: Element, table: Table) -> None:
    frame = SubElement(SubElement(part, "div", {"class": "wide"}), "table")
    headings = SubElement(SubElement(frame, "thead"), "tr")
    classes = [{"class": "number"} if table.is_numeric(column) else {} for column in range(len(table.headings))]
    for heading, attributes in zip(table.headings, classes, strict=True):
        put_text(headings, "th", heading, scope="col", **attributes)
    body = SubElement(frame, "tbody")
    for row in table.rows:
        _row(body, row, classes)


def _row(body: Element, row: Row, classes: list[dict[str, str]]) -> None:
    line = SubElement(body, "tr", {"class": "marked"} if row.marked else {})
    for cell, attributes in zip(row.cells, classes, strict=True):
        put_text(line, "td", cell, **attributes)
