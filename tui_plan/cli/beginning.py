"""``init`` and ``demo``: making a database and a configuration, and a first look on sample plans."""

from pathlib import Path
from typing import TYPE_CHECKING

from tui_plan.cli.call import file_named
from tui_plan.cli.terminal import require_terminal, terminal_on
from tui_plan.config import config_file, usual_database, write_config
from tui_plan.model.database import close_database, create_database, open_database
from tui_plan.model.errors import DatabaseProblem

if TYPE_CHECKING:
    from tui_plan.cli.call import Call

FILE_NAME = "plan.db"

SAMPLE_LOGIN = "sample"
"""Who typed the samples' history: not the visitor, whose first undo must not take a piece of it away."""


def init(call: "Call") -> int:
    """Make the database and the configuration where they are missing, and say what to do next."""
    path = _place(call)
    there, config = path.exists(), config_file()
    if there:
        open_database(path, insist=call.options.network_disk)
        close_database()
    if call.dry:
        return _foretell(call, path, there, config)
    if not there:
        create_database(path, shared=call.options.shared)
        close_database()
    written = write_config(config, path)
    if call.json:
        call.page.json(
            {
                "database": str(path),
                "made_database": not there,
                "configuration": str(config),
                "made_configuration": written,
            }
        )
        return 0
    _report(call, path, there, config, written)
    return 0


def demo(call: "Call") -> int:
    """Open the sample plans in a database of their own; it goes when the terminal is left, unless it is kept."""
    from tempfile import TemporaryDirectory

    require_terminal()
    if call.options.keep:
        path = Path(call.options.keep).expanduser()
        _fill_with_samples(call, path)
        call.page.line(f"The sample plans lie in {path}; open them again with: tui-plan --db {path}")
        return terminal_on(call, path)
    with TemporaryDirectory(prefix="tui-plan-demo-") as folder:
        path = Path(folder) / FILE_NAME
        _fill_with_samples(call, path)
        return terminal_on(call, path)


def _place(call: "Call") -> Path:
    if not call.options.path:
        return call.database.absolute()
    if call.options.db:
        raise DatabaseProblem("The path was given twice; leave out --db or the other one.")
    path = file_named(call.options.path).absolute()
    return path / FILE_NAME if path.is_dir() else path


def _foretell(call: "Call", path: Path, there: bool, config: Path) -> int:
    call.page.line(f"{path} {'is there and stays as it is' if there else 'would be made'}.")
    call.page.line(f"{config} {'is there and stays as it is' if config.exists() else 'would be written'}.")
    return 0


def _report(call: "Call", path: Path, there: bool, config: Path, written: bool) -> None:
    line = call.page.line
    line(f"Database       {path}{'  (was there, left as it is)' if there else ''}")
    line(f"Configuration  {config}{'' if written else '  (was there, left as it is)'}")
    if call.options.shared and not there:
        line("Shared         colleagues of the folder's group may write it; 'tui-plan check' looks at the folder.")
    line()
    named = "" if path == (call.config.database or usual_database()) else f" --db {path}"
    if named:
        line(f"The configuration names another database, so say --db {path} each time, or change it there.")
    line("Next:")
    line(f"  tui-plan{named} import plan.xlsx --dry-run   shows what your spreadsheet would become")
    line(f"  tui-plan{named} add plan 'Its name'          begins with an empty plan")
    line(f"  tui-plan{named}                              opens the terminal program")


def _fill_with_samples(call: "Call", path: Path) -> None:
    from tui_plan.exchange.samples import load_samples
    from tui_plan.model.store import Author

    create_database(path)
    try:
        load_samples(Author(SAMPLE_LOGIN), call.today)
    finally:
        close_database()
