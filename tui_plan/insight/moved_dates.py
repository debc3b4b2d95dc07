"""How often the expected days of open actions were moved later: the ledger alone knows what they were."""

import json
from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from typing import Any, NamedTuple

from tui_plan.insight.action_rows import is_open, of_plan
from tui_plan.insight.heard import standing_undoings
from tui_plan.model.base import rows
from tui_plan.model.ledger import Entry
from tui_plan.model.plan import Action

_DAYS = ("forecast", "agreed")


class Moved(NamedTuple):
    """An open action whose expected day was moved later ``times`` times since it was first set, and lies later now."""

    action: str
    number: int
    objective: str
    times: int
    first: date
    now: date

    @property
    def ref(self) -> str:
        """The reference that people quote."""
        return f"A-{self.number}"


def moved_later(plan: str | None = None, objective: str | None = None) -> list[Moved]:
    """Return the open actions of a plan (of all, if None), or of one step objective, whose day was moved later.

    What was turned back is not counted, nor is a day that was moved back again to where it first was.
    """
    fields = (Action.uid, Action.number, Action.objective, Action.forecast, Action.agreed)
    standing = rows(_open(Action.select(*fields), plan, objective).order_by(Action.number))
    moves = _moves(_open(Action.select(Action.uid), plan, objective))
    found = (_moved(row, moves[row[0]]) for row in standing if row[0] in moves)
    return [one for one in found if one is not None]


def _moved(row: tuple[Any, ...], moves: Iterable[tuple[str, str]]) -> Moved | None:
    """Go back from the days as they stand, over each change of them, and count what it moved later."""
    uid, number, objective, forecast, agreed = row
    state = {"forecast": _text(forecast), "agreed": _text(agreed)}
    now = first = _expected(state)
    times = 0
    for before, after in moves:
        state |= _days_of(after)
        later = _expected(state)
        state |= _days_of(before)
        first = _expected(state) or first
        times += bool(_expected(state)) and _expected(state) < later
    if not times or not first < now:
        return None
    return Moved(uid, number, objective, times, date.fromisoformat(first), date.fromisoformat(now))


def _open(query: Any, plan: str | None, objective: str | None) -> Any:
    found = of_plan(query, plan).where(is_open())
    return found if objective is None else found.where(Action.objective == objective)


def _moves(actions: Any) -> dict[str, list[tuple[str, str]]]:
    """Return by action of the query what each standing change of its days held before and after, the latest first."""
    of_days = [Entry.after.contains(f'"{name}"') for name in _DAYS]
    query = Entry.select(Entry.record, Entry.before, Entry.after, Entry.change).where(
        Entry.record.in_(actions) & Entry.before.is_null(False) & (of_days[0] | of_days[1])
    )
    turned_back = {change for pair in standing_undoings() for change in pair}
    found: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for record, before, after, change in rows(query.order_by(Entry.id.desc())):
        if change not in turned_back:
            found[record].append((before, after))
    return found


def _days_of(text: str) -> dict[str, str]:
    values = json.loads(text)
    return {name: values[name] or "" for name in _DAYS if name in values}


def _expected(state: dict[str, str]) -> str:
    return state["forecast"] or state["agreed"]


def _text(day: date | None) -> str:
    return day.isoformat() if day is not None else ""
