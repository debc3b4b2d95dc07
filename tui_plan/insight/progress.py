"""How far the stages of a plan are: under each stage its qualities, with what every assessment said of them over time.

A stage shows the assessments of its own attempt that asked for a quality of its kind, and before them those of earlier
attempts. How it stands now is what its own attempt agreed on last, in an assessment that was finished.
"""

from collections.abc import Sequence
from typing import NamedTuple

from tui_plan.insight.assessments import MOST_RUNS, Assessment, Quality, Rated, assessments, qualities_of, ratings_of
from tui_plan.insight.gate import GateView, gates
from tui_plan.insight.stages import StageLine, stages
from tui_plan.model.vocabulary import Rating, StageKind

_KINDS = frozenset(StageKind)


class QualityLine(NamedTuple):
    """One quality under a stage. ``ratings`` go with the stage's ``runs``; None where one did not ask for it.

    The first ``earlier`` of the runs are of earlier attempts.
    """

    stage: str
    template: str
    quality: Quality
    ratings: tuple[str | None, ...]
    runs: tuple[Assessment, ...]
    earlier: int

    @property
    def key(self) -> str:
        """Tells it from every other line of a plan."""
        return f"{self.stage}/{self.template}/{self.quality.key}"

    @property
    def asked(self) -> tuple[Assessment, ...]:
        """The assessments that asked for it, oldest first."""
        return tuple(run for run, rating in zip(self.runs, self.ratings, strict=True) if rating is not None)

    @property
    def now(self) -> str:
        """The rating that was agreed on last in this attempt, in a finished assessment by consensus, or nothing."""
        own = zip(self.runs[self.earlier :], self.ratings[self.earlier :], strict=True)
        agreed = [rating for run, rating in own if rating and not run.party and run.finished_on is not None]
        return agreed[-1] if agreed else ""

    @property
    def settled(self) -> bool:
        """Whether it is in place by consensus, or not applicable."""
        return self.now in {Rating.IN_PLACE, Rating.NOT_APPLICABLE}


class StageProgress(NamedTuple):
    """One stage with its gate, the assessments shown, and its qualities.

    The first ``earlier`` of the assessments are of earlier attempts; in each attempt the oldest comes first.
    """

    stage: StageLine
    gate: GateView
    runs: tuple[Assessment, ...]
    earlier: int
    qualities: tuple[QualityLine, ...]

    @property
    def in_place(self) -> int:
        """How many qualities are in place by consensus."""
        return sum(line.now == Rating.IN_PLACE for line in self.qualities)


def progress(plan: str) -> list[StageProgress]:
    """Return the stages of a plan in their order. A fixed number of questions, whatever was assessed."""
    lines = stages(plan)
    found = gates(lines, lines)
    cycles = {line.uid: line.cycle for line in lines}
    every = [run for run in assessments(plan) if run.stage in cycles]
    rated = ratings_of(every[-MOST_RUNS * max(1, len(lines)) :])
    ratings = {(run, key): rating for run, key, rating, *_ in rated}
    return [_of(line, found[line.uid], every, ratings, _worded(line, every, rated), cycles) for line in lines]


def _worded(line: StageLine, every: Sequence[Assessment], rated: Sequence[Rated]) -> dict[str, tuple[Quality, ...]]:
    """Return by template the qualities that belong under a stage: by their heading, else by who asked for them."""
    own = {run.uid for run in every if run.stage == line.uid}
    mine = [
        row for row in rated if row[3].casefold() == line.kind or (row[3].casefold() not in _KINDS and row[0] in own)
    ]
    templates = dict.fromkeys(run.template for run in reversed(every))
    by_template = {name: [run for run in every if run.template == name] for name in templates}
    return {
        name: qualities_of([row for row in mine if row[0] in {run.uid for run in runs}], runs)
        for name, runs in by_template.items()
    }


def _of(
    line: StageLine,
    gate: GateView,
    every: Sequence[Assessment],
    ratings: dict[tuple[str, str], str],
    worded: dict[str, tuple[Quality, ...]],
    cycles: dict[str, int],
) -> StageProgress:
    asking = [run for run in every if any((run.uid, each.key) in ratings for each in worded.get(run.template, ()))]
    own = [run for run in asking if cycles[run.stage] == line.cycle]
    if not own:
        return StageProgress(line, gate, (), 0, ())
    before = sorted((run for run in asking if cycles[run.stage] < line.cycle), key=lambda run: cycles[run.stage])
    runs = (*before, *own)[-MOST_RUNS:]
    earlier = max(0, len(runs) - len(own))
    qualities = tuple(
        QualityLine(line.uid, template, each, _ratings(runs, template, each.key, ratings), runs, earlier)
        for template, many in worded.items()
        for each in many
    )
    return StageProgress(line, gate, runs, earlier, tuple(each for each in qualities if each.asked))


def _ratings(
    runs: Sequence[Assessment], template: str, key: str, ratings: dict[tuple[str, str], str]
) -> tuple[str | None, ...]:
    """Return what each of the runs said of one quality of a template; one by another template did not ask for it."""
    return tuple(ratings.get((run.uid, key)) if run.template == template else None for run in runs)
