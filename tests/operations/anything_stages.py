"""What people do to stages, assessments, gates and the register, as rules of the machine in ``test_anything``."""

from collections import Counter
from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

from hypothesis import strategies as st
from hypothesis.stateful import invariant, rule

from tests.model.replay import tables
from tests.operations.anything_people import days, logins, places, some, words
from tests.progress_world import PROGRESS
from tui_plan.insight.gate import gate_of
from tui_plan.model.base import Record, rows
from tui_plan.model.checklist import ChecklistItem
from tui_plan.model.ledger import Entry
from tui_plan.model.meeting import Meeting, MeetingSeries
from tui_plan.model.people import Party
from tui_plan.model.plan import Action, OutcomeMeasure, Plan, StepObjective
from tui_plan.model.register import RegisterEntry
from tui_plan.model.schema import table_name
from tui_plan.model.stage import Stage
from tui_plan.model.vocabulary import (
    GATE_DECISIONS,
    GATE_LEADS_ON,
    Disposition,
    EntryKind,
    Gate,
    Manner,
    Rating,
    Response,
    StageKind,
    Support,
)
from tui_plan.operations import assessing, checklists, following_up, meetings, register, stages
from tui_plan.operations.meetings import MeetingAt
from tui_plan.operations.register import Leads

TODAY = date(2026, 3, 16)
MONDAY = datetime.fromisoformat("2026-03-02T09:00")

kinds = st.sampled_from(EntryKind)
entry_values = st.fixed_dictionaries(
    {},
    optional={
        "title": words,
        "cause": words,
        "due": days,
        "closed_on": days,
        "likelihood": st.integers(0, 5),
        "impact": st.integers(1, 6),
        "residual_impact": st.none() | st.integers(1, 5),
        "response": st.sampled_from(["", *Response]),
        "manner": st.sampled_from(["", *Manner]),
        "disposition": st.sampled_from(["", *Disposition]),
        "level": st.sampled_from(["", *Support]),
        "gate": st.sampled_from(["", "", *Gate]),
        "intended": st.integers(-1, 3),
        "active": st.integers(0, 3),
    },
)
needed = {"likelihood": 3, "impact": 3, "cause": "Rain", "manner": Manner.PLANNED, "level": Support.NEUTRAL}
needed |= {"intended": 3, "active": 1}


