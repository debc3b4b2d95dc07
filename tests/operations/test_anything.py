"""Two people doing anything in any order to a real file: what must hold after every single step.

The tables equal the replayed ledger, versions form a chain, numbers are never given twice, a refused change leaves no
trace, undo and redo are exact, the plan as it was is the plan that was, and no rule of the plan is broken. What is done
to people stands in ``anything_people``, what to stages and the register in ``anything_stages``.
"""

import os
import tempfile
from collections.abc import Callable
from datetime import date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, Phase, note, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from tests.model.replay import Content, everything, replayed, tables
from tests.operations.anything_people import PeopleRules
from tests.operations.anything_stages import StageRules
from tui_plan.model.as_of import as_of
from tui_plan.model.base import Record, database, rows
from tui_plan.model.database import close_database, create_database
from tui_plan.model.errors import PlanError
from tui_plan.model.ledger import Change
from tui_plan.model.meeting import MeetingSeries
from tui_plan.model.people import Party
from tui_plan.model.plan import (
    Action,
    Checkpoint,
    DevelopmentArea,
    OutcomeMeasure,
    Plan,
    Resource,
    StepObjective,
)
from tui_plan.model.schema import LETTERS, table_name
from tui_plan.model.store import Author
from tui_plan.model.vocabulary import Confidence, PartyKind, RoleKind, Status
from tui_plan.operations import actions, dependencies, groups, meetings, parts, people, plans
from tui_plan.operations.undoing import redo, undo

TODAY = date(2026, 3, 16)
FIRST = datetime.fromisoformat("2026-01-01T12:00")
MEETING = datetime.fromisoformat("2026-03-02T09:00")
RULE = "FREQ=WEEKLY;BYDAY=MO"

logins = st.sampled_from(["ana", "ben"])
places = st.integers(0, 5)
some = st.lists(places, max_size=3)
words = st.sampled_from(["", "Train wardens", "Übung", "x" * 1_001, "[b]\x1b[31m", "two\nlines"])
days = st.one_of(st.none(), st.dates(date(2026, 3, 1), date(2026, 4, 10)))
amounts = st.one_of(st.none(), st.decimals(-5, 500, places=2))
action_values = st.fixed_dictionaries(
    {},
    optional={
        "title": words,
        "description": words,
        "status": st.sampled_from([*Status, "done"]),
        "confidence": st.sampled_from(["", *Confidence]),
        "confidence_reason": words,
        "start": days,
        "agreed": days,
        "forecast": days,
        "actual": days,
        "milestone": st.booleans(),
    },
)


