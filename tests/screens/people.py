"""The roster that the screens of people are tested on: posts held, acting, vacant; groups, rules, agreements, lists.

Everything is written through the operations on the days on which it happened, so that the history tells it too.
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from tui_plan.insight.checklists import checklist_run
from tui_plan.insight.outline import outline
from tui_plan.model.store import Author
from tui_plan.model.vocabulary import (
    AgreementState,
    Audience,
    Channel,
    ChecklistKind,
    Direction,
    EntryKind,
    GroupKind,
    PartyKind,
    Rating,
    RoleKind,
    Support,
)
from tui_plan.operations.actions import add_action
from tui_plan.operations.agreements import record_agreement
from tui_plan.operations.checklists import (
    About,
    Template,
    TemplateItem,
    finish_checklist,
    say_item,
    start_checklist,
    start_drill,
    tick_item,
)
from tui_plan.operations.communications import record_communication
from tui_plan.operations.contacts import add_contact
from tui_plan.operations.groups import add_member, add_rule
from tui_plan.operations.parts import add_role, set_roles
from tui_plan.operations.people import add_party, edit_party
from tui_plan.operations.plans import add_area, add_objective, add_plan, set_partners
from tui_plan.operations.posts import add_tenure, set_alternates
from tui_plan.operations.register import add_entry

TODAY = date(2026, 3, 16)
ODD_NAME = "Joy [/red] O'Koro"
"""Somebody whose name is out to harm the terminal."""

ODD_BODY = "[draft] Trust [TBC]"
LONG_NAME = "Maximiliane Freifrau von und zu Wolkenstein-Trostburg-Rodenegg, Sprecherin der Elternvertretungen"

ONBOARDING = Template(
    "welcome",
    "Welcoming somebody new",
    ChecklistKind.ONBOARDING,
    (
        TemplateItem(
            "call", "Called and welcomed: what the plan is, and which actions came with the post", "First days"
        ),
        TemplateItem("briefing", "Briefed, with the handover note in their hands", "First days"),
        TemplateItem("workshop", "Taken part in a workshop with the partners", "Within the month"),
        TemplateItem("agreement", "Asked whether they agree to the plan as it stands", "Within the month"),
        TemplateItem("contacts", "Two ways to reach them tried and found right", "Within the month"),
    ),
    days=30,
)
LATE = Template(
    "list",
    "Preparing a drill",
    ChecklistKind.INSTRUCTIONS,
    (TemplateItem("current", "The list gone through: who has left is off it"), TemplateItem("hour", "The hour chosen")),
    days=10,
)


@dataclass
class Partners:
    """Uids of the roster by short names, as it is being made."""

    district: str
    university: str
    trust: str
    maria: str
    ben: str
    cara: str
    dev: str
    eva: str
    finn: str
    grace: str
    hana: str
    joy: str
    kofi: str


@dataclass
class Posts:
    """Uids of the posts: held, acting, vacant, never held, and one whose holder comes later."""

    head: str
    data: str
    literacy: str
    liaison: str
    dean: str


def on(day: date, said_by: str = "", channel: str = "") -> Author:
    """Return the coordinator as she types on a day, on somebody's word."""
    moment = datetime(day.year, day.month, day.day, 9, 30, tzinfo=UTC).replace(tzinfo=None)
    return Author("ana", said_by=said_by, channel=channel, at=moment)


START_DAY = date(2026, 1, 12)
START = on(START_DAY)


def make_people() -> None:
    """Make a partnership of thirteen persons in three bodies, with a plan that rests on them."""
    who = _persons()
    posts = _posts(who)
    steering, calling = _groups(who, posts)
    plan, pilot = _plan(who, posts, steering)
    add_rule(START, steering, role=RoleKind.ACCOUNTABLE.value, plan=plan)
    add_rule(START, calling, audience=Audience.OFFICIALS.value)
    add_rule(START, calling, role=RoleKind.RESPONSIBLE.value, area=pilot, organisation=who.university)
    add_rule(START, calling, audience=Audience.COMMUNITY.value, organisation=who.trust)
    _contacts(who)
    _agreements(who, plan)
    _talk(who, plan)
    _checklists(who, posts, steering, calling)
    _register(who, plan)


