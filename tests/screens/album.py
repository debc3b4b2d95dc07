"""Taking pictures of what the screen looks like, and comparing them with those that lie beside the test."""

import re
from dataclasses import dataclass

from pytest_textual_snapshot import SVGImageExtension
from syrupy.assertion import SnapshotAssertion

from tests.hosts import Driver, stored
from tui_plan.widgets.cursor import CursorView
from tui_plan.widgets.detail import DetailView

FONTS = re.compile(r"@font-face \{.*?\}\n", re.DOTALL)
"""Where a picture would fetch its letters from: any monospaced font does."""

SIZES = [(80, 24), (120, 40)]


@dataclass(frozen=True)
class Album:
    """Compares what the screen looks like with the picture of that name."""

    user: Driver
    pictures: SnapshotAssertion
    prefix: str

    async def take(self, name: str) -> None:
        """Wait until the detail has followed the cursor, then compare."""
        await self.user.settle()
        screen = self.user.app.screen
        view, detail = next(iter(screen.query(CursorView)), None), next(iter(screen.query("#detail")), None)
        if view is not None and view.cursor_key is not None and isinstance(detail, DetailView):
            await self.user.until(lambda: detail.about == view.cursor_key)
            await self.user.settle()
        columns, rows = self.user.app.size
        found = FONTS.sub("", self.user.app.export_screenshot(title="tui-plan", simplify=True))
        assert found == self.pictures(name=f"{self.prefix}-{name}-{columns}x{rows}", extension_class=SVGImageExtension)

    async def after(self, *keys: str, name: str) -> None:
        """Press keys, and compare what then stands there."""
        await self.user.press(*keys)
        await self.take(name)

    async def to(self, title: str) -> None:
        """Put the cursor on an action by its title, in the outline or on the board."""
        key = stored(self.user.session, "SELECT uid FROM action WHERE title = ?", title)[0][0]
        view = self.user.app.screen.query_one("#outline, #board")
        assert isinstance(view, CursorView)
        getattr(view, "move_to")(key)  # noqa: B009  both have it; what they share does not say so
        await self.user.settle()
