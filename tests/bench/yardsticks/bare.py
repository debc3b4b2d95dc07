"""Yardstick for start, memory and idling: the barest Textual program, one static line."""

from textual.app import App, ComposeResult
from textual.widgets import Static


class Bare(App[None]):
    """One line, and q to leave."""

    BINDINGS = [("q", "quit", "Quit")]

    def compose(self) -> ComposeResult:
        yield Static("Bare and ready")


if __name__ == "__main__":
    Bare().run()
