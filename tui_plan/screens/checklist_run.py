"""One run of a checklist, item by item: ticked off, rated, written about, and finished. For every kind of checklist."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from itertools import groupby
from typing import ClassVar

from textual.binding import BindingType

from tui_plan.insight.call_down import Way, call_down
from tui_plan.insight.checklists import ItemLine, RunDetail, RunLine, checklist_run
from tui_plan.keys import bind
from tui_plan.model.date_words import distance, show_date
from tui_plan.model.errors import Refused
from tui_plan.model.vocabulary import SIGNS, ChecklistKind, Rating
from tui_plan.operations.checklists import ItemValues, finish_checklist, say_item, tick_item
from tui_plan.screens.changing import ChangingScreen
from tui_plan.screens.explaining import flow, step
from tui_plan.screens.forms_checklist import clock_of, finish_form, item_form
from tui_plan.screens.records_dialog import DetailedDialog
from tui_plan.screens.signs import OVERDUE_SIGN
from tui_plan.screens.way_blocks import way_blocks
from tui_plan.widgets.columns import Column
from tui_plan.widgets.detail import Block, Heading, Labelled, Paragraph
from tui_plan.widgets.fields import FormSpec
from tui_plan.widgets.line_list import LineList
from tui_plan.widgets.lines import Piece, Role
from tui_plan.widgets.rows import Fold, Reader, RowView
from tui_plan.widgets.text_line import TextLine

_ROLES = {Rating.IN_PLACE: Role.GOOD, Rating.PARTLY: Role.WARN, Rating.NOT_YET: Role.PLAIN}
_REACHED = {Rating.IN_PLACE: "reached", Rating.PARTLY: "message left", Rating.NOT_YET: "not reached"}
_CHANGES = frozenset({"tick", "edit", "finish"})


@dataclass(frozen=True, slots=True)
class RunItem:
    """One line: an item, or the section (its name, with how many of its items are settled) above the items."""

    item: ItemLine | None
    section: str = ""
    settled: int = 0
    items: int = 0

    @property
    def key(self) -> str:
        """A key that stays while the list is read again."""
        return self.item.uid if self.item is not None else f"section:{self.section}"


class RunDialog(DetailedDialog[RunItem]):
    """A modal list of the items of a run, by section; the one under the cursor in full below."""

    NAME = "Checklist"
    HELP = (
        "Space ticks an item off with the time, and takes that back. e rates it, and keeps what went well, what did "
        "not, and what comes next. F closes the run for good; a new one is begun from the list before."
    )
    COLUMNS: ClassVar[tuple[Column, ...]] = (Column(least=36), Column(width=17, drop=1))
    CHANGING = frozenset({"undo", "redo"}) | _CHANGES
    OF_A_RUNNING: ClassVar[frozenset[str]] = _CHANGES
    """The actions that a finished run no longer has."""

    DONE: ClassVar[str] = "done"
    LACKING = frozenset({"add", "remove"})
    BINDINGS: ClassVar[list[BindingType]] = [
        bind("checklist.tick", "tick", show=True, priority=True),
        bind("checklist.finish", "finish", show=True),
    ]

    def __init__(self, owner: ChangingScreen, run: str) -> None:
        super().__init__(owner, run, "")
        self._run: RunDetail | None = None
        self._ways: dict[str, tuple[Way, ...]] = {}

    def why_not(self, action: str, parameters: tuple[object, ...]) -> str:
        """Say that a finished run stays as it is, and that a section is no item."""
        if sentence := super().why_not(action, parameters):
            return sentence
        line = self._run.line if self._run is not None else None
        if action in self.OF_A_RUNNING and line is not None and line.finished_on is not None:
            finished = show_date(line.finished_on, self._owner.date_style)
            return f"This was finished on {finished} and stays as it is: begin a new one, or undo the finishing."
        return ""

    async def read_again(self) -> None:
        """Show the run as it is now, with what is read around it; the first time with the cursor on what comes next."""
        first = self._run is None
        run = await self._owner.ask(checklist_run, self._about)
        await self.read_around(run)
        self.show_run(run)
        if first and (key := self.first_key(run)) is not None:
            # once the list has its height, so that what is above it is in view too
            self.call_after_refresh(self.query_one(LineList).move_to, key)

    def show_run(self, run: RunDetail, *, key: str | None = None) -> None:
        """Show a run as it was read; the cursor stays, or goes to ``key``."""
        self._run = run
        self.query(TextLine).first().say(Piece(self.heading_of(run), Role.DIM))
        self.query_one(LineList).set_title(self.standing_of(run))
        items = list(_items(run.items, self.is_done))
        reader = Reader[RunItem, RowView](
            key=lambda item: item.key,
            view=self.view_of,
            depth=lambda item: int(item.item is not None and bool(item.item.section)),
        )
        self.show_items(items, reader, key=key)

    # For a kind of checklist that is filled in in its own way

    async def read_around(self, run: RunDetail) -> None:
        """Read what is shown beside the items."""
        self._ways = await self._ways_to_call(run)

    def is_done(self, item: ItemLine) -> bool:
        """Return whether an item counts as done."""
        return item.settled

    def first_key(self, run: RunDetail) -> str | None:
        """Return the item on which the cursor is at first."""
        return next((item.uid for item in run.items if not self.is_done(item)), None)

    def heading_of(self, run: RunDetail) -> str:
        """Return what the run is, and about whom."""
        about = f" · {run.line.about}" if run.line.about not in run.line.title else ""
        return f"{run.line.ref} {run.line.title}{about}"

    def standing_of(self, run: RunDetail) -> str:
        """Return how far it is, and when it was finished or is due."""
        return _standing(run.line, self._owner.app.today, self._owner.date_style)

    def form_of(self, item: ItemLine) -> FormSpec[ItemValues]:
        """Return the form of an item."""
        return item_form(item, self._owner.understand, drill=self._is_drill, now=self._now())

    def end_form(self, run: RunDetail) -> FormSpec[str]:
        """Return the form that closes the run."""
        return finish_form(run.line, run.remarks)

    # What is done

    def in_full(self, item: RunItem) -> tuple[str, list[Block]]:
        """Return all that was said of an item; of a section, what the run is about."""
        remarks = self._run.remarks if self._run is not None else ""
        whole: list[Block] = [Heading("All in all"), Paragraph(remarks)] if remarks else []
        if item.item is None:
            return item.section, [Paragraph(f"{item.settled} of {item.items} {self.DONE}.", Role.DIM), *whole]
        return self._words(item.item.rating) or "Nothing said yet", [*self._blocks(item.item), *whole]

    async def edit_item(self, item: RunItem) -> None:
        """Ask how an item stands, and keep it."""
        line = only_item(item)

        async def submit(values: ItemValues) -> None:
            author, version = self._owner.author(), line.row_version
            await self._owner.change_merging(say_item, author, line.uid, version_seen=version, **values)

        await self._owner.ask_kept(self.form_of(line), submit, about=f"item:{line.uid}", version=line.row_version)

    @step
    async def action_tick(self) -> None:
        """Tick the item under the cursor off, or take that back."""
        if (item := self.current()) is not None:
            line = only_item(item)
            await self._owner.run_change(tick_item, self._owner.author(), line.uid, at=self._now())
            await self.read_again()

    @flow
    async def action_finish(self) -> None:
        """Close the run for good, after asking."""
        if self._run is None:
            return
        line = self._run.line

        async def submit(remarks: str) -> None:
            today = self._owner.app.today
            await self._owner.ask(finish_checklist, self._owner.author(), line.uid, on=today, remarks=remarks)

        if await self._owner.ask_kept(self.end_form(self._run), submit, about=f"finish:{line.uid}") is not None:
            await self.read_again()
            self.say(f"{line.ref} is finished.")

    async def _ways_to_call(self, run: RunDetail) -> dict[str, tuple[Way, ...]]:
        """Return how to reach each person while a drill is under way."""
        if run.group is None or run.line.finished_on is not None or run.line.kind != ChecklistKind.DRILL:
            return {}
        calling = await self._owner.ask(call_down, run.group, self._owner.app.today)
        return {line.uid: line.ways for line in calling.lines if line.uid}

    @property
    def _is_drill(self) -> bool:
        return self._run is not None and self._run.line.kind == ChecklistKind.DRILL

    def _now(self) -> datetime:
        """Return the local moment, to the minute, on the day that the session counts as today."""
        clock = datetime.now(UTC).astimezone().time().replace(second=0, microsecond=0)
        return datetime.combine(self._owner.app.today, clock)

    def _words(self, rating: str) -> str:
        return _REACHED.get(Rating(rating), rating) if self._is_drill and rating else rating

    def view_of(self, item: RunItem, fold: Fold) -> RowView:
        """Return how a line looks."""
        line = item.item
        if line is None:
            return RowView(
                (Piece(item.section, Role.HEADING), Piece(f"{item.settled}/{item.items}", Role.DIM)), fold=fold
            )
        sign = Piece(
            f"{SIGNS.get(line.rating, '·')} ", _ROLES.get(Rating(line.rating), Role.DIM) if line.rating else Role.DIM
        )
        text = Piece(line.text, Role.DIM if line.rating == Rating.NOT_APPLICABLE else Role.PLAIN)
        return RowView(((sign, text), Piece(self._when(line), Role.DIM)), indent=1 if line.section else 0)

    def _when(self, line: ItemLine) -> str:
        """Return by when and how an item was done, or what its rating is, in the cell beside it."""
        if line.at is None:
            return self._words(line.rating) if line.rating != Rating.IN_PLACE else ""
        same_day = self._is_drill and self._run is not None and line.at.date() == self._run.line.started_on
        day = "" if same_day else show_date(line.at.date(), self._owner.date_style)
        return " ".join(filter(None, (day, clock_of(line.at), line.channel if same_day else "")))

    def _blocks(self, line: ItemLine) -> list[Block]:
        blocks: list[Block] = [Paragraph(line.text, Role.STRONG)]
        if (ways := self._ways.get(line.party)) is not None:
            blocks += way_blocks(ways, self._owner.date_style)
        if line.at is not None:
            moment = f"{show_date(line.at.date(), self._owner.date_style)} {clock_of(line.at)}".strip()
            blocks.append(Labelled("Reached" if self._is_drill else "Done", moment))
        if line.channel:
            blocks.append(Labelled("How", line.channel))
        said = (("Successes", line.successes), ("Challenges", line.challenges), ("Next steps", line.next_steps))
        blocks += [Labelled(label, words) for label, words in said if words]
        return blocks


def _items(items: Iterable[ItemLine], is_done: Callable[[ItemLine], bool]) -> Iterable[RunItem]:
    for section, group in groupby(items, key=lambda item: item.section):
        inside = list(group)
        if section:
            yield RunItem(None, section, sum(map(is_done, inside)), len(inside))
        yield from map(RunItem, inside)


def only_item(item: RunItem) -> ItemLine:
    """Return the item of a line; ``Refused`` on a section."""
    if item.item is None:
        raise Refused("This is a section: put the cursor on one of its items.")
    return item.item


def _standing(line: RunLine, today: date, style: str) -> str:
    done = f"{line.settled} of {line.items} done"
    if line.finished_on is not None:
        return f"{done} · finished {show_date(line.finished_on, style)}"
    if line.due is None:
        return done
    if line.overdue(today):
        return f"{done} · {OVERDUE_SIGN} {distance(line.due, today, past='late')}"
    return f"{done} · due {show_date(line.due, style)}, {distance(line.due, today)}"
