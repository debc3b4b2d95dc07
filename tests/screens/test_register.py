"""The register: kind by kind, what needs a look, one form made for each kind, settled, answered, promoted, undone."""

from collections.abc import Callable
from datetime import date

import pytest

from tests.hosts import Driver, running, stored
from tests.screens.register_plan import CALENDARS, UNION
from tui_plan.app import READ_ONLY, Changed
from tui_plan.model.entry_kinds import KINDS
from tui_plan.model.store import Author
from tui_plan.model.vocabulary import EntryKind
from tui_plan.operations.register import edit_entry, remove_entry
from tui_plan.screens.evaluation import EvaluationDialog
from tui_plan.screens.form import FormScreen
from tui_plan.screens.forms_register import Offers, entry_form
from tui_plan.screens.matrix import MatrixDialog
from tui_plan.screens.outline import OutlineScreen
from tui_plan.screens.register import RegisterScreen
from tui_plan.session import Session
from tui_plan.widgets.detail import DetailView
from tui_plan.widgets.fields import DateReading, Option
from tui_plan.widgets.line_list import LineList

On = Callable[[str], Session]
LINKED = (
    "SELECT e.kind, a.title FROM register_entry e JOIN entry_link l ON l.entry_id = e.uid "
    "JOIN action a ON a.uid = l.action_id WHERE e.title = ?"
)


async def open_register(user: Driver) -> LineList:
    """Go to the register and wait for its rows."""
    await user.press("7")
    await user.until(lambda: isinstance(user.app.screen, RegisterScreen))
    view = user.app.screen.query_one("#register", LineList)
    await user.until(lambda: view.rows is not None)
    return view


async def to(user: Driver, title: str) -> str:
    """Put the cursor on an entry by its words, wait for its page, and return its uid."""
    uid = uid_of(user.session, title)
    screen = user.app.screen
    assert isinstance(screen, RegisterScreen)
    screen.go_to(uid)
    await user.until(lambda: screen.query_one("#detail", DetailView).about == uid)
    await user.settle()
    return uid


def uid_of(session: Session, title: str) -> str:
    """Return the uid of the first entry with these words."""
    return str(stored(session, "SELECT uid FROM register_entry WHERE title = ? ORDER BY number", title)[0][0])


async def test_all_kinds_stand_below_their_headings_with_what_needs_a_look(session_on: On) -> None:
    async with running(session_on("register"), (140, 60)) as user:
        await open_register(user)
        await user.sees("Register · Joint reading teams", "! 5 of 22 need a look")
        await user.sees("To assess  1", "! A-1 Agree the scope", "María Chen +1", "3 weeks late")
        await user.sees("Risks  4 open of 5", f"↑ R-5 {UNION[:24]}", "! 3 weeks late ◈", "↑ 15 high", "↓ 4 low")
        await user.sees("! no mitigation", "! undecided", "! to celebrate", "14 of 20", "opposed ◈", "◈ candid")
        text = user.text
        headings = ["To assess", "Risks", "Issues", "Decisions", "Context changes", "Adaptations", "Lessons"]
        headings += ["Achievements", "Ideas", "Participation", "Champions", "Support"]
        places = [text.index(f"▾ {heading}") for heading in headings]
        assert places == sorted(places)
        assert text.index("R-5") < text.index("R-8") < text.index("R-6") < text.index("R-7") < text.index("R-9")


async def test_a_page_says_all_of_an_entry_under_its_kinds_own_words(session_on: On) -> None:
    async with running(session_on("register"), (140, 60)) as user:
        await open_register(user)
        await to(user, UNION)
        await user.sees("Risk R-5", "! 2026-02-23, 3 weeks late", "◈ candid: stays in the house", "Joint reading teams")
        await user.sees("4 × 5 = ↑ 20 high  in [ ]", "2 × 4 = · 8 medium  in ( )", "[20]", "(8)")
        await user.sees("Because of", "Nobody has offered", "With the effect that", "Evidence", "call on 21 January")
        await user.sees("Actions that answer it", "○ A-3 Train the staff  not started · in 3 months")
        await user.sees("Named by", "R-13 The state cuts the reading grant")
        await to(user, "Four schools begin, not eleven")
        await user.sees("Decision R-12", "Decided by", "Steering group", "At the meeting", "Review of 2026-01-30")
        await to(user, "Trainings in the evening, online")
        await user.sees("reactive", "Against what was meant", "unknown", "Expected effect", "Actions it changes")
        await to(user, "Teachers")
        await user.sees("Intended", "20", "Active", "9", "Share", "45 %")


