"""``who``: one person, post, organisation or group on one page, contact data included."""

from collections.abc import Callable, Iterable, Iterator
from datetime import date
from typing import TYPE_CHECKING

from tui_plan.cli.output import columns, counted, crop
from tui_plan.cli.people import party_called
from tui_plan.cli.people_shapes import page_shape
from tui_plan.insight.heard import Contacted, Last
from tui_plan.insight.party_page import CarriedLine, HoldingLine, PartyPage, ReachLine, SeatLine, party_page
from tui_plan.model.date_words import distance
from tui_plan.model.vocabulary import SIGNS, Direction, PartyKind

if TYPE_CHECKING:
    from tui_plan.cli.call import Call
    from tui_plan.insight.register import EntryLine

_Line = Callable[..., str]
_MOST_CARRIED, _MOST_LISTED, _MOST_LOG = 12, 20, 8
_HOMES = {PartyKind.PERSON: "works at", PartyKind.POST: "at"}


def page_about(call: "Call") -> int:
    """Print everything about one party."""
    with call.reading():
        page = party_page(party_called(call, call.options.name), call.today)
    if call.json:
        call.page.json(page_shape(page, call.today))
        return 0
    call.page.line(call.page.paint(crop(f"{page.values['name']}, {page.values['kind']}", call.page.width), "bold"))
    for fact in _facts(call, page):
        call.page.line("  " + crop(fact, call.page.width - 2))
    for title, lines in _sections(call, page):
        if lines:
            call.page.line(call.page.paint(title, "bold"))
            for line in lines:
                call.page.line(f"  {line}")
    return 0


def _facts(call: "Call", page: PartyPage) -> Iterator[str]:
    values, names = page.values, page.names
    home = names.get(values["organisation"] or "")
    above = names.get(values["reports_to"] or "")
    told = (
        (_HOMES.get(values["kind"], "part of"), home),
        ("reports to", above),
        ("", values["group_kind"]),
        ("audience:", values["audience"]),
        ("also called", values["short_name"]),
        ("login", values["login"]),
        ("joined", call.shown(values["joined_on"])),
        ("left", call.shown(values["left_on"])),
    )
    words = "; ".join(f"{label} {value}".strip() for label, value in told if value)
    if words:
        yield words
    if values["remarks"]:
        yield values["remarks"]


def _sections(call: "Call", page: PartyPage) -> Iterator[tuple[str, list[str]]]:
    def line(*fixed: tuple[str, int], rest: str = "") -> str:
        return columns(call.page.width - 2, *fixed, rest=rest)

    yield "Reached by", [_reach(call, line, one) for one in page.reach]
    yield "Posts" if page.values["kind"] == PartyKind.PERSON else "Held by", list(_held(call, page, line))
    yield "In touch", list(_touch(call, page, line))
    yield f"Roles: {_carried_words(call, page.carried)}", _some(_carried(call, page.carried, line), _MOST_CARRIED)
    yield "Groups", [line(rest=_seat(one.group_name, one)) for one in page.seats]
    members = (line(rest=_seat(one.member_name, one)) for one in page.members)
    yield f"Members ({len(page.members)})", _some(members, _MOST_LISTED)
    belonging = (line((kind, 12), rest=name) for _, kind, name in page.belonging)
    yield f"On the roster ({len(page.belonging)})", _some(belonging, _MOST_LISTED)
    yield from _records(call, page, line)


def _records(call: "Call", page: PartyPage, line: _Line) -> Iterator[tuple[str, list[str]]]:
    """What was agreed with them and noted about them."""
    agreements = (
        line((SIGNS[state], 1), rest=f"{plan}, version {version}: {state}{_on(call, on)}")
        for _, plan, version, state, on in page.agreements
    )
    yield "Agreements", list(agreements)
    yield "Briefings", [line((call.shown(one.on), 11), rest=one.words) for one in page.briefings]
    runs = (line((run.ref, 6), (run.progress, 15), rest=run.title) for run in page.checklists)
    yield "Checklists", list(runs)
    support = (
        line((one.ref, 6), (call.shown(one.on), 11), (one.level or one.kind, 10), rest=one.title)
        for one in page.register
    )
    yield "Support", list(support)
    owned = (line((one.ref, 6), (one.kind, 6), (_grave(one), 4), rest=one.title) for one in page.owned)
    yield f"Risks and issues they own ({len(page.owned)} open)", _some(owned, _MOST_LISTED)
    taking = (
        line((one.ref, 6), (call.shown(one.on), 11), (f"{one.active} of {one.intended}", 10), rest=one.title)
        for one in page.participation
    )
    yield "Participation", list(taking)


