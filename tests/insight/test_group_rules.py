"""Rules of groups in words, whom they match, and the seats that were given by name."""

import logging

import pytest

from tests.quality_plan import TODAY, QualityPlan
from tui_plan.insight.group_rules import members_of, rule_words, rules_of
from tui_plan.model.store import Author
from tui_plan.model.vocabulary import Audience, PartyKind, RoleKind
from tui_plan.operations.groups import add_member, add_rule
from tui_plan.operations.merging import merge_parties
from tui_plan.operations.parts import set_roles
from tui_plan.operations.people import add_party


def test_a_rule_says_all_that_it_asks_for() -> None:
    assert rule_words("accountable") == "Everybody accountable in any plan"
    assert rule_words("responsible", plan="Coast") == "Everybody responsible in the plan “Coast”"
    assert rule_words("informed", plan="Coast", area="Dunes") == "Everybody informed in the area “Dunes”"
    assert rule_words(audience="key public officials") == "Everybody among the key public officials"
    assert rule_words(organisation="Harbour College") == "Everybody at Harbour College"
    assert (
        rule_words("consulted", "partner staff", "Harbour College", "Coast")
        == "Everybody consulted in the plan “Coast” among the partner staff at Harbour College"
    )


@pytest.mark.parametrize("audience", Audience)
def test_every_audience_has_words(audience: Audience) -> None:
    assert str(audience) in rule_words(audience=audience)


def test_whom_each_rule_matches_today(quality: QualityPlan, author: Author) -> None:
    set_roles(author, quality.standards, [(RoleKind.ACCOUNTABLE, quality.registrar)])
    add_rule(author, quality.board, role="accountable", area=quality.areas[0])
    add_rule(author, quality.board, audience="larger community")
    rules = rules_of(quality.board, TODAY)
    assert [(rule.words, rule.matches) for rule in rules] == [
        ("Everybody accountable in the area “Learners' views”", 1),
        ("Everybody in the larger community", 0),
    ]
    assert rules[0].fitting == ((quality.ana, "Ana Ruiz"),)
    assert (rules[0].role, rules[0].area, rules[0].plan, rules[0].row_version) == (
        "accountable",
        quality.areas[0],
        None,
        1,
    )


def test_chair_and_deputies_come_first_and_a_post_tells_who_sits_there(quality: QualityPlan, author: Author) -> None:
    dean = add_party(author, PartyKind.POST, name="Dean", organisation=quality.college)
    add_member(author, quality.board, dean, "vice-chair")
    add_member(author, quality.board, quality.registrar, "Chair")
    seats = members_of(quality.board, TODAY).seats
    assert [(seat.name, seat.seat, seat.behind, seat.where) for seat in seats] == [
        ("Registrar", "Chair", "Ana Ruiz", "Harbour College"),
        ("Dean", "vice-chair", "vacant", "Harbour College"),
        ("Ben Okafor", "member", "", ""),
    ]


def test_who_was_merged_has_no_seat(quality: QualityPlan, author: Author) -> None:
    twin = add_party(author, PartyKind.PERSON, name="Ben Okafor")
    add_member(author, quality.board, twin)
    merge_parties(author, quality.ben, twin)
    assert [seat.member for seat in members_of(quality.board, TODAY).seats] == [quality.ben]


def test_more_rules_make_no_more_queries(
    quality: QualityPlan, author: Author, caplog: pytest.LogCaptureFixture
) -> None:
    def asked() -> int:
        caplog.clear()
        with caplog.at_level(logging.DEBUG, logger="peewee"):
            members_of(quality.board, TODAY)
        return len(caplog.records)

    add_rule(author, quality.board, role="accountable")
    few = asked()
    for audience in Audience:
        add_rule(author, quality.board, audience=audience.value, role="responsible", plan=quality.plan)
    assert asked() == few
