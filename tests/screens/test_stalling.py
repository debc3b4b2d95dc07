"""What stalls and what slips, on the outline and on the board: shown alone, told in the last line, assessed."""

from collections.abc import Callable
from datetime import date

from tests.hosts import program, running, stored
from tests.screens.test_board import board
from tests.screens.walking import at, on, outline
from tui_plan.insight.finding import find_plan
from tui_plan.insight.outline import plan_outline
from tui_plan.model.store import Author
from tui_plan.model.vocabulary import PartyKind, RoleKind
from tui_plan.operations.actions import edit_action
from tui_plan.operations.parts import set_roles
from tui_plan.operations.people import add_party
from tui_plan.screens.form import FormScreen
from tui_plan.screens.outline import OutlineScreen
from tui_plan.session import Session
from tui_plan.widgets.board import Board

On = Callable[[str], Session]
DAYS = "SELECT agreed, forecast FROM action WHERE number = 5"
LINKED = (
    "SELECT register_entry.kind, register_entry.title, party.name, action.number FROM entry_link "
    "JOIN register_entry ON register_entry.uid = entry_id JOIN action ON action.uid = entry_link.action_id "
    "JOIN party ON party.uid = register_entry.party_id"
)


async def test_only_what_has_stalled_and_why(session_on: On) -> None:
    async with outline(session_on("working"), (120, 40)) as user:
        await on(user, "The results travel")
        await user.sees("Stalled", "‖ No open action has both an owner")
        assert "‖ stalled" not in user.text, "the list says it only while what has stalled is shown alone"
        await user.press("number_sign")
        await user.sees("Joint reading teams · only what has stalled", "‖ stalled", "Train the staff")
        text = user.text
        assert text.count("‖ stalled") == 2
        assert "The pilot is defined" not in text
        assert "Agree the scope" not in text
        assert at(user) == "The results travel"
        await on(user, "Staff know their part")
        await user.sees("‖ A-4 slipped twice")
        await user.press("exclamation_mark")
        await user.sees("only what is overdue", "Agree the scope")
        await user.misses("Train the staff")
        await user.press("number_sign", "number_sign")
        await user.sees("Agree the scope", "Train the staff", "Share the results")
        assert "only what" not in user.text
        await user.press("number_sign")
        await user.sees("only what has stalled")
        await user.press("escape")
        await user.misses("only what has stalled")
        assert isinstance(user.app.screen, OutlineScreen)


async def test_what_has_stalled_shows_also_where_its_area_is_folded(session_on: On) -> None:
    async with outline(session_on("working"), (120, 40)) as user:
        await user.press("g", "g", "h")
        await user.misses("Train the staff")
        await user.press("number_sign")
        await user.sees("Train the staff")
        await user.press("number_sign")
        await user.misses("Train the staff")


async def test_what_is_finished_waits_to_be_celebrated(session_on: On) -> None:
    waits = "Milestone A-6 and step objective S-3 wait to be celebrated: C on screen 7 says how."
    async with outline(session_on("small"), (120, 40)) as user:
        await on(user, "Share the results")
        await user.press("d", "ctrl+s")
        await user.until(lambda: user.said == waits)
        await user.press("u")
        await on(user, "Agree the scope")
        await user.press("d", "ctrl+s")
        await user.sees("1/3 done")
        assert user.said == "", "neither a milestone nor the last action of its step objective"
        await user.press("2")
        await user.sees("Share the results")
        shared = str(stored(user.session, "SELECT uid FROM action WHERE number = 6")[0][0])
        user.app.screen.query_one(Board).move_to(shared)
        for _ in range(4):
            await user.press("right_square_bracket")
            if user.said == waits:
                break
        assert user.said == waits
        await user.press("C")
        await user.sees("To celebrate  3", "◆ A-6 Share the results")


async def test_what_has_stalled_follows_a_change(session_on: On) -> None:
    async with outline(session_on("working"), (120, 40)) as user:
        await user.press("number_sign")
        await on(user, "Share the results")
        await user.press("o", "enter")
        await user.type("maria")
        await user.press("enter", "ctrl+s")
        await user.misses("Share the results")
        assert user.text.count("‖ stalled") == 1
        await user.press("u")
        await user.sees("Share the results")


async def test_nothing_has_stalled(session_on: On) -> None:
    session = session_on("small")
    with program(session):
        _carry_all()
    async with outline(session) as user:
        await user.press("number_sign")
        await user.sees("Nothing has stalled", "Press # to see everything again.")
        await user.press("2")
        await user.press("number_sign")
        await user.sees("only what has stalled", "Nothing has stalled")
        await user.press("escape")
        await user.sees("Choose four")


def _carry_all() -> None:
    """Give every action an owner and a date."""
    ana = Author("ana")
    plan = plan_outline(find_plan(), date(2026, 3, 16))
    assert plan is not None
    somebody = add_party(ana, PartyKind.PERSON, name="Somebody")
    for action in plan.actions:
        set_roles(ana, action.uid, [(RoleKind.RESPONSIBLE, somebody)])
        if action.expected is None:
            edit_action(ana, action.uid, today=date(2026, 3, 16), agreed=date(2026, 8, 1))


