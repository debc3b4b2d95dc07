"""The outline: walked, folded, filtered, marked and changed by keys, with the cursor kept on its record."""

from collections.abc import Callable

from tests.hosts import stored
from tests.screens.walking import at, on, outline, rows_of
from tui_plan.screens.confirm import Confirm
from tui_plan.screens.form import FormScreen
from tui_plan.screens.outline import OutlineScreen
from tui_plan.session import Session
from tui_plan.widgets.detail import DetailView

On = Callable[[str], Session]


ROLES = (
    "SELECT role.kind, party.name FROM role JOIN party ON party.uid = party_id "
    "JOIN action ON action.uid = action_id WHERE action.number = 3"
)
PLACES = (
    "SELECT step_objective.title FROM action JOIN step_objective ON step_objective.uid = objective_id "
    "WHERE action.number = 5"
)


async def test_it_shows_state_owner_and_date(session_on: On) -> None:
    async with outline(session_on("small"), (120, 40)) as user:
        text = user.text
        line = next(line for line in text.splitlines() if "Agree the scope" in line)
        assert "María Chen" in line
        assert "2026-02-20" in line
        assert "! 24 days late" in line or "! 3 weeks late" in line
        assert "⊘ blocked" in next(line for line in text.splitlines() if "Train the staff" in line)
        assert "nobody" in next(line for line in text.splitlines() if "Write the calendar" in line)


async def test_the_detail_follows_the_cursor(session_on: On) -> None:
    async with outline(session_on("small"), (120, 40)) as user:
        await on(user, "Agree the scope")
        await user.sees("A-1 · action", "Nobody is surprised later.", "Printing", "Walk through", "Partners sign")
        await on(user, "Spread")
        await user.sees("From four schools to eleven.")


async def test_enter_opens_an_action_and_folds_a_branch(session_on: On) -> None:
    async with outline(session_on("small")) as user:
        await on(user, "Pilot")
        await user.press("enter")
        await user.misses("1.1 The pilot is defined")
        await user.press("enter")
        await user.sees("1.1 The pilot is defined")
        await on(user, "Agree the scope")
        await user.press("enter")
        await user.until(lambda: user.app.screen.query_one(DetailView).has_focus)
        await user.sees("Nobody is surprised later.")
        assert rows_of(user).size.width == 0, "on a narrow screen it takes the place of the list"
        await user.press("escape")
        await user.until(lambda: rows_of(user).has_focus)


async def test_a_adds_where_the_cursor_is_and_goes_there(session_on: On) -> None:
    session = session_on("small")
    async with outline(session) as user:
        await on(user, "Choose four schools")
        await user.press("a")
        await user.sees("New action", "The pilot is defined")
        await user.type("Invite the union")
        await user.press("tab", "tab", "tab")
        await user.type("fri")
        await user.sees("Fri 20 Mar 2026, in 4 days")
        await user.press("ctrl+s")
        await user.until(lambda: at(user) == "Invite the union")
        assert stored(session, "SELECT agreed FROM action WHERE title = 'Invite the union'") == [("2026-03-20",)]


async def test_a_adds_an_objective_to_an_area_and_big_a_an_area(session_on: On) -> None:
    session = session_on("small")
    async with outline(session) as user:
        await on(user, "Spread")
        await user.press("h", "a")
        await user.sees("New step objective")
        await user.type("Partners copy it")
        await user.press("ctrl+s")
        await user.until(lambda: at(user) == "Partners copy it")
        await user.press("A")
        await user.sees("New development area")
        await user.type("Reflect")
        await user.press("ctrl+s")
        await user.until(lambda: at(user) == "Reflect")
        areas = "SELECT title FROM development_area ORDER BY position"
        assert stored(session, areas) == [("Pilot",), ("Spread",), ("Reflect",)]


async def test_what_is_added_in_a_closed_branch_is_shown(session_on: On) -> None:
    async with outline(session_on("small")) as user:
        await on(user, "The pilot is defined")
        await user.press("enter", "a")
        await user.sees("New action")
        await user.type("Invite the union")
        await user.press("ctrl+s")
        await user.until(lambda: at(user) == "Invite the union")


