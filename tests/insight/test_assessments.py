"""Assessments over time: side by side in a strip, what was said last time, and where partners differ most."""

from datetime import date, timedelta
from itertools import product
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.assessing_steps import PILOT_KEYS, assess
from tests.model.replay import Content, tables
from tests.people_world import TODAY, PeopleWorld, taken_back, typed
from tests.progress_world import PROGRESS
from tests.properties import IN_A_WORLD
from tui_plan.insight.assessments import (
    MOST_RUNS,
    assessment,
    assessments,
    distance,
    divergence,
    last_time,
    said_in,
    said_of,
    strip,
)
from tui_plan.model.errors import NotFound
from tui_plan.model.vocabulary import Rating, StageKind
from tui_plan.operations.assessing import start_assessment
from tui_plan.operations.checklists import TemplateItem
from tui_plan.operations.stages import add_stage

ME = typed(TODAY)
SCORES = {"in place": 2, "partly in place": 1, "not yet": 0}
ratings = st.sampled_from(["", *Rating])
words = st.sampled_from(["", "", "Shifts", "Rain"])
said = st.fixed_dictionaries({"rating": ratings, "challenges": words, "evidence": words})
runs = st.lists(
    st.tuples(st.integers(0, 30), st.integers(0, 3), st.booleans(), st.dictionaries(st.sampled_from(PILOT_KEYS), said)),
    min_size=1,
    max_size=6,
    unique_by=(lambda run: run[:2],),
)
"""Days before today, whose (0 is consensus), whether whole, and what is said."""


@pytest.fixture
def pilot(world: PeopleWorld) -> str:
    return add_stage(ME, world.plan, kind=StageKind.PILOTING)


def of(rating: str) -> dict[str, dict[str, str]]:
    return {"staff": {"rating": rating}}


def build(world: PeopleWorld, pilot: str, assessed: list[tuple[int, int, bool, dict[str, Any]]]) -> list[str]:
    who = (None, world.college, world.city, world.trust)
    return [
        assess(pilot, spoken, party=who[party], on=TODAY - timedelta(days=ago), whole=whole)
        for ago, party, whole, spoken in assessed
    ]


def test_who_said_it_and_when(world: PeopleWorld, pilot: str) -> None:
    late = assess(pilot, {}, party=world.college)
    early = assess(pilot, {}, on=date(2026, 2, 1), finished=False)
    found = assessments(world.plan)
    assert [(one.uid, one.ref, one.who, one.stage_title) for one in found] == [
        (early, "C-3", "consensus", "Piloting"),
        (late, "C-2", "HC", "Piloting"),
    ]
    assert assessment(late) == found[1]
    assert (found[0].finished_on, found[1].finished_on) == (None, TODAY)
    with pytest.raises(NotFound, match="This assessment is no longer there: somebody removed it"):
        assessment("nothing")


def test_a_strip_says_of_old_wordings_what_the_latest_calls_them(world: PeopleWorld, pilot: str) -> None:
    first = assess(pilot, of(Rating.NOT_YET), on=date(2026, 2, 1))
    changed = PROGRESS._replace(items=(TemplateItem("staff", "All staff know", "Piloting"), *PROGRESS.items[2:]))
    second = start_assessment(ME, changed, pilot, on=TODAY, whole=True)
    found = strip(world.plan)
    assert [(quality.key, quality.text) for quality in found.qualities] == [
        ("leaders", "Leaders stand behind the pilot"),
        ("staff", "All staff know"),
        ("data", "Data shows whether it works"),
        ("scale", "All sites take part"),
    ]
    assert [run.uid for run in found.runs] == [first, second]
    assert found.ratings[first, "staff"] == "not yet"
    assert (second, "leaders") not in found.ratings
    assert [one.run.uid for one in said_of(found.runs, "leaders")] == [first]


def test_only_the_latest_assessments_are_shown_and_the_others_counted(world: PeopleWorld, pilot: str) -> None:
    every = [
        start_assessment(ME, PROGRESS, pilot, on=TODAY - timedelta(days=MOST_RUNS + 2 - place))
        for place in range(MOST_RUNS + 2)
    ]
    found = strip(world.plan)
    assert ([run.uid for run in found.runs], found.earlier) == (every[2:], 2)


def test_the_strip_of_another_template_stands_by_itself(world: PeopleWorld, pilot: str) -> None:
    first = assess(pilot, {}, on=date(2026, 2, 1))
    start_assessment(ME, PROGRESS._replace(key="another"), pilot, on=TODAY)
    assert strip(world.plan).template == "another"
    assert [run.uid for run in strip(world.plan, PROGRESS.key).runs] == [first]
    assert strip("another plan") == ("", (), (), {}, 0)


