"""The note that goes with a handover, on about one page: what comes to the successor, how it stands, whom to know.

Called by the command line and the screen of the handover, before it is written or after. So nothing here asks who has a
role now: the moves say what was handed over, and the records only how that stands. No contact details are read.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from tui_plan.exchange.candour import withheld_as_candid
from tui_plan.exchange.document import Document, Item, Section, gathered, more_words, paper, shortened
from tui_plan.exchange.people_words import few, latest_notes, note_items, others_in
from tui_plan.insight.action_parts import ActionParts, parts_of
from tui_plan.insight.action_rows import ActionRow, action_rows, is_live
from tui_plan.model.base import rows
from tui_plan.model.checklist import ChecklistItem, ChecklistRun
from tui_plan.model.date_words import DateStyle, distance, show_date
from tui_plan.model.people import Party
from tui_plan.model.plan import Action, Checkpoint, DevelopmentArea, Plan
from tui_plan.model.register import RegisterEntry
from tui_plan.model.vocabulary import Candour, ChecklistKind, Rating
from tui_plan.operations.checklists import Template
from tui_plan.operations.handover import Handover, Move
from tui_plan.operations.lapsing import CARRYING

NOTE_WEEKS = 8
"""How far back notes are told."""

_MOST_ACTIONS, _MOST_NOTES, _MOST_PEOPLE, _MOST = 12, 3, 6, 5
_LATE, _BLOCKED = "Late", "Waiting"


@dataclass(frozen=True, slots=True)
class _Passed:
    """What is handed over and how it stands.

    ``names`` are those of leaver and successor; ``kinds`` the roles by reference of an action; ``places`` the names of
    area and plan by area.
    """

    order: Handover
    moves: Sequence[Move]
    names: dict[str, str]
    today: date
    style: str
    actions: tuple[ActionRow, ...]
    kinds: dict[str, list[str]]
    parts: dict[str, ActionParts]
    places: dict[str, tuple[str, str]]

    def whats(self, kind: str) -> list[str]:
        """Return the moves of a kind in words, each once, with their reference where there is one."""
        found = (f"{move.ref} {move.what}".strip() for move in self.moves if move.kind == kind)
        return list(dict.fromkeys(found))


def handover_note(
    order: Handover,
    moves: Sequence[Move],
    today: date,
    style: str = DateStyle.ISO,
    onboarding: Template | None = None,
) -> Document:
    """Return the note for a handover whose ``moves`` are those of ``handover_moves`` or ``hand_over``.

    The first steps are what is left of the checklist that the handover began for the successor; before it is written,
    they are those of the template ``onboarding``.
    """
    passed = _passed(order, moves, today, style)
    told, candid = latest_notes(passed.actions, passed.parts, today - timedelta(weeks=NOTE_WEEKS))
    known = others_in(passed.actions, passed.parts, {order.leaver, order.successor, *order.posts})
    sections = (
        _actions(passed),
        _wanting(passed),
        _listed("Reviews to come", _reviews(passed), _MOST),
        _listed("Seats and lists", passed.whats("seat"), _MOST),
        _listed("Risks and issues", _entries(passed), _MOST),
        _listed("Stands in no more for", passed.whats("alternate"), _MOST),
        _listed("Plans kept", passed.whats("plan"), _MOST),
        _listed("Measures to collect", passed.whats("measure"), _MOST),
        _listed("Agreements to ask for again", _agreements(passed), _MOST),
        _listed("First steps", _steps(order, onboarding), 2 * _MOST),
        _section("Who to know", known, _MOST_PEOPLE),
        _section("Said lately", note_items(told, style), _MOST_NOTES),
    )
    return paper(_title(passed), _facts(passed), sections, withheld=withheld_as_candid(notes=candid))


def _passed(order: Handover, moves: Sequence[Move], today: date, style: str) -> _Passed:
    kinds: dict[str, list[str]] = defaultdict(list)
    for move in moves:
        kind = move.what.partition(": ")[0]
        if move.kind == "role" and kind not in kinds[move.ref]:
            kinds[move.ref].append(kind)
    chosen = Action.number.in_(_numbers(kinds)) & is_live()
    query = DevelopmentArea.select(DevelopmentArea.uid, DevelopmentArea.title, Plan.name).join(Plan)
    names = Party.select(Party.uid, Party.name).where(Party.uid.in_([order.leaver, order.successor]))
    return _Passed(
        order,
        moves,
        dict(rows(names)),
        today,
        style,
        tuple(action_rows(None, chosen)),
        kinds,
        parts_of(Action.select(Action.uid).where(chosen), max(order.on, today)),
        {uid: (title, plan) for uid, title, plan in rows(query)},
    )


def _title(passed: _Passed) -> str:
    posts = passed.whats("post")
    return f"Handover: {few(posts, 2)}" if posts else f"Handover from {passed.names[passed.order.leaver]}"


def _facts(passed: _Passed) -> Iterator[tuple[str, str]]:
    order, names = passed.order, passed.names
    leaves = f", who leaves on {show_date(order.last_day, passed.style)}" if order.leaves else ""
    yield "From", names[order.leaver] + leaves
    yield "To", names[order.successor] + (" (acting)" if order.acting else "") if order.successor else "nobody yet"
    yield "From day", show_date(order.on, passed.style)
    yield "Posts" if len(passed.whats("post")) > 1 else "Post", "; ".join(passed.whats("post"))
    plans = dict.fromkeys(passed.places[row.area][1] for row in passed.actions)
    yield "Plans" if len(plans) > 1 else "Plan", "; ".join(plans)
    yield "As of", show_date(passed.today, passed.style)


def _actions(passed: _Passed) -> Section:
    """The most urgent ones, set out by area."""
    ranked = sorted(passed.actions, key=lambda row: (row.expected or date.max, row.number))
    first = {row.uid for row in ranked[:_MOST_ACTIONS]}
    lines = ((passed.places[row.area][0], _action(row, passed)) for row in passed.actions if row.uid in first)
    words = "" if passed.actions else "None."
    return Section("Open actions", words, items=tuple(gathered(lines)), more=more_words(len(ranked) - len(first)))


def _action(row: ActionRow, passed: _Passed) -> str:
    day = f"by {show_date(row.expected, passed.style)}" if row.expected else row.timescale_note or "no date"
    return f"{row.ref} {row.title}: {', '.join(passed.kinds[row.ref])}; {day}, {row.status}"


def _wanting(passed: _Passed) -> Section:
    late = [
        f"{row.ref} ({distance(row.expected, passed.today, past='late').removesuffix(' late')})"
        for row in sorted(passed.actions, key=lambda row: (row.expected or date.max, row.number))
        if row.expected and row.overdue(passed.today)
    ]
    waiting = [f"{row.ref} ({_needed(row, passed)})" for row in passed.actions if row.blocked]
    found = ((_LATE, late), (_BLOCKED, waiting))
    items = (Item(f"{word}: {few(refs, _MOST_ACTIONS)}", marked=word == _LATE) for word, refs in found if refs)
    return Section("Late or blocked", items=tuple(items))


def _needed(row: ActionRow, passed: _Passed) -> str:
    needs = (f"A-{needed.number}" for needed in passed.parts.get(row.uid, ActionParts()).needs if not needed.settled)
    return f"for {', '.join(needs)}"


def _reviews(passed: _Passed) -> Iterator[str]:
    """The day is that of the action's next checkpoint, whoever reviews it."""
    numbers = {move.ref: move.what.removeprefix("reviews: ") for move in passed.moves if move.kind == "review"}
    days = _next_reviews(numbers)
    for ref, title in sorted(numbers.items(), key=lambda pair: (days.get(pair[0], date.max), pair[0])):
        yield f"{ref} {title}" + (f", next on {show_date(days[ref], passed.style)}" if ref in days else "")


