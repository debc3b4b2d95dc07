"""How what is known of an action looks in one cell: status, owners, dates and what follows from them.

Every screen that lists actions uses these, so that a sign means the same everywhere. Plain values in, pieces out.
"""

from datetime import date

from tui_plan.insight.action_rows import ActionRow
from tui_plan.insight.health import Counts
from tui_plan.model.date_words import distance, show_date
from tui_plan.model.vocabulary import SIGNS, Candour, Confidence, Priority, Status
from tui_plan.widgets.lines import Piece, Role

OVERDUE_SIGN = "!"
BLOCKED_SIGN = "⊘"
MILESTONE_SIGN = "◆"
CORE_SIGN = "◎"
STALLED_SIGN = "‖"

_STATUS_ROLES = {Status.COMPLETE: Role.GOOD, Status.WITHDRAWN: Role.DIM, Status.DEFERRED: Role.DIM}
_CONFIDENCE_ROLES = {Confidence.GREEN: Role.GOOD, Confidence.AMBER: Role.WARN, Confidence.RED: Role.BAD}
_CANDOUR_SIGNS = {Candour.CANDID: Piece("◈", Role.WARN), Candour.SHAREABLE: Piece("▷", Role.DIM)}
_PRIORITY_SIGNS = {Priority.HIGH: "↑ high", Priority.MEDIUM: "· medium", Priority.LOW: "↓ low"}


def status_sign(status: str) -> Piece:
    """Return the sign of a status."""
    return Piece(SIGNS.get(status, "?"), _STATUS_ROLES.get(Status(status), Role.PLAIN))


def status_words(status: str) -> tuple[Piece, ...]:
    """Return a status with its sign."""
    sign = status_sign(status)
    return (sign, Piece(f" {status}", sign.role))


def confidence_words(confidence: str) -> tuple[Piece, ...]:
    """Return a confidence with its sign, or nothing where none was given."""
    if not confidence:
        return ()
    role = _CONFIDENCE_ROLES[Confidence(confidence)]
    return (Piece(SIGNS[confidence], role), Piece(f" {confidence}", role))


def priority_words(priority: str) -> Piece:
    """Return an area's priority with its sign."""
    return Piece(_PRIORITY_SIGNS[Priority(priority)], Role.ACCENT if priority == Priority.HIGH else Role.DIM)


def candour_sign(candour: str) -> Piece:
    """Return the sign of whether a note may leave the house."""
    return _CANDOUR_SIGNS[Candour(candour)]


def stalled_cell() -> Piece:
    """Return the sign and the word for a step objective that has stalled."""
    return Piece(f"{STALLED_SIGN} stalled", Role.WARN)


def title_cell(action: ActionRow) -> tuple[Piece, ...]:
    """Return an action's status sign and title, with marks for a milestone and for a core component."""
    faded = action.status in {Status.WITHDRAWN, Status.DEFERRED}
    marks = (f"{MILESTONE_SIGN} " if action.milestone else "") + (f"{CORE_SIGN} " if action.core else "")
    title = Piece(action.title, Role.DIM if faded else Role.PLAIN)
    return (status_sign(action.status), Piece(" "), Piece(marks, Role.ACCENT), title)


def owner_cell(action: ActionRow) -> Piece:
    """Return the first owner, with how many more; a dash of warning where an open action has none."""
    if not action.owners:
        return Piece("nobody", Role.WARN) if action.is_open else Piece("")
    more = f" +{len(action.owners) - 1}" if len(action.owners) > 1 else ""
    return Piece(action.owners[0].label + more)


def day_cell(action: ActionRow, style: str) -> Piece:
    """Return the day that counts: when it was done, else when it is expected, else the timescale in words."""
    if action.status == Status.COMPLETE:
        return Piece(show_date(action.actual, style), Role.DIM)
    if action.expected is not None:
        return Piece(show_date(action.expected, style))
    return Piece(action.timescale_note or "no date", Role.DIM)


def state_cell(action: ActionRow, today: date) -> tuple[Piece, ...]:
    """Return what a coordinator must know at a glance: late, blocked, soon, or the lead's own warning."""
    if action.overdue(today) and action.expected is not None:
        return (Piece(f"{OVERDUE_SIGN} {distance(action.expected, today, past='late')}", Role.BAD),)
    if action.is_open and action.blocked:
        return (Piece(f"{BLOCKED_SIGN} blocked", Role.WARN),)
    if action.is_open and action.confidence in {Confidence.RED, Confidence.AMBER}:
        return confidence_words(action.confidence)
    if action.due_soon(today) and action.expected is not None:
        return (Piece(f"• {distance(action.expected, today)}", Role.ACCENT),)
    return ()


def progress_words(counts: Counts) -> str:
    """Return how many of the actions that count are complete, such as ``3/21 done``."""
    live = counts.actions - counts.withdrawn
    return f"{counts.complete}/{live} done" if live else ""


def late_cell(counts: Counts) -> Piece:
    """Return how many are late, or how many are blocked, or nothing."""
    if counts.overdue:
        return Piece(f"{OVERDUE_SIGN} {counts.overdue} late", Role.BAD)
    if counts.blocked:
        return Piece(f"{BLOCKED_SIGN} {counts.blocked} blocked", Role.WARN)
    return Piece("")


def share_bar(counts: Counts, width: int) -> tuple[Piece, ...]:
    """Return a bar of ``width`` cells: what is complete, what is in progress, what is not started."""
    live = counts.actions - counts.withdrawn
    if not live:
        return (Piece("·" * width, Role.DIM),)
    done = width * counts.complete // live
    going = min(width - done, -(-width * counts.in_progress // live))
    return (Piece("█" * done, Role.GOOD), Piece("▒" * going), Piece("░" * (width - done - going), Role.DIM))
