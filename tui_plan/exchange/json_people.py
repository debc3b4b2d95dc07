"""The people of a plan as JSON, and what ties them to it: agreements, what they were told, checklists, the register.

Only ``json_writing`` calls this. Parties are told by uid, kind and name. How to reach them, their logins and remarks
about them stay in the house; so do, unless asked for, the words of what was said and the entries of the register.
"""

from collections import defaultdict
from collections.abc import Callable
from datetime import date
from typing import Any

from tui_plan.exchange.plan_gathering import Row, gather
from tui_plan.model.base import Record
from tui_plan.model.checklist import ChecklistItem, ChecklistRun
from tui_plan.model.partnership import Agreement, Communication, MembershipRule
from tui_plan.model.people import Alternate, Membership, Party, Tenure
from tui_plan.model.plan import DevelopmentArea
from tui_plan.model.register import RegisterEntry
from tui_plan.model.schema import LETTERS
from tui_plan.model.vocabulary import PartyKind

Shape = dict[str, Any]


def people_json(plan: str, *, candid: bool = False) -> tuple[Shape, int]:
    """Return what a plan's JSON tells of people: ``people``, ``agreements``, ``communications``, ``checklists``,
    ``register``; each a list, of everybody who is in the plan's TOML as well.

    Beside it how many texts and entries were withheld, none when ``candid``.
    """
    people = _People(plan, candid)
    return people.shape(), people.withheld


