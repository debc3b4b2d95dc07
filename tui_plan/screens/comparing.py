"""Any two assessments side by side: what each says of every quality, and what changed from one to the other."""

from collections.abc import Sequence
from typing import ClassVar

from textual.binding import BindingType

from tui_plan.insight.assessing import Compared, compared
from tui_plan.insight.assessments import Assessment, Said, assessments, said_of
from tui_plan.keys import bind
from tui_plan.model.errors import Refused
from tui_plan.model.vocabulary import Rating
from tui_plan.screens.assessing import choose_assessment
from tui_plan.screens.assessment_blocks import WIDE_FROM, Side, two_sides
from tui_plan.screens.changing import ChangingScreen
from tui_plan.screens.explaining import flow
from tui_plan.screens.records_dialog import DetailedDialog
from tui_plan.screens.stage_blocks import run_words
from tui_plan.screens.stage_rows import rating_piece
from tui_plan.widgets.columns import Column
from tui_plan.widgets.detail import Block, Paragraph
from tui_plan.widgets.line_list import LineList
from tui_plan.widgets.lines import Piece, Role
from tui_plan.widgets.rows import Reader, RowView
from tui_plan.widgets.text_line import TextLine

_ORDER = (Rating.NOT_YET, Rating.PARTLY, Rating.IN_PLACE)
_ONLY_CHANGED = "Nothing changed between the two. Press ! to see every quality again."


async def open_compare(owner: ChangingScreen, plan: str, key: str = "", *, right: str = "") -> None:
    """Lay two assessments of a plan side by side; ``key`` is the quality to begin on, ``right`` the later one (a uid).

    Without ``right`` it is the latest by consensus, of those that asked for the quality; the left is the one before.
    """
    runs = await owner.ask(assessments, plan)
    asked = [said.run for said in await owner.ask(said_of, runs, key)] if key else runs
    pair = _pair(asked, right) or _pair(runs, right)
    if pair is None:
        raise Refused("There are no two assessments by one checklist to compare yet: s begins one.")
    await owner.app.push_screen_wait(CompareDialog(owner, plan, pair, key))


class CompareDialog(DetailedDialog[Compared]):
    """A modal list of the qualities of two assessments; the texts of both below."""

    NAME = "Compare"
    HELP = (
        "[ chooses the assessment on the left, ] the one on the right; ! shows only what changed. ↑ is better and ↓ "
        "worse than on the left (of two views: higher and lower); words means that only the words differ."
    )
    COLUMNS = (Column("Quality", least=30), Column("Left", width=5), Column("Right", width=5), Column("", width=11))
    PANE = "below -large"
    LACKING = frozenset({"add", "edit", "remove"})
    BINDINGS: ClassVar[list[BindingType]] = [
        bind("compare.left", "choose('left')", show=True),
        bind("compare.right", "choose('right')", show=True),
        bind("compare.changed", "changed", show=True),
    ]

    def __init__(self, owner: ChangingScreen, plan: str, pair: tuple[Assessment, Assessment], key: str = "") -> None:
        super().__init__(owner, plan, "")
        self._left, self._right = pair
        self._first: str | None = key or None
        self._only_changed = False
        self._found: Sequence[Compared] = ()

    async def read_again(self) -> None:
        """Show both as they are now."""
        style = self._owner.date_style
        self._found = await self._owner.ask(compared, self._left.uid, self._right.uid)
        heads = (f"{run.ref} {run_words(run, style)}" for run in (self._left, self._right))
        self.query(TextLine).first().say(Piece("  ⇄  ".join(heads), Role.DIM))
        self._show()

    def on_resize(self) -> None:
        """Put the texts side by side, or one above the other."""
        self.show_in_full()

    def opened(self) -> None:
        """Go to the texts, to scroll there."""
        self.action_other_pane()

    def in_full(self, item: Compared) -> tuple[str, list[Block]]:
        """Return the quality, and what each assessment says of it."""
        blocks: list[Block] = [Paragraph(item.quality.text, Role.STRONG)]
        sides = (self._side(self._left, item.one), self._side(self._right, item.other))
        return item.quality.section or "Quality", [*blocks, *two_sides(*sides, wide=self.size.width >= WIDE_FROM)]

    def action_changed(self) -> None:
        """Show only what changed, or all again."""
        self._only_changed = not self._only_changed
        self._show()

    @flow
    async def action_choose(self, side: str) -> None:
        """Choose the assessment on one side; where the other is by another checklist, one beside it is taken."""
        runs = await self._owner.ask(assessments, self._about)
        run = await choose_assessment(self._owner, runs, "On the left" if side == "left" else "On the right")
        if run is None:
            return
        other = self._right if side == "left" else self._left
        if other.template != run.template:
            other = next((each for each in runs if each.template == run.template and each.uid != run.uid), run)
        self._left, self._right = (run, other) if side == "left" else (other, run)
        await self.read_again()

    def _show(self) -> None:
        found = self._found
        changed = [each for each in found if each.changed]
        both = sum(each.in_both for each in found)
        counted = f"{len(changed)} of {both} changed" if both else "No quality was asked in both"
        view = self.query_one(LineList)
        view.set_title(counted + (" · only these" if self._only_changed else ""))
        view.set_empty(_ONLY_CHANGED)
        reader = Reader[Compared, RowView](key=lambda each: each.quality.key, view=lambda each, _: _view(each))
        self.show_items(changed if self._only_changed else found, reader, key=self._first)
        self._first = None

    def _side(self, run: Assessment, said: Said | None) -> Side:
        return Side(run_words(run, self._owner.date_style), run.ref, said)


def _pair(runs: Sequence[Assessment], right: str) -> tuple[Assessment, Assessment] | None:
    """Return the right one and the one before it by the same checklist: of the same stage and view, if there is one."""
    latest = sorted(runs, key=lambda run: (run.uid != right, bool(run.party), -runs.index(run)))
    for later in latest:
        others = [run for run in runs if run.template == later.template and run.uid != later.uid]
        before = [run for run in others if (run.started_on, run.number) < (later.started_on, later.number)] or others
        if before:
            return max(
                before, key=lambda run: (run.stage == later.stage, run.party == later.party, runs.index(run))
            ), later
    return None


_ONE_VIEW = ("↑ better", "↓ worse", "≠ changed")
_TWO_VIEWS = ("↑ higher", "↓ lower", "≠ differs")
"""How the right rates it against the left: of one view over time, or of two views."""


def _view(each: Compared) -> RowView:
    signs = tuple(rating_piece(said.rating if said is not None else None) for said in (each.one, each.other))
    return RowView((Piece(each.quality.text), *signs, _change(each)))


def _change(each: Compared) -> Piece:
    """Return how the right differs from the left, in a word with its sign."""
    if each.one is None or each.other is None:
        return Piece("only left" if each.other is None else "only right", Role.DIM)
    if not each.rating_changed:
        return Piece("words", Role.DIM) if each.changed else Piece("")
    words = _ONE_VIEW if each.one.run.party == each.other.run.party else _TWO_VIEWS
    one, other = (
        _ORDER.index(Rating(said.rating)) if said.rating in _ORDER else None for said in (each.one, each.other)
    )
    if one is None or other is None:
        return Piece(words[2], Role.ACCENT)
    return Piece(words[0], Role.GOOD) if other > one else Piece(words[1], Role.BAD)
