"""Random steps in the life of the small partnership, for properties: each is one operation, refused or not."""

from collections.abc import Callable, Sequence
from datetime import date, timedelta
from typing import Any

from hypothesis import strategies as st
from peewee import SQL

from tests.people_world import ONBOARDING, TODAY, typed
from tui_plan.model.base import Record, rows
from tui_plan.model.errors import PlanError
from tui_plan.model.partnership import MembershipRule
from tui_plan.model.people import Membership, Party, Tenure
from tui_plan.model.plan import Action, Plan
from tui_plan.model.vocabulary import AgreementState, Audience, PartyKind, RoleKind, Status
from tui_plan.operations import actions, agreements, groups, handover, merging, parts, people, plans, posts, undoing

ME = typed(TODAY)
_DAYS = (None, *(TODAY + timedelta(days=shift) for shift in (-400, -30, -1, 0, 1, 30)))
_SEGMENTS = ("", *Audience)
_VERSIONS = ("1.0", "1.1", "2.0", "2.1")

Step = tuple[str, tuple[int, int, int, int]]


def pick(model: type[Record], place: int) -> str:
    """Return the uid of one record of a table, in the order in which they were written."""
    found = [uid for (uid,) in rows(model.select(model.uid).order_by(SQL("rowid")))]
    return found[place % len(found)] if found else "nowhere"


def party(place: int, *kinds: PartyKind) -> str:
    """Return the uid of a party of these kinds (of any, without), merged or not."""
    query = Party.select(Party.uid, Party.kind).order_by(SQL("rowid"))
    found = [uid for uid, kind in rows(query) if not kinds or kind in kinds]
    return found[place % len(found)]


def day(place: int) -> date | None:
    """Return a day around today, or none."""
    return _DAYS[place % len(_DAYS)]


def _person(place: int) -> str:
    return party(place, PartyKind.PERSON)


def _post(place: int) -> str:
    return party(place, PartyKind.POST)


def _group(place: int) -> str:
    return party(place, PartyKind.GROUP)


def _rule(a: int, b: int, c: int, d: int) -> Any:
    role = ("", *RoleKind)[b % 6]
    home = party(d, PartyKind.ORGANISATION) if d % 3 == 0 else None
    plan = pick(Plan, 0) if role and d % 2 else None
    return groups.add_rule(ME, _group(a), role=role, audience=_SEGMENTS[c % 5], organisation=home, plan=plan)


def _roles(a: int, b: int, c: int, d: int) -> Any:
    wanted = [(list(RoleKind)[b % 4], party(c)), (list(RoleKind)[d % 4], party(b))]
    return parts.set_roles(ME, pick(Action, a), wanted, today=TODAY)


def _hand_over(a: int, b: int, c: int, d: int) -> Any:
    order = handover.handover_of(party(a, PartyKind.PERSON, PartyKind.POST), TODAY + timedelta(days=c % 3))
    changed = {"successor": _person(b) if d % 4 else "", "acting": d % 2 == 0, "leaves": order.leaves and d % 3 > 0}
    return handover.hand_over(ME, handover.Handover(**(vars(order) | changed)), ONBOARDING if c % 2 else None)


def _agree(a: int, b: int, c: int, d: int) -> Any:
    state = list(AgreementState)[b % 6]
    words = "Some" if state is AgreementState.RESERVED else ""
    return agreements.record_agreement(
        ME, pick(Plan, 0), [party(a), party(c)], today=TODAY, state=state, reservations=words
    )


DOES: dict[str, Callable[[int, int, int, int], Any]] = {
    "hold": lambda a, b, c, d: posts.add_tenure(ME, _post(a), _person(b), start=day(c), acting=d % 2 == 0),
    "end": lambda a, b, c, d: posts.edit_tenure(ME, pick(Tenure, a), end=day(b), acting=d % 2 == 0),
    "unhold": lambda a, b, c, d: posts.remove_tenure(ME, pick(Tenure, a)),
    "alternates": lambda a, b, c, d: posts.set_alternates(ME, _post(a), [_person(b), _person(c)]),
    "seat": lambda a, b, c, d: groups.add_member(ME, _group(a), party(b), ("member", "chair", "deputy")[c % 3]),
    "unseat": lambda a, b, c, d: groups.remove_member(ME, pick(Membership, a)),
    "rule": _rule,
    "unrule": lambda a, b, c, d: groups.remove_rule(ME, pick(MembershipRule, a)),
    "roles": _roles,
    "one role": lambda a, b, c, d: parts.add_role(ME, [pick(Action, a)], list(RoleKind)[b % 4], party(c), today=TODAY),
    "status": lambda a, b, c, d: actions.set_status(ME, [pick(Action, a)], list(Status)[b % 5], today=TODAY),
    "agree": _agree,
    "version": lambda a, b, c, d: plans.edit_plan(ME, pick(Plan, 0), version=_VERSIONS[a % 4]),
    "convene": lambda a, b, c, d: plans.edit_plan(ME, pick(Plan, 0), convening_group=_group(a)),
    "segment": lambda a, b, c, d: people.edit_party(ME, party(a), audience=_SEGMENTS[b % 5]),
    "home": lambda a, b, c, d: people.edit_party(ME, party(a), organisation=party(b, PartyKind.ORGANISATION)),
    "leave": lambda a, b, c, d: people.edit_party(ME, _person(a), left_on=day(b)),
    "merge": lambda a, b, c, d: merging.merge_parties(ME, party(a), party(b)),
    "hand over": _hand_over,
    "undo": lambda a, b, c, d: undoing.undo(ME),
    "redo": lambda a, b, c, d: undoing.redo(ME),
}

_places = st.integers(0, 23)


def steps(*names: str, most: int = 8) -> st.SearchStrategy[list[Step]]:
    """Lists of steps of these names (of all, without)."""
    chosen = st.sampled_from(names or tuple(DOES))
    return st.lists(st.tuples(chosen, st.tuples(_places, _places, _places, _places)), max_size=most)


def take(many: Sequence[Step]) -> int:
    """Take the steps that are not refused; return how many were taken."""
    taken = 0
    for name, places in many:
        try:
            DOES[name](*places)
            taken += 1
        except PlanError:
            continue
    return taken
