"""One record in full, as blocks for the detail pane: what it is for, who, when, what it takes, what was said.

Plain values in, blocks out; nothing here asks the database.
"""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from itertools import groupby

from tui_plan.insight.details import (
    ActionDetail,
    CheckpointLine,
    MeasureLine,
    NeededLine,
    NoteLine,
    PlanDetail,
    ResourceLine,
    RoleLine,
)
from tui_plan.insight.health import Counts
from tui_plan.model.date_words import distance, show_date
from tui_plan.model.vocabulary import Candour, RoleKind, Status
from tui_plan.screens.signs import BLOCKED_SIGN, confidence_words, priority_words, status_sign, status_words
from tui_plan.widgets.detail import Block, Gap, Heading, Item, Labelled, Paragraph
from tui_plan.widgets.lines import Cell, Piece, Role

_RACI = (RoleKind.ACCOUNTABLE, RoleKind.RESPONSIBLE, RoleKind.CONSULTED, RoleKind.INFORMED)


def action_blocks(detail: ActionDetail, today: date, style: str) -> list[Block]:
    """Return an action in full."""
    values = detail.values
    blocks: list[Block] = [Paragraph(values["title"], Role.STRONG)]
    if values["purpose"]:
        blocks += [Paragraph(values["purpose"])]
    blocks += [Heading("State"), Labelled("Status", status_words(values["status"]))]
    blocks += list(_confidence(values))
    blocks += list(_dates(values, today, style))
    blocks += list(_last_heard(detail, style))
    blocks += [Heading("Who"), *_roles(detail.roles)]
    blocks += list(_needs("Needs first", detail.needs)) + list(_needs("Waiting for it", detail.needed_by))
    if values["description"]:
        blocks += [Heading("Description"), Paragraph(values["description"])]
    blocks += [block for section in _sections(detail, style) for block in section]
    return [*blocks, Heading("Place"), Labelled("Area", detail.area), Labelled("Objective", detail.objective)]


def group_blocks(title: str, description: str, priority: str, counts: Counts) -> list[Block]:
    """Return a development area, or a step objective (whose priority is empty), with its counts."""
    blocks: list[Block] = [Paragraph(title, Role.STRONG)]
    if description:
        blocks.append(Paragraph(description))
    if priority:
        blocks.append(Labelled("Priority", priority_words(priority)))
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


def plan_blocks(detail: PlanDetail, counts: Counts, style: str) -> list[Block]:
    """Return a plan's header with its counts."""
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
    blocks += [Heading("Actions"), *count_blocks(counts)]
    if detail.partners:
        blocks += [Heading("Partners"), *(Item(name) for _, name in detail.partners)]
    return [*blocks, *_notes(detail.notes, style)]


def quantity_words(resource: ResourceLine) -> str:
    """Return a resource's quantity and cost, such as ``12 days · 1,200.00 USD``."""
    quantity = f"{_number(resource.quantity)} {resource.unit}".strip() if resource.quantity is not None else ""
    cost = f"{resource.cost:,} {resource.currency}".strip() if resource.cost is not None else ""
    return " · ".join(part for part in (quantity, cost) if part)


def checkpoint_words(checkpoint: CheckpointLine, style: str) -> str:
    """Return a checkpoint's day and method on one line."""
    day = show_date(checkpoint.due, style)
    return " ".join(part for part in (day, checkpoint.method) if part)


def measure_words(measure: MeasureLine) -> str:
    """Return from what to what a measure goes, and its latest value, such as ``10 → 40 %, now 25``."""
    ends = " → ".join(_number(value) for value in (measure.baseline, measure.target) if value is not None)
    latest = next((each.value for each in reversed(measure.readings) if each.value is not None), None)
    now = f"now {_number(latest)}" if latest is not None else ""
    return ", ".join(part for part in (f"{ends} {measure.unit}".strip(), now) if part)


def note_origin(note: NoteLine, style: str) -> str:
    """Return who said it, by which channel and when."""
    words = [note.said_by, note.channel, show_date(note.said_on, style)]
    return " · ".join(word for word in words if word)


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


def _sections(detail: ActionDetail, style: str) -> Iterator[list[Block]]:
    yield _resources(detail.resources)
    yield _checkpoints(detail.checkpoints, style)
    yield _measures(detail.measures, style)
    yield _notes(detail.notes, style)


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


def _measures(measures: tuple[MeasureLine, ...], style: str) -> list[Block]:
    blocks: list[Block] = []
    for each in measures:
        due = f"due {show_date(each.due, style)}" if each.due else ""
        blocks.append(Item(each.statement, note=" · ".join(part for part in (measure_words(each), due) if part)))
    return [Heading("Outcomes"), *blocks] if blocks else []


def _notes(notes: tuple[NoteLine, ...], style: str) -> list[Block]:
    items: list[Block] = [
        Item(
            each.text,
            Piece("◈", Role.WARN) if each.candour == Candour.CANDID else Piece("·", Role.DIM),
            " · ".join(part for part in (note_origin(each, style), _candid(each)) if part),
        )
        for each in notes
    ]
    return [Heading("Notes"), *items] if items else []


def _candid(note: NoteLine) -> str:
    return "candid" if note.candour == Candour.CANDID else ""


def _number(value: Decimal | None) -> str:
    return f"{value.normalize():,f}" if value is not None else ""
