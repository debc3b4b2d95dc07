"""The roster: found by typing, one kind at a time, what needs a look; everybody added and edited from their page."""

from collections.abc import Callable

from tests.hosts import Driver, lines_of, running, stored
from tui_plan.app import Changed
from tui_plan.model.store import Author
from tui_plan.model.vocabulary import PartyKind
from tui_plan.operations.people import add_party, edit_party
from tui_plan.screens.form import FormScreen
from tui_plan.screens.outline import OutlineScreen
from tui_plan.screens.roster import RosterScreen
from tui_plan.session import Session
from tui_plan.widgets.detail import DetailView
from tui_plan.widgets.key_line import KeyLine
from tui_plan.widgets.line_list import LineList

On = Callable[[str], Session]


async def open_roster(user: Driver) -> LineList:
    """Go to the roster and wait for its rows."""
    await user.press("3")
    await user.until(lambda: isinstance(user.app.screen, RosterScreen))
    view = user.app.screen.query_one("#roster", LineList)
    await user.until(lambda: view.rows is not None)
    return view


async def to(user: Driver, name: str) -> None:
    """Put the cursor on somebody, and wait for their page."""
    uid = stored(user.session, "SELECT uid FROM party WHERE name = ?", name)[0][0]
    screen = user.app.screen
    assert isinstance(screen, RosterScreen)
    screen.go_to(uid)
    await user.until(lambda: screen.query_one("#detail", DetailView).about == uid)
    await user.settle()


async def test_everybody_is_in_one_list_with_what_needs_a_look(session_on: On) -> None:
    async with running(session_on("people"), (140, 40)) as user:
        view = await open_roster(user)
        merged = stored(user.session, "SELECT count(*) FROM party WHERE merged_into_id IS NULL")[0][0]
        assert view.rows is not None
        assert len(view.rows) == merged
        await user.sees("· Ben Ode", "◇ Superintendent", "□ Harbour University", "≡ Steering group")
        await user.sees("need a look", "! vacant", "! never heard", "acting")


async def test_a_page_shows_all_that_is_known_of_somebody(session_on: On) -> None:
    async with running(session_on("people"), (140, 60)) as user:
        await open_roster(user)
        await to(user, "María Chen")
        await user.sees("Works at", "Northside School District", "key public officials")
        await user.sees("Superintendent", "since 2024-08-01", "maria.chen@northside.example", "verified 2026-03-03")
        await user.sees("not verified", "Last heard", "2026-02-11, phone", "Last told", "2026-02-04, phone", "every 30")
        await user.sees("Carries", "Agree the scope", "Steering group", "as Superintendent", "version 2.0", "agreed")
        await user.sees("Speaks for the plan on the board")
        await to(user, "Data lead")
        await user.sees("Reports to", "Ben Ode", "acting · since 2026-03-01", "Eva Novak")
        await to(user, "Literacy coordinator")
        await user.sees("vacant", "last held until 2025-11-30", "Alternates", "Cara Diaz")
        await to(user, "Steering group")
        await user.sees("Members", "Superintendent (María Chen)", "chair", "by rule")


async def test_a_seat_that_comes_with_a_post_is_told_with_the_name_of_the_post_whole(session_on: On) -> None:
    session = session_on("people")
    post = str(stored(session, "SELECT uid FROM party WHERE name = 'Superintendent'")[0][0])
    async with running(session, (120, 40)) as user:
        await user.app.ask(edit_party, Author("ana"), post, name="Head (schools) of it")
        await open_roster(user)
        await to(user, "María Chen")
        await user.sees("chair · as Head (schools) of it")


async def test_typing_finds_by_name_post_and_organisation(session_on: On) -> None:
    async with running(session_on("people"), (120, 40)) as user:
        view = await open_roster(user)
        for words, found in (("maría", "María Chen"), ("dean of ed", "Dean of education"), ("snow", "Snow day")):
            await user.press("slash")
            await user.type(words)
            await user.sees(found)
            await user.misses("Ben Ode")
            await user.press("escape")
            await user.press("escape")
            await user.sees("Ben Ode")
        assert view.has_focus


async def test_one_kind_alone_and_only_what_needs_a_look(session_on: On) -> None:
    async with running(session_on("people"), (120, 40)) as user:
        await open_roster(user)
        await user.press("b")
        await user.sees("People", "Ben Ode")
        await user.misses("◇ Superintendent")
        await user.press("b")
        await user.sees("Posts", "◇ Superintendent")
        await user.misses("· Ben Ode")
        await user.press("exclamation_mark")
        await user.sees("Posts · only what needs a look", "Clinic liaison")
        await user.misses("◇ Superintendent")
        await user.press("escape")
        await user.sees("· Ben Ode", "◇ Superintendent")


async def test_somebody_new_comes_with_a_new_organisation(session_on: On) -> None:
    session = session_on("people")
    async with running(session) as user:
        await open_roster(user)
        await user.press("a")
        await user.sees("New on the roster")
        await user.press("ctrl+s")
        await user.sees("New person", "Works at")
        await user.type("Lena Hart")
        await user.press("tab", "tab", "enter")
        await user.type("Coast Museum")
        await user.press("enter")
        await user.sees("Coast Museum (new)")
        await user.press("ctrl+s")
        await user.stores(
            "SELECT p.kind, o.name, o.kind FROM party p JOIN party o ON p.organisation_id = o.uid "
            "WHERE p.name = 'Lena Hart'",
            ("person", "Coast Museum", "organisation"),
        )
        await user.sees("› · Lena Hart")


