"""Is a plan set out well? Each rule fires where it should, and is silent where it should not."""

from datetime import date

import pytest

from tests.quality_plan import TODAY, QualityPlan
from tui_plan.insight.findings import Finding
from tui_plan.insight.linting import lint
from tui_plan.model.errors import NotFound
from tui_plan.model.store import Author
from tui_plan.model.vocabulary import AgreementState, PartyKind, RoleKind
from tui_plan.operations import actions, dependencies, groups, parts, people, plans, posts
from tui_plan.operations.agreements import record_agreement

GOOD = {"title": "Good", "purpose": "So that all partners agree", "agreed": date(2026, 6, 30)}


class Sound:
    """A plan with one action that has no fault; ``found`` gives the findings of a rule."""

    def __init__(self, author: Author, owner: str) -> None:
        self.author = author
        self.owner = owner
        self.plan = plans.add_plan(author, name="Sound", start=date(2026, 1, 1), end=date(2026, 12, 31))
        self.area = plans.add_area(author, self.plan, title="Area", priority="high")
        self.objective = plans.add_objective(author, self.area, title="Step")
        self.action = self.add()
        self.agree()

    def agree(self, state: AgreementState = AgreementState.AGREED) -> None:
        record_agreement(self.author, self.plan, [self.owner], today=TODAY, state=state)

    def add(self, **values: object) -> str:
        uid = actions.add_action(self.author, self.objective, today=TODAY, **{**GOOD, **values})  # type: ignore[arg-type]
        parts.set_roles(self.author, uid, [(RoleKind.ACCOUNTABLE, self.owner)])
        parts.add_measure(self.author, uid, statement="Agreed by all")
        return uid

    def edit(self, **values: object) -> None:
        actions.edit_action(self.author, self.action, today=TODAY, **values)  # type: ignore[arg-type]

    def found(self, rule: str) -> list[Finding]:
        return [finding for finding in lint(self.plan, TODAY).findings if finding.rule == rule]

    def fires(self, rule: str) -> bool:
        return bool(self.found(rule))


@pytest.fixture
def sound(quality: QualityPlan, author: Author) -> Sound:
    return Sound(author, quality.ana)


def test_a_sound_plan_has_nothing_to_find(sound: Sound) -> None:
    report = lint(sound.plan, TODAY)
    assert (report.findings, report.score, report.actions, report.name) == ((), 100, 1, "Sound")


def test_the_score_is_the_share_without_a_finding(sound: Sound) -> None:
    sound.add(purpose="")
    sound.add(purpose="", agreed=None)
    assert lint(sound.plan, TODAY).score == 33


def test_a_plan_without_actions_has_no_score(sound: Sound, author: Author) -> None:
    report = lint(plans.add_plan(author, name="Empty"), TODAY)
    assert (report.score, report.findings) == (None, ())
    with pytest.raises(NotFound):
        lint("0" * 32, TODAY)


def test_too_many_high_priorities(sound: Sound, author: Author) -> None:
    for at in range(2):
        plans.add_area(author, sound.plan, title=f"Other {at}", priority="high")
    assert not sound.fires("focus")
    plans.add_area(author, sound.plan, title="One more", priority="high")
    (finding,) = sound.found("focus")
    assert (finding.ref, finding.title) == ("P-2", "Sound")
    assert finding.sentence.startswith("4 development areas")


def test_areas_and_objectives_without_actions(sound: Sound, author: Author) -> None:
    low = plans.add_area(author, sound.plan, title="Low", priority="low")
    assert not sound.fires("empty area")
    plans.add_area(author, sound.plan, title="High", priority="high")
    assert [finding.title for finding in sound.found("empty area")] == ["High"]
    assert not sound.fires("empty objective")
    plans.add_objective(author, low, title="Nothing yet")
    assert [finding.title for finding in sound.found("empty objective")] == ["Nothing yet"]


def test_purposes(sound: Sound) -> None:
    sound.edit(purpose="")
    assert sound.fires("no purpose")
    assert not sound.fires("vague purpose")
    sound.edit(purpose="Too short")
    assert sound.fires("vague purpose")
    sound.edit(title="The title and nothing else", purpose="the title and nothing else")
    assert sound.fires("vague purpose")
    sound.edit(purpose="Something that will be different")
    assert not sound.fires("vague purpose")


def test_owners(sound: Sound, quality: QualityPlan, author: Author) -> None:
    parts.set_roles(author, sound.action, [(RoleKind.INFORMED, quality.ana)])
    assert sound.fires("no owner")
    parts.set_roles(author, sound.action, [(RoleKind.RESPONSIBLE, quality.ana)])
    assert not sound.fires("no owner")
    assert not sound.fires("no one accountable")
    parts.set_roles(author, sound.action, [(RoleKind.RESPONSIBLE, quality.ana), (RoleKind.RESPONSIBLE, quality.ben)])
    assert sound.fires("no one accountable")
    parts.set_roles(author, sound.action, [])
    sound.edit(status="complete")
    assert not sound.fires("no owner")


def test_dates(sound: Sound) -> None:
    sound.edit(agreed=None)
    assert sound.found("no date")[0].sentence == "It has no target date."
    sound.edit(timescale_note="quarterly")
    assert sound.found("no date")[0].sentence.endswith("Its timescale is only words.")
    sound.edit(agreed=date(2026, 6, 30), start=date(2026, 6, 30))
    assert not sound.fires("no date")
    assert sound.fires("no time")
    sound.edit(start=date(2026, 6, 29))
    assert not sound.fires("no time")


