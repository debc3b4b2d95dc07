"""Ways to reach somebody, holders of posts, and members of groups: listed, added, edited, removed, brought back."""

from collections.abc import Callable

from tests.hosts import Driver, stored
from tests.screens.party_dialogs import dialog, listed
from tests.screens.people import ODD_BODY
from tui_plan.screens.contacts import ContactsDialog
from tui_plan.screens.holders import HoldersDialog
from tui_plan.screens.members import MembersDialog
from tui_plan.session import Session

On = Callable[[str], Session]
REACH = (
    "SELECT contact_method.kind, value, verified_on FROM contact_method JOIN party ON party.uid = party_id "
    "WHERE name = 'María Chen' ORDER BY rank"
)
STATES = "SELECT name, state FROM agreement JOIN party ON party.uid = party_id WHERE state = 'lapsed' ORDER BY name"
TENURES = (
    "SELECT who.name, start, end, acting FROM tenure JOIN party who ON who.uid = person_id "
    "JOIN party post ON post.uid = post_id WHERE post.name = ? ORDER BY start"
)


# Ways to reach somebody


async def test_ways_to_reach_somebody_in_their_order(session_on: On) -> None:
    async with dialog(session_on("people"), ContactsDialog, "María Chen") as user:
        assert listed(user) == [
            ["1 maria.chen@northside.example", "email", "✓ verified 2026-03-03"],
            ["2 +1 555 0101 22", "mobile", "? not verified"],
            [
                "3 Northside School District, Office of the Superintendent, 1 School Lane, Northside",
                "address",
                "? not verified",
            ],
        ]
        await user.press("j", "K")
        await user.until(lambda: listed(user)[0][0] == "1 +1 555 0101 22")
        await user.press("J", "J")
        await user.until(lambda: listed(user)[2][0] == "3 +1 555 0101 22")
        await user.press("u")
        await user.until(lambda: listed(user)[1][0] == "2 +1 555 0101 22")


async def test_all_ways_are_verified_today_and_one_is_copied(session_on: On) -> None:
    session = session_on("people")
    async with dialog(session, ContactsDialog, "María Chen") as user:
        await user.press("v")
        await user.sees("All of these count as verified today.")
        assert {day for _, _, day in stored(session, REACH)} == {"2026-03-16"}
        await user.press("v")
        await user.sees("verified today already")
        await user.press("j", "y")
        await user.sees("Copied: +1 555 0101 22")
        assert user.app.clipboard == "+1 555 0101 22"


async def test_what_is_changed_is_no_longer_verified(session_on: On) -> None:
    session = session_on("people")
    async with dialog(session, ContactsDialog, "María Chen") as user:
        await user.press("e")
        await user.sees("Edit how to reach them", "2026-03-03")
        await user.press("tab", "end")
        await user.type(".org")
        await user.press("ctrl+s")
        await user.until(lambda: stored(session, REACH)[0] == ("email", "maria.chen@northside.example.org", None))
        await user.sees("example.org", "? not verified")


async def test_a_way_to_reach_them_is_added_and_removed(session_on: On) -> None:
    session = session_on("people")
    async with dialog(session, ContactsDialog, "Kofi Mensah") as user:
        await user.sees("No way to reach them yet. Press a")
        await user.misses("Del Remove")
        await user.press("a", "tab")
        await user.type("kofi at home")
        await user.press("ctrl+s")
        await user.sees("✗", "is no address for e-mail")
        await user.press("shift+tab", "p", "tab", "end")
        await user.type(" 555-0177")
        await user.press("ctrl+s")
        await user.until(lambda: listed(user) == [["1 kofi at home 555-0177", "phone", "? not verified"]])
        await user.press("delete")
        await user.sees("Remove “kofi at home 555-0177”?")
        await user.press("y")
        await user.sees("No way to reach them yet.")
        await user.press("u")
        await user.until(lambda: len(listed(user)) == 1)


# Who holds a post


