"""``export`` of how a plan gets on: an assessment, the register, the evaluation, fidelity and the brief."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from tui_plan.cli.papers import remark
from tui_plan.cli.register import kind_called
from tui_plan.exchange.document_forms import paper_as
from tui_plan.insight.assessments import assessment, assessments
from tui_plan.insight.finding import find_record
from tui_plan.model.checklist import ChecklistRun
from tui_plan.model.errors import NotFound

if TYPE_CHECKING:
    from tui_plan.cli.call import Call
    from tui_plan.exchange.document import Document


def progress_paper(call: "Call") -> str | bytes:
    """Return the paper that was asked for; what was withheld from it is said beside it as well."""
    if call.options.format in {"csv", "xlsx"}:
        return _register_sheet(call)
    made = _PAPERS[call.options.kind](call)
    if made.withheld:
        remark(made.withheld)
    return paper_as(made, call.options.format, call.page.width)


def _register_sheet(call: "Call") -> bytes:
    from tui_plan.exchange.register_sheet import register_csv, register_xlsx

    said = call.options
    make = register_xlsx if said.format == "xlsx" else register_csv
    data, withheld = make(call.one_plan(), kinds=[kind_called(text) for text in said.entries], candid=said.candid)
    if withheld:
        remark(withheld)
    return data


def _register(call: "Call") -> "Document":
    from tui_plan.exchange.register_paper import register_paper

    said = call.options
    kinds = [kind_called(text) for text in said.entries]
    return register_paper(call.one_plan(), call.today, call.config.date_style, kinds=kinds, candid=said.candid)


def _assessment(call: "Call") -> "Document":
    from tui_plan.exchange.assessment_paper import assessment_paper

    return assessment_paper(_run(call), call.today, call.config.date_style, candid=call.options.candid)


def _run(call: "Call") -> str:
    """Return the uid of the assessment of --assessment, or of the plan's latest."""
    named = call.options.assessment
    if named:
        return assessment(find_record(named, ChecklistRun).uid).uid
    found = assessments(call.one_plan())
    if not found:
        raise NotFound("No assessment yet. Begin one: tui-plan checklist start progress --stage T-1")
    return found[-1].uid


def _evaluation(call: "Call") -> "Document":
    from tui_plan.exchange.evaluation_paper import evaluation_paper

    return evaluation_paper(call.one_plan(), call.today, call.config.date_style)


def _fidelity(call: "Call") -> "Document":
    from tui_plan.exchange.fidelity_paper import fidelity_paper

    said = call.options
    plan, style = call.one_plan(), call.config.date_style
    return fidelity_paper(plan, call.today, style, baseline=said.baseline, candid=said.candid)


def _brief(call: "Call") -> "Document":
    from tui_plan.exchange.brief_paper import brief_paper

    return brief_paper(call.one_plan(), call.today, call.config.date_style, candid=call.options.candid)


_PAPERS: dict[str, Callable[["Call"], "Document"]] = {
    "assessment": _assessment,
    "register": _register,
    "evaluation": _evaluation,
    "fidelity": _fidelity,
    "brief": _brief,
}
