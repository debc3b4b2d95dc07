"""``evaluation`` and ``reading``: outcome measures with their course, data that is due, first outcomes, quick wins."""

import re
from decimal import Decimal
from textwrap import wrap
from typing import TYPE_CHECKING

from tui_plan.cli.lists import action_line
from tui_plan.cli.measures_named import measure_called
from tui_plan.cli.momentum_shapes import amount, first_shape, measure_shape, win_shape
from tui_plan.cli.output import columns, crop, percent
from tui_plan.insight.evaluation import (
    FirstOutcome,
    MeasureRow,
    evaluation,
    first_outcomes,
    measures_of,
    quick_wins,
    sparkline,
)
from tui_plan.model.clean import clean
from tui_plan.model.errors import InvalidInput

if TYPE_CHECKING:
    from tui_plan.cli.call import Call

_INDENT = 9
_NUMBER = re.compile(r"[-+]?\d{1,15}(\.\d{1,15})?", re.ASCII)


def evaluation_now(call: "Call") -> int:
    """List outcome measures, first outcomes or quick wins; 1 when data is overdue."""
    said = call.options
    if said.first:
        return _first(call)
    if said.quick_wins:
        return _wins(call)
    with call.reading():
        found = evaluation(call.today, call.plan())
    shown = [row for row in found if row.overdue(call.today)] if said.overdue else found
    if call.json:
        call.page.json({"today": call.today, "measures": [measure_shape(row, call.today) for row in shown]})
    for row in () if call.json else shown:
        _tell(call, row)
    if not shown and not call.json:
        call.page.line(
            "No data is overdue." if found else "No outcome measure yet. Add one to an action in the terminal."
        )
    return int(any(row.overdue(call.today) for row in shown))


def reading(call: "Call") -> int:
    """Write down a reading of an outcome measure, and show how the measure stands."""
    from tui_plan.insight.finding import find_record
    from tui_plan.model.plan import Action
    from tui_plan.operations.parts import add_reading

    said = call.options
    value = _number(said.value) if said.value is not None else None
    with call.writing():
        measure = measure_called(said.ref)
        author, on = call.author(said.said_by, said.channel), call.day(said.on) or call.today
        uid = add_reading(author, measure, taken_on=on, value=value, evidence=said.evidence, remark=said.remark)
        action = find_record(said.ref.partition(":")[0], Action).uid
        row = next(row for row in measures_of(action) if row.uid == measure)
    if call.json:
        call.page.json({"reading": uid, **measure_shape(row, call.today), "dry_run": call.dry})
    else:
        _tell(call, row)
    return 0


def _number(text: str) -> Decimal:
    typed = clean(text).replace(" ", "")
    if not _NUMBER.fullmatch(typed):
        raise InvalidInput(f"“{text}” is no number: write one such as 64 or 64.5; words go with --remark.")
    return Decimal(typed)


def _tell(call: "Call", row: MeasureRow) -> None:
    page = call.page
    sign = page.paint("!", "red") if row.overdue(call.today) else "✓" if row.reached else " "
    page.line(f"{sign} {columns(page.width - 2, (row.action_ref, 6), rest=row.statement)}")
    course = sparkline(row.values)
    page.line(
        columns(page.width, ("", _INDENT - 1), rest=f"{course} {_course(call, row)}" if course else "no value yet")
    )
    for words in filter(None, (_data(call, row), row.method)):
        for line in wrap(clean(words), page.width, initial_indent=" " * _INDENT, subsequent_indent=" " * _INDENT):
            page.line(line)


def _course(call: "Call", row: MeasureRow) -> str:
    """Return where a measure stands: the latest value and its day, where it comes from, where it shall go."""
    latest = row.latest
    told = [f"{_with_unit(latest.value, row.unit)} on {call.shown(latest.taken_on)}"] if latest is not None else []
    told += [f"from {amount(row.baseline)}"] if row.baseline is not None else []
    told += [f"target {amount(row.target)}"] if row.target is not None else []
    told += (
        ["reached"] if row.reached else [f"{percent(max(row.share, 0))} of the way"] if row.share is not None else []
    )
    return ", ".join(told)


def _with_unit(value: Decimal | None, unit: str) -> str:
    return f"{amount(value)} {unit}".strip()


def _data(call: "Call", row: MeasureRow) -> str:
    """Return when data is due next, and who collects it."""
    who = f", {row.collector} collects it" if row.collector else ""
    if row.next_due is None:
        return f"no data is due{who}" if row.collector else ""
    word = "data overdue since" if row.overdue(call.today) else "data due"
    return f"{word} {call.shown(row.next_due)}{who}"


def _first(call: "Call") -> int:
    with call.reading():
        found = [line for plan in call.plans() for line in first_outcomes(call.today, plan)]
    if call.json:
        call.page.json({"today": call.today, "areas": [first_shape(line) for line in found]})
        return 0
    for line in found:
        call.page.line(columns(call.page.width, (line.ref, 5), rest=line.title))
        call.page.line("      " + crop(_seen(call, line), call.page.width - 6))
    if not found:
        call.page.line("No development area yet.")
    return 0


def _seen(call: "Call", line: FirstOutcome) -> str:
    if line.measure is None:
        return "nothing is measured, or due"
    what = f"{line.measure.statement} ({line.measure.action_ref})"
    if line.seen is not None:
        return f"seen {call.shown(line.seen.taken_on)}: {what}"
    return f"expected {call.shown(line.expected)}: {what}"


def _wins(call: "Call") -> int:
    with call.reading():
        found = quick_wins(call.today, call.plan())
    if call.json:
        wins = [win_shape(days, win, call.today) for days, many in found.items() for win in many]
        call.page.json({"today": call.today, "wins": wins})
        return 0
    first = max((len(win.action.ref) for many in found.values() for win in many), default=0)
    for days, many in found.items():
        call.page.line(call.page.paint(f"Within {days} days ({len(many)})", "bold"))
        for win in many:
            call.page.line(action_line(win.action, call.today, call.page, first))
            call.page.line(columns(call.page.width, ("", first + 3), rest=f"shows: {win.shows}"))
    return 0
