"""One party in full, as blocks for the detail pane of the roster: each section says which key fills or changes it.

Plain values in, blocks out; nothing here asks the database.
"""

from collections.abc import Iterator
from datetime import date

from tui_plan.insight.heard import Last
from tui_plan.insight.party_page import CarriedLine, HoldingLine, PartyPage, SeatLine
from tui_plan.insight.silent import SILENT_AFTER
from tui_plan.model.date_words import distance, show_date
from tui_plan.model.vocabulary import SIGNS, AgreementState, EntryKind, PartyKind
from tui_plan.screens.party_register_blocks import owned_blocks, participation_blocks
from tui_plan.screens.signs import OVERDUE_SIGN, status_sign
from tui_plan.widgets.detail import Block, Heading, Item, Labelled, Paragraph
from tui_plan.widgets.lines import Cell, Piece, Role

MOST_CARRIED, MOST_LOG, MOST_LISTED = 12, 3, 20
_AGREEMENT_ROLES = {
    AgreementState.AGREED: Role.GOOD,
    AgreementState.RESERVED: Role.GOOD,
    AgreementState.DECLINED: Role.BAD,
    AgreementState.LAPSED: Role.WARN,
}


def party_blocks(page: PartyPage, today: date, style: str) -> list[Block]:
    """Return a person, post, organisation or group in full."""
    sections = {
        PartyKind.PERSON: (*_PERSON, _agreements, _briefings, _checklists, _register),
        PartyKind.POST: (_holders, _reach, _carried, owned_blocks, _seats, _checklists),
        PartyKind.ORGANISATION: (*_ORGANISATION, participation_blocks, _agreements, _register),
        PartyKind.GROUP: (_members, _carried, owned_blocks, _seats, _checklists),
    }[PartyKind(page.values["kind"])]
    blocks: list[Block] = [Paragraph(page.values["name"], Role.STRONG), *_facts(page, today, style)]
    for section in sections:
        blocks += section(page, today, style)
    if page.values["remarks"]:
        blocks += [Heading("Remarks", "for yourself"), Paragraph(page.values["remarks"])]
    return blocks


def _facts(page: PartyPage, today: date, style: str) -> Iterator[Block]:
    values = page.values
    left = values["left_on"]
    home = {PartyKind.PERSON: "Works at", PartyKind.POST: "At"}.get(values["kind"], "Part of")
    facts = (
        (home, page.names.get(values["organisation"] or "", "")),
        ("Reports to", page.names.get(values["reports_to"] or "", "")),
        ("Kind", values["group_kind"]),
        ("Audience", values["audience"]),
        ("Short name", values["short_name"]),
        ("Joined", show_date(values["joined_on"], style)),
    )
    yield from (Labelled(label, words) for label, words in facts if words)
    if left is not None:
        works = left < today and any(line.action.is_open for line in page.carried)
        yield Labelled("Left", Piece(show_date(left, style), Role.BAD if works else Role.DIM))


def _posts(page: PartyPage, today: date, style: str) -> list[Block]:
    now = [line for line in page.holdings if line.runs_on(today)]
    other = [line for line in page.holdings if not line.runs_on(today)]
    blocks: list[Block] = [Heading("Posts", "press o")] if page.holdings or page.stands_in_for else []
    blocks += [Item(line.post_name, Piece("●", Role.GOOD), _span(line, style)) for line in now]
    blocks += [Item(line.post_name, Piece("○", Role.DIM), _span(line, style)) for line in other]
    return blocks + [Item(name, Piece("↷", Role.DIM), "stands in") for _, name in page.stands_in_for]


