"""The org chart on paper: as a tree of text, and as a nested list in Markdown; ``org_chart_svg`` draws it.

Takes the nodes that ``insight.org_chart`` gives, with the day that they were asked for. What a post says in words is
the same in all forms.
"""

from collections.abc import Iterator, Sequence
from datetime import date

from tui_plan.exchange.document_markdown import escaped_line
from tui_plan.exchange.document_text import PAPER_WIDTH
from tui_plan.exchange.fixed_width import wrapped
from tui_plan.insight.org_chart import ChartNode
from tui_plan.model.clean import clean
from tui_plan.model.date_words import DateStyle, show_date
from tui_plan.model.vocabulary import PartyKind

TITLE = "Organisation chart"
EMPTY = "There are no posts on the roster yet."
_NARROWEST = 20
_DEEPEST = 15
"""Levels that are still set in: below them a tree would leave no room for words."""


def org_chart_text(nodes: Sequence[ChartNode], day: date, style: str = DateStyle.ISO, width: int = PAPER_WIDTH) -> str:
    """Return the chart as a tree drawn with lines, at most ``width`` cells wide."""
    title = f"{TITLE}, {show_date(day, style)}"
    lines = [title, "=" * len(title)]
    for node, last in zip(nodes, lasts(nodes), strict=True):
        if not node.depth:
            lines.append("")
        lines += _branch(node, last, style, width)
    return "\n".join(lines if nodes else [*lines, "", EMPTY]) + "\n"


def org_chart_markdown(nodes: Sequence[ChartNode], day: date, style: str = DateStyle.ISO) -> bytes:
    """Return the chart as nested lists in Markdown."""
    lines = [f"# {TITLE}, {show_date(day, style)}", ""]
    lines += [_listed(node, style) for node in nodes] or [EMPTY]
    return ("\n".join(lines) + "\n").encode()


def holder_words(node: ChartNode, style: str) -> str:
    """Return who holds a post, or since when it is vacant; nothing for an organisation."""
    if node.kind != PartyKind.POST:
        return ""
    since = f" since {show_date(node.vacant_since, style)}" if node.vacant_since else ""
    return clean(", ".join(node.holders)) or f"vacant{since}"


def alternate_words(node: ChartNode) -> str:
    """Return who stands in for a post, in order; nothing where nobody does."""
    return f"stands in: {clean(', '.join(node.alternates))}" if node.alternates else ""


def lasts(nodes: Sequence[ChartNode]) -> list[tuple[bool, ...]]:
    """Return for each node, and for those above it from the second level on, whether it is the last below its own."""
    last: list[bool] = []
    follows: set[int] = set()
    for node in reversed(nodes):
        last.append(node.depth not in follows)
        follows = {depth for depth in follows if depth < node.depth} | {node.depth}
    path: list[bool] = []
    found = []
    for node, is_last in zip(nodes, reversed(last), strict=True):
        path = [*path[: node.depth], is_last]
        found.append(tuple(path[1:]))
    return found


def _branch(node: ChartNode, last: tuple[bool, ...], style: str, width: int) -> Iterator[str]:
    """Yield the lines of one node: the first hangs on its branch, the others go on below it."""
    shown = last[-_DEEPEST:]
    above = "".join("    " if each else "│   " for each in shown[:-1])
    first = above + ("└── " if shown[-1] else "├── ") if shown else ""
    others = above + ("    " if shown[-1] else "│   ") if shown else ""
    words = ": ".join(filter(None, [clean(node.name), holder_words(node, style)]))
    words = "; ".join(filter(None, [words, alternate_words(node)]))
    for place, line in enumerate(wrapped(words, max(width - len(others), _NARROWEST))):
        yield (others if place else first) + line


def _listed(node: ChartNode, style: str) -> str:
    name = escaped_line(clean(node.name))
    indent = "  " * node.depth
    if node.kind != PartyKind.POST:
        return f"{indent}- **{name}**"
    held = escaped_line(holder_words(node, style))
    words = f"{name}: {f'*{held}*' if node.vacant else held}"
    return indent + "- " + "; ".join(filter(None, [words, escaped_line(alternate_words(node))]))
