"""What the register and the evaluation plan leave undone, as findings for ``linting``; two queries for any size.

Only what is of the plan itself is looked at: entries that name no plan are nobody's to mend there.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date

from tui_plan.insight.action_rows import SETTLED
from tui_plan.insight.evaluation import MeasureRow
from tui_plan.insight.findings import Finding
from tui_plan.insight.people_on import PeopleOn
from tui_plan.insight.register import HIGH_FROM, EntryLine, register_entries
from tui_plan.model.base import rows
from tui_plan.model.plan import Action
from tui_plan.model.register import EntryLink, RegisterEntry
from tui_plan.model.vocabulary import EntryKind, PartyKind, Response

_LOOKED_AT = (EntryKind.RISK, EntryKind.ISSUE, EntryKind.LESSON)


def register_findings(plan: str, people: PeopleOn) -> Iterator[Finding]:
    """Yield what is undone about risks, issues and lessons, as of the day of ``people``."""
    found = register_entries(None, _LOOKED_AT, RegisterEntry.plan == plan)
    entries = sorted((line for line in found if line.closed_on is None), key=lambda line: line.number)
    answered = _answered(plan)
    for line in entries:
        if line.kind == EntryKind.RISK:
            yield from _risk(line, answered[line.uid], people.day)
        elif line.kind == EntryKind.ISSUE and line.overdue(people.day):
            yield _finding("late decision", line, f"Its decision was needed by {line.due}: decide, or say when.")
        elif line.kind == EntryKind.LESSON and not line.disposition:
            yield _finding("open lesson", line, "Nobody has said whether to keep, change or drop it.")
        if line.kind != EntryKind.LESSON:
            yield from _owner(line, people)


def late_data(measures: Iterable[MeasureRow], today: date) -> Iterator[Finding]:
    """Yield the outcome measures whose data should be there by now."""
    for row in measures:
        if row.overdue(today):
            yield Finding("late data", row.action_ref, row.statement, f"Its data was due on {row.next_due}.")


def _risk(line: EntryLine, live: int, today: date) -> Iterator[Finding]:
    if line.response == Response.TREAT and not line.actions:
        yield _finding("untreated risk", line, "It is to be treated, but no action does so: make one.")
    elif (line.score or 0) >= HIGH_FROM and not live:
        yield _finding("high risk", line, f"It scores {line.score}, and no open action answers it.")
    if line.overdue(today):
        yield _finding("late review", line, f"It was to be looked at again on {line.due}.")


def _owner(line: EntryLine, people: PeopleOn) -> Iterator[Finding]:
    """What is owned by who has left, or by a post that nobody holds."""
    head = people.parties.get(line.party or "")
    if head is None:
        return
    if head.kind == PartyKind.POST and not people.holdings.get(head.uid):
        yield _finding(f"{line.kind} owner left", line, f"{line.party_name} is held by nobody: say who owns it now.")
    elif head.is_gone(people.day):
        sentence = f"{line.party_name} left on {head.left_on}: say who owns it now."
        yield _finding(f"{line.kind} owner left", line, sentence)


def _answered(plan: str) -> Counter[str]:
    """Return how many open actions each entry of a plan leads to."""
    query = (
        EntryLink.select(EntryLink.entry)
        .join(RegisterEntry, on=(EntryLink.entry == RegisterEntry.uid))
        .switch(EntryLink)
        .join(Action, on=(EntryLink.action == Action.uid))
        .where((RegisterEntry.plan == plan) & Action.status.not_in([status.value for status in SETTLED]))
    )
    return Counter(entry for (entry,) in rows(query))


def _finding(rule: str, line: EntryLine, sentence: str) -> Finding:
    return Finding(rule, line.ref, line.title, sentence)
