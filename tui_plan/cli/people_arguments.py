"""The arguments of the commands about people, as ``arguments`` has those of the others."""

from argparse import ArgumentParser

from tui_plan.cli.arguments import candour, channel, file, meeting, paper, wanted, word


def roster(parser: ArgumentParser) -> None:
    """The words to look for, and which of all to show."""
    from tui_plan.model.vocabulary import PartyKind

    add = parser.add_argument
    add("words", nargs="*", metavar="WORDS", help="only who has all these words, in any order and without accents")
    add("--kind", choices=[*map(str, PartyKind)], metavar="KIND", help=", ".join(PartyKind))
    add("--left", action="store_true", help="who has left as well")
    add("--attention", action="store_true", help="only what needs a look: vacant, silent, left with work, no contact")


def who(parser: ArgumentParser) -> None:
    """Whose page."""
    parser.add_argument("name", metavar="NAME", help="a person, post, organisation or group; 'me' is you")


def orgchart(parser: ArgumentParser) -> None:
    """Of whom, and as what."""
    parser.add_argument("--organisation", metavar="NAME", help="of this organisation (of all, if left out)")
    paper(parser, "text", "md", "svg")


def agreements(parser: ArgumentParser) -> None:
    """As what."""
    paper(parser, "text", "md", "html", "csv")


def partners(parser: ArgumentParser) -> None:
    """One partner's promises, or a paper about all."""
    parser.add_argument("--partner", metavar="NAME", help="each promise of this partner, and what came of it")
    paper(parser, "text", "md", "html", "csv")


def silent(parser: ArgumentParser) -> None:
    """Whether to list those alone on whom something rests."""
    parser.add_argument("--owners", action="store_true", help="only who has open actions")


def calldown(parser: ArgumentParser) -> None:
    """The group, and as what."""
    parser.add_argument("group", metavar="GROUP", help="the group or list")
    paper(parser, "text", "md", "html", "csv", "vcf", "eml", "mailto")


def checklists(parser: ArgumentParser) -> None:
    """One of them, or whose."""
    add = parser.add_argument
    add("ref", nargs="?", metavar="C-3", help="this checklist with its items; all that there are, if left out")
    add("--of", metavar="NAME", help="those about this person, post, organisation or group")
    add("--templates", action="store_true", help="what a checklist can be made of")


def agree(parser: ArgumentParser) -> None:
    """Who agreed, how, and where it can be seen."""
    add = parser.add_argument
    add("names", nargs="+", metavar="NAME", help="a person, post, organisation or group")
    add("--state", choices=AGREEMENT_WORDS, metavar="STATE", help=f"{', '.join(AGREEMENT_WORDS)} (agreed)")
    add("--on", metavar="DATE", help="the day of their answer (today)")
    channel(parser)
    add("--evidence", default="", metavar="TEXT", help="where it can be seen, such as 'minutes of 3 March'")
    add("--reservations", default="", metavar="TEXT", help="their reservations, in their words")


AGREEMENT_WORDS = ("asked", "agreed", "reservations", "declined", "not-asked")
"""The states of an agreement as they are typed."""


def contacted(parser: ArgumentParser) -> None:
    """Who was told or heard, when, how, and what it was about."""
    add = parser.add_argument
    add("names", nargs="+", metavar="NAME", help="a person, post, organisation or group")
    add("--on", metavar="DATE", help="the day (today)")
    channel(parser)
    add("--words", default="", metavar="TEXT", help="what was said")


def support(parser: ArgumentParser) -> None:
    """Who, how they stand to the plan, and how that is known."""
    from tui_plan.model.vocabulary import Support

    add = parser.add_argument
    add("name", metavar="NAME", help="a person, post, organisation or group")
    add("level", choices=[*map(str, Support)], metavar="LEVEL", help=", ".join(Support))
    add("--words", default="", metavar="TEXT", help="what they said or did")
    add("--evidence", default="", metavar="TEXT", help="where it can be seen")
    add("--on", metavar="DATE", help="the day (today)")