async def test_a_post_tells_who_held_it_and_when_nobody_did(session_on: On) -> None:
    async with dialog(session_on("people"), HoldersDialog, "Literacy coordinator") as user:
        assert listed(user) == [
            ["! nobody", "vacant", "since 2025-12-01"],
            ["↷ Cara Diaz", "stands in 1st", ""],
            ["↷ Grace Kim", "stands in 2nd", ""],
            ["○ Finn Berg", "held it", "2024-04-01 – 2025-11-30"],
            ["nobody", "vacant", "2024-01-01 – 2024-03-31"],
            ["○ 佐藤 花", "held it", "2022-01-10 – 2023-12-31"],
        ]


async def test_a_person_tells_which_posts_they_hold_and_held(session_on: On) -> None:
    async with dialog(session_on("people"), HoldersDialog, "Ben Ode") as user:
        assert listed(user) == [
            ["● Data lead", "acting", "since 2026-03-01"],
            ["↷ Superintendent", "stands in 1st", ""],
        ]
        await user.misses("Alternates")
        await user.press("n", "j", "e")
        await user.sees("said at the post")


async def test_a_post_that_was_never_held_gets_a_holder_from_today(session_on: On) -> None:
    session = session_on("people")
    async with dialog(session, HoldersDialog, "Clinic liaison") as user:
        await user.sees("never held")
        await user.press("a", "enter")
        await user.type("kofi")
        await user.press("enter", "ctrl+s")
        await user.stores(TENURES.replace("?", "'Clinic liaison'"), ("Kofi Mensah", "2026-03-16", None, 0))
        await user.sees("● Kofi Mensah", "holds it", "since 2026-03-16")


async def test_a_new_name_comes_onto_the_roster_as_holder(session_on: On) -> None:
    session = session_on("people")
    async with dialog(session, HoldersDialog, "Clinic liaison") as user:
        await user.press("a", "enter")
        await user.type("Rosa Weiss")
        await user.press("enter", "tab", "tab", "tab", "y", "ctrl+s")
        await user.sees("● Rosa Weiss", "acting")
        assert stored(session, "SELECT kind FROM party WHERE name = 'Rosa Weiss'") == [("person",)]


async def test_two_holders_on_one_day_are_refused_in_the_form(session_on: On) -> None:
    session = session_on("people")
    async with dialog(session, HoldersDialog, "Superintendent") as user:
        await user.press("a", "enter")
        await user.type("kofi")
        await user.press("enter", "ctrl+s")
        await user.sees("✗", "María Chen and Kofi Mensah would both hold", "or say that one is acting.")
        assert len(stored(session, TENURES, "Superintendent")) == 2


async def test_a_new_holder_whose_agreement_lapses_is_said_before(session_on: On) -> None:
    session = session_on("people")
    lapsed = ("Joy [/red] O'Koro", "lapsed")
    async with dialog(session, HoldersDialog, "Literacy coordinator") as user:
        await user.press("a", "enter")
        await user.type("dev")
        await user.press("enter", "ctrl+s")
        await user.sees(
            "Save it all the same?", "This makes 1 agreement lapse: Dev Patel (new duties in the", "[ Go back ]"
        )
        await user.press("enter")
        await user.sees("Who holds the post", "Dev Patel")
        await user.stores(STATES, lapsed)
        assert len(stored(session, TENURES, "Literacy coordinator")) == 2
        await user.press("ctrl+s")
        await user.sees("Save it all the same?")
        await user.press("y")
        await user.sees("● Dev Patel", "holds it")
        await user.stores(STATES, ("Dev Patel", "lapsed"), lapsed)
        await user.press("u")
        await user.stores(STATES, lapsed)


async def test_a_new_name_comes_onto_the_roster_once_however_often_it_is_saved(session_on: On) -> None:
    session = session_on("people")
    async with dialog(session, HoldersDialog, "Superintendent") as user:
        await user.press("a", "enter")
        await user.type("Rosa Weiss")
        await user.press("enter", "ctrl+s")
        await user.sees("María Chen and Rosa Weiss would both hold")
        await user.press("tab", "tab", "y", "ctrl+s")
        await user.sees("● Rosa Weiss", "acting")
        assert stored(session, "SELECT kind FROM party WHERE name = 'Rosa Weiss'") == [("person",)]


