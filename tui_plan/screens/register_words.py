"""The register's own words and signs: how its kinds are called, what an empty list says, how an entry stands.

Plain values of ``insight.register`` in, pieces out. The register's screen, its dialogs and forms use it.
"""

from datetime import date

from tui_plan.insight.register import EntryLine, risk_level
from tui_plan.insight.slips import Slip
from tui_plan.model.date_words import distance
from tui_plan.model.entry_kinds import KINDS
from tui_plan.model.vocabulary import SIGNS, Candour, Disposition, EntryKind, Gate, Support
from tui_plan.screens.signs import OVERDUE_SIGN, candour_sign
from tui_plan.widgets.lines import Piece, Role

ORDER = (
    EntryKind.RISK,
    EntryKind.ISSUE,
    EntryKind.DECISION,
    EntryKind.CONTEXT,
    EntryKind.ADAPTATION,
    EntryKind.LESSON,
    EntryKind.ACHIEVEMENT,
    EntryKind.IDEA,
    EntryKind.PARTICIPATION,
    EntryKind.CHAMPION,
    EntryKind.SUPPORT,
)
"""The kinds as the list has them, and as a key goes through them."""

SETTLED_SIGN, OPEN_SIGN, STANDING_SIGN, CHAMPION_SIGN = "✓", "○", "·", "★"
ARTICLES = {
    EntryKind.ISSUE: "an issue",
    EntryKind.ADAPTATION: "an adaptation",
    EntryKind.ACHIEVEMENT: "an achievement",
    EntryKind.IDEA: "an idea",
    EntryKind.SUPPORT: "how somebody stands",
    EntryKind.PARTICIPATION: "how many take part",
}
"""One of a kind in a sentence, where it is not ``a`` and the kind."""

LEVELS = {
    Support.OPPOSED: ("×", Role.BAD),
    Support.SCEPTICAL: ("▼", Role.WARN),
    Support.NEUTRAL: ("·", Role.PLAIN),
    Support.SUPPORTIVE: ("▲", Role.GOOD),
    Support.CHAMPION: (CHAMPION_SIGN, Role.GOOD),
}
EMPTY = (
    "Nothing is in the register yet. Press a to write down a risk, an issue, a decision, a lesson, an achievement or "
    "what else the next meeting should find."
)
EMPTY_OF = {
    EntryKind.RISK: "No risk yet. Press a to write down what may happen, how likely it is and what it would do.",
    EntryKind.ISSUE: "No issue yet. Press a to write down what stands in the way, and by when it must be decided.",
    EntryKind.DECISION: "No decision yet. Press a to write down what was decided, by whom and why.",
    EntryKind.CONTEXT: "No context change yet. Press a to write down what has changed around us, and what it touches.",
    EntryKind.ADAPTATION: "No adaptation yet. Press a to write down what was changed, why, and when it is checked.",
    EntryKind.LESSON: "No lesson yet. Press a to write down what you learned, and whether to keep, change or drop it.",
    EntryKind.ACHIEVEMENT: "No achievement yet. Press a to write down what was achieved, or C to see what could be.",
    EntryKind.IDEA: "No idea yet. Press a to write down what else you could do together.",
    EntryKind.PARTICIPATION: "Nothing yet. Press a to write down how many are meant to take part, and how many do.",
    EntryKind.CHAMPION: "No champion yet. Press a to write down who speaks for the plan, and where it shows.",
    EntryKind.SUPPORT: "Nothing yet. Press a to write down how somebody stands to the plan, in their own words.",
}
"""What stands there before there is one of a kind."""

ABOUT = {
    EntryKind.RISK: "What may happen: its cause, its effect, how likely and how hard; and the actions that reduce it.",
    EntryKind.ISSUE: "What stands in the way now, who owns it, and by when it must be decided.",
    EntryKind.DECISION: "What was decided, by whom, at which meeting, and why. Decisions at gates stand here too.",
    EntryKind.CONTEXT: "What has changed around us, and which actions and risks that affects.",
    EntryKind.ADAPTATION: "What was changed in the plan and why, and whether that fits what was meant.",
    EntryKind.LESSON: "What we learned, and whether to keep, change or drop it before it is scaled up.",
    EntryKind.ACHIEVEMENT: "What was achieved, who was thanked for it, and how it was celebrated.",
    EntryKind.IDEA: "What else we could do together; p makes a development area of one.",
    EntryKind.PARTICIPATION: "How many are meant to take part, and how many really do, partner by partner over time.",
    EntryKind.CHAMPION: "Who speaks for the plan, since when, and where it shows.",
    EntryKind.SUPPORT: "How partners and people stand to the plan, over time, in their own words.",
}
"""What each kind is for."""

LINKED = {
    EntryKind.RISK: {"action": "Actions that answer it, or are at risk", "other": "Other entries it touches"},
    EntryKind.ISSUE: {"action": "Actions about it", "other": "Other entries it touches"},
    EntryKind.DECISION: {"action": "Actions it is about", "other": "Entries it is about"},
    EntryKind.CONTEXT: {"action": "Actions it affects", "other": "Risks it affects"},
    EntryKind.ADAPTATION: {"action": "Actions it changes"},
    EntryKind.LESSON: {"action": "From which actions"},
    EntryKind.ACHIEVEMENT: {"action": "Actions", "objective": "Step objectives", "measure": "Outcome measures"},
}
"""How the links of a kind are called."""

