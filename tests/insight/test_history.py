"""The ledger in words: who, on whose word, what, and what it was before."""

from datetime import date
from pathlib import Path

from tests.quality_plan import TODAY, QualityPlan
from tui_plan.exchange.sheet_import import import_plan
from tui_plan.exchange.sheet_reading import read_plan_file
from tui_plan.insight.action_rows import action_rows
from tui_plan.insight.history import FieldChange, history
from tui_plan.model.store import Author
from tui_plan.model.vocabulary import PartyKind, RoleKind, Status
from tui_plan.operations import actions, dependencies, parts, plans
from tui_plan.operations.people import add_party, remove_party
from tui_plan.operations.undoing import undo

REAL = Path(__file__).parent.parent / "data" / "federal-data-strategy-2020.csv"


def test_who_said_what_and_how_it_was_before(quality: QualityPlan) -> None:
    said = Author("ana", said_by=quality.ben, channel="phone")
    actions.record_progress(
        said, quality.agreement, today=TODAY, status=Status.IN_PROGRESS, forecast=date(2026, 4, 1), note="Soon"
    )
    line = history(quality.agreement)[0]
    assert (line.typed_by, line.said_by, line.channel, line.undoes) == ("ana", "Ben Okafor", "phone", None)
    assert "Sign the agreement" in line.summary
    assert FieldChange("action", "status", "not started", "in progress") in line.fields
    assert FieldChange("action", "forecast date", "", "2026-04-01") in line.fields
    assert FieldChange("note", "text", "", "Soon") in line.fields
    assert FieldChange("note", "action", "", "A-2") in line.fields
    assert FieldChange("note", "said by", "", "Ben Okafor") in line.fields
    assert not any(change.field in {"position", "number"} for change in line.fields)


def test_parts_are_told_with_the_record_that_people_open(quality: QualityPlan, author: Author) -> None:
    parts.add_resource(author, quality.survey, description="Room")
    assert history(quality.survey)[0].summary.startswith("Added a resource")
    assert history(quality.standards)[0].summary != history(quality.survey)[0].summary


def test_yes_and_no_and_names(quality: QualityPlan, author: Author) -> None:
    actions.edit_action(author, quality.standards, today=TODAY, milestone=False)
    assert history(quality.standards)[0].fields == (FieldChange("action", "milestone", "yes", "no"),)
    plans.edit_plan(author, quality.plan, owner=quality.ana)
    assert history(plan=quality.plan)[0].fields == (FieldChange("plan", "owner", "", "Ana Ruiz"),)


def test_a_part_that_is_gone_does_not_tell_where_it_hung(quality: QualityPlan, author: Author) -> None:
    parts.set_roles(author, quality.report, [(RoleKind.RESPONSIBLE, quality.ana)])
    actions.remove_actions(author, [quality.report])
    told = [change for line in history(plan=quality.plan)[:2] for change in line.fields if change.what == "role"]
    assert FieldChange("role", "party", "Ana Ruiz", "") in told
    assert "action" not in {change.field for change in told}


def test_whoever_is_gone_has_words_and_no_uid(quality: QualityPlan, author: Author) -> None:
    cara = add_party(author, PartyKind.PERSON, name="Cara")
    for owner in (cara, None):
        plans.edit_plan(author, quality.plan, owner=owner)
    remove_party(author, cara)
    told = [line.fields for line in history(plan=quality.plan)[:2]]
    assert told == [
        (FieldChange("plan", "owner", "removed party", ""),),
        (FieldChange("plan", "owner", "", "removed party"),),
    ]


def test_an_undo_names_what_it_turned_back(quality: QualityPlan, author: Author) -> None:
    actions.edit_action(author, quality.standards, today=TODAY, title="Other")
    done = history(quality.standards)[0]
    undo(author)
    undone = history(quality.standards)[0]
    assert undone.undoes == done.number
    assert undone.fields == (FieldChange("action", "title", "Other", "Draft the standards"),)


def test_reading_on_from_where_a_list_ended(quality: QualityPlan) -> None:
    everything = history(plan=quality.plan, limit=500)
    numbers = [line.number for line in everything]
    assert numbers == sorted(numbers, reverse=True)
    pages: list[int] = []
    before: int | None = None
    while page := history(plan=quality.plan, limit=4, before=before):
        pages += [line.number for line in page]
        before = pages[-1]
    assert pages == numbers
    of_action = [line.number for line in history(quality.standards, limit=500)]
    assert of_action == [number for number in numbers if number in of_action]
    assert len(of_action) < len(numbers) < len(history(limit=500))


def test_a_plan_without_changes_of_its_own(quality: QualityPlan) -> None:
    assert history(plan="0" * 32) == history("0" * 32) == []


def test_long_changes_are_cut_and_counted(quality: QualityPlan, author: Author) -> None:
    actions.add_action(author, quality.objectives[0], today=TODAY, title="New", purpose="For all", agreed=TODAY)
    whole = history(plan=quality.plan)[0]
    cut = history(plan=quality.plan, most_fields=2)[0]
    assert whole.more == 0
    assert cut.fields == whole.fields[:2]
    assert cut.more == len(whole.fields) - 2


def test_dependencies_are_told_by_reference(quality: QualityPlan, author: Author) -> None:
    dependencies.add_dependency(author, quality.report, quality.survey)
    line = history(quality.report)[0]
    assert FieldChange("dependency", "needs", "", "A-3") in line.fields


def test_an_undone_import_does_not_tell_what_hung_on_what(plan_database: Path, author: Author) -> None:
    plan = import_plan(author, read_plan_file(REAL), today=TODAY).plan
    undo(author)
    for line in history(plan=plan, most_fields=10_000):
        told = [
            field for field in line.fields if field.before.startswith("removed ") or field.after.startswith("removed ")
        ]
        assert told == []
        assert line.fields


def test_cells_kept_of_a_sheet_are_no_news(plan_database: Path, author: Author) -> None:
    plan = import_plan(author, read_plan_file(REAL), today=TODAY).plan
    row = action_rows(plan)[0]
    (line,) = history(row.uid, most_fields=1000)
    assert {change.what for change in line.fields} == {f"A-{row.number}", "checkpoint", "outcome measure", "note"}
