"""The register: who champions the plan, how each partner stands to it, and what each kind needs."""

from datetime import date

from tests.operations.conftest import Refusal
from tests.people_world import TODAY, PeopleWorld, typed
from tui_plan.insight.finding import find_record
from tui_plan.insight.party_page import party_page
from tui_plan.model.base import rows
from tui_plan.model.ledger import Change
from tui_plan.model.register import RegisterEntry
from tui_plan.model.vocabulary import EntryKind, Support
from tui_plan.operations.register import add_entry, edit_entry, remove_entry
from tui_plan.operations.undoing import undo

ME = typed(TODAY)


def summary() -> str:
    return str(rows(Change.select(Change.summary).order_by(Change.id.desc()).limit(1))[0][0])


def last() -> int:
    return int(rows(Change.select(Change.id).order_by(Change.id.desc()).limit(1))[0][0])


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
        "party": "Say whom it is about.",
        "kind": "The kind of entry is one of: champion, support.",
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
    uid = add_entry(ME, **values, level=Support.NEUTRAL)
    assert refused(edit_entry, ME, uid, party=None) == {"party": "Say whom it is about."}
    assert refused(edit_entry, ME, uid, on=date(1066, 1, 1)) == {"on": "The day must be a date between 1900 and 2200."}
    assert refused(remove_entry, ME, "nothing") == {"": "There is no such register entry in this database."}


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
