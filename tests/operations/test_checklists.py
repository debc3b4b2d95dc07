"""Checklists: dated runs with the wording of their day, said item by item, and never written again once finished."""

from datetime import UTC, date, datetime, timedelta

import pytest

from tests.hostile import control_characters
from tests.model.replay import tables
from tests.operations.conftest import Refusal
from tests.people_world import ONBOARDING, TODAY, PeopleWorld, typed
from tui_plan.insight.checklists import RunDetail, checklist_run, checklist_runs
from tui_plan.model.base import rows
from tui_plan.model.ledger import Change
from tui_plan.model.vocabulary import ChecklistKind, PartyKind, Rating
from tui_plan.operations.checklists import (
    About,
    Template,
    TemplateItem,
    finish_checklist,
    remove_checklist,
    say_item,
    start_checklist,
    start_drill,
    tick_item,
)
from tui_plan.operations.merging import merge_parties
from tui_plan.operations.people import add_party
from tui_plan.operations.undoing import redo, undo

ME = typed(TODAY)
NOW = datetime.fromisoformat("2026-03-16T09:30")


@pytest.fixture
def run(world: PeopleWorld) -> str:
    """The welcome of Finn, begun in February."""
    return checklist_runs(world.finn)[0].uid


def detail(run: str) -> RunDetail:
    return checklist_run(run)


def item(run: str, place: int) -> str:
    return detail(run).items[place].uid


def last() -> int:
    return int(rows(Change.select(Change.id).order_by(Change.id.desc()).limit(1))[0][0])


def summary() -> str:
    return str(rows(Change.select(Change.summary).where(Change.id == last()))[0][0])


def test_a_run_holds_the_wording_of_its_day(world: PeopleWorld) -> None:
    first = start_checklist(ME, ONBOARDING, About(plan=world.plan, party=world.dana), on=TODAY)
    changed = ONBOARDING._replace(items=(TemplateItem("call", "Ring them up"), *ONBOARDING.items[1:]), title="Hello")
    second = start_checklist(ME, changed, About(party=world.dana), on=TODAY, title="Hello again")
    assert [line.text for line in detail(first).items] == [each.text for each in ONBOARDING.items]
    assert detail(second).items[0].text == "Ring them up"
    assert (detail(first).line.title, detail(second).line.title) == ("Welcome", "Hello again")
    assert detail(first).line.due == TODAY + timedelta(days=30)
    assert [line.key for line in detail(first).items] == [line.key for line in detail(second).items]
    assert summary() == "Began the checklist “Hello again”"


def test_a_template_without_days_is_never_due(world: PeopleWorld) -> None:
    run = start_checklist(ME, ONBOARDING._replace(days=None), About(), on=TODAY)
    assert detail(run).line.due is None
    assert not detail(run).line.overdue(date(2030, 1, 1))


def test_an_item_is_said_and_ticked(run: str) -> None:
    say_item(ME, item(run, 0), rating=Rating.PARTLY, successes="Came", challenges="Late", next_steps="Ring again")
    assert summary() == "C-1 “Welcome”: Welcome call"
    line = detail(run).items[0]
    assert (line.rating, line.successes, line.challenges, line.next_steps) == (
        "partly in place",
        "Came",
        "Late",
        "Ring again",
    )
    assert tick_item(ME, item(run, 0), at=NOW, channel="phone") is Rating.IN_PLACE
    assert summary() == "C-1 “Welcome”: Welcome call done"
    assert (detail(run).items[0].at, detail(run).items[0].channel) == (NOW, "phone")
    assert tick_item(ME, item(run, 0), at=NOW) is Rating.NOT_YET
    assert summary() == "C-1 “Welcome”: Welcome call not done"
    line = detail(run).items[0]
    assert (line.at, line.channel, line.successes) == (None, "", "Came")
    assert not say_item(ME, item(run, 0), rating=Rating.NOT_YET)


def test_a_drill_calls_each_once_in_order(world: PeopleWorld) -> None:
    run = start_drill(ME, world.panel, [world.gus, world.finn, world.gus], on=TODAY, plan=world.plan)
    found = detail(run)
    assert (found.line.title, found.line.kind, found.line.about, found.group) == (
        "Call-down of Panel",
        "notification drill",
        "Panel",
        world.panel,
    )
    assert [(line.text, line.party, line.key) for line in found.items] == [
        ("Gus Silva", world.gus, world.gus),
        ("Finn Berg", world.finn, world.finn),
    ]
    tick_item(ME, item(run, 1), at=NOW, channel="phone")
    assert summary() == "C-2 “Call-down of Panel”: Finn Berg reached"
    assert (detail(run).line.items, detail(run).line.settled) == (2, 1)


def test_a_finished_run_is_never_written_again(run: str, refused: Refusal) -> None:
    first = item(run, 0)
    finish_checklist(ME, run, on=TODAY, remarks="All done")
    assert summary() == "Finished C-1 “Welcome”"
    assert (detail(run).line.finished_on, detail(run).remarks) == (TODAY, "All done")
    closed = {
        "": "C-1 “Welcome” was finished on 2026-03-16 and stays as it is: begin a new run, or undo the finishing."
    }
    assert refused(say_item, ME, first, rating=Rating.IN_PLACE) == closed
    assert refused(tick_item, ME, first, at=NOW) == closed
    assert refused(finish_checklist, ME, run, on=TODAY) == closed
    assert refused(remove_checklist, ME, run) == closed


