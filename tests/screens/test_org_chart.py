"""The org chart: posts under those they report to, holders, vacancies since when; folding, one or all, handed out."""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path

from tests.hosts import Driver, running
from tests.screens.party_dialogs import listed
from tests.screens.people import ODD_BODY
from tests.screens.test_roster import open_roster, to
from tui_plan.screens.org_chart import OrgChartDialog
from tui_plan.screens.roster import RosterScreen
from tui_plan.session import Session
from tui_plan.widgets.line_list import LineList

On = Callable[[str], Session]


@asynccontextmanager
async def chart(session: Session, name: str, size: tuple[int, int] = (80, 24)) -> AsyncIterator[Driver]:
    """Run the program with the org chart open, from somebody's row on the roster."""
    async with running(session, size) as user:
        await open_roster(user)
        await to(user, name)
        await user.press("O")
        await user.until(lambda: isinstance(user.app.screen, OrgChartDialog))
        await user.settle()
        yield user


async def test_posts_stand_under_those_they_report_to(session_on: On) -> None:
    async with chart(session_on("people"), "Kofi Mensah", (120, 40)) as user:
        await user.sees("As it stands on 2026-03-16", "The whole partnership · 5 posts, ! 2 vacant")
        assert [[cell for cell in row if cell] for row in listed(user)] == [
            [ODD_BODY],
            ["Clinic liaison", "! vacant"],
            ["Harbour University"],
            ["Dean of education", "Dev Patel"],
            ["Literacy coordinator", "! vacant since 2025-12-01", "Cara Diaz, Grace Kim"],
            ["Northside School District"],
            ["Superintendent", "María Chen", "Ben Ode"],
            ["Data lead", "~ Ben Ode (acting)"],
        ]
        view = user.app.screen.query_one(LineList)
        assert view.rows is not None
        depths = [row.indent for index in range(len(view.rows)) if (row := view.rows.row(index)) is not None]
        assert depths == [0, 1, 0, 1, 2, 0, 1, 2]


async def test_branches_fold_and_the_filter_keeps_the_way_to_what_it_finds(session_on: On) -> None:
    async with chart(session_on("people"), "Kofi Mensah") as user:
        await user.press("j", "j", "h")
        await user.misses("Dean of education")
        await user.press("l", "slash")
        await user.type("grace")
        await user.press("enter")
        await user.sees("Harbour University", "Literacy coordinator")
        await user.misses("Superintendent")
        await user.press("escape")
        await user.sees("Superintendent")


async def test_enter_goes_to_the_record_on_the_roster(session_on: On) -> None:
    async with chart(session_on("people"), "Kofi Mensah") as user:
        await user.press("j", "enter")
        await user.until(lambda: isinstance(user.app.screen, RosterScreen))
        screen = user.app.screen
        assert isinstance(screen, RosterScreen)
        await user.until(lambda: (row := screen.current()) is not None and row.name == "Clinic liaison")


async def test_one_organisation_or_all(session_on: On) -> None:
    async with chart(session_on("people"), "Harbour University") as user:
        await user.sees("Harbour University · 2 posts, ! 1 vacant")
        await user.misses("Superintendent")
        await user.press("b")
        await user.sees("The whole partnership · 5 posts", "Superintendent")
        await user.press("G", "b")
        await user.sees("Northside School District · 2 posts")
        await user.misses("Dean of education")


async def test_without_posts_it_says_how_to_add_one(session_on: On) -> None:
    async with running(session_on("empty")) as user:
        await open_roster(user)
        await user.press("O")
        await user.sees("There are no posts yet", "a on the roster adds one")
        await user.press("enter", "b")
        assert isinstance(user.app.screen, OrgChartDialog)


async def test_it_is_copied_as_text(session_on: On) -> None:
    async with chart(session_on("people"), "Harbour University") as user:
        await user.press("y")
        assert "Literacy coordinator" in user.app.clipboard
        assert "vacant since 2025-12-01" in user.app.clipboard
        assert user.said == "Copied the chart as text."


async def test_it_is_written_as_a_picture(session_on: On, tmp_path: Path) -> None:
    async with chart(session_on("people"), "Harbour University") as user:
        await user.press("E", "right", "right", "tab", "end", "backspace")
        await user.type(str(tmp_path))
        await user.press("ctrl+s")
        await user.until(lambda: "Written: " in user.said)
        written = (tmp_path / "harbour-university-org-chart.svg").read_text()
        assert "Dean of education" in written
        assert "Superintendent" not in written
