"""Opening the terminal program, or saying in one sentence why it cannot open here."""

import os
from pathlib import Path
from typing import TYPE_CHECKING

from tui_plan.config import state_folder
from tui_plan.model.errors import Refused

if TYPE_CHECKING:
    from tui_plan.cli.call import Call
    from tui_plan.session import Session


def open_terminal(call: "Call") -> int:
    """Open the terminal program on the chosen database."""
    return terminal_on(call, call.database)


def terminal_on(call: "Call", path: Path) -> int:
    """Open the terminal program on the database at ``path`` and return its exit status."""
    require_terminal()
    from tui_plan.app import run_terminal

    return run_terminal(_session(call, path))


def require_terminal() -> None:
    """Raise ``Refused`` where the terminal program cannot be shown."""
    from tui_plan.terminal_life import terminal_problem

    if problem := terminal_problem(os.environ):
        raise Refused(problem)


def _session(call: "Call", path: Path) -> "Session":
    from tui_plan.cli.call import login_name
    from tui_plan.session import Session

    return Session(
        database=path,
        login=login_name(),
        state_folder=state_folder(),
        theme=call.config.theme,
        keymap=call.config.keys,
        today=call.today if call.options.today else None,
        date_order=call.config.date_order or "",
        date_style=call.config.date_style,
        network_disk=call.options.network_disk,
        plan=call.options.plan,
        notices=call.config.problems,
    )
