"""Hypothesis strategies that several tests share: texts, and whole plans in the form of a TOML file.

``plans()`` draws the nested tables of a valid plan by hand's rules; ``tomli_w.dumps`` and ``read_toml`` make a document
of it, and ``import_toml`` puts it into the open database.
"""

from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

from hypothesis import strategies as st

from tui_plan.model.clean import clean, name_key
from tui_plan.model.vocabulary import (
    Candour,
    Channel,
    Confidence,
    ContactKind,
    GroupKind,
    MeetingKind,
    MeetingStatus,
    Priority,
    ResourceKind,
    Status,
)

LAST_ACTUAL = date(2026, 3, 16)
Tables = dict[str, Any]

_LETTERS = st.characters(exclude_categories=["Cs"]) | st.sampled_from("aAéß\u0301\u202e\x1b\n\t\\\"'#[]=.—漢🙂 ")
days = st.dates(date(1900, 1, 1), date(2200, 12, 31))
amounts = st.decimals(-(10**9), 10**9, places=3) | st.decimals(0, 10**6, places=0) | st.just(Decimal("-0.0"))
costs = st.decimals(0, 10**9, places=2) | st.integers(0, 10**9)
uids = st.uuids().map(lambda drawn: drawn.hex)


def lines(least: int = 0, most: int = 30) -> st.SearchStrategy[str]:
    """Cleaned texts on one line."""
    return st.text(_LETTERS, min_size=least, max_size=most).map(clean).filter(lambda text: len(text) >= least)


def paragraphs(least: int = 0) -> st.SearchStrategy[str]:
    """Cleaned texts over several lines."""
    drawn = st.text(_LETTERS, min_size=least, max_size=60).map(lambda text: clean(text, lines=True))
    return drawn.filter(lambda text: len(text) >= least)


def _some(**strategies: st.SearchStrategy[Any]) -> st.SearchStrategy[Tables]:
    """Tables in which every key may be missing."""
    return st.fixed_dictionaries({}, optional=strategies)


@st.composite
def parties(draw: st.DrawFn) -> dict[str, list[Tables]]:
    """Organisations, groups, posts and persons that belong together, by table."""
    names = draw(st.lists(lines(1, 20), min_size=3, max_size=7, unique_by=name_key))
    kinds = draw(st.lists(st.sampled_from(["group", "post", "person"]), min_size=len(names), max_size=len(names)))
    found: dict[str, list[Tables]] = {"organisation": [], "group": [], "post": [], "person": []}
    for name, kind in zip(names, ["organisation", *kinds[1:]], strict=True):
        party = {"name": name, "uid": draw(uids)} | draw(
            _some(short_name=lines(0, 10), remarks=paragraphs(), login=lines(0, 8))
        )
        if kind in {"post", "person"} and draw(st.booleans()):
            party["organisation"] = names[0]
        party["contact"] = draw(st.lists(_contacts(), max_size=2))
        found[kind].append(party)
    for person in found["person"][:1]:
        if draw(st.booleans()):
            found["person"].append({"name": person["name"], "uid": draw(uids)})
    _tie(draw, found)
    return found


def _contacts() -> st.SearchStrategy[Tables]:
    return st.fixed_dictionaries(
        {"kind": st.sampled_from([kind.value for kind in ContactKind]), "value": lines(1), "rank": st.integers(1, 9)},
        optional={"verified_on": days},
    )


def _tie(draw: st.DrawFn, found: dict[str, list[Tables]]) -> None:
    """Let posts be held and groups have members."""
    persons = [reference(person) for person in found["person"]]
    for post in found["post"]:
        if persons and draw(st.booleans()):
            start, end = sorted([draw(days), draw(days)])
            post["holder"] = [{"person": draw(st.sampled_from(persons)), "start": start, "end": end, "acting": True}]
    everybody = persons + [reference(post) for post in found["post"]]
    for group in found["group"]:
        group["group_kind"] = draw(st.sampled_from([kind.value for kind in GroupKind]))
        members = draw(st.lists(st.sampled_from(everybody), max_size=3, unique=True)) if everybody else []
        group["member"] = [{"member": member, "seat": draw(lines(0, 10))} for member in members]


def reference(party: Tables) -> str:
    """The unmistakable reference to a party."""
    return f"{party['name']} [{party['uid']}]"


@st.composite
def actions(draw: st.DrawFn, number: int, everybody: list[str], earlier: list[int]) -> Tables:
    """An action with all that can hang on it; it only needs actions with ``earlier`` numbers."""
    action: Tables = {"title": draw(lines(1)), "number": number, "status": draw(st.sampled_from(list(Status))).value}
    start, agreed, forecast = draw(st.tuples(days, days, days).map(sorted))
    optional = {"start": start, "agreed": agreed, "forecast": forecast, "baseline": draw(days)}
    action |= {name: value for name, value in optional.items() if draw(st.booleans())}
    action |= draw(
        _some(purpose=paragraphs(), description=paragraphs(), timescale_note=lines(), milestone=st.booleans())
    )
    if action["status"] == Status.COMPLETE and draw(st.booleans()):
        action["actual"] = draw(st.dates(date(1900, 1, 1), LAST_ACTUAL))
    if draw(st.booleans()):
        action |= {"confidence": draw(st.sampled_from(list(Confidence))).value, "confidence_reason": draw(lines())}
    who = st.lists(st.sampled_from(everybody), max_size=3, unique=True)
    action |= {"responsible": draw(who), "consulted": draw(who), "informed": draw(who)}
    action["accountable"] = draw(who)[:1]
    action["needs"] = [f"A-{needed}" for needed in earlier if draw(st.booleans())]
    action["sequence"] = draw(st.integers(0, 9))
    return action | draw(_parts(everybody))


