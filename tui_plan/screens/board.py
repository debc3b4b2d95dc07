"""Screen 2: the actions of a plan as columns by status, grouped by area, partner or person, moved by key."""

from collections.abc import Callable, Iterable
from datetime import date
from enum import StrEnum
from itertools import groupby
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType

from tui_plan.insight.action_rows import ActionRow
from tui_plan.insight.outline import PlanOutline, plan_outline
from tui_plan.keys import bind
from tui_plan.model.vocabulary import SIGNS, PartyKind, Status
from tui_plan.screens.explaining import step
from tui_plan.screens.narrowing import NOTHING, NarrowingScreen, Only
from tui_plan.screens.signs import CORE_SIGN, day_cell, owner_cell, state_cell
from tui_plan.widgets.board import Board
from tui_plan.widgets.board_view import BoardColumn, CardGroup, CardView
from tui_plan.widgets.lines import Piece, Role
from tui_plan.widgets.rows import ItemRows, Reader

_EMPTY = "No actions yet. Press 1 for the plans, open one with Enter, and add actions with a."
_NO_PLAN = "No plan yet. Press 1 for the plans, and a there to add one."


class Grouping(StrEnum):
    """By what the cards of a column stand together."""

    NONE = "no groups"
    AREA = "by area"
    PARTNER = "by partner"
    PERSON = "by person"


class BoardScreen(NarrowingScreen):
    """The action board of the plan that the coordinator works on."""

    NAME = "Board"
    HELP = (
        "Actions by status. [ and ] move a card to the next column; b groups the cards; ! keeps only what is late, "
        "# what has stalled; R writes down what a slip puts at risk."
    )
    CHANGING = NarrowingScreen.CHANGING | {"move_card"}
    BINDINGS: ClassVar[list[BindingType]] = [
        bind("record.left", "move_card(-1)", show=True),
        bind("record.right", "move_card(1)", show=True),
        bind("screen.group", "group", show=True),
        bind("screen.overdue", "overdue", show=True),
        bind("record.history", "history"),
    ]

    def __init__(self) -> None:
        super().__init__()
        self._outline: PlanOutline | None = None
        self._actions: list[ActionRow] = []
        self._areas: dict[str, str] = {}
        self._grouping = Grouping.NONE
        self._wanted = ""
        self._had_targets = False

    def compose_body(self) -> ComposeResult:
        """Yield the board."""
        yield Board(empty=_EMPTY, id="board")

    def why_not(self, action: str, parameters: tuple[object, ...]) -> str:
        """Say what needs a card."""
        if action in {"edit", "remove", "history", "move_card"} and not self.targets():
            return "There is no card under the cursor."
        return super().why_not(action, parameters)

    async def refresh_rows(self) -> None:
        """Ask for the actions again and show them, the cursor on its card."""
        today = self.app.today
        plan = await self.plan_in_hand()
        found = await self.ask(plan_outline, plan, today) if plan else None
        self._outline = found
        self._actions = found.actions if found is not None else []
        self._areas = {area.uid: f"{area.place} {area.title}" for area in found.areas} if found is not None else {}
        await self.read_stalled()
        self.show_rows()

    def targets(self) -> tuple[str, ...]:
        """Return the marked cards, or the one under the cursor."""
        return self._board.targets

    def rows_of(self, uids: Iterable[str]) -> list[ActionRow]:
        """Return those of the actions that were read last."""
        wanted = set(uids)
        return [action for action in self._actions if action.uid in wanted]

    def filter_changed(self, wanted: str) -> None:
        """Show only cards that hold ``wanted``."""
        self._wanted = wanted
        self.show_rows()

    def copied_text(self) -> str:
        """Return reference and title of the card under the cursor."""
        found = next((action for action in self._actions if action.uid == self._board.cursor_key), None)
        return f"{found.ref} {found.title}" if found is not None else ""

    def go_back(self) -> None:
        """Show everything again, or go to the plans."""
        if not self.widen():
            self.app.switch_mode("plans")

    @on(Board.Activated, "#board")
    def _opened(self) -> None:
        if sentence := self.why_not("edit", ()):
            self.say(sentence, wrong=True)
        else:
            self.action_edit()

    @on(Board.Highlighted, "#board")
    @on(Board.Marked, "#board")
    def _keys_follow(self) -> None:
        """Let the last line follow when the cursor goes to a card, or to an empty column."""
        if self._had_targets != bool(self.targets()):
            self._had_targets = not self._had_targets
            self.refresh_bindings()

    def action_group(self) -> None:
        """Group the cards by area, by partner, by person, or not at all."""
        order = list(Grouping)
        self._grouping = order[(order.index(self._grouping) + 1) % len(order)]
        self.show_rows()

    @step
    async def action_move_card(self, step: int) -> None:
        """Move the cards to the column on the left or right."""
        key = self._board.column_key
        if key is None or not (targets := self.targets()):
            return
        order = list(Status)
        place = order.index(Status(key)) + step
        if 0 <= place < len(order):
            from tui_plan.operations.actions import set_status

            change = self.run_change(set_status, self.author(), targets, order[place], today=self.app.today)
            await self.tell_after(targets, change)

    def action_history(self) -> None:
        """Show what was changed in the card under the cursor."""
        from tui_plan.screens.history import HistoryScreen

        if (key := self._board.cursor_key) is not None:
            self.app.push_screen(HistoryScreen(self, self.copied_text(), subject=key))

    @property
    def _board(self) -> Board:
        return self.query_one("#board", Board)

    def show_rows(self) -> None:
        """Show the cards as narrow as wanted."""
        today, style = self.app.today, self.app.session.date_style
        shown = [action for action in self._actions if self._wanted_here(action)]
        self._board.set_empty(self._empty_sentence())
        self._board.set_columns([self._column(status, shown, today, style) for status in Status])
        self.set_about(self._about(today))

    def _wanted_here(self, action: ActionRow) -> bool:
        if self.only is Only.OVERDUE:
            return action.overdue(self.app.today)
        return self.only is Only.ALL or action.objective in self.stalled

    def _empty_sentence(self) -> str:
        """Return why there is no card, and what to press."""
        if self._outline is None:
            return _NO_PLAN
        if self._actions and self._wanted:
            return "No action holds these words. Press Esc to see everything again."
        return NOTHING.get(self.only, _EMPTY) if self._actions else _EMPTY

    def _about(self, today: date) -> str:
        if self._outline is None:
            return ""
        # first what is left out: of a long line on a narrow screen only the beginning is seen
        parts = [*([self.only.value] if self.only else []), self._outline.name]
        parts += [self._grouping.value] if self._grouping is not Grouping.NONE else []
        late = sum(action.overdue(today) for action in self._actions)
        return " · ".join([*parts, f"! {late} late"] if late else parts)

    def _column(self, status: Status, shown: list[ActionRow], today: date, style: str) -> BoardColumn:
        group = _GROUPS[self._grouping]
        mine = [action for action in shown if action.status == status]
        # areas stand in their own order, "10 Evaluation" after "2 Training"; partners and people by name
        places = {uid: at for at, uid in enumerate(self._areas)} if self._grouping is Grouping.AREA else {}
        if self._grouping is not Grouping.NONE:
            mine.sort(key=lambda action: (places.get(action.area, 0), group(action, self._areas)))
        reader = Reader[ActionRow, CardView](
            key=lambda action: action.uid, view=lambda action, _: card(action, today, style), text=_searched
        )
        rows = ItemRows[ActionRow, CardView](mine, reader, wanted=self._wanted)
        left = [rows.item_at(index) for index in range(len(rows))]
        groups = tuple(
            CardGroup(title, len(list(cards)))
            for title, cards in groupby(left, key=lambda action: group(action, self._areas))
            if self._grouping is not Grouping.NONE
        )
        return BoardColumn(status.value, status.value.capitalize(), rows, sign=SIGNS[status], groups=groups)


