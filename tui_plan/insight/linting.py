"""Is the plan set out in a consistent and systematic way? Findings with their references, and a score per plan."""

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from tui_plan.insight.action_rows import SETTLED, ActionRow, of_plan
from tui_plan.insight.agreement import partners_of, required_states
from tui_plan.insight.evaluation import MeasureRow, evaluation
from tui_plan.insight.findings import Finding
from tui_plan.insight.linting_register import late_data, register_findings
from tui_plan.insight.outline import AreaLine, ObjectiveLine, outline
from tui_plan.insight.partners import convening_gaps
from tui_plan.insight.people_on import PeopleOn
from tui_plan.model.base import rows
from tui_plan.model.errors import NotFound
from tui_plan.model.plan import Action, Dependency, Plan
from tui_plan.model.shares import whole_percent
from tui_plan.model.vocabulary import STANDING_AGREEMENTS, AgreementState, PartyKind, Priority, RoleKind

MOST_HIGH_PRIORITIES = 3
MOST_IN_A_WEEK = 5
_SHORT_PURPOSE = 15


@dataclass(frozen=True, slots=True)
class LintReport:
    """All findings of a plan; ``score`` is the share of actions without any, 0 to 100, None without actions."""

    plan: str
    name: str
    findings: tuple[Finding, ...]
    actions: int
    score: int | None


def lint(plan: str, today: date, people: PeopleOn | None = None) -> LintReport:
    """Look a plan over and return what was found, in plan order within each rule.

    ``people`` is the roster on ``today``, for who looks several plans over and has read it already.
    """
    fields = (Plan.name, Plan.number, Plan.start, Plan.end, Plan.convening_group, Plan.agreed_on)
    header = rows(Plan.select(*fields).where(Plan.uid == plan))
    if not header:
        raise NotFound("This plan is no longer there: somebody removed it.")
    name, number, start, end, group, agreed_on = header[0]
    people = people or PeopleOn(today)
    areas, measures = outline(plan, today), evaluation(today, plan)
    actions = [action for area in areas for objective in area.objectives for action in objective.actions]
    findings = [
        *_focus(f"P-{number}", name, areas),
        *_empty_parts(areas),
        *_words(plan, actions),
        *_responsibility(actions),
        *_holders(actions, people),
        *_dates(actions, start, end),
        *_dependencies(plan, actions),
        *_measures(measures, actions),
        *_overload(actions),
        *_partnership(plan, f"P-{number}", name, group, people),
        *register_findings(plan, people),
        *_core(f"P-{number}", name, agreed_on, actions),
        *late_data(measures, today),
    ]
    rules = list(dict.fromkeys(finding.rule for finding in findings))
    findings.sort(key=lambda finding: rules.index(finding.rule))
    faulty = {finding.ref for finding in findings if finding.ref.startswith("A-")}
    score = whole_percent((len(actions) - len(faulty)) / len(actions)) if actions else None
    return LintReport(plan, name, tuple(findings), len(actions), score)


def _focus(ref: str, name: str, areas: tuple[AreaLine, ...]) -> Iterator[Finding]:
    high = sum(area.priority == Priority.HIGH for area in areas)
    if high > MOST_HIGH_PRIORITIES:
        yield Finding("focus", ref, name, f"{high} development areas have high priority; critical areas should be few.")


def _empty_parts(areas: tuple[AreaLine, ...]) -> Iterator[Finding]:
    for area in areas:
        if area.priority == Priority.HIGH and not any(objective.actions for objective in area.objectives):
            yield Finding("empty area", area.ref, area.title, "This area has high priority but no action yet.")
        yield from _empty_objectives(area.objectives)


def _empty_objectives(objectives: tuple[ObjectiveLine, ...]) -> Iterator[Finding]:
    for objective in objectives:
        if not objective.actions:
            yield Finding("empty objective", objective.ref, objective.title, "This step objective has no action yet.")


def _words(plan: str, actions: list[ActionRow]) -> Iterator[Finding]:
    purposes = dict(rows(of_plan(Action.select(Action.uid, Action.purpose), plan)))
    for action in actions:
        purpose = purposes.get(action.uid, "")
        if not purpose:
            yield _finding("no purpose", action, "It does not say what it is for.")
        elif len(purpose) < _SHORT_PURPOSE or purpose.casefold() == action.title.casefold():
            yield _finding(
                "vague purpose", action, "Its purpose says no more than the title; write what will be different."
            )


