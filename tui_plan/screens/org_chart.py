"""The org chart as a tree that folds: organisations, the posts in them by whom they report to, and who holds each.

It is left with the uid of the post or organisation that was opened, or with nothing.
"""

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType

from tui_plan.exchange.people_papers import CHART_PAPERS
from tui_plan.insight.org_chart import ChartNode, org_chart
from tui_plan.keys import bind
from tui_plan.model.date_words import show_date
from tui_plan.model.vocabulary import PartyKind
from tui_plan.screens.changing import ChangingScreen
from tui_plan.screens.explaining import flow, step
from tui_plan.screens.searching_dialog import SearchingDialog
from tui_plan.screens.signs import OVERDUE_SIGN
from tui_plan.widgets.columns import Column
from tui_plan.widgets.line_list import LineList
from tui_plan.widgets.lines import Piece, Role
from tui_plan.widgets.rows import Fold, Reader, RowView

ACTING = " (acting)"
WHOLE = "The whole partnership"
_EMPTY = "There are no posts yet. Esc, then a on the roster adds one; o on it says who holds it."
_COLUMNS = (
    Column("Post", least=24, share=3),
    Column("Held by", least=26, share=3),
    Column("Stands in", least=18, drop=1, share=2),
)


class OrgChartDialog(SearchingDialog[ChartNode]):
    """The tree of one organisation or of all; Enter goes to the record on the roster."""

    NAME = "Org chart"
    TALL = True
    HELP = "Posts stand under the post that they report to. Vacant posts say since when, who only acts in one says so."
    CHANGING = frozenset()
    BINDINGS: ClassVar[list[BindingType]] = [
        bind("chart.whole", "whole", show=True),
        bind("plan.export", "export", show=True),
        bind("program.copy", "copy", show=True),
    ]

    def __init__(self, owner: ChangingScreen, organisation: str | None, name: str) -> None:
        """Show one organisation by its uid and name, or with None the whole partnership."""
        super().__init__(owner, f"As it stands on {show_date(owner.app.today, owner.date_style)}")
        self._organisation = organisation
        self._whose = name if organisation else WHOLE
        self._chart: list[ChartNode] = []

    def compose_panes(self) -> ComposeResult:
        """Yield the tree."""
        yield LineList(_COLUMNS, title=self._whose, empty=_EMPTY, markable=False)

    async def read_again(self) -> None:
        """Show the posts and who holds them today."""
        self._chart = await self._owner.ask(org_chart, self._owner.app.today, self._organisation)
        style = self._owner.date_style
        reader = Reader[ChartNode, RowView](
            key=lambda node: node.uid or node.name,
            view=lambda node, fold: _view(node, fold, style),
            text=lambda node: f"{node.name} {' '.join(node.holders)} {' '.join(node.alternates)}",
            depth=lambda node: node.depth,
        )
        self.show_items(self._chart, reader)
        posts = sum(node.kind == PartyKind.POST for node in self._chart)
        vacant = sum(node.vacant for node in self._chart)
        self.listed.set_title(
            f"{self._whose} · {posts} {'post' if posts == 1 else 'posts'}"
            + (f", {OVERDUE_SIGN} {vacant} vacant" if vacant else "")
        )

    def opened(self) -> None:
        """Leave, and say which record was opened."""
        if (node := self.current()) is not None and node.uid:
            self.dismiss(node.uid)

    @step
    async def action_whole(self) -> None:
        """Show the organisation under the cursor alone, or the whole partnership again."""
        node = self._organisation_here() if self._organisation is None else None
        self._organisation, self._whose = (node.uid, node.name) if node is not None else (None, WHOLE)
        await self.read_again()

    @flow
    async def action_export(self) -> None:
        """Write the chart as text, Markdown or a picture."""
        from tui_plan.screens.export import hand_out

        await hand_out(self._owner, self._organisation or "", self._whose, CHART_PAPERS)

    def copied_text(self) -> tuple[str, str]:
        """Return the chart as text."""
        from tui_plan.exchange.org_chart_papers import org_chart_text

        return org_chart_text(self._chart, self._owner.app.today, self._owner.date_style), "Copied the chart as text."

    def _organisation_here(self) -> ChartNode | None:
        """Return the organisation that the row under the cursor belongs to."""
        here = self.current()
        at = self._chart.index(here) if here is not None else -1
        above = (node for node in self._chart[at::-1] if node.kind == PartyKind.ORGANISATION)
        found = next(above, None) if at >= 0 else None
        return found if found is not None and found.uid else None


def _view(node: ChartNode, fold: Fold, style: str) -> RowView:
    if node.kind != PartyKind.POST:
        return RowView((Piece(node.name, Role.STRONG),), indent=node.depth, fold=fold)
    stands_in = Piece(", ".join(node.alternates), Role.DIM)
    return RowView((Piece(node.name), _holders(node, style), stands_in), indent=node.depth, fold=fold)


def _holders(node: ChartNode, style: str) -> Piece:
    if not node.vacant:
        acting = all(name.endswith(ACTING) for name in node.holders)
        return Piece(f"{'~ ' if acting else ''}{', '.join(node.holders)}", Role.ACCENT if acting else Role.PLAIN)
    since = f" since {show_date(node.vacant_since, style)}" if node.vacant_since else ""
    return Piece(f"{OVERDUE_SIGN} vacant{since}", Role.WARN)
