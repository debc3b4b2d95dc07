"""Rosters for tests: drawn at random and written into the open database, read back as plain values, and undone."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from typing import Any

from hypothesis import strategies as st

from tui_plan.exchange.roster_columns import NO_ORGANISATION
from tui_plan.insight.people_on import holding_on
from tui_plan.model.base import database, new_uid, rows
from tui_plan.model.clean import name_key
from tui_plan.model.people import ContactMethod, Membership, Party, Tenure
from tui_plan.model.store import Author, change
from tui_plan.model.vocabulary import Audience, ContactKind, GroupKind, PartyKind

TODAY = date(2026, 3, 16)
NAMES = (
    *("Ana Ruiz", "Ruiz, Ana", "A. Ruiz", "Ben Okafor", "Board (chair)", "Jo; Lee", "East, West", "漢字 陽子", "HC"),
    *("=1+1", "-", "'quoted'", "O’Connor-Šimić", "none", "Head (acting)", "x" * 300, "Head", "Registrar", "@home"),
)
VALUES = {
    ContactKind.EMAIL: ("ana@example.org", "Office@Example.org", "b+c@example.org"),
    ContactKind.PHONE: ("+44 20 7946 0001", "0207 9460002 ext 3", "12"),
    ContactKind.MOBILE: ("07700 900003", "+44 20 7946 0001"),
    ContactKind.ADDRESS: ("1 High Street, Town", "=Flat 2; The Mill"),
    ContactKind.OTHER: ("Signal: ana.01", "https://example.org/a,b"),
}
_DAYS = st.none() | st.dates(date(2020, 1, 1), date(2030, 1, 1))
Row = dict[str, Any]
Tables = dict[Any, list[Row]]


@st.composite
def rosters(draw: st.DrawFn) -> Tables:
    """Rows of a small roster by table, such as the operations would allow."""
    homes = _things(draw, PartyKind.ORGANISATION)
    if len(homes) > 1:
        homes[1]["organisation"] = homes[0]["uid"]
    some_home = st.none() | st.sampled_from([home["uid"] for home in homes]) if homes else st.none()
    groups = _things(draw, PartyKind.GROUP)
    for group in groups:
        group["group_kind"] = draw(st.sampled_from(["", *(kind.value for kind in GroupKind)]))
    posts = _things(draw, PartyKind.POST)
    persons = [_party(draw, PartyKind.PERSON, name) for name in draw(st.lists(st.sampled_from(NAMES), max_size=4))]
    for one in (*posts, *persons):
        one["organisation"] = draw(some_home)
    parties = [*homes, *groups, *posts, *persons]
    return {
        Party: parties,
        ContactMethod: [row for one in parties for row in _contacts(draw, one["uid"])],
        Tenure: [row for post in posts for row in _tenures(draw, post["uid"], persons)],
        Membership: _seats(draw, groups, [*homes, *posts, *persons]),
    }


def _things(draw: st.DrawFn, kind: PartyKind) -> list[Row]:
    allowed = [name for name in NAMES if (kind, name) != (PartyKind.ORGANISATION, NO_ORGANISATION)]
    names = draw(st.lists(st.sampled_from(allowed), max_size=3, unique_by=name_key))
    return [_party(draw, kind, name) for name in names]


def _party(draw: st.DrawFn, kind: PartyKind, name: str) -> Row:
    joined = draw(_DAYS)
    left = draw(st.none() | st.just(joined and joined + timedelta(days=30)))
    return {
        "uid": new_uid(),
        "kind": kind.value,
        "name": name,
        "name_key": name_key(name),
        "short_name": draw(st.sampled_from(["", "HC", "=short"])) if kind is not PartyKind.POST else "",
        "login": draw(st.sampled_from(["", "ana"])),
        "remarks": draw(st.sampled_from(["", "Rings back late.\nAsk twice."])),
        "audience": draw(st.sampled_from(["", *(word.value for word in Audience)])),
        "joined_on": joined,
        "left_on": left,
    }


def _contacts(draw: st.DrawFn, party: str) -> list[Row]:
    ways = [(kind, value) for kind, values in VALUES.items() for value in values]
    drawn = draw(st.lists(st.sampled_from(ways), max_size=3, unique=True))
    one_day = draw(_DAYS)
    days = st.just(one_day) | _DAYS
    return [
        {"party": party, "rank": rank, "kind": kind.value, "value": value, "verified_on": draw(days)}
        for rank, (kind, value) in enumerate(drawn, 1)
    ]


def _tenures(draw: st.DrawFn, post: str, persons: list[Row]) -> list[Row]:
    """One who holds the post today and others who act in it."""
    if not persons:
        return []
    holders = draw(st.lists(st.sampled_from([one["uid"] for one in persons]), max_size=2, unique=True))
    starts, ends = st.none() | st.dates(date(2020, 1, 1), TODAY), st.none() | st.dates(TODAY, date(2030, 1, 1))
    return [
        {"post": post, "person": person, "start": draw(starts), "end": draw(ends), "acting": bool(number)}
        for number, person in enumerate(holders)
    ]


def _seats(draw: st.DrawFn, groups: list[Row], members: list[Row]) -> list[Row]:
    if not (groups and members):
        return []
    pairs = [(group["uid"], member["uid"]) for group in groups for member in members]
    pairs += [(groups[0]["uid"], group["uid"]) for group in groups[1:]]
    drawn = draw(st.lists(st.sampled_from(pairs), max_size=4, unique=True))
    seats = st.sampled_from(["member", "chair", "lead (north)"])
    return [{"group": group, "member": member, "seat": draw(seats)} for group, member in drawn]


@contextmanager
def for_a_while() -> Iterator[None]:
    """Take back all that is written inside: making a database for each example takes longest."""
    with database.atomic() as transaction:
        yield
        transaction.rollback()


def write_roster(tables: Tables) -> None:
    """Write the rows into the open database in one change."""
    with change(Author("ana"), "Made a roster") as writer:
        for model, many in tables.items():
            writer.create_many(model, many)


def roster_now(*, with_remarks: bool) -> dict[str, list[tuple[Any, ...]]]:
    """Return what the database holds of the roster today, in an order that does not depend on how it came there.

    Ways to reach somebody keep their order of preference; the order of seats is no part of a sheet.
    """
    fields = ["kind", "name", "organisation", "short_name", "group_kind", "login", "audience", "joined_on", "left_on"]
    fields += ["remarks"] if with_remarks else []
    columns = [Party._meta.fields[name] for name in fields]
    ways = ContactMethod.select(
        ContactMethod.party, ContactMethod.kind, ContactMethod.value, ContactMethod.verified_on
    ).order_by(ContactMethod.party, ContactMethod.rank)
    held = Tenure.select(Tenure.post, Tenure.person, Tenure.start, Tenure.end, Tenure.acting).where(holding_on(TODAY))
    seats = Membership.select(Membership.group, Membership.member, Membership.seat)
    return {
        "parties": sorted(rows(Party.select(Party.uid, *columns))),
        "ways": rows(ways),
        "held": sorted(rows(held), key=str),
        "seats": sorted(rows(seats)),
    }
