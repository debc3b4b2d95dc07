"""Who must agree, who has, and who is missing, on paper; the share never says more than is true."""

import csv
import io

import pytest

from tests.people_world import FIRST, TODAY, PeopleWorld, typed
from tui_plan.exchange.agreements_paper import agreements_csv, agreements_paper, share_words
from tui_plan.exchange.document_text import document_text
from tui_plan.insight.agreement import Coverage
from tui_plan.model.errors import NotFound
from tui_plan.model.vocabulary import AgreementState
from tui_plan.operations import agreements, groups, plans


def test_the_whole_paper(world: PeopleWorld) -> None:
    agreements.record_agreement(
        typed(TODAY), world.plan, [world.dana], today=TODAY, state=AgreementState.AGREED, on=TODAY
    )
    assert document_text(agreements_paper(world.plan, TODAY)).splitlines() == [
        "Agreement to the plan: Ready together",
        "=====================================",
        "Version: 1.0",
        "Agreed:  3 of 6 who must, 50 %",
        "Date:    2026-03-16",
        "",
        "BY PARTNER",
        "  Partner           Must  Agreed  Share",
        "                   agree",
        "  ---------------  -----  ------  -----",
        "  Harbour College      1       1  100 %",
        "  Northfield City      4       2   50 %",
        "  Housing Trust        1       1  100 %",
        "",
        "WHO MUST AGREE",
        "  Who                        Answers for               State          On",
        "  -------------------------  ------------------------  -------------  ----------",
        "  Ana Ruiz (Harbour          accountable for 1,        agreed         2026-02-10",
        "  College)                   convening group",
        "  Ben Okafor (Northfield     responsible for 1,        agreed with    2026-02-12",
        "  City)                      convening group           reservations",
        "! Chief (Northfield City)    accountable for 1         not asked,",
        "                                                       vacant",
        "! Cleo Marsh                 accountable for 1,        asked          2026-03-02",
        "                             convening group",
        "  Finn Berg (Northfield      responsible for 1         agreed         2026-02-20",
        "  City, Housing Trust)",
        "! Gus Silva (Northfield      responsible for 1         declined       2026-02-20",
        "  City)",
        "",
        "STILL MISSING",
        "- Chief (Northfield City): not asked, vacant",
        "- Cleo Marsh: asked",
        "- Gus Silva (Northfield City): declined",
        "",
        "RESERVATIONS",
        "- Ben Okafor: If the money comes",
        "",
        "ON RECORD, THOUGH NOTHING RESTS ON THEM NOW",
        "  Who                                         State   On",
        "  ------------------------------------------  ------  ----------",
        "  Dana Lind (Northfield City, Housing Trust)  agreed  2026-03-16",
    ]


def test_what_lapsed_says_why(world: PeopleWorld) -> None:
    groups.add_member(typed(TODAY), world.panel, world.ana)
    shown = document_text(agreements_paper(world.plan, TODAY), 200)
    assert "- Ana Ruiz (Harbour College): lapsed, because of new duties in the plan" in shown
    assert "2 of 6 who must, 33 %" in shown


def test_with_nobody_required_it_says_so_and_never_all(world: PeopleWorld) -> None:
    plan = plans.add_plan(FIRST, name="New")
    plans.set_partners(FIRST, plan, [world.college])
    shown = document_text(agreements_paper(plan, TODAY))
    assert "n/a: nobody has to agree yet" in shown
    assert "%" not in shown
    assert [line.split() for line in shown.splitlines() if "Harbour" in line] == [
        ["Harbour", "College", "0", "0", "n/a"]
    ]
    with pytest.raises(NotFound):
        agreements_paper("0" * 32, TODAY)


@pytest.mark.parametrize(
    ("agreed", "required", "words"),
    [(0, 0, "n/a"), (0, 3, "0 %"), (1, 3, "33 %"), (2, 3, "67 %"), (999, 1000, "99 %"), (3, 3, "100 %")],
)
def test_the_share_is_whole_only_when_all_have_agreed(agreed: int, required: int, words: str) -> None:
    assert share_words(Coverage("x", agreed, required)) == words


def test_the_spreadsheet(world: PeopleWorld) -> None:
    lines = list(csv.reader(io.StringIO(agreements_csv(world.plan, TODAY).decode(), newline="")))
    assert lines[0] == ["Name", "Partners", "Must agree", "Answers for", "State", "On", "Reservations", "Remark"]
    named = {line[0]: line[1:] for line in lines[1:]}
    assert named["Ben Okafor"] == [
        *("Northfield City", "yes", "responsible for 1, convening group", "agreed with reservations", "2026-02-12"),
        *("If the money comes", ""),
    ]
    assert named["Chief"][-1] == "vacant"
    assert len(named) == 6
