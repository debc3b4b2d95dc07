"""The roster as one list: people, posts, organisations and groups, each with what must be known of it at a glance."""

from collections import Counter
from datetime import date
from typing import NamedTuple

from tui_plan.insight.heard import Last, last_heard
from tui_plan.insight.people_on import Head, PeopleOn
from tui_plan.insight.silent import is_silent
from tui_plan.model.base import rows
from tui_plan.model.people import ContactMethod, Party
from tui_plan.model.vocabulary import PartyKind


class RosterRow(NamedTuple):
    """One party. ``what`` says what it is: posts held, who holds a post, how many sit in a group.

    ``reach`` is the preferred way to reach it, ``reachable`` whether there is any, ``verified`` whether that one was
    verified. ``heard`` is the last word of a person. ``carries`` tells whether anything open rests on it.
    """

    uid: str
    kind: str
    name: str
    short_name: str
    where: str
    what: str
    reach: str
    reachable: bool
    verified: bool
    heard: Last | None
    silent: bool
    vacant: bool
    acting: bool
    left_on: date | None
    carries: bool

    @property
    def text(self) -> str:
        """All by which somebody may look for it."""
        return f"{self.name} {self.short_name} {self.where} {self.what} {self.reach} {self.kind}"

    def problem(self, today: date) -> str:
        """Return in two words what the coordinator should mend about it, or nothing."""
        if self.left_on is not None and self.left_on < today:
            return "hand over" if self.carries else ""
        if self.vacant:
            return "vacant"
        if self.silent:
            return "silent" if self.heard is not None else "never heard"
        return "" if self.reachable else "no contact"


def roster(today: date) -> list[RosterRow]:
    """Return everybody and everything on the roster, by name, as it stands on ``today``."""
    people = PeopleOn(today)
    reach = _preferred()
    every = dict(rows(Party.select(Party.uid, Party.hear_every).where(Party.hear_every.is_null(False))))
    heard = last_heard(today)
    carrying = people.carrying
    belonging = Counter(head.organisation for head in people.parties.values() if head.organisation)
    return [
        _row(head, people, reach, heard.get(uid), every.get(uid), uid in carrying, belonging[uid])
        for uid, head in people.parties.items()
    ]


def _row(
    head: Head,
    people: PeopleOn,
    reach: dict[str, tuple[str, bool]],
    heard: Last | None,
    every: int | None,
    carries: bool,
    belonging: int,
) -> RosterRow:
    person, post = head.kind == PartyKind.PERSON, head.kind == PartyKind.POST
    held = people.holdings.get(head.uid, ())
    value, verified = reach.get(head.uid, ("", False))
    watched = person and not head.is_gone(people.day) and (carries or every is not None)
    return RosterRow(
        head.uid,
        head.kind,
        head.name,
        head.short_name,
        people.name(head.organisation),
        _what(head, people, belonging),
        value,
        bool(value) or not person,
        verified,
        heard,
        watched and is_silent(heard, every, people.day),
        post and not held,
        post and bool(held) and all(each.acting for each in held),
        head.left_on,
        carries,
    )


def _what(head: Head, people: PeopleOn, belonging: int) -> str:
    if head.kind == PartyKind.PERSON:
        return ", ".join(people.name(post) for post in people.posts.get(head.uid, ()))
    if head.kind == PartyKind.POST:
        return people.holder_words(head.uid)
    if head.kind == PartyKind.GROUP:
        members = people.size(head.uid)
        return f"{members} member{'' if members == 1 else 's'}"
    return f"{belonging} on the roster" if belonging else ""


def _preferred() -> dict[str, tuple[str, bool]]:
    """Return by party the way that it is best reached by, and whether that was ever verified."""
    fields = (ContactMethod.party, ContactMethod.value, ContactMethod.verified_on)
    query = ContactMethod.select(*fields).order_by(ContactMethod.rank.desc(), ContactMethod.uid.desc())
    return {party: (value, verified is not None) for party, value, verified in rows(query)}
