"""One field of a form on the screen: label and hint above, the editor, and what was understood or is wrong beneath."""

from dataclasses import dataclass

from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.message import Message
from textual.strip import Strip
from textual.widget import Widget
from textual.widgets import Input, TextArea

from tui_plan.widgets.choice import Choice
from tui_plan.widgets.fields import (
    ChoiceField,
    DateField,
    Field,
    LongTextField,
    Option,
    PickField,
    TextField,
    YesNoField,
)
from tui_plan.widgets.lines import LineView, Piece, Role
from tui_plan.widgets.picker import Picker
from tui_plan.widgets.text import width_of
from tui_plan.widgets.text_line import TextLine

YES_NO = (Option("no", "no"), Option("yes", "yes"))


class HeadLine(LineView):
    """The title of a form, and on the right which field of how many has the focus."""

    def __init__(self, title: str) -> None:
        super().__init__()
        self._title = title
        self._place = ""

    def set_place(self, place: str) -> None:
        """Change what stands on the right."""
        self._place = place
        self.update_lines()

    def line_at(self, y: int) -> Strip:
        """Return the line."""
        return self.strip_of(
            _ends(Piece(self._title, Role.TITLE), self._place if y == 0 else "", self.size.width), self.size.width
        )


class _Head(LineView):
    """The line above an editor: the label on the left and a dim hint on the right."""

    def __init__(self, left: Piece, right: str = "") -> None:
        super().__init__()
        self._left = left
        self._right = right

    def line_at(self, y: int) -> Strip:
        """Return the line."""
        return self.strip_of(_ends(self._left, self._right if y == 0 else "", self.size.width), self.size.width)


def _ends(left: Piece, right: str, width: int) -> list[Piece]:
    """Return ``left``, and ``right`` at the end of the line where there is room for it."""
    room = width - width_of(left.text) - width_of(right)
    return [left] if room < 1 else [left, Piece(" " * room), Piece(right, Role.DIM)]


class FieldRow(Vertical):
    """A field with its editor; ``raw`` is what it holds now."""

    @dataclass
    class Changed(Message):
        """The field holds something else now."""

        row: "FieldRow"

    def __init__(self, owner: Field, raw: str) -> None:
        super().__init__(classes="field")
        self.owner = owner
        self._raw = raw
        self._under = TextLine(Piece(""), most=3, classes="under")
        self._editor = _editor_for(owner, raw)

    @property
    def raw(self) -> str:
        """What the field holds, as text."""
        return self._raw

    def compose(self) -> ComposeResult:
        """Yield label, editor and the line beneath."""
        star = " *" if self.owner.required else ""
        yield _Head(Piece(self.owner.label + star, Role.STRONG), self.owner.hint)
        yield self._editor
        yield self._under

    def on_mount(self) -> None:
        """Keep the cursor from blinking: over a slow line that costs 2.5 kB a second."""
        if isinstance(self._editor, Input | TextArea):
            self._editor.cursor_blink = False
        self.show_problem("")

    def show_problem(self, sentence: str) -> None:
        """Show what is wrong beneath the field, or with no sentence what was understood."""
        note = Piece(f"✗ {sentence}", Role.BAD) if sentence else Piece(self.owner.note(self._raw), Role.DIM)
        self._under.say(note)
        self._under.set_class(not note.text and not isinstance(self.owner, DateField), "-blank")

    def focus_editor(self) -> None:
        """Give the editor the focus."""
        self._editor.focus()

    @on(Input.Changed)
    @on(TextArea.Changed)
    @on(Choice.Changed)
    @on(Picker.Changed)
    def _changed(self, event: Message) -> None:
        event.stop()
        raw = _raw_of(self._editor)
        if raw != self._raw:
            self._raw = raw
            self.show_problem("")
            self.post_message(self.Changed(self))


def _editor_for(owner: Field, raw: str) -> Widget:
    if isinstance(owner, PickField):
        return Picker(owner, raw)
    if isinstance(owner, ChoiceField):
        return Choice(owner.options, raw)
    if isinstance(owner, YesNoField):
        return Choice(YES_NO, raw)
    if isinstance(owner, LongTextField) or (isinstance(owner, TextField) and owner.height > 1):
        area = TextArea(raw, soft_wrap=True, show_line_numbers=False, highlight_cursor_line=False)
        area.styles.height = owner.height
        return area
    return Input(raw, select_on_focus=False)


def _raw_of(editor: Widget) -> str:
    match editor:
        case Input():
            return editor.value
        case TextArea():
            return editor.text
        case Choice():
            return editor.chosen
        case Picker():
            return editor.raw
        case _:
            raise TypeError(type(editor).__name__)
