"""The form modal alone in a small host: it gives back a typed value, keeps what was typed, and writes nothing."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

import pytest
from textual.events import Key
from textual.pilot import Pilot
from textual.widgets import Input

from tests.hostile import HOSTILE, control_characters
from tests.hosts import ModalHost, lines_of
from tui_plan.model.errors import InvalidInput, Refused
from tui_plan.screens.confirm import Confirm
from tui_plan.screens.form import FormScreen
from tui_plan.widgets.date_understanding import understanding
from tui_plan.widgets.fields import (
    AmountField,
    ChoiceField,
    DateField,
    FormSpec,
    LongTextField,
    Option,
    Picked,
    PickField,
    TextField,
    Values,
    YesNoField,
)
from tui_plan.widgets.lines import LineView

PEOPLE = tuple(
    Option(f"p{at}", name, "partner") for at, name in enumerate(("María Chen", "Budget [/] office", "日本 太郎"))
)
STATUSES = tuple(Option(word, word) for word in ("not started", "in progress", "complete", "deferred", "withdrawn"))


def action_form(title: str = "") -> FormSpec[Values]:
    understand = understanding(date(2026, 9, 11))
    return FormSpec(
        title="Add an action",
        intro="Under A-12",
        fields=(
            TextField(name="title", label="Title", hint="what will be done", required=True, value=title),
            LongTextField(name="purpose", label="Purpose"),
            DateField(name="agreed", label="Agreed", hint="fri, +2w, eom", understand=understand, half=True),
            DateField(name="forecast", label="Forecast", understand=understand, half=True),
            ChoiceField(name="status", label="Status", options=STATUSES),
            PickField(name="owner", label="Responsible", options=PEOPLE, many=True, add_new=True),
            AmountField(name="cost", label="Cost", half=True),
            YesNoField(name="milestone", label="Milestone", half=True),
        ),
        build=lambda values: values,
    )


def screen_text(pilot: Pilot[None]) -> str:
    return "\n".join("\n".join(lines_of(view)) for view in pilot.app.screen.query(LineView))


async def test_a_filled_form_gives_back_typed_values() -> None:
    host = ModalHost(FormScreen(action_form()))
    async with host.run_test(size=(80, 24)) as pilot:
        await pilot.press(*"Train staff", "tab", *"Why", "tab", *"fri")
        assert "Fri 18 Sep 2026, in 7 days" in screen_text(pilot)
        await pilot.press("tab", "tab", "right", "tab", "tab", *"12.5", "tab", "y", "ctrl+s")
        await pilot.pause()
    values = host.result
    assert isinstance(values, Values)
    assert (values.text("title"), values.text("purpose")) == ("Train staff", "Why")
    assert (values.day("agreed"), values.day("forecast")) == (date(2026, 9, 18), None)
    assert (values.text("status"), values.amount("cost"), values.yes("milestone")) == (
        "in progress",
        Decimal("12.5"),
        True,
    )


async def test_every_problem_shows_at_once_and_the_first_gets_the_focus() -> None:
    host = ModalHost(FormScreen(action_form()))
    async with host.run_test(size=(120, 40)) as pilot:
        await pilot.press("tab", "tab", *"31/02/2026", "ctrl+s")
        await pilot.pause()
        assert host.result is ModalHost.NOTHING_YET
        text = screen_text(pilot)
        assert "Title is needed." in text
        assert "does not exist" in text
        assert "2 fields need another look." in text
        assert pilot.app.screen.focused is pilot.app.screen.query(Input).first()
        await pilot.press("x")
        assert "Title is needed." not in screen_text(pilot), "typing takes the problem away"


@pytest.mark.parametrize(
    ("problem", "shown"),
    [
        (Refused("The plan is closed: open it first."), "The plan is closed: open it first."),
        (InvalidInput("Another action has this title.", "title"), "Another action has this title."),
    ],
)
async def test_a_refused_save_keeps_the_form_and_what_was_typed(problem: Exception, shown: str) -> None:
    tried: list[str] = []

    async def submit(values: Values) -> None:
        tried.append(values.text("title"))
        if len(tried) == 1:
            raise problem

    form = FormScreen(action_form(), submit=submit)
    host = ModalHost(form)
    async with host.run_test(size=(120, 40)) as pilot:
        await pilot.press(*"Train", "ctrl+s")
        await pilot.pause()
        assert host.result is ModalHost.NOTHING_YET
        assert shown in screen_text(pilot)
        assert form.raw["title"] == "Train"
        await pilot.press(*"ing", "ctrl+s")
        await pilot.pause()
        assert tried == ["Train", "Training"]
        assert isinstance(host.result, Values)


async def test_escape_leaves_at_once_when_nothing_was_typed() -> None:
    host = ModalHost(FormScreen(action_form("Old title")))
    async with host.run_test(size=(80, 24)) as pilot:
        await pilot.press("escape")
        await pilot.pause()
        assert host.result is None


@pytest.mark.parametrize(("answer", "left"), [("enter", False), ("escape", False), ("n", False), ("y", True)])
async def test_escape_asks_before_losing_words(answer: str, left: bool) -> None:
    host = ModalHost(FormScreen(action_form()))
    async with host.run_test(size=(80, 24)) as pilot:
        await pilot.press("x", "escape")
        await pilot.pause()
        assert isinstance(pilot.app.screen, Confirm)
        await pilot.press(answer)
        await pilot.pause()
        assert (host.result is None) == left


@pytest.mark.parametrize(("keys", "left"), [(("tab",), True), (("shift+tab",), True), (("tab", "tab"), False)])
async def test_tab_goes_from_button_to_button(keys: tuple[str, ...], left: bool) -> None:
    form = FormScreen(action_form())
    host = ModalHost(form)
    async with host.run_test(size=(80, 24)) as pilot:
        await pilot.press(*"Tra", "escape", *keys, "enter")
        await pilot.pause()
        assert (host.screen is not form) == left


async def test_a_draft_comes_after_a_pause_and_is_put_back() -> None:
    drafts: list[Mapping[str, str]] = []
    async with ModalHost(FormScreen(action_form(), on_draft=drafts.append)).run_test(size=(80, 24)) as pilot:
        await pilot.press(*"Tra")
        assert not drafts
        await pilot.pause(0.7)
        assert [draft["title"] for draft in drafts] == ["Tra"]
    form = FormScreen(action_form(), resume=drafts[0])
    async with ModalHost(form).run_test(size=(80, 24)):
        assert form.raw["title"] == "Tra"


async def test_people_are_picked_by_part_of_a_name_and_new_ones_added() -> None:
    form = FormScreen(action_form("T"))
    host = ModalHost(form)
    async with host.run_test(size=(80, 24)) as pilot:
        await pilot.press("tab", "tab", "tab", "tab", "tab", "b", *"udg")
        await pilot.pause()
        await pilot.press("ctrl+t", *"Neue Schule", "enter")
        await pilot.pause()
        assert form.raw["owner"] == "p1\n+Neue Schule"
        assert "Budget [/] office · Neue Schule (new)" in screen_text(pilot)
        await pilot.press("ctrl+s")
        await pilot.pause()
    assert isinstance(host.result, Values)
    assert host.result.picks("owner") == (Picked("p1", "Budget [/] office"), Picked("", "Neue Schule"))


async def test_a_name_typed_faster_than_its_list_opens_is_searched_whole() -> None:
    form = FormScreen(action_form("T"))
    host = ModalHost(form)
    async with host.run_test(size=(80, 24)) as pilot:
        await pilot.press("tab", "tab", "tab", "tab", "tab")
        for letter in "budget of":
            host.post_message(Key("space" if letter == " " else letter, letter))
        await pilot.pause(0.2)
        assert host.screen.query_one(Input).value == "budget of"
        await pilot.press("enter")
        await pilot.pause()
        assert host.screen is form
        assert form.raw["owner"] == "p1"


async def test_the_list_to_pick_from_can_be_left_and_cleared() -> None:
    form = FormScreen(action_form("T"), resume={"owner": "p0"})
    async with ModalHost(form).run_test(size=(80, 24)) as pilot:
        await pilot.press("tab", "tab", "tab", "tab", "tab", "enter", "escape")
        await pilot.pause()
        assert form.raw["owner"] == "p0"
        await pilot.press("delete")
        assert form.raw["owner"] == ""


async def test_tab_goes_in_reading_order_and_the_keys_stay_in_view() -> None:
    async with ModalHost(FormScreen(action_form())).run_test(size=(80, 24)) as pilot:
        seen = []
        for _ in range(8):
            focused = pilot.app.screen.focused
            assert focused is not None
            seen.append((focused.region.y, focused.region.x))
            await pilot.press("tab")
        assert len(set(seen)) >= 6
        lines = [view.region.y for view in pilot.app.screen.query("KeyLine")]
        assert 18 <= lines[0] <= 22


async def test_nothing_blinks() -> None:
    async with ModalHost(FormScreen(action_form())).run_test(size=(80, 24)) as pilot:
        assert not any(field.cursor_blink for field in pilot.app.screen.query(Input))


@pytest.mark.parametrize("text", HOSTILE)
async def test_hostile_text_is_only_text(text: str) -> None:
    options = (Option("a", text, text), Option("b", "b" + text, text))
    spec = FormSpec(
        title=text,
        intro=text[:200],
        fields=(
            TextField(name="t", label=text[:40], hint=text, value=text),
            ChoiceField(name="c", label="C", options=options),
            PickField(name="p", label="P", options=options, value=("a", "b"), many=True),
        ),
        build=lambda values: values,
    )
    async with ModalHost(FormScreen(spec)).run_test(size=(80, 24)) as pilot:
        assert not control_characters(screen_text(pilot).replace("\n", ""))
        await pilot.press("tab", "tab", "enter")
        await pilot.pause()
        assert not control_characters(screen_text(pilot).replace("\n", ""))
