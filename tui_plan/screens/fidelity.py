"""Where core components no longer stand as they were agreed, and which adaptation says why; from here one is added."""

from collections.abc import Iterator, Sequence
from typing import ClassVar, NamedTuple

from textual import on
from textual.binding import BindingType

from tui_plan.insight.comparing import baselines
from tui_plan.insight.details import plan_detail
from tui_plan.insight.drift import NO_ADAPTATION, Adaptation, Drift, DriftLine, drift
from tui_plan.insight.history import FieldChange
from tui_plan.keys import bind
from tui_plan.model.date_words import show_date
from tui_plan.model.errors import Refused
from tui_plan.model.vocabulary import EntryKind
from tui_plan.screens.changing import ChangingScreen
from tui_plan.screens.explaining import flow
from tui_plan.screens.page_links import open_action
from tui_plan.screens.records_dialog import DetailedDialog
from tui_plan.screens.register_asking import ask_edited_entry, ask_entry
from tui_plan.screens.signs import CORE_SIGN, OVERDUE_SIGN
from tui_plan.widgets.columns import Column
from tui_plan.widgets.detail import Block, Heading, Item, Labelled, Paragraph
from tui_plan.widgets.fields import Option, PickField
from tui_plan.widgets.line_list import LineList
from tui_plan.widgets.lines import Piece, Role
from tui_plan.widgets.picker import PickList
from tui_plan.widgets.rows import Fold, Reader, RowView

_ALL_STANDS = "Every core component stands as it was agreed. What is changed in one of them is listed here."
_ELSEWHERE = "Adaptations of something else"
_DIFFER = "What differs"
_NONE = "nothing"
_WORDS_MOST = 300


class FidelityItem(NamedTuple):
    """One row: a core component that differs, an adaptation that names none, or a heading with how many there are."""

    heading: str
    many: int = 0
    line: DriftLine | None = None
    adaptation: Adaptation | None = None

    @property
    def key(self) -> str:
        """What tells it from the others."""
        if self.line is not None:
            return self.line.uid
        return self.adaptation.uid if self.adaptation is not None else self.heading


async def open_fidelity(owner: ChangingScreen, plan: str) -> None:
    """Show the drift of a plan (a uid) over a main screen; go to the action that was chosen there, if one was."""
    name = str((await owner.ask(plan_detail, plan)).values["name"])
    action = await owner.app.push_screen_wait(FidelityDialog(owner, plan, name))
    if action:
        await open_action(owner, action)


class FidelityDialog(DetailedDialog[FidelityItem]):
    """What differs, first that of which nobody has said why; left with the uid of an action to go to, or nothing."""

    NAME = "Fidelity"
    TITLE = "Fidelity"
    EMPTY = _ALL_STANDS
    HELP = (
        f"Core components are actions that the plan cannot do without ({CORE_SIGN} in the outline). Each stands here "
        "when it differs from the baseline: its words, dates, owners, measures. a adds the adaptation that says why, "
        "linked to it; Enter opens the one that there is. f goes to the action; b chooses another named baseline."
    )
    LACKING = frozenset({"remove"})
    CHANGING = frozenset({"add", "edit", "undo", "redo"})
    COLUMNS = (
        Column("What", least=28, share=3),
        Column("Is", width=14),
        Column("Because", least=16, share=2, drop=1),
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        bind("action.follow", "follow", show=True),
        bind("fidelity.baseline", "baseline", show=True),
        bind("plan.export", "export", show=True),
    ]

    _baseline = ""
    """The name of the baseline that was chosen; nothing stands for the first one."""

    async def read_again(self) -> None:
        """Show what differs now."""
        found = await self._owner.ask(drift, self._about, self._owner.app.today, self._baseline)
        reader = Reader[FidelityItem, RowView](
            key=lambda item: item.key, view=_view, depth=lambda item: int(item.many == 0)
        )
        listed = self.query_one(LineList)
        listed.set_empty(found.hint or _ALL_STANDS)
        listed.set_title(_title(found))
        items = list(_items(found))
        at_first = not self._items and bool(items)
        self.show_items(items, reader)
        if at_first:
            listed.move_to(items[1].key)  # not on the heading

    def why_not(self, action: str, parameters: tuple[object, ...]) -> str:
        """Say what needs a core component, and what an adaptation."""
        if sentence := super().why_not(action, parameters):
            return sentence
        item = self.current() if self._items else None
        if action in {"add", "follow"} and (item is None or item.line is None):
            return "Put the cursor on a core component that differs first."
        if action == "follow" and item is not None and item.line is not None and item.line.what == "removed":
            return "This action was removed: there is nothing to go to."
        if action == "edit" and item is not None and item.many:
            return "Put the cursor on a core component that differs, or on an adaptation, first."
        if action == "edit" and item is not None and not _named(item):
            return f"{NO_ADAPTATION.capitalize()}: a adds one."
        return ""

    def opened(self) -> None:
        """Open the adaptation that there is, or add one."""
        item = self.current()
        if item is None or item.many:
            return
        if _named(item) and self.can_do("edit"):
            self.action_edit()
        elif not _named(item) and self.can_do("add"):
            self.action_add()

    def in_full(self, item: FidelityItem) -> tuple[str, list[Block]]:
        """Return what differs, before and now, and why."""
        if item.line is not None:
            return item.line.ref, list(_line_blocks(item.line, self._owner.date_style))
        if item.adaptation is not None:
            return item.adaptation.ref, [_adaptation_item(item.adaptation, self._owner.date_style)]
        return item.heading, []

    @on(LineList.Highlighted)
    def _keys_follow(self) -> None:
        self.refresh_bindings()

    async def add_item(self) -> None:
        """Ask for the adaptation that says why the one under the cursor differs, and keep it."""
        item = self.current()
        if item is None or item.line is None:
            return
        actions = (item.line.uid,) if item.line.what != "removed" else ()
        values = {"title": _changed_words(item.line)}
        await ask_entry(self._owner, EntryKind.ADAPTATION, plan=self._about, actions=actions, values=values)

    async def edit_item(self, item: FidelityItem) -> None:
        """Ask for new words of the latest adaptation, and keep them."""
        if named := _named(item):
            await ask_edited_entry(self._owner, named[-1].uid)

    def action_follow(self) -> None:
        """Leave, and say to which action to go."""
        if (item := self.current()) is not None and item.line is not None:
            self.dismiss(item.line.uid)

    @flow
    async def action_baseline(self) -> None:
        """Compare with another named baseline."""
        named = await self._owner.ask(baselines, self._about)
        if not named:
            raise Refused("No baseline is named yet: “tui-plan baseline 'as agreed'” names the plan as it stands.")
        style = self._owner.date_style
        options = [Option(one.name, one.name, show_date(one.at.date(), style)) for one in reversed(named)]
        field = PickField(name="baseline", label="Compare with", options=options)
        if chosen := await self._owner.app.push_screen_wait(PickList(field, ())):
            self._baseline = chosen[0]
            await self.read_again()

    @flow
    async def action_export(self) -> None:
        """Write what has drifted, to print or to send."""
        from tui_plan.exchange.progress_papers import fidelity_papers
        from tui_plan.screens.export import hand_out

        await hand_out(self._owner, self._about, self._heading, fidelity_papers(self._baseline))


