"""Who must agree and who has: coverage that never claims too much, answers of one and of many, reservations in full."""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import date
from pathlib import Path

import pytest

from tests.hosts import Driver, running, stored
from tests.screens.people import ODD_BODY, ODD_NAME
from tests.screens.test_roster import open_roster
from tests.screens.test_roster import to as to_party
from tui_plan.insight.agreement import AgreementLine, AgreementReport, Coverage
from tui_plan.model.store import Author
from tui_plan.model.vocabulary import AgreementState
from tui_plan.operations.agreements import record_agreement
from tui_plan.screens.agreement_rows import agreement_rows, coverage_words, row_view
from tui_plan.screens.agreements import AgreementsDialog
from tui_plan.screens.form import FormScreen
from tui_plan.screens.plans import PlansScreen
from tui_plan.session import Session
from tui_plan.widgets.line_list import LineList
from tui_plan.widgets.lines import pieces_of
from tui_plan.widgets.rows import Fold

On = Callable[[str], Session]
STANDS = (
    "SELECT a.state, a.channel, a.reservations FROM agreement a JOIN party p ON p.uid = a.party_id WHERE p.name = ?"
)
PLAN = "SELECT uid FROM plan"
CARA = "SELECT uid FROM party WHERE name = 'Cara Diaz'"


@asynccontextmanager
async def agreements(session: Session, size: tuple[int, int] = (80, 24)) -> AsyncIterator[Driver]:
    """Run the program with the agreements of its plan open."""
    async with running(session, size) as user:
        await user.press("A")
        await user.until(lambda: isinstance(user.app.screen, AgreementsDialog))
        yield user


async def to(user: Driver, name: str, under: str = "") -> LineList:
    """Put the cursor on somebody."""
    view = user.app.screen.query_one(LineList)
    uid = stored(user.session, "SELECT uid FROM party WHERE name = ?", name)[0][0]
    view.move_to(f"{under}/{uid}")
    await user.settle()
    assert view.cursor_key == f"{under}/{uid}"
    return view


@pytest.mark.parametrize(
    ("agreed", "required", "words"),
    [
        (0, 0, "n/a: nobody has to agree yet"),
        (0, 3, "0 of 3 agreed · 0 %"),
        (199, 200, "199 of 200 agreed · 99 %"),
        (999, 1000, "999 of 1000 agreed · 99 %"),
        (4, 4, "4 of 4 agreed · 100 %"),
    ],
)
def test_all_of_it_is_said_only_of_all(agreed: int, required: int, words: str) -> None:
    assert coverage_words(Coverage("", agreed, required)) == words


async def test_from_the_roster_the_cursor_is_on_whom_it_was_there(session_on: On) -> None:
    session = session_on("people")
    async with running(session) as user:
        await open_roster(user)
        await to_party(user, "María Chen")
        await user.press("A")
        await user.until(lambda: isinstance(user.app.screen, AgreementsDialog))
        await user.sees("› María Chen")


async def test_coverage_stands_above_and_those_missing_come_first(session_on: On) -> None:
    async with agreements(session_on("people"), (120, 40)) as user:
        await user.sees("Version 2.0 of Joint reading teams", "2 of 8 agreed · 25 %")
        await user.sees(f"! {ODD_BODY} 0/1", "! Harbour University 1/5", "! Northside School Dist… 1/2")
        await user.sees("1 declined, 1 lapsed, 3 not asked, 1 asked")
        lines = user.text.splitlines()
        places = [next(at for at, line in enumerate(lines) if name in line) for name in ("Finn Berg", "Dev Patel")]
        assert places == sorted(places)
        await user.sees("× declined", "↺ lapsed", "! vacant", "≈ reservations", "accountable 1")


async def test_with_nobody_required_it_says_so(session_on: On) -> None:
    async with running(session_on("empty")) as user:
        await user.press("a")
        await user.type("Coast")
        await user.press("ctrl+s", "A")
        await user.sees("n/a: nobody has to agree yet", "give the actions owners")


async def test_an_answer_is_recorded_on_their_word_and_taken_back(session_on: On) -> None:
    session = session_on("people")
    async with agreements(session) as user:
        await to(user, "Cara Diaz")
        await user.press("e")
        await user.sees("Cara Diaz · Version 2.0 of Joint reading teams", "[✓ agreed]", "2026-03-16")
        await user.press("ctrl+s")
        await user.stores(STANDS.replace("?", "'Cara Diaz'"), ("agreed", "meeting", ""))
        await user.sees("3 of 8 agreed · 38 %")
        assert user.said == "Cara Diaz: agreed. u takes it back."
        said = (
            "SELECT p.name, c.channel FROM ledger_change c JOIN party p ON p.uid = c.said_by ORDER BY c.id DESC LIMIT 1"
        )
        assert stored(session, said) == [("Cara Diaz", "meeting")]
        await user.press("u")
        await user.sees("2 of 8 agreed · 25 %")


async def test_what_a_colleague_recorded_meanwhile_is_not_written_over(session_on: On) -> None:
    session = session_on("people")
    plan, cara = (str(stored(session, query)[0][0]) for query in (PLAN, CARA))
    async with agreements(session) as user:
        await to(user, "Cara Diaz")
        await user.press("e")
        await user.sees("[✓ agreed]")
        today, declined = date(2026, 3, 16), AgreementState.DECLINED.value
        await user.app.ask(record_agreement, Author("ben"), plan, [cara], today=today, state=declined)
        await user.press("ctrl+s")
        await user.sees("✗", "ben changed this agreement")
        await user.stores(STANDS.replace("?", "'Cara Diaz'"), ("declined", "", ""))
        await user.press("escape")
        await user.sees("× declined")