def _holders(page: PartyPage, today: date, style: str) -> list[Block]:
    now = [line for line in page.holdings if line.runs_on(today)]
    other = [line for line in page.holdings if not line.runs_on(today)]
    blocks: list[Block] = [Heading("Holder", "press o")]
    if not now:
        blocks.append(Item("vacant", Piece(OVERDUE_SIGN, Role.WARN), _vacant_since(other, today, style)))
    blocks += [Item(line.person_name, Piece("●", Role.GOOD), _span(line, style)) for line in now]
    blocks += [Item(line.person_name, Piece("○", Role.DIM), _span(line, style)) for line in other]
    if page.alternates:
        blocks.append(Heading("Alternates"))
        blocks += [Item(name, Piece(str(rank), Role.DIM)) for rank, (_, name) in enumerate(page.alternates, 1)]
    return blocks


def _vacant_since(other: list[HoldingLine], today: date, style: str) -> str:
    ended = [line.end for line in other if line.end is not None and line.end < today]
    return f"last held until {show_date(max(ended), style)}" if ended else "never held"


def _span(line: HoldingLine, style: str) -> str:
    start = f"since {show_date(line.start, style)}" if line.start and not line.end else ""
    if line.end is not None:
        start = " – ".join(filter(None, (show_date(line.start, style), show_date(line.end, style))))
        start = start if line.start else f"until {start}"
    return " · ".join(filter(None, ("acting" if line.acting else "", start)))


def _reach(page: PartyPage, today: date, style: str) -> list[Block]:
    del today
    if not page.reach:
        person = page.values["kind"] == PartyKind.PERSON
        return [Heading("Reached by", "press c"), Paragraph("Nothing yet: c to add.", Role.WARN)] if person else []
    blocks: list[Block] = [Heading("Reached by", "press c")]
    for line in page.reach:
        verified = line.verified_on is not None
        note = f"verified {show_date(line.verified_on, style)}" if verified else "not verified"
        sign = Piece("✓", Role.GOOD) if verified else Piece("?", Role.WARN)
        blocks.append(Item(f"{line.value}", sign, f"{line.kind} · {note}"))
    return blocks


def _contact(page: PartyPage, today: date, style: str) -> list[Block]:
    every = page.values["hear_every"]
    blocks: list[Block] = [
        Heading("In touch", "press w"),
        Labelled("Last heard", _last(page.contacted.heard, today, style, every or SILENT_AFTER)),
        Labelled("Last told", _last(page.contacted.told, today, style)),
    ]
    if every:
        blocks.append(Labelled("Agreed", f"to hear every {every} days"))
    for line in page.log[:MOST_LOG]:
        sign = Piece("←" if line.direction == "heard" else "→", Role.DIM)
        note = " · ".join(filter(None, (show_date(line.on, style), line.channel)))
        blocks.append(Item(line.words or line.direction, sign, note))
    more = len(page.log) - MOST_LOG
    return blocks + ([Paragraph(f"and {more} more: W shows all", Role.DIM)] if more > 0 else [])


def _last(last: Last | None, today: date, style: str, every: int | None = None) -> Cell:
    if last is None:
        return Piece("never", Role.WARN if every else Role.DIM)
    late = every is not None and (today - last.on).days > every
    how = f", {last.channel}" if last.channel else ""
    return Piece(f"{show_date(last.on, style)}{how}", Role.WARN if late else Role.PLAIN)


def _carried(page: PartyPage, today: date, style: str) -> list[Block]:
    lines = [line for line in page.carried if line.action.is_open]
    closed = len(page.carried) - len(lines)
    if not page.carried:
        return []
    late = sum(line.action.overdue(today) for line in lines)
    told = f"{len(lines)} open" + (f", {OVERDUE_SIGN} {late} late" if late else "")
    told += f", {closed} closed" if closed else ""
    ordered = sorted(lines, key=lambda line: (line.action.expected or date.max, line.action.number))
    blocks: list[Block] = [Heading("Carries", told), *(_carried_item(line, today) for line in ordered[:MOST_CARRIED])]
    more = len(ordered) - MOST_CARRIED
    return blocks + ([Paragraph(f"and {more} more", Role.DIM)] if more > 0 else [])


