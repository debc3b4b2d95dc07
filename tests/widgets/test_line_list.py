"""The list: its cursor stays on its key, its columns line up, and a key paints two rows whatever the list's length."""

from collections.abc import Mapping, Sequence

import pytest
from textual.geometry import Region

from tests.hostile import HOSTILE, control_characters
from tests.hosts import WidgetHost, lines_of
from tui_plan.widgets.columns import Column
from tui_plan.widgets.line_list import LineList
from tui_plan.widgets.lines import Piece, Role
from tui_plan.widgets.rows import Fold, ItemRows, Reader, RowView, WindowRows

Entry = tuple[str, int]
READER: Reader[Entry, RowView] = Reader(
    key=lambda entry: entry[0],
    view=lambda entry, fold: RowView(
        (Piece(entry[0]), "12", Piece("▲ late", Role.BAD)), indent=entry[1], fold=fold if entry[1] < 2 else None
    ),
    text=lambda entry: entry[0],
    depth=lambda entry: entry[1],
)


def flat(count: int) -> ItemRows[Entry, RowView]:
    return ItemRows([(f"row {number}", 0) for number in range(1, count + 1)], READER)


def a_list(**options: object) -> LineList:
    columns = [Column("Name"), Column("Days", 6, right=True), Column("Sign", 8, drop=1)]
    return LineList(columns, title="Rows", **options)  # type: ignore[arg-type]


class Recorder(WidgetHost):
    """Keeps the messages of the list."""

    def __init__(self, widget: LineList) -> None:
        super().__init__(widget)
        self.sent: list[tuple[str, str]] = []

    def on_cursor_view_highlighted(self, event: LineList.Highlighted) -> None:
        self.sent.append(("highlighted", event.key))

    def on_cursor_view_activated(self, event: LineList.Activated) -> None:
        self.sent.append(("activated", event.key))

    def on_cursor_view_marked(self, event: LineList.Marked) -> None:
        self.sent.append(("marked", " ".join(sorted(event.view.marked))))


@pytest.mark.parametrize(
    ("keys", "place"),
    [
        ("j j", 3),
        ("down down up", 2),
        ("j j k", 2),
        ("G", 200),
        ("end", 200),
        ("G g g", 1),
        ("G home", 1),
        ("j j g j", 4),
        ("pagedown", 23),
        ("ctrl+d", 12),
        ("pagedown pageup", 1),
        ("ctrl+d ctrl+u", 1),
        ("k", 1),
        ("G j", 200),
    ],
)
async def test_keys_move_the_cursor(keys: str, place: int) -> None:
    widget = a_list()
    async with WidgetHost(widget).run_test(size=(80, 24)) as pilot:
        widget.set_rows(flat(200))
        await pilot.press(*keys.split())
        assert widget.cursor_key == f"row {place}"
        assert lines_of(widget)[0].endswith(f"{place}/200")
        assert any(f"› ▸ row {place} " in line or f"›   row {place} " in line for line in lines_of(widget))


async def test_columns_line_up_and_numbers_stand_right() -> None:
    widget = a_list()
    async with WidgetHost(widget).run_test(size=(60, 6)):
        widget.set_rows(ItemRows([("short", 2), ("日本語", 2), ("x" * 90, 2)], READER))
        heading, *rows = [widget.render_line(y) for y in range(1, 5)]
        assert heading.text.index("Days") + 4 == rows[0].text.index("12") + 2
        assert {row.cell_length for row in rows} == {60}
        assert "…" in rows[2].text


async def test_the_column_to_drop_leaves_on_a_narrow_screen() -> None:
    widget = a_list()
    async with WidgetHost(widget).run_test(size=(38, 6)):
        widget.set_rows(flat(3))
        assert "late" not in "".join(lines_of(widget))


