"""Assessments over time: what each said of every quality, what was said last time, and where partners differ most."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from itertools import combinations
from typing import Any, NamedTuple

from tui_plan.model.base import rows
from tui_plan.model.checklist import ChecklistItem, ChecklistRun, NextAction
from tui_plan.model.errors import NotFound
from tui_plan.model.people import Party
from tui_plan.model.plan import Action
from tui_plan.model.stage import Stage
from tui_plan.model.vocabulary import ChecklistKind, Rating

MOST_RUNS = 40
"""How many of the latest assessments a strip shows."""
_LOOKED_BACK = 8
_SCORES = {Rating.IN_PLACE.value: 2, Rating.PARTLY.value: 1, Rating.NOT_YET.value: 0}
CONSENSUS = "consensus"

Rated = tuple[str, str, str, str, str, int]
"""Run, key, rating, section, wording, position."""


class Assessment(NamedTuple):
    """One assessment. ``party`` is the uid of the partner whose view it is, empty for consensus; ``who`` its name."""

    uid: str
    number: int
    title: str
    template: str
    stage: str
    stage_title: str
    party: str
    who: str
    started_on: date
    finished_on: date | None

    @property
    def ref(self) -> str:
        """The reference that people quote."""
        return f"C-{self.number}"


class Quality(NamedTuple):
    """One line of a template, in the wording of the latest assessment that has it."""

    key: str
    section: str
    text: str


class Strip(NamedTuple):
    """Qualities down, assessments across, the oldest first. ``ratings`` is by assessment (uid) and key; "" is unrated.

    What an assessment did not ask for is not among ``ratings``. ``earlier`` counts assessments that are not shown.
    """

    template: str
    qualities: tuple[Quality, ...]
    runs: tuple[Assessment, ...]
    ratings: dict[tuple[str, str], str]
    earlier: int


class StepAction(NamedTuple):
    """An action that came of a next step."""

    uid: str
    number: int
    title: str
    status: str
    expected: date | None

    @property
    def ref(self) -> str:
        """The reference that people quote."""
        return f"A-{self.number}"


class Said(NamedTuple):
    """What one assessment said of one quality, and the actions that came of it."""

    run: Assessment
    item: str
    rating: str
    successes: str
    challenges: str
    next_steps: str
    evidence: str
    candour: str
    actions: tuple[StepAction, ...]

    @property
    def anything(self) -> bool:
        """Whether it was rated or any words were said."""
        return bool(self.rating or self.successes or self.challenges or self.next_steps or self.evidence)


class Divergence(NamedTuple):
    """How far partners are apart on one quality. ``views`` are partners' names with their ratings.

    ``spread`` is from 0 (all say the same) to 2 (in place against not yet); ``mean`` is the mean distance of two.
    """

    quality: Quality
    views: tuple[tuple[str, str], ...]
    spread: int
    mean: float


def assessments(plan: str) -> list[Assessment]:
    """Return the stage assessments of a plan, oldest first."""
    wanted = (ChecklistRun.plan == plan) & (ChecklistRun.kind == ChecklistKind.STAGE.value)
    return _assessments(wanted)


def strip(plan: str, template: str = "") -> Strip:
    """Return the assessments of a plan by one template (that of the latest, if empty) side by side."""
    every = assessments(plan)
    wanted = template or (every[-1].template if every else "")
    mine = [run for run in every if run.template == wanted]
    shown = mine[-MOST_RUNS:]
    found = ratings_of(shown)
    ratings = {(run, key): rating for run, key, rating, *_ in found}
    return Strip(wanted, qualities_of(found, shown), tuple(shown), ratings, len(mine) - len(shown))


def assessment(run: str) -> Assessment:
    """Return one assessment; ``NotFound`` if it is gone."""
    found = _assessments(ChecklistRun.uid == run)
    if not found:
        raise NotFound("This assessment is no longer there: somebody removed it.")
    return found[0]


def said_by(runs: Sequence[Assessment], where: Any = None) -> dict[tuple[str, str], Said]:
    """Return what these assessments say, by assessment (uid) and key, in the order of their qualities."""
    by_uid = {run.uid: run for run in runs}
    mine = ChecklistItem.run.in_(list(by_uid))
    query = ChecklistItem.select(
        ChecklistItem.run,
        ChecklistItem.key,
        ChecklistItem.uid,
        ChecklistItem.rating,
        ChecklistItem.successes,
        ChecklistItem.challenges,
        ChecklistItem.next_steps,
        ChecklistItem.evidence,
        ChecklistItem.candour,
    ).where(mine if where is None else mine & where)
    found = rows(query.order_by(ChecklistItem.position))
    actions = actions_of_items(row[2] for row in found)
    return {
        (run, key): Said(*(by_uid[run], item, *texts, tuple(actions.get(item, ())))) for run, key, item, *texts in found
    }


def said_of(runs: Sequence[Assessment], key: str) -> list[Said]:
    """Return what these assessments say of one quality, in their order; one that did not ask for it is left out."""
    found = {said.run.uid: said for said in said_by(runs, ChecklistItem.key == key).values()}
    return [found[run.uid] for run in runs if run.uid in found]


def said_in(run: Assessment) -> dict[str, Said]:
    """Return what one assessment says of each of its qualities, by key, in their order."""
    return {said_key: said for (_, said_key), said in said_by([run]).items()}


def last_time(run: Assessment, plan: str) -> dict[str, Said]:
    """Return by key what was said last time by the same partner (or by consensus), before this assessment.

    Where the assessment before left a quality out, or said nothing of it, one before that may have said something.
    """
    own = (run.started_on, run.number)
    before = [
        one
        for one in assessments(plan)
        if one.template == run.template and one.party == run.party and (one.started_on, one.number) < own
    ][-_LOOKED_BACK:]
    place = {one.uid: at for at, one in enumerate(before)}
    found = sorted(said_by(before).items(), key=lambda pair: place[pair[0][0]])
    return {key: said for (_, key), said in found if said.anything}


def latest_of_partners(plan: str, stage: str = "", template: str = "") -> list[Assessment]:
    """Return the latest assessment of each partner, by name: of one stage if it is given, by one template.

    Without ``template`` it is that of the latest of them: qualities of two templates cannot be told apart.
    """
    every = [run for run in assessments(plan) if run.party and (not stage or run.stage == stage)]
    wanted = template or (every[-1].template if every else "")
    latest = {run.party: run for run in every if run.template == wanted}
    return sorted(latest.values(), key=lambda run: run.who.casefold())


def divergence(plan: str, stage: str = "", template: str = "") -> list[Divergence]:
    """Return where partners differ, most first, by the latest assessment of each (of one stage, if it is given).

    Qualities that fewer than two partners rated from in place to not yet are left out.
    """
    lines = _views(plan, stage, template)
    rated = [line for line in lines if sum(rating in _SCORES for _, rating in line.views) > 1]
    return sorted(rated, key=lambda line: (-line.spread, -line.mean))


def views_of_partners(plan: str, stage: str, template: str) -> dict[str, tuple[tuple[str, str], ...]]:
    """Return by quality (key) the names of partners with how each rated it last, of one stage by one template."""
    return {line.quality.key: line.views for line in _views(plan, stage, template)}


def distance(ratings: Iterable[str]) -> tuple[int, float]:
    """Return how far ratings are apart: the widest distance of two, and the mean one. No rating, no distance."""
    scores = [_SCORES[rating] for rating in ratings if rating in _SCORES]
    apart = [abs(one - other) for one, other in combinations(scores, 2)]
    return (max(apart), sum(apart) / len(apart)) if apart else (0, 0.0)


def actions_of_items(items: Iterable[str]) -> dict[str, list[StepAction]]:
    """Return the actions that came of items' next steps, by the item's uid."""
    query = (
        NextAction.select(
            NextAction.item,
            Action.uid,
            Action.number,
            Action.title,
            Action.status,
            Action.forecast,
            Action.agreed,
        )
        .join(Action, on=(NextAction.action == Action.uid))
        .where(NextAction.item.in_(list(items)))
        .order_by(Action.number)
    )
    found: dict[str, list[StepAction]] = defaultdict(list)
    for item, *head, forecast, agreed in rows(query):
        found[item].append(StepAction(*(*head, forecast or agreed)))
    return found


def ratings_of(runs: Sequence[Assessment]) -> list[Rated]:
    """Return every rating of these assessments, with the wording that each had."""
    query = ChecklistItem.select(
        ChecklistItem.run,
        ChecklistItem.key,
        ChecklistItem.rating,
        ChecklistItem.section,
        ChecklistItem.text,
        ChecklistItem.position,
    )
    return [(*row,) for row in rows(query.where(ChecklistItem.run.in_([run.uid for run in runs])))]


def qualities_of(rated: Sequence[Rated], runs: Sequence[Assessment]) -> tuple[Quality, ...]:
    """Return each quality once, worded as in the latest assessment that has it, in the order of the longest ones."""
    place = {run.uid: at for at, run in enumerate(runs)}
    latest: dict[str, Rated] = {}
    for row in sorted(rated, key=lambda row: place[row[0]]):
        latest[row[1]] = row
    sections: dict[str, int] = {}
    for row in sorted(rated, key=lambda row: row[5], reverse=True):
        sections[row[3]] = row[5]
    return tuple(
        Quality(key, row[3], row[4])
        for key, row in sorted(latest.items(), key=lambda pair: (sections[pair[1][3]], pair[1][3], pair[1][5], pair[0]))
    )


def _views(plan: str, stage: str, template: str) -> list[Divergence]:
    runs = latest_of_partners(plan, stage, template)
    found = ratings_of(runs)
    ratings = {(run, key): rating for run, key, rating, *_ in found}
    return [_apart(quality, runs, ratings) for quality in qualities_of(found, runs)]


def _apart(quality: Quality, runs: Sequence[Assessment], ratings: Mapping[tuple[str, str], str]) -> Divergence:
    views = tuple((run.who, ratings[run.uid, quality.key]) for run in runs if (run.uid, quality.key) in ratings)
    return Divergence(quality, views, *distance(rating for _, rating in views))


def _assessments(where: Any) -> list[Assessment]:
    query = (
        ChecklistRun.select(
            ChecklistRun.uid,
            ChecklistRun.number,
            ChecklistRun.title,
            ChecklistRun.template,
            ChecklistRun.stage,
            Stage.title,
            ChecklistRun.party,
            Party.short_name,
            Party.name,
            ChecklistRun.started_on,
            ChecklistRun.finished_on,
        )
        .left_outer_join(Stage, on=(ChecklistRun.stage == Stage.uid))
        .switch(ChecklistRun)
        .left_outer_join(Party, on=(ChecklistRun.party == Party.uid))
        .where(where)
        .order_by(ChecklistRun.started_on, ChecklistRun.number)
    )
    return [
        Assessment(*(*head, stage or "", title or "", party or "", short or name or CONSENSUS, started, finished))
        for *head, stage, title, party, short, name, started, finished in rows(query)
    ]
