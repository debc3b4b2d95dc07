"""The list of an action's resources, checkpoints, or outcome measures with their readings: add, edit, remove."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any, ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType

from tui_plan.insight.details import ActionDetail, action_detail, record_values
from tui_plan.insight.finding import party_choices
from tui_plan.keys import bind
from tui_plan.model.date_words import show_date
from tui_plan.operations import parts as operations
from tui_plan.screens.changing import ChangingScreen
from tui_plan.screens.choices import party_options
from tui_plan.screens.confirm import Confirm
from tui_plan.screens.detail_blocks import measure_words, quantity_words
from tui_plan.screens.explaining import flow
from tui_plan.screens.forms_parts import (
    CheckpointChoice,
    checkpoint_form,
    measure_form,
    reading_form,
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
    "measures": ("Outcomes", "How you will know that it worked. Press a to add the first, then R for a reading."),
}

_NOUNS = {"resources": "resource", "checkpoints": "checkpoint", "measures": "outcome_measure"}


@dataclass(frozen=True, slots=True)
class PartItem:
    """One line: the part's uid, what it is, the words beside it, and the measure it is a reading of, or nothing."""

    uid: str
    title: str
    note: str
    done: bool
    reading_of: str = ""


class PartsScreen(EditingDialog[PartItem]):
    """A modal list of one kind of part; each form it opens writes by one operation."""

    NAME = "Parts of an action"
    HELP = "What hangs on one action. Everything here is added and edited with a form, and undone with u."
    CHANGING = EditingDialog.CHANGING | {"reading"}
    BINDINGS: ClassVar[list[BindingType]] = [bind("measure.reading", "reading", show=True)]

    def __init__(self, owner: ChangingScreen, detail: ActionDetail, kind: str) -> None:
        super().__init__(owner, f"{detail.ref} {detail.values['title']}")
        self._detail = detail
        self._kind = kind

    def compose_list(self) -> ComposeResult:
        """Yield the list."""
        title, empty = _TITLES[self._kind]
        yield LineList((Column(), Column(width=34, drop=1)), title=title, empty=empty, markable=False)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Hide what does not go here."""
        if action == "reading" and self._kind != "measures":
            return False
        return super().check_action(action, parameters)

    async def read_again(self) -> None:
        """Show the parts as they are now."""
        self._detail = await self._owner.ask(action_detail, self._detail.uid, self._owner.app.today)
        items = _items(self._detail, self._kind, self._owner.date_style)
        reader = Reader[PartItem, RowView](
            key=lambda item: item.uid, view=lambda item, _: _view(item), depth=lambda item: bool(item.reading_of)
        )
        self.query_one(LineList).set_rows(ItemRows[PartItem, RowView](items, reader))

    async def add_item(self) -> None:
        """Ask for a new part and keep it."""
        await self._ask("")

    async def edit_item(self, item: PartItem) -> None:
        """Ask for the part's new values and keep them."""
        await (self._ask_reading(item.reading_of, item.uid) if item.reading_of else self._ask(item.uid))

    async def remove_item(self, item: PartItem) -> None:
        """Remove the part, after asking."""
        if await self._owner.app.push_screen_wait(Confirm(f"Remove “{item.title}”?", "Undo brings it back.")):
            noun = "reading" if item.reading_of else _NOUNS[self._kind]
            await self._owner.run_change(operations.remove_part, self._owner.author(), noun, item.uid)

    @flow
    async def action_reading(self) -> None:
        """Add a reading to the measure under the cursor."""
        if (item := self.current()) is not None:
            await self._ask_reading(item.reading_of or item.uid, "")
            await self.read_again()

    async def _ask(self, uid: str) -> None:
        asked: dict[str, Callable[[str], Any]] = {
            "resources": self._ask_resource,
            "checkpoints": self._ask_checkpoint,
            "measures": self._ask_measure,
        }
        await asked[self._kind](uid)

    async def _ask_resource(self, uid: str) -> None:
        values = await self._values("resource", uid)
        await self._keep(resource_form(values), uid, operations.add_resource, operations.edit_resource, values)

    async def _ask_measure(self, uid: str) -> None:
        values = await self._values("outcome_measure", uid)
        parties = party_options(await self._owner.ask(party_choices))
        spec = measure_form(values, parties, self._owner.understand)
        await self._keep(spec, uid, operations.add_measure, operations.edit_measure, values)

    async def _ask_checkpoint(self, uid: str) -> None:
        values = await self._values("checkpoint", uid)
        standing = next((line.reviewers for line in self._detail.checkpoints if line.uid == uid), ())
        parties = party_options(await self._owner.ask(party_choices))
        author = self._owner.author()

        async def submit(choice: CheckpointChoice) -> None:
            change: Callable[..., Any] = partial(operations.add_checkpoint, author, self._detail.uid)
            if uid:
                change = partial(operations.edit_checkpoint, author, uid, version_seen=values["row_version"])
            await self._owner.ask(change, reviewers=choice.reviewers, **choice.values)

        reviewers = tuple(role.party for role in standing)
        await self._owner.ask_form(checkpoint_form(values, reviewers, parties, self._owner.understand), submit)

    async def _ask_reading(self, measure: str, uid: str) -> None:
        line = next(line for line in self._detail.measures if line.uid == measure)
        values = await self._values("reading", uid)
        spec = reading_form(values, self._owner.app.today, line.statement, line.unit, self._owner.understand)
        await self._keep(spec, uid, operations.add_reading, operations.edit_reading, values, parent=measure)

    async def _keep(
        self, spec: Any, uid: str, add: Any, edit: Any, values: dict[str, Any], *, parent: str = ""
    ) -> None:
        author = self._owner.author()

        async def submit(typed: Any) -> None:
            if uid:
                await self._owner.ask(edit, author, uid, version_seen=values["row_version"], **typed)
            else:
                await self._owner.ask(add, author, parent or self._detail.uid, **typed)

        about = f"{self._kind}:{uid or parent or self._detail.uid}"
        await self._owner.ask_kept(spec, submit, about=about, version=int(values.get("row_version", 0)))

    async def _values(self, noun: str, uid: str) -> dict[str, Any]:
        return await self._owner.ask(record_values, noun, uid) if uid else {}


