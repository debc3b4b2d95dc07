"""Hypothesis strategies for whole plans in the form of a TOML file.

``plans()`` draws the nested tables of a valid plan by hand's rules; ``tomli_w.dumps`` and ``read_toml`` make a document
of it, and ``import_toml`` puts it into the open database. The people of a plan come from ``strategies_people``, its
stages, checklists and register from ``strategies_stages``.
"""

from datetime import date, datetime, time, timedelta

from hypothesis import strategies as st

from tests.strategies_people import about, everybody, parties, past_days, reference
from tests.strategies_stages import Targets, stages
from tests.strategies_values import Tables, amounts, costs, days, lines, moments, paragraphs, some, uids, words
from tui_plan.model.vocabulary import (
    Candour,
    Channel,
    Confidence,
    MeetingKind,
    MeetingStatus,
    Priority,
    ResourceKind,
    Status,
)

__all__ = ["Tables", "plans"]


@st.composite
def actions(draw: st.DrawFn, number: int, who: list[str], earlier: list[int]) -> Tables:
    """An action with all that can hang on it; it only needs actions with ``earlier`` numbers."""
    action: Tables = {"title": draw(lines(1)), "number": number, "status": draw(st.sampled_from(list(Status))).value}
    start, agreed, forecast = draw(st.tuples(days, days, days).map(sorted))
    optional = {"start": start, "agreed": agreed, "forecast": forecast, "baseline": draw(days)}
    action |= {name: value for name, value in optional.items() if draw(st.booleans())}
    action |= draw(
        some(
            purpose=paragraphs(),
            description=paragraphs(),
            timescale_note=lines(),
            milestone=st.booleans(),
            core=st.booleans(),
        )
    )
    if action["status"] == Status.COMPLETE and draw(st.booleans()):
        action["actual"] = draw(past_days)
    if draw(st.booleans()):
        action |= {"confidence": draw(st.sampled_from(list(Confidence))).value, "confidence_reason": draw(lines())}
    some_of_them = st.lists(st.sampled_from(who), max_size=3, unique=True)
    action |= {kind: draw(some_of_them) for kind in ("responsible", "consulted", "informed")}
    action["accountable"] = draw(some_of_them)[:1]
    action["needs"] = [f"A-{needed}" for needed in earlier if draw(st.booleans())]
    action["sequence"] = draw(st.integers(0, 9))
    return action | draw(_parts(who))


def _parts(everyone: list[str]) -> st.SearchStrategy[Tables]:
    who = st.sampled_from(everyone)
    resource = some(
        kind=words(ResourceKind),
        description=lines(),
        quantity=costs,
        unit=lines(0, 8),
        cost=costs,
        currency=st.sampled_from(["", "EUR", "USD"]),
        secured=st.booleans(),
    )
    checkpoint = some(
        due=days, method=lines(), held_on=days, result=paragraphs(), reviewers=st.lists(who, max_size=2, unique=True)
    )
    reading = st.fixed_dictionaries(
        {"taken_on": days}, optional={"value": amounts, "remark": lines(), "evidence": lines()}
    )
    measure = st.fixed_dictionaries(
        {"statement": lines(1), "uid": uids},
        optional={
            "unit": lines(0, 8),
            "baseline": amounts,
            "target": amounts,
            "collector": who,
            "due": days,
            "every": st.integers(1, 120),
            "reading": st.lists(reading, max_size=2),
        },
    )
    found = {"resource": resource, "checkpoint": checkpoint, "measure": measure, "note": notes(everyone)}
    return st.fixed_dictionaries({name: st.lists(part, max_size=2) for name, part in found.items()})


def notes(who: list[str]) -> st.SearchStrategy[Tables]:
    """Notes on somebody's word."""
    return st.fixed_dictionaries(
        {"text": paragraphs(1), "candour": words(Candour)},
        optional={
            "said_on": days,
            "said_by": st.sampled_from(who),
            "said_by_name": lines(),
            "channel": words(Channel),
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
        | {"number": number * 10 + place}
        | draw(some(status=words(MeetingStatus), place=lines(), title=lines(1)))
        for place, original in enumerate(originals)
    ]
    return found


def meetings() -> st.SearchStrategy[Tables]:
    """A single meeting."""
    return st.fixed_dictionaries(
        {"title": lines(1), "start": moments.map(lambda at: at.replace(second=0)), "timezone": st.just("UTC")},
        optional={"status": words(MeetingStatus), "kind": words(MeetingKind), "place": lines()},
    )


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
    who = everybody(people)
    groups = [reference(group) for group in people["group"]]
    start, end = sorted([draw(days), draw(days)])
    plan: Tables = {"name": draw(lines(1)), "start": start, "end": end, "owner": draw(st.sampled_from(who))}
    plan |= draw(some(vision=paragraphs(), scope=paragraphs(), version=lines(1, 5), agreed_on=days))
    plan["partners"] = [reference(party) for party in people["organisation"]]
    if groups:
        plan["convening_group"] = groups[0]
    numbers: list[int] = []
    areas = [_area(draw, number, who, numbers) for number in range(1, draw(st.integers(1, 3)))]
    found: Tables = {
        "area": areas,
        "series": [draw(series(number, groups)) for number in draw(st.sampled_from([[], [1], [2, 5]]))],
        "meeting": [meeting | {"number": 80 + n} for n, meeting in enumerate(draw(st.lists(meetings(), max_size=2)))],
        "stage": draw(stages()),
    }
    return {
        "plan": plan,
        **found,
        "note": draw(st.lists(notes(who), max_size=2)),
        "source": draw(st.lists(sources(numbers), max_size=1)),
        **about(draw, people, _targets(found)),
        **people,
    }


def _targets(found: Tables) -> Targets:
    """Return what can be referred to: by number, or by uid in brackets."""
    objectives = [objective for area in found["area"] for objective in area["objective"]]
    actions = [action for objective in objectives for action in objective["action"]]
    held = [meeting for each in found["series"] for meeting in each["meeting"]] + found["meeting"]
    numbered = {"A": actions, "D": found["area"], "S": objectives, "M": held, "T": found["stage"]}
    refs = {letter: tuple(f"{letter}-{row['number']}" for row in many) for letter, many in numbered.items()}
    measures = tuple(f"[{measure['uid']}]" for action in actions for measure in action["measure"])
    return Targets(refs["A"], refs["D"], refs["S"], measures, refs["M"], refs["T"])


def _area(draw: st.DrawFn, number: int, who: list[str], numbers: list[int]) -> Tables:
    objectives = []
    for _ in range(draw(st.integers(0, 2))):
        many = []
        for _ in range(draw(st.integers(0, 3))):
            following = (numbers[-1] if numbers else 0) + draw(st.integers(1, 3))
            many.append(draw(actions(following, who, numbers[-3:])))
            numbers.append(following)
        place = number * 10 + len(objectives)
        objectives.append({"title": draw(lines()), "description": draw(paragraphs()), "action": many, "number": place})
    return {"title": draw(lines(1)), "number": number, "priority": draw(words(Priority)), "objective": objectives}
