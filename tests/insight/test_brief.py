"""What the next meeting needs to know, decide and celebrate."""

from datetime import date, timedelta

import pytest

from tests.people_world import TODAY, PeopleWorld, typed
from tests.progress_world import Progress, add_progress
from tui_plan.insight.brief import Brief, brief
from tui_plan.model.errors import NotFound
from tui_plan.model.vocabulary import EntryKind, Gate, StageKind
from tui_plan.operations import plans, stages
from tui_plan.operations.register import Leads, add_entry, close_entry, edit_entry

ME = typed(TODAY)


@pytest.fixture
def progress(world: PeopleWorld) -> Progress:
    return add_progress(world)


def told(world: PeopleWorld, day: date = TODAY) -> Brief:
    return brief(day, world.plan)


def test_a_plan_without_anything_has_an_empty_brief(world: PeopleWorld) -> None:
    empty = brief(TODAY, plans.add_plan(ME, name="Other"))
    assert (empty.ref, empty.name, empty.today, empty.since, empty.meeting) == (
        "P-2",
        "Other",
        TODAY,
        TODAY - timedelta(days=28),
        None,
    )
    assert all(empty[place] == () for place in range(6, len(empty)))
    assert empty.troubles == 0
    with pytest.raises(NotFound, match="no longer there"):
        brief(TODAY, "nothing")


def test_what_was_decided_and_changed_since_is_told_the_earliest_first(world: PeopleWorld, progress: Progress) -> None:
    kept = {line.uid for line in told(world).entered}
    day = date(2026, 3, 10)
    change = add_entry(ME, plan=world.plan, kind=EntryKind.CONTEXT, title="The road is closed", on=day)
    add_entry(ME, plan=world.plan, kind=EntryKind.CONTEXT, title="Told on the day itself", on=date(2026, 3, 2))
    add_entry(ME, plan=world.plan, kind=EntryKind.LESSON, title="No decision", on=day)
    stage = stages.add_stage(ME, world.plan, kind=StageKind.REFLECTION, started_on=day)
    decided = stages.decide_gate(ME, stage, Gate.OVERRIDDEN, on=TODAY, by=world.ben, because="The money ends")
    assert [line.uid for line in told(world).entered if line.uid not in kept] == [change, decided]


def test_the_next_meeting_and_since_when_it_is_told(world: PeopleWorld, progress: Progress) -> None:
    found = told(world)
    assert found.meeting is not None
    assert (found.meeting.title, found.meeting.start.date()) == ("Review of the plan", date(2026, 4, 6))
    assert found.since == date(2026, 3, 2)
    assert told(world, date(2026, 3, 2)).since == date(2026, 2, 2), "on its own day a meeting is still to be told"
    assert told(world, date(2026, 4, 7)).meeting.start.date() == date(2026, 5, 4)  # type: ignore[union-attr]


def test_what_is_late_and_what_slipped_without_a_risk(world: PeopleWorld, progress: Progress) -> None:
    found = told(world)
    assert [row.ref for row in found.late] == ["A-3"]
    assert [slip.ref for slip in found.slips] == ["A-3"]
    edit_entry(ME, progress.entries[EntryKind.RISK], leads=Leads(actions=(world.map,)))
    assert [row.ref for row in told(world).late] == ["A-3"]
    assert told(world).slips == ()


def test_what_is_to_be_decided_and_looked_at(world: PeopleWorld, progress: Progress) -> None:
    found = told(world)
    for kind, lines in (
        (EntryKind.ISSUE, found.issues),
        (EntryKind.RISK, found.risks),
        (EntryKind.ADAPTATION, found.adaptations),
        (EntryKind.LESSON, found.lessons),
    ):
        assert {line.uid for line in lines} == {progress.entries[kind], progress.secrets[kind]}
    assert [len(told(world, TODAY + timedelta(days=shift)).risks) for shift in (-22, -21, 30)] == [0, 2, 2]
    close_entry(ME, progress.entries[EntryKind.ISSUE], on=TODAY)
    edit_entry(ME, progress.entries[EntryKind.RISK], due=None)
    assert [line.uid for line in told(world).issues] == [progress.secrets[EntryKind.ISSUE]]
    assert [line.uid for line in told(world).risks] == [progress.secrets[EntryKind.RISK]]
    extra = {"kind": EntryKind.ISSUE, "title": "Sooner", "on": TODAY - timedelta(days=9), "party": world.ben}
    add_entry(ME, plan=world.plan, due=TODAY - timedelta(days=9), **extra)  # type: ignore[arg-type]
    assert told(world).issues[0].title == "Sooner"


def test_an_open_gate_is_to_be_decided(world: PeopleWorld, progress: Progress) -> None:
    assert told(world).gates == ()
    for kind in (progress.entries, progress.secrets):
        edit_entry(ME, kind[EntryKind.LESSON], disposition="keep")
    full = {"scope": "All", "leadership": "Ben", "success": "Forty wardens"}
    stages.add_stage(ME, world.plan, kind=StageKind.FULL, **full)  # type: ignore[arg-type]
    (gate,) = told(world).gates
    assert (gate.stage.uid, gate.state, told(world).lessons) == (progress.pilot, Gate.OPEN, ())
    stages.decide_gate(ME, progress.pilot, Gate.OVERRIDDEN, on=TODAY, by=world.ben, because="Time")
    assert told(world).gates == ()


def test_what_stalls_and_which_data_is_overdue(world: PeopleWorld, progress: Progress) -> None:
    found = told(world)
    assert [line.ref for line in found.stalled] == ["S-2"]
    assert [measure.uid for measure in found.measures] == [progress.measure]
    assert found.troubles == sum(map(len, (found.late, found.slips, found.issues, found.risks, found.adaptations))) + 4


def test_good_news(world: PeopleWorld, progress: Progress) -> None:
    found = told(world)
    assert {(good.noun, good.ref) for good in found.achieved} == {
        ("milestone", "A-1"),
        ("achievement", "R-9"),
        ("achievement", "R-20"),
    }
    assert {good.noun for good in found.uncelebrated} == {"milestone", "achievement", "first outcome"}
    close_entry(ME, progress.entries[EntryKind.ACHIEVEMENT], on=TODAY)
    assert "R-9" in {good.ref for good in told(world).achieved}
    assert "R-9" not in {good.ref for good in told(world).uncelebrated}


def test_only_its_own_plan(world: PeopleWorld, progress: Progress) -> None:
    other = plans.add_plan(ME, name="Other")
    assert all(brief(TODAY, other)[place] == () for place in range(6, 17))
