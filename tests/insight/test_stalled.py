"""Which step objectives do not get on, and why: nobody and no date, no word for two cadences, days moved again."""

from datetime import date, timedelta

import pytest

from tests.people_world import TODAY, PeopleWorld, typed
from tui_plan.insight.cadences import cadences
from tui_plan.insight.moved_dates import moved_later
from tui_plan.insight.stalled import StalledObjective, stalled
from tui_plan.model.base import database, rows
from tui_plan.model.plan import Action, StepObjective
from tui_plan.model.vocabulary import MeetingKind, RoleKind, Status
from tui_plan.operations import actions, meetings, parts, plans
from tui_plan.operations.undoing import redo, undo

ME = typed(TODAY)
NOBODY = "No open action has both an owner and a date"


def reasons(day: date = TODAY) -> dict[str, tuple[str, ...]]:
    return {line.ref: line.reasons for line in stalled(day)}


def objective_of(action: str) -> str:
    return str(rows(Action.select(Action.objective).where(Action.uid == action))[0][0])


def add_review(plan: str, rule: str, start: date) -> str:
    return meetings.add_series(
        ME,
        plan,
        title="Review",
        kind=MeetingKind.REVIEW,
        start_day=start,
        timezone="Europe/London",
        rule=rule,
    )


def test_an_owner_and_a_date_must_meet_in_one_action(world: PeopleWorld) -> None:
    (line,) = stalled(TODAY)
    assert line == StalledObjective(
        objective_of(world.host), 2, "Step", "Shelters", world.plan, "Ready together", line.reasons, 1, line.heard
    )
    assert line.reasons[0] == NOBODY
    assert line.heard == date(2026, 1, 20)
    parts.set_roles(ME, world.host, [(RoleKind.RESPONSIBLE, world.ben)])
    assert reasons() == {"S-2": (NOBODY,)}
    actions.edit_action(ME, world.host, today=TODAY, agreed=TODAY)
    assert reasons() == {}
    parts.set_roles(ME, world.host, [(RoleKind.INFORMED, world.ben)])
    assert reasons() == {"S-2": (NOBODY,)}


def test_what_is_done_with_does_not_stall_and_what_is_deferred_does(world: PeopleWorld) -> None:
    actions.set_status(ME, [world.host], Status.DEFERRED, today=TODAY)
    assert reasons() == {"S-2": ("What is left to do is deferred",)}
    actions.set_status(ME, [world.host], Status.WITHDRAWN, today=TODAY)
    assert reasons() == {}
    assert reasons(TODAY + timedelta(days=400)).keys() == {"S-1"}


def test_an_objective_without_any_action_has_stalled(world: PeopleWorld) -> None:
    plans.add_objective(ME, world.areas[0], title="Not begun")
    assert reasons()["S-3"] == ("No action yet",)
    assert stalled(TODAY)[0].area == "Preparedness"


def test_no_update_in_two_cadences(world: PeopleWorld) -> None:
    plans.edit_objective(ME, objective_of(world.recruit), title="Find people")
    quiet = "No update for 57 days (the plan looks every 28)"
    assert reasons(TODAY + timedelta(days=56)).keys() == {"S-2"}
    assert reasons(TODAY + timedelta(days=57))["S-1"] == (quiet,)
    parts.add_note(typed(TODAY + timedelta(days=1)), "Still at it", today=TODAY, action=world.train)
    assert "S-1" not in reasons(TODAY + timedelta(days=57))
    assert reasons(TODAY + timedelta(days=58))["S-1"] == (quiet,)


def test_nobody_waits_for_word_before_the_work_begins(world: PeopleWorld) -> None:
    begins, later = TODAY + timedelta(days=100), TODAY + timedelta(days=200)
    objective = plans.add_objective(ME, world.areas[0], title="In spring")
    action = actions.add_action(ME, objective, title="Plant", start=begins, agreed=later, today=TODAY)
    parts.set_roles(ME, action, [(RoleKind.ACCOUNTABLE, world.ben)])
    assert "S-3" not in reasons(begins + timedelta(days=56))
    assert reasons(begins + timedelta(days=57))["S-3"] == ("No update for 157 days (the plan looks every 28)",)
    actions.set_status(ME, [action], Status.IN_PROGRESS, today=TODAY)
    assert "S-3" in reasons(TODAY + timedelta(days=57))
    actions.set_status(ME, [action], Status.NOT_STARTED, today=TODAY)
    actions.add_action(ME, objective, title="Water", today=TODAY)
    assert "S-3" in reasons(TODAY + timedelta(days=57))


@pytest.mark.parametrize(
    ("rule", "start", "days"),
    [
        ("FREQ=WEEKLY", date(2026, 1, 5), 7),
        ("FREQ=MONTHLY;BYDAY=1MO", date(2026, 1, 5), 30),
        ("FREQ=MONTHLY;INTERVAL=3;BYDAY=1MO", date(2026, 1, 5), 91),
        ("FREQ=YEARLY", date(2030, 1, 5), 365),
        ("FREQ=WEEKLY;BYDAY=MO,TH", date(2026, 1, 5), 4),
    ],
)
def test_a_plan_looks_as_often_as_its_review_meetings(world: PeopleWorld, rule: str, start: date, days: int) -> None:
    add_review(world.plan, rule, start)
    assert cadences(TODAY) == {world.plan: days}
    assert cadences(TODAY, world.plan) == {world.plan: days}
    later = TODAY + timedelta(days=800)
    assert f"(the plan looks every {cadences(later)[world.plan]})" in str(reasons(later))


