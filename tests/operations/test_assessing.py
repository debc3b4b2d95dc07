"""Assessing a stage: by partners and by consensus, once a day each, and never written again once finished."""

from datetime import date, datetime, timedelta

import pytest

from tests.assessing_steps import PILOT_KEYS, assess, item_of
from tests.model.replay import tables
from tests.operations.conftest import Refusal
from tests.people_world import ONBOARDING, TODAY, PeopleWorld, typed
from tests.progress_world import PROGRESS
from tui_plan.insight.checklists import checklist_run
from tui_plan.model.base import rows
from tui_plan.model.checklist import ChecklistItem, ChecklistRun
from tui_plan.model.errors import Conflict
from tui_plan.model.ledger import Change
from tui_plan.model.meeting import Meeting
from tui_plan.model.vocabulary import PartyKind, Rating, StageKind
from tui_plan.operations.assessing import about_stage, start_assessment
from tui_plan.operations.checklists import finish_checklist, remove_checklist, say_item
from tui_plan.operations.meetings import MeetingAt, add_series
from tui_plan.operations.merging import merge_parties
from tui_plan.operations.people import add_party
from tui_plan.operations.stages import add_stage, skip_stage
from tui_plan.operations.undoing import redo, undo

ME = typed(TODAY)


@pytest.fixture
def pilot(world: PeopleWorld) -> str:
    return add_stage(ME, world.plan, kind=StageKind.PILOTING)


def last() -> int:
    return int(rows(Change.select(Change.id).order_by(Change.id.desc()).limit(1))[0][0])


def summary() -> str:
    return str(rows(Change.select(Change.summary).where(Change.id == last()))[0][0])


def keys(run: str) -> tuple[str, ...]:
    return tuple(item.key for item in checklist_run(run).items)


def candour(run: str) -> set[str]:
    return {found for (found,) in rows(ChecklistItem.select(ChecklistItem.candour).where(ChecklistItem.run == run))}


def test_it_asks_for_what_stands_under_the_stage(world: PeopleWorld, pilot: str) -> None:
    run = start_assessment(ME, PROGRESS, pilot, on=TODAY)
    assert summary() == "Began to assess T-1 “Piloting”: consensus"
    assert keys(run) == PILOT_KEYS
    whole = start_assessment(ME, PROGRESS, pilot, on=TODAY, party=world.college, whole=True)
    assert summary() == "Began to assess T-1 “Piloting”: Harbour College"
    assert keys(whole) == (*PILOT_KEYS, "scale")
    assert about_stage(PROGRESS, StageKind.REFLECTION) == PROGRESS, "whole, where nothing stands under the stage"
    assert (candour(run), candour(whole)) == ({"shareable"}, {"candid"})


def test_what_cannot_be_assessed(world: PeopleWorld, pilot: str, refused: Refusal) -> None:
    assert refused(start_assessment, ME, ONBOARDING, pilot, on=TODAY) == {
        "template": "“Welcome” is a checklist for onboarding, not for a stage."
    }
    assert refused(start_assessment, ME, PROGRESS, "nothing", on=TODAY) == {
        "": "There is no such stage in this database."
    }
    assert refused(start_assessment, ME, PROGRESS, pilot, on=TODAY, party="nobody") == {
        "": "There is no such party in this database."
    }
    assert refused(start_assessment, ME, PROGRESS, pilot, on=date(1066, 1, 1)) == {
        "started_on": "The start must be a date between 1900 and 2200."
    }
    assert refused(start_assessment, ME, PROGRESS._replace(items=()), pilot, on=TODAY) == {
        "template": "This template has no items: there is nothing to go through."
    }
    skip_stage(ME, pilot, "Done elsewhere")
    assert refused(start_assessment, ME, PROGRESS, pilot, on=TODAY) == {
        "": "T-1 “Piloting” was skipped: there is nothing to assess."
    }


def test_no_assessment_is_dated_ahead(world: PeopleWorld, pilot: str, refused: Refusal) -> None:
    ahead = TODAY + timedelta(days=1)
    assert refused(start_assessment, ME, PROGRESS, pilot, on=ahead, today=TODAY) == {
        "started_on": f"{ahead} is still to come: an assessment has the day on which it is made."
    }
    assert start_assessment(ME, PROGRESS, pilot, on=TODAY, today=TODAY)


def test_each_assesses_a_stage_once_a_day(world: PeopleWorld, pilot: str, refused: Refusal) -> None:
    assess(pilot, {}, finished=False)
    assess(pilot, {}, party=world.college)
    assert refused(start_assessment, ME, PROGRESS, pilot, on=TODAY) == {
        "started_on": "C-2 “Piloting: consensus” was begun on 2026-03-16 already: "
        "go on with it unless it is finished, or say another day."
    }
    assert refused(start_assessment, ME, PROGRESS, pilot, on=TODAY, party=world.college) == {
        "started_on": "C-3 “Piloting: Harbour College” was begun on 2026-03-16 already: "
        "go on with it unless it is finished, or say another day."
    }
    for values in ({"on": TODAY + timedelta(days=1)}, {"on": TODAY, "party": world.city}):
        start_assessment(ME, PROGRESS, pilot, **values)  # type: ignore[arg-type]
    start_assessment(ME, PROGRESS._replace(key="another"), pilot, on=TODAY)
    start_assessment(ME, PROGRESS, add_stage(ME, world.plan, kind=StageKind.FULL), on=TODAY)


