"""Handover: all that rests on somebody goes in one change, as was said beforehand, and one undo restores it all."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.model.replay import Content, everything, replayed, tables
from tests.operations.conftest import Refusal
from tests.people_steps import Step, party, steps, take
from tests.people_truth import agreed, duties, sitting
from tests.people_world import ONBOARDING, TODAY, PeopleWorld, taken_back, typed
from tests.properties import IN_A_WORLD
from tui_plan.insight.history import history
from tui_plan.insight.people_on import PeopleOn
from tui_plan.model.base import rows
from tui_plan.model.checklist import ChecklistItem, ChecklistRun
from tui_plan.model.errors import PlanError
from tui_plan.model.ledger import Change
from tui_plan.model.partnership import Agreement
from tui_plan.model.people import Alternate, Membership, Party, Tenure
from tui_plan.model.places import stored_row
from tui_plan.model.plan import OutcomeMeasure, Plan, Role
from tui_plan.model.vocabulary import AgreementState, PartyKind, RoleKind, Status
from tui_plan.operations import actions, groups, merging, parts, people, plans, posts
from tui_plan.operations.agreements import record_agreement
from tui_plan.operations.handover import Handover, Move, hand_over, handover_moves, handover_of
from tui_plan.operations.undoing import redo, undo

ME = typed(TODAY)
ON = TODAY
LAST = TODAY - timedelta(days=1)


@pytest.fixture
def laden(world: PeopleWorld) -> PeopleWorld:
    """Ana carries one of everything by name, beside what comes with the registrar's post."""
    plans.edit_plan(ME, world.plan, owner=world.ana)
    parts.add_role(ME, [world.map, world.printed], RoleKind.RESPONSIBLE, world.ana)
    parts.add_measure(ME, world.host, statement="Wardens trained", collector=world.ana)
    parts.add_checkpoint(ME, world.host, due=ON, reviewers=[world.ana])
    held = parts.add_checkpoint(ME, world.host, due=LAST, reviewers=[world.ana])
    parts.edit_checkpoint(ME, held, held_on=LAST)
    groups.add_member(ME, world.panel, world.registrar)
    posts.set_alternates(ME, world.mayor, [world.ana])
    record_agreement(ME, world.plan, [world.ana], today=TODAY, state=AgreementState.AGREED)
    return world


def full(it: PeopleWorld, **values: Any) -> Handover:
    return replace(handover_of(it.ana, ON), **{"successor": it.dana, **values})


def told(moves: Iterable[Move]) -> list[tuple[str, str, str, str, bool]]:
    return [(move.kind, move.ref, move.what, move.to, move.follows) for move in moves]


def names(model: Any, column: Any, **values: object) -> list[Any]:
    query = model.select(column)
    for name, value in values.items():
        query = query.where(getattr(model, name) == value)
    return sorted(value for (value,) in rows(query))


def holders(post: str, day: date = ON) -> list[tuple[str, bool]]:
    return [(held.person, held.acting) for held in PeopleOn(day).holdings.get(post, ())]


# To begin with


def test_a_person_hands_over_all_posts_and_leaves(world: PeopleWorld) -> None:
    order = handover_of(world.ben, ON)
    assert order == Handover(world.ben, (world.mayor,), ON, leaves=True)
    assert (order.last_day, order.to) == (LAST, world.mayor)
    assert handover_of(world.cleo, ON) == Handover(world.cleo, (), ON, leaves=True)


def test_a_post_is_handed_over_by_its_holder_who_stays(world: PeopleWorld) -> None:
    assert handover_of(world.registrar, ON) == Handover(world.ana, (world.registrar,), ON, personal=False)
    assert handover_of(world.warden, ON).leaver == world.finn
    posts.add_tenure(ME, world.registrar, world.cleo, start=date(2026, 1, 1), acting=True)
    assert handover_of(world.registrar, ON).leaver == world.ana


def test_a_tenure_that_ends_with_the_day_before_is_handed_over(world: PeopleWorld) -> None:
    posts.edit_tenure(ME, tenure(world.registrar, world.ana), end=LAST)
    assert handover_of(world.ana, ON).posts == (world.registrar,)
    assert handover_of(world.registrar, ON).leaver == world.ana
    hand_over(ME, full(world))
    assert holders(world.registrar) == [(world.dana, False)]


