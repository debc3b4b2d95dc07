"""A page for anybody: what is theirs and what is late, and the same as a calendar."""

from datetime import date, datetime, time, timedelta

import pytest
from icalendar import Calendar

from tests.people_world import FIRST, TODAY, PeopleWorld, typed
from tui_plan.exchange.document_text import document_text
from tui_plan.exchange.personal_page import personal_calendar, personal_page
from tui_plan.insight.checklists import checklist_run
from tui_plan.model.date_words import DateStyle
from tui_plan.model.errors import NotFound
from tui_plan.model.vocabulary import Candour, ChecklistKind, MeetingStatus, PartyKind, RoleKind, Status
from tui_plan.operations import (
    actions,
    assessing,
    checklists,
    dependencies,
    groups,
    meetings,
    merging,
    parts,
    people,
    plans,
    stages,
)

MEETINGS = "My meetings until 2026-05-11"


def meet(it: PeopleWorld, group: str, title: str = "Review", start: date = date(2026, 3, 19)) -> str:
    return meetings.add_series(
        FIRST,
        it.plan,
        title=title,
        kind="review meeting",
        group=group,
        start_day=start,
        start_time="16:00",
        timezone="Europe/London",
        rule="FREQ=WEEKLY;INTERVAL=4;BYDAY=TH",
        place="Town hall",
    )


def section(party: str, title: str) -> list[str]:
    """Return the lines below a title of the page as text."""
    blocks = document_text(personal_page(party, TODAY), 200).split("\n\n")
    return next((block.splitlines()[1:] for block in blocks if block.splitlines()[0] == title.upper()), [])


def titles(party: str) -> set[str]:
    """Return the titles in somebody's calendar, without the words that say what each is."""
    events = Calendar.from_ical(personal_calendar(party, TODAY)).walk("VEVENT")
    return {str(event["SUMMARY"]).rpartition(": ")[2] for event in events}


def test_the_whole_page(world: PeopleWorld) -> None:
    meet(world, world.board)
    parts.add_checkpoint(FIRST, world.train, due=date(2026, 4, 2), method="Head count", reviewers=[world.registrar])
    parts.add_checkpoint(FIRST, world.map, due=date(2026, 3, 12), method="A look at it", reviewers=[world.ana])
    dependencies.add_dependency(FIRST, world.recruit, world.map)
    parts.set_roles(FIRST, world.host, [(RoleKind.CONSULTED, world.board)])
    parts.add_note(typed(TODAY), "They quarrel", today=TODAY, action=world.recruit, candour=Candour.CANDID)
    parts.set_roles(FIRST, world.printed, [(RoleKind.ACCOUNTABLE, world.ana)])
    assert document_text(personal_page(world.ana, TODAY, DateStyle.DAY_MONTH)).splitlines() == [
        "Ana Ruiz",
        "========",
        "Organisation: Harbour College",
        "Post:         Registrar (since 1 Jan 2025)",
        "Plan:         Ready together",
        "Date:         16 Mar 2026",
        "",
        "MY ACTIONS",
        "  Day          Action       Role                  State",
        "  -----------  -----------  --------------------  ------------------------------",
        "! 10 Mar 2026  A-1 Recruit  accountable           in progress, 6 days late,",
        "                            (Registrar)           waits for A-3",
        "  no date      A-5 Host     consulted (Board)     not started",
        "",
        "MY REVIEWS",
        "  Day          Action     How",
        "  -----------  ---------  ------------",
        "! 12 Mar 2026  A-3 Map    A look at it",
        "  2 Apr 2026   A-2 Train  Head count",
        "",
        "MY MEETINGS UNTIL 11 MAY 2026",
        "  When                    Meeting     Group  Place",
        "  ----------------------  ----------  -----  ---------",
        "  Thu 19 Mar 2026, 16:00  M-1 Review  Board  Town hall",
        "  Thu 16 Apr 2026, 16:00  M-1 Review  Board  Town hall",
        "",
        "MY GROUPS",
        "- Board (deputy): Mayor (Ben Okafor), Cleo Marsh",
        "- Owners (by rule): Cleo Marsh",
        "",
        "WHO ELSE IS IN THESE ACTIONS",
        "- Ben Okafor: A-1",
        "",
        "SAID ABOUT THESE ACTIONS",
        "- A-1, 3 Mar 2026, Ana Ruiz: Twelve found",
        "",
        "DONE WITH",
        "- A-4 Print: complete 20 Jan 2026",
        "",
        "1 note was withheld as candid.",
    ]


