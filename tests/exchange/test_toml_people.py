"""How the people of a plan travel as TOML: what comes along, what stays at home, and what no file may say of them."""

import re
from datetime import date, timedelta

import pytest

from tui_plan.exchange.toml_importing import Imported, import_toml, plan_import
from tui_plan.exchange.toml_reading import read_toml
from tui_plan.exchange.toml_writing import export_toml
from tui_plan.model.base import rows
from tui_plan.model.checklist import ChecklistItem, ChecklistRun
from tui_plan.model.errors import ImportProblem
from tui_plan.model.partnership import Agreement, Communication, MembershipRule
from tui_plan.model.people import Alternate, Membership, Party, Tenure
from tui_plan.model.plan import DevelopmentArea, Plan, Role
from tui_plan.model.register import RegisterEntry
from tui_plan.model.store import Author
from tui_plan.model.vocabulary import Direction, PartyKind
from tui_plan.operations import agreements, checklists, communications, groups, merging, people, plans, register
from tui_plan.operations.undoing import undo

HEAD = '[plan]\nname = "Ready together"\nversion = "2.1"\n'
TEXT = (
    HEAD
    + """
partners = ["District office"]
[[area]]
title = "Calls"
objective = [{ title = "Roster", action = [{ title = "Agree the tree", accountable = "Officer" }] }]
[[agreement]]
party = "Ana Silva"
version = "2.1"
state = "agreed with reservations"
on = 2026-01-20
channel = "letter"
reservations = "Not at night."
[[checklist]]
template = "drill"
title = "Call-down of List"
kind = "notification drill"
group = "List"
started_on = 2026-02-01
item = [{ key = "a", text = "Ana Silva", party = "Ana Silva", rating = "in place", at = 2026-02-01T08:04:00 }]
[[entry]]
kind = "champion"
party = "Ana Silva"
title = "Carries it"
on = 2026-02-02
[[organisation]]
name = "District office"
[[group]]
name = "List"
group_kind = "notification list"
member = [{ member = "Officer", seat = "chair" }]
rule = [
    { role = "accountable", area = "Calls", this_plan = true },
    { audience = "partner staff", organisation = "District office" },
]
drill = [{ template = "drill", title = "Old drill", kind = "notification drill", started_on = 2025-02-01 }]
[[post]]
name = "Chief"
organisation = "District office"
[[post]]
name = "Officer"
organisation = "District office"
reports_to = "Chief (District office)"
alternates = ["Bo Lind", "Ana Silva"]
holder = [{ person = "Ana Silva", start = 2025-01-01 }]
[[person]]
name = "Bo Lind"
[[person]]
name = "Ana Silva"
organisation = "District office"
audience = "partner staff"
hear_every = 30
joined_on = 2024-01-01
communication = [
    { direction = "told", on = 2026-03-01, channel = "phone", words = "About it.", this_plan = true },
    { direction = "heard", on = 2026-03-02, words = "About nothing in particular." },
]
entry = [{ kind = "support", title = "Nods", on = 2025-02-02, level = "neutral" }]
[[person.checklist]]
template = "onboarding"
title = "Welcome"
kind = "onboarding"
post = "Officer"
started_on = 2025-01-02
item = [{ key = "call", text = "Called" }]
"""
)

pytestmark = pytest.mark.usefixtures("plan_database")


@pytest.fixture
def made(author: Author, today: date) -> Imported:
    return import_toml(author, read_toml(TEXT.encode()), today=today)


def problems(text: str) -> tuple[str, ...]:
    with pytest.raises(ImportProblem) as caught:
        read_toml(text.encode())
    return caught.value.problems or (str(caught.value),)


def uid_of(name: str) -> str:
    [(uid,)] = rows(Party.select(Party.uid).where((Party.name == name) & Party.merged_into.is_null()))
    return str(uid)


def counts() -> dict[str, int]:
    models = (Agreement, MembershipRule, Communication, ChecklistRun, ChecklistItem, RegisterEntry, Alternate, Tenure)
    return {model.__name__: model.select().count() for model in models}


