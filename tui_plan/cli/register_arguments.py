"""The arguments of the commands about the register. What ``enter`` asks of each kind comes of ``model.entry_kinds``."""

from argparse import ArgumentParser
from collections.abc import Callable, Mapping
from typing import Any

from tui_plan.cli.arguments import candour, meeting, wanted, word
from tui_plan.model.entry_kinds import KINDS, Asked
from tui_plan.model.vocabulary import Disposition, EntryKind, Fidelity, Manner, Response, Support

ENTRY_WORDS: dict[str, EntryKind] = {kind.value.partition(" ")[0]: kind for kind in EntryKind}
"""The kinds of entry as they are typed: by their first word."""
_PARTY = {
    EntryKind.RISK: "--owner",
    EntryKind.ISSUE: "--owner",
    EntryKind.DECISION: "--decided-by",
    EntryKind.ADAPTATION: "--decided-by",
    EntryKind.ACHIEVEMENT: "--thanked",
    EntryKind.PARTICIPATION: "--partner",
}
_WORDS = {
    "response": Response,
    "manner": Manner,
    "fidelity": Fidelity,
    "disposition": Disposition,
    "level": Support,
}
_NUMBERS = ("likelihood", "impact", "intended", "active")
_DAYS = {"due": "--due", "closed_on": "--settled"}
_ELSEWHERE = frozenset({"party", "residual_likelihood", "residual_impact", "meeting", "gate", "area"})
"""Fields whose option is not made of their name alone, or that another command writes."""


def register(parser: ArgumentParser) -> None:
    """Which entries, and how."""
    add = parser.add_argument
    add("what", nargs="*", metavar="KIND", help=f"only these kinds ({', '.join(ENTRY_WORDS)}), or one entry: R-7")
    add("--open", action="store_true", dest="only_open", help="only what is not settled yet")
    add("--matrix", action="store_true", help="the open risks by likelihood and impact")


def enter(parser: ArgumentParser) -> None:
    """The kind; each asks for what it needs."""
    from tui_plan.cli.parser import add_steps

    kinds = {typed: ("TITLE", _in_words(kind), _asking(kind)) for typed, kind in ENTRY_WORDS.items()}
    add_steps(parser, "enter", "kind", kinds, "enter ")


def entry(parser: ArgumentParser) -> None:
    """The step; each has arguments of its own."""
    from tui_plan.cli.parser import add_steps

    add_steps(parser, "entry", "step", _STEPS)


def mitigate(parser: ArgumentParser) -> None:
    """The entry, and the action that answers it."""
    parser.add_argument("ref", metavar="R-7", help="the entry: a risk, an issue, a lesson …")
    parser.add_argument("title", metavar="TITLE", help="what will be done")
    wanted(parser)


def promote(parser: ArgumentParser) -> None:
    """The idea, and what the area is called."""
    parser.add_argument("ref", metavar="R-9", help="the idea")
    parser.add_argument("title", nargs="?", default="", metavar="TITLE", help="what the area is called (as the idea)")
    parser.add_argument("--on", metavar="DATE", help="the day (today)")
    word(parser)


def _asking(kind: EntryKind) -> Callable[[ArgumentParser], None]:
    def fill(parser: ArgumentParser) -> None:
        parser.add_argument("title", metavar="TITLE", help=_lower(KINDS[kind].title))
        add = parser.add_argument
        fields = {asked.field: asked for asked in KINDS[kind].asks}
        if "party" in fields:
            # the help of each kind says who is meant; --who goes with all of them
            names = dict.fromkeys((_PARTY.get(kind, "--who"), "--who"))
            add(*names, dest="party", metavar="NAME", help=_help(fields["party"]))
        for name, asked in fields.items():
            if name not in _ELSEWHERE:
                _add_field(parser, name, _help(asked))
        if "residual_likelihood" in fields:
            _add_residual(parser)
        if "meeting" in fields:
            meeting(parser)
        for name in KINDS[kind].links:
            _add_link(parser, name)
        _add_shared(parser, "that of the meeting, else today" if "meeting" in fields else "today")

    return fill


def _edited(parser: ArgumentParser) -> None:
    """Every field of every kind: what this entry's kind does not ask for is refused where it runs."""
    add = parser.add_argument
    add("ref", metavar="R-7", help="the entry")
    add("--title", metavar="TEXT", help="what it says")
    add("--who", dest="party", metavar="NAME", help="owner, who decided, was thanked, or is meant; none for nobody")
    for name in _fields():
        _add_field(parser, name, _EDITED.get(name, ""))
    _add_residual(parser)
    meeting(parser)
    for name in ("action", "objective", "measure", "other"):
        _add_link(parser, name)
    add("--unlink", action="append", default=[], metavar="REF", help="what it shall no longer name")
    _add_shared(parser, "as it was")


