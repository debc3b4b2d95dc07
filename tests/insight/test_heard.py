"""Last heard and last told: asked of the records and the ledger, with undone words taken back."""

from contextlib import suppress
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given, settings

from tests.people_steps import Step, steps, take
from tests.people_world import TODAY, PeopleWorld, taken_back, typed
from tests.properties import IN_A_WORLD
from tui_plan.insight.heard import Contacted, Last, contact_log, contacted, last_contacts, last_heard
from tui_plan.model.base import rows
from tui_plan.model.checklist import ChecklistItem
from tui_plan.model.errors import PlanError
from tui_plan.model.ledger import Change
from tui_plan.model.people import Party
from tui_plan.model.plan import Note
from tui_plan.model.store import Author, change
from tui_plan.model.vocabulary import AgreementState, Candour, Channel, Direction, PartyKind, Status
from tui_plan.operations import actions, checklists, communications, merging, parts, people, plans
from tui_plan.operations.agreements import record_agreement
from tui_plan.operations.undoing import redo, undo

ME = typed(TODAY)
YESTERDAY = TODAY - timedelta(days=1)


def heard(party: str, day: date = TODAY) -> Last | None:
    return contacted(party, day).heard


def told(party: str, day: date = TODAY) -> Last | None:
    return contacted(party, day).told


def say(world: PeopleWorld, party: str, day: date, channel: str = Channel.PHONE) -> None:
    """Record progress on somebody's word."""
    said = typed(day, said_by=party, channel=channel)
    actions.record_progress(said, world.host, today=day, note=f"Said on {day}")


def communicate(party: str, direction: Direction, day: date, channel: str = Channel.EMAIL) -> None:
    communications.record_communication(typed(day), [party], direction, on=day, today=day, channel=channel)


def test_the_latest_of_all_records_counts(world: PeopleWorld) -> None:
    assert contacted(world.ana, TODAY) == Contacted(
        Last(date(2026, 3, 3), "phone"),
        None,
        (("heard", "letter", date(2026, 2, 10)), ("heard", "phone", date(2026, 3, 3))),
    )
    assert contacted(world.ben, TODAY).heard == Last(date(2026, 3, 9), "phone")
    assert contacted(world.cleo, TODAY) == Contacted(
        None, Last(date(2026, 3, 2), "email"), (("told", "email", date(2026, 3, 2)),)
    )
    assert contacted(world.dana, TODAY) == Contacted()


def test_everybody_at_once_is_the_same_without_channels(world: PeopleWorld) -> None:
    found = last_contacts(TODAY)
    assert found[world.ana] == Contacted(Last(date(2026, 3, 3), "phone"))
    assert world.dana not in found


def test_each_channel_keeps_its_own_last_day(world: PeopleWorld) -> None:
    for day, channel in ((1, "phone"), (5, "email"), (3, "phone"), (4, "email")):
        say(world, world.dana, date(2026, 3, day), channel)
    communicate(world.dana, Direction.TOLD, date(2026, 3, 2), "phone")
    assert contacted(world.dana, TODAY).channels == (
        ("heard", "email", date(2026, 3, 5)),
        ("heard", "phone", date(2026, 3, 3)),
        ("told", "phone", date(2026, 3, 2)),
    )
    assert heard(world.dana) == Last(date(2026, 3, 5), "email")


def test_what_comes_later_does_not_hide_what_was_before(world: PeopleWorld) -> None:
    say(world, world.dana, date(2026, 3, 1))
    say(world, world.dana, TODAY)
    communicate(world.dana, Direction.TOLD, date(2026, 3, 2))
    communicate(world.dana, Direction.TOLD, TODAY)
    assert heard(world.dana, YESTERDAY) == Last(date(2026, 3, 1), "phone")
    assert told(world.dana, YESTERDAY) == Last(date(2026, 3, 2), "email")
    assert last_contacts(YESTERDAY)[world.dana] == Contacted(
        Last(date(2026, 3, 1), "phone"), Last(date(2026, 3, 2), "email")
    )
    assert contacted(world.dana, date(2026, 2, 28)) == Contacted()
    assert world.dana not in last_contacts(date(2026, 2, 28))


