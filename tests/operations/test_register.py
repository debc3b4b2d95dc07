"""The register: what each kind of entry asks for, how it is settled and taken up again, and what it leads to."""

from datetime import date
from typing import Any

import pytest

from tests.model.replay import tables
from tests.operations.conftest import Refusal
from tests.people_world import TODAY, PeopleWorld, typed
from tui_plan.insight.finding import find_record
from tui_plan.insight.party_page import party_page
from tui_plan.insight.register import entry_detail, links_of
from tui_plan.model.base import rows
from tui_plan.model.entry_kinds import ENTRY_FIELDS, KINDS, SHARED_FIELDS
from tui_plan.model.errors import Conflict
from tui_plan.model.ledger import Change
from tui_plan.model.register import RegisterEntry
from tui_plan.model.vocabulary import (
    Disposition,
    EntryKind,
    Fidelity,
    Manner,
    PartyKind,
    Response,
    StageKind,
    Support,
)
from tui_plan.operations.merging import merge_parties
from tui_plan.operations.people import add_party, remove_party
from tui_plan.operations.register import Leads, add_entry, close_entry, edit_entry, remove_entry, reopen_entry
from tui_plan.operations.stages import add_stage
from tui_plan.operations.undoing import redo, undo

ME = typed(TODAY)
SETTLED = {kind: asked.closed for kind, asked in KINDS.items() if asked.closed}
ARTICLES = {kind: f"A{'n' if kind[0] in 'aeiou' else ''} {kind}" for kind in EntryKind}


def summary() -> str:
    return str(rows(Change.select(Change.summary).order_by(Change.id.desc()).limit(1))[0][0])


def last() -> int:
    return int(rows(Change.select(Change.id).order_by(Change.id.desc()).limit(1))[0][0])


def least(kind: EntryKind, world: PeopleWorld) -> dict[str, Any]:
    """What an entry of a kind needs at the least."""
    needed = {asked.field for asked in KINDS[kind].asks if asked.missing}
    values = {"party": world.ben, "likelihood": 2, "impact": 3, "cause": "Rain", "manner": Manner.PLANNED}
    values |= {"level": Support.NEUTRAL, "intended": 9, "active": 0}
    return {"kind": kind, "title": "T", "on": TODAY} | {name: values[name] for name in needed}


def test_entries_have_a_reference_and_stand_on_the_page(world: PeopleWorld) -> None:
    uid = add_entry(ME, kind=EntryKind.SUPPORT, title="Wavers", party=world.ben, on=TODAY, level=Support.SCEPTICAL)
    assert find_record("R-3").uid == uid
    assert summary() == "Added to the register: support “Wavers”"
    (line, champion) = party_page(world.ben, TODAY).register
    assert (line.ref, line.kind, line.level, line.on) == ("R-3", "support", "sceptical", TODAY)
    assert (champion.ref, champion.kind) == ("R-1", "champion")
    assert edit_entry(ME, uid, level=Support.SUPPORTIVE, evidence="Said so")
    assert summary() == "Edited R-3 “Wavers”"
    assert not edit_entry(ME, uid, level=Support.SUPPORTIVE)
    remove_entry(ME, uid)
    assert summary() == "Removed R-3 “Wavers”"
    assert len(party_page(world.ben, TODAY).register) == 1


def test_what_is_missing_is_said_all_at_once(world: PeopleWorld, refused: Refusal) -> None:
    assert refused(add_entry, ME) == {
        "kind": f"The kind of entry is one of: {', '.join(EntryKind)}.",
        "title": "The entry cannot be empty.",
        "on": "The day needs a date, such as 2026-12-31.",
    }
    values = {"kind": EntryKind.SUPPORT, "title": "T", "on": TODAY, "party": world.ben}
    assert refused(add_entry, ME, **values) == {
        "level": "Say how they stand to the plan: opposed, sceptical, neutral, supportive, champion."
    }
    assert refused(add_entry, ME, **values, level="keen", evidence="x" * 1_001) == {
        "level": "The support is one of: opposed, sceptical, neutral, supportive, champion.",
        "evidence": "The evidence is 1,001 characters long; shorten it to 1,000.",
    }
    uid = add_entry(ME, **values, level=Support.NEUTRAL)  # type: ignore[arg-type]
    assert refused(edit_entry, ME, uid, party=None) == {"party": "Say whom it is about."}
    assert refused(edit_entry, ME, uid, on=date(1066, 1, 1)) == {"on": "The day must be a date between 1900 and 2200."}
    assert refused(remove_entry, ME, "nothing") == {"": "There is no such register entry in this database."}


