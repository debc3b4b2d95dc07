"""The stages of a plan as JSON, its checklists and assessments, and its register with what each entry leads to.

Only ``json_writing`` calls this. What is candid has been taken out of the rows before, unless it was asked for.
"""

from tui_plan.exchange.json_rows import JsonRows, Shape, day, moment, ref
from tui_plan.exchange.plan_gathering import Row
from tui_plan.exchange.withholding import ITEM_WORDS
from tui_plan.insight.gate import gates_of
from tui_plan.model.checklist import ChecklistItem, ChecklistRun, NextAction
from tui_plan.model.register import EntryLink, RegisterEntry
from tui_plan.model.stage import Stage

_WORDS = ("level", "response", "manner", "fidelity", "disposition", "gate")
_TEXTS = ("evidence", "cause", "effect", "outcome")
_NUMBERS = ("likelihood", "impact", "residual_likelihood", "residual_impact", "intended", "active")
_LEADS = {"actions": "action", "objectives": "objective", "measures": "measure", "entries": "other"}


def stages_json(plan: str, found: JsonRows) -> Shape:
    """Return ``stages``, ``checklists`` and ``register``; each a list."""
    return _Stages(plan, found).shape()


class _Stages:
    """Nests the rows of one plan's stages, checklists and register."""

    def __init__(self, plan: str, found: JsonRows) -> None:
        self._found = found
        self._gates = gates_of(plan)

    def shape(self) -> Shape:
        return {
            "stages": self._found.each(Stage, ("cycle", "number"), self._stage),
            "checklists": self._found.each(ChecklistRun, ("started_on", "number"), self._run),
            "register": self._found.each(RegisterEntry, ("on", "number"), self._entry),
        }

    def _stage(self, row: Row) -> Shape:
        gate = self._gates.get(row["uid"])
        return {
            "ref": ref(Stage, row),
            **{name: row[name] for name in ("uid", "kind", "cycle", "title")},
            "state": gate.stage.state if gate else None,
            **{name: day(row[name]) for name in ("started_on", "ended_on")},
            **{name: row[name] for name in ("skipped_because", "scope", "leadership", "success")},
            "gate": gate.state if gate else None,
        }

    def _run(self, row: Row) -> Shape:
        items = self._found.beneath(ChecklistItem, "run", row, ("position", "uid"))
        return {
            "ref": ref(ChecklistRun, row),
            **{name: row[name] for name in ("uid", "template", "title", "kind")},
            **{name: self._found.party(row[name]) for name in ("party", "post", "group")},
            **{name: self._found.pointed(ChecklistRun, row, name) for name in ("stage", "meeting")},
            **{name: day(row[name]) for name in ("started_on", "due", "finished_on")},
            **self._found.words(row, "remarks"),
            "this_plan": row["plan"] is not None,
            "items": [self._item(item) for item in items],
        }

    def _item(self, row: Row) -> Shape:
        steps = self._found.beneath(NextAction, "item", row, ("uid",))
        return {
            **{name: row[name] for name in ("uid", "key", "section", "text")},
            "party": self._found.party(row["party"]),
            "rating": row["rating"] or None,
            "at": moment(row["at"]),
            "channel": row["channel"] or None,
            **{name: row[name] for name in (*ITEM_WORDS, "candour")},
            "actions": self._leads(NextAction, steps, "action"),
        }

    def _entry(self, row: Row) -> Shape:
        links = self._found.beneath(EntryLink, "entry", row, ("uid",))
        return {
            "ref": ref(RegisterEntry, row),
            "uid": row["uid"],
            "kind": row["kind"],
            "party": self._found.party(row["party"]),
            "title": row["title"],
            **{name: day(row[name]) for name in ("on", "due", "closed_on")},
            **{name: row[name] or None for name in _WORDS},
            **{name: row[name] for name in (*_TEXTS, *_NUMBERS)},
            **{name: self._found.pointed(RegisterEntry, row, name) for name in ("stage", "meeting", "area")},
            "candour": row["candour"],
            "this_plan": row["plan"] is not None,
            **{key: self._leads(EntryLink, links, name) for key, name in _LEADS.items()},
        }

    def _leads(self, model: type[EntryLink] | type[NextAction], links: list[Row], name: str) -> list[Shape]:
        """Return what these lead to, by number, or by words where there is none."""
        found = [lead for link in links if (lead := self._found.pointed(model, link, name))]
        return sorted(found, key=lambda lead: (_number(lead), lead["title"], lead["uid"]))


def _number(lead: Shape) -> int:
    return int(lead["ref"].partition("-")[2]) if lead["ref"] else 0