def test_everything_that_is_kept_of_people_is_read(made: Imported) -> None:
    assert counts() == {
        "Agreement": 1,
        "MembershipRule": 2,
        "Communication": 2,
        "ChecklistRun": 3,
        "ChecklistItem": 2,
        "RegisterEntry": 2,
        "Alternate": 2,
        "Tenure": 1,
    }
    ana, officer = uid_of("Ana Silva"), uid_of("Officer")
    [(area,)] = rows(DevelopmentArea.select(DevelopmentArea.uid))
    rules = rows(MembershipRule.select(MembershipRule.role, MembershipRule.plan, MembershipRule.area))
    assert sorted(rules, key=repr) == [("", None, None), ("accountable", made.plan, area)]
    assert sorted(rows(Alternate.select(Alternate.rank, Alternate.person))) == [(1, uid_of("Bo Lind")), (2, ana)]
    assert rows(Party.select(Party.reports_to).where(Party.uid == officer)) == [(uid_of("Chief"),)]
    about = rows(ChecklistRun.select(ChecklistRun.title, ChecklistRun.plan, ChecklistRun.party, ChecklistRun.group))
    assert sorted(about) == [
        ("Call-down of List", made.plan, None, uid_of("List")),
        ("Old drill", None, None, uid_of("List")),
        ("Welcome", None, ana, None),
    ]
    assert sorted(rows(Communication.select(Communication.direction, Communication.plan))) == [
        ("heard", None),
        ("told", made.plan),
    ]


def test_people_on_the_roster_keep_what_is_kept_of_them_and_the_plan_brings_its_own(
    made: Imported, author: Author, today: date
) -> None:
    before = counts()
    copy = import_toml(author, read_toml(export_toml(made.plan)), today=today, as_copy=True)
    added = {name: count - before[name] for name, count in counts().items()}
    assert added == {
        "Agreement": 1,
        "MembershipRule": 1,
        "Communication": 1,
        "ChecklistRun": 1,
        "ChecklistItem": 1,
        "RegisterEntry": 1,
        "Alternate": 0,
        "Tenure": 0,
    }
    assert Party.select().count() == 6
    [(area, home)] = rows(
        MembershipRule.select(DevelopmentArea.uid, DevelopmentArea.plan)
        .join(DevelopmentArea, on=(MembershipRule.area == DevelopmentArea.uid))
        .where(MembershipRule.plan == copy.plan)
    )
    assert home == copy.plan
    assert (area,) in rows(DevelopmentArea.select(DevelopmentArea.uid).where(DevelopmentArea.plan == copy.plan))


def test_a_drill_calls_the_same_people_under_the_uids_that_they_have_here(author: Author, today: date) -> None:
    ana = people.add_party(author, PartyKind.PERSON, name="Ana Silva")
    text = TEXT.replace('key = "a"', f'key = "{"1" * 32}"').replace(
        'name = "Ana Silva"\norganisation = "District office"', f'name = "Ana Silva"\nuid = "{"1" * 32}"'
    )
    import_toml(author, read_toml(text.encode()), today=today)
    items = rows(ChecklistItem.select(ChecklistItem.key, ChecklistItem.party).where(ChecklistItem.party.is_null(False)))
    assert items == [(ana, ana)]


def test_what_was_merged_here_is_taken_as_what_it_became(made: Imported, author: Author, today: date) -> None:
    data = export_toml(made.plan)
    undo(author)
    import_toml(author, read_toml(data), today=today)
    kept = people.add_party(author, PartyKind.PERSON, name="Anna Silva")
    again = people.add_party(author, PartyKind.PERSON, name="A. Silva")
    merging.merge_parties(author, kept, uid_of("Ana Silva"))
    merging.merge_parties(author, again, kept)
    copy = import_toml(author, read_toml(data), today=today, as_copy=True)
    assert rows(Agreement.select(Agreement.party).where(Agreement.plan == copy.plan)) == [(again,)]
    assert "6 of the people are already on the roster and stay as they stand there." in copy.remarks
    text = export_toml(copy.plan).decode()
    assert "A. Silva" in text
    assert '"Ana Silva"' not in text.replace('text = "Ana Silva"', "")
    assert "merged" not in text


def test_a_namesake_in_the_file_of_somebody_known_is_another_person(
    made: Imported, author: Author, today: date
) -> None:
    sure = f'"Ana Silva [{uid_of("Ana Silva")}]"'
    text = re.sub('(?<!name = )(?<!text = )"Ana Silva"', sure, export_toml(made.plan).decode())
    twin = f'[[person]]\nname = "Ana Silva"\norganisation = "District office"\nuid = "{"7" * 32}"\n'
    import_toml(author, read_toml((text + twin).encode()), today=today, as_copy=True)
    assert Party.select().where(Party.name == "Ana Silva").count() == 2


def test_rules_about_other_plans_stay_and_the_file_says_so(made: Imported, author: Author, today: date) -> None:
    other = plans.add_plan(author, name="Another")
    area = plans.add_area(author, other, title="Elsewhere")
    groups.add_rule(author, uid_of("List"), role="responsible", plan=other)
    groups.add_rule(author, uid_of("List"), role="responsible", area=area)
    data = export_toml(made.plan)
    assert b"left_out_rules = 2" in data
    assert data.count(b'role = "') == 1
    document = read_toml(data)
    told = "2 rules of groups were left out when this file was written: they are about other plans."
    assert document.remarks == (told,)
    assert told in plan_import(document, today=today, as_copy=True).remarks


