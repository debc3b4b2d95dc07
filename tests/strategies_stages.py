"""Hypothesis strategies for stages, checklists and the register of a plan, as tables of a TOML file.

Everything refers to what else is in the file (``Targets``), and obeys what ``operations`` ask of it.
"""

from datetime import date
from typing import Any, NamedTuple

from hypothesis import strategies as st

from tests.strategies_values import Tables, days, lines, moments, paragraphs, some, words
from tui_plan.model.entry_kinds import KINDS
from tui_plan.model.vocabulary import (
    GATE_DECISIONS,
    Candour,
    Channel,
    ChecklistKind,
    Disposition,
    EntryKind,
    Fidelity,
    Gate,
    Manner,
    Rating,
    Response,
    StageKind,
    Support,
)

_HIGH = st.integers(1, 5)
_SAID: dict[str, st.SearchStrategy[Any]] = {
    "level": words(Support),
    "cause": paragraphs(1),
    "effect": paragraphs(),
    "outcome": paragraphs(),
    "due": days,
    "likelihood": _HIGH,
    "impact": _HIGH,
    "response": words(Response),
    "manner": words(Manner),
    "fidelity": words(Fidelity),
    "disposition": words(Disposition),
    "intended": st.integers(50, 9_000),
    "active": st.integers(0, 50),
}
"""The fields of entries that any value of their own fits."""


class Targets(NamedTuple):
    """What in the file can be referred to, as it is referred to there."""

    actions: tuple[str, ...] = ()
    areas: tuple[str, ...] = ()
    objectives: tuple[str, ...] = ()
    measures: tuple[str, ...] = ()
    meetings: tuple[str, ...] = ()
    stages: tuple[str, ...] = ()
    entries: tuple[str, ...] = ()


def several(among: tuple[str, ...]) -> st.SearchStrategy[list[str]]:
    """A few of them, each once."""
    return st.lists(st.sampled_from(among), max_size=2, unique=True) if among else st.just([])


def maybe_one(name: str, among: tuple[str, ...] | list[str]) -> st.SearchStrategy[Tables]:
    """A table with one of them under ``name``, or nothing."""
    return some(**({name: st.sampled_from(among)} if among else {}))


@st.composite
def stages(draw: st.DrawFn) -> list[Tables]:
    """Stages of a few attempts, each once, numbered from 1; a pilot may be skipped."""
    kinds = st.tuples(st.sampled_from(list(StageKind)), st.integers(1, 3))
    found = []
    for number, (kind, cycle) in enumerate(draw(st.lists(kinds, max_size=4, unique=True)), start=1):
        stage: Tables = {"kind": kind.value, "cycle": cycle, "title": draw(lines(1)), "number": number}
        stage |= draw(some(scope=paragraphs(), leadership=paragraphs(), success=paragraphs()))
        if kind is StageKind.PILOTING and draw(st.booleans()):
            stage["skipped_because"] = draw(paragraphs(1))
        else:
            stage |= draw(_spans())
        found.append(stage)
    return found


def _spans() -> st.SearchStrategy[Tables]:
    both = st.tuples(days, days).map(sorted)
    return both.flatmap(
        lambda pair: st.sampled_from([{}, {"started_on": pair[0]}, {"started_on": pair[0], "ended_on": pair[1]}])
    )


@st.composite
def runs(draw: st.DrawFn, who: list[str], posts: list[str], groups: list[str], targets: Targets) -> Tables:
    """A run of a checklist about nobody so far, at a meeting or not, with actions that came of it."""
    start, due, end = draw(st.tuples(days, days, days).map(sorted))
    run: Tables = {"template": draw(lines(1)), "title": draw(lines(1)), "kind": draw(words(ChecklistKind))}
    run |= {"started_on": start, "item": draw(st.lists(_items(who, targets), max_size=3))}
    for name, among in (("post", posts), ("group", groups), ("meeting", targets.meetings)):
        run |= draw(maybe_one(name, among))
    return run | draw(some(due=st.just(due), finished_on=st.just(end), remarks=paragraphs()))