def test_what_cannot_be_handed_over(world: PeopleWorld, refused: Refusal) -> None:
    assert refused(handover_of, world.chief, ON) == {
        "": "Nobody holds “Chief” on 2026-03-16: record its new holder instead."
    }
    assert refused(handover_of, world.city, ON) == {
        "": "Only a person or a post is handed over; “Northfield City” is an organisation."
    }
    assert refused(handover_of, world.board, ON) == {"": "Only a person or a post is handed over; “Board” is a group."}
    assert refused(handover_of, "nobody", ON) == {"": "There is no such party in this database."}
    merging.merge_parties(ME, world.ana, world.dana)
    assert refused(handover_of, world.dana, ON) == {"": "“Dana Lind” was merged into “Ana Ruiz”: choose that one."}


def tenure(post: str, person: str) -> str:
    return str(rows(Tenure.select(Tenure.uid).where((Tenure.post == post) & (Tenure.person == person)))[0][0])


# What moves


def test_all_that_moves_is_said_beforehand(laden: PeopleWorld) -> None:
    before = everything()
    moves = handover_moves(full(laden))
    assert told(moves) == [
        ("post", "", "Registrar", "Dana Lind", False),
        ("role", "A-3", "responsible: Map", "Dana Lind", False),
        ("role", "A-1", "accountable: Recruit", "Dana Lind", True),
        ("seat", "", "Board, deputy", "Dana Lind", False),
        ("seat", "", "Panel, member", "Dana Lind", True),
        ("review", "A-5", "reviews: Host", "Dana Lind", False),
        ("plan", "P-1", "Ready together", "Dana Lind", False),
        ("measure", "A-5", "Wardens trained", "Dana Lind", False),
        ("alternate", "", "Mayor", "", False),
    ]
    assert everything() == before
    assert hand_over(ME, full(laden)) == moves


def test_it_all_goes_to_the_successor_in_one_change(laden: PeopleWorld) -> None:
    changes = Change.select().count()
    hand_over(ME, full(laden), ONBOARDING)
    assert Change.select().count() == changes + 1
    assert history()[0].summary == "Handover from “Ana Ruiz” to “Dana Lind”"
    assert (holders(laden.registrar, LAST), holders(laden.registrar)) == ([(laden.ana, False)], [(laden.dana, False)])
    assert names(Role, Role.kind, action=laden.map, party=laden.dana) == ["consulted", "responsible"]
    assert names(Membership, Membership.seat, group=laden.board, member=laden.dana) == ["deputy"]
    assert names(Plan, Plan.owner) == [laden.dana]
    assert names(OutcomeMeasure, OutcomeMeasure.collector) == [laden.dana]
    assert names(Alternate, Alternate.post, person=laden.dana) == []
    assert stored_row(Party, laden.ana)["left_on"] == LAST.isoformat()


def test_what_is_done_keeps_the_old_name(laden: PeopleWorld) -> None:
    hand_over(ME, full(laden))
    assert names(Role, Role.kind, party=laden.ana) == ["responsible", "reviewer"]
    assert names(Role, Role.action, party=laden.ana, kind="responsible") == [laden.printed]
    assert any(line.said_by == "Ana Ruiz" for line in history())
    assert names(Tenure, Tenure.end, person=laden.ana) == [LAST]


def test_a_newcomer_is_welcomed(laden: PeopleWorld) -> None:
    hand_over(ME, full(laden), ONBOARDING)
    run = rows(
        ChecklistRun.select(ChecklistRun.title, ChecklistRun.post, ChecklistRun.started_on, ChecklistRun.due).where(
            ChecklistRun.party == laden.dana
        )
    )
    assert run == [("Welcome: Dana Lind", laden.registrar, ON, ON + timedelta(days=30))]
    runs = ChecklistRun.select(ChecklistRun.uid).where(ChecklistRun.party == laden.dana)
    assert ChecklistItem.select().where(ChecklistItem.run.in_(runs)).count() == len(ONBOARDING.items)
    hand_over(ME, replace(handover_of(laden.ben, ON), successor=""), ONBOARDING)
    assert ChecklistRun.select().count() == 2


