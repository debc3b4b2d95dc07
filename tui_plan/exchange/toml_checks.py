"""What must agree between the values of a file: dates in order, one of each name, no circles, meetings on their rule.

Only the TOML reader calls this, after every value by itself has been checked. It follows the rules of ``operations``.
"""

from collections.abc import Callable, Iterable, Iterator
from datetime import date
from graphlib import CycleError, TopologicalSorter
from typing import Any

from tui_plan.exchange import toml_checks_of_people, toml_checks_of_stages
from tui_plan.exchange.toml_checks_of_people import check_people
from tui_plan.exchange.toml_checks_of_stages import check_stages, say_candour
from tui_plan.exchange.toml_links import Draft
from tui_plan.exchange.toml_problems import Problems
from tui_plan.model.base import Record
from tui_plan.model.errors import InvalidInput
from tui_plan.model.meeting import Meeting, MeetingSeries
from tui_plan.model.people import Membership, Party, Tenure
from tui_plan.model.plan import Action, Dependency, Plan
from tui_plan.model.schema import LETTERS
from tui_plan.model.vocabulary import PartyKind
from tui_plan.operations.actions import check_dates
from tui_plan.operations.checking import in_order
from tui_plan.operations.meetings import check_series

Row = dict[str, Any]


def check_together(draft: Draft, problems: Problems) -> None:
    """Note every contradiction between the values of a document."""
    say_candour(draft)
    _check_identities(draft, problems)
    _each(draft, problems, Plan, _check_period)
    _each(draft, problems, Tenure, _check_period)
    _each(draft, problems, Action, _check_action)
    _each(draft, problems, MeetingSeries, check_series)
    for model, check in {**toml_checks_of_people.ALONE, **toml_checks_of_stages.ALONE}.items():
        _each(draft, problems, model, check)
    _check_party_names(draft, problems)
    _check_circles(draft, problems)
    check_people(draft, problems)
    check_stages(draft, problems)
    _check_occurrences(draft, problems)


def _each(draft: Draft, problems: Problems, model: type[Record], check: Callable[[Row], None]) -> None:
    for row in draft.rows[model]:
        if row["uid"] not in draft.unsound:
            try:
                check(row)
            except InvalidInput as problem:
                problems.add(draft.where(row), str(problem))


def _check_period(row: Row) -> None:
    in_order(("the start", row["start"]), ("The end", row["end"]), "end")


def _check_action(row: Row) -> None:
    """The first agreed date is the baseline, as for an action typed by hand; the actual date waits for today."""
    if row["agreed"] and not row["baseline"]:
        row["baseline"] = row["agreed"]
    check_dates(row, date.max)


def _check_identities(draft: Draft, problems: Problems) -> None:
    uids: set[str] = set()
    numbers: set[tuple[str, int]] = set()
    for model, many in draft.rows.items():
        for row in many:
            if row["uid"] in uids:
                problems.add(draft.where(row), f"the uid {row['uid']} stands at something else as well.")
            uids.add(row["uid"])
            letter, number = LETTERS.get(model, ""), row.get("number")
            if letter and number is not None:
                if (letter, number) in numbers:
                    problems.add(draft.where(row), f"{letter}-{number} stands at something else as well.")
                numbers.add((letter, number))


def _check_party_names(draft: Draft, problems: Problems) -> None:
    """Two persons may share a name; two organisations, groups, or posts of one organisation may not."""
    seen: set[tuple[str, ...]] = set()
    for row in draft.rows[Party]:
        home = str(row["organisation"]) if row["kind"] == PartyKind.POST else ""
        named = (row["kind"], row["name_key"], home)
        if named in seen and row["kind"] != PartyKind.PERSON and row["uid"] not in draft.unsound:
            problems.add(draft.where(row), f"there are two of the kind {row['kind']} with this name; rename one.")
        seen.add(named)


def _check_circles(draft: Draft, problems: Problems) -> None:
    actions = {row["uid"]: row for row in draft.rows[Action]}
    ties = [(row["action"], row["needs"]) for row in draft.rows[Dependency] if row["needs"] in actions]
    circle = _circle(ties)
    if circle:
        names = " → ".join(_quoted(actions[uid]) for uid in circle[:8]) + (" → …" if len(circle) > 8 else "")
        problems.add(draft.where(actions[circle[0]]), f"its dependencies make a circle: {names}.")
    parties = {row["uid"]: row for row in draft.rows[Party]}
    for ties, sentence in _ties_of_people(draft):
        circle = _circle(tie for tie in ties if tie[1] in parties)
        if circle:
            problems.add(draft.where(parties[circle[0]]), sentence)


def _ties_of_people(draft: Draft) -> Iterator[tuple[list[tuple[str, str]], str]]:
    """Yield what makes a circle where people belong to, report to or sit in one another, and what is said of it."""
    homes = [(row["uid"], row["organisation"]) for row in draft.rows[Party]]
    yield homes, "this organisation belongs to itself in the end."
    above = [(row["uid"], row["reports_to"]) for row in draft.rows[Party]]
    yield above, "this post would report to itself in the end; choose another."
    seats = [(row["group"], row["member"]) for row in draft.rows[Membership]]
    yield seats, "a group cannot be a member of itself, directly or through another group."


def _circle(ties: Iterable[tuple[str, str]]) -> list[str]:
    """Return the first circle in what needs what, its first member again at the end, or nothing."""
    sorter: TopologicalSorter[str] = TopologicalSorter()
    for here, needed in ties:
        sorter.add(here, needed)
    try:
        sorter.prepare()
    except CycleError as error:
        found: list[str] = error.args[1]
        return found[::-1]
    return []


def _check_occurrences(draft: Draft, problems: Problems) -> None:
    taken: set[tuple[Any, ...]] = set()
    for row in draft.rows[Meeting]:
        occurrence = (row.get("series"), row.get("original_start"))
        if row.get("series") and occurrence in taken:
            problems.add(draft.where(row), "another meeting of this series has the same original_start.")
        taken.add(occurrence)


def _quoted(row: Row) -> str:
    title = row["title"] or ""
    return f"“{title if len(title) <= 40 else title[:39].rstrip() + '…'}”"
