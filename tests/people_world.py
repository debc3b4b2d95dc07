"""A small partnership with everything that people can be to a plan, built through the operations as it happened.

TODAY is a Monday. Who must agree to the plan: Ana (as registrar and in the board), Ben (by name and as mayor), Cleo,
Finn and Gus (by the panel), and the vacant post of the chief. Ana, Ben (with reservations) and Finn have.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime, time

from tui_plan.model.base import database
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
    RoleKind,
    Status,
    Support,
)
from tui_plan.operations import (
    actions,
    agreements,
    checklists,
    communications,
    contacts,
    groups,
    parts,
    people,
    plans,
    posts,
    register,
)

TODAY = date(2026, 3, 16)

ONBOARDING = checklists.Template(
    "onboarding",
    "Welcome",
    ChecklistKind.ONBOARDING,
    (
        checklists.TemplateItem("call", "Welcome call"),
        checklists.TemplateItem("briefing", "Briefing on the plan"),
        checklists.TemplateItem("agreement", "Asked to agree"),
    ),
    days=30,
)


@dataclass(frozen=True)
class PeopleWorld:
    """Uids: organisations, persons, posts, groups, and the plan with its areas and actions.

    ``trust`` belongs to ``city``. Eve left on 2026-01-31. ``registrar`` is held, ``mayor`` too, ``chief`` vacant since
    2026-02-01 with two alternates, ``warden`` acted in by Finn. ``printed`` is complete, ``host`` has no roles.
    """

    city: str
    college: str
    trust: str
    ana: str
    ben: str
    cleo: str
    dana: str
    eve: str
    finn: str
    gus: str
    registrar: str
    mayor: str
    chief: str
    warden: str
    board: str
    panel: str
    owners: str
    officials: str
    everybody: str
    plan: str
    areas: tuple[str, str]
    recruit: str
    train: str
    map: str
    printed: str
    host: str


def typed(day: date, *, said_by: str = "", channel: str = "", login: str = "ana") -> Author:
    """Return somebody who types at noon of a day."""
    moment = datetime.combine(day, time(12)).astimezone(UTC).replace(tzinfo=None)
    return Author(login, said_by=said_by, channel=channel, at=moment)


@contextmanager
def taken_back() -> Iterator[None]:
    """Take back whatever is written within the block, so that many examples can start from one world."""
    with database.atomic() as transaction:
        try:
            yield
        finally:
            transaction.rollback()


FIRST = typed(date(2026, 1, 5))


def build_people_world() -> PeopleWorld:
    """Write the partnership into the open, empty database."""
    city = people.add_party(FIRST, PartyKind.ORGANISATION, name="Northfield City", short_name="NC")
    college = people.add_party(FIRST, PartyKind.ORGANISATION, name="Harbour College", short_name="HC")
    trust = people.add_party(FIRST, PartyKind.ORGANISATION, name="Housing Trust", organisation=city)
    persons = _persons(city, college, trust)
    held = _posts(city, college, trust, persons)
    lists = _groups(city, held, persons)
    plan = plans.add_plan(FIRST, name="Ready together", start=date(2026, 1, 1), convening_group=lists[0])
    plans.set_partners(FIRST, plan, [college, city, trust])
    areas, done = _actions(plan, held, persons, lists[1])
    groups.add_rule(FIRST, lists[2], role=RoleKind.ACCOUNTABLE, plan=plan)
    world = PeopleWorld(city, college, trust, *persons, *held, *lists, plan, areas, *done)
    _agreements(world)
    _contacts(world)
    _words(world)
    return world


def _persons(city: str, college: str, trust: str) -> tuple[str, ...]:
    add, person = people.add_party, PartyKind.PERSON
    return (
        add(FIRST, person, name="Ana Ruiz", organisation=college, login="ana"),
        add(FIRST, person, name="Ben Okafor", organisation=city),
        add(FIRST, person, name="Cleo Marsh"),
        add(FIRST, person, name="Dana Lind", organisation=trust, audience=Audience.OFFICIALS),
        add(FIRST, person, name="Eve Nakamura", organisation=city, left_on=date(2026, 1, 31)),
        add(FIRST, person, name="Finn Berg", audience=Audience.STAFF),
        add(FIRST, person, name="Gus Silva", organisation=city, hear_every=30),
    )


def _posts(city: str, college: str, trust: str, persons: tuple[str, ...]) -> tuple[str, ...]:
    ana, ben, _, _, eve, finn, gus = persons
    registrar = people.add_party(FIRST, PartyKind.POST, name="Registrar", organisation=college)
    mayor = people.add_party(FIRST, PartyKind.POST, name="Mayor", organisation=city, audience=Audience.OFFICIALS)
    chief = people.add_party(FIRST, PartyKind.POST, name="Chief", organisation=city, reports_to=mayor)
    warden = people.add_party(FIRST, PartyKind.POST, name="Warden", organisation=trust)
    posts.add_tenure(FIRST, registrar, eve, start=date(2023, 1, 1), end=date(2024, 12, 31))
    posts.add_tenure(FIRST, registrar, ana, start=date(2025, 1, 1))
    posts.add_tenure(FIRST, mayor, ben, start=date(2024, 6, 1))
    posts.add_tenure(FIRST, chief, eve, start=date(2025, 1, 1), end=date(2026, 1, 31))
    posts.add_tenure(FIRST, warden, finn, start=date(2026, 1, 2), acting=True)
    posts.set_alternates(FIRST, chief, [gus, finn])
    return registrar, mayor, chief, warden


def _groups(city: str, held: tuple[str, ...], persons: tuple[str, ...]) -> tuple[str, ...]:
    ana, _, cleo, dana, _, finn, gus = persons
    named = {
        "Board": GroupKind.CONVENING,
        "Panel": GroupKind.WORKING,
        "Owners": GroupKind.NOTIFICATION,
        "Officials": GroupKind.NOTIFICATION,
        "Everybody": GroupKind.NOTIFICATION,
    }
    board, panel, owners, officials, everybody = (
        people.add_party(FIRST, PartyKind.GROUP, name=name, group_kind=kind) for name, kind in named.items()
    )
    for member, seat in ((held[1], "chair"), (ana, "deputy"), (cleo, "member")):
        groups.add_member(FIRST, board, member, seat)
    for group, member in ((panel, finn), (panel, gus), (everybody, held[2]), (everybody, panel), (everybody, dana)):
        groups.add_member(FIRST, group, member)
    groups.add_rule(FIRST, officials, audience=Audience.OFFICIALS)
    groups.add_rule(FIRST, everybody, organisation=city)
    return board, panel, owners, officials, everybody


def _actions(
    plan: str, held: tuple[str, ...], persons: tuple[str, ...], panel: str
) -> tuple[tuple[str, str], tuple[str, ...]]:
    _, ben, cleo, dana, eve, _, _ = persons
    areas = (plans.add_area(FIRST, plan, title="Preparedness"), plans.add_area(FIRST, plan, title="Shelters"))
    objectives = [plans.add_objective(FIRST, area, title="Step") for area in areas]
    days = {"Recruit": date(2026, 3, 10), "Train": date(2026, 4, 30), "Map": date(2026, 2, 20), "Print": None}
    made = [
        actions.add_action(FIRST, objectives[place > 2], today=date(2026, 1, 5), title=title, agreed=days.get(title))
        for place, title in enumerate(("Recruit", "Train", "Map", "Print", "Host"))
    ]
    accountable, responsible = RoleKind.ACCOUNTABLE, RoleKind.RESPONSIBLE
    parts.set_roles(FIRST, made[0], [(accountable, held[0]), (responsible, ben)])
    parts.set_roles(FIRST, made[1], [(accountable, cleo), (responsible, panel)])
    parts.set_roles(FIRST, made[2], [(accountable, held[2]), (RoleKind.CONSULTED, dana)])
    parts.set_roles(FIRST, made[3], [(accountable, eve), (responsible, dana)])
    done = date(2026, 1, 20)
    actions.set_status(typed(done), [made[3]], Status.COMPLETE, today=done)
    return areas, tuple(made)


def _agreements(it: PeopleWorld) -> None:
    for party, day, values in (
        (it.ana, date(2026, 2, 10), {"state": AgreementState.AGREED, "channel": Channel.LETTER, "evidence": "Letter"}),
        (it.ben, date(2026, 2, 12), {"state": AgreementState.RESERVED, "reservations": "If the money comes"}),
        (it.cleo, date(2026, 3, 2), {"state": AgreementState.ASKED, "channel": Channel.EMAIL}),
        (it.finn, date(2026, 2, 20), {"state": AgreementState.AGREED, "channel": Channel.PHONE}),
        (it.gus, date(2026, 2, 20), {"state": AgreementState.DECLINED, "channel": Channel.PHONE}),
    ):
        agreements.record_agreement(typed(day), it.plan, [party], today=day, **values)  # type: ignore[arg-type]


def _contacts(it: PeopleWorld) -> None:
    for party, kind, value, verified in (
        (it.ana, "email", "ana@college.example.org", date(2026, 1, 9)),
        (it.ana, "mobile", "+44 7700 900001", None),
        (it.ana, "address", "1 Quay Street", None),
        (it.ben, "phone", "01632 960002", None),
        (it.finn, "mobile", "07700 900003 (after six)", date(2025, 11, 1)),
        (it.gus, "email", "gus@city.example.org", None),
        (it.city, "email", "office@city.example.org", None),
    ):
        contacts.add_contact(FIRST, party, kind=kind, value=value, verified_on=verified)


def _words(it: PeopleWorld) -> None:
    """What was said: progress on Ana's word, communications, a welcome that is half done, the register."""
    day = date(2026, 3, 3)
    said = typed(day, said_by=it.ana, channel=Channel.PHONE)
    actions.record_progress(said, it.recruit, today=day, note="Twelve found", status=Status.IN_PROGRESS)
    for direction, party, day, channel in (
        (Direction.HEARD, it.ben, date(2026, 3, 9), Channel.PHONE),
        (Direction.HEARD, it.gus, date(2026, 1, 30), Channel.EMAIL),
        (Direction.TOLD, it.cleo, date(2026, 2, 20), Channel.EMAIL),
    ):
        communications.record_communication(typed(day), [party], direction, on=day, today=day, channel=channel)
    day = date(2026, 2, 2)
    checklists.start_checklist(typed(day), ONBOARDING, checklists.About(party=it.finn, post=it.warden), on=day)
    register.add_entry(
        typed(day), kind=EntryKind.CHAMPION, title="Speaks up for it", party=it.ben, on=day, plan=it.plan
    )
    support = {"kind": EntryKind.SUPPORT, "level": Support.SUPPORTIVE, "evidence": "Minutes of February"}
    register.add_entry(typed(day), title="Behind it", party=it.trust, on=day, **support)  # type: ignore[arg-type]
