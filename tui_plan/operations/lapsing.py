"""What makes an agreement lapse, within the change that does it; and what everybody answers for in a plan.

An agreement lapses by a material change: a new major version of the plan, or a duty in it that its party did not have
before (a role in a live action, or a seat in the convening group, by itself, by a post or by a group).
"""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, date, datetime
from types import MappingProxyType
from typing import Any

from tui_plan.insight.action_rows import is_live, of_plan
from tui_plan.insight.people_on import PeopleOn
from tui_plan.model.base import rows
from tui_plan.model.partnership import Agreement, MembershipRule
from tui_plan.model.people import Membership, Party
from tui_plan.model.plan import Action, DevelopmentArea, Plan, Role
from tui_plan.model.store import Author, Writer
from tui_plan.model.vocabulary import STANDING_AGREEMENTS, AgreementState, PartyKind, RoleKind

Duties = dict[tuple[str, str], set[tuple[str, str]]]
"""By plan and party, what the party answers for: roles in live actions, and the convening group."""

_Carried = set[tuple[str, str, str, str]]
"""Plan, kind of role, action, and the party that has it (or who answers for that party)."""

CARRYING = (RoleKind.ACCOUNTABLE, RoleKind.RESPONSIBLE)
NEW_DUTIES = "new duties in the plan"


@contextmanager
def lapsing(
    writer: Writer,
    on: date,
    because: str = NEW_DUTIES,
    *,
    among: Sequence[str] | None = None,
    leaver: str = "",
    became: Mapping[str, str] = MappingProxyType({}),
) -> Iterator[None]:
    """Let exactly those agreements lapse whose party has more duties after the block; the ``leaver``'s also by fewer.

    ``on`` is the day for which it is asked who holds a post. ``among`` names the parties that the block can give duties
    to, so that nobody else is looked at. ``became`` says which parties the block merges into which: what either had
    agreed to, the one that stays has agreed to.
    """
    plans = sorted({plan for _, plan, _ in _standing(among)})
    agreed = _agreed(plans, PeopleOn(on), among, became) if plans else {}
    yield
    after = duties(plans, PeopleOn(on), among) if plans else {}
    for uid, plan, party in _standing(among):
        had, has = agreed.get((plan, party), set()), after.get((plan, party), set())
        if has - had or (party == leaver and had - has):
            lapse(writer, [uid], because)


@contextmanager
def lapsing_by_roles(writer: Writer, actions: Sequence[str], on: date) -> Iterator[None]:
    """Like ``lapsing``, where the block changes only the roles in ``actions``, or to which plan those belong.

    It looks at no more than them, unless a role lets people into a group that has duties of its own.
    """
    if _rules_matter(of_roles=True):
        with lapsing(writer, on):
            yield
        return
    before = _carried(actions)
    yield
    after = _carried(actions)
    if not after - before:
        return
    standing = _standing(plans={plan for plan, *_ in after})
    if standing:
        gained = _signed(after, on) - _signed(before, on)
        parties = {(plan, party) for plan, _, _, party in gained}
        lapse(writer, [uid for uid, plan, party in standing if (plan, party) in parties], NEW_DUTIES)


@contextmanager
def lapsing_by_rules(writer: Writer, on: date) -> Iterator[None]:
    """Like ``lapsing``, where the block can give duties only by what the rules of groups ask for."""
    if _rules_matter():
        with lapsing(writer, on):
            yield
    else:
        yield


def lapse_version(writer: Writer, plan: str, version: str) -> None:
    """Let the agreements to earlier editions lapse, now that the plan's version is ``version``."""
    query = Agreement.select(Agreement.uid, Agreement.version).where(
        (Agreement.plan == plan) & Agreement.state.in_([state.value for state in STANDING_AGREEMENTS])
    )
    lapse(writer, [uid for uid, about in rows(query) if major(about) != major(version)], f"version {version}")


def lapse(writer: Writer, agreements: Sequence[str], because: str) -> None:
    """Within a change, let agreements lapse, for the reason given."""
    for uid in agreements:
        writer.update(Agreement, uid, {"state": AgreementState.LAPSED.value, "lapsed_because": because})


