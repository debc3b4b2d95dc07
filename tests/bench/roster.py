"""Generated people: organisations, persons with contact methods, posts with holders, vacancies, alternates; groups."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random
from typing import Any

from tests.bench import words
from tui_plan.model.clean import name_key
from tui_plan.model.people import Alternate, ContactMethod, Membership, Party, Tenure
from tui_plan.model.store import Writer
from tui_plan.model.vocabulary import Audience, ContactKind, GroupKind, PartyKind

COORDINATORS = ("ana", "ben", "chloe")
_POSTS = ("Director", "Deputy head", "Programme lead", "Liaison officer", "Finance officer", "Chair")
_VACANT = 0.12


@dataclass(frozen=True)
class Roster:
    """Uids by kind. ``left`` are posts that nobody holds and persons whose last post has ended."""

    organisations: list[str]
    persons: list[str]
    posts: list[str]
    left: list[str]


def uid(rng: Random) -> str:
    """Return a uid that the seed decides."""
    return f"{rng.getrandbits(128):032x}"


def make_roster(writer: Writer, rng: Random, organisations: int, people: int, today: date) -> Roster:
    """Write all people of a data set but their groups: half as many posts as people."""
    bodies = _parties(writer, rng, PartyKind.ORGANISATION, words.organisation_names(rng, organisations))
    names = words.person_names(rng, people)
    persons = _parties(writer, rng, PartyKind.PERSON, names, bodies, [_own(rng, index) for index in range(people)])
    titles = [f"{rng.choice(_POSTS)} {index + 1}" for index in range(max(3, people // 2))]
    posts = _parties(writer, rng, PartyKind.POST, titles, bodies)
    writer.create_many(
        ContactMethod, [row for index, person in enumerate(persons) for row in _contacts(rng, person, index)]
    )
    tenures = [row for post in posts for row in _tenures(rng, post, persons, today)]
    writer.create_many(Tenure, tenures)
    writer.create_many(Alternate, [row for post in posts for row in _alternates(rng, post, persons)])
    held = {row["post"] for row in tenures if row["end"] is None}
    working = {row["person"] for row in tenures if row["end"] is None}
    left = [post for post in posts if post not in held]
    left += sorted({row["person"] for row in tenures} - working)
    return Roster(bodies, persons, posts, left)


def make_group(writer: Writer, rng: Random, name: str, kind: GroupKind, members: Sequence[str]) -> str:
    """Write a group with its members, the first of whom is its chair, and return its uid."""
    group = writer.create(
        Party, uid=uid(rng), kind=PartyKind.GROUP, name=name, name_key=name_key(name), group_kind=kind
    )
    seats = [
        {"uid": uid(rng), "group": group, "member": member, "seat": "member" if place else "chair", "position": place}
        for place, member in enumerate(members)
    ]
    writer.create_many(Membership, seats)
    return group


def _parties(
    writer: Writer,
    rng: Random,
    kind: PartyKind,
    names: Sequence[str],
    bodies: Sequence[str] = (),
    more: Sequence[dict[str, Any]] = (),
) -> list[str]:
    made = [
        {
            "uid": uid(rng),
            "kind": kind,
            "name": name,
            "name_key": name_key(name),
            "organisation": rng.choice(bodies) if bodies else None,
        }
        | (more[index] if more else {})
        for index, name in enumerate(names)
    ]
    if kind is PartyKind.POST:
        _put_under(rng, made)
    return writer.create_many(Party, made)


def _put_under(rng: Random, posts: list[dict[str, Any]]) -> None:
    """Let three in four posts report to one of their organisation that comes before them."""
    above: dict[str, list[str]] = {}
    for post in posts:
        before = above.setdefault(post["organisation"], [])
        if before and rng.random() < 0.75:
            post["reports_to"] = rng.choice(before)
        before.append(post["uid"])


def _own(rng: Random, index: int) -> dict[str, Any]:
    """Return what else is said of a person: the login of a coordinator, for some a segment and how often to ask."""
    return {
        "login": COORDINATORS[index] if index < len(COORDINATORS) else "",
        "audience": rng.choice(list(Audience)) if rng.random() < 0.3 else "",
        "hear_every": rng.choice((30, 60)) if rng.random() < 0.2 else None,
    }


def _alternates(rng: Random, post: str, persons: Sequence[str]) -> list[dict[str, Any]]:
    many = rng.randrange(1, 4) if rng.random() < 0.25 else 0
    return [
        {"uid": uid(rng), "post": post, "person": person, "rank": rank}
        for rank, person in enumerate(rng.sample(persons, many), 1)
    ]


def _contacts(rng: Random, person: str, index: int) -> list[dict[str, Any]]:
    if rng.random() < 0.2:
        return []
    mail = {"uid": uid(rng), "party": person, "rank": 1, "kind": ContactKind.EMAIL, "value": f"p{index}@example.org"}
    phone = {"uid": uid(rng), "party": person, "rank": 2, "kind": ContactKind.PHONE, "value": f"+1 555 01{index:04}"}
    return [mail, phone] if rng.random() < 0.4 else [mail]


def _tenures(rng: Random, post: str, persons: Sequence[str], today: date) -> list[dict[str, Any]]:
    """Return who held a post: one holder, two in turn, or nobody for the last 200 days."""
    began = today - timedelta(days=rng.randrange(300, 900))
    first = {"uid": uid(rng), "post": post, "person": rng.choice(persons), "start": began, "end": None}
    drawn = rng.random()
    if drawn < _VACANT:
        return [first | {"end": today - timedelta(days=rng.randrange(200, 290))}]
    if drawn > 0.8:
        changed = today - timedelta(days=rng.randrange(20, 250))
        second = {"uid": uid(rng), "post": post, "person": rng.choice(persons), "start": changed, "end": None}
        return [first | {"end": changed - timedelta(days=1)}, second | {"acting": rng.random() < 0.3}]
    return [first]
