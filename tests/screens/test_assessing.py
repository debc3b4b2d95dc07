"""Assessing a stage in a meeting by keyboard alone: beginning, rating, writing, going on later, finishing, acting."""

import logging
from collections.abc import Callable
from datetime import date
from functools import partial
from pathlib import Path

import pytest

from tests.hosts import Driver, running, stored
from tests.screens.flows import asking, flow, plan_of, run_of, stage_of
from tui_plan.app import Changed
from tui_plan.exchange.checklist_templates import template, template_folders
from tui_plan.model.store import Author
from tui_plan.operations.agreements import record_agreement
from tui_plan.operations.checklists import remove_checklist, say_item
from tui_plan.screens.assessing import (
    begin_assessment,
    edit_stage_form,
    export_assessment,
    make_step_action,
    open_assessment,
    open_runs,
)
from tui_plan.screens.assessment_run import AssessmentDialog
from tui_plan.screens.assessments import AssessmentsDialog
from tui_plan.screens.changing import ChangingScreen
from tui_plan.screens.checklists import ChecklistsDialog
from tui_plan.screens.form import FormScreen
from tui_plan.screens.outline import OutlineScreen
from tui_plan.screens.plans import PlansScreen
from tui_plan.session import Session
from tui_plan.widgets.line_list import LineList
from tui_plan.widgets.picker import PickList

On = Callable[[str], Session]
RATED = (
    "SELECT rating FROM checklist_item JOIN checklist_run ON checklist_run.uid = run_id "
    "WHERE number = 7 ORDER BY position LIMIT 5"
)
BEGUN = (
    "SELECT party.short_name, meeting.start, started_on, COUNT(*), MIN(candour) FROM checklist_run "
    "JOIN checklist_item ON run_id = checklist_run.uid LEFT JOIN party ON party.uid = checklist_run.party_id "
    "LEFT JOIN meeting ON meeting.uid = meeting_id WHERE checklist_run.number = 7"
)
SAID = (
    "SELECT rating, challenges, next_steps, candour, checklist_item.uid FROM checklist_item "
    "JOIN checklist_run ON checklist_run.uid = run_id WHERE number = ? AND key = ?"
)


def at(user: Driver) -> str:
    """Return the key of the quality under the cursor."""
    key = user.app.screen.query_one(LineList).cursor_key
    found = stored(user.session, "SELECT key FROM checklist_item WHERE uid = ?", key)
    return str(found[0][0]) if found else ""


async def test_a_stage_is_assessed_with_one_key_for_each_quality_and_gone_on_with_later(session_on: On) -> None:
    session = session_on("stages")
    plan, full = plan_of(session), stage_of(session, "full implementation")
    async with running(session) as user:
        async with flow(user, lambda owner: begin_assessment(owner, plan, full)):
            await user.sees(
                "Assess a stage", "Full implementation", "empty: by consensus", "How the implementation goes"
            )
            await user.press("ctrl+s")
            await user.until(lambda: isinstance(user.app.screen, AssessmentDialog))
            await user.stores(BEGUN, (None, None, "2026-03-16", 14, "shareable"))
            await user.sees("C-7 Full implementation: consensus", "0 of 14 rated", "Now: · not rated")
            assert at(user) == "full-led"
            await user.sees("Last time: ✓ in place", "Minutes of 12 meetings", "was ✓", "was ◐", "was ○")
            await user.press("7")
            assert user.said == "✗ A rating goes from 1, in place, to 4, not applicable; 0 takes it back."
            await user.press("1", "2", "3", "4")
            await user.stores(RATED, ("in place",), ("partly in place",), ("not yet",), ("not applicable",), ("",))
            await user.sees("4 of 14 rated")
            await user.press("k", "delete")
            await user.stores(RATED, ("in place",), ("partly in place",), ("not yet",), ("",), ("",))
            await user.press("u")
            await user.sees("Undone", "4 of 14 rated")
            await user.press("escape")
            await user.until(lambda: isinstance(user.app.screen, PlansScreen))
        async with flow(user, lambda owner: begin_assessment(owner, plan, full)):
            await user.press("ctrl+s")
            await user.until(lambda: isinstance(user.app.screen, AssessmentDialog))
            await user.stores("SELECT COUNT(*) FROM checklist_run", (7,))
            assert at(user) == "full-honest-talk"
            await user.press("g", "g", "1")
            await user.until(lambda: user.said.startswith("✗ This is a section"))
            await user.press("end", "1")
            assert at(user) == "full-data"
            await user.press("escape")


