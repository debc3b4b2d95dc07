"""The gate out of a stage: what is lacking, what was decided, and deciding, with what is refused under its field."""

from collections.abc import Callable
from datetime import date

from tests.hosts import running, stored
from tests.screens.flows import asking, flow, plan_of, stage_of
from tests.screens.party_dialogs import listed
from tui_plan.model.store import Author
from tui_plan.operations.register import edit_entry
from tui_plan.operations.stages import edit_stage
from tui_plan.screens.assessing import open_gate
from tui_plan.screens.assessment_run import AssessmentDialog
from tui_plan.screens.gate import GateDialog
from tui_plan.session import Session

On = Callable[[str], Session]
ANA = Author("ana")
DECIDED = (
    "SELECT gate, party.name, cause, outcome, meeting_id IS NOT NULL FROM register_entry "
    "LEFT JOIN party ON party.uid = party_id WHERE gate != '' ORDER BY register_entry.number"
)


async def test_all_that_is_lacking_stands_under_what_the_gate_asks_for(session_on: On) -> None:
    session = session_on("stages")
    pilot = stage_of(session, "piloting")
    async with asking(session, lambda owner: open_gate(owner, pilot)) as user:
        await user.sees("T-1 Piloting", "Gate: ! overridden 2026-02-01 by Partner school")
        assert [row[0] for row in listed(user)][:3] == [
            "✓ Every quality is rated",
            "✓ What is in place has evidence",
            "✓ The rest has a next step",
        ]
        rows = [tuple(row) for row in listed(user)]
        assert ("○ Lessons are to be kept, changed or dropped", "1 lacking") in rows
        assert ("· leadership of Full implementation", "") in rows
        assert rows[-2] == ("What was decided", "")
        assert rows[-1][0].startswith("! overridden by Partner school: The grant begins in February.")
        await user.press("end")
        await user.sees("overridden by Partner school  R-1", "Because", "the answer of the finance office")
        await user.press("home", "j", "j", "j", "j")
        await user.sees("Meet [bold red]weekly[/]", "Settle each lesson in the register")
        await user.press("enter")
        await user.until(lambda: isinstance(user.app.screen, AssessmentDialog))
        await user.sees("8 of 8 rated · finished 2026-01-20")
        await user.press("escape", "escape")


async def test_a_quality_that_lacks_something_is_opened_in_the_assessment(session_on: On) -> None:
    session = session_on("stages")
    pilot, full = stage_of(session, "piloting"), stage_of(session, "full implementation")
    item = stored(session, "SELECT uid FROM checklist_item WHERE key = 'pilot-shared' ORDER BY rowid DESC LIMIT 1")[0][
        0
    ]
    async with running(session) as user:
        await user.app.ask(_forget_next_step, str(item))
        async with flow(user, lambda owner: open_gate(owner, pilot)):
            await user.sees("1 lacking")
            await user.press("j", "j", "j", "enter")
            await user.until(lambda: isinstance(user.app.screen, AssessmentDialog))
            await user.sees("Results told: the people who work for each partner")
            await user.press("escape", "escape")
        async with flow(user, lambda owner: open_gate(owner, full)):
            await user.sees("Gate: · closed", "no assessment by consensus was finished")
            await user.press("enter")
            await user.until(lambda: user.said.startswith("✗ No assessment by consensus was finished yet"))
            await user.press("end")
            await user.sees("Nothing yet: d decides.")
            await user.press("escape")


async def test_what_cannot_be_decided_is_said_under_its_field_and_nothing_is_lost(session_on: On) -> None:
    session = session_on("stages")
    full = stage_of(session, "full implementation")
    async with asking(session, lambda owner: open_gate(owner, full)) as user:
        await user.press("d")
        await user.sees("Gate of Full implementation", "It is not open: overriding needs a name", "[× not passed]")
        await user.press("ctrl+s")
        await user.sees("✗ Say which meeting decided.")
        await user.press("tab", "tab")
        await user.type("The board wants to see more.")
        await user.press("shift+tab", "shift+tab", "enter", "enter", "shift+tab", "shift+tab", "left", "left", "ctrl+s")
        await user.sees("✗ The gate of", "is not open:")
        await user.press("right", "ctrl+s")
        await user.sees("✗ Say under which conditions.")
        await user.press("shift+tab", "shift+tab")
        assert len(stored(session, DECIDED)) == 1
        await user.sees("The board wants to see more.")
        await user.press("escape", "y", "escape")


async def test_an_overriding_is_made_by_name_and_shown_for_ever_and_an_open_gate_is_passed(session_on: On) -> None:
    session = session_on("stages")
    plan, full = plan_of(session), stage_of(session, "full implementation")
    async with running(session) as user:
        async with flow(user, lambda owner: open_gate(owner, full)):
            await user.press("d", "right", "ctrl+s")
            await user.sees("✗ Say who overrides the gate.", "✗ Say why the gate is overridden")
            await user.press("enter")
            await user.type("Zoe Marsh")
            await user.press("enter", "tab")
            await user.type("The grant ends.")
            await user.press("ctrl+s")
            await user.sees("New on the roster", "Zoe Marsh")
            await user.press("ctrl+s")
            await user.sees("Gate: ! overridden 2026-03-16 by Zoe Marsh")
            assert stored(session, DECIDED)[-1] == ("overridden", "Zoe Marsh", "The grant ends.", "", 0)
            assert stored(session, "SELECT ended_on FROM stage WHERE uid = ?", full) == [("2026-03-16",)]
            await user.press("escape")
        await user.app.ask(_open_the_gate_of_the_pilot, session)
        async with flow(user, lambda owner: open_gate(owner, stage_of(session, "piloting"))):
            assert all(row[0].startswith("✓") for row in listed(user)[:5])
            await user.press("d")
            await user.sees("A meeting decides", "[✓ passed]")
            await user.press("tab", "tab", "enter")
            await user.type("2026-02-27")
            await user.press("enter", "ctrl+s")
            await user.sees("Gate: ✓ passed · ! overridden 2026-02-01 by Partner school")
            assert ("passed", None, "", "", 1) in stored(session, DECIDED)
            assert isinstance(user.app.screen, GateDialog)
            await user.press("u")
            await user.sees("Undone: Gate of")
            await user.press("escape")
    assert plan_of(session) == plan


def _forget_next_step(item: str) -> None:
    from tui_plan.model.checklist import ChecklistItem
    from tui_plan.model.store import change

    with change(ANA, "Forgot a next step") as writer:
        writer.update(ChecklistItem, item, {"next_steps": ""})


def _open_the_gate_of_the_pilot(session: Session) -> None:
    for (uid,) in stored(session, "SELECT uid FROM register_entry WHERE kind = 'lesson' AND disposition = ''"):
        edit_entry(ANA, str(uid), disposition="drop")
    full = stage_of(session, "full implementation")
    edit_stage(ANA, full, leadership="The board.", success="All read.", ended_on=date(2026, 3, 16))
