"""The arguments of the commands about momentum: what stalls, what is measured, what drifts, what is celebrated."""

from argparse import ArgumentParser

from tui_plan.cli.arguments import paper, word


def evaluation(parser: ArgumentParser) -> None:
    """Which side of it."""
    what = parser.add_mutually_exclusive_group()
    what.add_argument("--overdue", action="store_true", help="only measures whose data is overdue")
    what.add_argument("--first", action="store_true", help="the first outcome of each development area")
    what.add_argument("--quick-wins", action="store_true", help="what shows within 30, 60 and 90 days")


def fidelity(parser: ArgumentParser) -> None:
    """What to compare with."""
    parser.add_argument("--from", dest="since", default="", metavar="BASELINE", help="a named baseline (the first)")


def brief(parser: ArgumentParser) -> None:
    """As what, and with what."""
    parser.add_argument("--candid", action="store_true", help="with what does not leave the house")
    paper(parser, "text", "md", "html")


def celebrate(parser: ArgumentParser) -> None:
    """What is celebrated, and how; nothing shows what waits for it."""
    add = parser.add_argument
    add("refs", nargs="*", metavar="REF", help="A-12, S-3 or R-9, as the list without arguments shows them")
    add("--how", default="", metavar="TEXT", help="how it was celebrated")
    add("--thanked", metavar="NAME", help="who was thanked")
    add("--on", metavar="DATE", help="the day (today)")
    add("--done", action="store_true", help="list what was celebrated, how, and who was thanked")
    word(parser)


def reading(parser: ArgumentParser) -> None:
    """The measure, and what was read."""
    add = parser.add_argument
    add("ref", metavar="A-12[:2]", help="the action whose outcome is measured (its second measure)")
    add("value", nargs="?", metavar="VALUE", help="the value; may be left out where --remark says why")
    add("--on", metavar="DATE", help="the day it was taken (today)")
    add("--evidence", default="", metavar="TEXT", help="where it can be seen")
    add("--remark", default="", metavar="TEXT", help="what is to be known of it")
    word(parser)


def core(parser: ArgumentParser) -> None:
    """The actions, and whether they are core components."""
    parser.add_argument("refs", nargs="+", metavar="A-12", help="the actions")
    parser.add_argument("--not", action="store_true", dest="taken_back", help="they are not, or no longer")
    word(parser)
