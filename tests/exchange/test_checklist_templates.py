"""Templates of checklists: those that come with the program, the coordinator's own, and files that cannot be used."""

from collections import Counter
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tui_plan.exchange.checklist_templates import (
    LARGEST_TEMPLATE,
    changed_since,
    template,
    template_folders,
    templates,
)
from tui_plan.insight.checklists import checklist_run
from tui_plan.model.base import rows
from tui_plan.model.checklist import ChecklistItem, ChecklistRun
from tui_plan.model.errors import ImportProblem, NotFound
from tui_plan.model.store import Author
from tui_plan.model.vocabulary import ChecklistKind, StageKind
from tui_plan.operations.assessing import about_stage
from tui_plan.operations.checklists import About, Template, start_checklist

ITEM = '[[item]]\nkey = "one"\ntext = "Do it"\n'
HEAD = 'title = "First week"\nkind = "instructions"\n'


def written(folder: Path, text: str, name: str = "first-week.toml") -> Path:
    folder.mkdir(exist_ok=True, parents=True)
    folder.joinpath(name).write_text(text, encoding="utf-8")
    return folder


def test_those_that_come_with_the_program() -> None:
    found = {one.key: one for one in templates().usable}
    assert found.keys() >= {"onboarding", "instructions", "drill", "progress", "preparedness"}
    onboarding = found["onboarding"]
    assert (onboarding.kind, onboarding.days) == (ChecklistKind.ONBOARDING, 30)
    keys = [item.key for item in onboarding.items]
    assert keys == ["welcome-call", "briefing", "workshop", "agreement", "contacts-verified"]
    assert all(item.text and item.section for one in found.values() for item in one.items)
    assert template("onboarding") == onboarding


def test_the_qualities_of_implementation() -> None:
    progress = template("progress")
    assert Counter(item.section for item in progress.items) == {
        "Piloting": 8,
        "Full implementation": 14,
        "Reflection": 5,
    }
    assert {item.key.split("-")[0] for item in progress.items} == {"pilot", "full", "reflect"}
    assert "Fixsen" in progress.credit
    assert "charter" not in " ".join(item.text for item in progress.items)


@pytest.mark.parametrize("key", ["progress", "preparedness"])
def test_each_stage_has_its_heading_in_a_template(key: str) -> None:
    whole = template(key)
    assert whole.kind == ChecklistKind.STAGE
    parts = [about_stage(whole, kind).items for kind in StageKind]
    assert all(parts)
    assert tuple(item for part in parts for item in part) == whole.items


def test_a_template_makes_a_run(plan_database: Path, author: Author, today: date) -> None:
    run = start_checklist(author, template("onboarding"), About(), on=today)
    assert rows(ChecklistRun.select(ChecklistRun.due)) == [(date(2026, 4, 15),)]
    assert len(rows(ChecklistItem.select().where(ChecklistItem.run == run))) == 5


def test_a_run_keeps_its_wording_when_the_template_changes(plan_database: Path, author: Author, tmp_path: Path) -> None:
    two = ITEM + '[[item]]\nkey = "two"\ntext = "Go on"\n'
    first = template("first-week", written(tmp_path, HEAD + two))
    run = start_checklist(author, first, About(), on=date(2026, 3, 16))
    assert changed_since(checklist_run(run), tmp_path) == ()
    changed = two.replace("Do it", "Do it well").replace('"two"', '"three"')
    written(tmp_path, HEAD + changed)
    assert {item.key: item.text for item in checklist_run(run).items} == {"one": "Do it", "two": "Go on"}
    assert changed_since(checklist_run(run), tmp_path) == (
        "1 of its items is in other words in “First week” today.",
        "1 of its items is new in “First week” today.",
        "1 of its items is no longer there in “First week” today.",
    )
    for text in (None, "title = 7"):
        written(tmp_path, text) if text else (tmp_path / "first-week.toml").unlink()
        assert changed_since(checklist_run(run), tmp_path) == (), "a template that is gone or broken changed nothing"


