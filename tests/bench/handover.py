"""How long it takes to hand over everything that rests on one person, in the process itself, commit included."""

import statistics
from datetime import date
from pathlib import Path
from time import perf_counter

from tui_plan.insight.people_on import PeopleOn
from tui_plan.model.base import rows
from tui_plan.model.database import close_database, open_database
from tui_plan.model.plan import Action
from tui_plan.model.store import Author
from tui_plan.model.vocabulary import PartyKind, RoleKind
from tui_plan.operations.handover import Handover, hand_over
from tui_plan.operations.parts import add_role
from tui_plan.operations.undoing import undo

MOST_ROLES = 200
_TURNS = 3


def time_handover(path: Path) -> tuple[float, int]:
    """Return the milliseconds of a handover in the database at ``path`` (the median), and how many roles it moved."""
    author, day = Author("bench"), date(2026, 3, 16)
    open_database(path)
    try:
        people = PeopleOn(day)
        leaver, successor = [uid for uid, head in people.parties.items() if head.kind == PartyKind.PERSON][:2]
        live = [
            uid for (uid,) in rows(Action.select(Action.uid).where(Action.status == "not started").limit(MOST_ROLES))
        ]
        add_role(author, live, RoleKind.RESPONSIBLE, leaver, today=day)
        order = Handover(leaver, (), day, successor=successor)
        taken = []
        for _ in range(_TURNS):
            start = perf_counter()
            moves = hand_over(author, order)
            taken.append((perf_counter() - start) * 1000)
            undo(author)
        return statistics.median(taken), sum(move.kind == "role" for move in moves)
    finally:
        close_database()
