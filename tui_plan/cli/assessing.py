"""``assessments``: what each said of every quality over time, two of them compared, and where partners differ."""

from collections.abc import Callable, Iterable, Sequence
from itertools import groupby
from textwrap import wrap
from typing import TYPE_CHECKING, Any

from tui_plan.cli.output import columns, crop, fit
from tui_plan.cli.people import party_called
from tui_plan.insight.assessments import (
    Assessment,
    Divergence,
    Quality,
    Said,
    Strip,
    assessment,
    divergence,
    said_in,
    strip,
)
from tui_plan.insight.checklists import checklist_run
from tui_plan.insight.finding import find_record
from tui_plan.model.checklist import ChecklistRun
from tui_plan.model.clean import clean
from tui_plan.model.errors import InvalidInput
from tui_plan.model.stage import Stage
from tui_plan.model.vocabulary import SIGNS, Candour, ChecklistKind

if TYPE_CHECKING:
    from tui_plan.cli.call import Call

_UNRATED = "·"
_WORDS_LEAST = 40
"""Cells that a quality keeps beside its ratings, however many assessments there are."""


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
        call.page.json(_strip_shape(found))
    else:
        _draw(call, found)
    return 0


def _wanted(call: "Call") -> "Callable[[Assessment], bool]":
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
        page.say("No assessment yet. Begin one: tui-plan checklist start progress --stage T-1")
        return
    room = (page.width - _WORDS_LEAST) // 3
    shown = found.runs[-room:]
    for at, run in enumerate(shown, 1):
        state = f"finished {call.shown(run.finished_on)}" if run.finished_on else "not finished"
        cells = ((f"{at:>2}", 2), (run.ref, 6), (call.shown(run.started_on), 11), (run.title, 34))
        page.line(columns(page.width, *cells, rest=state))
    earlier = found.earlier + len(found.runs) - len(shown)
    if earlier:
        page.line(page.paint(f"   and {earlier} before these", "dim"))
    words = page.width - 3 * len(shown)
    page.line(fit("", words) + "".join(f"{at:>3}" for at in range(1, len(shown) + 1)))
    for section, qualities in groupby(found.qualities, key=lambda quality: quality.section):
        if section:
            page.line(page.paint(crop(section, page.width), "bold"))
        for quality in qualities:
            signs = "".join(f"  {_sign(found, run, quality)}" for run in shown)
            page.line(fit(f"  {quality.text}", words) + signs)
    page.line(page.paint("✓ in place  ◐ partly  ○ not yet  – not applicable  · not rated", "dim"))


def _sign(found: Strip, run: Assessment, quality: Quality) -> str:
    rating = found.ratings.get((run.uid, quality.key))
    return " " if rating is None else SIGNS[rating] if rating else _UNRATED


def _compare(call: "Call", *refs: str) -> int:
    with call.reading():
        runs = [_assessment(ref) for ref in refs]
        said = [said_in(run) for run in runs]
        texts = {item.key: item for run in runs for item in checklist_run(run.uid).items}
    if runs[0].uid == runs[1].uid:
        raise InvalidInput(f"{runs[0].ref} is named twice: name two assessments.")
    pairs = [(Quality(key, item.section, item.text), [one.get(key) for one in said]) for key, item in texts.items()]
    if call.json:
        told = [
            {**_quality_shape(quality), "said": [_said_shape(one) if one else None for one in both]}
            for quality, both in pairs
        ]
        call.page.json({"assessments": [run_shape(run) for run in runs], "qualities": told})
        return 0
    for run in runs:
        call.page.line(crop(f"{run.ref} {call.shown(run.started_on)} {run.title}", call.page.width))
    for quality, both in pairs:
        if any(one and one.anything for one in both):
            _tell_pair(call, quality, runs, both)
    return 0


def _assessment(ref: str) -> Assessment:
    uid = find_record(ref, ChecklistRun).uid
    if checklist_run(uid).line.kind != ChecklistKind.STAGE:
        raise InvalidInput(f"{ref.upper()} is no assessment of a stage: 'tui-plan assessments' lists those there are.")
    return assessment(uid)


