"""The stages: each with its gate and its qualities over time, by whose view, and what is not in place."""

from collections.abc import Callable
from functools import partial

from tests.hosts import Driver, lines_of, running, stored
from tui_plan.model.store import Author
from tui_plan.operations.stages import add_stage, edit_stage
from tui_plan.screens.outline import OutlineScreen
from tui_plan.screens.stages import StagesScreen
from tui_plan.session import Session
from tui_plan.widgets.detail import DetailView
from tui_plan.widgets.line_list import LineList

On = Callable[[str], Session]


async def open_stages(user: Driver) -> LineList:
    """Go to the stages and wait for their rows."""
    await user.press("4")
    await user.until(lambda: isinstance(user.app.screen, StagesScreen))
    view = user.app.screen.query_one("#stages", LineList)
    await user.until(lambda: view.rows is not None)
    return view


def rows_of(user: Driver) -> list[str]:
    """The lines of the list, without the space at their ends."""
    return [line.rstrip() for line in lines_of(user.app.screen.query_one("#stages", LineList))]


async def test_the_stage_that_the_plan_is_in_is_open_with_its_qualities(session_on: On) -> None:
    async with running(session_on("stages"), (120, 40)) as user:
        await open_stages(user)
        lines = rows_of(user)
        assert [line[4:].split("  ")[0] for line in lines if "▸" in line or "▾" in line] == [
            "Piloting",
            "Full implementation",
            "Reflection",
        ]
        assert sum("▾" in line for line in lines) == 1
        assert len(lines[2:]) >= 17
        led = next(line for line in lines if "Led by all" in line)
        assert "✓ ✓" in led
        assert led.endswith("partners' views"), "what is not finished is not agreed"
        await user.sees("! overridden", "· gate closed", "to come", "no consensus yet · Full implementation", "S ◌")


async def test_the_next_step_is_that_of_the_quality_under_the_cursor_before_its_page_is_there(session_on: On) -> None:
    async with running(session_on("stages"), (120, 40)) as user:
        view = await open_stages(user)
        await user.press("slash")
        await user.type("zebra")
        await user.sees("Nothing here holds these words. Press Esc to see everything again.")
        await user.press("escape")
        keys = [row.split("/")[-1] for row in (view.rows.key_at(at) for at in range(len(view.rows)))]
        view.go_to(keys.index("full-led") + 1)
        await user.sees("Ask for a pool of substitutes")
        await user.pilot.press("k", "m")
        await user.until(lambda: user.said.startswith("✗ No assessment names a next step here"))


async def test_a_stage_that_was_skipped_is_not_assessed(session_on: On) -> None:
    session = session_on("stages")
    plan = str(stored(session, "SELECT uid FROM plan")[0][0])
    skipped = {"kind": "piloting", "skipped_because": "The first pilot told enough."}
    async with running(session) as user:
        stage = await user.app.ask(partial(add_stage, Author("ben"), plan, **skipped))
        view = await open_stages(user)
        view.move_to(stage)
        await user.press("s")
        assert user.said == "✗ This stage was skipped, so that there is nothing to assess: e takes that back."


async def test_a_strip_shows_whose_views_in_the_order_in_which_they_were_given(session_on: On) -> None:
    async with running(session_on("stages"), (120, 40)) as user:
        await open_stages(user)
        await user.press("g", "g", "l")
        assert "● S M ●" in next(line for line in rows_of(user) if "Piloting" in line)
        scope = next(line for line in rows_of(user) if "Scope and lead" in line)
        assert "✓ in place" in scope
        await user.press("b")
        assert "Stages · consensus" in rows_of(user)[0]
        assert "● ●" in next(line for line in rows_of(user) if "Piloting" in line)
        await user.press("b")
        assert "Stages · Museum" in rows_of(user)[0]
        await user.press("escape")
        assert rows_of(user)[0].startswith(" Stages ")


async def test_the_page_of_a_stage_tells_its_gate_and_that_it_was_overridden_for_ever(session_on: On) -> None:
    async with running(session_on("stages"), (120, 90)) as user:
        view = await open_stages(user)
        await user.press("g", "g")
        detail = user.app.screen.query_one("#detail", DetailView)
        await user.until(lambda: detail.about == view.cursor_key)
        await user.sees("piloting, attempt 1", "2025-09-01", "Four schools, grades 3 and 4.", "! overridden")
        await user.sees("overridden by Partner school", "The grant begins in February", "✓ Every quality is rated")
        await user.sees("What full implementation will mean", "leadership of Full", "What we learned", "keep")


