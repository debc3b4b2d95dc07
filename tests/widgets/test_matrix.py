"""The grid of five by five: what lies where, how many do not fit, and the field under the cursor without colour."""

from tests.hosts import WidgetHost, lines_of
from tui_plan.widgets.lines import Piece
from tui_plan.widgets.matrix import Matrix

LABELS = {number: str(number) for number in range(1, 6)}


def a_matrix() -> Matrix:
    return Matrix(LABELS, LABELS, corner="Both", id="matrix")


async def test_the_highest_row_stands_on_top_and_the_cursor_has_brackets() -> None:
    matrix = a_matrix()
    async with WidgetHost(matrix).run_test(size=(80, 24)) as pilot:
        matrix.styles.height = "auto"
        empty = {(row, column): Piece(str(row * column)) for row in range(1, 6) for column in range(1, 6)}
        matrix.show({(4, 2): [Piece("R-7")]}, empty)
        await pilot.pause()
        lines = [line.split() for line in lines_of(matrix)]
        assert lines[0] == ["Both", "1", "2", "3", "4", "5"]
        assert lines[1] == ["5", "5", "10", "15", "20", "[25", "]"]
        assert lines[2] == ["4", "4", "R-7", "12", "16", "20"]
        await pilot.press("j", "h", "h", "h")
        assert matrix.at == (4, 2)
        assert "[R-7" in lines_of(matrix)[2]
        await pilot.press("G", "j", "h")
        assert (matrix.at, matrix.cursor_key) == ((1, 1), "1x1")
        await pilot.press("home")
        assert matrix.at == (5, 5)


async def test_what_does_not_fit_is_counted() -> None:
    matrix = a_matrix()
    async with WidgetHost(matrix).run_test(size=(80, 24)) as pilot:
        matrix.styles.height = "auto"
        matrix.show({(4, 2): [Piece(f"R-{number}") for number in range(101, 109)]}, {})
        await pilot.pause()
        assert lines_of(matrix)[2].split() == ["4", "R-101", "+7"]
        matrix.styles.height = 11
        await pilot.pause()
        assert [line.split() for line in lines_of(matrix)[3:5]] == [["4", "R-101"], ["R-102", "+6"]]
