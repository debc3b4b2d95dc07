"""How a TOML plan fits into a database that holds others: numbers, namesakes, the same plan twice, all or nothing."""

from datetime import date, timedelta

import pytest

from tui_plan.exchange.toml_importing import import_toml, plan_import
from tui_plan.exchange.toml_reading import PlanDocument, read_toml
from tui_plan.exchange.toml_writing import export_toml
from tui_plan.model.base import rows
from tui_plan.model.errors import ImportProblem, NotFound, Refused
from tui_plan.model.ledger import Change, Entry
from tui_plan.model.meeting import Meeting, MeetingSeries
from tui_plan.model.people import Party
from tui_plan.model.plan import Action, Dependency, Note, Plan, Role
from tui_plan.model.register import RegisterEntry
from tui_plan.model.store import Author
from tui_plan.model.vocabulary import PartyKind
from tui_plan.operations.dependencies import add_dependency
from tui_plan.operations.people import add_party
from tui_plan.operations.undoing import undo

TEXT = """
[plan]
name = "Ready together"
partners = ["District office"]
[[area]]
title = "Calls"
[[area.objective]]
title = "Roster"
[[area.objective.action]]
title = "Agree the tree"
responsible = ["District office", "Ana Silva"]
note = [{ text = "They will not pay.", candour = "candid" }, { text = "Agreed on Tuesday." }]
[[area.objective.action]]
title = "Test the tree"
needs = ["Agree the tree"]
[[series]]
title = "Team"
start_day = 2026-01-06
timezone = "UTC"
rule = "FREQ=WEEKLY;BYDAY=TU"
meeting = [{ original_start = 2026-01-06T09:00:00, status = "held" }]
[[organisation]]
name = "District office"
[[person]]
name = "Ana Silva"
organisation = "District office"
contact = [{ kind = "email", value = "ana@example.org" }]
"""

pytestmark = pytest.mark.usefixtures("plan_database")


def read(text: str = TEXT) -> PlanDocument:
    return read_toml(text.encode())


def test_one_change_by_the_channel_import_holds_every_record(author: Author, today: date) -> None:
    made = import_toml(author, read(), today=today)
    assert rows(Change.select(Change.summary, Change.channel)) == [("Imported the plan “Ready together”", "import")]
    assert Entry.select().count() == made.records
    assert made.remarks == ()


def test_undo_takes_the_whole_plan_back(author: Author, today: date) -> None:
    import_toml(author, read(), today=today)
    undo(author)
    assert [model.select().count() for model in (Plan, Action, Party, Role, Note)] == [0, 0, 0, 0, 0]


def test_the_same_plan_twice_is_refused_and_offered_as_a_copy(author: Author, today: date) -> None:
    document = read()
    import_toml(author, document, today=today)
    for attempt in (import_toml.__call__, lambda _, *given, **named: plan_import(*given, **named)):
        with pytest.raises(Refused, match=r"already here, as P-1 “Ready together”.*--as-copy"):
            attempt(author, document, today=today)
    copy = import_toml(author, document, today=today, as_copy=True)
    assert copy.plan != document.plan["uid"]
    assert Plan.select().count() == 2
    assert Party.select().count() == 2


def test_a_part_of_another_plan_is_refused(author: Author, today: date) -> None:
    first = export_toml(import_toml(author, read(), today=today).plan).decode()
    renewed = first.replace(str(rows(Plan.select(Plan.uid))[0][0]), "f" * 32)
    with pytest.raises(Refused, match="of this file is already here, in another plan"):
        import_toml(author, read(renewed), today=today)


def test_taken_numbers_are_given_anew_and_told(author: Author, today: date) -> None:
    numbered = TEXT.replace('title = "Agree the tree"', 'title = "Agree the tree"\nnumber = 2')
    import_toml(author, read(), today=today)
    made = import_toml(author, read(numbered.replace("Ready", "Stand")), today=today)
    assert "1 action has a new number, since theirs are taken here." in made.remarks
    assert sorted(rows(Action.select(Action.number))) == [(1,), (2,), (3,), (4,)]


def test_free_numbers_are_kept_and_never_given_again(author: Author, today: date) -> None:
    numbered = TEXT.replace('title = "Agree the tree"', 'title = "Agree the tree"\nnumber = 40')
    import_toml(author, read(numbered), today=today)
    assert sorted(rows(Action.select(Action.number))) == [(40,), (41,)]
    undo(author)
    assert (
        "1 action has a new number, since theirs are taken here."
        in import_toml(author, read(numbered), today=today).remarks
    )
    assert sorted(rows(Action.select(Action.number))) == [(42,), (43,)]