async def test_the_cursor_stays_on_its_key_when_rows_come_and_go() -> None:
    widget = a_list()
    async with WidgetHost(widget).run_test(size=(80, 24)) as pilot:
        widget.set_rows(flat(50))
        await pilot.press(*"jjjj")
        widget.set_rows(ItemRows([("new", 0), *flat(50).items], READER))
        assert widget.cursor_key == "row 5"
        without = [entry for entry in flat(50).items if entry[0] != "row 5"]
        widget.set_rows(ItemRows(without, READER))
        assert widget.cursor_key == "row 7"
        widget.set_rows(flat(2))
        assert widget.cursor_key == "row 2"
        widget.set_rows(flat(0))
        assert widget.cursor_key is None


async def test_the_view_stays_where_the_row_that_the_cursor_goes_to_is_in_view() -> None:
    widget = a_list()
    async with WidgetHost(widget).run_test(size=(40, 12)) as pilot:
        widget.set_rows(flat(50))
        await pilot.pause()
        shown = [line.split()[-3] for line in lines_of(widget)[2:]]
        widget.set_rows(flat(50), key="row 5")
        await pilot.pause()
        assert [line.split()[-3] for line in lines_of(widget)[2:]] == shown
        assert widget.cursor_key == "row 5"
        widget.set_rows(flat(50), key="row 40")
        await pilot.pause()
        assert any("row 40" in line for line in lines_of(widget))


async def test_space_marks_and_marks_follow_their_keys() -> None:
    widget = a_list()
    host = Recorder(widget)
    async with host.run_test(size=(80, 24)) as pilot:
        widget.set_rows(flat(9))
        await pilot.press("space", "j", "space")
        assert widget.targets == ("row 1", "row 3")
        assert "2 marked" in lines_of(widget)[0]
        assert host.sent[-2:] == [("marked", "row 1 row 3"), ("highlighted", "row 4")]
        widget.set_rows(flat(2))
        assert widget.marked == {"row 1"}, "a mark goes with its row"
        widget.set_rows(flat(2).filtered("row 2"))
        assert widget.marked == {"row 1"}, "a filter does not take marks away"
        assert "1 marked, 1 of them not shown" in lines_of(widget)[0]
        assert widget.clear_marks()
        assert not widget.clear_marks()
        assert widget.targets == (widget.cursor_key,)


async def test_enter_and_a_double_click_open() -> None:
    widget = a_list()
    host = Recorder(widget)
    async with host.run_test(size=(80, 24)) as pilot:
        widget.set_rows(flat(9))
        await pilot.press("j", "enter")
        await pilot.pause()
        assert ("activated", "row 2") in host.sent
        await pilot.click(LineList, offset=(10, 5), times=2)
        assert widget.cursor_key == "row 4"
        assert ("activated", "row 4") in host.sent


async def test_h_and_l_fold_a_tree() -> None:
    widget = a_list()
    tree = [("area", 0), ("goal", 1), ("act", 2), ("other", 2), ("area two", 0)]
    async with WidgetHost(widget).run_test(size=(80, 24)) as pilot:
        widget.set_rows(ItemRows(tree, READER))
        await pilot.press("l", "l", "l")
        assert widget.cursor_key == "act"
        await pilot.press("h")
        assert widget.cursor_key == "goal"
        await pilot.press("h")
        assert "› " in lines_of(widget)[3]
        assert "▸ goal" in lines_of(widget)[3]
        assert widget.rows is not None
        assert len(widget.rows) == 3
        assert widget.cursor_key == "goal"
        await pilot.press("l")
        assert len(widget.rows) == 5


async def test_a_search_goes_to_the_first_it_finds_unless_the_cursor_is_on_one() -> None:
    widget = a_list()
    async with WidgetHost(widget).run_test(size=(80, 24)) as pilot:
        widget.set_rows(flat(30))
        await pilot.press("G")
        widget.search("row 2")
        assert widget.cursor_key == "row 2"
        await pilot.press("G")
        widget.search("row 29")
        assert widget.cursor_key == "row 29"
        widget.search("")
        assert widget.cursor_key == "row 29"
        widget.search("nobody")
        assert widget.cursor_key is None


