"""``orgchart``: posts with who holds them, as a tree of text, in Markdown, or drawn."""

from typing import TYPE_CHECKING, Any

from tui_plan.cli.papers import deliver
from tui_plan.insight.org_chart import ChartNode
from tui_plan.insight.org_chart import org_chart as chart_of
from tui_plan.model.vocabulary import PartyKind

if TYPE_CHECKING:
    from tui_plan.cli.call import Call


def org_chart(call: "Call") -> int:
    """Print or write the chart of one organisation, or of all."""
    from tui_plan.insight.finding import find_party

    said = call.options
    with call.reading():
        organisation = find_party(said.organisation, PartyKind.ORGANISATION) if said.organisation else None
        nodes = chart_of(call.today, organisation)
    if call.json and not said.output:
        call.page.json({"today": call.today, "chart": [_shape(node) for node in nodes]})
        return 0
    return deliver(call, _paper(call, nodes))


def _paper(call: "Call", nodes: list[ChartNode]) -> str | bytes:
    from tui_plan.exchange.org_chart_papers import org_chart_markdown, org_chart_text

    style = call.config.date_style
    if call.options.format == "svg":
        from tui_plan.exchange.org_chart_svg import org_chart_svg

        return org_chart_svg(nodes, call.today, style)
    if call.options.format == "md":
        return org_chart_markdown(nodes, call.today, style)
    return org_chart_text(nodes, call.today, style, call.page.width)


def _shape(node: ChartNode) -> dict[str, Any]:
    return {
        "depth": node.depth,
        "kind": node.kind,
        "uid": node.uid or None,
        "name": node.name,
        "holders": list(node.holders),
        "vacant": node.vacant,
        "vacant_since": node.vacant_since,
        "alternates": list(node.alternates),
    }
