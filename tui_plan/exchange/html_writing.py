"""What our HTML papers share: one document that needs nothing else, its colours, and how text gets in.

The writers of HTML call it. A document is built as a tree, so that no text can become markup.
"""

from xml.etree.ElementTree import Element, SubElement, tostring

_BASE = """
:root { color-scheme: light dark;
  --paper: #fff; --ink: #1c1e21; --quiet: #565d66; --line: #c9ced6; --band: #eef1f5; --mark: #1f5a8c; }
@media (prefers-color-scheme: dark) { :root {
  --paper: #16181c; --ink: #e6e8eb; --quiet: #a4acb8; --line: #3d444e; --band: #22262d; --mark: #86b9e6; } }
* { box-sizing: border-box; }
body { margin: 0 auto; padding: 2rem; background: var(--paper); color: var(--ink);
  font: 1rem/1.45 system-ui, -apple-system, "Segoe UI", "Noto Sans", sans-serif; overflow-wrap: break-word; }
h1 { margin: 0 0 1rem; font-size: 1.9rem; line-height: 1.2; }
dl { display: grid; grid-template-columns: max-content minmax(0, 60rem); gap: .25rem 1.25rem; margin: 0; }
dt, footer { color: var(--quiet); }
dd { margin: 0; }
table { width: 100%; border-collapse: collapse; font-size: .9rem; }
th, td { border: 1px solid var(--line); text-align: left; vertical-align: top; }
thead th { background: var(--band); }
footer { margin-top: 2rem; }
"""
_PRINT = """
@media print {
  :root { color-scheme: light; --paper: #fff; --ink: #000; --quiet: #444; --line: #999; --band: #eee; --mark: #000; }
  body { max-width: none; padding: 0; font-size: 9.5pt; }
  h2 { break-after: avoid; }
  thead { display: table-header-group; }
  tr { break-inside: avoid; }
}
"""


def new_page(title: str, style: str) -> tuple[Element, Element]:
    """Return an empty document, and its main part to be filled. ``style`` is what it looks like beyond all others."""
    page = Element("html", lang="en")
    head = SubElement(page, "head")
    SubElement(head, "meta", charset="utf-8")
    SubElement(head, "meta", name="viewport", content="width=device-width, initial-scale=1")
    put_text(head, "title", title)
    put_text(head, "style", _BASE + style + _PRINT)
    return page, SubElement(SubElement(page, "body"), "main")


def put_head(main: Element, title: str, facts: tuple[tuple[str, str], ...]) -> None:
    """Add the head of a paper: its title, and facts as label and text."""
    header = SubElement(main, "header")
    put_text(header, "h1", title)
    listed = SubElement(header, "dl")
    for label, text in facts:
        put_text(listed, "dt", label)
        put_text(listed, "dd", text)


def put_text(parent: Element, tag: str, text: str, **attributes: str) -> Element:
    """Add an element that holds nothing but text."""
    child = SubElement(parent, tag, attributes)
    child.text = text
    return child


def page_bytes(page: Element) -> bytes:
    """Return the whole document in UTF-8."""
    document: bytes = tostring(page, encoding="utf-8", method="html")
    return b"<!DOCTYPE html>\n" + document + b"\n"
