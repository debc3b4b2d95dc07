"""From what people quote to records, and what is said when that leads nowhere."""

import pytest

from tests.people_world import TODAY, PeopleWorld, typed
from tests.quality_plan import QualityPlan
from tui_plan.insight.finding import find_party, find_plan, find_record, party_choices
from tui_plan.model.errors import InvalidInput, NotFound
from tui_plan.model.meeting import Meeting, MeetingSeries
from tui_plan.model.plan import Action, DevelopmentArea
from tui_plan.model.store import Author
from tui_plan.model.vocabulary import PartyKind
from tui_plan.operations import people, plans
from tui_plan.operations.merging import merge_parties


def test_references_as_people_write_them(quality: QualityPlan) -> None:
    for text in ("A-1", "a-1", "a1", " A-1 ", "A-0001"):
        found = find_record(text)
        assert (found.uid, found.noun, found.ref) == (quality.standards, "action", "A-1")
    assert find_record("D-2", DevelopmentArea).uid == quality.areas[1]


def test_a_reference_that_leads_nowhere(quality: QualityPlan) -> None:
    with pytest.raises(NotFound, match=r"There is no action A-99\."):
        find_record("A-99", Action)
    with pytest.raises(NotFound, match=r"There is no record X-1\."):
        find_record("X-1")
    with pytest.raises(NotFound, match="no meeting series or meeting"):
        find_record("M-7", MeetingSeries, Meeting)
    with pytest.raises(NotFound, match="no development area"):
        find_record("A-1", DevelopmentArea)
    for text in ("A", "12", "A-1b", "A--1", "A-12345678901", "Ａ-1", "A-١"):
        with pytest.raises(InvalidInput, match="is no reference"):
            find_record(text)


def test_a_plan_by_reference_name_or_beginning(quality: QualityPlan, author: Author) -> None:
    for text in ("", "P-1", "p-1", "quality together", "QUAL"):
        assert find_plan(text) == quality.plan
    other = plans.add_plan(author, name="Quality")
    assert find_plan("quality") == other
    with pytest.raises(
        NotFound, match="There are several plans; name one with --plan: P-1 Quality together, P-2 Quality"
    ):
        find_plan()
    with pytest.raises(NotFound, match="No plan is named “x”"):
        find_plan("x")


@pytest.mark.usefixtures("plan_database")
def test_no_plan_yet() -> None:
    with pytest.raises(NotFound, match="There is no plan yet"):
        find_plan()


def test_a_party_by_name_or_short_name(quality: QualityPlan, author: Author) -> None:
    assert find_party("harbour COLLEGE") == find_party("HC") == quality.college
    people.add_party(author, PartyKind.GROUP, name="Registrar")
    assert find_party("Registrar", PartyKind.POST) == quality.registrar
    with pytest.raises(NotFound, match=rf"names 2 records; write one of .*{quality.registrar[:8]} \(post, Harbour"):
        find_party("Registrar")
    assert find_party(quality.registrar[:8]) == quality.registrar
    with pytest.raises(NotFound, match="on the roster"):
        find_party("Nobody")
    with pytest.raises(NotFound, match="on the roster"):
        find_party(" ")


def test_who_was_merged_is_not_found_and_not_offered(quality: QualityPlan, author: Author) -> None:
    twin = people.add_party(author, PartyKind.PERSON, name="Ana Ruiz", short_name="Ana")
    with pytest.raises(NotFound, match="names 2 records"):
        find_party("Ana Ruiz")
    merge_parties(author, quality.ana, twin)
    assert find_party("Ana Ruiz") == find_party("Ana") == quality.ana
    assert [one.uid for one in party_choices(PartyKind.PERSON)] == [quality.ana, quality.ben]


def test_parties_to_choose_from(quality: QualityPlan) -> None:
    assert [(one.name, one.where) for one in party_choices(PartyKind.PERSON, PartyKind.POST)] == [
        ("Ana Ruiz", "Harbour College"),
        ("Ben Okafor", ""),
        ("Registrar", "Harbour College"),
    ]
    assert len(party_choices()) == 5


def test_who_left_is_offered_last_with_their_last_day(world: PeopleWorld) -> None:
    people.edit_party(typed(TODAY), world.ana, left_on=TODAY)
    offered = [(one.name, one.where) for one in party_choices(PartyKind.PERSON)]
    assert offered[-2:] == [
        ("Ana Ruiz", "Harbour College, last day 2026-03-16"),
        ("Eve Nakamura", "Northfield City, last day 2026-01-31"),
    ]
    assert [name for name, _ in offered[:-2]] == ["Ben Okafor", "Cleo Marsh", "Dana Lind", "Finn Berg", "Gus Silva"]
    namesake = people.add_party(typed(TODAY), PartyKind.PERSON, name="Eve Nakamura")
    with pytest.raises(
        NotFound, match=rf"{namesake[:8]} \(person\), {world.eve[:8]} \(person, Northfield City, last day"
    ):
        find_party("Eve Nakamura")
