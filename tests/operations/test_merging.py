"""Two records of one party become one: nothing is lost, nothing names the merged one any more, undo is exact."""

from contextlib import suppress
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.model.replay import Content, everything, replayed, tables
from tests.operations.conftest import Refusal
from tests.people_steps import Step, party, steps, take
from tests.people_truth import agreed, duties
from tests.people_world import ONBOARDING, TODAY, PeopleWorld, taken_back, typed
from tests.properties import IN_A_WORLD
from tui_plan.insight.agreement import agreements
from tui_plan.insight.finding import party_choices
from tui_plan.insight.history import history
from tui_plan.insight.people_on import PeopleOn
from tui_plan.insight.roster import roster
from tui_plan.model.base import rows
from tui_plan.model.checklist import ChecklistItem
from tui_plan.model.errors import PlanError, Refused
from tui_plan.model.ledger import Change
from tui_plan.model.partnership import Agreement, Communication
from tui_plan.model.people import Alternate, ContactMethod, Membership, Party, Tenure
from tui_plan.model.places import stored_row
from tui_plan.model.plan import Plan, PlanPartner, Role
from tui_plan.model.register import RegisterEntry
from tui_plan.model.vocabulary import AgreementState, Audience, Direction, EntryKind, PartyKind, RoleKind
from tui_plan.operations import (
    checklists,
    communications,
    contacts,
    groups,
    meetings,
    parts,
    people,
    plans,
    posts,
    register,
)
from tui_plan.operations.agreements import record_agreement
from tui_plan.operations.merging import merge_parties
from tui_plan.operations.undoing import redo, undo

ME = typed(TODAY)


@pytest.fixture
def twin(world: PeopleWorld) -> str:
    """A second record of Ana, named wherever a person can be named."""
    uid = people.add_party(
        ME,
        PartyKind.PERSON,
        name="A. Ruiz",
        organisation=world.city,
        remarks="From the sheet",
        hear_every=60,
        login="aru",
    )
    contacts.add_contact(ME, uid, kind="email", value="a.ruiz@example.org")
    posts.add_tenure(ME, world.chief, uid, start=date(2026, 3, 1))
    posts.set_alternates(ME, world.warden, [uid])
    groups.add_member(ME, world.panel, uid, "secretary")
    plans.edit_plan(ME, world.plan, owner=uid)
    parts.add_role(ME, [world.host], RoleKind.RESPONSIBLE, uid)
    parts.add_measure(ME, world.host, statement="Wardens", collector=uid)
    parts.add_checkpoint(ME, world.host, due=TODAY, reviewers=[uid])
    parts.add_note(typed(TODAY, said_by=uid, channel="phone"), "Soon", today=TODAY, action=world.host)
    record_agreement(ME, world.plan, [uid], today=TODAY, state=AgreementState.AGREED)
    communications.record_communication(ME, [uid], Direction.TOLD, on=TODAY, today=TODAY)
    checklists.start_checklist(ME, ONBOARDING, checklists.About(party=uid), on=TODAY)
    checklists.start_drill(ME, world.panel, [uid, world.gus], on=TODAY)
    register.add_entry(ME, kind=EntryKind.CHAMPION, title="Backs it", party=uid, on=TODAY)
    return uid


def naming(uid: str) -> set[tuple[str, str]]:
    """Return in which fields of which tables a uid stands, as a reference or as text."""
    return {
        (table, field)
        for table, many in tables().items()
        for row in many.values()
        for field, value in row.items()
        if value == uid
    }


def names(model: Any, column: Any, **values: str) -> list[Any]:
    query = model.select(column)
    for name, value in values.items():
        query = query.where(getattr(model, name) == value)
    return sorted(value for (value,) in rows(query))


def test_everything_that_named_one_names_the_other(world: PeopleWorld, twin: str) -> None:
    before = naming(twin)
    assert len(before) == 14
    merge_parties(ME, world.ana, twin)
    assert naming(twin) == set()
    assert before <= naming(world.ana)
    assert stored_row(Party, twin)["merged_into"] == world.ana