def test_what_is_open_comes_by_date_and_what_is_late_is_marked(world: PeopleWorld) -> None:
    for title, agreed in (("Later", date(2026, 5, 1)), ("Sooner", date(2026, 3, 20)), ("Whenever", None)):
        made = actions.add_action(FIRST, _objective(world), today=TODAY, title=title, agreed=agreed)
        parts.set_roles(FIRST, made, [(RoleKind.RESPONSIBLE, world.ana)])
    table = personal_page(world.ana, TODAY).sections[0].table
    assert table is not None
    assert [row.cells[1].split(" ", 1)[1] for row in table.rows] == ["Recruit", "Sooner", "Later", "Whenever"]
    assert [row.marked for row in table.rows] == [True, False, False, False]


def _objective(it: PeopleWorld) -> str:
    return plans.add_objective(FIRST, it.areas[0], title="More")


def test_a_deferred_action_is_still_theirs_and_a_withdrawn_one_is_done_with(world: PeopleWorld) -> None:
    actions.set_status(typed(TODAY), [world.train], Status.DEFERRED, today=TODAY)
    actions.set_status(typed(TODAY), [world.recruit], Status.WITHDRAWN, today=TODAY)
    assert [line.split()[-1] for line in section(world.cleo, "My actions")[2:]] == ["deferred"]
    assert section(world.ana, "Done with") == ["- A-1 Recruit: withdrawn"]
    assert section(world.ana, "My actions") == ["  Nothing is open."]


def test_meetings_are_those_of_groups_that_they_sit_in_by_name_by_post_and_by_rule(world: PeopleWorld) -> None:
    for group, title in ((world.board, "Board"), (world.owners, "Owners"), (world.officials, "Officials")):
        meet(world, group, title)
    alone = datetime.combine(date(2026, 3, 20), time(9))
    meetings.add_meeting(FIRST, world.plan, title="Alone", kind="workshop", start=alone, timezone="UTC")
    told = {name: section(getattr(world, name), MEETINGS)[2:] for name in ("ana", "ben", "cleo", "dana", "gus")}
    seen = {name: [line.split("  ")[2].split()[1] for line in lines] for name, lines in told.items()}
    assert seen == {
        "ana": ["Board", "Owners", "Board", "Owners"],
        "ben": ["Board", "Officials", "Board", "Officials"],  # as mayor
        "cleo": ["Board", "Owners", "Board", "Owners"],
        "dana": ["Officials", "Officials"],
        "gus": [],
    }
    assert {"Board", "Owners"} <= titles(world.ana)
    assert {"Board", "Officials"} <= titles(world.ben)
    assert titles(world.gus).isdisjoint({"Board", "Owners", "Officials", "Alone"})


def test_meetings_of_a_group_around_their_group_count_too(world: PeopleWorld) -> None:
    meet(world, world.everybody, "All hands")
    assert "All hands" in titles(world.finn)
    assert any("All hands" in line for line in section(world.finn, MEETINGS))
    assert any("All hands" in line for line in section(world.panel, "Meetings until 2026-05-11"))


def test_a_meeting_that_was_moved_or_cancelled_says_so_and_only_eight_weeks_are_told(world: PeopleWorld) -> None:
    series = meet(world, world.board)
    planned = datetime.combine(date(2026, 3, 19), time(16))
    meetings.set_occurrence(FIRST, series, planned, start=planned + timedelta(days=1))
    meetings.set_occurrence(FIRST, series, planned + timedelta(weeks=4), status=MeetingStatus.CANCELLED)
    lines = section(world.cleo, MEETINGS)[2:]
    assert [" ".join(line.split()) for line in lines] == [
        "Fri 2026-03-20, 16:00 M-2 Review (moved from 2026-03-19) Board Town hall",
        "Thu 2026-04-16, 16:00 M-3 Review (cancelled) Board Town hall",
    ]


