"""That the demo shows every state that people can be in: each test asks the tables of the loaded samples."""

import json
from collections import Counter
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from pathlib import Path

import pytest

from tui_plan.exchange.samples import SAMPLES, load_samples, sample_document
from tui_plan.insight.people_on import PeopleOn
from tui_plan.model.base import Record, rows
from tui_plan.model.checklist import ChecklistItem, ChecklistRun
from tui_plan.model.database import close_database, create_database, open_database
from tui_plan.model.ledger import Change, Entry
from tui_plan.model.partnership import Agreement, Communication, MembershipRule
from tui_plan.model.people import Alternate, ContactMethod, Membership, Party, Tenure
from tui_plan.model.plan import Action, Plan, PlanPartner, Role
from tui_plan.model.register import RegisterEntry
from tui_plan.model.store import Author
from tui_plan.model.vocabulary import OPEN_STATUSES, AgreementState, Audience, ChecklistKind, Direction, EntryKind
from tui_plan.operations.lapsing import duties
from tui_plan.operations.upkeep import check_database

TODAY = date(2026, 3, 16)
pytestmark = pytest.mark.usefixtures("samples")


@pytest.fixture(scope="module")
def sample_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("samples") / "plan.db"
    create_database(path)
    load_samples(Author("ana"), TODAY)
    close_database()
    return path


@pytest.fixture
def samples(sample_file: Path) -> Iterator[Path]:
    """The loaded samples, only read."""
    open_database(sample_file)
    yield sample_file
    close_database()


@pytest.fixture
def people() -> PeopleOn:
    return PeopleOn(TODAY)


def test_posts_have_holders_before_and_now_and_who_only_acts(people: PeopleOn) -> None:
    before = {post for (post,) in rows(Tenure.select(Tenure.post).where(Tenure.end < TODAY))}
    assert len(before & people.holdings.keys()) >= 3
    assert sum(each.acting for held in people.holdings.values() for each in held) >= 3
    assert Tenure.select().where(Tenure.end > TODAY).exists()


def test_a_post_that_carries_actions_is_vacant_for_long(people: PeopleOn) -> None:
    carrying = {party for (party,) in rows(Role.select(Role.party).distinct())}
    ended = dict(rows(Tenure.select(Tenure.post, Tenure.end).order_by(Tenure.end)))
    vacant = [post for post, last in ended.items() if post in carrying and post not in people.holdings]
    assert max(TODAY - ended[post] for post in vacant) > timedelta(days=180)
    never = {uid for uid, head in people.parties.items() if head.kind == "post"} - ended.keys()
    assert never & carrying


def test_posts_have_one_two_and_three_alternates() -> None:
    assert {1, 2, 3} <= set(Counter(post for (post,) in rows(Alternate.select(Alternate.post))).values())


def test_posts_report_to_posts_through_several_organisations() -> None:
    above = dict(rows(Party.select(Party.uid, Party.reports_to).where(Party.reports_to.is_null(False))))
    homes = dict(rows(Party.select(Party.uid, Party.organisation).where(Party.kind == "post")))
    assert any(above.get(above.get(higher, "")) for higher in above.values())
    assert any(homes[post] != homes[higher] for post, higher in above.items())
    assert len({homes[post] for post in above}) >= 6


def test_somebody_holds_two_posts_in_two_organisations(people: PeopleOn) -> None:
    twice = {
        people.name(person)
        for person, posts in people.posts.items()
        if len({people.parties[post].organisation for post in posts}) > 1
    }
    assert {"Priya Ramanathan", "Maeve Quillinan", "Yusra Abdi-Hassan"} <= twice


def test_who_has_left_still_carries_open_actions(people: PeopleOn) -> None:
    statuses = [status.value for status in OPEN_STATUSES]
    carrying = Role.select(Role.party).join(Action, on=(Role.action == Action.uid)).where(Action.status.in_(statuses))
    gone = {people.name(party) for (party,) in rows(carrying) if people.parties[party].is_gone(TODAY)}
    assert gone == {"Leland Strand", "Jo Ferrante", "Demelza Trevanion", "Harold Zimmer"}


def test_groups_have_chairs_and_deputies_and_lists_follow_every_kind_of_rule(people: PeopleOn) -> None:
    assert {"chair", "deputy", "member"} <= {seat for (seat,) in rows(Membership.select(Membership.seat))}
    rules = [rule for many in people.rules.values() for rule in many]
    alive = [rule for rule in rules if people.fitting(rule)]
    assert any(rule.role and rule.area and rule.plan for rule in alive)
    assert any(rule.audience and not rule.role for rule in alive)
    assert any(rule.organisation and not rule.role and not rule.audience for rule in alive)
    assert len(rules) - len(alive) == len(SAMPLES)
    assert {rule.plan for rule in rules} > {uid for (uid,) in rows(Plan.select(Plan.uid))}