async def test_a_search_in_branches_goes_to_what_it_found_not_to_what_leads_there() -> None:
    widget = a_list()
    async with WidgetHost(widget).run_test(size=(80, 24)):
        widget.set_rows(ItemRows([("area", 0), ("row 1", 1), ("goal", 0), ("row 2", 1)], READER))
        widget.search("row 2")
        assert widget.cursor_key == "row 2"
        widget.search("row")
        assert widget.cursor_key == "row 2"


async def test_n_goes_through_what_the_filter_found() -> None:
    widget = a_list()
    async with WidgetHost(widget).run_test(size=(80, 24)) as pilot:
        widget.set_rows(flat(30).filtered("row 2"))
        await pilot.press("n", "n", "N")
        assert widget.cursor_key == "row 20"


async def test_no_rows_say_what_to_press() -> None:
    widget = a_list(empty="No action yet. Press a to add one.")
    async with WidgetHost(widget).run_test(size=(80, 10)):
        assert "No action yet" not in "".join(lines_of(widget)), "nothing is known before the first rows"
        widget.set_rows(flat(0))
        assert "  No action yet. Press a to add one." in lines_of(widget)


@pytest.mark.parametrize("count", [60, 20_000])
async def test_a_cursor_key_paints_two_rows_and_the_position(count: int, monkeypatch: pytest.MonkeyPatch) -> None:
    widget = a_list()
    painted: list[Region] = []
    async with WidgetHost(widget).run_test(size=(80, 24)) as pilot:
        widget.set_rows(flat(count))
        await pilot.pause()
        refresh = widget.refresh

        def recorded(*regions: Region, **options: bool) -> LineList:
            painted.extend(regions)
            return refresh(*regions, **options)

        monkeypatch.setattr(widget, "refresh", recorded)
        await pilot.press("j")
        assert sorted(region.y for region in painted) == [0, 2, 3]
        assert all(region.height == 1 for region in painted)


async def test_only_rows_in_view_are_asked_for() -> None:
    asked: list[str] = []

    def view(entry: Entry, fold: Fold) -> RowView:
        asked.append(entry[0])
        return RowView((entry[0],))

    reader: Reader[Entry, RowView] = Reader(key=lambda entry: entry[0], view=view)
    widget = a_list()
    async with WidgetHost(widget).run_test(size=(80, 24)) as pilot:
        widget.set_rows(ItemRows([(f"row {number}", 0) for number in range(20_000)], reader))
        await pilot.press("G")
        assert len(set(asked)) < 60


async def test_rows_by_windows_come_when_they_are_scrolled_to() -> None:
    async def fetch(keys: Sequence[str]) -> Mapping[str, RowView]:
        return {key: RowView((f"read {key}",)) for key in keys}

    widget = a_list()
    async with WidgetHost(widget).run_test(size=(80, 24)) as pilot:
        await widget.show(WindowRows([f"k{number}" for number in range(20_000)], fetch))
        assert "read k0" in lines_of(widget)[2]
        await pilot.press("G")
        await pilot.pause()
        assert "read k19999" in lines_of(widget)[-1]


@pytest.mark.parametrize("text", HOSTILE)
async def test_hostile_text_is_only_text(text: str) -> None:
    widget = LineList([Column(text), Column(width=20)], title=text, empty=text)
    reader: Reader[str, RowView] = Reader(key=lambda entry: entry, view=lambda entry, fold: RowView((entry, entry)))
    async with WidgetHost(widget).run_test(size=(80, 10)) as pilot:
        widget.set_rows(ItemRows([text], reader))
        await pilot.press("space", "j")
        assert {widget.render_line(y).cell_length for y in range(10)} == {80}
        assert not control_characters("".join(lines_of(widget)))
        widget.set_rows(ItemRows([], reader))
        assert {widget.render_line(y).cell_length for y in range(10)} == {80}