async def test_edit_area_objective_and_action(session_on: On) -> None:
    session = session_on("small")
    async with outline(session) as user:
        for title in ("Pilot", "The pilot is defined"):
            await on(user, title)
            await user.press("e")
            await user.until(lambda: isinstance(user.app.screen, FormScreen))
            await user.press("ctrl+end", "end", "!", "ctrl+s")
            await user.until(lambda: isinstance(user.app.screen, OutlineScreen))
            assert at(user) == f"{title}!"
        await on(user, "Agree the scope")
        await user.press("e")
        await user.sees("Edit A-1", "1/13")
        await user.press(*["tab"] * 6)
        await user.type("after Easter")
        await user.press("ctrl+s")
        await user.stores("SELECT timescale_note FROM action WHERE number = 1", ("after Easter",))
        assert at(user) == "Agree the scope"


async def test_progress_on_somebodys_word(session_on: On) -> None:
    session = session_on("small")
    async with outline(session) as user:
        await on(user, "Choose four schools")
        await user.press("p")
        await user.sees("Progress on A-2")
        await user.press("enter")
        await user.type("maria")
        await user.press("enter")
        await user.sees("María Chen")
        await user.press("tab", "p", "tab", "i")
        await user.sees("[phone]", "[◐ in progress]")
        await user.press("ctrl+s")
        await user.stores("SELECT status FROM action WHERE number = 2", ("in progress",))
        last = "SELECT typed_by, channel, said_by <> '' FROM ledger_change ORDER BY id DESC LIMIT 1"
        assert stored(session, last) == [("ana", "phone", 1)]


async def test_a_new_person_whose_word_it_is_is_kept_by_name(session_on: On) -> None:
    session = session_on("small")
    async with outline(session) as user:
        await on(user, "Choose four schools")
        await user.press("w")
        await user.sees("What was said")
        await user.type("Two schools are sure.")
        await user.press("tab", "enter")
        await user.type("Bea Ruiz")
        await user.press("enter")
        await user.sees("Bea Ruiz (new)")
        await user.press("ctrl+s")
        await user.stores("SELECT text FROM note WHERE text LIKE 'Two%'", ("Two schools are sure.",))
        assert stored(session, "SELECT said_by_name FROM ledger_change ORDER BY id DESC LIMIT 1") == [("Bea Ruiz",)]


async def test_d_completes_today(session_on: On) -> None:
    session = session_on("small")
    async with outline(session) as user:
        await on(user, "Agree the scope")
        await user.press("d")
        await user.sees("Complete A-1", "[✓ complete]", "2026-03-16")
        await user.press("ctrl+s")
        await user.stores("SELECT status, actual FROM action WHERE number = 1", ("complete", "2026-03-16"))
        assert at(user) == "Agree the scope"


async def test_owner_and_roles(session_on: On) -> None:
    session = session_on("small")
    async with outline(session) as user:
        await on(user, "Write the calendar")
        await user.press("o")
        await user.sees("Who is responsible", "exactly one")
        await user.press("enter")
        await user.type("data lead")
        await user.press("enter")
        await user.press("ctrl+s")
        await user.stores(ROLES, ("accountable", "Data lead"))


async def test_dates_move_by_weeks_for_all_that_are_marked_as_often_as_pressed(session_on: On) -> None:
    session = session_on("small")
    async with outline(session) as user:
        await on(user, "Agree the scope")
        await user.press("space", "space")
        await user.sees("2 marked")
        await user.pilot.press("greater_than_sign", "greater_than_sign", "less_than_sign", "greater_than_sign")
        forecasts = "SELECT forecast, agreed FROM action WHERE number IN (1, 2) ORDER BY number"
        await user.stores(forecasts, ("2026-03-06", "2026-02-20"), ("2026-04-03", "2026-03-20"))
        await user.sees("2 marked")


async def test_x_changes_what_is_marked_and_undo_takes_it_back(session_on: On) -> None:
    session = session_on("small")
    async with outline(session) as user:
        await on(user, "Agree the scope")
        await user.press("space", "space", "x")
        await user.sees("Change", "2 actions")
        await user.press("ctrl+s")
        await user.sees("Status", "2 actions", "Now")
        await user.press("d", "ctrl+s")
        deferred = "SELECT number FROM action WHERE status = 'deferred' ORDER BY number"
        await user.stores(deferred, (1,), (2,))
        await user.press("u")
        await user.until(lambda: user.said.startswith("Undone"))
        assert stored(session, deferred) == []


