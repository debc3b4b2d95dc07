"""The benchmark: ``python -m tests.bench.run [--sets small,large] [--json out.json]``. It needs tui-plan installed.

Budgets are ratios against yardsticks measured in the same run, since machines differ. It is no test: nothing fails.
"""

import argparse
import json
import sys
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.bench import commands, screens
from tests.bench.places import Places
from tests.bench.report import NotMeasured, Row, plain, table
from tests.bench.sizes import SIZES

_PARTS = ("headless", "import", "commands", "terminal")


def measure(places: Places, sizes: Sequence[str], parts: Sequence[str]) -> list[Row]:
    """Measure the chosen parts on the chosen sizes, saying on stderr what is going on and what could not be had."""
    found: list[Row] = []
    for name, step in _steps(places, sizes, parts):
        print(f"measuring {name} …", file=sys.stderr)
        try:
            found += step()
        except (NotMeasured, TimeoutError) as problem:
            print(f"  not measured: {problem}", file=sys.stderr)
    return found


def _steps(places: Places, sizes: Sequence[str], parts: Sequence[str]) -> Iterator[tuple[str, Callable[[], list[Row]]]]:
    if "headless" in parts:
        for words in (("--help",), ("--version",), ("completion", "bash")):
            yield " ".join(words), partial(commands.headless, places, *words)
    if "import" in parts:
        yield "import", partial(commands.importing, places)
    for size in sizes:
        if "commands" in parts:
            yield f"status, {size}", partial(commands.status, places, size)
            yield f"export ics, {size}", partial(commands.calendar, places, size)
        if "terminal" in parts:
            yield f"starting the terminal, {size}", partial(screens.starting, places, size)
            yield f"keys, {size}", partial(screens.keys, places, size)
            yield f"handing over, {size}", partial(screens.handing_over, places, size)
            yield f"idling, {size}", partial(screens.idling, places, size)


def main(words: Sequence[str] | None = None) -> None:
    """Read the command line, measure, and print the table."""
    parser = argparse.ArgumentParser(description="Measure tui-plan against its yardsticks.")
    parser.add_argument("--sets", default="small,large", help=f"comma-separated: {', '.join(SIZES)}")
    parser.add_argument("--parts", default=",".join(_PARTS), help=f"comma-separated: {', '.join(_PARTS)}")
    parser.add_argument("--json", type=Path, help="also write the figures to this file")
    parser.add_argument("--keep", type=Path, help="keep the databases in this folder, for the next run")
    given = parser.parse_args(words)
    with TemporaryDirectory(prefix="tui-plan-bench-") as passing:
        folder = given.keep or Path(passing)
        folder.mkdir(parents=True, exist_ok=True)
        rows = measure(Places(folder), given.sets.split(","), given.parts.split(","))
    print(table(rows))
    if given.json:
        given.json.write_text(json.dumps(plain(rows), indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
