"""Where partners differ most about a stage: each partner's rating in a column, and what each says in the pane below."""

from tui_plan.insight.assessing import Differing, differing
from tui_plan.insight.assessments import Divergence, Said
from tui_plan.insight.stages import stage_line
from tui_plan.model.vocabulary import Rating
from tui_plan.screens.changing import ChangingScreen
from tui_plan.screens.records_dialog import DetailedDialog
from tui_plan.screens.stage_blocks import said_blocks
from tui_plan.screens.stage_rows import RATING_ROLES, rating_piece
from tui_plan.widgets.columns import Column
from tui_plan.widgets.detail import Block, Heading, Paragraph
from tui_plan.widgets.line_list import LineList
from tui_plan.widgets.lines import Piece, Role
from tui_plan.widgets.rows import Reader, RowView
from tui_plan.widgets.text import crop

_NAME_WIDTHS = (8, 8, 8, 6)
"""Cells of a partner's name by how many there are; that of many more is ``_SHORT``."""

_SHORT = 4
_WORDS = {Rating.IN_PLACE: "in place", Rating.PARTLY: "partly", Rating.NOT_YET: "not yet"}
"""From the best to the worst, as short as they stand in a cell."""

_FAR = 2


async def open_divergence(owner: ChangingScreen, plan: str, stage: str = "") -> None:
    """Show where partners differ most: about one stage (a uid), or about all of a plan."""
    title = (await owner.ask(stage_line, stage)).title if stage else "all stages"
    await owner.app.push_screen_wait(DivergenceDialog(owner, plan, stage, title))


class DivergenceDialog(DetailedDialog[Divergence]):
    """A modal list of qualities, those on which partners are furthest apart first."""

    NAME = "Differ"
    TITLE = "Where partners differ"
    EMPTY = (
        "No two partners have rated the same quality yet. s on the stages assesses it as one partner "
        "sees it: say there whose view it is."
    )
    HELP = (
        "By the latest assessment of each partner. ✓ in place, ◐ partly, ○ not yet, – not applicable, · not rated. "
        "Talk first about what stands on top: there partners live with different plans."
    )
    PANE = "below -large"
    LACKING = frozenset({"add", "edit", "remove"})

    def __init__(self, owner: ChangingScreen, plan: str, stage: str, title: str) -> None:
        super().__init__(owner, plan, title)
        self._stage = stage
        self._found = Differing((), (), {})

    async def read_again(self) -> None:
        """Show where partners differ now."""
        self._found = found = await self._owner.ask(differing, self._about, self._stage)
        listed = self.query_one(LineList)
        listed.set_title(f"{self.TITLE} · {len(found.partners)} partners" if found.partners else self.TITLE)
        listed.set_columns(_columns(found.partners))
        reader = Reader[Divergence, RowView](key=lambda line: line.quality.key, view=lambda line, _: self._view(line))
        self.show_items(found.lines, reader)

    def opened(self) -> None:
        """Go to the texts of each, to scroll there."""
        self.action_other_pane()

    def in_full(self, item: Divergence) -> tuple[str, list[Block]]:
        """Return the quality, and what each partner says of it."""
        blocks: list[Block] = [Paragraph(item.quality.text, Role.STRONG)]
        for said in self._found.said.get(item.quality.key, ()):
            blocks += self._of_partner(said)
        return _apart(item).text, blocks

    def _of_partner(self, said: Said) -> list[Block]:
        return [Heading(said.run.who, said.run.ref), *said_blocks(said, self._owner.app.today, self._owner.date_style)]

    def _view(self, line: Divergence) -> RowView:
        views = dict(line.views)
        signs = (rating_piece(views.get(name)) for name in self._found.partners)
        return RowView((Piece(line.quality.text), _apart(line), *signs))


def _columns(partners: tuple[str, ...]) -> tuple[Column, ...]:
    """Return the columns: as many partners as fit, the first ones; the pane below tells all."""
    width = _NAME_WIDTHS[len(partners)] if len(partners) < len(_NAME_WIDTHS) else _SHORT
    names = (Column(crop(name, width), width=width, drop=place) for place, name in enumerate(partners, 1))
    return (Column("Quality", least=22), Column("Apart", width=18), *names)


def _apart(line: Divergence) -> Piece:
    """Return how far partners are apart, in words from the best to the worst."""
    ratings = [rating for _, rating in line.views]
    found = [words for rating, words in _WORDS.items() if rating in ratings]
    if line.spread == 0:
        return Piece(f"all {found[0]}", RATING_ROLES[next(rating for rating in _WORDS if rating in ratings)])
    return Piece(f"{found[0]} … {found[-1]}", Role.BAD if line.spread >= _FAR else Role.WARN)