def _grave(one: "EntryLine") -> str:
    return str(one.score) if one.score is not None else ""


def _held(call: "Call", page: PartyPage, line: _Line) -> Iterator[str]:
    """Who holds or held the post, or what posts they hold and held; who stands in."""
    yield from (_holding(call, page, line, one) for one in page.holdings)
    yield from (line(("↷", 1), rest=f"stands in for {name}") for _, name in page.stands_in_for)
    yield from (line(("↷", 1), rest=f"{name} stands in") for _, name in page.alternates)


def _reach(call: "Call", line: _Line, one: ReachLine) -> str:
    sign, told = ("✓", f"verified {call.shown(one.verified_on)}") if one.verified_on else ("?", "never verified")
    return line((sign, 1), (one.kind, 8), (one.value, call.page.width - 40), rest=told)


def _holding(call: "Call", page: PartyPage, line: _Line, one: HoldingLine) -> str:
    name = one.post_name if page.values["kind"] == PartyKind.PERSON else one.person_name
    start, end = call.shown(one.start), call.shown(one.end)
    span = f"{start or '…'} to {end}" if end else f"since {start}" if start else ""
    told = ", ".join(filter(None, ("acting" if one.acting else "", span)))
    return line(("●" if one.runs_on(call.today) else "○", 1), (name, call.page.width - 46), rest=told)


def _touch(call: "Call", page: PartyPage, line: _Line) -> Iterator[str]:
    if page.values["kind"] in {PartyKind.POST, PartyKind.GROUP} and page.contacted == Contacted():
        return
    every = page.values["hear_every"]
    agreed = f"; agreed: every {counted(every, 'day')}" if every else ""
    yield line(("heard", 5), rest=_last(call, page.contacted.heard) + agreed)
    yield line(("told", 5), rest=_last(call, page.contacted.told))
    if len(page.contacted.channels) > 2:
        channels = page.contacted.channels
        told = (f"{direction} {channel or 'otherwise'} {call.shown(on)}" for direction, channel, on in channels)
        yield line(rest=f"last by channel: {', '.join(told)}")
    for one in page.log[:_MOST_LOG]:
        sign = "←" if one.direction == Direction.HEARD else "→"
        yield line((sign, 1), (call.shown(one.on), 11), (one.channel, 10), rest=one.words)


def _last(call: "Call", last: Last | None) -> str:
    if last is None:
        return "never"
    how = f" by {last.channel}" if last.channel else ""
    return f"{distance(last.on, call.today)}, {call.shown(last.on)}{how}"


def _carried_words(call: "Call", lines: Iterable[CarriedLine]) -> str:
    actions = {line.action.uid: line.action for line in lines}.values()
    still = sum(action.is_open for action in actions)
    late = sum(action.overdue(call.today) for action in actions)
    return f"{still} open, {late} late, {len(actions) - still} closed"


def _carried(call: "Call", lines: Iterable[CarriedLine], line: _Line) -> Iterator[str]:
    for one in lines:
        action = one.action
        late = action.overdue(call.today)
        when = distance(action.expected, call.today, past="late" if late else "ago") if action.expected else "no date"
        role = f"{one.kind}, {one.through}" if one.through else one.kind
        sign = "!" if late else SIGNS[action.status]
        yield line((sign, 1), (action.ref, 6), (action.title, call.page.width - 54), (role, 24), rest=when)


def _seat(name: str, line: SeatLine) -> str:
    return name if line.seat in {"", "member"} else f"{name}: {line.seat}"


def _some(lines: Iterable[str], most: int) -> list[str]:
    """Return the first lines, and how many more there are."""
    found = list(lines)
    return found if len(found) <= most else [*found[:most], f"… and {len(found) - most} more: --json has all"]


def _on(call: "Call", day: date | None) -> str:
    return f" on {call.shown(day)}" if day else ""