async def test_one_kind_alone_what_needs_a_look_and_what_is_typed(session_on: On) -> None:
    async with running(session_on("register"), (120, 40)) as user:
        await open_register(user)
        await user.press("b")
        await user.sees("Risks · Joint reading teams", "R-5")
        await user.misses("Two systems")
        await user.press("exclamation_mark")
        await user.sees("only what needs a look", "R-6")
        await user.misses("R-8")
        await user.press("escape")
        await user.sees("Two systems")
        await user.press("slash")
        await user.type("cara diaz")
        await user.sees("R-14", "Adaptations")
        await user.misses("R-5")
        await user.press("escape", "escape", *"bbbbbbbbbbbb")
        await user.sees("Two systems")
        await user.press("E")
        await user.sees("Export", "Joint reading teams", "Spreadsheet as CSV")
        await user.press("escape", "V")
        await user.until(lambda: isinstance(user.app.screen, EvaluationDialog))


async def test_a_slip_becomes_a_risk_that_is_linked_to_it(session_on: On) -> None:
    session = session_on("register")
    async with running(session) as user:
        await open_register(user)
        await user.press("enter")
        await user.sees("New in the register", "A-1 Agree the scope: it slips", "[risk]")
        await user.press("ctrl+s")
        await user.sees("New risk", "A-1 Agree the scope: 3 weeks late")
        await user.press("ctrl+s")
        await user.sees("✗ Say it in a few words: what may happen.", "✗ Say how likely it is", "4 fields need another")
        await user.type("Nobody knows what the pilot is")
        await user.press("tab", "tab", "tab", "4", "tab", "3", "tab", "enter")
        await user.type("maría")
        await user.press("enter")
        await user.sees("María Chen")
        await user.press("ctrl+s")
        await user.until(lambda: isinstance(user.app.screen, RegisterScreen))
        await user.stores(
            "SELECT likelihood, impact, cause, candour FROM register_entry WHERE title LIKE 'Nobody knows what%'",
            (4, 3, "A-1 Agree the scope: 3 weeks late", "shareable"),
        )
        assert stored(session, LINKED, "Nobody knows what the pilot is") == [("risk", "Agree the scope")]
        await user.misses("To assess")
        await user.sees("· R-23 Nobody knows")
        await user.press("u")
        await user.sees("! A-1 Agree the scope")


@pytest.mark.parametrize("kind", EntryKind)
def test_the_form_of_a_kind_asks_only_for_what_it_needs(kind: EntryKind, today: date) -> None:
    measure = Offers(measure=(Option("m", "Partners sign"),))
    new = entry_form(kind, {}, {}, measure, today, lambda text: DateReading(problem=text))
    names = [field.name for field in new.fields]
    asked = [each for each in KINDS[kind].asks if each.field not in {"gate", "area"}]
    settling = {"outcome", "closed_on"} if KINDS[kind].closed else set()
    settling |= {"party"} if kind == EntryKind.ACHIEVEMENT else set()
    assert names[0] == "title"
    assert set(names[1:]) == (
        {each.field for each in asked} - settling | set(KINDS[kind].links) | {"on", "plan", "evidence", "candour"}
    )
    assert {field.name for field in new.fields if field.required} == (
        {each.field for each in asked if each.missing} | {"title", "on"}
    )
    edited = entry_form(kind, {"number": 3}, {}, measure, today, lambda text: DateReading(problem=text))
    assert {field.name for field in edited.fields} == set(names) | settling
    _, problems = new.read({field.name: "" for field in new.fields} | {"candour": "candid"})
    assert problems.keys() == {"title", "on"} | {each.field for each in asked if each.missing}
    assert {problems[each.field] for each in asked if each.missing} == {each.missing for each in asked if each.missing}