async def test_the_board_keeps_the_cards_of_what_has_stalled(session_on: On) -> None:
    async with board(session_on("working"), (160, 40)) as user:
        await user.press("number_sign")
        await user.sees(
            "only what has stalled · Joint reading teams", "A-4 ◎", "Share the results", "Tell the families"
        )
        assert "Agree the scope" not in user.text
        await user.press("exclamation_mark")
        await user.sees("only what is overdue", "A-1 ◎", "Agree the scope")
        await user.press("exclamation_mark")
        await user.sees("Choose four", "Tell the families")


async def test_a_slip_is_said_and_a_risk_is_written_down_when_there_is_time(session_on: On) -> None:
    session = session_on("small")
    async with outline(session) as user:
        await on(user, "Tell the families")
        await user.press("greater_than_sign")
        await user.stores(DAYS, ("2026-05-04", "2026-05-11"))
        await user.until(
            lambda: user.said == "A-5 slips 7 days past the agreed date. R writes down a risk or an issue."
        )
        assert isinstance(user.app.screen, OutlineScreen), "a meeting goes on: nothing is asked"
        await user.press("enter")
        await user.sees("7 days past the agreed date", "No risk or issue is written down for this slip: R")
        await user.press("R")
        await user.sees("Write down", "A-5 Tell the families", "[risk]")
        await user.press("i", "ctrl+s")
        await user.sees("A-5 “Tell the families” does not happen as agreed", "Partner school")
        await user.press("ctrl+s")
        entry = ("issue", "A-5 “Tell the families” does not happen as agreed", "Partner school", 5)
        await user.stores(LINKED, entry)
        await user.sees("Risks and issues", "R-1 A-5 “Tell the families”")
        await user.misses("No risk or issue is written down")
        await user.press("escape", "greater_than_sign")
        await user.until(lambda: user.said == "A-5 slips 2 weeks past the agreed date; R-1 is written down for it.")
        await user.press("less_than_sign", "less_than_sign")
        await user.stores(DAYS, ("2026-05-04", "2026-05-04"))
        await user.until(lambda: not user.said)


async def test_an_edit_and_a_report_say_the_slip_too_and_several_are_counted(session_on: On) -> None:
    async with outline(session_on("small")) as user:
        await on(user, "Train the staff")
        await user.press("e")
        await user.until(lambda: isinstance(user.app.screen, FormScreen))
        await user.press(*["tab"] * 4)
        await user.type("2026-06-15")
        await user.press("ctrl+s")
        await user.until(lambda: user.said.startswith("A-4 slips 2 weeks past the agreed date."))
        await on(user, "Tell the families")
        await user.press("p")
        await user.until(lambda: isinstance(user.app.screen, FormScreen))
        await user.press(*["tab"] * 4)
        await user.type("2026-05-05")
        await user.press("ctrl+s")
        await user.until(lambda: user.said.startswith("A-5 slips 1 day past the agreed date."))
        await on(user, "Train the staff")
        await user.press("space", "space", "greater_than_sign")
        await user.until(lambda: user.said.startswith("2 actions slip past their agreed dates. R on one"))


async def test_a_core_component_is_marked_by_form_and_by_marks(session_on: On) -> None:
    session = session_on("small")
    core = "SELECT number FROM action WHERE core ORDER BY number"
    async with outline(session, (120, 40)) as user:
        await on(user, "Agree the scope")
        await user.press("e")
        await user.sees("Core component")
        await user.press("shift+tab", "y", "ctrl+s")
        await user.stores(core, (1,))
        await user.sees("◎ Agree the scope", "◎ core component")
        await user.press("space", "space", "x")
        await user.sees("core component or not")
        await user.press("c", "ctrl+s")
        await user.sees("core: without it the plan is not what was agreed")
        await user.press("ctrl+s")
        await user.stores(core, (1,), (2,))
        await user.press("x", "c", "ctrl+s")
        await user.press("n", "ctrl+s")
        await user.stores(core)


async def test_an_action_tells_what_it_came_of_and_what_names_it(session_on: On) -> None:
    async with outline(session_on("working"), (120, 40)) as user:
        await on(user, "Ask for a pool of substitutes")
        await user.sees("Came of the next step for", "assessment C-", "of 2026-01-19")
        await on(user, "Train the staff")
        await user.press("enter", "end")
        await user.sees("Risks and issues", "The union stays away", "risk · open · look at it on", "In the register")
        await user.sees("adaptation · open", "◈ Substitutes are hard", "  candid", "▷ Meet [bold red]weekly[/]")


async def test_a_plan_tells_its_stage_and_its_gate(session_on: On) -> None:
    async with running(session_on("working"), (120, 40)) as user:
        await user.sees("Full implementation,", "· closed, 1 lacking", "! 1 scored 15 or more", "★ 3 achieved")
        assert stored(user.session, "SELECT COUNT(*) FROM stage") == [(3,)]
    async with running(session_on("small"), (120, 40)) as user:
        await user.sees("none yet: 4 to add one")
