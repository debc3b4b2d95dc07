"""What in the register needs a look, and why; how grave a risk is, in a word."""

from datetime import date, timedelta
from typing import Any

import pytest

from tests.people_world import TODAY, PeopleWorld, typed
from tui_plan.insight.gatherings import gatherings
from tui_plan.insight.register import HIGH_FROM, MEDIUM_FROM, entry_detail, risk_level
from tui_plan.model.vocabulary import Disposition, EntryKind, MeetingKind, Response
from tui_plan.operations.following_up import Wanted, mitigate
from tui_plan.operations.meetings import MeetingAt, add_series
from tui_plan.operations.plans import add_objective
from tui_plan.operations.register import add_entry, close_entry, edit_entry
from tui_plan.operations.undoing import undo

ME = typed(TODAY)
LATE = TODAY - timedelta(days=21)


def problem(uid: str) -> str:
    return entry_detail(uid).line.problem(TODAY)


def test_every_score_has_a_level() -> None:
    levels = {"low": range(1, MEDIUM_FROM), "medium": range(MEDIUM_FROM, HIGH_FROM), "high": range(HIGH_FROM, 26)}
    assert (MEDIUM_FROM, HIGH_FROM) == (5, 15)
    for word, scores in levels.items():
        assert {risk_level(score) for score in scores} == {word}


def test_a_risk_that_is_treated_needs_an_action(world: PeopleWorld) -> None:
    values: dict[str, Any] = {"kind": EntryKind.RISK, "title": "Flood", "on": LATE, "party": world.ben}
    uid = add_entry(ME, **values, likelihood=3, impact=3, response=Response.TREAT, plan=world.plan)
    assert problem(uid) == "no mitigation"
    edit_entry(ME, uid, response=Response.TOLERATE)
    assert problem(uid) == ""
    edit_entry(ME, uid, response=Response.TREAT)
    objective = add_objective(ME, world.areas[0], title="Walls")
    mitigate(ME, uid, Wanted(objective, "Build a wall", world.ben, TODAY), today=TODAY)
    assert problem(uid) == ""
    edit_entry(ME, uid, due=LATE)
    assert problem(uid) == "3 weeks late"
    close_entry(ME, uid, on=TODAY)
    assert problem(uid) == ""


@pytest.mark.parametrize(
    ("kind", "word", "settling"),
    [
        (EntryKind.LESSON, "undecided", {"disposition": Disposition.DROP}),
        (EntryKind.ACHIEVEMENT, "to celebrate", {"closed_on": TODAY}),
    ],
)
def test_lessons_and_achievements_wait_for_a_word(
    world: PeopleWorld, kind: EntryKind, word: str, settling: dict[str, Any]
) -> None:
    uid = add_entry(ME, kind=kind, title="It went well", on=LATE, plan=world.plan)
    assert problem(uid) == word
    edit_entry(ME, uid, **settling)
    assert problem(uid) == ""


def test_a_decision_at_a_meeting_that_only_a_rule_gives_keeps_it_and_one_undo_takes_both_back(
    world: PeopleWorld,
) -> None:
    monthly = {"rule": "FREQ=MONTHLY;BYDAY=1MO", "timezone": "UTC", "kind": MeetingKind.REVIEW}
    add_series(ME, world.plan, title="Review", start_day=date(2026, 3, 2), **monthly)  # type: ignore[arg-type]
    (held,) = gatherings(date(2026, 3, 2), date(2026, 3, 2), world.plan)
    at = MeetingAt(held.meeting, held.series, held.original)
    uid = add_entry(ME, at=at, kind=EntryKind.DECISION, title="We go on", on=TODAY, plan=world.plan)
    assert entry_detail(uid).meeting == "Review of 2026-03-02"
    edit_entry(ME, uid, meeting=None)
    assert entry_detail(uid).meeting == ""
    edit_entry(ME, uid, at=at)
    assert entry_detail(uid).meeting == "Review of 2026-03-02"
    for _ in range(3):
        undo(ME)
    assert [each.meeting for each in gatherings(date(2026, 3, 2), date(2026, 3, 2), world.plan)] == [""]
