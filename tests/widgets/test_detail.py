"""The detail pane lays its blocks out for its width, and scrolls."""

import pytest

from tests.hostile import HOSTILE, control_characters
from tests.hosts import WidgetHost, lines_of
from tui_plan.widgets.detail import DetailView, Gap, Heading, Item, KeyRow, Labelled, Paragraph
from tui_plan.widgets.lines import Piece, Role

BLOCKS = (
    Labelled("Responsible", "Department of Education"),
    Labelled("Target", Piece("▲ 12 Mar 2026", Role.BAD)),
    Labelled("Purpose", "So that leaders know which data they need before the budget is written"),
    Heading("Resources", "1"),
    Item("Staff time", note="12 days"),
    Gap(),
    Paragraph("One.\nTwo."),
    KeyRow("j ↓", "Next row"),
)


async def test_labels_stand_in_one_column_and_text_wraps_beside_them() -> None:
    detail = DetailView()
    async with WidgetHost(detail).run_test(size=(44, 20)):
        detail.show("a", "A-12", BLOCKS)
        lines = lines_of(detail)
        assert lines[0] == " A-12"
        assert [lines[y].index(word) for y, word in ((1, "Dep"), (2, "▲"), (3, "So"))] == [14, 14, 14]
        assert lines[4].startswith(" " * 14)
        assert " · Staff time  12 days" in lines
        assert " One." in lines
        assert " Two." in lines


async def test_it_scrolls_and_says_how_much_there_is_below() -> None:
    detail = DetailView()
    async with WidgetHost(detail).run_test(size=(40, 10)) as pilot:
        detail.show("a", "A-12", [Paragraph(f"line {number}") for number in range(30)])
        assert lines_of(detail)[0].endswith("↓21")
        await pilot.press("j", "ctrl+d")
        assert lines_of(detail)[1] == " line 5"
        detail.show("a", "A-12", [Paragraph(f"line {number} again") for number in range(30)])
        assert lines_of(detail)[1] == " line 5 again", "the same record stays where it was scrolled to"
        detail.show("b", "A-13", [Paragraph("other")])
        assert lines_of(detail)[1] == " other"
        await pilot.press("G", "home")


async def test_no_record_shows_the_sentence() -> None:
    detail = DetailView(empty="Nothing chosen.")
    async with WidgetHost(detail).run_test(size=(40, 10)):
        assert " Nothing chosen." in lines_of(detail)


@pytest.mark.parametrize("text", HOSTILE)
async def test_hostile_text_is_only_text(text: str) -> None:
    detail = DetailView(title=text, empty=text)
    async with WidgetHost(detail).run_test(size=(40, 12)):
        blocks = (
            Labelled("Label", text),
            Labelled("Pieces", (Piece(text), Piece(text))),
            Heading(text, text),
            Item(text, note=text),
            Paragraph(text),
        )
        detail.show(text, text, blocks)
        assert {detail.render_line(y).cell_length for y in range(12)} == {40}
        assert not control_characters("".join(lines_of(detail)))
