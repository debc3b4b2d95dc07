"""How stages, assessments and the register travel as TOML: how they name one another, and what is refused."""

import re
from datetime import date

import pytest

from tui_plan.exchange.toml_importing import Imported, import_toml
from tui_plan.exchange.toml_reading import PlanDocument, read_toml
from tui_plan.exchange.toml_writing import export_toml
from tui_plan.insight.gate import gate_of
from tui_plan.model.base import rows
from tui_plan.model.checklist import ChecklistItem, ChecklistRun, NextAction
from tui_plan.model.errors import ImportProblem
from tui_plan.model.meeting import Meeting
from tui_plan.model.people import Party
from tui_plan.model.plan import Action, DevelopmentArea, OutcomeMeasure, StepObjective
from tui_plan.model.register import EntryLink, RegisterEntry
from tui_plan.model.stage import Stage
from tui_plan.model.store import Author
from tui_plan.model.vocabulary import Gate, PartyKind
from tui_plan.operations import parts, people, plans, register
from tui_plan.operations.actions import add_action

HEAD = '[plan]\nname = "Ready together"\n'
PEOPLE = '[[person]]\nname = "Ana"\n[[person]]\nname = "Bo"\n'
TREE = """
[[area]]
title = "Calls"
objective = [{ title = "Roster", action = [{ title = "Agree the tree", core = true, measure = [
    { statement = "Calls answered", every = 3 }, { statement = "Minutes to reach all" }
] }] }]
"""
MEETINGS = """
[[series]]
title = "Team"
start_day = 2026-01-06
timezone = "UTC"
rule = "FREQ=WEEKLY;BYDAY=TU"
meeting = [{ original_start = 2026-01-06T09:00:00 }, { original_start = 2026-01-13T09:00:00, status = "held" }]
"""
STAGES = """
[[stage]]
kind = "piloting"
title = "Pilot"
started_on = 2026-01-01
[[stage]]
kind = "full implementation"
title = "Everywhere"
scope = "All schools"
"""
RUN = """
[[checklist]]
template = "progress"
title = "Pilot: consensus"
kind = "stage assessment"
stage = "pilot"
meeting = "Team of 2026-01-13"
started_on = 2026-01-13
item = [{ key = "a", text = "A", rating = "not yet", challenges = "Nobody came.", actions = ["Agree the tree"] }]
"""
RISK = 'kind = "risk"\ntitle = "Flood"\non = 2026-01-07\nlikelihood = 3\nimpact = 5\nparty = "Ana"\n'
REGISTER = f"""
[[entry]]
{RISK}actions = ["Agree the tree"]
entries = ["Gate of Pilot"]
[[entry]]
kind = "achievement"
title = "Answered"
on = 2026-01-07
objectives = ["Roster"]
measures = ["Calls answered"]
[[entry]]
kind = "decision"
title = "Gate of Pilot"
on = 2026-01-13
stage = "Pilot"
meeting = "Team of 2026-01-13"
gate = "overridden"
party = "Ana"
cause = "The money ends in June."
[[entry]]
kind = "idea"
title = "Boats"
on = 2026-01-07
area = "Calls"
candour = "candid"
entries = ["R-1"]
"""
TEXT = HEAD + TREE + MEETINGS + STAGES + RUN + REGISTER.replace(RISK, RISK + "number = 1\n") + PEOPLE

pytestmark = pytest.mark.usefixtures("plan_database")


def read(text: str = TEXT) -> PlanDocument:
    return read_toml(text.encode())


@pytest.fixture
def made(author: Author, today: date) -> Imported:
    return import_toml(author, read(), today=today)


def problems(text: str) -> tuple[str, ...]:
    with pytest.raises(ImportProblem) as caught:
        read(text)
    return caught.value.problems or (str(caught.value),)


def only(query: object) -> object:
    [(found,)] = rows(query)
    return found


def test_stages_and_assessments_name_one_another_by_their_words(made: Imported) -> None:
    assert made.remarks == ()
    pilot, held = (
        only(Stage.select(Stage.uid).where(Stage.title == "Pilot")),
        only(Meeting.select(Meeting.uid).where(Meeting.status == "held")),
    )
    assert rows(ChecklistRun.select(ChecklistRun.plan, ChecklistRun.stage, ChecklistRun.meeting)) == [
        (made.plan, pilot, held)
    ]
    assert only(NextAction.select(NextAction.action)) == only(Action.select(Action.uid))
    decided = rows(RegisterEntry.select(RegisterEntry.stage, RegisterEntry.meeting).where(RegisterEntry.gate != ""))
    assert decided == [(pilot, held)]
    assert gate_of(str(pilot)).state == Gate.OVERRIDDEN


