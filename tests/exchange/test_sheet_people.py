"""A sheet brought in again and the people in it: new duties lapse, and an old name means what it was merged into."""

from datetime import date
from pathlib import Path

import pytest

from tui_plan.exchange.sheet_additions import known_parties
from tui_plan.exchange.sheet_apply import apply_differences
from tui_plan.exchange.sheet_compare import Comparison, compare_with_plan
from tui_plan.exchange.sheet_import import import_plan
from tui_plan.exchange.sheet_reading import ReadOptions, read_plan_file
from tui_plan.exchange.sheet_stored import find_source, remembered_mapping
from tui_plan.model.base import rows
from tui_plan.model.partnership import Agreement
from tui_plan.model.people import Party
from tui_plan.model.plan import Plan, PlanPartner, Role
from tui_plan.model.store import Author
from tui_plan.model.vocabulary import PartyKind
from tui_plan.operations.agreements import record_agreement
from tui_plan.operations.merging import merge_parties
from tui_plan.operations.people import add_party

pytestmark = pytest.mark.usefixtures("plan_database")
HEAD = "Area,Action,Accountable,Responsible,Consulted\n"
FIRST = HEAD + "Area,Draft,Bo Field,Cy Moor,\nArea,Sign,Dee Hill,,Bo Field\n"


@pytest.fixture
def path(tmp_path: Path, author: Author, today: date) -> Path:
    path = tmp_path / "plan.csv"
    path.write_text(FIRST)
    import_plan(author, read_plan_file(path), today=today)
    return path


def compare(path: Path, text: str, today: date) -> Comparison:
    path.write_text(text)
    found = find_source(path.name)
    assert found is not None
    chosen = ReadOptions(remembered=remembered_mapping(found[1]))
    return compare_with_plan(read_plan_file(path, chosen), *found, chosen, today=today)


def uid_of(name: str) -> str:
    return str(rows(Party.select(Party.uid).where((Party.name == name) & Party.merged_into.is_null()))[0][0])


def lapsed() -> list[str]:
    query = Agreement.select(Party.name).join(Party).where(Agreement.state == "lapsed")
    return sorted(name for (name,) in rows(query))


def all_agree(author: Author, today: date) -> None:
    ((plan,),) = rows(Plan.select(Plan.uid))
    parties = [uid for (uid,) in rows(Party.select(Party.uid))]
    record_agreement(author, plan, parties, today=today, state="agreed")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (FIRST, []),
        (FIRST.replace("Sign,Dee Hill,,Bo Field", "Sign,Dee Hill,Cy Moor,Bo Field"), ["Cy Moor"]),
        (FIRST.replace("Sign,Dee Hill,,Bo Field", "Sign,Bo Field,,"), ["Bo Field"]),
        (FIRST.replace("Sign,Dee Hill,,Bo Field", "Sign,Dee Hill,,Cy Moor"), []),
        (FIRST.replace("Draft,Bo Field,Cy Moor,", "Draft,Cy Moor,Bo Field,"), ["Bo Field", "Cy Moor"]),
        (FIRST + "Area,Tell,Dee Hill,,\n", ["Dee Hill"]),
        (FIRST.replace("Draft,Bo Field,Cy Moor,", "Draft,Bo Field,,"), []),
    ],
)
def test_who_has_new_duties_by_the_sheet_lapses(
    path: Path, author: Author, today: date, text: str, expected: list[str]
) -> None:
    all_agree(author, today)
    apply_differences(author, compare(path, text, today), today=today)
    assert lapsed() == expected


def test_an_old_name_means_what_it_was_merged_into(path: Path, author: Author, today: date) -> None:
    merge_parties(author, uid_of("Cy Moor"), uid_of("Bo Field"))
    assert compare(path, FIRST, today).differences == ()
    parties = Party.select().count()
    text = FIRST + "Area,Tell,Bo Field,,\n"
    apply_differences(author, compare(path, text, today), today=today)
    assert Party.select().count() == parties
    told = rows(Role.select(Party.name, Role.kind).join(Party).where(Role.party == uid_of("Cy Moor")))
    assert sorted(kind for _, kind in told) == ["accountable", "accountable", "consulted", "responsible"]


def test_a_new_plan_names_nobody_who_was_merged(path: Path, author: Author, today: date) -> None:
    merge_parties(author, uid_of("Cy Moor"), uid_of("Bo Field"))
    plan = import_plan(author, read_plan_file(path), today=today, name="Second").plan
    partners = rows(PlanPartner.select(Party.name).join(Party).where(PlanPartner.plan == plan))
    assert sorted(name for (name,) in partners) == ["Cy Moor", "Dee Hill"]


def test_somebodys_own_name_goes_before_one_that_was_merged(path: Path, author: Author, today: date) -> None:
    merge_parties(author, uid_of("Cy Moor"), uid_of("Bo Field"))
    other = add_party(author, PartyKind.ORGANISATION, name="Bo Field")
    assert known_parties()["bo field"] == other
    assert known_parties()["cy moor"] == uid_of("Cy Moor")
