"""What was told and heard outside all other records: for several at once, never in the future."""

from datetime import date, timedelta

from tests.model.replay import tables
from tests.operations.conftest import Refusal
from tests.people_world import TODAY, PeopleWorld, typed
from tui_plan.model.base import rows
from tui_plan.model.ledger import Change, Entry
from tui_plan.model.partnership import Communication
from tui_plan.model.vocabulary import Channel, Direction
from tui_plan.operations.communications import record_communication, remove_communication
from tui_plan.operations.undoing import undo

ME = typed(TODAY)


def summary() -> str:
    return str(rows(Change.select(Change.summary).order_by(Change.id.desc()).limit(1))[0][0])


def test_a_notice_to_several_is_one_change(world: PeopleWorld) -> None:
    before = Change.select().count()
    both = [world.ana, world.ben, world.ana]
    made = record_communication(
        ME, both, Direction.TOLD, on=TODAY, today=TODAY, channel=Channel.EMAIL, words=" Next\nmeeting ", plan=world.plan
    )
    assert (len(made), Change.select().count(), summary()) == (2, before + 1, "Told 2 people")
    fields = (Communication.party, Communication.on, Communication.channel, Communication.words, Communication.plan)
    found = rows(Communication.select(*fields).where(Communication.uid.in_(made)))
    assert sorted(found) == sorted(
        (party, TODAY, "email", "Next\nmeeting", world.plan) for party in (world.ana, world.ben)
    )


def test_one_is_called_by_name_and_filed_under_them(world: PeopleWorld) -> None:
    (uid,) = record_communication(ME, [world.ana, world.ana], Direction.HEARD, on=TODAY, today=TODAY)
    assert summary() == "Heard from “Ana Ruiz”"
    assert rows(Entry.select(Entry.subject).where(Entry.record == uid)) == [(world.ana,)]
    before = tables()
    remove_communication(ME, uid)
    assert summary() == "Removed a communication with “Ana Ruiz”"
    undo(ME)
    assert tables() == before


def test_what_cannot_be_recorded(world: PeopleWorld, refused: Refusal) -> None:
    tomorrow = TODAY + timedelta(days=1)
    assert refused(record_communication, ME, [world.ana], Direction.TOLD, on=tomorrow, today=TODAY) == {
        "on": "2026-03-17 lies in the future; record it when it has happened."
    }
    assert refused(record_communication, ME, [], Direction.TOLD, on=TODAY, today=TODAY) == {
        "parties": "Say who was told, or who was heard from."
    }
    said = {"on": date(1066, 1, 1), "today": TODAY, "channel": "pigeon", "words": "x" * 10_001}
    assert refused(record_communication, ME, [world.ana], "whispered", **said) == {
        "direction": "A communication is one of: heard, told.",
        "on": "The day must be a date between 1900 and 2200.",
        "channel": "The channel is one of: meeting, phone, email, in person, letter, import, own knowledge.",
        "words": "What was said is 10,001 characters long; shorten it to 10,000.",
    }
    gone = {"": "There is no such party in this database."}
    assert refused(record_communication, ME, ["nobody"], Direction.TOLD, on=TODAY, today=TODAY) == gone
    named = "The {} that this communication names is not in this database. Choose another."
    both = [world.ana, "nobody"]
    assert refused(record_communication, ME, both, Direction.TOLD, on=TODAY, today=TODAY) == {"": named.format("party")}
    elsewhere = {"on": TODAY, "today": TODAY, "plan": "nowhere"}
    assert refused(record_communication, ME, [world.ana], Direction.TOLD, **elsewhere) == {"": named.format("plan")}