def _persons() -> Partners:
    def body(name: str, short: str = "") -> str:
        return add_party(START, PartyKind.ORGANISATION, name=name, short_name=short)

    def person(name: str, organisation: str | None = None, **more: object) -> str:
        return add_party(START, PartyKind.PERSON, name=name, organisation=organisation, **more)  # type: ignore[arg-type]

    district = body("Northside School District", "NSD")
    university = body("Harbour University", "HU")
    trust = body(ODD_BODY)
    officials, staff = Audience.OFFICIALS.value, Audience.STAFF.value
    person("Ana Lopes", university, login="ana")
    person(LONG_NAME)
    person("Grace Kim", trust)
    return Partners(
        district,
        university,
        trust,
        person("María Chen", district, audience=officials, hear_every=30, joined_on=date(2024, 8, 1)),
        person("Ben Ode", district, audience=staff),
        person("Cara Diaz", university, audience=staff, hear_every=60),
        person("Dev Patel", university),
        person(
            "Eva Novak", district, left_on=date(2026, 2, 28), remarks="Moved to the coast; still answers the phone."
        ),
        person("Finn Berg", university),
        person("Grace Kim", university),
        person("佐藤 花", university, short_name="Hana"),
        person(ODD_NAME, trust, audience=Audience.LEADERS.value),
        person("Kofi Mensah", trust),
    )


def _posts(who: Partners) -> Posts:
    def post(name: str, organisation: str, reports_to: str | None = None, audience: str = "") -> str:
        values = {"organisation": organisation, "reports_to": reports_to, "audience": audience}
        return add_party(START, PartyKind.POST, name=name, **values)  # type: ignore[arg-type]

    head = post("Superintendent", who.district, audience=Audience.OFFICIALS.value)
    data = post("Data lead", who.district, head)
    dean = post("Dean of education", who.university, audience=Audience.OFFICIALS.value)
    literacy = post("Literacy coordinator", who.university, dean)
    liaison = post("Clinic liaison", who.trust)
    add_tenure(START, head, who.eva, start=date(2019, 8, 1), end=date(2024, 7, 31))
    add_tenure(START, head, who.maria, start=date(2024, 8, 1))
    add_tenure(START, data, who.eva, start=date(2024, 8, 1), end=date(2026, 2, 28))
    add_tenure(on(date(2026, 3, 2)), data, who.ben, start=date(2026, 3, 1), acting=True)
    add_tenure(START, dean, who.dev, start=None)
    add_tenure(START, literacy, who.hana, start=date(2022, 1, 10), end=date(2023, 12, 31))
    add_tenure(START, literacy, who.finn, start=date(2024, 4, 1), end=date(2025, 11, 30))
    set_alternates(START, literacy, [who.cara, who.grace])
    set_alternates(START, head, [who.ben])
    return Posts(head, data, literacy, liaison, dean)


def _groups(who: Partners, posts: Posts) -> tuple[str, str]:
    convening, listed = GroupKind.CONVENING.value, GroupKind.NOTIFICATION.value
    steering = add_party(START, PartyKind.GROUP, name="Steering group", group_kind=convening)
    calling = add_party(START, PartyKind.GROUP, name="Snow day call-down", group_kind=listed)
    for member, seat in ((who.cara, "member"), (posts.head, "chair"), (who.dev, "deputy"), (posts.literacy, "")):
        add_member(START, steering, member, seat)
    add_member(START, calling, who.kofi, "first to be called")
    add_member(START, calling, steering)
    return steering, calling


def _plan(who: Partners, posts: Posts, steering: str) -> tuple[str, str]:
    plan = add_plan(
        START,
        name="Joint reading teams",
        vision="Every child reads.",
        start=date(2026, 1, 1),
        version="2.0",
        owner=who.maria,
        convening_group=steering,
    )
    set_partners(START, plan, [who.district, who.university, who.trust])
    pilot = add_area(START, plan, title="Pilot", priority="high")
    spread = add_area(START, plan, title="Spread")
    define, wider = (
        add_objective(START, pilot, title="The pilot is defined"),
        add_objective(START, spread, title="Wider"),
    )
    accountable, responsible = RoleKind.ACCOUNTABLE, RoleKind.RESPONSIBLE
    for objective, title, agreed, roles in (
        (define, "Agree the scope", date(2026, 2, 20), [(accountable, who.maria), (responsible, who.cara)]),
        (define, "Choose four schools", date(2026, 3, 20), [(accountable, posts.data), (responsible, who.dev)]),
        (define, "Train the staff", date(2026, 6, 1), [(accountable, posts.literacy), (responsible, who.finn)]),
        (wider, "Tell the families", date(2026, 5, 4), [(accountable, who.joy), (RoleKind.INFORMED, who.kofi)]),
        (wider, "Share the results", date(2026, 9, 30), [(responsible, who.university)]),
    ):
        action = add_action(START, objective, today=START_DAY, title=title, agreed=agreed)
        set_roles(START, action, roles)
    return plan, pilot