LEVEL_SIGNS = {"low": ("↓", Role.DIM), "medium": ("·", Role.WARN), "high": ("↑", Role.BAD)}
LEVEL_ROLES = {"low": Role.PLAIN, "medium": Role.WARN, "high": Role.BAD}
"""How a risk of a level looks in the matrix."""

LIKELY = {1: "1 rare", 2: "2", 3: "3", 4: "4", 5: "5 almost certain"}
HARD = {1: "1 slight", 2: "2", 3: "3", 4: "4", 5: "5 severe"}
"""The labels of the matrix: how likely a risk is, and how hard it would hit."""

_DISPOSITION_SIGNS = {Disposition.KEEP: "✓", Disposition.CHANGE: "≈", Disposition.DROP: "×"}
_GATE_ROLES = {
    Gate.PASSED: Role.GOOD,
    Gate.CONDITIONS: Role.GOOD,
    Gate.NOT_PASSED: Role.BAD,
    Gate.OVERRIDDEN: Role.WARN,
}


def one_of(kind: EntryKind) -> str:
    """Return one of a kind as it stands in a sentence."""
    return ARTICLES.get(kind, f"a {kind}")


def not_for(action: str, line: EntryLine) -> str:
    """Return why a key of the register is not for an entry, or nothing."""
    kind = EntryKind(line.kind)
    if action == "settle" and not KINDS[kind].closed and kind != EntryKind.LESSON:
        return f"{one_of(kind).capitalize()} is never settled; it stands as it is."
    if action == "answer" and "action" not in KINDS[kind].links:
        return "This key is for what an action can answer, such as a risk or an issue."
    if action == "promote" and kind != EntryKind.IDEA:
        return "This key is for an idea: it becomes a development area."
    return ""


def title_of(kind: str) -> str:
    """Return the title of the list by the kind shown alone, or of all."""
    return KINDS[EntryKind(kind)].plural if kind else "Register"


def empty_words(kind: str, *, only_attention: bool) -> str:
    """Return what stands there when nothing is shown: of one kind, of any, or among what needs a look."""
    if only_attention:
        return "Nothing needs a look. Press ! to see everything again."
    return EMPTY_OF[EntryKind(kind)] if kind else EMPTY


def score_piece(score: int) -> Piece:
    """Return a risk's score with its level, such as ``↑ 20 high``."""
    level = risk_level(score)
    sign, role = LEVEL_SIGNS[level]
    return Piece(f"{sign} {score} {level}", role)


def level_sign(kind: str, level: str) -> Piece:
    """Return the sign of how somebody stands; that of a champion where no level was said."""
    known = level or (Support.CHAMPION if kind == EntryKind.CHAMPION else "")
    return Piece(*LEVELS[Support(known)]) if known else Piece(STANDING_SIGN, Role.DIM)


def entry_sign(line: EntryLine) -> Piece:
    """Return the sign before an entry: settled, open, or what its kind says at a glance."""
    if line.closed_on is not None:
        return Piece(SETTLED_SIGN, Role.DIM)
    if line.score is not None:
        sign, role = LEVEL_SIGNS[risk_level(line.score)]
        return Piece(sign, role)
    if line.gate:
        return Piece(SIGNS[line.gate], _GATE_ROLES.get(Gate(line.gate), Role.PLAIN))
    if line.kind in {EntryKind.CHAMPION, EntryKind.SUPPORT}:
        return level_sign(line.kind, line.level)
    if line.kind == EntryKind.LESSON and line.disposition:
        return Piece(_DISPOSITION_SIGNS[Disposition(line.disposition)], Role.DIM)
    return Piece(OPEN_SIGN if line.is_open or line.kind == EntryKind.LESSON else STANDING_SIGN, Role.DIM)


def state_words(line: EntryLine, today: date) -> Piece:
    """Return the one thing to know of an entry at a glance, or nothing."""
    if problem := line.problem(today):
        return Piece(f"{OVERDUE_SIGN} {problem}", Role.BAD if line.overdue(today) else Role.WARN)
    if line.closed_on is not None:
        return Piece(line.settled_word, Role.DIM)
    if line.score is not None:
        return score_piece(line.score)
    if line.intended is not None and line.active is not None:
        return Piece(f"{line.active} of {line.intended}")
    words = line.gate or line.level or line.disposition or line.manner
    return Piece(words, Role.DIM)


def behind_words(slip: Slip, today: date) -> str:
    """Return how an action slips: how late it is, or how far behind what was agreed it is expected."""
    if slip.expected < today:
        return distance(slip.expected, today, past="late")
    if slip.agreed is None:
        return ""
    return distance(slip.agreed, slip.expected, past="behind")


def candid_piece(candour: str) -> Piece:
    """Return the sign of what stays in the house, or nothing."""
    return candour_sign(candour) if candour == Candour.CANDID else Piece("")


def in_house_piece(candour: str) -> Piece:
    """Return in words whether an entry may leave the house."""
    if candour == Candour.CANDID:
        sign = candour_sign(candour)
        return Piece(f"{sign.text} candid: stays in the house", sign.role)
    return Piece("shareable", Role.DIM)
