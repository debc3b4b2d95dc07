"""The arguments of each command, in the order of the table. Each function adds those of one command to its parser.

Only types that argparse itself checks stand here; dates and names are understood where the command runs.
"""

from argparse import ArgumentParser, ArgumentTypeError

FILES = {"bash": "_shtab_compgen_files", "zsh": "_files", "tcsh": "f", "fish": "__fish_complete_path"}
"""How each shell completes names of files; ``shtab`` reads it from an argument's ``complete``."""


def nothing(parser: ArgumentParser) -> None:
    """Take no arguments of its own."""


def init(parser: ArgumentParser) -> None:
    """The place, and whether several people share it."""
    file(parser, "path", nargs="?", metavar="PATH", help="where the database shall lie (the usual place, if left out)")
    parser.add_argument("--shared", action="store_true", help="colleagues of your group may write it as well")


def demo(parser: ArgumentParser) -> None:
    """Where to keep what is tried out."""
    file(parser, "--keep", metavar="PATH", help="keep the sample database there; else it is removed on leaving")


def bring_in(parser: ArgumentParser) -> None:
    """The file, how to read it, and whether to ask."""
    add = parser.add_argument
    file(parser, "file", metavar="FILE", help="a CSV, XLSX or TOML file; a .vcf file holds people")
    add("--roster", action="store_true", help="the file holds people, no plan")
    add("--map", action="append", default=[], metavar="'HEADING=FIELD'", help="what a column holds; may be repeated")
    add(
        "--as",
        action="append",
        default=[],
        dest="kinds",
        metavar="'NAME=KIND'",
        help="person, post, organisation or group; * for all others",
    )
    add("--dates", choices=["day-month", "month-day"], help="what 03/04/2026 means")
    add("--sheet", metavar="NAME", help="the worksheet of an XLSX file")
    add("--name", metavar="NAME", help="the name of the new plan (that of the file, if left out)")
    add("--yes", action="store_true", help="bring it in without asking")
    again = parser.add_argument_group("when it came in before (with --plan)")
    again.add_argument("--prefer-file", action="store_true", help="where plan and file both changed, take the file's")
    again.add_argument("--withdraw-missing", action="store_true", help="withdraw actions that the file has no longer")
    add(
        "--as-copy",
        dest="as_copy",
        action="store_true",
        help="TOML: as a second plan, though the plan is there already",
    )


def next_up(parser: ArgumentParser) -> None:
    """Whose actions, and how many."""
    _party(parser)
    _count(parser, 10, "how many to show")


def agenda(parser: ArgumentParser) -> None:
    """The days."""
    parser.add_argument("--from", dest="first", metavar="DATE", help="the first day (today)")
    span = parser.add_mutually_exclusive_group()
    span.add_argument("--to", dest="last", metavar="DATE", help="the last day")
    span.add_argument("--weeks", type=positive, default=4, metavar="N", help="how many weeks (4)")


def history(parser: ArgumentParser) -> None:
    """The record, and how many changes."""
    parser.add_argument(
        "ref", nargs="?", metavar="REF", help="A-12, S-3, D-1, P-1, M-4, T-1, C-3 or R-7; everything, if left out"
    )
    _count(parser, 20, "how many changes to show")


def diff(parser: ArgumentParser) -> None:
    """The two moments."""
    add = parser.add_argument
    add("--from", dest="since", required=True, metavar="DATE|BASELINE", help="the end of that day, or a named baseline")
    add("--to", dest="until", metavar="DATE|BASELINE", help="now, if left out")


def add(parser: ArgumentParser) -> None:
    """What to add; each kind has arguments of its own."""
    from tui_plan.cli.adding_arguments import add_kinds

    add_kinds(parser)


def done(parser: ArgumentParser) -> None:
    """The actions, and on whose word."""
    parser.add_argument("refs", nargs="+", metavar="A-12", help="the actions")
    parser.add_argument("--on", metavar="DATE", help="the day it was done (today)")
    parser.add_argument("--note", default="", metavar="TEXT", help="what else was said")
    word(parser)


def note(parser: ArgumentParser) -> None:
    """What it is about, the words, and on whose word."""
    parser.add_argument("ref", metavar="REF", help="an action (A-12) or a plan (P-1)")
    parser.add_argument("text", metavar="TEXT", help="what was said")
    parser.add_argument("--candid", action="store_true", help="it does not leave the house")
    word(parser)


def undo(parser: ArgumentParser) -> None:
    """Which change."""
    parser.add_argument("--change", type=positive, metavar="N", help="its number, as 'history' shows it")


def baseline(parser: ArgumentParser) -> None:
    """The name, or nothing to list them."""
    parser.add_argument("name", nargs="?", metavar="NAME", help="the name for the plan as it stands; none lists them")


