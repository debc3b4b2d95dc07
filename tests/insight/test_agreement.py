"""Who must agree, who has, who is missing; coverage that is never more than the truth in the ledger."""

from datetime import date

import pytest
from hypothesis import given, settings

from tests.model.replay import replayed
from tests.people_steps import Step, steps, take
from tests.people_truth import agreed, duties
from tests.people_world import TODAY, PeopleWorld, taken_back, typed
from tests.properties import IN_A_WORLD
from tui_plan.insight.agreement import AgreementLine, Coverage, agreements, agreements_of, required_states
from tui_plan.insight.people_on import PeopleOn
from tui_plan.model.errors import NotFound
from tui_plan.model.vocabulary import AgreementState, PartyKind, RoleKind, Status
from tui_plan.operations import actions, groups, parts, people, plans, posts
from tui_plan.operations.agreements import record_agreement

ME = typed(TODAY)


def by_name(world: PeopleWorld) -> dict[str, AgreementLine]:
    return {line.name: line for line in agreements(world.plan, TODAY).lines}


def test_everybody_required_stands_with_why_and_how(world: PeopleWorld) -> None:
    found = by_name(world)
    assert {name: (line.why, line.state) for name, line in found.items()} == {
        "Ana Ruiz": ("accountable for 1, convening group", "agreed"),
        "Ben Okafor": ("responsible for 1, convening group", "agreed with reservations"),
        "Chief": ("accountable for 1", "not asked"),
        "Cleo Marsh": ("accountable for 1, convening group", "asked"),
        "Finn Berg": ("responsible for 1", "agreed"),
        "Gus Silva": ("responsible for 1", "declined"),
    }
    ana = found["Ana Ruiz"]
    assert (ana.on, ana.channel, ana.evidence, ana.by) == (date(2026, 2, 10), "letter", "Letter", "ana")
    assert found["Ben Okafor"].reservations == "If the money comes"
    assert (found["Chief"].note, found["Cleo Marsh"].note) == ("vacant", "")


def test_coverage_is_of_those_who_must_and_by_partner(world: PeopleWorld) -> None:
    report = agreements(world.plan, TODAY)
    assert report.whole == Coverage("Ready together", 3, 6)
    assert report.whole.share == 0.5
    assert report.partners == (
        Coverage("Harbour College", 1, 1),
        Coverage("Northfield City", 2, 4),
        Coverage("Housing Trust", 1, 1),
    )
    assert [line.name for line in report.missing] == ["Chief", "Cleo Marsh", "Gus Silva"]


def test_with_nobody_required_there_is_no_share(world: PeopleWorld) -> None:
    empty = plans.add_plan(ME, name="Nobody yet")
    assert agreements(empty, TODAY).whole == Coverage("Nobody yet", 0, 0)
    assert agreements(empty, TODAY).whole.share is None
    record_agreement(ME, empty, [world.dana], today=TODAY, state=AgreementState.AGREED)
    report = agreements(empty, TODAY)
    assert [(line.name, line.required) for line in report.lines] == [("Dana Lind", False)]
    assert report.whole.share is None
    assert report.missing == ()
    group = people.add_party(ME, PartyKind.GROUP, name="Empty board")
    plans.edit_plan(ME, empty, convening_group=group)
    assert agreements(empty, TODAY).whole.share is None


def test_those_on_record_who_need_not_come_last(world: PeopleWorld) -> None:
    record_agreement(ME, world.plan, [world.dana], today=TODAY, state=AgreementState.AGREED)
    report = agreements(world.plan, TODAY)
    assert report.lines[-1].name == "Dana Lind"
    assert not report.lines[-1].required
    assert report.whole == Coverage("Ready together", 3, 6)


