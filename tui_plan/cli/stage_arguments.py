"""The arguments of the commands about stages and assessments, as ``arguments`` has those of the others."""

from argparse import ArgumentParser

from tui_plan.cli.arguments import meeting, positive, word

STAGE_WORDS = ("piloting", "full", "reflection")
"""The kinds of stage as they are typed, in the order of ``StageKind``."""


def gate(parser: ArgumentParser) -> None:
    """The stage, and what is decided at its gate."""
    add = parser.add_argument
    add("ref", metavar="T-1", help="the stage")
    decided = parser.add_argument_group("what was decided (nothing: show the gate)").add_mutually_exclusive_group()
    decided.add_argument("--pass", action="store_true", dest="passed", help="the gate is passed")
    decided.add_argument("--conditions", metavar="TEXT", help="it is passed, with these conditions")
    decided.add_argument("--not-passed", action="store_true", help="it is not passed")
    decided.add_argument("--override", action="store_true", help="go on all the same; needs --by and --because")
    add("--by", metavar="NAME", help="who decided")
    add("--because", default="", metavar="TEXT", help="why")
    meeting(parser)
    add("--on", metavar="DATE", help="the day (that of the meeting, else today)")
    word(parser)


def assessments(parser: ArgumentParser) -> None:
    """Which of all, or what of them."""
    add = parser.add_argument
    what = parser.add_mutually_exclusive_group()
    what.add_argument("--compare", nargs=2, metavar=("C-3", "C-7"), help="what two of them say of each quality")
    what.add_argument("--differ", action="store_true", help="where partners differ, most first")
    whose = parser.add_mutually_exclusive_group()
    whose.add_argument("--partner", metavar="NAME", help="as this partner sees it")
    whose.add_argument("--consensus", action="store_true", help="only those by consensus")
    add("--stage", metavar="T-1", help="only those of this stage")
    add("--template", default="", metavar="TEMPLATE", help="the checklist (that of the latest)")


def stage(parser: ArgumentParser) -> None:
    """The step; each has arguments of its own."""
    from tui_plan.cli.parser import add_steps

    add_steps(parser, "stage", "step", _STAGE_STEPS)


def _added(parser: ArgumentParser) -> None:
    add = parser.add_argument
    add("kind", choices=STAGE_WORDS, metavar="KIND", help="piloting, full (implementation) or reflection")
    add("title", nargs="?", metavar="TITLE", help="what it is called (the kind, with the attempt)")
    add("--skip", metavar="WHY", help="it is skipped (only piloting), and why")
    _described(parser)


def _edited(parser: ArgumentParser) -> None:
    add = parser.add_argument
    add("ref", metavar="T-1", help="the stage")
    add("--title", metavar="TEXT", help="what it is called")
    add("--kind", choices=STAGE_WORDS, metavar="KIND", help=", ".join(STAGE_WORDS))
    _described(parser)


def _described(parser: ArgumentParser) -> None:
    add = parser.add_argument
    add("--attempt", type=positive, metavar="N", help="the attempt (cycle) that it belongs to")
    add("--begins", metavar="DATE", help="the day it begins")
    add("--ends", metavar="DATE", help="the day it ends")
    add("--scope", metavar="TEXT", help="how far it reaches")
    add("--leadership", metavar="TEXT", help="who leads it")
    add("--success", metavar="TEXT", help="by which measures it counts as a success")
    word(parser)


def _dated(parser: ArgumentParser) -> None:
    parser.add_argument("ref", metavar="T-1", help="the stage")
    parser.add_argument("--on", metavar="DATE", help="the day (today)")
    word(parser)


def _skipped(parser: ArgumentParser) -> None:
    parser.add_argument("ref", metavar="T-1", help="the stage")
    why = parser.add_mutually_exclusive_group(required=True)
    why.add_argument("--because", metavar="WHY", help="why it is skipped")
    why.add_argument("--not", action="store_true", dest="taken_back", help="it is not skipped after all")
    word(parser)


def _removed(parser: ArgumentParser) -> None:
    parser.add_argument("ref", metavar="T-1", help="the stage")


_STAGE_STEPS = {
    "add": ("KIND [TITLE]", "add a stage to a plan", _added),
    "edit": ("T-1", "say what a stage is to be", _edited),
    "begin": ("T-1", "say when a stage began", _dated),
    "end": ("T-1", "say when a stage ended", _dated),
    "skip": ("T-1", "skip piloting, with the reason", _skipped),
    "remove": ("T-1", "remove a stage that was added by mistake", _removed),
}
