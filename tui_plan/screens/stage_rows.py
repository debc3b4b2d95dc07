"""The rows of the stages: each stage with its gate, and under it its qualities with what was said of them over time.

Plain values of ``insight.progress`` in, rows out. The screen of the stages uses it.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from tui_plan.insight.assessments import Assessment
from tui_plan.insight.progress import QualityLine, StageProgress
from tui_plan.insight.stages import StageLine
from tui_plan.model.date_words import show_date
from tui_plan.model.vocabulary import SIGNS, Gate, Rating
from tui_plan.widgets.columns import Column
from tui_plan.widgets.lines import Cell, Piece, Role
from tui_plan.widgets.rows import Fold, ItemRows, Reader, RowView

SHOWN_RUNS = 10
"""How many of the latest assessments stand in the strip of a row; the page beside it tells all."""

CONSENSUS_LETTER = "●"
RUNNING_LETTER = "◌"
ATTEMPTS_SIGN = "│"
_LEAST_STRIP = 9
EMPTY = (
    "This plan has no stages yet. Press a to add one: piloting, full implementation or reflection. "
    "Then s assesses it together with your partners, quality by quality."
)
NO_PLAN = "No plan yet. Press 1 for the plans, and a there to add one."
NOT_ASSESSED = "Not assessed yet: s begins"

RATING_ROLES: dict[str, Role] = {
    Rating.IN_PLACE: Role.GOOD,
    Rating.PARTLY: Role.WARN,
    Rating.NOT_YET: Role.PLAIN,
    Rating.NOT_APPLICABLE: Role.DIM,
}
GATE_ROLES: dict[str, Role] = {
    Gate.CLOSED: Role.DIM,
    Gate.OPEN: Role.ACCENT,
    Gate.PASSED: Role.GOOD,
    Gate.CONDITIONS: Role.GOOD,
    Gate.NOT_PASSED: Role.WARN,
    Gate.OVERRIDDEN: Role.BAD,
}


@dataclass(frozen=True, slots=True)
class StageItem:
    """One line: a stage, one of its qualities, or (with neither rating nor words) that it was not assessed."""

    stage: StageProgress
    quality: QualityLine | None = None
    blank: bool = False

    @property
    def key(self) -> str:
        """A key that stays while the list is read again."""
        if self.quality is not None:
            return self.quality.key
        return f"{self.stage.stage.uid}/" if self.blank else self.stage.stage.uid


def stage_items(found: Sequence[StageProgress], *, only_attention: bool = False) -> list[StageItem]:
    """Return stages with their qualities as one list; with ``only_attention`` those that are not in place."""
    items: list[StageItem] = []
    for each in found:
        items.append(StageItem(each))
        lines = [line for line in each.qualities if not (only_attention and line.settled)]
        items += [StageItem(each, line) for line in lines]
        if not each.qualities and not only_attention and not each.stage.skipped_because:
            items.append(StageItem(each, blank=True))
    return items


def columns_for(found: Sequence[StageProgress], view: str) -> tuple[Column, ...]:
    """Return the columns: the strip is as wide as the stage with most assessments needs."""
    most = max((len(_shown(each.runs, each.earlier, view)[0]) for each in found), default=0)
    strip = Column("Over time", width=max(_LEAST_STRIP, 2 * most - 1), drop=1)
    return (Column("Stage, quality", least=26), strip, Column("By consensus", width=17))


def closed_at_first(found: Sequence[StageProgress], current: StageLine | None) -> frozenset[str]:
    """Return the stages that begin closed: all but the one that the plan is in."""
    return frozenset(each.stage.uid for each in found if current is None or each.stage.uid != current.uid)


def stage_rows(
    items: Sequence[StageItem], view: str, style: str, *, closed: frozenset[str], wanted: str = ""
) -> ItemRows[StageItem, RowView]:
    """Return the rows; ``view`` is whose assessments stand in the strip: all (empty), or a name."""
    reader = Reader[StageItem, RowView](
        key=lambda item: item.key,
        view=lambda item, fold: _view(item, fold, view, style),
        text=_searched,
        depth=lambda item: int(item.quality is not None or item.blank),
    )
    return ItemRows[StageItem, RowView](items, reader, closed=closed, wanted=wanted)


def views_of(found: Sequence[StageProgress]) -> list[str]:
    """Return whose views there are: all (empty), then each name, consensus first."""
    names = dict.fromkeys(run.who for each in found for run in each.runs if run.party)
    consensus = dict.fromkeys(run.who for each in found for run in each.runs if not run.party)
    return ["", *consensus, *sorted(names, key=str.casefold)]


def rating_piece(rating: str | None) -> Piece:
    """Return the sign of a rating: a dot where it was not rated, nothing where it was not asked."""
    if rating is None:
        return Piece(" ")
    return Piece(SIGNS[rating], RATING_ROLES[rating]) if rating else Piece("·", Role.DIM)


def gate_piece(each: StageProgress) -> Piece:
    """Return how a stage and its gate stand, in the cell of a row."""
    line = each.stage
    if line.skipped_because:
        return Piece("– skipped", Role.DIM)
    if each.gate.overridden and each.gate.state != Gate.OVERRIDDEN:
        return Piece(f"{SIGNS[each.gate.state]} {_short(each.gate.state)}, {SIGNS[Gate.OVERRIDDEN]}", Role.BAD)
    if line.state == "to come" and not each.gate.decisions:
        return Piece("to come", Role.DIM)
    return Piece(f"{SIGNS[each.gate.state]} {_short(each.gate.state)}", GATE_ROLES[each.gate.state])


def period_words(line: StageLine, style: str) -> str:
    """Return when a stage was, or since when it is."""
    if line.started_on is None:
        return ""
    if line.ended_on is None:
        return f"since {show_date(line.started_on, style)}"
    return f"{show_date(line.started_on, style)} to {show_date(line.ended_on, style)}"


def size_words(found: Sequence[StageProgress], current: StageLine | None) -> str:
    """Return where the plan is, and how much of it is in place."""
    here = next((each for each in found if current is not None and each.stage.uid == current.uid), None)
    if here is None:
        return ""
    if here.qualities and not any(line.now for line in here.qualities):
        return f"no consensus yet · {here.stage.title}"
    asked = sum(line.now != Rating.NOT_APPLICABLE for line in here.qualities)
    return (f"{here.in_place} of {asked} in place · " if asked else "") + here.stage.title


def running(found: Sequence[StageProgress], stage: str) -> list[Assessment]:
    """Return the assessments of a stage that are not finished, as they were begun."""
    runs = dict.fromkeys(run for each in found for run in each.runs)
    return [run for run in runs if run.stage == stage and run.finished_on is None]


def list_title(view: str, *, only_attention: bool) -> str:
    """Return what the list says above its rows."""
    return "Stages" + (f" · {view}" if view else "") + (" · only what is not in place" if only_attention else "")


def _short(state: Gate) -> str:
    return {
        Gate.CLOSED: "gate closed",
        Gate.OPEN: "gate open",
        Gate.CONDITIONS: "with conditions",
        Gate.NOT_PASSED: "not passed",
    }.get(state, state.value)


def _view(item: StageItem, fold: Fold, view: str, style: str) -> RowView:
    if item.blank:
        return RowView((Piece(NOT_ASSESSED, Role.DIM), "", ""), indent=1)
    if item.quality is None:
        return _stage_view(item.stage, fold, view, style)
    now = item.quality.now
    words = (rating_piece(now), Piece(f" {now}", RATING_ROLES[now])) if now else Piece(_unsaid(item.quality), Role.DIM)
    return RowView((Piece(item.quality.quality.text), _strip(item.quality, view), words), indent=1)


def _stage_view(each: StageProgress, fold: Fold, view: str, style: str) -> RowView:
    period = period_words(each.stage, style)
    shown, before = _shown(each.runs, each.earlier, view)
    head = (Piece(each.stage.title, Role.STRONG), Piece(f"  {period}" if period else "", Role.DIM))
    letters = _apart([Piece(_letter(run), Role.DIM) for run in shown], before)
    return RowView((head, letters, gate_piece(each)), fold=fold)


def _strip(line: QualityLine, view: str) -> Cell:
    by_run = dict(zip((run.uid for run in line.runs), line.ratings, strict=True))
    shown, before = _shown(line.runs, line.earlier, view)
    return _apart([rating_piece(by_run[run.uid]) for run in shown], before)


def _shown(runs: Sequence[Assessment], earlier: int, view: str) -> tuple[list[Assessment], int]:
    """Return the assessments that a strip has room for, and how many of them are of earlier attempts."""
    chosen = [(run, place < earlier) for place, run in enumerate(runs) if view in {"", run.who}][-SHOWN_RUNS:]
    return [run for run, _ in chosen], sum(before for _, before in chosen)


def _apart(signs: Sequence[Piece], before: int) -> Cell:
    """Return signs side by side, with a line between the attempts."""
    pieces: list[Piece] = []
    for place, sign in enumerate(signs):
        between = Piece(ATTEMPTS_SIGN, Role.DIM) if before and place == before else Piece(" ")
        pieces += [between, sign]
    return tuple(pieces[1:])


def _letter(run: Assessment) -> str:
    """Return whose view it is: a sign for consensus, a partner's first letter; small where it is not finished."""
    done = run.finished_on is not None
    if run.party:
        return run.who[:1].upper() if done else run.who[:1].lower()
    return CONSENSUS_LETTER if done else RUNNING_LETTER


def _unsaid(line: QualityLine) -> str:
    views = any(rating for run, rating in zip(line.runs, line.ratings, strict=True) if run.party)
    return "partners' views" if views else "not rated"


def _searched(item: StageItem) -> str:
    if item.quality is not None:
        return f"{item.quality.quality.section} {item.quality.quality.text}"
    return f"{item.stage.stage.ref} {item.stage.stage.title} {item.stage.stage.kind}"
