"""What an action came of, and what in the register names it, as blocks for its detail. Plain values in, blocks out."""

from collections.abc import Iterator, Sequence

from tui_plan.insight.register import Lead
from tui_plan.model.date_words import show_date
from tui_plan.model.vocabulary import EntryKind
from tui_plan.widgets.detail import Block, Heading, Item
from tui_plan.widgets.lines import Piece, Role

ASSESSMENT = "assessment"
ASSESSING = (EntryKind.RISK, EntryKind.ISSUE)
"""The entries that say what a slip puts at risk."""
_SIGNS = {"": Piece("·", Role.DIM), "open": Piece("○", Role.WARN)}
_SETTLED = Piece("✓", Role.GOOD)


def lead_blocks(leads: Sequence[Lead], style: str) -> Iterator[Block]:
    """Yield the next step that an action came of, the risks and issues it answers, and the entries that touch it."""
    came = [lead for lead in leads if lead.noun == ASSESSMENT]
    answered = [lead for lead in leads if lead.noun in ASSESSING]
    other = [lead for lead in leads if lead.noun not in (ASSESSMENT, *ASSESSING)]
    if came:
        yield Heading("Came of the next step for")
        yield from (Item(lead.title, note=_of_assessment(lead, style)) for lead in came)
    if answered:
        yield Heading("Risks and issues")
        yield from (_entry_item(lead, style) for lead in answered)
    if other:
        yield Heading("In the register")
        yield from (_entry_item(lead, style) for lead in other)


def is_assessed(leads: Sequence[Lead]) -> bool:
    """Return whether a risk or an issue is written down for the action, open or settled."""
    return any(lead.noun in ASSESSING for lead in leads)


def _entry_item(lead: Lead, style: str) -> Item:
    looked = f"look at it on {show_date(lead.day, style)}" if lead.day is not None and lead.status == "open" else ""
    note = " · ".join(part for part in (lead.noun, lead.status, looked) if part)
    return Item(f"{lead.ref} {lead.title}", _SIGNS.get(lead.status, _SETTLED), note)


def _of_assessment(lead: Lead, style: str) -> str:
    day = f" of {show_date(lead.day, style)}" if lead.day is not None else ""
    return f"{ASSESSMENT} {lead.ref}{day}"
