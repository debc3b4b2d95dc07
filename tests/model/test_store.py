"""The one way to write: a change is whole or nothing, versions guard it, and every refusal is a sentence."""

import json
from pathlib import Path

import pytest

from tests.model.replay import everything
from tui_plan.model.base import database, rows
from tui_plan.model.errors import Conflict, InvalidInput, NotFound, Refused
from tui_plan.model.ledger import Change, Entry
from tui_plan.model.meeting import Meeting, MeetingSeries
from tui_plan.model.people import Party
from tui_plan.model.places import stored_row
from tui_plan.model.plan import DevelopmentArea, Plan, PlanPartner
from tui_plan.model.store import Author, change

pytestmark = pytest.mark.usefixtures("plan_database")
ANA = Author("ana")
BEN = Author("ben")


@pytest.fixture
def plan() -> str:
    with change(ANA, "Began") as writer:
        return writer.create(Plan, name="Ready together")


def entries() -> list[tuple[object, ...]]:
    return rows(Entry.select(Entry.noun, Entry.before, Entry.after, Entry.row_version).order_by(Entry.id))


def test_a_change_is_entered_with_who_and_on_whose_word(plan: str) -> None:
    author = Author("ana", said_by=plan, said_by_name="Dana\x1b[31m Reed", channel="phone")
    with change(author, "Renamed\nit") as writer:
        writer.update(Plan, plan, {"name": "Prepared"})
    fields = (Change.typed_by, Change.said_by, Change.said_by_name, Change.channel, Change.summary, Change.undoes)
    assert rows(Change.select(*fields))[-1] == ("ana", plan, "Dana[31m Reed", "phone", "Renamed it", None)
    assert entries()[-1] == ("plan", json.dumps({"name": "Ready together"}), json.dumps({"name": "Prepared"}), 2)


def test_what_changes_nothing_leaves_no_trace(plan: str) -> None:
    before = everything()
    with change(ANA, "Looked") as writer:
        assert writer.update(Plan, plan, {"name": "Ready together"}) is False
        assert not writer.wrote
    assert everything() == before


def break_off(plan: str) -> None:
    with change(ANA, "Broke off") as writer:
        writer.update(Plan, plan, {"name": "Half"})
        writer.create(DevelopmentArea, plan=plan, title="Half")
        raise ZeroDivisionError


def test_a_change_that_breaks_off_leaves_no_trace(plan: str) -> None:
    before = everything()
    with pytest.raises(ZeroDivisionError):
        break_off(plan)
    assert everything() == before
    with change(ANA, "Went on") as writer:
        writer.create(DevelopmentArea, plan=plan, title="First")
    assert rows(DevelopmentArea.select(DevelopmentArea.number)) == [(1,)]


def test_a_refusal_that_is_caught_leaves_no_entry(plan: str) -> None:
    with change(ANA, "Tried") as writer:
        writer.create(DevelopmentArea, plan=plan, title="Kept")
        with pytest.raises(Refused):
            writer.delete(Plan, plan)
    assert [noun for noun, *_ in entries()] == ["plan", "development_area"]


def test_a_record_in_use_cannot_go_and_names_three_that_lean_on_it(plan: str) -> None:
    with change(ANA, "Wrote") as writer:
        for number in range(1, 6):
            writer.create(DevelopmentArea, plan=plan, title=f"Area {number}" + " on and on" * 20)
    with pytest.raises(Refused) as problem, change(ANA, "Removed") as writer:
        writer.delete(Plan, plan)
    sentence = str(problem.value)
    assert sentence.startswith("This plan cannot be removed while it is in use: D-1 “Area 1 on and on")
    assert sentence.endswith("…” and 2 more.")
    assert sentence.count("D-") == 3


@pytest.mark.parametrize("values", [{"plan": "nowhere"}, {"plan": "", "title": "x"}])
def test_a_reference_that_leads_nowhere_is_a_sentence(plan: str, values: dict[str, str]) -> None:
    before = everything()
    with (
        pytest.raises(NotFound, match="The plan that this development area names is not in this database"),
        change(ANA, "Added") as writer,
    ):
        writer.create(DevelopmentArea, **({"title": "Area", "plan": plan} | values))
    assert everything() == before


def test_changing_a_reference_to_nowhere_is_a_sentence(plan: str) -> None:
    with pytest.raises(NotFound, match="The party that this plan names"), change(ANA, "Edited") as writer:
        writer.update(Plan, plan, {"owner": "nowhere"})


def test_a_number_that_is_taken_is_a_sentence(plan: str) -> None:
    with (
        pytest.raises(InvalidInput, match="There is already a plan with the number of P-1 “Second”"),
        change(ANA, "Imported") as writer,
    ):
        writer.create(Plan, name="Second", number=1)
    with pytest.raises(Refused, match="This plan is already there"), change(ANA, "Imported") as writer:
        writer.create(Plan, name="Second", uid=plan)


def test_numbers_go_on_from_the_highest_that_came_from_a_file(plan: str) -> None:
    with change(ANA, "Imported") as writer:
        writer.create_many(DevelopmentArea, [{"plan": plan, "title": "a", "number": 7}, {"plan": plan, "title": "b"}])
    found = DevelopmentArea.select(DevelopmentArea.title, DevelopmentArea.number).order_by(DevelopmentArea.title)
    assert rows(found) == [("a", 7), ("b", 8)]