@pytest.mark.parametrize("kind", EntryKind)
def test_each_kind_asks_for_its_own_and_refuses_the_rest(kind: EntryKind, world: PeopleWorld, refused: Refusal) -> None:
    bare = {"kind": kind, "title": "T", "on": TODAY}
    needed = {asked.field: asked.missing for asked in KINDS[kind].asks if asked.missing}
    if needed:
        assert refused(add_entry, ME, **bare) == needed
    uid = add_entry(ME, **least(kind, world))
    stage = add_stage(ME, world.plan, kind=StageKind.PILOTING)
    every = {
        "party": world.ben,
        "area": world.areas[0],
        "stage": stage,
        "level": Support.NEUTRAL,
        "cause": "Rain",
        "effect": "Mud",
        "outcome": "Boots",
        "due": TODAY,
        "closed_on": TODAY,
        "likelihood": 1,
        "impact": 1,
        "residual_likelihood": 1,
        "residual_impact": 1,
        "response": Response.TREAT,
        "manner": Manner.REACTIVE,
        "fidelity": Fidelity.UNKNOWN,
        "disposition": Disposition.KEEP,
        "intended": 2,
        "active": 2,
    }
    assert every.keys() | {"gate", "meeting"} == ENTRY_FIELDS
    for field in every.keys() - KINDS[kind].fields - {"residual_impact", "residual_likelihood"}:
        assert field not in SHARED_FIELDS
        assert refused(edit_entry, ME, uid, **{field: every[field]}) == {
            field: f"{ARTICLES[kind]} has no {field.replace('_', ' ')}: leave it empty."
        }
    assert edit_entry(ME, uid, **{name: value for name, value in every.items() if name in KINDS[kind].fields}) or (
        kind in {EntryKind.CHAMPION, EntryKind.SUPPORT}
    )


@pytest.mark.parametrize("kind", EntryKind)
def test_each_kind_is_settled_in_its_own_word_and_taken_up_again(
    kind: EntryKind, world: PeopleWorld, refused: Refusal
) -> None:
    uid = add_entry(ME, **least(kind, world))
    before = tables()
    if kind not in SETTLED:
        assert refused(close_entry, ME, uid, on=TODAY) == {
            "": f"{ARTICLES[kind]} is never settled; it stands as it is."
        }
        return
    close_entry(ME, uid, on=TODAY, outcome="It is over")
    after = tables()
    assert summary() == f"R-3 “T” {SETTLED[kind]}"
    assert (entry_detail(uid).line.is_open, entry_detail(uid).outcome) == (False, "It is over")
    reopen_entry(ME, uid)
    assert summary() == "R-3 “T” open again"
    assert (entry_detail(uid).line.is_open, entry_detail(uid).outcome) == (True, "It is over")
    undo(ME)
    assert tables() == after
    undo(ME)
    assert tables() == before
    redo(ME)
    assert tables() == after
    assert refused(close_entry, ME, uid, on=date(2026, 3, 1)) == {
        "closed_on": f"{KINDS[kind].label('closed_on')} (2026-03-01) comes before "
        "the day it was written down for (2026-03-16)."
    }
    assert refused(close_entry, ME, uid, on=date(1066, 1, 1)) == {
        "closed_on": "The day it was settled must be a date between 1900 and 2200."
    }


def test_who_was_thanked_is_said_where_a_kind_asks(world: PeopleWorld, refused: Refusal) -> None:
    uid = add_entry(ME, kind=EntryKind.ACHIEVEMENT, title="Afloat", on=TODAY)
    close_entry(ME, uid, on=TODAY, outcome="A cake", party=world.ben)
    assert entry_detail(uid).line.party_name == "Ben Okafor"
    context = add_entry(ME, kind=EntryKind.CONTEXT, title="A new mayor", on=TODAY)
    assert refused(close_entry, ME, context, on=TODAY, party=world.ben) == {
        "party": "A context change has no party: leave it empty."
    }


