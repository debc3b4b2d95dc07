"""Handover: what rests on somebody goes to a successor, an acting holder, or nobody, in one change and one undo.

``handover_moves`` says beforehand what would move, from the same rules by which ``hand_over`` moves it.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any, NamedTuple

from tui_plan.insight.action_rows import is_live
from tui_plan.insight.people_on import PeopleOn, holding_on
from tui_plan.insight.register import owned_by
from tui_plan.model.base import Record, rows
from tui_plan.model.errors import InvalidInput, Refused
from tui_plan.model.people import Alternate, Membership, Party, Tenure
from tui_plan.model.places import quoted, stored_row
from tui_plan.model.plan import Action, Checkpoint, OutcomeMeasure, Plan, Role
from tui_plan.model.register import RegisterEntry
from tui_plan.model.store import Author, Writer, change
from tui_plan.model.vocabulary import PartyKind
from tui_plan.operations.checking import Rule, as_day, checked, day
from tui_plan.operations.checklists import About, Template, write_run
from tui_plan.operations.groups import joined_seats
from tui_plan.operations.lapsing import lapse, lapsing, standing_agreements
from tui_plan.operations.people import check_party, refuse_merged, with_article, write_party
from tui_plan.operations.posts import check_tenure

_NOTHING = "There is nothing to hand over: nothing open rests on them."
_NOBODY = "What they own in the register goes to nobody, as no risk is without an owner: choose a successor."
HANDOVER_RULES: dict[str, Rule] = {"on": day("The day of the handover", required=True)}


@dataclass(frozen=True)
class Handover:
    """What is handed over. ``leaver`` is a person; ``posts`` are those of theirs that go (uids).

    ``successor`` is a person, or empty: the posts become vacant. ``on`` is the successor's first day. With ``personal``
    what the leaver carries by name goes too: to the successor, else to the one post that is handed over, else to
    nobody. ``leaves`` records that they leave the partnership.
    """

    leaver: str
    posts: tuple[str, ...]
    on: date
    successor: str = ""
    acting: bool = False
    personal: bool = True
    leaves: bool = False

    @property
    def last_day(self) -> date:
        """The leaver's last day."""
        return self.on - timedelta(days=1)

    @property
    def to(self) -> str:
        """Who gets what the leaver carries by name, or nobody."""
        return self.successor or (self.posts[0] if len(self.posts) == 1 else "")


class Move(NamedTuple):
    """One thing that moves. ``noun`` is the record's table and ``uid`` its identity; ``what`` tells it in words.

    ``kind`` is "post", "role", "review", "seat", "entry" (a risk or issue), "alternate", "plan" or "measure"; ``ref``
    is the reference of the entry, action or plan, or empty. ``follows`` is true for what rests on a post and so goes
    with it of itself. ``to`` is the name of who gets it; empty if nobody does: a risk or issue, which cannot be without
    an owner, then stays in the old name.
    """

    kind: str
    noun: type[Record]
    uid: str
    ref: str
    what: str
    to: str
    follows: bool = False


def handover_of(party: str, on: date) -> Handover:
    """Return the handover to begin with: of a post by its holder, or of a person with all their posts.

    Raises ``Refused`` for a post that nobody holds, and for anything that is neither post nor person.
    """
    checked({"on": on}, HANDOVER_RULES)
    row = stored_row(Party, party)
    refuse_merged(row)
    people, before = PeopleOn(on), PeopleOn(on - timedelta(days=1))
    if row["kind"] == PartyKind.PERSON:
        posts = people.in_order((*before.posts.get(party, ()), *people.posts.get(party, ())))
        return Handover(party, tuple(posts), on, leaves=True)
    if row["kind"] != PartyKind.POST:
        raise Refused(f"Only a person or a post is handed over; {quoted(Party, row)} is {with_article(row['kind'])}.")
    held = before.holdings.get(party, ()) or people.holdings.get(party, ())
    if not held:
        raise Refused(f"Nobody holds {quoted(Party, row)} on {on.isoformat()}: record its new holder instead.")
    return Handover(held[0].person, (party,), on, personal=False)


