"""Calendars of plans, areas and parties from a real database: what they cover, what stays, what is raised."""

# ruff: noqa: DTZ001 (starts are local to their zone, and moments are UTC by agreement: both naive)

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from icalendar import Calendar

from tui_plan.exchange.calendar_export import CalendarContents, calendar_contents, export_ics, export_vdir
from tui_plan.exchange.calendar_scope import Scope, area_scope, party_scope, plan_scope
from tui_plan.model.base import database
from tui_plan.model.errors import NotFound
from tui_plan.model.store import Author
from tui_plan.model.vocabulary import Confidence, MeetingKind, MeetingStatus, PartyKind, RoleKind, Status
from tui_plan.operations.actions import add_action, change_actions, edit_action, move_dates, remove_actions, set_status
from tui_plan.operations.groups import add_member
from tui_plan.operations.meetings import add_meeting, add_series, edit_series, set_occurrence
from tui_plan.operations.parts import add_checkpoint, add_note, edit_checkpoint, remove_part, set_roles
from tui_plan.operations.people import add_party
from tui_plan.operations.plans import add_area, add_objective, add_plan
from tui_plan.operations.posts import add_tenure
from tui_plan.operations.undoing import undo

TODAY = date(2026, 3, 16)
AT = datetime(2026, 3, 1, 8, 0)
LATER = datetime(2026, 3, 15, 17, 45, 10)


@dataclass
class World:
    """A small plan, and who typed it: everything at ``AT``, every change after that at ``LATER``."""

    first: Author
    author: Author
    plan: str
    area: str
    objective: str
    action: str

    def another(self, title: str, **values: Any) -> str:
        return add_action(self.first, self.objective, today=TODAY, title=title, **values)

    def contents(self, scope: Scope | None = None, **options: Any) -> CalendarContents:
        return calendar_contents(scope or plan_scope(self.plan), TODAY, **options)

    def events(self, scope: Scope | None = None, **options: Any) -> dict[str, Any]:
        """Return the events by their titles, as they are read from the exported file."""
        return {str(event["SUMMARY"]): event for event in events_in(export_ics(self.contents(scope, **options)))}


def events_in(data: bytes) -> list[Any]:
    """Return the events of a calendar file that is read without an error."""
    calendar = Calendar.from_ical(data)
    assert not [error for component in calendar.walk() for error in component.errors]
    return list(calendar.walk("VEVENT"))


@pytest.fixture
def world(plan_database: Path) -> World:
    assert plan_database.exists()
    first = Author(login="ana", at=AT)
    plan = add_plan(first, name="Riverside, together")
    area = add_area(first, plan, title="Trust")
    objective = add_objective(first, area, title="Know each other")
    action = add_action(
        first,
        objective,
        today=TODAY,
        title="Sign the agreement",
        purpose="Everybody knows it",
        agreed=date(2026, 6, 30),
    )
    return World(first, replace(first, at=LATER), plan, area, objective, action)


def series_of(world: World, **values: Any) -> str:
    """Add a review meeting on the last Friday of each month."""
    known: dict[str, Any] = {
        "title": "Review",
        "kind": MeetingKind.REVIEW,
        "start_day": date(2026, 1, 30),
        "start_time": "09:30",
        "minutes": 90,
        "timezone": "Europe/London",
        "rule": "FREQ=MONTHLY;BYDAY=-1FR",
        "place": "Town hall",
    }
    return add_series(world.first, world.plan, **known | values)


def test_an_action_stands_on_its_expected_day_with_what_people_need(world: World) -> None:
    person = add_party(world.first, PartyKind.PERSON, name="Ann Lee", remarks="difficult")
    set_roles(world.first, world.action, [(RoleKind.ACCOUNTABLE, person)])
    edit_action(
        world.author,
        world.action,
        today=TODAY,
        status=Status.IN_PROGRESS,
        confidence=Confidence.AMBER,
        confidence_reason="The mayor is against it",
        forecast=date(2026, 7, 15),
    )
    add_note(world.author, "They quarrelled", today=TODAY, action=world.action)
    event = world.events()["Due: Sign the agreement"]
    assert event["UID"] == world.action
    assert event.start == date(2026, 7, 15)
    assert str(event["DESCRIPTION"]).split("\n") == [
        "A-1, Riverside, together",
        "Trust › Know each other",
        "Purpose: Everybody knows it",
        "Agreed for 2026-06-30, now expected 2026-07-15",
        "Status: in progress; confidence: amber",
        "Responsible: Ann Lee",
    ]
    assert event.categories == ["Trust"]
    assert event.DTSTAMP.replace(tzinfo=None) == LATER
    assert event["CREATED"].dt.replace(tzinfo=None) == AT
    assert b"Ann Lee" not in export_ics(world.contents(), shared=True)


