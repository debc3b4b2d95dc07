"""The table of commands: what each is for, what it may do, and where it is carried out.

The parser, the help and the completion are made of it. Modules are named, not imported: only the one that runs loads.
"""

from argparse import ArgumentParser
from collections.abc import Callable

from tui_plan.cli import arguments as given

BEGIN, LOOK, RECORD, HAND_OUT, LOOK_AFTER = GROUPS = (
    "To begin",
    "To look",
    "To record",
    "To hand out",
    "To look after the database",
)


class Command:
    """One command. ``place`` is ``module:function`` in ``tui_plan.cli``: it takes a Call, returns a status.

    ``takes`` is what its usage says; ``writes`` tells whether --dry-run makes sense, ``looks_back`` whether --as-of
    does; ``more`` is said below the summary in its help. It is a plain class, since importing dataclasses or typing
    would cost more than reading this table.
    """

    __slots__ = ("arguments", "examples", "group", "looks_back", "more", "name", "place", "summary", "takes", "writes")

    def __init__(
        self,
        name: str,
        group: str,
        summary: str,
        place: str,
        arguments: Callable[[ArgumentParser], None],
        examples: tuple[str, ...],
        *,
        takes: str = "",
        writes: bool = False,
        looks_back: bool = False,
        more: str = "",
    ) -> None:
        self.name = name
        self.group = group
        self.summary = summary
        self.place = place
        self.arguments = arguments
        self.examples = examples
        self.takes = takes
        self.writes = writes
        self.looks_back = looks_back
        self.more = more


_ALL = (
    Command(
        "init",
        BEGIN,
        "make the database and the configuration",
        "beginning:init",
        given.init,
        ("init", "init ~/plans/district.db", "init /srv/plans/district.db --shared"),
        writes=True,
        more="What is there already stays as it is.",
        takes="[PATH]",
    ),
    Command(
        "demo",
        BEGIN,
        "open three sample plans in a temporary copy",
        "beginning:demo",
        given.demo,
        ("demo", "demo --keep ~/sample.db"),
        more="Dates are moved so that today lies in the middle of the plans.",
    ),
    Command(
        "import",
        BEGIN,
        "bring in a plan from CSV, XLSX or TOML",
        "importing:bring_in",
        given.bring_in,
        (
            "import plan.xlsx --dry-run",
            "import plan.csv --map 'To do=action' --as 'Jo Field=person'",
            "import plan.csv --plan P-2 --yes",
        ),
        writes=True,
        more="It first shows what was recognised. All of the file comes in, or nothing.",
        takes="FILE",
    ),
    Command(
        "status",
        LOOK,
        "how things stand, in one screen",
        "status:status",
        given.nothing,
        ("status", "status --plan P-1", "status --as-of 2026-03-31"),
        looks_back=True,
        more="Exit status 1 says that something is overdue or in red.",
    ),
    Command(
        "next",
        LOOK,
        "what can be worked on now, most urgent first",
        "looking:next_up",
        given.next_up,
        ("next", "next --person 'Ana Lopes' -n 5"),
        looks_back=True,
    ),
    Command(
        "agenda",
        LOOK,
        "target dates, checkpoints and meetings by day",
        "looking:agenda_by_day",
        given.agenda,
        ("agenda", "agenda --weeks 8", "agenda --from 2026-04-01 --to eoq"),
        looks_back=True,
    ),
    Command(
        "history",
        LOOK,
        "who changed what, when, on whose word",
        "looking:what_happened",
        given.history,
        ("history", "history A-12", "history --plan P-1 -n 50"),
        looks_back=True,
        takes="[REF]",
    ),
    Command(
        "diff",
        LOOK,
        "what differs between two moments of a plan",
        "looking:differences",
        given.diff,
        ("diff --from 2026-01-31", "diff --from 'agreed in May' --to today"),
        takes="--from DATE",
    ),
    Command(
        "lint",
        LOOK,
        "what is not set out as it should be",
        "looking:findings",
        given.nothing,
        ("lint", "lint --plan P-1"),
        looks_back=True,
        more="Exit status 1 says that something was found.",
    ),
    Command(
        "add",
        RECORD,
        "add an action, an area, a person …",
        "adding:add",
        given.add,
        (
            "add plan 'Community resilience 2026'",
            "add action 'Draft the charter' --to S-3 --due eom --owner 'Ana Lopes'",
            "add person 'Ana Lopes' --organisation 'City Hall' --email ana@x.org",
        ),
        writes=True,
        takes="KIND NAME",
    ),
    Command(
        "done",
        RECORD,
        "record that actions are complete",
        "recording:done",
        given.done,
        ("done A-12", "done A-12 A-13 --on fri", "done A-12 --said-by 'Ana Lopes' --channel phone"),
        writes=True,
        takes="A-12 [A-13 …]",
    ),
    Command(
        "note",
        RECORD,
        "write down what somebody said",
        "recording:note",
        given.note,
        (
            "note A-12 'Waits for the vote' --said-by 'Ana Lopes' --channel email",
            "note P-1 'Chair is away' --candid",
        ),
        writes=True,
        takes="REF TEXT",
    ),
    Command(
        "undo",
        RECORD,
        "turn back your last change, or a numbered one",
        "recording:turn_back",
        given.undo,
        ("undo", "undo --change 41"),
        writes=True,
    ),
    Command("redo", RECORD, "do again what was undone", "recording:do_again", given.nothing, ("redo",), writes=True),
    Command(
        "baseline",
        RECORD,
        "name the plan as it stands, or list the names",
        "recording:baseline",
        given.baseline,
        ("baseline 'agreed in May'", "baseline"),
        writes=True,
        takes="[NAME]",
    ),
    Command(
        "export",
        HAND_OUT,
        "write calendars, papers and files",
        "exporting:hand_out",
        given.export,
        (
            "export ics --output plan.ics",
            "export ics --person 'Ana Lopes' --output ana.ics",
            "export annex1 --format html --area D-1 --output annex.html",
            "export toml --output plan.toml",
        ),
        looks_back=True,
        takes="KIND",
    ),
    Command(
        "backup",
        LOOK_AFTER,
        "copy the database, whole, while others work",
        "upkeep:backup",
        given.backup,
        ("backup", "backup /media/stick/plan.db"),
        takes="[FILE]",
    ),
    Command(
        "restore",
        LOOK_AFTER,
        "put a backup in the place of the database",
        "upkeep:restore",
        given.restore,
        ("restore plan-20260316T080000Z.db",),
        more="What stood before is backed up first.",
        takes="FILE",
    ),
    Command(
        "check",
        LOOK_AFTER,
        "look the database and its permissions over",
        "upkeep:check",
        given.nothing,
        ("check",),
        more="Exit status 1 says that something needs attention.",
    ),
    Command(
        "migrate",
        LOOK_AFTER,
        "bring an older database up to this version",
        "upkeep:migrate",
        given.nothing,
        ("migrate",),
        more="A backup is made first.",
    ),
    Command(
        "completion",
        LOOK_AFTER,
        "print completion for your shell",
        "completing:completion",
        given.completion,
        (
            "completion bash > ~/.local/share/bash-completion/completions/tui-plan",
            "completion fish > ~/.config/fish/completions/tui-plan.fish",
        ),
        takes="SHELL",
    ),
)

COMMANDS: dict[str, Command] = {command.name: command for command in _ALL}