def test_an_assessment_of_one_stage_is_held_against_its_heading(tmp_path: Path, author: Author) -> None:
    head = HEAD.replace("instructions", "stage assessment")
    pilot, full = (
        ITEM.replace("one", key) + f'section = "{kind}"\n'
        for key, kind in (("one", "Piloting"), ("two", "Full implementation"))
    )
    whole = template("first-week", written(tmp_path, head + pilot + full.replace("Do it", "Go on")))
    of_stage = start_checklist(author, about_stage(whole, StageKind.PILOTING), About(), on=date(2026, 3, 16))
    of_all = start_checklist(author, whole, About(), on=date(2026, 3, 16))
    assert changed_since(checklist_run(of_stage), tmp_path) == changed_since(checklist_run(of_all), tmp_path) == ()
    written(tmp_path, head + pilot)
    assert changed_since(checklist_run(of_stage), tmp_path) == ()
    assert changed_since(checklist_run(of_all), tmp_path) == (
        "1 of its items is no longer there in “First week” today.",
    )


def test_the_coordinators_own_goes_before_one_of_the_same_name() -> None:
    own = template_folders()[-1]
    written(own, HEAD + ITEM)
    written(own, HEAD.replace("First week", "Our welcome") + "days = 7\n" + ITEM, "onboarding.toml")
    assert [one.title for one in templates().usable] == [
        "First week",
        "How ready the community is",
        "How the implementation goes",
        "Our welcome",
        "Preparing a notification drill",
        "Starting an action",
    ]
    assert template("onboarding").days == 7


def test_a_key_that_leads_nowhere(tmp_path: Path) -> None:
    with pytest.raises(NotFound, match=r"no checklist template “\.\./x”: there are first-week"):
        template("../x", written(tmp_path, HEAD + ITEM))
    with pytest.raises(NotFound, match="there are none"):
        template("x", tmp_path / "absent")


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        (HEAD, "First-week.toml: it has no items"),
        (HEAD + "item = 3\n", "it has no items"),
        (HEAD + 'item = ["a"]\n', "it has no items"),
        ('kind = "instructions"\n' + ITEM, "First-week.toml: The title cannot be empty"),
        ('title = "A"\nkind = "party"\n' + ITEM, "First-week.toml: The kind is one of: stage assessment, onboarding"),
        (HEAD + "days = true\n" + ITEM, "The number of days until it is due is a whole number"),
        (HEAD + 'colour = "red"\n' + ITEM, "First-week.toml: “colour” is not known; write title, kind"),
        (HEAD + '[[item]]\nkey = "one"\n', "First-week.toml, item 1 “one”: The item cannot be empty"),
        (HEAD + '[[item]]\ntext = "Do it"\n', "First-week.toml, item 1: The item's key cannot be empty"),
        (HEAD + ITEM + ITEM, "First-week.toml, item 2 “one”: another item has this key"),
        (HEAD + ITEM + ITEM.replace('"one"', '"two"').replace("Do", "DO"), "item 2 “two”: it says the same as “one”"),
        (HEAD + ITEM.replace('"one"', '["one"]'), "item 1: The item's key must be text"),
        (HEAD + ITEM.replace('"one"', '"one "'), "item 1 “one”: write its key in small letters"),
        (HEAD + ITEM.replace('"Do it"', '"\\u200b"'), "item 1 “one”: The item cannot be empty"),
        (HEAD + ITEM.replace('"one"', '"One two"'), "item 1 “One two”: write its key in small letters"),
        (HEAD + ITEM + 'note = "x"\n', "item 1 “one”: “note” is not known; write key, text, section"),
        (HEAD + ITEM.replace('"Do it"', "[1]"), "item 1 “one”: The item must be text"),
        (HEAD + ITEM.replace('"Do it"', f'"{"x" * 1_001}"'), "item 1 “one”: The item is 1,001 characters long"),
        (HEAD + ITEM * 501, "it has more than 500 items"),
        ("title = \n", "first-week.toml is no checklist. The file is not TOML"),
        ("a = " + "[" * 50 + "]" * 50, "first-week.toml is no checklist. The file nests more than"),
        ("x" * (LARGEST_TEMPLATE + 1), "first-week.toml is larger than 200 kB"),
    ],
    ids=lambda value: value[:30] if len(value) < 400 else "long",
)
def test_files_that_cannot_be_used(tmp_path: Path, text: str, sentence: str) -> None:
    with pytest.raises(ImportProblem) as caught:
        template("first-week", written(tmp_path, text))
    assert sentence in str(caught.value)


