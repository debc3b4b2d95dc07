"""What makes an entry of a roster unfit to be kept, by the rules that hold for values typed by hand.

The readers of sheets and of vCards call it for each entry; how entries fit together is ``roster_import``'s to see.
"""

from collections.abc import Iterator

from tui_plan.exchange.roster_entries import EntryContact, RosterEntry
from tui_plan.model.clean import ONE_LINE
from tui_plan.operations.checking import line, looked_at, order_problems
from tui_plan.operations.contacts import CONTACT_RULES, contact_problems
from tui_plan.operations.people import PARTY_RULES

_WITH_BRACKETS = ONE_LINE + 100
_ORGANISATION = line("The name of the organisation")
_POST = line("The name of the post", limit=_WITH_BRACKETS)
_GROUP = line("The name of the group", limit=_WITH_BRACKETS)
_CHECKED = ("name", "short_name", "login", "remarks", "joined_on", "left_on")
_SPAN = (("since", "the day they came into it"), ("until", "The last day in the post"))


def entry_problems(entry: RosterEntry) -> list[str]:
    """Return a sentence for everything in an entry that cannot be kept, but for its ways to reach somebody."""
    values = {name: getattr(entry, name) for name in _CHECKED}
    kept, problems = looked_at(values, PARTY_RULES)
    names = {"organisation": entry.organisation}
    _, long_names = looked_at(names, {"organisation": _ORGANISATION})
    order = order_problems(kept, ("joined_on", "the day they joined"), ("left_on", "The day they left"), kept)
    return [*problems.values(), *long_names.values(), *order.values(), *_posts(entry), *_groups(entry)]


def contact_problem(contact: EntryContact) -> str:
    """Return the sentence that says why a way to reach somebody cannot be kept, or nothing."""
    kept, problems = looked_at(contact._asdict(), CONTACT_RULES)
    problems = problems or contact_problems(kept)
    return next(iter(problems.values()), "")


def _posts(entry: RosterEntry) -> Iterator[str]:
    for post in entry.posts:
        rules = {"name": _POST, "organisation": _ORGANISATION}
        yield from looked_at({"name": post.name, "organisation": post.organisation}, rules)[1].values()
        span = post._asdict()
        yield from order_problems(span, *_SPAN, span).values()


def _groups(entry: RosterEntry) -> Iterator[str]:
    for group in entry.groups:
        yield from looked_at({"group": group}, {"group": _GROUP})[1].values()
