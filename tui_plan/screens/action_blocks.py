"""An action in full, as blocks for the detail pane: what it is for, who, when, what it takes, what came of it.

Plain values in, blocks out; nothing here asks the database.
"""

from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal
from itertools import groupby

from tui_plan.insight.details import ActionDetail, CheckpointLine, NeededLine, ResourceLine, RoleLine
from tui_plan.insight.evaluation import MeasureRow
from tui_plan.insight.register import Lead
from tui_plan.model.date_words import distance, show_date
from tui_plan.model.vocabulary import RoleKind, Status
from tui_plan.screens.detail_blocks import note_blocks
from tui_plan.screens.lead_blocks import is_assessed, lead_blocks
from tui_plan.screens.measure_rows import measure_note, measure_sign
from tui_plan.screens.signs import BLOCKED_SIGN, CORE_SIGN, MILESTONE_SIGN, confidence_words, status_sign, status_words
from tui_plan.screens.slip_words import is_slipped, slip_words
from tui_plan.widgets.detail import Block, Heading, Item, Labelled, Paragraph
from tui_plan.widgets.lines import Cell, Piece, Role

_RACI = (RoleKind.ACCOUNTABLE, RoleKind.RESPONSIBLE, RoleKind.CONSULTED, RoleKind.INFORMED)


def action_blocks(
    detail: ActionDetail, today: date, style: str, *, measures: Sequence[MeasureRow] = (), leads: Sequence[Lead] = ()
) -> list[Block]:
    """Return an action in full, with its outcome measures, and what it came of or what names it."""
    values = detail.values
    blocks: list[Block] = [Paragraph(values["title"], Role.STRONG)]
    if values["purpose"]:
        blocks += [Paragraph(values["purpose"])]
    blocks += [Heading("State"), Labelled("Status", status_words(values["status"]))]
    blocks += list(_marks(values))
    blocks += list(_confidence(values))
    blocks += list(_dates(values, today, style))
    blocks += list(_slip(values, leads))
    blocks += list(_last_heard(detail, style))
    blocks += [Heading("Who"), *_roles(detail.roles)]
    blocks += list(_needs("Needs first", detail.needs)) + list(_needs("Waiting for it", detail.needed_by))
    if values["description"]:
        blocks += [Heading("Description"), Paragraph(values["description"])]
    blocks += [*_resources(detail.resources), *_checkpoints(detail.checkpoints, style)]
    blocks += [*_measures(measures, today, style), *lead_blocks(leads, style), *note_blocks(detail.notes, style)]
    return [*blocks, Heading("Place"), Labelled("Area", detail.area), Labelled("Objective", detail.objective)]


def quantity_words(resource: ResourceLine) -> str:
    """Return a resource's quantity and cost, such as ``12 days · 1,200.00 USD``."""
    quantity = f"{_number(resource.quantity)} {resource.unit}".strip() if resource.quantity is not None else ""
    cost = f"{resource.cost:,} {resource.currency}".strip() if resource.cost is not None else ""
    return " · ".join(part for part in (quantity, cost) if part)


def checkpoint_words(checkpoint: CheckpointLine, style: str) -> str:
    """Return a checkpoint's day and method on one line."""
    day = show_date(checkpoint.due, style)
    return " ".join(part for part in (day, checkpoint.method) if part)


def _marks(values: dict[str, bool]) -> Iterator[Block]:
    if values["milestone"]:
        yield Labelled("Milestone", Piece(f"{MILESTONE_SIGN} yes", Role.ACCENT))
    if values["core"]:
        yield Labelled(
            "Core", Piece(f"{CORE_SIGN} core component: without it the plan is not what was agreed", Role.ACCENT)
        )


def _slip(values: dict[str, date | None], leads: Sequence[Lead]) -> Iterator[Block]:
    if is_slipped(values):
        yield Labelled("Slip", slip_words(values["agreed"], values["forecast"]))
        if not is_assessed(leads):
            yield Labelled("", Piece("No risk or issue is written down for this slip: R", Role.WARN))


def _confidence(values: dict[str, str]) -> Iterator[Block]:
    if values["confidence"]:
        yield Labelled("Confidence", confidence_words(values["confidence"]))
    if values["confidence_reason"]:
        yield Labelled("", values["confidence_reason"])


