"""The handover note: the same before and after the handover is written, on about a page, with names alone."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from tests.people_world import FIRST, ONBOARDING, TODAY, PeopleWorld, typed
from tui_plan.exchange.document import Document
from tui_plan.exchange.document_text import document_text
from tui_plan.exchange.handover_note import handover_note
from tui_plan.insight.checklists import checklist_run, checklist_runs
from tui_plan.model.date_words import DateStyle
from tui_plan.model.people import Membership, Party
from tui_plan.model.plan import Action, Note, Role, StepObjective
from tui_plan.model.store import change
from tui_plan.model.vocabulary import Candour, PartyKind, Rating, RoleKind
from tui_plan.operations import checklists, dependencies, groups, parts, people, plans, posts
from tui_plan.operations.handover import Handover, hand_over, handover_moves, handover_of

ON = date(2026, 4, 1)


def note_before(order: Handover) -> Document:
    return handover_note(order, handover_moves(order), TODAY, onboarding=ONBOARDING)


def note_after(order: Handover) -> Document:
    moves = hand_over(typed(TODAY), order, ONBOARDING)
    return handover_note(order, moves, TODAY, onboarding=ONBOARDING)


def lines_of(paper: Document, title: str) -> list[str]:
    """Return the items below a title, those inside them included."""
    section = next((section for section in paper.sections if section.title == title), None)
    return [line for item in section.items for line in (item.text, *item.inside)] if section else []


def test_the_whole_note(world: PeopleWorld) -> None:
    plans.edit_plan(FIRST, world.plan, owner=world.ana)
    dependencies.add_dependency(FIRST, world.recruit, world.map)
    parts.add_checkpoint(FIRST, world.train, due=date(2026, 4, 2), method="Head count", reviewers=[world.registrar])
    parts.add_measure(FIRST, world.train, statement="Wardens trained", collector=world.ana)
    posts.set_alternates(FIRST, world.warden, [world.ana])
    order = Handover(world.ana, (world.registrar,), ON, world.dana, leaves=True)
    note = handover_note(order, handover_moves(order), TODAY, DateStyle.DAY_MONTH, ONBOARDING)
    assert document_text(note).splitlines() == [
        "Handover: Registrar",
        "===================",
        "From:     Ana Ruiz, who leaves on 31 Mar 2026",
        "To:       Dana Lind",
        "From day: 1 Apr 2026",
        "Post:     Registrar",
        "Plan:     Ready together",
        "As of:    16 Mar 2026",
        "",
        "OPEN ACTIONS",
        "- Preparedness",
        "  - A-1 Recruit: accountable; by 10 Mar 2026, in progress",
        "",
        "LATE OR BLOCKED",
        "! Late: A-1 (6 days)",
        "- Waiting: A-1 (for A-3)",
        "",
        "REVIEWS TO COME",
        "- A-2 Train, next on 2 Apr 2026",
        "",
        "SEATS AND LISTS",
        "- Board, deputy",
        "",
        "STANDS IN NO MORE FOR",
        "- Warden",
        "",
        "PLANS KEPT",
        "- P-1 Ready together",
        "",
        "MEASURES TO COLLECT",
        "- A-2 Wardens trained",
        "",
        "AGREEMENTS TO ASK FOR AGAIN",
        "- Ready together, version 1.0: Dana Lind",
        "",
        "FIRST STEPS",
        "- Welcome call",
        "- Briefing on the plan",
        "- Asked to agree",
        "",
        "WHO TO KNOW",
        "- Ben Okafor: A-1",
        "",
        "SAID LATELY",
        "- A-1, 3 Mar 2026, Ana Ruiz: Twelve found",
    ]


@pytest.mark.parametrize("successor", ["dana", "ben", "cleo", ""])
@pytest.mark.parametrize("personal", [True, False])
@pytest.mark.parametrize("leaver", ["ana", "ben", "finn", "cleo"])
def test_the_note_is_the_same_before_and_after(world: PeopleWorld, leaver: str, successor: str, personal: bool) -> None:
    if leaver == successor:
        successor = "gus"
    plans.edit_plan(FIRST, world.plan, owner=world.cleo)
    parts.add_checkpoint(FIRST, world.train, due=date(2026, 4, 2), method="Count", reviewers=[getattr(world, leaver)])
    parts.set_roles(FIRST, world.host, [(RoleKind.INFORMED, getattr(world, leaver)), (RoleKind.CONSULTED, world.gus)])
    order = handover_of(getattr(world, leaver), ON)
    personal = personal or not order.posts
    order = replace(order, successor=getattr(world, successor) if successor else "", personal=personal, leaves=personal)
    before = note_before(order)
    assert note_after(order) == before


def test_what_the_successor_has_done_is_no_step_any_more(world: PeopleWorld) -> None:
    order = replace(handover_of(world.registrar, ON), successor=world.dana)
    moves = hand_over(typed(TODAY), order, ONBOARDING)
    first = checklist_run(checklist_runs(world.dana)[0].uid).items[0]
    checklists.say_item(typed(TODAY), first.uid, rating=Rating.IN_PLACE)
    note = handover_note(order, moves, TODAY, onboarding=ONBOARDING)
    assert lines_of(note, "First steps") == ["Briefing on the plan", "Asked to agree"]


def test_nobody_takes_over(world: PeopleWorld) -> None:
    order = handover_of(world.ana, ON)
    note = note_before(order)
    assert ("To", "nobody yet") in note.facts
    assert lines_of(note, "Agreements to ask for again") == ["Ready together, version 1.0: whoever follows"]
    assert lines_of(note, "First steps") == []


def test_somebody_who_only_acts_is_marked(world: PeopleWorld) -> None:
    order = replace(handover_of(world.registrar, ON), successor=world.dana, acting=True)
    assert ("To", "Dana Lind (acting)") in note_before(order).facts
    assert ("From", "Ana Ruiz") in note_before(order).facts


def test_a_seat_in_the_convening_group_alone_needs_an_agreement(world: PeopleWorld) -> None:
    person = people.add_party(FIRST, PartyKind.PERSON, name="Hal Ito")
    groups.add_member(FIRST, world.officials, person)
    assert lines_of(note_before(handover_of(person, ON)), "Agreements to ask for again") == []
    groups.add_member(FIRST, world.board, person, "")
    assert lines_of(note_before(handover_of(person, ON)), "Agreements to ask for again") == [
        "Ready together, version 1.0: whoever follows"
    ]


def test_two_hundred_actions_fit_about_a_page(world: PeopleWorld) -> None:
    person = people.add_party(FIRST, PartyKind.PERSON, name="Hal Ito")
    title = "with a title that is as long as titles often are, or longer"
    with change(FIRST, "Much to do") as writer:
        objectives = writer.create_many(StepObjective, [{"area": area, "title": "Step"} for area in world.areas])
        many = [
            {
                "objective": objectives[number % 2],
                "title": f"{number} {title}",
                "agreed": TODAY + timedelta(number - 30),
            }
            for number in range(200)
        ]
        made = writer.create_many(Action, many)
        named = [{"kind": "person", "name": f"Colleague {n}", "name_key": f"colleague {n}"} for n in range(200)]
        others = writer.create_many(Party, named)
        for kind, parties in (("accountable", [person] * 200), ("responsible", others)):
            roles = zip(made, parties, strict=True)
            writer.create_many(Role, [{"action": action, "kind": kind, "party": party} for action, party in roles])
        words = {"text": "It goes on. " * 90, "candour": "shareable", "said_on": TODAY, "plan": world.plan}
        writer.create_many(Note, [{"action": action, **words} for action in made])
        lists = [{"kind": "group", "name": f"Group {n}", "name_key": f"group {n}"} for n in range(40)]
        writer.create_many(
            Membership, [{"group": group, "member": person} for group in writer.create_many(Party, lists)]
        )
    text = document_text(note_before(replace(handover_of(person, ON), successor=world.dana)))
    for words in ("and 188 more", "and 18 more", "and 35 more", "and 194 more", "and 197 more"):
        assert words in text
    assert len(text.splitlines()) <= 80


def test_candid_notes_are_counted_and_old_ones_left_out(world: PeopleWorld) -> None:
    parts.add_note(typed(TODAY), "They quarrel", today=TODAY, action=world.recruit, candour=Candour.CANDID)
    parts.add_note(typed(date(2026, 1, 12)), "Long ago", today=date(2026, 1, 12), action=world.recruit)
    note = note_before(replace(handover_of(world.registrar, ON), successor=world.dana))
    assert note.withheld == "1 note was withheld as candid."
    assert lines_of(note, "Said lately") == ["A-1, 2026-03-03, Ana Ruiz: Twelve found"]
