"""Who fits the rules of groups on one day: by role, segment and organisation. Only ``people_on`` calls it.

Either everybody is asked for (what is needed is read once for all rules), or one person alone.
"""

from collections import defaultdict
from collections.abc import Iterable
from functools import cached_property
from itertools import product
from typing import TYPE_CHECKING, Any, NamedTuple

from tui_plan.insight.action_rows import is_live, of_plan
from tui_plan.model.base import rows
from tui_plan.model.plan import Action, DevelopmentArea, Role, StepObjective
from tui_plan.model.vocabulary import OPEN_STATUSES, PartyKind, RoleKind

if TYPE_CHECKING:
    from tui_plan.insight.people_on import PeopleOn

_CARRYING = (RoleKind.ACCOUNTABLE, RoleKind.RESPONSIBLE)


class Rule(NamedTuple):
    """A rule of a group, as ``MembershipRule`` keeps it."""

    uid: str
    group: str
    role: str
    audience: str
    organisation: str | None
    plan: str | None
    area: str | None


_Asked = tuple[str, str | None, str | None]
"""What a rule asks for: a kind of role, and a plan, an area, or either."""


class Fitting:
    """Looks for those who fit rules among the people of a day; who has left fits none."""

    def __init__(self, people: "PeopleOn") -> None:
        self._people = people
        self._behind: dict[str, tuple[str, ...]] = {}
        self._live: tuple[frozenset[str], list[tuple[Any, ...]]] = (frozenset(), [])

    def everybody(self, rule: Rule) -> set[str]:
        """Return the persons who fit a rule."""
        asked = []
        if rule.role:
            asked.append(self._with_role.get((rule.role, rule.plan, rule.area), set()))
        if rule.audience:
            asked.append(self._segments.get(rule.audience, set()))
        if rule.organisation:
            asked.append(self._at_home.get(rule.organisation, set()))
        return set.intersection(*sorted(asked, key=len)) & self._present if asked else set()

    def groups_of(self, person: str, ruled: Iterable[tuple[str, tuple[Rule, ...]]]) -> list[str]:
        """Return those of the ``ruled`` groups (with their rules) of which one person fits a rule."""
        if person not in self._present:
            return []
        roles = self._roles_of(person) if self._kinds else set()
        homes = self._people.homes(person)
        return [
            group
            for group, rules in ruled
            if any(
                (not rule.role or (rule.role, rule.plan, rule.area) in roles)
                and (not rule.audience or person in self._segments.get(rule.audience, ()))
                and (not rule.organisation or rule.organisation in homes)
                for rule in rules
            )
        ]

    def carrying(self) -> set[str]:
        """Return the parties that are accountable or responsible in an open action."""
        carried = self._live_roles(frozenset(kind.value for kind in _CARRYING))
        return {party for kind, party, _, status in carried if kind in _CARRYING and status in OPEN_STATUSES}

    @cached_property
    def _present(self) -> frozenset[str]:
        """The persons who have not left."""
        persons = (head for head in self._people.parties.values() if head.kind == PartyKind.PERSON)
        return frozenset(head.uid for head in persons if not head.is_gone(self._people.day))

    @cached_property
    def _segments(self) -> dict[str, set[str]]:
        """The persons of each segment: by themselves, or by a post that they hold."""
        found: dict[str, set[str]] = defaultdict(set)
        for uid, head in self._people.parties.items():
            if head.audience:
                found[head.audience] |= {uid, *(held.person for held in self._people.holdings.get(uid, ()))}
        return found

    @cached_property
    def _at_home(self) -> dict[str, set[str]]:
        """The persons who belong to each organisation."""
        found: dict[str, set[str]] = defaultdict(set)
        for person in self._present:
            for home in self._people.homes(person):
                found[home].add(person)
        return found

    @cached_property
    def _asked(self) -> set[_Asked]:
        """What the rules of all groups ask for in roles."""
        rules = (rule for many in self._people.rules.values() for rule in many)
        return {(rule.role, rule.plan, rule.area) for rule in rules if rule.role}

    @cached_property
    def _kinds(self) -> frozenset[str]:
        return frozenset(kind for kind, _, _ in self._asked)

    @cached_property
    def _with_role(self) -> dict[_Asked, set[str]]:
        """The persons who have a role in a live action, for each kind of role, plan and area that a rule asks for."""
        areas = StepObjective.select(StepObjective.uid, DevelopmentArea.uid, DevelopmentArea.plan)
        area_of, plan_of = {}, {}
        for objective, area, plan in rows(areas.join(DevelopmentArea)) if self._asked else ():
            area_of[objective], plan_of[area] = area, plan
        wanted = {
            (kind, area): self._asked & set(product((kind,), (None, plan), (None, area)))
            for kind, (area, plan) in product(self._kinds, plan_of.items())
        }
        found: dict[_Asked, set[str]] = defaultdict(set)
        for kind, party, objective, _ in self._live_roles(frozenset()):
            for one in wanted.get((kind, area_of[objective]), ()):
                found[one].update(self._named_persons(party))
        return found

    def _live_roles(self, kinds: frozenset[str]) -> list[tuple[Any, ...]]:
        """Return the roles in live actions (kind, party, objective, status): of these kinds, and that rules ask for.

        They are read once: who asks for more kinds should ask first.
        """
        wanted = kinds | self._kinds
        read, found = self._live
        if not wanted <= read:
            query = Role.select(Role.kind, Role.party, Action.objective, Action.status)
            live = query.join(Action, on=(Role.action == Action.uid)).where(Role.kind.in_(sorted(wanted)) & is_live())
            found = rows(live)
            self._live = wanted, found
        return found

    def _named_persons(self, party: str) -> tuple[str, ...]:
        """A rule about roles looks at named seats only: rules that feed each other would have no end."""
        if party not in self._behind:
            self._behind[party] = self._people.persons(party, by_name=True)
        return self._behind[party]

    def _roles_of(self, person: str) -> set[_Asked]:
        """Return in which roles somebody is in live actions, as rules ask for them: by name, post or named seat."""
        carriers = self._people.reached_by_name((person, *self._people.posts.get(person, ())))
        query = of_plan(Action.select(Role.kind, DevelopmentArea.plan, DevelopmentArea.uid), None)
        held = query.switch(Action).join(Role, on=(Role.action == Action.uid))
        found = rows(held.where(Role.party.in_(carriers) & is_live()).distinct())
        return {one for kind, plan, area in found for one in product((kind,), (None, plan), (None, area))}
