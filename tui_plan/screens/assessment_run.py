"""An assessment filled in together, quality by quality, from the keyboard; what was said last time stands beside it."""

from collections.abc import Iterator
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType

from tui_plan.insight.assessing import Sheet, sheet_of
from tui_plan.insight.assessments import Said
from tui_plan.insight.checklists import ItemLine, RunDetail, checklist_run
from tui_plan.keys import bind
from tui_plan.model.date_words import show_date
from tui_plan.model.errors import Refused
from tui_plan.model.vocabulary import SIGNS, Candour, Rating
from tui_plan.operations.checklists import ItemValues, say_item
from tui_plan.screens.assessment_blocks import WIDE_FROM, Side, rating_words, texts_of, two_sides
from tui_plan.screens.changing import ChangingScreen
from tui_plan.screens.checklist_run import RunDialog, RunItem, only_item
from tui_plan.screens.explaining import flow, step
from tui_plan.screens.forms_assessing import quality_form
from tui_plan.screens.forms_checklist import finish_form
from tui_plan.screens.signs import candour_sign, status_sign
from tui_plan.screens.stage_blocks import action_items, run_words
from tui_plan.screens.stage_rows import rating_piece
from tui_plan.widgets.columns import Column
from tui_plan.widgets.detail import Block, Gap, Heading, Labelled, Paragraph
from tui_plan.widgets.fields import FormSpec
from tui_plan.widgets.line_list import LineList
from tui_plan.widgets.lines import Piece, Role
from tui_plan.widgets.rows import Fold, ItemRows, RowView
from tui_plan.widgets.text_line import TextLine

_WORDS = frozenset({"edit", "finish", "rate", "again", "candour"})
_TEXTS = ("successes", "challenges", "next_steps", "evidence")
_SAID = (*_TEXTS, "rating", "candour")


