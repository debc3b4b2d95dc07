"""What operations do when all is well: what follows from a value, where things go, and what the history calls it."""

from datetime import date, datetime

import pytest

from tests.operations.conftest import Small
from tui_plan.model.base import rows
from tui_plan.model.errors import InvalidInput
from tui_plan.model.ledger import Change, Entry
from tui_plan.model.meeting import Meeting, MeetingSeries
from tui_plan.model.people import Party
from tui_plan.model.places import stored_row
from tui_plan.model.plan import Action, DevelopmentArea, Note, PlanPartner, Role, StepObjective
from tui_plan.model.store import Author
from tui_plan.model.vocabulary import Candour, PartyKind, RoleKind, Status
from tui_plan.operations.actions import (
    add_action,
    change_actions,
    edit_action,
    move_actions,
    move_dates,
    record_progress,
    remove_actions,
    set_status,
)
from tui_plan.operations.contacts import add_contact
from tui_plan.operations.meetings import add_series, set_occurrence
from tui_plan.operations.parts import add_checkpoint, add_role, set_roles
from tui_plan.operations.people import add_party, remove_party
from tui_plan.operations.plans import add_area, add_objective, move_in_order, move_objective, set_partners

MAY, JUNE, JULY = date(2026, 5, 1), date(2026, 6, 1), date(2026, 7, 1)


def dates(action: str) -> dict[str, object]:
    row = stored_row(Action, action)
    return {name: row[name] for name in ("baseline", "agreed", "forecast", "actual", "status")}


def summary() -> str:
    return str(rows(Change.select(Change.summary).order_by(Change.id.desc()).limit(1))[0][0])


def titles(objective: str) -> list[str]:
    found = Action.select(Action.title).where(Action.objective == objective).order_by(Action.position, Action.number)
    return [title for (title,) in rows(found)]


def test_the_first_agreed_date_is_the_baseline_and_stays(small: Small, author: Author, today: date) -> None:
    edit_action(author, small.first, today=today, forecast=MAY)
    assert dates(small.first)["baseline"] is None
    edit_action(author, small.first, today=today, agreed=JUNE)
    edit_action(author, small.first, today=today, agreed=JULY)
    found = dates(small.first)
    assert (found["baseline"], found["agreed"], found["forecast"]) == ("2026-06-01", "2026-07-01", "2026-05-01")


def test_complete_means_a_day_and_reopening_takes_it_away(small: Small, author: Author, today: date) -> None:
    set_status(author, [small.first], Status.COMPLETE, today=today)
    assert dates(small.first)["actual"] == "2026-03-16"
    set_status(author, [small.first], Status.COMPLETE, today=date(2026, 3, 20))
    assert dates(small.first)["actual"] == "2026-03-16"
    set_status(author, [small.first], Status.IN_PROGRESS, today=today)
    assert dates(small.first)["actual"] is None
    edit_action(author, small.first, today=today, actual=date(2026, 3, 2))
    assert dates(small.first)["status"] == "complete"


def test_moving_a_date_moves_what_is_expected_and_leaves_what_was_agreed(
    small: Small, author: Author, today: date
) -> None:
    third = add_action(author, small.objective, today=today, title="Done", agreed=MAY, status="complete")
    edit_action(author, small.first, today=today, agreed=MAY)
    assert move_dates(author, [small.first, small.second, third], 7) == 1
    assert summary() == "Moved 3 actions by +7 days"
    move_dates(author, [small.first], -14)
    assert dates(small.first)["forecast"] == "2026-04-24"
    assert dates(small.first)["agreed"] == "2026-05-01"
    assert dates(third)["forecast"] is None


def test_progress_is_one_change_on_somebodys_word(small: Small, today: date) -> None:
    dana = add_party(Author("ana"), PartyKind.PERSON, name="Dana")
    said = Author("ana", said_by=dana, channel="phone")
    changes = Change.select().count()
    values = {"status": "in progress", "forecast": JUNE, "confidence": "amber", "confidence_reason": "Two are ill"}
    assert record_progress(said, small.first, today=today, note="Halfway", candour=Candour.CANDID, **values) is True
    assert Change.select().count() == changes + 1
    assert rows(Change.select(Change.said_by, Change.channel))[-1] == (dana, "phone")
    fields = (Note.plan, Note.text, Note.candour, Note.said_by, Note.channel, Note.said_on)
    assert rows(Note.select(*fields)) == [(small.plan, "Halfway", "candid", dana, "phone", today)]
    assert record_progress(said, small.first, today=today) is False
    assert Change.select().count() == changes + 1


def test_several_at_once_are_one_line_of_history(small: Small, author: Author, today: date) -> None:
    assert change_actions(author, [small.first, small.second, small.first], today=today, agreed=MAY) == 2
    assert summary() == "Edited 3 actions"
    assert set_status(author, [small.first, small.second], Status.DEFERRED, today=today) == 2
    assert summary() == "2 actions → deferred"
    assert set_status(author, [small.first, small.second], Status.DEFERRED, today=today) == 0


