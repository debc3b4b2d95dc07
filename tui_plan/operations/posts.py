"""Who holds a post, from when to when, who only acts in it, and who stands in for it: holders and alternates."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from typing import Any, TypedDict, Unpack

from tui_plan.model.base import rows
from tui_plan.model.errors import InvalidInput
from tui_plan.model.people import Alternate, Party, Tenure
from tui_plan.model.places import quoted, stored_row
from tui_plan.model.store import Author, change
from tui_plan.model.vocabulary import PartyKind
from tui_plan.operations.checking import Rule, as_day, day, looked_at, order_problems, refuse, whole, yes_no
from tui_plan.operations.lapsing import day_of, lapsing
from tui_plan.operations.people import require_kind

MOST_ALTERNATES = 3


class TenureValues(TypedDict, total=False):
    """From when to when somebody holds a post (both days included, either open), and whether they only act in it."""

    start: date | None
    end: date | None
    acting: bool


TENURE_RULES: dict[str, Rule] = {"start": day("The start"), "end": day("The end"), "acting": yes_no}
ALTERNATE_RULES: dict[str, Rule] = {"rank": whole("The order of the alternates", 1, MOST_ALTERNATES)}


def add_tenure(
    author: Author, post: str, person: str, *, start: date | None, end: date | None = None, acting: bool = False
) -> str:
    """Record that a person holds a post, and return the tenure's uid.

    What comes with the post is theirs from then on, so that an agreement they gave before lapses.
    """
    kept = _checked_tenure({"start": start, "end": end, "acting": acting}, {})
    begins = max(day_of(author), kept["start"] or date.min)
    with change(author, "Recorded who holds the post") as writer, lapsing(writer, begins, among=[person, post]):
        require_kind(post, PartyKind.POST, "What is held", "post")
        require_kind(person, PartyKind.PERSON, "A holder", "person")
        writer.summary = f"{_quoted(person)} {'acts in' if acting else 'holds'} {_quoted(post)}"
        uid = writer.create(Tenure, post=post, person=person, **kept)
        check_tenure(stored_row(Tenure, uid))
        return uid


def edit_tenure(author: Author, uid: str, *, version_seen: int | None = None, **values: Unpack[TenureValues]) -> bool:
    """Change from when to when somebody holds a post; return whether anything changed."""
    with change(author, "Edited who holds the post") as writer:
        row = stored_row(Tenure, uid)
        writer.summary = f"Edited how {_quoted(row['person'])} holds {_quoted(row['post'])}"
        kept = _checked_tenure(values, row)
        begins = max(day_of(author), as_day((row | kept)["start"]) or date.min)
        with lapsing(writer, begins, among=[row["person"], row["post"]]):
            wrote = writer.update(Tenure, uid, kept, version=version_seen)
        check_tenure(stored_row(Tenure, uid))
        return wrote


def remove_tenure(author: Author, uid: str) -> None:
    """Remove a tenure that was typed by mistake; whoever leaves a post gets an end instead."""
    with change(author, "Removed a holder") as writer:
        row = stored_row(Tenure, uid)
        writer.summary = f"Removed {_quoted(row['person'])} as holder of {_quoted(row['post'])}"
        writer.delete(Tenure, uid)


def set_alternates(author: Author, post: str, persons: list[str]) -> bool:
    """Make ``persons`` (uids, in order, three at most) those who stand in for a post; return whether it changed."""
    wanted = list(dict.fromkeys(persons))
    _check_count(len(wanted))
    with change(author, "Set the alternates") as writer:
        require_kind(post, PartyKind.POST, "What has alternates", "post")
        writer.summary = f"Set who stands in for {_quoted(post)}"
        found = rows(Alternate.select(Alternate.person, Alternate.uid).where(Alternate.post == post))
        standing = dict(found)
        for person in standing.keys() - set(wanted):
            writer.delete(Alternate, standing[person])
        for rank, person in enumerate(wanted, 1):
            require_kind(person, PartyKind.PERSON, "An alternate", "alternates")
            if person in standing:
                writer.update(Alternate, standing[person], {"rank": rank})
            else:
                writer.create(Alternate, post=post, person=person, rank=rank)
        return writer.wrote


def check_alternates(post: str) -> None:
    """Raise ``InvalidInput`` when more stand in for a post than can, or somebody twice."""
    persons = [person for (person,) in rows(Alternate.select(Alternate.person).where(Alternate.post == post))]
    _check_count(len(persons))
    if len(set(persons)) < len(persons):
        raise InvalidInput("They stand in for this post already.", "alternates")


def _check_count(many: int) -> None:
    if many > MOST_ALTERNATES:
        raise InvalidInput(
            f"A post has {MOST_ALTERNATES} alternates at most; leave {many - MOST_ALTERNATES} out.", "alternates"
        )


def check_tenure(row: Mapping[str, Any]) -> None:
    """Raise ``InvalidInput`` when a kept tenure ends before it starts, or two hold its post and neither only acts."""
    refuse(_order(row, row))
    if row["acting"]:
        return
    fields = (Tenure.start, Tenure.end, Party.name)
    query = Tenure.select(*fields).join(Party, on=(Tenure.person == Party.uid))
    both = double_holders(rows(query.where((Tenure.post == row["post"]) & ~Tenure.acting)))
    if both:
        raise InvalidInput(double_words(both, _quoted(row["post"])), "start")


def double_words(both: tuple[date, str, str], post: str) -> str:
    """Return the sentence about two holders of one post (or one who holds it twice), as ``double_holders`` found them.

    A day before all others, where both have no start, is left unsaid.
    """
    day_both, first, second = both
    when = f" on {day_both.isoformat()}" if day_both > date.min else ""
    if first == second:
        return f"{first} would hold {post} twice{when}: change from when to when, or say that one is acting."
    return f"{first} and {second} would both hold {post}{when}: end the one before, or say that one is acting."


def double_holders(held: Sequence[tuple[Any, ...]]) -> tuple[date, str, str] | None:
    """Return the first day on which two of the spans (start, end, name) overlap, with both names, or None.

    An open start is a day before all others (``date.min``).
    """
    in_order = sorted(held, key=lambda each: each[0] or date.min)
    longest = in_order[0] if in_order else None
    for after in in_order[1:]:
        start = after[0] or date.min
        if longest is not None and (longest[1] or date.max) >= start:
            return start, longest[2], after[2]
        longest = after
    return None


def _checked_tenure(values: Mapping[str, Any], standing: Mapping[str, Any]) -> dict[str, Any]:
    kept, problems = looked_at(values, TENURE_RULES)
    refuse(_order({**standing, **kept}, kept) | problems)
    return kept


def _order(row: Mapping[str, Any], touched: Collection[str]) -> dict[str, str]:
    return order_problems(row, ("start", "the start"), ("end", "The end"), touched)


def _quoted(party: str) -> str:
    return quoted(Party, stored_row(Party, party))