def test_numbers_that_cannot_be(world: PeopleWorld, refused: Refusal) -> None:
    risk = least(EntryKind.RISK, world)
    assert refused(add_entry, ME, **risk | {"likelihood": 0, "impact": 6}) == {
        "likelihood": "The likelihood is a whole number from 1 to 5.",
        "impact": "The impact is a whole number from 1 to 5.",
    }
    half = "Say both, likelihood and impact after the response, or neither."
    assert refused(add_entry, ME, **risk, residual_impact=1) == {"residual_likelihood": half}
    assert refused(add_entry, ME, **risk, residual_likelihood=1) == {"residual_impact": half}
    risk["party"] = None
    assert refused(add_entry, ME, **risk) == {"party": "Say who owns the risk: a person, a post or a group."}
    taking = least(EntryKind.PARTICIPATION, world)
    assert refused(add_entry, ME, **taking | {"active": 10}) == {
        "active": "More take part (10) than are meant to (9): mend one of the two numbers."
    }
    assert refused(add_entry, ME, **taking | {"intended": -1}) == {
        "intended": "How many are meant to take part is a whole number from 0 to 10000000."
    }


def test_words_about_people_stay_in_the_house_unless_said_otherwise(world: PeopleWorld) -> None:
    found = {kind: add_entry(ME, **least(kind, world)) for kind in EntryKind}
    candid = {kind for kind, uid in found.items() if entry_detail(uid).line.candour == "candid"}
    assert candid == {EntryKind.CHAMPION, EntryKind.SUPPORT}


def test_links_are_kept_changed_and_refused_to_oneself(world: PeopleWorld, refused: Refusal) -> None:
    decision = add_entry(ME, **least(EntryKind.DECISION, world))
    risk = add_entry(ME, Leads(actions=(world.train,), others=(decision,)), **least(EntryKind.RISK, world))
    before = tables()
    assert links_of(risk) == {"action": (world.train,), "objective": (), "measure": (), "other": (decision,)}
    assert not edit_entry(ME, risk, leads=Leads(actions=(world.train,), others=(decision,)))
    assert edit_entry(ME, risk, title="Rain", leads=Leads(actions=(world.map, world.train)))
    assert set(links_of(risk)["action"]) == {world.map, world.train}
    assert links_of(risk)["other"] == ()
    undo(ME)
    assert tables() == before
    assert edit_entry(ME, risk, title="Rain"), "what is not said stays linked"
    assert links_of(risk)["other"] == (decision,)
    assert refused(edit_entry, ME, risk, leads=Leads(others=(risk,))) == {
        "other": "An entry cannot be linked to itself."
    }
    assert refused(edit_entry, ME, risk, leads=Leads(actions=("nothing",))) == {
        "": "The action that this link names is not in this database. Choose another."
    }
    assert refused(add_entry, ME, Leads(measures=("nothing",)), **least(EntryKind.RISK, world)) == {
        "": "The outcome measure that this link names is not in this database. Choose another."
    }


def test_a_colleague_is_not_written_over(world: PeopleWorld) -> None:
    uid = add_entry(ME, **least(EntryKind.RISK, world))
    edit_entry(ME, uid, impact=5)
    before = tables()
    with pytest.raises(Conflict):
        edit_entry(typed(TODAY, login="ben"), uid, impact=1, version_seen=1)
    with pytest.raises(Conflict):
        edit_entry(typed(TODAY, login="ben"), uid, impact=1, version_seen=1, merge=True)
    assert tables() == before
    assert edit_entry(typed(TODAY, login="ben"), uid, likelihood=1, version_seen=1, merge=True)
    assert entry_detail(uid).line.score == 5


def test_who_an_entry_names_is_not_removed_but_can_be_merged(world: PeopleWorld, refused: Refusal) -> None:
    twin = add_party(ME, PartyKind.PERSON, name="B. Okafor")
    uid = add_entry(ME, **least(EntryKind.RISK, world) | {"party": twin, "title": "The money ends"})
    assert refused(remove_party, ME, twin) == {
        "": "This person cannot be removed while it is in use: R-3 “The money ends”."
    }
    before = tables()
    merge_parties(ME, world.ben, twin)
    assert entry_detail(uid).line.party == world.ben
    undo(ME)
    assert tables() == before


def test_an_undo_cannot_leave_support_without_a_level(world: PeopleWorld, refused: Refusal) -> None:
    uid = add_entry(ME, kind=EntryKind.CHAMPION, title="T", on=TODAY, party=world.ben)
    edit_entry(ME, uid, level=Support.NEUTRAL)
    levelled = last()
    edit_entry(ME, uid, kind=EntryKind.SUPPORT)
    assert list(refused(undo, ME, levelled).values()) == [
        "It cannot be undone beside what was changed since. "
        "Say how they stand to the plan: opposed, sceptical, neutral, supportive, champion."
    ]
    assert rows(RegisterEntry.select(RegisterEntry.level).where(RegisterEntry.uid == uid)) == [("neutral",)]
