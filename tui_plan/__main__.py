"""Where the installed command ``tui-plan`` and ``python -m tui_plan`` begin."""

import sys

from tui_plan.cli.main import main

if __name__ == "__main__":
    sys.exit(main())