def test_agreements_lapse_of_who_leaves_and_who_gets_new_duties(laden: PeopleWorld) -> None:
    record_agreement(ME, laden.plan, [laden.dana], today=TODAY, state=AgreementState.AGREED)
    hand_over(ME, full(laden))
    query = Agreement.select(Party.name, Agreement.lapsed_because).join(Party).where(Agreement.state == "lapsed")
    because = "handover on 2026-03-16"
    assert sorted(rows(query)) == [("Ana Ruiz", because), ("Dana Lind", because)]


def test_an_agreement_of_who_stays_lapses_only_by_what_went(world: PeopleWorld) -> None:
    hand_over(ME, replace(handover_of(world.warden, ON), successor=world.dana))
    assert names(Agreement, Agreement.state, party=world.finn) == ["agreed"]
    hand_over(ME, replace(handover_of(world.registrar, ON), successor=world.dana))
    assert names(Agreement, Agreement.state, party=world.ana) == ["lapsed"]


def test_who_leaves_is_bound_by_nothing_any_more(world: PeopleWorld) -> None:
    record_agreement(ME, world.plan, [world.dana], today=TODAY, state=AgreementState.AGREED)
    hand_over(ME, replace(handover_of(world.dana, ON), successor=world.cleo))
    assert names(Agreement, Agreement.state, party=world.dana) == ["lapsed"]


def test_an_acting_holder(laden: PeopleWorld) -> None:
    moves = hand_over(ME, full(laden, acting=True))
    assert moves[0].to == "Dana Lind (acting)"
    assert holders(laden.registrar) == [(laden.dana, True)]
    assert history()[0].summary == "Handover from “Ana Ruiz” to “Dana Lind” (acting)"


def test_only_the_post_goes_where_the_rest_is_left(laden: PeopleWorld) -> None:
    moves = hand_over(ME, replace(handover_of(laden.registrar, ON), successor=laden.dana))
    assert {move.kind for move in moves if not move.follows} == {"post"}
    assert names(Role, Role.action, party=laden.ana, kind="responsible") == sorted([laden.map, laden.printed])
    assert stored_row(Party, laden.ana)["left_on"] is None


# To nobody


def test_a_vacant_post_takes_what_was_carried_by_name(laden: PeopleWorld) -> None:
    moves = hand_over(ME, full(laden, successor=""), ONBOARDING)
    to = {(move.kind, move.follows): move.to for move in moves}
    assert to[("post", False)] == to[("role", True)] == ""
    assert to[("role", False)] == to[("seat", False)] == to[("plan", False)] == "Registrar"
    assert holders(laden.registrar) == []
    assert names(Role, Role.kind, action=laden.map, party=laden.registrar) == ["responsible"]
    assert names(Membership, Membership.seat, group=laden.board, member=laden.registrar) == ["deputy"]
    assert names(Plan, Plan.owner) == [laden.registrar]
    assert history()[0].summary == "Handover from “Ana Ruiz” to nobody"


@pytest.mark.parametrize("many", [0, 2])
def test_without_one_post_it_ends_with_nobody_and_says_so(laden: PeopleWorld, many: int) -> None:
    if many:
        posts.add_tenure(ME, laden.chief, laden.ana, start=date(2026, 3, 1))
    else:
        posts.edit_tenure(ME, tenure(laden.registrar, laden.ana), end=date(2026, 3, 1))
    order = full(laden, successor="")
    assert len(order.posts) == many
    moves = hand_over(ME, order)
    assert {move.to for move in moves} == {""}
    assert names(Role, Role.action, party=laden.ana) == sorted([laden.printed, laden.host])
    assert rows(Plan.select(Plan.owner)) == [(None,)]
    assert rows(OutcomeMeasure.select(OutcomeMeasure.collector)) == [(None,)]


# Where the successor has it already