def test_the_closest_review_counts_and_none_that_is_over(world: PeopleWorld) -> None:
    add_review(world.plan, "FREQ=WEEKLY;UNTIL=20260316", date(2026, 1, 5))
    assert cadences(TODAY) == {}
    add_review(world.plan, "FREQ=MONTHLY;BYDAY=1MO", date(2026, 1, 5))
    add_review(world.plan, "FREQ=WEEKLY;INTERVAL=2", date(2026, 1, 5))
    assert cadences(TODAY) == {world.plan: 14}


def test_a_day_moved_later_twice(world: PeopleWorld) -> None:
    actions.move_dates(ME, [world.train], 7)
    assert moved_later()[0].times == 1
    assert "S-1" not in reasons()
    actions.edit_action(ME, world.train, today=TODAY, agreed=date(2026, 5, 1))
    assert "S-1" not in reasons()
    actions.edit_action(ME, world.train, today=TODAY, title="Train all", forecast=date(2026, 6, 15))
    assert reasons()["S-1"] == ("A-2 slipped twice: from 2026-04-30 to 2026-06-15",)
    actions.edit_action(ME, world.train, today=TODAY, forecast=date(2026, 7, 1))
    assert reasons()["S-1"] == ("A-2 slipped 3 times: from 2026-04-30 to 2026-07-01",)
    assert [line.ref for line in moved_later(world.plan)] == ["A-2"]
    actions.set_status(ME, [world.train], Status.COMPLETE, today=TODAY)
    assert "S-1" not in reasons()


def test_what_was_turned_back_or_moved_back_did_not_slip(world: PeopleWorld) -> None:
    actions.move_dates(ME, [world.train], 7)
    actions.move_dates(ME, [world.train], 7)
    undo(ME)
    assert moved_later()[0].times == 1
    redo(ME)
    assert moved_later()[0].times == 2
    actions.move_dates(ME, [world.train], -14)
    assert moved_later() == []


def test_a_first_date_is_no_slip(world: PeopleWorld) -> None:
    actions.edit_action(ME, world.host, today=TODAY, agreed=date(2026, 5, 1))
    actions.edit_action(ME, world.host, today=TODAY, agreed=None)
    actions.edit_action(ME, world.host, today=TODAY, agreed=date(2026, 6, 1))
    assert moved_later() == []
    actions.move_dates(ME, [world.host], 1)
    assert [(line.ref, line.times, line.first) for line in moved_later()] == [("A-5", 1, date(2026, 5, 1))]


def test_many_slips_are_counted_behind_the_first_three(world: PeopleWorld) -> None:
    objective = objective_of(world.host)
    made = [
        actions.add_action(ME, objective, today=TODAY, title=f"Late {at}", agreed=date(2026, 5, 1)) for at in range(5)
    ]
    for _ in range(2):
        actions.move_dates(ME, made, 3)
    *slips, more = [reason for reason in reasons()["S-2"] if reason != NOBODY]
    assert slips == [f"A-{number} slipped twice: from 2026-05-01 to 2026-05-07" for number in (6, 7, 8)]
    assert more == "2 more actions slipped twice or more"


def test_only_the_plan_that_is_asked_about(world: PeopleWorld) -> None:
    other = plans.add_plan(ME, name="Other")
    assert stalled(TODAY, other) == []
    area = plans.add_area(ME, other, title="Alone", priority="high")
    plans.add_objective(ME, area, title="Empty")
    assert [line.plan_name for line in stalled(TODAY, other)] == ["Other"]
    assert [line.plan_name for line in stalled(TODAY)] == ["Ready together", "Other"]
    assert rows(StepObjective.select(StepObjective.number).where(StepObjective.uid == stalled(TODAY, other)[0].uid))


def test_the_ledger_is_read_by_its_indexes(world: PeopleWorld) -> None:
    asked: list[str] = []
    database.connection().set_trace_callback(asked.append)
    stalled(TODAY, world.plan)
    database.connection().set_trace_callback(None)
    ledger = [sql for sql in asked if '"ledger_entry"' in sql]
    assert ledger
    for sql in ledger:
        steps = [step for *_, step in database.execute_sql(f"EXPLAIN QUERY PLAN {sql}").fetchall()]
        assert any("entry_record" in step or "entry_subject" in step or "PRIMARY KEY" in step for step in steps)
        assert not any(step.startswith("SCAN") for step in steps)


def test_one_step_objective_is_told_as_among_all(world: PeopleWorld) -> None:
    every = {line.uid: line for line in stalled(TODAY)}
    assert every
    for objective in (uid for (uid,) in rows(StepObjective.select(StepObjective.uid))):
        alone = [every[objective]] if objective in every else []
        assert stalled(TODAY, world.plan, objective) == stalled(TODAY, None, objective) == alone
    slipping = objective_of(world.train)
    for weeks in (1, 2):
        actions.move_dates(typed(TODAY + timedelta(days=weeks)), [world.train, world.host], 7)
    (line,) = stalled(TODAY, world.plan, slipping)
    assert line == next(each for each in stalled(TODAY) if each.uid == slipping)
    assert any("slipped twice" in reason for reason in line.reasons)
    assert {moved.action for moved in moved_later(None, slipping)} == {world.train}
