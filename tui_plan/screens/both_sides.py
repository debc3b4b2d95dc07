"""Two records of one party side by side, and the question which of them stays: left with its uid, or with None."""

from collections.abc import Callable, Iterator
from datetime import date
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.screen import ModalScreen

from tui_plan.insight.heard import Last
from tui_plan.insight.party_page import PartyPage
from tui_plan.keys import bind
from tui_plan.model.date_words import show_date
from tui_plan.resources import style_file
from tui_plan.widgets.choice import Buttons
from tui_plan.widgets.detail import Beside, Block, DetailView
from tui_plan.widgets.fields import Option
from tui_plan.widgets.key_line import KeyLine
from tui_plan.widgets.lines import Piece, Role
from tui_plan.widgets.text_line import TextLine

_QUESTION = "Which of the two stays? All that names the other will name it then. One undo takes it back."
_ANSWERS = (
    Option("", "Leave them apart"),
    Option("one", "Keep the left one"),
    Option("other", "Keep the right one"),
)


class BothSides(ModalScreen[str | None]):
    """Asks which of two records stays; leaving them apart has the focus."""

    NAME = "Merge"
    HELP = "What both say alike is dim. Merging is never done by itself, and one undo takes it back."
    CSS_PATH = [style_file("forms.tcss")]
    BINDINGS: ClassVar[list[BindingType]] = [
        bind("program.help", "app.help", show=True),
        bind("form.next", "app.focus_next", show=True),
        bind("dialog.close", "leave", show=True),
    ]

    def __init__(self, one: PartyPage, other: PartyPage, today: date, style: str) -> None:
        super().__init__(classes="dialog")
        self._pages = {"one": one, "other": other}
        self._blocks = list(side_by_side(one, other, today, style))

    def compose(self) -> ComposeResult:
        """Yield the question, both records, and the answers."""
        with Vertical(classes="dialog-box -list -tall"):
            yield TextLine(Piece(_QUESTION, Role.STRONG), most=2)
            yield DetailView()
            yield Buttons(_ANSWERS)
            yield KeyLine()

    def on_mount(self) -> None:
        """Show both, and put the focus on leaving them apart."""
        self.query_one(DetailView).show("both", "Left and right", self._blocks)
        self.query_one(Buttons).focus()

    @on(Buttons.Pressed)
    def _pressed(self, event: Buttons.Pressed) -> None:
        self.dismiss(self._pages[event.key].uid if event.key else None)

    def action_leave(self) -> None:
        """Leave them apart."""
        self.dismiss(None)


def side_by_side(one: PartyPage, other: PartyPage, today: date, style: str) -> Iterator[Block]:
    """Yield what can be told of either record, line beside line."""
    for label, words in _FACTS.items():
        sides = [words(page, today, style) for page in (one, other)]
        if any(sides):
            yield Beside(label, sides[0] or "–", sides[1] or "–")


def _posts(page: PartyPage, today: date, style: str) -> str:
    del style
    return "\n".join(line.post_name for line in page.holdings if line.runs_on(today) and line.person == page.uid)


def _holders(page: PartyPage, today: date, style: str) -> str:
    del style
    return "\n".join(line.person_name for line in page.holdings if line.runs_on(today) and line.post == page.uid)


def _carries(page: PartyPage, today: date, style: str) -> str:
    del today, style
    going = sum(line.action.is_open for line in page.carried)
    return f"{going} open, {len(page.carried) - going} closed" if page.carried else ""


def _reach(page: PartyPage, today: date, style: str) -> str:
    del today, style
    return "\n".join(f"{'' if line.verified_on else '? '}{line.value}" for line in page.reach)


def _agreements(page: PartyPage, today: date, style: str) -> str:
    del today, style
    return "\n".join(f"{state}: {plan}, version {version}" for _, plan, version, state, _ in page.agreements)


def _own(name: str) -> Callable[[PartyPage, date, str], str]:
    return lambda page, today, style: str(page.values[name] or "")


def _named(name: str) -> Callable[[PartyPage, date, str], str]:
    return lambda page, today, style: page.names.get(page.values[name] or "", "")


def _day(name: str) -> Callable[[PartyPage, date, str], str]:
    return lambda page, today, style: show_date(page.values[name], style)


def _last(last: Last | None, style: str) -> str:
    return f"{show_date(last.on, style)} {last.channel}".rstrip() if last is not None else ""


_FACTS: dict[str, Callable[[PartyPage, date, str], str]] = {
    "Name": _own("name"),
    "Short name": _own("short_name"),
    "Belongs to": _named("organisation"),
    "Reports to": _named("reports_to"),
    "Posts": _posts,
    "Held by": _holders,
    "Reached by": _reach,
    "Carries": _carries,
    "Groups": lambda page, today, style: "\n".join(line.group_name for line in page.seats),
    "Members": lambda page, today, style: str(len(page.members) or ""),
    "On roster": lambda page, today, style: str(len(page.belonging) or ""),
    "Agreements": _agreements,
    "Last heard": lambda page, today, style: _last(page.contacted.heard, style),
    "Last told": lambda page, today, style: _last(page.contacted.told, style),
    "Checklists": lambda page, today, style: "\n".join(f"{run.ref} {run.title}" for run in page.checklists),
    "Joined": _day("joined_on"),
    "Left": _day("left_on"),
    "Audience": _own("audience"),
    "Login": _own("login"),
    "Remarks": _own("remarks"),
}
"""What is told of a record, by its label; what neither says is left out."""