def export(parser: ArgumentParser) -> None:
    """The kind of file, where it goes, and what it holds."""
    add = parser.add_argument
    add("kind", metavar="KIND", choices=EXPORTS, help=", ".join(EXPORTS))
    file(parser, "--output", "-o", metavar="FILE", help="the file or folder; - is the screen")
    add("--area", metavar="D-1", help="this development area only")
    _party(parser)
    add(
        "--format",
        choices=["md", "html", "csv", "xlsx", "vcf", "text", "ics"],
        metavar="FORMAT",
        help="of annex1: md, html, csv or xlsx (md); of contacts: csv, xlsx or vcf (csv); "
        "of page: text, md, html or ics (text); of register: text, md, html, csv or xlsx (text); "
        "of assessment, evaluation, fidelity, brief: text, md or html (text)",
    )
    add("--tasks", action="store_true", help="calendar: target dates as tasks, in a file of their own")
    add("--alarm", type=positive, metavar="DAYS", help="calendar: remind so many days before")
    add("--shared", action="store_true", help="calendar: name nobody, for handing on")
    add("--candid", action="store_true", help=f"{', '.join(CANDID)}: with what does not leave the house")
    add("--columns", choices=["as-imported"], help="csv and xlsx: the columns that the sheet had")
    add("--assessment", metavar="C-3", help="assessment: which one (the latest)")
    add("--entries", action="append", default=[], metavar="KIND", help="register: only this kind; may be repeated")
    add("--baseline", default="", metavar="NAME", help="fidelity: the baseline to compare with (the first)")


CANDID = ("toml", "json", "contacts", "assessment", "register", "fidelity", "brief")
"""The kinds of file that take along what is candid, where that is asked for."""
EXPORTS = (
    "ics",
    "vdir",
    "annex1",
    "csv",
    "xlsx",
    "json",
    "toml",
    "contacts",
    "page",
    "assessment",
    "register",
    "evaluation",
    "fidelity",
    "brief",
)


def backup(parser: ArgumentParser) -> None:
    """Where to."""
    file(
        parser, "file", nargs="?", metavar="FILE", help="the new file (beside the database, with the time, if left out)"
    )


def restore(parser: ArgumentParser) -> None:
    """Where from."""
    file(parser, "file", metavar="FILE", help="the backup")
    parser.add_argument("--yes", action="store_true", help="restore without asking")


def completion(parser: ArgumentParser) -> None:
    """The shell."""
    parser.add_argument(
        "shell", metavar="SHELL", choices=["bash", "zsh", "fish", "tcsh"], help="bash, zsh, fish or tcsh"
    )


def file(parser: ArgumentParser, *names: str, **options: str) -> None:
    """Add an argument for which shells complete names of files."""
    setattr(parser.add_argument(*names, **options), "complete", FILES)  # type: ignore[arg-type]  # noqa: B010


def _party(parser: ArgumentParser) -> None:
    whose = parser.add_mutually_exclusive_group()
    whose.add_argument("--person", metavar="NAME", help="of this person, by post and group as well; 'me' is you")
    whose.add_argument("--post", metavar="NAME", help="of this post")
    whose.add_argument("--group", metavar="NAME", help="of this group")
    whose.add_argument("--organisation", metavar="NAME", help="of this organisation")


def word(parser: ArgumentParser) -> None:
    """Whose word it is, and how it came."""
    parser.add_argument("--said-by", default="", metavar="NAME", help="who said so; 'me' is you")
    channel(parser)


def channel(parser: ArgumentParser) -> None:
    """How somebody was heard or told."""
    from tui_plan.model.vocabulary import Channel

    channels = [channel.value for channel in Channel]
    parser.add_argument("--channel", choices=channels, default="", metavar="HOW", help=", ".join(channels))


def meeting(parser: ArgumentParser) -> None:
    """At which meeting something happened."""
    parser.add_argument("--meeting", metavar="M-12|DATE", help="the meeting, or the day of it")


def paper(parser: ArgumentParser, *formats: str) -> None:
    """As what a paper is written, the first if nothing is said, and where it goes."""
    told = f"{', '.join(formats[:-1])} or {formats[-1]} ({formats[0]})"
    parser.add_argument("--format", choices=formats, default=formats[0], metavar="FORMAT", help=told)
    file(parser, "--output", "-o", metavar="FILE", help="the file; - is the screen")


def candour(parser: ArgumentParser) -> None:
    """Whether the words may leave the house."""
    either = parser.add_mutually_exclusive_group()
    either.add_argument("--candid", action="store_const", const="candid", dest="candour", help="it stays in the house")
    either.add_argument("--shareable", action="store_const", const="shareable", dest="candour", help="it may leave it")


def wanted(parser: ArgumentParser) -> None:
    """Where an action that is made of something belongs, who answers for it, by when."""
    add = parser.add_argument
    add("--under", required=True, metavar="S-4", help="the step objective that it belongs to")
    add("--owner", required=True, metavar="NAME", help="who is accountable: a person, post, group or organisation")
    add("--by", required=True, metavar="DATE", help="the agreed date")
    add("--yes", action="store_true", help="do not ask when agreements lapse by it")
    word(parser)


def _count(parser: ArgumentParser, default: int, what: str) -> None:
    parser.add_argument("-n", dest="most", type=positive, default=default, metavar="N", help=f"{what} ({default})")


def positive(text: str) -> int:
    """Return a number from 1 on, for argparse."""
    if not (text.isascii() and text.isdecimal() and int(text[:9]) > 0 and len(text) < 6):
        raise ArgumentTypeError(f"“{text[:20]}” is no number from 1 to 99,999.")
    return int(text)
