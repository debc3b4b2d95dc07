"""The command line against its yardsticks: whole processes, from start to end, run in turns."""

import json
import shutil
import sqlite3
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Collection, Mapping, Sequence
from pathlib import Path

from tests.bench.places import Places, on, ours, yardstick
from tests.bench.report import NotMeasured, Row, ratio
from tests.bench.sheet import write_sheet
from tests.bench.yardsticks.write_calendar import entries_of
from tui_plan.model.database import close_database, create_database

_RUNS = 11
_SHEET_ACTIONS = 650
_STATUS_BUDGETS = {"extreme": 2.0}


def headless(places: Places, *words: str) -> list[Row]:
    """Measure a command that needs no database."""
    took = in_turns(ours(*words), [sys.executable, "-c", "import argparse"], places.environment())
    return [ratio(f"tui-plan {' '.join(words)}", "", *took, "import argparse", 2)]


def status(places: Places, size: str) -> list[Row]:
    """Measure ``status`` on a database of ``size``; it may say that something needs attention."""
    mine, least = on(places.database(size), "status"), [sys.executable, "-c", "import peewee"]
    took = in_turns(mine, least, places.environment(), fine={0, 1})
    return [ratio("status", size, *took, "import peewee", _STATUS_BUDGETS.get(size, 1.3))]


def importing(places: Places) -> list[Row]:
    """Measure the import of a sheet against raw inserts of all the rows that it wrote, its ledger included."""
    sheet, blank, filled, copy = (places.folder / name for name in ("plan.csv", "blank.db", "filled.db", "copy.db"))
    write_sheet(sheet, _SHEET_ACTIONS)
    blank.unlink(missing_ok=True)
    create_database(blank)
    close_database()
    run_import = on(filled, "import", str(sheet), "--yes")
    shutil.copyfile(blank, filled)
    run(run_import, places.environment())
    rows = places.folder / "imported.db"
    shutil.copyfile(filled, rows)

    def prepare() -> None:
        for target in (filled, copy):
            shutil.copyfile(blank, target)

    raw = yardstick("insert_rows.py", str(rows), str(copy))
    took = in_turns(run_import, raw, places.environment(), before=prepare)
    written = sum(_counts(rows))
    return [ratio(f"import of {_SHEET_ACTIONS} actions ({written} rows)", "", *took, "raw executemany", 10)]


def calendar(places: Places, size: str) -> list[Row]:
    """Measure the calendar of the first plan against icalendar writing the same entries."""
    ours_file, entries, theirs = (places.folder / f"{size}{ending}" for ending in (".ics", ".json", "-yardstick.ics"))
    export = on(places.database(size), "--plan", "P-1", "export", "ics", "--output", str(ours_file))
    run(export, places.environment())
    found = entries_of(ours_file.read_bytes())
    entries.write_text(json.dumps(found), encoding="utf-8")
    loop = yardstick("write_calendar.py", str(entries), str(theirs))
    took = in_turns(export, loop, places.environment(), runs=5)
    return [ratio(f"export ics ({len(found)} entries)", size, *took, "icalendar, same entries", 1.25)]


def in_turns(
    mine: Sequence[str],
    theirs: Sequence[str],
    environment: Mapping[str, str],
    *,
    runs: int = _RUNS,
    fine: Collection[int] = (0,),
    before: Callable[[], None] = lambda: None,
) -> tuple[float, float]:
    """Run two commands in turns and return the median milliseconds of each; the first round only warms up."""
    took: list[tuple[float, float]] = []
    for _ in range(runs + 1):
        before()
        took.append((run(mine, environment, fine), run(theirs, environment, fine)))
    ours_took, theirs_took = zip(*took[1:], strict=True)
    return statistics.median(ours_took), statistics.median(theirs_took)


def run(command: Sequence[str], environment: Mapping[str, str], fine: Collection[int] = (0,)) -> float:
    """Run a command and return the milliseconds it took; ``NotMeasured`` if it failed."""
    began = time.perf_counter()
    ended = subprocess.run(command, env=environment, capture_output=True, check=False)
    took = (time.perf_counter() - began) * 1000
    if ended.returncode not in fine:
        raise NotMeasured(f"{' '.join(command)} ended with {ended.returncode}: {ended.stderr.decode()[-300:]}")
    return took


def _counts(path: Path) -> list[int]:
    opened = sqlite3.connect(path)
    names = [name for (name,) in opened.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
    return [opened.execute(f"SELECT count(*) FROM {name}").fetchone()[0] for name in names]  # noqa: S608