def test_what_is_complete_is_done_and_no_longer_due(world: World) -> None:
    before = world.events()["Due: Sign the agreement"]["SEQUENCE"]
    school = world.another("Open the school", agreed=date(2026, 9, 1), start=date(2026, 8, 1), milestone=True)
    set_status(world.author, [world.action, school], Status.COMPLETE, today=TODAY)
    events = world.events()
    assert set(events) == {"Done: Sign the agreement", "Milestone done: Open the school"}
    assert events["Done: Sign the agreement"]["SEQUENCE"] > before


def test_milestones_starts_and_checkpoints_have_days_of_their_own(world: World) -> None:
    world.another("Open the school", agreed=date(2026, 9, 1), start=date(2026, 8, 1), milestone=True)
    reviewer = add_party(world.first, PartyKind.GROUP, name="Steering group")
    checkpoint = add_checkpoint(
        world.first, world.action, reviewers=[reviewer], due=date(2026, 5, 4), method="Walk through the building"
    )
    assert set(world.events()) == {
        "Due: Sign the agreement",
        "Milestone: Open the school",
        "Checkpoint: Sign the agreement",
    }
    event = world.events()["Checkpoint: Sign the agreement"]
    assert event["UID"] == checkpoint
    assert event.start == date(2026, 5, 4)
    assert str(event["DESCRIPTION"]).endswith("How: Walk through the building\nReviewed by: Steering group")
    edit_checkpoint(world.author, checkpoint, reviewers=[])
    event = world.events()["Checkpoint: Sign the agreement"]
    assert str(event["DESCRIPTION"]).endswith("How: Walk through the building")
    assert event.DTSTAMP.replace(tzinfo=None) == LATER
    assert world.events(starts=True)["Start: Open the school"].start == date(2026, 8, 1)


def test_an_unchanged_plan_gives_the_same_bytes_and_a_changed_one_keeps_its_uids(world: World) -> None:
    series_of(world)
    before = export_ics(world.contents())
    assert export_ics(world.contents()) == before
    move_dates(world.author, [world.action], 7)
    old, new = (events_in(data) for data in (before, export_ics(world.contents())))
    assert [event["UID"] for event in old] == [event["UID"] for event in new]
    assert [event["SEQUENCE"] for event in old] == [0, 0]
    assert [event["SEQUENCE"] for event in new] == [1, 0]
    assert new[0].start == date(2026, 7, 7)
    assert new[0].LAST_MODIFIED.replace(tzinfo=None) == LATER


def test_a_new_responsible_person_is_a_change_of_the_entry(world: World) -> None:
    person = add_party(world.author, PartyKind.PERSON, name="Ann Lee")
    set_roles(world.author, world.action, [(RoleKind.RESPONSIBLE, person)])
    assert world.events()["Due: Sign the agreement"].DTSTAMP.replace(tzinfo=None) == LATER
    latest = replace(world.author, at=LATER + timedelta(hours=1))
    set_roles(latest, world.action, [])
    event = world.events()["Due: Sign the agreement"]
    assert "Ann" not in str(event["DESCRIPTION"])
    assert event.DTSTAMP.replace(tzinfo=None) == latest.at


def test_what_a_calendar_does_not_show_is_no_change_of_it(world: World) -> None:
    before = export_ics(world.contents())
    person = add_party(world.author, PartyKind.PERSON, name="Ann Lee")
    set_roles(world.author, world.action, [(RoleKind.INFORMED, person)])
    set_roles(world.author, world.action, [])
    add_note(world.author, "They quarrelled", today=TODAY, action=world.action)
    assert export_ics(world.contents()) == before