def _items(who: list[str], targets: Targets) -> st.SearchStrategy[Tables]:
    return st.fixed_dictionaries(
        {"key": lines(1), "text": lines(1), "actions": several(targets.actions)},
        optional={
            "section": lines(),
            "party": st.sampled_from(who),
            "rating": words(Rating),
            "at": moments,
            "channel": words(Channel),
            "successes": paragraphs(),
            "challenges": paragraphs(),
            "next_steps": paragraphs(),
            "evidence": lines(),
            "candour": words(Candour),
        },
    )


@st.composite
def assessments(draw: st.DrawFn, who: list[str], posts: list[str], groups: list[str], targets: Targets) -> list[Tables]:
    """Runs of the plan; those about a stage only once by each partner, or by consensus, on one day."""
    found = []
    seen = set()
    for run in draw(st.lists(runs(who, posts, groups, targets), max_size=3)):
        about = run | draw(maybe_one("party", who)) | draw(maybe_one("stage", targets.stages))
        said = (about.get("stage"), about["template"], about.get("party"), about["started_on"])
        found.append(run if said in seen else about)
        seen.add(said)
    return found


@st.composite
def entries(draw: st.DrawFn, number: int, who: list[str], targets: Targets, *, of_party: bool = False) -> Tables:
    """An entry of any kind with what its kind needs, and some of what it may say; ``of_party`` leaves its party out."""
    kinds = [kind for kind in EntryKind if not of_party or "party" in KINDS[kind].fields]
    kind = draw(st.sampled_from(kinds))
    entry: Tables = {"kind": kind.value, "title": draw(lines(1)), "on": draw(days), "number": number}
    entry |= draw(some(evidence=lines(), candour=words(Candour)))
    for asked in KINDS[kind].asks:
        if asked.field in _SAID and (asked.missing or draw(st.booleans())):
            entry[asked.field] = draw(_SAID[asked.field])
    entry |= draw(_pointing(kind, who, targets)) | draw(_settled(kind, entry["on"]))
    if not of_party and any(asked.field == "party" and asked.missing for asked in KINDS[kind].asks):
        entry.setdefault("party", draw(st.sampled_from(who)))
    if of_party:
        entry.pop("party", None)
    if kind is EntryKind.RISK and draw(st.booleans()):
        entry |= {"residual_likelihood": draw(_HIGH), "residual_impact": draw(_HIGH)}
    if kind is EntryKind.DECISION and "stage" in entry and draw(st.booleans()):
        entry |= draw(_gates(who, of_party=of_party))
    return entry | draw(_leads(targets))


def _pointing(kind: EntryKind, who: list[str], targets: Targets) -> st.SearchStrategy[Tables]:
    among = {"party": tuple(who), "stage": targets.stages, "meeting": targets.meetings, "area": targets.areas}
    return some(**{name: st.sampled_from(many) for name, many in among.items() if many and name in KINDS[kind].fields})


def _settled(kind: EntryKind, on: date) -> st.SearchStrategy[Tables]:
    if "closed_on" not in KINDS[kind].fields:
        return st.just({})
    return some(closed_on=st.dates(on, date(2200, 12, 31)))


@st.composite
def _gates(draw: st.DrawFn, who: list[str], *, of_party: bool) -> Tables:
    """What was decided at a gate; whoever overrode it said why."""
    gate = draw(st.sampled_from(GATE_DECISIONS))
    decision: Tables = {"gate": gate.value, "candour": Candour.SHAREABLE.value}
    if gate is Gate.OVERRIDDEN:
        decision["cause"] = draw(paragraphs(1))
        decision |= {} if of_party else {"party": draw(st.sampled_from(who))}
    return decision


def _leads(targets: Targets) -> st.SearchStrategy[Tables]:
    names = ("actions", "objectives", "measures", "entries")
    return st.fixed_dictionaries({name: several(getattr(targets, name)) for name in names})


@st.composite
def registers(draw: st.DrawFn, who: list[str], targets: Targets) -> list[Tables]:
    """Entries of a plan, numbered from 1, the later ones linked to those before."""
    found: list[Tables] = []
    for number in range(1, draw(st.integers(1, 4))):
        before = tuple(f"R-{earlier['number']}" for earlier in found)
        found.append(draw(entries(number, who, targets._replace(entries=before))))
    return found