def test_what_one_does_not_say_comes_from_the_other(world: PeopleWorld, twin: str) -> None:
    people.edit_party(ME, twin, audience=Audience.LEADERS, joined_on=date(2020, 1, 1))
    merge_parties(ME, world.ana, twin)
    row = stored_row(Party, world.ana)
    assert (row["name"], row["organisation"], row["login"]) == ("Ana Ruiz", world.college, "ana")
    assert (row["remarks"], row["hear_every"], row["audience"], row["joined_on"]) == (
        "From the sheet",
        60,
        "other community leaders",
        "2020-01-01",
    )
    gone = stored_row(Party, twin)
    assert (gone["name"], gone["login"], gone["organisation"]) == ("A. Ruiz", "", None)
    people.edit_party(ME, world.cleo, login="aru")


def test_the_change_is_one_and_undone_exactly(world: PeopleWorld, twin: str) -> None:
    before, changes = tables(), Change.select().count()
    moved = merge_parties(ME, world.ana, twin)
    after = tables()
    assert moved == 14
    assert Change.select().count() == changes + 1
    assert history()[0].summary == "Merged “A. Ruiz” into “Ana Ruiz”"
    undo(ME)
    assert tables() == before
    redo(ME)
    assert tables() == after


def test_merged_records_show_nowhere_but_in_the_history(world: PeopleWorld, twin: str) -> None:
    merge_parties(ME, world.ana, twin)
    assert twin not in {row.uid for row in roster(TODAY)}
    assert twin not in {choice.uid for choice in party_choices()}
    assert twin not in {line.uid for line in agreements(world.plan, TODAY).lines}
    assert twin not in PeopleOn(TODAY).parties
    assert any(line.said_by == "A. Ruiz" for line in history())
    people.add_party(ME, PartyKind.ORGANISATION, name="Twin College")


def test_what_was_merged_before_leads_on(world: PeopleWorld) -> None:
    first, second = (people.add_party(ME, PartyKind.PERSON, name=name) for name in ("A. R.", "Ana R."))
    merge_parties(ME, second, first)
    merge_parties(ME, world.ana, second)
    assert names(Party, Party.merged_into, uid=first) == names(Party, Party.merged_into, uid=second) == [world.ana]


def test_the_name_of_a_merged_organisation_is_free_again(world: PeopleWorld) -> None:
    twin = people.add_party(ME, PartyKind.ORGANISATION, name="The City")
    merge_parties(ME, world.city, twin)
    people.add_party(ME, PartyKind.ORGANISATION, name="The City")
    with pytest.raises(Refused, match="beside what was changed since"):
        undo(ME, int(rows(Change.select(Change.id).order_by(Change.id.desc()).limit(2))[1][0]))


# Where both have one


def test_the_same_seat_role_and_partner_are_there_once(world: PeopleWorld) -> None:
    twin = people.add_party(ME, PartyKind.PERSON, name="B. Okafor")
    parts.add_role(ME, [world.recruit], RoleKind.RESPONSIBLE, twin)
    groups.add_member(ME, world.panel, twin, "secretary")
    groups.add_member(ME, world.panel, world.ben, "deputy")
    posts.set_alternates(ME, world.chief, [world.ben, twin])
    merge_parties(ME, world.ben, twin)
    assert names(Role, Role.kind, action=world.recruit, party=world.ben) == ["responsible"]
    assert names(Membership, Membership.seat, group=world.panel, member=world.ben) == ["deputy, secretary"]
    assert names(Alternate, Alternate.rank, post=world.chief) == [1]
    twin = people.add_party(ME, PartyKind.ORGANISATION, name="City of Northfield")
    plans.set_partners(ME, world.plan, [twin, world.city])
    merge_parties(ME, world.city, twin)
    assert names(PlanPartner, PlanPartner.organisation, plan=world.plan) == [world.city]


def test_ways_to_reach_them_come_behind_and_are_there_once(world: PeopleWorld) -> None:
    twin = people.add_party(ME, PartyKind.PERSON, name="A. Ruiz")
    contacts.add_contact(ME, twin, kind="phone", value="123")
    contacts.add_contact(ME, twin, kind="email", value="ana@college.example.org", verified_on=date(2026, 3, 1))
    contacts.add_contact(ME, twin, kind="mobile", value="456")
    merge_parties(ME, world.ana, twin)
    fields = (ContactMethod.rank, ContactMethod.value, ContactMethod.verified_on)
    assert rows(ContactMethod.select(*fields).where(ContactMethod.party == world.ana).order_by(ContactMethod.rank)) == [
        (1, "ana@college.example.org", date(2026, 3, 1)),
        (2, "+44 7700 900001", None),
        (3, "1 Quay Street", None),
        (4, "123", None),
        (5, "456", None),
    ]


