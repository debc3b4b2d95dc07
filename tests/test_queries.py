"""How many queries each question, command and screen makes: as many over a large plan as over a small one.

Peewee's own log of queries is counted, since it sees every connection and every thread.
"""

import logging
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from tests.bench.generate import TODAY, generate
from tests.bench.sizes import SIZES
from tui_plan.app import TuiPlanApp
from tui_plan.cli.main import main
from tui_plan.database_thread import DatabaseThread
from tui_plan.exchange.agreements_paper import agreements_paper
from tui_plan.exchange.calendar_export import calendar_contents
from tui_plan.exchange.calendar_scope import area_scope, party_scope, plan_scope
from tui_plan.exchange.evaluation_paper import evaluation_paper
from tui_plan.exchange.partners_paper import partners_paper
from tui_plan.exchange.personal_page import personal_page
from tui_plan.exchange.register_paper import register_paper
from tui_plan.exchange.toml_writing import export_toml
from tui_plan.insight import (
    action_rows,
    agenda,
    agreement,
    assessments,
    brief,
    call_down,
    celebrating,
    checklists,
    comparing,
    details,
    drift,
    duplicates,
    evaluation,
    finding,
    gate,
    group_rules,
    health,
    heard,
    history,
    holders,
    linting,
    org_chart,
    outline,
    partners,
    party_page,
    plan_standing,
    progress,
    register,
    roster,
    silent,
    slips,
    stages,
    stalled,
    urgent,
)
from tui_plan.insight.whole_plan import whole_plan
from tui_plan.model.base import database, rows
from tui_plan.model.database import close_database, open_database
from tui_plan.model.people import Party
from tui_plan.model.plan import Action, DevelopmentArea, Plan, Role, StepObjective
from tui_plan.model.register import RegisterEntry
from tui_plan.model.store import Author
from tui_plan.model.vocabulary import RoleKind, Status
from tui_plan.operations.actions import change_actions
from tui_plan.session import Session

LARGE = replace(SIZES["large"], entries=25_000)
"""As many records as the large data set, with a shorter ledger so that making it takes two seconds."""

MOST = 30
"""No question needs more queries than this."""

BY_KIND = {
    "history of an action": 16,
    "history of a plan": 16,
    "history of all": 16,
    "--plan P-1 history": 20,
    "comparison": 22,
    "plan as TOML": 60,
    "page of a party": MOST,
    "somebody whole": 40,
    "a post whole": 40,
    "a group whole": 40,
    "roster": 90,
    "cursor on an action": 20,
    "a date moved": 40,
}
"""Questions whose queries depend on what the answer holds, and the most they may make: one for each kind of record that
is referred to; for TOML, one for each step from people to those who stand in for them; for
the roster, what its first page holds; for an action, two for its outcome measures where it has any."""


@dataclass(frozen=True)
class Around:
    """What questions are asked about: the largest plan of a database and records in it."""

    plan: str
    area: str
    action: str
    party: str
    post: str
    group: str
    entry: str


def last_assessment(plan: str) -> assessments.Assessment:
    """The assessment of a plan that was begun last."""
    return assessments.assessments(plan)[-1]


