"""The modal in which every record is added and edited. It returns a typed value and writes nothing itself.

A screen pushes it with a ``FormSpec``; with ``submit`` the operation is tried while the form stays open, so that what
was typed survives a refusal, which is shown under its field.
"""

from collections.abc import Awaitable, Callable, Mapping
from itertools import groupby
from typing import ClassVar, Generic, TypeVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.screen import ModalScreen
from textual.timer import Timer

from tui_plan.keys import bind
from tui_plan.model.errors import InvalidInput, PlanError
from tui_plan.resources import style_file
from tui_plan.screens.confirm import Confirm
from tui_plan.widgets.field_row import FieldRow, HeadLine
from tui_plan.widgets.fields import Field, FormSpec
from tui_plan.widgets.key_line import KeyLine
from tui_plan.widgets.lines import Piece, Role
from tui_plan.widgets.text_line import TextLine

T = TypeVar("T")
ROOMY_FROM = 34
"""Screen lines from which every field has an empty line beneath it."""

BORDERS, TITLE_AND_KEYS = 2, 3
"""Lines that are not for fields: the border's; the title, the space under it and the keys."""

DRAFT_AFTER = 0.5
"""Seconds after the last key until the draft is kept."""


class NotYet(Exception):
    """Raised by ``submit`` to leave the form open as it is, without a word: what it would do was looked at only."""


class FormScreen(ModalScreen[T | None], Generic[T]):
    """A form; dismissed with what ``spec.build`` made, or None when left without saving.

    ``submit`` is awaited on save and may raise PlanError, or NotYet. ``on_draft`` gets the raw texts of the fields that
    were touched, half a second after the last key; ``resume`` are such texts from a draft, laid over the first ones, so
    that what a colleague has changed since in other fields stays.
    """

    CSS_PATH = [style_file("forms.tcss")]
    BINDINGS: ClassVar[list[BindingType]] = [
        bind("form.save", "save", show=True, priority=True),
        bind("form.cancel", "leave", show=True),
        bind("form.next", "app.focus_next", show=True),
    ]

    def __init__(
        self,
        spec: FormSpec[T],
        *,
        submit: Callable[[T], Awaitable[None]] | None = None,
        on_draft: Callable[[Mapping[str, str]], None] | None = None,
        resume: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__(classes="dialog")
        self._spec = spec
        self._submit = submit
        self._on_draft = on_draft
        self._first = spec.first()
        self._start = {name: (resume or {}).get(name, raw) for name, raw in self._first.items()}
        self._draft_timer: Timer | None = None

    @property
    def raw(self) -> dict[str, str]:
        """What every field holds now, as text."""
        return {row.owner.name: row.raw for row in self.query(FieldRow)}

    def compose(self) -> ComposeResult:
        """Yield the title, the fields in reading order, and the keys."""
        with Vertical(classes="dialog-box"):
            yield HeadLine(self._spec.title)
            if self._spec.intro:
                yield TextLine(Piece(self._spec.intro, Role.DIM), most=1)
            with VerticalScroll(classes="fields", can_focus=False):
                for half, group in groupby(self._spec.fields, key=lambda each: each.half):
                    yield from self._rows(list(group), half=half)
            yield TextLine(Piece(""), most=3, id="form-problem")
            yield KeyLine()

    def _rows(self, fields: list[Field], *, half: bool) -> ComposeResult:
        if not half:
            for each in fields:
                yield FieldRow(each, self._start[each.name])
            return
        for at in range(0, len(fields), 2):
            with Horizontal(classes="halves"):
                for each in fields[at : at + 2]:
                    yield FieldRow(each, self._start[each.name])

    def on_resize(self) -> None:
        """Leave room for the title and the keys; the fields scroll in the rest, closer together on a short screen."""
        self.set_class(self.size.height < ROOMY_FROM, "-short")
        self._leave_room()

    def on_mount(self) -> None:
        """Put the focus into the first field, and tell in the title which field it is in."""
        self.query(FieldRow).first().focus_editor()
        self.watch(self, "focused", self._tell_place)

    def _leave_room(self) -> None:
        problem = self.query_one("#form-problem", TextLine)
        around = BORDERS + TITLE_AND_KEYS + bool(self._spec.intro) + problem.lines_in(problem.size.width)
        self.query_one(".fields").styles.max_height = max(4, self.size.height - around)

    def _tell_place(self) -> None:
        rows = list(self.query(FieldRow))
        place = next((at for at, row in enumerate(rows, 1) if row.has_focus_within), 0)
        if place:
            self.query_one(HeadLine).set_place(f"{place}/{len(rows)}")

    @on(FieldRow.Changed)
    def _keep_draft(self) -> None:
        if self._on_draft is None:
            return
        if self._draft_timer is not None:
            self._draft_timer.stop()
        self._draft_timer = self.set_timer(DRAFT_AFTER, self._tell_draft)

    def _tell_draft(self) -> None:
        if self._on_draft is not None:
            self._on_draft({name: raw for name, raw in self.raw.items() if raw != self._first[name]})

    @work(exclusive=True)
    async def action_save(self) -> None:
        """Read every field; show all problems at once, or submit and leave with the result."""
        self._show_problems({})
        values, problems = self._spec.read(self.raw)
        if values is None:
            self._show_problems(problems)
            return
        try:
            result = self._spec.build(values)
            if self._submit is not None:
                await self._submit(result)
        except InvalidInput as problem:
            self._show_problems(dict(problem.problems) or {"": str(problem)})
        except PlanError as problem:
            self._show_problems({"": str(problem)})
        except NotYet:
            return
        else:
            self.dismiss(result)

    @work(exclusive=True)
    async def action_leave(self) -> None:
        """Leave, asking first when something was typed."""
        if self.raw == self._first or await self.app.push_screen_wait(
            Confirm(
                "Leave without saving?", "What you typed in this form will be lost.", yes="Leave", no="Go on typing"
            )
        ):
            self.dismiss(None)

    def _show_problems(self, problems: Mapping[str, str]) -> None:
        rows = {row.owner.name: row for row in self.query(FieldRow)}
        for name, row in rows.items():
            row.show_problem(problems.get(name, ""))
        rest = [sentence for name, sentence in problems.items() if name not in rows]
        if len(problems) > 1:
            rest.append(f"{len(problems)} fields need another look.")
        self.query_one("#form-problem", TextLine).say(Piece(f"✗ {' '.join(rest)}" if rest else "", Role.BAD))
        self._leave_room()
        first = next((row for name, row in rows.items() if name in problems), None)
        if first is not None:
            first.focus_editor()
