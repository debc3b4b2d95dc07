"""One entry of the register in full, as blocks for the page beside the list, under its kind's own labels.

Plain values in, blocks out; nothing here asks the database.
"""

from collections.abc import Iterator
from datetime import date

from tui_plan.insight.register import EntryDetail, EntryLine, Lead, risk_level
from tui_plan.insight.slips import Slip
from tui_plan.model.date_words import distance, show_date
from tui_plan.model.entry_kinds import KINDS, Asked
from tui_plan.model.vocabulary import EntryKind, Status
from tui_plan.screens.register_rows import TO_ASSESS
from tui_plan.screens.register_words import (
    ABOUT,
    LEVEL_ROLES,
    LIKELY,
    LINKED,
    SETTLED_SIGN,
    behind_words,
    in_house_piece,
    level_sign,
    score_piece,
    state_words,
)
from tui_plan.screens.signs import OVERDUE_SIGN, status_sign
from tui_plan.widgets.detail import LABEL_MOST, Block, Heading, Item, Labelled, Paragraph
from tui_plan.widgets.lines import Cell, Piece, Pieces, Role

_NUMBERS = frozenset({"likelihood", "impact", "residual_likelihood", "residual_impact"})
"""What the matrix shows."""

_LONG = frozenset({"cause", "effect", "outcome"})
_FIELD = 5


def entry_blocks(detail: EntryDetail, today: date, style: str) -> list[Block]:
    """Return an entry in full."""
    line = detail.line
    blocks: list[Block] = [Paragraph(line.title, Role.STRONG)]
    blocks += _state(line, today)
    blocks += _facts(detail, today, style)
    if line.score is not None:
        blocks += risk_blocks(line)
    blocks += _texts(detail)
    blocks += _links(detail, today)
    if detail.led_from:
        blocks += [Heading("Named by"), *(_lead_item(lead, today) for lead in detail.led_from)]
    return blocks


def slip_blocks(slip: Slip, today: date, style: str) -> list[Block]:
    """Return what is known of an action that slips, and what to do about it."""
    return [
        Paragraph(slip.title, Role.STRONG),
        Labelled("It is", Piece(f"{OVERDUE_SIGN} {behind_words(slip, today)}", Role.WARN)),
        Labelled("Agreed", show_date(slip.agreed, style) or Piece("no date", Role.DIM)),
        Labelled("Expected", show_date(slip.expected, style)),
        Labelled("Owner", ", ".join(slip.owners) or Piece("nobody", Role.WARN)),
        Heading("What does that put at risk?", "press Enter"),
        Paragraph("Nobody has said yet: Enter writes down a risk or an issue that is linked to this action.", Role.DIM),
    ]


def heading_blocks(kind: str) -> list[Block]:
    """Return what a kind of entry is for."""
    if kind == TO_ASSESS:
        return [Paragraph("Actions that slip, while no risk and no issue says what that means for the plan.")]
    return [Paragraph(ABOUT[EntryKind(kind)])]


def risk_blocks(line: EntryLine) -> Iterator[Block]:
    """Yield the place of a risk in the matrix: now in square brackets, and after its response in round ones."""
    if line.score is None:
        return
    yield Heading("Likelihood × impact")
    yield Labelled("Now", (Piece(f"{line.likelihood} × {line.impact} = "), score_piece(line.score), Piece("  in [ ]")))
    if line.residual is not None:
        after = f"{line.residual_likelihood} × {line.residual_impact} = "
        yield Labelled("After that", (Piece(after), score_piece(line.residual), Piece("  in ( )")))
    now, then = (line.likelihood, line.impact), (line.residual_likelihood, line.residual_impact)
    for likelihood, label in reversed(LIKELY.items()):
        yield Labelled(label, tuple(_field((likelihood, impact), now, then) for impact in range(1, 6)))
    yield Labelled("", (Piece(" 1 slight", Role.DIM), Piece("5 severe".rjust(_FIELD * 5 - 9), Role.DIM)))


def _field(place: tuple[int, int], now: tuple[int | None, int | None], then: tuple[int | None, int | None]) -> Piece:
    score = place[0] * place[1]
    if place in (now, then):
        role = LEVEL_ROLES[risk_level(score)]
        around = ("[", "]") if place == now else ("(", ")")
        return Piece(f"{around[0]}{score}{around[1]}".center(_FIELD), role)
    return Piece(str(score).center(_FIELD), Role.DIM)


