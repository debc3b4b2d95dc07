"""What was said of an action, or of a plan as a whole: who said it, and whether it may leave the house."""

from typing import ClassVar

from textual.binding import BindingType

from tui_plan.insight.details import NoteLine, action_detail, plan_detail
from tui_plan.keys import bind
from tui_plan.model.vocabulary import Candour, PartyKind
from tui_plan.operations.parts import add_note, edit_note, remove_part
from tui_plan.screens.changing import ChangingScreen
from tui_plan.screens.detail_blocks import note_origin
from tui_plan.screens.explaining import step
from tui_plan.screens.forms_action import NoteChoice, Report, note_edit_form, note_form
from tui_plan.screens.records_dialog import DetailedDialog
from tui_plan.screens.signs import candour_sign
from tui_plan.widgets.columns import Column
from tui_plan.widgets.detail import Block, Labelled, Paragraph
from tui_plan.widgets.lines import Piece, Role
from tui_plan.widgets.rows import Reader, RowView

_WORDS = {
    Candour.CANDID: "candid: it stays in the house",
    Candour.SHAREABLE: "shareable: it may stand in what partners get",
}


class NotesDialog(DetailedDialog[NoteLine]):
    """A modal list of notes, the latest first; one key says whether a note may leave the house."""

    NAME = "Notes"
    TITLE = "Notes"
    EMPTY = "Nothing was written down yet. Press a to write down what somebody said."
    HELP = (
        "What was said, by whom, and when. c makes a candid note shareable, or a shareable one candid: what is "
        "written for partners leaves candid notes out, and says how many."
    )
    COLUMNS = (Column(width=11), Column(least=30), Column(width=32, drop=1))
    CHANGING = DetailedDialog.CHANGING | {"candour"}
    BINDINGS: ClassVar[list[BindingType]] = [bind("note.candour", "candour", show=True)]

    def __init__(self, owner: ChangingScreen, about: str, name: str, *, of_plan: bool = False) -> None:
        """``about`` is the uid of an action, or of a plan."""
        super().__init__(owner, about, name)
        self._of_plan = of_plan

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Hide what needs a note while there is none."""
        if action == "candour" and not self._items:
            return False
        return super().check_action(action, parameters)

    async def read_again(self) -> None:
        """Show the notes as they are now."""
        style = self._owner.date_style
        reader = Reader[NoteLine, RowView](key=lambda note: note.uid, view=lambda note, _: _view(note, style))
        self.show_items(await self._notes(), reader)

    def in_full(self, item: NoteLine) -> tuple[str, list[Block]]:
        """Return all of a note."""
        sign = candour_sign(item.candour)
        words = (sign, Piece(f" {_WORDS[Candour(item.candour)]}", sign.role))
        origin = note_origin(item, self._owner.date_style) or "nobody's word"
        return "Note", [Labelled("This is", words), Labelled("Said by", origin), Paragraph(item.text)]

    async def add_item(self) -> None:
        """Ask for a new note and keep it."""
        where = {"plan" if self._of_plan else "action": self._about}

        async def submit(report: Report) -> None:
            author = self._owner.author(report.word)
            today = self._owner.app.today
            self._added = await self._owner.ask(
                add_note, author, report.note, today=today, candour=report.candour, **where
            )

        spec = note_form(self._heading, await self.parties(PartyKind.PERSON))
        await self._owner.ask_kept(spec, submit, about=f"note:{self._about}")

    async def edit_item(self, item: NoteLine) -> None:
        """Ask for the right words and keep them."""

        async def submit(choice: NoteChoice) -> None:
            await self._owner.change_merging(
                edit_note,
                self._owner.author(),
                item.uid,
                text=choice.text,
                candour=choice.candour,
                version_seen=item.row_version,
            )

        spec = note_edit_form(item.text, item.candour, self._heading)
        await self._owner.ask_kept(spec, submit, about=f"note:{item.uid}", version=item.row_version)

    async def remove_item(self, item: NoteLine) -> None:
        """Remove a note that was written by mistake, after asking."""
        if await self.sure("Remove this note?", "The ledger keeps that it was there. Undo brings it back."):
            await self._owner.run_change(remove_part, self._owner.author(), "note", item.uid)

    @step
    async def action_candour(self) -> None:
        """Make the note under the cursor candid, or shareable."""
        if (note := self.current()) is None:
            return
        other = Candour(note.candour).other
        author, version = self._owner.author(), note.row_version
        await self._owner.run_change(edit_note, author, note.uid, text=note.text, candour=other, version_seen=version)
        await self.catch_up()
        self.say(f"The note is {_WORDS[other]}.")

    async def _notes(self) -> tuple[NoteLine, ...]:
        if self._of_plan:
            return (await self._owner.ask(plan_detail, self._about)).notes
        return (await self._owner.ask(action_detail, self._about, self._owner.app.today)).notes


def _view(note: NoteLine, style: str) -> RowView:
    sign = candour_sign(note.candour)
    origin = Piece(note_origin(note, style), Role.DIM)
    return RowView(((sign, Piece(f" {note.candour}", sign.role)), Piece(" ".join(note.text.split())), origin))