def test_the_last_minute_of_a_day_is_that_day(world: PeopleWorld) -> None:
    midnight = datetime(2026, 3, 16).astimezone()
    for moment in (midnight - timedelta(seconds=1), midnight + timedelta(hours=23, minutes=59, seconds=59)):
        at = moment.astimezone(UTC).replace(tzinfo=None)
        parts.add_note(
            Author("ana", said_by=world.gus, channel="phone", at=at), "Late", today=date(2026, 1, 1), action=world.host
        )
        assert heard(world.gus, moment.date()) == Last(moment.date(), "phone")
    assert heard(world.gus, YESTERDAY) == Last(YESTERDAY, "phone")


def test_midnight_is_the_day_that_begins(world: PeopleWorld) -> None:
    at = datetime(2026, 3, 16).astimezone().astimezone(UTC).replace(tzinfo=None)
    said = Author("ana", said_by=world.dana, channel="phone", at=at)
    actions.record_progress(said, world.host, today=TODAY, status=Status.IN_PROGRESS)
    assert heard(world.dana, YESTERDAY) is None
    assert heard(world.dana, TODAY) == Last(TODAY, "phone")


def test_undone_words_were_not_said_and_redone_ones_were(world: PeopleWorld) -> None:
    say(world, world.dana, date(2026, 3, 1))
    say(world, world.dana, TODAY)
    undo(ME)
    assert heard(world.dana) == last_contacts(TODAY)[world.dana].heard == Last(date(2026, 3, 1), "phone")
    assert [line.on for line in contact_log(world.dana)] == [date(2026, 3, 1)]
    redo(ME)
    assert heard(world.dana) == Last(TODAY, "phone")
    undo(ME)
    undo(ME)
    assert heard(world.dana) is None
    assert contact_log(world.dana) == []


def test_an_undo_that_was_undone_takes_nothing_back(world: PeopleWorld) -> None:
    for status in (Status.IN_PROGRESS, Status.DEFERRED):
        said = typed(TODAY, said_by=world.dana, channel=Channel.LETTER)
        actions.record_progress(said, world.host, today=TODAY, status=status)
    for turn, lines in ((undo, 1), (redo, 2), (undo, 1), (undo, 0), (redo, 1)):
        turn(ME)
        assert len(contact_log(world.dana)) == lines
        assert heard(world.dana) == (Last(TODAY, "letter") if lines else None)


def test_an_undo_is_on_nobodys_word(world: PeopleWorld) -> None:
    parts.add_note(ME, "Own", today=TODAY, action=world.host)
    undo(typed(TODAY, said_by=world.dana, channel="phone"))
    assert Change.select().where(Change.said_by == world.dana).exists()
    assert heard(world.dana) == Last(TODAY, "phone")


def test_a_file_is_no_word_of_anybody(world: PeopleWorld) -> None:
    with change(typed(TODAY, said_by=world.dana, channel=Channel.IMPORT), "Imported") as writer:
        writer.create(Party, kind="person", name="New", name_key="new")
    assert heard(world.dana) is None
    assert contact_log(world.dana) == []


def test_a_note_counts_on_the_day_it_was_said(world: PeopleWorld) -> None:
    with change(ME, "Brought in") as writer:
        said = {"said_by": world.dana, "said_on": date(2026, 2, 3), "channel": Channel.LETTER.value}
        writer.create(Note, plan=world.plan, text="Fine", candour=Candour.SHAREABLE.value, **said)
        writer.create(Note, plan=world.plan, text="Undated", candour=Candour.SHAREABLE.value, said_by=world.eve)
    assert heard(world.dana) == Last(date(2026, 2, 3), "letter")
    assert heard(world.dana, date(2026, 2, 2)) is None
    assert heard(world.eve) is None


def test_answers_are_heard_and_questions_told(world: PeopleWorld) -> None:
    states = {state: date(2026, 3, 10) for state in AgreementState}
    for state, day in states.items():
        words = "Some" if state is AgreementState.RESERVED else ""
        record_agreement(ME, world.plan, [world.dana], today=day, state=state, channel="email", reservations=words)
        found = contacted(world.dana, TODAY)
        answer = Last(day, "email")
        assert found.heard == (answer if state in {"agreed", "agreed with reservations", "declined"} else None)
        assert found.told == (answer if state == "asked" else None)
        assert len(contact_log(world.dana)) == bool(found.heard or found.told)


