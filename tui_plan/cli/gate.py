"""``gate``: what the gate out of a stage asks for, what lacks, and deciding at it."""

from textwrap import wrap
from typing import TYPE_CHECKING, Any

from tui_plan.cli.meetings_named import day_said, meeting_at
from tui_plan.cli.output import columns
from tui_plan.cli.people import party_called
from tui_plan.cli.stages import stage_shape, tell_stage
from tui_plan.insight.finding import find_record
from tui_plan.insight.gate import Criterion, GateDecision, GateView, gate_of
from tui_plan.model.clean import clean
from tui_plan.model.errors import InvalidInput
from tui_plan.model.stage import Stage
from tui_plan.model.vocabulary import SIGNS, Gate

if TYPE_CHECKING:
    from tui_plan.cli.call import Call

_ATTENTION = {Gate.CLOSED, Gate.NOT_PASSED}


def gate(call: "Call") -> int:
    """Show a gate, after deciding at it where that was asked; 1 while it is closed or was not passed."""
    outcome = _outcome(call)
    if outcome is None:
        _refuse_loose(call)
        with call.reading():
            view = gate_of(find_record(call.options.ref, Stage).uid)
        return _show(call, view)
    if call.options.as_of:
        raise InvalidInput("--as-of goes with looking at a gate; leave it out to decide.")
    with call.writing():
        view = _decide(call, outcome)
    return _show(call, view, wrote=True)


def _decide(call: "Call", outcome: Gate) -> GateView:
    from tui_plan.insight.stages import stage_line
    from tui_plan.operations.stages import decide_gate

    said = call.options
    stage = find_record(said.ref, Stage).uid
    on = day_said(call)
    decide_gate(
        call.author(said.said_by, said.channel),
        stage,
        outcome,
        on=on,
        meeting=meeting_at(call, stage_line(stage).plan, on),
        by=party_called(call, said.by) if said.by else None,
        because=said.because,
        conditions=said.conditions or "",
    )
    return gate_of(stage)


def _outcome(call: "Call") -> Gate | None:
    said = call.options
    decided = {
        Gate.PASSED: said.passed,
        Gate.CONDITIONS: said.conditions is not None,
        Gate.NOT_PASSED: said.not_passed,
        Gate.OVERRIDDEN: said.override,
    }
    return next((outcome for outcome, wanted in decided.items() if wanted), None)


def _refuse_loose(call: "Call") -> None:
    """Refuse what only goes with a decision, rather than passing over it."""
    said = call.options
    for name in ("by", "because", "meeting", "on", "said_by", "channel"):
        if getattr(said, name):
            raise InvalidInput(
                f"--{name.replace('_', '-')} goes with a decision: --pass, --conditions, --not-passed or --override."
            )
    if call.dry:
        raise InvalidInput("--dry-run goes with a decision: --pass, --conditions, --not-passed or --override.")


def _show(call: "Call", view: GateView, *, wrote: bool = False) -> int:
    if call.json:
        call.page.json({**_shape(view), **({"dry_run": call.dry} if wrote else {})})
    else:
        _tell(call, view)
    return int(not wrote and not view.stage.skipped_because and view.state in _ATTENTION)


def _tell(call: "Call", view: GateView) -> None:
    tell_stage(call, view)
    if view.stage.skipped_because:
        return
    for criterion in view.criteria:
        _tell_criterion(call, criterion)
    for decision in view.decisions:
        _tell_decision(call, decision)


def _tell_criterion(call: "Call", criterion: Criterion) -> None:
    width = call.page.width
    sign, count = ("✓", "") if criterion.met else ("○", f" ({len(criterion.lacking)} lacking)")
    call.page.line(columns(width, ("", 1), (sign, 1), rest=criterion.words + count))
    for text in criterion.lacking:
        _tell_words(call, text, "    - ")


def _tell_decision(call: "Call", decision: GateDecision) -> None:
    by = f", by {decision.by}" if decision.by else ""
    meeting = f", at {decision.meeting}" if decision.meeting else ""
    told = f"{decision.ref} {decision.gate} on {call.shown(decision.on)}{by}{meeting}"
    _tell_words(call, told, f"  {SIGNS[decision.gate]} ")
    for words in filter(None, (decision.because, decision.conditions)):
        _tell_words(call, words, " " * 4)


def _tell_words(call: "Call", words: str, indent: str) -> None:
    """Print people's words after ``indent``, broken at words below it."""
    under = " " * len(indent)
    for line in wrap(clean(words), call.page.width, initial_indent=indent, subsequent_indent=under):
        call.page.line(line)


def _shape(view: GateView) -> dict[str, Any]:
    criteria = [{"words": one.words, "met": one.met, "lacking": list(one.lacking)} for one in view.criteria]
    return {**stage_shape(view), "run": view.run or None, "criteria": criteria}
