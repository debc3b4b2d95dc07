"""``add``: a plan, area, objective, action, person, post, organisation, group or meeting, from the command line.

Each is one or more operations, together written or not at all.
"""

from collections.abc import Callable, Iterable
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from tui_plan.cli.lapses import sure_of_lapses
from tui_plan.cli.output import crop
from tui_plan.cli.papers import remark
from tui_plan.insight.details import record_values
from tui_plan.insight.finding import find_party, find_record, parties_named
from tui_plan.insight.group_rules import rules_of
from tui_plan.insight.partners import CHAIR, DEPUTY
from tui_plan.model.base import Record, database
from tui_plan.model.meeting import Meeting, MeetingSeries
from tui_plan.model.people import Party
from tui_plan.model.plan import Action, DevelopmentArea, Plan, StepObjective
from tui_plan.model.schema import LETTERS, table_name
from tui_plan.model.store import Author
from tui_plan.model.vocabulary import ContactKind, PartyKind, RoleKind
from tui_plan.operations.actions import add_action
from tui_plan.operations.contacts import add_contact
from tui_plan.operations.groups import add_member, add_rule
from tui_plan.operations.meetings import add_meeting, add_series
from tui_plan.operations.parts import set_roles
from tui_plan.operations.people import add_party
from tui_plan.operations.plans import add_area, add_objective, add_plan, set_partners
from tui_plan.operations.posts import add_tenure, set_alternates

if TYPE_CHECKING:
    from tui_plan.cli.call import Call

_Made = tuple[type[Record], str]


def add(call: "Call") -> int:
    """Add one record with what was said of it, and tell its reference."""
    with call.writing():
        if call.options.kind == "action" and not _sure_of_lapses(call):
            return 0
        with database.atomic():
            model, uid = _ADDERS[call.options.kind](call, call.author())
        values = record_values(table_name(model), uid)
    letter = LETTERS.get(model)
    ref = f"{letter}-{values['number']}" if letter else ""
    name = values.get("title") or values.get("name") or ""
    if call.json:
        call.page.json({"added": call.options.kind, "ref": ref or None, "uid": uid, "title": name, "dry_run": call.dry})
    else:
        call.page.line(crop(f"Added {ref or call.options.kind} “{name}”", call.page.width))
    return 0


def _sure_of_lapses(call: "Call") -> bool:
    """Whether to go on with an action, which may give its owners duties that they have to agree to."""
    said = call.options
    return not (said.owner or said.responsible) or sure_of_lapses(call, _action, call, call.author())


def _plan(call: "Call", author: Author) -> _Made:
    said = call.options
    owner = find_party(said.owner) if said.owner else None
    uid = add_plan(
        author,
        name=said.title,
        start=call.day(said.start),
        end=call.day(said.end),
        vision=said.vision,
        scope=said.scope,
        owner=owner,
        convening_group=find_party(said.convening, PartyKind.GROUP) if said.convening else None,
    )
    if said.partner:
        set_partners(author, uid, [find_party(name, PartyKind.ORGANISATION) for name in said.partner])
    return Plan, uid


def _area(call: "Call", author: Author) -> _Made:
    said = call.options
    plan = call.one_plan()
    return DevelopmentArea, add_area(
        author, plan, title=said.title, priority=said.priority, description=said.description
    )


def _objective(call: "Call", author: Author) -> _Made:
    said = call.options
    area = find_record(said.to, DevelopmentArea).uid
    return StepObjective, add_objective(author, area, title=said.title, description=said.description)


def _action(call: "Call", author: Author) -> _Made:
    said = call.options
    uid = add_action(
        author,
        find_record(said.to, StepObjective).uid,
        today=call.today,
        title=said.title,
        purpose=said.purpose,
        description=said.description,
        start=call.day(said.start),
        agreed=call.day(said.due),
        timescale_note=said.timescale,
        milestone=said.milestone,
    )
    roles = [(RoleKind.ACCOUNTABLE, find_party(said.owner))] if said.owner else []
    roles += [(RoleKind.RESPONSIBLE, party) for party in _parties(said.responsible)]
    if roles:
        set_roles(author, uid, roles)
    return Action, uid


def _person(call: "Call", author: Author) -> _Made:
    said = call.options
    _tell_namesake(said.title)
    facts = {"audience": said.audience, "hear_every": said.hear_every, "joined_on": call.day(said.joined)}
    uid = _party(call, author, PartyKind.PERSON, login=said.login, **facts)
    ways = (ContactKind.EMAIL, said.email), (ContactKind.PHONE, said.phone), (ContactKind.MOBILE, said.mobile)
    for kind, value in ways:
        if value:
            add_contact(author, uid, kind=kind, value=value)
    return Party, uid


