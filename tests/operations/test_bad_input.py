"""Bad input, one refusal after another: exact sentences, one for each field, all at once, and nothing changed."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any

import pytest

from tests.hostile import HOSTILE, control_characters
from tests.model.replay import everything, tables
from tests.operations.conftest import Refusal, Small
from tests.people_world import TODAY, PeopleWorld, typed
from tui_plan.model.errors import InvalidInput
from tui_plan.model.places import stored_row
from tui_plan.model.plan import Action, Plan
from tui_plan.model.store import Author
from tui_plan.model.vocabulary import ChecklistKind, Direction, PartyKind, RoleKind, Status
from tui_plan.operations import (
    actions,
    checklists,
    contacts,
    dependencies,
    groups,
    meetings,
    parts,
    people,
    plans,
    posts,
)
from tui_plan.operations.agreements import record_agreement
from tui_plan.operations.communications import record_communication
from tui_plan.operations.register import add_entry

LONG = "x" * 10_001
LATE = date(2026, 12, 31)
EARLY = date(2026, 2, 1)
ME = typed(TODAY)
TO_ITSELF = "This post would report to itself in the end; choose another."


@pytest.mark.parametrize(
    ("values", "problems"),
    [
        ({"title": "  "}, {"title": "The action's title cannot be empty."}),
        ({"title": LONG}, {"title": "The action's title is 10,001 characters long; shorten it to 1,000."}),
        ({"title": 5}, {"title": "The action's title must be text."}),
        ({"purpose": LONG}, {"purpose": "The purpose is 10,001 characters long; shorten it to 10,000."}),
        (
            {"status": "done"},
            {"status": "The status is one of: not started, in progress, complete, deferred, withdrawn."},
        ),
        ({"confidence": "blue"}, {"confidence": "The confidence is one of: green, amber, red."}),
        ({"confidence_reason": "No reply"}, {"confidence": "Choose a confidence for that reason."}),
        ({"agreed": date(1066, 10, 14)}, {"agreed": "The agreed date must be a date between 1900 and 2200."}),
        ({"forecast": "31 February"}, {"forecast": "The forecast must be a date between 1900 and 2200."}),
        (
            {"start": LATE, "agreed": EARLY},
            {"agreed": "The agreed date (2026-02-01) comes before the start (2026-12-31)."},
        ),
        (
            {"actual": date(2026, 3, 17), "status": "complete"},
            {"actual": "The actual date (2026-03-17) lies in the future; use the forecast."},
        ),
        ({"actual": EARLY, "status": "deferred"}, {"actual": "Only a complete action has an actual date."}),
        (
            {"title": "", "confidence": "blue", "start": LATE, "agreed": EARLY, "forecast": EARLY},
            {
                "agreed": "The agreed date (2026-02-01) comes before the start (2026-12-31).",
                "forecast": "The forecast (2026-02-01) comes before the start (2026-12-31).",
                "title": "The action's title cannot be empty.",
                "confidence": "The confidence is one of: green, amber, red.",
            },
        ),
    ],
)
def test_an_action_is_refused_in_one_go(
    small: Small, author: Author, today: date, refused: Refusal, values: dict[str, Any], problems: dict[str, str]
) -> None:
    assert refused(actions.edit_action, author, small.first, today=today, **values) == problems
    assert refused(actions.record_progress, author, small.first, today=today, note="Rang", **values) == problems
    assert refused(actions.change_actions, author, [small.first], today=today, **values) == problems
    assert refused(actions.add_action, author, small.objective, today=today, **{"title": "New"} | values) == problems


def test_among_several_the_sentence_names_the_action(
    small: Small, author: Author, today: date, refused: Refusal
) -> None:
    actions.edit_action(author, small.second, today=today, start=LATE)
    both = [small.first, small.second]
    expected = {"forecast": "A-2: The forecast (2026-02-01) comes before the start (2026-12-31)."}
    assert refused(actions.change_actions, author, both, today=today, forecast=EARLY) == expected
    actions.change_actions(author, both, today=today, forecast=LATE)
    assert refused(actions.move_dates, author, both, -7) == {
        "forecast": "A-2: The forecast (2026-12-24) comes before the start (2026-12-31)."
    }
    assert refused(actions.move_dates, author, both, 10**9) == {"forecast": "That is too far to move a date."}


def test_a_start_moved_past_the_target_is_told_at_the_start(
    small: Small, author: Author, today: date, refused: Refusal
) -> None:
    actions.edit_action(author, small.first, today=today, forecast=EARLY)
    assert refused(actions.edit_action, author, small.first, today=today, start=LATE) == {
        "start": "The forecast (2026-02-01) comes before the start (2026-12-31)."
    }


def test_an_end_before_the_start_is_told_for_plans_and_holders(small: Small, author: Author, refused: Refusal) -> None:
    ended = {"end": "The end (2025-12-31) comes before the start (2026-01-01)."}
    assert refused(plans.edit_plan, author, small.plan, end=date(2025, 12, 31)) == ended
    post = people.add_party(author, PartyKind.POST, name="Head")
    person = people.add_party(author, PartyKind.PERSON, name="Dana")
    days = {"start": date(2026, 1, 1), "end": date(2025, 12, 31)}
    assert refused(posts.add_tenure, author, post, person, **days) == ended
    assert refused(posts.add_tenure, author, person, post, start=None) == {"post": "What is held must be a post."}


def test_a_circle_names_its_chain(small: Small, author: Author, today: date, refused: Refusal) -> None:
    third = actions.add_action(author, small.objective, today=today, title="Third")
    dependencies.add_dependency(author, small.first, small.second)
    dependencies.add_dependency(author, small.second, third)
    circle = {"needs": "That would make a circle: A-3 → A-1 → A-2 → A-3."}
    assert refused(dependencies.add_dependency, author, third, small.first) == circle
    assert refused(dependencies.set_needs, author, third, [small.first]) == circle
    assert refused(dependencies.add_dependency, author, third, third) == {
        "needs": "That would make a circle: A-3 → A-3."
    }
    assert refused(dependencies.add_dependency, author, small.first, small.second) == {
        "needs": "A-1 already needs A-2."
    }
    assert refused(dependencies.remove_dependency, author, third, small.first) == {
        "": "There is no such dependency; somebody may have removed it."
    }


def test_what_is_in_use_says_by_what(small: Small, author: Author, refused: Refusal) -> None:
    home = people.add_party(author, PartyKind.ORGANISATION, name="Riverside College")
    person = people.add_party(author, PartyKind.PERSON, name="Dana", organisation=home)
    plans.set_partners(author, small.plan, [home])
    parts.add_role(author, [small.first, small.second], RoleKind.RESPONSIBLE, home)
    (sentence,) = refused(people.remove_party, author, home).values()
    assert sentence == (
        "This organisation cannot be removed while it is in use: "
        "“Dana”, partner in P-1 “Ready together”, role in A-1 “Recruit” and 1 more."
    )
    actions.record_progress(Author("ana", said_by=person), small.first, today=date(2026, 3, 16), note="On its way")
    assert refused(people.remove_party, author, person) == {
        "": "“Dana” cannot be removed: changes in the history rest on their word."
    }
    assert refused(plans.remove_area, author, small.area) == {
        "": "This development area cannot be removed while it is in use: S-1 “Wardens in every street”."
    }


def test_only_one_is_accountable(small: Small, author: Author, refused: Refusal) -> None:
    both = [people.add_party(author, PartyKind.PERSON, name=name) for name in ("Ana", "Ben")]
    expected = {"accountable": "Exactly one party is accountable; make the others responsible."}
    assert refused(parts.set_roles, author, small.first, [(RoleKind.ACCOUNTABLE, one) for one in both]) == expected


def test_a_wrong_uid_is_a_sentence_everywhere(small: Small, author: Author, today: date, refused: Refusal) -> None:
    named = "The {} that this {} names is not in this database. Choose another."
    gone = "There is no such {} in this database."
    asked = [
        (named.format("step objective", "action"), actions.add_action, ("x",), {"today": today, "title": "t"}),
        (gone.format("action"), actions.edit_action, ("x",), {"today": today}),
        (gone.format("action"), actions.record_progress, ("x",), {"today": today}),
        (gone.format("action"), actions.remove_actions, (["x"],), {}),
        (named.format("step objective", "action"), actions.move_actions, ([small.first], "x"), {}),
        (named.format("plan", "development area"), plans.add_area, ("x",), {"title": "t"}),
        (named.format("party", "plan"), plans.edit_plan, (small.plan,), {"owner": "x"}),
        (gone.format("party"), plans.set_partners, (small.plan, ["x"]), {}),
        (gone.format("action"), parts.add_resource, ("x",), {}),
        (gone.format("outcome measure"), parts.add_reading, ("x",), {"taken_on": today, "remark": "r"}),
        (named.format("party", "role"), parts.set_roles, (small.first, [(RoleKind.INFORMED, "x")]), {}),
        (gone.format("party"), parts.add_role, ([small.first], RoleKind.INFORMED, "x"), {}),
        (gone.format("action"), dependencies.add_dependency, (small.first, "x"), {}),
        (gone.format("party"), posts.add_tenure, ("x", "y"), {"start": None}),
        (gone.format("party"), contacts.add_contact, ("x",), {"kind": "email", "value": "a@b.c"}),
    ]
    for sentence, operation, values, options in asked:
        assert refused(operation, author, *values, **options) == {"": sentence}


@pytest.mark.parametrize(
    ("values", "problems"),
    [
        ({"quantity": Decimal("-1")}, {"quantity": "The quantity cannot be less than 0."}),
        ({"cost": Decimal("NaN")}, {"cost": "The cost must be a number, such as 12 or 0.5."}),
        ({"cost": 1.5}, {"cost": "The cost must be a number, such as 12 or 0.5."}),
        ({"cost": Decimal("1E+30")}, {"cost": "The cost must be a number, such as 12 or 0.5."}),
        ({"currency": "€"}, {"currency": "The currency is three letters, such as USD or EUR."}),
        ({"unit": "x" * 41}, {"unit": "The unit is 41 characters long; shorten it to 40."}),
    ],
)
def test_a_resource(
    small: Small, author: Author, refused: Refusal, values: dict[str, Any], problems: dict[str, str]
) -> None:
    assert refused(parts.add_resource, author, small.first, **values) == problems


def test_meetings_are_checked(small: Small, author: Author, refused: Refusal) -> None:
    assert refused(meetings.add_series, author, small.plan) == {
        "title": "The title cannot be empty.",
        "start_day": "The first meeting needs a date, such as 2026-12-31.",
        "timezone": "There is no time zone “”; write one such as Europe/London or America/New_York.",
        "rule": "The rule cannot be empty.",
    }
    values: dict[str, Any] = {"title": "Steering", "timezone": "Europe/London", "rule": "FREQ=WEEKLY;BYDAY=MO"}
    series = meetings.add_series(author, small.plan, start_day=date(2026, 3, 2), **values)
    tuesday = datetime.fromisoformat("2026-03-03T09:00")
    assert refused(meetings.set_occurrence, author, series, tuesday, status="held") == {
        "original": "The series has no meeting at 2026-03-03 09:00."
    }
    assert refused(meetings.edit_series, author, series, start_time="25:00") == {
        "start_time": "The time is hours and minutes, such as 09:30."
    }
    assert set(refused(meetings.edit_series, author, series, start_day=date(2026, 3, 3)))


def test_names_that_are_taken(small: Small, author: Author, refused: Refusal) -> None:
    people.add_party(author, PartyKind.ORGANISATION, name="Straße e.V.")
    taken = {"name": "There is already an organisation named “STRASSE  E.V.”."}
    assert {name: text.replace("  ", " ") for name, text in taken.items()} == refused(
        people.add_party, author, PartyKind.ORGANISATION, name="STRASSE  E.V."
    )
    other = people.add_party(author, PartyKind.ORGANISATION, name="Other")
    assert refused(people.edit_party, author, other, name="straße E.V.") == {
        "name": "There is already an organisation named “straße E.V.”."
    }
    for _ in range(2):
        people.add_party(author, PartyKind.PERSON, name="Ana Ruiz")
        people.add_party(author, PartyKind.GROUP, name=f"Group {_}")


def test_groups_do_not_hold_each_other(small: Small, author: Author, refused: Refusal) -> None:
    outer, inner = (people.add_party(author, PartyKind.GROUP, name=name) for name in ("Outer", "Inner"))
    groups.add_member(author, outer, inner)
    circle = {"member": "A group cannot be a member of itself, directly or through another group."}
    assert refused(groups.add_member, author, outer, outer) == circle
    assert refused(groups.add_member, author, inner, outer) == circle
    assert refused(groups.add_member, author, outer, inner) == {"member": "They are in this group already."}


def test_a_step_objective_that_has_a_title_keeps_one(small: Small, author: Author, refused: Refusal) -> None:
    empty = {"title": "The step objective's title cannot be empty."}
    assert refused(plans.edit_objective, author, small.objective, title=" ") == empty
    assert refused(plans.add_objective, author, small.area, title="\u200b") == empty


@pytest.mark.parametrize("text", HOSTILE, ids=lambda text: ascii(text[:12]))
def test_hostile_text_is_kept_clean_or_refused(
    small: Small, author: Author, today: date, refused: Refusal, text: str
) -> None:
    said = Author("ana", said_by_name=text[:300], channel="phone")
    if text.strip() and len(text) <= 1_000:
        actions.edit_action(said, small.first, today=today, title=text)
        kept = stored_row(Action, small.first)["title"]
        assert kept
        assert not control_characters(kept)
        plans.edit_plan(said, small.plan, vision=text)
        assert not control_characters(stored_row(Plan, small.plan)["vision"]) - {"\n"}
    else:
        assert list(refused(actions.edit_action, said, small.first, today=today, title=text)) == ["title"]


def test_a_note_wants_words_and_a_known_channel(small: Small, today: date, refused: Refusal) -> None:
    pigeon = Author("ana", channel="pigeon", said_by_name="x" * 400)
    found = refused(parts.add_note, pigeon, " ", today=today, action=small.first)
    assert found == {
        "text": "The note cannot be empty.",
        "channel": "The channel is one of: meeting, phone, email, in person, letter, import, own knowledge.",
        "said_by_name": "The name of who said it is 400 characters long; shorten it to 300.",
    }


def test_nothing_to_move_is_said(small: Small, author: Author, today: date, refused: Refusal) -> None:
    sentence = "There is no date to move: give the action a target date first."
    assert refused(actions.move_dates, author, [small.first], 7) == {"": sentence}
    actions.edit_action(author, small.first, today=today, agreed=LATE, status=Status.WITHDRAWN)
    assert refused(actions.move_dates, author, [small.first], 7) == {"": sentence}


# People


def test_two_people_of_one_name_are_two(world: PeopleWorld) -> None:
    twin = people.add_party(ME, PartyKind.PERSON, name="Ana Ruiz")
    assert twin != world.ana
    people.edit_party(ME, world.ben, name="Ana Ruiz")


@pytest.mark.parametrize(
    ("who", "values", "problems"),
    [
        ("ana", {"name": " "}, {"name": "The name cannot be empty."}),
        ("ana", {"short_name": "x" * 41}, {"short_name": "The short name is 41 characters long; shorten it to 40."}),
        (
            "ana",
            {"joined_on": date(2026, 3, 2), "left_on": date(2026, 3, 1)},
            {"left_on": "The day they left (2026-03-01) comes before the day they joined (2026-03-02)."},
        ),
        (
            "eve",
            {"joined_on": date(2026, 2, 1)},
            {"left_on": "The day they left (2026-01-31) comes before the day they joined (2026-02-01)."},
        ),
        ("ana", {"left_on": date(1066, 1, 1)}, {"left_on": "The day they left must be a date between 1900 and 2200."}),
        (
            "ana",
            {"audience": "everybody"},
            {
                "audience": "The audience is one of: key public officials, other community leaders, larger community, "
                "partner staff."
            },
        ),
        (
            "board",
            {"group_kind": "club"},
            {"group_kind": "The kind of group is one of: convening group, working group, notification list."},
        ),
        (
            "ana",
            {"hear_every": 0},
            {"hear_every": "How often to hear from them, in days, is a whole number from 1 to 999."},
        ),
        ("ana", {"organisation": "board"}, {"organisation": "Where it belongs must be an organisation."}),
        ("city", {"organisation": "city"}, {"organisation": "This organisation would belong to itself in the end."}),
        ("city", {"organisation": "trust"}, {"organisation": "This organisation would belong to itself in the end."}),
        (
            "mayor",
            {"reports_to": "mayor"},
            {"reports_to": "This post would report to itself in the end; choose another."},
        ),
        (
            "mayor",
            {"reports_to": "chief"},
            {"reports_to": "This post would report to itself in the end; choose another."},
        ),
        ("ana", {"reports_to": "mayor"}, {"reports_to": "What reports to a post must be a post."}),
        ("chief", {"reports_to": "ana"}, {"reports_to": "What it reports to must be a post."}),
        ("chief", {"name": "MAYOR"}, {"name": "There is already a post named “MAYOR”."}),
        ("trust", {"name": "northfield city"}, {"name": "There is already an organisation named “northfield city”."}),
    ],
)
def test_a_party_is_refused(
    world: PeopleWorld, refused: Refusal, who: str, values: dict[str, Any], problems: dict[str, str]
) -> None:
    meant = {
        name: getattr(world, value) if name in {"organisation", "reports_to"} else value
        for name, value in values.items()
    }
    assert refused(people.edit_party, ME, getattr(world, who), **meant) == problems


def test_two_posts_of_one_name_in_two_places(world: PeopleWorld) -> None:
    for home in (world.college, world.trust, None):
        people.add_party(ME, PartyKind.POST, name="Mayor", organisation=home)


@pytest.mark.parametrize(
    ("who", "kind", "first"),
    [
        ("finn", "person", "tenure in “Warden”"),
        ("dana", "person", "membership in “Everybody”"),
        ("mayor", "post", "“Chief”"),
        ("board", "group", "membership in “Board”"),
        ("officials", "group", "rule in “Officials”"),
        ("trust", "organisation", "“Dana Lind”"),
    ],
)
def test_somebody_in_use_says_by_what(world: PeopleWorld, refused: Refusal, who: str, kind: str, first: str) -> None:
    (sentence,) = refused(people.remove_party, ME, getattr(world, who)).values()
    assert sentence.startswith(f"This {kind} cannot be removed while it is in use: ")
    assert first in sentence


@pytest.mark.parametrize("text", HOSTILE, ids=lambda text: ascii(text[:12]))
def test_hostile_text_about_people_is_kept_clean_or_refused(world: PeopleWorld, refused: Refusal, text: str) -> None:
    template = checklists.Template("t", text, ChecklistKind.INSTRUCTIONS, (checklists.TemplateItem("k", text),))
    for operation, values, options in (
        (people.add_party, (PartyKind.PERSON,), {"name": text, "remarks": text}),
        (groups.add_member, (world.officials, world.ana, text), {}),
        (contacts.add_contact, (world.dana,), {"kind": "other", "value": text}),
        (
            record_agreement,
            (world.plan, [world.dana]),
            {"today": TODAY, "state": "agreed with reservations", "reservations": text, "evidence": text},
        ),
        (record_communication, ([world.dana], Direction.TOLD), {"on": TODAY, "today": TODAY, "words": text}),
        (add_entry, (), {"kind": "champion", "title": text, "party": world.dana, "on": TODAY, "evidence": text}),
        (checklists.start_checklist, (template, checklists.About()), {"on": TODAY}),
    ):
        before = everything()
        try:
            operation(ME, *values, **options)  # type: ignore[operator]
        except InvalidInput as problem:
            sentences = problem.problems.values()
            assert everything() == before
        else:
            sentences = kept_texts()
        assert not any(control_characters(sentence) - {"\n"} for sentence in sentences)


def kept_texts() -> list[str]:
    """Return every text in every table."""
    return [
        value for many in tables().values() for row in many.values() for value in row.values() if type(value) is str
    ]
