"""``stages``: how far a plan is, in attempts of piloting, full implementation and reflection, with their gates."""

from typing import TYPE_CHECKING, Any

from tui_plan.cli.output import columns, counted, crop
from tui_plan.insight.details import record_values
from tui_plan.insight.gate import GateDecision, GateView, gates_of
from tui_plan.model.vocabulary import SIGNS

if TYPE_CHECKING:
    from tui_plan.cli.call import Call
    from tui_plan.insight.stages import StageLine

STATE_SIGNS = {"to come": "○", "under way": "◐", "ended": "✓", "skipped": "–"}


def stages_now(call: "Call") -> int:
    """List the stages of each plan with their state and their gate."""
    with call.reading():
        found = [(plan, str(record_values("plan", plan)["name"]), gates_of(plan)) for plan in call.plans()]
    if call.json:
        told = [
            {"plan": plan, "name": name, "stages": [stage_shape(view) for view in views.values()]}
            for plan, name, views in found
        ]
        call.page.json({"plans": told})
        return 0
    for _, name, views in found:
        call.page.line(call.page.paint(crop(name, call.page.width), "bold"))
        for view in views.values():
            tell_stage(call, view)
        if not views:
            call.page.line("  No stage yet. Add one:  tui-plan stage add piloting")
    return 0


def tell_stage(call: "Call", view: GateView) -> None:
    """Print one stage: its state and days, its gate, and every overriding that there was."""
    line, page = view.stage, call.page
    cells = (("", 1), (STATE_SIGNS[line.state], 1), (line.ref, 5), (line.title, page.width * 44 // 100))
    page.line(columns(page.width, *cells, rest=state_words(call, line)))
    if line.skipped_because:
        page.line(columns(page.width, ("", 9), rest=line.skipped_because))
        return
    decided = f" ({_decided(call, view.decisions[0])})" if view.decisions else ""
    told = f"{counted(line.runs, 'assessment')}, gate {view.state}{decided}"
    page.line(columns(page.width, ("", 9), (SIGNS[view.state], 1), rest=told))
    for decision in view.overridden[int(bool(view.decisions) and view.decisions[0] in view.overridden) :]:
        page.line(columns(page.width, ("", 9), ("!", 1), rest=f"overridden before ({_decided(call, decision)})"))


def state_words(call: "Call", line: "StageLine") -> str:
    """Return where a stage is, with its days."""
    if line.ended_on:
        return f"ended {call.shown(line.ended_on)}"
    return f"under way since {call.shown(line.started_on)}" if line.started_on else line.state


def _decided(call: "Call", decision: GateDecision) -> str:
    by = f" by {decision.by}" if decision.by else ""
    why = f": {decision.because}" if decision.because else ""
    return f"{decision.ref}, {call.shown(decision.on)}{by}{why}"


def stage_shape(view: GateView) -> dict[str, Any]:
    """Return a stage with the state of its gate."""
    line = view.stage
    return {
        "ref": line.ref,
        "uid": line.uid,
        "title": line.title,
        "kind": line.kind,
        "attempt": line.cycle,
        "state": line.state,
        "started": line.started_on,
        "ended": line.ended_on,
        "skipped_because": line.skipped_because,
        "scope": line.scope,
        "leadership": line.leadership,
        "success": line.success,
        "assessments": line.runs,
        "gate": view.state,
        "decisions": [decision_shape(decision) for decision in view.decisions],
    }


def decision_shape(decision: GateDecision) -> dict[str, Any]:
    """Return what was decided once at a gate."""
    return {
        "ref": decision.ref,
        "uid": decision.uid,
        "gate": decision.gate,
        "on": decision.on,
        "by": decision.by or None,
        "because": decision.because,
        "conditions": decision.conditions,
        "meeting": decision.meeting or None,
    }