def test_tenures_that_overlap_become_one_that_holds_all_days(world: PeopleWorld) -> None:
    twin = people.add_party(ME, PartyKind.PERSON, name="A. Ruiz")
    posts.edit_tenure(ME, tenure_of(world.registrar, world.eve), acting=True)
    for start, end, acting in (
        (date(2024, 1, 1), date(2024, 6, 1), False),
        (date(2024, 7, 1), date(2024, 12, 31), True),
    ):
        posts.add_tenure(ME, world.registrar, twin, start=start, end=end, acting=acting)
    posts.add_tenure(ME, world.chief, twin, start=date(2026, 2, 1), end=date(2026, 2, 20))
    posts.add_tenure(ME, world.chief, twin, start=date(2026, 3, 10))
    posts.add_tenure(ME, world.chief, world.ana, start=date(2026, 2, 10), end=date(2026, 3, 9), acting=True)
    before = held_days(tables(), {world.ana, twin})
    merge_parties(ME, world.ana, twin)
    assert held_days(tables(), {world.ana}) == before
    found = Tenure.select(Tenure.start, Tenure.end, Tenure.acting).where(
        (Tenure.person == world.ana) & (Tenure.post == world.registrar)
    )
    assert rows(found.order_by(Tenure.start)) == [
        (date(2024, 1, 1), date(2024, 6, 1), False),
        (date(2024, 7, 1), date(2024, 12, 31), True),
        (date(2025, 1, 1), None, False),
    ]


def tenure_of(post: str, person: str) -> str:
    return str(rows(Tenure.select(Tenure.uid).where((Tenure.post == post) & (Tenure.person == person)))[0][0])


def held_days(now: Content, persons: set[str]) -> set[tuple[str, bool, str]]:
    """Return on which days which post was held by any of these persons."""
    first = date(2023, 12, 1)
    days = [(first + timedelta(days=shift)).isoformat() for shift in range(900)]
    return {
        (row["post"], bool(row["acting"]), day)
        for row in now["tenure"].values()
        if row["person"] in persons
        for day in days
        if (row["start"] or "") <= day <= (row["end"] or "9999")
    }


@pytest.mark.parametrize(
    ("own", "theirs", "left"),
    [
        ("agreed", "asked", "agreed"),
        ("asked", "agreed", "agreed"),
        ("declined", "lapsed", "declined"),
        (None, "declined", "declined"),
        ("asked", "declined", "asked"),
    ],
)
def test_of_two_agreements_the_one_that_binds_stays(world: PeopleWorld, own: str, theirs: str, left: str) -> None:
    first, second = (people.add_party(ME, PartyKind.PERSON, name=name) for name in ("One", "Two"))
    if own:
        record_agreement(ME, world.plan, [first], today=TODAY, state=own)
    plans.edit_plan(ME, world.plan, version="1.5")
    record_agreement(ME, world.plan, [second], today=TODAY, state=theirs)
    merge_parties(ME, first, second)
    assert names(Agreement, Agreement.state, party=first) == [left]


def test_editions_are_kept_apart(world: PeopleWorld) -> None:
    twin = people.add_party(ME, PartyKind.PERSON, name="A. Ruiz")
    plans.edit_plan(ME, world.plan, version="2.0")
    record_agreement(ME, world.plan, [twin], today=TODAY, state=AgreementState.AGREED)
    merge_parties(ME, world.ana, twin)
    assert names(Agreement, Agreement.version, party=world.ana) == ["1.0", "2.0"]


def test_an_agreement_lapses_that_does_not_cover_what_both_answer_for(world: PeopleWorld) -> None:
    twin = people.add_party(ME, PartyKind.PERSON, name="A. Ruiz")
    parts.add_role(ME, [world.host], RoleKind.RESPONSIBLE, twin)
    with taken_back():
        merge_parties(ME, world.ana, twin)
        assert names(Agreement, Agreement.state, party=world.ana) == ["lapsed"]
    record_agreement(ME, world.plan, [twin], today=TODAY, state=AgreementState.AGREED)
    merge_parties(ME, world.ana, twin)
    assert names(Agreement, Agreement.state, party=world.ana) == ["agreed"]