def test_series_and_meetings_never_share_a_number(author: Author, today: date) -> None:
    import_toml(author, read(TEXT.replace('status = "held"', 'status = "held", number = 1')), today=today)
    assert rows(MeetingSeries.select(MeetingSeries.number)) != rows(Meeting.select(Meeting.number))


def test_people_on_the_roster_are_used_as_they_stand(author: Author, today: date) -> None:
    office = add_party(author, PartyKind.ORGANISATION, name="DISTRICT OFFICE")
    ana = add_party(author, PartyKind.PERSON, name="Ana Silva", organisation=office)
    made = import_toml(author, read(), today=today)
    assert made.remarks == ("2 of the people are already on the roster and stay as they stand there.",)
    assert set(rows(Role.select(Role.party))) == {(office,), (ana,)}


def test_namesakes_on_the_roster_are_nobody_in_particular(author: Author, today: date) -> None:
    office = add_party(author, PartyKind.ORGANISATION, name="District office")
    for _ in range(2):
        add_party(author, PartyKind.PERSON, name="Ana Silva", organisation=office)
    import_toml(author, read(), today=today)
    assert Party.select().where(Party.name == "Ana Silva").count() == 3


def test_somebody_unlisted_must_be_on_the_roster(author: Author, today: date) -> None:
    text = TEXT.replace('"Ana Silva"]', '"Bo Lind"]')
    with pytest.raises(ImportProblem, match="nobody is named “Bo Lind”, neither in the file nor on the roster"):
        import_toml(author, read(text), today=today)
    assert Plan.select().count() == 0
    bo = add_party(author, PartyKind.PERSON, name="Bo Lind")
    import_toml(author, read(text), today=today)
    assert (bo,) in rows(Role.select(Role.party))


def test_an_actual_date_cannot_lie_in_the_future(author: Author, today: date) -> None:
    soon = today + timedelta(days=1)
    text = TEXT.replace('title = "Test the tree"', f'title = "Test the tree"\nstatus = "complete"\nactual = {soon}')
    with pytest.raises(ImportProblem, match="lies in the future; use the forecast"):
        import_toml(author, read(text), today=today)
    import_toml(author, read(text), today=soon)


def test_a_dry_run_tells_the_same_and_writes_nothing(author: Author, today: date) -> None:
    told = plan_import(read(), today=today)
    assert Change.select().count() == 0
    assert told.records == import_toml(author, read(), today=today).records


def test_needs_of_another_plan_travel_where_that_plan_is(author: Author, today: date) -> None:
    first = import_toml(author, read(), today=today)
    import_toml(author, read(TEXT.replace("the tree", "the boat")), today=today)
    uids = dict(rows(Action.select(Action.title, Action.uid)))
    add_dependency(author, uids["Agree the tree"], uids["Agree the boat"])
    data = export_toml(first.plan)
    assert f"A-3 Agree the boat [{uids['Agree the boat']}]" in data.decode()
    import_toml(author, read_toml(data), today=today, as_copy=True)
    assert Dependency.select().where(Dependency.needs == uids["Agree the boat"]).count() == 3


def test_without_candid_notes_the_file_says_how_many_are_missing(author: Author, today: date) -> None:
    plan = import_toml(author, read(), today=today).plan
    data = export_toml(plan, with_candid=False)
    assert b"withheld_candid_notes = 1" in data
    assert b"They will not pay" not in data
    assert "They will not pay" in export_toml(plan).decode()
    assert read_toml(data).remarks == ("When this file was written, 1 note was withheld as candid.",)


def test_a_plan_that_is_gone_is_not_found() -> None:
    with pytest.raises(NotFound):
        export_toml("0" * 32)


def test_a_gate_whose_stage_is_nowhere_is_told_as_a_decision(author: Author, today: date) -> None:
    decision = 'kind = "decision"\ntitle = "We go on"\non = 2026-01-07\ngate = "passed"\n'
    text = f'[plan]\nname = "Alone"\n[[entry]]\n{decision}stage = "T-9 Pilot [{"0" * 32}]"\n'
    made = import_toml(author, read_toml(text.encode()), today=today)
    assert made.remarks == ("1 link of register entries was left out: what it leads to is not here.",)
    assert rows(RegisterEntry.select(RegisterEntry.title, RegisterEntry.stage, RegisterEntry.gate)) == [
        ("We go on", None, "")
    ]
