"""What of the register is about one party, as blocks for its page: open risks and issues it owns, who takes part."""

from datetime import date

from tui_plan.insight.party_page import ParticipationLine, PartyPage
from tui_plan.model.date_words import show_date
from tui_plan.screens.register_words import entry_sign, state_words
from tui_plan.widgets.detail import Block, Heading, Item, Paragraph
from tui_plan.widgets.lines import Piece, Role

MOST_OWNED, MOST_TIMES = 8, 4


def owned_blocks(page: PartyPage, today: date, style: str) -> list[Block]:
    """Return the open risks and issues that the party owns, the gravest first."""
    del style
    items = [
        Item(
            f"{line.ref} {line.title}", entry_sign(line), f"{line.kind} · {state_words(line, today).text}".rstrip(" ·")
        )
        for line in page.owned
    ]
    return _listed("Risks and issues", f"{len(items)} open", items, MOST_OWNED)


def participation_blocks(page: PartyPage, today: date, style: str) -> list[Block]:
    """Return how many of a partner took part, over time, the newest first."""
    del today
    items = [Item(line.title, _sign(line), _times(line, style)) for line in page.participation]
    return _listed("Participation", "", items, MOST_TIMES)


def _times(line: ParticipationLine, style: str) -> str:
    share = f" ({line.share:.0%})" if line.share is not None else ""
    return f"{line.active} of {line.intended}{share} · {show_date(line.on, style)}"


def _sign(line: ParticipationLine) -> Piece:
    """The majority of those who were to take part makes the difference."""
    most = line.share is not None and line.share > 0.5
    return Piece("●", Role.GOOD) if most else Piece("○", Role.WARN)


def _listed(title: str, note: str, items: list[Item], most: int) -> list[Block]:
    more = len(items) - most
    blocks: list[Block] = [Heading(title, note), *items[:most]] if items else []
    return blocks + ([Paragraph(f"and {more} more", Role.DIM)] if more > 0 else [])