class AssessmentDialog(RunDialog):
    """A modal list of the qualities of an assessment, by section; below it what is said now and was said last time."""

    NAME = "Assessment"
    HELP = (
        "1 in place, 2 partly, 3 not yet, 4 not applicable; 0 takes it back. e writes down by what it shows, what goes "
        "well, what does not, and the next step; m makes an action of that. Esc leaves; it can be gone on with later. "
        "◈ marks candid words, which stay in the house; → the actions that came of a next step, with how they stand."
    )
    COLUMNS = (Column(least=44), Column(width=6, drop=1), Column(width=15, drop=3), Column(width=5, drop=2))
    PANE = "below -large"
    DONE = "rated"
    CHANGING = frozenset({"undo", "redo", "make_action"}) | _WORDS
    OF_A_RUNNING = _WORDS
    LACKING = frozenset({"add", "remove", "tick"})
    BINDINGS: ClassVar[list[BindingType]] = [
        bind("item.in_place", f"rate('{Rating.IN_PLACE}')"),
        bind("item.partly", f"rate('{Rating.PARTLY}')"),
        bind("item.not_yet", f"rate('{Rating.NOT_YET}')"),
        bind("item.not_applicable", f"rate('{Rating.NOT_APPLICABLE}')"),
        bind("item.unsaid", "rate('')"),
        bind("item.outside", "outside"),
        bind("item.again", "again", show=True),
        bind("item.candour", "candour"),
        bind("step.action", "make_action", show=True),
        bind("stage.follow", "follow"),
        bind("plan.export", "export"),
    ]

    def __init__(self, owner: ChangingScreen, run: str, key: str = "") -> None:
        super().__init__(owner, run)
        self._sheet: Sheet | None = None
        self._first = key
        """The key of the quality to begin on."""

    def on_resize(self) -> None:
        """Put what was said last time beside what is said now, or under it."""
        self.show_in_full()

    # How it looks

    def compose_list(self) -> ComposeResult:
        """Yield what has changed in the template, the list, and the pane below it."""
        yield TextLine(Piece(""), most=1, id="template")
        yield from super().compose_list()

    async def read_around(self, run: RunDetail) -> None:
        """Read what was said last time, and the actions that came of it; the first time also the template."""
        at_first = self._sheet is None
        self._sheet = await self._owner.ask(sheet_of, run.line.uid)
        if at_first:
            from tui_plan.exchange.checklist_templates import changed_since

            changed, line = await self._owner.ask(changed_since, run), self.query_one("#template", TextLine)
            line.display = bool(changed)
            line.say(Piece(" ".join(changed), Role.DIM))

    def is_done(self, item: ItemLine) -> bool:
        """Return whether a quality is rated."""
        return item.rated

    def first_key(self, run: RunDetail) -> str | None:
        """Return the quality that was asked for, else the first that is not rated."""
        wanted = next((item.uid for item in run.items if item.key == self._first), None)
        return wanted or super().first_key(run)

    def heading_of(self, run: RunDetail) -> str:
        """Return what is assessed, whose view it is, and since when."""
        return f"{run.line.ref} {run.line.title} · begun {show_date(run.line.started_on, self._owner.date_style)}"

    def standing_of(self, run: RunDetail) -> str:
        """Return how many are rated, and when it was finished."""
        rated = f"{sum(item.rated for item in run.items)} of {len(run.items)} rated"
        finished = run.line.finished_on
        if finished is not None:
            return f"{rated} · finished {show_date(finished, self._owner.date_style)}"
        return f"{rated} · {'  '.join(f'{key} {SIGNS[rating]}' for key, rating in enumerate(Rating, 1))}"

    def view_of(self, item: RunItem, fold: Fold) -> RowView:
        """Return a section with how many are rated, or a quality with its rating, that of last time, and its marks."""
        line = item.item
        if line is None:
            counts = Piece(f"  {item.settled} of {item.items} rated", Role.DIM)
            return RowView(((Piece(item.section, Role.HEADING), counts), "", "", ""), fold=fold)
        rating, before = rating_piece(line.rating), self._before(line)
        text = Piece(f" {line.text}", Role.DIM if line.rating == Rating.NOT_APPLICABLE else Role.PLAIN)
        was = Piece(f"was {SIGNS.get(before.rating, '·')}" if before is not None else "", Role.DIM)
        return RowView(
            ((rating, text), self._marks(line), Piece(line.rating, rating.role), was), indent=1 if line.section else 0
        )

    def in_full(self, item: RunItem) -> tuple[str, list[Block]]:
        """Return a quality in full, with what is said now and was said last time; of a section, how far it is."""
        if item.item is None:
            return super().in_full(item)
        line, now, before = item.item, self._now_said(item.item), self._before(item.item)
        blocks: list[Block] = [Paragraph(line.text, Role.STRONG), *self._views(line), *self._both(now, before)]
        actions = [*(now.actions if now is not None else ()), *(before.actions if before is not None else ())]
        if actions:
            blocks += [Heading("Actions that came of it", "f"), *action_items(actions, self._owner.app.today)]
        return f"Now: {rating_words(line.rating)}", blocks

    def form_of(self, item: ItemLine) -> FormSpec[ItemValues]:
        """Return the form of a quality."""
        return quality_form(item)

    def end_form(self, run: RunDetail) -> FormSpec[str]:
        """Return the form that finishes it, which says how many are not rated."""
        left = sum(not item.rated for item in run.items)
        all_rated = f"All {len(run.items)} qualities are rated"
        still = f"{left} of {len(run.items)} qualities are not rated and stay so" if left else all_rated
        return finish_form(run.line, run.remarks, still)

    # What the keys do

    def action_outside(self) -> None:
        """Say which ratings there are."""
        self.say("A rating goes from 1, in place, to 4, not applicable; 0 takes it back.", wrong=True)

    @step
    async def action_rate(self, rating: str) -> None:
        """Rate the quality under the cursor, or take that back, and go on to the next."""
        if (item := self.current()) is not None:
            await self._say(only_item(item), ItemValues(rating=rating), go_on=bool(rating))
            if rating and self._run is not None and all(each.rated for each in self._run.items):
                self.say(f"All {len(self._run.items)} are rated: F finishes.")

    @step
    async def action_again(self) -> None:
        """Say again what was said last time, where nothing is said yet, and go on to the next."""
        if (item := self.current()) is None:
            return
        line = only_item(item)
        if (before := self._before(line)) is None:
            raise Refused("Nothing was said of this last time.")
        await self._say(line, _as_before(line, before), go_on=True)

    @step
    async def action_candour(self) -> None:
        """Keep the words of the quality in the house, or let them out."""
        if (item := self.current()) is None:
            return
        line = only_item(item)
        other = Candour(line.candour).other
        await self._say(line, ItemValues(candour=other.value))
        words = "candid and stay in the house" if other is Candour.CANDID else "shareable and may leave the house"
        self.say(f"These words are {words}.")

    @flow
    async def action_make_action(self) -> None:
        """Make an action of the next step of the quality under the cursor."""
        from tui_plan.screens.assessing import make_step_action

        if (item := self.current()) is not None:
            await make_step_action(self._owner, only_item(item).uid)
            await self.read_again()

    @flow
    async def action_follow(self) -> None:
        """Go to an action that came of the quality, in its plan."""
        from tui_plan.screens.page_links import follow_actions

        if (item := self.current()) is None:
            return
        line = only_item(item)
        said = [each for each in (self._now_said(line), self._before(line)) if each is not None]
        actions = [action for each in said for action in each.actions]
        if not actions:
            raise Refused("No action came of this yet: m makes one of the next step.")
        await follow_actions(
            self._owner, [(action.uid, f"{action.ref} {action.title}", action.status) for action in actions]
        )

    @flow
    async def action_export(self) -> None:
        """Write the assessment, to print or to send."""
        from tui_plan.exchange.progress_papers import ASSESSMENT_PAPERS
        from tui_plan.screens.export import hand_out

        if self._sheet is not None:
            await hand_out(self._owner, self._sheet.run.uid, self._sheet.run.title, ASSESSMENT_PAPERS)

    async def _say(self, line: ItemLine, values: ItemValues, *, go_on: bool = False) -> None:
        """Say how a quality stands; what stands around the run is as it was, so that the run alone is read again."""
        author = self._owner.author()
        await self._owner.run_change(say_item, author, line.uid, version_seen=line.row_version, **values)
        run = await self._owner.ask(checklist_run, self._about)
        self.show_run(run, key=self._next_key() if go_on else None)

    def _next_key(self) -> str | None:
        """Return the next quality, over the heading of a section; None on the last one."""
        view = self.query_one(LineList)
        rows = view.rows
        if not isinstance(rows, ItemRows) or view.cursor_key is None:
            return None
        after = range((rows.index_of(view.cursor_key) or 0) + 1, len(rows))
        return next((rows.key_at(at) for at in after if rows.item_at(at).item is not None), None)

    def _now_said(self, line: ItemLine) -> Said | None:
        """Return what is said now: the words of the run, with the actions that came of them."""
        said = self._sheet.now.get(line.key) if self._sheet is not None else None
        return said._replace(**{field: getattr(line, field) for field in _SAID}) if said is not None else None

    def _before(self, line: ItemLine) -> Said | None:
        return self._sheet.before.get(line.key) if self._sheet is not None else None

    def _never_said(self) -> str:
        by_one = self._sheet is not None and self._sheet.run.party
        return "They said nothing of it before." if by_one else "Nothing was agreed on it before."

    def _views(self, line: ItemLine) -> Iterator[Block]:
        """Yield how partners rated the quality, while they seek a consensus."""
        views = self._sheet.views.get(line.key, ()) if self._sheet is not None else ()
        if views:
            yield Labelled("Partners", "   ".join(f"{rating_piece(rating).text} {who}" for who, rating in views))

    def _both(self, now: Said | None, before: Said | None) -> Iterator[Block]:
        """Yield what is said now, and beside or below it what was said last time."""
        if before is not None and self.size.width >= WIDE_FROM:
            last = f"{show_date(before.run.started_on, self._owner.date_style)} {before.run.ref}"
            yield from two_sides(Side("Now", "", now), Side("Last time", last, before), wide=True)
            return
        if now is not None:
            yield from texts_of(now)
        if before is None:
            yield from (Gap(), Paragraph(self._never_said(), Role.DIM))
            return
        yield Heading(f"Last time: {rating_words(before.rating)}", f"{run_words(before.run, self._owner.date_style)}")
        yield from texts_of(before)

    def _marks(self, line: ItemLine) -> tuple[Piece, ...]:
        """Return whether words may leave the house, and the actions that came of it with the sign of how each stands.

        What a partner says is candid before it is said, so that only its words need the sign.
        """
        said = self._now_said(line)
        words = any(getattr(line, field) for field in _TEXTS)
        kept_in = line.candour == Candour.CANDID and self._sheet is not None and not self._sheet.run.party
        candid = candour_sign(line.candour) if words or kept_in else Piece(" ")
        actions = said.actions if said is not None else ()
        arrow = Piece(" →" if actions else "", Role.DIM)
        return (candid, arrow, *(status_sign(action.status) for action in actions[:3]))


def _as_before(line: ItemLine, before: Said) -> ItemValues:
    """Return what is said again: rating and words that are not there yet. Candid words stay candid."""
    values = ItemValues()
    if not line.rating and before.rating:
        values["rating"] = before.rating
    for field in _TEXTS:
        if not getattr(line, field) and (text := getattr(before, field)):
            values[field] = text  # type: ignore[literal-required]
    if not values:
        raise Refused("Everything that was said last time is said already: 0 takes the rating back, e changes words.")
    if before.candour == Candour.CANDID:
        values["candour"] = Candour.CANDID.value
    return values
