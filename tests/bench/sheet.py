"""A sheet such as coordinators keep, with as many actions as asked for: what the import is measured with."""

import csv
from datetime import timedelta
from pathlib import Path
from random import Random

from tests.bench import words
from tests.bench.generate import TODAY

_HEADINGS = (
    "Priority area",
    "Step objective",
    "Action",
    "Purpose",
    "Responsible",
    "Start date",
    "Target date",
    "Status",
)
_STATES = ("not started", "in progress", "complete")


def write_sheet(path: Path, actions: int, seed: int = 7) -> None:
    """Write a CSV of one plan; a third of the actions name nobody, and a tenth has words where a date should be."""
    rng = Random(seed)
    bodies = words.organisation_names(rng, 30)
    with path.open("w", encoding="utf-8", newline="") as file:
        sheet = csv.writer(file)
        sheet.writerow(_HEADINGS)
        for number in range(actions):
            due = TODAY + timedelta(days=rng.randrange(-300, 500))
            sheet.writerow(
                (
                    f"Area {number * 8 // actions + 1}",
                    f"Objective {number // 5 + 1}: {words.title(rng)}" if number % 5 == 0 else "",
                    f"{words.title(rng)} ({number + 1})",
                    words.text(rng),
                    rng.choice(bodies) if rng.random() < 0.67 else "",
                    (due - timedelta(days=90)).isoformat() if rng.random() < 0.5 else "",
                    due.isoformat() if rng.random() < 0.9 else "quarterly",
                    rng.choice(_STATES),
                )
            )
