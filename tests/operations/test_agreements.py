"""Recording agreements, and what makes them lapse: exactly those that a change touches, said before it is saved."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from hypothesis import given, settings

from tests.model.replay import Content, everything, tables
from tests.operations.conftest import Refusal
from tests.people_steps import DOES, Step, steps, take
from tests.people_truth import agreed, duties
from tests.people_world import TODAY, PeopleWorld, taken_back, typed
from tests.properties import IN_A_WORLD
from tui_plan.model.base import rows
from tui_plan.model.errors import PlanError
from tui_plan.model.ledger import Change, Entry
from tui_plan.model.partnership import Agreement
from tui_plan.model.people import Membership, Party, Tenure
from tui_plan.model.plan import Action, Plan
from tui_plan.model.vocabulary import AgreementState, Audience, RoleKind, Status
from tui_plan.operations import actions, groups, parts, people, plans, posts
from tui_plan.operations.agreements import agreements_of_version, record_agreement
from tui_plan.operations.lapsing import major, standing_agreements
from tui_plan.operations.rehearsing import Lapse, lapses_of
from tui_plan.operations.undoing import undo

ME = typed(TODAY)
A, R = RoleKind.ACCOUNTABLE, RoleKind.RESPONSIBLE


def states() -> dict[str, str]:
    """Return by name how everybody stands, whatever the edition."""
    query = Agreement.select(Party.name, Agreement.state).join(Party)
    return dict(rows(query.order_by(Agreement.version)))


def lapsed() -> set[str]:
    return {name for name, state in states().items() if state == AgreementState.LAPSED}


def reasons() -> set[str]:
    query = Agreement.select(Agreement.lapsed_because).where(Agreement.state == AgreementState.LAPSED)
    return {because for (because,) in rows(query)}


def summary() -> str:
    return str(rows(Change.select(Change.summary).order_by(Change.id.desc()).limit(1))[0][0])


def uid_of(model: type, **values: str) -> str:
    query = model.select(model.uid)  # type: ignore[attr-defined]
    for name, value in values.items():
        query = query.where(getattr(model, name) == value)
    return str(rows(query)[0][0])


def agree(world: PeopleWorld, *parties: str) -> None:
    record_agreement(ME, world.plan, parties, today=TODAY, state=AgreementState.AGREED)


# Recording


def test_several_are_recorded_in_one_change(world: PeopleWorld) -> None:
    before = Change.select().count()
    both = [world.cleo, world.dana, world.cleo]
    changed = record_agreement(
        ME, world.plan, both, today=TODAY, state="agreed", channel="meeting", evidence="  Minutes, item 4 "
    )
    assert changed == 2
    assert Change.select().count() == before + 1
    assert summary() == "2 people: agreed (P-1 “Ready together”, version 1.0)"
    assert Agreement.select().count() == 6
    found = rows(
        Agreement.select(Agreement.on, Agreement.channel, Agreement.evidence, Agreement.version).where(
            Agreement.party == world.dana
        )
    )
    assert found == [(TODAY, "meeting", "Minutes, item 4", "1.0")]
    assert (
        record_agreement(
            ME, world.plan, both, today=TODAY, state="agreed", channel="meeting", evidence="Minutes, item 4"
        )
        == 0
    )
    assert Change.select().count() == before + 1


def test_what_has_changed_since_it_was_looked_at_is_not_written_over(world: PeopleWorld, refused: Refusal) -> None:
    def record(seen: int) -> dict[str, str]:
        versions_seen = {world.cleo: seen}
        values = {"today": TODAY, "state": "declined", "versions_seen": versions_seen}
        return refused(record_agreement, ME, world.plan, [world.cleo], **values)

    taken_back = "This agreement was taken back, or the plan has a new version. Look at it, then try again."
    record_agreement(ME, world.plan, [world.cleo], today=TODAY, state="not asked")
    assert record(1) == {"": taken_back}
    record_agreement(ME, world.plan, [world.cleo], today=TODAY, state="asked", versions_seen={world.cleo: 0})
    assert "changed this agreement on" in record(0)[""]
    plans.edit_plan(ME, world.plan, version="2.0")
    assert record(2) == {"": taken_back}


def test_one_person_has_one_record_for_an_edition(world: PeopleWorld) -> None:
    plans.edit_plan(ME, world.plan, version="1.1")
    record_agreement(ME, world.plan, [world.ben], today=TODAY, state="agreed")
    found = rows(
        Agreement.select(Agreement.version, Agreement.state, Agreement.reservations).where(Agreement.party == world.ben)
    )
    assert found == [("1.1", "agreed", "")]
    plans.edit_plan(ME, world.plan, version="2.0")
    record_agreement(ME, world.plan, [world.ben], today=TODAY, state="declined")
    assert Agreement.select().where(Agreement.party == world.ben).count() == 2
    assert set(agreements_of_version(world.plan, "2.7")) == {world.ben}


def test_not_asked_takes_the_record_back(world: PeopleWorld) -> None:
    both = [world.ana, world.dana]
    assert record_agreement(ME, world.plan, both, today=TODAY, state=AgreementState.NOT_ASKED) == 1
    assert "Ana Ruiz" not in states()
    assert summary() == "2 people: not asked (P-1 “Ready together”, version 1.0)"


def test_asking_again_after_a_lapse_clears_why(world: PeopleWorld) -> None:
    plans.edit_plan(ME, world.plan, version="2.0")
    plans.edit_plan(ME, world.plan, version="1.0")
    assert reasons() == {"version 2.0"}
    record_agreement(ME, world.plan, [world.ana], today=TODAY, state="agreed")
    found = rows(Agreement.select(Agreement.state, Agreement.lapsed_because).where(Agreement.party == world.ana))
    assert found == [("agreed", "")]


@pytest.mark.parametrize(
    ("version", "first"),
    [("1.0", "1"), ("1", "1"), ("v2.3", "2"), ("V 2", "2"), ("2.0-draft", "2"), ("Draft", "draft"), ("10.1", "10")],
)
def test_an_edition_is_told_by_its_major_version(version: str, first: str) -> None:
    assert major(version) == first


# Bad input


def test_what_cannot_be_recorded(world: PeopleWorld, refused: Refusal) -> None:
    def ask(**values: object) -> dict[str, str]:
        return refused(record_agreement, ME, world.plan, [world.cleo], today=TODAY, **values)

    assert ask(state="agreed", on=date(2026, 3, 17)) == {
        "on": "2026-03-17 lies in the future; record it when it has happened."
    }
    assert ask(state="agreed with reservations", reservations=" \n ") == {
        "reservations": "Write down the reservations, in their words."
    }
    assert ask(state="agreed", reservations="But") == {
        "state": "Only who agrees with reservations has some; choose that, or clear the text."
    }
    assert ask(state="fine", channel="pigeon") == {
        "state": "The state of an agreement is one of: not asked, asked, agreed, agreed with reservations, "
        "declined, lapsed.",
        "channel": "The channel is one of: meeting, phone, email, in person, letter, import, own knowledge.",
    }
    assert refused(record_agreement, ME, world.plan, [], today=TODAY, state="agreed") == {
        "parties": "Say whose agreement it is."
    }
    assert refused(record_agreement, ME, "nowhere", [world.cleo], today=TODAY, state="agreed") == {
        "": "There is no such plan in this database."
    }
    assert refused(record_agreement, ME, world.plan, ["nobody"], today=TODAY, state="agreed") == {
        "": "There is no such party in this database."
    }


# Lapsing


def test_a_new_major_version_lapses_those_of_earlier_ones(world: PeopleWorld) -> None:
    plans.edit_plan(ME, world.plan, version="1.9", vision="Together")
    assert lapsed() == set()
    plans.edit_plan(ME, world.plan, version="2.0")
    assert lapsed() == {"Ana Ruiz", "Ben Okafor", "Finn Berg"}
    assert reasons() == {"version 2.0"}
    agree(world, world.ana, world.cleo)
    plans.edit_plan(ME, world.plan, version="2.1", name="Ready for all")
    assert standing_agreements(world.ana) != []
    other = plans.add_plan(ME, name="Another", version="1.0")
    record_agreement(ME, other, [world.ana], today=TODAY, state="agreed")
    plans.edit_plan(ME, world.plan, version="3.0")
    assert len(standing_agreements(world.ana)) == 1


def give(kind: RoleKind, party: str, action: str) -> Callable[[PeopleWorld], object]:
    return lambda it: parts.add_role(ME, [getattr(it, action)], kind, getattr(it, party), today=TODAY)


GAINS: dict[str, tuple[Callable[[PeopleWorld], object], set[str]]] = {
    "a role by name": (give(R, "ana", "host"), {"Ana Ruiz"}),
    "another role in the same action": (give(A, "ben", "recruit"), {"Ben Okafor"}),
    "a role by a post": (give(R, "registrar", "host"), {"Ana Ruiz"}),
    "a role by an acting holder's post": (give(A, "warden", "host"), {"Finn Berg"}),
    "a role by a group": (give(R, "panel", "host"), {"Finn Berg"}),
    "a role by a group within a group": (give(R, "everybody", "host"), {"Ben Okafor", "Finn Berg"}),
    "the post's own role given to its holder": (give(R, "ana", "recruit"), {"Ana Ruiz"}),
    "the same role, which the panel has": (give(R, "finn", "train"), set()),
    "consulted": (give(RoleKind.CONSULTED, "ana", "host"), set()),
    "informed": (give(RoleKind.INFORMED, "ben", "map"), set()),
    "a role of an organisation": (give(R, "college", "host"), set()),
    "a role in a closed action": (give(R, "ana", "printed"), set()),
    "a vacant post's role": (give(R, "chief", "host"), set()),
    "a new holder": (lambda it: posts.add_tenure(ME, it.chief, it.finn, start=TODAY), {"Finn Berg"}),
    "a holder to come": (
        lambda it: posts.add_tenure(ME, it.chief, it.finn, start=TODAY + timedelta(days=20)),
        {"Finn Berg"},
    ),
    "a holder of the past": (
        lambda it: posts.add_tenure(ME, it.chief, it.ana, start=date(2024, 1, 1), end=date(2024, 5, 1)),
        set(),
    ),
    "an acting holder beside": (
        lambda it: posts.add_tenure(ME, it.registrar, it.finn, start=TODAY, acting=True),
        {"Finn Berg"},
    ),
    "a post without duties": (lambda it: posts.add_tenure(ME, it.warden, it.ana, start=TODAY), set()),
    "a tenure that runs on": (
        lambda it: posts.edit_tenure(ME, uid_of(Tenure, post=it.registrar, person=it.eve), end=None, acting=True),
        set(),
    ),
    "a seat in the convening group": (lambda it: groups.add_member(ME, it.board, it.finn), {"Finn Berg"}),
    "a seat by a post": (lambda it: groups.add_member(ME, it.board, it.warden), {"Finn Berg"}),
    "a seat in another group": (lambda it: groups.add_member(ME, it.officials, it.finn), set()),
    "a seat in a responsible group": (lambda it: groups.add_member(ME, it.panel, it.ana), {"Ana Ruiz"}),
    "a rule of the convening group": (
        lambda it: groups.add_rule(ME, it.board, audience=Audience.STAFF),
        {"Finn Berg"},
    ),
    "a role that a rule of the convening group asks for": (
        lambda it: (
            groups.add_rule(ME, it.board, role=RoleKind.INFORMED),
            agree(it, it.finn),
            parts.add_role(ME, [it.host], RoleKind.INFORMED, it.finn, today=TODAY),
        ),
        {"Finn Berg"},
    ),
    "a role that a rule within the responsible group asks for": (
        lambda it: (
            groups.add_rule(ME, it.owners, role=RoleKind.INFORMED),
            groups.add_member(ME, it.panel, it.owners),
            agree(it, it.ana, it.ben, it.finn),
            parts.set_roles(ME, it.host, [(RoleKind.INFORMED, it.ben)], today=TODAY),
        ),
        {"Ben Okafor"},
    ),
    "a term that is made to last": (
        lambda it: posts.edit_tenure(
            ME,
            posts.add_tenure(ME, it.chief, it.ana, start=date(2024, 1, 1), end=date(2024, 5, 1)),
            end=None,
            acting=True,
        ),
        {"Ana Ruiz"},
    ),
    "another convening group": (
        lambda it: plans.edit_plan(ME, it.plan, convening_group=it.panel),
        {"Finn Berg"},
    ),
    "a segment that a rule asks for": (
        lambda it: (
            groups.add_rule(ME, it.panel, audience=Audience.LEADERS),
            people.edit_party(ME, it.ana, audience=Audience.LEADERS),
        ),
        {"Ana Ruiz"},
    ),
    "a segment of a post": (
        lambda it: (
            groups.add_rule(ME, it.board, audience=Audience.LEADERS),
            people.edit_party(ME, it.warden, audience=Audience.LEADERS),
        ),
        {"Finn Berg"},
    ),
    "an organisation that a rule asks for": (
        lambda it: (
            groups.add_rule(ME, it.panel, organisation=it.college),
            agree(it, it.ana, it.finn),
            people.edit_party(ME, it.ben, organisation=it.college),
        ),
        {"Ben Okafor"},
    ),
    "coming back": (
        lambda it: (
            people.edit_party(ME, it.finn, left_on=date(2026, 3, 1)),
            groups.add_rule(ME, it.board, audience=Audience.STAFF),
            people.edit_party(ME, it.finn, left_on=None),
        ),
        {"Finn Berg"},
    ),
    "an action from another plan": (
        lambda it: actions.move_actions(ME, [_elsewhere(it)], _objective_of(it)),
        {"Ana Ruiz"},
    ),
    "a step objective from another plan": (
        lambda it: plans.move_objective(ME, _elsewhere(it, objective=True), it.areas[0]),
        {"Ana Ruiz"},
    ),
}


def _elsewhere(it: PeopleWorld, *, objective: bool = False) -> str:
    """Make an action in another plan for which Ana is responsible; return it, or its step objective."""
    plan = plans.add_plan(ME, name="Elsewhere")
    step = plans.add_objective(ME, plans.add_area(ME, plan, title="Area"), title="Step")
    action = actions.add_action(ME, step, today=TODAY, title="Move me")
    parts.set_roles(ME, action, [(R, it.ana)], today=TODAY)
    return step if objective else action


def _objective_of(it: PeopleWorld) -> str:
    return str(rows(Action.select(Action.objective).where(Action.uid == it.host))[0][0])


@pytest.mark.parametrize("gain", GAINS)
def test_new_duties_lapse_exactly_the_gainer(world: PeopleWorld, gain: str) -> None:
    does, expected = GAINS[gain]
    does(world)
    assert lapsed() == expected
    assert reasons() <= {"new duties in the plan"}


def test_order_and_fewer_roles_lapse_nobody(world: PeopleWorld) -> None:
    parts.set_roles(ME, world.recruit, [(R, world.ben), (A, world.registrar)], today=TODAY)
    parts.set_roles(ME, world.recruit, [(R, world.ben)], today=TODAY)
    parts.set_roles(ME, world.train, [], today=TODAY)
    groups.remove_member(ME, uid_of(Membership, group=world.board, member=world.ana))
    posts.remove_tenure(ME, uid_of(Tenure, post=world.registrar, person=world.ana))
    people.edit_party(ME, world.ana, name="Ana Ruiz Ortega", remarks="Married")
    assert lapsed() == set()


def test_closing_an_action_lapses_nobody(world: PeopleWorld) -> None:
    for status in (Status.COMPLETE, Status.IN_PROGRESS, Status.WITHDRAWN, Status.DEFERRED):
        actions.set_status(ME, [world.recruit, world.train], status, today=TODAY)
    assert lapsed() == set()


def test_undo_takes_the_lapse_back(world: PeopleWorld) -> None:
    before = tables()
    parts.add_role(ME, [world.host], R, world.ana, today=TODAY)
    assert lapsed() == {"Ana Ruiz"}
    undo(ME)
    assert tables() == before


# Before it is saved


def test_what_would_lapse_is_said_and_nothing_stays(world: PeopleWorld) -> None:
    before = everything()
    found = lapses_of(plans.edit_plan, ME, world.plan, version="2.0")
    assert found == (
        Lapse("Ana Ruiz", "Ready together", "version 2.0"),
        Lapse("Ben Okafor", "Ready together", "version 2.0"),
        Lapse("Finn Berg", "Ready together", "version 2.0"),
    )
    assert everything() == before
    assert lapses_of(plans.edit_plan, ME, world.plan, version="1.1") == ()
    assert lapses_of(parts.add_role, ME, [world.host], R, world.panel, today=TODAY) == (
        Lapse("Finn Berg", "Ready together", "new duties in the plan"),
    )
    assert everything() == before
    with pytest.raises(PlanError, match="acting"):
        lapses_of(posts.add_tenure, ME, world.mayor, world.ana, start=TODAY)
    assert everything() == before
    plans.edit_plan(ME, world.plan, version="2.0")
    assert lapses_of(plans.edit_plan, ME, world.plan, version="3.0") == ()


@settings(IN_A_WORLD, max_examples=40)
@given(many=steps(most=6), last=steps("roles", "one role", "hold", "end", "seat", "rule", "convene", "segment", "home"))
def test_exactly_those_lapse_that_have_new_duties(world: PeopleWorld, many: list[Step], last: list[Step]) -> None:
    with taken_back():
        take(many)
        for name, places in last:
            before, edition = tables(), major(rows(Plan.select(Plan.version))[0][0])
            try:
                told = {lapse.name for lapse in lapses_of(DOES[name], *places)}
                DOES[name](*places)
            except PlanError:
                continue
            gone = agreed(before, world.plan) - agreed(tables(), world.plan)
            assert gone == gainers(world, before, tables()) & agreed(before, world.plan), (name, edition)
            assert told == {before["party"][party]["name"] for party in gone}


def gainers(world: PeopleWorld, before: Content, after: Content) -> set[str]:
    """Return who has more duties after a step, today or on the day on which a new tenure begins."""
    found: set[str] = set()
    for day in {TODAY, *(TODAY + timedelta(days=shift) for shift in (1, 30))}:
        had, has = (duties(now, world.plan, day.isoformat()) for now in (before, after))
        if day == TODAY or any(row["start"] == day.isoformat() for row in _new(before, after, "tenure")):
            found |= {party for party, many in has.items() if many - had.get(party, set())}
    return found


def _new(before: Content, after: Content, table: str) -> list[dict[str, object]]:
    return [row for uid, row in after[table].items() if row != before[table].get(uid)]


def test_the_ledger_tells_who_lapsed_whom(world: PeopleWorld) -> None:
    parts.add_role(typed(TODAY, login="ben"), [world.host], R, world.ana, today=TODAY)
    uid = uid_of(Agreement, party=world.ana)
    last = rows(
        Entry.select(Change.typed_by, Change.summary).join(Change).where(Entry.record == uid).order_by(Entry.id.desc())
    )
    assert last[0] == ("ben", "Made “Ana Ruiz” responsible for A-5 “Host”")