def test_a_list_that_only_follows_rules_comes_along_where_it_is_about_somebody_here(
    made: Imported, author: Author
) -> None:
    groups_with(author, "Our staff", audience="partner staff")
    groups_with(author, "Leaders", audience="other community leaders")
    mill = people.add_party(author, PartyKind.ORGANISATION, name="Mill")
    groups_with(author, "Mill hands", organisation=mill)
    text = export_toml(made.plan).decode()
    assert 'name = "Our staff"' in text
    assert "Leaders" not in text
    assert "Mill" not in text


def groups_with(author: Author, name: str, **values: str) -> str:
    group = people.add_party(author, PartyKind.GROUP, name=name)
    groups.add_rule(author, group, **values)  # type: ignore[arg-type]
    return group


def test_what_is_about_another_plan_or_about_nobody_stays_at_home(made: Imported, author: Author, today: date) -> None:
    other, ana = plans.add_plan(author, name="Another", version="1.0"), uid_of("Ana Silva")
    before = export_toml(made.plan)
    communications.record_communication(author, [ana], Direction.TOLD, on=today, today=today, plan=other)
    agreements.record_agreement(author, other, [ana], today=today, state="agreed")
    register.add_entry(author, kind="champion", title="Elsewhere", on=today, party=ana, plan=other)
    item = checklists.TemplateItem("one", "One")
    template = checklists.Template("mine", "Mine", checklists.ChecklistKind.INSTRUCTIONS, (item,))
    checklists.start_checklist(author, template, checklists.About(), on=today)
    checklists.start_checklist(author, template, checklists.About(plan=other, party=ana), on=today)
    assert export_toml(made.plan) == before


def test_a_rule_that_comes_into_a_group_lets_agreements_lapse(made: Imported, author: Author, today: date) -> None:
    plans.edit_plan(author, made.plan, convening_group=uid_of("List"))
    agreements.record_agreement(author, made.plan, [uid_of("Bo Lind")], today=today, state="agreed")
    text = TEXT.replace("Ready together", "Ready again").replace('accountable = "Officer"', 'accountable = "Bo Lind"')
    import_toml(author, read_toml(text.encode()), today=today)
    query = Agreement.select(Agreement.state, Agreement.lapsed_because).where(Agreement.party == uid_of("Bo Lind"))
    assert rows(query) == [("lapsed", "new duties in the plan")]


@pytest.mark.parametrize("line", ["on = 2026-01-20", "on = 2026-03-01"])
def test_what_was_said_cannot_lie_in_the_future(author: Author, today: date, line: str) -> None:
    tomorrow = today + timedelta(days=1)
    text = TEXT.replace(line, f"on = {tomorrow}")
    with pytest.raises(ImportProblem, match=f"{tomorrow} lies in the future; record it when it has happened"):
        import_toml(author, read_toml(text.encode()), today=today)
    import_toml(author, read_toml(text.encode()), today=tomorrow)
    assert Plan.select().count() == 1