def _items(found: Drift) -> Iterator[FidelityItem]:
    lines = sorted(found.lines, key=lambda line: bool(line.adaptations))
    if lines:
        yield FidelityItem(_DIFFER, len(lines))
        yield from (FidelityItem(_DIFFER, line=line) for line in lines)
    if found.elsewhere:
        yield FidelityItem(_ELSEWHERE, len(found.elsewhere))
        yield from (FidelityItem(_ELSEWHERE, adaptation=one) for one in found.elsewhere)


def _title(found: Drift) -> str:
    if found.hint:
        return "Fidelity"
    core = f"{CORE_SIGN} {found.standing} of {found.core} stand"
    open_ = f" · {OVERDUE_SIGN} {len(found.unexplained)} without a reason" if found.unexplained else ""
    return f"Against “{found.baseline}”: {core}{open_}"


def _named(item: FidelityItem) -> Sequence[Adaptation]:
    if item.line is not None:
        return item.line.adaptations
    return (item.adaptation,) if item.adaptation is not None else ()


def _view(item: FidelityItem, fold: Fold) -> RowView:
    if item.line is not None:
        line = item.line
        known = bool(line.adaptations)
        sign = Piece("✓" if known else OVERDUE_SIGN, Role.GOOD if known else Role.WARN)
        head = (sign, Piece(f" {line.ref} ", Role.DIM), Piece(line.title))
        because = ", ".join(f"{one.ref} {one.title}" for one in line.adaptations)
        why = Piece(because) if known else Piece(NO_ADAPTATION, Role.WARN)
        return RowView((head, line.what, why), indent=1)
    if item.adaptation is not None:
        one = item.adaptation
        head = (Piece("·", Role.DIM), Piece(f" {one.ref} ", Role.DIM), Piece(one.title))
        return RowView((head, Piece(one.manner, Role.DIM), Piece(one.fidelity, Role.DIM)), indent=1)
    return RowView(((Piece(item.heading, Role.STRONG), Piece(f"  {item.many}", Role.DIM)),), fold=fold)


def _line_blocks(line: DriftLine, style: str) -> Iterator[Block]:
    yield Paragraph(line.title, Role.STRONG)
    yield Labelled("It is", line.what)
    for change in line.changes:
        yield Labelled(change.field.capitalize(), _change_words(change))
    yield Heading("Because")
    if not line.adaptations:
        yield Paragraph(f"{NO_ADAPTATION.capitalize()}: a adds the adaptation that says why.", Role.WARN)
    yield from (_adaptation_item(one, style) for one in line.adaptations)


def _adaptation_item(one: Adaptation, style: str) -> Block:
    note = " · ".join(filter(None, (one.manner, one.fidelity, show_date(one.on, style))))
    return Item(f"{one.ref} {one.title}", note=note)


def _change_words(change: FieldChange) -> str:
    return f"{change.before or _NONE} → {change.after or _NONE}"


def _changed_words(line: DriftLine) -> str:
    """Return in a line what differs, as a beginning for the adaptation."""
    changes = "; ".join(f"{change.field} {_change_words(change)}" for change in line.changes)
    return f"{line.ref} {changes or line.what}"[:_WORDS_MOST]
