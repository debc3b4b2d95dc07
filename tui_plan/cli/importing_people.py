"""``import --roster``: bringing people in from a sheet or from vCards, after showing who is new and who is known."""

from collections.abc import Iterable, Iterator
from pathlib import Path
from textwrap import wrap
from typing import TYPE_CHECKING, Any

from tui_plan.cli.asking import agreed
from tui_plan.cli.output import columns, counted, crop, patience
from tui_plan.insight.lapse_words import lapse_words
from tui_plan.model.clean import clean
from tui_plan.model.dates import DateOrder
from tui_plan.model.errors import InvalidInput
from tui_plan.operations.rehearsing import lapses_of

if TYPE_CHECKING:
    from tui_plan.cli.call import Call
    from tui_plan.exchange.roster_columns import RosterColumn
    from tui_plan.exchange.roster_entries import RosterOutcome, RosterReading

VCARDS = {".vcf", ".vcard"}
_LOOK = "Needs a look"


def bring_people_in(call: "Call", path: Path) -> int:
    """Bring in the people of a file; whoever is on the roster already gets only what they lack."""
    from tui_plan.exchange.roster_import import import_roster, rehearse_roster

    _check_options(call)
    with patience(f"Reading {path.name}"):
        reading = _read(call, path)
        foreseen = rehearse_roster(reading, today=call.today)
    if not call.json:
        _tell(call, reading, foreseen, whole=call.dry or not call.options.yes)
    foreseen.require_sound(reading.name)
    if foreseen.changes_nothing:
        nothing = "Nothing was brought in." if foreseen.looks else "Nothing new: the roster has it all."
        return _answer(call, reading, foreseen, nothing)
    lapses = lapses_of(import_roster, call.author(), reading, today=call.today)
    if lapses and not call.json:
        call.page.say(lapse_words(lapses))
    if not agreed(call, _question(reading, foreseen), "Add --yes to bring it in, or --dry-run to look only."):
        return 0
    with patience(f"Bringing in {reading.name}"):
        done = import_roster(call.author(), reading, today=call.today)
    head = "Would bring in" if call.dry else "Brought in"
    told = f"{len(done.new)} new on the roster, {counted(len(done.additions), 'addition')} to who was there."
    return _answer(call, reading, done, f"{head} {reading.name}: {told} 'tui-plan duplicates' shows who may be twice.")


def _read(call: "Call", path: Path) -> "RosterReading":
    from tui_plan.exchange.roster_reading import read_roster
    from tui_plan.exchange.sheet_columns import parse_mapping

    said = call.options
    order = DateOrder(said.dates) if said.dates else call.config.date_order
    return read_roster(path, sheet=said.sheet, mapping=parse_mapping(said.map), order=order)


def _check_options(call: "Call") -> None:
    said = call.options
    wrong = {
        "--plan": said.plan,
        "--as": said.kinds,
        "--name": said.name,
        "--prefer-file": said.prefer_file,
        "--withdraw-missing": said.withdraw_missing,
        "--as-copy": said.as_copy,
    }
    for option, is_wrong in wrong.items():
        if is_wrong:
            raise InvalidInput(f"{option} is for plans; leave it out when you bring people in.")


def _question(reading: "RosterReading", foreseen: "RosterOutcome") -> str:
    additions = counted(len(foreseen.additions), "addition")
    return f"Bring in {reading.name}: {len(foreseen.new)} new, {additions} to who is there?"


def _tell(call: "Call", reading: "RosterReading", outcome: "RosterOutcome", *, whole: bool) -> None:
    """Print the whole report, or only what needs a look: nothing tells of that later."""
    page = call.page
    if whole:
        page.line(
            page.paint(crop(f"{reading.name}: {counted(len(reading.entries), reading.unit)}", page.width), "bold")
        )
        for remark in reading.remarks:
            page.say(f"{remark}.")
    for title, lines in _sections(call, reading, outcome):
        many = list(lines) if whole or title == _LOOK else []
        if many:
            page.line(f"{title} ({len(many)})")
        for line in (line for one in many for line in one.split("\n")):
            page.line(line)


def _sections(call: "Call", reading: "RosterReading", outcome: "RosterOutcome") -> Iterator[tuple[str, Iterable[str]]]:
    def line(*cells: tuple[str, int], rest: str = "") -> str:
        return columns(call.page.width, ("", 1), *cells, rest=rest)

    def sentence(text: str) -> str:
        width = call.page.width
        return "\n".join(
            wrap(clean(text), width, initial_indent="  ", subsequent_indent="    ", break_on_hyphens=False)
        )

    half = call.page.width // 2 - 2
    yield (
        "Columns",
        (line((one.heading or f"Column {one.index + 1}", 30), rest=_became(one)) for one in reading.columns),
    )
    yield "New", (line((one.kind, 12), (one.name, half), rest=one.organisation) for one in outcome.new)
    yield "On the roster already", (line((one.kind, 12), (one.name, half), rest=one.by) for one in outcome.known)
    yield "What they get", (line((one.name, 26), rest=one.what) for one in outcome.additions)
    differs = outcome.differences
    yield (
        "Differs: the roster stands",
        (line((one.name, 26), rest=f"{one.what}: {one.in_file} in the file, {one.on_roster} here") for one in differs),
    )
    yield _LOOK, (sentence(outcome.told(one)) for one in outcome.looks)
    yield "To be mended first", (sentence(outcome.told(one)) for one in outcome.problems)


def _became(column: "RosterColumn") -> str:
    return f"→ {column.field or 'left out'}" + (f" ({column.remark})" if column.remark else "")


def _answer(call: "Call", reading: "RosterReading", outcome: "RosterOutcome", told: str) -> int:
    if call.json:
        call.page.json(_shape(call, reading, outcome))
    else:
        call.page.say(told)
    return 0


def _shape(call: "Call", reading: "RosterReading", outcome: "RosterOutcome") -> dict[str, Any]:
    place = reading.unit
    return {
        "file": reading.name,
        "columns": [{"heading": one.heading, "field": one.field} for one in reading.columns],
        "new": [
            {"uid": one.uid, "kind": one.kind, "name": one.name, "organisation": one.organisation or None}
            | {place: one.number}
            for one in outcome.new
        ],
        "known": [
            {"uid": one.uid, "kind": one.kind, "name": one.name, "by": one.by, place: one.number}
            for one in outcome.known
        ],
        "additions": [
            {"uid": one.uid, "name": one.name, "what": one.what, place: one.number} for one in outcome.additions
        ],
        "differences": [
            {"uid": one.uid, "name": one.name, "what": one.what, "in_file": one.in_file, "on_roster": one.on_roster}
            | {place: one.number}
            for one in outcome.differences
        ],
        "looks": [outcome.told(one) for one in outcome.looks],
        "remarks": list(reading.remarks),
        "dry_run": call.dry,
    }