def test_of_a_decision_at_a_gate_only_what_shows_it_can_be_said(today: date) -> None:
    values = {"number": 3, "gate": "passed", "title": "Go on"}
    form = entry_form(EntryKind.DECISION, values, {}, Offers(), today, lambda text: DateReading(problem=text))
    typed, problems = form.read({"evidence": "minutes", "candour": "candid"})
    assert typed is not None
    assert problems == {}
    assert form.build(typed).values == {"evidence": "minutes", "candour": "candid"}


async def test_more_than_are_meant_to_take_part_are_refused_under_the_field(session_on: On) -> None:
    session = session_on("register")
    async with running(session, (100, 50)) as user:
        await open_register(user)
        await user.press(*"bbbbbbbbb", "a")
        await user.type("Parents")
        await user.press("tab", "enter")
        await user.type("harbour")
        await user.press("enter", "tab")
        await user.type("10")
        await user.press("tab")
        await user.type("12")
        await user.press("ctrl+s")
        await user.sees("✗ More take part (12) than are meant to (10)")
        await user.press("backspace", "backspace")
        await user.type("7")
        await user.press("ctrl+s")
        await user.stores("SELECT intended, active FROM register_entry WHERE title = 'Parents'", (10, 7))
        await user.sees("7 of 10")


async def test_an_edit_keeps_what_its_form_does_not_show_and_a_colleagues_other_words(session_on: On) -> None:
    session = session_on("register")
    async with running(session, (100, 70)) as user:
        await open_register(user)
        uid = await to(user, UNION)
        await user.press("e")
        await user.sees("Edit R-5", "[4]", "[treat]", "A-3 Train the staff")
        await user.app.ask(edit_entry, Author("ben"), uid, evidence="a letter")
        await user.press("tab", "tab", "tab", "3", "ctrl+s")
        await user.sees("Keep both changes?")
        await user.press("y")
        await user.stores(
            "SELECT likelihood, evidence, effect, candour FROM register_entry WHERE number = 5",
            (3, "a letter", "Half of the teachers would not come to the trainings.", "candid"),
        )
        linked = stored(session, LINKED, UNION)
        assert sorted(title for _, title in linked) == ["Meet the parents", "Train the staff"]


async def test_a_decision_keeps_its_meeting_when_its_words_are_edited(session_on: On) -> None:
    session = session_on("register")
    kept = (
        "SELECT m.title, e.cause FROM register_entry e JOIN meeting m ON m.uid = e.meeting_id WHERE e.kind = 'decision'"
    )
    async with running(session, (100, 60)) as user:
        await open_register(user)
        await to(user, "Four schools begin, not eleven")
        await user.press("e", "tab")
        await user.type("So: ")
        await user.press("ctrl+s")
        await user.stores(kept, ("Review", "So: Two of the four were ready at once."))


async def test_settled_answered_and_taken_up_again(session_on: On) -> None:
    session = session_on("register")
    async with running(session, (120, 40)) as user:
        await open_register(user)
        await to(user, CALENDARS)
        await user.press("d")
        await user.sees("R-7 is closed", "What came of it", "today")
        await user.type("One calendar for both.")
        await user.press("ctrl+s")
        await user.stores(
            "SELECT closed_on, outcome FROM register_entry WHERE number = 7",
            ("2026-03-16", "One calendar for both."),
        )
        await user.sees("Risks  3 open of 5", "✓ closed")
        await user.press("d")
        await user.sees("R-7 is open again.", "Risks  4 open of 5")
        await user.press("m")
        await user.sees("Make an action", "María Chen")
        await user.press("ctrl+s")
        await user.sees("2026-12-31.", "need another look")
        await user.type("Agree on one calendar")
        await user.press("tab", "enter")
        await user.type("wider")
        await user.press("enter", "tab", "tab")
        await user.type("+2w")
        await user.sees("Mon 30 Mar 2026")
        await user.press("ctrl+s")
        await user.sees("Save it all the same?", "María Chen")
        await user.press("y")
        await user.sees("A-9 Agree on one calendar", "not started · in 2 weeks")
        assert stored(session, LINKED, CALENDARS) == [("risk", "Agree on one calendar")]
        await user.press("f")
        await user.until(lambda: isinstance(user.app.screen, OutlineScreen))
        await user.sees("Agree on one calendar")


