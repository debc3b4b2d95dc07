"""One record whole: an action with all that hangs on it, and a plan's header."""

from datetime import date, datetime, timedelta
from decimal import Decimal

import pytest

from tests.quality_plan import TODAY, QualityPlan
from tui_plan.insight.details import action_detail, holders_of, last_heard, plan_detail, record_values
from tui_plan.model.errors import NotFound
from tui_plan.model.store import Author
from tui_plan.model.vocabulary import PartyKind
from tui_plan.operations import actions, parts, people, plans, posts


def test_an_action_with_all_that_hangs_on_it(quality: QualityPlan) -> None:
    detail = action_detail(quality.standards, TODAY)
    assert (detail.ref, detail.plan, detail.area, detail.objective) == (
        "A-1",
        quality.plan,
        "Learners' views",
        "Agree standards",
    )
    assert (detail.values["agreed"], detail.values["milestone"]) == (date(2026, 3, 10), True)
    assert [(role.kind, role.name, role.holders) for role in detail.roles] == [
        ("accountable", "Registrar", ("Ana Ruiz",)),
        ("responsible", "Harbour College", ()),
        ("consulted", "Quality Board", ()),
    ]
    assert detail.needs == ()
    assert [(one.number, one.settled) for one in detail.needed_by] == [(2, False)]
    assert (detail.resources[0].quantity, detail.resources[0].cost) == (Decimal("2.50"), Decimal("1200.00"))
    assert [reviewer.name for reviewer in detail.checkpoints[0].reviewers] == ["Quality Board"]
    assert detail.measures[0].readings[0].value == Decimal("12.5")
    assert {note.text for note in detail.notes} == {"They like the draft", "They quarrel about money"}


def test_parts_of_one_action_are_not_those_of_another(quality: QualityPlan) -> None:
    detail = action_detail(quality.report, TODAY)
    assert (detail.roles, detail.resources, detail.checkpoints, detail.measures, detail.notes) == ((),) * 5
    assert [needed.number for needed in action_detail(quality.agreement, TODAY).needs] == [1]


def test_notes_come_newest_first_and_readings_oldest_first(quality: QualityPlan, author: Author) -> None:
    parts.add_note(author, "Later", today=TODAY + timedelta(days=1), action=quality.standards)
    parts.add_note(author, "Earlier", today=TODAY - timedelta(days=1), action=quality.standards)
    measure = action_detail(quality.standards, TODAY).measures[0].uid
    parts.add_reading(author, measure, taken_on=date(2026, 1, 5), value=Decimal(11))
    detail = action_detail(quality.standards, TODAY)
    assert (detail.notes[0].text, detail.notes[-1].text) == ("Later", "Earlier")
    assert [reading.value for reading in detail.measures[0].readings] == [Decimal(11), Decimal("12.5")]


def test_who_holds_a_post_depends_on_the_day(quality: QualityPlan, author: Author) -> None:
    dai = people.add_party(author, PartyKind.PERSON, name="Dai Rees")
    posts.add_tenure(author, quality.registrar, dai, start=TODAY, end=TODAY, acting=True)
    held = [quality.registrar]
    assert holders_of(held, date(2024, 12, 31)) == {}
    assert holders_of(held, TODAY - timedelta(days=1)) == {quality.registrar: ("Ana Ruiz",)}
    assert holders_of(held, TODAY) == {quality.registrar: ("Ana Ruiz", "Dai Rees (acting)")}
    assert holders_of(held, TODAY + timedelta(days=1)) == {quality.registrar: ("Ana Ruiz",)}


def test_when_somebody_was_last_heard(quality: QualityPlan, author: Author) -> None:
    assert last_heard(quality.survey) is None
    heard = action_detail(quality.standards, TODAY).last_heard
    assert heard is not None
    assert (heard.said_by, heard.channel, heard.typed_by) == ("Cleo", "phone", "ana")
    moment = datetime(2026, 3, 16, 12)  # noqa: DTZ001
    said = Author("ana", said_by=quality.ben, channel="email", at=moment)
    actions.edit_action(said, quality.standards, today=TODAY, purpose="Another purpose")
    actions.edit_action(author, quality.standards, today=TODAY, purpose="On nobody's word")
    heard = last_heard(quality.standards)
    assert heard is not None
    assert (heard.said_by, heard.channel, heard.at) == ("Ben Okafor", "email", moment)


def test_the_header_of_a_plan(quality: QualityPlan, author: Author) -> None:
    plans.edit_plan(author, quality.plan, owner=quality.ana)
    parts.add_note(author, "About it all", today=TODAY, plan=quality.plan)
    detail = plan_detail(quality.plan)
    assert (detail.ref, detail.owner, detail.convening_group) == ("P-1", "Ana Ruiz", "Quality Board")
    assert detail.partners == ((quality.college, "Harbour College"),)
    assert [note.text for note in detail.notes] == ["About it all"]


def test_what_is_gone_is_not_found(quality: QualityPlan, author: Author) -> None:
    actions.remove_actions(author, [quality.report])
    for ask in (lambda: action_detail(quality.report, TODAY), lambda: record_values("action", quality.report)):
        with pytest.raises(NotFound, match="somebody removed it"):
            ask()
