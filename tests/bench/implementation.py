"""Generated implementation: the stages of a plan, and what is said of them at its meetings.

That is assessments by partners and by consensus, and entries of every kind in the register, with what they lead to.
"""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from functools import cache
from random import Random
from typing import Any

from tests.bench import words
from tests.bench.minutes import Minutes
from tests.bench.plans import MadePlan
from tests.bench.register import make_entry, make_links
from tests.bench.roster import Roster, uid
from tui_plan.exchange.checklist_templates import template, template_folders
from tui_plan.model.checklist import ChecklistItem, ChecklistRun, NextAction
from tui_plan.model.register import EntryLink, RegisterEntry
from tui_plan.model.stage import Stage
from tui_plan.model.store import Writer
from tui_plan.model.vocabulary import Candour, ChecklistKind, EntryKind, Gate, Rating, StageKind

_AT_ONCE = 4
"""How many assess a stage at one meeting: partners, and then all of them by consensus."""
_RATINGS = {Rating.IN_PLACE: 0.4, Rating.PARTLY: 0.3, Rating.NOT_YET: 0.15, Rating.NOT_APPLICABLE: 0.05, "": 0.1}

Rows = list[dict[str, Any]]


def make_stages(writer: Writer, rng: Random, plan: MadePlan, attempts: int, today: date) -> Rows:
    """Write the stages of a plan, each attempt as long as the others, and return their values in order."""
    made: Rows = []
    days = max(1, (today - plan.began).days // (3 * attempts))
    for place in range(3 * attempts):
        kind, cycle = list(StageKind)[place % 3], place // 3 + 1
        begins = plan.began + timedelta(days=days * place)
        last = place == 3 * attempts - 1
        made.append(
            {
                "uid": uid(rng),
                "plan": plan.uid,
                "title": kind.capitalize() + (f", attempt {cycle}" if cycle > 1 else ""),
                "kind": kind,
                "cycle": cycle,
                "started_on": begins,
                "ended_on": None if last else begins + timedelta(days=days - 1),
                "scope": words.text(rng, 80),
                "leadership": words.text(rng, 60),
                "success": words.text(rng, 60) if rng.random() < 0.7 else "",
            }
        )
    writer.create_many(Stage, made)
    return made


def add_implementation(
    rng: Random, plan: MadePlan, stages: Rows, roster: Roster, taken: Sequence[Minutes], counts: tuple[int, int]
) -> None:
    """Add to the minutes of a plan what was said of its stages; ``counts`` are assessments and register entries."""
    runs, entries = counts
    for at, many in _spread(taken, -(-runs // _AT_ONCE)):
        for _ in range(many):
            _assess(rng, plan, stages, roster, at, min(_AT_ONCE, runs))
            runs -= min(_AT_ONCE, runs)
    before: Rows = []
    gates = iter([stage for stage in stages if stage["ended_on"]][: entries // 5])
    for at, many in _spread(taken, entries):
        for _ in range(many):
            _enter(rng, plan, _now(stages, at), roster, at, before, next(gates, None))


def _spread(taken: Sequence[Minutes], count: int) -> Iterator[tuple[Minutes, int]]:
    """Yield each of the minutes with its share of ``count``."""
    for place, at in enumerate(taken):
        yield at, count * (place + 1) // len(taken) - count * place // len(taken)


def _now(stages: Rows, at: Minutes) -> dict[str, Any]:
    begun = [stage for stage in stages if stage["started_on"] <= at.at.date()]
    return begun[-1] if begun else stages[0]


def _assess(rng: Random, plan: MadePlan, stages: Rows, roster: Roster, at: Minutes, many: int) -> None:
    stage = _now(stages, at)
    known = {run["party"] for run in at.further.get(ChecklistRun, [])}
    partners = [party for party in roster.organisations if party not in known]
    parties = [*rng.sample(partners, min(many - 1, len(partners))), *([] if None in known else [None])]
    for party in parties:
        run = {
            "uid": uid(rng),
            "plan": plan.uid,
            "template": "progress",
            "title": f"{stage['title']}: {'a partner' if party else 'consensus'}",
            "kind": ChecklistKind.STAGE,
            "party": party,
            "stage": stage["uid"],
            "meeting": at.meetings[0]["uid"],
            "started_on": at.at.date(),
            "finished_on": at.at.date() if rng.random() < 0.9 else None,
        }
        items = [_item(rng, run, place, item) for place, item in enumerate(_qualities())]
        at.add(ChecklistRun, [run])
        at.add(ChecklistItem, items)
        at.add(NextAction, [step for item in items for step in _next_actions(rng, at.speaking, item)])


@cache
def _qualities() -> list[tuple[str, str, str]]:
    return [(item.key, item.section, item.text) for item in template("progress", template_folders()[0]).items]


def _item(rng: Random, run: dict[str, Any], place: int, quality: tuple[str, str, str]) -> dict[str, Any]:
    key, section, text = quality
    rating = rng.choices(list(_RATINGS), list(_RATINGS.values()))[0]
    rated = rating not in {"", Rating.NOT_APPLICABLE}
    return {
        "uid": uid(rng),
        "run": run["uid"],
        "key": key,
        "section": section,
        "text": text,
        "position": place,
        "rating": rating,
        "successes": words.text(rng, 60) if rated and rng.random() < 0.5 else "",
        "challenges": words.text(rng, 60) if rated and rng.random() < 0.5 else "",
        "next_steps": words.title(rng) if rated and rating != Rating.IN_PLACE and rng.random() < 0.8 else "",
        "evidence": words.reason(rng) if rating == Rating.IN_PLACE and rng.random() < 0.8 else "",
        "candour": Candour.CANDID if run["party"] else Candour.SHAREABLE,
    }


def _next_actions(rng: Random, speaking: Sequence[str], item: dict[str, Any]) -> Rows:
    if not (item["next_steps"] and speaking and rng.random() < 0.15):
        return []
    return [{"uid": uid(rng), "item": item["uid"], "action": rng.choice(speaking)}]


def _enter(
    rng: Random,
    plan: MadePlan,
    stage: dict[str, Any],
    roster: Roster,
    at: Minutes,
    before: Rows,
    gate: dict[str, Any] | None,
) -> None:
    """Write an entry and its links into the minutes: what was decided at ``gate``, if there is one."""
    entry = make_entry(rng, plan.uid, stage["uid"], at.meetings[0]["uid"], roster, at.at.date())
    if gate is not None:
        entry = _decided(rng, entry, gate, at.meetings[0]["uid"])
    at.add(RegisterEntry, [entry])
    at.add(EntryLink, make_links(rng, entry, plan, at.speaking, before))
    before.append(entry)


def _decided(rng: Random, entry: dict[str, Any], stage: dict[str, Any], meeting: str) -> dict[str, Any]:
    outcome = Gate.OVERRIDDEN if rng.random() < 0.2 else Gate.PASSED
    kept = {name: entry[name] for name in ("uid", "plan", "on")}
    return kept | {
        "kind": EntryKind.DECISION,
        "title": f"Gate of {stage['title']}: {outcome}",
        "cause": words.reason(rng),
        "stage": stage["uid"],
        "gate": outcome,
        "meeting": meeting,
        "candour": Candour.SHAREABLE,
    }
