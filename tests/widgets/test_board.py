"""The board: its columns at every width, its cursor that follows the card, and what a key paints."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.hostile import HOSTILE, control_characters
from tests.hosts import WidgetHost, lines_of
from tui_plan.widgets.board import Board
from tui_plan.widgets.board_view import (
    CARD_LINES,
    LEAST_WIDE,
    NARROW,
    BoardColumn,
    CardGroup,
    CardLine,
    CardView,
    slots_for,
)
from tui_plan.widgets.lines import Piece, Role
from tui_plan.widgets.rows import ItemRows, Reader

READER: Reader[str, CardView] = Reader(
    key=lambda key: key,
    view=lambda key, fold: CardView(Piece(key, Role.DIM), f"Title of {key}", "Owner", Piece("▲ 12 Mar", Role.BAD)),
)
TITLES = ("not started", "in progress", "complete", "deferred", "withdrawn")


def cards(prefix: str, count: int) -> ItemRows[str, CardView]:
    return ItemRows([f"{prefix}-{number}" for number in range(1, count + 1)], READER)


def five(*counts: int) -> list[BoardColumn]:
    return [
        BoardColumn(title, title, cards(title[0].upper(), count), "○")
        for title, count in zip(TITLES, counts, strict=True)
    ]


@given(st.integers(1, 8), st.data(), st.integers(80, 240))
def test_the_cursors_column_is_always_wide_and_all_stay_on_the_screen(
    count: int, data: st.DataObject, width: int
) -> None:
    current = data.draw(st.integers(0, count - 1))
    slots, first = slots_for(count, current, data.draw(st.integers(0, count - 1)), width)
    assert not slots[current].narrow
    assert first <= current
    assert slots[-1].x + slots[-1].width <= width
    assert all(slot.width >= LEAST_WIDE for slot in slots if not slot.narrow)
    assert all(slot.width == NARROW for slot in slots if slot.narrow)


@given(st.lists(st.integers(0, 5), max_size=6))
def test_every_card_stands_on_its_lines_beneath_its_heading(sizes: list[int]) -> None:
    groups = tuple(CardGroup(f"group {at}", size) for at, size in enumerate(sizes))
    column = BoardColumn("k", "Title", cards("A", sum(sizes)), groups=groups)
    for index in range(sum(sizes)):
        line = column.line_of(index)
        assert [column.entry_at(line + part) for part in range(CARD_LINES)] == [
            CardLine(index, part) for part in range(CARD_LINES)
        ]
    headings = [entry for line in range(column.height) if isinstance(entry := column.entry_at(line), CardGroup)]
    assert headings == list(groups)


async def test_at_80_columns_two_are_wide_and_all_are_named_with_their_count() -> None:
    board = Board()
    async with WidgetHost(board).run_test(size=(80, 24)) as pilot:
        board.set_columns(five(12, 3, 200, 0, 1))
        lines = lines_of(board)
        assert "not started" in lines[0]
        assert "in progress" in lines[0]
        assert "200" in lines[0]
        await pilot.press("l", "l")
        assert board.column_key == "complete"
        assert "complete" in lines_of(board)[0]
        await pilot.press("l", "l", "l")
        assert board.column_key == "withdrawn"
        assert board.cursor_key == "W-1"


async def test_at_150_columns_all_are_wide() -> None:
    board = Board()
    async with WidgetHost(board).run_test(size=(150, 24)):
        board.set_columns(five(1, 1, 1, 1, 1))
        assert all(title in lines_of(board)[0] for title in TITLES)


async def test_each_column_scrolls_alone_and_keeps_its_place() -> None:
    board = Board()
    async with WidgetHost(board).run_test(size=(80, 24)) as pilot:
        board.set_columns(five(50, 50, 0, 0, 0))
        await pilot.press(*"jjjjjjjjj", "l")
        assert board.cursor_key == "I-1"
        assert "N-10" in "".join(lines_of(board))
        await pilot.press("h")
        assert board.cursor_key == "N-10"
        await pilot.press("G")
        assert board.cursor_key == "N-50"
        await pilot.press("g", "g")
        assert board.cursor_key == "N-1"


async def test_the_cursor_follows_its_card_to_another_column() -> None:
    board = Board()
    async with WidgetHost(board).run_test(size=(80, 24)) as pilot:
        board.set_columns(five(5, 2, 0, 0, 0))
        await pilot.press("j", "j")
        moved = [
            BoardColumn("a", "not started", ItemRows(["N-1", "N-2", "N-4"], READER)),
            BoardColumn("b", "in progress", ItemRows(["I-1", "N-3", "I-2"], READER)),
        ]
        board.set_columns(moved)
        assert (board.column_key, board.cursor_key) == ("b", "N-3")
        board.set_columns([BoardColumn("a", "not started", ItemRows([], READER))])
        assert board.cursor_key is None
        assert board.targets == ()


async def test_an_empty_column_can_be_entered_and_shows_a_dash() -> None:
    board = Board(empty="Nothing here.")
    async with WidgetHost(board).run_test(size=(80, 24)) as pilot:
        board.set_columns(five(1, 0, 0, 0, 0))
        await pilot.press("l", "j", "k", "G", "space", "enter")
        assert board.cursor_key is None
        assert "–" in lines_of(board)[2]
        assert "Nothing here." not in "".join(lines_of(board))


async def test_an_empty_board_says_once_and_in_full_what_to_press() -> None:
    sentence = "No actions yet. Press 1 for the plans, open one with Enter, and add actions there with a."
    board = Board(empty=sentence)
    async with WidgetHost(board).run_test(size=(80, 24)):
        board.set_columns(five(0, 0, 0, 0, 0))
        assert " ".join(line.strip() for line in lines_of(board)[2:]).strip() == sentence


async def test_a_long_date_leaves_room_for_reference_and_owner() -> None:
    board = Board()
    reader = Reader(
        key=lambda key: key, view=lambda key, _: CardView(key, "Title", "GSA", "1 activity per quarter " * 3)
    )
    async with WidgetHost(board).run_test(size=(80, 24)):
        board.set_columns([BoardColumn(str(at), "T", ItemRows(["A-1"] if at == 0 else [], reader)) for at in range(5)])
        assert "A-1 GSA" in lines_of(board)[2]
        assert "1 activity per…" in lines_of(board)[2]


async def test_marks_are_given_in_the_order_of_the_board() -> None:
    board = Board()
    async with WidgetHost(board).run_test(size=(80, 24)) as pilot:
        board.set_columns(five(5, 2, 0, 0, 0))
        await pilot.press("l", "space", "h", "space")
        assert board.targets == ("N-1", "I-1")


@pytest.mark.parametrize("count", [40, 20_000])
async def test_a_cursor_key_paints_two_cards_and_asks_only_for_cards_in_view(count: int) -> None:
    asked: set[str] = set()

    def view(key: str, fold: object) -> CardView:
        asked.add(key)
        return CardView(key, key)

    board = Board()
    reader: Reader[str, CardView] = Reader(key=lambda key: key, view=view)
    column = BoardColumn("a", "not started", ItemRows([f"A-{number}" for number in range(count)], reader))
    async with WidgetHost(board).run_test(size=(80, 24)) as pilot:
        board.set_columns([column, *five(0, 1, 1, 1, 1)[1:]])
        before = lines_of(board)
        await pilot.press("j")
        after = lines_of(board)
        changed = [y for y in range(24) if before[y] != after[y]]
        assert len(changed) <= 1 + 2 * CARD_LINES
        assert len(asked) < 12


@pytest.mark.parametrize("text", HOSTILE)
async def test_hostile_text_is_only_text(text: str) -> None:
    board = Board(empty=text)
    reader: Reader[str, CardView] = Reader(
        key=lambda key: key, view=lambda key, fold: CardView(text, text, text, text[:20])
    )
    columns = [BoardColumn(title, text, ItemRows([title], reader), "○", (CardGroup(text, 1),)) for title in TITLES]
    async with WidgetHost(board).run_test(size=(80, 24)) as pilot:
        board.set_columns(columns)
        await pilot.press("l", "l", "space")
        assert {board.render_line(y).cell_length for y in range(24)} == {80}
        assert not control_characters("".join(lines_of(board)))