def duties(plans: Sequence[str], people: PeopleOn, among: Sequence[str] | None = None) -> Duties:
    """Return what everybody (or those named) answers for in these plans on the day of ``people``."""
    found: Duties = defaultdict(set)
    wanted = set(among) if among is not None else None
    carried = _live_roles().where(DevelopmentArea.plan.in_(plans))
    if among is not None:
        carried = carried.where(Role.party.in_({uid for party in among for uid in people.reached_by(party)}))
    for plan, kind, action, party in rows(carried):
        for signer in people.signers(party):
            found[plan, signer].add((kind, action))
    for plan, group in rows(Plan.select(Plan.uid, Plan.convening_group).where(Plan.uid.in_(plans))):
        for signer in people.signers(group) if group and people.seats(group) else ():
            found[plan, signer].add(("convening", group))
    return found if wanted is None else {key: what for key, what in found.items() if key[1] in wanted}


def major(version: str) -> str:
    """Return the part of a version by which editions differ materially: ``2`` of ``2.1``."""
    return version.casefold().lstrip("v ").split(".")[0].strip()


def day_of(author: Author) -> date:
    """Return the local day on which the author writes."""
    moment = author.at.replace(tzinfo=UTC) if author.at is not None else datetime.now(UTC)
    return moment.astimezone().date()


def _agreed(plans: Sequence[str], people: PeopleOn, among: Sequence[str] | None, became: Mapping[str, str]) -> Duties:
    """Return the duties of those whose agreement stands, under what they and their groups are to become."""
    carried = duties(plans, people, among)
    found: Duties = defaultdict(set)
    for _, plan, party in _standing(among):
        what = {(kind, became.get(uid, uid)) for kind, uid in carried.get((plan, party), set())}
        found[plan, became.get(party, party)] |= what
    return found


def _rules_matter(*, of_roles: bool = False) -> bool:
    """Whether a rule (about a role) lets people into a group that has duties, be it within another group."""
    ruling = MembershipRule.select(MembershipRule.group)
    edge = {group for (group,) in rows(ruling.where(MembershipRule.role != "") if of_roles else ruling)}
    groups: set[str] = set()
    while edge - groups:
        groups |= edge
        edge = {uid for (uid,) in rows(Membership.select(Membership.group).where(Membership.member.in_(edge)))}
    if not groups:
        return False
    convening = Plan.select().where(Plan.convening_group.in_(groups))
    return bool(convening.exists() or _live_roles().where(Role.party.in_(groups)).exists())


def _live_roles() -> Any:
    """The query of who is accountable or responsible in live actions: plan, kind, action and party."""
    query = of_plan(Action.select(DevelopmentArea.plan, Role.kind, Action.uid, Role.party), None)
    carried = query.switch(Action).join(Role, on=(Role.action == Action.uid))
    return carried.where(is_live() & Role.kind.in_([kind.value for kind in CARRYING]))


def _carried(actions: Sequence[str]) -> _Carried:
    return {(*row,) for row in rows(_live_roles().where(Action.uid.in_(actions)))}


def _signed(carried: _Carried, on: date) -> _Carried:
    """Return the same with who answers for each party; the roster is read only where a post or group is among them."""
    several = [PartyKind.POST.value, PartyKind.GROUP.value]
    among = Party.uid.in_({party for *_, party in carried}) & Party.kind.in_(several)
    resolved = {uid for (uid,) in rows(Party.select(Party.uid).where(among))}
    if not resolved:
        return carried
    people = PeopleOn(on)
    return {(*role, signer) for *role, party in carried for signer in people.signers(party)}  # type: ignore[misc]


def standing_agreements(party: str) -> list[str]:
    """Return the agreements (uids) that bind a party, to any plan."""
    return [uid for uid, _, _ in _standing([party])]


def _standing(among: Sequence[str] | None = None, plans: Collection[str] | None = None) -> list[tuple[str, str, str]]:
    """Return the agreements that bind somebody (of those named, to these plans): uid, plan and party."""
    query = Agreement.select(Agreement.uid, Agreement.plan, Agreement.party)
    standing = query.where(Agreement.state.in_([state.value for state in STANDING_AGREEMENTS]))
    for column, wanted in ((Agreement.party, among), (Agreement.plan, plans)):
        if wanted is not None:
            standing = standing.where(column.in_(wanted))
    return [(uid, plan, party) for uid, plan, party in rows(standing)]