def test_two_convening_groups_that_become_one_lapse_nobody(world: PeopleWorld) -> None:
    twin = people.add_party(ME, PartyKind.GROUP, name="The board")
    groups.add_member(ME, twin, world.ana)
    merge_parties(ME, twin, world.board)
    assert names(Plan, Plan.convening_group) == [twin]
    assert "lapsed" not in names(Agreement, Agreement.state)
    assert names(Membership, Membership.seat, group=twin, member=world.ana) == ["deputy"]


def test_a_drill_calls_whom_it_called(world: PeopleWorld, twin: str) -> None:
    merge_parties(ME, world.ana, twin)
    assert (world.ana, world.ana) in rows(ChecklistItem.select(ChecklistItem.key, ChecklistItem.party))
    assert names(Communication, Communication.direction, party=world.ana) == ["told"]
    assert names(RegisterEntry, RegisterEntry.title, party=world.ana) == ["Backs it"]


# What cannot be


def test_what_cannot_be_merged(world: PeopleWorld, refused: Refusal) -> None:
    assert refused(merge_parties, ME, world.ana, world.ana) == {
        "other": "These are one record already: choose another to merge it with."
    }
    assert refused(merge_parties, ME, world.ana, world.city) == {
        "other": "An organisation cannot become a person: merge two of one kind."
    }
    assert refused(merge_parties, ME, world.ana, "nobody") == {"": "There is no such party in this database."}
    merge_parties(ME, world.ana, world.ben)
    for kept, other in ((world.cleo, world.ben), (world.ben, world.cleo)):
        assert refused(merge_parties, ME, kept, other) == {
            "other": "“Ben Okafor” was merged already; open what it became."
        }


def test_what_would_contradict_itself_is_refused(world: PeopleWorld, refused: Refusal) -> None:
    assert refused(merge_parties, ME, world.mayor, world.registrar) == {
        "start": "Eve Nakamura and Ben Okafor would both hold “Mayor” on 2024-06-01: "
        "end the one before, or say that one is acting."
    }
    below = people.add_party(ME, PartyKind.ORGANISATION, name="Rooms Ltd", organisation=world.trust)
    assert refused(merge_parties, ME, world.city, below) == {
        "organisation": "This organisation would belong to itself in the end."
    }
    clerk = people.add_party(ME, PartyKind.POST, name="Clerk", reports_to=world.chief)
    assert refused(merge_parties, ME, world.mayor, clerk) == {
        "reports_to": "This post would report to itself in the end; choose another."
    }
    outer, inner = (people.add_party(ME, PartyKind.GROUP, name=name) for name in ("Outer", "Inner"))
    groups.add_member(ME, outer, world.everybody)
    groups.add_member(ME, world.panel, inner)
    assert refused(merge_parties, ME, inner, outer) == {
        "member": "A group cannot be a member of itself, directly or through another group."
    }
    posts.set_alternates(ME, world.warden, [world.ana, world.cleo])
    assert refused(merge_parties, ME, world.chief, world.warden) == {
        "alternates": "A post has 3 alternates at most; leave 1 out."
    }


def test_posts_that_stand_above_each_other_become_one(world: PeopleWorld) -> None:
    merge_parties(ME, world.chief, people.add_party(ME, PartyKind.POST, name="Fire chief", reports_to=world.chief))
    assert stored_row(Party, world.chief)["reports_to"] == world.mayor
    posts.edit_tenure(ME, tenure_of(world.chief, world.eve), end=date(2025, 1, 1))
    part = people.add_party(ME, PartyKind.ORGANISATION, name="City works", organisation=world.city)
    merge_parties(ME, world.city, part)
    merge_parties(ME, world.trust, world.city)
    assert stored_row(Party, world.trust)["organisation"] is None