def _carried_item(line: CarriedLine, today: date) -> Block:
    action = line.action
    late = action.overdue(today)
    sign = Piece(OVERDUE_SIGN, Role.BAD) if late else status_sign(action.status)
    when = distance(action.expected, today, past="late") if action.expected else "no date"
    through = f"by {line.through}" if line.through else ""
    return Item(f"{action.ref} {action.title}", sign, " · ".join(filter(None, (line.kind, through, when))))


def _seats(page: PartyPage, today: date, style: str) -> list[Block]:
    del today, style
    items = [Item(line.group_name, note=_seat_words(line, page)) for line in page.seats]
    return [Heading("Groups"), *items] if items else []


def _seat_words(line: SeatLine, page: PartyPage) -> str:
    through = "" if line.member == page.uid else f"as {page.names[line.member]}"
    return " · ".join(filter(None, ("" if line.seat == "member" else line.seat, through)))


def _members(page: PartyPage, today: date, style: str) -> list[Block]:
    del today, style
    if not page.members:
        return [Heading("Members", "press m"), Paragraph("Nobody yet: m to add members, or a rule.", Role.WARN)]
    items = [Item(line.member_name, note="" if line.seat == "member" else line.seat) for line in page.members]
    return [Heading("Members", f"{len(items)}, press m"), *_some(items)]


def _belonging(page: PartyPage, today: date, style: str) -> list[Block]:
    del today, style
    items = [Item(name, note=kind) for _, kind, name in page.belonging]
    return [Heading("On the roster", str(len(items))), *_some(items)] if items else []


def _some(items: list[Item]) -> Iterator[Block]:
    yield from items[:MOST_LISTED]
    if len(items) > MOST_LISTED:
        yield Paragraph(f"and {len(items) - MOST_LISTED} more", Role.DIM)


def _agreements(page: PartyPage, today: date, style: str) -> list[Block]:
    del today
    items = [
        Item(
            f"{plan}, version {version}",
            Piece(SIGNS[state], _AGREEMENT_ROLES.get(AgreementState(state), Role.PLAIN)),
            " · ".join(filter(None, (state, show_date(on, style)))),
        )
        for _, plan, version, state, on in page.agreements
    ]
    return [Heading("Agreements", "press A"), *items] if items else []


def _briefings(page: PartyPage, today: date, style: str) -> list[Block]:
    items = [
        Item(line.words, Piece("✓", Role.GOOD) if line.on <= today else Piece("·"), show_date(line.on, style))
        for line in page.briefings
    ]
    return [Heading("Briefings"), *items] if items else []


def _checklists(page: PartyPage, today: date, style: str) -> list[Block]:
    items: list[Block] = []
    for run in page.checklists:
        finished, late = run.finished_on is not None, run.overdue(today)
        sign = Piece("✓", Role.GOOD) if finished else Piece(OVERDUE_SIGN, Role.BAD) if late else Piece("◐")
        due = f"finished {show_date(run.finished_on, style)}" if finished else f"due {show_date(run.due, style)}"
        note = f"{run.passed}/{run.items}" + (f" · {due}" if finished or run.due else "")
        items.append(Item(f"{run.ref} {run.title}", sign, note))
    return [Heading("Checklists", "press L"), *items] if items else []


def _register(page: PartyPage, today: date, style: str) -> list[Block]:
    del today
    items = [
        Item(
            line.title,
            Piece("★" if line.kind == EntryKind.CHAMPION else "·", Role.ACCENT),
            " · ".join(filter(None, (line.level, show_date(line.on, style)))),
        )
        for line in page.register
    ]
    return [Heading("Support", "press R"), *items] if items else []


_PERSON = (_posts, _reach, _contact, _carried, owned_blocks, _seats)
_ORGANISATION = (_belonging, _reach, _contact, _carried, owned_blocks, _seats)