ANA = '[[person]]\nname = "Ana"\n'
BO = '[[person]]\nname = "Bo"\n'
POST = '[[post]]\nname = "Chief"\n'
AGREEMENT = '[[agreement]]\nparty = "Ana"\nversion = "2.1"\nstate = '
GROUP = '[[group]]\nname = "List"\n'
RUN = '[[checklist]]\ntemplate = "t"\ntitle = "T"\nkind = "onboarding"\nstarted_on = 2026-02-02\n'


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        (ANA + 'contact = [{ kind = "email", value = "ana" }]', "“ana” is no address for e-mail"),
        (ANA + 'contact = [{ kind = "mobile", value = "at the desk" }]', "“at the desk” is no number to call"),
        (ANA + "joined_on = 2026-02-01\nleft_on = 2026-01-01", "The day they left (2026-01-01) comes before"),
        (ANA + "hear_every = 0", "How often to hear from them, in days, is a whole number from 1 to 999"),
        (ANA + 'audience = "friends"', "The audience is one of: key public officials"),
        (ANA + 'reports_to = "Chief"\n' + POST, "What reports to a post must be a post."),
        (POST + 'reports_to = "Ana"\n' + ANA, "“Ana” must be a post."),
        (POST + 'reports_to = "Chief"', "this post would report to itself in the end; choose another."),
        (
            POST + 'holder = [{ person = "Ana" }, { person = "Bo", start = 2026-01-01 }]\n' + ANA + BO,
            "Ana and Bo would both hold “Chief” on 2026-01-01: end the one before, or say that one is acting.",
        ),
        (
            POST + 'alternates = ["A", "B", "C", "D"]\n' + "".join(ANA.replace("Ana", name) for name in "ABCD"),
            "A post has 3 alternates at most; leave 1 out.",
        ),
        (POST + 'alternates = ["List"]\n' + GROUP, "“List” must be a person."),
        (GROUP + "rule = [{}]", "A rule needs a role, an audience or an organisation"),
        (GROUP + 'rule = [{ audience = "partner staff", this_plan = true }]', "Say which role in that plan or area"),
        (GROUP + 'rule = [{ role = "informed", this_plan = "yes" }]', "this_plan must be true or false"),
        (GROUP + 'rule = [{ role = "informed", area = "Fun" }]', "there is no development area “Fun” in this file"),
        (GROUP + 'member = [{ member = "Ana" }, { member = "Ana" }]\n' + ANA, "They are in this group already."),
        (
            GROUP + 'member = [{ member = "Two" }]\n[[group]]\nname = "Two"\nmember = [{ member = "List" }]',
            "a group cannot be a member of itself, directly or through another group",
        ),
        (AGREEMENT + '"not asked"\n' + ANA, "Who was not asked has no agreement: leave it out."),
        (AGREEMENT + '"agreed with reservations"\n' + ANA, "Write down the reservations, in their words."),
        (AGREEMENT + '"agreed"\nreservations = "Not at night."\n' + ANA, "Only who agrees with reservations has some"),
        (AGREEMENT + '"agreed"\nlapsed_because = "rain"\n' + ANA, "Only a lapsed agreement says what made it lapse"),
        (
            AGREEMENT + '"agreed"\n' + AGREEMENT.replace("2.1", "v2") + '"asked"\n' + ANA,
            "already an agreement of theirs",
        ),
        ('[[agreement]]\nversion = "1"\nstate = "asked"', "party must say who it is."),
        ('[[agreement]]\nparty = "Ana"\nstate = "asked"\n' + ANA, "The version cannot be empty."),
        (ANA + 'communication = [{ direction = "told" }]', "The day needs a date"),
        (ANA + "communication = [{ on = 2026-01-01 }]", "A communication is one of: heard, told."),
        (RUN + "finished_on = 2026-02-01", "The day it was finished (2026-02-01) comes before the start"),
        (RUN + 'group = "Ana"\n' + ANA, "“Ana” must be a group."),
        (RUN + "item = [{}]", "The item's key cannot be empty."),
        (RUN + 'item = [{ key = "a", text = "b", at = 2026-02-02T08:00:00Z }]', "without quotes or a time zone"),
        ('[[entry]]\nkind = "champion"\ntitle = "T"\non = 2026-01-01', "Say whom it is about."),
        (
            ANA + 'entry = [{ kind = "support", title = "T", on = 2026-01-01 }]',
            "Say how they stand to the plan: opposed, sceptical",
        ),
        (ANA + 'merged_into = "Bo"', "“merged_into” is not known here"),
    ],
)
def test_what_is_wrong_with_people_is_said_in_the_words_of_the_operations(text: str, sentence: str) -> None:
    assert sentence in problems(HEAD + text)[0]


def test_a_title_of_two_areas_needs_the_number() -> None:
    areas = '[[area]]\ntitle = "Calls"\n' * 2
    rule = GROUP + 'rule = [{ role = "informed", area = "Calls" }]'
    assert (
        "“Calls” is the title of 2 development areas: number them and write D-… instead."
        in problems(HEAD + areas + rule)[0]
    )
    numbered = areas.replace('title = "Calls"\n', 'title = "Calls"\nnumber = 7\n', 1)
    document = read_toml((HEAD + numbered + rule.replace('"Calls"', '"D-7 and any words"')).encode())
    assert document.rows[MembershipRule][0]["area"] == document.rows[DevelopmentArea][0]["uid"]


def test_whoever_acts_may_hold_a_post_beside_its_holder_and_somebody_not_listed_may_be_named() -> None:
    holders = 'holder = [{ person = "Ana" }, { person = "Cleo", acting = true }]\n'
    document = read_toml((HEAD + POST + holders + ANA).encode())
    assert len(document.rows[Tenure]) == 2


def test_one_seat_and_one_role_stand_once(author: Author, today: date) -> None:
    twice = POST + 'alternates = ["Ana", "ANA"]\n' + ANA + GROUP + 'member = [{ member = "Ana" }]\n'
    import_toml(author, read_toml((HEAD + twice).encode()), today=today)
    assert [model.select().count() for model in (Alternate, Membership, Role)] == [1, 1, 0]
