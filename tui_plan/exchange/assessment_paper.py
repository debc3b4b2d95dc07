"""One assessment on paper, in the form of the source: qualities with successes and challenges, and with next steps.

Below stands how each quality was rated over time. Called by the command line and the screens, which hand the value to a
writer of ``document``. What was said candidly is counted and left out unless it is asked for; the ratings stay.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from datetime import date
from itertools import groupby
from typing import NamedTuple

from tui_plan.exchange.candour import house_warning, withheld_as_candid
from tui_plan.exchange.checklist_templates import template
from tui_plan.exchange.document import Document, Item, Row, Section, Table, paper
from tui_plan.insight.assessments import (
    Assessment,
    Quality,
    Said,
    StepAction,
    Strip,
    assessment,
    qualities_of,
    ratings_of,
    said_in,
    strip,
)
from tui_plan.insight.gate import meeting_words
from tui_plan.model.base import rows
from tui_plan.model.checklist import ChecklistRun
from tui_plan.model.date_words import DateStyle, distance, show_date
from tui_plan.model.errors import ImportProblem, NotFound
from tui_plan.model.meeting import Meeting
from tui_plan.model.plan import Plan
from tui_plan.model.vocabulary import OPEN_STATUSES, SIGNS, Candour, Rating

_MOST_RUNS = 8
_WITHHELD = "(withheld)"


class _Head(NamedTuple):
    """What an assessment's line leaves out: its plan (uid and name), and the meeting where it was made."""

    plan: str
    plan_name: str
    meeting: str


def assessment_paper(run: str, today: date, style: str = DateStyle.ISO, *, candid: bool = False) -> Document:
    """Return one assessment (uid) as it stands today; ``NotFound`` if it is gone."""
    line = assessment(run)
    head = _head(run)
    said = said_in(line)
    hidden = set() if candid else {key for key, each in said.items() if _is_candid(each)}
    qualities = qualities_of(ratings_of([line]), [line])
    sections = (
        *(
            Section(
                title or "Qualities",
                table=_table([each for each in many if each.key in said], said, hidden, today, style),
            )
            for title, many in _by_section(qualities)
        ),
        *_over_time(line, head.plan, qualities, style),
        *_credit(line.template),
    )
    facts = _facts(line, head, said.values(), today, style)
    withheld = withheld_as_candid(qualities=len(hidden))
    title = f"Assessment: {line.stage_title or line.title}"
    return paper(title, facts, sections, warning=house_warning(candid), withheld=withheld)


def _credit(key: str) -> Iterator[Section]:
    """Yield whose words the checklist follows, where its template is still there and says so."""
    with suppress(NotFound, ImportProblem):
        if credit := template(key).credit:
            yield Section("Source", credit)


def _head(run: str) -> _Head:
    query = (
        ChecklistRun.select(ChecklistRun.plan, Plan.name, Meeting.title, Meeting.start)
        .left_outer_join(Plan, on=(ChecklistRun.plan == Plan.uid))
        .switch(ChecklistRun)
        .left_outer_join(Meeting, on=(ChecklistRun.meeting == Meeting.uid))
    )
    plan, name, title, start = rows(query.where(ChecklistRun.uid == run))[0]
    return _Head(plan or "", name or "", meeting_words(title, start))


def _is_candid(said: Said) -> bool:
    """Whether something was said that may not leave the house; a rating alone is no secret."""
    words = said.successes or said.challenges or said.next_steps or said.evidence
    return said.candour == Candour.CANDID and bool(words)


def _facts(line: Assessment, head: _Head, said: Iterable[Said], today: date, style: str) -> Iterator[tuple[str, str]]:
    ratings = [each.rating for each in said]
    told = (f"{ratings.count(rating)} {rating}" for rating in Rating if rating in ratings)
    unrated = ratings.count("")
    yield "Plan", head.plan_name
    yield "Assessment", line.ref
    yield "Seen by", line.who
    yield "Meeting", head.meeting
    yield "Begun", show_date(line.started_on, style)
    yield "Finished", show_date(line.finished_on, style) or "not yet"
    yield "In short", ", ".join([*told, *([f"{unrated} not rated"] if unrated else [])])
    yield "Printed", show_date(today, style)


def _by_section(qualities: Iterable[Quality]) -> Iterator[tuple[str, list[Quality]]]:
    for title, many in groupby(qualities, key=lambda quality: quality.section):
        yield title, list(many)


def _table(qualities: Iterable[Quality], said: Mapping[str, Said], hidden: set[str], today: date, style: str) -> Table:
    headings = ("Quality", "Rating", "Successes and challenges", "Next steps")
    lines = (
        Row((each.text, _rated(said[each.key].rating), *_words(said[each.key], each.key in hidden, today, style)))
        for each in qualities
    )
    return Table(headings, tuple(lines))


def _words(said: Said, hidden: bool, today: date, style: str) -> tuple[str, str]:
    """Return what was said in two cells: successes, challenges and evidence; next steps with how actions stand."""
    spoken = {"Went well": said.successes, "Challenge": said.challenges, "Evidence": said.evidence}
    told = " ".join(f"{label}: {words}" for label, words in spoken.items() if words)
    actions = "; ".join(_action(action, today, style) for action in said.actions)
    steps = _WITHHELD if hidden and said.next_steps else "" if hidden else said.next_steps
    return _WITHHELD if hidden and told else told, " → ".join(filter(None, [steps, actions]))


def _action(action: StepAction, today: date, style: str) -> str:
    """Return "A-12 Train the wardens (in progress, by 2026-05-04)"."""
    late = action.status in OPEN_STATUSES and action.expected is not None and action.expected < today
    day = f"by {show_date(action.expected, style)}" if action.expected and action.status in OPEN_STATUSES else ""
    words = [action.status, day, distance(action.expected, today, past="late") if late and action.expected else ""]
    return f"{action.ref} {action.title} ({', '.join(filter(None, words))})"


def _rated(rating: str) -> str:
    return f"{SIGNS[rating]} {rating}" if rating else "not rated"


def _over_time(line: Assessment, plan: str, qualities: Sequence[Quality], style: str) -> Iterator[Section]:
    """Yield how the same qualities were rated in the assessments up to this one, and which those are."""
    whole = strip(plan, line.template)
    runs = [run for run in whole.runs if (run.started_on, run.number) <= (line.started_on, line.number)][-_MOST_RUNS:]
    if len(runs) < 2:
        return
    rows_ = tuple(Row((quality.text, *(_sign(whole, run, quality) for run in runs))) for quality in qualities)
    legend = ", ".join(f"{SIGNS[rating]} {rating}" for rating in Rating)
    yield Section("Over time", f"{legend}, · not rated.", Table(("Quality", *(run.ref for run in runs)), rows_))
    which = (
        f"{run.ref}: {show_date(run.started_on, style)}, {run.who}, {run.stage_title or run.title}" for run in runs
    )
    yield Section("Which assessments these are", items=tuple(map(Item, which)))


def _sign(whole: Strip, run: Assessment, quality: Quality) -> str:
    rating = whole.ratings.get((run.uid, quality.key))
    return "" if rating is None else SIGNS[rating] if rating else "·"