def card(action: ActionRow, today: date, style: str) -> CardView:
    """Return an action as a card: what must be known of it, else its day."""
    state = state_cell(action, today)
    owner = owner_cell(action)
    core = f" {CORE_SIGN}" if action.core else ""
    return CardView(
        (Piece(action.ref, Role.DIM), Piece(core, Role.ACCENT)),
        action.title,
        owner.text,
        state or day_cell(action, style),
    )


def _searched(action: ActionRow) -> str:
    return f"{action.ref} {action.title} {' '.join(f'{owner.name} {owner.short_name}' for owner in action.owners)}"


def _partner(action: ActionRow, areas: dict[str, str]) -> str:
    del areas
    kinds = {PartyKind.ORGANISATION, PartyKind.GROUP}
    return next((owner.name for owner in action.owners if owner.kind in kinds), "– no partner –")


def _person(action: ActionRow, areas: dict[str, str]) -> str:
    del areas
    kinds = {PartyKind.PERSON, PartyKind.POST}
    return next((owner.name for owner in action.owners if owner.kind in kinds), "– no person –")


_GROUPS: dict[Grouping, Callable[[ActionRow, dict[str, str]], str]] = {
    Grouping.NONE: lambda action, areas: "",
    Grouping.AREA: lambda action, areas: areas.get(action.area, ""),
    Grouping.PARTNER: _partner,
    Grouping.PERSON: _person,
}