def test_a_removed_record_is_named_with_who_and_when(plan: str) -> None:
    with change(BEN, "Removed it") as writer:
        writer.delete(Plan, plan)
    with pytest.raises(
        NotFound, match=r"This plan is no longer there: ben removed it on \d{4}-\d\d-\d\d at \d\d:\d\d\."
    ):
        stored_row(Plan, plan)
    with pytest.raises(NotFound, match="There is no such plan in this database"):
        stored_row(Plan, "nowhere")


def test_a_change_made_on_an_old_version_is_a_conflict_that_says_who(plan: str) -> None:
    with change(BEN, "Renamed it") as writer:
        writer.update(Plan, plan, {"name": "Ben's"})
    with (
        pytest.raises(Conflict, match=r"ben changed this plan on .* \(Renamed it\)\. Look") as problem,
        change(ANA, "Renamed") as writer,
    ):
        writer.update(Plan, plan, {"name": "Ana's"}, version=1)
    assert problem.value.mergeable is False
    with pytest.raises(Conflict), change(ANA, "Removed") as writer:
        writer.delete(Plan, plan, version=1)


def test_disjoint_changes_are_offered_and_merged(plan: str) -> None:
    with change(BEN, "Wrote the vision") as writer:
        writer.update(Plan, plan, {"vision": "Ben's"})
    form = {"name": "Ana's", "vision": "", "scope": ""}
    with pytest.raises(Conflict) as problem, change(ANA, "Renamed") as writer:
        writer.update(Plan, plan, form, version=1)
    assert problem.value.mergeable is True
    with change(ANA, "Renamed") as writer:
        assert writer.update(Plan, plan, form, version=1, merge=True) is True
    row = stored_row(Plan, plan)
    assert (row["name"], row["vision"], row["row_version"]) == ("Ana's", "Ben's", 3)


def test_the_same_change_made_twice_is_no_quarrel(plan: str) -> None:
    with change(BEN, "Renamed it") as writer:
        writer.update(Plan, plan, {"name": "Both"})
    with change(ANA, "Renamed it too") as writer:
        assert writer.update(Plan, plan, {"name": "Both"}, version=1, merge=True) is False


def test_what_others_changed_and_put_back_is_no_conflict(plan: str) -> None:
    for name in ("Passing", "Ready together"):
        with change(BEN, "Renamed it") as writer:
            writer.update(Plan, plan, {"name": name})
    with change(ANA, "Renamed it") as writer:
        assert writer.update(Plan, plan, {"name": "Ana's"}, version=1) is True


def test_a_record_that_was_removed_and_brought_back_can_be_merged_into(plan: str) -> None:
    with change(BEN, "Wrote the vision") as writer:
        writer.update(Plan, plan, {"vision": "Ben's"})
    row = stored_row(Plan, plan)
    with change(BEN, "Removed it") as writer:
        writer.delete(Plan, plan)
    with change(BEN, "Brought it back") as writer:
        writer.restore(Plan, [row])
    with change(ANA, "Renamed it") as writer:
        assert writer.update(Plan, plan, {"name": "Ana's"}, version=1, merge=True) is True
    assert stored_row(Plan, plan)["row_version"] == 4


def test_one_change_may_touch_many_tables_and_files_parts_under_what_people_open(plan: str) -> None:
    with change(ANA, "Set up") as writer:
        home = writer.create(Party, kind="organisation", name="College", name_key="college")
        partner = writer.create(PlanPartner, plan=plan, organisation=home)
        area = writer.create(DevelopmentArea, plan=plan, title="Area")
    found = Entry.select(Entry.record, Entry.subject, Entry.plan).where(Entry.change == 2).order_by(Entry.id)
    assert rows(found) == [(home, home, ""), (partner, plan, plan), (area, area, plan)]


def test_every_column_survives_the_bulk_way_as_it_does_the_single_one(plan: str) -> None:
    values = {"plan": plan, "title": "Area", "priority": "high", "position": 3}
    with change(ANA, "Both ways") as writer:
        one = writer.create(DevelopmentArea, **values)
        (many,) = writer.create_many(DevelopmentArea, [values])
    first, second = stored_row(DevelopmentArea, one), stored_row(DevelopmentArea, many)
    assert {**first, "uid": "", "number": 0} == {**second, "uid": "", "number": 0}
    assert second["number"] == first["number"] + 1


def test_the_file_is_free_again_after_each_change(plan: str, plan_database: Path) -> None:
    assert database.in_transaction() is False
    assert not plan_database.with_name("plan.db-journal").exists()
    assert stored_row(Plan, plan)["name"] == "Ready together"


def test_an_exception_that_comes_with_its_series_raises_nothing(plan: str) -> None:
    shared = {"plan": plan, "title": "Steering", "kind": "review meeting", "timezone": "Europe/London"}
    with change(ANA, "Imported") as writer:
        series = writer.create(MeetingSeries, start_day="2026-03-02", rule="FREQ=WEEKLY", sequence=4, **shared)
        meeting = writer.create(Meeting, series=series, start="2026-03-03T09:00:00", **shared)
    assert stored_row(MeetingSeries, series)["sequence"] == 4
    with change(ANA, "Cancelled") as writer:
        writer.update(Meeting, meeting, {"place": "Hall"})
        assert stored_row(MeetingSeries, series)["sequence"] == 4
        writer.update(Meeting, meeting, {"status": "cancelled"})
    assert stored_row(MeetingSeries, series)["sequence"] == 5
    assert stored_row(Meeting, meeting)["sequence"] == 1