async def test_a_partner_assesses_all_stages_at_a_meeting(session_on: On) -> None:
    session = session_on("stages")
    plan, pilot = plan_of(session), stage_of(session, "piloting")
    async with asking(session, lambda owner: begin_assessment(owner, plan, pilot)) as user:
        await user.press("tab", "enter")
        await user.sees("Partner school", "City museum with its garden", "María Chen")
        await user.type("museum")
        await user.press("enter", "tab", "tab", "right", "tab", "tab", "enter")
        await user.sees("2026-02-27 Review")
        await user.press("enter", "ctrl+s")
        await user.until(lambda: isinstance(user.app.screen, AssessmentDialog))
        await user.stores(BEGUN, ("Museum", "2026-02-27T09:00:00", "2026-03-16", 27, "candid"))
        await user.sees("Piloting  0 of 8 rated")
        await user.press("escape")


async def test_a_finished_one_of_that_day_is_refused_under_the_day(session_on: On) -> None:
    session = session_on("stages")
    plan, pilot = plan_of(session), stage_of(session, "piloting")
    async with asking(session, lambda owner: begin_assessment(owner, plan, pilot)) as user:
        await user.press("tab", "tab", "tab", "tab", "ctrl+u")
        await user.type("2026-01-19")
        await user.press("ctrl+s")
        await user.sees("✗ C-4", "was begun on 2026-01-19 already")
        await user.press("escape", "y")


async def test_what_was_said_last_time_is_said_again_and_stays_candid(session_on: On) -> None:
    session = session_on("stages")
    ana, run = Author("ana"), run_of(session, 6)
    async with running(session) as user:
        async with flow(user, lambda owner: open_assessment(owner, run, "full-clear-how")):
            assert at(user) == "full-clear-how"
            await user.press("equals_sign")
            await user.until(lambda: user.said == "✗ Nothing was said of this last time.")
            await user.press("c")
            await user.until(lambda: user.said == "These words are candid and stay in the house.")
            assert stored(session, SAID, 6, "full-clear-how")[0][3] == "candid"
            await user.press("escape")
        async with flow(user, lambda owner: begin_assessment(owner, plan_of(session), "")):
            await user.press("ctrl+s")
            await user.until(lambda: isinstance(user.app.screen, AssessmentDialog))
            item = stored(session, SAID, 7, "full-clear-how")[0][4]
            await user.app.ask(say_item, ana, str(item), challenges="Our own words.")
            user.app.screen.post_message(Changed())
            await user.press("j", "j")
            await user.sees("Our own words.")
            await user.press("equals_sign")
            wanted = ("not yet", "Our own words.", "candid")
            await user.until(
                lambda: tuple(stored(session, SAID, 7, "full-clear-how")[0][at] for at in (0, 1, 3)) == wanted
            )
            await user.press("k", "equals_sign")
            await user.until(lambda: user.said.startswith("✗ Everything that was said last time is said already"))
            await user.press("escape")