def test_order_is_kept_when_things_move(small: Small, author: Author, today: date) -> None:
    for title in ("Third", "Fourth"):
        add_action(author, small.objective, today=today, title=title)
    assert move_in_order(author, "action", small.first, 2) is True
    assert titles(small.objective) == ["Train", "Third", "Recruit", "Fourth"]
    assert summary() == "Moved A-1 “Recruit” down"
    assert move_in_order(author, "action", small.first, -100) is True
    assert titles(small.objective) == ["Recruit", "Train", "Third", "Fourth"]
    assert move_in_order(author, "action", small.first, -1) is False
    remove_actions(author, [small.second])
    assert move_in_order(author, "action", small.first, 1) is True
    assert titles(small.objective) == ["Third", "Recruit", "Fourth"]


def test_moving_elsewhere_goes_to_the_end(small: Small, author: Author, today: date) -> None:
    area = add_area(author, small.plan, title="Recovery")
    objective = add_objective(author, area, title="Shelter")
    add_action(author, objective, today=today, title="There first")
    assert move_actions(author, [small.second, small.first, small.first], objective) == 2
    assert titles(objective) == ["There first", "Train", "Recruit"]
    assert move_actions(author, [small.first], objective) == 0
    assert move_objective(author, small.objective, area) is True
    assert move_objective(author, small.objective, area) is False
    assert stored_row(StepObjective, small.objective)["position"] == 1
    assert move_in_order(author, "development_area", area, -1) is True
    assert stored_row(DevelopmentArea, area)["position"] == 0


def test_partners_are_set_as_a_whole_and_in_order(small: Small, author: Author) -> None:
    a, b, c = (add_party(author, PartyKind.ORGANISATION, name=name) for name in "abc")
    assert set_partners(author, small.plan, [a, b]) is True
    assert set_partners(author, small.plan, [a, b]) is False
    assert set_partners(author, small.plan, [c, a, c]) is True
    found = PlanPartner.select(PlanPartner.organisation).order_by(PlanPartner.position)
    assert [uid for (uid,) in rows(found)] == [c, a]


def test_roles_are_set_as_a_whole_and_one_is_accountable(small: Small, author: Author) -> None:
    a, b = (add_party(author, PartyKind.PERSON, name=name) for name in "ab")
    assert set_roles(author, small.first, [(RoleKind.ACCOUNTABLE, a), (RoleKind.RESPONSIBLE, b)]) is True
    checkpoint = add_checkpoint(author, small.first, due=MAY, reviewers=[b, b])
    assert add_role(author, [small.first, small.second], RoleKind.ACCOUNTABLE, b) == 2
    assert summary() == "Made “b” accountable for 2 actions"
    found = Role.select(Role.kind, Role.party).where((Role.action == small.first) & Role.checkpoint.is_null())
    assert rows(found.order_by(Role.position)) == [("responsible", b), ("accountable", b)]
    assert rows(Role.select(Role.party).where(Role.checkpoint == checkpoint)) == [(b,)]
    assert set_roles(author, small.first, [(RoleKind.RESPONSIBLE, b), (RoleKind.ACCOUNTABLE, b)]) is False


def test_a_party_goes_with_the_ways_to_reach_it(small: Small, author: Author) -> None:
    person = add_party(author, PartyKind.PERSON, name="Dana")
    add_contact(author, person, kind="email", value="dana@example.org")
    remove_party(author, person)
    assert rows(Party.select()) == []


def test_an_exception_belongs_to_its_series(small: Small, author: Author) -> None:
    values = {"title": "Steering", "timezone": "Europe/London", "rule": "FREQ=WEEKLY;BYDAY=MO", "minutes": 90}
    series = add_series(author, small.plan, start_day=date(2026, 3, 2), start_time="10:00", **values)
    ninth = datetime.fromisoformat("2026-03-09T10:00")
    moved = set_occurrence(author, series, ninth, start=ninth.replace(day=10))
    assert set_occurrence(author, series, ninth, status="cancelled") == moved
    fields = (Meeting.title, Meeting.original_start, Meeting.start, Meeting.minutes, Meeting.status, Meeting.number)
    assert rows(Meeting.select(*fields)) == [("Steering", ninth, ninth.replace(day=10), 90, "cancelled", 2)]
    assert stored_row(MeetingSeries, series)["sequence"] == 2
    assert Entry.select().where(Entry.record == series).count() == 1


def test_a_merge_keeps_both_unless_they_cannot_stand_together(small: Small, today: date) -> None:
    seen = int(stored_row(Action, small.first)["row_version"])
    edit_action(Author("ben"), small.first, today=today, forecast=MAY)
    form = {"title": "Recruit wardens", "forecast": None, "start": None}
    edit_action(Author("ana"), small.first, today=today, version_seen=seen, merge=True, **form)
    assert stored_row(Action, small.first)["title"] == "Recruit wardens"
    assert stored_row(Action, small.first)["forecast"] == "2026-05-01"
    late = {"start": JULY, "forecast": None}
    with pytest.raises(InvalidInput, match="comes before the start"):
        edit_action(Author("ana"), small.first, today=today, version_seen=seen, merge=True, **late)
    assert stored_row(Action, small.first)["start"] is None