class AnythingGoes(PeopleRules, StageRules, RuleBasedStateMachine):
    """Each rule tries one operation; records are named by their place among those that are there."""

    def __init__(self) -> None:
        super().__init__()
        self.directory = tempfile.TemporaryDirectory()
        create_database(Path(self.directory.name) / "plan.db")
        database.execute_sql("PRAGMA synchronous = off")
        self.clock = FIRST
        self.numbers: dict[tuple[str, int], str] = {}
        self.past: dict[datetime, Content] = {FIRST: tables()}
        self.begin()

    def begin(self) -> None:
        self.do("ana", plans.add_plan, name="Ready together", start=date(2026, 1, 1))
        self.do("ana", plans.add_area, self.pick(Plan, 0), title="Preparedness")
        self.do("ana", plans.add_objective, self.pick(DevelopmentArea, 0), title="Wardens")
        for title in ("Recruit", "Train"):
            self.do("ana", actions.add_action, self.pick(StepObjective, 0), today=TODAY, title=title)
        for kind in PartyKind:
            self.do("ana", people.add_party, kind, name=f"Some {kind}")
        self.begin_with_people()
        self.begin_with_stages()

    def teardown(self) -> None:
        close_database()
        self.directory.cleanup()

    def pick(self, model: type[Record], place: int) -> str:
        found = [uid for (uid,) in rows(model.select(model.uid).order_by(model.uid))]
        return found[place % len(found)] if found else "nowhere"

    def do(self, login: str, operation: Callable[..., Any], *values: Any, **options: Any) -> Any:
        """Try one operation; a refusal must leave the file as it was."""
        self.clock += timedelta(minutes=1)
        before = everything()
        try:
            done = operation(Author(login, at=self.clock), *values, **options)
            self.past[self.clock] = tables()
            return done
        except PlanError as problem:
            sentence = str(problem)
        note(f"refused: {sentence}")
        assert sentence.endswith(".")
        assert everything() == before
        return None

    def last_change(self) -> int:
        return int(Change.select(Change.id).order_by(Change.id.desc()).limit(1).scalar())

    # What people do

    @rule(login=logins, title=words)
    def add_area(self, login: str, title: str) -> None:
        self.do(login, plans.add_area, self.pick(Plan, 0), title=title)

    @rule(login=logins, place=places, title=words)
    def add_objective(self, login: str, place: int, title: str) -> None:
        self.do(login, plans.add_objective, self.pick(DevelopmentArea, place), title=title)

    @rule(login=logins, place=places, values=action_values)
    def add_action(self, login: str, place: int, values: Any) -> None:
        self.do(login, actions.add_action, self.pick(StepObjective, place), today=TODAY, **{"title": "New"} | values)

    @rule(login=logins, place=places, values=action_values, behind=st.integers(0, 2), merge=st.booleans())
    def edit_action(self, login: str, place: int, values: Any, behind: int, merge: bool) -> None:
        uid = self.pick(Action, place)
        version = Action.select(Action.row_version).where(Action.uid == uid).scalar() or 1
        seen = max(1, version - behind)
        self.do(login, actions.edit_action, uid, today=TODAY, version_seen=seen, merge=merge, **values)

    @rule(login=logins, place=places, values=action_values, text=words)
    def progress(self, login: str, place: int, values: Any, text: str) -> None:
        self.do(login, actions.record_progress, self.pick(Action, place), today=TODAY, note=text, **values)

    @rule(login=logins, chosen=some, values=action_values)
    def change_several(self, login: str, chosen: list[int], values: Any) -> None:
        self.do(login, actions.change_actions, [self.pick(Action, place) for place in chosen], today=TODAY, **values)

    @rule(login=logins, chosen=some, by=st.sampled_from([-7, 7, 10**9]))
    def move_dates(self, login: str, chosen: list[int], by: int) -> None:
        self.do(login, actions.move_dates, [self.pick(Action, place) for place in chosen], by)

    @rule(login=logins, model=st.sampled_from([DevelopmentArea, StepObjective, Action]), place=places, steps=places)
    def reorder(self, login: str, model: type[Record], place: int, steps: int) -> None:
        if (uid := self.pick(model, place)) != "nowhere":
            self.do(login, plans.move_in_order, table_name(model), uid, steps - 2)

    @rule(login=logins, place=places, where=places)
    def move_action(self, login: str, place: int, where: int) -> None:
        uids = [self.pick(Action, place), self.pick(Action, place + 1)]
        self.do(login, actions.move_actions, uids, self.pick(StepObjective, where))

    @rule(login=logins, place=places, where=places)
    def move_objective(self, login: str, place: int, where: int) -> None:
        self.do(login, plans.move_objective, self.pick(StepObjective, place), self.pick(DevelopmentArea, where))

    @rule(login=logins, chosen=some)
    def remove_actions(self, login: str, chosen: list[int]) -> None:
        self.do(login, actions.remove_actions, [self.pick(Action, place) for place in chosen])

    @rule(login=logins, place=places, objective=st.booleans())
    def remove_upper(self, login: str, place: int, objective: bool) -> None:
        if objective:
            self.do(login, plans.remove_objective, self.pick(StepObjective, place))
        else:
            self.do(login, plans.remove_area, self.pick(DevelopmentArea, place))

    @rule(
        login=logins, action=places, wanted=st.lists(st.tuples(st.sampled_from(list(RoleKind)[:4]), places), max_size=3)
    )
    def set_roles(self, login: str, action: int, wanted: list[tuple[RoleKind, int]]) -> None:
        roles = [(kind, self.pick(Party, party)) for kind, party in wanted]
        self.do(login, parts.set_roles, self.pick(Action, action), roles)

    @rule(login=logins, chosen=st.lists(places, min_size=1, max_size=3), kind=st.sampled_from(RoleKind), party=places)
    def add_role(self, login: str, chosen: list[int], kind: RoleKind, party: int) -> None:
        uids = [self.pick(Action, place) for place in chosen]
        self.do(login, parts.add_role, uids, kind, self.pick(Party, party))

    @rule(login=logins, action=places, quantity=amounts, due=days, reviewers=some)
    def add_parts(
        self, login: str, action: int, quantity: Decimal | None, due: date | None, reviewers: list[int]
    ) -> None:
        uid = self.pick(Action, action)
        self.do(login, parts.add_resource, uid, quantity=quantity, cost=quantity, currency="eur")
        self.do(login, parts.add_checkpoint, uid, due=due, reviewers=[self.pick(Party, one) for one in reviewers])
        self.do(login, parts.add_measure, uid, statement="Wardens trained", target=quantity)
        self.do(login, parts.add_reading, self.pick(OutcomeMeasure, action), taken_on=due, value=quantity)

    @rule(login=logins, place=places, table=st.sampled_from([Resource, Checkpoint, OutcomeMeasure]))
    def remove_part(self, login: str, place: int, table: type[Record]) -> None:
        self.do(login, parts.remove_part, table_name(table), self.pick(table, place))

    @rule(login=logins, action=places, needs=places, there=st.booleans())
    def dependency(self, login: str, action: int, needs: int, there: bool) -> None:
        operation = dependencies.add_dependency if there else dependencies.remove_dependency
        self.do(login, operation, self.pick(Action, action), self.pick(Action, needs))

    @rule(login=logins, chosen=some)
    def partners(self, login: str, chosen: list[int]) -> None:
        self.do(login, plans.set_partners, self.pick(Plan, 0), [self.pick(Party, place) for place in chosen])

    @rule(login=logins, kind=st.sampled_from(PartyKind), name=words, home=st.one_of(st.none(), places))
    def add_party(self, login: str, kind: PartyKind, name: str, home: int | None) -> None:
        where = None if home is None else self.pick(Party, home)
        self.do(login, people.add_party, kind, name=name, organisation=where)

    @rule(login=logins, place=places, name=words)
    def rename_party(self, login: str, place: int, name: str) -> None:
        self.do(login, people.edit_party, self.pick(Party, place), name=name)

    @rule(login=logins, place=places)
    def remove_party(self, login: str, place: int) -> None:
        self.do(login, people.remove_party, self.pick(Party, place))

    @rule(login=logins, group=places, member=places)
    def member(self, login: str, group: int, member: int) -> None:
        self.do(login, groups.add_member, self.group(group), self.pick(Party, member))

    @rule(login=logins, week=places)
    def meetings(self, login: str, week: int) -> None:
        if self.pick(MeetingSeries, 0) == "nowhere":
            values = {"title": "Steering", "start_day": date(2026, 3, 2), "timezone": "Europe/London", "rule": RULE}
            self.do(login, meetings.add_series, self.pick(Plan, 0), **values)
        else:
            original = MEETING + timedelta(days=week * 6)
            self.do(login, meetings.set_occurrence, self.pick(MeetingSeries, 0), original, place=f"Room {week}")

    # Turning back

    @rule(login=logins)
    def undo(self, login: str) -> None:
        self.do(login, undo)

    @rule(login=logins)
    def redo(self, login: str) -> None:
        self.do(login, redo)

    @rule(login=logins, place=st.integers(0, 40))
    def undo_any(self, login: str, place: int) -> None:
        self.do(login, undo, self.last_change() - place)

    @precondition(lambda self: not self.overrode(self.last_change()))
    @rule(login=logins)
    def undo_the_very_last(self, login: str) -> None:
        last = self.last_change()
        at = Change.select(Change.at).where(Change.id == last).scalar()
        then = max(moment for moment in self.past if moment < at)
        now = tables()
        undone = self.do(login, undo, last)
        assert undone is not None
        assert tables() == self.past[then]
        assert self.do(login, undo, self.last_change()) is not None
        assert tables() == now

    @precondition(lambda self: len(self.past) > 2)
    @rule(place=st.integers(0, 40))
    def look_back(self, place: int) -> None:
        moments = sorted(self.past)
        moment = moments[place % len(moments)]
        now = tables()
        with as_of(moment):
            assert tables() == self.past[moment]
        assert tables() == now

    # What always holds

    @invariant()
    def what_always_holds(self) -> None:
        now = tables()
        assert now == replayed()
        self.no_number_is_given_twice(now)
        siblings_have_an_order(now)
        no_rule_of_the_plan_is_broken(now)
        assert database.execute_sql("PRAGMA foreign_key_check").fetchall() == []

    def no_number_is_given_twice(self, now: Content) -> None:
        for model, letter in LETTERS.items():
            for uid, row in now[table_name(model)].items():
                assert self.numbers.setdefault((letter, row["number"]), uid) == uid