def handover_moves(order: Handover) -> list[Move]:
    """Return all that moves, in the order in which it is told: posts, roles, reviews, plans, measures, seats."""
    _check(order)
    named = dict(rows(Party.select(Party.uid, Party.name)))
    to = named.get(order.to, "")
    found = list(_posts(order, named))
    for post in order.posts:
        found += [move._replace(follows=True) for move in _carried(post, named.get(order.successor, ""))]
    if order.personal:
        found += _carried(order.leaver, to)
        found += _by_name(order.leaver, to)
    kinds = list(dict.fromkeys(move.kind for move in found))
    return sorted(found, key=lambda move: (kinds.index(move.kind), move.follows))


def moving_at_once(order: Handover, moves: Sequence[Move], today: date) -> str:
    """Return in a sentence what moves on the day it is written though the handover is to come, or nothing."""
    at_once = any(not move.follows and move.kind != "post" for move in moves)
    if order.on <= today or not at_once:
        return ""
    return f"Posts change hands on {order.on.isoformat()}; what is carried by name moves at once."


def hand_over(author: Author, order: Handover, onboarding: Template | None = None, *, newcomer: str = "") -> list[Move]:
    """Do the handover in one change and return what moved.

    The leaver's agreements lapse where they stood for what went; those of who gets new duties lapse as well. A run of
    ``onboarding`` begins for the successor. ``newcomer`` is the name of a successor who is not on the roster yet.
    """
    because = f"handover on {order.on.isoformat()}"
    among = [order.leaver, order.successor, *order.posts]
    with change(author, "Handed over") as writer, lapsing(writer, order.on, because, among=among, leaver=order.leaver):
        if newcomer:
            order = replace(order, successor=write_party(writer, PartyKind.PERSON, {"name": newcomer}))
        moves = handover_moves(order)
        if all(move.follows for move in moves) and not order.leaves:
            raise Refused(_NOTHING)
        leaver = quoted(Party, stored_row(Party, order.leaver))
        writer.summary = f"Handover from {leaver} to {_to_whom(order)}"
        for move in moves:
            if not move.follows:
                _MOVERS[move.kind](writer, order, move.uid)
        if order.leaves:
            _leave(writer, order, because)
        if not writer.wrote:
            raise Refused(_NOTHING if all(move.to for move in moves) else _NOBODY)
        if onboarding is not None and order.successor:
            _welcome(writer, order, onboarding)
        return moves


def _leave(writer: Writer, order: Handover, because: str) -> None:
    """Record that the leaver leaves the partnership: nothing that they agreed to binds them any more."""
    left = as_day(stored_row(Party, order.leaver)["left_on"])
    writer.update(Party, order.leaver, {"left_on": min(left or order.last_day, order.last_day)})
    check_party(stored_row(Party, order.leaver))
    lapse(writer, standing_agreements(order.leaver), because)


def _welcome(writer: Writer, order: Handover, onboarding: Template) -> None:
    """Begin the successor's onboarding."""
    name = stored_row(Party, order.successor)["name"]
    about = About(party=order.successor, post=order.posts[0] if order.posts else None)
    write_run(writer, onboarding, about, on=order.on, title=f"{onboarding.title}: {name}")


def _check(order: Handover) -> None:
    checked({"on": order.on}, HANDOVER_RULES)
    row = stored_row(Party, order.leaver)
    if row["kind"] != PartyKind.PERSON:
        raise InvalidInput("Only a person hands over.", "leaver")
    refuse_merged(row, "leaver")
    if order.successor:
        _check_successor(order)
    _check_posts(order)
    if order.leaves:
        _check_leaving(order)


def _check_successor(order: Handover) -> None:
    if order.successor == order.leaver:
        raise InvalidInput("They cannot hand over to themselves: choose somebody else, or nobody.", "successor")
    row = stored_row(Party, order.successor)
    if row["kind"] != PartyKind.PERSON:
        raise InvalidInput("The successor must be a person.", "successor")
    refuse_merged(row, "successor")
    left, joins = as_day(row["left_on"]), as_day(row["joined_on"])
    if left is not None and left < order.on:
        raise InvalidInput(f"{quoted(Party, row)} left on {left.isoformat()}: choose somebody else.", "successor")
    if joins is not None and joins > order.on:
        sentence = (
            f"{quoted(Party, row)} joins on {joins.isoformat()}: let the handover be then, or choose somebody else."
        )
        raise InvalidInput(sentence, "successor")


