"""Where the installed command ``tui-plan`` and ``python -m tui_plan`` begin and end."""

import os
import sys

from tui_plan.cli.main import main as run_command


def main() -> int:
    """Run the command line and leave; a command that drew no screen leaves without taking everything down first.

    By then all is flushed, closed and committed, and taking the modules down takes an eighth of the time of ``status``.
    """
    status = run_command()
    if "textual" not in sys.modules:
        sys.stderr.flush()
        os._exit(status)
    return status


if __name__ == "__main__":
    sys.exit(main())
