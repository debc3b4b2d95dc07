"""``completion``: the script that completes commands, options and files in a shell, made by shtab from the grammar."""

from typing import TYPE_CHECKING

from tui_plan.cli.parser import whole_parser

if TYPE_CHECKING:
    from tui_plan.cli.call import Call


def completion(call: "Call") -> int:
    """Print the completion script for the shell."""
    import shtab

    parser, commands = whole_parser()
    for command in commands.values():
        command.complete_arguments()
    print(shtab.complete(parser, shell=call.options.shell))
    return 0
