"""Hypothesis strategies for the people of a plan, as tables of a TOML file, with all that is kept of them.

``parties()`` draws people who belong together; ``about()`` adds what ties them to a plan once that is known.
"""

from datetime import date
from typing import Any

from hypothesis import strategies as st

from tests.strategies_stages import Targets, assessments, entries, registers, runs
from tests.strategies_values import Tables, days, lines, paragraphs, some, uids, words
from tui_plan.model.clean import name_key
from tui_plan.model.vocabulary import (
    AgreementState,
    Audience,
    Channel,
    ContactKind,
    Direction,
    GroupKind,
    RoleKind,
)

People = dict[str, list[Tables]]
LAST_PAST = date(2026, 3, 16)
past_days = st.dates(date(1900, 1, 1), LAST_PAST)
_VALUES = {
    ContactKind.EMAIL: st.integers(0, 99).map("someone.{}@example.org".format),
    ContactKind.PHONE: st.tuples(st.integers(100, 999), lines(0, 10)).map(
        lambda drawn: f"+1 555 0{drawn[0]} {drawn[1]}"
    ),
}


@st.composite
def parties(draw: st.DrawFn) -> People:
    """Organisations, groups, posts and persons that belong together, by table."""
    names = draw(st.lists(lines(1, 20), min_size=3, max_size=7, unique_by=name_key))
    kinds = draw(st.lists(st.sampled_from(["group", "post", "person"]), min_size=len(names), max_size=len(names)))
    found: People = {"organisation": [], "group": [], "post": [], "person": []}
    for name, kind in zip(names, ["organisation", *kinds[1:]], strict=True):
        party = {"name": name, "uid": draw(uids)} | draw(_facts())
        if kind in {"post", "person"} and draw(st.booleans()):
            party["organisation"] = names[0]
        party["contact"] = draw(st.lists(_contacts(), max_size=2))
        party["communication"] = draw(st.lists(_communications(), max_size=2))
        found[kind].append(party)
    for person in found["person"][:1]:
        if draw(st.booleans()):
            found["person"].append({"name": person["name"], "uid": draw(uids)})
    _hold(draw, found)
    _sit(draw, found)
    return found


def everybody(people: People) -> list[str]:
    """References to all parties."""
    return [reference(party) for many in people.values() for party in many]


def reference(party: Tables) -> str:
    """The unmistakable reference to a party."""
    return f"{party['name']} [{party['uid']}]"


def about(draw: st.DrawFn, people: People, targets: Targets) -> Tables:
    """Tables of a plan about its people; rules of groups, and what is about no plan, go to the people themselves."""
    who = everybody(people)
    posts, groups = [reference(post) for post in people["post"]], [reference(group) for group in people["group"]]
    homes = [reference(home) for home in people["organisation"]]
    for group in people["group"]:
        group["rule"] = draw(st.lists(_rules(targets.areas, homes), max_size=2))
        group["drill"] = draw(st.lists(runs(who, [], [], targets), max_size=1))
    found: Tables = {"agreement": draw(_agreements(who))}
    found["checklist"] = draw(assessments(who, posts, groups, targets))
    found["entry"] = draw(registers(who, targets))
    linked = targets._replace(entries=tuple(f"R-{entry['number']}" for entry in found["entry"]))
    for number, many in enumerate(people.values(), start=101):
        if draw(st.booleans()):
            many[:1] = [party | draw(_kept_of_party(number, (who, posts, groups), linked)) for party in many[:1]]
    return found


@st.composite
def _facts(draw: st.DrawFn) -> Tables:
    facts = draw(
        some(
            short_name=lines(0, 10),
            remarks=paragraphs(),
            login=lines(0, 8),
            audience=words(Audience),
            hear_every=st.integers(1, 999),
        )
    )
    first, last = sorted([draw(days), draw(days)])
    came_and_went = {"joined_on": first, "left_on": last}
    return facts | {name: day for name, day in came_and_went.items() if draw(st.booleans())}


@st.composite
def _contacts(draw: st.DrawFn) -> Tables:
    kind = draw(st.sampled_from(list(ContactKind)))
    like = ContactKind.PHONE if kind is ContactKind.MOBILE else kind
    found: Tables = {"kind": kind.value, "value": draw(_VALUES.get(like, lines(1))), "rank": draw(st.integers(1, 9))}
    return found | draw(some(verified_on=days))