def _responsibility(actions: list[ActionRow]) -> Iterator[Finding]:
    for action in actions:
        if not action.is_open:
            continue
        kinds = {owner.role for owner in action.owners}
        if not kinds:
            yield _finding("no owner", action, "Nobody is accountable or responsible.")
        elif RoleKind.ACCOUNTABLE not in kinds and len(action.owners) > 1:
            yield _finding("no one accountable", action, "Several are responsible, but nobody is accountable.")


def _holders(actions: list[ActionRow], people: PeopleOn) -> Iterator[Finding]:
    """What rests on who has left, or on a post that nobody holds any more."""
    for action in actions:
        for owner in action.owners if action.is_open else ():
            carriers = [held.person for held in people.holdings.get(owner.uid, ())] or [owner.uid]
            gone = [people.parties[uid] for uid in carriers if uid in people.parties]
            if owner.kind == PartyKind.POST and carriers == [owner.uid]:
                yield _finding("vacant post", action, f"It rests on {owner.name}, a post that nobody holds.")
            elif gone and all(head.is_gone(people.day) for head in gone):
                last = gone[0]
                yield _finding(
                    "owner left", action, f"{last.name} left on {last.left_on}: hand over what rests on them."
                )


def _partnership(plan: str, ref: str, name: str, group: str | None, people: PeopleOn) -> Iterator[Finding]:
    if partners_of(plan) or group:
        yield from (Finding("convening group", ref, name, gap) for gap in convening_gaps(plan, people))
    yield from (Finding("agreement", ref, name, sentence) for sentence in _disagreed(required_states(plan, people)))


def _disagreed(states: list[str]) -> Iterator[str]:
    if states and not any(state in STANDING_AGREEMENTS for state in states):
        yield f"Nobody has agreed to it yet; it needs the agreement of {len(states)}."
    lapsed = states.count(AgreementState.LAPSED)
    if lapsed:
        yield f"{lapsed} agreement{' has' if lapsed == 1 else 's have'} lapsed: ask again."


def _dates(actions: list[ActionRow], start: date | None, end: date | None) -> Iterator[Finding]:
    for action in actions:
        day = action.expected
        if not action.is_open:
            continue
        if day is None:
            words = " Its timescale is only words." if action.timescale_note else ""
            yield _finding("no date", action, f"It has no target date.{words}")
            continue
        if action.start == day:
            yield _finding("no time", action, "It starts and ends on the same day.")
        if day.weekday() >= 5:
            yield _finding("weekend", action, f"Its date falls on a {'Saturday' if day.weekday() == 5 else 'Sunday'}.")
        if (end and day > end) or (start and day < start):
            yield _finding("outside the plan", action, "Its date lies outside the plan's period.")


def _dependencies(plan: str, actions: list[ActionRow]) -> Iterator[Finding]:
    by_uid = {action.uid: action for action in actions}
    pairs = rows(
        Dependency.select(Dependency.action, Dependency.needs).where(
            Dependency.action.in_(of_plan(Action.select(Action.uid), plan))
        )
    )
    for action, needs in pairs:
        later, first = by_uid.get(action), by_uid.get(needs)
        if later is None or first is None or first.status in SETTLED or not later.is_open:
            continue
        if later.expected and first.expected and later.expected < first.expected:
            yield _finding("wrong order", later, f"It is due before {first.ref}, which it needs first.")


def _measures(measures: list[MeasureRow], actions: list[ActionRow]) -> Iterator[Finding]:
    measured = {measure.action for measure in measures}
    for action in actions:
        if action.is_open and action.uid not in measured:
            yield _finding("no outcome", action, "It does not say by which outcome you will know that it worked.")


def _core(ref: str, name: str, agreed_on: date | None, actions: list[ActionRow]) -> Iterator[Finding]:
    """A plan that was agreed without saying what of it must not change."""
    if agreed_on is not None and actions and not any(action.core for action in actions):
        sentence = "It was agreed, but no action is marked as a core component: say what must not change."
        yield Finding("no core", ref, name, sentence)


def _overload(actions: list[ActionRow]) -> Iterator[Finding]:
    due: dict[tuple[str, str], Counter[tuple[int, int]]] = defaultdict(Counter)
    for action in actions:
        if action.is_open and action.expected:
            year, week, _ = action.expected.isocalendar()
            for owner in action.owners:
                due[owner.name, owner.uid][(year, week)] += 1
    for (name, _), weeks in sorted(due.items()):
        for (year, week), count in sorted(weeks.items()):
            if count > MOST_IN_A_WEEK:
                monday = date.fromisocalendar(year, week, 1)
                yield Finding("overload", "", name, f"{count} actions are due in the week of {monday.isoformat()}.")


def _finding(rule: str, action: ActionRow, sentence: str) -> Finding:
    return Finding(rule, action.ref, action.title, sentence)