async def test_several_are_asked_at_once(session_on: On) -> None:
    session = session_on("people")
    async with agreements(session) as user:
        await to(user, "Ben Ode")
        await user.press("space")
        view = await to(user, "Harbour University")
        await user.press("space", "x")
        await user.sees("How 2 of them stand", "Ben Ode, Harbour University", "[? asked]", "[email]")
        await user.press("ctrl+s")
        for name in ("Ben Ode", "Harbour University"):
            await user.stores(STANDS.replace("?", f"'{name}'"), ("asked", "email", ""))
        assert not view.marked
        assert user.said == "2 of them: asked. u takes it back."
        last = "SELECT summary, said_by FROM ledger_change ORDER BY id DESC LIMIT 1"
        assert stored(session, last) == [("2 people: asked (P-1 “Joint reading teams”, version 2.0)", "")]


async def test_reservations_need_their_words_and_show_in_full(session_on: On) -> None:
    async with agreements(session_on("people")) as user:
        await to(user, "Ben Ode")
        await user.press("e", "right", "right", "ctrl+s")
        await user.sees("✗ Write down the reservations, in their words.")
        assert isinstance(user.app.screen, FormScreen)
        await user.type("Only until the board\nhas met.")
        await user.press("ctrl+s")
        await user.until(lambda: isinstance(user.app.screen, AgreementsDialog))
        await to(user, "Ben Ode")
        await user.sees("≈ agreed with reservations", "Only until the board", "has met.")


async def test_a_lapsed_agreement_tells_what_made_it_lapse_and_who_recorded_it(session_on: On) -> None:
    async with agreements(session_on("people"), (120, 40)) as user:
        await to(user, ODD_NAME)
        await user.sees("↺ lapsed", "Lapsed by", "new duties in the plan", "Recorded by", "ana")


async def test_nobody_can_agree_for_a_vacant_post(session_on: On) -> None:
    async with agreements(session_on("people")) as user:
        await to(user, "Literacy coordinator")
        await user.press("e")
        await user.until(lambda: user.said.startswith("✗ Literacy coordinator: vacant: nobody can agree"))
        assert isinstance(user.app.screen, AgreementsDialog)


async def test_only_the_missing_and_their_names_to_copy(session_on: On) -> None:
    async with agreements(session_on("people"), (120, 40)) as user:
        await user.press("exclamation_mark")
        await user.sees("only these", "Finn Berg")
        await user.misses("Dev Patel")
        await user.press("y")
        assert user.app.clipboard.splitlines() == [
            "Ben Ode",
            "Cara Diaz",
            "Finn Berg",
            "Harbour University",
            ODD_NAME,
            "Literacy coordinator",
        ]
        assert user.said == "Copied 6 names of who has not agreed."
        await user.press("exclamation_mark")
        await user.sees("Dev Patel")


async def test_a_partner_is_asked_as_a_whole(session_on: On) -> None:
    async with agreements(session_on("people"), (120, 40)) as user:
        await to(user, "Finn Berg")
        await user.press("b")
        view = user.app.screen.query_one(LineList)
        assert view.cursor_key is not None
        assert view.cursor_key.startswith("Harbour University/")
        view.move_to("Northside School District/")
        await user.sees("Coverage", "1 of 2 agreed", "Missing", "Ben Ode")
        await user.press("e")
        await user.sees("Ben Ode · Version 2.0", "[? asked]")
        await user.press("escape", "b")
        await user.misses("▾ Harbour University")


async def test_escape_drops_the_filter_then_the_marks_then_leaves(session_on: On) -> None:
    async with agreements(session_on("people"), (120, 40)) as user:
        await user.press("space", "slash")
        await user.type("cara")
        await user.press("enter")
        await user.misses("Finn Berg")
        await user.sees("1 marked, 1 of them not shown")
        await user.press("escape")
        await user.sees("Finn Berg", "1 marked")
        await user.press("escape")
        await user.misses("1 marked")
        await user.press("escape")
        await user.until(lambda: isinstance(user.app.screen, PlansScreen))


async def test_who_may_only_read_can_record_nothing(session_on: On) -> None:
    async with running(session_on("people"), may_write=False) as user:
        await user.press("A", "enter")
        await user.until(lambda: "You may read this plan but not change it" in user.said)
        assert isinstance(user.app.screen, AgreementsDialog)


async def test_who_agreed_is_written_to_print(session_on: On, tmp_path: Path) -> None:
    async with agreements(session_on("people")) as user:
        await user.press("E", "tab", "end", "backspace")
        await user.type(str(tmp_path))
        await user.press("ctrl+s")
        await user.until(lambda: "Written: " in user.said)
        assert "Cara Diaz" in (tmp_path / "joint-reading-teams-agreements.html").read_text()


def test_two_of_one_name_are_told_apart_by_their_partners() -> None:
    def line(uid: str, name: str, partner: str) -> AgreementLine:
        return AgreementLine(
            *(uid, name, "person", (partner,), "responsible for 1", AgreementState.NOT_ASKED.value, None),
            *("", "", "", "", "", "", False, 0),
        )

    lines = (line("1", "Grace Kim", "Harbour"), line("2", "Grace Kim", "Trust"), line("3", "Ben Ode", "Trust"))
    report = AgreementReport("p", "Flood plan", "1.0", lines, Coverage("", 0, 3), ())
    rows = agreement_rows(lines, report, by_partner=False)
    assert ["".join(piece.text for piece in pieces_of(row_view(row, Fold.LEAF, "iso").cells[0])) for row in rows] == [
        "Grace Kim, Harbour",
        "Grace Kim, Trust",
        "Ben Ode",
    ]
