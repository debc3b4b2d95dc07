"""Yardstick for keys: one line-API widget over sqlite3, with the ids in memory and rows read in windows of 64.

Run it with the path of a plan database. j and k move; ``space`` commits a change of the row and draws it again.
"""

import sqlite3
import sys

from rich.segment import Segment
from rich.style import Style
from textual.app import App, ComposeResult
from textual.geometry import Size
from textual.scroll_view import ScrollView
from textual.strip import Strip

WINDOW = 64
_ROWS = """
    SELECT a.number, a.status, COALESCE(a.forecast, a.agreed, ''), a.title, COALESCE(p.name, '')
    FROM action a
    LEFT JOIN role r ON r.action_id = a.uid AND r.kind = 'responsible'
    LEFT JOIN party p ON p.uid = r.party_id
    WHERE a.uid IN (SELECT value FROM json_each(?)) GROUP BY a.uid ORDER BY a.number
"""


class Lines(ScrollView, can_focus=True):
    """The actions of a database, one a line."""

    DEFAULT_CSS = "Lines { scrollbar-size: 0 0; }"
    BINDINGS = [("j", "move(1)", "Down"), ("k", "move(-1)", "Up"), ("space", "change", "Change")]

    def __init__(self, path: str) -> None:
        super().__init__()
        self.database = sqlite3.connect(path)
        self.database.execute("PRAGMA synchronous = EXTRA")
        self.ids = [uid for (uid,) in self.database.execute("SELECT uid FROM action ORDER BY number")]
        self.windows: dict[int, list[tuple[str, ...]]] = {}
        self.place = 0

    def on_mount(self) -> None:
        self.virtual_size = Size(120, len(self.ids))
        self.focus()

    def action_move(self, step: int) -> None:
        old, self.place = self.place, max(0, min(len(self.ids) - 1, self.place + step))
        self.refresh_line(old)
        self.refresh_line(self.place)
        top, height = self.scroll_offset.y, self.size.height
        if not top <= self.place < top + height:
            self.scroll_to(y=self.place - height // 2, animate=False)

    def action_change(self) -> None:
        self.database.execute(
            "UPDATE action SET title = title || '.', row_version = row_version + 1 WHERE uid = ?",
            (self.ids[self.place],),
        )
        self.database.commit()
        self.windows.clear()
        self.refresh_line(self.place)

    def render_line(self, y: int) -> Strip:
        line = y + self.scroll_offset.y
        if line >= len(self.ids):
            return Strip.blank(self.size.width)
        row = self.window(line // WINDOW)[line % WINDOW]
        text = f"A-{row[0]:<6} {row[1]:<12} {row[2]:<11} {row[4]:<24.24} {row[3]}"
        style = Style(reverse=True) if line == self.place else Style()
        return Strip([Segment(text, style)]).adjust_cell_length(self.size.width, style)

    def window(self, number: int) -> list[tuple[str, ...]]:
        if number not in self.windows:
            uids = ",".join(f'"{uid}"' for uid in self.ids[number * WINDOW : (number + 1) * WINDOW])
            self.windows[number] = self.database.execute(_ROWS, (f"[{uids}]",)).fetchall()
        return self.windows[number]


class LinesApp(App[None]):
    """The widget alone, and q to leave."""

    BINDINGS = [("q", "quit", "Quit")]

    def compose(self) -> ComposeResult:
        yield Lines(sys.argv[1])


if __name__ == "__main__":
    LinesApp().run()
