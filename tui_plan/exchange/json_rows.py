"""The gathered rows of one plan on their way into JSON: nested, in their order, without what stays in the house.

Only the modules ``json_…`` use this. Whatever is referred to stands with what people quote, its uid and its words.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable
from datetime import date, datetime
from typing import Any

from tui_plan.exchange.plan_gathering import Row, gather, quoted_elsewhere
from tui_plan.exchange.toml_quoted import quoted_in, target_of
from tui_plan.exchange.withholding import Withheld, withhold
from tui_plan.model.base import Record
from tui_plan.model.people import Party
from tui_plan.model.schema import LETTERS

Shape = dict[str, Any]


class JsonRows:
    """The rows of a plan and of its people. Without ``candid`` what may not leave the house is taken out of them."""

    def __init__(self, plan: str, *, candid: bool) -> None:
        self._candid = candid
        self.rows = gather(plan, candid=candid).rows
        self.withheld = Withheld() if candid else withhold(self.rows)
        self.silenced = 0
        """How many texts that are not marked as candid or shareable stayed in the house so far."""

        self._parties = {row["uid"]: row for row in self.rows[Party]}
        here = quoted_in(self.rows)
        elsewhere = quoted_elsewhere(self.rows, here)
        self._quoted = {model: known | elsewhere.get(model, {}) for model, known in here.items()}
        self._within: dict[tuple[type[Record], str], dict[str, list[Row]]] = {}

    def each(self, model: type[Record], order: tuple[str, ...], shape: Callable[[Row], Shape]) -> list[Shape]:
        """Return the shapes of all records of a kind."""
        return [shape(row) for row in _in_order(self.rows[model], order)]

    def beneath(self, model: type[Record], field: str, owner: Row, order: tuple[str, ...]) -> list[Row]:
        """Return the records that name ``owner`` in ``field``; they are grouped once."""
        if (model, field) not in self._within:
            grouped: dict[str, list[Row]] = defaultdict(list)
            for row in self.rows[model]:
                grouped[row[field]].append(row)
            self._within[model, field] = grouped
        return _in_order(self._within[model, field].get(owner["uid"], []), order)

    def party(self, uid: str | None) -> Shape | None:
        """Return a party as it is referred to."""
        row = self._parties.get(uid or "")
        return {"uid": uid, "kind": row["kind"], "name": row["name"]} if row else None

    def pointed(self, model: type[Record], row: Row, name: str) -> Shape | None:
        """Return what a field of a record points at: its ``ref`` (null where it has no number), uid and title."""
        target, uid = target_of(model, name), row[name]
        if uid is None or uid not in self._quoted[target]:
            return None
        number, words = self._quoted[target][uid]
        return {"ref": f"{LETTERS[target]}-{number}" if number else None, "uid": uid, "title": words}

    def words(self, row: Row, *names: str) -> Shape:
        """Return texts that people wrote for themselves, empty unless asked for."""
        if self._candid:
            return {name: row[name] for name in names}
        self.silenced += sum(bool(row[name]) for name in names)
        return dict.fromkeys(names, "")


def ref(model: type[Record], row: Row) -> str:
    """Return the reference that people quote."""
    return f"{LETTERS[model]}-{row['number']}"


def day(day: date | None) -> str | None:
    """Return an ISO date, or None."""
    return day.isoformat() if day else None


def moment(at: datetime | None) -> str | None:
    """Return an ISO moment to the second, or None."""
    return at.isoformat(timespec="seconds") if at else None


def _in_order(many: Iterable[Row], order: tuple[str, ...]) -> list[Row]:
    return sorted(many, key=lambda row: tuple((row[name] is not None, row[name]) for name in order))