def test_an_undo_cannot_make_it_two_on_one_day_nor_assess_what_was_skipped(pilot: str, refused: Refusal) -> None:
    run = assess(pilot, {}, finished=False)
    remove_checklist(ME, run)
    removed = last()
    twin = assess(pilot, {}, finished=False)
    (sentence,) = refused(undo, ME, removed).values()
    assert sentence == (
        "It cannot be undone beside what was changed since. C-3 “Piloting: consensus” was begun on 2026-03-16 "
        "already: go on with it unless it is finished, or say another day."
    )
    remove_checklist(ME, twin)
    skip_stage(ME, pilot, "Done elsewhere")
    (sentence,) = refused(undo, ME, removed).values()
    assert sentence == (
        "It cannot be undone beside what was changed since. T-1 “Piloting” was skipped: there is nothing to assess."
    )


def test_a_meeting_that_only_a_rule_gave_is_kept(world: PeopleWorld, pilot: str) -> None:
    start = datetime.fromisoformat("2026-03-17T10:00")
    values = {"title": "Steering", "start_day": start.date(), "start_time": "10:00", "timezone": "Europe/London"}
    series = add_series(ME, world.plan, rule="FREQ=WEEKLY", **values)  # type: ignore[arg-type]
    before = tables()
    run = start_assessment(ME, PROGRESS, pilot, on=TODAY, meeting=MeetingAt(series=series, original=start))
    assert rows(ChecklistRun.select(Meeting.start).join(Meeting).where(ChecklistRun.uid == run)) == [(start,)]
    undo(ME)
    assert tables() == before


def test_a_finished_assessment_is_never_written(pilot: str, refused: Refusal) -> None:
    before = tables()
    run = assess(pilot, {"staff": {"rating": Rating.PARTLY, "challenges": "Shifts", "evidence": "Rota"}})
    closed = {
        "": "C-2 “Piloting: consensus” was finished on 2026-03-16 and stays as it is: begin a new run, "
        "or undo the finishing."
    }
    assert refused(say_item, ME, item_of(run, "staff"), rating=Rating.IN_PLACE) == closed
    assert refused(remove_checklist, ME, run) == closed
    assert refused(finish_checklist, ME, run, on=TODAY) == closed
    for _ in range(3):
        undo(ME)
    assert tables() == before
    for _ in range(3):
        redo(ME)
    assert refused(remove_checklist, ME, run) == closed


def test_what_cannot_be_said_of_a_quality(pilot: str, refused: Refusal) -> None:
    run = assess(pilot, {}, finished=False)
    uid = item_of(run, "staff")
    assert refused(say_item, ME, uid, rating="5", candour="loud", evidence="x" * 1_001) == {
        "rating": "A rating is one of: in place, partly in place, not yet, not applicable.",
        "candour": "What is said of an item is one of: candid, shareable.",
        "evidence": "The evidence is 1,001 characters long; shorten it to 1,000.",
    }
    say_item(ME, uid, rating=Rating.PARTLY)
    before = tables()
    with pytest.raises(Conflict):
        say_item(typed(TODAY, login="ben"), uid, rating=Rating.NOT_YET, version_seen=1)
    assert tables() == before


def test_two_who_assessed_a_stage_on_one_day_are_not_merged(world: PeopleWorld, pilot: str, refused: Refusal) -> None:
    twin = add_party(ME, PartyKind.ORGANISATION, name="Harbor College")
    one = assess(pilot, {}, party=world.college)
    other = assess(pilot, {}, party=twin, finished=False)
    assert refused(merge_parties, ME, world.college, twin) == {
        "other": "C-2 “Piloting: Harbour College” and C-3 “Piloting: Harbor College” assess one stage on one day "
        "(2026-03-16): remove one of them, then merge."
    }
    remove_checklist(ME, other)
    removed = last()
    later = assess(pilot, {"data": {"rating": Rating.NOT_YET}}, party=twin, on=TODAY + timedelta(days=1))
    before = tables()
    merge_parties(ME, world.college, twin)
    parties = ChecklistRun.select(ChecklistRun.party).where(ChecklistRun.uid.in_([one, later])).distinct()
    assert rows(parties) == [(world.college,)]
    assert refused(undo, ME, removed) != {}, "what names the twin cannot come back while it is merged"
    undo(ME)
    assert tables() == before
