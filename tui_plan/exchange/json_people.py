"""The people of a plan as JSON, and what ties them to it: who holds and sits where, agreements, what they were told.

Only ``json_writing`` calls this. Parties are told by uid, kind and name. How to reach them, their logins and remarks
about them stay in the house; so do, unless asked for, the words of what was said.
"""

from tui_plan.exchange.json_rows import JsonRows, Shape, day, ref
from tui_plan.exchange.plan_gathering import Row
from tui_plan.model.partnership import Agreement, Communication, MembershipRule
from tui_plan.model.people import Alternate, Membership, Party, Tenure
from tui_plan.model.plan import DevelopmentArea
from tui_plan.model.vocabulary import PartyKind


def people_json(found: JsonRows) -> Shape:
    """Return ``people``, ``agreements`` and ``communications``; each a list, of everybody who is in the plan's TOML."""
    return _People(found).shape()


class _People:
    """Nests the rows of one plan's people."""

    def __init__(self, found: JsonRows) -> None:
        self._found = found
        self._areas = {row["uid"]: row for row in found.rows[DevelopmentArea]}

    def shape(self) -> Shape:
        return {
            "people": self._found.each(Party, ("kind", "name_key", "uid"), self._person),
            "agreements": self._found.each(Agreement, ("version", "on", "uid"), self._agreement),
            "communications": self._found.each(Communication, ("on", "uid"), self._communication),
        }

    def _person(self, row: Row) -> Shape:
        shape = {
            **{name: row[name] for name in ("uid", "kind", "name", "short_name", "hear_every")},
            **{name: row[name] or None for name in ("group_kind", "audience")},
            **{name: self._found.party(row[name]) for name in ("organisation", "reports_to")},
            **{name: day(row[name]) for name in ("joined_on", "left_on")},
        }
        if row["kind"] == PartyKind.POST:
            return shape | self._of_post(row)
        return shape | self._of_group(row) if row["kind"] == PartyKind.GROUP else shape

    def _of_post(self, row: Row) -> Shape:
        held = self._found.beneath(Tenure, "post", row, ("start", "end", "uid"))
        alternates = self._found.beneath(Alternate, "post", row, ("rank", "uid"))
        return {
            "holders": [
                {
                    "person": self._found.party(each["person"]),
                    "start": day(each["start"]),
                    "end": day(each["end"]),
                    "acting": each["acting"],
                }
                for each in held
            ],
            "alternates": [self._found.party(each["person"]) for each in alternates],
        }

    def _of_group(self, row: Row) -> Shape:
        seats = self._found.beneath(Membership, "group", row, ("position", "uid"))
        rules = self._found.beneath(MembershipRule, "group", row, ("role", "audience", "uid"))
        return {
            "members": [{"member": self._found.party(each["member"]), "seat": each["seat"]} for each in seats],
            "rules": [self._rule(each) for each in rules],
        }

    def _rule(self, row: Row) -> Shape:
        area = self._areas.get(row["area"])
        return {
            "uid": row["uid"],
            "role": row["role"] or None,
            "audience": row["audience"] or None,
            "organisation": self._found.party(row["organisation"]),
            "this_plan": row["plan"] is not None,
            "area": {"ref": ref(DevelopmentArea, area), "title": area["title"]} if area else None,
        }

    def _agreement(self, row: Row) -> Shape:
        return {
            "uid": row["uid"],
            "party": self._found.party(row["party"]),
            "version": row["version"],
            "state": row["state"],
            "on": day(row["on"]),
            "channel": row["channel"] or None,
            **{name: row[name] for name in ("reservations", "lapsed_because")},
            **self._found.words(row, "evidence"),
        }

    def _communication(self, row: Row) -> Shape:
        return {
            "uid": row["uid"],
            "party": self._found.party(row["party"]),
            "direction": row["direction"],
            "on": day(row["on"]),
            "channel": row["channel"] or None,
            **self._found.words(row, "words"),
            "this_plan": row["plan"] is not None,
        }
