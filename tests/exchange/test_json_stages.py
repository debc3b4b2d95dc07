"""Stages, assessments and the register in the JSON of a plan: their shape, where they lead, what stays in the house."""

from datetime import date, datetime
from typing import Any

import pytest

from tests.quality_plan import TODAY, QualityPlan
from tui_plan.exchange.json_writing import json_bytes, plan_json
from tui_plan.exchange.toml_writing import export_toml
from tui_plan.model.base import rows
from tui_plan.model.checklist import ChecklistItem
from tui_plan.model.plan import OutcomeMeasure
from tui_plan.model.store import Author
from tui_plan.model.vocabulary import Candour, ChecklistKind, Gate, PartyKind
from tui_plan.operations import (
    actions,
    assessing,
    checklists,
    following_up,
    meetings,
    parts,
    people,
    plans,
    register,
    stages,
)

TEMPLATE = checklists.Template(
    "progress", "Progress", ChecklistKind.STAGE, (checklists.TemplateItem("a", "Trust", "Piloting"),)
)


@pytest.fixture
def pilot(quality: QualityPlan, author: Author) -> str:
    return stages.add_stage(author, quality.plan, kind="piloting", started_on=date(2026, 1, 12), scope="Two schools")


def told(quality: QualityPlan, *, candid: bool = False) -> dict[str, Any]:
    plan: dict[str, Any] = plan_json(quality.plan, TODAY, candid=candid)["plan"]
    return plan


def assess(author: Author, stage: str, party: str | None = None, **said: Any) -> str:
    run = assessing.start_assessment(author, TEMPLATE, stage, on=TODAY, party=party)
    [(item,)] = rows(ChecklistItem.select(ChecklistItem.uid).where(ChecklistItem.run == run))
    checklists.say_item(author, item, rating="not yet", **said)
    return str(item)


def test_a_stage_stands_with_where_it_is_and_its_gate(quality: QualityPlan, author: Author, pilot: str) -> None:
    stages.add_stage(author, quality.plan, kind="reflection")
    first, second = told(quality)["stages"]
    assert (first["ref"], first["uid"], first["kind"], first["cycle"]) == ("T-1", pilot, "piloting", 1)
    assert (first["state"], first["gate"], first["started_on"]) == ("under way", "closed", "2026-01-12")
    assert (first["scope"], first["skipped_because"], first["ended_on"]) == ("Two schools", "", None)
    assert (second["title"], second["state"]) == ("Reflection", "to come")
    stages.decide_gate(author, pilot, Gate.OVERRIDDEN, on=TODAY, by=quality.ana, because="The year ends")
    decided = told(quality)
    assert (decided["stages"][0]["gate"], decided["stages"][0]["state"]) == ("overridden", "ended")
    [entry] = decided["register"]
    assert (entry["gate"], entry["stage"]["ref"], entry["party"]["name"]) == ("overridden", "T-1", "Ana Ruiz")
    assert (entry["cause"], entry["kind"]) == ("The year ends", "decision")


def test_an_assessment_names_its_stage_its_meeting_and_what_came_of_it(
    quality: QualityPlan, author: Author, pilot: str
) -> None:
    meeting = meetings.add_meeting(
        author,
        quality.plan,
        title="Board",
        start=datetime(2026, 3, 10, 9),  # noqa: DTZ001
        timezone="UTC",
    )
    run = assessing.start_assessment(author, TEMPLATE, pilot, on=TODAY, meeting=meetings.MeetingAt(meeting))
    [(item,)] = rows(ChecklistItem.select(ChecklistItem.uid))
    checklists.say_item(author, item, rating="in place", evidence="Minutes of March", next_steps="Go on")
    wanted = following_up.Wanted(quality.objectives[0], "Write it down", quality.ana, TODAY)
    action = following_up.step_to_action(author, item, wanted, today=TODAY)
    [shape] = told(quality)["checklists"]
    assert (shape["uid"], shape["stage"]) == (run, {"ref": "T-1", "uid": pilot, "title": "Piloting"})
    assert shape["meeting"] == {"ref": "M-1", "uid": meeting, "title": "Board of 2026-03-10"}
    [line] = shape["items"]
    assert (line["evidence"], line["candour"]) == ("Minutes of March", "shareable")
    assert line["actions"] == [{"ref": "A-5", "uid": action, "title": "Write it down"}]


