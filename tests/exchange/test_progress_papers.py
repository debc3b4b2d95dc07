"""Papers about how a plan goes: in every form, hostile words or not, and never with a candid word in them."""

import csv
import io
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from openpyxl import load_workbook

from tests.exchange.test_people_papers import BEGINNINGS
from tests.hostile import HOSTILE, control_characters
from tests.people_world import TODAY, PeopleWorld, typed
from tests.progress_world import PROGRESS, SECRET, Progress, add_progress
from tui_plan.exchange.assessment_paper import assessment_paper
from tui_plan.exchange.brief_paper import brief_paper
from tui_plan.exchange.checklist_templates import template
from tui_plan.exchange.document import Document
from tui_plan.exchange.document_forms import paper_as
from tui_plan.exchange.evaluation_paper import evaluation_paper
from tui_plan.exchange.fidelity_paper import fidelity_paper
from tui_plan.exchange.fixed_width import cells
from tui_plan.exchange.papers import Paper, write_paper
from tui_plan.exchange.progress_papers import (
    ASSESSMENT_PAPERS,
    BRIEF_PAPERS,
    EVALUATION_PAPERS,
    FIDELITY_PAPERS,
    REGISTER_PAPERS,
)
from tui_plan.exchange.register_paper import register_paper
from tui_plan.exchange.register_sheet import register_csv, register_xlsx
from tui_plan.model.base import rows
from tui_plan.model.checklist import ChecklistItem
from tui_plan.model.errors import NotFound
from tui_plan.model.plan import Action, OutcomeMeasure
from tui_plan.model.register import RegisterEntry
from tui_plan.model.vocabulary import Candour, ChecklistKind, EntryKind, Status
from tui_plan.operations import actions, assessing, checklists, parts, plans, register

ME = typed(TODAY)
TABLES: Mapping[str, Mapping[str, Paper]] = {
    "assessment": ASSESSMENT_PAPERS,
    "register": REGISTER_PAPERS,
    "evaluation": EVALUATION_PAPERS,
    "fidelity": FIDELITY_PAPERS,
    "brief": BRIEF_PAPERS,
}
FORMS = [(table, form) for table, papers in TABLES.items() for form in papers]
WITHHELD: Mapping[str, str] = {
    "assessment": "The words on 2 qualities were withheld as candid.",
    "register": "13 entries were withheld as candid.",
    "fidelity": "1 entry was withheld as candid.",
    "brief": "7 entries were withheld as candid.",
}
ASKED: Mapping[str, Callable[[str], Document]] = {
    "assessment": lambda uid: assessment_paper(uid, TODAY, candid=True),
    "register": lambda uid: register_paper(uid, TODAY, candid=True),
    "fidelity": lambda uid: fidelity_paper(uid, TODAY, candid=True),
    "brief": lambda uid: brief_paper(uid, TODAY, candid=True),
}


@pytest.fixture
def progress(world: PeopleWorld) -> Progress:
    """The plan with all that became of it, agreed before its first core component was changed."""
    found = add_progress(world)
    plans.edit_plan(ME, world.plan, agreed_on=date(2026, 1, 31))
    actions.edit_action(ME, world.recruit, today=TODAY, title="Recruit forty people")
    return found


def subject(table: str, world: PeopleWorld, progress: Progress) -> str:
    return progress.last if table == "assessment" else world.plan


def made(table: str, form: str, world: PeopleWorld, progress: Progress) -> str:
    """Return a paper as one text; of a workbook the texts of its cells."""
    content = TABLES[table][form].make(subject(table, world, progress), TODAY, "iso")
    if form != "xlsx":
        return content.decode()
    book = load_workbook(io.BytesIO(content))
    return "\n".join(str(cell.value) for sheet in book for row in sheet.iter_rows() for cell in row)


@pytest.mark.parametrize(("table", "form"), FORMS)
def test_each_is_written_and_holds_nothing_candid(
    world: PeopleWorld, progress: Progress, tmp_path: Path, table: str, form: str
) -> None:
    paper = TABLES[table][form]
    path = tmp_path / f"x{paper.ending}"
    place = Path(write_paper(form, subject(table, world, progress), TODAY, "iso", str(path), TABLES[table]))
    assert place.read_bytes().startswith(BEGINNINGS.get(form, b""))
    text = made(table, form, world, progress)
    assert SECRET not in text
    assert len(text) > 200
    if table in WITHHELD and form in {"text", "html", "md"}:
        assert WITHHELD[table] in " ".join(text.split())


def test_the_endings_differ() -> None:
    endings = [paper.ending for papers in TABLES.values() for paper in papers.values()]
    assert len(set(endings)) == len(endings)