QUESTIONS: dict[str, Callable[[Around], object]] = {
    "plans": lambda _: health.plan_health(TODAY),
    "health of a plan": lambda it: health.plan_health(TODAY, it.plan),
    "counts of areas": lambda it: health.area_counts(TODAY, it.plan),
    "outline": lambda it: outline.outline(it.plan, TODAY),
    "actions of a plan": lambda it: action_rows.action_rows(it.plan),
    "all actions": lambda _: action_rows.action_rows(),
    "an action": lambda it: details.action_detail(it.action, TODAY),
    "a plan": lambda it: details.plan_detail(it.plan),
    "everything in a plan": lambda it: whole_plan(it.plan, TODAY),
    "agenda": lambda it: agenda.agenda(TODAY, TODAY + timedelta(days=60), it.plan),
    "agenda of all": lambda _: agenda.agenda(TODAY, TODAY + timedelta(days=60)),
    "next": lambda it: agenda.next_actions(TODAY, it.plan),
    "next of a party": lambda it: agenda.next_actions(TODAY, it.plan, it.party),
    "most overdue": lambda _: urgent.most_overdue(TODAY, None, 20),
    "history of an action": lambda it: history.history(it.action),
    "history of a plan": lambda it: history.history(plan=it.plan),
    "history of all": lambda _: history.history(),
    "comparison": lambda it: comparing.compare(it.plan, datetime(2026, 1, 1), datetime(2026, 3, 1)),  # noqa: DTZ001
    "lint": lambda it: linting.lint(it.plan, TODAY),
    "parties": lambda _: finding.party_choices(),
    "calendar of a plan": lambda it: calendar_contents(plan_scope(it.plan), TODAY),
    "calendar of an area": lambda it: calendar_contents(area_scope(it.area), TODAY),
    "page of a party": lambda it: personal_page(it.party, TODAY),
    "page of partners": lambda it: partners_paper(it.plan, TODAY),
    "page of agreements": lambda it: agreements_paper(it.plan, TODAY),
    "calendar of a party": lambda it: calendar_contents(party_scope(it.party, TODAY), TODAY),
    "plan as TOML": lambda it: export_toml(it.plan),
    "people": lambda _: roster.roster(TODAY),
    "twins": lambda _: duplicates.duplicates(TODAY),
    "chart": lambda _: org_chart.org_chart(TODAY),
    "silent": lambda _: silent.silent(TODAY),
    "who agreed": lambda it: agreement.agreements(it.plan, TODAY),
    "what partners kept": lambda it: partners.partners(it.plan, TODAY),
    "holders of a post": lambda it: holders.holders(it.post, TODAY),
    "members of a group": lambda it: group_rules.members_of(it.group, TODAY),
    "call-down": lambda it: call_down.call_down(it.group, TODAY),
    "somebody whole": lambda it: party_page.party_page(it.party, TODAY),
    "a post whole": lambda it: party_page.party_page(it.post, TODAY),
    "a group whole": lambda it: party_page.party_page(it.group, TODAY),
    "last contacts": lambda _: heard.last_contacts(TODAY),
    "all promises": lambda it: partners.promises_by_partner(it.plan, TODAY),
    "ways to reach somebody": lambda it: party_page.reach_of(it.party),
    "log of contacts": lambda it: heard.contact_log(it.party),
    "support": lambda it: party_page.register_of(it.party),
    "checklists": lambda it: checklists.checklist_runs(it.party),
    "stages": lambda it: stages.stages(it.plan),
    "gates": lambda it: gate.gates_of(it.plan),
    "the stages with their qualities": lambda it: progress.progress(it.plan),
    "assessments side by side": lambda it: assessments.strip(it.plan),
    "where partners differ": lambda it: assessments.divergence(it.plan),
    "an assessment": lambda it: assessments.said_in(last_assessment(it.plan)),
    "what was said last time": lambda it: assessments.last_time(last_assessment(it.plan), it.plan),
    "register": lambda it: register.register_entries(it.plan),
    "whole register": lambda _: register.register_entries(),
    "an entry": lambda it: register.entry_detail(it.entry),
    "what an action came of": lambda it: register.named_by(it.action),
    "stalled": lambda it: stalled.stalled(TODAY, it.plan),
    "all stalled": lambda _: stalled.stalled(TODAY),
    "how a plan stands": lambda it: plan_standing.plan_standing(it.plan, TODAY),
    "slips": lambda _: slips.slips(TODAY),
    "to celebrate": lambda _: celebrating.to_celebrate(TODAY),
    "brief": lambda it: brief.brief(TODAY, it.plan),
    "page of the register": lambda it: register_paper(it.plan, TODAY),
    "all outcome measures": lambda _: evaluation.evaluation(TODAY),
    "outcome measures of an action": lambda it: evaluation.measures_of(it.action),
    "first outcomes": lambda it: evaluation.first_outcomes(TODAY, it.plan),
    "quick wins": lambda it: evaluation.quick_wins(TODAY, it.plan),
    "drift": lambda it: drift.drift(it.plan, TODAY),
    "page of the evaluation": lambda it: evaluation_paper(it.plan, TODAY),
}

COMMANDS = (
    "--plan P-1 status",
    "--plan P-1 next",
    "--plan P-1 agenda",
    "--plan P-1 history",
    "--plan P-1 lint",
    "--plan P-1 agreements",
    "--plan P-1 partners",
    "--plan P-1 silent",
    "--plan P-1 export ics -o -",
    "--plan P-1 export annex1 -o -",
    "--plan P-1 export csv -o -",
    "roster",
    "orgchart",
    "duplicates",
    "checklists",
    "export contacts -o -",
    "export contacts --format vcf -o -",
)

KEYS: dict[str, tuple[str, ...]] = {
    "first screen": (),
    "outline": ("enter",),
    "cursor on a step objective": ("j",),
    "cursor on an action": ("j",),
    "a date moved": ("greater_than_sign",),
    "history of an action": ("t",),
    "back": ("escape",),
    "board": ("2",),
    "cursor on the board": ("j", "l"),
    "a card moved": ("right_square_bracket",),
    "grouped": ("b",),
    "stages": ("4",),
    "cursor on a quality": ("j",),
    "register": ("7",),
    "cursor on an entry": ("j", "j"),
    "roster": ("3",),
    "who agreed": ("A",),
}
"""What is done in the terminal, one after the other."""


