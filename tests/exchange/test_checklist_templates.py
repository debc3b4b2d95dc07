"""Templates of checklists: those that come with the program, the coordinator's own, and files that cannot be used."""

from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tui_plan.exchange.checklist_templates import LARGEST_TEMPLATE, template, template_folders, templates
from tui_plan.model.base import rows
from tui_plan.model.checklist import ChecklistItem, ChecklistRun
from tui_plan.model.errors import ImportProblem, NotFound
from tui_plan.model.store import Author
from tui_plan.model.vocabulary import ChecklistKind
from tui_plan.operations.checklists import About, start_checklist

ITEM = '[[item]]\nkey = "one"\ntext = "Do it"\n'
HEAD = 'title = "First week"\nkind = "instructions"\n'


def written(folder: Path, text: str, name: str = "first-week.toml") -> Path:
    folder.mkdir(exist_ok=True, parents=True)
    folder.joinpath(name).write_text(text, encoding="utf-8")
    return folder


def test_those_that_come_with_the_program() -> None:
    found = {one.key: one for one in templates()}
    assert found.keys() >= {"onboarding", "instructions", "drill"}
    onboarding = found["onboarding"]
    assert (onboarding.kind, onboarding.days) == (ChecklistKind.ONBOARDING, 30)
    keys = [item.key for item in onboarding.items]
    assert keys == ["welcome-call", "briefing", "workshop", "agreement", "contacts-verified"]
    assert all(item.text and item.section for one in found.values() for item in one.items)
    assert template("onboarding") == onboarding


def test_a_template_makes_a_run(plan_database: Path, author: Author, today: date) -> None:
    run = start_checklist(author, template("onboarding"), About(), on=today)
    assert rows(ChecklistRun.select(ChecklistRun.due)) == [(date(2026, 4, 15),)]
    assert len(rows(ChecklistItem.select().where(ChecklistItem.run == run))) == 5


def test_the_coordinators_own_goes_before_one_of_the_same_name() -> None:
    own = template_folders()[-1]
    written(own, HEAD + ITEM)
    written(own, HEAD.replace("First week", "Our welcome") + "days = 7\n" + ITEM, "onboarding.toml")
    assert [one.title for one in templates()] == [
        "First week",
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
        templates(written(tmp_path, text))
    assert sentence in str(caught.value)


def test_all_problems_are_told_at_once(tmp_path: Path) -> None:
    with pytest.raises(ImportProblem, match="has 3 problems") as caught:
        template("first-week", written(tmp_path, 'title = ""\nkind = "x"\n' + ITEM.replace("Do it", "")))
    assert len(caught.value.problems) == 3


def test_the_name_of_a_file_is_a_key(tmp_path: Path) -> None:
    with pytest.raises(ImportProblem, match=r"Erste Woche.toml: name it in small letters"):
        templates(written(tmp_path, HEAD + ITEM, "Erste Woche.toml"))


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(st.sampled_from("abc=.[]{}\"\n#'1 item\\\x1b"), max_size=80) | st.text(max_size=40))
def test_whatever_a_file_holds_only_an_import_problem_comes_out(tmp_path: Path, text: str) -> None:
    folder = tmp_path / "any"
    folder.mkdir(exist_ok=True)
    folder.joinpath("any.toml").write_bytes(text.encode("utf-8", "surrogatepass"))
    with pytest.raises(ImportProblem):
        templates(folder)
