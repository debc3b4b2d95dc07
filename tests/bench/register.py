"""Generated entries of the register, of every kind, with the fields that each kind asks for."""

from collections.abc import Sequence
from datetime import date, timedelta
from random import Random
from typing import Any

from tests.bench import words
from tests.bench.plans import MadePlan
from tests.bench.roster import Roster, uid
from tui_plan.model.entry_kinds import KINDS
from tui_plan.model.vocabulary import Candour, Disposition, EntryKind, Fidelity, Manner, Response, Support

_KINDS = {
    EntryKind.RISK: 0.22,
    EntryKind.ISSUE: 0.14,
    EntryKind.DECISION: 0.12,
    EntryKind.CONTEXT: 0.06,
    EntryKind.ADAPTATION: 0.08,
    EntryKind.LESSON: 0.10,
    EntryKind.ACHIEVEMENT: 0.08,
    EntryKind.IDEA: 0.06,
    EntryKind.CHAMPION: 0.03,
    EntryKind.SUPPORT: 0.05,
    EntryKind.PARTICIPATION: 0.06,
}
_OF_PARTNERS = (EntryKind.PARTICIPATION, EntryKind.SUPPORT)
_LINKED = (EntryKind.RISK, EntryKind.ISSUE, EntryKind.CONTEXT, EntryKind.ADAPTATION, EntryKind.ACHIEVEMENT)


def make_entry(rng: Random, plan: str, stage: str, meeting: str, roster: Roster, on: date) -> dict[str, Any]:
    """Return the values of an entry that was made at a meeting on a day."""
    kind = rng.choices(list(_KINDS), list(_KINDS.values()))[0]
    intended = rng.randrange(1, 60)
    drawn = {
        "party": rng.choice(roster.organisations if kind in _OF_PARTNERS else roster.persons),
        "cause": words.text(rng, 60),
        "effect": words.text(rng, 60),
        "outcome": words.reason(rng) if rng.random() < 0.4 else "",
        "due": on + timedelta(days=rng.randrange(30, 200)),
        "likelihood": rng.randrange(1, 6),
        "impact": rng.randrange(1, 6),
        "response": rng.choice(["", *Response]),
        "manner": rng.choice(list(Manner)),
        "fidelity": rng.choice(list(Fidelity)),
        "disposition": rng.choice(["", *Disposition]),
        "level": rng.choice(list(Support)),
        "intended": intended,
        "active": rng.randrange(intended + 1),
        "stage": stage,
        "meeting": meeting,
        "closed_on": on + timedelta(days=rng.randrange(30)) if rng.random() < 0.5 else None,
    }
    return {
        "uid": uid(rng),
        "plan": plan,
        "kind": kind,
        "title": words.title(rng),
        "on": on,
        "candour": rng.choice(list(Candour)),
        **{name: value for name, value in drawn.items() if name in KINDS[kind].fields},
    }


def make_links(
    rng: Random, entry: dict[str, Any], plan: MadePlan, speaking: Sequence[str], before: Sequence[dict[str, Any]]
) -> list[dict[str, Any]]:
    """Return what an entry leads to: mostly one of the actions that are spoken of, sometimes more than that."""
    if entry["kind"] not in _LINKED:
        return []
    found: list[dict[str, Any]] = []
    if speaking and rng.random() < 0.6:
        found.append({"action": rng.choice(speaking)})
    if entry["kind"] == EntryKind.ACHIEVEMENT:
        found.append({"objective": rng.choice(plan.objectives)})
    elif "other" in KINDS[entry["kind"]].links and before and rng.random() < 0.2:
        found.append({"other": rng.choice(before)["uid"]})
    return [{"uid": uid(rng), "entry": entry["uid"], **link} for link in found]
