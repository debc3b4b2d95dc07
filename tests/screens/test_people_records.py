"""What is recorded about people: told and heard, support, checklists and their items."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

from tests.hosts import Driver, running, stored
from tests.screens.party_dialogs import dialog, listed, uid_of
from tests.screens.people import ODD_BODY
from tui_plan.screens.changing import ChangingScreen
from tui_plan.screens.checklist_run import RunDialog
from tui_plan.screens.checklists import ChecklistsDialog
from tui_plan.screens.form import FormScreen
from tui_plan.screens.support import SupportDialog
from tui_plan.screens.told import LogDialog, record_told
from tui_plan.session import Session

On = Callable[[str], Session]
TOLD = (
    'SELECT name, direction, "on", channel, words, plan_id IS NOT NULL FROM communication '
    "JOIN party ON party.uid = party_id WHERE words = 'Moved to May.' ORDER BY name"
)
ITEMS = (
    "SELECT rating, at, channel FROM checklist_item JOIN checklist_run ON checklist_run.uid = run_id WHERE number = ?"
)


# Told and heard


@asynccontextmanager
async def telling(session: Session, *names: str) -> AsyncIterator[Driver]:
    """Run the program with the form open that records something told to these."""
    async with running(session) as user:
        owner = user.app.screen
        assert isinstance(owner, ChangingScreen)
        uids = [uid_of(session, name) for name in names]
        flow = owner.run_worker(record_told(owner, uids, names))
        await user.until(lambda: isinstance(user.app.screen, FormScreen))
        await user.settle()
        yield user
        await asyncio.wait_for(flow.wait(), 10)


async def test_several_are_told_in_one_form(session_on: On) -> None:
    session = session_on("people")
    async with telling(session, "María Chen", "Kofi Mensah", "Ben Ode", "Dev Patel") as user:
        await user.sees("María Chen, Kofi Mensah, Ben Ode and 1 more", "[we told them]", "Joint reading teams")
        await user.press(*["tab"] * 4, "e", "tab")
        await user.type("Moved to May.")
        await user.press("ctrl+s")
        names = ("Ben Ode", "Dev Patel", "Kofi Mensah", "María Chen")
        await user.stores(TOLD, *((name, "told", "2026-03-16", "email", "Moved to May.", 1) for name in names))
        await user.sees("Recorded: told 4 of them.")


async def test_a_day_to_come_and_nobody_are_refused(session_on: On) -> None:
    session = session_on("people")
    async with telling(session) as user:
        await user.press("tab", "tab", "end", *["backspace"] * 10)
        await user.type("+1d")
        await user.press("ctrl+s")
        await user.sees("✗ Who is needed.")
        await user.press("enter")
        await user.type("Rosa Weiss")
        await user.press("enter", "ctrl+s")
        await user.sees("✗ This day is still to come")
        assert stored(session, "SELECT COUNT(*) FROM party WHERE name = 'Rosa Weiss'") == [(0,)]
        await user.press("escape", "y")


async def test_the_log_holds_all_contacts_and_removes_what_was_typed(session_on: On) -> None:
    session = session_on("people")
    async with dialog(session, LogDialog, "María Chen") as user:
        assert listed(user) == [
            ["← 2026-02-11", "phone", "The board meets in April, not in March."],
            ["← 2026-02-04", "phone", "reached: Call-down of Snow day call-down"],
            ["→ 2026-01-30", "email", "The first quarter in one page."],
            ["← 2026-01-20", "meeting", "agreed: Joint reading teams, version 2.0"],
        ]
        await user.sees("We heard from them", "4 weeks ago", "by hand")
        await user.misses("Edit")
        await user.press("j", "delete")
        await user.sees("This follows from another record")
        await user.press("k", "delete")
        await user.sees("Remove what was recorded for 2026-02-11?")
        await user.press("y")
        await user.until(lambda: len(listed(user)) == 3)
        await user.press("u")
        await user.until(lambda: len(listed(user)) == 4)
        await user.press("a")
        await user.sees("Told or heard", "María Chen")


# Support


async def test_how_somebody_stands_over_time(session_on: On) -> None:
    session = session_on("people")
    entries = "SELECT kind, title, level, evidence, plan_id IS NOT NULL FROM register_entry WHERE number > 4"
    async with dialog(session, SupportDialog, "Cara Diaz") as user:
        assert listed(user) == [
            ["▲ 2026-03-09", "Asked for the next workshop herself", "supportive"],
            ["▼ 2026-01-14", "Fears another list to fill in", "sceptical"],
        ]
        await user.sees("R-3", "Evidence", "e-mail")
        await user.press("a")
        await user.sees("[how they stand to the plan]")
        await user.press("ctrl+s")
        await user.sees("New support", "In their own words", "Cara Diaz")
        await user.type("Spoke to the union")
        await user.press("ctrl+s")
        await user.sees("✗ Say how they stand to the plan")
        await user.press("s", "s", "ctrl+s")
        await user.stores(entries, ("support", "Spoke to the union", "supportive", "", 1))
        await user.until(lambda: listed(user)[0] == ["▲ 2026-03-16", "Spoke to the union", "supportive"])
        await user.press("e")
        await user.sees("Edit R-5", "[supportive]")
        await user.press("tab", "tab", "c", "ctrl+s")
        await user.stores(entries, ("support", "Spoke to the union", "champion", "", 1))
        await user.press("delete")
        await user.sees("Remove R-5 “Spoke to the union”?")
        await user.press("y")
        await user.stores(entries)


async def test_a_body_can_be_against_it(session_on: On) -> None:
    async with dialog(session_on("people"), SupportDialog, ODD_BODY) as user:
        assert listed(user) == [["× 2026-02-02", "Wants [no] part in it [/b]", "opposed"]]
        await user.sees("Wants [no] part in it [/b]")


# Checklists


async def test_open_checklists_come_first_and_late_ones_are_marked(session_on: On) -> None:
    async with dialog(session_on("people"), ChecklistsDialog, "Snow day call-down") as user:
        assert listed(user) == [
            ["! C-2 Preparing a drill", "0/2", "! 2 weeks late"],
            ["✓ C-3 Call-down of Snow day call-down", "3/4", "finished 2026-02-04"],
        ]
        await user.press("j", "delete")
        await user.sees("Remove C-3")
        await user.press("y")
        await user.sees("stays as it is")


async def test_a_checklist_begins_from_a_template_and_opens(session_on: On) -> None:
    session = session_on("people")
    runs = "SELECT party.name, title, started_on FROM checklist_run JOIN party ON party.uid = party_id WHERE number > 4"
    async with dialog(session, ChecklistsDialog, "Kofi Mensah") as user:
        await user.sees("No checklist yet. Press a")
        await user.press("a")
        await user.sees("Begin a checklist", "Kofi Mensah", "Welcoming somebody new")
        await user.press("tab", "tab")
        await user.type("Kofi's first month")
        await user.press("ctrl+s")
        await user.stores(runs, ("Kofi Mensah", "Kofi's first month", "2026-03-16"))
        await user.until(lambda: isinstance(user.app.screen, RunDialog))
        await user.sees("C-5 Kofi's first month", "0 of 5 done", "In the first days")
        await user.press("escape")
        await user.until(lambda: [row[0] for row in listed(user)] == ["◐ C-5 Kofi's first month"])
        await user.press("delete")
        await user.sees("Remove C-5")
        await user.press("y")
        await user.sees("No checklist yet.")


@asynccontextmanager
async def run_of(session: Session, name: str, size: tuple[int, int] = (80, 24)) -> AsyncIterator[Driver]:
    """Run the program with the first checklist about a party open."""
    async with dialog(session, ChecklistsDialog, name, size) as user:
        await user.press("enter")
        await user.until(lambda: isinstance(user.app.screen, RunDialog))
        await user.settle()
        yield user


async def test_items_are_ticked_with_the_time_and_taken_back(session_on: On) -> None:
    session = session_on("people")
    async with run_of(session, "Ben Ode", (120, 40)) as user:
        assert [row[0] for row in listed(user)] == [
            "First days",
            "✓ Called and welcomed: what the plan is, and which actions came with the post",
            "◐ Briefed, with the handover note in their hands",
            "Within the month",
            "· Taken part in a workshop with the partners",
            "· Asked whether they agree to the plan as it stands",
            "· Two ways to reach them tried and found right",
        ]
        await user.sees("1 of 5 done · due 2026-04-01, in 2 weeks", "C-1 Welcoming somebody new · Ben Ode")
        await user.sees("partly in place", "Has read the handover note.", "A call on the 19th.")
        await user.press("j", "space")
        await user.sees("This is a section")
        await user.press("j", "space")
        await user.sees("2 of 5 done")
        rating, at, channel = stored(session, ITEMS, 1)[2]
        assert (rating, str(at)[:10], channel) == ("in place", "2026-03-16", "")
        assert listed(user)[4][1] == str(at)[:16].replace("T", " ")
        await user.press("space")
        await user.sees("1 of 5 done")
        assert stored(session, ITEMS, 1)[2] == ("not yet", None, "")


async def test_an_item_is_rated_in_words(session_on: On) -> None:
    session = session_on("people")
    said = "SELECT rating, at, channel, successes, challenges, next_steps FROM checklist_item WHERE key = 'briefing'"
    async with run_of(session, "Ben Ode") as user:
        await user.press("e")
        await user.sees("How it stands", "partly in place]", "Has read the handover note.")
        await user.press("left", "tab", "tab")
        await user.type("9 am")
        await user.press("ctrl+s")
        await user.sees("✗ The time is hours and minutes")
        await user.press(*["backspace"] * 4)
        await user.type("9:05")
        await user.press("ctrl+s")
        await user.sees("✗ Say on which day that was.")
        await user.type("2026-03-12")
        await user.press("ctrl+s")
        words = ("Has read the handover note.", "No time before the board meets.", "A call on the 19th.")
        first = ("in place", "2026-03-12T09:05:00", "", *words)
        await user.until(lambda: first in stored(session, said))
        await user.sees("2026-03-12 09:05")


async def test_a_run_is_finished_for_good_after_asking(session_on: On) -> None:
    session = session_on("people")
    finished = "SELECT finished_on, remarks FROM checklist_run WHERE number = 1"
    async with run_of(session, "Ben Ode", (120, 40)) as user:
        await user.press("F")
        await user.sees("Finish C-1 for good", "4 of 5 items are open and stay so")
        await user.type("He moved on.")
        await user.press("escape")
        await user.sees("Leave without saving?")
        await user.press("n", "ctrl+s")
        await user.stores(finished, ("2026-03-16", "He moved on."))
        await user.sees("1 of 5 done · finished 2026-03-16", "All in all", "He moved on.")
        for key in ("space", "e", "F", "enter"):
            await user.press(key)
            await user.sees("was finished on 2026-03-16 and stays as it is")
        await user.press("u")
        await user.stores(finished, (None, ""))
        await user.sees("due 2026-04-01")


async def test_a_drill_tells_who_was_reached_when(session_on: On) -> None:
    async with dialog(session_on("people"), ChecklistsDialog, "Snow day call-down") as user:
        await user.press("j", "enter")
        await user.until(lambda: isinstance(user.app.screen, RunDialog))
        await user.sees("3 of 4 done · finished 2026-02-04", "Joy is at work before noon.")
        assert listed(user) == [
            ["✓ Kofi Mensah", "12:00 phone"],
            ["✓ María Chen", "12:04 phone"],
            ["✓ Dev Patel", "12:08 phone"],
            ["· Joy [/red] O'Koro", ""],
        ]
        await user.press("k")
        await user.sees("reached", "2026-02-04 12:08")