def handover(parser: ArgumentParser) -> None:
    """Who goes, who comes, and when."""
    add = parser.add_argument
    add("name", metavar="NAME", help="the person who goes, or the post that is handed over")
    next_one = parser.add_mutually_exclusive_group()
    next_one.add_argument("--to", metavar="NAME", help="who takes over")
    next_one.add_argument("--vacant", action="store_true", help="nobody takes over yet")
    add("--acting", action="store_true", help="who takes over only acts in it")
    add("--on", metavar="DATE", help="the first day of who takes over (today)")
    add("--stays", action="store_true", help="who hands over stays in the partnership")
    add("--no-checklist", action="store_true", help="begin no onboarding checklist for who takes over")
    file(parser, "--note", metavar="FILE", help="write the handover note there: .md, .html or .txt")
    add("--yes", action="store_true", help="hand over without asking")


def merge(parser: ArgumentParser) -> None:
    """The two records."""
    add = parser.add_argument
    add("name", metavar="NAME", help="the record that stays: its name, or the beginning of its number")
    add("other", metavar="OTHER", help="the record that becomes part of it")
    add("--yes", action="store_true", help="merge without asking")


def checklist(parser: ArgumentParser) -> None:
    """The step; each has arguments of its own."""
    from tui_plan.cli.parser import add_steps

    add_steps(parser, "checklist", "step", _CHECKLIST_STEPS)


def _start(parser: ArgumentParser) -> None:
    add = parser.add_argument
    add("template", metavar="TEMPLATE", help="what it is made of ('checklists --templates'), or drill: call a group")
    add("--for", dest="about", metavar="NAME", help="whom it is about: a person, post, organisation or group")
    add("--on", metavar="DATE", help="when it begins (the day of the meeting, else today)")
    add("--title", default="", metavar="TEXT", help="its title (that of the template)")
    stage = parser.add_argument_group("to assess a stage, by consensus or as a partner sees it")
    stage.add_argument("--stage", metavar="T-1", help="the stage")
    stage.add_argument("--partner", metavar="NAME", help="whose view it is (consensus, if left out)")
    stage.add_argument("--whole", action="store_true", help="all of the template, not the stage's heading alone")
    meeting(parser)


def _tick(parser: ArgumentParser) -> None:
    from tui_plan.model.vocabulary import Rating

    add = parser.add_argument
    add("ref", metavar="C-3", help="the checklist")
    add("items", nargs="+", metavar="ITEM", help="the numbers or the keys of the items")
    add("--rating", choices=[*map(str, Rating)], metavar="RATING", help=f"{', '.join(Rating)} (in place)")
    add("--on", metavar="DATE", help="the day (today)")
    add("--at", metavar="HH:MM", help="the time (now)")
    channel(parser)


def _say(parser: ArgumentParser) -> None:
    from tui_plan.model.vocabulary import Rating

    add = parser.add_argument
    _item(parser)
    add("--rating", choices=[*map(str, Rating)], metavar="RATING", help=", ".join(Rating))
    add("--successes", metavar="TEXT", help="what went well")
    add("--challenges", metavar="TEXT", help="what was hard")
    add("--next", dest="next_steps", metavar="TEXT", help="the next step")
    add("--evidence", metavar="TEXT", help="by what it shows that it is in place")
    add("--as-before", action="store_true", help="as it was said last time, but for what is said now")
    candour(parser)
    word(parser)


def _act(parser: ArgumentParser) -> None:
    _item(parser)
    parser.add_argument("title", nargs="?", metavar="TITLE", help="what will be done (the next step as it is written)")
    wanted(parser)


def _item(parser: ArgumentParser) -> None:
    parser.add_argument("ref", metavar="C-3", help="the checklist")
    parser.add_argument("item", metavar="ITEM", help="the number or the key of the item")


def _removed(parser: ArgumentParser) -> None:
    parser.add_argument("ref", metavar="C-3", help="the checklist")


def _finish(parser: ArgumentParser) -> None:
    add = parser.add_argument
    add("ref", metavar="C-3", help="the checklist")
    add("--on", metavar="DATE", help="the day (today)")
    add("--remarks", metavar="TEXT", help="what is to be known of it")


_CHECKLIST_STEPS = {
    "start": ("TEMPLATE", "begin a checklist", _start),
    "tick": ("C-3 ITEM [ITEM …]", "say that items are done", _tick),
    "say": ("C-3 ITEM", "say how an item stands, in words", _say),
    "action": ("C-3 ITEM [TITLE]", "make an action of an item's next step", _act),
    "finish": ("C-3", "close a checklist for good", _finish),
    "remove": ("C-3", "remove a checklist that was begun by mistake", _removed),
}