def test_what_entries_lead_to_is_found(made: Imported) -> None:
    titles = dict(rows(RegisterEntry.select(RegisterEntry.uid, RegisterEntry.title)))
    links = rows(EntryLink.select(EntryLink.entry, EntryLink.action, EntryLink.objective, EntryLink.measure))
    led = {(titles[entry], *ends) for entry, *ends in links if any(ends)}
    answered = only(OutcomeMeasure.select(OutcomeMeasure.uid).where(OutcomeMeasure.every == 3))
    assert led == {
        ("Flood", only(Action.select(Action.uid)), None, None),
        ("Answered", None, only(StepObjective.select(StepObjective.uid)), None),
        ("Answered", None, None, answered),
    }
    others = rows(EntryLink.select(EntryLink.entry, EntryLink.other).where(EntryLink.other.is_null(False)))
    assert {(titles[entry], titles[other]) for entry, other in others} == {
        ("Flood", "Gate of Pilot"),
        ("Boats", "Flood"),
    }
    became = only(RegisterEntry.select(RegisterEntry.area).where(RegisterEntry.kind == "idea"))
    assert became == only(DevelopmentArea.select(DevelopmentArea.uid))


@pytest.mark.parametrize(
    "line",
    [
        'stage = "T-1 Pilot"',
        'meeting = "M-3 Team of 2026-01-13"',
        'gate = "overridden"',
        'actions = [\n    "A-1 Agree the tree",\n]',
        'objectives = [\n    "S-1 Roster",\n]',
        'entries = [\n    "R-1 Flood",\n]',
        "core = true",
        "every = 3",
    ],
)
def test_the_file_quotes_what_people_quote(made: Imported, line: str) -> None:
    text = export_toml(made.plan).decode()
    assert line in text
    assert re.search(r'measures = \[\n    "Calls answered \[[0-9a-f]{32}\]",', text)


def test_where_the_file_is_silent_the_operations_say_what_may_leave_the_house(author: Author, today: date) -> None:
    of_bo = RUN.replace("consensus", "Bo").replace('stage = "pilot"', 'stage = "pilot"\nparty = "Bo"')
    house = '[[entry]]\nkind = "support"\nlevel = "neutral"\nparty = "Bo"\ntitle = "Nods"\non = 2026-01-01\n'
    import_toml(author, read(TEXT + of_bo + house), today=today)
    items = ChecklistItem.select(ChecklistRun.title, ChecklistItem.candour).join(ChecklistRun)
    assert sorted(rows(items)) == [("Pilot: Bo", "candid"), ("Pilot: consensus", "shareable")]
    entries = dict(rows(RegisterEntry.select(RegisterEntry.kind, RegisterEntry.candour)))
    assert (entries["risk"], entries["support"], entries["idea"]) == ("shareable", "candid", "candid")


def test_a_copy_leads_to_its_own_records(made: Imported, author: Author, today: date) -> None:
    copy = import_toml(author, read_toml(export_toml(made.plan)), today=today, as_copy=True)
    assert "4 register entries have a new number, since theirs are taken here." in copy.remarks
    stages, runs = (
        rows(model.select(model.uid).where(model.plan == copy.plan))  # type: ignore[attr-defined]
        for model in (Stage, ChecklistRun)
    )
    assert (len(stages), len(runs)) == (2, 1)
    assert (only(ChecklistRun.select(ChecklistRun.stage).where(ChecklistRun.plan == copy.plan)),) in stages
    assert [model.select().count() for model in (NextAction, EntryLink)] == [2, 10]
    for link in (EntryLink.action, EntryLink.objective, EntryLink.measure):
        assert len({uid for (uid,) in rows(EntryLink.select(link).where(link.is_null(False)))}) == 2


OF_BO = """
entry = [{ kind = "idea", title = "Fly", on = 2026-01-01, area = "Calls", actions = ["Agree the tree"] }]
[[person.checklist]]
template = "onboarding"
title = "Welcome"
kind = "onboarding"
started_on = 2026-01-02
meeting = "Team of 2026-01-06"
item = [{ key = "call", text = "Call", actions = ["Agree the tree"] }]
"""


def test_what_is_kept_of_somebody_leads_into_the_plan_and_stays_with_them(author: Author, today: date) -> None:
    document = read(TEXT + OF_BO)
    made = import_toml(author, document, today=today)
    [(idea,)] = rows(RegisterEntry.select(RegisterEntry.uid).where(RegisterEntry.title == "Fly"))
    assert rows(RegisterEntry.select(RegisterEntry.plan, RegisterEntry.area).where(RegisterEntry.uid == idea)) == [
        (None, only(DevelopmentArea.select(DevelopmentArea.uid)))
    ]
    assert [model.select().count() for model in (NextAction, EntryLink)] == [2, 6]
    again = export_toml(made.plan)
    import_toml(author, read_toml(again), today=today, as_copy=True)
    assert [model.select().count() for model in (NextAction, EntryLink)] == [3, 11]
    assert EntryLink.select().where(EntryLink.entry == idea).count() == 1
    assert export_toml(made.plan) == again


