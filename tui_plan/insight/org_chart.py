"""The org chart: organisations, the posts in them by whom they report to, and who holds each, as a tree."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any, NamedTuple

from peewee import fn

from tui_plan.insight.people_on import PeopleOn
from tui_plan.model.base import rows
from tui_plan.model.errors import NotFound
from tui_plan.model.people import Alternate, Party, Tenure
from tui_plan.model.vocabulary import PartyKind

NO_ORGANISATION = "Without an organisation"


class ChartNode(NamedTuple):
    """One organisation or post of the chart. ``depth`` counts from 0; ``uid`` is empty for posts without organisation.

    ``holders`` names who holds a post (acting ones marked); empty for a vacancy, ``vacant_since`` then says since when,
    if it was ever held. ``alternates`` are the names of who stands in, in order.
    """

    depth: int
    kind: str
    uid: str
    name: str
    holders: tuple[str, ...] = ()
    vacant_since: date | None = None
    alternates: tuple[str, ...] = ()

    @property
    def vacant(self) -> bool:
        """Whether it is a post that nobody holds."""
        return self.kind == PartyKind.POST and not self.holders


def org_chart(today: date, organisation: str | None = None) -> list[ChartNode]:
    """Return the chart of one organisation (with what belongs to it), or of all that have posts.

    A post stands under the post that it reports to, where both belong to one organisation; else at the top of its own.
    ``NotFound`` if there is no such organisation.
    """
    chart = _Chart(today)
    if organisation is not None:
        chart.require(organisation)
        return list(chart.organisation(organisation, 0))
    nodes = [node for uid in chart.roots() for node in chart.organisation(uid, 0)]
    homeless = [node for post in chart.tops("") for node in chart.post(post, 1)]
    return nodes + ([ChartNode(0, PartyKind.ORGANISATION, "", NO_ORGANISATION), *homeless] if homeless else [])


class _Chart:
    """The roster laid out for the chart, read once."""

    def __init__(self, today: date) -> None:
        self._people = PeopleOn(today)
        parties = self._people.parties
        self._above = {post: above for post, above in rows(_reporting()) if above in parties}
        self._homes: dict[str, list[str]] = defaultdict(list)
        self._parts: dict[str, list[str]] = defaultdict(list)
        for uid, head in parties.items():
            if head.kind == PartyKind.POST:
                self._homes[head.organisation or ""].append(uid)
            elif head.kind == PartyKind.ORGANISATION and head.organisation:
                self._parts[head.organisation].append(uid)
        self._below: dict[str, list[str]] = defaultdict(list)
        for uid in parties:
            if uid in self._above and self._same_home(uid):
                self._below[self._above[uid]].append(uid)
        self._ended = dict(rows(_ended(today)))
        self._alternates: dict[str, list[str]] = defaultdict(list)
        for post, person in rows(Alternate.select(Alternate.post, Alternate.person).order_by(Alternate.rank)):
            self._alternates[post].append(person)

    def require(self, uid: str) -> None:
        """Raise ``NotFound`` unless this is an organisation of the roster."""
        head = self._people.parties.get(uid)
        if head is None or head.kind != PartyKind.ORGANISATION:
            raise NotFound("There is no such organisation on the roster; it may have been merged or removed.")

    def roots(self) -> list[str]:
        """Return the organisations at the top that have posts, or parts that have."""
        tops = (
            uid
            for uid, head in self._people.parties.items()
            if head.kind == PartyKind.ORGANISATION and not head.organisation
        )
        return [uid for uid in tops if self._has_posts(uid)]

    def tops(self, organisation: str) -> list[str]:
        """Return the posts of an organisation that report to no other of its posts."""
        return [post for post in self._homes[organisation] if not (post in self._above and self._same_home(post))]

    def organisation(self, uid: str, depth: int) -> Iterator[ChartNode]:
        """Yield an organisation, its posts, and the organisations that belong to it."""
        yield ChartNode(depth, PartyKind.ORGANISATION, uid, self._people.name(uid))
        for post in self.tops(uid):
            yield from self.post(post, depth + 1)
        for part in self._parts[uid]:
            if self._has_posts(part):
                yield from self.organisation(part, depth + 1)

    def post(self, uid: str, depth: int) -> Iterator[ChartNode]:
        """Yield a post and those that report to it."""
        held = self._people.holdings.get(uid, ())
        names = tuple(self._people.name(each.person) + (" (acting)" if each.acting else "") for each in held)
        last = self._ended.get(uid) if not held else None
        since = last + timedelta(days=1) if last else None
        alternates = tuple(self._people.name(person) for person in self._alternates[uid])
        yield ChartNode(depth, PartyKind.POST, uid, self._people.name(uid), names, since, alternates)
        for below in self._below[uid]:
            yield from self.post(below, depth + 1)

    def _same_home(self, post: str) -> bool:
        parties = self._people.parties
        return parties[post].organisation == parties[self._above[post]].organisation

    def _has_posts(self, uid: str) -> bool:
        return bool(self._homes[uid]) or any(self._has_posts(part) for part in self._parts[uid])


def _reporting() -> Any:
    return Party.select(Party.uid, Party.reports_to).where(Party.reports_to.is_null(False))


def _ended(today: date) -> Any:
    """The query of the last day on which each post was held, before ``today``."""
    return Tenure.select(Tenure.post, fn.MAX(Tenure.end)).where(Tenure.end < today).group_by(Tenure.post)