def test_the_same_role_is_there_once(laden: PeopleWorld) -> None:
    parts.add_role(ME, [laden.map], RoleKind.RESPONSIBLE, laden.dana)
    parts.add_role(ME, [laden.map], RoleKind.CONSULTED, laden.ana)
    hand_over(ME, full(laden))
    assert names(Role, Role.kind, action=laden.map, party=laden.dana) == ["consulted", "responsible"]


def test_a_seat_keeps_both_words(laden: PeopleWorld) -> None:
    groups.add_member(ME, laden.board, laden.dana, "secretary")
    hand_over(ME, full(laden))
    assert names(Membership, Membership.seat, group=laden.board, member=laden.dana) == ["secretary, deputy"]
    posts.set_alternates(ME, laden.registrar, [])
    hand_over(ME, Handover(laden.dana, (laden.registrar,), ON + timedelta(days=1), successor=laden.cleo))
    assert names(Membership, Membership.seat, group=laden.board, member=laden.cleo) == ["secretary, deputy"]


def test_a_plain_seat_becomes_what_the_other_was(laden: PeopleWorld) -> None:
    groups.add_member(ME, laden.board, laden.dana)
    hand_over(ME, full(laden))
    assert names(Membership, Membership.seat, group=laden.board, member=laden.dana) == ["deputy"]


def test_who_acted_beside_becomes_the_holder(laden: PeopleWorld) -> None:
    posts.add_tenure(ME, laden.registrar, laden.dana, start=date(2026, 3, 1), acting=True)
    hand_over(ME, full(laden))
    assert holders(laden.registrar) == [(laden.dana, False)]
    found = Tenure.select(Tenure.start, Tenure.end, Tenure.acting).where(Tenure.person == laden.dana)
    assert rows(found.order_by(Tenure.start)) == [(date(2026, 3, 1), LAST, True), (ON, None, False)]


def test_who_began_to_act_that_very_day_becomes_the_holder(laden: PeopleWorld) -> None:
    posts.add_tenure(ME, laden.registrar, laden.dana, start=ON, acting=True)
    hand_over(ME, full(laden))
    assert holders(laden.registrar) == [(laden.dana, False)]


def test_the_holder_who_comes_back_just_goes_on(world: PeopleWorld) -> None:
    posts.add_tenure(ME, world.warden, world.dana, start=date(2025, 1, 1))
    order = replace(handover_of(world.finn, ON), successor=world.dana, acting=True)
    hand_over(ME, order)
    assert holders(world.warden) == [(world.dana, False)]
    assert names(Tenure, Tenure.start, person=world.dana) == [date(2025, 1, 1)]


def test_a_term_that_was_to_run_on_ends(world: PeopleWorld) -> None:
    posts.edit_tenure(ME, tenure(world.registrar, world.ana), end=date(2027, 1, 1))
    hand_over(ME, full(world))
    assert names(Tenure, Tenure.end, person=world.ana) == [LAST]


def test_who_left_before_has_left_then(world: PeopleWorld) -> None:
    people.edit_party(ME, world.ana, left_on=date(2026, 3, 1))
    hand_over(ME, full(world))
    assert stored_row(Party, world.ana)["left_on"] == "2026-03-01"


# Bad input


def test_a_wrong_successor(world: PeopleWorld, refused: Refusal) -> None:
    def to(successor: str, **values: Any) -> dict[str, str]:
        order = replace(handover_of(world.ana, ON), successor=successor, **values)
        assert refused(handover_moves, order) == refused(hand_over, ME, order, ONBOARDING)
        return refused(hand_over, ME, order, ONBOARDING)

    assert to(world.ana) == {"successor": "They cannot hand over to themselves: choose somebody else, or nobody."}
    assert to(world.eve) == {"successor": "“Eve Nakamura” left on 2026-01-31: choose somebody else."}
    assert to(world.city) == to(world.panel) == to(world.chief) == {"successor": "The successor must be a person."}
    assert to("nobody") == {"": "There is no such party in this database."}
    people.edit_party(ME, world.dana, joined_on=date(2026, 4, 1))
    assert to(world.dana) == {
        "successor": "“Dana Lind” joins on 2026-04-01: let the handover be then, or choose somebody else."
    }
    merging.merge_parties(ME, world.ben, world.cleo)
    assert to(world.cleo) == {"successor": "“Cleo Marsh” was merged into “Ben Okafor”: choose that one."}