@pytest.mark.parametrize("table", ASKED)
def test_what_is_candid_comes_where_it_is_asked_for(world: PeopleWorld, progress: Progress, table: str) -> None:
    paper = ASKED[table](subject(table, world, progress))
    for form in ("text", "html", "md"):
        content = paper_as(paper, form)
        text = content if isinstance(content, str) else content.decode()
        assert SECRET in text
        assert "For the house only" in text
        assert "withheld" not in text


def test_no_secret_word_is_lost_when_all_is_asked_for(world: PeopleWorld, progress: Progress) -> None:
    fields = (RegisterEntry.title, RegisterEntry.cause, RegisterEntry.effect, RegisterEntry.outcome)
    texts = [text for row in rows(RegisterEntry.select(*fields, RegisterEntry.evidence)) for text in row if text]
    told = str(paper_as(register_paper(world.plan, TODAY, candid=True), "text", 2_000))
    assert [text for text in texts if text not in told] == []
    sheet = register_csv(world.plan, candid=True)[0].decode()
    assert [text for text in texts if text not in sheet] == []


def test_the_assessment_in_the_form_of_the_source(world: PeopleWorld, progress: Progress) -> None:
    lines = made("assessment", "text", world, progress).splitlines()
    assert lines[:9] == [
        "Assessment: Piloting",
        "====================",
        "Plan:       Ready together",
        "Assessment: C-3",
        "Seen by:    consensus",
        "Begun:      2026-03-02",
        "Finished:   2026-03-02",
        "In short:   1 in place, 1 partly in place, 1 not yet, 1 not applicable",
        "Printed:    2026-03-16",
    ]
    told = " ".join(" ".join(lines).split())
    assert "PILOTING Quality Rating Successes and challenges Next steps" in told
    assert "not yet (withheld) (withheld)" in told
    strip = lines.index("OVER TIME")
    assert lines[strip + 3 : strip + 9] == [
        "  Quality                         C-2  C-3",
        "  ------------------------------  ---  ---",
        "  Leaders stand behind the pilot  ○    ✓",
        "  Staff know what to do           ·    ◐",
        "  Data shows whether it works     ·    ○",
        "  All sites take part                  –",
    ]
    assert "- C-2: 2026-01-20, consensus, Piloting" in lines


def test_next_steps_tell_how_their_action_stands(world: PeopleWorld, progress: Progress) -> None:
    def step() -> str:
        paper = assessment_paper(progress.last, TODAY)
        (cell,) = [
            row.cells[3]
            for section in paper.sections
            if section.table
            for row in section.table.rows
            if "night" in str(row)
        ]
        return cell

    assert step() == "Train the night wardens → A-6 Train the night wardens (not started, by 2026-05-04)"
    actions.edit_action(ME, progress.wardens, today=TODAY, agreed=date(2026, 3, 10))
    assert step().endswith("(not started, by 2026-03-10, 6 days late)")
    actions.set_status(ME, [progress.wardens], Status.COMPLETE, today=TODAY)
    assert step().endswith("(complete)")


def test_a_first_assessment_has_no_course_yet(world: PeopleWorld, progress: Progress) -> None:
    titles = [section.title for section in assessment_paper(progress.first, TODAY).sections]
    assert titles == ["Piloting"]


def test_whose_checklist_it_is_stands_below(world: PeopleWorld, progress: Progress) -> None:
    ours = template("progress")
    run = assessing.start_assessment(ME, ours, progress.pilot, on=TODAY, party=world.trust)
    last = assessment_paper(run, TODAY).sections[-1]
    assert (last.title, last.words) == ("Source", ours.credit)
    assert "Implementation research" in ours.credit


def test_the_register_begins_with_the_matrix(world: PeopleWorld, progress: Progress) -> None:
    paper = register_paper(world.plan, TODAY)
    matrix, risks, issues, *_ = paper.sections
    assert matrix.title == "Open risks by likelihood and impact"
    assert matrix.table is not None
    assert [row.cells for row in matrix.table.rows if any(row.cells[1:])] == [("3", "", "", "", "", "R-3")]
    assert (risks.title, issues.title) == ("Risks", "Issues")
    (risk,) = risks.items
    assert risk.text == "R-3 The risk"
    assert risk.inside[0] == "On 2026-03-11; likelihood 3 × impact 5 = 15"
    assert risk.inside[-1] == "Linked: A-2 Train (not started)", "the candid issue that it names is left out"
    assert [(item.text, item.marked) for item in issues.items] == [("R-4 The issue (2 days late)", True)]
    register.edit_entry(ME, progress.entries[EntryKind.RISK], residual_likelihood=1, residual_impact=2)
    register.close_entry(ME, progress.entries[EntryKind.ISSUE], on=TODAY)
    risks, issues, *_ = register_paper(world.plan, TODAY, kinds=[EntryKind.RISK, EntryKind.ISSUE]).sections[1:]
    assert "after the response 1 × 2 = 2" in risks.items[0].inside[0]
    assert issues.items[0].text == "R-4 The issue (resolved 2026-03-16)"
    assert [section.title for section in register_paper("", TODAY, kinds=[EntryKind.IDEA]).sections] == ["Ideas"]


