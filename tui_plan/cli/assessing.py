"""``assessments``: what each said of every quality over time, two of them compared, and where partners differ."""

from collections.abc import Callable, Iterable
from itertools import groupby
from textwrap import wrap
from typing import TYPE_CHECKING

from tui_plan.cli.assessing_shapes import compared_shape, divergence_shape, run_shape, strip_shape
from tui_plan.cli.output import columns, crop, fit
from tui_plan.cli.people import party_called
from tui_plan.insight.assessing import Compared, compared
from tui_plan.insight.assessments import Assessment, Divergence, Quality, Said, Strip, assessment, divergence, strip
from tui_plan.insight.checklists import checklist_run
from tui_plan.insight.finding import find_record
from tui_plan.model.checklist import ChecklistRun
from tui_plan.model.clean import clean
from tui_plan.model.errors import InvalidInput
from tui_plan.model.stage import Stage
from tui_plan.model.vocabulary import SIGNS, Candour, ChecklistKind

if TYPE_CHECKING:
    from tui_plan.cli.call import Call

UNRATED = "·"
_WORDS_LEAST = 40
"""Cells that a quality keeps beside its ratings, however many assessments there are."""
_APART = ("agree", "a step apart", "far apart")
_SAID = 11


def assessments_over_time(call: "Call") -> int:
    """Show assessments side by side, two compared, or where partners differ."""
    said = call.options
    if said.compare:
        return _compare(call, *said.compare)
    if said.differ:
        return _differ(call)
    with call.reading():
        wanted = _wanted(call)
        found = strip(call.one_plan(), said.template)
    runs = tuple(run for run in found.runs if wanted(run))
    found = found._replace(runs=runs, qualities=_asked(found, runs))
    if call.json:
        call.page.json(strip_shape(found))
    else:
        _draw(call, found)
    return 0


def tell_said(call: "Call", said: Said, *, indent: int) -> None:
    """Print what an assessment says of a quality in words, and the actions that came of it."""
    words = (("+", said.successes), ("-", said.challenges), ("→", said.next_steps), ("=", said.evidence))
    actions = [f"{one.ref} {one.title} ({f'{one.status} {call.shown(one.expected)}'.rstrip()})" for one in said.actions]
    for label, text in (*words, *(("»", told) for told in actions)):
        for at, line in enumerate(wrap(clean(text), call.page.width - indent - 2)):
            call.page.line(" " * indent + (f"{label} " if at == 0 else "  ") + line)


def _wanted(call: "Call") -> Callable[[Assessment], bool]:
    """Return whether an assessment is among those that the options keep."""
    said = call.options
    party = "" if said.consensus else party_called(call, said.partner) if said.partner else None
    stage = find_record(said.stage, Stage).uid if said.stage else None

    def fits(run: Assessment) -> bool:
        return (party is None or run.party == party) and (stage is None or run.stage == stage)

    return fits


def _asked(found: Strip, runs: Iterable[Assessment]) -> tuple[Quality, ...]:
    """Return the qualities that some of the kept assessments asked for."""
    kept = {run.uid for run in runs}
    keys = {key for run, key in found.ratings if run in kept}
    return tuple(quality for quality in found.qualities if quality.key in keys)