async def test_an_idea_becomes_an_area_a_lesson_is_decided_and_words_leave_the_house(session_on: On) -> None:
    session = session_on("register")
    async with running(session, (120, 40)) as user:
        await open_register(user)
        await to(user, "Summer reading in the parks")
        await user.press("p")
        await user.sees("Make a development area of it", "Summer reading in the parks")
        await user.press("ctrl+s")
        await user.sees("R-19 became D-3")
        await user.sees("Became the development area", "D-3 Summer reading in the parks", "✓ promoted")
        await to(user, "Ask the caretakers first")
        await user.press("d")
        await user.sees("R-15 and what to do with it", "keep", "How it is done from now on")
        await user.press("c", "ctrl+s")
        await user.stores("SELECT disposition FROM register_entry WHERE number = 15", ("change",))
        await user.press("c")
        await user.sees("R-15 is candid now.", "change ◈")
        await user.press("d", "escape", "p")
        await user.sees("This key is for an idea")
        await user.press("delete", "y")
        await user.until(lambda: not stored(session, "SELECT 1 FROM register_entry WHERE number = 15"))
        await user.press("u")
        await user.stores("SELECT title FROM register_entry WHERE number = 15", ("Ask the caretakers first",))


async def test_the_matrix_lists_a_field_and_leads_to_the_risk(session_on: On) -> None:
    async with running(session_on("register")) as user:
        await open_register(user)
        await user.press("M")
        await user.until(lambda: isinstance(user.app.screen, MatrixDialog))
        await user.sees("[R-5", "R-8", "R-6", "R-7", "4 × 5: ↑ 20 high", UNION[:20])
        await user.press("k", "h", "h")
        await user.sees("5 × 3: ↑ 15 high", "[R-8")
        await user.press("h")
        await user.sees("5 × 2: · 10 medium", "No open risk lies here.")
        await user.press("l", "enter", "enter")
        await user.until(lambda: isinstance(user.app.screen, RegisterScreen))
        screen = user.app.screen
        assert isinstance(screen, RegisterScreen)
        assert (line := screen.entry()) is not None
        assert line.ref == "R-8"


async def test_who_may_only_read_is_told_so_and_a_draft_comes_back(session_on: On) -> None:
    session = session_on("register")
    async with running(session, may_write=False) as user:
        await open_register(user)
        await to(user, UNION)
        await user.press("d")
        await user.until(lambda: user.said == f"✗ {READ_ONLY}")
    async with running(session) as user:
        await open_register(user)
        uid = await to(user, UNION)
        await user.press("e")
        await user.until(lambda: isinstance(user.app.screen, FormScreen))
        await user.type("Still: ")
        await user.pilot.pause(0.7)
        await user.settle()
    async with running(session) as user:
        await open_register(user)
        await to(user, UNION)
        await user.press("e")
        await user.sees("There are unsaved words in this form.")
        await user.press("y")
        await user.sees(f"Still: {UNION}")
        await user.press("escape", "y")
        await user.app.ask(remove_entry, Author("ben"), uid)
        user.app.screen.post_message(Changed())
        await user.misses("R-5")


async def test_an_empty_register_says_how_to_fill_it(session_on: On) -> None:
    async with running(session_on("small")) as user:
        await open_register(user)
        await user.sees("To assess")
        await user.press("b")
        await user.sees("No risk yet. Press a")
        await user.press("exclamation_mark")
        await user.sees("Nothing needs a look. Press !")
    async with running(session_on("empty")) as user:
        await open_register(user)
        await user.sees("Nothing is in the register yet. Press a")
        await user.press("a", "ctrl+s")
        await user.sees("New risk", "Which plan")