def _dates(values: dict[str, date | None], today: date, style: str) -> Iterator[Block]:
    target = values["forecast"] or values["agreed"]
    for label, name in (("Start", "start"), ("Baseline", "baseline"), ("Agreed", "agreed"), ("Forecast", "forecast")):
        day = values[name]
        if day is not None and not (name == "baseline" and day == values["agreed"]):
            yield Labelled(label, show_date(day, style))
    done = values["actual"]
    if done is not None:
        yield Labelled("Done on", show_date(done, style))
    elif target is not None and values["status"] in {Status.NOT_STARTED, Status.IN_PROGRESS}:
        late = target < today
        words = distance(target, today, past="late" if late else "ago")
        yield Labelled("That is", Piece(f"! {words}" if late else words, Role.BAD if late else Role.PLAIN))
    baseline, ended = values["baseline"], done or target
    if baseline is not None and ended is not None and ended != baseline:
        days = (ended - baseline).days
        yield Labelled("Variance", variance_words(days))
    if values["timescale_note"]:
        yield Labelled("Timescale", str(values["timescale_note"]))
    if target is None and not values["timescale_note"]:
        yield Labelled("Date", Piece("none yet: e to set one", Role.DIM))


def variance_words(days: int) -> str:
    """Return how far the end lies from the baseline: ``6 days after the baseline``, ``1 day before the baseline``."""
    return f"{abs(days)} day{'' if abs(days) == 1 else 's'} {'after' if days > 0 else 'before'} the baseline"


def _last_heard(detail: ActionDetail, style: str) -> Iterator[Block]:
    heard = detail.last_heard
    if heard is None:
        yield Labelled("Last heard", Piece("never on anybody's word", Role.DIM))
        return
    channel = f", {heard.channel}" if heard.channel else ""
    yield Labelled("Last heard", f"{show_date(heard.at.date(), style)} from {heard.said_by}{channel}")


def _roles(roles: tuple[RoleLine, ...]) -> Iterator[Block]:
    if not roles:
        yield Paragraph("Nobody yet: o to say who.", Role.WARN)
    ordered = sorted(roles, key=lambda role: _RACI.index(RoleKind(role.kind)))
    for kind, lines in groupby(ordered, key=lambda role: role.kind):
        for place, role in enumerate(lines):
            yield Labelled(kind.capitalize() if place == 0 else "", _party_words(role))


def _party_words(role: RoleLine) -> Cell:
    if role.party_kind != "post":
        return role.name
    if not role.holders:
        return (Piece(f"{role.name} "), Piece("vacant", Role.WARN))
    return f"{role.name} ({', '.join(role.holders)})"


def _needs(title: str, needed: tuple[NeededLine, ...]) -> Iterator[Block]:
    if not needed:
        return
    yield Heading(title)
    for line in needed:
        waits = title == "Needs first" and not line.settled
        sign = Piece(BLOCKED_SIGN, Role.WARN) if waits else status_sign(line.status)
        yield Item(f"A-{line.number} {line.title}", sign, line.status)


def _resources(resources: tuple[ResourceLine, ...]) -> list[Block]:
    items: list[Block] = [
        Item(
            ": ".join(part for part in (each.kind, each.description) if part),
            Piece("✓", Role.GOOD) if each.secured else Piece("○", Role.WARN),
            " · ".join(part for part in (quantity_words(each), "" if each.secured else "not secured") if part),
        )
        for each in resources
    ]
    return [Heading("Resources"), *items] if items else []


def _checkpoints(checkpoints: tuple[CheckpointLine, ...], style: str) -> list[Block]:
    items: list[Block] = []
    for each in checkpoints:
        held = f"held {show_date(each.held_on, style)}" if each.held_on else ""
        reviewers = ", ".join(role.name for role in each.reviewers)
        note = " · ".join(part for part in (reviewers, held, each.result) if part)
        sign = Piece("✓", Role.GOOD) if each.held_on else Piece("○")
        items.append(Item(checkpoint_words(each, style), sign, note))
    return [Heading("Monitoring"), *items] if items else []


def _measures(measures: Sequence[MeasureRow], today: date, style: str) -> list[Block]:
    items: list[Block] = [
        Item(each.statement, measure_sign(each, today), measure_note(each, today, style)) for each in measures
    ]
    return [Heading("Outcomes"), *items] if items else []


def _number(value: Decimal | None) -> str:
    return f"{value.normalize():,f}" if value is not None else ""
