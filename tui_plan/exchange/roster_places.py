"""Fitting posts and seats of a file to the roster, once it is known whom each row is about; and what cannot be.

Only ``roster_import`` calls this, after ``roster_fit``.
"""

import re
from collections.abc import Iterable, Iterator
from datetime import date
from graphlib import CycleError, TopologicalSorter

from tui_plan.exchange.roster_columns import ACTING, USUAL_SEAT
from tui_plan.exchange.roster_entries import EntryPost, RosterEntry, Told
from tui_plan.exchange.roster_fit import Parties
from tui_plan.exchange.roster_now import Seat, Span, Standing
from tui_plan.model.clean import clean, name_key
from tui_plan.model.vocabulary import PartyKind
from tui_plan.operations.checking import order_problems
from tui_plan.operations.posts import double_holders

_SEATS = frozenset(
    {"chair", "deputy", "deputy chair", "vice chair", "co-chair", "secretary", "treasurer", "observer", USUAL_SEAT}
)
LONGEST_SEAT = 80
_MOST_JOINED = 4
_SEAT = re.compile(r" \((?=[^\s].*\)$)")


def fit_posts(parties: Parties, today: date) -> None:
    """Let persons hold the posts that their rows name, posts that are new included."""
    touched: dict[str, Standing] = {}
    for entry, person in parties.fitted:
        for named in entry.posts:
            post, acting = _post_of(parties, entry, person, named)
            touched[post.uid] = post
            _hold(parties, entry, (post, person), named, acting, today)
    for post in touched.values():
        _check_holders(parties, post)


def fit_seats(parties: Parties, *, parted: bool) -> None:
    """Give everybody a seat in the groups that their rows name, groups that are new included.

    With ``parted`` a line of a row without a UID may name several groups with marks between them, as people write it.
    Lines that name one group go first, those with a seat in brackets last: what stands alone somewhere is a group.
    """
    for loose in (False, True):
        lines = [
            (piece, entry, member)
            for entry, member in parties.fitted
            for line in entry.groups
            if loose == (parted and not entry.uid)
            for piece in (_parted(parties, line) if loose else (line,))
        ]
        for line, entry, member in sorted(lines, key=lambda each: each[0].endswith(")")):
            group, seat = _group_of(parties, line, entry.number)
            _sit(parties, entry, (group, member), seat)
    _check_circles(parties)


def check_days(parties: Parties) -> None:
    """Tell of everybody who would leave before they joined, now that file and roster are put together."""
    for entry, party in parties.fitted:
        if entry.joined_on and entry.left_on:
            continue  # the row contradicts itself, and was told of when it was read
        days = ("joined_on", "the day they joined"), ("left_on", "The day they left")
        for sentence in order_problems(party.values, *days, party.values).values():
            parties.outcome.problems.append(Told(entry.number, sentence))


def homes_first(parties: Parties) -> list[str]:
    """Return the organisations (uids), each after the one that it belongs to; a circle is told of, and gives none."""
    homes = {one.uid: [one.home] if one.home else [] for one in parties.now.everybody(PartyKind.ORGANISATION)}
    try:
        return list(TopologicalSorter(homes).static_order())
    except CycleError as error:
        _tell_circle(parties, error.args[1], "would belong to itself in the end")
        return []


def _post_of(parties: Parties, entry: RosterEntry, person: Standing, named: EntryPost) -> tuple[Standing, bool]:
    """Return the post, and whether they only act in it: that stands in brackets behind a name that is no post's."""
    own = person.home if not entry.organisation else None
    text = entry.organisation if named.organisation is None else named.organisation
    home = parties.now.by_uid[own] if own and named.organisation is None else parties.organisation(text, entry.number)
    there = parties.now.post(named.name, home.uid if home else None)
    bare = named.name.removesuffix(ACTING).rstrip()
    acting = there is None and bare not in {"", named.name}
    if acting:
        there = parties.now.post(bare, home.uid if home else None)
    return there or parties.new(PartyKind.POST, bare if acting else named.name, entry.number, home=home), acting


def _hold(
    parties: Parties,
    entry: RosterEntry,
    both: tuple[Standing, Standing],
    named: EntryPost,
    acting: bool,
    today: date,
) -> None:
    post, person = both
    spans = parties.now.spans[post.uid]
    first, last = named.since, named.until
    asked = (today, today) if first is None and last is None else (first, last)
    there = next((span for span in spans if span.person == person.uid and span.reaches(*asked)), None)
    if there is not None:
        _tell_differing(parties, entry, both, there, Span(person.uid, first, last, acting))
        return
    if first is None and any(span.end and span.end < today for span in spans):
        first = today  # it was held before: since when this one has it is not known, but today they do
    if last is not None and first is not None and last < first:
        sentence = f"give the day since when they held “{post.name[:60]}”: others held it as well."
        parties.outcome.problems.append(Told(entry.number, sentence))
        return
    spans.append(Span(person.uid, first, last, acting, entry.number))
    parties.tell_addition(person, f"post {post.name}{f' {ACTING}' if acting else ''}", entry.number)


