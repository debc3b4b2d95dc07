"""Rows in memory fold, filter and keep their order; rows by windows are read only where they are looked at."""

from collections.abc import Mapping, Sequence

from tui_plan.widgets.rows import WINDOW, Fold, ItemRows, Reader, RowView, WindowRows

Node = tuple[str, int]
TREE: list[Node] = [("area", 0), ("goal", 1), ("act one", 2), ("act two", 2), ("other goal", 1), ("second area", 0)]
READER: Reader[Node, RowView] = Reader(
    key=lambda node: node[0],
    view=lambda node, fold: RowView((node[0],), indent=node[1], fold=fold),
    text=lambda node: node[0],
    depth=lambda node: node[1],
)


def keys(rows: ItemRows[Node, RowView]) -> list[str]:
    return [rows.key_at(index) for index in range(len(rows))]


def test_a_tree_shows_everything_at_first() -> None:
    rows = ItemRows(TREE, READER)
    assert keys(rows) == [node[0] for node in TREE]
    assert rows.fold_at(0) is Fold.OPEN
    assert rows.fold_at(2) is Fold.LEAF


def test_a_closed_branch_hides_all_beneath_it() -> None:
    rows = ItemRows(TREE, READER).folded("area", closed=True)
    assert keys(rows) == ["area", "second area"]
    assert rows.fold_at(0) is Fold.CLOSED
    assert keys(rows.folded("area", closed=False)) == keys(ItemRows(TREE, READER))


def test_the_parent_is_the_nearest_row_above_that_is_less_deep() -> None:
    rows = ItemRows(TREE, READER)
    assert [rows.parent_of(index) for index in range(6)] == [None, 0, 1, 1, 0, None]


def test_a_filter_keeps_the_branches_around_what_it_found() -> None:
    rows = ItemRows(TREE, READER, closed=frozenset({"area"})).filtered("ACT")
    assert keys(rows) == ["area", "goal", "act one", "act two"]
    assert rows.found == 2
    assert rows.next_match(0, 1) == 2
    assert rows.next_match(3, 1) == 2
    assert rows.next_match(2, -1) == 3


def test_nothing_found_is_no_row() -> None:
    rows = ItemRows(TREE, READER).filtered("nowhere")
    assert len(rows) == 0
    assert rows.next_match(0, 1) is None


async def test_windows_are_read_once_and_only_where_looked_at() -> None:
    asked: list[Sequence[str]] = []

    async def fetch(wanted: Sequence[str]) -> Mapping[str, RowView]:
        asked.append(wanted)
        return {key: RowView((key,)) for key in wanted}

    rows = WindowRows([f"k{number}" for number in range(20_000)], fetch)
    assert rows.row(700) is None
    await rows.read(700, 720)
    await rows.read(705, 715)
    assert rows.row(700) == RowView(("k700",))
    assert [len(each) for each in asked] == [2 * WINDOW]