def test_a_wrong_day_or_order(world: PeopleWorld, refused: Refusal) -> None:
    def ask(**values: Any) -> dict[str, str]:
        order = replace(handover_of(world.ana, ON), successor=world.dana, **values)
        assert refused(handover_moves, order) == refused(hand_over, ME, order)
        return refused(hand_over, ME, order)

    assert ask(on=date(2025, 1, 1)) == {
        "on": "They hold “Registrar” since 2025-01-01: the handover can be on the day after at the earliest."
    }
    for day in (date.min, date.max, date(1066, 1, 1)):
        assert ask(on=day) == {"on": "The day of the handover must be a date between 1900 and 2200."}
    assert ask(posts=(world.mayor,)) == {"posts": "They do not hold “Mayor” on 2026-03-15: leave it out."}
    assert ask(posts=("nothing",)) == {"": "There is no such party in this database."}
    assert ask(leaver=world.city) == {"leaver": "Only a person hands over."}


def test_who_leaves_hands_over_everything(world: PeopleWorld, refused: Refusal) -> None:
    order = full(world)
    assert refused(hand_over, ME, replace(order, personal=False)) == {
        "personal": "Whoever leaves hands over what they carry by name as well (1 thing)."
    }
    posts.add_tenure(ME, world.chief, world.ana, start=ON)
    assert refused(hand_over, ME, order) == {
        "leaves": "They hold “Chief” from 2026-03-16 on: end that first, or let them stay."
    }
    posts.edit_tenure(ME, tenure(world.chief, world.ana), start=date(2026, 3, 1))
    assert refused(hand_over, ME, order) == {
        "leaves": "They also hold “Chief”: hand over all their posts, or let them stay."
    }
    assert handover_of(world.ana, ON).posts == (world.chief, world.registrar)


def test_nothing_to_hand_over_is_said(world: PeopleWorld, refused: Refusal) -> None:
    order = Handover(world.eve, (), ON, successor=world.ana)
    assert refused(hand_over, ME, order) == {"": "There is nothing to hand over: nothing open rests on them."}
    hand_over(ME, Handover(world.cleo, (), ON, successor=world.ana, leaves=True))
    assert refused(hand_over, ME, Handover(world.cleo, (), ON)) == {
        "": "There is nothing to hand over: nothing open rests on them."
    }
    assert stored_row(Party, world.cleo)["left_on"] == LAST.isoformat()


def test_a_leaver_cannot_go_before_they_came(world: PeopleWorld, refused: Refusal) -> None:
    people.edit_party(ME, world.ana, joined_on=ON)
    assert refused(hand_over, ME, full(world)) == {
        "left_on": "The day they left (2026-03-15) comes before the day they joined (2026-03-16)."
    }


def test_a_post_that_somebody_else_holds_as_well(world: PeopleWorld, refused: Refusal) -> None:
    posts.add_tenure(ME, world.registrar, world.finn, start=date(2026, 1, 1), acting=True)
    posts.add_tenure(ME, world.warden, world.cleo, start=date(2026, 1, 1))
    order = replace(handover_of(world.finn, ON), successor=world.dana)
    assert order.posts == (world.registrar, world.warden)
    assert list(refused(hand_over, ME, order)) == ["start"]
    hand_over(ME, replace(order, acting=True))
    assert holders(world.registrar) == [(world.ana, False), (world.dana, True)]


# Properties


orders = st.fixed_dictionaries(
    {
        "leaver": st.sampled_from([0, 0, 0, *range(24)]),
        "successor": st.none() | st.integers(0, 23),
        "shift": st.integers(-3, 40),
        "acting": st.booleans(),
        "personal": st.booleans(),
        "leaves": st.none() | st.booleans(),
        "welcome": st.booleans(),
    }
)