def test_who_is_on_the_roster_brings_neither_entries_nor_what_they_lead_to(author: Author, today: date) -> None:
    people.add_party(author, PartyKind.PERSON, name="Bo")
    import_toml(author, read(TEXT + OF_BO), today=today)
    assert [model.select().count() for model in (NextAction, EntryLink)] == [1, 5]


def test_what_is_candid_stays_in_the_house_and_the_file_counts_it(author: Author, today: date) -> None:
    item = 'candour = "candid", evidence = "Their word", challenges'
    made = import_toml(author, read(TEXT.replace("challenges", item)), today=today)
    data = export_toml(made.plan, with_candid=False)
    assert b"withheld_candid_entries = 1\nwithheld_candid_items = 1\n" in data
    for secret in (b"Boats", b"Nobody came", b"Their word"):
        assert secret not in data
        assert secret in export_toml(made.plan)
    assert b'rating = "not yet"' in data
    assert read_toml(data).remarks == (
        "When this file was written, 1 entry and the words on 1 item were withheld as candid.",
    )


def test_a_link_to_a_candid_entry_does_not_tell_of_it(made: Imported, author: Author, today: date) -> None:
    other = plans.add_plan(author, name="Another")
    told, secret = (
        register.add_entry(author, kind="lesson", title=title, on=today, plan=other, candour=candour)
        for title, candour in (("Ring first", "shareable"), ("They lie", "candid"))
    )
    [(boats,)] = rows(RegisterEntry.select(RegisterEntry.uid).where(RegisterEntry.title == "Boats"))
    [(flood,)] = rows(RegisterEntry.select(RegisterEntry.uid).where(RegisterEntry.title == "Flood"))
    register.edit_entry(author, flood, leads=register.Leads(others=(boats, told, secret)))
    whole, shared = (export_toml(made.plan, with_candid=candid).decode() for candid in (True, False))
    for words in ("R-4 Boats", f"R-6 They lie [{secret}]"):
        assert words in whole
        assert words not in shared
    assert f"R-5 Ring first [{told}]" in shared


def test_what_leads_into_another_plan_travels_where_that_plan_is(made: Imported, author: Author, today: date) -> None:
    other = plans.add_plan(author, name="Another")
    area = plans.add_area(author, other, title="Elsewhere")
    objective = plans.add_objective(author, area, title="There")
    action = add_action(author, objective, today=today, title="Build a boat")
    measure = parts.add_measure(author, action, statement="Boats built")
    lesson = register.add_entry(author, kind="lesson", title="Ring first", on=today, plan=other)
    leads = register.Leads((action,), (objective,), (measure,), (lesson,))
    register.add_entry(
        author, leads, kind="risk", title="R", on=today, plan=made.plan, likelihood=1, impact=1, party=_ana()
    )
    data = export_toml(made.plan)
    for label in (f"A-2 Build a boat [{action}]", f"S-2 There [{objective}]", f"Boats built [{measure}]"):
        assert label in data.decode()
    import_toml(author, read_toml(data), today=today, as_copy=True)
    assert EntryLink.select().where(EntryLink.other == lesson).count() == 2
    assert EntryLink.select().where(EntryLink.measure == measure).count() == 2
    gone = data.decode().replace(action, "0" * 32).replace(lesson, "1" * 32)
    told = import_toml(author, read(gone), today=today, as_copy=True).remarks
    assert "2 links of the register were left out: what they lead to is not here." in told


def _ana() -> str:
    return str(only(Party.select(Party.uid).where(Party.name == "Ana")))