def test_ways_to_reach_people_are_verified_unverified_or_none() -> None:
    verified = Counter(bool(day) for (day,) in rows(ContactMethod.select(ContactMethod.verified_on)))
    assert min(verified[True], verified[False]) > 10
    reached = ContactMethod.select(ContactMethod.party)
    assert Party.select().where((Party.kind == "person") & Party.uid.not_in(reached)).count() > 5
    kinds = {kind for (kind,) in rows(ContactMethod.select(ContactMethod.kind))}
    assert kinds == {"email", "phone", "mobile", "address", "other"}
    emails = [
        value for (value,) in rows(ContactMethod.select(ContactMethod.value).where(ContactMethod.kind == "email"))
    ]
    assert all(email.endswith("example.org") for email in emails)


def test_people_have_audiences_and_days_after_which_they_are_silent() -> None:
    assert {word for (word,) in rows(Party.select(Party.audience))} == {"", *Audience}
    assert len({every for (every,) in rows(Party.select(Party.hear_every)) if every}) > 4
    assert Party.select().where(Party.joined_on.is_null(False)).count() >= 3


def test_two_share_a_name_and_one_stands_there_twice() -> None:
    persons = rows(Party.select(Party.name, Party.organisation).where(Party.kind == "person"))
    shared = [name for name, count in Counter(name for name, _ in persons).items() if count > 1]
    assert shared == ["Catriona Bell"]
    assert len({home for name, home in persons if name in shared}) == 2
    emails = Counter(rows(ContactMethod.select(ContactMethod.value).where(ContactMethod.kind == "email")))
    assert [value for (value,), count in emails.items() if count > 1] == ["lindqvist@statecollege.example.org"]


def test_agreements_stand_in_every_state_and_somebody_was_never_asked(people: PeopleOn) -> None:
    found = rows(Agreement.select(Agreement.plan, Agreement.party, Agreement.state, Agreement.lapsed_because))
    assert {state for _, _, state, _ in found} == set(AgreementState) - {AgreementState.NOT_ASKED}
    assert {because for *_, because in found} == {"", "version 1.2", "version 2.1", "new duties in the plan"}
    plans = [uid for (uid,) in rows(Plan.select(Plan.uid))]
    never = duties(plans, people).keys() - {(plan, party) for plan, party, *_ in found}
    assert {plan for plan, _ in never} == set(plans)


def test_a_partner_has_no_seat_in_the_convening_group(people: PeopleOn) -> None:
    for plan, group in rows(Plan.select(Plan.uid, Plan.convening_group)):
        partners = {
            uid for (uid,) in rows(PlanPartner.select(PlanPartner.organisation).where(PlanPartner.plan == plan))
        }
        seated = {home for seat in people.seats(group) for home in people.homes(seat.member)}
        assert len(partners - seated) == 1


def test_people_were_told_and_heard_in_many_ways() -> None:
    said = rows(Communication.select(Communication.direction, Communication.channel, Communication.plan))
    assert {direction for direction, _, _ in said} == set(Direction)
    assert {channel for _, channel, _ in said} == {"meeting", "phone", "email", "in person", "letter"}
    assert {bool(plan) for *_, plan in said} == {True, False}


def test_newcomers_are_brought_in_halfway_and_wholly() -> None:
    runs = rows(ChecklistRun.select(ChecklistRun.uid, ChecklistRun.finished_on).where(_is(ChecklistKind.ONBOARDING)))
    ratings = {uid: _ratings(uid) for uid, _ in runs}
    assert any(end and all(ratings[uid]) for uid, end in runs)
    halfway = [set(ratings[uid]) for uid, end in runs if not end]
    assert {"in place", "partly in place", ""} in halfway
    keys = {tuple(key for (key,) in rows(_items(uid, ChecklistItem.key))) for uid, _ in runs}
    assert keys == {("welcome-call", "briefing", "workshop", "agreement", "contacts-verified")}


def test_a_drill_is_over_and_not_everybody_was_reached(people: PeopleOn) -> None:
    drills = rows(ChecklistRun.select(ChecklistRun.uid, ChecklistRun.finished_on).where(_is(ChecklistKind.DRILL)))
    assert all(end for _, end in drills)
    for uid, _ in drills:
        called = rows(_items(uid, ChecklistItem.party, ChecklistItem.key, ChecklistItem.at, ChecklistItem.channel))
        assert {bool(at) for _, _, at, _ in called} == {True, False}
        assert all(channel for *_, at, channel in called if at)
        assert all(people.parties[party].kind == "person" and party == key for party, key, *_ in called)