def test_an_answer_was_heard_even_where_it_lapsed_since(world: PeopleWorld) -> None:
    plans.edit_plan(ME, world.plan, version="2.0")
    assert heard(world.finn) == Last(date(2026, 2, 20), "phone")
    assert contact_log(world.finn)[0].words == "agreed, lapsed since: Ready together, version 1.0"


def test_who_was_reached_in_a_drill_was_heard_and_told(world: PeopleWorld) -> None:
    run = checklists.start_drill(ME, world.panel, [world.finn, world.gus], on=TODAY)
    item = rows(
        ChecklistItem.select(ChecklistItem.uid).where((ChecklistItem.run == run) & (ChecklistItem.party == world.gus))
    )
    checklists.tick_item(ME, item[0][0], at=datetime.fromisoformat("2026-03-16T23:59"), channel="phone")
    assert contacted(world.gus, TODAY).told == Last(TODAY, "phone") == heard(world.gus)
    assert told(world.gus, YESTERDAY) is None
    assert told(world.finn) is None
    assert contact_log(world.gus)[0].words == "reached: Call-down of Panel"


def test_what_a_merged_record_said_counts_for_what_it_became(world: PeopleWorld) -> None:
    first, second = (people.add_party(ME, PartyKind.PERSON, name=name) for name in ("D. Lind", "Lind"))
    say(world, first, date(2026, 3, 14))
    communicate(second, Direction.TOLD, date(2026, 3, 13))
    merging.merge_parties(ME, second, first)
    merging.merge_parties(ME, world.dana, second)
    expected = Contacted(Last(date(2026, 3, 14), "phone"), Last(date(2026, 3, 13), "email"))
    assert last_contacts(TODAY)[world.dana] == expected
    assert contacted(world.dana, TODAY)[:2] == expected[:2]
    assert [line.on for line in contact_log(world.dana)] == [date(2026, 3, 14), date(2026, 3, 13)]
    assert {first, second} & last_contacts(TODAY).keys() == set()


def test_the_log_holds_every_contact_with_its_words(world: PeopleWorld) -> None:
    lines = contact_log(world.ben)
    assert [(line.on, line.direction, line.channel, line.words) for line in lines] == [
        (date(2026, 3, 9), "heard", "phone", ""),
        (date(2026, 2, 12), "heard", "", "agreed with reservations: Ready together, version 1.0"),
    ]
    assert [bool(line.communication) for line in lines] == [True, False]
    assert contact_log(world.ana)[0].words == "Progress on A-1 “Recruit”"


@settings(IN_A_WORLD, max_examples=25)
@given(many=steps("agree", "merge", "roles", "undo", "redo", "leave", "hand over", most=10))
def test_one_by_one_is_as_all_at_once(world: PeopleWorld, many: list[Step]) -> None:
    with taken_back():
        for place, step in enumerate(many):
            take([step])
            with suppress(PlanError):
                say(world, (world.ana, world.ben, world.dana)[place % 3], TODAY - timedelta(days=place))
        for day in (TODAY, YESTERDAY, date(2026, 2, 15)):
            found = last_contacts(day)
            assert last_heard(day) == {uid: one.heard for uid, one in found.items() if one.heard}
            for (uid,) in rows(Party.select(Party.uid).where(Party.merged_into.is_null())):
                one = contacted(uid, day)
                assert found.get(uid, Contacted()) == one._replace(channels=())
                logged = [line for line in contact_log(uid) if line.on <= day and line.direction == Direction.HEARD]
                assert (one.heard.on if one.heard else None) == max((line.on for line in logged), default=None)


@pytest.mark.parametrize("merged", [True, False])
def test_nothing_is_told_of_who_is_unknown(world: PeopleWorld, merged: bool) -> None:
    if merged:
        merging.merge_parties(ME, world.ana, world.ben)
    assert contacted(world.ben if merged else "nobody", TODAY) == Contacted()