def _contacts(who: Partners) -> None:
    checked = date(2026, 3, 3)
    for party, kind, value, verified in (
        (who.maria, "email", "maria.chen@northside.example", checked),
        (who.maria, "mobile", "+1 555 0101 22", None),
        (
            who.maria,
            "address",
            "Northside School District, Office of the Superintendent, 1 School Lane, Northside",
            None,
        ),
        (who.ben, "phone", "555-0144 ext. 3", None),
        (who.cara, "email", "cara@harbour.example", date(2025, 2, 1)),
        (who.dev, "email", "dev@harbour.example", checked),
        (who.dev, "mobile", "(555) 0199", checked),
        (who.joy, "other", "Signal [/] ask for [b]Joy[/b]", None),
        (who.district, "phone", "555-0100", checked),
    ):
        add_contact(START, party, kind=kind, value=value, verified_on=verified)


def _agreements(who: Partners, plan: str) -> None:
    def say(day: date, person: str, state: AgreementState, **more: str) -> None:
        record_agreement(on(day), plan, [person], today=day, state=state.value, **more)  # type: ignore[arg-type]

    say(date(2026, 1, 20), who.maria, AgreementState.AGREED, channel="meeting", evidence="minutes of 20 January")
    say(date(2026, 1, 21), who.dev, AgreementState.RESERVED, reservations="Only if the union has a seat.")
    say(date(2026, 1, 22), who.joy, AgreementState.AGREED, channel="phone")
    say(date(2026, 1, 26), who.finn, AgreementState.DECLINED, channel="email")
    say(date(2026, 3, 9), who.cara, AgreementState.ASKED, channel="email")
    train = add_action(
        on(date(2026, 2, 9)),
        _objective(plan),
        today=date(2026, 2, 9),
        title="Meet the parents",
        agreed=date(2026, 4, 2),
    )
    add_role(on(date(2026, 2, 9)), [train], RoleKind.RESPONSIBLE, who.joy)


def _objective(plan: str) -> str:
    area = outline(plan, TODAY)[1]
    return area.objectives[0].uid


def _talk(who: Partners, plan: str) -> None:
    def talk(day: date, parties: list[str], direction: Direction, channel: Channel, words: str) -> None:
        record_communication(
            on(day), parties, direction, on=day, today=day, channel=channel.value, words=words, plan=plan
        )

    everybody = [who.maria, who.ben, who.cara, who.dev, who.joy]
    talk(date(2026, 1, 30), everybody, Direction.TOLD, Channel.EMAIL, "The first quarter in one page.")
    talk(date(2026, 2, 11), [who.maria], Direction.HEARD, Channel.PHONE, "The board meets in April, not in March.")
    talk(date(2026, 3, 5), [who.joy], Direction.HEARD, Channel.IN_PERSON, "Wants [/] the letter in three languages.")
    talk(date(2025, 12, 3), [who.finn], Direction.HEARD, Channel.LETTER, "")


def _checklists(who: Partners, posts: Posts, steering: str, calling: str) -> None:
    began = date(2026, 3, 2)
    run = start_checklist(on(began), ONBOARDING, About(party=who.ben, post=posts.data), on=began)
    call, briefing, *_ = checklist_run(run).items
    tick_item(on(began), call.uid, at=datetime.fromisoformat("2026-03-03T10:15"), channel=Channel.PHONE.value)
    say_item(
        on(began),
        briefing.uid,
        rating=Rating.PARTLY.value,
        successes="Has read the handover note.",
        challenges="No time before the board meets.",
        next_steps="A call on the 19th.",
    )
    began = date(2026, 2, 20)
    start_checklist(on(began), LATE, About(group=calling), on=began)
    began = date(2026, 2, 4)
    drill = start_drill(on(began), calling, [who.kofi, who.maria, who.dev, who.joy], on=began)
    noon = datetime.fromisoformat("2026-02-04T12:00")
    for minutes, item in enumerate(checklist_run(drill).items[:3]):
        tick_item(on(began), item.uid, at=noon + timedelta(minutes=4 * minutes), channel=Channel.PHONE.value)
    finish_checklist(on(began), drill, on=began, remarks="Joy is at work before noon.")
    start_checklist(on(began), ONBOARDING, About(party=who.cara, group=steering), on=began, title="Cara's welcome")


def _register(who: Partners, plan: str) -> None:
    def note(day: date, party: str, kind: EntryKind, title: str, level: str = "", evidence: str = "") -> None:
        add_entry(on(day), kind=kind.value, title=title, on=day, party=party, plan=plan, level=level, evidence=evidence)

    champion, support = EntryKind.CHAMPION, EntryKind.SUPPORT
    note(date(2026, 1, 20), who.maria, champion, "Speaks for the plan on the board", evidence="minutes")
    note(date(2026, 1, 14), who.cara, support, "Fears another list to fill in", Support.SCEPTICAL, "call")
    note(date(2026, 3, 9), who.cara, support, "Asked for the next workshop herself", Support.SUPPORTIVE, "e-mail")
    note(date(2026, 2, 2), who.trust, support, "Wants [no] part in it [/b]", Support.OPPOSED)
    edit_party(on(TODAY), who.kofi, remarks="Prefers to be called before eight.")