async def test_words_are_written_down_and_a_next_step_becomes_an_action(session_on: On) -> None:
    session = session_on("stages")
    run = run_of(session, 6)
    linked = (
        "SELECT action.title, action.agreed, party.name, step_objective.title FROM next_action "
        "JOIN action ON action.uid = next_action.action_id JOIN role ON role.action_id = action.uid "
        "JOIN party ON party.uid = role.party_id JOIN step_objective ON step_objective.uid = action.objective_id "
        "JOIN checklist_item ON checklist_item.uid = item_id WHERE checklist_item.key = 'full-norms'"
    )
    async with asking(session, lambda owner: open_assessment(owner, run, "full-norms"), (120, 40)) as user:
        maria = str(stored(session, "SELECT uid FROM party WHERE name = 'María Chen'")[0][0])
        agreed = {"today": date(2026, 3, 16), "state": "agreed"}
        await user.app.ask(partial(record_agreement, Author("ana"), plan_of(session), [maria], **agreed))
        await user.press("e", "right", "right", "tab", "tab", "tab", "tab")
        await user.type("Write down the rules.\nThen tell everybody.")
        await user.press("tab", "right", "ctrl+s")
        said = ("partly in place", "", "Write down the rules.\nThen tell everybody.", "candid")
        await user.until(lambda: stored(session, SAID, 6, "full-norms")[0][:4] == said)
        await user.sees("◐ partly in place", "◈ candid")
        await user.press("m", "ctrl+s")
        await user.sees("✗ Say under which step objective", "✗ Say who answers", "✗ Say by when")
        await user.press("enter")
        await user.type("pilot is defined")
        await user.press("enter", "tab", "enter")
        await user.type("maría")
        await user.press("enter", "tab")
        await user.type("eom")
        await user.press("ctrl+s")
        await user.sees("Save it all the same?", "María Chen")
        await user.press("n")
        await user.sees("Make an action of the next step")
        assert stored(session, linked) == []
        await user.press("ctrl+s", "y")
        await user.stores(linked, ("Write down the rules.", "2026-03-31", "María Chen", "The pilot is defined"))
        await user.sees("→○", "Actions that came of it", "A-9 Write down the rules.")
        await user.press("f")
        await user.until(lambda: isinstance(user.app.screen, OutlineScreen))
        await user.sees("Write down the rules.")
        await user.press("escape")
        await user.until(lambda: isinstance(user.app.screen, AssessmentDialog))
        await user.press("escape")


async def test_finishing_says_how_many_are_not_rated_and_then_only_actions_are_made(session_on: On) -> None:
    session = session_on("stages")
    run = run_of(session, 6)
    async with asking(session, lambda owner: open_assessment(owner, run)) as user:
        await user.press("F")
        await user.sees("Finish C-6 for good", "11 of 14 qualities are not rated and stay so")
        await user.press("ctrl+s")
        await user.sees("3 of 14 rated · finished 2026-03-16")
        for key in ("1", "0", "equals_sign", "c", "e", "F"):
            await user.press(key)
            await user.until(lambda: user.said.startswith("✗ This was finished on 2026-03-16 and stays as it is"))
            user.app.tell("")
        await user.press("m")
        await user.until(lambda: isinstance(user.app.screen, FormScreen))
        await user.press("escape", "f")
        await user.until(lambda: user.said == "✗ No action came of this yet: m makes one of the next step.")
        await user.press("escape")


async def test_side_by_side_on_a_wide_screen_and_one_under_the_other_on_a_narrow_one(session_on: On) -> None:
    session = session_on("stages")
    run = run_of(session, 4)
    for size in ((120, 40), (80, 24)):
        async with asking(session, lambda owner: open_assessment(owner, run, "pilot-scope"), size) as user:
            rating = next(line for line in user.text.splitlines() if "○ not yet" in line)
            assert ("✓ in place" in rating) == (size[0] == 120)
            assert any("2025-10-06" in line for line in user.text.splitlines())
            await user.press("escape")


