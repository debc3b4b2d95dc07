"""The whole plan as JSON: its shape, what is worked out, and what stays in the house."""

import json
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from tests.hostile import HOSTILE
from tests.quality_plan import TODAY, QualityPlan
from tui_plan.exchange.json_writing import json_bytes, plan_json
from tui_plan.insight.health import plan_health
from tui_plan.model.base import rows
from tui_plan.model.checklist import ChecklistItem
from tui_plan.model.errors import NotFound
from tui_plan.model.store import Author
from tui_plan.model.vocabulary import Direction
from tui_plan.operations import (
    actions,
    agreements,
    checklists,
    communications,
    contacts,
    groups,
    parts,
    people,
    plans,
    posts,
    register,
)


def actions_in(shape: dict[str, Any]) -> dict[str, dict[str, Any]]:
    found = [one for area in shape["plan"]["areas"] for objective in area["objectives"] for one in objective["actions"]]
    return {action["ref"]: action for action in found}


def test_the_plan_is_nested_with_refs_and_uids(quality: QualityPlan) -> None:
    shape = plan_json(quality.plan, TODAY)
    assert (shape["format"], shape["format_version"], shape["as_of"]) == ("tui-plan plan", 1, "2026-03-16")
    plan = shape["plan"]
    assert (plan["ref"], plan["uid"], plan["start"], plan["agreed_on"]) == ("P-1", quality.plan, "2026-01-01", None)
    assert (plan["convening_group"], plan["owner"]) == ("Quality Board", None)
    assert plan["partners"] == [{"uid": quality.college, "name": "Harbour College"}]
    assert [area["uid"] for area in plan["areas"]] == list(quality.areas)
    assert plan["areas"][1]["description"] == "Between all partners"
    assert [one["place"] for area in plan["areas"] for one in area["objectives"]] == ["1.1", "1.2", "2.1"]
    assert plan["areas"][0]["objectives"][1]["description"] == "Twice a year"
    assert list(actions_in(shape)) == ["A-1", "A-2", "A-3", "A-4"]


def test_an_action_is_whole(quality: QualityPlan) -> None:
    action = actions_in(plan_json(quality.plan, TODAY))["A-1"]
    dates = {name: action[name] for name in ("start", "baseline", "agreed", "forecast", "actual", "date")}
    assert dates == {
        "start": "2026-01-12",
        "baseline": "2026-03-10",
        "agreed": "2026-03-10",
        "forecast": "2026-03-24",
        "actual": None,
        "date": "2026-03-24",
    }
    assert action["roles"][0] == {
        "role": "accountable",
        "uid": quality.registrar,
        "kind": "post",
        "name": "Registrar",
        "holders": ["Ana Ruiz"],
    }
    resource = action["resources"][0]
    assert (resource["quantity"], resource["cost"], resource["secured"]) == ("2.50", "1200.00", False)
    assert action["checkpoints"][0]["held_on"] == "2026-02-03"
    assert action["checkpoints"][0]["reviewers"][0]["name"] == "Quality Board"
    assert action["outcomes"][0]["readings"][0]["value"] == "12.5"
    assert [needed["ref"] for needed in action["needed_by"]] == ["A-2"]


def test_what_follows_from_dates_and_dependencies_is_told(quality: QualityPlan) -> None:
    shape = plan_json(quality.plan, TODAY)
    flags = {
        ref: [name for name in ("open", "overdue", "due_soon", "blocked", "milestone") if action[name]]
        for ref, action in actions_in(shape).items()
    }
    assert flags == {
        "A-1": ["open", "due_soon", "milestone"],
        "A-2": ["open", "overdue", "blocked"],
        "A-3": ["open"],
        "A-4": [],
    }
    later = plan_json(quality.plan, TODAY + timedelta(days=30))
    assert actions_in(later)["A-1"]["overdue"]
    (health,) = plan_health(TODAY)
    assert shape["plan"]["counts"]["overdue"] == health.counts.overdue == 1
    assert shape["plan"]["counts"]["actions"] == health.counts.actions == 4


def test_candid_notes_stay_unless_asked_for(quality: QualityPlan, author: Author) -> None:
    parts.add_note(author, "About it all", today=TODAY, plan=quality.plan)
    shape = plan_json(quality.plan, TODAY)
    assert shape["withheld_notes"] == 2
    assert b"quarrel" not in json_bytes(shape)
    assert [note["text"] for note in shape["plan"]["notes"]] == ["About it all"]
    note = actions_in(shape)["A-1"]["notes"][0]
    assert (note["text"], note["said_by"], note["channel"]) == ("They like the draft", "Cleo", "phone")
    whole = plan_json(quality.plan, TODAY, candid=True)
    assert whole["withheld_notes"] == 0
    assert len(actions_in(whole)["A-1"]["notes"]) == 2


def test_the_file_is_plain_json(quality: QualityPlan, author: Author) -> None:
    for text in HOSTILE:
        if text.strip():
            actions.edit_action(author, quality.survey, today=TODAY, purpose=text)
            shape = plan_json(quality.plan, TODAY)
            content = json_bytes(shape)
            assert json.loads(content) == shape
            assert content.endswith(b"}\n")


