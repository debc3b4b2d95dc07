"""Runs of checklists as they stand: about whom, how far, and which are still open."""

from datetime import date, timedelta

import pytest

from tests.people_world import ONBOARDING, TODAY, PeopleWorld, typed
from tui_plan.insight.checklists import checklist_run, checklist_runs
from tui_plan.model.errors import NotFound
from tui_plan.model.vocabulary import Rating
from tui_plan.operations.checklists import (
    About,
    finish_checklist,
    remove_checklist,
    say_item,
    start_checklist,
    start_drill,
)

ME = typed(TODAY)


def test_runs_about_a_person_a_post_a_group_or_a_plan(world: PeopleWorld) -> None:
    drill = start_drill(ME, world.panel, [world.gus], on=TODAY, plan=world.plan)
    bare = start_checklist(ME, ONBOARDING, About(), on=TODAY, title="About nobody")
    (welcome,) = checklist_runs(world.finn)
    assert checklist_runs(world.warden) == [welcome]
    assert [run.uid for run in checklist_runs(world.panel)] == [drill]
    assert [run.uid for run in checklist_runs(plan=world.plan)] == [drill]
    assert checklist_runs(world.panel, plan="nowhere") == []
    assert [(run.ref, run.title, run.about) for run in checklist_runs()] == [
        ("C-3", "About nobody", ""),
        ("C-2", "Call-down of Panel", "Panel"),
        ("C-1", "Welcome", "Finn Berg"),
    ]
    assert checklist_run(bare).group is None


def test_a_post_is_named_where_nobody_is(world: PeopleWorld) -> None:
    start_checklist(ME, ONBOARDING, About(post=world.chief), on=TODAY)
    assert checklist_runs(world.chief)[0].about == "Chief"


def test_how_far_it_is(world: PeopleWorld) -> None:
    (run,) = checklist_runs(world.finn)
    assert (run.items, run.settled, run.due) == (3, 0, date(2026, 3, 4))
    for item, rating in zip(
        checklist_run(run.uid).items, (Rating.IN_PLACE, Rating.NOT_APPLICABLE, Rating.PARTLY), strict=True
    ):
        say_item(ME, item.uid, rating=rating)
    (run,) = checklist_runs(world.finn)
    assert (run.items, run.settled) == (3, 2)
    assert [item.settled for item in checklist_run(run.uid).items] == [True, True, False]


def test_it_is_overdue_while_it_is_open(world: PeopleWorld) -> None:
    (run,) = checklist_runs(world.finn)
    assert (run.overdue(date(2026, 3, 4)), run.overdue(date(2026, 3, 5))) == (False, True)
    finish_checklist(ME, run.uid, on=TODAY, remarks="Done")
    (run,) = checklist_runs(world.finn)
    assert not run.overdue(TODAY)
    assert checklist_run(run.uid).remarks == "Done"


def test_open_ones_come_first_then_the_latest(world: PeopleWorld) -> None:
    later = start_checklist(ME, ONBOARDING, About(party=world.finn), on=TODAY)
    earlier = start_checklist(ME, ONBOARDING, About(party=world.finn), on=TODAY - timedelta(days=90))
    finish_checklist(ME, later, on=TODAY)
    assert [run.uid for run in checklist_runs(world.finn)][1:] == [earlier, later]


def test_items_stand_in_their_order(world: PeopleWorld) -> None:
    detail = checklist_run(checklist_runs(world.finn)[0].uid)
    assert [item.key for item in detail.items] == ["call", "briefing", "agreement"]
    assert {(item.party, item.rating, item.at) for item in detail.items} == {("", "", None)}


def test_a_run_that_is_gone_is_said(world: PeopleWorld) -> None:
    (run,) = checklist_runs(world.finn)
    remove_checklist(ME, run.uid)
    with pytest.raises(NotFound, match="somebody removed it"):
        checklist_run(run.uid)