def test_checklists_tell_what_is_left_to_do(world: PeopleWorld) -> None:
    assert section(world.finn, "My checklists") == [
        "! C-1 Welcome: 0 of 3 done, due 2026-03-04, 12 days late",
        "  - Welcome call",
        "  - Briefing on the plan",
        "  - Asked to agree",
    ]
    assert section(world.warden, "Checklists") == []


@pytest.mark.parametrize(
    ("who", "refs"),
    [
        ("registrar", {"A-1"}),
        ("chief", {"A-3"}),
        ("panel", {"A-2"}),
        ("city", {"A-1", "A-3"}),
        ("gus", {"A-2"}),
        ("trust", {"A-3"}),
    ],
)
def test_the_page_and_the_calendar_cover_the_same(world: PeopleWorld, who: str, refs: set[str]) -> None:
    party = getattr(world, who)
    title = "My actions" if who == "gus" else "Actions"
    lines = section(party, title)[2:]
    assert {word for line in lines for word in line.split() if word.startswith("A-")} == refs
    named = {"A-1": "Recruit", "A-2": "Train", "A-3": "Map"}
    assert titles(party) >= {named[ref] for ref in refs}


def test_a_post_says_who_holds_it_and_a_group_who_sits_in_it(world: PeopleWorld) -> None:
    assert ("Held by", "vacant") in personal_page(world.chief, TODAY).facts
    assert ("Held by", "Ana Ruiz") in personal_page(world.registrar, TODAY).facts
    assert section(world.board, "Who sits in it") == ["- Board: Mayor (Ben Okafor), Ana Ruiz, Cleo Marsh"]


def test_several_plans_are_named_at_each_action(world: PeopleWorld) -> None:
    other = plans.add_plan(FIRST, name="Second plan")
    objective = plans.add_objective(FIRST, plans.add_area(FIRST, other, title="Area"), title="Step")
    made = actions.add_action(FIRST, objective, today=TODAY, title="Elsewhere")
    parts.set_roles(FIRST, made, [(RoleKind.RESPONSIBLE, world.ana)])
    page = personal_page(world.ana, TODAY)
    assert ("Plans", "Ready together; Second plan") in page.facts
    assert page.sections[0].table is not None
    assert [row.cells[1] for row in page.sections[0].table.rows] == [
        "A-1 Recruit (Ready together)",
        "A-6 Elsewhere (Second plan)",
    ]


def test_somebody_with_nothing_has_a_page_all_the_same(world: PeopleWorld) -> None:
    stranger = people.add_party(FIRST, PartyKind.PERSON, name="Zoe")
    assert document_text(personal_page(stranger, TODAY)).splitlines()[3:] == [
        "",
        "MY ACTIONS",
        "  Nothing is open.",
        "",
        "MY MEETINGS",
        "  None until 2026-05-11.",
    ]


def test_long_lists_say_how_many_more(world: PeopleWorld) -> None:
    for number in range(15):
        person = people.add_party(FIRST, PartyKind.PERSON, name=f"Person {number:02}")
        groups.add_member(FIRST, world.panel, person)
    assert section(world.finn, "My groups")[1].endswith("Person 09, Person 10, and 4 more")


def test_who_is_gone_or_was_merged_is_told(world: PeopleWorld) -> None:
    with pytest.raises(NotFound, match="no longer there"):
        personal_page("0" * 32, TODAY)
    twin = people.add_party(FIRST, PartyKind.PERSON, name="Ana Ruis")
    merging.merge_parties(FIRST, world.ana, twin)
    with pytest.raises(NotFound, match="was merged into"):
        personal_calendar(twin, TODAY)
    with pytest.raises(NotFound, match="was merged into"):
        personal_page(twin, TODAY)


def test_of_an_assessment_what_is_rated_is_done_with(world: PeopleWorld) -> None:
    kind = ChecklistKind.STAGE
    template = checklists.Template("pilot", "Pilot", kind, tuple(checklists.TemplateItem(key, key) for key in "abc"))
    stage = stages.add_stage(FIRST, world.plan, kind="piloting", started_on=TODAY)
    run = assessing.start_assessment(FIRST, template, stage, on=TODAY, party=world.college)
    checklists.say_item(FIRST, checklist_run(run).items[1].uid, rating="not yet", challenges="Nobody came")
    assert section(world.college, "Checklists") == ["- C-2 Piloting: Harbour College: 1 of 3 rated", "  - a", "  - c"]