async def test_every_assessment_is_listed_opened_and_begun_and_a_running_one_removed(session_on: On) -> None:
    session = session_on("stages")
    plan = plan_of(session)
    async with asking(session, lambda owner: open_runs(owner, plan)) as user:
        await user.until(lambda: isinstance(user.app.screen, AssessmentsDialog))
        await user.sees("Joint reading teams", "C-6 Full implementation", "3/14", "since 2026-03-09")
        await user.sees("C-1 Piloting", "6/8", "done 2025-10-07")
        await user.press("enter")
        await user.until(lambda: isinstance(user.app.screen, AssessmentDialog))
        await user.press("escape", "delete", "y")
        await user.misses("C-6")
        await user.press("u")
        await user.sees("C-6 Full implementation")
        await user.press("end", "delete", "y")
        await user.until(lambda: user.said.startswith("✗ C-1"))
        await user.press("a")
        await user.sees("Assess a stage")
        await user.press("escape", "escape")


async def test_one_that_a_colleague_removes_closes_with_a_word(session_on: On) -> None:
    session = session_on("stages")
    run = run_of(session, 6)
    async with asking(session, lambda owner: open_assessment(owner, run)) as user:
        await user.app.ask(remove_checklist, Author("ben"), run)
        user.app.screen.post_message(Changed())
        await user.until(lambda: isinstance(user.app.screen, PlansScreen) and user.said.startswith("✗"))


async def test_what_has_changed_in_the_template_since_is_said(session_on: On) -> None:
    session = session_on("stages")
    asked = template("progress")
    run = run_of(session, 6)
    async with running(session) as user:
        async with flow(user, lambda owner: open_assessment(owner, run)):
            assert not user.app.screen.query_one("#template").display
            await user.press("escape")
        items = [item for item in asked.items if item.key != "full-led"]
        lines = [f'title = "Ours"\nkind = "{asked.kind}"']
        lines += [f'[[item]]\nkey = "{one.key}"\ntext = "{one.text}"\nsection = "{one.section}"' for one in items]
        own = template_folders()[-1]
        own.mkdir(parents=True)
        (own / "progress.toml").write_text("\n".join(lines), encoding="utf-8")
        async with flow(user, lambda owner: open_assessment(owner, run)):
            await user.sees("1 of its items is no longer there in “Ours” today.")
            await user.press("escape")


async def test_a_rating_reads_the_run_alone_again(session_on: On, caplog: pytest.LogCaptureFixture) -> None:
    session = session_on("stages")
    run = run_of(session, 6)
    async with asking(session, lambda owner: open_assessment(owner, run, "full-norms")) as user:
        await user.sees("Partners", "School")
        with caplog.at_level(logging.DEBUG, "peewee"):
            await user.press("3", "k")
        await user.sees("Now: ○ not yet", "Partners", "School")
        assert "checklist_item" in caplog.text
        assert "next_action" not in caplog.text
        await user.press("escape")


async def test_words_that_are_typed_while_a_colleague_rates_are_kept_beside_the_rating(session_on: On) -> None:
    session = session_on("stages")
    run = run_of(session, 6)
    item = stored(session, "SELECT uid FROM checklist_item WHERE run_id = ? AND key = 'full-led'", run)[0][0]
    async with asking(session, lambda owner: open_assessment(owner, run, "full-led")) as user:
        await user.press("e", "tab", "tab", "tab")
        await user.type("Nobody has time.")
        await user.app.ask(say_item, Author("ben"), str(item), rating="not yet")
        await user.press("ctrl+s")
        await user.sees("Keep both changes?", "ben")
        await user.press("y")
        await user.until(lambda: stored(session, SAID, 6, "full-led")[0][:2] == ("not yet", "Nobody has time."))
        await user.press("escape")


async def test_a_rating_that_a_colleague_has_given_meanwhile_is_not_overwritten(session_on: On) -> None:
    session = session_on("stages")
    run = run_of(session, 6)
    item = stored(session, "SELECT uid FROM checklist_item WHERE run_id = ? AND key = 'full-norms'", run)[0][0]
    async with asking(session, lambda owner: open_assessment(owner, run, "full-norms")) as user:
        await user.app.ask(say_item, Author("ben"), str(item), rating="not yet")
        await user.press("1")
        await user.until(lambda: user.said.startswith("✗") and "ben" in user.said)
        await user.sees("Now: ○ not yet")
        await user.press("escape")