def test_the_register_as_a_table(world: PeopleWorld, progress: Progress) -> None:
    register.edit_entry(ME, progress.entries[EntryKind.RISK], title="=cmd|' /C calc'!A0")
    content, withheld = register_csv(world.plan)
    lines = {line["Reference"]: line for line in csv.DictReader(io.StringIO(content.decode()))}
    assert withheld == WITHHELD["register"]
    assert len(lines) == 12
    risk = lines["R-3"]
    assert risk["Entry"] == "'=cmd|' /C calc'!A0", "no cell can be taken for a formula"
    assert (risk["Score"], risk["Due"], risk["Linked"]) == ("15", "2026-03-23", "A-2 Train (not started)")
    assert (lines["R-13"]["Intended"], lines["R-13"]["Active"]) == ("40", "25")
    book = load_workbook(io.BytesIO(register_xlsx(world.plan, kinds=[EntryKind.RISK])[0]))
    (sheet,) = book.worksheets
    assert sheet.title == "Register"
    assert {cell.data_type for row in sheet.iter_rows() for cell in row} <= {"s", "n", "d"}
    assert sheet["C2"].value == "'=cmd|' /C calc'!A0"


def test_evaluation(world: PeopleWorld, progress: Progress) -> None:
    lines = made("evaluation", "text", world, progress).splitlines()
    assert "! A-2 Wardens who passed the drill: due 2026-03-01, 2 weeks late, Ben Okafor" in lines
    told = " ".join(" ".join(lines).split())
    assert "Measures: 1, 0 at the target Data overdue: 1" in told
    (area,) = [section for section in evaluation_paper(world.plan, TODAY).sections if section.table]
    assert area.table is not None
    assert area.table.rows[0].cells == (
        "A-2 Wardens who passed the drill",
        "from 2 to 40 wardens",
        "12 on 2026-02-01, 26 % of the way",
        "▁█",
        "2026-03-01, every month",
        "Ben Okafor, Counted after each drill",
    )
    assert (area.title, area.table.rows[0].marked) == ("Preparedness", True)
    assert "- D-1 Preparedness: 2026-02-01, Wardens who passed the drill (12 wardens)" in lines
    assert "- D-2 Shelters: nothing is measured or due yet" in lines
    assert lines[-2:] == ["QUICK WINS WITHIN 60 DAYS", "- A-2 Train: 2026-04-30, shows: Wardens who passed the drill"]


def test_fidelity(world: PeopleWorld, progress: Progress) -> None:
    (section,) = fidelity_paper(world.plan, TODAY).sections
    (item,) = section.items
    assert section.title == "Differs, with an adaptation"
    assert item.text == "A-1 Recruit forty people: changed"
    assert item.inside[0] == "title: Recruit → Recruit forty people"
    assert item.inside[-2:] == (
        "R-7 of 2026-03-11: The adaptation (reactive, inconsistent)",
        "an adaptation is recorded, and candid",
    )
    register.remove_entry(ME, progress.entries[EntryKind.ADAPTATION])
    (section,) = fidelity_paper(world.plan, TODAY).sections
    assert section.title == "Differs, with an adaptation", "a candid reason is a reason"
    register.remove_entry(ME, progress.secrets[EntryKind.ADAPTATION])
    (section,) = fidelity_paper(world.plan, TODAY).sections
    assert (section.title, section.items[0].marked) == ("Differs, and nothing says why", True)
    empty = fidelity_paper(plans.add_plan(ME, name="Other"), TODAY)
    assert "There is nothing to compare with" in empty.sections[0].words


