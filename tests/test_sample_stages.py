"""That the demo shows every state of stages, register and evaluation: each test asks the loaded samples."""

from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from tui_plan.exchange.samples import SAMPLES, load_samples, sample_document
from tui_plan.insight.assessments import assessments, divergence, last_time, strip
from tui_plan.insight.celebrating import celebrated, to_celebrate
from tui_plan.insight.drift import drift
from tui_plan.insight.evaluation import evaluation, first_outcomes, quick_wins
from tui_plan.insight.gate import GateView, gates_of
from tui_plan.insight.register import EntryLine, register_entries
from tui_plan.insight.slips import slips
from tui_plan.insight.stages import stages
from tui_plan.insight.stalled import stalled
from tui_plan.model.base import Record, rows
from tui_plan.model.checklist import ChecklistItem, ChecklistRun, NextAction
from tui_plan.model.database import close_database, create_database, open_database
from tui_plan.model.entry_kinds import KINDS
from tui_plan.model.ledger import Change, Entry
from tui_plan.model.plan import Action, DevelopmentArea, OutcomeMeasure, Plan
from tui_plan.model.register import EntryLink, RegisterEntry
from tui_plan.model.stage import Stage
from tui_plan.model.store import Author
from tui_plan.model.vocabulary import (
    Candour,
    Disposition,
    EntryKind,
    Fidelity,
    Gate,
    Manner,
    Rating,
    Response,
    StageKind,
    Status,
)

TODAY = date(2026, 3, 16)
pytestmark = pytest.mark.usefixtures("samples")


@pytest.fixture(scope="module")
def sample_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("samples") / "plan.db"
    create_database(path)
    load_samples(Author("ana"), TODAY)
    close_database()
    return path


@pytest.fixture
def samples(sample_file: Path) -> Iterator[Path]:
    """The loaded samples, only read."""
    open_database(sample_file)
    yield sample_file
    close_database()


@pytest.fixture
def plans(samples: Path) -> list[str]:
    return [uid for (uid,) in rows(Plan.select(Plan.uid))]


@pytest.fixture
def gates(plans: list[str]) -> list[GateView]:
    return [gate for plan in plans for gate in gates_of(plan).values()]


@pytest.fixture
def entries(samples: Path) -> dict[str, list[EntryLine]]:
    found: dict[str, list[EntryLine]] = defaultdict(list)
    for line in register_entries():
        found[line.kind].append(line)
    return found


def linked(*, field: str, kind: EntryKind) -> set[str]:
    """Return the uids of the entries of one kind that are linked to an action, a measure … or another entry."""
    column = EntryLink._meta.fields[field]
    query = EntryLink.select(EntryLink.entry).join(RegisterEntry, on=(EntryLink.entry == RegisterEntry.uid))
    return {uid for (uid,) in rows(query.where(column.is_null(False) & (RegisterEntry.kind == kind.value)))}


def test_stages_of_every_kind_in_two_attempts(plans: list[str]) -> None:
    found = [line for plan in plans for line in stages(plan)]
    assert {(line.kind, line.cycle) for line in found} == {(kind, cycle) for kind in StageKind for cycle in (1, 2)}
    assert {line.state for line in found} == {"skipped", "to come", "under way", "ended"}
    assert {line.described for line in found} == {True, False}
    assert [len(line.skipped_because) > 60 for line in found if line.state == "skipped"] == [True]


def test_gates_in_every_state(gates: list[GateView]) -> None:
    assert {gate.state for gate in gates} == set(Gate)
    (overridden,) = [gate for gate in gates if gate.overridden]
    assert overridden.lacking
    assert [decision.gate for decision in overridden.decisions] == ["overridden", "not passed"]
    assert overridden.overridden[0].by == "Graham Ellery"
    assert len(overridden.overridden[0].because) > 60
    (conditional,) = [gate for gate in gates if gate.state == Gate.CONDITIONS]
    assert conditional.decisions[0].conditions
    assert conditional.decisions[0].meeting == "Senior leaders' group of 2026-01-15"
    opened = [gate.stage.state for gate in gates if gate.state == Gate.OPEN]
    assert "under way" in opened
    closed = {
        criterion.words
        for gate in gates
        if gate.state == Gate.CLOSED
        for criterion in gate.criteria
        if criterion.lacking
    }
    assert len(closed) == 5, "every reason for which a gate is closed is there"