def test_the_register_names_champions_and_how_support_changed() -> None:
    entries = rows(RegisterEntry.select(RegisterEntry.kind, RegisterEntry.party, RegisterEntry.level, RegisterEntry.on))
    assert sum(kind == EntryKind.CHAMPION for kind, *_ in entries) >= 3
    levels: dict[str, set[str]] = {}
    for kind, party, level, _ in entries:
        if kind == EntryKind.SUPPORT:
            levels.setdefault(party, set()).add(level)
    assert max(map(len, levels.values())) == 3
    assert {"opposed", "sceptical", "neutral", "supportive"} <= set.union(*levels.values())


RETOLD: dict[type[Record], tuple[str, ...]] = {
    Agreement: ("version", "state", "on", "channel", "evidence", "reservations", "lapsed_because"),
    Communication: ("direction", "on", "channel", "words"),
    Tenure: ("start", "end", "acting"),
    Alternate: ("rank",),
    ContactMethod: ("kind", "value", "rank", "verified_on"),
    MembershipRule: ("role", "audience"),
    ChecklistRun: ("template", "title", "kind", "started_on", "due", "finished_on", "remarks"),
    ChecklistItem: ("text", "section", "position", "rating", "at", "channel", "successes", "challenges", "next_steps"),
    RegisterEntry: ("kind", "title", "on", "level", "evidence"),
    Party: ("kind", "name", "left_on", "joined_on", "audience", "hear_every", "remarks"),
    Plan: ("version", "agreed_on"),
}


@pytest.mark.parametrize("model", RETOLD, ids=lambda model: model.__name__)
def test_what_was_retold_is_what_the_file_tells(model: type[Record]) -> None:
    names = RETOLD[model]
    told = [tuple(row[name] for name in names) for each in SAMPLES for row in sample_document(each, TODAY).rows[model]]
    found = rows(model.select(*(model._meta.fields[name] for name in names)))
    assert sorted(found, key=repr) == sorted(told, key=repr)


def test_each_stands_in_the_ledger_on_its_day_and_on_somebodys_word() -> None:
    entries = rows(
        Entry.select(Entry.noun, Entry.before, Entry.after, Change.at, Change.said_by, Change.channel).join(Change)
    )
    first = {noun: [] for noun in ("agreement", "communication", "register_entry", "checklist_run")}
    for noun, before, after, at, said_by, channel in entries:
        if noun in first and before is None:
            first[noun].append((json.loads(after), at.date(), said_by, channel))
    for noun, made in first.items():
        assert all(
            at.isoformat() == (row["started_on"] if noun == "checklist_run" else row["on"]) for row, at, *_ in made
        )
    assert all(said == row["party"] for row, _, said, how in first["agreement"] if how in {"phone", "letter"} and said)
    assert sum(bool(said) for _, _, said, _ in first["agreement"]) > 15
    assert {row["direction"] for row, _, said, _ in first["communication"] if said} == {"heard"}


def test_an_agreement_lapses_on_the_day_of_what_made_it_lapse() -> None:
    query = Entry.select(Entry.after, Change.at, Change.summary).join(Change).where(Entry.noun == "agreement")
    lapsed = {
        (json.loads(after)["lapsed_because"], at.date().isoformat(), summary)
        for after, at, summary in rows(query.where(Entry.before.is_null(False)))
    }
    assert ("new duties in the plan", "2026-01-05", "“Graham Ellery” acts in “City manager”") in lapsed
    assert {(because, day) for because, day, _ in lapsed} == {
        ("version 2.1", "2025-05-28"),
        ("version 1.2", "2025-10-21"),
        ("new duties in the plan", "2025-11-03"),
        ("new duties in the plan", "2026-01-05"),
        ("new duties in the plan", "2026-02-16"),
    }


def test_nothing_is_wrong_with_the_database_of_a_demo(samples: Path) -> None:
    report = check_database(datetime.combine(TODAY, time(12)))
    assert [finding.text for finding in report.findings if not finding.well] == []


def _is(kind: ChecklistKind) -> object:
    return ChecklistRun.kind == kind.value


def _items(run: str, *fields: object) -> object:
    return ChecklistItem.select(*fields).where(ChecklistItem.run == run).order_by(ChecklistItem.position)


def _ratings(run: str) -> list[str]:
    return [rating for (rating,) in rows(_items(run, ChecklistItem.rating))]