ENTRY = "[[entry]]\non = 2026-01-07\n"
LESSON = 'kind = "lesson"\ntitle = "Twin"\n'


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        (STAGES + RUN.replace("not yet", "rather good"), "A rating is one of: in place, partly in place"),
        (STAGES + RUN.replace("[{", '[{ candour = "secret",'), "What is said of an item is one of: candid, shareable"),
        (
            STAGES + RUN + RUN,
            "was begun on 2026-01-13 already: go on with it unless it is finished, or say another day.",
        ),
        (
            STAGES + (RUN.replace('stage = "pilot"', 'stage = "T-5"\nparty = "Ana"') * 2).replace("T-5", "Pilot"),
            "“Pilot: consensus” was begun on 2026-01-13 already",
        ),
        (
            STAGES
            + RUN.replace("template", 'party = "Cleo"\ntemplate')
            + RUN.replace("template", 'party = "CLEO"\ntemplate'),
            "“Pilot: consensus” was begun on 2026-01-13 already",
        ),
        (
            STAGES + STAGES.partition('[[stage]]\nkind = "full')[0],
            "“Pilot” is attempt 1 of piloting already: choose another.",
        ),
        (
            STAGES + RUN.replace("item = [{", 'item = [{ key = "a", text = "B" }, {'),
            "another item has this key: give each its own.",
        ),
        (
            ENTRY + LESSON + ENTRY + LESSON + f'{ENTRY}{LESSON}entries = ["Twin"]',
            "“Twin” is the title of 3 register entries",
        ),
        (STAGES + 'skipped_because = "No time"\n', "Only piloting can be skipped"),
        ('[[stage]]\nkind = "piloting"\ntitle = "P"\nended_on = 2026-01-01', "Say when it began, since it has an end."),
        ('[[stage]]\nkind = "testing"\ntitle = "P"', "The kind of stage is one of: piloting, full implementation"),
        (RUN, "there is no stage “pilot” in this file: give its number, T-…, or its title."),
        (STAGES + RUN.replace("01-13", "01-14"), "there is no meeting “Team of 2026-01-14” in this file"),
        (
            STAGES + RUN.replace("Team of 2026-01-13", "Team"),
            "“Team” is the title of 2 meetings: number them and write M-…",
        ),
        (STAGES + RUN.replace('["Agree', '["Read'), "there is no action “Read the tree” in this file"),
        (
            ENTRY + RISK[RISK.index("title") :].replace("on = 2026-01-07\n", ""),
            "The kind of entry is one of: risk, issue",
        ),
        ("[[entry]]\n" + RISK.replace('party = "Ana"\n', ""), "Say who owns the risk: a person, a post or a group."),
        ("[[entry]]\n" + RISK.replace("impact = 5\n", ""), "Say how hard it would hit, from 1 to 5."),
        ("[[entry]]\n" + RISK.replace("impact = 5", "impact = 6"), "The impact is a whole number from 1 to 5."),
        ("[[entry]]\n" + RISK + "residual_impact = 2", "Say both, likelihood and impact after the response"),
        ("[[entry]]\n" + RISK + 'disposition = "keep"', "A risk has no disposition: leave it empty."),
        ("[[entry]]\n" + RISK + "closed_on = 2026-01-01", "comes before the day it was written down for (2026-01-07)"),
        ("[[entry]]\n" + RISK + 'entries = ["Flood"]', "An entry cannot be linked to itself."),
        (
            "[[entry]]\n" + RISK + 'entries = ["Fire"]',
            "there is no register entry “Fire” in this file: give its number, R-…",
        ),
        (
            "[[entry]]\n" + RISK + 'measures = ["Fire"]',
            "there is no outcome measure “Fire” in this file: give its statement.",
        ),
        (
            "[[entry]]\n" + RISK.replace('"Ana"', '"Cleo Doe (Mill)"') + 'stage = "X"',
            "there is no stage “X” in this file",
        ),
        (
            ENTRY + 'kind = "participation"\nparty = "Ana"\ntitle = "T"\nintended = 2\nactive = 3',
            "More take part (3) than are meant to (2)",
        ),
        (ENTRY + 'kind = "decision"\ntitle = "T"\ngate = "passed"', "Say at the gate of which stage this was decided."),
        (
            STAGES + ENTRY + 'kind = "decision"\ntitle = "T"\ngate = "open"\nstage = "Pilot"',
            "What is decided is one of: passed, passed with conditions, not passed, overridden.",
        ),
        (
            STAGES + ENTRY + 'kind = "decision"\ntitle = "T"\ngate = "overridden"\nstage = "Pilot"\nparty = "Ana"',
            "Say why the gate is overridden: it will be shown for ever.",
        ),
    ],
)
def test_what_is_wrong_is_said_once_in_the_words_of_the_operations(text: str, sentence: str) -> None:
    [found] = problems(HEAD + TREE + MEETINGS + text + "\n" + PEOPLE)
    assert sentence in found


def test_measures_of_one_statement_are_told_apart_by_their_uid() -> None:
    uid = "a" * 32
    twice = TREE.replace("Minutes to reach all", "Calls answered").replace("every = 3", f'uid = "{uid}"')
    entry = '[[entry]]\nkind = "achievement"\ntitle = "T"\non = 2026-01-01\nmeasures = ["Calls answered"]\n'
    [found] = problems(HEAD + twice + entry)
    assert "“Calls answered” is the title of 2 outcome measures: put the uid in square brackets behind it." in found
    document = read(HEAD + twice + entry.replace('answered"]', f'answered [{uid}]"]'))
    assert [row["measure"] for row in document.rows[EntryLink]] == [uid]