def test_assessments_over_time_by_consensus_and_per_partner(plans: list[str]) -> None:
    found = {plan: assessments(plan) for plan in plans}
    runs = [run for many in found.values() for run in many]
    assert {bool(run.party) for run in runs} == {True, False}
    assert {(bool(run.party), bool(run.finished_on)) for run in runs} == {
        (True, True),
        (True, False),
        (False, True),
        (False, False),
    }
    assert {run.template for run in runs} == {"progress", "preparedness"}
    assert all(len(strip(plan).runs) >= 4 for plan in plans)
    running = [run for run in runs if not run.finished_on and not run.party]
    assert any(last_time(run, plan) for plan, many in found.items() for run in running if run in many)
    meetings = ChecklistRun.select().where(ChecklistRun.meeting.is_null(False))
    assert meetings.count() >= 8


def test_partners_differ_and_agree(plans: list[str]) -> None:
    found = [line for plan in plans for line in divergence(plan)]
    assert {line.spread for line in found} == {0, 1, 2}
    assert max(len(line.views) for line in found) >= 4


def test_what_is_said_is_candid_or_shareable_and_every_rating_is_given() -> None:
    query = ChecklistItem.select(ChecklistItem.rating, ChecklistItem.candour, ChecklistRun.party).join(ChecklistRun)
    said = rows(query.where(ChecklistRun.stage.is_null(False)))
    assert {rating for rating, *_ in said} == {"", *Rating}
    assert {(candour, bool(party)) for _, candour, party in said} == {
        (word, by) for word in Candour for by in (True, False)
    }


def test_next_steps_have_become_actions_in_different_states() -> None:
    query = NextAction.select(Action.status, Action.agreed).join(Action, on=(NextAction.action == Action.uid))
    found = rows(query)
    assert {status for status, _ in found} == {Status.COMPLETE, Status.IN_PROGRESS, Status.NOT_STARTED, Status.DEFERRED}
    assert any(status == Status.NOT_STARTED and agreed < TODAY for status, agreed in found)


def test_an_action_of_a_next_step_was_made_when_it_was_assessed() -> None:
    made = {uid for (uid,) in rows(NextAction.select(NextAction.action))}
    query = Entry.select(Entry.record, Change.at, Change.summary).join(Change)
    found = {uid: at.date() for uid, at, _ in rows(query.where(Entry.record.in_(made) & Entry.before.is_null()))}
    days = dict(
        rows(NextAction.select(NextAction.action, ChecklistRun.finished_on).join(ChecklistItem).join(ChecklistRun))
    )
    assert found == days


def test_entries_of_every_kind_open_and_settled(entries: dict[str, list[EntryLine]]) -> None:
    assert entries.keys() == set(EntryKind)
    for kind, asks in KINDS.items():
        states = {line.is_open for line in entries[kind]}
        assert states == ({True, False} if asks.closed else {False}), kind
    assert all(
        any(line.overdue(TODAY) for line in entries[kind]) for kind in ("risk", "issue", "context change", "adaptation")
    )
    assert {line.candour for many in entries.values() for line in many} == set(Candour)


def test_risks_stand_all_over_the_matrix(entries: dict[str, list[EntryLine]]) -> None:
    risks = [line for line in entries["risk"] if line.is_open]
    assert {line.likelihood for line in risks} == {line.impact for line in risks} == set(range(1, 6))
    assert len({(line.likelihood, line.impact) for line in risks}) >= 15
    assert {line.response for line in entries["risk"]} == {"", *Response}
    assert {line.residual is None for line in risks} == {True, False}
    assert {line.actions > 0 for line in risks} == {True, False}, "with and without mitigation"
    assert all(line.party for line in risks)


def test_what_entries_say_of_their_kind(entries: dict[str, list[EntryLine]]) -> None:
    assert {line.manner for line in entries["adaptation"]} == set(Manner)
    assert {line.fidelity for line in entries["adaptation"]} == set(Fidelity)
    assert {line.disposition for line in entries["lesson"]} == {"", *Disposition}
    ideas = rows(RegisterEntry.select(RegisterEntry.area, RegisterEntry.closed_on).where(RegisterEntry.kind == "idea"))
    assert {(bool(area), bool(closed)) for area, closed in ideas} == {(True, True), (False, True), (False, False)}
    counted: dict[tuple[str | None, str | None], list[int | None]] = defaultdict(list)
    for line in reversed(entries["participation"]):
        counted[line.plan, line.party].append(line.active)
    assert min(map(len, counted.values())) >= 3
    assert {plan for plan, _ in counted} == {line.plan for line in entries["risk"]}
    assert {many[0] < many[-1] for many in counted.values() if many[0] and many[-1]} == {True, False}


def test_entries_lead_to_actions_measures_and_each_other() -> None:
    assert linked(field="action", kind=EntryKind.CONTEXT) & linked(field="other", kind=EntryKind.CONTEXT)
    assert linked(field="other", kind=EntryKind.ISSUE)
    assert linked(field="action", kind=EntryKind.DECISION)
    assert linked(field="action", kind=EntryKind.ACHIEVEMENT)
    assert linked(field="measure", kind=EntryKind.ACHIEVEMENT)