def test_nor_by_undoing_what_was_said_before(run: str, refused: Refusal) -> None:
    tick_item(ME, item(run, 0), at=NOW)
    ticked = last()
    finish_checklist(ME, run, on=TODAY)
    assert list(refused(undo, ME, ticked).values()) == [
        "It cannot be undone beside what was changed since. C-1 “Welcome” was finished on 2026-03-16 and stays as "
        "it is: begin a new run, or undo the finishing."
    ]
    undo(ME)
    undo(ME, ticked)
    assert detail(run).items[0].rating == ""


def test_finishing_is_undone_and_done_again(run: str) -> None:
    before = tables()
    finish_checklist(ME, run, on=TODAY)
    after = tables()
    undo(ME)
    assert tables() == before
    redo(ME)
    assert tables() == after


def test_a_merger_follows_into_a_finished_run_and_back(world: PeopleWorld) -> None:
    twin = add_party(ME, PartyKind.PERSON, name="G. Silva")
    run = start_drill(ME, world.panel, [twin], on=TODAY)
    tick_item(ME, item(run, 0), at=NOW)
    finish_checklist(ME, run, on=TODAY)
    before = tables()
    merge_parties(ME, world.gus, twin)
    assert (detail(run).items[0].party, detail(run).items[0].text) == (world.gus, "G. Silva")
    undo(ME)
    assert tables() == before


def test_a_run_begun_by_mistake_goes_with_its_items(run: str) -> None:
    before = tables()
    remove_checklist(ME, run)
    assert tables()["checklist_item"] == tables()["checklist_run"] == {}
    undo(ME)
    assert tables() == before


def test_what_cannot_be_begun(world: PeopleWorld, refused: Refusal) -> None:
    empty = add_party(ME, PartyKind.GROUP, name="Nobody yet")
    assert refused(start_drill, ME, empty, [], on=TODAY) == {
        "group": "Nobody is on “Nobody yet” today: give it members or a rule first."
    }
    assert refused(start_drill, ME, world.ana, [world.ana], on=TODAY) == {"group": "What is called must be a group."}
    assert refused(start_drill, ME, world.panel, ["nobody"], on=TODAY) == {
        "": "There is no such party in this database."
    }
    assert refused(start_checklist, ME, ONBOARDING._replace(items=()), About(), on=TODAY) == {
        "template": "This template has no items: there is nothing to go through."
    }
    for field, uid in (("post", world.ana), ("group", world.chief)):
        (sentence,) = refused(start_checklist, ME, ONBOARDING, About(**{field: uid}), on=TODAY).values()
        assert sentence == f"The {field} that a checklist is about must be a {field}."
    assert refused(start_checklist, ME, ONBOARDING, About(plan="nowhere"), on=TODAY) == {
        "": "The plan that this checklist names is not in this database. Choose another."
    }
    for day in (date.max, date.min):
        assert refused(start_checklist, ME, ONBOARDING, About(), on=day) == {
            "started_on": "The start must be a date between 1900 and 2200."
        }
    assert refused(start_checklist, ME, ONBOARDING._replace(title=" "), About(), on=TODAY) == {
        "title": "The checklist's title cannot be empty."
    }


def test_what_cannot_be_said(run: str, refused: Refusal) -> None:
    first = item(run, 0)
    assert refused(say_item, ME, first, rating="done", channel="pigeon") == {
        "rating": "A rating is one of: in place, partly in place, not yet, not applicable.",
        "channel": "The channel is one of: meeting, phone, email, in person, letter, import, own knowledge.",
    }
    moment = {"at": "When it was done must be a day with a time, such as 2026-12-31 09:30."}
    for at in (TODAY, "noon", datetime(2026, 3, 16, tzinfo=UTC), datetime.fromisoformat("1066-01-01T09:00")):
        assert refused(say_item, ME, first, at=at) == moment
        assert refused(tick_item, ME, first, at=at) == moment
    assert refused(finish_checklist, ME, run, on=date(2026, 2, 1)) == {
        "finished_on": "The day it was finished (2026-02-01) comes before the start (2026-02-02)."
    }
    assert refused(say_item, ME, "nothing") == {"": "There is no such checklist item in this database."}
    assert refused(finish_checklist, ME, "nothing", on=TODAY) == {"": "There is no such checklist in this database."}


def test_a_template_from_elsewhere_is_cleaned(world: PeopleWorld, refused: Refusal) -> None:
    odd = Template("odd", "\x1b[31mRed", ChecklistKind.INSTRUCTIONS, (TemplateItem("a", "Do\x07 this", "[b]Part\x1b"),))
    found = detail(start_checklist(ME, odd, About(), on=TODAY))
    assert not control_characters(found.line.title + found.items[0].text + found.items[0].section)
    long = odd._replace(items=(TemplateItem("a", "x" * 1_001),))
    assert refused(start_checklist, ME, long, About(), on=TODAY) == {
        "text": "The item is 1,001 characters long; shorten it to 1,000."
    }
