"""From an entry of the register to what it names: an action or a step objective in its plan, or another entry."""

from typing import TYPE_CHECKING

from tui_plan.insight.details import record_values
from tui_plan.insight.register import EntryDetail, Lead
from tui_plan.screens.forms_action import pick_form
from tui_plan.screens.page_links import open_action, open_in_plan
from tui_plan.widgets.fields import Option

if TYPE_CHECKING:
    from tui_plan.screens.changing import ChangingScreen
    from tui_plan.screens.register import RegisterScreen


async def follow_entry(screen: "RegisterScreen", detail: EntryDetail) -> None:
    """Go to what an entry names, or to what names it: at once where there is one, else ask which."""
    named = {lead.uid: lead for lead in (*detail.leads, *detail.led_from)}
    if not named:
        screen.say("This entry names nothing to go to yet.")
        return
    chosen = next(iter(named))
    if len(named) > 1:
        options = tuple(Option(lead.uid, f"{lead.ref} {lead.title}", lead.noun) for lead in named.values())
        pick = await screen.ask_form(pick_form("Go to", detail.line.title, "What it names", options, add_new=False))
        if pick is None:
            return
        chosen = pick.key
    await _go_to(screen, named[chosen])


async def _go_to(screen: "RegisterScreen", lead: Lead) -> None:
    if lead.noun == "action":
        await open_action(screen, lead.uid)
    elif lead.noun == "outcome measure":
        measure = await screen.ask(record_values, "outcome_measure", lead.uid)
        await open_action(screen, measure["action"])
    elif lead.noun == "step objective":
        await _open_objective(screen, lead.uid)
    else:
        screen.go_to(lead.uid)


async def _open_objective(screen: "ChangingScreen", objective: str) -> None:
    values = await screen.ask(record_values, "step_objective", objective)
    area = await screen.ask(record_values, "development_area", values["area"])
    await open_in_plan(screen, area["plan"], objective)