def test_people_stand_with_what_ties_them_to_the_plan(quality: QualityPlan, author: Author) -> None:
    posts.set_alternates(author, quality.registrar, [quality.ben])
    people.edit_party(author, quality.ana, audience="partner staff", hear_every=30, login="secret", remarks="secret")
    contacts.add_contact(author, quality.ana, kind="email", value="secret@example.org")
    groups.add_rule(author, quality.board, role="accountable", plan=quality.plan, area=quality.areas[0])
    agreements.record_agreement(author, quality.plan, [quality.ana], today=TODAY, state="declined", channel="phone")
    communications.record_communication(author, [quality.ben], Direction.TOLD, on=TODAY, today=TODAY, words="Soon")
    register.add_entry(author, kind="support", party=quality.ana, title="Nods", on=TODAY, level="neutral")
    plan = plan_json(quality.plan, TODAY, candid=True)["plan"]
    ana = {"uid": quality.ana, "kind": "person", "name": "Ana Ruiz"}
    ben = {"uid": quality.ben, "kind": "person", "name": "Ben Okafor"}
    found = {row["name"]: row for row in plan["people"]}
    assert list(found) == ["Quality Board", "Harbour College", "Ana Ruiz", "Ben Okafor", "Registrar"]
    assert (found["Ana Ruiz"]["audience"], found["Ana Ruiz"]["hear_every"]) == ("partner staff", 30)
    assert found["Ana Ruiz"]["organisation"]["name"] == "Harbour College"
    assert found["Registrar"]["holders"] == [{"person": ana, "start": "2025-01-01", "end": None, "acting": False}]
    assert found["Registrar"]["alternates"] == [ben]
    assert found["Quality Board"]["members"] == [{"member": ben, "seat": "member"}]
    [rule] = found["Quality Board"]["rules"]
    area = {"ref": "D-1", "title": "Learners' views"}
    assert (rule["role"], rule["audience"], rule["this_plan"], rule["area"]) == ("accountable", None, True, area)
    [agreement] = plan["agreements"]
    assert (agreement["party"], agreement["state"], agreement["on"]) == (ana, "declined", "2026-03-16")
    [told] = plan["communications"]
    assert (told["party"], told["direction"], told["words"], told["this_plan"]) == (ben, "told", "Soon", False)
    assert [(entry["ref"], entry["level"], entry["this_plan"]) for entry in plan["register"]] == [
        ("R-1", "neutral", False)
    ]
    assert "secret" not in json.dumps(plan)


def test_a_checklist_stands_with_its_items(quality: QualityPlan, author: Author) -> None:
    run = checklists.start_drill(author, quality.board, [quality.ben], on=TODAY, plan=quality.plan)
    [(item,)] = rows(ChecklistItem.select(ChecklistItem.uid))
    checklists.tick_item(author, item, at=datetime(2026, 3, 16, 8, 4), channel="phone")  # noqa: DTZ001
    [shape] = plan_json(quality.plan, TODAY)["plan"]["checklists"]
    assert (shape["ref"], shape["uid"], shape["kind"]) == ("C-1", run, "notification drill")
    assert (shape["group"]["name"], shape["party"], shape["this_plan"]) == ("Quality Board", None, True)
    [line] = shape["items"]
    assert (line["party"]["uid"], line["rating"], line["at"]) == (quality.ben, "in place", "2026-03-16T08:04:00")
    assert (line["channel"], line["section"]) == ("phone", "")


def test_an_empty_plan_has_a_shape_too(plan_database: Path, author: Author) -> None:
    shape = plan_json(plans.add_plan(author, name="New"), TODAY)
    assert shape["plan"]["areas"] == []
    assert set(shape["plan"]["counts"].values()) == {0}
    lists = ("people", "agreements", "communications", "checklists", "register")
    assert [shape["plan"][name] for name in lists] == [[]] * 5
    with pytest.raises(NotFound):
        plan_json("0" * 32, TODAY)


def test_what_people_said_and_the_register_stay_in_the_house_unless_asked_for(
    quality: QualityPlan, author: Author
) -> None:
    secret = "Nobody must read this"
    communications.record_communication(author, [quality.ben], Direction.HEARD, on=TODAY, today=TODAY, words=secret)
    register.add_entry(author, kind="support", party=quality.ana, title=secret, on=TODAY, level="opposed")
    agreements.record_agreement(author, quality.plan, [quality.ana], today=TODAY, state="agreed", evidence=secret)
    held_back, whole = (plan_json(quality.plan, TODAY, candid=candid) for candid in (False, True))
    assert secret not in json_bytes(held_back).decode()
    assert json_bytes(whole).decode().count(secret) == 3
    assert (held_back["withheld_words"], whole["withheld_words"]) == (2, 0)
    assert (held_back["withheld_entries"], whole["withheld_entries"]) == (1, 0)