@pytest.mark.parametrize("status", [Status.DEFERRED, Status.WITHDRAWN])
def test_a_dropped_action_stays_cancelled_while_it_lies_ahead(world: World, status: Status) -> None:
    past = world.another("Was due", agreed=date(2026, 3, 15))
    add_checkpoint(world.first, world.action, due=date(2026, 4, 1))
    before = {event["UID"]: event["SEQUENCE"] for event in world.events().values()}
    change_actions(world.author, [world.action, past], today=TODAY, status=status)
    events = world.events()
    assert set(events) == {"Cancelled: Sign the agreement"}
    for event in events_in(export_ics(world.contents())):
        assert event["STATUS"] == "CANCELLED"
        assert event["SEQUENCE"] > before[event["UID"]]
        assert event.DTSTAMP.replace(tzinfo=None) == LATER


def test_a_removed_action_is_cancelled_from_the_ledger_until_undo_brings_it_back(world: World) -> None:
    add_checkpoint(world.first, world.action, due=date(2026, 4, 1))
    past = world.another("Was due", agreed=date(2026, 3, 15))
    move_dates(world.first, [world.action], 1)
    remove_actions(world.author, [world.action, past])
    contents = world.contents()
    assert {entry.uid: (entry.cancelled, entry.title) for entry in contents.deadlines} == {
        world.action: (True, "Sign the agreement"),
        next(entry.uid for entry in contents.deadlines if entry.kind == "Checkpoint"): (True, "Sign the agreement"),
    }
    gone = next(entry for entry in contents.deadlines if entry.uid == world.action)
    assert (gone.sequence, gone.changed_at, gone.day) == (2, LATER, date(2026, 7, 1))
    assert [entry.cancelled for entry in world.contents(area_scope(world.area)).deadlines] == [True, True]
    undo(world.author)
    back = {entry.uid: entry for entry in world.contents().deadlines}
    assert not back[world.action].cancelled
    assert back[world.action].sequence >= gone.sequence
    assert len(back) == 3


def test_a_removed_checkpoint_is_cancelled_while_its_action_goes_on(world: World) -> None:
    checkpoint = add_checkpoint(world.first, world.action, due=date(2026, 4, 1))
    remove_part(world.author, "checkpoint", checkpoint)
    titles = sorted(world.events())
    assert titles == ["Cancelled: Sign the agreement", "Due: Sign the agreement"]


def test_an_action_that_lost_its_date_is_cancelled_where_it_stood(world: World) -> None:
    edit_action(world.author, world.action, today=TODAY, agreed=None, timescale_note="Ongoing")
    event = world.events()["Cancelled: Sign the agreement"]
    assert event.start == date(2026, 6, 30)
    assert event["SEQUENCE"] == 1
    never = world.another("Never had one")
    assert never not in {entry.uid for entry in world.contents().deadlines}


def test_a_series_with_skipped_moved_and_held_meetings(world: World) -> None:
    series = series_of(world)
    set_occurrence(world.first, series, datetime(2026, 1, 30, 9, 30), status=MeetingStatus.HELD)
    set_occurrence(world.author, series, datetime(2026, 2, 27, 9, 30), status=MeetingStatus.CANCELLED)
    set_occurrence(
        world.author, series, datetime(2026, 3, 27, 9, 30), start=datetime(2026, 3, 30, 15), timezone="Europe/Paris"
    )
    master, moved = [event for event in events_in(export_ics(world.contents())) if event["UID"] == series]
    london = ZoneInfo("Europe/London")
    assert master.start == datetime(2026, 1, 30, 9, 30, tzinfo=london)
    assert master["EXDATE"].dts[0].dt == datetime(2026, 2, 27, 9, 30, tzinfo=london)
    assert master["LOCATION"] == "Town hall"
    assert moved["RECURRENCE-ID"].dt == datetime(2026, 3, 27, 9, 30, tzinfo=london)
    assert moved.start == datetime(2026, 3, 30, 14, 0, tzinfo=london)
    assert master["SEQUENCE"] >= 1
    assert master.DTSTAMP.replace(tzinfo=None) == LATER