def _check_posts(order: Handover) -> None:
    held = {post: start for _, post, start, _ in _tenures(order)}
    for post in order.posts:
        if post not in held:
            sentence = f"They do not hold {_named(post)} on {order.last_day.isoformat()}: leave it out."
            raise InvalidInput(sentence, "posts")
    for post, start in held.items():
        if start is not None and start > order.last_day:
            raise InvalidInput(
                f"They hold {_named(post)} since {start.isoformat()}: "
                "the handover can be on the day after at the earliest.",
                "on",
            )


def _check_leaving(order: Handover) -> None:
    """Raise ``InvalidInput`` where something would still rest on somebody who leaves."""
    lasting = Tenure.end.is_null() | (Tenure.end >= order.on)
    others = (Tenure.person == order.leaver) & Tenure.post.not_in(order.posts) & lasting
    for start, post in rows(Tenure.select(Tenure.start, Tenure.post).where(others).order_by(Tenure.start)):
        if start is not None and start > order.last_day:
            sentence = f"They hold {_named(post)} from {start.isoformat()} on: end that first, or let them stay."
        else:
            sentence = f"They also hold {_named(post)}: hand over all their posts, or let them stay."
        raise InvalidInput(sentence, "leaves")
    kept = [] if order.personal else [*_carried(order.leaver, ""), *_by_name(order.leaver, "")]
    if kept:
        many = f"{len(kept)} thing{'s' if len(kept) > 1 else ''}"
        raise InvalidInput(f"Whoever leaves hands over what they carry by name as well ({many}).", "personal")


def _tenures(order: Handover) -> list[tuple[Any, ...]]:
    """Return the leaver's tenures (uid, post, start, end) of what is handed over that reach to their last day."""
    lasting = Tenure.end.is_null() | (Tenure.end >= order.last_day)
    mine = (Tenure.person == order.leaver) & Tenure.post.in_(order.posts) & lasting
    return rows(Tenure.select(Tenure.uid, Tenure.post, Tenure.start, Tenure.end).where(mine))


def _posts(order: Handover, named: dict[str, str]) -> Iterator[Move]:
    acting = " (acting)" if order.acting else ""
    to = f"{named[order.successor]}{acting}" if order.successor else ""
    for uid, post, _, end in _tenures(order):
        if to or end != order.last_day:
            yield Move("post", Tenure, uid, "", named[post], to)


def _carried(party: str, to: str) -> list[Move]:
    """Return what rests on a party: roles in live actions, reviews still to come, seats, open risks and issues."""
    fields = (Role.uid, Role.kind, Action.number, Action.title)
    held = Role.select(*fields).join(Action, on=(Role.action == Action.uid)).where((Role.party == party) & is_live())
    roles = rows(held.where(Role.checkpoint.is_null()).order_by(Action.number, Role.kind))
    coming = held.switch(Role).join(Checkpoint, on=(Role.checkpoint == Checkpoint.uid))
    reviews = rows(coming.where(Checkpoint.held_on.is_null()).order_by(Action.number))
    seats = rows(
        Membership.select(Membership.uid, Membership.seat, Party.name)
        .join(Party, on=(Membership.group == Party.uid))
        .where(Membership.member == party)
        .order_by(Party.name_key)
    )
    return [
        *(Move("role", Role, uid, f"A-{number}", f"{kind}: {title}", to) for uid, kind, number, title in roles),
        *(Move("review", Role, uid, f"A-{number}", f"reviews: {title}", to) for uid, _, number, title in reviews),
        *(Move("seat", Membership, uid, "", f"{group}, {seat or 'member'}", to) for uid, seat, group in seats),
        *(Move("entry", RegisterEntry, uid, f"R-{number}", words, to) for uid, number, words in _owned(party)),
    ]


def _owned(party: str) -> list[tuple[str, int, str]]:
    """Return the open risks and issues of a party: uid, number, and what each is."""
    fields = (RegisterEntry.uid, RegisterEntry.number, RegisterEntry.kind, RegisterEntry.title)
    found = rows(RegisterEntry.select(*fields).where(owned_by(party)).order_by(RegisterEntry.number))
    return [(uid, number, f"{kind}: {title}") for uid, number, kind, title in found]


