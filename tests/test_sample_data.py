"""The sample plans: credible, dirty as real plans are, alive around today, and quick to load."""

from collections import Counter
from datetime import date, datetime, time, timedelta

import pytest

from tui_plan.exchange.samples import SAMPLES, load_samples, sample_document
from tui_plan.model.base import rows
from tui_plan.model.checklist import ChecklistItem, ChecklistRun
from tui_plan.model.errors import Refused
from tui_plan.model.ledger import Change
from tui_plan.model.meeting import Meeting, MeetingSeries
from tui_plan.model.partnership import Agreement, Communication
from tui_plan.model.people import ContactMethod, Party, Tenure
from tui_plan.model.plan import Action, Checkpoint, Dependency, Note, Plan, Reading, Resource, Role
from tui_plan.model.recurrence import occurrences
from tui_plan.model.register import RegisterEntry
from tui_plan.model.store import Author
from tui_plan.model.vocabulary import MeetingStatus, Status

TODAYS = [date(2026, 3, 16), date(2026, 11, 22), date(2028, 2, 29), date(2025, 12, 31)]


def test_there_are_three() -> None:
    assert len(SAMPLES) == 3


@pytest.mark.parametrize("today", TODAYS)
@pytest.mark.parametrize("name", SAMPLES)
def test_today_is_in_the_middle_and_weekdays_stay(name: str, today: date) -> None:
    here, there = sample_document(name, TODAYS[0]), sample_document(name, today)
    middle = there.plan["start"] + (there.plan["end"] - there.plan["start"]) / 2
    assert timedelta(0) <= today - middle < timedelta(weeks=1)
    pairs = zip(here.rows[Action], there.rows[Action], strict=True)
    assert all(a["agreed"].weekday() == b["agreed"].weekday() for a, b in pairs if a["agreed"])


@pytest.mark.parametrize("today", TODAYS)
@pytest.mark.parametrize("name", SAMPLES)
def test_nothing_has_happened_in_the_future_and_meetings_keep_their_rule(name: str, today: date) -> None:
    document = sample_document(name, today)
    happened = [row["actual"] for row in document.rows[Action]] + [row["said_on"] for row in document.rows[Note]]
    happened += [row["held_on"] for row in document.rows[Checkpoint]] + [
        row["taken_on"] for row in document.rows[Reading]
    ]
    happened += [row["on"] for model in (Agreement, Communication, RegisterEntry) for row in document.rows[model]]
    happened += [row["finished_on"] for row in document.rows[ChecklistRun]]
    happened += [row["at"].date() for row in document.rows[ChecklistItem] if row["at"]]
    happened += [row["verified_on"] for row in document.rows[ContactMethod]]
    assert max(day for day in happened if day) <= today
    series = {row["uid"]: row for row in document.rows[MeetingSeries]}
    for meeting in document.rows[Meeting]:
        if meeting.get("series"):
            row, original = series[meeting["series"]], meeting["original_start"]
            start = datetime.combine(row["start_day"], time.fromisoformat(row["start_time"]))
            assert occurrences(row["rule"], start, original, original) == [original]
            assert meeting["status"] != MeetingStatus.HELD or meeting["start"].date() <= today


@pytest.mark.parametrize("name", SAMPLES)
def test_a_sample_is_as_dirty_as_a_real_plan(name: str) -> None:
    document = sample_document(name, TODAYS[0])
    actions, today = document.rows[Action], TODAYS[0]
    owned = {row["action"] for row in document.rows[Role] if row["kind"] in {"accountable", "responsible"}}
    months = Counter(row["agreed"].strftime("%Y-%m") for row in actions if row["agreed"])
    complete = sum(row["status"] == Status.COMPLETE for row in actions)
    assert 0.10 <= complete / len(actions) <= 0.20
    assert 0.25 <= max(months.values()) / len(actions) <= 0.5
    assert {row["status"] for row in actions} == set(Status)
    assert any(len(row["purpose"]) > 850 for row in actions)
    assert any(row["timescale_note"] and not row["agreed"] for row in actions)
    assert any(row["agreed"] != row["baseline"] for row in actions)
    late = [row for row in actions if row["status"] in {"not started", "in progress"} and row["agreed"]]
    assert any((row["forecast"] or row["agreed"]) < today for row in late)
    assert len(owned) < len(actions)
    held = {row["post"] for row in document.rows[Tenure] if row["end"] is None or row["end"] >= today}
    posts = {row["uid"] for row in document.rows[Party] if row["kind"] == "post"}
    assert (posts & {row["party"] for row in document.rows[Role]}) - held
    assert len({row["currency"] for row in document.rows[Resource] if row["currency"]}) == 2
    assert {row["secured"] for row in document.rows[Resource]} == {True, False}
    assert {row["candour"] for row in document.rows[Note]} == {"candid", "shareable"}
    assert {row["status"] for row in document.rows[Meeting]} == set(MeetingStatus)
    assert any(row["start"] != row["original_start"] for row in document.rows[Meeting] if row.get("series"))
    assert document.rows[Dependency]
    assert any(row["held_on"] for row in document.rows[Checkpoint])
    assert document.rows[ContactMethod]


def test_the_three_plans_differ_in_size() -> None:
    sizes = [len(sample_document(name, TODAYS[0]).rows[Action]) for name in SAMPLES]
    assert sizes == sorted(sizes)
    assert sizes[0] == 24


@pytest.mark.usefixtures("plan_database")
@pytest.mark.parametrize("today", TODAYS)
def test_loaded_samples_are_the_samples_and_have_a_history(author: Author, today: date) -> None:
    load_samples(author, today)
    assert Plan.select().count() == 3
    for model in (Action, Note, Reading, Checkpoint, Role):
        assert model.select().count() == sum(len(sample_document(name, today).rows[model]) for name in SAMPLES)
    wanted = [row for name in SAMPLES for row in sample_document(name, today).rows[Action]]
    fields = ("title", "status", "confidence", "start", "baseline", "agreed", "forecast", "actual")
    found = rows(Action.select(*(getattr(Action, name) for name in fields)))
    assert sorted(found, key=repr) == sorted((tuple(row[name] for name in fields) for row in wanted), key=repr)
    moments = [at for (at,) in rows(Change.select(Change.at).order_by(Change.id))]
    assert moments == sorted(moments)
    assert len({at.date() for at in moments}) > 60
    assert max(moments).date() <= today
    assert Change.select().where(Change.said_by != "").count() > 30


@pytest.mark.usefixtures("plan_database")
def test_samples_are_not_mixed_with_other_plans(author: Author, today: date) -> None:
    load_samples(author, today)
    with pytest.raises(Refused, match="tui-plan demo"):
        load_samples(author, today)