def test_who_stands_in_the_way_is_said(world: PeopleWorld) -> None:
    record_agreement(ME, world.plan, [world.chief], today=TODAY, state=AgreementState.ASKED)
    posts.add_tenure(ME, world.chief, world.dana, start=TODAY)
    people.edit_party(ME, world.cleo, left_on=date(2026, 3, 15))
    hollow = people.add_party(ME, PartyKind.GROUP, name="Hollow")
    parts.set_roles(ME, world.host, [(RoleKind.RESPONSIBLE, hollow)], today=TODAY)
    found = by_name(world)
    assert (found["Chief"].required, found["Chief"].note) == (False, "")
    assert found["Cleo Marsh"].note == "left on 2026-03-15"
    assert found["Hollow"].note == "nobody in it"
    assert found["Dana Lind"].why == "accountable for 1"


def test_the_word_of_who_left_is_missing_until_they_hand_over(world: PeopleWorld) -> None:
    before = agreements(world.plan, TODAY).whole
    whose = next(line for line in agreements(world.plan, TODAY).lines if line.required and line.stands)
    people.edit_party(ME, whose.uid, left_on=date(2026, 3, 15))
    report = agreements(world.plan, TODAY)
    assert report.whole == before._replace(agreed=before.agreed - 1)
    assert whose.uid in {line.uid for line in report.missing}
    assert agreements(world.plan, date(2026, 3, 15)).whole == before


def test_an_edition_of_one_major_version_is_one(world: PeopleWorld) -> None:
    plans.edit_plan(ME, world.plan, version="1.4")
    assert agreements(world.plan, TODAY).whole.agreed == 3
    plans.edit_plan(ME, world.plan, version="2.0")
    report = agreements(world.plan, TODAY)
    assert (report.whole.agreed, report.version) == (0, "2.0")
    assert {line.state for line in report.lines} == {AgreementState.NOT_ASKED}
    record_agreement(ME, world.plan, [world.ana], today=TODAY, state=AgreementState.AGREED)
    assert agreements(world.plan, TODAY).whole.agreed == 1
    assert [(version, state) for _, _, version, state, _ in agreements_of(world.ana)] == [
        ("2.0", "agreed"),
        ("1.0", "lapsed"),
    ]


def test_states_for_lint_are_those_of_who_must(world: PeopleWorld) -> None:
    states = sorted(required_states(world.plan, PeopleOn(TODAY)))
    assert states == sorted(line.state for line in agreements(world.plan, TODAY).lines if line.required)


def test_a_plan_that_is_gone_is_said(world: PeopleWorld) -> None:
    with pytest.raises(NotFound, match="no longer there"):
        agreements("nowhere", TODAY)


@settings(IN_A_WORLD, max_examples=40)
@given(many=steps(most=10))
def test_coverage_is_the_truth(world: PeopleWorld, many: list[Step]) -> None:
    with taken_back():
        take(many)
        now = replayed()
        must = set(duties(now, world.plan, TODAY.isoformat()))
        day = TODAY.isoformat()
        have = {party for party in agreed(now, world.plan) if (now["party"][party]["left_on"] or day) >= day}
        report = agreements(world.plan, TODAY)
        assert {line.uid for line in report.lines if line.required} == must
        assert {line.uid for line in report.lines if line.stands} == have
        assert (report.whole.agreed, report.whole.required) == (len(must & have), len(must))
        assert report.whole.share == (len(must & have) / len(must) if must else None)
        assert sorted(required_states(world.plan, PeopleOn(TODAY))) == sorted(
            line.state for line in report.lines if line.required
        )
        assert all(one.agreed <= one.required <= report.whole.required for one in report.partners)


def test_a_closed_action_requires_nobody(world: PeopleWorld) -> None:
    actions.set_status(ME, [world.recruit], Status.WITHDRAWN, today=TODAY)
    actions.set_status(ME, [world.train], Status.COMPLETE, today=TODAY)
    groups.remove_member(ME, seat_of(world))
    assert set(by_name(world)) - {"Finn Berg", "Gus Silva"} == {"Ana Ruiz", "Ben Okafor", "Chief", "Cleo Marsh"}
    report = agreements(world.plan, TODAY)
    assert {line.name for line in report.lines if line.required} == {"Ana Ruiz", "Ben Okafor", "Chief"}


def seat_of(world: PeopleWorld) -> str:
    seats = PeopleOn(TODAY).named_seats[world.board]
    return next(seat.membership for seat in seats if seat.member == world.cleo)