def _communications() -> st.SearchStrategy[Tables]:
    return st.fixed_dictionaries(
        {"direction": words(Direction), "on": past_days},
        optional={"channel": words(Channel), "words": paragraphs(), "this_plan": st.booleans()},
    )


def _hold(draw: st.DrawFn, found: People) -> None:
    """Let posts be held, one person after the other, have alternates, and report to a post before them."""
    persons = [reference(person) for person in found["person"]]
    for place, post in enumerate(found["post"]):
        if place and draw(st.booleans()):
            post["reports_to"] = reference(draw(st.sampled_from(found["post"][:place])))
        if persons:
            post["holder"] = _holders(draw, persons)
            post["alternates"] = draw(st.lists(st.sampled_from(persons), max_size=3, unique=True))


def _holders(draw: st.DrawFn, persons: list[str]) -> list[Tables]:
    turns = sorted(draw(st.lists(days, max_size=4, unique=True)))
    spans: list[tuple[Any, Any]] = list(zip(turns[::2], turns[1::2], strict=False))
    if len(turns) % 2:
        spans.append((turns[-1], None))
    held = [_tenure(draw(st.sampled_from(persons)), *span) for span in spans]
    if draw(st.booleans()):
        held.append(_tenure(draw(st.sampled_from(persons)), draw(days), None) | {"acting": True})
    return held


def _tenure(person: str, start: Any, end: Any) -> Tables:
    return {"person": person, "start": start} | ({"end": end} if end else {})


def _sit(draw: st.DrawFn, found: People) -> None:
    """Give groups members: persons, posts, and groups that come before."""
    sitting = [reference(party) for kind in ("person", "post") for party in found[kind]]
    for group in found["group"]:
        group["group_kind"] = draw(words(GroupKind))
        members = draw(st.lists(st.sampled_from(sitting), max_size=3, unique=True)) if sitting else []
        group["member"] = [{"member": member, "seat": draw(lines(0, 10))} for member in members]
        sitting.append(reference(group))


@st.composite
def _rules(draw: st.DrawFn, areas: tuple[str, ...], homes: list[str]) -> Tables:
    """A rule that says something, and looks in this plan only for a role."""
    told = {"role": words(RoleKind), "audience": words(Audience), "organisation": st.sampled_from(homes)}
    chosen = draw(st.lists(st.sampled_from(list(told)), min_size=1, max_size=3, unique=True))
    rule: Tables = {name: draw(told[name]) for name in chosen}
    if "role" in rule:
        rule |= draw(some(this_plan=st.booleans(), **({"area": st.sampled_from(areas)} if areas else {})))
    return rule


@st.composite
def _kept_of_party(draw: st.DrawFn, number: int, about: tuple[list[str], ...], targets: Targets) -> Tables:
    """A checklist and an entry of somebody, outside all plans, that may lead into this one."""
    run = draw(st.lists(runs(*about, targets), max_size=1))
    who, *_ = about
    return {"checklist": run, "entry": [draw(entries(number, who, targets, of_party=True))]}


@st.composite
def _agreements(draw: st.DrawFn, who: list[str]) -> list[Tables]:
    """At most one of each party to each major version, the second newer than the first."""
    found = []
    for party in draw(st.lists(st.sampled_from(who), max_size=3, unique=True)):
        for version in draw(st.sampled_from([["1.0"], ["2.1"], ["v1", "2"]])):
            found.append({"party": party, "version": version} | draw(_answers()))
    return found


@st.composite
def _answers(draw: st.DrawFn) -> Tables:
    state = draw(st.sampled_from([state for state in AgreementState if state is not AgreementState.NOT_ASKED]))
    answer: Tables = {"state": state.value} | draw(some(on=past_days, channel=words(Channel), evidence=lines()))
    if state is AgreementState.RESERVED:
        answer["reservations"] = draw(paragraphs(1))
    if state is AgreementState.LAPSED:
        answer |= draw(some(lapsed_because=lines(), reservations=paragraphs()))
    return answer
