"""The brief for the next meeting on paper: what to know, what to decide, and at its end the good news.

Called by the command line and the screens, which hand the value to a writer of ``document``. Candid entries of the
register are counted and left out unless they are asked for.
"""

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

from tui_plan.exchange.candour import house_warning, shareable_of, withheld_as_candid
from tui_plan.exchange.document import Document, Item, Section, paper, shortened
from tui_plan.exchange.evaluation_paper import overdue_items
from tui_plan.exchange.register_paper import score_words
from tui_plan.insight.action_rows import ActionRow
from tui_plan.insight.brief import Brief, brief
from tui_plan.insight.celebrating import Good
from tui_plan.insight.gate import GateView
from tui_plan.insight.gatherings import Occurrence
from tui_plan.insight.register import EntryLine
from tui_plan.insight.slips import Slip
from tui_plan.insight.stalled import StalledObjective
from tui_plan.model.date_words import DateStyle, distance, show_date, weekday
from tui_plan.model.vocabulary import Gate

_MOST = 15
_OF_REGISTER = ("issues", "risks", "adaptations", "lessons", "achieved", "uncelebrated", "entered")
"""The fields of a brief that hold entries of the register, or may."""


def brief_paper(plan: str, today: date, style: str = DateStyle.ISO, *, candid: bool = False) -> Document:
    """Return what the next meeting of a plan needs to know, decide and celebrate; ``NotFound`` if it is gone."""
    told, kept_back = shareable_brief(brief(today, plan), candid=candid)
    sections = (*_to_know(told, style), *_to_decide(told, style), *_to_do(told, style), *_good_news(told, style))
    busy = told.troubles or told.achieved or told.uncelebrated or told.entered or kept_back
    every = (*sections, Section("", "" if busy else "Nothing is late, and nothing is to decide."))
    withheld = withheld_as_candid(entries=kept_back)
    return paper(f"Brief: {told.name}", _facts(told, style), every, warning=house_warning(candid), withheld=withheld)


def shareable_brief(whole: Brief, *, candid: bool) -> tuple[Brief, int]:
    """Return what of a brief may leave the house, and how many entries of the register stay in it.

    All of it goes where that is asked for (``candid``).
    """
    kept: dict[str, Any] = {name: shareable_of(getattr(whole, name), candid=candid) for name in _OF_REGISTER}
    withheld = {each.uid for name in kept for each in getattr(whole, name) if each not in kept[name]}
    return whole._replace(**kept), len(withheld)


def _facts(told: Brief, style: str) -> Iterator[tuple[str, str]]:
    yield "Next meeting", _meeting(told.meeting, told.today, style) if told.meeting else "none is planned"
    yield "News since", show_date(told.since, style)
    yield "Date", show_date(told.today, style)


def _meeting(meeting: Occurrence, today: date, style: str) -> str:
    day = meeting.start.date()
    when = f"{weekday(day)} {show_date(day, style)}, {meeting.start:%H:%M} ({distance(day, today)})"
    return ", ".join(filter(None, [when, f"{meeting.ref} {meeting.title}", meeting.place]))


def _to_know(told: Brief, style: str) -> Iterator[Section]:
    yield _section("Late", (_late(row, told.today, style) for row in told.late))
    yield _section("Slipped, without a risk or an issue", (_slip(slip, style) for slip in told.slips))
    since = f"Decided and changed since {show_date(told.since, style)}"
    yield _section(since, (_entered(line, style) for line in told.entered))


def _to_decide(told: Brief, style: str) -> Iterator[Section]:
    gates = (Item(_gate(gate)) for gate in told.gates)
    yield _section("To decide", (*_entries(told.issues, "by", told.today, style), *gates))
    yield _section("Risks to look at again", _entries(told.risks, "on", told.today, style))
    yield _section("Adaptations to check", _entries(told.adaptations, "on", told.today, style))


def _to_do(told: Brief, style: str) -> Iterator[Section]:
    yield _section("Stalled", map(_stalled, told.stalled))
    yield _section("Data overdue", overdue_items(told.measures, told.today, style))
    yield _section("Lessons to keep, change or drop", (Item(f"{line.ref} {line.title}") for line in told.lessons))


def _good_news(told: Brief, style: str) -> Iterator[Section]:
    """What was achieved lately stands once; with the word that it waits to be celebrated."""
    waiting = {good.target for good in told.uncelebrated}
    lately = {good.target for good in told.achieved}
    earlier = (good for good in told.uncelebrated if good.target not in lately)
    achieved = (_good(good, style, waits=good.target in waiting) for good in told.achieved)
    yield _section(f"Achieved since {show_date(told.since, style)}", achieved)
    yield _section("Not celebrated yet", (_good(good, style, waits=False) for good in earlier))


def _section(title: str, items: Iterable[Item]) -> Section:
    kept, more = shortened(items, _MOST)
    return Section(title, items=kept, more=more)


def _late(row: ActionRow, today: date, style: str) -> Item:
    owners = ", ".join(owner.name for owner in row.owners) or "nobody"
    late = distance(row.expected, today, past="late") if row.expected else ""
    return Item(f"{row.ref} {row.title}: {show_date(row.expected, style)}, {late}; {owners}", marked=True)


def _entered(line: EntryLine, style: str) -> Item:
    who = f"; {line.party_name}" if line.party_name else ""
    return Item(f"{line.ref} {line.title}: {show_date(line.on, style)}{who}", marked=line.gate == Gate.OVERRIDDEN)


def _slip(slip: Slip, style: str) -> Item:
    agreed = f"agreed for {show_date(slip.agreed, style)}" if slip.agreed else "no day was agreed"
    behind = f"{slip.days} day{'s' if slip.days != 1 else ''} behind"
    moved = f"expected {show_date(slip.expected, style)}" if slip.expected != slip.agreed else ""
    return Item(f"{slip.ref} {slip.title}: {', '.join(filter(None, [agreed, moved, behind]))}")


def _entries(lines: Iterable[EntryLine], word: str, today: date, style: str) -> Iterator[Item]:
    for line in lines:
        due = f"{word} {show_date(line.due, style)}" if line.due else ""
        late = distance(line.due, today, past="late") if line.due and line.overdue(today) else ""
        words = [due, late, line.party_name, score_words(line) if line.score else ""]
        yield Item(f"{line.ref} {line.title}: {', '.join(filter(None, words))}", marked=bool(late))


def _gate(gate: GateView) -> str:
    return f"{gate.stage.ref} {gate.stage.title}: the gate out of this stage is open"


def _stalled(line: StalledObjective) -> Item:
    return Item(f"{line.ref} {line.title or line.area}", line.reasons)


def _good(good: Good, style: str, *, waits: bool) -> Item:
    waiting = "; not celebrated yet" if waits else ""
    noun = "" if good.noun == "achievement" else f" ({good.noun})"
    return Item(f"{good.ref} {good.title}{noun}, {show_date(good.on, style)}{waiting}")