def _state(line: EntryLine, today: date) -> Iterator[Block]:
    if problem := line.problem(today):
        yield Labelled("Look", Piece(f"{OVERDUE_SIGN} {problem}", Role.BAD if line.overdue(today) else Role.WARN))
    if line.closed_on is not None:
        yield Labelled("State", Piece(f"{SETTLED_SIGN} {line.settled_word}", Role.DIM))
    elif line.is_open:
        yield Labelled("State", "open")
    if line.gate:
        yield Labelled("Gate", state_words(line, today))


def _facts(detail: EntryDetail, today: date, style: str) -> Iterator[Block]:
    """Yield what is said in a word or a day, labelled as the kind does; long labels stand above, with the texts."""
    line = detail.line
    yield Labelled("On", f"{show_date(line.on, style)}, {distance(line.on, today)}")
    for asked in KINDS[EntryKind(line.kind)].asks:
        if _beside(asked) and asked.field != "gate" and (value := _value(asked.field, detail, today, style)):
            yield Labelled(asked.label, value)
    if line.intended:
        yield Labelled("Share", f"{(line.active or 0) * 100 // line.intended} %")
    yield Labelled("Plan", line.plan_name or Piece("none: it is about the partnership", Role.DIM))
    yield Labelled("This entry is", in_house_piece(line.candour))


def _texts(detail: EntryDetail) -> Iterator[Block]:
    for asked in KINDS[EntryKind(detail.line.kind)].asks:
        value = _value(asked.field, detail, date.min, "")
        if value and not _beside(asked) and isinstance(value, str):
            yield Heading(asked.label)
            yield Paragraph(value)
    if detail.evidence:
        yield Heading("Evidence")
        yield Paragraph(detail.evidence)


def _beside(asked: Asked) -> bool:
    """Return whether a field stands beside its label: it is short, and so is the label."""
    return asked.field not in _LONG and len(asked.label) <= LABEL_MOST + 1


def _value(field: str, detail: EntryDetail, today: date, style: str) -> Cell:
    """Return what an entry says in a field, or an empty text."""
    line = detail.line
    if field in _NUMBERS:
        return ""
    if field == "party":
        return line.party_name
    if field == "level" and line.level:
        return _spoken(level_sign(line.kind, line.level), line.level)
    if field in {"due", "closed_on"}:
        return _day(field, line, today, style)
    value = getattr(detail if field in EntryDetail._fields else line, field)
    return "" if value is None else str(value)


def _day(field: str, line: EntryLine, today: date, style: str) -> Cell:
    day: date | None = getattr(line, field)
    if day is None:
        return ""
    if field == "closed_on" or not line.is_open:
        return show_date(day, style)
    late = day < today
    words = f"{show_date(day, style)}, {distance(day, today, past='late')}"
    return Piece(f"{OVERDUE_SIGN} {words}", Role.BAD) if late else words


def _spoken(sign: Piece, words: str) -> Pieces:
    return (sign, Piece(f" {words}", sign.role))


def _links(detail: EntryDetail, today: date) -> Iterator[Block]:
    called = LINKED.get(EntryKind(detail.line.kind), {})
    nouns = {"action": "action", "step objective": "objective", "outcome measure": "measure"}
    for field in ("action", "objective", "measure", "other"):
        found = [lead for lead in detail.leads if nouns.get(lead.noun, "other") == field]
        if found:
            yield Heading(called.get(field, "Names"))
            yield from (_lead_item(lead, today) for lead in found)
        elif field == "action" and detail.line.kind in {EntryKind.RISK, EntryKind.ISSUE} and detail.line.is_open:
            yield Heading(called[field], "press m")
            yield Paragraph("None yet: m makes the action that answers it, e links one that there is.", Role.DIM)


def _lead_item(lead: Lead, today: date) -> Block:
    """Return what an entry names: an action with how it stands, something else by its noun."""
    text = f"{lead.ref} {lead.title}"
    if lead.noun != "action":
        note = " · ".join(filter(None, (lead.noun, lead.status)))
        return Item(text, note=note)
    going = lead.status in {Status.NOT_STARTED, Status.IN_PROGRESS}
    late = going and lead.day is not None and lead.day < today
    when = distance(lead.day, today, past="late") if going and lead.day is not None else ""
    sign = Piece(OVERDUE_SIGN, Role.BAD) if late else status_sign(lead.status)
    return Item(
        text, sign, " · ".join(filter(None, (lead.status, when if going else "", "" if lead.day else "no date")))
    )
