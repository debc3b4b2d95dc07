"""``checklist start``: a run of a template about somebody, an assessment of a stage, or a drill that calls a group."""

from datetime import date
from typing import TYPE_CHECKING

from tui_plan.cli.meetings_named import day_said, meeting_at
from tui_plan.cli.people import party_called
from tui_plan.insight.details import record_values
from tui_plan.insight.finding import find_record
from tui_plan.insight.stages import stage_line
from tui_plan.model.errors import InvalidInput
from tui_plan.model.stage import Stage
from tui_plan.model.vocabulary import PartyKind

if TYPE_CHECKING:
    from tui_plan.cli.call import Call
    from tui_plan.operations.checklists import About

DRILL = "drill"


def start(call: "Call") -> str:
    """Begin a checklist and return its uid."""
    from tui_plan.operations.checklists import start_checklist

    said = call.options
    if said.stage:
        return _assess(call, day_said(call))
    if wrong := next((name for name in ("partner", "whole", "meeting") if getattr(said, name)), ""):
        raise InvalidInput(f"--{wrong} goes with assessing a stage: --stage T-1.")
    if said.template == DRILL:
        return _start_drill(call)
    from tui_plan.exchange.checklist_templates import template

    on = call.day(said.on) or call.today
    return start_checklist(call.author(), template(said.template), _about(call), on=on, title=said.title)


def _assess(call: "Call", on: date) -> str:
    from tui_plan.exchange.checklist_templates import template
    from tui_plan.operations.assessing import start_assessment

    said = call.options
    if said.about or said.title:
        raise InvalidInput("An assessment is named by its stage and whose view it is: leave --for and --title out.")
    stage = find_record(said.stage, Stage).uid
    return start_assessment(
        call.author(),
        template(said.template),
        stage,
        on=on,
        party=party_called(call, said.partner) if said.partner else None,
        meeting=meeting_at(call, stage_line(stage).plan, on),
        whole=said.whole,
        today=call.today,
    )


def _start_drill(call: "Call") -> str:
    from tui_plan.insight.call_down import call_down
    from tui_plan.operations.checklists import start_drill

    said = call.options
    if not said.about:
        raise InvalidInput("Say which group or list is called: --for NAME.")
    on = call.day(said.on) or call.today
    group = party_called(call, said.about, PartyKind.GROUP)
    return start_drill(call.author(), group, call_down(group, on).called, on=on, plan=call.plan())


def _about(call: "Call") -> "About":
    from tui_plan.operations.checklists import About

    if not call.options.about:
        return About(plan=call.plan())
    party = party_called(call, call.options.about)
    field = {PartyKind.POST: "post", PartyKind.GROUP: "group"}.get(record_values("party", party)["kind"], "party")
    return About(plan=call.plan(), **{field: party})
