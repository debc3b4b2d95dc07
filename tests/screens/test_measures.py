"""The outcome measures of an action: a measure is added with all that it asks, a reading is written on one line."""

from collections.abc import Callable

from tests.screens.walking import on, outline
from tui_plan.model.base import rows
from tui_plan.model.plan import OutcomeMeasure, Reading
from tui_plan.model.store import Author
from tui_plan.operations.parts import edit_measure, edit_reading
from tui_plan.screens.measures import MeasuresDialog
from tui_plan.session import Session

On = Callable[[str], Session]
READINGS = "SELECT taken_on, value, remark FROM reading ORDER BY taken_on"


def mend_remark(taken_on: str, remark: str) -> None:
    """Change the remark of a reading as a colleague does."""
    ((uid,),) = rows(Reading.select(Reading.uid).where(Reading.taken_on == taken_on))
    edit_reading(Author("ben"), uid, remark=remark)


def mend_method(method: str) -> None:
    """Change how a measure in per cent is taken as a colleague does."""
    ((uid,),) = rows(OutcomeMeasure.select(OutcomeMeasure.uid).where(OutcomeMeasure.unit == "%"))
    edit_measure(Author("ben"), uid, method=method)


async def test_a_reading_is_written_on_one_line_and_mended(session_on: On) -> None:
    async with outline(session_on("small")) as user:
        await on(user, "Agree the scope")
        await user.press("m")
        await user.sees("A-1 Agree the scope", "Partners sign", "50%", "minutes")
        await user.press("R")
        await user.sees("New reading", "Partners sign", "2026-03-16", "Mon 16 Mar 2026, today · then the value")
        await user.type("three")
        await user.press("ctrl+s")
        await user.sees("✗ Write the value after the day, such as 42 or 3.5; a - stands for none.")
        await user.press("ctrl+u")
        await user.type("2026-03-17 4")
        await user.press("ctrl+s")
        await user.sees("✗ 2026-03-17 lies in the future")
        await user.press("ctrl+u")
        await user.type("15 Mar 2026 4 partners all have signed")
        await user.sees("Sun 15 Mar 2026, yesterday · 4 partners · all have signed")
        await user.press("ctrl+s")
        await user.stores(READINGS, ("2026-03-01", "2", ""), ("2026-03-15", "4", "all have signed"))
        await user.sees("✓ 100%", "2026-03-15  all have")
        await user.press("j", "e")
        await user.sees("Edit the reading", "all have signed")
        await user.press("ctrl+u")
        await user.type("2026-03-17")
        await user.press("ctrl+s")
        await user.sees("✗ 2026-03-17 lies in the future")
        await user.press("ctrl+u")
        await user.type("2026-03-15")
        await user.press("tab", "ctrl+u")
        await user.type("3")
        await user.app.ask(mend_remark, "2026-03-15", "all but one")
        await user.press("ctrl+s")
        await user.sees("Keep both changes?", "ben")
        await user.press("y")
        await user.stores(READINGS, ("2026-03-01", "2", ""), ("2026-03-15", "3", "all but one"))
        await user.sees("75%")
        await user.press("delete")
        await user.sees("Remove the reading of 2026-03-15?")
        await user.press("y")
        await user.stores(READINGS, ("2026-03-01", "2", ""))
        await user.press("u")
        await user.stores(READINGS, ("2026-03-01", "2", ""), ("2026-03-15", "3", "all but one"))
        await user.press("g", "g", "j", "delete", "y", "delete", "y")
        await user.stores(READINGS)
        await user.press("R")
        await user.type("4 all have signed")
        await user.press("ctrl+s")
        await user.until(
            lambda: user.said == "The first outcome of A-1 waits to be celebrated: C on screen 7 says how."
        )


async def test_a_measure_says_who_collects_what_and_how_often(session_on: On) -> None:
    measures = "SELECT statement, baseline, target, unit, due, every, method FROM outcome_measure WHERE unit = '%'"
    async with outline(session_on("small"), (120, 40)) as user:
        await on(user, "Choose four schools")
        await user.press("m")
        await user.sees("Press a to add the first measure")
        await user.press("a")
        await user.sees("New outcome measure", "And again every")
        for text in ("Read aloud", "10", "40", "%", "2026-02-01", "two"):
            await user.type(text)
            await user.press("tab")
        await user.type("A survey in each school")
        await user.press("tab", "enter")
        await user.type("maria")
        await user.press("enter", "ctrl+s")
        await user.sees("✗ Write the amount as 1200")
        await user.press("ctrl+u")
        await user.type("2")
        await user.press("ctrl+s")
        await user.stores(measures, ("Read aloud", "10", "40", "%", "2026-02-01", 2, "A survey in each school"))
        await user.until(lambda: isinstance(user.app.screen, MeasuresDialog))
        await user.sees("! 6 weeks late", "Collector    María Chen", "every 2 months", "None yet: R writes the first")
        await user.press("e")
        await user.sees("Edit the outcome measure")
        await user.type(" to the class")
        await user.app.ask(mend_method, "A survey in spring")
        await user.press("ctrl+s")
        await user.sees("Keep both changes?", "ben")
        await user.press("y")
        kept = ("Read aloud to the class", "10", "40", "%", "2026-02-01", 2, "A survey in spring")
        await user.stores(measures, kept)
        await user.press("escape")
        await user.sees("! Read aloud to the class", "10 → 40 %", "was due on 2026-02-01, 6 weeks late")