def test_a_meeting_held_under_an_earlier_rule_stands_by_itself(world: World) -> None:
    series = series_of(world)
    meeting = set_occurrence(world.first, series, datetime(2026, 1, 30, 9, 30), status=MeetingStatus.HELD)
    edit_series(world.author, series, start_day=date(2026, 2, 2), rule="FREQ=MONTHLY;BYDAY=1MO")
    gatherings = {one.uid: one for one in world.contents().gatherings}
    assert gatherings[series].moved == ()
    assert gatherings[meeting].start == datetime(2026, 1, 30, 9, 30)
    assert gatherings[meeting].rule == ""


def test_single_meetings_stay_cancelled_while_they_lie_ahead(world: World) -> None:
    known: dict[str, Any] = {"kind": MeetingKind.BRIEFING, "minutes": 60, "timezone": "Asia/Tokyo"}
    add_meeting(world.first, world.plan, title="Planned", start=datetime(2026, 3, 1, 9), **known)
    known["status"] = MeetingStatus.CANCELLED
    add_meeting(world.first, world.plan, title="Past", start=datetime(2026, 3, 1, 9), **known)
    add_meeting(world.first, world.plan, title="Ahead", start=datetime(2026, 4, 1, 9), **known)
    titles = [title for title in world.events() if "Sign" not in title]
    assert titles == ["Planned", "Cancelled: Ahead"]
    undo(replace(world.author, login="ana"))
    assert "Cancelled: Ahead" in world.events()


def test_a_removed_series_is_cancelled_while_any_of_it_lies_ahead(world: World) -> None:
    series_of(world, rule="FREQ=MONTHLY;BYDAY=-1FR;COUNT=2")
    undo(world.first)
    assert not world.contents().gatherings
    series_of(world)
    undo(world.first)
    (gone,) = world.contents().gatherings
    assert gone.cancelled
    assert gone.rule == "FREQ=MONTHLY;BYDAY=-1FR"


def test_an_area_has_its_own_days_and_no_meetings(world: World) -> None:
    other = add_area(world.first, world.plan, title="Money")
    objective = add_objective(world.first, other, title="Budget")
    add_action(world.first, objective, today=TODAY, title="Find funds", agreed=date(2026, 5, 1))
    series_of(world)
    contents = world.contents(area_scope(other))
    assert contents.name == "Money (Riverside, together)"
    assert [entry.title for entry in contents.deadlines] == ["Find funds"]
    assert contents.gatherings == ()
    assert "\nMoney › Budget\n" in contents.deadlines[0].description


def test_a_person_sees_roles_held_directly_by_post_today_and_through_groups(world: World) -> None:
    person = add_party(world.first, PartyKind.PERSON, name="Ann Lee")
    post, former = (add_party(world.first, PartyKind.POST, name=name) for name in ("Principal", "Deputy"))
    add_tenure(world.first, post, person, start=date(2026, 1, 1))
    add_tenure(world.first, former, person, start=None, end=date(2026, 3, 15))
    inner, outer = (add_party(world.first, PartyKind.GROUP, name=name) for name in ("Data group", "Steering group"))
    add_member(world.first, inner, post)
    add_member(world.first, outer, inner)
    for title, party in (("own", person), ("post", post), ("former", former), ("inner", inner), ("outer", outer)):
        action = world.another(title, agreed=date(2026, 5, 1))
        set_roles(world.first, action, [(RoleKind.RESPONSIBLE, party)])
    add_checkpoint(world.first, world.action, reviewers=[person], due=date(2026, 4, 1))
    meetings = series_of(world, group=outer)
    series_of(world, group=add_party(world.first, PartyKind.GROUP, name="Others"))
    contents = world.contents(party_scope(person, TODAY))
    assert sorted(entry.title for entry in contents.deadlines) == [
        "Sign the agreement",
        "inner",
        "outer",
        "own",
        "post",
    ]
    assert [entry.kind for entry in contents.deadlines if entry.title.startswith("Sign")] == ["Checkpoint"]
    assert [one.uid for one in contents.gatherings] == [meetings]
    assert {entry.title for entry in world.contents(party_scope(inner, TODAY)).deadlines} == {"inner", "outer"}


