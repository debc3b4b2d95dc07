"""Asking whoever types before something large is written."""

from typing import TYPE_CHECKING

from tui_plan.cli.output import ask, at_terminal
from tui_plan.model.errors import Refused

if TYPE_CHECKING:
    from tui_plan.cli.call import Call


def agreed(call: "Call", question: str, refusal: str) -> bool:
    """Return whether it may be done: unasked with --dry-run and --yes, else by a yes on the terminal.

    Where nobody can be asked, ``Refused`` with ``refusal``, which says what to add.
    """
    if call.dry or call.options.yes:
        return True
    if not at_terminal():
        raise Refused(f"Nothing was changed. {refusal}")
    if ask(question):
        return True
    call.page.line("Nothing was changed.")
    return False
