"""The handover note as a file, before the handover is done: as text, to print, or as Markdown. Screens call it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from tui_plan.exchange.document import Document
from tui_plan.exchange.handover_note import handover_note
from tui_plan.exchange.papers import Paper
from tui_plan.exchange.people_papers import paper_bytes
from tui_plan.model.store import Author
from tui_plan.model.vocabulary import PartyKind
from tui_plan.operations.checklists import Template
from tui_plan.operations.handover import Handover, Move
from tui_plan.operations.people import add_party
from tui_plan.operations.rehearsing import taken_back


@dataclass(frozen=True)
class Foreseen:
    """A handover that is looked at. ``newcomer`` names a successor who is not on the roster yet; else it is empty."""

    author: Author
    order: Handover
    moves: Sequence[Move]
    onboarding: Template | None = None
    newcomer: str = ""

    def note(self, today: date, style: str) -> Document:
        """Return the note; nothing of it is kept."""
        if not self.newcomer:
            return handover_note(self.order, self.moves, today, style, self.onboarding)
        with taken_back():
            order = replace(self.order, successor=add_party(self.author, PartyKind.PERSON, name=self.newcomer))
            return handover_note(order, self.moves, today, style, self.onboarding)


def handover_papers(foreseen: Foreseen) -> Mapping[str, Paper]:
    """Return the forms in which the note of a handover is written."""

    def make(form: str) -> Callable[[str, date, str], bytes]:
        return lambda _, today, style: paper_bytes(foreseen.note(today, style), form)

    return {
        "html": Paper("Note to print", "-handover.html", make("html")),
        "md": Paper("Note as Markdown", "-handover.md", make("md")),
        "text": Paper("Note as text", "-handover.txt", make("text")),
    }
