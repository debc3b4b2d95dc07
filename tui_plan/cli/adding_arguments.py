"""The arguments of ``add``, for each kind of record. Only types that argparse itself checks stand here."""

from argparse import ArgumentParser
from collections.abc import Callable

from tui_plan.cli.arguments import positive
from tui_plan.model.vocabulary import Audience, GroupKind, MeetingKind, Priority, RoleKind


def add_kinds(parser: ArgumentParser) -> None:
    """Give the parser of ``add`` one parser for each kind of record."""
    from tui_plan.cli.parser import add_steps

    add_steps(parser, "add", "kind", {name: ("NAME", *kind) for name, kind in _KINDS.items()}, "add ")


def _plan(parser: ArgumentParser) -> None:
    add = parser.add_argument
    add("title", metavar="NAME", help="the plan's name")
    add("--start", metavar="DATE", help="the first day of the plan")
    add("--end", metavar="DATE", help="the last day of the plan")
    add("--vision", default="", metavar="TEXT", help="what the partnership wants to reach")
    add("--scope", default="", metavar="TEXT", help="what the plan covers, and what not")
    add("--owner", metavar="NAME", help="who keeps the plan")
    add("--convening", metavar="NAME", help="the group that convenes the partners")
    add("--partner", action="append", default=[], metavar="NAME", help="a partner organisation; may be repeated")


def _area(parser: ArgumentParser) -> None:
    add = parser.add_argument
    add("title", metavar="TITLE", help="the development area's title")
    add("--priority", choices=[*map(str, Priority)], default="medium", help="high, medium or low (medium)")
    add("--description", default="", metavar="TEXT", help="what it is about")


def _objective(parser: ArgumentParser) -> None:
    add = parser.add_argument
    add("title", metavar="TITLE", help="the step objective's title")
    add("--to", required=True, metavar="D-1", help="the development area it belongs to")
    add("--description", default="", metavar="TEXT", help="what it is about")


def _action(parser: ArgumentParser) -> None:
    add = parser.add_argument
    add("title", metavar="TITLE", help="what will happen")
    add("--to", required=True, metavar="S-3", help="the step objective it belongs to")
    add("--purpose", default="", metavar="TEXT", help="what it is for")
    add("--description", default="", metavar="TEXT", help="how it will be done")
    add("--start", metavar="DATE", help="when it begins")
    add("--due", metavar="DATE", help="the agreed date")
    add("--timescale", default="", metavar="WORDS", help="words that are no date, such as quarterly")
    add("--owner", metavar="NAME", help="the one who is accountable: a person, post, group or organisation")
    add("--responsible", action="append", default=[], metavar="NAME", help="who is responsible; may be repeated")
    add("--milestone", action="store_true", help="it is a milestone")
    add("--yes", action="store_true", help="do not ask when agreements lapse by it")


def _person(parser: ArgumentParser) -> None:
    add = parser.add_argument
    _named(parser, "the person's name")
    add("--organisation", metavar="NAME", help="where they work")
    add("--login", default="", metavar="LOGIN", help="their account on this machine")
    add("--email", metavar="ADDRESS", help="an address for e-mail")
    add("--phone", metavar="NUMBER", help="a number to call")
    add("--mobile", metavar="NUMBER", help="a mobile number")
    _audience(parser)
    add("--hear-every", type=positive, metavar="DAYS", help="how often to hear from them")
    add("--joined", metavar="DATE", help="when they joined")


def _post(parser: ArgumentParser) -> None:
    add = parser.add_argument
    _named(parser, "the post, such as Director of Schools")
    add("--organisation", metavar="NAME", help="where the post belongs")
    add("--holder", metavar="NAME", help="the person who holds it")
    add("--since", metavar="DATE", help="since when they hold it")
    add("--acting", action="store_true", help="they only act in it")
    add("--reports-to", metavar="NAME", help="the post above it")
    add("--alternate", action="append", default=[], metavar="NAME", help="who stands in, in order; three at most")
    _audience(parser)


def _organisation(parser: ArgumentParser) -> None:
    _named(parser, "the organisation's name")


def _group(parser: ArgumentParser) -> None:
    add = parser.add_argument
    _named(parser, "the group's name")
    add("--what", choices=[*map(str, GroupKind)], default="", help="convening group, working group, notification list")
    add("--chair", metavar="NAME", help="who chairs it")
    add("--deputy", metavar="NAME", help="who stands in for the chair")
    add("--member", action="append", default=[], metavar="NAME", help="who sits in it; may be repeated")
    rule = parser.add_argument_group("a rule: everybody who fits all of it is in the group")
    rule.add_argument("--rule-role", choices=[*map(str, RoleKind)], metavar="ROLE", help=", ".join(RoleKind))
    rule.add_argument("--rule-audience", choices=[*map(str, Audience)], metavar="WHOM", help=", ".join(Audience))
    rule.add_argument("--rule-organisation", metavar="NAME", help="who works there, or holds a post there")
    rule.add_argument("--rule-area", metavar="D-1", help="the role is in an action of this development area")


def _meeting(parser: ArgumentParser) -> None:
    add = parser.add_argument
    add("title", metavar="TITLE", help="what the meeting is called")
    add("--on", required=True, metavar="DATE", help="the (first) day")
    add("--at", default="09:00", metavar="HH:MM", help="the time (09:00)")
    add("--minutes", type=int, default=60, metavar="N", help="how long it takes (60)")
    add("--repeat", metavar="RULE", help="how it repeats, such as FREQ=MONTHLY;BYDAY=1TU")
    add("--zone", metavar="ZONE", help="the time zone, such as Europe/London (that of this machine)")
    add("--place", default="", metavar="TEXT", help="where it is held")
    add("--what", choices=[*map(str, MeetingKind)], default="review meeting", help="review meeting, briefing …")
    add("--group", metavar="NAME", help="the group that meets (where it repeats)")


def _audience(parser: ArgumentParser) -> None:
    parser.add_argument(
        "--audience", choices=[*map(str, Audience)], default="", metavar="WHOM", help=", ".join(Audience)
    )


def _named(parser: ArgumentParser, what: str) -> None:
    parser.add_argument("title", metavar="NAME", help=what)
    parser.add_argument("--short", default="", metavar="NAME", help="a short name for lists")


_KINDS: dict[str, tuple[str, Callable[[ArgumentParser], None]]] = {
    "plan": ("a plan", _plan),
    "area": ("a development area to a plan", _area),
    "objective": ("a step objective to an area", _objective),
    "action": ("an action to a step objective", _action),
    "person": ("a person to the roster", _person),
    "post": ("a post to the roster", _post),
    "organisation": ("an organisation to the roster", _organisation),
    "group": ("a group of people", _group),
    "meeting": ("a meeting, or a series of them", _meeting),
}
