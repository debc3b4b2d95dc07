"""The commands about stages, the register and what comes of it, as ``commands`` takes them into its table."""

from tui_plan.cli.command import ASSESS, FOLLOW, Command

STAGE_COMMANDS = (
    Command(
        "stages",
        ASSESS,
        "the stages of a plan, with their gates",
        "stages:stages_now",
        "stage_arguments:nothing",
        ("stages", "stages --plan P-1 --as-of 2026-03-31"),
        looks_back=True,
    ),
    Command(
        "gate",
        ASSESS,
        "what the gate of a stage asks for; deciding at it",
        "gate:gate",
        "stage_arguments:gate",
        (
            "gate T-1",
            "gate T-1 --pass --meeting M-12",
            "gate T-1 --conditions 'Two more schools by June' --meeting 2026-03-10",
            "gate T-1 --override --by 'Ana Lopes' --because 'The term begins'",
        ),
        writes=True,
        looks_back=True,
        more="It opens when every quality is rated by consensus, what is in place has\n"
        "evidence, the rest has a next step, and lessons are kept, changed or dropped.\n"
        "Overriding is shown for ever.\n"
        "Exit status 1 says that it is closed, or was not passed.",
        takes="T-1",
    ),
    Command(
        "assessments",
        ASSESS,
        "what every assessment said, over time",
        "assessing:assessments_over_time",
        "stage_arguments:assessments",
        ("assessments", "assessments --compare C-3 C-7", "assessments --differ --stage T-1"),
        looks_back=True,
    ),
    Command(
        "register",
        ASSESS,
        "risks, issues, decisions, lessons and more",
        "register:register",
        "register_arguments:register",
        ("register", "register risks issues --open", "register --matrix", "register R-7"),
        looks_back=True,
        more="Exit status 1 says that an open entry is overdue.",
        takes="[KIND … | R-7]",
    ),
    Command(
        "stage",
        FOLLOW,
        "add, describe, begin, end or skip a stage",
        "staging:stage",
        "stage_arguments:stage",
        (
            "stage add piloting --begins 2026-01-12",
            "stage edit T-2 --scope 'All schools' --success '80 % take part'",
            "stage skip T-1 --because 'The partners ran it last year'",
        ),
        writes=True,
        takes="STEP",
    ),
    Command(
        "enter",
        FOLLOW,
        "enter a risk, a decision, a lesson or another kind",
        "entering:enter",
        "register_arguments:enter",
        (
            "enter risk 'No bus in May' --owner 'Ana Lopes' --likelihood 4 --impact 3",
            "enter decision 'Meet every two weeks' --meeting M-12",
            "enter lesson 'Call before writing' --stage T-1 --disposition keep",
            "enter participation Families --partner FB --intended 40 --active 25",
        ),
        writes=True,
        takes="KIND TITLE",
    ),
    Command(
        "entry",
        FOLLOW,
        "edit, settle, reopen or remove an entry",
        "entering:entry",
        "register_arguments:entry",
        (
            "entry edit R-7 --likelihood 2 --due +4w",
            "entry settle R-7 --outcome 'The contract was renewed'",
            "entry candid R-7",
        ),
        writes=True,
        takes="STEP R-7",
    ),
    Command(
        "mitigate",
        FOLLOW,
        "make the action that answers an entry",
        "following:mitigate",
        "register_arguments:mitigate",
        ("mitigate R-7 'Ask two firms' --under S-4 --owner 'Ana Lopes' --by +4w",),
        writes=True,
        takes="R-7 TITLE",
    ),
    Command(
        "promote",
        FOLLOW,
        "make a development area of an idea",
        "following:promote",
        "register_arguments:promote",
        ("promote R-9", "promote R-9 'Shared training of teachers'"),
        writes=True,
        takes="R-9 [TITLE]",
    ),
)
"""The commands about stages and the register, as ``commands`` takes them into its table."""
