"""The grammar of the command line, made of the table of commands. argparse does the reading.

A command's own arguments are added only when it is the one that was typed, so that starting stays cheap. Nothing here
imports a library beyond argparse.
"""

from __future__ import annotations

import re
import sys
from argparse import SUPPRESS, ArgumentParser, Namespace, RawDescriptionHelpFormatter

from tui_plan import __version__
from tui_plan.cli.command import GROUPS, Command, named
from tui_plan.cli.commands import COMMANDS
from tui_plan.model.errors import InvalidInput

TYPE_CHECKING = False  # as in typing, whose import would cost as much as half of argparse
if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping, Sequence
    from typing import Any, NoReturn

    Steps = Mapping[str, tuple[str, str, Callable[[ArgumentParser], None]]]

WIDTH = 80
_UNKNOWN = re.compile(r"argument COMMAND: invalid choice: '(.*?)' \(", re.DOTALL)
_SENTENCES = (
    (r"argument (.+?): invalid choice: '(.*)' \(choose from (.*)\)", "“{1}” is not possible for {0}: choose {2}."),
    (r"argument (.+?): invalid int value: '(.*)'", "“{1}” is no whole number for {0}."),
    (r"argument (.+?): expected (?:one|at least one) argument", "{0} needs a word after it."),
    (r"argument (.+?): expected (\d+) arguments", "{0} needs {1} words after it."),
    (r"one of the arguments (.+) is required", "Say one of these: {0}."),
    (r"argument (.+?): not allowed with argument (.+)", "{0} and {1} do not go together: leave one of them out."),
    (r"argument (.+?): (.* is no .*)", "{0}: {1}"),
    (r"the following arguments are required: (.+)", "Something is missing: {0}."),
    (r"unrecognized arguments: (.+)", "This is not understood here: {0}."),
)
"""What argparse says, and how we say it."""


class Helper(RawDescriptionHelpFormatter):
    """Help in 80 columns, wherever it is printed."""

    def __init__(self, prog: str) -> None:
        super().__init__(prog, max_help_position=26, width=WIDTH)


class Parser(ArgumentParser):
    """A parser that tells a mistake as one sentence, and adds a command's arguments when they are first needed."""

    def __init__(self, *, command: Command | None = None, **options: Any) -> None:
        if command is not None:
            options["usage"] = " ".join(filter(None, ("tui-plan", command.name, command.takes, "[options]")))
        super().__init__(formatter_class=Helper, allow_abbrev=False, **options)
        self._waiting = command

    def complete_arguments(self) -> None:
        """Add the arguments of the command, if that has not been done."""
        command, self._waiting = self._waiting, None
        if command is not None:
            named(command.arguments)(self)
            add_shared(self, command)

    def parse_known_args(self, args: Any = None, namespace: Any = None) -> Any:
        self.complete_arguments()
        found, unknown = super().parse_known_args(args, namespace)
        if unknown:  # said here, where the help of the command and its step knows better
            self.error(f"unrecognized arguments: {' '.join(unknown)}")
        return found, unknown

    def error(self, message: str) -> NoReturn:
        raise InvalidInput(f"{_in_words(message)} See '{self.prog} --help'.")


class WholeParser(Parser):
    """The parser of the whole command line; its help lists the commands by what one does with them."""

    def format_help(self) -> str:
        return _USAGE + "\n".join(_listed(group) for group in GROUPS) + "\n" + _CLOSING


def whole_parser(only: Collection[str] | None = None) -> tuple[WholeParser, dict[str, Parser]]:
    """Return the parser of the command line, and those of its commands by name: of all, or ``only`` of some or none."""
    parser = WholeParser(prog="tui-plan", description="Keep a partnership's plan off the shelf.")
    parser.add_argument(
        "--version", action="version", version=f"tui-plan {__version__}", help="say which version it is"
    )
    add_shared(parser, None)
    places = parser.add_subparsers(prog="tui-plan", metavar="COMMAND", dest="command", parser_class=Parser)
    commands = {
        command.name: places.add_parser(
            command.name, help=command.summary, description=_told(command), epilog=_examples(command), command=command
        )
        for command in COMMANDS.values()
        if only is None or command.name in only
    }
    return parser, commands