async def test_a_holder_gets_a_last_day_or_is_removed_as_a_mistake(session_on: On) -> None:
    session = session_on("people")
    async with dialog(session, HoldersDialog, "Data lead") as user:
        await user.press("e")
        await user.sees("Edit who holds the post", "Ben Ode, Data lead")
        await user.press("tab")
        await user.type("2026-03-10")
        await user.press("ctrl+s")
        await user.until(lambda: stored(session, TENURES, "Data lead")[1][2] == "2026-03-10")
        await user.until(lambda: listed(user)[0] == ["! nobody", "vacant", "since 2026-03-11"])
        await user.press("k", "delete")
        await user.sees("There is nobody to remove")
        await user.press("j", "delete")
        await user.sees("Remove Ben Ode as holder of “Data lead”?", "This is for mistakes")
        await user.press("y")
        await user.until(lambda: len(stored(session, TENURES, "Data lead")) == 1)


async def test_days_without_a_holder_are_filled(session_on: On) -> None:
    async with dialog(session_on("people"), HoldersDialog, "Literacy coordinator") as user:
        await user.press(*"jjjj", "e")
        await user.sees("Who holds the post", "2024-01-01", "2024-03-31")
        await user.press("enter")
        await user.type("kofi")
        await user.press("enter", "ctrl+s")
        await user.until(lambda: ["○ Kofi Mensah", "held it", "2024-01-01 – 2024-03-31"] in listed(user))


async def test_who_stands_in_is_said_in_order(session_on: On) -> None:
    session = session_on("people")
    standing = (
        "SELECT who.name, rank FROM alternate JOIN party who ON who.uid = person_id "
        "WHERE post_id = (SELECT uid FROM party WHERE name = 'Literacy coordinator') ORDER BY rank"
    )
    async with dialog(session, HoldersDialog, "Literacy coordinator") as user:
        await user.press("n")
        await user.sees("Who stands in", "First alternate", "Cara Diaz", "Grace Kim")
        await user.press("enter")
        await user.type("grace kim")
        await user.press("down", "enter", "ctrl+s")
        await user.sees("✗ Grace Kim stands in already")
        await user.press("delete", "ctrl+s")
        await user.stores(standing, ("Grace Kim", 1))
        await user.press("j", "delete")
        await user.sees("Should Grace Kim no longer stand in?")
        await user.press("y")
        await user.stores(standing)


async def test_who_stands_in_is_changed_at_the_post_alone(session_on: On) -> None:
    async with dialog(session_on("people"), HoldersDialog, "Cara Diaz") as user:
        assert [row[1] for row in listed(user)] == ["stands in 1st"]
        for key in ("delete", "e"):
            await user.press(key)
            await user.until(lambda: user.said.startswith("✗ Who stands in for a post is said at the post"))
            user.app.tell("")


# Who is in a group


async def test_seats_by_name_and_who_is_in_by_which_rule(session_on: On) -> None:
    async with dialog(session_on("people"), MembersDialog, "Steering group", (120, 40)) as user:
        assert listed(user) == [
            ["Superintendent (María Chen)", "chair", "Northside School District"],
            ["Dev Patel", "deputy", "Harbour University"],
            ["Cara Diaz", "member", "Harbour University"],
            ["Literacy coordinator (vacant)", "member", "Harbour University"],
            ["Everybody accountable in the plan “Joint reading teams”", "3 today", "rule"],
            ["Ben Ode", "by rule", ""],
            ["Joy [/red] O'Koro", "by rule", ""],
            ["María Chen", "by rule", ""],
        ]
        await user.sees("Filled by", "María Chen")
        await user.press("j", "j", "j")
        await user.sees("! nobody: the post is vacant")
        await user.press("G", "delete")
        await user.sees("María Chen is in by the rule above")
        await user.press("h", "h")
        await user.until(lambda: len(listed(user)) == 5)


