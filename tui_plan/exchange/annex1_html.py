"""Annex 1 as one HTML document that needs nothing else: to read on a screen, to print, and for screen readers.

Takes the value that ``annex1`` makes.
"""

from xml.etree.ElementTree import Element, SubElement

from tui_plan.exchange.annex1 import COLUMNS, Annex, AnnexArea, AnnexRow, Cell
from tui_plan.exchange.html_writing import new_page, page_bytes, put_head, put_text

_WIDTHS = (14, 22, 15, 11, 12, 13, 13)
"""Of the columns, in per cent."""

_STYLE = """
body { max-width: 90rem; }
h2 { margin: 2.5rem 0 0; padding-top: .75rem; border-top: .2rem solid var(--mark); font-size: 1.3rem; }
.priority { margin: .2rem 0 .8rem; color: var(--quiet); }
td p, th p { margin: 0; }
.wide { overflow-x: auto; }
table { min-width: 62rem; table-layout: fixed; }
th, td { padding: .5rem .6rem; }
tbody th { font-weight: 600; }
td p + p { margin-top: .35rem; }
.what p:first-child { font-weight: 500; }
.what p + p { color: var(--quiet); }
@page { size: A4 landscape; margin: 12mm; }
@media print {
  .priority { break-after: avoid; }
  .wide { overflow: visible; }
  table { min-width: 0; font-size: 8.5pt; line-height: 1.35; }
  th, td { padding: .3rem .45rem; }
}
"""


def annex_html(annex: Annex) -> bytes:
    """Return the annex as a whole HTML document in UTF-8."""
    page, main = new_page(annex.name, _STYLE)
    put_head(main, annex.name, annex.facts)
    for area in annex.areas:
        _area(main, area)
    if annex.withheld:
        put_text(SubElement(main, "footer"), "p", annex.withheld)
    return page_bytes(page)


def _area(main: Element, area: AnnexArea) -> None:
    name = f"area-{area.place}"
    section = SubElement(main, "section", {"aria-labelledby": name})
    put_text(section, "h2", area.heading, id=name)
    put_text(section, "p", area.priority_line, **{"class": "priority"})
    frame = SubElement(section, "div", {"class": "wide", "role": "region", "tabindex": "0", "aria-labelledby": name})
    table = SubElement(frame, "table", {"aria-labelledby": name})
    columns = SubElement(table, "colgroup")
    for width in _WIDTHS:
        SubElement(columns, "col", style=f"width: {width}%")
    headings = SubElement(SubElement(table, "thead"), "tr")
    for column in COLUMNS:
        put_text(headings, "th", column, scope="col")
    _rows(table, area)


def _rows(table: Element, area: AnnexArea) -> None:
    """Each step objective is a group of rows, and its cell the heading of that group."""
    group = table
    for row in area.rows:
        if row.spans:
            group = SubElement(table, "tbody")
        line = SubElement(group, "tr")
        if row.spans:
            _cell(line, "th", row.cells[0], scope="rowgroup", rowspan=str(row.spans))
        _others(line, row)


def _others(line: Element, row: AnnexRow) -> None:
    for place, cell in enumerate(row.cells[1:]):
        if place == 0:
            _cell(line, "td", cell, **{"class": "what"})
        else:
            _cell(line, "td", cell)


def _cell(line: Element, tag: str, cell: Cell, **attributes: str) -> None:
    box = SubElement(line, tag, attributes)
    for paragraph in cell:
        put_text(box, "p", paragraph)
