"""What must agree between the values of a file about people: who holds what, who sits where, who agreed, who was told.

Only ``toml_checks`` calls this. Where ``operations`` have a rule for it, theirs is asked, and theirs are the sentences.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from typing import Any

from tui_plan.exchange.toml_links import Draft
from tui_plan.exchange.toml_names import Unlisted
from tui_plan.exchange.toml_problems import Problems
from tui_plan.model.base import Record
from tui_plan.model.errors import InvalidInput
from tui_plan.model.partnership import Agreement, MembershipRule
from tui_plan.model.people import Alternate, ContactMethod, Membership, Party, Tenure
from tui_plan.model.places import quoted
from tui_plan.model.vocabulary import AgreementState, PartyKind
from tui_plan.operations.agreements import AGREED_TWICE, reservation_problems
from tui_plan.operations.checking import order_problems, refuse
from tui_plan.operations.contacts import contact_problems
from tui_plan.operations.groups import check_rule
from tui_plan.operations.lapsing import major
from tui_plan.operations.posts import MOST_ALTERNATES, double_holders, double_words

Row = dict[str, Any]


def _check_party(row: Row) -> None:
    refuse(order_problems(row, ("joined_on", "the day they joined"), ("left_on", "The day they left"), row))
    if row["reports_to"] and row["kind"] != PartyKind.POST:
        raise InvalidInput("What reports to a post must be a post.")


def _check_agreement(row: Row) -> None:
    if row["state"] == AgreementState.NOT_ASKED:
        raise InvalidInput("Who was not asked has no agreement: leave it out.")
    if row["state"] != AgreementState.LAPSED:
        refuse(reservation_problems(row["state"], row["reservations"]))
        if row["lapsed_because"]:
            raise InvalidInput("Only a lapsed agreement says what made it lapse; say lapsed, or clear that.")


ALONE: Mapping[type[Record], Callable[[Row], None]] = {
    Party: _check_party,
    ContactMethod: lambda row: refuse(contact_problems(row)),
    MembershipRule: check_rule,
    Agreement: _check_agreement,
}
"""What each record must fulfil by itself."""


def check_people(draft: Draft, problems: Problems) -> None:
    """Note what contradicts one another between the records about people."""
    for check in (_holders, _alternates, _seats, _agreements):
        for row, sentence in check(draft):
            problems.add(draft.where(row), sentence)


_Found = Iterator[tuple[Row, str]]


def _holders(draft: Draft) -> _Found:
    """Two persons who hold one post on one day, and neither only acts in it."""
    named = {row["uid"]: row for row in draft.rows[Party]}
    held: dict[str, list[tuple[date | None, date | None, str]]] = defaultdict(list)
    for row in _sound(draft, Tenure):
        if row["person"] and not row["acting"]:
            name = row["person"].text if isinstance(row["person"], Unlisted) else named[row["person"]]["name"]
            held[row["post"]].append((row["start"], row["end"], name))
    for post, spans in held.items():
        both = double_holders(spans)
        if both:
            yield named[post], double_words(both, quoted(Party, named[post]))


def _alternates(draft: Draft) -> _Found:
    of_post: dict[str, list[Row]] = defaultdict(list)
    for row in draft.rows[Alternate]:
        of_post[row["post"]].append(row)
    for many in of_post.values():
        if len(many) > MOST_ALTERNATES:
            more = len(many) - MOST_ALTERNATES
            yield many[0], f"A post has {MOST_ALTERNATES} alternates at most; leave {more} out."


def _seats(draft: Draft) -> _Found:
    for row in _repeated(draft.rows[Membership], lambda row: (row["group"], row["member"])):
        yield row, "They are in this group already."


def _agreements(draft: Draft) -> _Found:
    for row in _repeated(_sound(draft, Agreement), lambda row: (row["party"], major(row["version"]))):
        yield row, AGREED_TWICE


def _repeated(many: Iterable[Row], key: Callable[[Row], tuple[Any, ...]]) -> Iterator[Row]:
    """Yield the rows whose key, all of it known, came before."""
    seen: set[tuple[Any, ...]] = set()
    for row in many:
        if key(row) in seen and None not in key(row):
            yield row
        seen.add(key(row))


def _sound(draft: Draft, model: type[Record]) -> list[Row]:
    return [row for row in draft.rows[model] if row["uid"] not in draft.unsound]
