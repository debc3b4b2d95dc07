"""Makes a plan database of a known size: ``python -m tests.bench.generate large plan.db --seed 7``.

The same size, seed and day give the same records and the same ledger (but for the uids of a few changes). Everything
but the bulk of past changes of actions goes through ``model.store``; see ``history`` for that part.
"""

import argparse
from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from pathlib import Path
from random import Random
from typing import NamedTuple

from tests.bench.history import events, fated, write_events
from tests.bench.implementation import Rows, add_implementation, make_stages
from tests.bench.minutes import Minutes, make_series, minutes, write_minutes
from tests.bench.partnership import Told, make_lists, told
from tests.bench.plans import MadePlan, make_plan
from tests.bench.roster import COORDINATORS, Roster, make_roster
from tests.bench.sizes import SIZES, Size
from tui_plan.model.base import database
from tui_plan.model.database import close_database, create_database
from tui_plan.model.ledger import Entry
from tui_plan.model.store import Author, change

TODAY = date(2026, 3, 16)


class _First(NamedTuple):
    """What a plan begins with: the meetings that it could hold, and its stages."""

    possible: Rows
    stages: Rows


def generate(size: Size, path: Path, seed: int = 7, today: date = TODAY) -> None:
    """Make a new plan database of ``size`` at ``path``, as it would stand on ``today``, and leave it open."""
    create_database(path)
    for pragma, value in (("synchronous", "off"), ("cache_size", -400_000)):
        database.execute_sql(f"PRAGMA {pragma} = {value}")
    rng = Random(seed)
    roster, plans, first = _beginnings(rng, size, today)
    said = told(rng, plans, roster, today)
    missing = max(0, size.entries - Entry.select().count() - size.meetings - sum(map(len, said.values())))
    needed = fated([action for plan in plans for action in plan.actions])
    notes = max(0, min(missing // 10, 2 * size.actions, missing - needed))
    taken = _taken(rng, size, notes, roster, plans, first, today)
    _write_years(rng, plans, taken, missing - sum(record.count for record in taken), today)
    _write_told(said, today)


def _taken(
    rng: Random, size: Size, notes: int, roster: Roster, plans: list[MadePlan], first: list[_First], today: date
) -> list[Minutes]:
    """Return what was recorded at the meetings of all plans: notes, assessments, entries of the register."""
    counts = zip(*(_shares(count, plans) for count in (size.meetings, notes, size.runs, size.register)), strict=True)
    found: list[Minutes] = []
    for plan, beginning, (meetings, share, runs, entries) in zip(plans, first, counts, strict=True):
        of_plan = minutes(rng, plan, beginning.possible, meetings, share, today)
        add_implementation(rng, plan, beginning.stages, roster, of_plan, (runs, entries))
        found += of_plan
    return found


def _beginnings(rng: Random, size: Size, today: date) -> tuple[Roster, list[MadePlan], list[_First]]:
    """Write people and plans as they were first brought in; return them, and what each plan begins with."""
    first = datetime.combine(today, time(8)) - timedelta(days=size.days)
    with change(Author(login=COORDINATORS[0], at=first), "Brought in the roster") as writer:
        roster = make_roster(writer, rng, size.organisations, size.people, today)
    plans: list[MadePlan] = []
    begun: list[_First] = []
    for index, actions in enumerate(_plan_sizes(rng, size)):
        at = first + timedelta(minutes=10 * (index + 1))
        with change(Author(login=COORDINATORS[0], at=at), f"Imported plan {index + 1}") as writer:
            plans.append(make_plan(writer, rng, index, actions, roster, size.days, today))
            stages = make_stages(writer, rng, plans[-1], 2 if size.runs > 20 * size.plans else 1, today)
            begun.append(_First(make_series(writer, rng, plans[-1], today), stages))
    with change(Author(login=COORDINATORS[0], at=at), "Made the lists") as writer:
        make_lists(writer, rng, plans, roster)
    return roster, plans, begun


def _plan_sizes(rng: Random, size: Size) -> list[int]:
    """Share the actions out unevenly: the largest plan has about twice as many as the smallest."""
    weights = [rng.uniform(0.7, 1.4) for _ in range(size.plans)]
    shares = [int(size.actions * weight / sum(weights)) for weight in weights]
    shares[0] += size.actions - sum(shares)
    return shares


def _shares(count: int, plans: Sequence[MadePlan]) -> list[int]:
    """Share ``count`` out evenly over the plans."""
    many = len(plans)
    return [count * (place + 1) // many - count * place // many for place in range(many)]


def _write_years(rng: Random, plans: list[MadePlan], taken: list[Minutes], said: int, today: date) -> None:
    """Write the months in their order: what was said of actions, and the minutes of each meeting."""
    moments = events(rng, plans, said, today)
    place = 0
    with database.atomic():
        for record in sorted(taken, key=lambda record: record.at):
            start = place
            while place < len(moments) and moments[place][0] < record.at:
                place += 1
            write_events(rng, moments[start:place])
            write_minutes(rng, record)
        write_events(rng, moments[place:])


def _write_told(said: Told, today: date) -> None:
    """Write the agreements and communications in the evening of the last day."""
    with change(
        Author(login=COORDINATORS[0], at=datetime.combine(today, time(20))), "Recorded who was asked"
    ) as writer:
        for model, many in said.items():
            writer.create_many(model, many)


def main(words: Sequence[str] | None = None) -> None:
    """Read the command line and make the database."""
    parser = argparse.ArgumentParser(description="Make a plan database of a known size.")
    parser.add_argument("size", choices=SIZES)
    parser.add_argument("path", type=Path)
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--today", type=date.fromisoformat, default=TODAY)
    given = parser.parse_args(words)
    generate(SIZES[given.size], given.path, given.seed, given.today)
    close_database()


if __name__ == "__main__":
    main()