async def test_a_stage_is_added_described_and_skipped(session_on: On) -> None:
    session = session_on("stages")
    plan = plan_of(session)
    latest = "SELECT kind, cycle, title, skipped_because, scope FROM stage ORDER BY number DESC LIMIT 1"
    async with running(session) as user:
        async with flow(user, lambda owner: edit_stage_form(owner, plan)):
            await user.press("tab", "tab", "tab", "tab", "tab")
            await user.type("The first pilot told enough.")
            await user.press("ctrl+s")
            await user.stores(latest, ("piloting", 2, "Piloting, attempt 2", "The first pilot told enough.", ""))
        stage = str(stored(session, "SELECT uid FROM stage ORDER BY number DESC LIMIT 1")[0][0])
        async with flow(user, lambda owner: edit_stage_form(owner, plan, stage)):
            await user.press("tab", "tab", "ctrl+u", "1", "ctrl+s")
            await user.sees("✗ T-1 “Piloting” is attempt 1 of", "piloting already: choose another.")
            await user.press("ctrl+u")
            await user.type("2.5")
            await user.press("ctrl+s")
            await user.sees("✗ The attempt is a whole number")
            await user.press("ctrl+u")
            await user.type("2")
            await user.press("tab")
            await user.type("2026-03-01")
            await user.press("ctrl+s")
            await user.sees("✗ This stage has begun, so that it was not skipped")
            await user.press("escape", "y")
        full = stage_of(session, "full implementation")
        async with flow(user, lambda owner: edit_stage_form(owner, plan, full)):
            await user.sees("Edit T-2", "Describe it during the pilot")
            await user.misses("Skipped because")
            await user.press("escape")


async def test_an_assessment_is_written_and_one_of_the_roster_opens_in_its_own_dialog(
    session_on: On, tmp_path: Path
) -> None:
    session = session_on("stages")
    plan, pilot = plan_of(session), stage_of(session, "piloting")
    async with running(session) as user:
        async with flow(user, lambda owner: export_assessment(owner, plan, pilot)):
            await user.until(lambda: isinstance(user.app.screen, PickList))
            await user.sees("C-4 2026-01-19 consensus")
            await user.press("enter")
            await user.sees("Piloting: consensus")
            await user.press("tab", "end", "backspace")
            await user.type(str(tmp_path))
            await user.press("ctrl+s")
            await user.until(lambda: "Written: " in user.said)
            assert list(tmp_path.glob("piloting-consensus-assessment.*"))
        school = str(stored(session, "SELECT uid FROM party WHERE short_name = 'School'")[0][0])

        async def about_the_school(owner: ChangingScreen) -> None:
            await owner.app.push_screen_wait(ChecklistsDialog(owner, school, "School"))

        async with flow(user, about_the_school):
            await user.press("a")
            await user.sees("Begin a checklist")
            await user.press("enter")
            await user.misses("How the implementation goes")
            await user.press("escape", "escape", "enter")
            await user.until(lambda: isinstance(user.app.screen, AssessmentDialog))
            await user.press("escape", "escape")


async def test_where_nothing_can_be_done_yet_a_sentence_says_what_to_do(session_on: On) -> None:
    session = session_on("small")
    plan = plan_of(session)
    async with running(session) as user:
        owner = user.app.screen
        assert isinstance(owner, ChangingScreen)
        for asks, words in (
            (lambda: begin_assessment(owner, plan), "There is no stage to assess yet: a adds one."),
            (lambda: export_assessment(owner, plan), "There is no assessment to write yet: s begins one."),
            (
                lambda: make_step_action(owner, "gone"),
                "This quality is no longer there: somebody removed the assessment.",
            ),
        ):
            worker = owner.run_worker(asks(), exit_on_error=False)
            await user.until(lambda worker=worker: worker.is_finished)
            assert str(worker.error) == words
