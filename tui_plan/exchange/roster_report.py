"""Telling in plain text what bringing a roster in does: what a dry run prints. The command line and screens call it.

The texts were cleaned when they were read; whoever prints the lines cleans them again.
"""

from collections.abc import Iterable, Iterator

from tui_plan.exchange.roster_entries import Addition, Difference, KnownParty, NewParty, RosterOutcome, RosterReading
from tui_plan.exchange.sheet_report import short, wrapped

_MOST_TOLD = 500


def roster_report_lines(reading: RosterReading, outcome: RosterOutcome) -> list[str]:
    """Return the whole report as lines of at most 80 characters, without colour."""
    sections = (
        [short(reading.name), *_wrapped(f"{remark}." for remark in reading.remarks), *_wrapped([_summary(outcome)])],
        _section("Columns", _columns(reading)),
        _section("New", (short(f"  {_place(outcome, one.number)}{_new(one)}") for one in outcome.new)),
        _section(
            "On the roster already", (short(f"  {_place(outcome, one.number)}{_known(one)}") for one in outcome.known)
        ),
        _section("What they get that they lacked", _additions(outcome)),
        _section("Said otherwise, and left as it is on the roster", _wrapped(map(_difference, outcome.differences))),
        _section("Needs a look", _wrapped(map(outcome.told, outcome.looks))),
        _section("To be mended first", _wrapped(map(outcome.told, outcome.problems))),
    )
    return [line for section in sections for line in section]


def _summary(outcome: RosterOutcome) -> str:
    if outcome.problems:
        return "Nothing can be brought in before it is mended."
    if outcome.changes_nothing:
        return "The roster has it all already."
    counts = (f"{len(outcome.new):,} new", f"{len({one.uid for one in outcome.additions}):,} who get what they lacked")
    return f"{', '.join(counts)}."


def _section(title: str, lines: Iterable[str]) -> list[str]:
    told = list(lines)
    more = [f"  … and {len(told) - _MOST_TOLD:,} more lines"] if len(told) > _MOST_TOLD else []
    return ["", title, *told[:_MOST_TOLD], *more] if told else []


def _columns(reading: RosterReading) -> Iterator[str]:
    width = min(max((len(column.heading) for column in reading.columns), default=0), 36)
    for column in reading.columns:
        became = column.field or f"left out{f' ({column.remark})' if column.remark else ''}"
        yield short(f"  {short(column.heading or 'no heading', width):<{width}}  → {became}")


def _place(outcome: RosterOutcome, number: int) -> str:
    return f"{outcome.unit} {number}".ljust(len(outcome.unit) + 7)


def _new(one: NewParty) -> str:
    return f"{one.kind} {one.name}" + (f", {one.organisation}" if one.organisation else "")


def _known(one: KnownParty) -> str:
    return f"{one.kind} {one.name}, by {one.by}"


def _additions(outcome: RosterOutcome) -> Iterator[str]:
    by_party: dict[str, list[Addition]] = {}
    for addition in outcome.additions:
        by_party.setdefault(addition.uid, []).append(addition)
    for some in by_party.values():
        yield from wrapped(f"{some[0].name}: {'; '.join(addition.what for addition in some)}")


def _difference(one: Difference) -> str:
    return f"{one.name}, {one.what}: “{one.in_file}” in the file, “{one.on_roster}” on the roster."


def _wrapped(texts: Iterable[str]) -> list[str]:
    return [line for text in texts for line in wrapped(text)]