def _tell_namesake(name: str) -> None:
    """Say that somebody of this name is there: two persons may have one name, and one person two records by mistake."""
    for other in parties_named(name, PartyKind.PERSON)[:1]:
        place = f" ({other.where})" if other.where else ""
        remark(f"{other.name} is on the roster already{place}. 'tui-plan duplicates' shows them side by side.")


def _post(call: "Call", author: Author) -> _Made:
    said = call.options
    above = find_party(said.reports_to, PartyKind.POST) if said.reports_to else None
    uid = _party(call, author, PartyKind.POST, reports_to=above, audience=said.audience)
    if said.holder:
        holder = find_party(said.holder, PartyKind.PERSON)
        add_tenure(author, uid, holder, start=call.day(said.since), acting=said.acting)
    if said.alternate:
        set_alternates(author, uid, [find_party(name, PartyKind.PERSON) for name in said.alternate])
    return Party, uid


def _organisation(call: "Call", author: Author) -> _Made:
    return Party, add_party(author, PartyKind.ORGANISATION, name=call.options.title, short_name=call.options.short)


def _group(call: "Call", author: Author) -> _Made:
    said = call.options
    uid = add_party(author, PartyKind.GROUP, name=said.title, short_name=said.short, group_kind=said.what)
    for seat in (CHAIR, DEPUTY):
        if name := getattr(said, seat):
            add_member(author, uid, find_party(name), seat)
    for member in _parties(said.member):
        add_member(author, uid, member)
    _add_rule(call, author, uid)
    return Party, uid


def _add_rule(call: "Call", author: Author, group: str) -> None:
    """Give the group its rule, if one was typed, and say so where nobody fits it today."""
    said = call.options
    if not (said.rule_role or said.rule_audience or said.rule_organisation or said.rule_area):
        return
    home = find_party(said.rule_organisation, PartyKind.ORGANISATION) if said.rule_organisation else None
    area = find_record(said.rule_area, DevelopmentArea).uid if said.rule_area else None
    role, audience = said.rule_role or "", said.rule_audience or ""
    plan = call.plan() if role and not area else None
    add_rule(author, group, role=role, audience=audience, organisation=home, plan=plan, area=area)
    for rule in rules_of(group, call.today):
        if not rule.matches:
            remark(f"{rule.words}: that is nobody today.")


def _meeting(call: "Call", author: Author) -> _Made:
    said = call.options
    plan, on = call.one_plan(), call.day(said.on) or call.today
    shared: dict[str, Any] = {
        "title": said.title,
        "kind": said.what,
        "minutes": said.minutes,
        "timezone": said.zone or _this_zone(),
        "place": said.place,
    }
    if not said.repeat:
        return Meeting, add_meeting(author, plan, start=moment_at(on, said.at), **shared)
    group = find_party(said.group, PartyKind.GROUP) if said.group else None
    return MeetingSeries, add_series(
        author, plan, start_day=on, start_time=said.at, rule=said.repeat, group=group, **shared
    )


def _party(call: "Call", author: Author, kind: PartyKind, **values: Any) -> str:
    said = call.options
    home = find_party(said.organisation, PartyKind.ORGANISATION) if said.organisation else None
    return add_party(author, kind, name=said.title, short_name=said.short, organisation=home, **values)


def _parties(names: Iterable[str]) -> list[str]:
    return [find_party(name) for name in names]


def moment_at(day: date, clock: str) -> datetime:
    """Return a day with a time that was typed as 09:30; ``InvalidInput`` if it is none."""
    from tui_plan.model.errors import InvalidInput

    try:
        at = datetime.strptime(clock, "%H:%M").time()  # noqa: DTZ007  (a wall-clock time has no zone)
    except ValueError as problem:
        raise InvalidInput(f"“{clock}” is no time; write hours and minutes, such as 09:30.") from problem
    return datetime.combine(day, at)


def _this_zone() -> str:
    """Return the IANA name of this machine's time zone, or UTC where it cannot be told."""
    from pathlib import Path
    from zoneinfo import available_timezones

    path = str(Path("/etc/localtime").resolve())
    name = path.partition("/zoneinfo/")[2]
    return name if name in available_timezones() else "UTC"


_ADDERS: dict[str, Callable[["Call", Author], _Made]] = {
    "plan": _plan,
    "area": _area,
    "objective": _objective,
    "action": _action,
    "person": _person,
    "post": _post,
    "organisation": _organisation,
    "group": _group,
    "meeting": _meeting,
}