def _tell_differing(
    parties: Parties, entry: RosterEntry, both: tuple[Standing, Standing], there: Span, wanted: Span
) -> None:
    post, person = both
    if wanted.start and wanted.start != there.start:
        since = there.start.isoformat() if there.start else "not known"
        parties.tell_difference(person, f"in {post.name} since", wanted.start.isoformat(), since, entry.number)
    if wanted.end and wanted.end != there.end:
        until = there.end.isoformat() if there.end else "open"
        parties.tell_difference(person, f"in {post.name} until", wanted.end.isoformat(), until, entry.number)
    if wanted.acting != there.acting:
        words = {True: "acting", False: "holder"}
        parties.tell_difference(person, f"in {post.name} as", words[wanted.acting], words[there.acting], entry.number)


def _check_holders(parties: Parties, post: Standing) -> None:
    spans = [span for span in parties.now.spans[post.uid] if not span.acting]
    names = parties.now.by_uid
    both = double_holders([(span.start, span.end, names[span.person].name) for span in spans])
    number = max((span.number for span in spans), default=0)
    if both and number:
        day, first, second = both
        on = "" if day == date.min else f" on {day.isoformat()}"
        sentence = (
            f"{first[:60]} and {second[:60]} would both hold “{post.name[:60]}”{on}: say since when and until when, "
            f"or write {ACTING} behind the post of one."
        )
        parties.outcome.problems.append(Told(number, sentence))


def _parted(parties: Parties, line: str) -> Iterator[str]:
    """Yield the names in a line, parted at semicolons and commas; what is known with its commas stays whole."""
    for part in [line] if _known_group(parties, line) else line.split(";"):
        pieces = [part] if _known_group(parties, part) else part.split(",")
        while pieces:
            joined = (count for count in range(min(len(pieces), _MOST_JOINED), 1, -1))
            whole = (count for count in joined if _known_group(parties, _together(pieces[:count])))
            count = next(whole, 1)
            if name := _together(pieces[:count]):
                yield name
            pieces = pieces[count:]


def _together(pieces: list[str]) -> str:
    return clean(",".join(pieces))


def _known_group(parties: Parties, line: str) -> bool:
    names = [line, *(name for name, _ in _with_seat(line))]
    return any(parties.now.meant(PartyKind.GROUP, name) for name in names)


def _group_of(parties: Parties, line: str, number: int) -> tuple[Standing, str]:
    """Return the group that a line names, and the seat that stands in brackets behind it."""
    known = parties.now.meant(PartyKind.GROUP, line)
    if known is not None:
        return known, ""
    for name, seat in _with_seat(line):
        found = parties.now.meant(PartyKind.GROUP, name)
        if found is not None or name_key(seat) in _SEATS:
            return found or parties.new(PartyKind.GROUP, name, number), seat
    return parties.new(PartyKind.GROUP, line, number), ""


def _with_seat(line: str) -> list[tuple[str, str]]:
    """Return what may be a group and a seat in brackets behind it; the longest name first."""
    parts = [(line[: match.start()], line[match.end() : -1]) for match in _SEAT.finditer(line)]
    return [(name, seat) for name, seat in reversed(parts) if len(seat) <= LONGEST_SEAT and _is_closed(seat)]


def _is_closed(text: str) -> bool:
    """Whether every bracket in ``text`` is closed in it."""
    depth = 0
    for character in text:
        depth += (character == "(") - (character == ")")
        if depth < 0:
            return False
    return depth == 0


def _sit(parties: Parties, entry: RosterEntry, both: tuple[Standing, Standing], seat: str) -> None:
    group, member = both
    seats = parties.now.seats[group.uid]
    there = seats.get(member.uid)
    if there is None:
        seats[member.uid] = Seat(seat or USUAL_SEAT, entry.number)
        parties.tell_addition(member, f"group {group.name}{f' ({seat})' if seat else ''}", entry.number)
    elif seat and name_key(seat) != name_key(there.seat):
        parties.tell_difference(member, f"seat in {group.name}", seat, there.seat, entry.number)


def _check_circles(parties: Parties) -> None:
    groups = {one.uid for one in parties.now.everybody(PartyKind.GROUP)}
    inside = {group: [member for member in parties.now.seats[group] if member in groups] for group in groups}
    try:
        TopologicalSorter(inside).prepare()
    except CycleError as error:
        _tell_circle(parties, error.args[1], "would be a member of itself, directly or through another group")


def _tell_circle(parties: Parties, circle: Iterable[str], words: str) -> None:
    """Tell of a circle at the first row of the file that is about a party in it."""
    inside = set(circle)
    found = [(entry.number, party.name) for entry, party in parties.fitted if party.uid in inside]
    number, name = min(found, default=(0, "What the file names"))
    parties.outcome.problems.append(Told(number, f"“{name[:60]}” {words}."))
