"""Who has been silent for longer than agreed: the queue of people to call, and silent owners among them."""

from collections import defaultdict
from datetime import date
from typing import Any, NamedTuple

from peewee import Case

from tui_plan.insight.action_rows import expected_day, is_open, of_plan
from tui_plan.insight.heard import Contacted, Last, last_contacts
from tui_plan.insight.people_on import PeopleOn
from tui_plan.model.base import rows
from tui_plan.model.people import Party
from tui_plan.model.plan import Action, Role
from tui_plan.model.vocabulary import PartyKind, RoleKind

SILENT_AFTER = 90
"""Days without a word after which somebody counts as silent, unless it was agreed otherwise with them."""


class SilentLine(NamedTuple):
    """Somebody who has been silent too long. ``days`` is None when they were never heard from.

    ``open`` counts the open actions that they carry, ``late`` those whose day has passed.
    """

    uid: str
    name: str
    where: str
    heard: Last | None
    told: Last | None
    days: int | None
    every: int
    open: int
    late: int

    @property
    def owner(self) -> bool:
        """Whether something open rests on them."""
        return self.open > 0


def silent(today: date, plan: str | None = None, *, owners_only: bool = False) -> list[SilentLine]:
    """Return who has been silent for longer than their cadence: owners, and those with whom one was agreed.

    With ``plan``, only who carries something open in it. The longest silence comes first.
    """
    people = PeopleOn(today)
    carried = _carried(today, people, plan)
    every = _cadences()
    wanted = set(carried) if plan or owners_only else set(carried) | set(every)
    heard = last_contacts(today)
    lines = [
        _line(uid, people, heard.get(uid, Contacted()), every.get(uid, SILENT_AFTER), carried.get(uid, (0, 0)), today)
        for uid in people.in_order(wanted)
        if people.parties[uid].kind == PartyKind.PERSON and not people.parties[uid].is_gone(today)
    ]
    late = [line for line in lines if is_silent(line.heard, line.every, today)]
    return sorted(late, key=lambda line: (-(line.days if line.days is not None else 100_000), line.name))


def is_silent(heard: Last | None, every: int | None, today: date) -> bool:
    """Whether somebody with this cadence, last heard then, was not heard from in time."""
    return heard is None or (today - heard.on).days > (every or SILENT_AFTER)


def _line(
    uid: str, people: PeopleOn, contacted: Contacted, every: int, carried: tuple[int, int], today: date
) -> SilentLine:
    head = people.parties[uid]
    days = (today - contacted.heard.on).days if contacted.heard is not None else None
    where = people.name(head.organisation) or ", ".join(people.name(post) for post in people.posts.get(uid, ()))
    return SilentLine(uid, head.name, where, contacted.heard, contacted.told, days, every, *carried)


def _cadences() -> dict[str, int]:
    query = Party.select(Party.uid, Party.hear_every).where(Party.hear_every.is_null(False))
    return dict(rows(query))


def _carried(today: date, people: PeopleOn, plan: str | None) -> dict[str, tuple[int, int]]:
    """Return by person how many open actions they carry, and how many of those are late."""
    by_party: dict[str, dict[str, int]] = defaultdict(dict)
    for party, action, late in rows(_open_roles(today, plan)):
        by_party[party][action] = late
    found: dict[str, dict[str, int]] = defaultdict(dict)
    for party, actions in by_party.items():
        for person in people.persons(party):
            found[person] |= actions
    return {person: (len(actions), sum(actions.values())) for person, actions in found.items()}


def _open_roles(today: date, plan: str | None) -> Any:
    """The query of who carries which open action, and whether (1 or 0) its day has passed."""
    late = Case(None, [(expected_day() < today.isoformat(), 1)], 0)
    query = of_plan(Action.select(Role.party, Action.uid, late), plan)
    joined = query.switch(Action).join(Role, on=(Role.action == Action.uid))
    return joined.where(is_open() & Role.kind.in_([RoleKind.ACCOUNTABLE.value, RoleKind.RESPONSIBLE.value]))