def test_a_merged_record_is_named_nowhere_again(world: PeopleWorld, refused: Refusal) -> None:
    merge_parties(ME, world.ana, world.dana)
    sentence = "“Dana Lind” was merged into “Ana Ruiz”: choose that one."
    asked: list[tuple[Any, ...]] = [
        (parts.add_role, [world.host], RoleKind.RESPONSIBLE, world.dana),
        (parts.set_roles, world.host, [(RoleKind.INFORMED, world.dana)]),
        (groups.add_member, world.panel, world.dana),
        (posts.set_alternates, world.chief, [world.dana]),
    ]
    for operation, *values in asked:
        assert list(refused(operation, ME, *values).values()) == [sentence]
    assert refused(posts.add_tenure, ME, world.chief, world.dana, start=TODAY) == {"person": sentence}
    assert refused(plans.edit_plan, ME, world.plan, owner=world.dana) == {"owner": sentence}
    assert refused(contacts.add_contact, ME, world.dana, kind="phone", value="1") == {"party": sentence}
    assert refused(record_agreement, ME, world.plan, [world.dana], today=TODAY, state="agreed") == {"party": sentence}
    assert refused(people.edit_party, ME, world.dana, name="Dana") == {"": sentence}
    said = typed(TODAY, said_by=world.dana)
    assert refused(parts.add_note, said, "Hello", today=TODAY, plan=world.plan) == {"said_by": sentence}
    series = {"title": "M", "timezone": "UTC", "rule": "FREQ=WEEKLY;BYDAY=MO", "start_day": TODAY}
    twin = people.add_party(ME, PartyKind.GROUP, name="Twin")
    merge_parties(ME, world.board, twin)
    assert refused(meetings.add_series, ME, world.plan, group=twin, **series) == {
        "group": "“Twin” was merged into “Board”: choose that one."
    }


def test_an_old_change_cannot_bring_a_merged_record_back(world: PeopleWorld, refused: Refusal) -> None:
    groups.add_member(ME, world.officials, world.dana)
    seat = rows(Membership.select(Membership.uid).where(Membership.group == world.officials))[0][0]
    groups.remove_member(ME, seat)
    number = int(rows(Change.select(Change.id).order_by(Change.id.desc()).limit(1))[0][0])
    merge_parties(ME, world.ana, world.dana)
    assert list(refused(undo, ME, number).values()) == ["“Dana Lind” was merged into “Ana Ruiz”: choose that one."]


def test_what_was_merged_goes_with_what_it_became(world: PeopleWorld, refused: Refusal) -> None:
    one, two = (people.add_party(ME, PartyKind.PERSON, name=name) for name in ("One", "Two"))
    merge_parties(ME, one, two)
    people.remove_party(ME, one)
    assert {one, two} & tables()["party"].keys() == set()
    undo(ME)
    parts.add_note(typed(TODAY, said_by=one), "Hello", today=TODAY, plan=world.plan)
    undo(ME)
    assert refused(people.remove_party, ME, one) == {
        "": "“One” cannot be removed: changes in the history rest on their word."
    }


# Properties


@settings(IN_A_WORLD, max_examples=30)
@given(many=steps(most=8), one=st.integers(0, 23), two=st.integers(0, 23))
def test_a_merge_leaves_no_trace_and_undo_restores_all(
    world: PeopleWorld, many: list[Step], one: int, two: int
) -> None:
    with taken_back():
        take(many)
        kept = party(one)
        other = party(two, PartyKind(stored_row(Party, kept)["kind"]))
        before, whole = tables(), everything()
        with suppress(PlanError):
            merge_parties(ME, kept, other)
        if everything() == whole:
            return
        now = tables()
        assert now == replayed()
        assert naming(other) == set()
        assert_agreement_is_covered(world, before, now, kept, other)
        assert lost(before, now, kept, other) == set()
        undo(ME)
        assert tables() == before


def assert_agreement_is_covered(world: PeopleWorld, before: Content, now: Content, kept: str, other: str) -> None:
    """Who agreed as two has agreed as one only to what either record agreed to."""
    if kept in agreed(now, world.plan):
        had = duties(before, world.plan, TODAY.isoformat())
        covered = {what for one in {kept, other} & agreed(before, world.plan) for what in had.get(one, set())}
        has = duties(now, world.plan, TODAY.isoformat()).get(kept, set())
        assert has <= {(kind, kept if uid == other else uid) for kind, uid in covered}


def lost(before: Content, now: Content, kept: str, other: str) -> set[tuple[str, ...]]:
    """Return roles, seats and days of office that somebody had and nobody has."""

    def had(content: Content) -> set[tuple[str, ...]]:
        became = {other: kept}
        roles = {("role", r["action"], r["kind"], became.get(r["party"], r["party"])) for r in content["role"].values()}
        seats = {
            ("seat", became.get(r["group"], r["group"]), became.get(r["member"], r["member"]))
            for r in content["membership"].values()
        }
        reach = {("reach", r["kind"], r["value"]) for r in content["contact_method"].values()}
        return roles | {seat for seat in seats if seat[1] != seat[2]} | reach

    return had(before) - had(now)
