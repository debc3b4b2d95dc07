"""One stage, or one of its qualities, in full: blocks for the page beside the stages. Plain values in, blocks out."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from tui_plan.insight.assessments import Assessment, Said, StepAction
from tui_plan.insight.gate import GateDecision
from tui_plan.insight.progress import QualityLine, StageProgress
from tui_plan.insight.register import EntryLine
from tui_plan.model.date_words import distance, show_date
from tui_plan.model.vocabulary import SIGNS, Candour, Gate
from tui_plan.screens.signs import status_sign
from tui_plan.screens.stage_rows import GATE_ROLES, RATING_ROLES, rating_piece
from tui_plan.widgets.detail import Block, Gap, Heading, Item, Labelled, Paragraph
from tui_plan.widgets.lines import Piece, Role

MOST_SAID = 6
"""How many assessments the page of a quality tells in full, the latest first."""
_MOST_LACKING = 4
_STATES = {Gate.CLOSED: "closed: something is lacking", Gate.OPEN: "open: a meeting may decide"}
_MOST_RUNS = 8


def stage_blocks(each: StageProgress, lessons: Sequence[EntryLine], today: date, style: str) -> list[Block]:
    """Return a stage: when it is, what it means, its gate, its assessments, what was learned."""
    line = each.stage
    blocks: list[Block] = [Paragraph(line.title, Role.STRONG), Labelled("Stage", f"{line.kind}, attempt {line.cycle}")]
    if line.skipped_because:
        return [*blocks, Labelled("Skipped", "without this stage, because"), Paragraph(line.skipped_because)]
    days = (("Begun", line.started_on), ("Ended", line.ended_on))
    blocks += [Labelled(label, _day(day, today, style)) for label, day in days if day is not None]
    if line.started_on is None:
        blocks.append(Labelled("Begun", Piece("not yet: e says when", Role.DIM)))
    blocks += _meaning(each)
    blocks += _gate(each, style)
    blocks += _runs(each, style)
    return [*blocks, *_lessons(lessons)]


def quality_blocks(line: QualityLine, said: Sequence[Said], today: date, style: str) -> list[Block]:
    """Return a quality with what was said of it, the latest assessment first."""
    blocks: list[Block] = [Paragraph(line.quality.text, Role.STRONG)]
    for each in reversed(said):
        blocks += [Heading(run_words(each.run, style), each.run.ref), *said_blocks(each, today, style)]
    earlier = len(line.asked) - len(said)
    if earlier > 0:
        blocks += [Gap(), Paragraph(f"{earlier} earlier: c compares any two.", Role.DIM)]
    return blocks


def said_blocks(said: Said, today: date, style: str) -> Iterator[Block]:
    """Yield what one assessment said of a quality: its rating, its words, and the actions that came of it."""
    rating = rating_piece(said.rating)
    word = Piece(f" {said.rating}", RATING_ROLES[said.rating]) if said.rating else Piece(" not rated", Role.DIM)
    candid = said.candour == Candour.CANDID and said.anything
    yield Labelled("Rating", (rating, word, Piece("  candid" if candid else "", Role.DIM)))
    texts = (
        ("Evidence", said.evidence),
        ("Successes", said.successes),
        ("Challenges", said.challenges),
        ("Next steps", said.next_steps),
    )
    yield from (Labelled(label, text) for label, text in texts if text)
    yield from action_items(said.actions, today)


def action_items(actions: Iterable[StepAction], today: date) -> Iterator[Block]:
    """Yield the actions that came of a next step, with how they stand."""
    for action in actions:
        when = f", {distance(action.expected, today)}" if action.expected is not None else ""
        yield Item(f"{action.ref} {action.title}", status_sign(action.status), f"{action.status}{when}")


def run_words(run: Assessment, style: str) -> str:
    """Return when an assessment was begun, and whose view it is."""
    return f"{show_date(run.started_on, style)} {run.who}" + ("" if run.finished_on else ", not finished")


def _day(day: date, today: date, style: str) -> str:
    return f"{show_date(day, style)}, {distance(day, today)}"


def _meaning(each: StageProgress) -> Iterator[Block]:
    line = each.stage
    yield Heading("What it means", "e")
    texts = (("Scope", line.scope), ("Leadership", line.leadership), ("Success", line.success))
    for label, text in texts:
        yield Labelled(label, text) if text else Labelled(label, Piece("not written down yet", Role.DIM))


def _gate(each: StageProgress, style: str) -> Iterator[Block]:
    gate = each.gate
    yield Heading("Gate", "d")
    yield Labelled(
        "Stands", Piece(f"{SIGNS[gate.state]} {_STATES.get(gate.state, gate.state)}", GATE_ROLES[gate.state])
    )
    for decision in gate.decisions:
        yield from decision_blocks(decision, style)
    for criterion in gate.criteria:
        if criterion.met:
            yield Item(criterion.words, Piece("✓", Role.GOOD))
            continue
        yield Item(criterion.words, Piece("○", Role.WARN), f"{len(criterion.lacking)} lacking")
        yield from (Item(f"{text}", Piece(" ")) for text in criterion.lacking[:_MOST_LACKING])
        if len(criterion.lacking) > _MOST_LACKING:
            yield Item("…", Piece(" "), "d shows all")


def decision_blocks(decision: GateDecision, style: str) -> Iterator[Block]:
    """Yield what was decided once at a gate; overriding it always stands out, with who and why."""
    role = GATE_ROLES[decision.gate]
    who = f" by {decision.by}" if decision.by else ""
    where = f", {decision.meeting}" if decision.meeting else ""
    yield Item(
        f"{show_date(decision.on, style)} {decision.gate}{who}{where}",
        Piece(SIGNS[decision.gate], role),
        decision.ref,
    )
    if decision.because:
        yield Labelled("Because", decision.because)
    if decision.conditions:
        yield Labelled("Conditions", decision.conditions)


def _runs(each: StageProgress, style: str) -> Iterator[Block]:
    own = [run for run in each.runs if run.stage == each.stage.uid]
    yield Heading("Assessments", "s")
    if not own:
        yield Paragraph("None yet: s begins one, of a partner or by consensus.", Role.DIM)
    for run in list(reversed(own))[:_MOST_RUNS]:
        rated = sum(bool(line.ratings[line.runs.index(run)]) for line in each.qualities)
        asked = sum(line.ratings[line.runs.index(run)] is not None for line in each.qualities)
        yield Item(run_words(run, style), note=f"{run.ref} · {rated} of {asked} rated")
    if len(own) > _MOST_RUNS:
        yield Item("…", note="L shows all")


def _lessons(lessons: Sequence[EntryLine]) -> Iterator[Block]:
    if lessons:
        yield Heading("What we learned", "on screen 7")
    for lesson in lessons:
        sign = Piece("·" if lesson.disposition else "?", Role.DIM if lesson.disposition else Role.WARN)
        yield Item(lesson.title, sign, lesson.disposition or "keep, change or drop?")