def _by_name(leaver: str, to: str) -> list[Move]:
    """Return what only a name can carry: plans, measures to collect, standing in for a post."""
    plans = rows(Plan.select(Plan.uid, Plan.number, Plan.name).where(Plan.owner == leaver))
    measures = rows(
        OutcomeMeasure.select(OutcomeMeasure.uid, Action.number, OutcomeMeasure.statement)
        .join(Action, on=(OutcomeMeasure.action == Action.uid))
        .where((OutcomeMeasure.collector == leaver) & is_live())
        .order_by(Action.number)
    )
    alternates = rows(
        Alternate.select(Alternate.uid, Party.name)
        .join(Party, on=(Alternate.post == Party.uid))
        .where(Alternate.person == leaver)
        .order_by(Party.name_key)
    )
    return [
        *(Move("plan", Plan, uid, f"P-{number}", name, to) for uid, number, name in plans),
        *(Move("measure", OutcomeMeasure, uid, f"A-{number}", words, to) for uid, number, words in measures),
        *(Move("alternate", Alternate, uid, "", post, "") for uid, post in alternates),
    ]


def _hand_post(writer: Writer, order: Handover, uid: str) -> None:
    """End the leaver's tenure and begin the successor's, unless that person holds the post anyway."""
    post = stored_row(Tenure, uid)["post"]
    writer.update(Tenure, uid, {"end": order.last_day})
    mine = (Tenure.post == post) & (Tenure.person == order.successor) & holding_on(order.on)
    held = rows(Tenure.select(Tenure.uid, Tenure.start, Tenure.acting).where(mine).order_by(Tenure.acting))
    if not order.successor or any(order.acting or not acting for _, _, acting in held):
        return
    for acted, start, _ in held:
        if start is None or start <= order.last_day:
            writer.update(Tenure, acted, {"end": order.last_day})
        else:
            writer.delete(Tenure, acted)
    made = writer.create(Tenure, post=post, person=order.successor, start=order.on, acting=order.acting)
    check_tenure(stored_row(Tenure, made))


def _hand_role(writer: Writer, order: Handover, uid: str) -> None:
    row = stored_row(Role, uid)
    same = (Role.action == row["action"]) & (Role.kind == row["kind"]) & (Role.party == order.to)
    among = Role.checkpoint == row["checkpoint"] if row["checkpoint"] else Role.checkpoint.is_null()
    if not order.to or Role.select().where(same & among).exists():
        writer.delete(Role, uid)
    else:
        writer.update(Role, uid, {"party": order.to})


def _hand_seat(writer: Writer, order: Handover, uid: str) -> None:
    """Hand a seat on; who sits in the group already goes on as both."""
    row = stored_row(Membership, uid)
    same = (Membership.group == row["group"]) & (Membership.member == order.to)
    own = rows(Membership.select(Membership.uid, Membership.seat).where(same))
    if order.to and not own:
        writer.update(Membership, uid, {"member": order.to})
        return
    for seat, words in own:
        writer.update(Membership, seat, {"seat": joined_seats(words, row["seat"])})
    writer.delete(Membership, uid)


def _hand_entry(writer: Writer, order: Handover, uid: str) -> None:
    if order.to:
        writer.update(RegisterEntry, uid, {"party": order.to})


_Mover = Callable[[Writer, Handover, str], object]
_MOVERS: dict[str, _Mover] = {
    "post": _hand_post,
    "role": _hand_role,
    "review": _hand_role,
    "seat": _hand_seat,
    "entry": _hand_entry,
    "alternate": lambda writer, order, uid: writer.delete(Alternate, uid),
    "plan": lambda writer, order, uid: writer.update(Plan, uid, {"owner": order.to or None}),
    "measure": lambda writer, order, uid: writer.update(OutcomeMeasure, uid, {"collector": order.to or None}),
}


def _to_whom(order: Handover) -> str:
    if not order.successor:
        return "nobody"
    return quoted(Party, stored_row(Party, order.successor)) + (" (acting)" if order.acting else "")


def _named(party: str) -> str:
    return quoted(Party, stored_row(Party, party))
