"""Where the benchmark keeps its files, and how it starts programs: with a home of their own and the same Python."""

import os
import sys
import sysconfig
from dataclasses import dataclass
from pathlib import Path

from tests.bench.generate import TODAY, generate
from tests.bench.sizes import SIZES
from tui_plan.model.database import close_database

YARDSTICKS = Path(__file__).with_name("yardsticks")


@dataclass(frozen=True)
class Places:
    """A folder for databases and for the home of the programs that are measured."""

    folder: Path

    def database(self, size: str) -> Path:
        """Return a database of that size, made at its first use."""
        path = self.folder / f"{size}.db"
        if not path.exists():
            unfinished = path.with_suffix(".part")
            unfinished.unlink(missing_ok=True)
            generate(SIZES[size], unfinished)
            close_database()
            unfinished.rename(path)
        return path

    def environment(self) -> dict[str, str]:
        """Return an environment in which nobody's own configuration has a say."""
        home = self.folder / "home"
        home.mkdir(exist_ok=True)
        kept = {name: value for name, value in os.environ.items() if name in {"PATH", "LANG"}}
        return kept | {"HOME": str(home), "PYTHONPATH": str(Path(__file__).parents[2])}


def ours(*words: str) -> list[str]:
    """Return the command that runs the installed tui-plan."""
    return [str(Path(sysconfig.get_path("scripts")) / "tui-plan"), *words]


def on(path: Path, *words: str) -> list[str]:
    """Return the command that runs tui-plan on a generated database, on the day that it was made for."""
    return ours("--db", str(path), "--today", TODAY.isoformat(), *words)


def yardstick(name: str, *words: str) -> list[str]:
    """Return the command that runs a yardstick."""
    return [sys.executable, str(YARDSTICKS / name), *words]