async def test_a_second_person_of_one_name_is_added_and_told(session_on: On) -> None:
    session = session_on("people")
    async with running(session) as user:
        await open_roster(user)
        await user.press("a", "ctrl+s")
        await user.sees("New person")
        await user.type("maría chen")
        await user.press("ctrl+s")
        await user.stores("SELECT COUNT(*) FROM party WHERE name_key = 'maría chen'", (2,))
        await user.until(
            lambda: user.said == "María Chen was on the roster already. D shows who may be one, M makes one of two."
        )


async def test_what_contradicts_itself_is_said_under_its_field_and_nothing_is_lost(session_on: On) -> None:
    session = session_on("people")
    async with running(session, (120, 40)) as user:
        await open_roster(user)
        await to(user, "María Chen")
        await user.press("e")
        await user.sees("Hear from them every", "Left on")
        screen = user.app.screen
        assert isinstance(screen, FormScreen)
        for _ in range(7):
            await user.press("tab")
        await user.type("2020-01-01")
        await user.press("ctrl+s")
        await user.sees("The day they left (2020-01-01) comes before", "the day they joined (2024-08-01).")
        assert user.app.screen is screen
        await user.stores("SELECT left_on FROM party WHERE name = 'María Chen'", (None,))


async def test_what_is_in_use_says_by_what_when_it_is_removed(session_on: On) -> None:
    session = session_on("people")
    async with running(session, (120, 40)) as user:
        await open_roster(user)
        await to(user, "Superintendent")
        await user.press("delete")
        await user.sees("Remove “Superintendent”?")
        await user.press("y")
        await user.sees("This post cannot be removed while it is in use")
        await user.stores("SELECT count(*) FROM party WHERE name = 'Superintendent'", (1,))


async def test_a_key_that_is_not_for_this_kind_says_for_which_it_is(session_on: On) -> None:
    async with running(session_on("people"), (120, 40)) as user:
        await open_roster(user)
        await to(user, "Ben Ode")
        await user.press("m")
        await user.until(lambda: user.said == "✗ This key is for a group.")
        await to(user, "Steering group")
        await user.press("H")
        await user.until(lambda: user.said == "✗ This key is for a person or a post.")


async def test_a_colleague_who_writes_is_seen_with_the_cursor_kept(session_on: On) -> None:
    session = session_on("people")
    async with running(session, (120, 40)) as user:
        view = await open_roster(user)
        await to(user, "María Chen")
        before = view.cursor_key
        await user.app.ask(add_party, Author("ben"), PartyKind.PERSON, name="Aaron First")
        user.app.screen.post_message(Changed())
        await user.sees("Aaron First")
        assert view.cursor_key == before


async def test_nobody_yet_says_how_to_begin(session_on: On) -> None:
    async with running(session_on("empty")) as user:
        await open_roster(user)
        await user.sees("Nobody is on the roster yet. Press a")


async def test_who_may_only_read_sees_everything_and_changes_nothing(session_on: On) -> None:
    async with running(session_on("people"), may_write=False) as user:
        await open_roster(user)
        await user.press("e")
        await user.until(lambda: "not yours to write" in user.said)


async def test_copying_gives_the_name_with_the_way_to_reach_them(session_on: On) -> None:
    async with running(session_on("people"), (120, 40)) as user:
        await open_roster(user)
        await to(user, "María Chen")
        await user.press("y")
        await user.until(lambda: "María Chen <maria.chen@northside.example>" in user.said)


async def test_the_key_for_help_is_never_cut(session_on: On) -> None:
    async with running(session_on("people"), (80, 24)) as user:
        await open_roster(user)
        line = user.app.screen.query_one(KeyLine)
        for columns in range(80, 100):
            await user.pilot.resize_terminal(columns, 24)
            await user.settle()
            assert "? Help" in lines_of(line)[0], columns


async def test_what_a_page_names_is_gone_to(session_on: On) -> None:
    session = session_on("people")
    async with running(session, (120, 40)) as user:
        view = await open_roster(user)
        await to(user, "María Chen")
        maria = view.cursor_key
        await user.press("f", "enter")
        await user.type("agree the sc")
        await user.press("enter", "ctrl+s")
        await user.until(lambda: isinstance(user.app.screen, OutlineScreen))
        action = stored(session, "SELECT uid FROM action WHERE title = 'Agree the scope'")[0][0]
        outline = user.app.screen.query_one("#outline", LineList)
        await user.until(lambda: outline.cursor_key == action)
        await user.press("escape")
        await user.until(lambda: isinstance(user.app.screen, RosterScreen))
        assert view.cursor_key == maria
        await user.press("f", "enter")
        await user.type("superint")
        await user.press("enter", "ctrl+s")
        post = stored(session, "SELECT uid FROM party WHERE name = 'Superintendent'")[0][0]
        await user.until(lambda: view.cursor_key == post)
