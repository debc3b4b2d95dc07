"""Generated ties between people and plans: lists with rules, who agreed to what, who was told and heard."""

from datetime import date, timedelta
from random import Random
from typing import Any

from tests.bench import words
from tests.bench.plans import MadePlan
from tests.bench.roster import Roster, make_group, uid
from tui_plan.model.base import Record, rows
from tui_plan.model.partnership import Agreement, Communication, MembershipRule
from tui_plan.model.plan import Action, DevelopmentArea, Role, StepObjective
from tui_plan.model.store import Writer
from tui_plan.model.vocabulary import AgreementState, Audience, Channel, Direction, GroupKind, RoleKind

Told = dict[type[Record], list[dict[str, Any]]]

_STATES = {
    AgreementState.AGREED: 0.6,
    AgreementState.RESERVED: 0.1,
    AgreementState.ASKED: 0.2,
    AgreementState.DECLINED: 0.03,
    AgreementState.LAPSED: 0.07,
}
_CHANNELS = (Channel.PHONE, Channel.EMAIL, Channel.MEETING, Channel.IN_PERSON)


def make_lists(writer: Writer, rng: Random, plans: list[MadePlan], roster: Roster) -> None:
    """Write a list for each organisation, and one of the owners of each plan; all but every third follow a rule."""
    rules: list[dict[str, Any]] = []
    areas = [area for (area,) in rows(DevelopmentArea.select(DevelopmentArea.uid).order_by(DevelopmentArea.number))]
    for place, organisation in enumerate(roster.organisations):
        named = rng.sample(roster.persons, min(4, len(roster.persons))) if place % 3 == 0 else []
        group = make_group(writer, rng, f"List {place + 1}: {words.title(rng)}", GroupKind.NOTIFICATION, named)
        if place % 3 == 1:
            rules.append({"uid": uid(rng), "group": group, "organisation": organisation})
        elif place % 3 == 2:
            segment, area = rng.choice(list(Audience)), rng.choice(areas)
            rules.append({"uid": uid(rng), "group": group, "audience": segment})
            rules.append({"uid": uid(rng), "group": group, "role": RoleKind.ACCOUNTABLE, "area": area})
    for place, plan in enumerate(plans):
        group = make_group(writer, rng, f"Owners in plan {place + 1}", GroupKind.NOTIFICATION, [])
        rules.append({"uid": uid(rng), "group": group, "role": RoleKind.ACCOUNTABLE, "plan": plan.uid})
    writer.create_many(MembershipRule, rules)


def told(rng: Random, plans: list[MadePlan], roster: Roster, today: date) -> Told:
    """Return the agreements and communications of a data set, to be written once the ledger has come to ``today``."""
    agreements = [row for plan in plans for row in _agreements(rng, plan, roster, today)]
    spoken = [_communication(rng, plans, roster, today) for _ in range(len(roster.persons) * len(plans) // 4)]
    return {Agreement: agreements, Communication: spoken}


def _agreements(rng: Random, plan: MadePlan, roster: Roster, today: date) -> list[dict[str, Any]]:
    """Return how three in four of those stand whom the plan names as accountable or responsible."""
    persons = frozenset(roster.persons)
    named = sorted(_carrying(plan.uid) & persons)
    return [
        {
            "uid": uid(rng),
            "plan": plan.uid,
            "party": party,
            "version": "1.0",
            "state": (state := rng.choices(list(_STATES), list(_STATES.values()))[0]),
            "on": today - timedelta(days=rng.randrange(1, (today - plan.began).days)),
            "channel": rng.choice(_CHANNELS),
            "reservations": words.reason(rng) if state is AgreementState.RESERVED else "",
        }
        for party in named
        if rng.random() < 0.75
    ]


def _carrying(plan: str) -> set[str]:
    kinds = [RoleKind.ACCOUNTABLE.value, RoleKind.RESPONSIBLE.value]
    query = Role.select(Role.party).join(Action).join(StepObjective).join(DevelopmentArea)
    return {party for (party,) in rows(query.where((DevelopmentArea.plan == plan) & Role.kind.in_(kinds)))}


def _communication(rng: Random, plans: list[MadePlan], roster: Roster, today: date) -> dict[str, Any]:
    return {
        "uid": uid(rng),
        "party": rng.choice(roster.persons),
        "direction": rng.choice(list(Direction)),
        "on": today - timedelta(days=int(rng.expovariate(1 / 90)) % 800),
        "channel": rng.choice(_CHANNELS),
        "words": words.reason(rng),
        "plan": rng.choice(plans).uid if rng.random() < 0.7 else None,
    }