def test_a_file_that_cannot_be_used_leaves_the_others_usable(tmp_path: Path) -> None:
    written(tmp_path, HEAD + ITEM)
    found = templates(written(tmp_path, "title = \n", "bad.toml"))
    assert [one.key for one in found.usable] == ["first-week"]
    assert [sentence.split(" The file")[0] for sentence in found.broken] == ["bad.toml is no checklist."]


def test_all_problems_are_told_at_once(tmp_path: Path) -> None:
    with pytest.raises(ImportProblem, match="has 3 problems") as caught:
        template("first-week", written(tmp_path, 'title = ""\nkind = "x"\n' + ITEM.replace("Do it", "")))
    assert len(caught.value.problems) == 3


def test_the_name_of_a_file_is_a_key(tmp_path: Path) -> None:
    with pytest.raises(ImportProblem, match=r"Erste Woche.toml: name it in small letters"):
        template("Erste Woche", written(tmp_path, HEAD + ITEM, "Erste Woche.toml"))


_GOOD = (template_folders()[0] / "progress.toml").read_text(encoding="utf-8").splitlines()
_SOME = [line for line in _GOOD[:30] if not line.startswith("credit")]
_PIECES = [
    "",
    '""',
    "[1]",
    "[[item]]",
    "=",
    '"""',
    "[item]",
    "\x1b",
    "\u200b",
    "true",
    "1e9999",
    "2026-01-01",
    "item.key = 1",
]


@st.composite
def _mutated(draw: st.DrawFn) -> bytes:
    """A good template of which some lines were left out, said twice, cut, or had a piece put in."""
    lines = list(_SOME)
    for _ in range(draw(st.integers(1, 4))):
        place = draw(st.integers(0, len(lines) - 1))
        cut = draw(st.integers(0, len(lines[place])))
        piece = draw(st.sampled_from(_PIECES) | st.text(max_size=4))
        changed = draw(st.sampled_from([[], [lines[place]] * 2, [lines[place][:cut] + piece + lines[place][cut:]]]))
        changed = changed or draw(st.sampled_from([[], [piece], [lines[place].split("=")[0] + "= " + piece]]))
        lines[place : place + 1] = changed
    return "\n".join(lines).encode("utf-8", "surrogatepass")


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.binary(max_size=200) | st.text(max_size=40).map(lambda text: text.encode("utf-8", "surrogatepass")))
def test_whatever_bytes_a_file_holds_only_an_import_problem_comes_out(tmp_path: Path, data: bytes) -> None:
    with pytest.raises(ImportProblem):
        _read(tmp_path, data)


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(_mutated())
def test_what_is_read_of_a_spoilt_template_can_be_used(tmp_path: Path, data: bytes) -> None:
    try:
        found = _read(tmp_path, data)
    except ImportProblem:
        return
    keys = [item.key for item in found.items]
    assert keys
    assert len(set(keys)) == len(keys)
    assert all(item.text.strip() == item.text != "" for item in found.items)
    assert found.title
    assert found.kind in ChecklistKind


def _read(folder: Path, data: bytes) -> Template:
    folder.joinpath("any.toml").write_bytes(data)
    return template("any", folder)
