"""The generated plans: as large as they say, as dirty as real ones, and with a ledger that gives back the tables."""

import json
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from tests.bench.generate import TODAY, generate
from tests.bench.sizes import SIZES
from tui_plan.model.base import BOOKKEEPING, database, rows
from tui_plan.model.checklist import ChecklistItem, ChecklistRun, NextAction
from tui_plan.model.database import close_database, open_database
from tui_plan.model.ledger import Change, Entry
from tui_plan.model.meeting import Meeting
from tui_plan.model.partnership import Agreement, Communication, MembershipRule
from tui_plan.model.people import Alternate, Party, Tenure
from tui_plan.model.plan import Action, Plan, Role
from tui_plan.model.register import EntryLink, RegisterEntry
from tui_plan.model.schema import RECORDS, table_name
from tui_plan.model.vocabulary import AgreementState, EntryKind, PartyKind, RoleKind, Status
from tui_plan.operations.assessing import check_once_a_day
from tui_plan.operations.register import entry_problems
from tui_plan.operations.stages import check_stage


@pytest.fixture(scope="module")
def generated(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("generated") / "typical.db"
    generate(SIZES["typical"], path)
    close_database()
    return path


@pytest.fixture
def typical(generated: Path) -> Iterator[Path]:
    open_database(generated)
    yield generated
    close_database()


def replayed() -> dict[tuple[str, str], tuple[dict[str, Any], int]]:
    """What the ledger says: each record's values and the last version that it tells of, by table and uid."""
    found: dict[tuple[str, str], tuple[dict[str, Any], int]] = {}
    entries = Entry.select(Entry.noun, Entry.record, Entry.before, Entry.after, Entry.row_version).order_by(Entry.id)
    for noun, uid, before, after, version in rows(entries):
        values, last = found.get((noun, uid), ({}, 0))
        assert version == last + 1
        assert all(values[name] == value for name, value in json.loads(before or "{}").items())
        found[noun, uid] = (values | json.loads(after), version)
    return found


def stored() -> Iterator[tuple[str, dict[str, Any]]]:
    """Every record as the database holds it, with the name of its table."""
    for model in RECORDS:
        names = [column.name for column in model._meta.sorted_fields]
        for row in database.execute(model.select()).fetchall():
            yield table_name(model), dict(zip(names, row, strict=True))


def share(condition: Any) -> float:
    return Action.select().where(condition).count() / Action.select().count()


def test_the_ledger_replays_to_the_tables(typical: Path) -> None:
    told = replayed()
    for table, row in stored():
        values, version = told.pop((table, row["uid"]))
        assert values == {name: row[name] for name in row.keys() - BOOKKEEPING}
        assert row["row_version"] == version or table == "meeting_series"
    assert not told


def test_the_ledger_files_each_entry_under_its_plan(typical: Path) -> None:
    plans = {uid for (uid,) in rows(Plan.select(Plan.uid))}
    found = {plan for (plan,) in rows(Entry.select(Entry.plan).where(Entry.noun == "action").distinct())}
    assert found == plans


@pytest.mark.parametrize("name", ["small", "typical"])
def test_sizes_are_what_they_say(tmp_path: Path, name: str) -> None:
    size = SIZES[name]
    generate(size, tmp_path / "plan.db")
    found = {kind: Party.select().where(Party.kind == kind).count() for kind in PartyKind}
    assert (found[PartyKind.ORGANISATION], found[PartyKind.PERSON]) == (size.organisations, size.people)
    assert found[PartyKind.POST] == size.people // 2
    models = (Plan, Action, Meeting, ChecklistRun, ChecklistItem, RegisterEntry, Entry)
    counted = [model.select().count() for model in models]
    items = 27 * size.runs
    assert counted == [size.plans, size.actions, size.meetings, size.runs, items, size.register, size.entries]
    close_database()


def test_the_same_seed_gives_the_same_database(tmp_path: Path) -> None:
    made = []
    for name in ("one.db", "two.db"):
        generate(SIZES["small"], tmp_path / name, seed=3)
        made.append([rows(model.select()) for model in RECORDS] + [rows(Entry.select())])
    assert made[0] == made[1]
    generate(SIZES["small"], tmp_path / "three.db", seed=4)
    assert rows(Action.select()) not in made[0]
    close_database()


def test_real_dirt_is_in_it(typical: Path) -> None:
    owned = Role.select(Role.action).where(Role.kind == RoleKind.RESPONSIBLE)
    assert 0.12 <= share(Action.status == Status.COMPLETE) <= 0.18
    assert 0.15 <= share(Action.uid.not_in(owned)) <= 0.5
    assert share(Action.agreed.is_null()) > 0.05
    longest = max(len(purpose) for (purpose,) in rows(Action.select(Action.purpose)))
    assert 700 < longest <= 900


def test_people_are_tied_to_plans_in_every_way(typical: Path) -> None:
    for model in (Tenure, Alternate, MembershipRule, Communication):
        assert model.select().count() > 10
    states = {state for (state,) in rows(Agreement.select(Agreement.state).distinct())}
    assert states == set(AgreementState) - {AgreementState.NOT_ASKED}
    assert 0.05 < Party.select().where(Party.hear_every.is_null(False)).count() / SIZES["typical"].people < 0.4
    assert Party.select().where(Party.reports_to.is_null(False)).count() > 10


def test_every_entry_and_assessment_could_have_been_typed(typical: Path) -> None:
    for table, row in stored():
        if table == "register_entry":
            assert entry_problems(row) == {}
        elif table == "checklist_run":
            check_once_a_day(row)
        elif table == "stage":
            check_stage(row)


def test_the_register_holds_every_kind_and_leads_somewhere(typical: Path) -> None:
    assert {kind for (kind,) in rows(RegisterEntry.select(RegisterEntry.kind).distinct())} == set(EntryKind)
    for field in (EntryLink.action, EntryLink.objective, EntryLink.other, NextAction.action):
        assert field.model.select().where(field.is_null(False)).exists()
    assert RegisterEntry.select().where(RegisterEntry.gate != "").count() > 3
    assert 0.05 < share(Action.core) < 0.3


def test_partners_and_all_of_them_assess_every_plan(typical: Path) -> None:
    for wanted in (ChecklistRun.party.is_null(), ChecklistRun.party.is_null(False)):
        plans = rows(ChecklistRun.select(ChecklistRun.plan).where(wanted).distinct())
        assert len(plans) == SIZES["typical"].plans


def test_a_third_falls_due_in_one_month(typical: Path) -> None:
    dates = [forecast or agreed for forecast, agreed in rows(Action.select(Action.forecast, Action.agreed))]
    months = [date(day.year, day.month, 1) for day in dates if day]
    assert 0.28 < max(months.count(month) for month in set(months)) / len(months) < 0.4


def test_three_in_five_heard_nothing_for_a_quarter(typical: Path) -> None:
    recent = Entry.select(Entry.subject).join(Change).where(Change.at > TODAY - timedelta(days=91))
    assert 0.5 < share(Action.uid.not_in(recent)) < 0.75


def test_the_ledger_is_in_the_order_of_time(typical: Path) -> None:
    moments = [at for (at,) in rows(Change.select(Change.at).order_by(Change.id))]
    assert moments == sorted(moments)
    assert moments[-1].date() <= TODAY


def test_the_database_is_sound(typical: Path) -> None:
    assert database.execute_sql("PRAGMA foreign_key_check").fetchall() == []
    assert database.execute_sql("PRAGMA integrity_check").fetchone() == ("ok",)
