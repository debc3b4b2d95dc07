"""The org chart as one SVG picture that needs nothing else: boxes, lines, vacancies dashed and named as such.

Takes the nodes that ``insight.org_chart`` gives. The picture is built as a tree of elements, so that no text can become
markup; the same nodes give the same bytes.
"""

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple
from xml.etree.ElementTree import Element, SubElement, tostring

from tui_plan.exchange.fixed_width import ELLIPSIS, cells
from tui_plan.exchange.org_chart_layout import BOX_WIDTH, Block, Box, Point, chart_layout
from tui_plan.exchange.org_chart_papers import EMPTY, TITLE, alternate_words, holder_words
from tui_plan.insight.org_chart import ChartNode
from tui_plan.model.clean import clean
from tui_plan.model.date_words import DateStyle, show_date
from tui_plan.model.vocabulary import PartyKind

_STYLE = """
text { font-family: sans-serif; fill: #1c1e21; }
.title { font-size: 22px; font-weight: 600; }
.day { font-size: 13px; fill: #565d66; }
.name { font-size: 13px; font-weight: 600; }
.holder { font-size: 13px; }
.alternate { font-size: 11px; fill: #565d66; }
rect { fill: #ffffff; stroke: #93a1b0; stroke-width: 1.25; }
.organisation rect { fill: #1f5a8c; stroke: #1f5a8c; }
.organisation text { fill: #ffffff; }
.vacant rect { fill: #fff7ed; stroke: #b45309; stroke-width: 1.5; stroke-dasharray: 6 4; }
.vacant .holder { fill: #92400e; font-style: italic; }
path { fill: none; stroke: #93a1b0; stroke-width: 1.5; stroke-linejoin: round; }
.paper { fill: #ffffff; stroke: none; }
"""
_MARGIN, _HEAD = 32, 76
_PADDING = 10
_MOST_HOLDERS, _MOST_LINES = 3, 3
_BOLD = 1.12
"""How much longer bold letters are."""

_NARROW, _BROAD = frozenset("iljtfrI.,:;'|!()[] -"), frozenset("mwMW@%…")


class _Line(NamedTuple):
    text: str
    kind: str
    size: int
    leading: int


def org_chart_svg(nodes: Sequence[ChartNode], day: date, style: str = DateStyle.ISO) -> bytes:
    """Return the chart as an SVG document in UTF-8, white behind it, as wide as a page or less."""
    lines = [_lines(node, style) for node in nodes]
    chart = chart_layout(nodes, [sum(line.leading for line in each) + 2 * _PADDING - 4 for each in lines])
    picture = _picture(chart, f"{TITLE}, {show_date(day, style)}")
    _text(picture, TITLE, _MARGIN, _MARGIN + 18, "title")
    _text(picture, show_date(day, style) if nodes else EMPTY, _MARGIN, _MARGIN + 38, "day")
    drawn = SubElement(picture, "g", transform=f"translate({_MARGIN} {_MARGIN + _HEAD})")
    for line in chart.lines:
        SubElement(drawn, "path", d=_path(line))
    words = {id(node): each for node, each in zip(nodes, lines, strict=True)}
    for box in chart.boxes:
        _box(drawn, box, words[id(box.node)], style)
    document: bytes = tostring(picture, encoding="utf-8", xml_declaration=True)
    return document + b"\n"


def _picture(chart: Block, title: str) -> Element:
    width, height = (max(chart.width, 360) + 2 * _MARGIN, chart.height + 2 * _MARGIN + _HEAD)
    size = {"width": _number(width), "height": _number(height), "viewBox": f"0 0 {_number(width)} {_number(height)}"}
    picture = Element("svg", {"xmlns": "http://www.w3.org/2000/svg", "role": "img", **size})
    SubElement(picture, "title").text = title
    SubElement(picture, "style").text = _STYLE
    SubElement(picture, "rect", {"class": "paper", "width": "100%", "height": "100%"})
    return picture


def _box(drawn: Element, box: Box, lines: list[_Line], style: str) -> None:
    classes = f"{box.node.kind} vacant" if box.node.vacant else box.node.kind
    group = SubElement(drawn, "g", {"class": classes})
    told = [clean(box.node.name), holder_words(box.node, style), alternate_words(box.node)]
    SubElement(group, "title").text = "; ".join(filter(None, told))
    place = {"x": _number(box.x), "y": _number(box.y), "rx": "6"}
    SubElement(group, "rect", place, width=_number(BOX_WIDTH), height=_number(box.height))
    y = box.y + _PADDING - 5
    for line in lines:
        y += line.leading
        _text(group, line.text, box.x + _PADDING, y, line.kind)


def _lines(node: ChartNode, style: str) -> list[_Line]:
    """Return what stands in a box, in lines that fit into it."""
    found = [_Line(text, "name", 13, 17) for text in _in_lines(clean(node.name), 13 * _BOLD, _MOST_LINES)]
    if node.kind == PartyKind.POST:
        held = [clean(name) for name in node.holders[:_MOST_HOLDERS]] or [holder_words(node, style)]
        found += [_Line(text, "holder", 13, 17) for name in held for text in _in_lines(name, 13, _MOST_LINES)]
        if len(node.holders) > _MOST_HOLDERS:
            found.append(_Line(f"and {len(node.holders) - _MOST_HOLDERS} more", "alternate", 11, 15))
        found += [_Line(text, "alternate", 11, 15) for text in _in_lines(alternate_words(node), 11, _MOST_LINES)]
    return found


def _in_lines(text: str, size: float, most: int) -> list[str]:
    """Return ``text`` in at most so many lines, broken at words; what is too long ends in an ellipsis."""
    lines: list[str] = []
    words = text.split()
    for place, word in enumerate(words):
        if lines and _length(f"{lines[-1]} {word}", size) <= BOX_WIDTH - 2 * _PADDING:
            lines[-1] += f" {word}"
        elif len(lines) < most:
            lines.append(word)
        else:
            lines[-1] = " ".join([lines[-1], *words[place:]])
            break
    return [_cut(line, size) for line in lines]


def _cut(text: str, size: float) -> str:
    room = BOX_WIDTH - 2 * _PADDING
    if _length(text, size) <= room:
        return text
    kept = ""
    for character in text:
        if _length(kept + character + ELLIPSIS, size) > room:
            break
        kept += character
    return kept.rstrip() + ELLIPSIS


def _length(text: str, size: float) -> float:
    """Estimate how long a text is in a broad sans-serif face: which one will show it is not known."""
    return size * sum(_share(character) for character in text)


def _share(character: str) -> float:
    if character in _NARROW:
        return 0.38
    if character in _BROAD:
        return 0.95
    return 0.7 if character.isupper() else 0.6 * cells(character) if character.isascii() else 0.64 * cells(character)


def _path(line: Sequence[Point]) -> str:
    return "M" + " L".join(f"{_number(point.x)} {_number(point.y)}" for point in line)


def _text(parent: Element, text: str, x: float, y: float, kind: str) -> None:
    SubElement(parent, "text", {"class": kind, "x": _number(x), "y": _number(y)}).text = text


def _number(value: float) -> str:
    return f"{value:g}" if abs(value) < 100_000 else f"{value:.0f}"
