"""A page for anybody to take home: actions, risks, reviews, data, meetings, checklists, groups, and who else is there.

Called by the command line and the screens, which hand the value to a writer of ``document``; ``personal_calendar`` is
the same as a calendar. It reads no contact details, remarks or reasons; what is candid is counted and left out.
"""

from collections import defaultdict
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from tui_plan.exchange.calendar_scope import Scope, party_scope
from tui_plan.exchange.candour import withheld_as_candid
from tui_plan.exchange.document import Document, Item, Row, Section, Table, paper, shortened
from tui_plan.exchange.people_words import (
    action_state,
    few,
    latest_notes,
    note_items,
    others_in,
    post_words,
    seated_name,
)
from tui_plan.exchange.personal_duties import data_to_collect, owned_entries
from tui_plan.insight.action_parts import ActionParts, parts_of
from tui_plan.insight.action_rows import SETTLED, ActionRow, action_rows
from tui_plan.insight.checklists import RunLine, checklist_runs
from tui_plan.insight.gatherings import gatherings, series_of
from tui_plan.insight.people_on import Head, PeopleOn
from tui_plan.model.base import rows
from tui_plan.model.checklist import ChecklistItem
from tui_plan.model.date_words import DateStyle, distance, show_date, weekday
from tui_plan.model.meeting import MeetingSeries
from tui_plan.model.plan import Action, Checkpoint, DevelopmentArea, Plan, Role
from tui_plan.model.vocabulary import ChecklistKind, PartyKind, Rating, RoleKind

WEEKS = 8
"""How far ahead meetings are told."""

_MOST_DONE, _MOST_NOTES, _MOST_PEOPLE, _MOST_NAMES = 8, 6, 15, 12
_RACI = tuple(RoleKind)
_SETTLED = frozenset({Rating.IN_PLACE, Rating.NOT_APPLICABLE})


@dataclass(frozen=True, slots=True)
class _Mine:
    """Everything that the page tells of one party. ``roles`` are in words, ``plans`` the names of plans, by action."""

    head: Head
    people: PeopleOn
    scope: Scope
    today: date
    style: str
    live: tuple[ActionRow, ...]
    settled: tuple[ActionRow, ...]
    roles: dict[str, str]
    plans: dict[str, str]
    parts: dict[str, ActionParts]

    def titled(self, what: str) -> str:
        """Return "My actions" for a person, "Actions" for all others."""
        return f"My {what}" if self.head.kind == PartyKind.PERSON else what.capitalize()


def personal_page(party: str, today: date, style: str = DateStyle.ISO) -> Document:
    """Return the page of a person, post, group or organisation as it stands today; ``NotFound`` if it is gone.

    It covers what the calendar of ``party_scope`` covers.
    """
    mine = _gathered(party, today, style)
    owned = owned_entries(mine.scope.parties, mine.titled("risks and issues"), today, style)
    sections = (
        _actions(mine),
        owned.section,
        _reviews(mine),
        data_to_collect(mine.scope.parties, mine.titled("data to collect"), today, WEEKS, style),
        _meetings(mine),
        _checklists(mine),
        _groups(mine),
        _others(mine),
        _notes(mine),
        _done(mine),
    )
    _, candid = latest_notes(mine.live, mine.parts)
    withheld = withheld_as_candid(entries=owned.withheld, notes=candid)
    return paper(mine.head.name, _facts(mine), sections, withheld=withheld)


def personal_calendar(party: str, today: date) -> bytes:
    """Return a party's dates and meetings as a calendar file; ``NotFound`` if it is gone."""
    from tui_plan.exchange.calendar_export import calendar_contents, export_ics

    return export_ics(calendar_contents(party_scope(party, today), today))