def _fields() -> list[str]:
    """The fields of all kinds, each once, in the order of the forms."""
    every = dict.fromkeys(asked.field for kind in KINDS.values() for asked in kind.asks)
    return [name for name in every if name not in _ELSEWHERE]


_EDITED: Mapping[str, str] = {
    "cause": "why",
    "effect": "what follows",
    "outcome": "what came of it",
    "due": "when to look at it next; none for no date",
    "closed_on": "when it was settled; none for not yet",
    "stage": "the stage",
    "likelihood": "from 1 rare to 5 almost certain",
    "impact": "from 1 slight to 5 severe",
    "intended": "how many are meant to take part",
    "active": "how many of them do",
}
"""What the options of ``entry edit`` are about; each stands for the fields of several kinds."""


def _add_field(parser: ArgumentParser, name: str, told: str) -> None:
    options: dict[str, Any] = {"metavar": "TEXT", "help": told}
    if name in _WORDS:
        words = [*map(str, _WORDS[name])]
        options |= {"choices": words, "metavar": name.upper(), "help": ", ".join(words)}
    elif name in _NUMBERS:
        options |= {"type": int, "metavar": "N"}
    elif name in _DAYS:
        options |= {"metavar": "DATE"}
    elif name == "stage":
        options |= {"metavar": "T-1"}
    parser.add_argument(_DAYS.get(name, f"--{name}"), dest=name, **options)


def _add_residual(parser: ArgumentParser) -> None:
    parser.add_argument(
        "--residual", nargs=2, type=int, metavar=("L", "I"), help="likelihood and impact once the response has worked"
    )


def _add_link(parser: ArgumentParser, name: str) -> None:
    option, ref, told = {
        "action": ("--action", "A-1", "an action that it touches or leads to; may be repeated"),
        "objective": ("--objective", "S-1", "a step objective; may be repeated"),
        "measure": ("--measure", "A-1[:2]", "the outcome measure of an action (its second); may be repeated"),
        "other": ("--entry", "R-2", "another entry of the register; may be repeated"),
    }[name]
    names = (option, "--risk") if name == "other" else (option,)
    parser.add_argument(*names, action="append", default=[], dest=f"to_{name}", metavar=ref, help=told)


def _add_shared(parser: ArgumentParser, otherwise: str) -> None:
    """The options of every kind; ``otherwise`` is the day where none is said."""
    add = parser.add_argument
    add("--on", metavar="DATE", help=f"the day that it is about ({otherwise})")
    add("--evidence", metavar="TEXT", help="by what it shows")
    candour(parser)
    word(parser)


def _settled(parser: ArgumentParser) -> None:
    _refs(parser)
    add = parser.add_argument
    add("--on", metavar="DATE", help="the day (today)")
    add(
        "--outcome", metavar="TEXT", help="what came of it: the resolution, what the check found, how it was celebrated"
    )
    add("--who", dest="party", metavar="NAME", help="who was thanked, or who owns it now")
    word(parser)


def _refs(parser: ArgumentParser) -> None:
    parser.add_argument("refs", nargs="+", metavar="R-7", help="the entries")


def _said(parser: ArgumentParser) -> None:
    _refs(parser)
    word(parser)


_STEPS = {
    "edit": ("R-7", "change an entry, and what it names", _edited),
    "settle": ("R-7 [R-8 …]", "close, resolve, check or celebrate entries", _settled),
    "reopen": ("R-7 [R-8 …]", "take settled entries up again", _said),
    "remove": ("R-7 [R-8 …]", "remove entries that were made by mistake", _refs),
    "candid": ("R-7 [R-8 …]", "keep entries in the house", _said),
    "shareable": ("R-7 [R-8 …]", "let entries leave the house", _said),
}


def _in_words(kind: EntryKind) -> str:
    """Return the kind with its article; ``operations`` has one for sentences, and loads the database."""
    if kind in {EntryKind.SUPPORT, EntryKind.PARTICIPATION}:
        return kind
    return f"{'an' if kind[0] in 'aeiou' else 'a'} {kind}"


def _help(asked: Asked) -> str:
    return _lower(asked.label) + (f": {asked.hint}" if asked.hint else "")


def _lower(text: str) -> str:
    return text[0].lower() + text[1:]
