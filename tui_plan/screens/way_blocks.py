"""The ways to reach one person, in full: what the call-down and a drill show of whom to call now."""

from collections.abc import Sequence

from tui_plan.insight.call_down import Way
from tui_plan.model.date_words import show_date
from tui_plan.widgets.detail import Block, Labelled
from tui_plan.widgets.lines import Piece, Role


def way_blocks(ways: Sequence[Way], style: str) -> list[Block]:
    """Return each way with the day on which it was verified; where there is none, how to add one."""
    if not ways:
        return [Labelled("Reached by", Piece("nothing yet: c on the roster adds a number", Role.WARN))]
    return [Labelled(way.kind, (Piece(way.value), _verified(way, style))) for way in ways]


def _verified(way: Way, style: str) -> Piece:
    if way.verified_on is None:
        return Piece("  ? never verified", Role.WARN)
    return Piece(f"  verified {show_date(way.verified_on, style)}", Role.DIM)
