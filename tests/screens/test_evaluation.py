"""The evaluation of a plan: measures by area, data that is due, readings written here, and what shows soon."""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

from tests.hosts import Driver, running, stored
from tests.screens.working_plan import ALOUD, MISSED, SIGNED
from tui_plan.screens.evaluation import EvaluationDialog
from tui_plan.screens.measures import MeasuresDialog
from tui_plan.screens.outline import OutlineScreen
from tui_plan.screens.plans import PlansScreen
from tui_plan.session import Session
from tui_plan.widgets.line_list import LineList

On = Callable[[str], Session]
ALOUD_READINGS = (
    "SELECT taken_on, value, remark, reading.evidence FROM reading JOIN outcome_measure "
    "ON outcome_measure.uid = measure_id WHERE unit = '%' AND taken_on > '2026-01-01'"
)


@asynccontextmanager
async def evaluating(session: Session, size: tuple[int, int] = (120, 40)) -> AsyncIterator[Driver]:
    """Run the program with the evaluation of its plan open."""
    async with running(session, size) as user:
        await user.press("V")
        await user.until(lambda: isinstance(user.app.screen, EvaluationDialog))
        yield user


async def on(user: Driver, statement: str) -> None:
    """Put the cursor on a measure by its statement."""
    uid = stored(user.session, "SELECT uid FROM outcome_measure WHERE statement = ?", statement)[0][0]
    user.app.screen.query_one(LineList).move_to(uid)
    await user.settle()


async def test_measures_and_quick_wins_lead_to_their_actions(session_on: On) -> None:
    async with evaluating(session_on("working")) as user:
        await user.press("G")
        await user.press("enter")
        await user.until(lambda: isinstance(user.app.screen, OutlineScreen))
        await user.sees("A-5 · action")
        await user.press("V", "f")
        await user.sees("Put the cursor on an outcome measure or a quick win first.")
        await on(user, SIGNED)
        await user.press("f")
        await user.sees("A-1 · action")


async def test_measures_stand_by_area_what_is_overdue_first(session_on: On) -> None:
    async with evaluating(session_on("working")) as user:
        await user.sees("4 outcome measures, data of 1 overdue", "Pilot  first outcome", "seen 2025-12-01")
        await user.sees("▁▃█", "52 / 80", "43%", "! 6 weeks late", "– / 1,200", "2026-06-30", "✓ 100%")
        text = user.text
        assert text.index("A-4 Children who read") < text.index(f"A-1 {SIGNED}") < text.index("Spread  first")
        assert "Quick wins within 60 days" in text
        await user.sees("Development area", "first outcome seen on 2025-12-01", "Reading      38 %")
        await user.press("enter")
        await user.misses("52 / 80")
        await user.press("enter")
        await user.sees("52 / 80")
        await user.press("G")
        await user.sees("Quick win", "A-5 Tell the families", "2026-05-04, in 7 weeks", "Partner school")
        await on(user, MISSED)
        await user.sees("24 → 5", "2026-03-02  4", "no evidence")


async def test_a_reading_is_written_where_data_is_overdue_and_all_are_shown(session_on: On) -> None:
    async with evaluating(session_on("working")) as user:
        await user.press("exclamation_mark")
        await user.sees("only what is overdue", "! 6 weeks late")
        await user.misses("Partners sign")
        await on(user, ALOUD)
        await user.press("R")
        await user.sees("New reading", ALOUD)
        await user.type("61 eleven schools")
        await user.press("tab")
        await user.type("minutes of 16 March")
        await user.press("ctrl+s")
        await user.stores(ALOUD_READINGS, ("2026-03-16", "61", "eleven schools", "minutes of 16 March"))
        await user.sees("No data is overdue. Press ! to see everything again.")
        await user.press("u")
        await user.sees("! 6 weeks late")
        await user.press("U", "escape")
        await user.sees("no data overdue", "61 / 80", "2026-04-01")
        await on(user, ALOUD)
        await user.press("enter")
        await user.until(lambda: isinstance(user.app.screen, MeasuresDialog))
        await user.sees("A-4 Train the staff", "2026-03-16  eleven schools · minutes of 16 March", "2025-10-03")
        assert "a Add" not in user.text
        await user.press("j")
        await user.sees("Taken on     2026-03-16", "Evidence     minutes of 16 March")
        await user.press("escape", "slash")
        await user.type("sign")
        await user.sees(SIGNED)
        await user.misses("Children who read")
        await user.press("escape", "escape")
        await user.until(lambda: isinstance(user.app.screen, PlansScreen))


async def test_a_plan_without_measures_says_how_to_begin_and_a_heading_takes_no_reading(session_on: On) -> None:
    async with evaluating(session_on("people"), (80, 24)) as user:
        await user.sees("Nothing is measured yet. Open the plan", "and press m: say how you")
        await user.press("R")
        await user.until(lambda: "Put the cursor on an outcome measure first." in user.said)


async def test_it_is_handed_out(session_on: On) -> None:
    session = session_on("working")
    async with evaluating(session) as user:
        await user.press("E")
        await user.sees("Export", "Joint reading teams")
        await user.press("tab", "ctrl+u")
        await user.type(str(session.database.parent))
        await user.press("ctrl+s")
        await user.until(lambda: user.said.startswith("Written: "))
        written = next(session.database.parent.glob("joint-reading-teams*"))
        assert ALOUD in written.read_text(encoding="utf-8")