def parse(arguments: Sequence[str] | None) -> tuple[Command | None, Namespace]:
    """Return the command that was typed (None: open the terminal) and all its options.

    Only parsers for words that were typed are made, since making all of them takes longer than many a command.
    """
    typed = sys.argv[1:] if arguments is None else arguments
    options = whole_parser([word for word in typed if word in COMMANDS])[0].parse_args(typed)
    command = COMMANDS[options.command] if options.command else None
    if options.dry_run and not (command and command.writes):
        raise InvalidInput("--dry-run goes with commands that change something; leave it out here.")
    if options.as_of and not (command and command.looks_back):
        raise InvalidInput("--as-of goes with commands that look at the plan; leave it out here.")
    if options.plan and command and command.whole:
        raise InvalidInput(f"--plan does not go with {command.name}, which is about the whole database; leave it out.")
    return command, options


def add_shared(parser: ArgumentParser, command: Command | None) -> None:
    """Add the options that may stand before and after the command; after it only those that it can use."""
    shared = parser.add_argument_group("everywhere")
    add = shared.add_argument

    def missing(default: Any) -> Any:
        return default if command is None else SUPPRESS

    add("--db", metavar="PATH", default=missing(None), help="the database, else TUI_PLAN_DB or the configuration")
    add("--plan", metavar="NAME", default=missing(""), help="the plan: P-1, its name, or the beginning of it")
    add("--json", action="store_true", default=missing(False), help="answer as JSON, for other programs")
    add("--today", metavar="DATE", default=missing(""), help="take this day for today")
    if command is None or command.looks_back:
        add("--as-of", metavar="DATE", default=missing(""), help="as things stood at the end of that day")
    if command is None or command.writes:
        add("--dry-run", action="store_true", default=missing(False), help="show what would happen, change nothing")
    add("--no-color", action="store_true", default=missing(False), help="no colours (as with NO_COLOR)")
    add("--network-disk", action="store_true", default=missing(False), help="insist on a database on a network disk")


def add_steps(parser: ArgumentParser, command: str, what: str, steps: Steps, verb: str = "") -> None:
    """Give the parser of a command one parser for each of its steps, or kinds, as ``what`` says."""
    places = parser.add_subparsers(
        prog=f"tui-plan {command}", metavar=what.upper(), dest=what, required=True, title=f"{what}s"
    )
    for name, (takes, summary, fill) in steps.items():
        told = f"{verb}{summary}."
        one = places.add_parser(
            name,
            help=summary,
            usage=f"tui-plan {command} {name} {takes} [options]",
            description=told[0].upper() + told[1:],
        )
        fill(one)
        add_shared(one, COMMANDS[command])


def _told(command: Command) -> str:
    return command.summary[0].upper() + command.summary[1:] + "." + (f"\n\n{command.more}" if command.more else "")


def _examples(command: Command) -> str:
    return "for example:\n" + "\n".join(f"  tui-plan {example}" for example in command.examples)


def _listed(group: str) -> str:
    lines = [f"  {command.name:<12}{command.summary}" for command in COMMANDS.values() if command.group == group]
    return "\n".join([f"{group}:", *lines, ""])


def _in_words(message: str) -> str:
    """Turn argparse's words into a sentence; an unknown command gets the one that was probably meant."""
    unknown = _UNKNOWN.match(message)
    if unknown is None:
        for pattern, sentence in _SENTENCES:
            if found := re.fullmatch(pattern, message, re.DOTALL):
                return sentence.format(*(group.strip("'").replace("', '", ", ") for group in found.groups()))
        return f"{message[0].upper()}{message[1:].rstrip('.')}."
    from difflib import get_close_matches

    near = get_close_matches(unknown[1], COMMANDS, n=1)
    hint = f" Did you mean {near[0]}?" if near else ""
    return f"There is no command “{unknown[1]}”.{hint}"


_USAGE = """\
usage: tui-plan [COMMAND] [options]

tui-plan keeps a partnership's implementation plan off the shelf.
Without a command it opens the terminal program. A first look: tui-plan demo

"""
_CLOSING = """\
Before or after every command:
  --db PATH     the database (else TUI_PLAN_DB, else the configuration)
  --plan NAME   the plan: P-1, its name, or the beginning of it
  --json        answer as JSON, for other programs
  --no-color    no colours (as with NO_COLOR)
  --today DATE  take this day for today
  --as-of DATE  as things stood then (those that look)
  --dry-run     change nothing, show what would happen (those that change)
  --version     say which version it is
  --help        this; after a command, its own arguments with examples

Dates: 2026-12-31, 31 Dec 2026, today, fri, +2w, eom (end of the month).
Exit status: 0 fine, 1 something needs attention (status, lint, agreements,
partners, gate, register, stalled, evaluation, fidelity, check), 2 error.
"""
