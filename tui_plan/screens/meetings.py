"""The meeting series of a plan with the meetings that come next: add and edit series, move or cancel one meeting."""

from dataclasses import dataclass
from datetime import date, timedelta

from textual.app import ComposeResult

from tui_plan.insight.details import record_values
from tui_plan.insight.finding import party_choices
from tui_plan.insight.gatherings import Occurrence, SeriesLine, gatherings, series_of
from tui_plan.model.dates import show_date, weekday
from tui_plan.model.recurrence_words import rule_in_words
from tui_plan.model.vocabulary import MeetingStatus, PartyKind
from tui_plan.operations.meetings import (
    MeetingValues,
    SeriesValues,
    add_series,
    edit_meeting,
    edit_series,
    remove_series,
    set_occurrence,
)
from tui_plan.screens.changing import ChangingScreen
from tui_plan.screens.choices import party_options
from tui_plan.screens.confirm import Confirm
from tui_plan.screens.forms_meeting import occurrence_form, series_form
from tui_plan.screens.list_dialog import EditingDialog
from tui_plan.widgets.columns import Column
from tui_plan.widgets.fields import Option
from tui_plan.widgets.line_list import LineList
from tui_plan.widgets.lines import Piece, Role
from tui_plan.widgets.rows import Fold, ItemRows, Reader, RowView

AHEAD = timedelta(weeks=26)
BEHIND = timedelta(weeks=4)
MOST_OF_A_SERIES = 8
_EMPTY = "No meetings yet. Press a for a series of review meetings, such as “monthly on last fri”."


@dataclass(frozen=True, slots=True)
class MeetingItem:
    """One line: a series, or a meeting of it (or one that stands alone)."""

    series: SeriesLine | None
    meeting: Occurrence | None = None

    @property
    def key(self) -> str:
        """A key that stays while the list is read again."""
        if self.meeting is not None:
            return f"{self.meeting.series or self.meeting.meeting}@{self.meeting.original}"
        return self.series.uid if self.series is not None else ""