def test_a_promoted_idea_came_before_its_area() -> None:
    query = RegisterEntry.select(RegisterEntry.closed_on, RegisterEntry.area).where(RegisterEntry.area.is_null(False))
    made = Entry.select(Entry.record, Change.at).join(Change).where(Entry.noun == "development_area")
    days = {uid: at.date() for uid, at in rows(made.where(Entry.before.is_null()))}
    ideas = rows(query)
    assert len(ideas) == len(SAMPLES)
    assert all(days[area] == closed for closed, area in ideas)


def test_measures_are_reached_due_and_overdue(plans: list[str]) -> None:
    found = evaluation(TODAY)
    assert {row.reached for row in found} == {True, False}
    assert {row.every is None for row in found} == {True, False}
    late = [row for row in found if row.overdue(TODAY)]
    assert {bool(row.readings) for row in late} == {True, False}
    assert {row.next_due is None for row in found} == {True, False}
    outcomes = [one for plan in plans for one in first_outcomes(TODAY, plan)]
    assert {(one.seen is not None, one.expected is not None) for one in outcomes} == {
        (True, False),
        (False, True),
        (False, False),
    }
    assert all(quick_wins(TODAY).values()), "within 30, 60 and 90 days"


def test_core_components_drift_with_and_without_a_recorded_adaptation(plans: list[str]) -> None:
    found = [drift(plan, TODAY) for plan in plans]
    assert {one.baseline for one in found} == {"Edition 1.2", "Edition 1.4", "Edition 2.1"}
    lines = [line for one in found for line in one.lines]
    assert {line.what for line in lines} == {"changed", "deferred", "withdrawn"}
    assert {line.what for line in lines if line.adaptations} == {"changed", "withdrawn"}
    assert all(one.unexplained and one.standing and one.elsewhere for one in found)
    assert sum(one.new for one in found) == 1


def test_what_stalls_slips_and_waits_to_be_celebrated(plans: list[str]) -> None:
    reasons = " ".join(reason for line in stalled(TODAY) for reason in line.reasons)
    assert "slipped twice" in reasons
    assert "No update" in reasons
    assert "owner and a date" in reasons
    assert {line.assessed for line in slips(TODAY)} == {True, False}
    assert {good.noun for good in to_celebrate(TODAY)} == {
        "milestone",
        "step objective",
        "first outcome",
        "achievement",
    }
    assert all(celebrated(plan) for plan in plans)
    assert all(one.thanked and one.how for one in celebrated())


RETOLD: dict[type[Record], tuple[str, ...]] = {
    Stage: ("title", "kind", "cycle", "started_on", "ended_on", "skipped_because", "scope", "leadership", "success"),
    ChecklistItem: ("text", "rating", "evidence", "candour", "next_steps"),
    RegisterEntry: tuple(
        name
        for name in RegisterEntry._meta.fields
        if name not in {"uid", "number", "row_version", "stage", "meeting", "area"}
    ),
    OutcomeMeasure: ("statement", "due", "every"),
    Action: ("title", "purpose", "core"),
    DevelopmentArea: ("title", "description"),
}


@pytest.mark.parametrize("model", RETOLD, ids=lambda model: model.__name__)
def test_what_was_retold_is_what_the_file_tells(model: type[Record]) -> None:
    names = [name for name in RETOLD[model] if name not in {"plan", "party"}]
    documents = [sample_document(each, TODAY) for each in SAMPLES]
    told = Counter(tuple(row[name] for name in names) for each in documents for row in each.rows[model])
    assert Counter(rows(model.select(*(model._meta.fields[name] for name in names)))) == told


@pytest.mark.parametrize("model", [NextAction, EntryLink], ids=lambda model: model.__name__)
def test_every_link_of_the_file_is_there(model: type[Record]) -> None:
    told = sum(len(sample_document(each, TODAY).rows[model]) for each in SAMPLES)
    assert len(rows(model.select(model._meta.fields["uid"]))) == told > 0


def test_references_lead_where_the_file_says() -> None:
    documents = [sample_document(each, TODAY) for each in SAMPLES]
    for name in ("stage", "meeting", "area"):
        column = RegisterEntry._meta.fields[name]
        model = column.rel_model
        titles = {row["uid"]: row["title"] for each in documents for row in each.rows[model]}
        entries = [row for each in documents for row in each.rows[RegisterEntry] if row[name]]
        query = RegisterEntry.select(RegisterEntry.title, model.title).join(model, on=(column == model.uid))
        assert sorted(rows(query)) == sorted((row["title"], titles[row[name]]) for row in entries) != []