def _draw(call: "Call", found: Strip) -> None:
    page = call.page
    if not found.runs:
        page.say("No assessment of that yet. Begin one: tui-plan checklist start progress --stage T-1")
        return
    shown = found.runs[-((page.width - _WORDS_LEAST) // 3) :]
    _tell_runs(call, found, shown)
    words = page.width - 3 * len(shown)
    page.line(fit("", words) + "".join(f"{at:>3}" for at in range(1, len(shown) + 1)))
    for section, qualities in groupby(found.qualities, key=lambda quality: quality.section):
        if section:
            page.line(page.paint(crop(section, page.width), "bold"))
        for quality in qualities:
            signs = "".join(f"  {_sign(found, run, quality)}" for run in shown)
            page.line(f"  {fit(quality.text, words - 2)}{signs}")
    page.line(page.paint("✓ in place  ◐ partly in place  ○ not yet  – not applicable  · not rated", "dim"))


def _tell_runs(call: "Call", found: Strip, shown: tuple[Assessment, ...]) -> None:
    """Print which assessment each column is."""
    page = call.page
    for at, run in enumerate(shown, 1):
        state = f"finished {call.shown(run.finished_on)}" if run.finished_on else "not finished"
        head = ((run.ref, 5), (call.shown(run.started_on), 11), (run.title, page.width - 42))
        page.line(f"{at:>2} {columns(page.width - 3, *head, rest=state)}")
    earlier = found.earlier + len(found.runs) - len(shown)
    if earlier:
        page.line(page.paint(f"   and {earlier} before these", "dim"))


def _sign(found: Strip, run: Assessment, quality: Quality) -> str:
    rating = found.ratings.get((run.uid, quality.key))
    return " " if rating is None else SIGNS[rating] if rating else UNRATED


def _compare(call: "Call", *refs: str) -> int:
    with call.reading():
        one, other = (_assessment(ref) for ref in refs)
        if one.uid == other.uid:
            raise InvalidInput(f"{one.ref} is named twice: name two assessments.")
        pairs = compared(one.uid, other.uid)
    if call.json:
        told = [compared_shape(pair) for pair in pairs]
        call.page.json({"assessments": [run_shape(one), run_shape(other)], "qualities": told})
        return 0
    for run in (one, other):
        call.page.line(crop(f"{run.ref} {call.shown(run.started_on)} {run.title}", call.page.width))
    for pair in pairs:
        if any(said and said.anything for said in (pair.one, pair.other)):
            _tell_pair(call, pair, one, other)
    return 0


def _assessment(ref: str) -> Assessment:
    uid = find_record(ref, ChecklistRun).uid
    if checklist_run(uid).line.kind != ChecklistKind.STAGE:
        raise InvalidInput(f"{ref.upper()} is no assessment of a stage: 'tui-plan assessments' lists those there are.")
    return assessment(uid)


def _tell_pair(call: "Call", pair: Compared, one: Assessment, other: Assessment) -> None:
    for line in wrap(clean(pair.quality.text), call.page.width):
        call.page.line(call.page.paint(line, "bold"))
    for run, said in ((one, pair.one), (other, pair.other)):
        rating = "not asked" if said is None else said.rating or "not rated"
        sign = " " if said is None else SIGNS[said.rating] if said.rating else UNRATED
        house = ", candid" if said and said.candour == Candour.CANDID and said.anything else ""
        call.page.line(columns(call.page.width, ("", 1), (sign, 1), (run.ref, 5), rest=rating + house))
        if said is not None:
            tell_said(call, said, indent=_SAID - 1)


def _differ(call: "Call") -> int:
    said = call.options
    if said.partner or said.consensus:
        raise InvalidInput("--differ is about all partners: leave --partner and --consensus out.")
    with call.reading():
        stage = find_record(said.stage, Stage).uid if said.stage else ""
        found = divergence(call.one_plan(), stage, said.template)
    if call.json:
        call.page.json({"qualities": [divergence_shape(line) for line in found]})
        return 0
    for line in found:
        _tell_divergence(call, line)
    if not found:
        call.page.say(
            "No two partners have rated the same quality yet: 'tui-plan checklist start progress --stage T-1 "
            "--partner NAME' begins how one of them sees it."
        )
    return 0


def _tell_divergence(call: "Call", line: Divergence) -> None:
    call.page.line(columns(call.page.width, (_APART[line.spread], 12), rest=line.quality.text))
    call.page.listed((f"{SIGNS.get(rating, UNRATED)} {who}" for who, rating in line.views), " " * 13)
