"""A plan, an area or a step objective in full, as blocks for the detail pane, and notes. Plain values in, blocks out.

The program starts with a plan beside the plans: what only an action shows stands in ``action_blocks``.
"""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from tui_plan.insight.details import NoteLine, PlanDetail
from tui_plan.insight.health import Counts
from tui_plan.model.date_words import show_date
from tui_plan.model.vocabulary import SIGNS, Gate, Status
from tui_plan.screens.signs import OVERDUE_SIGN, STALLED_SIGN, candour_sign, priority_words, status_sign
from tui_plan.widgets.detail import Block, Gap, Heading, Item, Labelled, Paragraph
from tui_plan.widgets.lines import Piece, Role

if TYPE_CHECKING:
    from tui_plan.insight.plan_standing import PlanStanding


def group_blocks(
    title: str, description: str, priority: str, counts: Counts, stalled: Sequence[str] = ()
) -> list[Block]:
    """Return a development area, or a step objective (whose priority is empty), with its counts.

    ``stalled`` are the reasons why a step objective has stalled.
    """
    blocks: list[Block] = [Paragraph(title, Role.STRONG)]
    if description:
        blocks.append(Paragraph(description))
    if priority:
        blocks.append(Labelled("Priority", priority_words(priority)))
    if stalled:
        blocks += [Heading("Stalled"), *(Item(reason, Piece(STALLED_SIGN, Role.WARN)) for reason in stalled)]
    return [*blocks, Heading("Actions"), *count_blocks(counts)]


def count_blocks(counts: Counts) -> Iterator[Block]:
    """Yield the counts that say something, with their signs."""
    for status, number in zip(
        Status,
        (counts.not_started, counts.in_progress, counts.complete, counts.deferred, counts.withdrawn),
        strict=True,
    ):
        if number or status in {Status.NOT_STARTED, Status.IN_PROGRESS, Status.COMPLETE}:
            yield Labelled(status.capitalize(), (Piece(f"{number:>4} "), status_sign(status)))
    for label, number, role in (
        ("Overdue", counts.overdue, Role.BAD),
        ("Due in 14 days", counts.due_soon, Role.ACCENT),
        ("Blocked", counts.blocked, Role.WARN),
        ("Without an owner", counts.unowned, Role.WARN),
        ("Without a date", counts.undated, Role.WARN),
        ("Confidence red", counts.red, Role.BAD),
    ):
        if number:
            yield Labelled(label, (Piece(f"{number:>4} ", role), Piece("")))


def plan_blocks(detail: PlanDetail, counts: Counts, style: str, standing: "PlanStanding | None" = None) -> list[Block]:
    """Return a plan's header with its counts, and how its work stands, once that is known."""
    values = detail.values
    blocks: list[Block] = [Paragraph(values["name"], Role.STRONG)]
    if values["vision"]:
        blocks.append(Paragraph(values["vision"]))
    period = " – ".join(show_date(values[name], style) for name in ("start", "end") if values[name])
    agreed = show_date(values["agreed_on"], style)
    facts = (
        ("Period", period),
        ("Version", f"{values['version']}{f', agreed on {agreed}' if agreed else ', not agreed yet'}"),
        ("Owner", detail.owner),
        ("Convened by", detail.convening_group),
    )
    blocks += [Gap(), *(Labelled(label, words) for label, words in facts if words)]
    blocks += [Heading("Scope"), Paragraph(values["scope"])] if values["scope"] else []
    blocks += [*standing_blocks(standing)] if standing is not None else []
    blocks += [Heading("Actions"), *count_blocks(counts)]
    if detail.partners:
        blocks += [Heading("Partners"), *(Item(name) for _, name in detail.partners)]
    return [*blocks, *note_blocks(detail.notes, style)]


def standing_blocks(standing: "PlanStanding") -> Iterator[Block]:
    """Yield the stage that a plan is in with its gate, its grave risks, and what is to be celebrated."""
    yield Heading("Implementation")
    stage = standing.stage
    if stage is None or standing.gate is None:
        yield Labelled("Stage", Piece("none yet: 4 to add one", Role.DIM))
    else:
        yield Labelled("Stage", f"{stage.title}, {stage.state}")
        lacking = f", {standing.lacking} lacking" if standing.gate is Gate.CLOSED else ""
        yield Labelled("Gate", f"{SIGNS[standing.gate]} {standing.gate}{lacking}")
    if standing.grave:
        yield Labelled("Grave risks", Piece(f"{OVERDUE_SIGN} {standing.grave} scored 15 or more", Role.BAD))
    if standing.uncelebrated:
        yield Labelled("Celebrate", Piece(f"★ {standing.uncelebrated} achieved, not celebrated yet", Role.GOOD))


def note_origin(note: NoteLine, style: str) -> str:
    """Return who said it, by which channel and when."""
    words = [note.said_by, note.channel, show_date(note.said_on, style)]
    return " · ".join(word for word in words if word)


def note_blocks(notes: tuple[NoteLine, ...], style: str) -> list[Block]:
    """Return notes below their heading, each with the sign of whether it may leave the house."""
    items: list[Block] = [
        Item(
            each.text,
            candour_sign(each.candour),
            " · ".join(part for part in (note_origin(each, style), each.candour) if part),
        )
        for each in notes
    ]
    return [Heading("Notes"), *items] if items else []
