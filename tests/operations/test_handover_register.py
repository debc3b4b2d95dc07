"""Handover of the register: open risks and issues go to whoever takes over, and keep an owner where nobody does."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from tests.model.replay import tables
from tests.operations.conftest import Refusal
from tests.people_world import TODAY, PeopleWorld, typed
from tui_plan.exchange.handover_note import handover_note
from tui_plan.insight.linting import lint
from tui_plan.insight.register import entry_detail
from tui_plan.model.vocabulary import Candour, EntryKind
from tui_plan.operations.handover import Handover, Move, hand_over, handover_moves, handover_of
from tui_plan.operations.parts import add_measure
from tui_plan.operations.register import add_entry, close_entry
from tui_plan.operations.undoing import redo, undo

ME = typed(TODAY)
RISK: dict[str, Any] = {"kind": EntryKind.RISK, "on": TODAY, "likelihood": 2, "impact": 3}


@pytest.fixture
def owned(world: PeopleWorld) -> dict[str, str]:
    """Ana owns a risk and an issue, one of each is settled, and a post of hers owns another; an idea is hers."""
    tied: dict[str, Any] = {"plan": world.plan, "party": world.ana}
    found = {
        "risk": add_entry(ME, **RISK | tied, title="The money ends"),
        "issue": add_entry(ME, kind=EntryKind.ISSUE, title="No room", on=TODAY, candour=Candour.CANDID, **tied),
        "settled": add_entry(ME, kind=EntryKind.ISSUE, title="No chairs", on=TODAY, **tied),
        "post": add_entry(ME, **RISK | tied | {"party": world.registrar}, title="The flood comes"),
        "idea": add_entry(ME, kind=EntryKind.IDEA, title="A boat", on=TODAY, **tied),
    }
    close_entry(ME, found["settled"], on=TODAY)
    return found


def owner(uid: str) -> str | None:
    return entry_detail(uid).line.party


def entries(moves: list[Move]) -> list[tuple[str, str, str, bool]]:
    return [(move.ref, move.what, move.to, move.follows) for move in moves if move.kind == "entry"]


def whole(world: PeopleWorld, **values: Any) -> Handover:
    return replace(handover_of(world.ana, TODAY), **{"successor": world.dana, **values})


def listed(world: PeopleWorld, order: Handover) -> tuple[str, ...]:
    paper = handover_note(order, handover_moves(order), TODAY)
    return next(
        (tuple(item.text for item in one.items) for one in paper.sections if one.title == "Risks and issues"), ()
    )


def test_what_the_leaver_owns_goes_and_what_a_post_owns_follows_it(world: PeopleWorld, owned: dict[str, str]) -> None:
    measure = add_measure(ME, world.host, statement="Taught", collector=world.ana)
    before = tables()
    moves = hand_over(ME, whole(world))
    assert entries(moves) == [
        ("R-3", "risk: The money ends", "Dana Lind", False),
        ("R-4", "issue: No room", "Dana Lind", False),
        ("R-6", "risk: The flood comes", "Dana Lind", True),
    ]
    assert {name: owner(uid) for name, uid in owned.items()} == {
        "risk": world.dana,
        "issue": world.dana,
        "settled": world.ana,
        "post": world.registrar,
        "idea": world.ana,
    }
    assert tables()["outcome_measure"][measure]["collector"] == world.dana
    after = tables()
    undo(ME)
    assert tables() == before
    redo(ME)
    assert tables() == after


def test_without_a_successor_the_post_owns_it(world: PeopleWorld, owned: dict[str, str]) -> None:
    moves = hand_over(ME, whole(world, successor=""))
    assert [to for _, _, to, follows in entries(moves) if not follows] == ["Registrar", "Registrar"]
    assert owner(owned["risk"]) == world.registrar


def test_nobody_owns_no_risk_so_that_it_keeps_its_owner_and_is_told_of(
    world: PeopleWorld, owned: dict[str, str], refused: Refusal
) -> None:
    cleo = add_entry(ME, **RISK, title="Nobody comes", party=world.cleo, plan=world.plan)
    order = replace(handover_of(world.cleo, TODAY), leaves=True)
    assert entries(handover_moves(order)) == [("R-8", "risk: Nobody comes", "", False)]
    hand_over(ME, order)
    assert owner(cleo) == world.cleo
    found = [finding for finding in lint(world.plan, TODAY).findings if finding.ref == "R-8"]
    left = (TODAY - timedelta(days=1)).isoformat()
    assert [(one.rule, one.sentence) for one in found] == [
        ("risk owner left", f"Cleo Marsh left on {left}: say who owns it now.")
    ]
    assert owned


def test_what_nobody_would_take_is_not_called_nothing(world: PeopleWorld, refused: Refusal) -> None:
    add_entry(ME, **RISK, title="It snows", party=world.dana)
    alone = Handover(world.dana, (), TODAY)
    hand_over(ME, alone)
    assert {move.kind for move in handover_moves(alone)} == {"entry"}, "all else was dropped"
    assert refused(hand_over, ME, alone) == {
        "": "What they own in the register goes to nobody, as no risk is without an owner: choose a successor."
    }


def test_whoever_leaves_hands_over_what_they_own(world: PeopleWorld, owned: dict[str, str], refused: Refusal) -> None:
    order = whole(world, personal=False)
    (sentence,) = refused(hand_over, ME, order).values()
    assert sentence.startswith("Whoever leaves hands over what they carry by name as well")
    hand_over(ME, whole(world, personal=False, leaves=False))
    assert owner(owned["risk"]) == world.ana


def test_the_note_lists_them_but_tells_nothing_candid(world: PeopleWorld, owned: dict[str, str]) -> None:
    assert listed(world, whole(world)) == (
        "R-3 risk: The money ends",
        "R-4 issue, told in the house only",
        "R-6 risk: The flood comes",
    )
    assert owned
