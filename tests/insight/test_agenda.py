"""What comes: target dates, checkpoints and meetings by day; and what a person can do next."""

# ruff: noqa: DTZ001 (meetings are local to their zone and naive by agreement)

from datetime import date, datetime, time, timedelta

from tests.quality_plan import TODAY, QualityPlan
from tui_plan.insight.agenda import agenda, next_actions
from tui_plan.insight.gatherings import gatherings, series_of
from tui_plan.model.store import Author
from tui_plan.model.vocabulary import MeetingKind, MeetingStatus, PartyKind, RoleKind
from tui_plan.operations import actions, groups, meetings, parts, people, plans, posts

MARCH = date(2026, 3, 1), date(2026, 3, 31)


def add_series(author: Author, plan: str, **values: object) -> str:
    wanted = {
        "title": "Review",
        "kind": MeetingKind.REVIEW,
        "start_day": date(2026, 3, 5),
        "start_time": "09:30",
        "timezone": "Europe/London",
        "rule": "FREQ=WEEKLY",
        **values,
    }
    return meetings.add_series(author, plan, **wanted)  # type: ignore[arg-type]


def told(plan: str | None = None) -> list[tuple[int, str, str, str]]:
    return [(line.day.day, line.kind, line.ref, line.note) for line in agenda(*MARCH, plan)]


def test_dates_and_checkpoints_by_day(quality: QualityPlan, author: Author) -> None:
    parts.add_checkpoint(author, quality.survey, due=date(2026, 3, 24), method="By phone")
    assert told() == [
        (12, "target", "A-2", ""),
        (24, "checkpoint", "A-3", "By phone"),
        (24, "milestone", "A-1", ""),
    ]
    assert agenda(date(2026, 2, 1), date(2026, 2, 28)) == []


def test_the_ends_are_included(quality: QualityPlan) -> None:
    day = date(2026, 3, 12)
    (line,) = agenda(day, day)
    assert (line.day, line.at, line.uid, line.title) == (day, None, quality.agreement, "Sign the agreement")
    assert line.plan == "Quality together"


def test_deferred_is_still_to_come_but_withdrawn_is_not(quality: QualityPlan, author: Author) -> None:
    parts.add_checkpoint(author, quality.agreement, due=date(2026, 3, 20), method="By phone")
    actions.edit_action(author, quality.agreement, today=TODAY, status="deferred")
    assert [ref for _, _, ref, _ in told()] == ["A-2", "A-2", "A-1"]
    actions.edit_action(author, quality.agreement, today=TODAY, status="withdrawn")
    assert [ref for _, _, ref, _ in told()] == ["A-1"]


def test_meetings_moved_held_and_cancelled(quality: QualityPlan, author: Author) -> None:
    series = add_series(author, quality.plan)
    meetings.set_occurrence(author, series, datetime(2026, 3, 5, 9, 30), status=MeetingStatus.HELD)
    meetings.set_occurrence(author, series, datetime(2026, 3, 12, 9, 30), start=datetime(2026, 3, 13, 14))
    meetings.set_occurrence(author, series, datetime(2026, 3, 19, 9, 30), status=MeetingStatus.CANCELLED)
    found = [line for line in agenda(*MARCH) if line.kind == "review meeting"]
    assert [(line.day.day, line.at, line.note) for line in found] == [
        (5, time(9, 30), "held"),
        (13, time(14), "moved from 2026-03-12"),
        (19, time(9, 30), "cancelled"),
        (26, time(9, 30), ""),
    ]


def test_a_meeting_moved_out_of_the_days_is_gone_and_one_moved_in_is_there(
    quality: QualityPlan, author: Author
) -> None:
    series = add_series(author, quality.plan)
    meetings.set_occurrence(author, series, datetime(2026, 3, 12, 9, 30), start=datetime(2026, 4, 20, 9, 30))
    march = [one.start.day for one in gatherings(*MARCH)]
    april = [(one.start.day, one.difference) for one in gatherings(date(2026, 4, 17), date(2026, 4, 22))]
    assert march == [5, 19, 26]
    assert april == [(20, "moved from 2026-03-12")]


def test_a_single_meeting_stands_among_the_others(quality: QualityPlan, author: Author) -> None:
    add_series(author, quality.plan, rule="FREQ=WEEKLY;COUNT=2")
    single = meetings.add_meeting(
        author,
        quality.plan,
        title="Briefing",
        kind=MeetingKind.BRIEFING,
        start=datetime(2026, 3, 5, 8),
        timezone="Europe/London",
    )
    first, second, third = gatherings(*MARCH)
    assert (first.meeting, first.series, first.ref, first.original) == (single, "", "M-2", None)
    assert (second.meeting, second.ref, second.start) == ("", "M-1", datetime(2026, 3, 5, 9, 30))
    assert third.start.day == 12
    assert [(line.at, line.kind) for line in agenda(date(2026, 3, 5), date(2026, 3, 5))] == [
        (time(8), "briefing"),
        (time(9, 30), "review meeting"),
    ]


def test_the_clock_stays_when_summer_begins(quality: QualityPlan, author: Author) -> None:
    add_series(author, quality.plan)
    around = gatherings(date(2026, 3, 26), date(2026, 4, 2))
    assert {one.start.time() for one in around} == {time(9, 30)}


def test_series_are_told_with_their_group(quality: QualityPlan, author: Author) -> None:
    add_series(author, quality.plan, group=quality.board, place="Room 1")
    (line,) = series_of(quality.plan)
    assert (line.ref, line.group, line.place, line.start) == (
        "M-1",
        "Quality Board",
        "Room 1",
        datetime(2026, 3, 5, 9, 30),
    )


def test_only_the_plan_that_was_asked_for(quality: QualityPlan, author: Author) -> None:
    other = plans.add_plan(author, name="Another")
    add_series(author, other)
    assert {kind for _, kind, _, _ in told(quality.plan)} == {"target", "milestone"}
    assert {kind for _, kind, _, _ in told(other)} == {"review meeting"}
    assert series_of(quality.plan) == []


def refs_for(party: str, today: date = TODAY) -> list[str]:
    return [row.ref for row in next_actions(today, party=party)]


def test_what_can_be_done_next(quality: QualityPlan, author: Author) -> None:
    assert [row.ref for row in next_actions(TODAY)] == ["A-1", "A-3"]
    actions.edit_action(author, quality.standards, today=TODAY, status="complete")
    assert [row.ref for row in next_actions(TODAY)] == ["A-2", "A-3"]
    assert next_actions(TODAY, plans.add_plan(author, name="Another")) == []


def test_what_a_person_can_do_next_by_post_and_by_group(quality: QualityPlan, author: Author) -> None:
    assert refs_for(quality.ana) == ["A-1"]
    assert refs_for(quality.ana, date(2024, 6, 1)) == []
    assert refs_for(quality.ben) == ["A-3"]
    assert refs_for(quality.registrar) == ["A-1"]
    groups.add_member(author, quality.board, quality.registrar)
    assert refs_for(quality.ana) == ["A-1", "A-3"]
    parts.set_roles(author, quality.survey, [(RoleKind.CONSULTED, quality.ben)])
    assert refs_for(quality.ben) == []


def test_a_tenure_that_ended_yesterday_carries_nothing(quality: QualityPlan, author: Author) -> None:
    former = people.add_party(author, PartyKind.PERSON, name="Former")
    posts.add_tenure(author, quality.registrar, former, start=None, end=TODAY - timedelta(days=1), acting=True)
    assert refs_for(former) == []
    assert refs_for(former, TODAY - timedelta(days=1)) == ["A-1"]
