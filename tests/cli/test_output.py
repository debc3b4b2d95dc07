"""Lines: what reaches the terminal, and that they fit."""

import pytest

from tests.hostile import HOSTILE, control_characters
from tui_plan.cli.output import Page, bar, cells, crop, fit, percent


@pytest.mark.parametrize("text", HOSTILE, ids=lambda text: ascii(text)[:30])
def test_nothing_that_a_terminal_obeys_is_printed(text: str, capsys: pytest.CaptureFixture[str]) -> None:
    page = Page(colour=True)
    encodable = text.encode(errors="ignore").decode()
    page.line(encodable)
    page.say(encodable)
    assert control_characters(capsys.readouterr().out) <= {"\n"}
    page.json({"text": encodable})
    assert control_characters(capsys.readouterr().out) <= {"\n"}


@pytest.mark.parametrize("text", HOSTILE, ids=lambda text: ascii(text)[:30])
@pytest.mark.parametrize("width", [0, 1, 2, 7, 40])
def test_every_text_fits(text: str, width: int) -> None:
    assert cells(fit(text, width)) == width
    assert cells(crop(text, width)) <= width


@pytest.mark.parametrize(
    ("share", "drawn", "told"),
    [
        (None, "░░░░", "–"),
        (0.0, "░░░░", "0 %"),
        (0.01, "█░░░", "1 %"),
        (0.5, "██░░", "50 %"),
        (0.999, "███░", "99 %"),
        (1.0, "████", "100 %"),
    ],
)
def test_a_share_looks_full_only_when_all_is_done(share: float | None, drawn: str, told: str) -> None:
    assert (bar(share, 4), percent(share)) == (drawn, told)
