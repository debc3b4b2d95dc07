"""What the screens of assessing show: one assessment with what was said last time, all of a plan, two side by side."""

from collections import defaultdict
from typing import NamedTuple

from peewee import Case, fn

from tui_plan.insight.assessments import (
    Assessment,
    Divergence,
    Quality,
    Said,
    assessment,
    assessments,
    divergence,
    last_time,
    latest_of_partners,
    qualities_of,
    ratings_of,
    said_by,
    said_in,
    views_of_partners,
)
from tui_plan.model.base import rows
from tui_plan.model.checklist import ChecklistItem, ChecklistRun
from tui_plan.model.errors import NotFound


class Sheet(NamedTuple):
    """One assessment. ``plan`` is a uid, empty for one about no plan; ``now`` and ``before`` are by quality (key).

    ``views`` are, by quality, the names of partners with how each rated it last: only for one by consensus.
    """

    run: Assessment
    plan: str
    now: dict[str, Said]
    before: dict[str, Said]
    views: dict[str, tuple[tuple[str, str], ...]]


class AssessmentLine(NamedTuple):
    """One assessment with how far it is: ``rated`` of ``items`` qualities."""

    run: Assessment
    items: int
    rated: int


class NextStep(NamedTuple):
    """What is to come of one quality: its plan (a uid, or empty), the assessment and quality, and the step in words."""

    plan: str
    assessment: str
    quality: str
    words: str


class Compared(NamedTuple):
    """One quality in two assessments; None where one did not ask for it."""

    quality: Quality
    one: Said | None
    other: Said | None

    @property
    def rating_changed(self) -> bool:
        """Whether both asked for it and rated it differently."""
        return self.one is not None and self.other is not None and self.one.rating != self.other.rating

    @property
    def in_both(self) -> bool:
        """Whether both asked for it."""
        return self.one is not None and self.other is not None

    @property
    def changed(self) -> bool:
        """Whether both asked for it and say anything differently: the rating or the words."""
        return self.in_both and _words(self.one) != _words(self.other)


class Differing(NamedTuple):
    """Where partners differ about a stage, most first: who they are, and what each says of each quality (by key)."""

    partners: tuple[str, ...]
    lines: tuple[Divergence, ...]
    said: dict[str, list[Said]]


def sheet_of(run: str) -> Sheet:
    """Return one assessment with what was said last time; ``NotFound`` if it is gone."""
    found = assessment(run)
    plan = rows(ChecklistRun.select(ChecklistRun.plan).where(ChecklistRun.uid == run))[0][0] or ""
    if not plan:
        return Sheet(found, plan, said_in(found), {}, {})
    views = {} if found.party else views_of_partners(plan, found.stage, found.template)
    return Sheet(found, plan, said_in(found), last_time(found, plan), views)


def assessment_lines(plan: str) -> list[AssessmentLine]:
    """Return the assessments of a plan: those still running first, then the latest."""
    rated = fn.SUM(Case(None, [(ChecklistItem.rating != "", 1)], 0))
    query = (
        ChecklistItem.select(ChecklistItem.run, fn.COUNT(ChecklistItem.uid), rated)
        .join(ChecklistRun, on=(ChecklistItem.run == ChecklistRun.uid))
        .where(ChecklistRun.plan == plan)
        .group_by(ChecklistItem.run)
    )
    counts = {run: (items, said) for run, items, said in rows(query)}
    found = [AssessmentLine(run, *counts.get(run.uid, (0, 0))) for run in reversed(assessments(plan))]
    return sorted(found, key=lambda line: line.run.finished_on is not None)


def next_step(item: str) -> NextStep:
    """Return the next step of one quality of an assessment (a checklist item's uid); ``NotFound`` if it is gone."""
    query = (
        ChecklistItem.select(ChecklistRun.plan, ChecklistRun.title, ChecklistItem.text, ChecklistItem.next_steps)
        .join(ChecklistRun, on=(ChecklistItem.run == ChecklistRun.uid))
        .where(ChecklistItem.uid == item)
    )
    found = rows(query)
    if not found:
        raise NotFound("This quality is no longer there: somebody removed the assessment.")
    plan, *words = found[0]
    return NextStep(plan or "", *words)


def compared(one: str, other: str) -> list[Compared]:
    """Return the qualities of two assessments (uids) with what each says; ``NotFound`` if one is gone."""
    runs = [assessment(one), assessment(other)]
    left, right = (said_in(run) for run in runs)
    qualities = qualities_of(ratings_of(runs), runs)
    return [Compared(each, left.get(each.key), right.get(each.key)) for each in qualities]


def differing(plan: str, stage: str = "") -> Differing:
    """Return where partners differ, by the latest assessment of each (of one stage, if it is given)."""
    runs = latest_of_partners(plan, stage)
    said: dict[str, list[Said]] = defaultdict(list)
    for (_, key), each in said_by(runs).items():
        said[key].append(each)
    for views in said.values():
        views.sort(key=lambda each: each.run.who.casefold())
    return Differing(tuple(run.who for run in runs), tuple(divergence(plan, stage)), said)


def _words(said: Said | None) -> tuple[str, ...]:
    return (said.rating, said.successes, said.challenges, said.next_steps, said.evidence) if said is not None else ()
