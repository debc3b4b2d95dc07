"""The files about how a plan goes that the terminal hands out with one key: assessments, the register, the brief.

Screens call it, as they call ``people_papers``; the command line takes the same forms. What is candid stays in the
house: nothing here asks for it. Each maker imports what it needs when it is called.
"""

from collections.abc import Mapping
from datetime import date
from functools import partial

from tui_plan.exchange.document import Document
from tui_plan.exchange.papers import Paper
from tui_plan.exchange.people_papers import forms


def _assessment(run: str, today: date, style: str) -> Document:
    from tui_plan.exchange.assessment_paper import assessment_paper

    return assessment_paper(run, today, style)


def _register(plan: str, today: date, style: str) -> Document:
    from tui_plan.exchange.register_paper import register_paper

    return register_paper(plan, today, style)


def _register_csv(plan: str, today: date, style: str) -> bytes:
    from tui_plan.exchange.register_sheet import register_csv

    del today, style
    return register_csv(plan)[0]


def _withheld(plan: str) -> str:
    from tui_plan.exchange.register_sheet import register_csv

    return register_csv(plan)[1]


def _register_xlsx(plan: str, today: date, style: str) -> bytes:
    from tui_plan.exchange.register_sheet import register_xlsx

    del today, style
    return register_xlsx(plan)[0]


def _evaluation(plan: str, today: date, style: str) -> Document:
    from tui_plan.exchange.evaluation_paper import evaluation_paper

    return evaluation_paper(plan, today, style)


def _fidelity(plan: str, today: date, style: str, baseline: str = "") -> Document:
    from tui_plan.exchange.fidelity_paper import fidelity_paper

    return fidelity_paper(plan, today, style, baseline=baseline)


def fidelity_papers(baseline: str) -> Mapping[str, Paper]:
    """Return the papers about drift from a named baseline; from the first, if the name is empty."""
    return forms(partial(_fidelity, baseline=baseline), "fidelity")


def _brief(plan: str, today: date, style: str) -> Document:
    from tui_plan.exchange.brief_paper import brief_paper

    return brief_paper(plan, today, style)


ASSESSMENT_PAPERS: Mapping[str, Paper] = forms(_assessment, "assessment")
"""About one assessment (the uid of its run)."""
REGISTER_PAPERS: Mapping[str, Paper] = {
    **forms(_register, "register"),
    "csv": Paper("Spreadsheet as CSV", "-register.csv", _register_csv, _withheld),
    "xlsx": Paper("Spreadsheet", "-register.xlsx", _register_xlsx, _withheld),
}
"""About the register of a plan; of all plans, where the uid is empty."""
EVALUATION_PAPERS: Mapping[str, Paper] = forms(_evaluation, "evaluation")
FIDELITY_PAPERS: Mapping[str, Paper] = fidelity_papers("")
BRIEF_PAPERS: Mapping[str, Paper] = forms(_brief, "brief")