async def test_the_page_of_a_quality_tells_every_view_and_the_action_that_came_of_it(session_on: On) -> None:
    async with running(session_on("stages"), (120, 60)) as user:
        view = await open_stages(user)
        key = stored(
            user.session,
            "SELECT i.key, r.stage_id FROM next_action n JOIN checklist_item i ON i.uid = n.item_id "
            "JOIN checklist_run r ON r.uid = i.run_id",
        )[0]
        await user.press("g", "g", "l")
        view.move_to(f"{key[1]}/progress/{key[0]}")
        detail = user.app.screen.query_one("#detail", DetailView)
        await user.until(lambda: detail.about == view.cursor_key)
        await user.settle()
        await user.sees("2026-01-19 consensus", "2025-11-10 Museum", "2025-11-10 School", "candid")
        await user.sees("Next steps", "Ask for a pool of substitutes", "not started")
        await user.press("f")
        await user.until(lambda: isinstance(user.app.screen, OutlineScreen))
        await user.sees("Ask for a pool of substitutes")


async def test_assessing_goes_on_with_what_is_under_way_or_begins_another_or_is_left(session_on: On) -> None:
    async with running(session_on("stages"), (120, 40)) as user:
        await open_stages(user)
        await user.press("s")
        await user.sees("Go on with", "consensus, 2026-03-09", "another")
        await user.press("escape")
        assert isinstance(user.app.screen, StagesScreen)
        await user.press("s", "ctrl+s")
        await user.sees("C-6 Full implementation: consensus", "3 of 14 rated")
        await user.press("escape", "s", "right", "ctrl+s")
        await user.sees("Whose view")


async def test_only_what_is_not_in_place(session_on: On) -> None:
    async with running(session_on("stages"), (120, 60)) as user:
        await open_stages(user)
        await user.press("g", "g", "l")
        assert any("Scope and lead" in line for line in rows_of(user))
        await user.press("exclamation_mark")
        assert "only what is not in place" in rows_of(user)[0]
        assert not any("Scope and lead" in line for line in rows_of(user))
        assert any("Leaders together" in line for line in rows_of(user))
        await user.press("slash")
        await user.type("honest")
        await user.press("enter")
        assert sum("Honest talk" in line for line in rows_of(user)) == 1


async def test_a_plan_without_stages_says_how_to_add_one(session_on: On) -> None:
    async with running(session_on("small"), (80, 24)) as user:
        await open_stages(user)
        await user.sees("This plan has no stages yet. Press a to add one")
        await user.press("s")
        assert user.said == "✗ There is no stage yet: press a to add one."
        await user.press("m")
        assert user.said == "✗ Put the cursor on a quality under a stage first."


async def test_without_a_plan_nothing_can_be_done(session_on: On) -> None:
    async with running(session_on("empty"), (80, 24)) as user:
        await open_stages(user)
        await user.sees("No plan yet. Press 1 for the plans")
        await user.press("a")
        assert user.said == "✗ There is no plan yet: press 1, then a to add one."


async def test_who_may_only_read_sees_all_and_changes_nothing(session_on: On) -> None:
    async with running(session_on("stages"), (120, 40), may_write=False) as user:
        await open_stages(user)
        await user.press("s")
        assert "You may read this plan but not change it" in user.said


async def test_a_colleague_s_change_comes_up(session_on: On) -> None:
    async with running(session_on("stages"), (120, 40)) as user:
        view = await open_stages(user)
        assert view.cursor_key is not None
        uid = view.cursor_key
        await user.app.ask(edit_stage, Author("ben"), uid, title="All schools")
        screen = user.app.screen
        assert isinstance(screen, StagesScreen)
        await screen.read_again()
        await user.sees("All schools")
        assert view.cursor_key == uid


async def test_the_cursor_goes_to_a_stage_that_was_added(session_on: On) -> None:
    async with running(session_on("stages"), (120, 40)) as user:
        view = await open_stages(user)
        await user.press("a", "ctrl+s")
        added = stored(user.session, "SELECT uid, title FROM stage ORDER BY number DESC")[0]
        assert (view.cursor_key, added[1]) == (added[0], "Piloting, attempt 2")


async def test_a_stage_that_was_assessed_is_not_removed(session_on: On) -> None:
    async with running(session_on("stages"), (120, 40)) as user:
        await open_stages(user)
        await user.press("delete", "y")
        await user.until(lambda: bool(user.said))
        assert "cannot be removed while it is in use" in user.said
        assert stored(user.session, "SELECT count(*) FROM stage") == [(3,)]