def _tell_pair(call: "Call", quality: Quality, runs: Sequence[Assessment], both: Sequence[Said | None]) -> None:
    for line in wrap(clean(quality.text), call.page.width):
        call.page.line(call.page.paint(line, "bold"))
    for run, one in zip(runs, both, strict=True):
        rating = "not asked" if one is None else one.rating or "not rated"
        sign = " " if one is None else SIGNS[one.rating] if one.rating else _UNRATED
        house = ", candid" if one and one.candour == Candour.CANDID and one.anything else ""
        call.page.line(columns(call.page.width, ("", 1), (sign, 1), (run.ref, 6), rest=rating + house))
        if one is not None:
            tell_said(call, one, indent=11)


def tell_said(call: "Call", said: Said, *, indent: int) -> None:
    """Print what an assessment says of a quality in words, and the actions that came of it."""
    words = (("+", said.successes), ("-", said.challenges), ("→", said.next_steps), ("=", said.evidence))
    actions = [f"{one.ref} {one.title} ({one.status} {call.shown(one.expected)})" for one in said.actions]
    for label, text in (*words, *(("»", told) for told in actions)):
        lines = wrap(clean(text), call.page.width - indent - 2)
        for at, line in enumerate(lines):
            call.page.line(" " * indent + (f"{label} " if at == 0 else "  ") + line)


def _differ(call: "Call") -> int:
    said = call.options
    if said.partner or said.consensus:
        raise InvalidInput("--differ is about all partners: leave --partner and --consensus out.")
    with call.reading():
        stage = find_record(said.stage, Stage).uid if said.stage else ""
        found = divergence(call.one_plan(), stage, said.template)
    if call.json:
        call.page.json({"qualities": [_divergence_shape(line) for line in found]})
        return 0
    for line in found:
        _tell_divergence(call, line)
    if not found:
        call.page.say("No two partners have rated the same quality yet: begin theirs with --partner NAME.")
    return 0


def _tell_divergence(call: "Call", line: Divergence) -> None:
    apart = ("agree", "a step apart", "far apart")[line.spread]
    call.page.line(columns(call.page.width, (apart, 12), rest=line.quality.text))
    call.page.listed((f"{SIGNS.get(rating, _UNRATED)} {who}" for who, rating in line.views), " " * 13)


def _strip_shape(found: Strip) -> dict[str, Any]:
    return {
        "template": found.template or None,
        "earlier": found.earlier,
        "assessments": [run_shape(run) for run in found.runs],
        "qualities": [
            {
                **_quality_shape(quality),
                "ratings": [
                    {"ref": run.ref, "rating": found.ratings[run.uid, quality.key] or None}
                    for run in found.runs
                    if (run.uid, quality.key) in found.ratings
                ],
            }
            for quality in found.qualities
        ],
    }


def run_shape(run: Assessment) -> dict[str, Any]:
    """Return an assessment in a list."""
    return {
        "ref": run.ref,
        "uid": run.uid,
        "title": run.title,
        "template": run.template,
        "stage": run.stage_title or None,
        "who": run.who,
        "consensus": not run.party,
        "started": run.started_on,
        "finished": run.finished_on,
    }


def _quality_shape(quality: Quality) -> dict[str, Any]:
    return {"key": quality.key, "section": quality.section or None, "text": quality.text}


def _said_shape(said: Said) -> dict[str, Any]:
    texts = ("successes", "challenges", "next_steps", "evidence", "candour")
    return {"rating": said.rating or None, **{name: getattr(said, name) for name in texts}, "actions": actions_of(said)}


def actions_of(said: Said) -> list[dict[str, Any]]:
    """Return the actions that came of a next step."""
    return [
        {"ref": one.ref, "uid": one.uid, "title": one.title, "status": one.status, "date": one.expected}
        for one in said.actions
    ]


def _divergence_shape(line: Divergence) -> dict[str, Any]:
    views = [{"who": who, "rating": rating or None} for who, rating in line.views]
    return {**_quality_shape(line.quality), "spread": line.spread, "mean": round(line.mean, 4), "views": views}
