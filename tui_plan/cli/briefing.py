"""``brief``: what the next meeting needs to know, decide and celebrate, the good news last."""

from typing import TYPE_CHECKING, Any

from tui_plan.cli.momentum_shapes import good_shape, measure_shape, slip_shape, stalled_shape
from tui_plan.cli.papers import deliver
from tui_plan.cli.register_shapes import entry_shape
from tui_plan.cli.shapes import action_shape
from tui_plan.exchange.brief_paper import brief_paper, shareable_brief
from tui_plan.exchange.document_forms import paper_as
from tui_plan.insight.brief import Brief, brief

if TYPE_CHECKING:
    from tui_plan.cli.call import Call


def brief_now(call: "Call") -> int:
    """Print the brief of a plan, or write it to a file."""
    said = call.options
    with call.reading():
        plan = call.one_plan()
        if call.json and not said.output:
            call.page.json(_shape(brief(call.today, plan), candid=said.candid))
            return 0
        paper = brief_paper(plan, call.today, call.config.date_style, candid=said.candid)
        return deliver(call, paper_as(paper, said.format, call.page.width))


def _shape(whole: Brief, *, candid: bool) -> dict[str, Any]:
    told, withheld = shareable_brief(whole, candid=candid)
    entries = ("issues", "risks", "adaptations", "lessons", "entered")
    goods = ("achieved", "uncelebrated")
    return {
        "ref": told.ref,
        "plan": told.name,
        "today": told.today,
        "since": told.since,
        "meeting": _meeting(told),
        "withheld": withheld,
        "late": [action_shape(row, told.today) for row in told.late],
        "slips": [slip_shape(slip) for slip in told.slips],
        "gates": [view.stage.ref for view in told.gates],
        "stalled": [stalled_shape(line) for line in told.stalled],
        "measures": [measure_shape(row, told.today) for row in told.measures],
        **{name: [entry_shape(line, told.today) for line in getattr(told, name)] for name in entries},
        **{name: [good_shape(good) for good in getattr(told, name)] for name in goods},
    }


def _meeting(told: Brief) -> dict[str, Any] | None:
    meeting = told.meeting
    if meeting is None:
        return None
    return {"ref": meeting.ref, "title": meeting.title, "start": meeting.start, "place": meeting.place}