def siblings_have_an_order(now: Content) -> None:
    for table, parent in (("step_objective", "area"), ("action", "objective")):
        orders = [(row[parent], row["position"], row["number"]) for row in now[table].values()]
        assert len(orders) == len(set(orders))


def no_rule_of_the_plan_is_broken(now: Content) -> None:
    held = [row["action"] for row in now["role"].values() if row["kind"] == RoleKind.ACCOUNTABLE]
    assert len(held) == len(set(held))
    for row in now["action"].values():
        assert not row["start"] or all(row["start"] <= row[name] for name in ("agreed", "forecast") if row[name])
        assert not row["actual"] or row["status"] == Status.COMPLETE
        assert row["title"]
        assert "\x1b" not in row["title"]
    edges = {(row["action"], row["needs"]) for row in now["dependency"].values()}
    assert len(edges) == len(now["dependency"])
    while leaves := {needs for _, needs in edges} - {action for action, _ in edges}:
        edges = {(action, needs) for action, needs in edges if needs not in leaves}
    assert not edges
    there = [row for row in now["party"].values() if not row["merged_into"]]
    parties = [row for row in there if row["kind"] != PartyKind.PERSON]
    assert len(parties) == len({(row["kind"], row["name_key"], row["organisation"]) for row in parties})


TestAnythingGoes = AnythingGoes.TestCase
TestAnythingGoes.settings = settings(
    max_examples=int(os.environ.get("TUI_PLAN_EXAMPLES", "20")),
    stateful_step_count=30,
    deadline=None,
    suppress_health_check=list(HealthCheck),
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
)