def test_where_partners_differ_comes_first(world: PeopleWorld, pilot: str) -> None:
    views = {
        world.college: {"leaders": Rating.IN_PLACE, "staff": Rating.PARTLY, "data": Rating.NOT_YET},
        world.city: {"leaders": Rating.NOT_YET, "staff": Rating.PARTLY, "data": Rating.NOT_APPLICABLE},
        world.trust: {"leaders": Rating.IN_PLACE, "staff": Rating.NOT_YET},
    }
    for party, rated in views.items():
        assess(pilot, {key: {"rating": rating} for key, rating in rated.items()}, party=party)
    assess(pilot, of(Rating.IN_PLACE))
    (leaders, staff) = divergence(world.plan)
    assert (leaders.quality.key, leaders.spread, leaders.views) == (
        "leaders",
        2,
        (("HC", "in place"), ("Housing Trust", "in place"), ("NC", "not yet")),
    )
    assert leaders.mean == pytest.approx(4 / 3)
    assert (staff.quality.key, staff.spread) == ("staff", 1)
    other = add_stage(ME, world.plan, kind=StageKind.FULL)
    assert divergence(world.plan, other) == []
    assess(pilot, {"leaders": {"rating": Rating.IN_PLACE}}, party=world.city, on=TODAY + timedelta(days=1))
    assert [line.spread for line in divergence(world.plan) if line.quality.key == "leaders"] == [0]


@given(st.lists(ratings, max_size=6))
def test_a_distance_is_the_same_from_every_side_and_bounded(views: list[str]) -> None:
    scores = [SCORES[view] for view in views if view in SCORES]
    spread, mean = distance(views)
    assert 0 <= mean <= spread <= 2
    assert (spread == 0) == (len(set(scores)) < 2)
    assert spread == (max(scores) - min(scores) if scores else 0)
    assert distance(reversed(views)) == pytest.approx((spread, mean))
    assert distance([*views, "", Rating.NOT_APPLICABLE]) == (spread, mean), "who says nothing changes nothing"
    pairs = [abs(one - other) for one, other in product(scores, repeat=2)]
    others = len(pairs) - len(scores)
    assert mean == pytest.approx(sum(pairs) / others if others > 0 else 0)


@settings(IN_A_WORLD, max_examples=25)
@given(runs)
def test_divergence_is_ordered_and_does_not_hang_on_the_order_of_writing(
    world: PeopleWorld, pilot: str, assessed: list[tuple[int, int, bool, dict[str, Any]]]
) -> None:
    found = []
    for order in (assessed, assessed[::-1]):
        with taken_back():
            build(world, pilot, order)
            found.append(divergence(world.plan))
            assert naive_divergence(tables()) == {line.quality.key: line.spread for line in found[-1]}
    assert found[0] == found[1]
    ranks = [(line.spread, line.mean) for line in found[0]]
    assert ranks == sorted(ranks, reverse=True)


@settings(IN_A_WORLD, max_examples=25)
@given(runs)
def test_the_strip_and_what_was_said_last_time_are_all_that_was_said(
    world: PeopleWorld, pilot: str, assessed: list[tuple[int, int, bool, dict[str, Any]]]
) -> None:
    with taken_back():
        build(world, pilot, assessed)
        now = tables()
        mine = {uid for uid, row in now["checklist_run"].items() if row["stage"] == pilot}
        items = [row for row in now["checklist_item"].values() if row["run"] in mine]
        found = strip(world.plan)
        assert found.ratings == {(row["run"], row["key"]): row["rating"] for row in items}
        assert {quality.key for quality in found.qualities} == {row["key"] for row in items}
        assert len(found.qualities) == len({quality.key for quality in found.qualities})
        for run in found.runs:
            assert {key: one.rating for key, one in said_in(run).items()} == {
                row["key"]: row["rating"] for row in items if row["run"] == run.uid
            }
            last = {key: one.item for key, one in last_time(run, world.plan).items()}
            assert last == naive_last_time(now, run.uid)


def naive_last_time(now: Content, run: str) -> dict[str, str]:
    """Look for each quality through all that the same one said before, the latest first."""
    own = now["checklist_run"][run]
    before = sorted(
        (
            (row["started_on"], row["number"], uid)
            for uid, row in now["checklist_run"].items()
            if row["party"] == own["party"] and row["template"] == own["template"]
        ),
        reverse=True,
    )
    found: dict[str, str] = {}
    for started_on, number, uid in before:
        if (started_on, number) < (own["started_on"], own["number"]):
            for item, row in now["checklist_item"].items():
                if row["run"] == uid and (row["rating"] or row["challenges"] or row["evidence"]):
                    found.setdefault(row["key"], item)
    return found


def naive_divergence(now: Content) -> dict[str, int]:
    """Return by quality the distance of the highest and the lowest of partners' latest ratings, of two at least."""
    latest: dict[str, tuple[str, int, str]] = {}
    for uid, row in now["checklist_run"].items():
        if row["stage"] and row["party"]:
            this = (row["started_on"], row["number"], uid)
            latest[row["party"]] = max(this, latest.get(row["party"], this))
    scores: dict[str, list[int]] = {}
    for row in now["checklist_item"].values():
        if row["run"] in {uid for _, _, uid in latest.values()} and row["rating"] in SCORES:
            scores.setdefault(row["key"], []).append(SCORES[row["rating"]])
    return {key: max(many) - min(many) for key, many in scores.items() if len(many) > 1}
