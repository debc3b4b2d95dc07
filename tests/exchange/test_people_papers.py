"""The table of papers about people: each is made and written, and none carries what must stay in the house."""

import stat
from collections.abc import Iterator, Mapping
from dataclasses import fields, replace
from datetime import timedelta
from pathlib import Path

import pytest

from tests.people_world import ONBOARDING, TODAY, PeopleWorld, typed
from tui_plan.exchange.handover_note import handover_note
from tui_plan.exchange.papers import Paper, write_paper
from tui_plan.exchange.people_papers import (
    AGREEMENT_PAPERS,
    CALL_DOWN_PAPERS,
    CHART_PAPERS,
    PAGE_PAPERS,
    PARTNER_PAPERS,
    paper_bytes,
)
from tui_plan.insight.checklists import checklist_run, checklist_runs
from tui_plan.model.vocabulary import AgreementState, Candour, EntryKind, Rating, Support
from tui_plan.operations import actions, agreements, checklists, contacts, parts, people, register
from tui_plan.operations.handover import handover_moves, handover_of

BEGINNINGS = {"html": b"<!DOCTYPE html>", "ics": b"BEGIN:VCALENDAR", "svg": b"<?xml", "vcf": b"BEGIN:VCARD"}
PARTIES = tuple(
    field.name
    for field in fields(PeopleWorld)
    if field.name not in {"plan", "areas", "recruit", "train", "map", "printed", "host"}
)
SECRET = "zq"
"""What stands before every word that must stay in the house; it occurs in no other text."""

TABLES: Mapping[str, tuple[Mapping[str, Paper], str]] = {
    "page": (PAGE_PAPERS, "ana"),
    "call-down": (CALL_DOWN_PAPERS, "everybody"),
    "chart": (CHART_PAPERS, "city"),
    "partners": (PARTNER_PAPERS, "plan"),
    "agreements": (AGREEMENT_PAPERS, "plan"),
}


@pytest.mark.parametrize(("table", "form"), [(table, form) for table, (papers, _) in TABLES.items() for form in papers])
def test_each_paper_is_written_for_its_owner_alone(world: PeopleWorld, tmp_path: Path, table: str, form: str) -> None:
    papers, subject = TABLES[table]
    path = tmp_path / f"x{papers[form].ending}"
    place = Path(write_paper(form, getattr(world, subject), TODAY, "iso", str(path), papers))
    assert place.read_bytes().startswith(BEGINNINGS.get(form, b""))
    assert place.stat().st_size > 100
    assert stat.S_IMODE(place.stat().st_mode) == 0o600


def test_the_endings_of_a_table_differ() -> None:
    for papers, _ in TABLES.values():
        assert len({paper.ending for paper in papers.values()}) == len(papers)


@pytest.fixture
def secretive(world: PeopleWorld) -> PeopleWorld:
    """The world with something that must stay in the house in every place where people write such things."""
    day = typed(TODAY)
    for name in PARTIES:
        party = getattr(world, name)
        people.edit_party(day, party, remarks=f"{SECRET}remark of {name}")
        for kind, value in (("email", f"{SECRET}{name}@example.org"), ("mobile", f"01632 {SECRET} 960099")):
            contacts.add_contact(day, party, kind=kind, value=value, rank=1, verified_on=TODAY)
    for action in (world.recruit, world.train, world.map, world.host, world.printed):
        parts.add_note(day, f"{SECRET}candid", today=TODAY, action=action, candour=Candour.CANDID)
    parts.add_note(day, f"{SECRET}candid of the plan", today=TODAY, plan=world.plan, candour=Candour.CANDID)
    actions.edit_action(day, world.recruit, today=TODAY, confidence="red", confidence_reason=f"{SECRET}reason")
    _secret_checklist(world)
    entry = {"kind": EntryKind.SUPPORT, "level": Support.OPPOSED, "evidence": f"{SECRET}evidence", "on": TODAY}
    for party in (world.ana, world.city):
        register.add_entry(day, title=f"{SECRET}support", party=party, plan=world.plan, **entry)  # type: ignore[arg-type]
    agreements.record_agreement(
        day, world.plan, [world.gus], today=TODAY, state=AgreementState.AGREED, evidence=f"{SECRET}letter"
    )
    return world


def _secret_checklist(it: PeopleWorld) -> None:
    run = checklist_run(checklist_runs(it.finn)[0].uid)
    said = {"successes": f"{SECRET}good", "challenges": f"{SECRET}bad", "next_steps": f"{SECRET}next"}
    checklists.say_item(typed(TODAY), run.items[0].uid, rating=Rating.PARTLY, **said)  # type: ignore[arg-type]


def papers_without_contacts(it: PeopleWorld) -> Iterator[tuple[str, bytes]]:
    """Yield every paper that may leave the house, by name."""
    for name in PARTIES:
        for form, paper in PAGE_PAPERS.items():
            yield f"page of {name} as {form}", paper.make(getattr(it, name), TODAY, "iso")
    for papers in (PARTNER_PAPERS, AGREEMENT_PAPERS):
        for paper in papers.values():
            yield paper.title, paper.make(it.plan, TODAY, "iso")
    for form, paper in CHART_PAPERS.items():
        yield f"chart as {form}", paper.make("", TODAY, "iso")
    for leaver in (it.ana, it.ben, it.finn, it.cleo):
        order = replace(handover_of(leaver, TODAY + timedelta(days=9)), successor=it.dana)
        note = handover_note(order, handover_moves(order), TODAY, onboarding=ONBOARDING)
        for form in ("text", "md", "html"):
            yield f"handover as {form}", paper_bytes(note, form)


def test_no_contact_no_remark_and_nothing_candid_leaves_the_house(secretive: PeopleWorld, tmp_path: Path) -> None:
    assert (tmp_path / "people.db").read_bytes().count(SECRET.encode()) > 60  # it is all there to be told
    seen = 0
    for name, content in papers_without_contacts(secretive):
        text = content.decode().replace("\r\n ", "")
        assert SECRET not in text, name
        for told in ("@", "01632", "07700", "7700 900001", "Quay Street"):
            # Rules of style and the address of the vocabulary of pictures are no contact details.
            assert told not in text.replace("@media", "").replace("@page", "").replace("@tui-plan", ""), name
        seen += 1
    assert seen > 90


def test_the_call_down_alone_tells_how_to_reach_people(secretive: PeopleWorld) -> None:
    for form, paper in CALL_DOWN_PAPERS.items():
        content = paper.make(secretive.everybody, TODAY, "iso")
        assert f"{SECRET}finn@example.org".encode() in content.replace(b"\r\n ", b""), form
        assert b"remark" not in content
        assert b"candid" not in content


def test_how_much_was_withheld_is_told(secretive: PeopleWorld) -> None:
    assert PAGE_PAPERS["text"].make(secretive.ana, TODAY, "iso").endswith(b"1 note was withheld as candid.\n")
    assert PAGE_PAPERS["md"].make(secretive.city, TODAY, "iso").endswith(b"2 notes were withheld as candid.\n")
    assert b"1 note was withheld as candid." in PAGE_PAPERS["html"].make(secretive.cleo, TODAY, "iso")
