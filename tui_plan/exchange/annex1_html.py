"""Annex 1 as one HTML document that needs nothing else: to read on a screen, to print, and for screen readers.

Takes the value that ``annex1`` makes. The document is built as a tree, so that no text can become markup.
"""

from xml.etree.ElementTree import Element, SubElement, tostring

from tui_plan.exchange.annex1 import COLUMNS, Annex, AnnexArea, AnnexRow, Cell

_WIDTHS = (14, 22, 15, 11, 12, 13, 13)
"""Of the columns, in per cent."""

_STYLE = """
:root { color-scheme: light dark;
  --paper: #fff; --ink: #1c1e21; --quiet: #565d66; --line: #c9ced6; --band: #eef1f5; --mark: #1f5a8c; }
@media (prefers-color-scheme: dark) { :root {
  --paper: #16181c; --ink: #e6e8eb; --quiet: #a4acb8; --line: #3d444e; --band: #22262d; --mark: #86b9e6; } }
* { box-sizing: border-box; }
body { margin: 0 auto; max-width: 90rem; padding: 2rem; background: var(--paper); color: var(--ink);
  font: 1rem/1.45 system-ui, -apple-system, "Segoe UI", "Noto Sans", sans-serif; overflow-wrap: break-word; }
h1 { margin: 0 0 1rem; font-size: 1.9rem; line-height: 1.2; }
h2 { margin: 2.5rem 0 0; padding-top: .75rem; border-top: .2rem solid var(--mark); font-size: 1.3rem; }
dl { display: grid; grid-template-columns: max-content minmax(0, 60rem); gap: .25rem 1.25rem; margin: 0; }
dt, .priority, footer { color: var(--quiet); }
dd, td p, th p { margin: 0; }
.priority { margin: .2rem 0 .8rem; }
.wide { overflow-x: auto; }
table { width: 100%; min-width: 62rem; border-collapse: collapse; table-layout: fixed; font-size: .9rem; }
th, td { padding: .5rem .6rem; border: 1px solid var(--line); text-align: left; vertical-align: top; }
thead th { background: var(--band); }
tbody th { font-weight: 600; }
td p + p { margin-top: .35rem; }
.what p:first-child { font-weight: 500; }
.what p + p { color: var(--quiet); }
footer { margin-top: 2rem; }
@page { size: A4 landscape; margin: 12mm; }
@media print {
  :root { color-scheme: light; --paper: #fff; --ink: #000; --quiet: #444; --line: #999; --band: #eee; --mark: #000; }
  body { max-width: none; padding: 0; font-size: 9.5pt; }
  h2, .priority { break-after: avoid; }
  .wide { overflow: visible; }
  table { min-width: 0; font-size: 8.5pt; line-height: 1.35; }
  th, td { padding: .3rem .45rem; }
  thead { display: table-header-group; }
  tr { break-inside: avoid; }
}
"""


def annex_html(annex: Annex) -> bytes:
    """Return the annex as a whole HTML document in UTF-8."""
    page = Element("html", lang="en")
    head = SubElement(page, "head")
    SubElement(head, "meta", charset="utf-8")
    SubElement(head, "meta", name="viewport", content="width=device-width, initial-scale=1")
    _text(head, "title", annex.name)
    _text(head, "style", _STYLE)
    main = SubElement(SubElement(page, "body"), "main")
    _header(main, annex)
    for area in annex.areas:
        _area(main, area)
    if annex.withheld:
        _text(SubElement(main, "footer"), "p", annex.withheld)
    document: bytes = tostring(page, encoding="utf-8", method="html")
    return b"<!DOCTYPE html>\n" + document + b"\n"


def _header(main: Element, annex: Annex) -> None:
    header = SubElement(main, "header")
    _text(header, "h1", annex.name)
    facts = SubElement(header, "dl")
    for label, text in annex.facts:
        _text(facts, "dt", label)
        _text(facts, "dd", text)


def _area(main: Element, area: AnnexArea) -> None:
    name = f"area-{area.place}"
    section = SubElement(main, "section", {"aria-labelledby": name})
    _text(section, "h2", area.heading, id=name)
    _text(section, "p", area.priority_line, **{"class": "priority"})
    frame = SubElement(section, "div", {"class": "wide", "role": "region", "tabindex": "0", "aria-labelledby": name})
    table = SubElement(frame, "table", {"aria-labelledby": name})
    columns = SubElement(table, "colgroup")
    for width in _WIDTHS:
        SubElement(columns, "col", style=f"width: {width}%")
    headings = SubElement(SubElement(table, "thead"), "tr")
    for column in COLUMNS:
        _text(headings, "th", column, scope="col")
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
        _text(box, "p", paragraph)


def _text(parent: Element, tag: str, text: str, **attributes: str) -> Element:
    child = SubElement(parent, tag, attributes)
    child.text = text
    return child