def _view(item: PartItem) -> RowView:
    sign = Piece("✓ " if item.done else "○ ", Role.GOOD if item.done else Role.DIM)
    return RowView(((sign, Piece(item.title)), Piece(item.note, Role.DIM)), indent=2 if item.reading_of else 0)


def _items(detail: ActionDetail, kind: str, style: str) -> list[PartItem]:
    if kind == "resources":
        return [
            PartItem(
                each.uid, ": ".join(filter(None, (each.kind, each.description))), quantity_words(each), each.secured
            )
            for each in detail.resources
        ]
    if kind == "checkpoints":
        return [
            PartItem(
                each.uid,
                _joined(" ", show_date(each.due, style), each.method),
                ", ".join(role.name for role in each.reviewers),
                each.held_on is not None,
            )
            for each in detail.checkpoints
        ]
    return _measure_items(detail, style)


def _measure_items(detail: ActionDetail, style: str) -> list[PartItem]:
    items: list[PartItem] = []
    for each in detail.measures:
        items.append(PartItem(each.uid, each.statement, measure_words(each), done=bool(each.readings)))
        for reading in each.readings:
            value = f"{reading.value} {each.unit}".strip() if reading.value is not None else ""
            title = _joined(" ", show_date(reading.taken_on, style), value)
            note = _joined(" · ", reading.remark, reading.evidence)
            items.append(PartItem(reading.uid, title, note, done=True, reading_of=each.uid))
    return items


def _joined(between: str, *parts: str) -> str:
    return between.join(part for part in parts if part)