@pytest.mark.parametrize(("day", "name"), [(27, "Saturday"), (28, "Sunday"), (26, ""), (29, "")])
def test_weekends(sound: Sound, day: int, name: str) -> None:
    sound.edit(forecast=date(2026, 6, day))
    assert [finding.sentence for finding in sound.found("weekend")] == (
        [f"Its date falls on a {name}."] if name else []
    )


@pytest.mark.parametrize(
    ("day", "outside"),
    [(date(2025, 12, 31), True), (date(2026, 1, 1), False), (date(2026, 12, 31), False), (date(2027, 1, 1), True)],
)
def test_dates_outside_the_plan(sound: Sound, day: date, outside: bool) -> None:
    sound.edit(forecast=day)
    assert sound.fires("outside the plan") == outside


def test_dates_of_what_is_over_are_left_alone(sound: Sound) -> None:
    sound.edit(forecast=date(2027, 1, 2))
    assert {finding.rule for finding in lint(sound.plan, TODAY).findings} == {"weekend", "outside the plan"}
    sound.edit(status="complete")
    assert lint(sound.plan, TODAY).findings == ()


def test_the_wrong_order(sound: Sound, author: Author) -> None:
    first = sound.add(title="First", agreed=date(2026, 7, 31))
    dependencies.add_dependency(author, sound.action, first)
    (finding,) = sound.found("wrong order")
    assert (finding.title, finding.sentence) == ("Good", "It is due before A-6, which it needs first.")
    actions.edit_action(author, first, today=TODAY, forecast=date(2026, 6, 30))
    assert not sound.fires("wrong order")
    actions.edit_action(author, first, today=TODAY, forecast=date(2026, 8, 31), status="withdrawn")
    assert not sound.fires("wrong order")


def test_outcomes(sound: Sound, author: Author) -> None:
    bare = actions.add_action(author, sound.objective, today=TODAY, title="Bare")
    assert [finding.title for finding in sound.found("no outcome")] == ["Bare"]
    actions.edit_action(author, bare, today=TODAY, status="deferred")
    assert not sound.fires("no outcome")


def test_too_much_in_one_week(sound: Sound) -> None:
    for _ in range(4):
        sound.add()
    assert not sound.fires("overload")
    sound.add(agreed=date(2026, 7, 3))
    (finding,) = sound.found("overload")
    assert (finding.ref, finding.title) == ("", "Ana Ruiz")
    assert finding.sentence == "6 actions are due in the week of 2026-06-29."
    sound.edit(agreed=date(2026, 7, 6))
    assert not sound.fires("overload")


def test_what_rests_on_who_has_left(sound: Sound, quality: QualityPlan, author: Author) -> None:
    people.edit_party(author, quality.ana, left_on=TODAY)
    assert not sound.fires("owner left")
    people.edit_party(author, quality.ana, left_on=date(2026, 3, 15))
    (finding,) = sound.found("owner left")
    assert (finding.title, finding.sentence) == (
        "Good",
        "Ana Ruiz left on 2026-03-15: hand over what rests on them.",
    )
    parts.set_roles(author, sound.action, [(RoleKind.RESPONSIBLE, quality.registrar)])
    assert sound.fires("owner left")
    sound.edit(status="complete")
    assert not sound.fires("owner left")


def test_what_rests_on_a_vacant_post(sound: Sound, quality: QualityPlan, author: Author) -> None:
    clerk = people.add_party(author, PartyKind.POST, name="Clerk")
    parts.set_roles(author, sound.action, [(RoleKind.ACCOUNTABLE, quality.registrar), (RoleKind.RESPONSIBLE, clerk)])
    (finding,) = sound.found("vacant post")
    assert finding.sentence == "It rests on Clerk, a post that nobody holds."
    posts.add_tenure(author, clerk, quality.ben, start=TODAY)
    assert not sound.fires("vacant post")


def test_the_convening_group(sound: Sound, quality: QualityPlan, author: Author) -> None:
    plans.set_partners(author, sound.plan, [quality.college])
    assert [finding.sentence for finding in sound.found("convening group")] == [
        "No convening group: choose or add one for the plan, with e in the terminal."
    ]
    plans.edit_plan(author, sound.plan, convening_group=quality.board)
    assert {finding.ref for finding in sound.found("convening group")} == {"P-2"}
    assert [finding.sentence for finding in sound.found("convening group")] == [
        "Chair: nobody. Give a seat the word “chair”.",
        "Deputy: nobody. Give a seat the word “deputy”.",
        "Harbour College has nobody in the group.",
    ]
    groups.add_member(author, quality.board, quality.registrar, "chair")
    assert len(sound.found("convening group")) == 1


def test_agreement(sound: Sound, author: Author, quality: QualityPlan) -> None:
    sound.agree(AgreementState.NOT_ASKED)
    (finding,) = sound.found("agreement")
    assert (finding.ref, finding.sentence) == ("P-2", "Nobody has agreed to it yet; it needs the agreement of 1.")
    sound.agree()
    assert not sound.fires("agreement")
    parts.set_roles(author, sound.add(), [(RoleKind.ACCOUNTABLE, quality.ana), (RoleKind.RESPONSIBLE, quality.ben)])
    assert sound.found("agreement")[-1].sentence == "1 agreement has lapsed: ask again."
    record_agreement(author, sound.plan, [quality.ana, quality.ben], today=TODAY, state="agreed")
    assert not sound.fires("agreement")
    sound.add()
    assert [finding.sentence for finding in sound.found("agreement")] == ["1 agreement has lapsed: ask again."]