async def test_marks_survive_filter_and_folds(session_on: On) -> None:
    async with outline(session_on("small")) as user:
        await on(user, "Agree the scope")
        await user.press("space", "slash")
        await user.type("families")
        await user.press("enter")
        await user.sees("1 marked, 1 of them not shown", "Tell the families")
        await user.misses("Choose four")
        await on(user, "Tell the families")
        await user.press("space")
        await user.sees("2 marked")
        await user.press("escape")
        await user.sees("Choose four", "2 marked")
        assert at(user) == "Tell the families", "the cursor stays on its key when the filter goes"
        await on(user, "Pilot")
        await user.press("enter")
        await user.sees("2 marked, 2 of them not shown")


async def test_reorder_keeps_the_cursor(session_on: On) -> None:
    session = session_on("small")
    order = "SELECT number FROM action WHERE number <= 3 ORDER BY position"
    async with outline(session) as user:
        await on(user, "Agree the scope")
        await user.press("J", "J")
        await user.stores(order, (2,), (3,), (1,))
        assert at(user) == "Agree the scope"
        await user.press("K")
        await user.stores(order, (2,), (1,), (3,))
        await on(user, "Spread")
        await user.press("K")
        await user.stores("SELECT title FROM development_area ORDER BY position", ("Spread",), ("Pilot",))
        assert at(user) == "Spread"


async def test_remove_asks_and_undo_brings_it_back(session_on: On) -> None:
    session = session_on("small")
    async with outline(session) as user:
        await on(user, "Agree the scope")
        await user.press("delete")
        await user.until(lambda: isinstance(user.app.screen, Confirm))
        await user.press("enter")
        await user.until(lambda: isinstance(user.app.screen, OutlineScreen))
        assert stored(session, "SELECT COUNT(*) FROM action") == [(7,)], "No has the focus"
        await user.press("delete")
        await user.until(lambda: isinstance(user.app.screen, Confirm))
        await user.press("y")
        await user.stores("SELECT COUNT(*) FROM action", (6,))
        await user.until(lambda: at(user) == "Choose four schools")
        await user.press("u")
        await user.stores("SELECT COUNT(*) FROM action", (7,))
        await user.sees("Agree the scope")
        assert at(user) == "Choose four schools"


async def test_an_area_in_use_is_not_removed_and_it_says_why(session_on: On) -> None:
    session = session_on("small")
    async with outline(session) as user:
        await on(user, "Pilot")
        await user.press("delete", "y")
        await user.until(lambda: user.said.startswith("✗"))
        assert stored(session, "SELECT COUNT(*) FROM development_area") == [(2,)]


async def test_needs_and_place(session_on: On) -> None:
    session = session_on("small")
    async with outline(session) as user:
        await on(user, "Tell the families")
        await user.press("D")
        await user.sees("What must be complete first")
        await user.press("enter")
        await user.type("scope")
        await user.press("enter", "ctrl+s")
        await user.until(lambda: isinstance(user.app.screen, OutlineScreen))
        assert stored(session, "SELECT COUNT(*) FROM dependency") == [(2,)]
        await user.press("M")
        await user.sees("Step objective")
        await user.press("enter")
        await user.type("travel")
        await user.press("enter", "ctrl+s")
        await user.stores(PLACES, ("The results travel",))
        await user.until(lambda: at(user) == "Tell the families")


async def test_a_circle_is_refused_in_the_form(session_on: On) -> None:
    async with outline(session_on("small")) as user:
        await on(user, "Choose four schools")
        await user.press("D")
        await user.sees("What must be complete first")
        await user.press("enter")
        await user.type("train")
        await user.press("enter", "ctrl+s")
        await user.sees("✗")
        assert isinstance(user.app.screen, FormScreen)


async def test_only_what_is_overdue(session_on: On) -> None:
    async with outline(session_on("small")) as user:
        await user.press("exclamation_mark")
        await user.sees("only what is overdue", "Agree the scope")
        await user.misses("Choose four")
        await user.press("escape")
        await user.sees("Choose four")


async def test_keys_for_actions_are_dimmed_elsewhere_and_say_why(session_on: On) -> None:
    async with outline(session_on("small")) as user:
        await on(user, "Pilot")
        await user.press("p")
        await user.until(lambda: "for an action" in user.said)
        assert isinstance(user.app.screen, OutlineScreen)


async def test_several_marked_are_completed_together(session_on: On) -> None:
    session = session_on("small")
    async with outline(session) as user:
        await on(user, "Agree the scope")
        await user.press("space", "space", "d")
        await user.sees("Complete 2 actions?")
        await user.press("y")
        await user.stores("SELECT COUNT(*) FROM action WHERE status = 'complete'", (3,))
        await user.press("e")
        await user.until(lambda: "for one action" in user.said)