async def test_a_rule_that_matches_nobody_stays_and_says_so(session_on: On) -> None:
    async with dialog(session_on("people"), MembersDialog, "Snow day call-down") as user:
        words = f"Everybody in the larger community at {ODD_BODY}"
        assert [words, "nobody today", "rule"] in listed(user)
        await user.press(*"jjjjj")
        await user.sees("This rule matches nobody today.", words)


async def test_a_seat_is_given_named_and_taken_away(session_on: On) -> None:
    session = session_on("people")
    seats = (
        "SELECT who.name, seat FROM membership JOIN party who ON who.uid = member_id "
        "WHERE group_id = (SELECT uid FROM party WHERE name = 'Snow day call-down') ORDER BY position"
    )
    before = (("Kofi Mensah", "first to be called"), ("Steering group", "member"))
    async with dialog(session, MembersDialog, "Snow day call-down") as user:
        await user.press("a", "enter")
        await user.type("eva")
        await user.press("enter", "tab", *["backspace"] * 6)
        await user.type("deputy")
        await user.press("ctrl+s")
        await user.stores(seats, *before, ("Eva Novak", "deputy"))
        await user.sees("Eva Novak", "deputy")
        assert listed(user)[0] == ["Eva Novak", "deputy", "left 2026-02-28"]
        await user.press("g", "g", "e")
        await user.sees("Edit the seat", "Eva Novak, Snow day call-down")
        await user.press("end", *["backspace"] * 6, "ctrl+s")
        await user.stores(seats, *before, ("Eva Novak", ""))
        await user.press("delete")
        await user.sees("Take the seat of “Eva Novak” away?")
        await user.press("y")
        await user.stores(seats, *before)


async def test_a_group_cannot_be_made_its_own_member(session_on: On) -> None:
    async with dialog(session_on("people"), MembersDialog, "Steering group") as user:
        await user.press("a", "enter")
        await user.type("snow day")
        await user.press("enter", "ctrl+s")
        await user.sees("✗ A group cannot be a member of itself")


async def test_a_rule_is_added_edited_and_removed(session_on: On) -> None:
    session = session_on("people")
    rules = (
        "SELECT role, audience, area_id IS NOT NULL, plan_id IS NOT NULL FROM membership_rule "
        "WHERE group_id = (SELECT uid FROM party WHERE name = 'Steering group') ORDER BY rowid"
    )
    first = ("accountable", "", 0, 1)
    async with dialog(session, MembersDialog, "Steering group", (120, 40)) as user:
        await user.press("r", "ctrl+s")
        await user.sees("✗ A rule needs a role, an audience or an organisation")
        await user.press("r", "tab", "enter")
        await user.type("pilot")
        await user.press("enter", "ctrl+s")
        await user.stores(rules, first, ("responsible", "", 1, 0))
        await user.sees("▾ Everybody responsible in the area “Pilot”", "also by name")
        rule = [row[0] for row in listed(user)].index("Everybody responsible in the area “Pilot”")
        await user.press("g", "g", *["j"] * rule, "e")
        await user.sees("Edit the rule", "[responsible]", "Pilot")
        await user.press("tab", "delete", "shift+tab", "left", "left", "tab", "tab", "p", "ctrl+s")
        await user.stores(rules, first, ("", "partner staff", 0, 0))
        await user.sees("Everybody among the partner staff")
        await remove_rule(user, "Everybody among the partner staff")
        await user.stores(rules, first)


async def remove_rule(user: Driver, words: str) -> None:
    place = next(at for at, row in enumerate(listed(user)) if words in row[0])
    await user.press("g", "g", *["j"] * place, "delete")
    await user.sees("Remove this rule?", words)
    await user.press("y")


async def test_who_may_only_read_sees_all_and_changes_nothing(session_on: On) -> None:
    session = session_on("people")
    async with dialog(session, ContactsDialog, "María Chen", may_write=False) as user:
        for key in ("a", "e", "delete", "v", "K", "enter"):
            await user.press(key)
            await user.sees("You may read this plan but not change it")
        await user.press("y")
        await user.sees("Copied: maria.chen@northside.example")