def _gathered(party: str, today: date, style: str) -> _Mine:
    people = PeopleOn(today)
    scope = party_scope(party, today, people=people)
    found = action_rows(None, scope.actions)
    live = sorted(
        (row for row in found if row.status not in SETTLED), key=lambda row: (row.expected or date.max, row.number)
    )
    settled = sorted(
        (row for row in found if row.status in SETTLED), key=lambda row: (row.actual or date.min, row.number)
    )
    return _Mine(
        people.parties[party],
        people,
        scope,
        today,
        style,
        tuple(live),
        tuple(reversed(settled)),
        _roles(party, scope, people),
        dict(rows(DevelopmentArea.select(DevelopmentArea.uid, Plan.name).join(Plan))),
        parts_of(Action.select(Action.uid).where(scope.actions), today),
    )


def _roles(party: str, scope: Scope, people: PeopleOn) -> dict[str, str]:
    """Return by action what the party is in it, and through whom: "accountable (Registrar), consulted"."""
    query = Role.select(Role.action, Role.kind, Role.party).where(
        Role.party.in_(sorted(scope.parties)) & Role.checkpoint.is_null()
    )
    found: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for action, kind, by in sorted(rows(query), key=lambda row: (_RACI.index(RoleKind(row[1])), row[2] != party)):
        found[action][kind].append("" if by == party else people.name(by))
    return {
        action: ", ".join(f"{kind} ({', '.join(through)})" if all(through) else kind for kind, through in kinds.items())
        for action, kinds in found.items()
    }


def _facts(mine: _Mine) -> Iterator[tuple[str, str]]:
    head, people = mine.head, mine.people
    yield "Organisation", people.name(head.organisation)
    if head.kind == PartyKind.POST:
        yield "Held by", people.holder_words(head.uid)
    held = [post_words(post, head.uid, people, mine.style) for post in people.posts.get(head.uid, ())]
    yield "Posts" if len(held) > 1 else "Post", ", ".join(held)
    plans = dict.fromkeys(mine.plans[row.area] for row in mine.live)
    yield "Plans" if len(plans) > 1 else "Plan", "; ".join(plans)
    yield "Date", show_date(mine.today, mine.style)


def _actions(mine: _Mine) -> Section:
    table = Table(("Day", "Action", "Role", "State"), tuple(_action(row, mine) for row in mine.live))
    return Section(mine.titled("actions"), "" if mine.live else "Nothing is open.", table)


def _action(row: ActionRow, mine: _Mine) -> Row:
    several = len({mine.plans[each.area] for each in mine.live}) > 1
    plan = f" ({mine.plans[row.area]})" if several else ""
    day = show_date(row.expected, mine.style) or row.timescale_note or "no date"
    state = action_state(row, mine.parts.get(row.uid, ActionParts()), mine.today)
    return Row((day, f"{row.ref} {row.title}{plan}", mine.roles.get(row.uid, ""), state), row.overdue(mine.today))


def _done(mine: _Mine) -> Section:
    lines = (
        Item(" ".join(filter(None, [f"{row.ref} {row.title}: {row.status}", show_date(row.actual, mine.style)])))
        for row in mine.settled
    )
    items, more = shortened(lines, _MOST_DONE)
    return Section("Done with", items=items, more=more)


def _reviews(mine: _Mine) -> Section:
    query = (
        Checkpoint.select(Checkpoint.due, Action.number, Action.title, Checkpoint.method)
        .join(Action)
        .switch(Checkpoint)
        .join(Role, on=(Role.checkpoint == Checkpoint.uid))
        .where(Role.party.in_(sorted(mine.scope.parties)) & Checkpoint.held_on.is_null())
        .where(Action.status.not_in([status.value for status in SETTLED]))
        .distinct()
    )
    found = sorted(rows(query), key=lambda row: (row[0] or date.max, row[1]))
    lines = tuple(
        Row((show_date(due, mine.style) or "no date", f"A-{number} {title}", method), bool(due and due < mine.today))
        for due, number, title, method in found
    )
    return Section(mine.titled("reviews"), table=Table(("Day", "Action", "How"), lines).filled())