class StageRules:
    """Each rule tries one operation on records named by their place; it is mixed into the machine."""

    pick: Callable[[type[Record], int], str]
    maybe: Callable[[type[Record], int], str | None]
    do: Callable[..., Any]

    def begin_with_stages(self) -> None:
        """Give the plan a pilot that was assessed, what comes after it, and an entry of every kind."""
        plan = self.pick(Plan, 0)
        self.do("ana", stages.add_stage, plan, kind=StageKind.PILOTING, started_on=TODAY - timedelta(days=60))
        self.do("ana", stages.add_stage, plan, kind=StageKind.FULL, scope="All", leadership="Ana", success="300")
        values = {"title": "Steering", "start_day": MONDAY.date(), "timezone": "Europe/London"}
        self.do("ana", meetings.add_series, plan, rule="FREQ=WEEKLY;BYDAY=MO", **values)
        pilot = Stage.select(Stage.uid).where(Stage.kind == StageKind.PILOTING.value).scalar()
        run = self.do("ana", assessing.start_assessment, PROGRESS, pilot, on=TODAY)
        for (item,) in rows(ChecklistItem.select(ChecklistItem.uid).where(ChecklistItem.run == run)):
            self.do("ana", checklists.say_item, item, rating=Rating.IN_PLACE, evidence="Seen")
        self.do("ana", checklists.finish_checklist, run, on=TODAY)
        for kind in EntryKind:
            self.do("ana", register.add_entry, **self.enough(kind), plan=plan)

    def enough(self, kind: str) -> dict[str, Any]:
        """Return values that are enough for an entry of a kind."""
        asked = register.KINDS[EntryKind(kind)].fields
        party = {"party": self.pick(Party, 0)} if "party" in asked else {}
        told = {name: value for name, value in needed.items() if name in asked}
        return {"kind": kind, "title": f"Some {kind}", "on": TODAY, **party, **told}

    def meeting(self, place: int) -> MeetingAt | None:
        """Return a meeting that is there, one that a rule gives, one that it does not give, or none."""
        if place % 4 == 0:
            return None
        if place % 4 == 1:
            return MeetingAt(self.pick(Meeting, place))
        shift = timedelta(weeks=place) if place % 4 == 2 else timedelta(days=1)
        return MeetingAt(series=self.pick(MeetingSeries, place), original=MONDAY + shift)

    @rule(
        login=logins, kind=st.sampled_from(StageKind), cycle=st.integers(0, 2), title=words, start=days, because=words
    )
    def add_stage(self, login: str, kind: str, cycle: int, title: str, start: date | None, because: str) -> None:
        values = {"kind": kind, "cycle": cycle, "title": title, "started_on": start}
        self.do(login, stages.add_stage, self.pick(Plan, 0), **values, skipped_because=because if cycle else "")

    @rule(login=logins, place=places, start=days, end=days, text=words, behind=st.integers(0, 2))
    def edit_stage(self, login: str, place: int, start: date | None, end: date | None, text: str, behind: int) -> None:
        uid = self.pick(Stage, place)
        version = Stage.select(Stage.row_version).where(Stage.uid == uid).scalar() or 1
        values = {"started_on": start, "ended_on": end, "success": text}
        self.do(login, stages.edit_stage, uid, version_seen=max(1, version - behind), **values)

    @rule(login=logins, place=places, because=words, gone=st.booleans())
    def skip_or_remove_stage(self, login: str, place: int, because: str, gone: bool) -> None:
        if gone:
            self.do(login, stages.remove_stage, self.pick(Stage, place))
        else:
            self.do(login, stages.skip_stage, self.pick(Stage, place), because)

    @rule(login=logins, place=places, who=places, at=places, ago=st.integers(0, 1), whole=st.booleans())
    def assess(self, login: str, place: int, who: int, at: int, ago: int, whole: bool) -> None:
        values = {"on": TODAY - timedelta(days=ago), "party": self.maybe(Party, who), "meeting": self.meeting(at)}
        self.do(login, assessing.start_assessment, PROGRESS, self.pick(Stage, place), **values, whole=whole)

    @rule(login=logins, place=places, rating=st.sampled_from(["", *Rating]), text=words)
    def say_of_a_quality(self, login: str, place: int, rating: str, text: str) -> None:
        self.do(login, checklists.say_item, self.pick(ChecklistItem, place), rating=rating, evidence=text)

    @rule(login=logins, place=places, outcome=st.sampled_from(GATE_DECISIONS), at=places, by=places, on=days)
    def decide(self, login: str, place: int, outcome: Gate, at: int, by: int, on: date | None) -> None:
        begun = [uid for (uid,) in rows(Stage.select(Stage.uid).where(Stage.started_on.is_null(False)))]
        uid = begun[place % len(begun)] if begun and place % 4 else self.pick(Stage, place)
        lacking = gate_of(uid).lacking if uid != "nowhere" else ()
        values = {"meeting": self.meeting(at), "by": self.maybe(Party, by), "because": "Money" if by % 4 else ""}
        done = self.do(login, stages.decide_gate, uid, outcome, on=on or TODAY, conditions="If paid", **values)
        assert not (done and outcome in {Gate.PASSED, Gate.CONDITIONS} and lacking)
        if done and outcome in GATE_LEADS_ON:
            assert Stage.select(Stage.ended_on).where(Stage.uid == uid).scalar()

    @rule(login=logins, kind=kinds, plan=places, stage=places, at=places, chosen=some, values=entry_values)
    def add_any_entry(
        self, login: str, kind: EntryKind, plan: int, stage: int, at: int, chosen: list[int], values: Any
    ) -> None:
        asked = register.KINDS[kind].fields
        tied = {"stage": self.maybe(Stage, stage)} if "stage" in asked else {}
        leads = self.leads(chosen)
        told = self.enough(kind) | fitting(kind, values, plan) | tied | {"plan": self.maybe(Plan, plan)}
        self.do(login, register.add_entry, leads, **told, at=self.meeting(at) if "meeting" in asked else None)

    @rule(login=logins, place=places, values=entry_values, chosen=some, behind=st.integers(0, 1), merge=st.booleans())
    def edit_any_entry(self, login: str, place: int, values: Any, chosen: list[int], behind: int, merge: bool) -> None:
        uid = self.pick(RegisterEntry, place)
        version = RegisterEntry.select(RegisterEntry.row_version).where(RegisterEntry.uid == uid).scalar() or 1
        leads = self.leads(chosen) if chosen else None
        seen = {"version_seen": max(1, version - behind), "merge": merge}
        kind = RegisterEntry.select(RegisterEntry.kind).where(RegisterEntry.uid == uid).scalar() or EntryKind.RISK
        self.do(login, register.edit_entry, uid, leads=leads, **seen, **fitting(kind, values, place))

    def leads(self, chosen: list[int]) -> Leads:
        found = [self.pick(model, place) for model, place in zip(_LINKED, chosen, strict=False)]
        return Leads(*((uid,) for uid in found))

    @rule(login=logins, place=places, on=days, text=words, there=st.booleans())
    def settle(self, login: str, place: int, on: date | None, text: str, there: bool) -> None:
        uid = self.pick(RegisterEntry, place)
        if there:
            self.do(login, register.close_entry, uid, on=on if on and place % 3 == 0 else TODAY, outcome=text)
        else:
            self.do(login, register.reopen_entry, uid)

    @rule(login=logins, place=places, where=places, who=places, text=words, by=days)
    def make_an_action(self, login: str, place: int, where: int, who: int, text: str, by: date | None) -> None:
        title = text if where % 5 == 4 else "Follow up"
        objective, owner = (self.pick if where % 5 else self.maybe)(StepObjective, where), self.maybe(Party, who)
        wanted = following_up.Wanted(objective, title, owner, by or TODAY)
        if where % 2:
            self.do(login, following_up.mitigate, self.pick(RegisterEntry, place), wanted, today=TODAY)
        else:
            self.do(login, following_up.step_to_action, self.pick(ChecklistItem, place), wanted, today=TODAY)

    @rule(login=logins, place=places, action=places)
    def unlink(self, login: str, place: int, action: int) -> None:
        self.do(login, following_up.unlink_step, self.pick(ChecklistItem, place), self.pick(Action, action))

    @rule(login=logins, place=places, on=days, title=words)
    def promote(self, login: str, place: int, on: date | None, title: str) -> None:
        ideas = RegisterEntry.select(RegisterEntry.uid).where(RegisterEntry.kind == EntryKind.IDEA.value)
        found = [uid for (uid,) in rows(ideas)] if place % 4 else []
        uid = found[place % len(found)] if found else self.pick(RegisterEntry, place)
        self.do(login, following_up.promote_idea, uid, on=on if on and place % 3 == 0 else TODAY, title=title)

    @invariant()
    def no_rule_of_stages_is_broken(self) -> None:
        now = tables()
        runs = [row for row in now["checklist_run"].values() if row["stage"]]
        once(runs, "stage", "template", "party", "started_on")
        once(list(now["stage"].values()), "plan", "kind", "cycle")
        skipped = {uid for uid, row in now["stage"].items() if row["skipped_because"]}
        assert not skipped & {row["stage"] for row in runs}
        assert all(not now["stage"][uid]["started_on"] for uid in skipped)
        for row in now["register_entry"].values():
            assert register.entry_problems(row) == {}
        once(list(now["entry_link"].values()), "entry", "action", "objective", "measure", "other")

    @invariant()
    def what_was_overridden_stays_for_ever(self) -> None:
        overridden = [uid for uid, row in tables()["register_entry"].items() if row["gate"] == Gate.OVERRIDDEN]
        made = Entry.select(Entry.record).where(_OVERRIDING)
        assert sorted(overridden) == sorted(uid for (uid,) in rows(made))

    def overrode(self, change: int) -> bool:
        """Whether a change overrode a gate: that is never undone."""
        return Entry.select().where((Entry.change == change) & _OVERRIDING).exists()


_LINKED = (Action, StepObjective, OutcomeMeasure, RegisterEntry)
_OVERRIDING = (
    (Entry.noun == table_name(RegisterEntry)) & Entry.before.is_null() & Entry.after.contains('"gate": "overridden"')
)


def fitting(kind: str, values: dict[str, Any], place: int) -> dict[str, Any]:
    """Return mostly only what a kind asks for, now and then anything."""
    asked = register.KINDS[EntryKind(kind)].fields | {"title"} - {"gate"}
    return {name: value for name, value in values.items() if name in asked or place % 5 == 4}


def once(many: list[dict[str, Any]], *fields: str) -> None:
    """Insist that no two records have the same values in these fields."""
    assert max(Counter(tuple(row[name] for name in fields) for row in many).values(), default=0) <= 1