def test_a_risk_stands_with_all_that_it_leads_to(quality: QualityPlan, author: Author) -> None:
    [(measure, statement)] = rows(OutcomeMeasure.select(OutcomeMeasure.uid, OutcomeMeasure.statement))
    lesson = register.add_entry(
        author, kind="lesson", title="Ask twice", on=TODAY, plan=quality.plan, disposition="keep"
    )
    leads = register.Leads((quality.survey,), quality.objectives[:1], (measure,), (lesson,))
    register.add_entry(
        author,
        leads,
        kind="risk",
        title="Nobody answers",
        on=TODAY,
        plan=quality.plan,
        party=quality.ana,
        likelihood=4,
        impact=3,
        response="treat",
        due=TODAY,
    )
    kept, risk = told(quality)["register"]
    assert (kept["disposition"], kept["likelihood"], kept["entries"]) == ("keep", None, [])
    assert (risk["ref"], risk["likelihood"], risk["impact"], risk["response"]) == ("R-2", 4, 3, "treat")
    assert (risk["due"], risk["closed_on"], risk["candour"]) == ("2026-03-16", None, "shareable")
    assert [lead["uid"] for lead in risk["actions"] + risk["objectives"]] == [quality.survey, quality.objectives[0]]
    assert risk["measures"] == [{"ref": None, "uid": measure, "title": statement}]
    assert risk["entries"] == [{"ref": "R-1", "uid": lesson, "title": "Ask twice"}]


def test_each_item_and_each_entry_leaves_the_house_or_stays(quality: QualityPlan, author: Author, pilot: str) -> None:
    secret, shared = "Nobody must read this", "Everybody may"
    assess(author, pilot, quality.ana, challenges=secret, evidence=secret)
    assess(author, pilot, challenges=shared)
    lesson, house = (
        register.add_entry(author, kind="lesson", title=title, on=TODAY, plan=quality.plan, candour=candour)
        for title, candour in ((shared, "shareable"), (secret, "candid"))
    )
    register.edit_entry(author, house, leads=register.Leads(others=(lesson,)))
    risk = register.add_entry(
        author,
        register.Leads(others=(lesson, house)),
        kind="issue",
        title=shared,
        on=TODAY,
        plan=quality.plan,
        party=quality.ana,
    )
    held_back, whole = (plan_json(quality.plan, TODAY, candid=candid) for candid in (False, True))
    assert secret not in json_bytes(held_back).decode()
    counts = [f"withheld_{what}" for what in ("notes", "entries", "items", "words")]
    assert [[told[count] for count in counts] for told in (held_back, whole)] == [[2, 1, 1, 0], [0, 0, 0, 0]]
    found = {entry["uid"]: entry for entry in held_back["plan"]["register"]}
    assert found.keys() == {lesson, risk}
    assert [lead["uid"] for lead in found[risk]["entries"]] == [lesson]
    by_bo, by_all = held_back["plan"]["checklists"]
    assert (by_bo["items"][0]["rating"], by_bo["items"][0]["challenges"]) == ("not yet", "")
    assert by_all["items"][0]["challenges"] == shared
    assert json_bytes(whole).decode().count(secret) == 4


def test_an_entry_of_another_plan_is_named_only_where_it_may_be(quality: QualityPlan, author: Author) -> None:
    other = plans.add_plan(author, name="Another")
    house = register.add_entry(author, kind="lesson", title="Secret", on=TODAY, plan=other, candour="candid")
    leads = register.Leads(others=(house,))
    register.add_entry(author, leads, kind="context change", title="New law", on=TODAY, plan=quality.plan)
    [held_back], [whole] = (told(quality, candid=candid)["register"] for candid in (False, True))
    assert held_back["entries"] == []
    assert whole["entries"] == [{"ref": "R-1", "uid": house, "title": "Secret"}]


def test_core_components_and_when_data_is_due_are_told(quality: QualityPlan, author: Author) -> None:
    [(measure,)] = rows(OutcomeMeasure.select(OutcomeMeasure.uid))
    parts.edit_measure(author, measure, every=6, collector=quality.ben)
    actions.edit_action(author, quality.survey, today=TODAY, core=True)
    found = [
        action for area in told(quality)["areas"] for objective in area["objectives"] for action in objective["actions"]
    ]
    assert [action["ref"] for action in found if action["core"]] == ["A-3"]
    [outcome] = found[0]["outcomes"]
    assert (outcome["every"], outcome["collector"]["name"]) == (6, "Ben Okafor")


@pytest.mark.parametrize("candour", ["candid", "shareable"])
def test_whom_only_something_candid_names_stays_in_the_house(
    quality: QualityPlan, author: Author, candour: str
) -> None:
    owner, speaker = (people.add_party(author, PartyKind.PERSON, name=name) for name in ("Owner Only", "Speaker Only"))
    values = {"kind": "issue", "title": "Who pays", "on": TODAY, "plan": quality.plan, "party": owner}
    register.add_entry(author, candour=candour, **values)  # type: ignore[arg-type]
    said = Author("ana", said_by=speaker)
    parts.add_note(said, "Nobody does", today=TODAY, action=quality.survey, candour=Candour(candour))
    for held_back in (json_bytes(plan_json(quality.plan, TODAY)), export_toml(quality.plan, with_candid=False)):
        for name in (b"Owner Only", b"Speaker Only"):
            assert (name in held_back) is (candour == "shareable")
    for whole in (json_bytes(plan_json(quality.plan, TODAY, candid=True)), export_toml(quality.plan)):
        assert all(name in whole for name in (b"Owner Only", b"Speaker Only"))
