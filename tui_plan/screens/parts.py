"""The list of an action's resources or checkpoints: add, edit, remove. Outcome measures have a list of their own."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from textual.app import ComposeResult

from tui_plan.insight.details import ActionDetail, action_detail, record_values
from tui_plan.insight.finding import party_choices
from tui_plan.model.date_words import show_date
from tui_plan.operations import parts as operations
from tui_plan.screens.action_blocks import quantity_words
from tui_plan.screens.changing import ChangingScreen
from tui_plan.screens.choices import party_options
from tui_plan.screens.confirm import Confirm
from tui_plan.screens.forms_parts import (
    CheckpointChoice,
    checkpoint_form,
    resource_form,
)
from tui_plan.screens.list_dialog import EditingDialog
from tui_plan.widgets.columns import Column
from tui_plan.widgets.line_list import LineList
from tui_plan.widgets.lines import Piece, Role
from tui_plan.widgets.rows import ItemRows, Reader, RowView

_TITLES = {
    "resources": ("Resources", "What it costs: staff time, meetings, money. Press a to add the first."),
    "checkpoints": ("Monitoring", "Fixed points of review, and who looks. Press a to add the first."),
}

_NOUNS = {"resources": "resource", "checkpoints": "checkpoint"}


@dataclass(frozen=True, slots=True)
class PartItem:
    """One line: the part's uid, what it is, the words beside it, and whether it is done."""

    uid: str
    title: str
    note: str
    done: bool


class PartsScreen(EditingDialog[PartItem]):
    """A modal list of one kind of part; each form it opens writes by one operation."""

    NAME = "Parts of an action"
    HELP = "What hangs on one action. Everything here is added and edited with a form, and undone with u."

    def __init__(self, owner: ChangingScreen, detail: ActionDetail, kind: str) -> None:
        super().__init__(owner, f"{detail.ref} {detail.values['title']}")
        self._detail = detail
        self._kind = kind

    def compose_list(self) -> ComposeResult:
        """Yield the list."""
        title, empty = _TITLES[self._kind]
        yield LineList((Column(), Column(width=34, drop=1)), title=title, empty=empty, markable=False)

    async def read_again(self) -> None:
        """Show the parts as they are now."""
        self._detail = await self._owner.ask(action_detail, self._detail.uid, self._owner.app.today)
        items = _items(self._detail, self._kind, self._owner.date_style)
        reader = Reader[PartItem, RowView](key=lambda item: item.uid, view=lambda item, _: _view(item))
        self.query_one(LineList).set_rows(ItemRows[PartItem, RowView](items, reader))

    async def add_item(self) -> None:
        """Ask for a new part and keep it."""
        await self._ask("")

    async def edit_item(self, item: PartItem) -> None:
        """Ask for the part's new values and keep them."""
        await self._ask(item.uid)

    async def remove_item(self, item: PartItem) -> None:
        """Remove the part, after asking."""
        if await self._owner.app.push_screen_wait(Confirm(f"Remove “{item.title}”?", "Undo brings it back.")):
            await self._owner.run_change(operations.remove_part, self._owner.author(), _NOUNS[self._kind], item.uid)

    async def _ask(self, uid: str) -> None:
        asked: dict[str, Callable[[str], Any]] = {
            "resources": self._ask_resource,
            "checkpoints": self._ask_checkpoint,
        }
        await asked[self._kind](uid)

    async def _ask_resource(self, uid: str) -> None:
        values = await self._values("resource", uid)
        await self._keep(resource_form(values), uid, operations.add_resource, operations.edit_resource, values)

    async def _ask_checkpoint(self, uid: str) -> None:
        values = await self._values("checkpoint", uid)
        standing = next((line.reviewers for line in self._detail.checkpoints if line.uid == uid), ())
        parties = party_options(await self._owner.ask(party_choices))
        author = self._owner.author()

        async def submit(choice: CheckpointChoice) -> None:
            asked: dict[str, Any] = {"reviewers": choice.reviewers, **choice.values}
            if uid:
                asked["version_seen"] = values["row_version"]
                await self._owner.change_merging(operations.edit_checkpoint, author, uid, **asked)
            else:
                await self._owner.ask(operations.add_checkpoint, author, self._detail.uid, **asked)

        reviewers = tuple(role.party for role in standing)
        await self._owner.ask_form(checkpoint_form(values, reviewers, parties, self._owner.understand), submit)

    async def _keep(self, spec: Any, uid: str, add: Any, edit: Any, values: dict[str, Any]) -> None:
        author = self._owner.author()

        async def submit(typed: Any) -> None:
            if uid:
                await self._owner.change_merging(edit, author, uid, version_seen=values["row_version"], **typed)
            else:
                await self._owner.ask(add, author, self._detail.uid, **typed)

        about = f"{self._kind}:{uid or self._detail.uid}"
        await self._owner.ask_kept(spec, submit, about=about, version=int(values.get("row_version", 0)))

    async def _values(self, noun: str, uid: str) -> dict[str, Any]:
        return await self._owner.ask(record_values, noun, uid) if uid else {}


def _view(item: PartItem) -> RowView:
    sign = Piece("✓ " if item.done else "○ ", Role.GOOD if item.done else Role.DIM)
    return RowView(((sign, Piece(item.title)), Piece(item.note, Role.DIM)))


def _items(detail: ActionDetail, kind: str, style: str) -> list[PartItem]:
    if kind == "resources":
        return [
            PartItem(
                each.uid, ": ".join(filter(None, (each.kind, each.description))), quantity_words(each), each.secured
            )
            for each in detail.resources
        ]
    return [
        PartItem(
            each.uid,
            " ".join(filter(None, (show_date(each.due, style), each.method))),
            ", ".join(role.name for role in each.reviewers),
            each.held_on is not None,
        )
        for each in detail.checkpoints
    ]