class MeetingsScreen(EditingDialog[MeetingItem]):
    """A modal list of series, each with its next meetings."""

    NAME = "Meetings"
    TALL = True
    HELP = "Series of meetings with their rules, and the meetings that follow from them. e moves a single one."

    def __init__(self, owner: ChangingScreen, plan: str, name: str) -> None:
        super().__init__(owner, name)
        self._plan = plan

    def compose_list(self) -> ComposeResult:
        """Yield the list."""
        columns = (Column(least=28), Column(width=30), Column(width=14, drop=1))
        yield LineList(columns, title="Meetings", empty=_EMPTY, markable=False)

    async def read_again(self) -> None:
        """Show the series and their meetings as they are now."""
        today = self._owner.app.today
        series = await self._owner.ask(series_of, self._plan)
        meetings = await self._owner.ask(gatherings, today - BEHIND, today + AHEAD, self._plan)
        reader = Reader[MeetingItem, RowView](
            key=lambda item: item.key,
            view=lambda item, fold: _view(item, fold, today, self._owner.date_style),
            depth=lambda item: int(item.meeting is not None and item.series is not None),
        )
        view = self.query_one(LineList)
        closed = view.rows.closed if isinstance(view.rows, ItemRows) else frozenset()
        view.set_rows(ItemRows[MeetingItem, RowView](_items(series, meetings), reader, closed=closed))

    async def add_item(self) -> None:
        """Ask for a new series and keep it."""

        async def submit(values: SeriesValues) -> None:
            await self._owner.ask(add_series, self._owner.author(), self._plan, **values)

        spec = series_form({}, await self._groups(), await self._zone(), self._owner.understand)
        await self._owner.ask_kept(spec, submit, about=f"series-in:{self._plan}")

    async def edit_item(self, item: MeetingItem) -> None:
        """Ask for new values of the series, or of the one meeting, and keep them."""
        if item.meeting is not None:
            await self._edit_meeting(item.meeting)
        elif item.series is not None:
            await self._edit_series(item.series)

    async def remove_item(self, item: MeetingItem) -> None:
        """Remove the series, or cancel the one meeting, after asking."""
        if item.meeting is not None:
            await self._cancel(item.meeting)
        elif item.series is not None and await self._sure(f"Remove the series “{item.series.title}”?"):
            await self._owner.run_change(remove_series, self._owner.author(), item.series.uid)

    async def _edit_series(self, series: SeriesLine) -> None:
        values = await self._owner.ask(record_values, "meeting_series", series.uid)
        version = int(values["row_version"])

        async def submit(typed: SeriesValues) -> None:
            await self._owner.ask(edit_series, self._owner.author(), series.uid, version_seen=version, **typed)

        spec = series_form(values, await self._groups(), series.timezone, self._owner.understand)
        await self._owner.ask_kept(spec, submit, about=f"series:{series.uid}", version=version)

    async def _edit_meeting(self, meeting: Occurrence) -> None:
        async def submit(typed: MeetingValues) -> None:
            await self._write(meeting, typed)

        await self._owner.ask_form(occurrence_form(meeting, self._owner.understand), submit)

    async def _cancel(self, meeting: Occurrence) -> None:
        if await self._sure(f"Cancel the meeting of {meeting.start:%Y-%m-%d}?"):
            await self._write(meeting, MeetingValues(status=MeetingStatus.CANCELLED.value))
            await self._owner.read_again()

    async def _write(self, meeting: Occurrence, values: MeetingValues) -> None:
        author = self._owner.author()
        if meeting.original is not None and meeting.series:
            await self._owner.ask(set_occurrence, author, meeting.series, meeting.original, **values)
        else:
            await self._owner.ask(edit_meeting, author, meeting.meeting, **values)

    async def _sure(self, question: str) -> bool:
        return await self._owner.app.push_screen_wait(Confirm(question, "Undo brings it back."))

    async def _groups(self) -> tuple[Option, ...]:
        return party_options(await self._owner.ask(party_choices), PartyKind.GROUP)

    async def _zone(self) -> str:
        from tzlocal import get_localzone_name

        known = await self._owner.ask(series_of, self._plan)
        return known[-1].timezone if known else get_localzone_name()


def _items(series: list[SeriesLine], meetings: list[Occurrence]) -> list[MeetingItem]:
    items: list[MeetingItem] = []
    for line in series:
        items.append(MeetingItem(line))
        mine = [meeting for meeting in meetings if meeting.series == line.uid]
        items += [MeetingItem(line, meeting) for meeting in mine[:MOST_OF_A_SERIES]]
    return items + [MeetingItem(None, meeting) for meeting in meetings if not meeting.series]


def _view(item: MeetingItem, fold: Fold, today: date, style: str) -> RowView:
    meeting = item.meeting
    if meeting is None and item.series is not None:
        line = item.series
        when = f"{line.start:%H:%M}, {line.minutes} min"
        return RowView((Piece(f"{line.ref} {line.title}", Role.STRONG), rule_in_words(line.rule), when), fold=fold)
    if meeting is None:
        return RowView(("",))
    day = f"{weekday(meeting.start.date())} {show_date(meeting.start.date(), style)} {meeting.start:%H:%M}"
    past = Role.DIM if meeting.start.date() < today or meeting.status == MeetingStatus.CANCELLED else Role.PLAIN
    sign = {MeetingStatus.CANCELLED: "×", MeetingStatus.HELD: "✓"}.get(MeetingStatus(meeting.status), "·")
    alone = f"{meeting.ref} {meeting.title}, " if item.series is None else ""
    head = Piece(f"{sign} {alone}{day}", past)
    return RowView((head, Piece(meeting.difference, Role.WARN), meeting.place), indent=1 if alone else 2)