def _next_reviews(actions: Iterable[str]) -> dict[str, date]:
    """Return by reference of an action the first day on which it is still to be reviewed."""
    query = Checkpoint.select(Action.number, Checkpoint.due).join(Action)
    coming = Checkpoint.held_on.is_null() & Checkpoint.due.is_null(False)
    found: dict[str, date] = {}
    for number, due in rows(query.where(coming & Action.number.in_(_numbers(actions)))):
        ref = f"A-{number}"
        found[ref] = min(due, found.get(ref, due))
    return found


def _entries(passed: _Passed) -> Iterator[str]:
    """The note leaves the house: of what is candid it tells the kind alone."""
    moved = [move for move in passed.moves if move.kind == "entry"]
    candid = RegisterEntry.uid.in_([move.uid for move in moved]) & (RegisterEntry.candour == Candour.CANDID.value)
    kept = {uid for (uid,) in rows(RegisterEntry.select(RegisterEntry.uid).where(candid))}
    for move in moved:
        kind = move.what.partition(": ")[0]
        yield f"{move.ref} {f'{kind}, told in the house only' if move.uid in kept else move.what}"


def _numbers(refs: Iterable[str]) -> list[int]:
    return [int(ref.removeprefix("A-")) for ref in refs]


def _agreements(passed: _Passed) -> Iterator[str]:
    """Yield the plans in which the moves bring duties that somebody must agree to, and who that is."""
    whose = passed.names.get(passed.order.successor) or "whoever follows"
    carried = {row.area for row in passed.actions if any(kind in CARRYING for kind in passed.kinds[row.ref])}
    by_role = {passed.places[area][1] for area in carried}
    query = Plan.select(Plan.name, Plan.version, Party.name).left_outer_join(
        Party, on=(Plan.convening_group == Party.uid)
    )
    seats = passed.whats("seat")
    for plan, version, group in rows(query.order_by(Plan.number)):
        if plan in by_role or (group and any(seat.startswith(f"{group}, ") for seat in seats)):
            yield f"{plan}, version {version}: {whose}"


def _steps(order: Handover, onboarding: Template | None) -> list[str]:
    """Return what is left of the newcomer's checklist, or all of the template while there is none."""
    done = [Rating.IN_PLACE.value, Rating.NOT_APPLICABLE.value]
    begun = (ChecklistRun.party == order.successor) & (ChecklistRun.kind == ChecklistKind.ONBOARDING.value)
    query = ChecklistItem.select(ChecklistItem.text, ChecklistItem.rating).join(ChecklistRun)
    items = rows(query.where(begun & (ChecklistRun.started_on == order.on)).order_by(ChecklistItem.position))
    if items or onboarding is None or not order.successor:
        return [text for text, rating in items if rating not in done]
    return [item.text for item in onboarding.items]


def _listed(title: str, lines: Iterable[str], most: int) -> Section:
    return _section(title, map(Item, lines), most)


def _section(title: str, items: Iterable[Item], most: int) -> Section:
    kept, more = shortened(items, most)
    return Section(title, items=kept, more=more)