@pytest.fixture(scope="module")
def databases(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """The small and the large database."""
    folder = tmp_path_factory.mktemp("queries")
    for name, size in (("small.db", SIZES["small"]), ("large.db", LARGE)):
        generate(size, folder / name)
        close_database()
    return [folder / "small.db", folder / "large.db"]


@contextmanager
def opened(path: Path) -> Iterator[Around]:
    """Open a database and find something to ask about in it."""
    open_database(path)
    largest, _ = max(rows(Plan.select(Plan.uid, Plan.number)), key=lambda row: len(action_rows.action_rows(row[0])))
    owned = (
        Role.select(Role.action, Role.party, DevelopmentArea.uid)
        .join(Party)
        .switch(Role)
        .join(Action)
        .join(StepObjective)
        .join(DevelopmentArea)
        .where((DevelopmentArea.plan == largest) & (Role.kind == RoleKind.RESPONSIBLE) & (Party.kind == "person"))
    )
    action, party, area = rows(owned)[0]
    post, group = (rows(Party.select(Party.uid).where(Party.kind == kind))[0][0] for kind in ("post", "group"))
    entry = rows(RegisterEntry.select(RegisterEntry.uid).where(RegisterEntry.plan == largest))[0][0]
    yield Around(largest, area, action, party, post, group, entry)
    close_database()


def queries(caplog: pytest.LogCaptureFixture, ask: Callable[[], object]) -> list[str]:
    """Return the SQL of every query that ``ask`` makes."""
    with caplog.at_level(logging.DEBUG, logger="peewee"):
        caplog.clear()
        ask()
        return [str(record.msg[0]) for record in caplog.records if record.name == "peewee"]


def test_the_log_sees_what_sqlite_sees(databases: list[Path], caplog: pytest.LogCaptureFixture) -> None:
    with opened(databases[0]) as it:
        traced: list[str] = []
        database.connection().set_trace_callback(traced.append)
        logged = queries(caplog, lambda: whole_plan(it.plan, TODAY))
        assert len(traced) == len(logged) > 3


@pytest.mark.parametrize("question", QUESTIONS)
def test_a_question_makes_no_query_per_row(
    databases: list[Path], caplog: pytest.LogCaptureFixture, question: str
) -> None:
    counts = []
    for path in databases:
        with opened(path) as it:
            counts.append(len(queries(caplog, lambda it=it: QUESTIONS[question](it))))  # type: ignore[misc]
    if question in BY_KIND:
        assert 0 < max(counts) <= BY_KIND[question]
    else:
        assert 0 < counts[0] == counts[1] <= MOST


@pytest.mark.parametrize("command", COMMANDS)
def test_a_command_makes_no_query_per_row(
    databases: list[Path], caplog: pytest.LogCaptureFixture, capsys: pytest.CaptureFixture[str], command: str
) -> None:
    counts = []
    for path in databases:
        words = ["--db", str(path), "--today", TODAY.isoformat(), *command.split()]
        counts.append(len(queries(caplog, lambda words=words: main(words))))  # type: ignore[misc]
        assert capsys.readouterr().out
    if command in BY_KIND:
        assert 0 < max(counts) <= BY_KIND[command]
    else:
        assert 0 < counts[0] == counts[1] <= MOST


async def test_a_screen_makes_no_query_per_row(
    databases: list[Path], caplog: pytest.LogCaptureFixture, tmp_path: Path
) -> None:
    small, large = [await queries_of_screens(path, caplog, tmp_path) for path in databases]
    for step in BY_KIND.keys() & KEYS.keys():
        assert 0 < max(small.pop(step), large.pop(step)) <= BY_KIND[step]
    assert small == large
    assert max(small.values()) <= MOST + 10, small


async def queries_of_screens(path: Path, caplog: pytest.LogCaptureFixture, folder: Path) -> dict[str, int]:
    """Return how many queries each step in the terminal makes on a copy of the database."""
    copy = shutil.copyfile(path, folder / f"copy-{path.name}")
    thread = DatabaseThread()
    thread.ask_now(open_database, copy)
    thread.ask_now(give_dates)
    session = Session(database=copy, login="ana", state_folder=folder / "state", today=TODAY)
    app = TuiPlanApp(session, thread, writable=True)
    found: dict[str, int] = {}
    with caplog.at_level(logging.DEBUG, logger="peewee"):
        async with app.run_test(size=(120, 40)) as pilot:
            for step, keys in KEYS.items():
                await pilot.press(*keys)
                for _ in range(3):  # not for the workers: that of a dialog waits as long as it is open
                    await app.ask(lambda: None)
                    await pilot.pause(0.1)
                found[step] = sum(is_question(record) for record in caplog.records)
                caplog.clear()
    thread.close(close_database)
    return found


def give_dates() -> None:
    """Make the first actions of the first plan such that their dates and cards can be moved."""
    first = [uid for (uid,) in rows(Action.select(Action.uid).where(Action.number <= 4))]
    change_actions(
        Author(login="ana"),
        first,
        today=TODAY,
        status=Status.NOT_STARTED.value,
        start=None,
        agreed=TODAY,
        forecast=None,
        actual=None,
    )


def is_question(record: logging.LogRecord) -> bool:
    """Whether a log record is a query, and not the look whether a colleague has written."""
    return record.name == "peewee" and "data_version" not in str(record.msg)