def _meetings(mine: _Mine) -> Section:
    last = mine.today + timedelta(weeks=WEEKS)
    series = {uid for (uid,) in rows(MeetingSeries.select(MeetingSeries.uid).where(mine.scope.series))}
    groups = {line.uid: line.group for line in series_of()} if series else {}
    lines = tuple(
        Row(
            (
                f"{weekday(each.start)} {show_date(each.start.date(), mine.style)}, {each.start:%H:%M}",
                f"{each.ref} {each.title}" + (f" ({each.difference})" if each.difference else ""),
                groups[each.series] if groups[each.series] != each.title else "",
                each.place,
            )
        )
        for each in gatherings(mine.today, last)
        if each.series in series
    )
    words = "" if lines else f"None until {show_date(last, mine.style)}."
    title = mine.titled("meetings") + (f" until {show_date(last, mine.style)}" if lines else "")
    return Section(title, words, Table(("When", "Meeting", "Group", "Place"), lines).filled())


def _checklists(mine: _Mine) -> Section:
    """A run about a newcomer is theirs, not that of the post they come into."""
    runs = [run for run in checklist_runs(mine.head.uid) if run.finished_on is None and run.about == mine.head.name]
    left = _left_to_do(runs)
    items = tuple(Item(_run(run, mine), tuple(left[run.uid]), run.overdue(mine.today)) for run in runs)
    return Section(mine.titled("checklists"), items=items)


def _run(run: RunLine, mine: _Mine) -> str:
    due = f", due {show_date(run.due, mine.style)}" if run.due else ""
    late = f", {distance(run.due, mine.today, past='late')}" if run.due and run.overdue(mine.today) else ""
    return f"{run.ref} {run.title}: {run.progress}{due}{late}"


def _left_to_do(runs: Collection[RunLine]) -> dict[str, list[str]]:
    """Return by run the items that are not settled; of an assessment those that are not rated."""
    assessed = {run.uid for run in runs if run.kind == ChecklistKind.STAGE}
    query = ChecklistItem.select(ChecklistItem.run, ChecklistItem.text, ChecklistItem.rating).where(
        ChecklistItem.run.in_([run.uid for run in runs])
    )
    found: dict[str, list[str]] = defaultdict(list)
    for run, text, rating in rows(query.order_by(ChecklistItem.position)):
        if not rating or (run not in assessed and rating not in _SETTLED):
            found[run].append(text)
    return found


def _groups(mine: _Mine) -> Section:
    """The names of who sits beside them; of a group itself, all who sit in it."""
    own = (mine.head.uid,) if mine.head.kind == PartyKind.GROUP else ()
    groups = (*own, *mine.people.groups_of(mine.head.uid))
    carriers = {mine.head.uid, *mine.people.posts.get(mine.head.uid, ())}
    items = tuple(Item(_group(group, carriers, mine.people)) for group in groups)
    return Section("Who sits in it" if own else mine.titled("groups"), items=items)


def _group(group: str, carriers: set[str], people: PeopleOn) -> str:
    seats = people.seats(group)
    mine = dict.fromkeys(seat.seat for seat in seats if seat.member in carriers)
    seat = ", ".join(word for word in mine if word not in {"", "member"})
    names = [seated_name(seat, people) for seat in seats if seat.member not in carriers]
    head = people.name(group) + (f" ({seat})" if seat else "")
    return ": ".join(filter(None, [head, few(names, _MOST_NAMES)]))


def _others(mine: _Mine) -> Section:
    items, more = shortened(others_in(mine.live, mine.parts, mine.scope.parties), _MOST_PEOPLE)
    return Section("Who else is in these actions", items=items, more=more)


def _notes(mine: _Mine) -> Section:
    told, _ = latest_notes(mine.live, mine.parts)
    items, more = shortened(note_items(told, mine.style), _MOST_NOTES)
    return Section("Said about these actions", items=items, more=more)