class _People:
    """Nests the rows of one plan's people."""

    def __init__(self, plan: str, candid: bool) -> None:
        self._candid = candid
        self.withheld = 0
        """How many texts and entries stayed in the house so far."""

        self._rows = gather(plan).rows
        self._parties = {row["uid"]: row for row in self._rows[Party]}
        self._areas = {row["uid"]: row for row in self._rows[DevelopmentArea]}
        self._within: dict[tuple[type[Record], str], list[Row]] = defaultdict(list)
        for model, owner in ((Tenure, "post"), (Alternate, "post"), (Membership, "group"), (MembershipRule, "group")):
            self._nest(model, owner)
        self._nest(ChecklistItem, "run")

    def shape(self) -> Shape:
        people = sorted(self._rows[Party], key=lambda row: (row["kind"], row["name_key"], row["uid"]))
        return {
            "people": [self._person(row) for row in people],
            "agreements": self._each(Agreement, ("version", "on", "uid"), self._agreement),
            "communications": self._each(Communication, ("on", "uid"), self._communication),
            "checklists": self._each(ChecklistRun, ("started_on", "number"), self._run),
            "register": self._register(),
        }

    def _register(self) -> list[Shape]:
        """Return how people stand to the plan, which is not for them to read."""
        if self._candid:
            return self._each(RegisterEntry, ("on", "number"), self._entry)
        self.withheld += len(self._rows[RegisterEntry])
        return []

    def _words(self, row: Row, *names: str) -> Shape:
        """Return texts that people wrote for themselves, empty unless asked for."""
        if self._candid:
            return {name: row[name] for name in names}
        self.withheld += sum(bool(row[name]) for name in names)
        return dict.fromkeys(names, "")

    def _nest(self, model: type[Record], owner: str) -> None:
        for row in self._rows[model]:
            self._within[model, row[owner]].append(row)

    def _each(self, model: type[Record], order: tuple[str, ...], shape: Callable[[Row], Shape]) -> list[Shape]:
        return [shape(row) for row in _in_order(self._rows[model], order)]

    def _beneath(self, model: type[Record], owner: Row, order: tuple[str, ...]) -> list[Row]:
        return _in_order(self._within[model, owner["uid"]], order)

    def _party(self, uid: str | None) -> Shape | None:
        row = self._parties.get(uid or "")
        return {"uid": uid, "kind": row["kind"], "name": row["name"]} if row else None

    def _person(self, row: Row) -> Shape:
        shape = {
            **{name: row[name] for name in ("uid", "kind", "name", "short_name", "hear_every")},
            **{name: row[name] or None for name in ("group_kind", "audience")},
            **{name: self._party(row[name]) for name in ("organisation", "reports_to")},
            **{name: _day(row[name]) for name in ("joined_on", "left_on")},
        }
        if row["kind"] == PartyKind.POST:
            return shape | self._of_post(row)
        return shape | self._of_group(row) if row["kind"] == PartyKind.GROUP else shape

    def _of_post(self, row: Row) -> Shape:
        held = self._beneath(Tenure, row, ("start", "end", "uid"))
        return {
            "holders": [
                {
                    "person": self._party(each["person"]),
                    "start": _day(each["start"]),
                    "end": _day(each["end"]),
                    "acting": each["acting"],
                }
                for each in held
            ],
            "alternates": [self._party(each["person"]) for each in self._beneath(Alternate, row, ("rank", "uid"))],
        }

    def _of_group(self, row: Row) -> Shape:
        seats = self._beneath(Membership, row, ("position", "uid"))
        rules = self._beneath(MembershipRule, row, ("role", "audience", "uid"))
        return {
            "members": [{"member": self._party(each["member"]), "seat": each["seat"]} for each in seats],
            "rules": [self._rule(each) for each in rules],
        }

    def _rule(self, row: Row) -> Shape:
        area = self._areas.get(row["area"])
        return {
            "uid": row["uid"],
            "role": row["role"] or None,
            "audience": row["audience"] or None,
            "organisation": self._party(row["organisation"]),
            "this_plan": row["plan"] is not None,
            "area": {"ref": _ref(DevelopmentArea, area), "title": area["title"]} if area else None,
        }

    def _agreement(self, row: Row) -> Shape:
        return {
            "uid": row["uid"],
            "party": self._party(row["party"]),
            "version": row["version"],
            "state": row["state"],
            "on": _day(row["on"]),
            "channel": row["channel"] or None,
            **{name: row[name] for name in ("reservations", "lapsed_because")},
            **self._words(row, "evidence"),
        }

    def _communication(self, row: Row) -> Shape:
        return {
            "uid": row["uid"],
            "party": self._party(row["party"]),
            "direction": row["direction"],
            "on": _day(row["on"]),
            "channel": row["channel"] or None,
            **self._words(row, "words"),
            "this_plan": row["plan"] is not None,
        }

    def _run(self, row: Row) -> Shape:
        return {
            "ref": _ref(ChecklistRun, row),
            **{name: row[name] for name in ("uid", "template", "title", "kind")},
            **{name: self._party(row[name]) for name in ("party", "post", "group")},
            **{name: _day(row[name]) for name in ("started_on", "due", "finished_on")},
            **self._words(row, "remarks"),
            "this_plan": row["plan"] is not None,
            "items": [self._item(item) for item in self._beneath(ChecklistItem, row, ("position", "uid"))],
        }

    def _item(self, row: Row) -> Shape:
        return {
            **{name: row[name] for name in ("uid", "key", "section", "text")},
            "party": self._party(row["party"]),
            "rating": row["rating"] or None,
            "at": row["at"].isoformat(timespec="seconds") if row["at"] else None,
            "channel": row["channel"] or None,
            **self._words(row, "successes", "challenges", "next_steps"),
        }

    def _entry(self, row: Row) -> Shape:
        return {
            "ref": _ref(RegisterEntry, row),
            "uid": row["uid"],
            "kind": row["kind"],
            "party": self._party(row["party"]),
            "title": row["title"],
            "on": _day(row["on"]),
            "level": row["level"] or None,
            "evidence": row["evidence"],
            "this_plan": row["plan"] is not None,
        }


def _in_order(many: list[Row], order: tuple[str, ...]) -> list[Row]:
    return sorted(many, key=lambda row: tuple((row[name] is not None, row[name]) for name in order))


def _ref(model: type[Record], row: Row) -> str:
    return f"{LETTERS[model]}-{row['number']}"


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None