def test_an_organisation_sees_what_its_people_and_posts_promised(world: World) -> None:
    school = add_party(world.first, PartyKind.ORGANISATION, name="Riverside School")
    person = add_party(world.first, PartyKind.PERSON, name="Ann Lee", organisation=school)
    stranger = add_party(world.first, PartyKind.PERSON, name="Bo Strand")
    for title, party in (("school", school), ("ann", person), ("bo", stranger)):
        set_roles(world.first, world.another(title, agreed=date(2026, 5, 1)), [(RoleKind.RESPONSIBLE, party)])
    assert {entry.title for entry in world.contents(party_scope(school, TODAY)).deadlines} == {"school", "ann"}


def test_a_party_in_one_plan_or_in_all(world: World) -> None:
    person = add_party(world.first, PartyKind.PERSON, name="Ann Lee")
    set_roles(world.first, world.action, [(RoleKind.INFORMED, person)])
    other = add_plan(world.first, name="Second plan")
    objective = add_objective(world.first, add_area(world.first, other, title="Area"), title="Step")
    action = add_action(world.first, objective, today=TODAY, title="Elsewhere", agreed=date(2026, 5, 1))
    set_roles(world.first, action, [(RoleKind.CONSULTED, person)])
    everywhere = world.contents(party_scope(person, TODAY))
    assert {entry.title for entry in everywhere.deadlines} == {"Sign the agreement", "Elsewhere"}
    one = world.contents(party_scope(person, TODAY, plan=other))
    assert (one.name, [entry.title for entry in one.deadlines]) == ("Ann Lee (Second plan)", ["Elsewhere"])
    remove_actions(world.author, [action])
    assert [entry.cancelled for entry in world.contents(party_scope(person, TODAY, plan=other)).deadlines] == [True]
    stranger = add_party(world.first, PartyKind.PERSON, name="Bo Strand")
    assert world.contents(party_scope(stranger, TODAY)).deadlines == ()


def test_what_is_gone_is_not_found(world: World) -> None:
    assert world.plan
    for scope in (plan_scope, area_scope):
        with pytest.raises(NotFound):
            scope("0" * 32)
    with pytest.raises(NotFound):
        party_scope("0" * 32, TODAY)


def test_tasks_are_a_file_of_their_own(world: World) -> None:
    series_of(world)
    data = export_ics(world.contents(starts=True), tasks=True)
    assert b"\r\nX-WR-CALNAME:Riverside\\, together: tasks\r\n" in data
    calendar: Any = Calendar.from_ical(data)
    assert calendar["UID"] == f"{world.plan}-tasks"
    assert [str(todo["UID"]) for todo in calendar.subcomponents] == [f"{world.action}-task"]


def test_the_vdir_follows_the_plan(world: World, tmp_path: Path) -> None:
    folder = tmp_path / "calendar"
    series = series_of(world)
    other = world.another("Open", agreed=date(2026, 5, 1))
    assert export_vdir(folder, world.contents()).written == 4
    again = export_vdir(folder, world.contents())
    assert (again.written, again.unchanged, again.removed) == (0, 4, 0)
    move_dates(world.author, [world.action], 1)
    remove_actions(world.author, [other])
    after = export_vdir(folder, world.contents())
    assert (after.written, after.unchanged, after.removed) == (1, 2, 1)
    assert sorted(path.stem for path in folder.glob("*.ics")) == sorted([world.action, series])
    area = export_vdir(folder, world.contents(area_scope(world.area)))
    assert area.removed == 0


def test_the_number_of_queries_does_not_grow_with_the_plan(world: World) -> None:
    series_of(world)
    add_checkpoint(world.first, world.action, due=date(2026, 4, 1))
    small = _queries(world)
    for number in range(30):
        action = world.another(f"Action {number}", agreed=date(2026, 5, 1) + timedelta(days=number))
        add_checkpoint(world.first, action, due=date(2026, 4, 1))
        set_occurrence(
            world.first,
            series_of(world, title=f"Series {number}"),
            datetime(2026, 1, 30, 9, 30),
            status=MeetingStatus.HELD,
        )
    remove_actions(world.first, [world.another("Gone", agreed=date(2026, 5, 1)) for _ in range(10)])
    assert _queries(world) == small <= 18


def _queries(world: World) -> int:
    asked: list[str] = []
    connection = database.connection()
    connection.set_trace_callback(asked.append)
    world.contents()
    connection.set_trace_callback(None)
    return len(asked)
