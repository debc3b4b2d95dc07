"""The command line begins and ends here: it reads what was typed, runs one command, and turns errors into one line.

Exit status: 0 fine, 1 something needs attention, 2 an error, 130 interrupted, 141 the reader of a pipe has gone.
"""

import os
import sys
from argparse import Namespace
from collections.abc import Sequence

from tui_plan.cli.command import Command, named
from tui_plan.model.errors import PlanError

ERROR, INTERRUPTED, PIPE_CLOSED = 2, 130, 141


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line (``sys.argv``, if None) and return the exit status."""
    try:
        status = _answered(arguments)
        sys.stdout.flush()
    except KeyboardInterrupt:
        return INTERRUPTED
    except BrokenPipeError:
        _close_pipe()
        return PIPE_CLOSED
    return status


def _answered(arguments: Sequence[str] | None) -> int:
    try:
        return _answer(arguments)
    except PlanError as problem:
        from tui_plan.model.clean import clean

        sys.stdout.flush()
        print(f"tui-plan: {clean(str(problem))}", file=sys.stderr)
        return ERROR


def _answer(arguments: Sequence[str] | None) -> int:
    from tui_plan.cli.parser import parse

    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")
    command, options = parse(arguments)
    return _carry_out(command, options)


def _carry_out(command: Command | None, options: Namespace) -> int:
    from tui_plan.cli.call import Call

    call = Call(options)
    status = named(command.place if command else "terminal:open_terminal")(call) or 0
    if call.dry and not call.json:
        call.page.line("Nothing was changed: this was a dry run.")
    return status


def _close_pipe() -> None:
    """Give stdout another end, so that Python says nothing when it flushes on leaving."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, sys.stdout.fileno())
    os.close(nowhere)