@settings(IN_A_WORLD, max_examples=40)
@given(many=steps(most=9), wanted=orders)
def test_any_handover_is_one_change_and_undone_exactly(
    laden: PeopleWorld, many: list[Step], wanted: dict[str, Any]
) -> None:
    with taken_back():
        take(many)
        before, whole = tables(), everything()
        changes = Change.select().count()
        try:
            order = ordered(wanted)
            foreseen = handover_moves(order)
            moves = hand_over(ME, order, ONBOARDING if wanted["welcome"] else None)
        except PlanError:
            assert everything() == whole
            return
        now = tables()
        assert moves == foreseen
        assert now == replayed()
        assert Change.select().count() == changes + 1
        assert {move.uid for move in moves if not move.follows} <= moved_uids(before, now)
        assert lost(before, now, order) == set()
        if order.leaves:
            assert resting(now, order) == []
        assert runs(now) == runs(before) + bool(wanted["welcome"] and order.successor)
        undo(ME)
        assert tables() == before
        redo(ME)
        assert tables() == now


def ordered(wanted: dict[str, Any]) -> Handover:
    order = handover_of(party(wanted["leaver"], PartyKind.PERSON, PartyKind.POST), ON + timedelta(days=wanted["shift"]))
    successor = "" if wanted["successor"] is None else party(wanted["successor"], PartyKind.PERSON)
    leaves = order.leaves if wanted["leaves"] is None else wanted["leaves"]
    return replace(
        order,
        successor=successor,
        acting=wanted["acting"],
        personal=order.personal or wanted["personal"],
        leaves=leaves,
    )


def moved_uids(before: Content, now: Content) -> set[str]:
    """Return the records that changed or went."""
    return {uid for table, many in before.items() for uid, row in many.items() if now[table].get(uid) != row}


def runs(now: Content) -> int:
    return len(now["checklist_run"])


def live(now: Content, row: dict[str, Any]) -> bool:
    """Whether a role still has to be filled: in an action that is not closed, a review that is not held."""
    held = row["checkpoint"] and now["checkpoint"][row["checkpoint"]]["held_on"]
    return now["action"][row["action"]]["status"] not in {"complete", "withdrawn"} and not held


def lost(before: Content, now: Content, order: Handover) -> set[tuple[str, ...]]:
    """Return the roles and seats that somebody had and nobody has now, though somebody was to get them."""
    if order.personal and not order.to:
        return set()

    def had(content: Content) -> set[tuple[str, ...]]:
        became = {order.leaver: order.to} if order.personal else {}
        roles = {
            ("role", row["action"], str(row["checkpoint"]), row["kind"], became.get(row["party"], row["party"]))
            for row in content["role"].values()
            if live(content, row)
        }
        return roles | {
            ("seat", row["group"], became.get(row["member"], row["member"])) for row in content["membership"].values()
        }

    return had(before) - had(now)


def resting(now: Content, order: Handover) -> list[str]:
    """Return what still rests on a leaver from the day of the handover on."""
    leaver, day = order.leaver, order.on.isoformat()
    found = [f"role {row['kind']}" for row in now["role"].values() if row["party"] == leaver and live(now, row)]
    found += ["seat" for row in now["membership"].values() if row["member"] == leaver]
    found += [f"sits in {group}" for group in now["party"] if leaver in sitting(now, group, day)]
    found += ["alternate" for row in now["alternate"].values() if row["person"] == leaver]
    found += ["post" for row in now["tenure"].values() if row["person"] == leaver and (row["end"] or "9999") >= day]
    found += ["plan" for row in now["plan"].values() if row["owner"] == leaver]
    found += [
        "measure"
        for row in now["outcome_measure"].values()
        if row["collector"] == leaver and live(now, {"checkpoint": None, "action": row["action"]})
    ]
    found += ["duty" for plan in now["plan"] if leaver in duties(now, plan, day)]
    return found + ["agreement" for plan in now["plan"] if leaver in agreed(now, plan)]


def test_a_deferred_action_goes_along(laden: PeopleWorld) -> None:
    actions.set_status(ME, [laden.map], Status.DEFERRED, today=TODAY)
    hand_over(ME, full(laden))
    assert "responsible" in names(Role, Role.kind, action=laden.map, party=laden.dana)