def _parts(everybody: list[str]) -> st.SearchStrategy[Tables]:
    who = st.sampled_from(everybody)
    resource = _some(
        kind=st.sampled_from([kind.value for kind in ResourceKind]),
        description=lines(),
        quantity=costs,
        unit=lines(0, 8),
        cost=costs,
        currency=st.sampled_from(["", "EUR", "USD"]),
        secured=st.booleans(),
    )
    checkpoint = _some(
        due=days, method=lines(), held_on=days, result=paragraphs(), reviewers=st.lists(who, max_size=2, unique=True)
    )
    reading = st.fixed_dictionaries(
        {"taken_on": days}, optional={"value": amounts, "remark": lines(), "evidence": lines()}
    )
    measure = st.fixed_dictionaries(
        {"statement": lines(1)},
        optional={
            "unit": lines(0, 8),
            "baseline": amounts,
            "target": amounts,
            "collector": who,
            "due": days,
            "reading": st.lists(reading, max_size=2),
        },
    )
    some = {"resource": resource, "checkpoint": checkpoint, "measure": measure, "note": notes(everybody)}
    return st.fixed_dictionaries({name: st.lists(part, max_size=2) for name, part in some.items()})


def notes(everybody: list[str]) -> st.SearchStrategy[Tables]:
    """Notes on somebody's word."""
    return st.fixed_dictionaries(
        {"text": paragraphs(1), "candour": st.sampled_from([word.value for word in Candour])},
        optional={
            "said_on": days,
            "said_by": st.sampled_from(everybody),
            "said_by_name": lines(),
            "channel": st.sampled_from([word.value for word in Channel]),
        },
    )


@st.composite
def series(draw: st.DrawFn, number: int, groups: list[str]) -> Tables:
    """A weekly series with occurrences that were held, moved or cancelled."""
    first = draw(st.dates(date(2000, 1, 3), date(2030, 1, 1)))
    start = datetime.combine(first, time(9, 30))
    found: Tables = {
        "title": draw(lines(1)),
        "kind": draw(st.sampled_from(list(MeetingKind))).value,
        "start_day": first,
        "start_time": "09:30",
        "minutes": draw(st.integers(5, 600)),
        "timezone": draw(st.sampled_from(["Europe/London", "America/New_York", "UTC"])),
        "rule": f"FREQ=WEEKLY;BYDAY={['MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU'][first.weekday()]}",
        "place": draw(lines()),
        "number": number,
    }
    if groups and draw(st.booleans()):
        found["group"] = draw(st.sampled_from(groups))
    originals = [start + timedelta(weeks=week) for week in draw(st.lists(st.integers(0, 50), max_size=3, unique=True))]
    found["meeting"] = [
        {"original_start": original, "start": original + timedelta(minutes=draw(st.integers(0, 5000)))}
        | draw(_some(status=st.sampled_from([status.value for status in MeetingStatus]), place=lines(), title=lines(1)))
        for original in originals
    ]
    return found


@st.composite
def sources(draw: st.DrawFn, numbers: list[int]) -> Tables:
    """An imported sheet with rows that lead to actions."""
    headings = draw(st.lists(lines(0, 10), min_size=1, max_size=3))
    cells = st.lists(paragraphs(), min_size=len(headings), max_size=len(headings))
    rows = [{"row": row, "cells": draw(cells)} for row in range(2, draw(st.integers(2, 4)))]
    for row in rows:
        if numbers and draw(st.booleans()):
            row["action"] = f"A-{draw(st.sampled_from(numbers))}"
    return {
        "name": draw(lines()),
        "headings": headings,
        "mapping": draw(st.dictionaries(lines(0, 10), st.sampled_from(["action", "ignore", "note"]), max_size=2)),
        "row": rows,
    }


@st.composite
def plans(draw: st.DrawFn) -> Tables:
    """The tables of a whole valid plan, small but with everything in it now and then."""
    people = draw(parties())
    everybody = [reference(party) for many in people.values() for party in many]
    groups = [reference(group) for group in people["group"]]
    start, end = sorted([draw(days), draw(days)])
    plan: Tables = {"name": draw(lines(1)), "start": start, "end": end, "owner": draw(st.sampled_from(everybody))}
    plan |= draw(_some(vision=paragraphs(), scope=paragraphs(), version=lines(1, 5), agreed_on=days))
    plan["partners"] = [reference(party) for party in people["organisation"]]
    if groups:
        plan["convening_group"] = groups[0]
    numbers: list[int] = []
    areas = [_area(draw, everybody, numbers) for _ in range(draw(st.integers(0, 2)))]
    return {
        "plan": plan,
        "area": areas,
        "series": [draw(series(number, groups)) for number in draw(st.sampled_from([[], [1], [2, 5]]))],
        "note": draw(st.lists(notes(everybody), max_size=2)),
        "source": draw(st.lists(sources(numbers), max_size=1)),
        **people,
    }


def _area(draw: st.DrawFn, everybody: list[str], numbers: list[int]) -> Tables:
    objectives = []
    for _ in range(draw(st.integers(0, 2))):
        many = []
        for _ in range(draw(st.integers(0, 3))):
            number = (numbers[-1] if numbers else 0) + draw(st.integers(1, 3))
            many.append(draw(actions(number, everybody, numbers[-3:])))
            numbers.append(number)
        objectives.append({"title": draw(lines()), "description": draw(paragraphs()), "action": many})
    priority = draw(st.sampled_from([word.value for word in Priority]))
    return {"title": draw(lines(1)), "priority": priority, "objective": objectives}