def test_the_brief_ends_with_good_news(world: PeopleWorld, progress: Progress) -> None:
    paper = brief_paper(world.plan, TODAY)
    assert [section.title for section in paper.sections] == [
        "Late",
        "Slipped, without a risk or an issue",
        "Decided and changed since 2026-03-02",
        "To decide",
        "Risks to look at again",
        "Adaptations to check",
        "Stalled",
        "Data overdue",
        "Lessons to keep, change or drop",
        "Achieved since 2026-03-02",
        "Not celebrated yet",
    ]
    assert paper.facts[0] == ("Next meeting", "Mon 2026-04-06, 09:00 (in 3 weeks), M-2 Review of the plan")
    assert [item.text for item in paper.sections[-2].items] == [
        "A-1 Recruit forty people (milestone), 2026-03-13; not celebrated yet",
        "R-9 The achievement, 2026-03-11; not celebrated yet",
    ]
    assert [item.text for item in paper.sections[-1].items] == [
        "A-2 Wardens who passed the drill (first outcome), 2026-02-01"
    ]
    assert [item.text for item in paper.sections[1].items] == ["A-3 Map: agreed for 2026-02-20, 24 days behind"]
    actions.edit_action(ME, world.map, today=TODAY, forecast=date(2026, 2, 27))
    assert [item.text for item in brief_paper(world.plan, TODAY).sections[1].items] == [
        "A-3 Map: agreed for 2026-02-20, expected 2026-02-27, 24 days behind"
    ]
    other = plans.add_plan(ME, name="Other")
    assert [section.words for section in brief_paper(other, TODAY).sections] == [
        "Nothing is late, and nothing is to decide."
    ]
    register.add_entry(ME, kind="lesson", title=SECRET, on=TODAY, plan=other, candour="candid")
    kept_back = brief_paper(other, TODAY)
    assert (kept_back.sections, kept_back.withheld) == ((), "1 entry was withheld as candid."), "it is not called quiet"


def test_many_late_actions_are_counted_behind_the_first(world: PeopleWorld, progress: Progress) -> None:
    objective = str(rows(Action.select(Action.objective).where(Action.uid == world.train))[0][0])
    for number in range(20):
        values = {"title": f"Late {number}", "agreed": date(2026, 3, 1)}
        actions.add_action(ME, objective, today=TODAY, **values)  # type: ignore[arg-type]
    late = brief_paper(world.plan, TODAY).sections[0]
    assert (len(late.items), late.more) == (15, "and 6 more")


@pytest.fixture
def hostile(world: PeopleWorld, progress: Progress) -> Progress:
    """Every text that these papers tell is hostile; ``last`` is an assessment of nothing but such qualities."""
    words = [text for text in HOSTILE if text.strip()]
    for place, (uid, kind) in enumerate(rows(RegisterEntry.select(RegisterEntry.uid, RegisterEntry.kind))):
        word = words[place % len(words)][:1_000]
        register.edit_entry(ME, uid, title=word, evidence=word, candour=Candour.SHAREABLE)
        if kind == EntryKind.RISK:
            register.edit_entry(ME, uid, cause=word, effect=word, outcome=word)
    for place, (uid,) in enumerate(rows(Action.select(Action.uid))):
        actions.edit_action(ME, uid, today=TODAY, title=words[(place + 4) % len(words)][:1_000])
    for (uid,) in rows(OutcomeMeasure.select(OutcomeMeasure.uid)):
        parts.edit_measure(ME, uid, statement=words[13][:1_000], unit=words[0])
    plans.edit_plan(ME, world.plan, name=words[5])
    items = tuple(
        checklists.TemplateItem(f"k{place}", word[:1_000], words[0] if place % 2 else words[4])
        for place, word in enumerate(words)
    )
    template = checklists.Template(PROGRESS.key, words[1], ChecklistKind.STAGE, items)
    run = assessing.start_assessment(ME, template, progress.pilot, on=TODAY)
    for uid, text in rows(ChecklistItem.select(ChecklistItem.uid, ChecklistItem.text).where(ChecklistItem.run == run)):
        said = dict.fromkeys(("successes", "challenges", "next_steps", "evidence"), text)
        checklists.say_item(ME, uid, **said)  # type: ignore[arg-type]
    return replace(progress, last=run)


@pytest.mark.parametrize("table", TABLES)
def test_hostile_and_long_texts_stay_within_the_paper(world: PeopleWorld, hostile: Progress, table: str) -> None:
    for form in ("text", "html", "md"):
        text = made(table, form, world, hostile)
        assert control_characters(text.replace("\n", "")) == set()
    assert max(map(cells, made(table, "text", world, hostile).splitlines())) <= 80
    assert "[@click=app.bell]ring[/]" in made("register", "text", world, hostile)


@pytest.mark.parametrize("table", TABLES)
def test_what_is_gone_is_said(world: PeopleWorld, table: str) -> None:
    with pytest.raises(NotFound, match="no longer there"):
        TABLES[table]["text"].make("nothing", TODAY, "iso")
